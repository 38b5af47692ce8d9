"""Forms of asking and what stands for them in the planner's own words. Data only."""

from __future__ import annotations

_DRAW = r"(?:draw|sketch|paint|make)"
LESSONS: tuple[tuple[str, str], ...] = (
    (
        rf"\bhow\s+(?:can|could|does|do|should|would)\s+(?:(?:my|our|the|a)\s+(?:little\s+|big\s+|young"
        rf"\s+)?\w+|children|kids|someone)\s+{_DRAW}\b",
        "how to draw",
    ),
    (
        r"\b(?:show|give|tell)\s+(?:me|us)\s+(?:all\s+)?(?:the\s+)?(?:steps|stages)\s+(?:for|to|of)"
        r"\s+(?:(?:draw(?:ing)?|a\s+drawing\s+of)\s+)?(?=an?\b|the\b|my\b)",
        "how to draw ",
    ),
    (
        r",?\s*\b(?:but\s+)?(?:please\s+)?(?:only|just)?\s*use\s+(?:only\s+|just\s+|exactly\s+)?(?=(?:\d+|two"
        r"|three|four|five|six|seven|eight|nine|ten)\s+(?:steps?|pictures?|stages?))",
        " in ",
    ),
    (
        r"\b(?:max(?:imum|imally)?\.?|no\s+more\s+than|not\s+more\s+than)\s+(?=(?:\d+|two|three|four|five|six"
        r"|seven|eight|nine|ten)\s+(?:steps?|pictures?|stages?))",
        "in at most ",
    ),
    (
        r"^\W*(?:please\s+)?(?:(?:don't|do\s+not)\s+draw\s+(?:anything|it|(?:any|a)\s+pictures?)|no"
        r"\s+(?:pictures?|drawing)(?:\s+please)?)"
        r"\s*[,.;:!–-]\s*(?:(?:but|just|only|please)\s+)*(?:(?:tell|say\s+to|explain\s+to)\s+me\s+)?(?=what"
        r"|which|how\s+many|who|where|can\b|do\b|does\b)",
        "In words only: ",
    ),
    (
        r"^\W*(?:i\s+(?:just\s+)?have\s+a\s+(?:quick\s+)?question|(?:just\s+)?(?:a\s+)?(?:quick\s+|small"
        r"\s+)?question|i\s+was\s+(?:just\s+)?wondering)"
        r"(?:\s+(?:please|for\s+you))?\s*[:,.;–-]?\s*(?=\w)",
        "",
    ),
    (r"^\W*(?:can|could)\s+you\s+tell\s+me\s+(?=what|which|how\s+many|who|where)", "Tell me "),
    (
        r"^\W*(?:i\s+(?:want|would\s+like|'d\s+like)\s+to\s+know|tell\s+me)\s*,?\s+(?=how\s+many|which|what"
        r"|who|where)",
        "",
    ),
    (
        rf"^\W*(?:my\s+\w+|i|we)\s+(?:really\s+)?(?:wants?|would\s+like|'d\s+like|needs?|tr(?:y|ies))\s+to"
        rf"\s+{_DRAW}\s+(?P<what>[^.!?;,]+)[.!?;,]\s*"
        r"(?:(?:so|and|but)\s+)?(?:please\s+)?(?:(?:can|could|would|will)\s+you\s+)?(?:please\s+)?(?:show"
        r"|teach|help|tell)\s+(?:me|us|him|her|them)"
        r"(?:\s+(?:how(?:\s+to\s+do\s+(?:it|that)|\s+it(?:'s|\s+is)\s+done)?|to\s+do\s+(?:it|that)|do\s+it"
        r"|with\s+(?:it|that)))?",
        r"How to draw \g<what>",
    ),
    (r"^\W*(?:an?\s+|the\s+)?(?:\w+\s+)?(?:lesson|tutorial|guide|course)\s*[:,–-]\s*(?=how\s+(?:to|do)\b)", ""),
    (
        r"\b(?:one|a|1)\s+(?:step|part|piece|bit|thing)\s+at\s+a\s+time\b|\bstep\s+after\s+step\b|\blittle"
        r"\s+by\s+little\b",
        "step by step",
    ),
    (
        rf"^\W*what(?:'s|\s+is)\s+(?:the|an?)\s+(?:\w+est|best|good|quick|easy|simple|right|proper)\s+(?:and"
        rf"\s+\w+est\s+)?way\s+"
        rf"(?:to\s+{_DRAW}|of\s+{_DRAW}ing)\b",
        "How to draw",
    ),
    (
        rf"^\W*(?:i|we)\s+(?:can't|cannot|don't\s+know\s+how\s+to|have\s+no\s+idea\s+how\s+to|never\s+learnt"
        rf"\s+(?:how\s+)?to)\s+{_DRAW}\s+"
        r"(?P<what>[^.!?;]+)[.!?;,]\s*(?:(?:so|and|but)\s+)?(?:(?:please|can\s+you|could\s+you)\s+)?(?:help"
        r"|teach|show)\s+me"
        r"(?:\s+(?:how|do\s+it|to\s+do\s+it|how\s+to\s+do\s+it|how\s+it\s+is\s+done|please))*",
        r"How to draw \g<what>",
    ),
    (
        rf"^\W*(?:can|could)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?:beginners?|child|children|kids?|someone|anyone"
        rf"|anybody|i|we)\s+{_DRAW}\s+"
        r"(?P<what>[^.!?;]+)[.!?;,]\s*(?:please\s+)?(?:show|teach|tell)\s+(?:me|us)\s+how(?:\s+(?:it(?:'s|"
        r"\s+is)\s+done|to\s+do\s+(?:it|that)|that\s+works))?",
        r"How to draw \g<what>",
    ),
    (r"\bhow\s+(?:is\s+it|it(?:'s|\s+is))\s+done\b", "step by step"),
    (
        r"^\W*(?:please\s+)?(?:break|split|divide|take)\s+(?:down\s+|up\s+|apart\s+)?(?:the\s+)?drawing"
        r"\s+(?:of\s+)?(?P<what>.+?)\s+(?:down\s+)?(?=into\s+)",
        r"How to draw \g<what> ",
    ),
    (r"^(\W*how\s+(?:to|do\s+(?:i|you|we))\s+draw\s.*?),?\s+and\s+give\s+(?:it|him|her)\s+", r"\1 with "),
)
"""Ways to ask for a lesson."""
INHERENT: tuple[tuple[str, str], ...] = (
    (r"\b(?:rabbit|bunny|rabit|hare)s?\b", r"\blong\s+(?=ears\b)"),
    (r"\belephants?\b", r"\blong\s+(?=trunk\b)"),
    (r"\bcactus\b", r"\b(?:prickly|pointy|sharp)\s+(?=spines\b|cactus\b)"),
    (r"\bdogs?\b|\belephants?\b", r"\bfloppy\s+(?=ears\b)"),
    (
        r"\b(?:cat|bear|rabbit)s?\b",
        r"\b(?:fluffy|furry)\s+(?=(?:white\s+|brown\s+|black\s+|grey\s+)?(?:cat|bear|rabbit|tail)s?\b)",
    ),
)
"""What certain things are always like, so that it need not be drawn apart: rabbits have long ears."""
ORDINALS: tuple[tuple[str, str], ...] = (
    (
        r"(?P<lead>^|[.;!?,]\s*)(?:and\s+)?(?:in\s+|on\s+)?the\s+(?P<which>first|second|third|fourth|next"
        r"|last|final)\s+(?:picture|image|one|frame|panel)\s+"
        r"(?:(?:should|must|shall|has\s+to)\s+)?(?:shows?|be|is|has|contains?|depicts?|have)\s+(?:us\s+)?",
        r"\g<lead> in the \g<which> picture ",
    ),
    (r"(?P<lead>\d\.\s|picture\s)it\s+(?=open\b|closed\b|empty\b|full\b|asleep\b|\w+ing\b)", r"\g<lead>it is "),
    (r"(?:(?<=^)|(?<=[.;!?]\s))(?:start|beginning|opening)\s*:\s*", ""),
    (r"(?<=[.;!?,]\s)(?:end|result|finish)\s*:\s*", "then "),
    (
        r"\b(?:initially|in\s+the\s+beginning|at\s+the\s+(?:start|beginning|outset)|to\s+begin\s+with|for"
        r"\s+starters)\b[\s,]*",
        "first ",
    ),
    (r"^(?P<said>[^.!?;\n]*\S)\s+(?:at\s+first|to\s+start\s+with|for\s+now)(?=[.!?;])", r"\g<said>"),
    (r"\bon\s+the\s+(last|next|first|second|third)\s+(picture|image|frame|panel)\b", r"in the \1 \2"),
    (
        r"[,.;]?\s*\b(?:and\s+)?(?:that's\s+(?:it|all)|done|finished|that\s+is\s+(?:it|all)|the\s+end|ready)"
        r"\s*[.!]*\s*$",
        ".",
    ),
)
