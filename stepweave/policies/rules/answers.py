"""Answers in words: what the embedded world knows, for those who ask what they can ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from stepweave.policies.rules.drafts import Draft
from stepweave.policies.rules.wishes import Wish
from stepweave.world import vocabulary
from stepweave.world.language.lexicon import things_in
from stepweave.world.language.wording import article, enumerated

ASKS = re.compile(
    r"^(?:(?:please|hi|hello|hey|so|ok|and|can you|could you)[\s,!]+)*"
    r"(?:what|which|list|name|how\s+many|do\s+you\s+know|help|(?:tell\s+me|explain|describe|say)\s+(?:what|which|about\s+the|the|how\s+this)"
    r"|(?:show|give)\s+me\s+(?:a\s+list|all))\b",
    re.IGNORECASE,
)
"""How a question begins that words can answer."""


def answer(wish: Wish) -> tuple[Draft, ...] | None:
    """The answer to a question about the vocabulary; ``None`` if this is no such question."""
    text = wish.spoken(wish.text)
    if not ASKS.match(text):
        return None
    for pattern, reply in _REPLIES:
        if re.search(pattern, text, re.IGNORECASE):
            found = reply(text)
            if found:
                return (Draft(told=found, name="In words"),)
    return None


def _parts(text: str) -> str:
    things = [thing for thing in things_in(text) if thing in vocabulary.THINGS]
    return " ".join(
        f"{article(thing).capitalize()} has these parts, in drawing order: {_named(vocabulary.THINGS[thing].names)}."
        for thing in things
    )


def _colours(_text: str) -> str:
    return f"The colours are {_named(vocabulary.COLOURS)}. Their common shades are drawn as the nearest of these."


def _sizes(_text: str) -> str:
    return f"The sizes are {_named(vocabulary.SIZES)}; things can also be made bigger or smaller."


def _places(_text: str) -> str:
    return (
        f"The places are {_named(vocabulary.PLACES)}; a thing can also be "
        f"{enumerated([f'{kind} another' for kind in vocabulary.RELATIONS])}."
    )


def _shapes(_text: str) -> str:
    return f"The shapes are {_named(vocabulary.SHAPES)}."


def _drawable(_text: str) -> str:
    return (
        f"These shapes can be drawn: {_named(vocabulary.SHAPES)}. These things made of parts: "
        f'{_named(vocabulary.THINGS)}. And words, in quotes: write "Hello". {_colours("")} {_sizes("")} {_places("")}'
    )


def _edits(_text: str) -> str:
    return (
        "Things and parts can be added, removed, moved, painted, replaced, and made bigger or smaller; the background "
        'can have another colour. For example: "Draw a house. Add a red roof. Move the house to the left."'
    )


def _asking(_text: str) -> str:
    return (
        'Ask for a drawing lesson ("How do I draw a cat in 4 steps?"), give instructions ("1. Draw a house. 2. Add a '
        'tree on the left."), or ask for a story ("a story about a cat and a boat in 4 pictures"). ' + _drawable("")
    )


_REPLIES: tuple[tuple[str, Callable[[str], str]], ...] = (
    (r"\bparts?\b|\bmade (?:up )?of\b|\bconsists?\b", _parts),
    (r"\b(?:colou?rs?|shades?)\b(?!.*\bof\b.*\bto\b)", _colours),
    (r"\bsizes?\b|\bhow (?:big|large|small)\b", _sizes),
    (r"\b(?:places?|positions?|where|relations?|locations?)\b", _places),
    (r"\bshapes\b|\b(?:which|what) shape", _shapes),
    (r"\b(?:edits?|changes?|operations?|modif\w+)\b", _edits),
    (r"\bhow do (?:i|you) (?:ask|use)\b|\bhelp\b|\bwhat can i (?:ask|say)\b|\bhow does this work\b", _asking),
    (
        r"\b(?:can|could|do|are) (?:you|it|this|i|we) (?:able to )?(?:draw|make|paint|do|know|plan|sketch)\b"
        r"|\bthings\b|\bobjects\b|\b(?:vocabulary|words)\b|\bwhat is (?:known|possible)\b",
        _drawable,
    ),
)


def _named(names: Iterable[str]) -> str:
    return enumerated(list(names))
