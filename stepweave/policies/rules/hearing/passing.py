"""What changes over the pictures: ways that are walked, and numbers that are counted up or down."""

from __future__ import annotations

import re
from itertools import pairwise

from stepweave.policies.rules.hearing.phrases import numbered, rule
from stepweave.world.language.lexicon import plural, things_in

_GOES = r"(?:walks?|runs?|drives?|rides?|moves?|goes|flies|swims|sails|jumps?|hops?|rolls?|crawls?|floats?|travels?)"
_RUNNING = re.compile(r"walk|run|drive|ride|swim|sail|crawl|roll", re.IGNORECASE)
_BETWEEN = {("left", "right"), ("right", "left"), ("top", "bottom"), ("bottom", "top")}


def passed(text: str) -> str:
    """A way as a step for each place on it, and numbers as what is added or removed."""
    return _counted(_gone(_risen(text)))


def _gone(text: str) -> str:
    """ "A person walks from left to right" as a person on the left, in the middle and on the right."""
    match = rule(
        rf"^\W*(?P<who>(?:an?|the|one)\s+{{bare}})\s+(?P<goes>{_GOES})\s+from\s+(?:the"
        rf"\s+)?(?P<old>{{place}})(?:\s+side)?\s+to\s+(?:the\s+)?(?P<new>{{place}})"
        r"(?:\s+side)?(?:\s+of\s+the\s+(?:picture|page|screen))?(?P<rest>\s*(?:[.!]|$|(?:in|on)\s+.*))"
    ).match(text)
    if match is None:
        return text
    who = re.sub(r"^(?:an?|the|one)\s+", "", match["who"], flags=re.IGNORECASE)
    how = "running " if _RUNNING.match(match["goes"]) else "flying " if match["goes"].lower() == "flies" else ""
    places = [match["old"], match["new"]]
    if tuple(place.lower() for place in places) in _BETWEEN:
        places.insert(1, "middle")
    rest = match["rest"].strip(" .!")
    first = f"a {how}{who} at the {places[0]}{f' {rest}' if rest else ''}"
    return f"{first}{''.join(f', then move it to the {place}' for place in places[1:])}"


def _risen(text: str) -> str:
    """ "The sun goes down" by itself is a way from the top to the bottom."""
    match = rule(
        r"^\W*(?P<who>(?:an?|the)\s+{bare})\s+(?P<how>goes\s+down|sets|sinks|falls|goes\s+up|rises)"
        r"\s*[.!]?\s*$"
    ).match(text)
    if match is None:
        return text
    up = "up" in match["how"] or "rise" in match["how"]
    old, new = ("bottom", "top") if up else ("top", "bottom")
    return f"{match['who']} moves from {old} to {new}"


def _counted(text: str) -> str:
    """ "A cat, then two cats, then three cats" as one more cat each time."""
    pieces = [
        piece
        for piece in re.split(
            r"[\s,.;]*\b(?:and\s+)?then\b\s*|\s*[.;]"
            r"\s*(?:now\s+)?",
            text.strip(" .!"),
        )
        if piece.strip()
    ]
    shape = rule(
        r"(?:(?:draw|show)\s+(?:me\s+)?)?(?P<count>an?|one|two|three|four|five|six|\d{1,2})"
        r"\s+(?P<what>{bare})"
    )
    found = [shape.fullmatch(piece.strip()) for piece in pieces]
    counts = [1 if one["count"].lower() in ("a", "an") else numbered(one["count"]) for one in found if one]
    names = {things_in(one["what"]) for one in found if one}
    if len(counts) < 2 or len(counts) < len(pieces) or len(names) > 1 or counts != sorted(set(counts)):
        return text
    (name,) = names.pop()
    more = [b - a for a, b in pairwise(counts)]
    return f"{pieces[0]}{''.join(f', then add {one} more {plural(name) if one > 1 else name}' for one in more)}"
