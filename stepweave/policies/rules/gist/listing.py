"""Lists that are more than they name: one deed at several things, the places of a row, the states of one thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from stepweave.policies.rules.gist.agents import Cut
from stepweave.policies.rules.gist.moments import Moment, weighty
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.numbers import UNIT
from stepweave.policies.rules.gist.restating import restated
from stepweave.policies.rules.gist.skimming import nouns_and_marks, things
from stepweave.policies.rules.gist.tasks import steps_listed
from stepweave.policies.rules.gist.towers import with_towers

MANY = 2
"""How many things a list names at least."""
BETWEEN = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
EACH_OF = re.compile(
    r"(?P<deed>[^.:;!\n]*?\b(?P<where>on|in|into|onto|under|above|behind|next\s+to|near|over|beside))\s+(?:every|each)(?:\s+one)?"
    r"\s+of\s+(?:these|them|those|the\s+following)[^.:;!\n]*:\s*(?P<listed>[^.!\n]+)",
    re.IGNORECASE,
)
"""Words that tell of a deed at each of several things, which are listed behind them."""
ROW = re.compile(
    r"(?P<before>[^.;:!\n]*?)[,\s]*\(?\b(?:(?:arranged|ordered|standing|lined\s+up|sorted|placed|shown|all)\s+)*"
    r"from\s+(?P<first>left|top)\s+to\s+(?P<last>right|bottom)\b\)?(?P<after>[^.;!\n]*)",
    re.IGNORECASE,
)
"""Words that tell of a row that what is listed stands in."""
ROWS = {
    ("left", 2): ("on the left", "on the right"),
    ("left", 3): ("on the left", "in the middle", "on the right"),
    ("top", 2): ("at the top", "at the bottom"),
    ("top", 3): ("at the top", "in the middle", "at the bottom"),
}
MOVING = ("put", "go", "become", "bigger", "smaller", "appear", "fall", "vanish", "take")
"""Verbs that sum up what the states of a thing tell one by one."""
GROUND = ("on the ground", "on the floor")
ELLIPTIC: dict[str, str] = {
    "place": "where",
    "relation": "where",
    "dangling": "where",
    "size": "size",
    "comparative": "size",
    "colour": "colour",
    "acting": "deed",
    "acts": "deed",
    "pose": "pose",
    "setting": "scene",
    "weather": "scene",
}
"""What kind of state a word tells of."""


def spread(text: str, wanted: int | None = None) -> str:
    """A request with its lists written out: a step for each of several goals, a place for each of a row.

    Args:
        text: the request.
        wanted: how many pictures there shall be, if that is stated.
    """
    if wanted in (2, 3):
        text = RISING.sub(lambda match: _rising(match, wanted or 2), text, count=1)
    if counting := COUNTED.match(text):
        text = text[counting.end() :]
    text = with_towers(steps_listed(text))
    text = TWO_SIDES.sub(r"a \g<what>\g<here>, a \g<what>\g<there>", text)
    return ROW.sub(_in_row, _at_each(_numbered_behind(restated(COUNTING.sub(_counted, text)))))


TWO_SIDES = re.compile(
    r"(?:^|(?<=[,:;.]\s))(?P<what>(?!(?:an?|the)\b)(?:\w+\s+)?\w+)(?P<here>\s+(?:(?:on|at)\s+the\s+)?(?:left|right|top|bottom))\s*"
    r"(?:,\s*(?:and\s+)?|\s+and\s+)(?P=what)(?P<there>\s+(?:(?:on|at)\s+the\s+)?(?:left|right|top|bottom))\b(?!\s*,\s*(?P=what))",
    re.IGNORECASE,
)
"""Two of a kind, one at each of two sides."""
BEHIND = re.compile(
    rf"\s+in\s+(?:(?:the\s+)?(?:{UNIT})\s+(?P<number>\d|one|two|three|four|five)|(?:the\s+)?(?P<nth>first|second|third|fourth|fifth"
    rf"|one|next|other|last)(?:\s+(?:{UNIT}|one))?)(?=\s*(?:[,;.]|\band\b|\bthen\b|$))[\s,;.]*(?:and\s+|then\s+)*",
    re.IGNORECASE,
)
"""Words behind what a picture shows, that tell which picture it is."""
NTH = {word: at for at, word in enumerate(("first", "second", "third", "fourth", "fifth"), 1)}
NTH |= {word: at for at, word in enumerate(("one", "two", "three", "four", "five"), 1)}


def _numbered_behind(text: str) -> str:
    """ "A cat in picture 1, a dog in picture 2" with the numbers before what they number."""
    found = list(BEHIND.finditer(text))
    if len(found) < MANY or not things(nouns_and_marks(text[: found[0].start()])):
        return text
    parts, last = [], 0
    for at, match in enumerate(found, 1):
        word = (match["number"] or match["nth"]).lower()
        if (int(word) if word.isdecimal() else NTH.get(word, at)) != at:
            return text
        parts.append(f"{at}. {text[last : match.start()].strip(' ,;.')}")
        last = match.end()
    return f"{' '.join(parts)} {text[last:]}"


RISING = re.compile(
    r"^(?P<lead>\W*(?:show\s+|draw\s+|let\s+)?(?:me\s+|how\s+)?)(?P<who>(?:the|an?)\s+(?:\w+\s+)?\w+)\s+"
    r"(?:(?P<up>ris(?:e|es|ing)|com(?:e|es|ing)\s+up|go(?:es|ing)?\s+up)\s+(?:over|above|from\s+behind|behind)"
    r"|(?P<down>set(?:s|ting)?|go(?:es|ing)?\s+down|sink(?:s|ing)?)\s+behind)\s+(?P<what>(?:the|an?)\s+(?:\w+\s+)?\w+)\b[\s.,]*$",
    re.IGNORECASE,
)
"""What comes up from behind something, or goes down there, in all pictures."""


def _rising(match: re.Match[str], wanted: int) -> str:
    """The stations of a way up or down: behind it, above it, at the top."""
    who, what = (re.sub(r"^an?\b", "the", match[name], flags=re.IGNORECASE) for name in ("who", "what"))
    ways = [f"behind {what}", f"above {what}", "at the top"][:wanted]
    first, *later = ways if match["up"] else reversed(ways)
    return " ".join(
        [f"1. {match['what']}. {match['who']} {first}", *(f"{n}. {who} is {way}" for n, way in enumerate(later, 2))]
    )


COUNTING = re.compile(
    r"\b(?:count(?:ing)?|show\s+counting)\s+(?:(?P<before>\w+s)\s+)?(?:from\s+(?:1|one)\s+)?(?:up\s+)?to\s+(?P<last>\d|10|two|three|four|five)\b"
    r"(?:\s+(?:with|using|in|by\s+showing)\s+(?P<behind>(?:\w+\s+)?\w+s)\b)?",
    re.IGNORECASE,
)
"""Words that ask for as many pictures as are counted."""


COUNTED = re.compile(rf"^[^:.]*{COUNTING.pattern}[^:.]*:\s*(?=(?:first\b|(?:one|1|an?)\s))", re.IGNORECASE)
"""A title that tells of counting, before what is counted."""


def _counted(match: re.Match[str]) -> str:
    """ "Count to three with apples": one, then two, then three."""
    what = match["behind"] or match["before"]
    last = match["last"].lower()
    number = int(last) if last.isdecimal() else NTH[last]
    if what is None or number < MANY or len(things(nouns_and_marks(what))) != 1:
        return match[0]
    return " ".join(f"{at}. {at} {what}" for at in range(1, number + 1))


def _at_each(text: str) -> str:
    """ "Let it land on each of these: a, b, c" as steps, one for each."""
    match = EACH_OF.search(text)
    if match is None:
        return text
    listed = [one for one in BETWEEN.split(match["listed"].strip()) if one]
    who = things(nouns_and_marks(match["deed"]))
    if len(listed) < MANY or len(who) != 1:
        return text
    rest = [f"{number}. put the {who[0].name} {match['where']} the {one}" for number, one in enumerate(listed[1:], 2)]
    steps = [f"1. {', '.join(listed)}. {match['deed'].strip()} the {listed[0]}", *rest]
    return f"{text[: match.start()]} {' '.join(steps)} {text[match.end() :]}"


def _in_row(match: re.Match[str]) -> str:
    """ "A, b and c from left to right" with a place for each."""
    ahead = re.match(r"\s*[:,]\s*", match["after"])
    listed, rest = (match["after"][ahead.end() :], "") if ahead else (match["before"], match["after"])
    items = [one for one in BETWEEN.split(listed.strip()) if one]
    places = ROWS.get((match["first"].lower(), len(items)))
    named = [nouns_and_marks(item) for item in items]
    moves = any(isinstance(one, Mark) and one.value in MOVING for said in named for one in said)
    if places is None or moves or any(len(things(one)) != 1 or things(one)[0].plural for one in named):
        return match[0]
    row = ", ".join(f"{item} {place}" for item, place in zip(items, places, strict=True))
    lead = match["before"] if ahead else ""
    return f"{lead} {row}{rest}"


def with_states(cut: Cut) -> Cut:
    """The moments with a picture for each state of a thing: "a cloud: small, then large", "first on it, then below"."""
    for at, (moment, said) in enumerate(cut):
        end = next((i for i, one in enumerate(said) if isinstance(one, Mark) and one.text.strip() == ":"), None)
        begun = end is None and at + 1 < len(cut) and cut[at + 1][0].lead.lower().split()[-1:] == ["first"]
        if end is None and not begun:
            continue
        who, behind = (said[:end], said[end + 1 :]) if end is not None else (said, [])
        states, after = _states(moment, behind, cut[at + 1 :])
        if len(states) < MANY or not _one_thing(who):
            continue
        first = [one for one in who if not (isinstance(one, Mark) and (one.value in MOVING or one.kind == "up"))]
        it: list[Piece] = [Noun("it", definite=True, name="it"), Mark("be", "be", "is")]
        later: Cut = [(replace(one, seam="hard"), [*it, *state]) for one, state in states[1:]]
        return [*cut[:at], (moment, [*first, *states[0][1]]), *later, *cut[at + 1 + after :]]
    return cut


def _states(moment: Moment, behind: Sequence[Piece], later: Cut) -> tuple[list[tuple[Moment, list[Piece]]], int]:
    """The states told, all of one kind, and how many of the later moments they take."""
    found = [(moment, one) for one in _items(behind, moment.text)]
    kinds = {_kind(one) for _, one in found}
    after = 0
    for next_, said in later:
        items = _items(said, next_.text)
        if not items or not {_kind(one) for one in items} <= (kinds or {_kind(items[0])}) or "" in map(_kind, items):
            break
        kinds |= {_kind(one) for one in items}
        found += [(next_, one) for one in items]
        after += 1
    return (found, after) if len(kinds) == 1 and "" not in kinds else ([], 0)


def _items(said: Sequence[Piece], text: str) -> list[list[Piece]]:
    """What is said, cut at commas and "and"."""
    found: list[list[Piece]] = [[]]
    for one in said:
        if isinstance(one, Mark) and one.kind in ("comma", "and", "stop"):
            found.append([])
        elif isinstance(one, Mark) and one.text in GROUND:
            found[-1].append(Mark("place", "bottom", one.text))
        elif not (isinstance(one, Mark) and one.kind in ("be", "nothing", "become")) and not (
            isinstance(one, Noun) and one.head == "it" and not found[-1]
        ):
            found[-1].append(one)
    return [one for one in found if one]


def _kind(state: Sequence[Piece]) -> str:
    """What kind of state is told; empty if it is more than a state."""
    plain = weighty(state)
    first = plain[0] if plain else None
    if not isinstance(first, Mark) or first.kind not in ELLIPTIC:
        return ""
    rest = plain[1:]
    placed = first.kind == "relation" and len(rest) == 1
    return ELLIPTIC[first.kind] if not rest or placed else ""


def _one_thing(who: Sequence[Piece]) -> bool:
    named = things(who)
    return bool(named) and not any(one.plural or (one.count or 1) > 1 for one in named)
