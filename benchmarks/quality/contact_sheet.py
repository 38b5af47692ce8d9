"""The pictures of docs/embedded.md, drawn by the embedded world itself: everything it can draw, and its other words.

python -m benchmarks.quality.contact_sheet docs/images
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from stepweave.world import lettering
from stepweave.world.language import parse
from stepweave.world.language.wording import in_setting
from stepweave.world.layout import apply_all
from stepweave.world.render import render
from stepweave.world.scene import Item, Scene
from stepweave.world.vocabulary import BACKGROUNDS, COLOURS, PLACES, SHAPES, SIZES, TEXT, THINGS

CELL = 180
"""Pixels of the side of one cell."""
CAPITALS = 0.062
"""Height of the capital letters of names, as a fraction of a cell."""


ACTORS = {
    "sleep": "cat",
    "smile": "sun",
    "cry": "elephant",
    "scowl": "pig",
    "gasp": "owl",
    "love": "frog",
    "sing": "bee",
    "think": "robot",
    "run": "rabbit",
    "jump": "person",
    "dance": "bear",
    "fly": "rocket",
    "open": "box",
    "pour": "jug",
    "full": "bowl",
}
"""Who shows which action."""
TURNED = {"to the right": 90, "upside down": 180, "to the left": 270}
STANDING = {
    "garden": "tree",
    "beach": "palm tree",
    "night": "house",
    "snow": "penguin",
    "sea": "fish",
    "kitchen": "cake",
    "street": "bus",
    "workbench": "robot arm",
}
"""What stands in which setting."""


def captioned(name: str, *items: Item, background: str = "white") -> Scene:
    """Things with a name below them."""
    extent = min(CAPITALS / lettering.letter_height(name), 0.94)
    caption = Item(1 + len(items), TEXT, 0.5, 0.925, extent, "white" if background == "black" else None, label=name)
    return Scene(background, (*items, caption))


def things() -> list[Scene]:
    """Every shape and every thing."""
    shapes = [captioned(name, Item(1, name, 0.5, 0.45, 0.62)) for name in SHAPES]
    return shapes + [captioned(name, Item(1, name, 0.5, 0.45, 0.74)) for name in THINGS]


def colours() -> list[Scene]:
    """Every colour on a thing and as a background."""
    return [captioned(name, Item(1, "heart", 0.5, 0.45, 0.5, name), background=name) for name in COLOURS]


def sizes() -> list[Scene]:
    """The four sizes, as large as they are in a picture."""
    return [captioned(name, Item(1, "cat", 0.5, 0.45, extent)) for name, extent in SIZES.items()]


def places() -> Scene:
    """The nine places in one picture."""
    items: list[Item] = []
    for name, (x, y) in PLACES.items():
        extent = CAPITALS / 2 / lettering.letter_height(name)
        items.append(Item(len(items) + 1, "circle", x, y - 0.03, 0.14, "blue"))
        items.append(Item(len(items) + 1, TEXT, x, y + 0.085, extent, label=name))
    return Scene("yellow", tuple(items))


def poses() -> list[Scene]:
    """Every action, each done by something that can do it, and a thing turned and flipped."""
    acting = [captioned(name, Item(1, actor, 0.5, 0.45, 0.74, action=name)) for name, actor in ACTORS.items()]
    turned = [captioned(name, Item(1, "boat", 0.5, 0.45, 0.74, turn=turn)) for name, turn in TURNED.items()]
    return [*acting, *turned, captioned("flipped", Item(1, "boat", 0.5, 0.45, 0.74, mirrored=True))]


def settings() -> list[Scene]:
    """Every setting with something standing in it, and its name in the sky."""
    return [apply_all(Scene(), parse(_in_its_place(name, thing)).operations) for name, thing in STANDING.items()]


def _in_its_place(setting: str, thing: str) -> str:
    colour = "white" if setting == "night" else "black"
    return f'A {thing} and a person, {in_setting(setting)}. Write the {colour} words "{setting}" at the top.'


def sheet(scenes: Sequence[Scene], columns: int) -> Image.Image:
    """Scenes row by row; a row that is not full stands in the middle."""
    rows = [scenes[start : start + columns] for start in range(0, len(scenes), columns)]
    page = Image.new("RGB", (columns * CELL, len(rows) * CELL), BACKGROUNDS["white"])
    for row, some in enumerate(rows):
        left = (columns - len(some)) * CELL // 2
        for column, scene in enumerate(some):
            page.paste(render(scene, CELL, CELL), (left + column * CELL, row * CELL))
    return page


def beside(left: Image.Image, right: Image.Image) -> Image.Image:
    """Two pictures of one height in one."""
    page = Image.new("RGB", (left.width + right.width, left.height))
    page.paste(left, (0, 0))
    page.paste(right, (left.width, 0))
    return page


def pictures() -> dict[str, Image.Image]:
    """All pictures, by the name of their file."""
    return {
        "things.png": sheet(things(), 8),
        "colours.png": sheet(colours(), 6),
        "poses.png": sheet(poses(), 5),
        "settings.png": sheet(settings(), 4),
        "places.png": beside(render(places(), 2 * CELL, 2 * CELL), sheet(sizes(), 2)),
    }


def write(folder: Path) -> None:
    """Write the pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures().items():
        colours = picture.quantize(200, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        colours.save(folder / name, optimize=True)


def main() -> None:
    """Read the folder's name, and write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write them, such as docs/images")
    write(parser.parse_args().folder)


if __name__ == "__main__":
    main()
