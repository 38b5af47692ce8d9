"""Forms of asking: lessons, titles, numbered pictures, in the words that the planner knows."""

from __future__ import annotations

import re

from stepweave.policies.rules.hearing.forms import INHERENT, LESSONS, ORDINALS
from stepweave.policies.rules.hearing.phrases import numbered, rule
from stepweave.world.language.lexicon import part_of, things_in
from stepweave.world.vocabulary import THINGS

_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
TITLES = (
    r"(?:task|job|exercise|assignment|hand[\s-]?over|pick[\s-]and[\s-]place|demo(?:nstration)?|mission"
    r"|scenario|experiment|"
    r"procedure|process|sequence|motion|setup|goal|plan|request|instructions?|pictures?|drawing|storyboard|order)"
)
CARD = re.compile(
    r"^\W*(?:(?:please|i\s+need|i\s+want|i\s+would\s+like|i'd\s+like|make|draw|create|design|paint)"
    r"\s+)+(?:me\s+)?(?:an?|the|my)\s+(?:\w+\s+)?"
    r"(?:card|poster|sign|invitation|sticker|banner|flyer|cover|logo)\s*(?::|with\b|showing\b|,)\s*(?=\S)",
    re.IGNORECASE,
)
"""What the picture is for."""
TITLE = re.compile(
    rf"^\W*(?:please\s+)?(?:(?:plot|show|draw|do|make|illustrate|depict|visualise|visualize|plan|here"
    rf"\s+is)\s+)?(?:me\s+)?(?:the|a|my|our|this)?\s*{TITLES}"
    r"(?:\s+(?:task|job|sequence))?\s*:\s*(?=\S)",
    re.IGNORECASE,
)
TITLED_LIST = re.compile(
    rf"^(?P<title>[^:.!?\n]{{0,60}}?)\s*\bin\s+(?P<count>(?:exactly\s+)?{_NUMBER}\s+(?:pictures?|frames?"
    rf"|images?|panels?|steps?|scenes?))\s*:\s*",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"(?:(?<=^)|(?<=[\s;.,]))(?:and\s+)?(?:in|on|for)?\s*(?:the\s+)?(?:picture|frame|panel|image|scene"
    r"|page)\s+(?:number\s+)?"
    rf"(?P<number>{_NUMBER})\b\s*(?:[,:]|should\s+show|must\s+show|shows|has|contains)?\s*(?!:)",
    re.IGNORECASE,
)
"""A picture by its number: "in picture two a cat ..."."""
LAST_COLOUR = re.compile(
    r"^(?P<lesson>.*\b(?:draw|drawing|sketching|lesson)\b.*?)\s*,?\s+(?:and|then)\s+(?:colou?r|paint)"
    r"\s+(?:it|him|her)\s+(?P<colour>[\w ]+?)\s+(?:in\s+the\s+(?:last|final)\s+(?:step|picture)|at\s+the"
    r"\s+end|last(?:ly)?)\b",
    re.IGNORECASE,
)
"""What is coloured at the end of a lesson, which lessons do last by themselves."""
REFERS = re.compile(r"\b(?:it|its|them|they|both|same|again|bigger|smaller|another|him|her|he|she)\b", re.IGNORECASE)
_COMMAS = re.compile(r"\s*[,;]\s*(?:and\s+)?(?:then\s+)?|\s+and\s+then\s+", re.IGNORECASE)


def asked_plainly(text: str) -> str:
    """A request whose form is said in the words that the planner knows."""
    for pattern, plain in (*LESSONS, *ORDINALS):
        text = re.sub(pattern, plain, text, flags=re.IGNORECASE)
    for thing, said in INHERENT:
        if re.search(thing, text, re.IGNORECASE):
            text = re.sub(said, "", text, flags=re.IGNORECASE)
    text = CARD.sub("", TITLE.sub("", text))
    return _counted(_listed(_coloured_last(text)))


def _coloured_last(text: str) -> str:
    """ "Draw a flower, and colour it red in the last step" as a lesson on a red flower."""
    match = LAST_COLOUR.match(text)
    named = rule(r"\b(?P<article>an?|the|my)\s+(?P<what>{thing})\b").search(match["lesson"]) if match else None
    if match is None or named is None or not rule(r"{colour}").fullmatch(match["colour"]):
        return text
    start, end = named.span()
    return f"{text[:start]}a {match['colour']} {named['what']}{match['lesson'][end:]}{text[match.end() :]}"


def _counted(text: str) -> str:
    """ "In picture two a cat ..." as "2. a cat ..."."""
    found = list(NUMBERED.finditer(text))
    numbers = [numbered(match["number"]) for match in found]
    if len(found) < 2 or numbers != list(range(1, len(found) + 1)) or found[0].start() > 3:
        return text
    return NUMBERED.sub(lambda match: f" {numbered(match['number'])}. ", text).strip()


def _listed(text: str) -> str:
    """ "In four pictures: a, b, c and then d" as numbered pictures, where they continue each other."""
    match = TITLED_LIST.match(text)
    if match is None:
        return text
    if things_in(match["title"]):
        return text
    pieces = [piece.strip(" .") for piece in _COMMAS.split(text[match.end() :]) if piece.strip(" .")]
    wanted = numbered(match["count"].split()[-2])
    if len(pieces) != wanted or not _continue(pieces):
        title = (
            ""
            if re.fullmatch(
                rf"\W*(?:(?:please|show|draw|tell|make|me)\b\W*)*(?:the\s+)?(?:{TITLES})?\W*",
                match["title"],
                re.IGNORECASE,
            )
            else match["title"]
        )
        return f"{title} {match['count']}: {text[match.end() :]}".strip()
    return " ".join(f"{number}. {piece}." for number, piece in enumerate(pieces, start=1))


def _continue(pieces: list[str]) -> bool:
    """Whether later pictures speak of what was in earlier ones."""
    seen: set[str] = set()
    for piece in pieces:
        known = (
            re.match(
                r"(?!an?\b|one\b|two\b|three\b"
                r"|another\b)",
                piece,
                re.IGNORECASE,
            )
            and set(things_in(piece)) & seen
        )
        if seen and (REFERS.search(piece) or known):
            return True
        seen |= set(things_in(piece))
    return False


def parts_in_order(text: str) -> str:
    """A lesson that says in which order the parts come, as instructions: "first the walls, then the roof"."""
    asked = rule(
        r"^\W*(?:please\s+)?(?:how\s+(?:to|do\s+(?:i|you|we))|(?:teach|show)\s+(?:me|us)(?:\s+how)?\s+to)"
        r"\s+draw\s+(?P<what>{np})"
        r"(?:\s*,?\s*step\s+by\s+step)?\s*[,:;.?!-]+\s*(?P<order>(?:first|begin|start)\b.+)$"
    ).match(text)
    if asked is None:
        return text
    pieces = [piece for piece in _ORDER.split(asked["order"].strip(" .!?")) if piece and piece.strip()]
    parts = [_PIECE.sub("", piece).strip(" ,") for piece in pieces]
    if len(parts) < 2 or not all(
        rule(
            r"(?:(?:the|an?|its|two|and|,|{colour})\s*|{part}\s*"
            r"|apples\s*)+"
        ).fullmatch(f"{part} ")
        for part in parts
    ):
        return text
    thing = re.sub(r"^(?:an?|the|my)\s+", "", asked["what"], flags=re.IGNORECASE)
    if re.search(r"\b(?:end|finish)\s+with\b", asked["order"], re.IGNORECASE):
        parts[-2] = " and ".join([parts[-2], *(f"the {part}" for part in _unsaid(thing, " ".join(parts)))])
    first = f"1. Draw {_the(parts[0])} of a {thing}."
    return " ".join([first, *(f"{number}. Add {_the(part)}." for number, part in enumerate(parts[1:], start=2))])


def _unsaid(what: str, parts: str) -> list[str]:
    """The parts of a thing that an order of parts leaves out."""
    thing = next(iter(things_in(what)), "")
    said = {part_of(thing, word) for word in re.findall(r"\w+", parts.lower())} if thing in THINGS else set()
    return [part for part in (THINGS[thing].names if thing in THINGS else ()) if part not in said]


_ORDER = re.compile(
    r"\s*[,;]?\s*(?:and\s+)?(?:\bthen\b|\bnext\b|\bafter\s+that\b|\bfinally\b|\blast\b|\b(?:and"
    r"\s+)?(?:end|finish)\s+with\b|\badd\b)\s*|\s*,\s*(?!and\b)",
    re.IGNORECASE,
)
_PIECE = re.compile(r"^(?:first|(?:begin|start|end|finish)\s+with|add|draw|and)\s+", re.IGNORECASE)


def _the(part: str) -> str:
    return part if re.match(r"(?:the|an?)\b", part, re.IGNORECASE) else f"the {part}"
