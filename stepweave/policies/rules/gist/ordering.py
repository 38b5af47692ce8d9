"""Hears in which order a lesson shall draw the parts of a thing, and what is said of the form of the lesson."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece, pieces
from stepweave.policies.rules.gist.terms import terms
from stepweave.world import vocabulary
from stepweave.world.language.lexicon import part_of
from stepweave.world.scene import Act, Add, AddPart, Operation, Recolour, Reference
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
_PEOPLE = (
    r"(?:kids?|children|class|pupils?|students?|toddlers?|boys?|girls?|child|son|daughter|grandson|granddaughter"
    r"|beginners?|people)"
)
FORM = re.compile(
    rf"""\b(?:(?:from|with|out\s+of|only\s+from)\s+(?:basic|simple|plain)\s+shapes|break\w*(?:\s+down|\s+up)?
    |(?:made|built|drawn)\s+(?:up\s+)?(?:only\s+|just\s+|entirely\s+)?(?:of|from|with|out\s+of)\s+(?:only\s+)?(?:\w+s,\s+)*\w+s\s+and\s+\w+s
    |one\s+(?:new\s+)?(?:line|part|shape|piece|thing|bit)(?:\s+or\s+\w+)?\s+(?:in|per|at|for|with)\s+(?:each|every)\s+\w+
    |(?:each|every)\s+(?:step|picture|stage|one|image)\s+(?:should\s+have|has|have|gets|with|needs)\s+(?:an?|one|its)?\s*(?:\w+\s+)?(?:sentence|caption|text|explanation|line|word)s?
    |(?:in|with|using|into)\s+(?:small|short|tiny|little|easy)\s+(?:bits|steps|pieces|stages|chunks)|from\s+(?:an?\s+|the\s+)?(?:blank|empty|white)\s+(?:page|paper|sheet)
    |from\s+(?:the|a)\s+(?:board|blackboard|book|scratch)|(?:five|six|four|eight|5|6|4|8)[\s-]point(?:ed|y|s)?
    |(?:maybe|perhaps|say)\s+(?:\d+|\w+)\s+of\s+them|short\s+(?:and\s+\w+\s+)?(?:sentences?|text|captions?|explanations?|lesson|tutorial|guide))\b
    |\bto\s+(?:an?|my|the|our|some)\s+(?:small\s+|little\s+|young\s+)?{_PEOPLE}\b
    |(?<=\bmy\s){_PEOPLE}\s+(?:should|must|want|wants|need|needs|have|has|like|likes|would)\s+(?:to\s+|like\s+to\s+)?(?:copy|draw|learn|sketch)
    |(?<=teaching\s)(?:the\s+|my\s+|little\s+|young\s+|some\s+)*{_PEOPLE}|(?<=teach\s)(?:the\s+|my\s+|our\s+|little\s+|young\s+|some\s+)*{_PEOPLE}
    |(?<=help\s)(?:the\s+|my\s+|our\s+|little\s+|young\s+|some\s+|a\s+)*{_PEOPLE}""",
    re.IGNORECASE | re.VERBOSE,
)
"""What is said of how, and whom, it shall be taught."""
INHERENT: dict[str, str] = {
    "rabbit": "long, fluffy",
    "elephant": "long, big, floppy",
    "cat": "long, pointed, pointy",
    "dog": "floppy",
    "owl": "big, round",
    "cactus": "prickly, sharp",
}
"""What the parts of certain things are always like, so that it need not be drawn apart."""
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


def plainly(text: str) -> str:
    """A request without what it says of how it shall be taught."""
    return FORM.sub(" ", text)


def without_inherent(text: str) -> str:
    """A text without what is always so."""
    for thing, words in INHERENT.items():
        if re.search(rf"\b(?:{thing}|rabit|bunny)s?\b", text, re.IGNORECASE):
            for word in words.split(", "):
                text = re.sub(
                    rf"\b{word}\s+(?=(?:ears|trunk|tail|whiskers|eyes|spines)\b)", "", text, flags=re.IGNORECASE
                )
    return text


def ordering(text: str) -> tuple[str, tuple[Told, ...], bool]:
    """What is told of the thing as a whole, and of the order of its parts, and whether it is only about a face."""
    thing, kept, told = "", list[str](), list[Told]()
    portrait = PORTRAIT.search(text) is not None
    begun = bool(_ORDER.search(text))
    last, mark = 0, ""
    for start, end, after in [
        *((one.start(), one.end(), one["mark"] or "") for one in SPLIT.finditer(text)),
        (len(text),) * 2 + ("",),
    ]:
        item = text[last:start]
        said = pieces(terms(item, lenient=True))
        named = [one for one in said if isinstance(one, Noun) and one.head == "thing"]
        parts = (
            _parts(said, thing, seen=[name for one in told for name, _ in one.parts], portrait=portrait)
            if thing
            else []
        )
        other = any(_stands_apart(one, thing, parts) for one in named)
        begun = begun or bool(re.search(r"[.:;!?\n\d-]", mark))
        colour = next((one.value for one in said if isinstance(one, Mark) and one.kind == "colour"), "")
        action = next((one.value for one in said if isinstance(one, Mark) and one.value in EXPRESSIONS), "")
        if (
            thing
            and begun
            and not other
            and (parts or (told and (colour or action)) or (colour and _LAST.search(item)))
        ):
            terms(without_inherent(item))
            told.append(Told(item, tuple(parts), colour, action))
        else:
            kept += [mark, item]
            thing = thing or next((one.name for one in named), "")
        last, mark = end, after
    about = PORTRAIT.sub(" ", "".join(one.replace(":", ".") for one in kept))
    return re.sub(r"^[\s,.:;]+", "", about), tuple(told), portrait


def _stands_apart(noun: Noun, thing: str, parts: Sequence[tuple[str, str | None]]) -> bool:
    """Whether a noun names a thing of its own, rather than a part, or a shape that stands for one."""
    part = thing in vocabulary.THINGS and part_of(thing, f"{noun.name}s") in [name for name, _ in parts]
    return not (part or (noun.name in vocabulary.SHAPES and parts))


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
        if isinstance(one, Mark) and one.kind == "verb" and (name := part_of(thing, one.text)):
            found.append((name, None))
        if not isinstance(one, Noun) or one.head not in ("part", "thing"):
            continue
        if one.name in vocabulary.SHAPES:
            name = None if explicit else _shaped(thing, [*seen, *(other for other, _ in found)], portrait=portrait)
        else:
            name = part_of(thing, one.name if one.head == "part" else f"{one.name}s")
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
        if one.parts:
            listed.append(one)
            first = one.parts[0][0] if _FIRST.search(one.words) and not first else first
            last = one.parts[-1][0] if _LAST.search(one.words) else last
        elif one.colour and _LAST.search(one.words):
            finish = (Recolour(target, one.colour),)
        elif one.colour:
            operations = tuple(replace(each, colour=one.colour) if each is added else each for each in operations)
        elif one.action:
            listed.append(one)
    begins = listed and any(name == main for one in listed for name, _ in one.parts)
    plain = all(isinstance(one, Add | Recolour) for one in operations)
    whole = not (begins and len(listed) > 1 and plain and added.thing in vocabulary.THINGS)
    complete = not portrait and any(_ENDING.search(one.words) for one in listed)
    stages = () if whole else _stages(added, listed, target, complete=complete)
    return Lesson(operations, first, last, finish, stages if len(stages) > 1 else ())


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
