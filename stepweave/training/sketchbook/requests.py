"""Requests of which it is known what the pictures must show, made by chance and worded in ordinary English.

Three splits - train, validation, test - are apart by construction: every pair of a thing and a relation, and of a thing
and an action or a lesson, belongs to one split by a hash (:func:`split_of`), and a request only says what belongs to
its own. A request is a function of its seed, split and index alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from random import Random

from stepweave.training.sketchbook.wording import DOING, NUMBERS, noun, scene, worded
from stepweave.world.finding import main_colour, place_of, size_of
from stepweave.world.layout import LayoutError, apply_all
from stepweave.world.scene import (
    Act,
    Add,
    Background,
    Duplicate,
    Item,
    Move,
    Operation,
    Recolour,
    Reference,
    Relation,
    Remove,
    Replace,
    Resize,
    Scene,
    Turn,
)
from stepweave.world.seeing import stands_out, unlike
from stepweave.world.things.actions import actions
from stepweave.world.vocabulary import BACKGROUNDS, COLOURS, DRAWABLE, PLACES, SETTING_NAMES, SIZES, THINGS

SPLITS: dict[str, float] = {"train": 0.5, "validation": 0.25, "test": 0.25}
"""The splits, and the share of all pairs that belongs to each."""
MOST = 6
"""Most things in a picture."""
SHORTEST, LONGEST = 2, 6
"""Steps of a request."""
RELATIONS = ("left of", "right of", "above", "below", "on", "next to", "inside", "between", "behind", "in front of")
"""The relations that are asked for."""
LESSON = "lesson"
"""What a drawing lesson on a thing is called where it stands beside relations and actions."""

Steps = tuple[tuple[Operation, ...], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks for, and what must come of it."""

    text: str
    kind: str
    """One of ``KINDS``."""
    steps: Steps = ()
    """What each picture must change; empty: the planner chooses the steps, and is held to its own words."""
    whole: tuple[Operation, ...] = ()
    """What the last picture must show, as if it had been asked for at once; empty: nothing in particular."""
    pictures: int | None = None
    """How many pictures are asked for, if that is said."""
    cast: tuple[str, ...] = ()
    """Things that must be in the last picture."""


def split_of(thing: str, kind: str) -> str:
    """The split to which a thing with a relation, an action or a lesson belongs."""
    mark = int.from_bytes(sha256(f"{thing} {kind}".encode()).digest()[8:16], "big") / 2**64
    for split, share in SPLITS.items():
        mark -= share
        if mark < 0:
            return split
    return split


def request(seed: int, split: str, index: int) -> Request:
    """One of the requests of a split, the kinds in turn.

    Raises:
        KeyError: there is no such split.
    """
    random = Random(f"{seed}/{split}/{index}/{SPLITS[split]}")
    make = list(KINDS.values())[index % len(KINDS)]
    while True:
        try:
            return make(_Pen(random, split))
        except (LayoutError, _Stuck):
            continue


class _Stuck(Exception):
    """Chance led to where nothing more can be asked for."""


class _Pen:
    """Makes up one step after the other, and keeps in mind what is in the picture by then."""

    def __init__(self, random: Random, split: str) -> None:
        self.random = random
        self.split = split
        self.scene = Scene()
        self.steps: list[tuple[Operation, ...]] = []

    def step(self, *operations: Operation) -> None:
        """Ask for this next.

        Raises:
            LayoutError: it cannot be drawn.
        """
        self.scene = apply_all(self.scene, operations)
        self.steps.append(operations)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def number(self, most: int) -> int:
        """How many steps: rather many than few."""
        return max(self.random.randint(SHORTEST, most), self.random.randint(SHORTEST, most))

    def thing(self) -> str:
        """A kind of thing that is not there yet."""
        if len(self.scene.items) >= MOST:
            raise _Stuck
        here = {item.thing for item in self.scene.items}
        return self.random.choice([name for name in DRAWABLE if name not in here])

    def colour(self, but: str | None = None) -> str:
        """A colour that can be seen there, and is quite another than one."""
        choices = [
            colour
            for colour in COLOURS
            if stands_out(colour, self.scene.background) and (but is None or unlike(colour, but))
        ]
        return self.random.choice(choices)

    def target(self) -> Item:
        """Something that is there and can be pointed at by its name."""
        names = [item.thing for item in self.scene.items]
        single = [item for item in self.scene.items if names.count(item.thing) == 1]
        if not single:
            raise _Stuck
        return self.random.choice(single)

    def new(self, thing: str | None = None, *, plain: bool = False) -> Add:
        """Something new, with or without looks of its own."""
        thing = thing or self.thing()
        if plain:
            return Add(thing, colour=self.colour() if self.chance(0.5) else None)
        return Add(
            thing,
            self.random.choice((1, 1, 1, 1, 2, 3)) if not self.scene.items or self.chance(0.5) else 1,
            self.colour() if self.chance(0.6) else None,
            self.random.choice(("tiny", "small", "medium", "large")) if self.chance(0.25) else None,
        )

    def placed(self, new: Add) -> Add:
        return replace(new, place=self.random.choice(list(PLACES)))

    def related(self, new: Add) -> Add:
        """Something new in a relation that belongs to this split."""
        kinds = [kind for kind in RELATIONS if split_of(new.thing, kind) == self.split]
        target = self.target()
        kind = self.random.choice(kinds or [""])
        if not kind:
            raise _Stuck
        other = None
        if kind == "between":
            other = Reference(self.target().thing)
            if other.thing == target.thing:
                raise _Stuck
        return replace(new, relation=Relation(kind, Reference(target.thing), other), count=1)

    def doing(self, thing: str) -> str:
        """Something that it can do, does not do yet, and that belongs to this split."""
        busy = {item.action for item in self.scene.items if item.thing == thing}
        able = [name for name in actions(DRAWABLE[thing]) if name in DOING and split_of(thing, name) == self.split]
        able = [name for name in able if name not in busy]
        if not able:
            raise _Stuck
        return self.random.choice(able)

    def edit(self) -> Operation:
        """A change to something that is there."""
        item = self.target()
        target = Reference(item.thing)
        kinds: tuple[Callable[[], Operation], ...] = (
            lambda: Recolour(target, self.colour(main_colour(item))),
            lambda: self.part_colour(item),
            lambda: Move(target, self.random.choice([place for place in PLACES if place != place_of(item.x, item.y)])),
            lambda: Resize(target, self.random.choice(("bigger", "smaller"))),
            lambda: Resize(target, self.random.choice([size for size in SIZES if size not in ("tiny", size_of(item))])),
            lambda: Turn(target, self.random.choice((90, 180))),
            lambda: Turn(target, flip=True),
            lambda: Remove(target),
            lambda: Replace(target, Add(self.thing(), colour=self.colour() if self.chance(0.5) else None)),
            lambda: Duplicate(target, place=self.random.choice((None, *PLACES))),
            lambda: Background(self.backdrop(BACKGROUNDS)),
        )
        return self.random.choice(kinds)()

    def part_colour(self, item: Item) -> Recolour:
        """Another colour for a part that is there and can be named."""
        if item.thing not in THINGS or item.parts is not None:
            raise _Stuck
        thing = THINGS[item.thing]
        part = self.random.choice([part for part in thing.parts if part.name != thing.main])
        return Recolour(Reference(item.thing), self.colour(part.colour or main_colour(item)), part.name)

    def backdrop(self, names: Sequence[str] | dict[str, tuple[int, int, int]]) -> str:
        """Another backdrop than there is, before which everything stands out."""
        fitting = [
            name
            for name in names
            if name != self.scene.background
            and all(stands_out(main_colour(one), name, one) for one in self.scene.items)
        ]
        if not fitting:
            raise _Stuck
        return self.random.choice(fitting)


# ------------------------------------------------------------------------------------------ what is asked for


def _instructions(pen: _Pen) -> Request:
    """Things placed one after the other, with a change now and then; one or two in a step."""
    pen.step(pen.placed(pen.new()) if pen.chance(0.5) else pen.new())
    for _ in range(pen.number(LONGEST) - 1):
        first: Operation = pen.edit() if pen.chance(0.35) else pen.placed(pen.new())
        pen.step(first, *_second(pen, first))
    return Request(_told(pen), "instructions", tuple(pen.steps))


def _second(pen: _Pen, first: Operation) -> tuple[Operation, ...]:
    """Sometimes one more operation in the same step, on something else."""
    if pen.chance(0.65):
        return ()
    touched = {first.thing if isinstance(first, Add) else getattr(first, "target", Reference("")).thing}
    second: Operation = pen.edit() if pen.chance(0.4) else pen.placed(pen.new())
    about = second.thing if isinstance(second, Add) else getattr(second, "target", Reference("background")).thing
    unclear = isinstance(first, Remove | Replace | Duplicate) or isinstance(second, Remove | Replace | Duplicate)
    return () if about in touched or unclear else (second,)


def _scenes(pen: _Pen) -> Request:
    """A whole picture in one sentence, then changes."""
    things = tuple(pen.new(plain=pen.chance(0.5)) for _ in range(pen.random.randint(2, 3)))
    if len({one.thing for one in things}) < len(things):
        raise _Stuck
    if pen.chance(0.4):
        things = tuple(pen.placed(one) for one in things)
    backdrop = pen.random.choice((None, None, *BACKGROUNDS)) if pen.chance(0.5) else None
    if backdrop and not all(stands_out(one.colour or DRAWABLE[one.thing].colour, backdrop) for one in things):
        raise _Stuck
    pen.step(*things, *([Background(backdrop)] if backdrop else []))
    for _ in range(pen.number(5) - 1):
        pen.step(pen.edit())
    return Request(_told(pen, scene(things, backdrop, pen.random)), "scenes", tuple(pen.steps))


def _relations(pen: _Pen) -> Request:
    """Things beside, above and behind each other."""
    pen.step(pen.new(plain=True))
    for _ in range(pen.number(5) - 1):
        new = pen.related(pen.new(plain=pen.chance(0.6)))
        pen.step(new, *_second(pen, new))
    return Request(_told(pen), "relations", tuple(pen.steps))


def _edits(pen: _Pen) -> Request:
    """Two things, and then nothing but changes."""
    pen.step(pen.placed(pen.new(plain=True)))
    pen.step(pen.placed(pen.new(plain=True)))
    for _ in range(pen.number(LONGEST) - 2):
        pen.step(pen.edit())
    return Request(_told(pen), "edits", tuple(pen.steps))


def _actions(pen: _Pen) -> Request:
    """Things that do something, or stop and do something else."""
    thing = pen.thing()
    act = pen.doing(thing)
    if pen.chance(0.4):
        pen.step(Add(thing, colour=pen.colour() if pen.chance(0.5) else None, action=act))
    else:
        pen.step(pen.new(thing, plain=True))
        pen.step(Act(Reference(thing), act))
    for _ in range(pen.random.randint(1, 4)):
        pen.step(pen.placed(pen.new(plain=True)) if pen.chance(0.5) else pen.edit())
        about = pen.target().thing
        if pen.chance(0.5):
            pen.step(Act(Reference(about), pen.doing(about)))
    if len(pen.steps) > LONGEST:
        raise _Stuck
    return Request(_told(pen), "actions", tuple(pen.steps))


def _settings(pen: _Pen) -> Request:
    """Pictures that play somewhere."""
    things = tuple(pen.new(plain=True) for _ in range(pen.random.randint(1, 2)))
    if len({one.thing for one in things}) < len(things):
        raise _Stuck
    backdrop = pen.random.choice(SETTING_NAMES)
    pen.step(*things, Background(backdrop))
    for _ in range(pen.number(5) - 1):
        pen.step(Background(pen.backdrop(SETTING_NAMES)) if pen.chance(0.3) else pen.placed(pen.new(plain=True)))
    return Request(_told(pen, scene(things, backdrop, pen.random)), "settings", tuple(pen.steps))


LESSONS = (
    "How do I draw {}, step by step?",
    "How do you draw {}?",
    "Teach me to draw {}.",
    "Show me how to draw {}, step by step.",
    "I want to learn how to draw {}.",
)


def _lessons(pen: _Pen) -> Request:
    """How something is drawn, part by part; the planner chooses the parts."""
    thing = pen.random.choice([name for name in THINGS if split_of(name, LESSON) == pen.split])
    whole: list[Operation] = [Add(thing, colour=pen.colour() if pen.chance(0.6) else None)]
    words = noun(whole[0]) if isinstance(whole[0], Add) else ""
    pen.step(*whole)
    if pen.chance(0.4):
        other = pen.part_colour(pen.scene.items[0])
        whole.append(other)
        part = other.part or ""
        words += f" with {'' if part.endswith('s') else 'a '}{other.colour} {part}".replace("a orange", "an orange")
    apply_all(Scene(), whole)
    return Request(pen.random.choice(LESSONS).format(words), "lessons", whole=tuple(whole))


STORIES = (
    "Tell me a story about {} in {} pictures.",
    "A story about {} in {} pictures, please.",
    "Make up a little story with {} in {} pictures.",
)


def _stories(pen: _Pen) -> Request:
    """A story about one or two things; the planner makes it up."""
    cast = pen.random.sample(list(THINGS), pen.random.randint(1, 2))
    number = pen.random.randint(SHORTEST + 1, LONGEST)
    words = " and ".join(noun(Add(thing)) for thing in cast)
    told = pen.random.choice(STORIES).format(words, pen.random.choice((str(number), NUMBERS[number])))
    return Request(told, "stories", pictures=number, cast=tuple(cast))


KINDS: dict[str, Callable[[_Pen], Request]] = {
    "instructions": _instructions,
    "relations": _relations,
    "scenes": _scenes,
    "edits": _edits,
    "actions": _actions,
    "settings": _settings,
    "lessons": _lessons,
    "stories": _stories,
}
"""The kinds of requests."""


# ------------------------------------------------------------------------------------------ how it is told

FIRST = ("First {}", "{}", "Start with this: {}")
THEN = (", then {}", ", and then {}", ". Then {}", ". After that, {}", ". Next, {}", ". Now {}")
LAST = (", and finally {}", ". Finally, {}", ". In the end, {}", ", then {}")


def _told(pen: _Pen, opening: str = "") -> str:
    """The steps as a numbered list, as sentences, or in one go."""
    words = [" and ".join(worded(one, pen.random) for one in step) for step in pen.steps]
    if opening:
        words[0] = f"draw {opening}" if pen.chance(0.5) else opening
    form = pen.random.choice((_numbered, _numbered, _in_a_row, _in_a_row, _sentences))
    return form(words, pen.random)


def _numbered(words: Sequence[str], random: Random) -> str:
    mark, gap = random.choice(("{}. ", "{}) ", "Step {}: ")), random.choice((" ", "\n"))
    return gap.join(f"{mark.format(n)}{_opened(one)}." for n, one in enumerate(words, 1))


def _in_a_row(words: Sequence[str], random: Random) -> str:
    first = random.choice(FIRST[:2]).format(words[0])
    middle = "".join(random.choice(THEN).format(one) for one in words[1:-1])
    return f"{_opened(first)}{middle}{random.choice(LAST).format(words[-1])}."


def _sentences(words: Sequence[str], random: Random) -> str:
    return " ".join(f"{_opened(one)}." for one in words)


def _opened(words: str) -> str:
    return words[:1].upper() + words[1:]
