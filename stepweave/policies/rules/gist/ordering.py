"""Hears in which order a lesson shall draw the parts of a thing, and what is said of the form of the lesson."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stepweave.policies.rules.gist.manner import without_inherent
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.skimming import nouns_and_marks, scenery, things
from stepweave.policies.rules.gist.terms import terms
from stepweave.world import vocabulary
from stepweave.world.language.errors import NotPossible
from stepweave.world.language.lexicon import part_of
from stepweave.world.scene import Act, Add, AddPart, Background, Operation, Recolour, Reference
from stepweave.world.things.actions import EXPRESSIONS

_FIRST = re.compile(r"\b(?:first|begin\w*|start\w*|initially)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|end|ends|ending|finish\w*|finally|lastly)\b", re.IGNORECASE)
_ORDER = re.compile(
    r"\b(?:first|second|third|fourth|then|next|last|lastly|finally|after\w*|begin\w*|start\w*|finish\w*|end|ending)\b",
    re.IGNORECASE,
)
SPLIT = re.compile(
    r"(?P<mark>[.;:!?\n]+(?=\s|$)|,\s*(?:and\s+|but\s+)?|\s+-+\s+|(?:^|(?<=\s))\(?\d[.)]\s+)"
    r"|\s+(?=(?:and\s+)?(?:then|after\s+that|followed\s+by|finally|lastly|(?:start|begin|finish|end)\w*\s+(?:with|from|by|on))\b)"
    r"|\s+and\s+(?=(?:the\s+)?\w+\s+(?:last|at\s+the\s+end|to\s+finish)\b)",
    re.IGNORECASE,
)
"""Where an item of a list of parts ends."""
FROM_TO = re.compile(r"\bfrom\s+(?:the\s+|its\s+)?\w+\s+to\s+(?:the\s+|its\s+)?\w+", re.IGNORECASE)
OUTLINE = "white"
"""The colour of what is coloured in at the end."""
BEFORE = re.compile(r"\b(?:before|after)\b", re.IGNORECASE)
ALL_OF_IT = re.compile(r"\b(?:it|make|paint|colou?r|give)\b", re.IGNORECASE)
"""What says something of the whole thing."""
PORTRAIT = re.compile(r"'s\s+(?:face|head)\b|\b(?:face|head)\s+of\s+(?=an?\b|the\b|my\b)", re.IGNORECASE)
"""What asks for a face alone."""
FACE = frozenset("head hair face ears eyes eye nose snout mouth beak whiskers cheeks antennae hat".split())
"""Parts of a face."""
_ENDING = re.compile(r"\b(?:end|finish)(?:ing|es|s)?\s+with\b|\bto\s+finish\b", re.IGNORECASE)
TOPS: dict[str, str] = {"mushroom": "cap", "tree": "leaves", "house": "roof", "cake": "icing", "ice cream": "scoop"}
"""What the top of a thing is."""
ROUND = ("spots", "wheels", "eyes", "buttons", "petals", "apples")
"""Parts that more circles stand for, once the main one is there."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What shall be taught."""

    operations: tuple[Operation, ...]
    first: str = ""
    last: str = ""
    finish: tuple[Operation, ...] = ()
    """What is done when all is drawn."""
    stages: tuple[tuple[Operation, ...], ...] = ()
    """The steps, where the request says them one by one."""


@dataclass(frozen=True, slots=True)
class Told:
    """One item of what is told of the order: its words, and the parts that it names."""

    words: str
    parts: tuple[tuple[str, str | None], ...] = ()
    colour: str = ""
    action: str = ""
    setting: str = ""

    @property
    def ends(self) -> tuple[str, ...]:
        """The parts with which it says to begin and to end: "from the eyes to the feet"."""
        names = tuple(name for name, _ in self.parts)
        return names if len(names) == 2 and FROM_TO.search(self.words) else ()

    @property
    def begins(self) -> str:
        """The part that it says comes first: "wings before body", "body after wings"."""
        match = BEFORE.search(self.words) if len(self.parts) == 2 else None
        return "" if match is None else self.parts[0 if match[0].lower() == "before" else 1][0]


def ordering(text: str) -> tuple[str, tuple[Told, ...], bool]:
    """What is told of the thing as a whole, and of the order of its parts, and whether it is only about a face."""
    thing, kept, told = _subject(text), list[str](), list[Told]()
    portrait = PORTRAIT.search(text) is not None
    begun = bool(_ORDER.search(text) or FROM_TO.search(text))
    last, mark = 0, ""
    ends = [(one.start(), one.end(), one["mark"] or "") for one in SPLIT.finditer(text)]
    for start, end, after in [*ends, (len(text), len(text), "")]:
        item = text[last:start]
        seen = [name for one in told for name, _ in one.parts]
        begun = begun or bool(re.search(r"[.:;!?\n\d-]", mark))
        one = _told(item, thing, seen, told=bool(told), portrait=portrait) if thing else None
        if one is not None and (begun or not one.parts):
            terms(without_inherent(item))
            told.append(one)
        else:
            kept += [mark, item]
        last, mark = end, after
    about = PORTRAIT.sub(" ", " ".join(one.replace(":", ".") for one in kept))
    return re.sub(r"^[\s,.:;]+", "", about), tuple(told), portrait


def _subject(text: str) -> str:
    """The thing that is to be drawn: the one of which most of what else is named are parts, or else the first."""
    nouns = [one for one in nouns_and_marks(text) if isinstance(one, Noun)]
    things = list(dict.fromkeys(one.name for one in nouns if one.head == "thing"))
    solid = [one for one in things if one not in vocabulary.SHAPES] or things

    def owned(thing: str) -> int:
        others = [one for one in nouns if one.name != thing and one.head in ("part", "thing")]
        return sum(1 for one in others if _part_named(thing, one) is not None)

    return max(solid, key=owned, default="")


def _part_named(thing: str, noun: Noun) -> str | None:
    return part_of(thing, noun.name if noun.head == "part" else f"{noun.name}s") if thing in vocabulary.THINGS else None


def _told(item: str, thing: str, seen: Sequence[str], *, told: bool, portrait: bool) -> Told | None:
    """What an item says of parts, or of the thing as a whole; ``None`` if it names the thing, or another one."""
    said = nouns_and_marks(item)
    parts = _parts(said, thing, seen, portrait=portrait)
    if any(_stands_apart(one, thing, parts) for one in things(said)):
        return None
    marks = [one for one in said if isinstance(one, Mark)]
    colour = next((one.value for one in marks if one.kind == "colour"), "")
    action = next((one.value for one in marks if one.value in EXPRESSIONS), "")
    setting = next((one.value for one in scenery(marks)), "")
    late = _LAST.search(item) is not None
    if any(one.kind in ("not", "without") for one in marks):
        return None
    if parts or ((colour or action) and (told or late or ALL_OF_IT.search(item))) or (setting and late):
        return Told(item, tuple(parts), colour, action, setting)
    return None


def _stands_apart(noun: Noun, thing: str, parts: Sequence[tuple[str, str | None]]) -> bool:
    """Whether a noun names a thing of its own, rather than a part, or a shape that stands for one."""
    part = _part_named(thing, noun)
    return not ((part and part in [name for name, _ in parts]) or (noun.name in vocabulary.SHAPES and parts))


def _parts(said: Sequence[Piece], thing: str, seen: Sequence[str], *, portrait: bool) -> list[tuple[str, str | None]]:
    """The parts that are named, with their colours; a plain shape stands for the main one, further ones for others."""
    if thing not in vocabulary.THINGS:
        return []
    explicit = any(isinstance(one, Noun) and one.head == "part" for one in said)
    found: list[tuple[str, str | None]] = []
    for one in said:
        if isinstance(one, Mark) and one.kind == "place" and one.text == "top" and thing in TOPS and not found:
            before = next((mark.value for mark in said if isinstance(mark, Mark) and mark.kind == "colour"), None)
            found.append((TOPS[thing], before))
        if isinstance(one, Mark) and one.kind in ("verb", "acts", "place") and (name := part_of(thing, one.text)):
            found.append((name, None))
        if not isinstance(one, Noun) or one.head not in ("part", "thing"):
            continue
        if one.name in vocabulary.SHAPES:
            name = None if explicit else _shaped(thing, [*seen, *(other for other, _ in found)], portrait=portrait)
        else:
            name = _part_named(thing, one)
        if name and one.size and one.head == "part" and name not in seen:
            raise NotPossible(f"the {name} of a {thing} cannot be {one.size} by itself", "leave its size out")
        if name and name not in [other for other, _ in found]:
            found.append((name, one.colour))
    return found


def _shaped(thing: str, seen: Sequence[str], *, portrait: bool) -> str | None:
    """What a plain shape stands for: the part with which the drawing begins, or round ones on it."""
    names, main = vocabulary.THINGS[thing].names, vocabulary.THINGS[thing].main
    if not seen and portrait and "head" in names:
        return "head"
    if not seen:
        return main if main in names[:1] or thing not in ("ice cream", "tree", "flower") else names[0]
    return next((name for name in ROUND if name in names and name not in seen), None)


def in_order(operations: tuple[Operation, ...], added: Add, told: Sequence[Told], *, portrait: bool) -> Lesson:
    """The lesson, its parts in the order that is told."""
    target = Reference(added.thing, every=added.count > 1)
    names = vocabulary.DRAWABLE[added.thing].names
    portrait = portrait and "head" in names
    if portrait:
        face = replace(added, parts=tuple(name for name in names if name in FACE))
        operations = tuple(face if each is added else each for each in operations)
        added = face
    main = "head" if portrait else vocabulary.DRAWABLE[added.thing].main
    first = last = ""
    finish: tuple[Operation, ...] = ()
    listed: list[Told] = []
    for one in told:
        for name, colour in one.parts:
            if colour and (name != main or added.colour is None):
                operations = (*operations, Recolour(target, colour, name))
        late = _LAST.search(one.words) is not None
        if one.ends or one.begins:
            first, last = one.ends or (one.begins, last)
        elif one.parts:
            listed.append(one)
            first = one.parts[0][0] if _FIRST.search(one.words) and not first else first
            last = one.parts[-1][0] if late else last
        elif late or one.setting:
            finish = (*finish, *_finishing(one, target))
        elif one.colour:
            coloured = replace(added, colour=one.colour)
            operations = tuple(coloured if each is added else each for each in operations)
            added = coloured
        elif one.action:
            listed.append(one)
    if finish and isinstance(painted := finish[0], Recolour):
        operations, added = _outlined(operations, added, painted.colour)
    begins = listed and any(name == main for one in listed for name, _ in one.parts)
    plain = all(isinstance(one, Add | Recolour) for one in operations)
    whole = not (begins and len(listed) > 1 and plain and added.thing in vocabulary.THINGS)
    complete = not portrait and any(_ENDING.search(one.words) for one in listed)
    stages = () if whole else _stages(added, listed, target, complete=complete)
    return Lesson(operations, first, last, finish, stages if len(stages) > 1 else ())


def _outlined(operations: tuple[Operation, ...], added: Add, colour: str) -> tuple[tuple[Operation, ...], Add]:
    """What shall be coloured in when all is drawn has not that colour before."""
    if (added.colour or vocabulary.DRAWABLE[added.thing].colour) != colour:
        return operations, added
    white = replace(added, colour=OUTLINE)
    return tuple(white if each is added else each for each in operations), white


def _finishing(one: Told, target: Reference) -> tuple[Operation, ...]:
    """What is done when all is drawn."""
    found: list[Operation] = []
    found += [Recolour(target, one.colour)] if one.colour else []
    found += [Act(target, one.action)] if one.action else []
    found += [Background(one.setting)] if one.setting else []
    return tuple(found)


def _stages(
    added: Add, listed: Sequence[Told], target: Reference, *, complete: bool
) -> tuple[tuple[Operation, ...], ...]:
    """The parts as they are told, one step after the other."""
    names, main = vocabulary.THINGS[added.thing].names, vocabulary.THINGS[added.thing].main
    begin = tuple(name for name in names if name in {one for one, _ in listed[0].parts})
    colours = {name: colour for one in listed for name, colour in one.parts}
    colour = (added.colour or colours.get(main)) if main in begin else added.colour
    begun: list[Operation] = [Add(added.thing, added.count, colour, added.size, parts=begin)]
    begun += [Recolour(target, shade, name) for name, shade in listed[0].parts if shade and name != main]
    found: list[tuple[Operation, ...]] = [tuple(begun)]
    drawn = set(begin)
    for one in listed[1:]:
        parts = [AddPart(name, target, shade) for name, shade in one.parts if name not in drawn]
        drawn |= {name for name, _ in one.parts}
        if one.action:
            missing = [AddPart(name, target) for name in _faced(added.thing) if name not in drawn]
            drawn |= {part.part for part in missing}
            parts += missing
        found.append((*parts, *([Act(target, one.action)] if one.action else [])))
    if complete and len(found) > 2:
        found[-2] = (*found[-2], *(AddPart(name, target) for name in names if name not in drawn))
    return tuple(stage for stage in found if stage)


def _faced(thing: str) -> tuple[str, ...]:
    """The parts without which a thing has no face to smile with."""
    drawable = vocabulary.DRAWABLE[thing]
    if drawable.face is None:
        return ()
    return tuple(name for name in drawable.names if name in {drawable.face.skin, "head", "snout", "beak", "mouth"})
