"""The things the embedded world can draw, each a small declarative entry."""

from stepweave.world.things.aircraft import AIRCRAFT
from stepweave.world.things.animals import ANIMALS
from stepweave.world.things.food import FOOD
from stepweave.world.things.household import HOUSEHOLD
from stepweave.world.things.landscape import LANDSCAPE
from stepweave.world.things.living import LIVING
from stepweave.world.things.made import MADE
from stepweave.world.things.model import Part, Thing
from stepweave.world.things.nature import NATURE
from stepweave.world.things.shapes import SHAPES
from stepweave.world.things.sky import SKY
from stepweave.world.things.vehicles import VEHICLES
from stepweave.world.things.workbench import WORKBENCH

__all__ = [
    "AIRCRAFT",
    "ANIMALS",
    "FOOD",
    "HOUSEHOLD",
    "LANDSCAPE",
    "LIVING",
    "MADE",
    "NATURE",
    "SHAPES",
    "SKY",
    "VEHICLES",
    "WORKBENCH",
    "Part",
    "Thing",
]
