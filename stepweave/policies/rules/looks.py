"""Characters keep their looks: what a thing looked like when it was last drawn, in this run or in an earlier one.

"The same cat" is worded again as the cat that it is - "a small black cat with green eyes" - so that a generator that
starts from nothing draws it as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from stepweave.messages import Note
from stepweave.policies.rules.errors import CannotPlan
from stepweave.world import vocabulary
from stepweave.world.finding import main_colour, size_of
from stepweave.world.language import LanguageError, parse
from stepweave.world.language.lexicon import things_in, words_for_things
from stepweave.world.language.wording import new
from stepweave.world.layout import LayoutError, apply_all
from stepweave.world.scene import Add, Item, Operation, Recolour, Reference, Scene

EMPTY = Scene()
Looks = Mapping[str, Item]
"""Things by name, as each of them was last drawn."""

_BEFORE = (
    r"(?:before|last\s+time|earlier|yesterday|the\s+other\s+day|(?:the|our|my)\s+(?:last|previous|first|other|earlier)\s+"
    r"(?:time|run|story|stories|picture|drawing|one|image|sequence|lesson))"
)
_DRAWN = rf"(?:(?:that\s+|which\s+)?(?:you|we|i)\s+(?:drew|made|painted|had|saw|created)(?:\s+{_BEFORE})?)"


@cache
def _again() -> re.Pattern[str]:
    """Words that mean a thing from before: "the same cat", "the cat from last time", "that cat again"."""
    who = _names()
    return re.compile(
        rf"(?:\b(?:continue|carry\s+on|go\s+on|keep\s+going)\s+(?P<on>with)\s+)?(?:"
        rf"\b(?:(?:the|this|that|our|my)\s+)?(?:very\s+)?same\s+(?P<same>{who})\b(?:\s+(?:as|from)\s+{_BEFORE}|\s+{_DRAWN}|\s+as\s+always)?"
        rf"|\b(?:the|this|that|our|my)\s+(?P<from>{who})\s+(?:(?:from|of)\s+{_BEFORE}|{_DRAWN})\b"
        rf"|\b(?:the|that|our|my)\s+(?P<again>{who})(?=\s+(?:again|once\s+more)\b)"
        rf")(?:\s+(?:again|once\s+more)\b)?(?:\s*,?\s*\b(?:but|and)?\s*\b(?:now|this\s+time)\b)?(?:\s*,?\s*\bbut\b)?(?P<colon>\s*:)?",
        re.IGNORECASE,
    )


@cache
def _known() -> re.Pattern[str]:
    """Words that mean a thing that is known already: "the cat"."""
    return re.compile(rf"\bthe\s+(?P<who>{_names()})\b", re.IGNORECASE)


@cache
def _names() -> str:
    return "|".join(map(re.escape, words_for_things()))


@dataclass(frozen=True, slots=True)
class Pictures:
    """What was drawn so far: the picture at hand, and the looks of everything in it and in those before."""

    scene: Scene = EMPTY
    looks: Looks = field(default_factory=dict)

    def after(self, operations: Iterable[Operation], *, apart: bool = False) -> Pictures:
        """What there is after more operations, ``apart``: in a picture of their own."""
        scene = Scene() if apart else self.scene
        for operation in operations:
            try:
                scene = apply_all(scene, (operation,))
            except LayoutError:
                continue
        return Pictures(scene, {**self.looks, **shown(scene)})


def remembered(notes: Iterable[Note]) -> Looks:
    """The looks that the memory recalled; of several of the same thing, the first one."""
    found: dict[str, Item] = {}
    for note in notes:
        if note.kind == "canvas":
            for thing, item in _seen(note.text).items():
                found.setdefault(thing, item)
    return found


def shown(scene: Scene) -> Looks:
    """Everything in a picture by its name; of several of a kind, the last one."""
    return {item.thing: item for item in scene.items if item.thing != vocabulary.TEXT}


def _seen(words: str) -> Looks:
    """The looks of what words describe; nothing where they cannot be read."""
    try:
        return Pictures().after(parse(words).operations).looks
    except LanguageError:
        return {}


def again(text: str, looks: Looks) -> str:
    """A text with the things from earlier runs worded as they looked; things named earlier in it are this run's own.

    Raises:
        CannotPlan: the memory knows no such thing.
    """

    def described(match: re.Match[str]) -> str:
        thing = _meant(match)
        if thing in things_in(text[: match.start()]):
            return match[0]
        if thing not in looks:
            raise CannotPlan(f"no {thing} from before is remembered", f'say how it looks: "a black {thing}"')
        return _opened(match, described_as(looks[thing]))

    return _again().sub(described, text)


def afresh(text: str, looks: Looks) -> str:
    """The words for a picture of its own, with the things of earlier pictures worded as they looked there."""

    def described(match: re.Match[str]) -> str:
        thing = _meant(match)
        return _opened(match, described_as(looks[thing])) if thing in looks else match[0]

    return _known().sub(described, _again().sub(described, text))


def there(text: str) -> str:
    """The words for a picture in which things from before are still to be seen: "the same cat" is the cat."""
    return _again().sub(lambda match: _opened(match, f"the {_meant(match)}"), text)


def _meant(match: re.Match[str]) -> str:
    said = next(word for name, word in match.groupdict().items() if word and name not in ("on", "colon"))
    return next(iter(things_in(said)), said)


def _opened(match: re.Match[str], words: str) -> str:
    """ "Continue with the same cat" asks to draw it."""
    groups = match.groupdict()
    words = f"draw {words}" if groups.get("on") else words
    return f"{words}{'. ' if groups.get('on') else ':'}" if groups.get("colon") else words


def described_as(item: Item) -> str:
    """A thing in the words that have it drawn as it is: "a small black cat with green eyes"."""
    thing = vocabulary.DRAWABLE[item.thing]
    said = dict(item.part_colours)
    recolours = [
        Recolour(Reference(item.thing), said[part], part)
        for part in thing.names
        if part != thing.main and part in said and (item.parts is None or part in item.parts)
    ]
    return new(like(item), recolours)


def like(item: Item) -> Add:
    """What adds another thing of the same looks."""
    return Add(item.thing, 1, main_colour(item), unusual_size(item))


def unusual_size(item: Item) -> str | None:
    """The size of a thing in a word, where it is not the usual one."""
    usual = replace(item, extent=vocabulary.DRAWABLE[item.thing].extent)
    # Where room is short, large things are drawn as medium ones without being asked to be.
    return size_of(item) if size_of(item) not in (size_of(usual), "medium") else None
