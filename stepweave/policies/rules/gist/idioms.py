"""Turns of phrase, and the plain words for them."""

from __future__ import annotations

_LOOK = "(?:red|blue|green|yellow|orange|purple|pink|brown|black|white|gr[ae]y|small|big|large|tiny)"
_DAYTIME = (
    r"(?:(?:in|during)\s+the\s+(?:early\s+|late\s+)?(?:morning|evening|afternoon|night|day)|at\s+(?:noon|night|dawn|dusk)"
    r"|by\s+(?:day|night))"
)
_HAND = r"(?:the\s+|a\s+|an\s+)?(gripper|robot\s+arm|arm|robot|manipulator)"
_QUOTE = "(\ue000\\d+\ue001)"
_PICTURE = r"(?:picture|image|drawing|slide|card|page|frame)"
_COLOUR = r"(red|orange|yellow|green|blue|purple|pink|brown|black|white|gr[ae]y)"
IDIOMS: tuple[tuple[str, str], ...] = (
    (rf",?\s+and\s+in\s+the\s+(?:next|second|other|following)\s+(?:one|{_PICTURE})\s+(?=an?\b)", ", then "),
    (
        rf"\ban?\s+{_COLOUR},\s+an?\s+{_COLOUR},?\s+and\s+an?\s+{_COLOUR}\s+(?!one\b)(\w+)\b",
        r"a \1 \4, a \2 \4 and a \3 \4",
    ),
    (
        rf"(?:^|(?<=[.:]\s)){_COLOUR},\s+{_COLOUR},?\s+and\s+{_COLOUR}\s+(block|cup|box|bowl)\b",
        r"a \1 \4, a \2 \4 and a \3 \4",
    ),
    (
        r"^\W*(robot(?:ic)?\s+)?(?:sorting|stacking|hand-?over|assembly|packing|pouring|tidying|cleaning)\s+(?:task|demo|job|example|exercise)\s*[:.]\s*",
        r"\1 ",
    ),
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
        r"\bshow\s+(?:(?:my|the|our)\s+)?(?:kids?|child(?:ren)?|students?|pupils?|beginners)\s+(?=how\s+to\b)",
        "show ",
    ),
    (r"\btake(s)?\s+(the\s+(?:\w+\s+){1,2}?)off\b(?=\s*(?:,|and\b|then\b))", r"lift\1 \2"),
    (r"\bunstack\s+it\s*:\s*", "now "),
    (r"\s+until\s+(?:the\s+\w+|it)\s+is\s+full\b", ""),
    (r"\b(?:out\s+of|from)\s+(the\s+\w+)\s+and\s+(into|onto|in|on)\s+(?=the\b)", r"from \1 \2 "),
    (r"\b(the\s+\w+)\s+is\s+off\s+(?:of\s+)?(the\s+\w+)", r"remove \1 of \2"),
    (
        r"\b(?:turn|flip|set)(s)?\s+(it|the\s+\w+)\s+(?:back\s+)?(?:the\s+)?right\s+way\s+(?:up|round)\b",
        r"put\1 \2 upright",
    ),
    (
        r"^\W*(?:draw\s+|show\s+)?(?:me\s+)?(?:one\s+|an?\s+|the\s+)?(?:goal\s+|final\s+)?(?:picture|image)\s+of\s+(?:what|how)\s+(?:it|things)\s+"
        r"(?:should|will|would|must)\s+looks?\s+(?:like\s+)?(?:once|when|after)\s+",
        "in one picture: ",
    ),
    (
        r"\bthen\s+in\s+(red|orange|yellow|green|blue|purple|pink|brown|black|white|gr[ae]y)\b(?=\s*(?:[.,;!]|$|and\s+then\b))",
        r"then it is \1",
    ),
    (r",?\s*(?:and\s+)?\bthen,?\s+as\s+a\s+(?:new|separate|second|different)\s+picture,?\s*", ". A new picture of "),
    (
        rf"\b(?:one|an?)\s+{_PICTURE}\s+of\s+(an?\s+[^,.;]+?)\s+and\s+(?:another|one|a\s+second)(?:\s+(?:one|{_PICTURE}))?\s+of\s+(?=an?\s)",
        r"separate pictures: \1, ",
    ),
    (
        rf"^\W*what\s+(?:should|must|does|would)\s+{_HAND}\s+(?:have\s+to\s+)?do\s+(?:next\s+)?to\s+(?=\w)",
        r"the \1 has to ",
    ),
    (
        r"\bhow\s+(?:can|do|could|should|would)\s+(?:(?:my|our|the|little|small)\s+)*(?:kids?|child(?:ren)?|beginners?|students?|pupils?|a\s+(?:kid|child|beginner))\s+"
        r"(?=(?:draw|paint|sketch)\b)",
        "how to ",
    ),
    (r"^\W*before\s*:\s*(.*?)[.;,]?\s+after\s*:\s*", r"1. \1. 2. "),
    (r"\bburning\s+(?=(?:flames?|candles?)\b)", ""),
    (r"^\W*robot(?:ics)?\s+task\b(?=.*\b(?:gripper|arm)\b)", "task"),
    (
        r"\b(?:stop(?:s|ped)?\s+(?:pour|sleep|sing|jump|runn|danc|smil|think|fly|cry)ing"
        r"|no\s+longer\s+(?:pours?|sleeps?|sings?|jumps?|runs?|dances?|smiles?|thinks?|flies|cries))\b",
        "rests",
    ),
    (r"\bslide\s+(?=(?:sequence|show|deck|series)\b)", ""),
    (
        rf"^(\W*(?:please\s+)?(?:write|print))\s+(?!the\b|an?\b|it\b|words?\b|text\b|{_QUOTE})((?:[a-z]+\s+){{1,3}}?)(?=(?:in|at|on|under|above|below)\s+the\b)",
        r'\1 "\3" ',
    ),
    (
        rf"^\W*(?:(?:i|we)\s+(?:want|need|have|would\s+like)\s+)?(?:to\s+)?(?:explain|teach|illustrate|practi[cs]e|show|demonstrate)\s+"
        rf"(?:the\s+words?\s+)?{_QUOTE}(?:(?:\s*,\s*|\s+(?:and|or|vs\.?)\s+){_QUOTE})*\s*[,.:]?",
        "",
    ),
    (r"\bshow\s+(?:me\s+)?the\s+(?:initial|start|starting)\s+(?:state|scene|position)\b[^.;]*[.;]?", ""),
    (
        r"\b(puts?|moves?|places?)\s+first\s+(the\s+\w+)\s+and\s+then\s+(the\s+\w+)\s+((?:in|on)(?:to)?|next\s+to)\s+(the\s+\w+)",
        r"\1 \2 \4 \5, then \1 \3 \4 \5",
    ),
    (r",\s*(?:and\s+)?not\s+the\s+\w+(?:\s+(?:one|block|box|cup))?(?=\s*(?:[.;!]|$))", ""),
    (r"\bright\s+up\s+(?=(?:next|to|against|beside)\b)", ""),
    (r",?\s*\beach\s+(?:one\s+)?on\s+an?\s+white\s+background\b", ""),
    (r"\b(the\s+[^,.;:]+?)\s+is\s+replaced\s+(?:by|with)\s+(an?\s+\w+)", r"replace \1 with \2"),
    (
        r"^(\W*(?:(?:i|we)\s+(?:need|want)\s+|show\s+(?:me\s+)?|draw\s+(?:me\s+)?)?(?:two|three|four|\d)\s+(?:pictures|images|drawings))\s*,\s*(?=an?\s)",
        r"\1: ",
    ),
    (r"\band\s+(?:is\s*n'?o?t|are\s*n'?o?t)\s+there\s+any\s*more\b", ""),
    (r"\b(?:has|have)\s+flown\s+(?:off|away)\b", "flies away"),
    (r"\b(two|three|four|five|six|\d+)[\s-]picture\s+(story|tale|comic)\b", r"\2 in \1 pictures"),
    (
        r"\b(?!one\b|\w+s\b)(\w+)((?:\s+(?:under|in|on|at)\s+the\s+\w+)?),\s+(an?)\s+(\w+)\s+one\s+and\s+(an?)\s+(\w+)\s+one\b",
        r"\3 \4 \1 and \5 \6 \1\2",
    ),
    (r"\ban?\s+(\w+),\s+(an?)\s+((?:\w+\s+){1,2})one\b", r"\2 \3\1"),
    (r"\b((?:an?\s+|the\s+)?\w+)\s+and\s+((?:an?\s+|the\s+)?\w+)\s+(\w+ing)\s+together\b", r"\1 \3 and \2 \3"),
    (r"^\W*i\s*'?m\s+\d+\b[^,.:]*?(?:,|\band\b|\bso\b)\s*(?:so\s+)?(?=(?:i|can|please|draw|show)\b)", ""),
    (
        rf"\b(with\s+the\s+words?\s+{_QUOTE})\s+(?:written\s+)?(underneath|below|above|on\s+top)(?=\s*(?:[.,;!]|$))",
        r"\1 \3 it",
    ),
    (
        rf"^\W*(?:please\s+)?(?:show|draw)\s+(?:me\s+)?(?:the\s+scene\s+|a\s+picture\s+|two\s+pictures\s+)?before\s+and\s+after\s+(?={_HAND})",
        "in 2 pictures: ",
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
    (r"\b(?:and\s+)?last\s+(?=(?:the|its|his|her)\s+\w+(?:\s*[,.!]|\s+and\b|\s*$))", "finally "),
    (
        rf"\b(?:two|2)\s+(?:\w+\s+)?{_PICTURE}s\b[^:.;\n]*?[.,:;]\s*(?:the\s+first|one)(?:\s+one)?\s+(?:is|shows|of|with)\s+([^.;]+?)\s*"
        r"(?:[.,;]\s*(?:and\s+)?|\s+and\s+)(?:the\s+other|another|the\s+second|one)(?:\s+one)?\s+"
        r"(?:has\s+nothing\s+to\s+do\s+with\s+it\s*[:,]\s*it\s+)?(?:is|shows|of|with)\s+",
        r"separate pictures: \1; ",
    ),
    (r"\bin\s+the\s+(?:blue\s+)?sky\b", ""),
    (rf"\b(?:the\s+)?same\s+(\w+)\s+in\s+(?:two|three|four|five|\d)\s+{_PICTURE}s\s*:", r"a \1:"),
    (r"\bwith\s+the\s+same\s+\w+(?:\s+and\s+the\s+same\s+\w+)?\s*(?=:)", ""),
    (r",?\s*\bwhere\s+there\s+is\s+(?:still\s+)?(?:room|space)\b", ""),
    (
        r",?\s*\b(?:and\s+)?leave\s+(?:everything|all|the\s+rest)(?:\s+else)?\s+(?:as\s+(?:it\s+(?:was|is)|before)|alone|unchanged)\b",
        "",
    ),
    (r"\ba\s+second\s+(\w+),\s+an?\s+(\w+)\s+one\b,?", r"another \2 \1"),
    (r"\b(?:is|are)\s+missing\b", "is gone"),
    (
        r"\b((?:an?|the)\s+\w+(?:\s+\w+)?)\s+(?:has\s+taken|takes|took)\s+the\s+place\s+of\s+(the\s+\w+)",
        r"replace \2 with \1",
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
    (r"\bhow\s+people\s+\w+\b(?=\s*:)", ""),
    (
        rf"^\W*(?:please\s+)?(?:show|tell|explain)\s+(?:me\s+)?what\s+{_HAND}\s+(?:should|must|has\s+to|needs\s+to)\s+do\s*[:.]",
        r"the \1 has to",
    ),
    (
        r"\b(the\s+\w+)\s+(?:is|are|comes|come|goes)\s+(?:taken\s+)?off(?:\s+too|\s+as\s+well)?\b(?=\s*(?:[.,;!]|$))",
        r"remove \1",
    ),
    (
        r"\bcandle\s+(?:that\s+is\s+|which\s+is\s+)?(?:not\s+(?:yet\s+)?(?:lit|burning)(?:\s+yet)?|unlit)\b",
        "candle without flame",
    ),
    (r"\bwith\s+a\s+(?:burning|lit)\s+flame\b", ""),
    (
        r"^(.*?)[.,;]\s*(?:with\s+)?(?:an?\s+|the\s+)?(\w+)\s+background\s+(?:on|in|for)\s+(?:all|every|each)\b[^.]*?[.!]?\s*$",
        r"on a \2 background, \1",
    ),
    (rf"\b(?:using|use)\s+{_HAND}\b", r"with the \1"),
    (rf"^\W*what\s+(?:should|must|does|will|would)\s+{_HAND}\s+(?:have\s+to\s+)?do(?:\s+next)?\s*\?", r"a \1,"),
    (
        rf"^\W*(?:(?:can|could)\s+you\s+)?(?:please\s+)?(?:show|tell)\s+(?:me\s+)?what\s+{_HAND}\s+(?:should|must|has\s+to|needs\s+to)\s+do\s+to\b",
        r"the \1 has to",
    ),
    (rf"^\W*pick[- ]and[- ]place\s+(?:with|by|for)\s+{_HAND}\s*:", r"a \1, "),
    (r"(?<!\btwo\s)(?<!\bthree\s)\b(\w+)\s+hands(?:\s+over)?\s+(?=(?:the|an?|it|him|her|them)\b)", r"\1 gives "),
    (
        r"\bget(s)?\s+(the\s+[^,.;]+?)\s+(?:from\s+inside|out\s+of|from)\s+(the\s+[^,.;]+?)\s+(?=(?:onto|into)\b)",
        r"move\1 \2 from \3 ",
    ),
    (
        r"\b(?:take|lift|pull|pop)(s)?\s+(?:off\s+)?(?:the\s+)?(lid|cap)\s+(?:off\s+)?(?:of|from)?\s*(?:the\s+)?(box|bottle|jug)\b",
        r"remove\1 the \2 of the \3",
    ),
    (
        r"\bremove(s)?\s+(?:the\s+)?(lid|cap)\s+(?:from|off)\s+(?:the\s+)?(box|bottle|jug)\b",
        r"remove\1 the \2 of the \3",
    ),
    (
        r"(?<=\w)\s+and\s+(?=(?:carries|carry|brings?|transports?)\s+(?:it|them)\s+(?:over\s+)?(?:in)?to\b)",
        ", then ",
    ),
    (r"\bclose(?:s)?\s+(?:its\s+fingers\s+)?around\s+", "grips "),
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
        r"^\W*(?:a\s+|my\s+)?(?:feelings?|emotions?|moods?|faces?)\s+(?:chart|poster|sheet|board)\b[^:.]*?\b(?:with|of)\s+"
        r"((?:an?|the)\s+\w+)\b[^:.]*:\s*",
        r"\1: ",
    ),
    (rf"(\b{_DAYTIME}\b[^.;]*)[,;.]\s*(?:and\s+|but\s+)?(?={_DAYTIME}\b)", r"\1, then "),
    (r"\b(in|during)\s+the\s+night\b", "at night"),
    (
        r"\b(?:at\s+night|in\s+the\s+evening),?\s+the\s+same\s+(?:garden|beach|street|kitchen|picture|scene|place)\b",
        "at night",
    ),
    (r"\btree\s+full\s+of\s+(?:\w+\s+)?apples\b", "tree"),
    (
        r"\bone\s+(?:picture|image|card|drawing)\s+(?:of|with|showing|shows)\s+(an?\s+[^,.;]+?),?\s+(?:and\s+)?"
        r"(?:one|another|the\s+other)(?:\s+one)?\s+(?:picture\s+)?(?:of|with|showing|shows)\s+(?=an?\s)",
        r"separate pictures: \1, ",
    ),
    (r",?\s*\baged?\s+\d{1,2}\b", ""),
    (r"\bsteps?\s+(?:1|one)\s*(?:to|-|–)\s*(\d{1,2})\b", r"in \1 steps"),
    (r"(?<!the\s)\bright\s+(?=(?:in|at)\s+the\s+(?:very\s+)?(?:middle|cent(?:er|re)|top|bottom)\b)", ""),
    (r"\bflip(s|ped)?\s+((?:it|him|her|them|the\s+\w+)\s+)?upside\s+down\b", r"turn\1 \2upside down"),
    (r"\bme\s+and\s+my\b", "a person and a"),
    (r"\bthere(?:'s|\s+is)\s+me\b", "there is a person"),
    (
        r"\b(?:can|may|should|must|has\s+to)\s+go\b(?=\s*(?:[.,;!]|$|at\s+the\s+end|too\b|as\s+well\b|now\b))",
        "disappears",
    ),
    (r"(?<!being\s)\b(?:gets?|is|was|has\s+been|got|are|were)\s+(?:all\s+)?eaten\b(?:\s+(?:all\s+)?up\b)?", "is gone"),
    (
        r"\b(?:blow|put)(?:s|n)?\s+out\s+the\s+(?:candle|flame)s?\b|\bcandles?\s+(?:is\s+|gets\s+|are\s+)?(?:blown|put)\s+out\b"
        r"|\bcandles?\s+goes\s+out\b",
        "remove the flames of the candle",
    ),
    (
        r"\bstarts?\s+(?:out\s+|off\s+)?(small|tiny|little)\s+and\s+(?:keeps?\s+growing|grows(?:\s+and\s+grows)?"
        r"|gets\s+bigger(?:\s+and\s+bigger)?)\b",
        r"is \1, then it gets bigger",
    ),
    (r"\balong\s+c[oa]mes?\b", "then there is"),
    (r"(?:^|(?<=[.!?;]))\s*enter\s+(?=(?:an?|the|two|three)\b)", " then there is "),
    (r"\b(?:scene|it|story|film|picture)\s+(?:opens|starts|begins)\s+(?:on|with)\s+(?=an?\b)", "draw "),
    (r"\b(?:open|lift|raise|remove)\s+(?:up\s+)?(?:the|its)\s+lid\s+of\s+((?:the|a)\s+box|it)\b", r"open \1"),
    (r"\b(?:close|shut|lower)\s+(?:the|its)\s+lid\s+of\s+((?:the|a)\s+box|it)\b", r"close \1"),
    (
        r"^[^:.]*\b(?:how[- ]to[- ]draw|draw[- ]along|drawing\s+(?:lesson|tutorial|guide)|learn[- ]to[- ]draw)\b"
        r"(?![^:]*\b(?:steps?|pictures?)\b)(?!\s+(?:an?|the|my|some)\s)(?:(?!\s(?:for|of|on|about)\s+an?\s)[^:.!])*"
        r":\s*(?=\w)",
        "how to draw ",
    ),
    (r"\b(?:explain|show|teach|describe)\b[^.:]*\bthe\s+drawing\s+of\s+", "show how to draw "),
    (r"\bdraw[- ]along\b", "drawing lesson"),
    (r"\b(?:subject|topic|object|motif)\s*[=:]\s*", ""),
    (r"\bnumber\s+of\s+(steps|pictures|images|frames)\s*[=:]\s*(\d+)", r"in \2 \1"),
    (r"^\W*(?:a\s+|my\s+)?picture\s+book\b", "a story"),
    (r"\b(?:hero(?:ine)?|sidekick|protagonist|main\s+character|villain|cast|characters?|starring)\s*:\s*", "with "),
    (
        r"(?:^|(?<=[.;,!\n]))\s*(?:and\s+)?(?:then\s+)?the\s+same\s+(?:again\s+|picture\s+|scene\s+|thing\s+)?(?=(?:at|in|on|by|but|with)\b)",
        " then ",
    ),
    (r"\b(?:must|should|has\s+to|have\s+to)\s+be\s+(?:away|gone)\b", "disappears"),
    (r"(?:^|(?<=[,.;]))\s*after\s+it\b,?", " then "),
    (r"[.,…]*\s*\b(?:you|u)\s+(?:decide|choose|may\s+decide|can\s+decide)\b[^.!?]*", ""),
    (r"\btak(e|es|en|ing)\s+(it|them|the\s+(?:\w+\s+)?\w+)\s+out\b(?!\s+of)", r"tak\1 out \2"),
    (r"\bover\s+to\s+the\s+(left|right)\b", r"to the \1"),
    (r"\b(left|right)\s+(?:hand\s+)?(?:side|end|edge|half)\s+of\s+the\s+workbench\b", r"\1 on the workbench"),
    (r"\b(left|right)\s+(?:hand\s+)?(?:side|end|edge|half)\s+of\s+the\s+(?:picture|page|scene|image)\b", r"\1"),
    (r"\bpick[- ]and[- ]place\s+(?=for\b)", "task "),
    (r"\bpick[- ]and[- ]place\b(?:\s+(?:demo|task|test|example|sequence|job))*\s*:", ""),
    (r"^[^.:]*\bbefore\s+and\s+after\s+(?=the\s+\w+)", "in 2 pictures: "),
    (r"\b(?:let(?:'s|\s+us)\s+)?fill\s+(?:the|a|my|our)\s+(garden|kitchen|beach|street|sea)\b", r"in the \1"),
    (
        rf"\b(two|three|four|five|six|\d+)\s+of\s+(?:them|these|those)\s+(?:are\s+)?(?={_LOOK}\b)",
        r"\1 ",
    ),
    (
        r"\b(?:a\s+second|another|one\s+more)(?:\s+one)?\s+(?:just\s+|exactly\s+)?like\s+(?:it|that|this)\b",
        "another one",
    ),
    (
        r",?\s*\bso\s+(?:that\s+)?it\s+(?:flies|faces|looks|goes|points|drives|runs|is\s+facing)\s+(?:in\s+)?the\s+other\s+(?:way|direction)\b",
        "",
    ),
    (
        r"\b(?:the\s+same|same|an?|the|my)\s+(\w+)\s+in\s+(?:\w+\s+)?(?:moods|poses|states|sizes|places|colou?rs)\b[^:.]*:",
        r"a \1:",
    ),
    (r"\ban?\s+(tiny|small|little|big|large)\s+second\s+", r"another \1 "),
    (r"(?<!-)\bpicture\s+stor(y|ies)\b", r"stor\1"),
    (r"\b(?:vs\.?|versus)\s+(?=\w)", "and "),
    (r",?\s*\bfor\s+comparison\b", ""),
    (r"\bput(s)?\s+(?:the|its|his|her)\s+(\w+)\s+back\s+on\b(?=\s*(?:[.,;!]|$|again\b|and\b|then\b))", r"add\1 the \2"),
    (r"\beach\s+in\s+(?:another|a\s+different|its\s+own)\s+colou?r\b\s*(?=:)", ""),
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
    (r"\bgood[\s-]?night\s+(?=stor|tale)", "bedtime "),
    (r"^\W*what\s+(?:would|does|will)\s+it\s+look\s+like\s+(?:if|when)\s+", ""),
    (r"\blets?\s+(it|them|the\s+\w+)\s+go\b", r"releases \1"),
    (r"\b(?:pictures?|images?|frames?)\s+for\s+(?:my|our|the|a)\s+\w+(?:\s+\w+)?\s*:", "pictures:"),
    (r"\b(\w+(?:s|ing))\s+(?:around|by|past|about|along)\b(?=\s*(?:[.,;!?]|$|and\b|then\b))", r"\1"),
    (r"\b(flames?|fire)\s+(?:is|goes|are|go)\s+(?:blown\s+)?out\b", r"\1 is gone"),
    (r"\bflash\s+cards\b", "flashcards"),
    (r"^\W*day\s+and\s+night\s*:\s*", ""),
    (
        r"\b(?:somebody|someone|he|she|a\s+person)?\s*blows?\s+(?:it|the\s+candle)\s+out\b",
        " remove the flames of the candle",
    ),
    (r"\s+that\s+gets\s+bigger(?:\s+and\s+bigger)?\b", ", then it gets bigger"),
    (r"^\W*let\s+it\s+(?:get|become|grow)\s+\w+\s*:\s*", ""),
    (
        rf"\bone\s+(?={_LOOK}\s*(?:,|and\b)\s*(?:and\s+)?one\s+\w+\b"
        r"(?:\s*,?\s*(?:and\s+)?one\s+\w+\s+[a-z]|\s+(?!and\b|with\b|in\b|on\b|at\b)[a-z]))",
        "a ",
    ),
    (r"\bbeing\s+(?=\w+,\s)", ": "),
    (r"\bonly\s+(the\s+\w+)\s+(?:is|are)\s+left\b", r"only \1"),
    (r"\bcandle\s+is\s+out\b", "flames of the candle are gone"),
    (r"\bacross\s+the\s+(?:sky|picture|screen|page|scene)\b,?", ""),
    (r"\btraffic\s+lights?\s+colou?rs?\s+with\b", "with"),
    (r"\bone\s+(?:dark\s+|cold\s+|starry\s+)?night,?\s+(?=(?:an?|the)\b)", "at night, "),
    (r"\b(?:some|a\s+bit\s+of|a\s+little)\s+(?=(?:water|milk|juice|tea)\b)", ""),
    (
        r"^\W*(?:can|could)\s+(the\s+(?:gripper|arm|robot\s+arm|robot))\s+([^?.!]*?)\s*(?:\bplease\b)?\s*\?\s*(?=(?:and\s+)?then\b)",
        r"\1 \2, ",
    ),
    (r"^\W*(?:can|could)\s+(the\s+(?:gripper|arm|robot\s+arm|robot))\s+([^?.!]*?)\s*\bplease\b\s*\??", r"\1 \2"),
    (r"\bcandles?\s+(?:is\s+|that\s+is\s+)?(?:burning|lit)\b|\b(?:burning|lit)\s+candle\b", "candle"),
    (r"\b(replace|change|turn|move)\s+(?:that|this)\s+(?=(?:with|by|into|to)\b)", r"\1 it "),
    (r"\bthe\s+same\s+(\w+)\s+(?:twice|three\s+times|four\s+times),?\s+(?=first\b)", r"a \1, "),
    (r"\banother\s+(\w+),\s+an?\s+(\w+)\s+one\b,?", r"another \2 \1"),
    (r"\ba\s+(?:friend|companion|buddy|pal|playmate)\s*[:,]\s*(?=an?(?:other)?\b)", ""),
    (r"\bin\s+the\s+(?:middle|cent(?:re|er))\s+(?:at|of)\s+the\s+(top|bottom)\b", r"at the \1"),
    (r"\bat\s+the\s+(top|bottom)\s+in\s+the\s+(?:middle|cent(?:re|er))\b", r"at the \1"),
    (r"^\W*(?:an?\s+)?night\s+scene\s*[:,-]\s*", "at night, "),
    (r"^\W*(?:an?\s+)?(street|beach|garden|kitchen|workbench)\s+scene\s*[:,-]\s*", r"in the \1, "),
    (r",\s*(?:just\s+)?like\s+(?:in\s+)?an?\s+(?:\w+\s*){1,3}[.!]?\s*$", ""),
    (r"\bwhen\s+(?:that|this|it)\s+is\s+(?:done|finished|ready)\b", "then"),
    (r"(?<=[.;,!]\s)(then|now)\s+is\s+(?=\w)", r"\1 it is "),
    (r"\bsame\s+(\w+)\s+in\s+(?:every|each|all|different|several|various)\s+colou?rs?\b[^:]*:", r"a \1:"),
    (
        r"\bhow\s+(?:would|does|do|might|could)\s+((?:an?|the)\s+\w+(?:\s+\w+)?)\s+look(?:\s+like)?\s+(?=with|in|on|at)\b",
        r"draw \1 ",
    ),
    (r"(?:(?<=[/;,])|\bthen)\s*[-–−]\s*(?=\w+\s*(?:[/;,.]|$))", " remove the "),
    (r"\b(\w+s)\s+(\w+),\s+(two|three|four|five)\s+of\s+them\b", r"\3 \1 \2"),
    (
        r"\b(?:the\s+)?(?:water|milk|juice|tea)\s+(?:goes|flows|runs|moves|is\s+poured)\s+(?:from|out\s+of)\s+(the\s+\w+)\s+(?:in)?to"
        r"\s+(the\s+\w+)",
        r"pour water from \1 into \2",
    ),
    (
        r"\bthe\s+(jug|cup|bottle|bowl)\s+(?:is|gets)\s+(?:emptied|poured)\s+(?:out\s+)?into\b",
        r"pour water from the \1 into",
    ),
    (
        r"\bfill(?:s|ed)?\s+(the\s+\w+)\s+(?:with\s+\w+\s+)?(?:from|out\s+of)\s+(the\s+\w+)",
        r"pour water from \2 into \1",
    ),
    (r"\b(?:just\s+|only\s+)?(?:the\s+)?before\s+and\s+(?:the\s+)?after\b(?=\s*(?:[.,:!?]|$))", "in 2 pictures"),
    (
        r"(?:(?<=[,;])|\band)\s+(?=the\s+same\s+\w+\s+(?:again|but|at|in|by|with|on|now)\b)",
        " then ",
    ),
    (
        r"\b(?:an?\s+)?\w+\s+(?:made\s+)?(?:out\s+)?of\s+(?:shapes|circles|squares|triangles|rectangles)\b([^:.]*):",
        r"shapes\1:",
    ),
    (r"\b(?:i|we)\s+should\s+like\b", "I want"),
    (r"\bis\s+it\s+possible\s+to\s+(show|draw|paint|see|get|have)\b", r"\1"),
    (r"\b(?:sit|sits|sitting|stand|stands|standing|perched|perches)\s+up\s+on\b", "sitting on"),
    (r"\bwhats\b", "what is"),
    (r"\bim\b", "I'm"),
    (r"\bcant\b", "can't"),
    (r"\bdont\b", "don't"),
    (r"\bid\s+(?=(?:like|love)\b)", "I'd "),
    (r"\bwanna\b", "want to"),
    (r"\bgonna\b", "going to"),
    (r"\bgimme\b", "give me"),
    (r"\blemme\b", "let me"),
    (r"\bn(?=\s+then\b)", "and"),
    (r"\bteh\b", "the"),
    (r"\b([a-z]+s)\s+\((\d{1,2})\)", r"\2 \1"),
    (
        r"(?<=[:,;.\n])\s*(?:the\s+)?((?:\w+\s+)?\w+)\s*(?:->|→)\s*((?:the\s+)?(?:\w+\s+)?(?:box|bowl|jug|cup))(?=\s*(?:[,;.\n]|$))",
        r" move the \1 into the \2",
    ),
    (
        r"\b(?!of\b)(\w+)\s+(?:all\s+)?(?:the\s+following|these)(?:\s+(?:things|objects|items))?\s+"
        r"((?:on|in|into|onto|under|next\s+to|behind)\b[^:.;\n]*):\s*([^.;\n]+)",
        r"\1 \3 \2",
    ),
    (
        r",?\s*\b(?:and\s+)?(?:the\s+)?(robot\s+arm|arm|gripper|robot)\s+(?:does|should\s+do|must\s+do|has\s+to\s+do|will\s+do)"
        r"\s+(?:it|this|that|so)\b",
        r" with the \1",
    ),
    (r"\b(sort|order|arrange)((?:\s+\w+){0,2})\s+by\s+(?:colou?rs?|sizes?|shapes?|kinds?|types?)\b", r"\1\2"),
    (r"\s*(?:->|→|=>)\s*", ", then "),
    (r"\brobotarm\b", "robot arm"),
    (
        r"(?<=\w\s)\b(?:takes?|taking|took|lifts?|lifting|lifted|blasts?|blasting|blasted)\s+off\b"
        r"(?=\s*(?:[.,;!?)\n]|$|and\b|then\b|(?:in)?to\s+the\s+(?:sky|air|night|space)\b))",
        "flies up",
    ),
    (r"\b(?:takes?|taking|took|lifts?|lifted|blasts?)\s+off\s+(?=from\b)", "flies away "),
    (
        r"\b(sign|text|label|title)[.,;]?\s+(?:and\s+)?(?:it|that|which)\s+(?:(?:should|must|has\s+to|shall|will)\s+)?(?:says?|reads?)\b",
        r"\1 saying",
    ),
    (
        r"(?<!show\s)(?<!shows\s)(?<!turns\s)(?<!pops\s)(?<!comes\s)(?<!stands\s)"
        r"\b(?:(?:high\s+)?up(?:\s+high)?|high)\s+(?:in|at|on|into|to)\s+the\s+(left|right)\b(?:\s+(?:hand\s+)?(?:corner|side))?",
        r"in the top \1",
    ),
    (
        r"\b(?:next\s+to|beside|by)\s+(it|him|her|them|(?:the|a|an)\s+\w+)\s*,?\s+(?:on|to|at)\s+(?:the|its|his|her)\s+(left|right)\b"
        r"(?:\s+(?:hand\s+)?side)?(?!\s+of\b)",
        r"to the \2 of \1",
    ),
    (
        r"(?:(?<=[,.;:])|\bthen|\band|\bnow|\bfinally)\s+(?:there\s+(?:is|are)\s+)?no\s+more\s+(?!than\b)(\w+)(?=\s*(?:[.,;!]|$))",
        r" remove the \1",
    ),
    (
        r"\b(?:it|this|that|the\s+(?:sign|card|text|title|label))\s+(?:should|must|has\s+to|shall)\s+(?:say|read)\b",
        "there are the words",
    ),
    (r"\b(?:it is|it's) sunny\b", "there is a sun"),
    (r"\bsunny\s+(\w+)", r"\1 with a sun"),
    (r"\btomm?orr?ow\b", "tomorrow"),
    (r"\b(he|she|everybody|everyone|who|that|there|what|one)'s\b(?=\s+(?!\w+\s+(?:is|are)\b))", r"\1 is"),
    (
        r"\b(\w{2,})'s\s+(?=(?:\w+ing|asleep|awake|happy|sad|angry|surprised|open|closed|empty|full|gone|removed|now|on|in|at"
        r"|under|inside|above|below|next\s+to)\b)",
        r"\1 is ",
    ),
    (r"\bwe've\b", "we have"),
    (r"\b(you|they|i|we|he|she|it|who)'?d\b(?=\s+(?!better\b)\w)", r"\1 would"),
    (r"\b(you|they|i|we|he|she|it|that|there|who|what)'ll\b", r"\1 will"),
    (r"\b(you|they|we)'re\b", r"\1 are"),
    (r"\bhow\s+(?=(?:draw|paint|sketch|make)\b)", "how to "),
    (r"\binfront\b", "in front"),
    (r"\bwhere\s+(?:the|it|he|she)\s*(?:\w+\s+)?(?:was|were|stood|sat|had\s+been)\b(?:\s+before)?", "in that place"),
    (r"\b(?:in|to|into)\s+(?:its|their|his|her)\s+place\b", "in that place"),
    (r"\b(build|draw|make|paint|sketch|show)\s+(?:me|us)\s+(?=an?\b)", r"\1 "),
    (
        r"\b(?:first|second|third|fourth|fifth|sixth|\d(?:st|nd|rd|th))[\s-]grade(?:rs?)?\b(?:\s+(?:class|pupils|kids|children|students))?",
        "pupils",
    ),
    (r"\b1st\b", "first"),
    (r"\b2nd\b", "second"),
    (r"\b3rd\b", "third"),
    (r"\b4th\b", "fourth"),
    (r"\b5th\b", "fifth"),
    (r"\bfin+a?l+y\b", "finally"),
    (r"(?<=[,.;])\s+than\s+(?=(?:the|a|an|it|he|she|they|put|move|add|make|draw|let)\b)", " then "),
    (r"\brobot[- ]?arm\b", "robot arm"),
    (
        r"\b(write|print|add|put|draw|show|with|and|have|says?)\s+(?:the\s+|an?\s+)?(?:number|digit|numeral)\s+(\d{1,3})\b",
        r'\1 "\2"',
    ),
    (
        r"\b(?:can|could|may)\s+(?:i|we)\s+(?:please\s+)?(?:get|have|see)\s+(?=(?:an?|the|two|three|four|five|some)\b)",
        "draw ",
    ),
    (r"\bin\s+(?:that|this)\s+order,?\s+(?=from\s+(?:left\s+to\s+right|right\s+to\s+left)\b)", ""),
    (
        r",?\s*\b(?:each\s+)?with\s+(?:a|one)\s+(?:short\s+)?(?:line|sentence|bit)\s+of\s+text(?:\s+each|\s+under\s+each\s+\w+)?\b",
        "",
    ),
    (r"\bfor\s+the\s+(?:very\s+)?(?:first|last)\s+time\b", ""),
    (
        r"\b(?:two|three|four|some)\s+(?:best\s+|good\s+|little\s+)?(?:friends|buddies|animals|creatures|characters|things)\s*"
        r"(?:[,(]\s*(?=(?:an?|the|one)\s+\w+)|:\s*(?=\w))",
        "",
    ),
    (r"\ba\s+(?:small\s+|big\s+|happy\s+)?(?:family|group|bunch|flock|herd|crowd)\s+of\s+(?=\w)", ""),
    (r"\bcarrot\s+nose\b|\bnose\s+(?:made\s+)?(?:out\s+)?of\s+a\s+carrot\b", "orange nose"),
    (r"\ba\s+carrot\s+(?:for|as)\s+(?:a|its|his|the)\s+nose\b", "an orange nose"),
    (r"\bw/o\b", "without"),
    (r"\bw/", "with "),
    (r"\b(?:\w+|\d+)[\s-]years?[\s-]olds?\b", "pupils"),
)
"""Patterns with what they are read as, one applied after the other: later ones see what earlier ones made."""
