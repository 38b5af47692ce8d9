"""Answers in words: what the embedded world knows, for those who ask what they can ask for."""

from __future__ import annotations

import re
from collections.abc import Callable

from stepweave.policies.rules import facts
from stepweave.policies.rules.drafts import Draft
from stepweave.policies.rules.facts import named
from stepweave.policies.rules.wishes import Wish
from stepweave.world import vocabulary
from stepweave.world.language import parse
from stepweave.world.language.lexicon import part_of, things_in
from stepweave.world.language.wording import enumerated
from stepweave.world.things import Thing

_POLITE = r"^(?:(?:please|hi|hello|hey|so|ok|and|can\s+you|could\s+you)[\s,!]+)*"
ASKS = re.compile(
    rf"{_POLITE}(?:what(?:'s)?|which|who|list|name|how\s+many|do\s+you\s+know|help(?!\s+(?:me|us)\b)"
    r"|where(?!\s+(?:an?|the)\b)|(?:is|are)\s+(?:there|any)|can\s+(?:things|everything|i\s+(?:put|use"
    r"|place|have|turn))"
    r"|tell\s+me\s+the\s+names|do(?:es)?\s+(?:an?|the)|can\s+(?:an?|the)|(?:show|give)\s+me\s+(?:a\s+list|all)"
    r"|(?:tell\s+me|explain|describe|say)(?:\s+to\s+me)?\s+(?:what|which|about|the|how\s+this|an?))\b",
    re.IGNORECASE,
)
"""How a question begins that words can answer."""
ABOUT = re.compile(
    rf"{_POLITE}(?:(?:tell\s+me|explain|describe|say)(?:\s+to\s+me)?(?:\s+(?:what|about))?|who\s+(?:is|are)"
    r"|what(?:'s|\s+is|\s+are|\s+does|\s+do))"
    r"\s+(?P<what>(?:an?|the|one)\s+.+?)(?:\s+(?:look\s+like|is|are|means?))?[\s?.!]*$",
    re.IGNORECASE,
)
"""A question about one thing: "What is a robot arm?"."""
LESSON = re.compile(r"\bhow\s+(?:to|do|can|is|are)\b|\bsteps?\b", re.IGNORECASE)


def answer(wish: Wish) -> tuple[Draft, ...] | None:
    """The answer to a question about the vocabulary; ``None`` if this is no such question.

    Raises:
        UnknownWords: it asks about something that is not in the vocabulary.
    """
    text = wish.spoken(wish.text)
    if not ASKS.match(text):
        return None
    for pattern, reply in _REPLIES:
        if re.search(pattern, text, re.IGNORECASE):
            found = reply(text)
            if found:
                return (Draft(told=found, name="In words"),)
    if (match := ABOUT.match(text)) and not LESSON.search(text):
        found = " ".join(facts.about(thing) for thing in _things(match["what"]))
        if found:
            return (Draft(told=found, name=_title(match["what"])),)
        parse(f"draw {match['what']}")
    return None


def _title(what: str) -> str:
    return f"{what[:1].upper()}{what[1:]}"


def _things(text: str) -> list[Thing]:
    return [vocabulary.DRAWABLE[thing] for thing in things_in(text) if thing in vocabulary.DRAWABLE]


def _numbers(text: str) -> str:
    """How many there are of a part; of a thing, how many can be asked for."""
    words = re.findall(r"[a-z]+", text.lower())
    found = [
        facts.number(thing, part)
        for thing in _things(text)
        if thing.name in vocabulary.THINGS
        for part in dict.fromkeys(part_of(thing.name, word) for word in words)
        if part is not None
    ]
    most = (
        f"Up to {vocabulary.MOST} of a kind can be asked for at once; in a picture there is room for about ten things."
    )
    return " ".join(found) or most


def _kinds(text: str) -> str:
    """All things of the kinds that a question names."""
    return " ".join(
        facts.kind(name) for name, words in _KINDS.items() if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)
    )


_KINDS = {
    "animals": "animals?|creatures?|beasts?|pets?",
    "birds": "birds",
    "vehicles": "vehicles?|transport",
    "food": "foods?|(?:things\\s+)?to\\s+eat|snacks?",
    "things of the house": "furniture|household|things\\s+(?:in|of|for)\\s+(?:the|a)\\s+house",
}


def _turns(_text: str) -> str:
    return "Everything can be turned by 90, 180 or 270 degrees and flipped left to right; upside down is 180 degrees."


def _parts(text: str) -> str:
    return " ".join(map(facts.parts, _things(text)))


def _colours(text: str) -> str:
    if things := _things(text):
        return " ".join(map(facts.colours, things))
    return f"The colours are {named(vocabulary.COLOURS)}. Their common shades are drawn as the nearest of these."


def _deeds(text: str) -> str:
    return " ".join(map(facts.abilities, _things(text))) or facts.deeds()


def _settings(_text: str) -> str:
    return facts.settings()


def _sizes(_text: str) -> str:
    return f"The sizes are {named(vocabulary.SIZES)}; things can also be made bigger or smaller."


def _places(_text: str) -> str:
    relations = ["between two others" if kind == "between" else f"{kind} another" for kind in vocabulary.RELATIONS]
    return f"The places are {named(vocabulary.PLACES)}; a thing can also be {enumerated(relations)}."


def _shapes(_text: str) -> str:
    return f"The shapes are {named(vocabulary.SHAPES)}."


def _drawable(_text: str) -> str:
    return (
        f"These shapes can be drawn: {named(vocabulary.SHAPES)}. These things made of parts: "
        f'{named(vocabulary.THINGS)}. And words, in quotes: write "Hello". {_colours("")} {_sizes("")} {_places("")} '
        f"{facts.settings()} {facts.deeds()}"
    )


def _edits(_text: str) -> str:
    return (
        "Things and parts can be added, removed, moved, painted, turned, flipped, copied, replaced, and made bigger or "
        "smaller; they can do something and stop; the background can have another colour, or be another place. For "
        'example: "Draw a cat. Move it to the left. Let it sleep. Set the scene at night."'
    )


def _asking(_text: str) -> str:
    return (
        'Ask for a drawing lesson ("How do I draw a cat in 4 steps?"), give instructions ("1. Draw a house. 2. Add a '
        'tree on the left."), or ask for a story ("a story about a cat and a boat in 4 pictures"). ' + _drawable("")
    )


_REPLIES: tuple[tuple[str, Callable[[str], str]], ...] = (
    (
        r"\bhow\s+many\b(?!\s+(?:different\s+)?(?:\w+\s+)?(?:colou?rs|shades|parts|sizes|places|shapes"
        r"|settings|actions|edits|kinds)\b)"
        r"(?!\s+(?:different\s+)?(?:things|objects|animals)\s+(?:can|do)\s+you\s+(?:draw|know)(?!.*\bat\s+once))"
        r"|\b(?:biggest|highest|largest|maximum|greatest)\s+number\b|\bcount\s+to\b|\bthe\s+most\s+things\b",
        _numbers,
    ),
    (
        r"\b(?:animals?|creatures?|pets?|vehicles?|foods?|furniture|(?<=which )birds|(?<=what )birds|to"
        r"\s+eat)\b(?!.*\bcan\s+(?!i\b|you\b))",
        _kinds,
    ),
    (r"\bupside|\bturned\b|\brotat|\bflip", _turns),
    (r"\bparts?\b|\bmade (?:up )?of\b|\bconsists?\b", _parts),
    (r"\b(?:colou?rs?|shades?)\b(?!.*\bof\b.*\bto\b)", _colours),
    (r"\bsettings?\b|\bscener(?:y|ies)\b|\bbackdrops?\b|\bbackgrounds?\b", _settings),
    (
        r"\b(?:actions?|abilit\w+|poses?|expressions?|feelings?|moods?)\b"
        r"|^(?!.*\blooks?\b).*\b(?:can|could|does)\s+(?:an?|the)\s+[\w ]+?\s+\w+\b|\bwhat\s+(?:can|do)\s+\w+\s+do\b"
        r"|\b(?:which|what)\s+(?:things?|animals?|ones?)\s+can\b|\bwho\s+can\b",
        _deeds,
    ),
    (r"\bsizes?\b|\bhow (?:big|large|small)\b", _sizes),
    (r"\b(?:places?|positions?|where|relations?|locations?)\b", _places),
    (r"\bshapes\b|\b(?:which|what) shape", _shapes),
    (r"\b(?:edits?|changes?|operations?|modif\w+)\b", _edits),
    (
        r"\b(?:who|what) are you\b|\bhow do (?:i|you) (?:ask|use)\b|\bhelp\b|\bwhat can i (?:ask|say)\b"
        r"|\bhow does this work\b",
        _asking,
    ),
    (
        r"\b(?:can|could|do|are) (?:you|it|this|i|we) (?:able to )?(?:draw|make|paint|do|know|plan|sketch)\b"
        r"|\bthings\b|\bobjects\b|\b(?:vocabulary|words)\b|\bwhat is (?:known|possible)\b",
        _drawable,
    ),
)
