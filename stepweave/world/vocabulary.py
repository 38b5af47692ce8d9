"""The words the embedded world can draw: colours, shapes, things with parts, sizes, places and relations.

Canonical words only: synonyms and plurals belong to language.py. Everything here is data, so the planner, the
critic and the documentation read the same tables that the renderer draws from.
"""

from __future__ import annotations

from stepweave.world import things
from stepweave.world.things import Thing
from stepweave.world.things.actions import actions

RGB = tuple[int, int, int]

COLOURS: dict[str, RGB] = {
    "red": (221, 58, 62),
    "orange": (244, 140, 44),
    "yellow": (250, 207, 64),
    "green": (84, 165, 88),
    "blue": (62, 122, 204),
    "purple": (132, 84, 184),
    "pink": (246, 152, 188),
    "brown": (133, 86, 56),
    "black": (46, 44, 54),
    "white": (253, 252, 249),
    "grey": (152, 155, 165),
}
"""The colour words and what they look like on things."""

BACKGROUNDS: dict[str, RGB] = {
    "red": (236, 128, 122),
    "orange": (249, 184, 122),
    "yellow": (252, 231, 150),
    "green": (172, 214, 158),
    "blue": (164, 205, 240),
    "purple": (189, 164, 224),
    "pink": (252, 208, 222),
    "brown": (184, 148, 118),
    "black": (44, 48, 58),
    "white": (255, 255, 255),
    "grey": (204, 206, 212),
}
"""The colour words and what they look like as a background: softer, so that a thing of the same colour stands out."""

BACKGROUND = "white"
"""The background where none is named."""

SETTING_NAMES: tuple[str, ...] = ("garden", "beach", "night", "snow", "sea", "kitchen", "street", "workbench")
"""Places in which a picture can play, instead of a plain background (scenery/)."""

BACKDROPS: tuple[str, ...] = (*BACKGROUNDS, *SETTING_NAMES)
"""Everything that can be behind things."""

TURNS: tuple[int, ...] = (0, 90, 180, 270)
"""The angles in degrees, clockwise, by which a thing can be turned."""

SIZES: dict[str, float] = {"tiny": 0.1, "small": 0.165, "medium": 0.27, "large": 0.45}
"""Size words, rising, and the extent they mean: the longer side of the thing's bounding box as a fraction of the
picture's shorter side. Each is about 1.65 times the one before; four large things fit into one picture."""

PLACES: dict[str, tuple[float, float]] = {
    "top left": (0.19, 0.19),
    "top": (0.5, 0.19),
    "top right": (0.81, 0.19),
    "left": (0.19, 0.5),
    "middle": (0.5, 0.5),
    "right": (0.81, 0.5),
    "bottom left": (0.19, 0.81),
    "bottom": (0.5, 0.81),
    "bottom right": (0.81, 0.81),
}
"""The nine places, one in each ninth of the picture, and the centre they mean as fractions of width and height.
Something too large to fit around that centre is moved inwards just as far as it takes, which leaves its centre in
the same ninth for every named size."""

RELATIONS: tuple[str, ...] = (
    *("left of", "right of", "above", "below", "on", "inside", "next to"),
    *("between", "behind", "in front of", "held by"),
)
"""Places given by another thing. ``on``: resting on top of it; ``inside``: within its bounding box, in front of it;
``next to``: right of it, or left where there is no room; ``between``: in the middle of two things, at a common height;
``behind``: partly hidden by it; ``in front of``: hiding a part of it; ``held by``: at its grip."""

TEXT = "text"
"""The name of a thing that is written words; they are in ``Item.label``."""

ANYTHING = ""
"""The name of a thing in a reference that leaves it open: "it", the last thing drawn, or with ``every`` all of them."""

TEXT_COLOUR = "black"
"""The colour of written words where none is named."""

TEXT_SIZE = "medium"
"""The size of written words where none is named."""

TEXT_SIZES: dict[str, float] = {"tiny": 0.035, "small": 0.055, "medium": 0.085, "large": 0.13}
"""Size words for written words: the height of a capital letter as a fraction of the picture's shorter side. Words too
long for the picture's width are written smaller."""

LONGEST_LABEL = 40
"""Most characters in a written text."""

MOST = 12
"""Most things that one sentence part can ask for ("twelve stars")."""

ASPECTS: tuple[str, ...] = ("colour", "place", "size", "count", "pose", "missing", "extra", "damaged", "drift")
"""What can be wrong with a picture, as critics name it in ``Fault.aspect``."""


SHAPES: dict[str, Thing] = {shape.name: shape for shape in things.SHAPES}
"""The plain shapes, each of one part called ``shape``, with their default colours."""

THINGS: dict[str, Thing] = {
    thing.name: thing
    for thing in (
        *(*things.MADE, *things.NATURE, *things.LIVING, *things.ANIMALS, *things.BIRDS, *things.SMALL_ANIMALS),
        *(*things.SKY, *things.LANDSCAPE, *things.FOOD, *things.VEHICLES, *things.AIRCRAFT),
        *(*things.HOUSEHOLD, *things.WORKBENCH),
    )
}
"""The composite things."""

DRAWABLE: dict[str, Thing] = {**SHAPES, **THINGS}
"""Everything with a shape of its own: all but written text."""

ACTIONS: tuple[str, ...] = tuple(dict.fromkeys(name for thing in DRAWABLE.values() for name in actions(thing)))
"""What things do, and how they look while doing nothing; not everything can do all of it."""
