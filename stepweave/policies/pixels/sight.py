"""From a picture to a scene: what is in it, as far as pixels tell, in the terms in which prompts speak."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from stepweave.policies.pixels.backdrops import behind_all, foreground, recognised, restored
from stepweave.policies.pixels.colours import colour_word
from stepweave.policies.pixels.fit import read
from stepweave.policies.pixels.guesses import Search
from stepweave.policies.pixels.readings import Pose, Reading
from stepweave.policies.pixels.recognise import EVERYTHING, Ground, painted, recognise, set_aside
from stepweave.policies.pixels.refine import ground_at
from stepweave.policies.pixels.segments import Mask, View, view, widened
from stepweave.policies.pixels.writing import LETTERS, find_words, read_words, stand_in, unread
from stepweave.world.render import INK, colour_of, ink_on
from stepweave.world.scene import Item, Scene
from stepweave.world.things import Thing
from stepweave.world.things.actions import actions
from stepweave.world.vocabulary import DRAWABLE, SHAPES, SIZES, TEXT

LINE = 0.04
"""Height of a line of things, as a fraction of the picture's."""
ALIKE = 0.05
"""How much less of a thing may be explained when it is taken for what is spoken of."""
WEAK, LETTER = 0.85, 0.13
"""Share of explained pixels, and extent, below which what looks like a thing may be a letter."""
HOLLOW = 40.0
"""Difference of a channel up to which the inside of a letter is what lies around it."""
UPRIGHT = (False,)
"""How things are looked for where something is taken for the beginning of one."""
EXACT = 0.006
"""Relative difference up to which a measured extent is taken for the named size it is close to."""


@dataclass(slots=True, eq=False)
class Seen:
    """A thing that was seen: as an item of a scene, and as it was read."""

    item: Item
    source: Reading | Callable[[], Reading]
    """How it was read, or what reads it once that is asked for."""

    @property
    def reading(self) -> Reading:
        """How it was read."""
        if not isinstance(self.source, Reading):
            self.source = self.source()
        return self.source


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture and what it is drawn upon."""

    view: View
    """With drifted colours brought back."""
    backdrop: str | None
    """A colour or a setting; ``None`` for a foreign picture."""
    drift: float
    """How far all colours had drifted, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a picture shows."""

    view: View
    backdrop: str | None
    """A colour or a setting; ``None`` for a foreign picture."""
    drift: float
    things: tuple[Seen, ...]
    """From back to front, as far as that can be told."""
    rest: Mask
    """Pixels of the working picture that stand out and that nothing explains."""
    known: bool = False
    """Whether it is known for sure, and not only recognised."""
    redrawn: bool = False
    """Whether drawing what is seen gives the picture."""

    @property
    def scene(self) -> Scene:
        """Its things as a scene."""
        return Scene(self.backdrop or "white", tuple(seen.item for seen in self.things))


def sheet_of(image: Image.Image) -> Sheet:
    """A picture made ready, its backdrop recognised."""
    picture = view(image)
    behind = recognised(picture)
    if behind is None:
        return Sheet(picture, None, 0.0)
    return Sheet(view(restored(picture.image, behind.drift)) if behind.drift else picture, behind.name, behind.drift)


def ground_of(picture: View, backdrop: str | None, before: View | None = None) -> Ground:
    """What the things of a picture lie on."""
    if backdrop is not None:
        return Ground(picture, behind_all(backdrop, picture.image.size), ink_on(backdrop))
    return Ground(picture, before or _typical(picture), INK)


def _typical(picture: View) -> tuple[int, int, int]:
    red, green, blue = (int(level) for level in np.median(picture.small.reshape(-1, 3), axis=0))
    return red, green, blue


def survey(
    sheet: Sheet,
    labels: Sequence[str] = (),
    favoured: frozenset[str] = frozenset(),
    first: frozenset[str] = frozenset(),
) -> Surroundings:
    """Look at a picture without knowing what to expect.

    Args:
        sheet: the picture.
        labels: words that may be written in it.
        favoured: things that it is likelier to show than others that look the same.
        first: those of them that are looked for before all others.
    """
    picture, backdrop = sheet.view, sheet.backdrop
    rest = foreground(picture, backdrop) if backdrop else np.ones(picture.small.shape[:2], bool)
    readings: list[tuple[Reading, str]] = []
    if backdrop is not None:
        for label in labels:
            while (words := find_words(picture, label, rest)) is not None:
                readings.append((words, label))
                set_aside(rest, picture, words)
    standing_out = rest.copy()
    sought = EVERYTHING if backdrop is not None else favoured
    ground = ground_of(picture, backdrop)
    named = recognise(ground, rest, Search(first, first))
    sight = recognise(ground, named.rest, Search(sought, favoured), named.readings)
    rest, things = sight.rest, list(sight.readings)
    lacking = favoured - {reading.thing for reading in things}
    if lacking and things:
        things = _reconsidered(ground, things, lacking, standing_out)
    for label in labels:
        known = any(label == other for _, other in readings)
        words = None if known else find_words(picture, label, apart(picture, rest, things))
        if words is not None:
            readings.append((words, label))
            set_aside(rest, picture, words)
    if backdrop is not None:
        lines, things = _lines(ground, rest, things)
        readings += [(line, stand_in(line)) for line in lines]
        for line in lines:
            set_aside(rest, picture, line)
    else:
        # What a foreign picture shows beside known things is no riddle to be solved.
        rest = np.zeros_like(rest)
    found = [(reading, "") for reading in things]
    return Surroundings(picture, backdrop, sheet.drift, numbered(_in_order(found + readings)), rest)


def _reconsidered(ground: Ground, things: list[Reading], lacking: frozenset[str], standing_out: Mask) -> list[Reading]:
    """What looks like a shape may be the beginning of a thing that is spoken of: the sun's disc, the house's walls."""
    kept: list[Reading] = []
    for reading in things:
        simple = reading.thing in SHAPES or len(reading.parts) == 1
        place = painted(ground.view, reading, np.ones_like(reading.cover)) & standing_out
        again = recognise(ground, place, Search(lacking, lacking, UPRIGHT)) if simple else None
        better = again.readings[0] if again and again.readings else None
        kept.append(better if better is not None and better.matched > reading.matched - ALIKE else reading)
    return kept


def _lines(ground: Ground, rest: Mask, things: list[Reading]) -> tuple[list[Reading], list[Reading]]:
    """Lines of words that nobody could read, and the things without those that are letters of them."""
    picture = ground.view
    weak = [one for one in things if one.matched < WEAK and one.pose.extent < LETTER and _hollow(ground, one)]
    marks = rest.copy()
    for reading in weak:
        marks |= painted(picture, reading, reading.cover)
    sure = [one for one in things if one not in weak]
    lines = [line for line in unread(picture, marks) if not any(_within(line, thing) for thing in sure)]
    letters = [one for one in weak if any(_within(one, line) for line in lines)]
    return lines, [one for one in things if one not in letters]


def _hollow(ground: Ground, reading: Reading) -> bool:
    """Whether it is a shape filled with what lies around it, as the letter O is."""
    if reading.thing not in SHAPES or not reading.parts:
        return False
    (shape,) = reading.parts.values()
    paper = ground_at(ground.behind, reading.pose, reading.pose.extent, np.zeros((8, 8, 3), np.float32)).mean(
        axis=(0, 1)
    )
    return float(np.abs(np.array(shape.rgb) - paper).max()) < HOLLOW


def _within(line: Reading, thing: Reading) -> bool:
    """Whether marks lie on a thing: they are a piece of it that was not understood."""
    reach = thing.pose.extent / 2
    return abs(line.pose.x - thing.pose.x) < reach and abs(line.pose.y - thing.pose.y) < reach


def _in_order(found: list[tuple[Reading, str]]) -> list[tuple[Reading, str]]:
    """Line by line, as groups are drawn, but what lies upon something after it."""
    placed: list[int] = []
    for index in _by_lines([reading.pose for reading, _ in found]):
        above = [at for at, other in enumerate(placed) if other > index and _overlap(found[other][0], found[index][0])]
        placed.insert(min(above, default=len(placed)), index)
    return [found[index] for index in placed]


def _by_lines(poses: Sequence[Pose]) -> list[int]:
    """Their numbers from left to right, line by line; a line ends where the next thing is clearly lower."""
    lines: list[list[int]] = []
    for index in sorted(range(len(poses)), key=lambda i: poses[i].y):
        if not lines or poses[index].y - poses[lines[-1][0]].y > LINE:
            lines.append([])
        lines[-1].append(index)
    return [index for line in lines for index in sorted(line, key=lambda i: poses[i].x)]


def _overlap(one: Reading, other: Reading) -> bool:
    reach = (one.pose.extent + other.pose.extent) / 2
    return abs(one.pose.x - other.pose.x) < reach and abs(one.pose.y - other.pose.y) < reach


def apart(view: View, rest: Mask, readings: Iterable[Reading]) -> Mask:
    """What remains unexplained away from the edges of things."""
    edges = np.zeros_like(rest)
    for reading in readings:
        edges |= widened(widened(painted(view, reading, reading.cover)))
    return rest & ~edges


def numbered(readings: Iterable[tuple[Reading, str]], first: int = 1) -> tuple[Seen, ...]:
    """Things seen with numbers of their own."""
    return tuple(Seen(item_of(reading, first + i, label), reading) for i, (reading, label) in enumerate(readings))


def item_of(reading: Reading, number: int, label: str = "") -> Item:
    """A reading as an item of a scene."""
    pose = reading.pose
    if reading.thing == TEXT:
        return Item(number, TEXT, pose.x, pose.y, pose.extent, colour_word(reading.parts[LETTERS]), label=label)
    thing = DRAWABLE[reading.thing]
    main = reading.parts.get(thing.main)
    colour = colour_word(main, thing.colour) if main else thing.colour
    parts = tuple(name for name in thing.names if name in reading.parts)
    bare = Item(
        number,
        thing.name,
        pose.x,
        pose.y,
        _named(pose.extent),
        colour if colour != thing.colour else None,
        None if parts == _shown(thing, pose.action) else parts,
        action=pose.action,
        turn=pose.turn,
        mirrored=pose.mirrored,
    )
    others = [name for name in parts if name != thing.main]
    seen = {name: colour_word(reading.parts[name], colour_of(bare, name)) for name in others}
    return replace(bare, part_colours=tuple(sorted((n, c) for n, c in seen.items() if c != colour_of(bare, n))))


def _shown(thing: Thing, action: str | None) -> tuple[str, ...]:
    """The parts that a whole thing shows: what it does may hide some."""
    hidden = actions(thing)[action].hides if action else ()
    return tuple(name for name in thing.names if name not in hidden)


def _named(extent: float) -> float:
    """The extent, or the named size it is as good as."""
    nearest = min(SIZES.values(), key=lambda size: abs(size - extent))
    return nearest if abs(extent / nearest - 1) <= EXACT else extent


def pose_of(item: Item) -> Pose:
    """Where an item is, and how."""
    return Pose(item.x, item.y, item.extent, item.turn, item.mirrored, item.action)


def reading_of(sheet: Sheet, item: Item) -> Reading:
    """How a thing looks that is known to be there."""
    pose = pose_of(item)
    if item.thing == TEXT:
        return read_words(sheet.view, item.label, pose)
    ground = ground_of(sheet.view, sheet.backdrop)
    parts = frozenset(DRAWABLE[item.thing].names if item.parts is None else item.parts)
    return read(sheet.view, item.thing, pose, ground.behind, ink=ground.ink, among=parts, certain=True)
