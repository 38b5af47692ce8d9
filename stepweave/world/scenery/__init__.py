"""Settings: the places in which pictures play, each a small declarative entry, and how they are painted."""

from stepweave.world.scenery.backdrop import SETTINGS, backdrop
from stepweave.world.scenery.model import Setting

__all__ = ["SETTINGS", "Setting", "backdrop"]
