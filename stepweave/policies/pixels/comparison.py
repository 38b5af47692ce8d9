"""What is known while two pictures are compared: what was there, what has been found, what remains."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from stepweave.policies.pixels.backdrops import drawn, foreground
from stepweave.policies.pixels.expect import Wanted
from stepweave.policies.pixels.readings import Reading
from stepweave.policies.pixels.recognise import Ground, set_aside
from stepweave.policies.pixels.segments import Mask, View, components, difference, widened
from stepweave.policies.pixels.sight import Seen, Sheet, Surroundings, ground_of, numbered

CHANGED = 40
"""Least difference of a channel, of 255, at which a pixel has changed."""
CHANCE = 0.0002
"""Share of the picture's pixels that may seem to have changed without having."""
FOREIGN = 48
"""Least difference of a channel at which something was drawn upon a foreign picture."""
BLOT = 0.004
"""Area of the smallest unexplained change worth a word, as a share of the picture."""


@dataclass(slots=True)
class Found:
    """What became of the expected things."""

    ground: Ground
    backdrop: str | None
    before: View | None
    """The picture before, at the size of this one, where its background is the same."""
    untouched: bool
    """Whether nothing changed at all."""
    certain: bool = False
    """Whether the picture is just what was expected, down to its pixels."""
    places: dict[int, Seen] = field(default_factory=dict)
    """Expected things by their number, as they were found."""
    extras: list[Seen] = field(default_factory=list)
    """Things that nothing led to expect."""
    blots: int = 0
    """Unexplained changes."""
    unlike: list[Wanted | None] = field(default_factory=list)
    """Things that do not look as they should, where that is known for sure; ``None`` for something else."""
    changed: float = 0.0
    """Share of pixels that changed, where the backdrop did not."""
    faded: float = 0.0
    """How much further all colours have drifted than those of the picture before, 0 to 1."""
    drift: float = 0.0
    """How far the backdrop is from its own colours, in levels of 255."""
    noise: float = 0.0
    """How uneven it is: the median deviation from its own colour, in levels of 255."""


@dataclass(slots=True)
class Comparison:
    """The state of one comparison."""

    before: Surroundings
    ground: Ground
    found: Found
    rest: Mask
    old: View
    """The picture before, at the size of this one."""
    same: Mask | None
    """Unchanged pixels; ``None`` where the background changed."""
    empty: Mask
    """Pixels that showed nothing but the background before."""
    bare: Mask
    """Pixels that show nothing but the background now."""

    def accept(self, number: int, reading: Reading, label: str = "") -> None:
        """Take a reading for an expected thing, by its number."""
        (seen,) = numbered([(reading, label)], number)
        self.found.places[number] = seen
        set_aside(self.rest, self.ground.view, reading)

    def readings(self) -> list[Reading]:
        """How the things found so far were read."""
        return [seen.reading for seen in self.found.places.values()]


def prepared(before: Surroundings, sheet: Sheet) -> Comparison:
    """What is known before anything has been looked for: what stands out, and what is as it was."""
    old, after, backdrop = before.view, sheet.view, sheet.backdrop
    apart_by = difference(after.small, old.small)
    if before.backdrop is None:
        changed = apart_by > FOREIGN
        ground = ground_of(after, None, old)
        found = Found(ground, None, old, untouched=not changed.any())
        return Comparison(before, ground, found, widened(changed), old, ~changed, np.zeros_like(changed), ~changed)
    rest = foreground(after, backdrop) if backdrop else apart_by > CHANGED
    same = apart_by <= CHANGED if backdrop == before.backdrop else None
    ground = ground_of(after, backdrop, old)
    empty = plain(old, before.backdrop)
    found = Found(ground, backdrop, None if same is None else old, untouched=same is not None and not _changed(same))
    found.changed = 0.0 if same is None else float((~same).mean())
    found.faded = sheet.drift - before.drift
    return Comparison(before, ground, found, rest, old, same, empty, ~rest)


def soundness(found: Found, bare: Mask) -> None:
    """Measure drift and noise where a picture shows nothing but its backdrop, away from edges."""
    inner = ~widened(widened(~bare))
    if found.backdrop is None or not inner.any():
        return
    view, some = found.ground.view, inner.copy()
    some[1::2] = False
    some = some if some.any() else inner
    apart = view.small[some].astype(np.float32) - drawn(found.backdrop, view.image.size)[some]
    middle = np.median(apart, axis=0)
    found.drift = float(np.abs(middle).max())
    found.noise = float(np.median(np.abs(apart - middle).mean(axis=-1)))


def plain(picture: View, backdrop: str) -> Mask:
    """Pixels that look like the backdrop, wherever they are."""
    alike: Mask = difference(picture.small, drawn(backdrop, picture.image.size)) <= CHANGED
    return alike


def _changed(same: Mask) -> bool:
    """Whether more changed than a few pixels do by chance."""
    return int((~same).sum()) > CHANCE * same.size


def seen_before(state: Comparison, one: Wanted) -> Seen:
    """An expected thing as it was seen before."""
    number = one.was.id if one.was else 0
    return next(seen for seen in state.before.things if seen.item.id == number)


def marks(rest: Mask, least: float = BLOT) -> int:
    """How many pieces of it are large enough to be worth a word."""
    parts = components(rest.astype(np.int32))
    return int(((parts.classes == 1) & (parts.areas > least * rest.size)).sum())
