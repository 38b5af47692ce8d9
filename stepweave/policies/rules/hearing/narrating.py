"""Stories that are told beat by beat: each beat as an instruction; and what stories are about, in words for a cast."""

from __future__ import annotations

import re

from stepweave.policies.rules.hearing.phrases import numbered, rule
from stepweave.world.language import deeds
from stepweave.world.language.lexicon import things_in
from stepweave.world.things.actions import actions
from stepweave.world.vocabulary import THINGS

STORY = re.compile(r"\b(?:story|tale|storyboard|comic)\b", re.IGNORECASE)
ONCE = re.compile(
    r"^\W*(?:once(?:\s+upon\s+a\s+time)?,?|one\s+(?:day|night|morning),?)\s+(?=(?:there\s+(?:was|were|lived)|an?\b))",
    re.IGNORECASE,
)
HEAD = re.compile(
    r"^[^.!?:]*?\b(?:story|tale)\b(?:\s+time)?\s*(?:[:.!]\s*|(?:about|of|where|in\s+which)"
    r"\s+(?=.*\b(?:then|in\s+the\s+end|finds?\s+it\s+again)\b))",
    re.IGNORECASE,
)
"""What comes before a story that is told."""
COUNT = re.compile(
    r"\b(?P<count>one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})[\s-](?:picture|image|panel"
    r"|frame|step)s?\b",
    re.IGNORECASE,
)
BEATS = re.compile(
    r"\s*(?:[.;!?]+\s*(?:and\s+)?(?:(?:but|then|finally|at\s+last|in\s+the\s+end|at\s+the\s+end|next|now"
    r"|after\s+that|one\s+day|suddenly|later)\b[\s,]*)*"
    r"|,?\s*\b(?:and\s+|but\s+)?(?:then|in\s+the\s+end|at\s+the\s+end|finally|at\s+last|after\s+that)\b[\s,]*"
    r"|,\s*(?:and\s+|but\s+)?(?=(?:(?:he|she|it|they)\s+)?(?:falls?|sleeps?|dances?|smiles?|cries|jumps?"
    r"|runs?|sings?|flies|gets|sits?|loses|finds|meets|goes)\b)"
    r"|\s+and\s+(?=finds?\s+it\s+again\b))\s*",
    re.IGNORECASE,
)
_PAST = {
    "was": "is",
    "were": "are",
    "came": "comes",
    "found": "finds",
    "met": "meets",
    "saw": "sees",
    "had": "has",
    "went": "goes",
    "got": "gets",
    "fell": "falls",
    "slept": "sleeps",
    "sang": "sings",
    "ran": "runs",
    "flew": "flies",
    "sat": "sits",
    "lost": "loses",
    "thought": "thinks",
    "lived": "lives",
    "wept": "weeps",
    "held": "holds",
    "danced": "dance",
    "became": "becomes",
    "stood": "stands",
    "swam": "swims",
}
INNER = (
    r"\b(?:lonely|brave|clever|kind|naughty|curious|lazy|shy|gentle|wise|proud|friendly|poor|dear|famous"
    r"|lucky|hungry|bored|old|young)\s+"
)
"""What somebody in a story is like, and no picture shows."""
_BEAT: tuple[tuple[str, str], ...] = (
    (
        rf"^(?P<who>{{np}}|it|he|she)\s+(?:is|are|feels?)\s+(?:very\s+|so"
        rf"\s+)?{INNER.removesuffix(chr(92) + 's+')}$",
        r"\g<who>",
    ),
    (
        r"^the\s+(?P<who>{bare})\s+(?:meets|finds|sees|discovers)\s+(?P<what>an?"
        r"\s+{bare})",
        r"draw \g<what> next to the \g<who>",
    ),
    (INNER, ""),
    (r"^there\s+(?:is|are|lives?)\s+", ""),
    (r"\b(?:finds|meets|sees|discovers|visits)\s+it\s+again\b", "finds it"),
    (
        r"^(?P<who>{np})\s+(?:(?:that|who|which)\s+)?(?:is\s+)?(?:scared|afraid|frightened|fond|tired|jealous"
        r"|proud)\s+of\s+(?P<what>{np})",
        r"\g<who> next to \g<what>",
    ),
    (
        r"^(?P<article>an?|the|one)\s+(?P<who>{bare})\s+(?:(?:that|who|which)\s+)?(?:is|are)"
        r"\s+(?P<how>{action})\s+(?:at|with|about|because\s+of)"
        r"\s+(?P<what>{np})",
        r"\g<article> \g<how> \g<who> next to \g<what>",
    ),
    (
        r"^(?P<who>{np})\s+(?:(?:that|who|which)\s+)?(?:finds|meets|sees|discovers|visits|spots|plays\s+with"
        r"|is\s+friends\s+with|comes\s+to|goes\s+to)\s+(?P<what>{np})",
        r"\g<who> next to \g<what>",
    ),
    (r"^(?P<who>{np})\s+(?:comes|arrives|appears)\s+(?:along\s+)?with\s+(?P<what>{np})", r"\g<who> holding \g<what>"),
    (r"^(?P<who>{np})\s+(?:comes|arrives|appears)(?:\s+(?:along|by))?$", r"\g<who>"),
    (
        r"^(?P<who>{np})\s+(?:(?:that|who|which)\s+)?(?:loses|has)\s+(?:its|his|her|an?|the)"
        r"\s+(?P<what>{bare})",
        r"\g<who> holding a \g<what>",
    ),
    (r"\b(?P<think>thinks?|dreams?|is\s+thinking|is\s+dreaming)\s+(?:about|of)\s+{np}", r"\g<think>"),
    (r"\bfalls?\s+in\s+love(?:\s+with\s+(?:it|him|her|{np}))?", "is in love"),
    (r"\b(?P<are>are|is)\s+(?:good\s+|best\s+)?friends\s+and\s+(?=\w)", ""),
    (
        r"\b(?:they\s+)(?:are|become|becomes|stay)\s+(?:good\s+|best\s+)?friends(?:\s+(?:for\s+ever|forever"
        r"|again))?\b",
        "they smile",
    ),
    (r"\b(?:everybody|everyone|they\s+all|all\s+of\s+them)\s+(?:is|are)\s+(?={action})", "they are "),
    (r"\b(?:everybody|everyone)\s+(?P<does>\w+?)s\b", r"they \g<does>"),
    (r"\s+(?:together|happily|forever|for\s+ever|ever\s+after|with\s+joy|quickly|slowly|loudly)\b", ""),
)
DAY = re.compile(
    r"^\W*(?:please\s+)?tell\s+(?:me|us|them)\s+(?:about|of|how)\s+(?:the\s+(?:day|time|night)\s+(?:when"
    r"\s+|that\s+)?)?(?=an?\s)",
    re.IGNORECASE,
)
PREMISES: tuple[tuple[str, str], ...] = (
    (r"^\W*(?:please\s+)?(?:tell|show)\s+(?:me|us|them)\s+what\s+happen(?:s|ed)\s+when\s+", "Tell me a story about "),
    (
        r"\b(?:who|that|which)\s+(?:wants?|wishes|hopes|tries|dreams|would\s+like|plans|has)\s+to\s+(?:reach"
        r"|find|get(?:\s+to)?|visit|see|meet|touch|catch|go\s+to|fly\s+to|travel\s+to|win|have|own|help|save"
        r"|ride|buy|climb)\b",
        "who meets",
    ),
    (
        r"\b(?:flies|fly|flying|rides?|riding|travels?|travelling|sails?|sailing|drives?|driving|sits?|goes"
        r"|going|lives)\s+(?:in|on|with|by|to)\s+(?=(?:an?|the|its|his|her)\s+{thing})(?!(?:an?|the)\s+{setting})",
        "meets ",
    ),
    (
        r"\b(?:is|was|are|were)\s+(?:scared|afraid|frightened|fond|in\s+love|angry|friends)\s+(?:of"
        r"|with|at)\b",
        "meets",
    ),
    (r"\b(?:falls?|fell|is)\s+in\s+love\s+with\b", "meets"),
    (r"\b(?:two|three)\s+(?:good\s+|best\s+)?friends\s*[,:]\s*", ""),
    (r"\b(?:dreams?|dreaming|thinks?|thinking)\s+(?:of|about)\b", "meets"),
    (
        r"\b(?:i|we)\s+(?:want|need|would\s+like|'d\s+like)\s+(?:it|this|that)\s+(?=in\s+\w+\s+(?:pictures?"
        r"|images?|panels?))|\b(?:make|tell|draw|show)\s+(?:it|this|that)\s+(?=in\s+\w+\s+(?:pictures?"
        r"|images?|panels?))",
        "",
    ),
    (
        r",?\s+(?:who|that|which)\s+(?:race|chase|love|like|help|hate|meet|know|miss)\s+each\s+other\b|"
        r"\s+(?:who|that)\s+(?:play|dance|sing|live|travel)\s+together\b",
        "",
    ),
    (r",?\s*(?:and\s+|with\s+)?(?:an?\s+)?happy\s+end(?:ing)?\b", ""),
    (INNER, ""),
    (
        r"(?P<bed>\bbedtime\b.*?)[,.;]?\s*(?:and\s+)?(?:at|in)\s+the\s+end\s+(?:everybody|everyone|all|they"
        r"|both)\b(?:\s+(?:of\s+them|all))?\s+(?:is|are|sleeps?|falls?)\s*(?:asleep|sleeping)?",
        r"\g<bed>",
    ),
    (
        r"\bstory(?P<rest>\b.*?)[,.;]?\s*(?:and\s+)?(?:at|in)\s+the\s+end\s+(?:everybody|everyone|all|they"
        r"|both)\b(?:\s+(?:of\s+them|all))?\s+(?:is|are|sleeps?|falls?)\s*(?:asleep|sleeping)?",
        r"bedtime story\g<rest>",
    ),
)
"""What those in a story want and do, in words that its planner knows."""


def narrated(text: str) -> str:
    """A story that is told beat by beat as numbered instructions; one that is only asked for, about whom it is."""
    told = _told(text)
    if told is not None:
        return told
    text = rule(PREMISES[0][0]).sub(PREMISES[0][1], text)
    text = DAY.sub("Tell me a story about ", text)
    if not STORY.search(text):
        return text
    text = re.sub(r"\b(?:found|met|saw|lost|had|was|were)\b", lambda match: _PAST[match[0].lower()], text)
    for pattern, plain in PREMISES[1:]:
        text = rule(pattern).sub(plain, text)
    return text


def _told(text: str) -> str | None:
    """The beats of a story as instructions; ``None`` if none is told."""
    head = ONCE.match(text) or HEAD.match(text)
    if head is None or (ONCE.match(text) and STORY.search(text)):
        return None
    beats = [beat.strip(" ,.!?") for beat in BEATS.split(text[head.end() :]) if beat and beat.strip(" ,.!?")]
    if len(beats) < 2 or not things_in(beats[0]):
        return None
    found: list[str] = []
    cast: list[str] = []
    for beat in beats:
        found.extend(_instruction(_present(beat), cast))
        cast += [thing for thing in things_in(beat) if thing not in cast]
    count = COUNT.search(head[0])
    stated = f"in {count['count']} steps: " if count and numbered(count["count"]) != len(found) else ""
    return f"{stated}{' '.join(f'{number}. {step}.' for number, step in enumerate(found, start=1))}"


def _present(beat: str) -> str:
    """A beat in the present: "danced" is "dances"."""
    verbs = {
        re.sub(r"e?$", "ed", verb): verb for verb, _ in deeds.verbs() if " " not in verb and not verb.endswith("s")
    }
    table = {**verbs, **_PAST}
    return re.sub(r"\b\w+\b", lambda match: table.get(match[0].lower(), match[0]), beat)


def _instruction(beat: str, cast: list[str]) -> list[str]:
    """What is drawn for a beat, given those who came before; what is lost and found goes and comes back."""
    lost = re.search(r"\bloses\s+(?:its|his|her|the)\s+(?P<what>\w+(?:\s\w+)?)$", beat, re.IGNORECASE)
    found = re.match(
        r"(?:(?:and\s+)?(?:it\s+|he\s+|she\s+)?finds\s+it)(?:\s+again)?\s+(?P<where>.+)$", beat, re.IGNORECASE
    )
    if found and cast:
        return [f"put the {cast[-1]} {found['where']}"]
    beat = re.sub(
        r"^(?:it|he|she)\s+(?=(?:meets|finds|sees"
        r"|discovers)\s)",
        f"the {cast[0]} " if cast else "it ",
        beat,
        flags=re.IGNORECASE,
    )
    for pattern, plain in _BEAT:
        beat = rule(pattern).sub(plain, beat)
    beat = _with_subject(beat, cast)
    new = cast and re.match(r"an?\s", beat, re.IGNORECASE) and not re.search(r"\bnext\s+to\b", beat)
    beat = f"{beat} next to the {cast[0]}" if new else beat
    return [beat, f"remove the {things_in(lost['what'])[0]}"] if lost and things_in(lost["what"]) else [beat]


def _living(cast: list[str]) -> list[str]:
    """The two whom "they" means: those with a face, or else the first two."""
    faces = [one for one in cast if one in THINGS and "smile" in actions(THINGS[one])]
    return (faces or cast)[:2]


def _with_subject(beat: str, cast: list[str]) -> str:
    """Who does it by name: "sleeps on it" as "the bee sleeps on the flower", "gets one" as "holds an ice cream"."""
    if not cast:
        return beat
    if re.match(r"they\b", beat, re.IGNORECASE) or re.match(r"both\b", beat, re.IGNORECASE):
        names = " and ".join(f"the {one}" for one in _living(cast))
        return re.sub(r"^(?:they|both(?:\s+of\s+them)?)\b", names, beat, flags=re.IGNORECASE)
    if re.match(r"(?:smile|dance|sleep|sing|run|jump|cry)\b", beat, re.IGNORECASE):
        return f"{' and '.join(f'the {one}' for one in _living(cast))} {beat}"
    if (
        re.match(r"\w+s\b", beat)
        and not re.match(r"(?:is|has)?\s*(?:its|this|his)\b", beat)
        and not things_in(beat.split()[0])
    ):
        beat = f"it {beat}"
    beat = re.sub(
        r"^(?:it|he|she)('s)?\b", lambda match: f"the {cast[0]}{' is' if match[1] else ''}", beat, flags=re.IGNORECASE
    )
    if len(cast) > 1:
        beat = re.sub(r"(?<=\s)(?:it|him|her)$", f"the {cast[1]}", beat, flags=re.IGNORECASE)
        beat = re.sub(r"\bgets\s+(?:one|it)\b", f"holds a {cast[1]}", beat, flags=re.IGNORECASE)
    return re.sub(r"\bis\s+(?:sitting|standing|lying|resting)\s+(?=on|in|under|next)", "is ", beat)
