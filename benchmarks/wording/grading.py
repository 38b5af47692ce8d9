"""A request in somebody's own words, the pictures that are meant by it, and whether its plan draws those: pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from stepweave.messages import FromStep, MakePlan, Step
from stepweave.policies.rules import CannotPlan, plan
from stepweave.training.sketchbook.truth import wrong
from stepweave.world.finding import LayoutError
from stepweave.world.language import LanguageError, parse
from stepweave.world.layout import apply_all
from stepweave.world.scene import Operation, Scene

FRESH = "new: "
"""What a picture that is meant begins with if it is not drawn upon the one before."""
EMPTY = Scene()

Meant = tuple[str, ...]
"""Pictures in the words of the embedded world, each drawn upon the one before unless it begins with FRESH."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A request in somebody's own words, with what they mean by it: exactly one of the four is given."""

    request: str
    meant: tuple[Meant, ...] = ()
    """The pictures that are meant, and other fair readings."""
    lesson: str = ""
    """The thing that a drawing lesson is wanted for, in the words of the embedded world, as it is in the end."""
    story: tuple[str, ...] = ()
    """The things that a story of the planner's own making is wanted about."""
    answer: bool = False
    """Whether words are wanted, and no picture."""
    pictures: int | None = field(default=None, kw_only=True)
    """How many steps a lesson or a story has, if that is said."""

    @classmethod
    def read(cls, line: Mapping[str, Any]) -> Worded:
        """Read a line of a set.

        Raises:
            KeyError: it has no request.
            ValueError: it tells not one thing that is meant, but none or several.
        """
        ways = [line["meant"], *line.get("alternatives", ())] if "meant" in line else []
        found = cls(
            line["request"],
            tuple(tuple(way) for way in ways),
            line.get("lesson", ""),
            tuple(line.get("story", ())),
            bool(line.get("answer")),
            pictures=line.get("pictures"),
        )
        if sum(map(bool, (found.meant, found.lesson, found.story, found.answer))) != 1:
            raise ValueError(f"say either meant, lesson, story or answer of: {found.request}")
        return found


def unreadable(one: Worded) -> str:
    """Why what is meant cannot be drawn, so that no plan could be right; nothing if it can."""
    ways = one.meant or (((f"Draw {one.lesson}.",),) if one.lesson else tuple((f"A {name}.",) for name in one.story))
    for way in ways:
        try:
            drawn(way)
        except (LanguageError, LayoutError) as error:
            return f"{' | '.join(way)}: {error}"
    return ""


def drawn(way: Meant) -> Scene:
    """The last picture of those that are meant.

    Raises:
        LanguageError: one of them can't be read.
        LayoutError: one of them can't be drawn.
    """
    scene = EMPTY
    for picture in way:
        scene = EMPTY if picture.startswith(FRESH) else scene
        scene = apply_all(scene, parse(picture.removeprefix(FRESH)).operations)
    return scene


def faults(one: Worded) -> str:
    """What is wrong with the plan of a request, in words; nothing if it is as it is meant."""
    try:
        steps = plan(MakePlan(request=one.request, steps=None, inputs=(), notes=())).steps
        before, after = scenes(steps)
    except CannotPlan as refused:
        return f"refused: {refused}"
    except (LanguageError, LayoutError) as error:
        return f"cannot be drawn: {error}"
    if one.answer:
        return "pictures where words are wanted" if after else ""
    if one.lesson:
        return _not_taught(one, after)
    if one.story:
        return _not_told(one, after)
    found = [_unlike(way, steps, before, after) for way in one.meant]
    return "" if "" in found else found[0]


def scenes(steps: Sequence[Step]) -> tuple[list[Scene], list[Scene]]:
    """What each picture of a plan is drawn upon, and what it shows when nothing goes wrong."""
    found: dict[int, Scene] = {}
    before: list[Scene] = []
    for step in steps:
        if step.prompt is None:
            continue
        source = next((found[s.step] for s in step.sources if isinstance(s, FromStep)), EMPTY)
        before.append(source)
        found[step.number] = apply_all(source, parse(step.prompt).operations)
    return before, list(found.values())


def _unlike(way: Meant, steps: Sequence[Step], before: Sequence[Scene], after: Sequence[Scene]) -> str:
    """What is the first difference between the pictures of a plan and those that are meant."""
    if len(way) != len(after):
        told = " | ".join(step.prompt for step in steps if step.prompt)
        return f"{len(after)} pictures, not {len(way)}: {told}"
    for number, (operations, chain), ours, upon in zip(
        range(1, len(way) + 1), _chains(way), after, before, strict=True
    ):
        upon_nothing = not upon.items and upon.background == EMPTY.background
        found = wrong(EMPTY, chain, ours) if upon_nothing or operations is chain else wrong(upon, operations, ours)
        if found:
            prompt = [step.prompt for step in steps if step.prompt][number - 1]
            return f"picture {number}: {found[0]}: {prompt}"
    return ""


def _chains(way: Meant) -> Iterator[tuple[tuple[Operation, ...], tuple[Operation, ...]]]:
    """The operations of each picture, and all of them since one was drawn from nothing."""
    chain: tuple[Operation, ...] = ()
    for picture in way:
        own = tuple(parse(picture.removeprefix(FRESH)).operations)
        chain = own if picture.startswith(FRESH) or not chain else (*chain, *own)
        yield own if len(chain) > len(own) else chain, chain


def _not_taught(one: Worded, after: Sequence[Scene]) -> str:
    if one.pictures not in (None, len(after)):
        return f"{len(after)} steps, not {one.pictures}"
    if len(after) < 2 and one.pictures != 1:
        return "no lesson: one picture only"
    found = wrong(EMPTY, parse(f"Draw {one.lesson}.").operations, after[-1])
    return f"in the end {found[0]}" if found else ""


def _not_told(one: Worded, after: Sequence[Scene]) -> str:
    if one.pictures not in (None, len(after)):
        return f"{len(after)} pictures, not {one.pictures}"
    if len(after) < 2 and one.pictures != 1:
        return "no story: one picture only"
    seen = reduce(lambda all_, scene: all_ | {item.thing for item in scene.items}, after, set[str]())
    missing = [name for name in one.story if not _things(name) <= seen]
    return f"there is never a {missing[0]}" if missing else ""


def _things(name: str) -> set[str]:
    return {item.thing for item in apply_all(EMPTY, parse(f"A {name}.").operations).items}
