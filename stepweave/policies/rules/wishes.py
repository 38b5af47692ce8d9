"""What a request says about the form of the answer: how many steps, words or pictures, starting from what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stepweave.policies.rules.errors import CannotPlan
from stepweave.policies.rules.gist.chat import quoted, spelt_out
from stepweave.policies.rules.gist.nouns import Mark, Noun
from stepweave.policies.rules.gist.purposes import without_purpose
from stepweave.policies.rules.gist.skimming import nouns_and_marks, playing, scenery
from stepweave.policies.rules.gist.titles import LONGEST, without_unknown
from stepweave.world.language.lexicon import things_in

_WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), start=1)}
_N = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})"
_UNIT = (
    r"(?:steps?|stepps?|setps?|pictures?|picutres?|pitures?|picturs|images?|frames?|panels?|drawings?|scenes?|stages?|illustrations?|photos?|keyframes?|slides?"
    r"|moves(?!\s+(?:the|an?|it)\b)|(?<=-)move|parts?|phases?|bits?|pages?|spreads?|icons?|(?:flash)?cards?)"
)
_SHEET = r"(?:picture|image|frame|card|flashcard|slide|drawing|illustration|photo)"
_KIND = (
    r"(?:short|simple|easy|clear|small|single|numbered|little|quick|basic|nice|separate|independent|individual|different|"
    r"unrelated|distinct)"
)

STATED = re.compile(
    rf"""
    (?:\b(?:in|into|using|use|with|as|over|across|through|within|by|has|have|of|needs?|takes?|
        (?:(?:i\s+(?:want|need|would\s+like)|i'd\s+like|please|let\s+me|show\s+me)\s+(?:to\s+)?)?
        (?:keep|limit|restrict|stretch|split|see|have|get|show|draw|do)\s+(?:it|this|that|them|me)\s+(?:to|into|in|over|with|using)|(?:make|do)\s+(?:it|this)(?:\s+in)?)\s+
        |\(\s*)?
    (?:\b(?:a|an|the|exactly|precisely|just|only|about|around|roughly|
        (?:sequence|series|set|total)\s+of)\s+){{0,4}}
    (?P<bound>\b(?:at\s+most|up\s+to|no\s+more\s+than|at\s+least|not\s+more\s+than)\s+)?
    \b(?P<low>{_N})(?:\s*(?:-|–|to|or)\s*(?P<high>{_N}))?[\s-]+(?:{_KIND},?\s+){{0,4}}
    (?:[a-z]+\s+(?={_SHEET}s\b))?(?P<unit>{_UNIT})\b
    (?P<most>\s+(?:max(?:imum)?|tops|at\s+(?:the\s+)?most|or\s+(?:less|fewer))\b)?
    (?:\s+(?:exactly|only|please|long|in\s+total|altogether)\b)?\s*\)?
    (?P<of>\s+(?:of|showing)\b(?=\s+(?:a|an|the|how)\b))?
    (?P<list>(?:\s+please)?(?:\s*\([^)]*\))?\s*:)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A number of steps or pictures: "in exactly four steps", "at most 5 pictures", "a 3-step", "3 to 5 steps"."""

OF_THEM = re.compile(
    rf"(?P<unit>\b{_UNIT})(?P<between>\b[^.?!\n]*[.?!,]\s*)(?:maybe|perhaps|about|say|around|exactly|i\s+think)?\s*"
    rf"(?P<number>{_N})\s+of\s+them\b",
    re.IGNORECASE,
)
"""A number of steps said after them: "in small steps, maybe six of them"."""
EACH = re.compile(
    r",?\s*\b(?:each (?:one )?(?:in|on|as) (?:its|their|a|an) (?:own|separate|new) "
    r"(?:picture|image|drawing|canvas|page)|each (?:on|by|for|in) (?:its own|itself)"
    r"|(?:one|a) (?:picture|image|drawing) (?:each|for each(?: \w+)?|per \w+)"
    r"|(?:just |only )?one (?!part\b|step\b)\w+ (?:per|on each|for each|in each|in every) "
    r"(?:(?:flash-?)?card|picture|image|page|slide|frame)"
    r"|each (?:one )?(?:is )?(?:a|an|its own|in a|on a) (?:separate|own|new|different|single) "
    r"(?:picture|image|card|page|slide)"
    r"|one (?:picture|image) each|one (?:per|in each|on each) (?:picture|image|card|page|slide)"
    r"|with one \w+ (?:on|in) each(?: (?:one|card|picture|page))?"
    r"|each \w+ (?:only |just )?shows (?:only |just )?one(?: of (?:them|these))?"
    r"|not (?:all |together )*(?:in|on) (?:one|the same|a single) (?:picture|image|page))\b",
    re.IGNORECASE,
)
APART = re.compile(r"separate|independent|individual|different|unrelated|distinct", re.IGNORECASE)
STEPWISE = re.compile(
    r",?\s*\(?\b(?:step[\s-]by[\s-]step|one step at a time|in (?:easy |simple |clear |small )?steps|part by part|"
    r"piece by piece|stage by stage|bit by bit|progressively|gradually|"
    r"one (?:step|part|piece|bit|stage|line|shape) (?:at a time|after (?:the other|another)"
    r"|(?:per|in each|for each) (?:step|picture|image))|"
    r"(?:(?:i want to|i'd like to|i would like to|let me) )?(?:see|watch) (?:it|this|the picture) "
    r"(?:develop|grow|unfold|come together|being drawn|emerge))\b\)?[:,]?",
    re.IGNORECASE,
)
WHOLE = re.compile(
    r",?\s*\(?\b(?:build (?:this|it) up|one (?:(?:thing |step )?after (?:the other|another)|by one|at a time)|"
    r"(?:each|one) (?:thing|object) (?:at a time|per step|in each step)|"
    r"each step (?:is |adds |adding |draws )?(?:one|a|another) (?:thing|object)|thing by thing)\b\)?[:,]?",
    re.IGNORECASE,
)
WORDS_ONLY = re.compile(
    r"[,;(]?\s*\b(?:in words(?: only| alone)?|words only|only (?:in )?words|using only words|with words only|text only|"
    r"only (?:in |as )?text|(?:as|in) (?:plain )?text|without (?:any |making |using )?(?:pictures?|images?|drawings?|"
    r"illustrations?|drawing(?: anything| it)?)|(?:and )?no (?:pictures?|images?|drawings?|illustrations?)|"
    r"(?:and )?(?:don'?t|do not) draw(?: anything| it| any pictures?)?|just (?:tell|explain)|just text|verbally)\b\)?",
    re.IGNORECASE,
)
_GIVEN = r"""(?:(?:this|the|that|my|these|our)\s+)?
    (?:(?:given|attached|existing|uploaded|current|first|last|above|input|enclosed|supplied|provided|same)\s+)*
    (?:picture|image|photo|drawing|sketch|scene|canvas|one|sequence|story|series)s?
    (?:\s+(?:i\ gave\ you|given|attached|above|here|i\ sent|i\ uploaded|provided|from\ before|that\ i\ gave\ you))?"""
_AT_CLAUSE = r"(?:^|(?<=[.!;:\n]))\s*(?:(?:please|now|can\ you|could\ you)\s+)*"
_CONTINUING = rf"""(?:
    (?:continue|carry\ on|go\ on|keep\ going|proceed|resume|extend|finish|complete)
      (?:\s+(?:with|from|on))?(?:\s+{_GIVEN})?
    | (?:start|starting|begin|beginning|going\ on|continuing)\s+(?:from|with)\s+{_GIVEN}
    | (?:edit|change|modify|take|use|using|here\ is|here's|this\ is|update|alter|look\ at|given)\s+{_GIVEN}
    | (?:this|here|that)\s+is\s+(?:my|a|an|the|our)\b[^.;:\n]*(?=[.;:\n])
    | (?:the|this|my|in\ the|in\ this)\s+(?:given\s+)?(?:picture|image|photo|drawing|sketch)\s+
      (?:shows|contains|depicts|has|is\ of|there\ is|you\ see)\b[^.;:\n]*(?=[.;:\n])
    | (?:in|on|to|with|from)\s+(?:this|my|the\ given|the\ attached|the\ existing|the\ uploaded)\s+
      (?:picture|image|photo|drawing|sketch|scene)
)"""
_AFTER = r"""(?:\s+(?:by|as\ follows|like\ this|with\ these\ changes|with|so\ that))?
    \s*(?:[:,.;!–-]+|\n|\band\b(?:\ then)?|\bby\b|$|
    (?=\b(?:add|adding|draw|drawing|put|putting|remove|removing|move|moving|paint|painting|make|making|then)\b))"""
CONTINUES = re.compile(f"{_AT_CLAUSE}{_CONTINUING}{_AFTER}", re.IGNORECASE | re.VERBOSE)
"""Words that speak of a picture that is there: "continue this picture: ..."."""
SEPARATE = re.compile(
    r",?\s*\b(?:(?:draw|make|create|show|give me|paint|sketch)\s+(?:these\s+|them\s+|each\s+)?separately"
    r"|separately|independent(?:ly)?(?:\s+of each other)?(?:\s+(?:pictures?|images?|drawings?))?"
    r"|(?:as\s+|in\s+|on\s+)?(?:separate|individual|different|unrelated|single(?=\s+\w+s))\s+(?:pictures?|images?|drawings?))\b(?:\s+of\b)?\s*:?",
    re.IGNORECASE,
)
LEFTOVER = re.compile(
    r"^[^:.\n]{0,60}\b(?!\w+\s+(?:\d|one\b))(?:pictures?|images?|sequence|steps|series|instructions|following|this|plan|storyboard|scene|next(?!\s+to\b))\b[^:.\n]{0,20}:\s*"
    r"|^(?:i|we)\s*:\s*"
    r"|^(?:please\s+)?(?:draw|give|show|make|create|sketch|paint|i want|i need|i'd like)?(?:\s+(?:me|us))?\s*:\s*",
    re.IGNORECASE,
)
HAND = re.compile(r"\b(?:arm|gripper|manipulator|robot)\b", re.IGNORECASE)
"""Who is to do it, in a title."""
SCENE = re.compile(r"\bscene\s+(?:with|of)\b", re.IGNORECASE)
"""What a title shows."""
ASKER = re.compile(r"^\W*(?:i|we|my|our|this|it's|it\s+is)\b", re.IGNORECASE)
"""How a title begins that tells of those who ask."""
OF_IT = re.compile(r"\bof\s+(?:an?|the)\s+\w+\s*$", re.IGNORECASE)
"""How a title ends that tells what is shown of something."""
FOR = re.compile(r"^\W*(?:for|about)\b", re.IGNORECASE)
SINGLE = re.compile(
    r"^\W*(?:(?:please|draw|make|create|design|i\s+need|i\s+want|i'd\s+like|can\s+you\s+\w+)\s+)*(?:me\s+)?(?:an?|the|my|one)?\s*(?:\w+\s+)?"
    r"(?:title\s+page|front\s+page|cover|poster|post\s?card|invitation|birthday\s+card|greeting\s+card|banner|logo)\b",
    re.IGNORECASE,
)
"""What is one picture."""
SERIES = re.compile(r"\b(?:then|next|after|step|first|second|before)\b|\d[.)]", re.IGNORECASE)
"""What tells that pictures follow each other."""
TITLED = re.compile(r"\s*\b(?:to|for|about|on)\b[^.:;!?]{1,60}:", re.IGNORECASE)
"""What pictures are for, before what they show."""
_FLAGS = {"words_only": WORDS_ONLY, "separate": SEPARATE, "continues": CONTINUES}

TITLING = "a the nothing for to of and comma be have with by owner relation only number".split()
"""Words between nouns that may stand in a title."""
SHORTEST_SENTENCE = 2
"""A quotation of no more words is something to write, not a request."""
OPEN, CLOSE = "\ue000", "\ue001"
QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”|«[^»\n]*»|(?<!\w)\'[^\'\n]*(?:(?<=\w)\'(?=\w)[^\'\n]*)*\'(?!\w)')


@dataclass(frozen=True, slots=True)
class Wish:
    """A request apart: what it asks for, and in which form."""

    text: str
    """What is left when all about the form is taken out; quotations are masked by ``mask``."""
    said: str = ""
    """The whole request, its quotations masked."""
    quotes: tuple[str, ...] = ()
    low: int | None = None
    """Least number of steps, if stated."""
    high: int | None = None
    """Most steps, if stated; the same as ``low`` where an exact number is stated."""
    stepwise: bool = False
    whole: bool = False
    """A step for each thing, not for each part."""
    words_only: bool = False
    continues: bool = False
    separate: bool = False
    about: str = ""
    """What the given picture is said to show: the name of a thing."""
    listed: bool = False
    """The number of pictures stands before a list of them."""

    def spoken(self, text: str) -> str:
        """Text with its quotations back in."""
        return re.sub(f"{OPEN}(\\d+){CLOSE}", lambda match: self.quotes[int(match[1])], text)


def read_wish(request: str) -> Wish:
    """Take a request apart.

    Raises:
        CannotPlan: it states two different numbers of steps.
    """
    quotes: list[str] = []

    def masked(match: re.Match[str]) -> str:
        inner = match[0][1:-1]
        quotes.append(match[0] if '"' in inner else f'"{inner}"')
        return f"{OPEN}{len(quotes) - 1}{CLOSE}"

    said = without_unknown(without_purpose(spelt_out(QUOTED.sub(masked, quoted(request.replace("’", "'").strip())))))
    text, each = EACH.subn(" ", _unwrapped(said, quotes))
    text = OF_THEM.sub(lambda match: f"{match['number']} steps{match['between']}", text)
    text, whole = WHOLE.subn(" ", text)
    text, stepwise = STEPWISE.subn(" ", text)
    found = list(STATED.finditer(text))
    low, high = _stated(found)
    if not found and SINGLE.match(text) and not SERIES.search(text):
        low = high = 1
    text = STATED.sub(lambda match: ":" if match["list"] else " ", text)
    flags: dict[str, bool] = {}
    shown = [thing for match in CONTINUES.finditer(text) for thing in things_in(match[0])]
    for name, pattern in _FLAGS.items():
        text, times = pattern.subn(" ", text)
        flags[name] = times > 0
    flags["whole"], flags["stepwise"] = whole > 0, stepwise + whole > 0
    flags["separate"] |= each > 0 or any(APART.search(match[0]) for match in found)
    text = _untitled(LEFTOVER.sub(_kept, tidied(text)))
    counted = [match for match in found if match["list"] or TITLED.match(match.string, match.end())]
    listed = any(not match["unit"].startswith(("step", "stage")) for match in counted)
    return Wish(text, said, tuple(quotes), low, high, about=shown[0] if shown else "", listed=listed, **flags)


def _untitled(text: str) -> str:
    """Text without what stands before a colon, if that only tells what it is all about."""
    head, colon, rest = text.partition(":")
    if not colon or len(head) > LONGEST or re.search(rf"[.!?;\n{OPEN}\d]", head) or HAND.search(head):
        return text
    said = nouns_and_marks(head)
    again = set(things_in(rest))
    shows = [one for one in said if isinstance(one, Noun) and one.head not in ("people", "text")]
    shows = [one for one in shows if not (one.name in again and (ASKER.match(head) or one.bare or one.definite))]
    shows = [] if OF_IT.search(head) and all(one.name in again for one in shows) else shows
    shows = [one for one in shows if not (FOR.match(head) and one.bare and one.plural)]
    tells = [one for one in said if isinstance(one, Mark) and one.kind not in TITLING and one.value != "draw"]
    return text if shows or tells or not things_in(rest) else rest.strip()


def _kept(match: re.Match[str]) -> str:
    """What stands before a colon, if it says who acts, or what is to be seen where."""
    shown = SCENE.search(match[0]) and things_in(match[0])
    if shown or HAND.search(match[0]):
        return match[0]
    where = scenery(nouns_and_marks(match[0]))
    return f"{playing(where[0])}, " if where else ""


def _unwrapped(text: str, quotes: list[str]) -> str:
    """A request that is one whole quotation is what is quoted, if it is long enough to be one."""
    whole = re.fullmatch(f"{OPEN}0{CLOSE}", text)
    inside = quotes[0][1:-1] if whole else ""
    return inside if len(inside.split()) > SHORTEST_SENTENCE else text


def tidied(text: str) -> str:
    """Text without the loose ends that taking words out leaves behind; lines stay lines."""
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.splitlines())
    whole = "\n".join(line for line in lines if line)
    whole = re.sub(r"\s+([,.;!?])", r"\1", whole)
    whole = re.sub(r"^[\s,;:.!)–]+|[\s,;:(–-]+$", "", whole)
    return re.sub(r"([,;:])\s*(?=[,;:.])", "", whole)


def _stated(found: list[re.Match[str]]) -> tuple[int | None, int | None]:
    bounds = {_bounds(match) for match in found}
    if len(bounds) > 1:
        numbers = " and ".join(f'"{match[0].strip()}"' for match in found)
        raise CannotPlan(f"the request states different numbers of steps: {numbers}", "state one number")
    return bounds.pop() if bounds else (None, None)


def _bounds(match: re.Match[str]) -> tuple[int | None, int | None]:
    low = _number(match["low"])
    high = _number(match["high"]) if match["high"] else low
    bound = (match["bound"] or match["most"] or "").lower()
    if "least" in bound:
        return low, None
    return (None, low) if bound else (min(low, high), max(low, high))


def _number(word: str) -> int:
    return NUMBERS.get(word.lower()) or int(word)
