"""Hears that somebody wants to learn to draw something: what, and in which order its parts shall come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from stepweave.policies.rules.gist.asides import apart
from stepweave.policies.rules.gist.changes import Changes
from stepweave.policies.rules.gist.gathering import Again
from stepweave.policies.rules.gist.known import Known, Picture
from stepweave.policies.rules.gist.manner import plainly, without_inherent
from stepweave.policies.rules.gist.moments import moments
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.ordering import Lesson, in_order, ordering
from stepweave.policies.rules.gist.pieces import pieces
from stepweave.policies.rules.gist.reader import Reader
from stepweave.policies.rules.gist.skimming import nouns_and_marks, scenery, things
from stepweave.policies.rules.gist.terms import terms
from stepweave.world.language.errors import NotUnderstood
from stepweave.world.language.lexicon import part_of, things_in
from stepweave.world.scene import Add, Move, Remove, Replace
from stepweave.world.vocabulary import SHAPES

_DRAW = r"(?:draw|sketch|paint|doodle|make|create|construct|build|get|do)"
ASKED = re.compile(
    rf"""\b(?:how[\s-]+(?:to|do|does|can|could|would|should|might|is|are|it's|he|she|they|i|we|you|one|a\s+\w+\s+is)\b
    |(?<!\bi\s)(?<!\bwe\s)(?<!\bam\s)(?<!\bi'm\s)(?<!\bare\s)teach(?!er)\w*|learn(?:s|ing)?\b(?!\s+(?:about|colou?rs|numbers|shapes|letters|words|counting|left|prepositions|opposites|animals)\b)|lessons?|tutorials?|guide\w*|walk\s+\w+\s+through|(?:take|lead|talk)\s+\w+\s+through|course\b
    |step[\s-](?:by|after)[\s-]step|(?:part|bit|piece|stage|line|shape)[\s-](?:by|after)[\s-](?:part|bit|piece|stage|line|shape)
    |instructions?\s+(?:for|to|on|about)|show\s+\w*\s*how|break\w*\s+(?:\w+\s+)?(?:the\s+)?drawing|each\s+(?:step|stage|part)
    |(?:steps?|stages?|construction)\s+(?:of|for|to)\b|one\s+(?:\w+\s+)*(?:step|part|piece|line|stage|shape|thing)\s+(?:\w+\s+){{0,2}}(?:at\s+a\s+time|in\s+each|per|each)
    |(?:the|all)\s+(?:steps|stages)\b|way\s+(?:to|of)\s+{_DRAW}|(?:in\s+(?:that|this)\s+order)|^\W*(?:draw|sketch|paint)ing\b|break\w*\s+(?:down|up)\b|^\W*let's\s+(?:draw|sketch|paint)\b.*\btogether\b|demonstrat\w*|what\s+(?:comes|(?:do|should|would|must)\s+(?:i|you|we|one)\s+(?:draw|do|sketch|paint))\s+(?:first|next)|follow\s+along|i\s+(?:could|can)\s+follow|how's
    |(?:show|see)\w*\s+(?:me\s+|us\s+)?(?:every|each|all(?:\s+the)?)\s+(?:single\s+)?steps?|how\s*\?|(?:what|which)\s+steps|practi[sc]e\w*|instructions?\s*[,:]|instructions?\s+\w*\s*draw\w*|blank\s+page|(?:draw|sketch|paint)\w*\b.*\b(?:along\s+)?with\s+me\b
    |(?:draw|sketch|paint)ing\b.*\b(?:bits|steps|stages|pieces)|\d+\s+(?:easy\s+|simple\s+|small\s+)*(?:moves|steps|stages)
    |(?:want|wants|like|need|have|try|trying)\s+to\s+(?:draw|sketch)\b(?=.*\b(?:how|show|teach|help|steps?|tutorial)\b))""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words with which people ask to be taught."""
HANDLING = re.compile(
    r"\b(?:arm|gripper|manipulator)\b.*\b(?:lift|pick|put|place|move|grab|grasp|stack|push|set|rotate|pour|take|hold)\w*\b",
    re.IGNORECASE | re.DOTALL,
)
"""What instructs a robot, not somebody who draws."""
DEED = re.compile(
    r"(?:^\W*(?:please\s+)?|\bhow\s+(?:to|do(?:es)?|can|could|would|should|must)\s+(?:(?:i|you|we|one|people|kids|he|she|they|somebody)\s+)?"
    r"|\b(?:steps?|stages?|moves?|instructions?)\s+(?:to|of|for)\s+)"
    r"(?:open|clos|shut|stack|unstack|pil|put|plac|pour|fill|empt|mov|push|pull|pick|grab|grasp|lift|lower|sort|swap|turn|"
    r"load|unload|pack|unpack|hand|get|set)\w*\b"
    r"|\b(?:initial|start|goal|final|end|target)\s+(?:state|position|situation)\b"
    r"|\bhow\s+(?:the|an?|two|three|both|my|our)\s+(?!.*\b(?:made|built|done|constructed|looks?)\b)\w+",
    re.IGNORECASE,
)
"""What is done with things, or happens, which pictures show and no drawing lesson teaches."""
OTHER = re.compile(
    r"\bhow\s+(?:to|do(?:es)?|can|could|would|should|must)\s+(?:(?:i|you|we|one|people|kids|he|she|they|somebody)\s+)?"
    r"(?:change|plant|cook|bake|fix|repair|clean|wash|grow|ride|drive|eat|feed|choose|buy|sell|train|cut|fold|install|wear)\b"
    r"|\bhow\s+(?:to|do(?:es)?|can|could|would|should)\s+(?:(?:i|you|we|one)\s+)?make\s+(?:\w+\s+){1,3}of\s+(?:tea|coffee|juice|milk|water)\b",
    re.IGNORECASE,
)
"""What somebody wants to learn that is no drawing."""
GROWING = re.compile(r"\b(bigger|larger|smaller)\s+and\s+\1\b", re.IGNORECASE)
"""What happens to something that is drawn already."""
HAPPENS = re.compile(r"\bhow\s+(?:it|he|she)\s+(?!is\b|looks\b|was\b)\w+s\b", re.IGNORECASE)
DRAWN = re.compile(r"\b(?:draw|sketch|paint|doodle)", re.IGNORECASE)
HANDLED = ("put", "open", "pour", "take", "hold", "set", "drop", "give", "appear")
"""Deeds that no drawing lesson tells of."""
COUNTED = ("move", "moves")
"""Words for deeds that count the steps of a lesson instead."""
DRAWING = re.compile(r"\b(?:draw|sketch|paint|doodle|lesson|tutorial)", re.IGNORECASE)
STARTS = re.compile(
    r"\b(?:start|begin|end|finish)\w*\s+(?:with|from|at|on)\s+(?:the\s+|its\s+|his\s+|her\s+)?(?P<part>\w+)"
    r"|\bfrom\s+(?:the\s+|its\s+)?(?P<one>\w+)\s+to\s+(?:the\s+|its\s+)?\w+",
    re.IGNORECASE,
)
IN_TURN = re.compile(
    r"(?:\bfirst|[:.])\s+(?:(?:just|only|draw|add|the|its|his|her|a)\s+)*(?P<part>\w+)(?:\s+first)?\s*,?\s*(?:and\s+)?(?:then|next|after\s+that)\s+"
    r"(?:(?:it\s+gets|comes?|with|add|draw|the|its|his|her|an?|some)\s+)*(?:\w+\s+)??(?P<next>\w+)\b",
    re.IGNORECASE,
)
"""Parts that are told to come one after the other: "first the body, then the head"."""
NUMBERED = re.compile(r"\bstep\s+(\d)\s*[:.)]\s*", re.IGNORECASE)
IN_STEPS = re.compile(
    rf"{NUMBERED.pattern}(?:the\s+|its\s+|a\s+)?(?P<part>\w+)[^\d]*?{NUMBERED.pattern}(?:the\s+|its\s+|a\s+)?(?P<next>\w+)\b",
    re.IGNORECASE,
)
"""Parts that are numbered: "step 1: the trunk, step 2: the leaves"."""
_LESSON = re.compile(
    r"\b(?:drawing\s+)?(?:tutorials?|lessons?|guides?|courses?)(?:\s+(?:on|about|of))?\b", re.IGNORECASE
)
_ONLY = re.compile(r"\b(?:so\s+|but\s+|just\s+)?(?:only|just)\s+(?=(?:the|an?)\s+\w+)", re.IGNORECASE)


OCCASION = re.compile(r"\bfor\s+(?:the|my|our|an?|his|her)\s+(?:\w+\s+){0,2}(?:lesson|class|course)\b", re.IGNORECASE)
"""A lesson for which a picture is wanted."""


def asks_for_other(text: str) -> bool:
    """Whether somebody wants to learn what is no drawing."""
    return OTHER.search(text) is not None and not DRAWING.search(text)


def asks_for_lesson(text: str) -> bool:
    """Whether a request speaks of learning or teaching."""
    if _tells_parts(text):
        return True
    drawn = DRAWING.search(_LESSON.sub(" ", text) if HANDLING.search(text) else text)
    if any(one.search(text) for one in (HANDLING, OTHER, DEED)) and not drawn:
        return False
    text = OCCASION.sub(" ", text)
    if GROWING.search(text) or HAPPENS.search(text) or (tells_list(text) and not DRAWING.search(text)):
        return False
    return (ASKED.search(text) is not None and (bool(DRAWN.search(text)) or _one_alone(text))) or _tells_order(text)


def _one_alone(text: str) -> bool:
    """Whether a request speaks of one thing only, and of nothing that is done with it: "step by step: a cat"."""
    said = nouns_and_marks(text)
    named = {one.name for one in things(said)} - {*SHAPES, "person"}
    alone = not named or any(all(part_of(one, f"{other}s") for other in named - {one}) for one in named)
    marks = [one for one in said if isinstance(one, Mark) and one.text not in COUNTED]
    marks = [one for one in marks if not any(part_of(name, one.text) for name in named)]
    return alone and not any(one.kind == "verb" and one.value in HANDLED for one in marks)


def tells_list(text: str) -> bool:
    """Whether the steps of a request are a list of things, each drawn in one of them: "in 3 steps: a cat, a dog"."""
    match = LISTED.search(text)
    items = re.split(r"\s*[,;]\s*", match["items"]) if match else []
    named = [{one.name for one in things(nouns_and_marks(item))} - set(SHAPES) for item in items]
    return len(items) > 1 and sum(bool(one) for one in named) > 1 and len(set.union(*named)) > 1


LISTED = re.compile(r"\b\d+\s+(?:steps|stages|moves)\s*:\s*(?P<items>[^.!?\n]+)", re.IGNORECASE)
"""Steps that are told one by one."""


def _tells_order(text: str) -> bool:
    """Whether a request says with which part of the thing to begin, or to end."""
    match = STARTS.search(text)
    owner = things_in(text[: match.start()] if match else "")
    return match is not None and any(part_of(thing, match["part"] or match["one"]) for thing in owner)


def _tells_parts(text: str) -> bool:
    """Whether a request tells which part of the thing comes first, and which next."""
    told = IN_TURN.search(text) or IN_STEPS.search(text)
    drawn = things_in(text[: told.start()] if told else "")
    return told is not None and any(all(part_of(thing, told[one]) for one in ("part", "next")) for thing in drawn)


def lesson_in(text: str) -> Lesson | None:
    """The lesson that a request asks for; ``None`` if it speaks of nothing that a lesson could draw.

    Args:
        text: a request for a lesson, without the number of steps that it states.

    Raises:
        LanguageError: what shall be drawn is not understood.
    """
    told, named = apart(without_inherent(plainly(_LESSON.sub(" ", NUMBERED.sub(r"\1. ", text)))))
    only = list(_ONLY.finditer(told))
    if only and (held := _nouns(told[only[-1].end() :])) and held[0].head == "thing":
        told = told[only[-1].end() :]
    told, listed, portrait = ordering(told)
    changes = Changes(Picture())
    reader = Reader(changes)
    try:
        for said in _about(told, named[0].name if named else ""):
            reader.read(said)
    except Again as error:
        raise NotUnderstood(text) from error
    if not changes.order:
        for noun in named[:1]:
            changes.bring(Known(noun.name, noun.count or 1, noun.colour, noun.size))
    operations = changes.operations()
    drawn = [one for one in operations if isinstance(one, Add)]
    if not drawn or any(isinstance(one, Move | Remove | Replace) for one in operations):
        return None
    return in_order(operations, drawn[0], listed, portrait=portrait)


def _nouns(text: str) -> list[Noun]:
    return [one for one in pieces(terms(text)) if isinstance(one, Noun) and one.head in ("thing", "part")]


def _about(text: str, thing: str) -> list[list[Piece]]:
    """What is said of the thing as a whole."""
    found = []
    for moment in moments(without_inherent(text)):
        said = pieces(terms(moment.text))
        if thing or any(isinstance(one, Noun) and one.head == "thing" for one in said):
            thing = "it"
            found.append(_described(said))
    return found


KEPT = frozenset(
    "colour size acting pose relation place setting weather with and comma without be that of dangling".split()
)
LOOSE = ("and", "comma", "with", "be", "relation", "of", "that")


def _described(said: Sequence[Piece]) -> list[Piece]:
    """The thing that shall be drawn, with what is said of its looks; all that only asks is left out."""
    start = next((at for at, one in enumerate(said) if isinstance(one, Noun) and one.head == "thing"), len(said))
    if start == len(said):
        return _lacking(said)
    found: list[Piece] = [*scenery(said[:start])]
    for at, one in enumerate(said[start:], start):
        after = said[at + 1] if at + 1 < len(said) else None
        if isinstance(one, Noun):
            if one.head not in ("thing", "part", "background", "it", "text"):
                break
            found.append(_generic(one))
        elif (
            one.kind == "possessive"
            or (one.kind == "relation" and not isinstance(after, Noun))
            or (one.kind == "verb" and one.value == "draw")
        ):
            continue
        elif (one.kind == "verb" and one.value == "hold") or (one.kind == "acts" and _tells(found, one)):
            found.append(one)
        elif one.kind not in KEPT and one.kind not in ("the", "a", "nothing"):
            break
        else:
            found.append(one)
    while found and isinstance(last := found[-1], Mark) and last.kind in LOOSE:
        found.pop()
    return found


def _lacking(said: Sequence[Piece]) -> list[Piece]:
    """What the thing shall not have."""
    start = next((at for at, one in enumerate(said) if isinstance(one, Mark) and one.kind in ("not", "without")), None)
    parts = [one for one in said[start:] if isinstance(one, Noun) and one.head == "part"] if start is not None else []
    return [Noun("it", definite=True, name="it"), Mark("without", "without", "without"), *parts] if parts else []


def _tells(before: Sequence[Piece], mark: Mark) -> bool:
    """Whether a deed is told of the thing: "that sleeps", "running"."""
    last = before[-1] if before else None
    return mark.text.endswith("ing") or (isinstance(last, Mark) and last.kind == "that")


def _generic(noun: Noun) -> Noun:
    """ "How to draw cats": one of them."""
    return replace(noun, count=1) if noun.head == "thing" and noun.plural and noun.count is None else noun
