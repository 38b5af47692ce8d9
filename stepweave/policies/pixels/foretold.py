"""What the steps so far lead one to expect of the picture before, and whether it is just that.

A story is told in order: each accepted picture showed what its words asked for. So whoever remembers the words knows
what the picture before should show, down to its pixels, by the layout's own rules; and if the picture agrees, nothing
in it needs to be recognised. If it does not, because a flawed picture was kept or somebody else drew it, the words so
far are no help, and the picture is surveyed like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np

from stepweave.policies.pixels.forecast import agree
from stepweave.policies.pixels.sight import Seen, Sheet, Surroundings, reading_of
from stepweave.world.language import LanguageError, parse
from stepweave.world.layout import LayoutError, apply_all
from stepweave.world.render import render
from stepweave.world.scene import Scene

LONGEST = 200
"""Prompts of a story that are followed; twice as many as a plan has."""


@lru_cache(maxsize=64)
def foretold(story: tuple[str, ...], aspect: float) -> Scene | None:
    """The scene that prompts lead to, one after the other; ``None`` if there is none that they all lead to.

    Args:
        story: prompts, oldest first, the first of which begins with an empty picture.
        aspect: the picture's width divided by its height.
    """
    if not 0 < len(story) <= LONGEST:
        return None
    before = foretold(story[:-1], aspect) if len(story) > 1 else Scene()
    try:
        return None if before is None else apply_all(before, parse(story[-1]).operations, aspect)
    except (LanguageError, LayoutError):
        return None


def as_foretold(sheet: Sheet, story: Sequence[str]) -> Surroundings | None:
    """What a picture shows, where that is what its story foretells; ``None`` where it is not."""
    picture = sheet.view
    scene = foretold(tuple(story), picture.image.width / picture.image.height)
    if scene is None or sheet.backdrop != scene.background or not agree(picture, render(scene, *picture.image.size)):
        return None
    things = tuple(Seen(item, partial(reading_of, sheet, item)) for item in scene.items)
    nothing = np.zeros(picture.small.shape[:2], bool)
    return Surroundings(picture, sheet.backdrop, sheet.drift, things, nothing, known=True)
