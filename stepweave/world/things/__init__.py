"""The things the embedded world can draw, each a small declarative entry."""

from stepweave.world.things.aircraft import AIRCRAFT
from stepweave.world.things.animals import ANIMALS
from stepweave.world.things.food import FOOD
from stepweave.world.things.landscape import LANDSCAPE
from stepweave.world.things.living import LIVING
from stepweave.world.things.made import MADE
from stepweave.world.things.model import Part, Thing
from stepweave.world.things.nature import NATURE
from stepweave.world.things.shapes import SHAPES
from stepweave.world.things.sky import SKY
from stepweave.world.things.vehicles import VEHICLES

__all__ = [
    "AIRCRAFT",
    "ANIMALS",
    "FOOD",
    "LANDSCAPE",
    "LIVING",
    "MADE",
    "NATURE",
    "SHAPES",
    "SKY",
    "VEHICLES",
    "Part",
    "Thing",
]
