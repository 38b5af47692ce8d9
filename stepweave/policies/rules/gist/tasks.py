"""Takes the title of a task off: what it is all about is told again by the deeds that follow."""

from __future__ import annotations

import re

from stepweave.policies.rules.gist.agents import as_agent
from stepweave.policies.rules.gist.moments import weighty
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.skimming import SCENERY, nouns_and_marks, playing, scenery, things
from stepweave.policies.rules.gist.titles import LONGEST

TITLES = ("put", "set", "draw")
"""Verbs with which the title of a task begins."""
GOES = re.compile(
    r"\b(?:goes|go|should\s+go|has\s+to\s+go|is\s+put|moves)\s+(?=(?:into|onto|in|on|to|next|beside)\b)",
    re.IGNORECASE,
)
WHITHER = re.compile(
    r"\s*(?:the\s+)?(?:\w+\s+){1,3}?(?P<where>(?:into|onto|in|on|to|next\s+to|beside)\s+(?:the\s+)?(?:\w+\s*){1,5})[.!]?\s*$",
    re.IGNORECASE,
)
"""What goes where, without a verb."""
BETWEEN = re.compile(
    r"\s*[,;]\s*(?:and\s+|then\s+)*|\s+and\s+(?=(?:then\s+)?(?:the\s+)?\w+(?:\s+\w+)?\s+(?:into|onto|in|on|to)\s)|\s+and\s+then\s+"
)
STEPS = re.compile(
    r"(?:^|(?<=[.!?\n]))\s*(?:the\s+)?(?:steps?|pictures?|sequence|procedure|plan|actions?|moves)(?:\s+please)?\s*:\s*"
    r"(?P<items>[^.;:\n]+)",
    re.IGNORECASE,
)
"""A list of steps behind what they start from."""
IT = re.compile(r"^\W*(?:(?:first|now|then)[\s,]+)?(?:it|he|she)\s+(?=\w)", re.IGNORECASE)
"""How deeds begin whose doer the title names."""


def steps_listed(text: str) -> str:
    """A request whose steps are listed with commas as one that tells them one after the other."""
    return STEPS.sub(_in_turn, text)


def _in_turn(match: re.Match[str]) -> str:
    """Steps one after the other, if each begins with what is done."""
    items = [one.strip() for one in re.split(r"\s*,\s*(?:and\s+|then\s+)*|\s+then\s+", match["items"]) if one.strip()]
    return " Then " + ", then ".join(items) if len(items) > 1 and all(map(_is_deed, items)) else match[0]


def _is_deed(item: str) -> bool:
    said = nouns_and_marks(item)
    verb = bool(said) and isinstance(said[0], Mark) and bool(said[0].verb or said[0].kind == "verb")
    return verb or re.match(r"(?:open|close)\b", item, re.IGNORECASE) is not None


def without_task(text: str) -> tuple[str, list[Noun]]:
    """A request without what it is all about: "stack three blocks: put ..." names blocks that the orders then draw."""
    head, colon, rest = text.partition(":")
    if not colon or len(head) > LONGEST or re.search(r"[.!?\n,]\s", head):
        return text, []
    title, orders = (nouns_and_marks(part) for part in (head, rest))
    hand = next((found.name for one in title if (found := as_agent(one)) is not None), "")
    if hand and _does(title) and (doing := IT.match(rest)):
        return f"{_where(title)}the {hand} {rest[doing.end() :]}", []
    moves = _as_moves(rest)
    if GOES.search(rest) and moves and not any(map(_is_shown, title)):
        return f"{_where(title)}{_handed(moves, hand)}", []
    task = title and isinstance(title[0], Mark) and title[0].kind == "verb" and title[0].value in TITLES
    order = orders and isinstance(orders[0], Mark) and orders[0].kind == "verb"
    if task and not order and moves:
        rest, order = moves, True
    if hand and order and all(as_agent(one) is not None for one in things(title)) and not _deeds(title):
        return f"{_where(title)}for the {hand}. {rest}", []
    if not task or not order or any(isinstance(one, Mark) and _tells_more(title, at) for at, one in enumerate(title)):
        return text, []
    lead = f"{_where(title)}for the {hand}. " if hand else _where(title)
    return f"{lead}{rest}", [one for one in things(title) if as_agent(one) is None]


def _is_shown(piece: Piece) -> bool:
    """Whether a title names something that is to be drawn, rather than what it is all about."""
    return isinstance(piece, Noun) and piece.head == "thing" and piece.indefinite and as_agent(piece) is None


def _handed(moves: str, hand: str) -> str:
    """Orders to put something somewhere as what a hand does."""
    return re.sub(r"\bput\s+", f"the {hand} puts ", moves) if hand else moves


def _deeds(title: list[Piece]) -> list[str]:
    """What a title tells that is done."""
    return [one.value for one in title if isinstance(one, Mark) and one.kind == "verb" and one.value not in TITLES]


def _does(title: list[Piece]) -> bool:
    """Whether a title tells what a hand does: "the robot arm tidies up", "a gripper sorts blocks"."""
    nouns = [at for at, one in enumerate(title) if as_agent(one) is not None]
    behind = title[nouns[0] + 1 :]
    return not any(isinstance(one, Mark) and one.kind in ("relation", "and", "comma") for one in behind[:1])


def _where(title: list[Piece]) -> str:
    where = scenery(title)
    return f"{playing(where[0])}, " if where else ""


def _tells_more(title: list[Piece], at: int) -> bool:
    """Whether a word of a title tells more than what follows does: where something is, or how it looks."""
    mark, after = title[at], weighty(title[at + 1 :])
    if not isinstance(mark, Mark) or mark.kind not in ("relation", "place", "colour"):
        return False
    return not (after and isinstance(after[0], Mark) and after[0].kind in SCENERY)


def _as_moves(text: str) -> str:
    """A list of what goes where as orders: "red block into the red box, blue block into the blue box"."""
    text = re.sub(r"^\W*(?:first|now)\b[,\s]*", "", GOES.sub("", text), flags=re.IGNORECASE)
    items = [one.strip() for one in BETWEEN.split(text) if one.strip()]
    if len(items) < len(("one", "two")) or WHITHER.match(items[0]) is None:
        return ""
    found: list[str] = []
    where = ""
    for item in items:
        whither = WHITHER.match(item)
        if whither is None and not re.fullmatch(r"(?:the\s+)?(?:\w+\s+)?\w+[.!]?", item):
            return ""
        where = whither["where"] if whither else where
        found.append(f"put {item}" if whither else f"put {item.strip(' .!')} {where}")
    return ", then ".join(found)
