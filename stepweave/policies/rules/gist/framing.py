"""Turns of phrase about the form of what is asked for: lessons, cards, captions, pictures before and after."""

from __future__ import annotations

_QUOTE = "(\ue000\\d+\ue001)"
_PICTURE = r"(?:picture|image|drawing|slide|card|page|frame)"
FRAMING: tuple[tuple[str, str], ...] = (
    (
        rf"\b(?:one|an?)\s+{_PICTURE}\s+(?:of|with)\s+(an?\s+[^,.;]+?),\s+one\s+(?:of|with)\s+(an?\s+[^,.;]+?),?\s+and\s+one\s+(?:of|with)\s+(?=an?\s)",
        r"separate pictures: \1, \2, ",
    ),
    (rf",?\s+and\s+in\s+the\s+(?:next|second|other|following)\s+(?:one|{_PICTURE})\s+(?=an?\b)", ", then "),
    (
        rf",?\s+and\s+(make|paint|colou?r|add|remove|put|move|turn)\s+([^.,;]*?)\s+in\s+the\s+(?:second|next|last|other|following)\s+{_PICTURE}\b",
        r", then \1 \2",
    ),
    (r"\babove\s+a\s+picture\s+of\s+", "above "),
    (
        r"^[^:.]*\bbefore\s+and\s+after\s+with\s+(an?\s+[^:.]*?)\s*[:.]\s*before\s*[,:]\s*(.*?)\s*[;.,]\s*after\s*[,:]\s*",
        r"1. \1, \2. 2. ",
    ),
    (
        r"^\W*(?:draw\s+|show\s+)?(?:me\s+)?(?:one\s+|an?\s+|the\s+)?(?:goal\s+|final\s+)?(?:picture|image)\s+of\s+(?:what|how)\s+(?:it|things)\s+"
        r"(?:should|will|would|must)\s+looks?\s+(?:like\s+)?(?:once|when|after)\s+",
        "in one picture: ",
    ),
    (r",?\s*(?:and\s+)?\bthen,?\s+as\s+a\s+(?:new|separate|second|different)\s+picture,?\s*", ". A new picture of "),
    (
        rf"\b(?:one|an?)\s+{_PICTURE}\s+of\s+(an?\s+[^,.;]+?)\s+and\s+(?:another|one|a\s+second)(?:\s+(?:one|{_PICTURE}))?\s+of\s+(?=an?\s)",
        r"separate pictures: \1, ",
    ),
    (
        r"\bhow\s+(?:can|do|could|should|would)\s+(?:(?:my|our|the|little|small)\s+)*(?:kids?|child(?:ren)?|beginners?|students?|pupils?|a\s+(?:kid|child|beginner))\s+"
        r"(?=(?:draw|paint|sketch)\b)",
        "how to ",
    ),
    (r"^\W*before\s*:\s*(.*?)[.;,]?\s+after\s*:\s*", r"1. \1. 2. "),
    (
        rf"^(\W*(?:please\s+)?(?:write|print))\s+(?!the\b|an?\b|it\b|words?\b|text\b|{_QUOTE})((?:[a-z]+\s+){{0,2}}?[a-z]+)\s+(?=(?:in|at|on|under|above|below)\s+the\b)",
        r'\1 "\3" ',
    ),
    (
        rf"^\W*(?:(?:i|we)\s+(?:want|need|have|would\s+like)\s+)?(?:to\s+)?(?:explain|teach|illustrate|practi[cs]e|show|demonstrate)\s+"
        rf"(?:the\s+words?\s+)?{_QUOTE}(?:(?:\s*,\s*|\s+(?:and|or|vs\.?)\s+){_QUOTE})*\s*[,.:]?",
        "",
    ),
    (
        r"^(\W*(?:(?:i|we)\s+(?:need|want)\s+|show\s+(?:me\s+)?|draw\s+(?:me\s+)?)?(?:two|three|four|\d)\s+(?:pictures|images|drawings))\s*,\s*(?=an?\s)",
        r"\1: ",
    ),
    (r"\b(two|three|four|five|six|\d+)[\s-]picture\s+(story|tale|comic)\b", r"\2 in \1 pictures"),
    (r"^\W*i\s*'?m\s+\d+\b[^,.:]*?(?:,|\band\b|\bso\b)\s*(?:so\s+)?(?=(?:i|can|please|draw|show)\b)", ""),
    (
        rf"\b(with\s+the\s+words?\s+{_QUOTE})\s+(?:written\s+)?(underneath|below|above|on\s+top)(?=\s*(?:[.,;!]|$))",
        r"\1 \3 it",
    ),
    (r",?\s*\bjust\s+the\s+pictures\b", ""),
    (r"\ba\s+new\s+(?=(?:picture|image|frame)\s+(?:for|per)\s+each\b)", "one "),
    (
        r"\b(?:prepositions?|vocabulary|grammar|english|maths?|science|counting|language|reading|numbers?|colou?rs?|shapes?|opposites?)\s+"
        r"(?:lesson|class|practice|exercise)\b(?=[^:.]*(?::|\s-\s))",
        "",
    ),
    (
        rf",?\s*\b(?:with|and)\s+{_QUOTE}\s+(?:written|printed|shown|standing)\s+(?=(?:at|on|in|above|below|under|over|beneath)\b)",
        r", the words \1 ",
    ),
    (rf"\b(?:caption|title|text|label)\s+((?:at|on|in)\s+the\s+\w+)\s*:\s*{_QUOTE}", r"the words \2 \1"),
    (rf"\b(?:caption|title|text|label)\s*:\s*{_QUOTE}", r"the words \1"),
    (
        rf"\bwith\s+the\s+words?\s+{_QUOTE}\s+(under|below|above|over|beneath)\s+it\s+((?:on|at)\s+the\s+(?:left|right))\b",
        r"\3 with the words \1 \2 it",
    ),
    (
        r"^\W*(?:my|our)\s+(?:\w+\s+)?(?:boy|girl|son|daughter|kid|child|grandson|granddaughter|nephew|niece|kids|children|students)\s+"
        r"(?:wants?|would\s+like|asks?\s+for|asked\s+for|needs?)(?:\s+to\s+(?:see|draw|have))?\s+",
        "I want ",
    ),
    (
        rf"\b(?:two|2)\s+(?:\w+\s+)?{_PICTURE}s\b[^:.;\n]*?[.,:;]\s*(?:the\s+first|one)(?:\s+one)?\s+(?:is|shows|of|with)\s+([^.;]+?)\s*"
        r"(?:[.,;]\s*(?:and\s+)?|\s+and\s+)(?:the\s+other|another|the\s+second|one)(?:\s+one)?\s+"
        r"(?:has\s+nothing\s+to\s+do\s+with\s+it\s*[:,]\s*it\s+)?(?:is|shows|of|with)\s+",
        r"separate pictures: \1; ",
    ),
    (rf"\b(?:the\s+)?same\s+(\w+)\s+in\s+(?:two|three|four|five|\d)\s+{_PICTURE}s\s*:", r"a \1:"),
    (
        r",?\s*\b(?:and\s+)?leave\s+(?:everything|all|the\s+rest)(?:\s+else)?\s+(?:as\s+(?:it\s+(?:was|is)|before)|alone|unchanged)\b",
        "",
    ),
    (
        r"^[^:.]*\bbefore\s*(?:and|/|&)\s*(?:the\s+)?after\b[^:.]*[:.]\s*before\s*[,:]\s*(.*?)[;.]\s*after\s*[,:]\s*",
        r"1. \1. 2. ",
    ),
    (
        rf"\b(?:both|all)\s+(?:{_PICTURE}s\s+)?show\s+([^.;]*?),?\s+but\s+in\s+the\s+(?:second|other)(?:\s+one|\s+{_PICTURE})?\s+",
        r"1. \1. 2. ",
    ),
    (rf"\b({_PICTURE}s)\s+that\s+differ\s+in\s+(?:only\s+)?one\s+thing(?:\s+only)?\b\.?", r"\1: "),
    (
        r"^\W*(?:the\s+|a\s+)?(?:last\s+|first\s+|next\s+|title\s+)?(?:page|cover|front)\s+(?:of|for)\s+(?:a|the|my|our)\s+(?:\w+\s+)?book\s*:",
        "",
    ),
    (
        r"^\W*(?:(?:i|we)\s+(?:would\s+like|want|need)|make\s+up|write|create|make|tell(?:\s+me)?)\s+a\s+(?:short\s+|little\s+|small\s+)*picture\s+book\s+"
        r"(?=about\b)",
        "tell me a story ",
    ),
    (r"\bwrite\s+and\s+(?:draw|illustrate)\s+(?=an?\s+(?:\w+\s+)?(?:story|tale)\b)", "tell "),
    (r"\b(?:short|little|small|quick)\s+(?=lesson\b)", ""),
    (r"\bhow\s+(?:a|the)\s+(?:beginner|child|kid|person)\s+(?:draws|paints|sketches)\b", "how to draw"),
    (r"\blet\s+us\s+(?=(?:draw|paint|sketch)\b)", "let's "),
    (r"\bdraw\s+a\s+picture\s+of\s+the\s+(beach|garden|street|kitchen|sea)\s*:", r"draw at the \1:"),
    (
        r"^(?!.*\d[.)])(?:(?!\b(?:two|three|four|five|six)\b)[^:.\d])*\b(?:flash\s*cards|picture\s+cards|cards|stickers)\b[^:.,]*?(?::|\b(?:with|of)\b)\s*"
        r"(?=\w)",
        "separate pictures: ",
    ),
    (
        r"(?:^[^:.,]*\bcards\b[^:.,]*,\s*)?\b(?:one|a)\s+(?:picture|image|drawing|card)\s+(?:each|apiece)(?:\s+(?:of|with|for)\b|\s*:)\s*(?=\w)",
        "separate pictures: ",
    ),
    (
        r"\b(?:at\s+night|in\s+the\s+evening),?\s+the\s+same\s+(?:garden|beach|street|kitchen|picture|scene|place)\b",
        "at night",
    ),
    (
        r"\bone\s+(?:picture|image|card|drawing)\s+(?:of|with|showing|shows)\s+(an?\s+[^,.;]+?),?\s+(?:and\s+)?"
        r"(?:one|another|the\s+other)(?:\s+one)?\s+(?:picture\s+)?(?:of|with|showing|shows)\s+(?=an?\s)",
        r"separate pictures: \1, ",
    ),
    (r"\bsteps?\s+(?:1|one)\s*(?:to|-|–)\s*(\d{1,2})\b", r"in \1 steps"),
    (r"\b(?:scene|it|story|film|picture)\s+(?:opens|starts|begins)\s+(?:on|with)\s+(?=an?\b)", "draw "),
    (
        r"^[^:.]*\b(?:how[- ]to[- ]draw|draw[- ]along|drawing\s+(?:lesson|tutorial|guide)|learn[- ]to[- ]draw)\b"
        r"(?![^:]*\b(?:steps?|pictures?)\b)(?!\s+(?:an?|the|my|some)\s)(?:(?!\s(?:for|of|on|about)\s+an?\s)[^:.!])*"
        r":\s*(?=\w)",
        "how to draw ",
    ),
    (r"\b(?:explain|show|teach|describe)\b[^.:]*\bthe\s+drawing\s+of\s+", "show how to draw "),
    (r"\bdraw[- ]along\b", "drawing lesson"),
    (r"\bnumber\s+of\s+(steps|pictures|images|frames)\s*[=:]\s*(\d+)", r"in \2 \1"),
    (r"^\W*(?:a\s+|my\s+)?picture\s+book\b", "a story"),
    (
        r"(?:^|(?<=[.;,!\n]))\s*(?:and\s+)?(?:then\s+)?the\s+same\s+(?:again\s+|picture\s+|scene\s+|thing\s+)?(?=(?:at|in|on|by|but|with)\b)",
        " then ",
    ),
    (r"(?:^|(?<=[,.;]))\s*after\s+it\b,?", " then "),
    (r"\b(left|right)\s+(?:hand\s+)?(?:side|end|edge|half)\s+of\s+the\s+(?:picture|page|scene|image)\b", r"\1"),
    (r"^[^.:]*\bbefore\s+and\s+after\s+(?=the\s+\w+)", "in 2 pictures: "),
    (r"(?<!-)\bpicture\s+stor(y|ies)\b", r"stor\1"),
    (
        r"^\W*what\s+(?:does|do|would)\s+((?:an?|two|three)\s+[^?]*?\b(?:above|below|under|on|in|with|next\s+to|behind|beside|near)\b[^?]*?)"
        r"\s+look\s+like\s*\?",
        r"draw \1",
    ),
    (
        r"\b(?:show\s+|draw\s+)?(?:me\s+)?the\s+same\s+(\w+)\s+(by\s+day|in\s+the\s+daytime|in\s+\w+|on\s+\w+|at\s+\w+)\b([^.,;]*?)\s+and\s+"
        r"(?=(?:at|in|on|by)\s)",
        r"draw a \1 \2\3, then ",
    ),
    (r"\b(?:pictures?|images?|frames?)\s+for\s+(?:my|our|the|a)\s+\w+(?:\s+\w+)?\s*:", "pictures:"),
    (r"\bflash\s+cards\b", "flashcards"),
    (r"\bacross\s+the\s+(?:sky|picture|screen|page|scene)\b,?", ""),
    (
        r"\bhow\s+(?:would|does|do|might|could)\s+((?:an?|the)\s+\w+(?:\s+\w+)?)\s+look(?:\s+like)?\s+(?=with|in|on|at)\b",
        r"draw \1 ",
    ),
    (r"\b(?:just\s+|only\s+)?(?:the\s+)?before\s+and\s+(?:the\s+)?after\b(?=\s*(?:[.,:!?]|$))", "in 2 pictures"),
    (r"\bis\s+it\s+possible\s+to\s+(show|draw|paint|see|get|have)\b", r"\1"),
    (r"\bhow\s+(?=(?:draw|paint|sketch|make)\b)", "how to "),
    (r"\bwhere\s+(?:the|it|he|she)\s*(?:\w+\s+)?(?:was|were|stood|sat|had\s+been)\b(?:\s+before)?", "in that place"),
    (r"\b(build|draw|make|paint|sketch|show)\s+(?:me|us)\s+(?=an?\b)", r"\1 "),
    (r"(?<=[,.;])\s+than\s+(?=(?:the|a|an|it|he|she|they|put|move|add|make|draw|let)\b)", " then "),
    (
        r"\b(write|print|add|put|draw|show|with|and|have|says?)\s+(?:the\s+|an?\s+)?(?:number|digit|numeral)\s+(\d{1,3})\b",
        r'\1 "\2"',
    ),
    (
        r"\b(?:can|could|may)\s+(?:i|we)\s+(?:please\s+)?(?:get|have|see)\s+(?=(?:an?|the|two|three|four|five|some)\b)",
        "draw ",
    ),
)
"""Patterns with what they are read as, one applied after the other: later ones see what earlier ones made."""
