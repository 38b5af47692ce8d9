"""The things the embedded world can draw, each a small declarative entry."""

from stepweave.world.things.animals import ANIMALS
from stepweave.world.things.living import LIVING
from stepweave.world.things.made import MADE
from stepweave.world.things.model import Part, Thing
from stepweave.world.things.nature import NATURE
from stepweave.world.things.shapes import SHAPES

__all__ = ["ANIMALS", "LIVING", "MADE", "NATURE", "SHAPES", "Part", "Thing"]
