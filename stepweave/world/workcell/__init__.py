"""A simulated robot workcell: tabletop scenes on which instructions are executed, and sometimes fail."""

from stepweave.world.workcell.cell import Outcome, Workcell, setup
from stepweave.world.workcell.states import Difference, same_state

__all__ = ["Difference", "Outcome", "Workcell", "same_state", "setup"]
