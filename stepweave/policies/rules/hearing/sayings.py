"""What people say, and how the language says it: patterns in the order in which they are tried. Data only."""

from __future__ import annotations

_STAND = r"(?:sit|stand|lie|hang|live|float|wait|hide|stay|rest|perch|lean|appear|hover|belong|go|come)"
PLACED = (
    rf"(?:(?:is|are|was|were|should\s+be|must\s+be|will\s+be|can\s+be)(?:\s+(?:now|standing|sitting|lying"
    rf"|hanging|floating|waiting|hiding|resting|placed|seen|"
    rf"located|parked|perched|back))?|(?:should\s+|must\s+|can\s+)?{_STAND}(?:s|es)?|lays|gets\s+put)"
)
"""Verbs of being somewhere."""
SAYINGS: tuple[tuple[str, str | None], ...] = (
    (
        r"\b(?P<where>(?:on|at|in|to)\s+the\s+{place})(?:\s+(?:side|half|end|part|edge|corner))?\s+of"
        r"\s+(?:the|an?|my)\s+(?P<setting>{setting})",
        r"\g<where> in the \g<setting>",
    ),
    (
        r"(?P<who>{bare})\s+(?:that|which|who)\s+(?:is\s+)?(?:stands?|sits?|lies|lie|hangs?|rests?|floats?"
        r"|standing|sitting|lying)\s+(?=(?:on|in|at|under|next|behind|above|below|beside|near|inside)\b)",
        r"\g<who> ",
    ),
    (r"\boverhead\b", "above"),
    (r"\b(?:right\s+|all\s+)?around\s+(?=(?:it|him|her|the|an?)\b)", "next to "),
    (
        r"\b(?P<n>an?|one)\s+(?P<first>{size}|{colour}|{action})\s+and\s+(?:an?|one)\s+(?P<second>{size}"
        r"|{colour}|{action})\s+(?P<what>{thing})",
        r"a \g<first> \g<what> and a \g<second> \g<what>",
    ),
    (
        r"\b(?P<count>two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+(?P<what>{things})\s*,?"
        r"\s+(?:all|both|each)(?:\s+of\s+them)?(?:\s+(?:in|are|being))?\s+(?P<how>{colour}|{size}"
        r"|{action})",
        r"\g<count> \g<how> \g<what>",
    ),
    (
        r"^(?P<part>(?:an?|the)\s+(?:{colour}\s+)?{part})\s+(?:on|for|at)\s+(?:an?|the)"
        r"\s+(?P<what>{bare})",
        r"a \g<what> with \g<part>",
    ),
    (
        r"(?P<lead>^|[.;!?]\s*|\bthen\s+)(?P<rel>{relation}\s+(?:it|him|her|the\s+{bare}))\s*,\s*(?P<verb>add"
        r"|put|draw|place)\s+(?P<what>{np})(?=\s*[.;!?,]|\s*$)",
        r"\g<lead>\g<verb> \g<what> \g<rel>",
    ),
    (
        r"(?P<lead>^|[.;!?]\s*|\d[.)]\s*|\bthen\s+)(?:the\s+)?(?P<what>{bare})\s+(?:away|gone|removed"
        r"|deleted)(?=\s*[.;!?]|\s*$|\s+\d)",
        r"\g<lead>remove the \g<what>",
    ),
    (r"\b(?P<who>the\s+{bare}|it)\s+turns\s+(?:a)?round\b", r"flip \g<who>"),
    (
        r"(?<=\bthe\s)(?P<box>box|bowl|basket|cup)\s+is\s+(?:full\s+of|filled\s+with)"
        r"\s+(?P<what>{things})",
        r"\g<box> and three \g<what> inside the \g<box>",
    ),
    (
        r"\b(?:set|stand|put)\s+(?P<who>it|the\s+{bare})\s+(?:back\s+)?(?:upright|straight|up)(?:"
        r"\s+again)?(?=\s*[.;!?,]|\s*$)",
        r"turn \g<who> to the left",
    ),
    (
        r"\b(?:who\s+(?:is\s+)?|that\s+(?:is\s+)?)?(?:standing|stands)\s+on\s+(?:its|his|her|their)"
        r"\s+heads?\b",
        "upside down",
    ),
    (
        r"\b(?P<who>an?\s+{bare})\s+(?:(?:that|who|which)\s+)?(?:is\s+wearing|wears|has\s+on)"
        r"\s+(?=an?\b)",
        r"\g<who> with ",
    ),
    (r"\b(?P<who>the\s+{bare}|it)\s+(?:is\s+wearing|wears|puts\s+on)\s+(?=an?\b)", r"give \g<who> "),
    (r"\b(?P<who>the\s+{bare}|it)\s+(?:falls|tips|topples|tumbles)\s+over\b", r"turn \g<who> to the right"),
    (r"\blet\s+(?P<who>the\s+{bare}|it|him|her|them)\s+(?P<how>grow|shrink)\b", r"\g<how> \g<who>"),
    (
        r"\b(?P<who>the\s+{bare}|it)\s+(?P<how>grow|shrink)s(?:\s+(?:bigger|larger|smaller|a\s+lot|a"
        r"\s+bit))?(?=\s*[.,;!]|\s*$)",
        r"\g<how> \g<who>",
    ),
    (
        r"\b(?P<what>(?:an?\s+){bare})\s+(?:that\s+|which\s+)?changes\s+(?:its\s+)?colou?r\s+from"
        r"\s+(?P<old>{colour})\s+to\s+(?P<new>{colour})",
        r"\g<what> in \g<old>, then paint it \g<new>",
    ),
    (r"\bthen\s+(?=(?:at|in|on|to)\s+(?:the\s+)?{place}(?:\s+corner)?\s*(?:[.,;!]|$))", "then it is "),
    (
        r"\b(?:the\s+)?same\s+(?P<what>{bare})\s*,?\s+(?:but|just|only|now)\s+(?:now\s+)?(?:it's\s+|it\s+is"
        r"\s+)?(?=bigger|smaller|larger|{colour}|{action})",
        r"the \g<what> is ",
    ),
    (r"\b(?:an?\s+)(?P<what>tree)\s+full\s+of\s+(?=apples)", r"a \g<what> with "),
    (
        r"\b(?P<in>an?\s+(?:\w+\s+)?(?P<box>box|bowl|basket|cup))\s+(?:full|filled)\s+(?:of|with)"
        r"\s+(?P<what>{things})",
        r"\g<in> and three \g<what> inside the \g<box>",
    ),
    (r"\b(?:up\s+there|up\s+high|high\s+up|up\s+in\s+the\s+(?:sky|air)|in\s+the\s+air)\b", "at the top"),
    (
        r"\b(?P<what>an?\s+{bare})\s+in\s+(?:each|every|all(?:\s+four)?)\s+(?:of\s+the\s+(?:four"
        r"\s+)?)?corners?\b",
        r"\g<what> at the top left, \g<what> at the top right, "
        r"\g<what> at the bottom left and \g<what> at the bottom right",
    ),
    (r"\b(?P<what>{things})\s+(?:on\s+(?:the\s+)?)?left\s+and\s+right\b", None),
    (
        r"\b(?P<who>(?:the|an?)\s+{bare})\s+(?:(?:and\s+)?(?:looks?|stares?|gazes?|peers?)|is\s+(?:looking"
        r"|staring|gazing))\s+(?:at|towards?)\s+",
        r"\g<who> is next to ",
    ),
    (
        r"\b(?:the\s+)?(?P<what>it|the\s+{bare})\s+(?:disappears?|vanish(?:es)?|goes\s+away|is\s+gone|has"
        r"\s+gone|leaves|(?:flies|runs|walks|swims|drives|sails)\s+away|melts(?:\s+away)?|is\s+(?:taken"
        r"\s+away|removed|deleted|erased))\b",
        r"remove \g<what>",
    ),
    (
        r"\b(?:(?:twice|three\s+times|two\s+times|double)\s+(?:as\s+(?:big|large|tall)|the\s+size|its\s+size)"
        r"|double\s+the\s+size)\b",
        "bigger",
    ),
    (r"\b(?:half\s+(?:as\s+(?:big|large|tall)|the\s+size|its\s+size)|twice\s+as\s+small)\b", "smaller"),
    (
        r"\bturn\s+(?P<what>it|him|her|them|the\s+{bare})\s+(?:a)?round(?=\s*[.,;!]|\s*$|"
        r"\s+(?:then|and)\b)",
        r"flip \g<what>",
    ),
    (
        r"(?P<who>(?:the|an?)\s+{adjectives}(?P<owner>{thing}))\s*,?\s+with\s+(?:an?|one)\s+(?P<what>{bare})"
        r"\s+(?:at|on)\s+(?:each|either|both)\s+(?:of\s+its\s+)?sides?(?:\s+of\s+(?:it|them|him|her))?\b",
        r"\g<who> and a \g<what> to the left of the \g<owner> and a \g<what> to the right of the \g<owner>",
    ),
    (r"\btake\s+(?P<what>it|them|(?:the|a)\s+{bare})\s+away\b", r"remove \g<what>"),
    (r"\bstand\s+(?=(?:an?|the|one|two|it)\b)", "put "),
    (r"\bto\s+hold\b(?=\s*[.,;!]|\s*$)", ""),
    (
        r"\b(?:somebody|someone|they|we)\s+(?:gives?|hands?)\s+(?P<who>him|her|it|them|(?:the|an?)\s+{bare})"
        r"\s+(?P<what>{np})",
        r"\g<who> holds \g<what>",
    ),
    (
        r"(?P<held>\bholds\s+{np})\s*,?\s*(?:so|and)\s+(?:now\s+)?(?:it|he|she|him|her)(?:'s|\s+is)\s+holding\s+it\b",
        r"\g<held>",
    ),
    (r"\b(?:comes?|arrives?|appears?)\s+(?:along\s+)?and\s+(?=\w+s\b)", ""),
    (
        r"\b(?P<verb>jump|hop|fly|flie|leap)s?\s+out\b(?:\s+of\s+(?P<of>it|the\s+{bare}))?(?=\s+(?:above|over"
        r"|next|on|behind)\b)",
        r"\g<verb>s",
    ),
    (r"\bjumps\s+out\s+of\s+", "jumps above "),
    (
        r"\b(?:change|turn|swap|exchange)\s+(?P<old>it|the\s+{bare})\s+(?:to|into|for|with)\s+(?P<new>(?:an?"
        r"\s+)?{bare})(?=\s*[.,;!]|\s*$|\s+(?:then|and))",
        r"replace \g<old> with \g<new>",
    ),
    (
        r"\b(?P<flip>(?:flip|mirror|turn)\s+(?:it|him|her|the\s+{bare})(?:\s+(?:around|round))?)\s+so"
        r"\s+(?:that\s+)?(?:it|he|she)\s+(?:is\s+)?(?:looks?|faces?|looking|facing)\s+(?:in\s+)?(?:the"
        r"\s+)?(?:other|opposite)\s+(?:way|direction|side)\b",
        r"\g<flip>",
    ),
    (r"\bmake\s+(?P<what>it|the\s+{bare})\s+(?:look|face)\s+the\s+other\s+way\b", r"flip \g<what>"),
    (r"\b(?:end|finish|close)\s+with\s+(?=(?:an?|the|two|three|{quote})\b)", "add "),
    (r"\btake\s+(?=(?:an?|one|two|three)\s+{bare})(?!.*\baway\b)", "draw "),
    (
        r"\b(?P<rel>over|above|below|under|underneath|behind|beside|next\s+to|near|in\s+front\s+of)\s+(?:its"
        r"|his|her|their)\s+(?:head|body|back|face|feet|roof|top)\b",
        r"\g<rel> it",
    ),
    (r"\bon\s+(?:the\s+)?(?:roof|top|back|seat|tabletop|surface|rock|peak)\s+of\s+(?=(?:an?|the|its|my)\s)", "on "),
    (
        r"\b(?P<who>{np})\s+(?:who|that|which)\s+(?:is|are)\s+(?P<how>{action}|{colour}|{size})"
        r"\s+(?={placed}\s+(?:on|in|at|under|next|behind|above|below|beside|near|to)\b)",
        None,
    ),
)
"""Patterns of ``phrases.rule`` and what stands for them; ``None`` where more than a pattern is needed."""
