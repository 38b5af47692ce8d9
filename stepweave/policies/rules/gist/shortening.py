"""Leaves out what only tells what a request is all about, where it cannot be understood with that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stepweave.policies.rules.gist.asides import ASKS
from stepweave.policies.rules.gist.nouns import Mark, Noun
from stepweave.policies.rules.gist.skimming import SCENERY, nouns_and_marks, things
from stepweave.policies.rules.gist.titles import LONGEST

SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\s|$)|\n|$)")
TITLE = re.compile(rf"^(?P<title>[^:.!?\n]{{1,{LONGEST}}}):\s+(?=\S)")
ASKER = re.compile(
    r"^\W*(?:hi|hello|hey|dear)?\W*(?:i|we|my|our|you|this|it's|it\s+is|that's|he's|she's|help|for)\b", re.IGNORECASE
)
"""How a sentence begins that may be about those who ask, or what they ask for."""
ABOUT_ME = re.compile(r"^\W*(?:i|we)\s+(?:teach|draw|paint|write|make)\b", re.IGNORECASE)
SHOWN = re.compile(r"^\W*(?:an?|one|two|three|four|five|\d+)\s", re.IGNORECASE)
"""How a title begins that names what is to be drawn."""
NUMBER = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight)\s+(?:\w+\s+)?(?:pictures?|steps?|images?|frames?|slides?|cards?|pages?)\b",
    re.IGNORECASE,
)


def shorter(text: str) -> Iterator[str]:
    """A request without its title, without what is told of those who ask, and without both; the likeliest first."""
    bare = _untitled(text)
    if bare != text:
        yield bare
    for whole in dict.fromkeys((text, bare)):
        plain = _without_asides(whole)
        if plain != whole:
            yield plain


def _untitled(text: str) -> str:
    title = TITLE.match(text)
    if title is None or SHOWN.match(title["title"]) or NUMBER.search(title["title"]):
        return text
    rest = text[title.end() :]
    return rest if _tells_no_more(title["title"], rest) else text


def _without_asides(text: str) -> str:
    """The sentences that are not about those who ask, nor about nothing that could be seen."""
    sentences = [one[0] for one in SENTENCE.finditer(text)]
    kept = [
        one
        for at, one in enumerate(sentences)
        if ASKS.search(one)
        or NUMBER.search(one)
        or not _is_aside(one, "".join((*sentences[:at], *sentences[at + 1 :])))
    ]
    return "".join(kept).strip() if kept else text


def _is_aside(sentence: str, rest: str) -> bool:
    if ASKER.match(sentence) or sentence.strip().endswith("?"):
        return _tells_no_more(sentence, rest)
    return not any(
        isinstance(one, Noun) or one.kind not in ("a", "the", "nothing", "be") for one in nouns_and_marks(sentence)
    )


def _tells_no_more(part: str, rest: str) -> bool:
    """Whether all things that it names are named by the rest, too."""
    named, again = ({one.name for one in things(nouns_and_marks(text))} for text in (part, rest))
    marks = [one for one in nouns_and_marks(part) if isinstance(one, Mark)]
    where = any(one.kind in ("colour", "place") for one in marks) or (
        bool(named) and any(one.kind in SCENERY for one in marks)
    )
    return bool(again) and named <= again and not where
