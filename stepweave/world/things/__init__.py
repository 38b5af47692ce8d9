"""The things the embedded world can draw, each a small declarative entry."""

from stepweave.world.things.aircraft import AIRCRAFT
from stepweave.world.things.animals import ANIMALS
from stepweave.world.things.birds import BIRDS
from stepweave.world.things.food import FOOD
from stepweave.world.things.household import HOUSEHOLD
from stepweave.world.things.landscape import LANDSCAPE
from stepweave.world.things.living import LIVING
from stepweave.world.things.made import MADE
from stepweave.world.things.model import Part, Thing
from stepweave.world.things.nature import NATURE
from stepweave.world.things.shapes import SHAPES
from stepweave.world.things.sky import SKY
from stepweave.world.things.small_animals import SMALL_ANIMALS
from stepweave.world.things.vehicles import VEHICLES
from stepweave.world.things.workbench import WORKBENCH

__all__ = [
    "AIRCRAFT",
    "ANIMALS",
    "BIRDS",
    "FOOD",
    "HOUSEHOLD",
    "LANDSCAPE",
    "LIVING",
    "MADE",
    "NATURE",
    "SHAPES",
    "SKY",
    "SMALL_ANIMALS",
    "VEHICLES",
    "WORKBENCH",
    "Part",
    "Thing",
]
