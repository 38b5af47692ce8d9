"""Turns of phrase about what is seen and what happens, and the plain words for them."""

from __future__ import annotations

_LOOK = "(?:red|blue|green|yellow|orange|purple|pink|brown|black|white|gr[ae]y|small|big|large|tiny)"
_DAYTIME = (
    r"(?:(?:in|during)\s+the\s+(?:early\s+|late\s+)?(?:morning|evening|afternoon|night|day)|at\s+(?:noon|night|dawn|dusk)"
    r"|by\s+(?:day|night))"
)
_COLOUR = r"(red|orange|yellow|green|blue|purple|pink|brown|black|white|gr[ae]y)"
IDIOMS: tuple[tuple[str, str], ...] = (
    (
        rf"\ban?\s+{_COLOUR},\s+an?\s+{_COLOUR},?\s+and\s+an?\s+{_COLOUR}\s+(?!one\b)(\w+)\b",
        r"a \1 \4, a \2 \4 and a \3 \4",
    ),
    (
        rf"(?:^|(?<=[.:]\s)){_COLOUR},\s+{_COLOUR},?\s+and\s+{_COLOUR}\s+(block|cup|box|bowl)\b",
        r"a \1 \4, a \2 \4 and a \3 \4",
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
        rf"\bthen\s+in\s+{_COLOUR}\b(?=\s*(?:[.,;!]|$|and\s+then\b))",
        r"then it is \1",
    ),
    (r"\bburning\s+(?=(?:flames?|candles?)\b)", ""),
    (
        r"\b(?:stop(?:s|ped)?\s+(?:pour|sleep|sing|jump|runn|danc|smil|think|fly|cry)ing"
        r"|no\s+longer\s+(?:pours?|sleeps?|sings?|jumps?|runs?|dances?|smiles?|thinks?|flies|cries))\b",
        "rests",
    ),
    (r"\bslide\s+(?=(?:sequence|show|deck|series)\b)", ""),
    (r"\bshow\s+(?:me\s+)?the\s+(?:initial|start|starting)\s+(?:state|scene|position)\b[^.;]*[.;]?", ""),
    (
        r"\b(puts?|moves?|places?)\s+first\s+(the\s+\w+)\s+and\s+then\s+(the\s+\w+)\s+((?:in|on)(?:to)?|next\s+to)\s+(the\s+\w+)",
        r"\1 \2 \4 \5, then \1 \3 \4 \5",
    ),
    (r",\s*(?:and\s+)?not\s+the\s+\w+(?:\s+(?:one|block|box|cup))?(?=\s*(?:[.;!]|$))", ""),
    (r"\bright\s+up\s+(?=(?:next|to|against|beside)\b)", ""),
    (r",?\s*\beach\s+(?:one\s+)?on\s+an?\s+white\s+background\b", ""),
    (r"\b(the\s+[^,.;:]+?)\s+is\s+replaced\s+(?:by|with)\s+(an?\s+\w+)", r"replace \1 with \2"),
    (r"\band\s+(?:is\s*n'?o?t|are\s*n'?o?t)\s+there\s+any\s*more\b", ""),
    (r"\b(?:has|have)\s+flown\s+(?:off|away)\b", "flies away"),
    (
        r"\b(?!one\b|\w+s\b)(\w+)((?:\s+(?:under|in|on|at)\s+the\s+\w+)?),\s+(an?)\s+(\w+)\s+one\s+and\s+(an?)\s+(\w+)\s+one\b",
        r"\3 \4 \1 and \5 \6 \1\2",
    ),
    (r"\ban?\s+(\w+),\s+(an?)\s+((?:\w+\s+){1,2})one\b", r"\2 \3\1"),
    (r"\b((?:an?\s+|the\s+)?\w+)\s+and\s+((?:an?\s+|the\s+)?\w+)\s+(\w+ing)\s+together\b", r"\1 \3 and \2 \3"),
    (r"\b(?:and\s+)?last\s+(?=(?:the|its|his|her)\s+\w+(?:\s*[,.!]|\s+and\b|\s*$))", "finally "),
    (r"\bin\s+the\s+(?:blue\s+)?sky\b", ""),
    (r"\bwith\s+the\s+same\s+\w+(?:\s+and\s+the\s+same\s+\w+)?\s*(?=:)", ""),
    (r",?\s*\bwhere\s+there\s+is\s+(?:still\s+)?(?:room|space)\b", ""),
    (r"\ba\s+second\s+(\w+),\s+an?\s+(\w+)\s+one\b,?", r"another \2 \1"),
    (r"\b(?:is|are)\s+missing\b", "is gone"),
    (
        r"\b((?:an?|the)\s+\w+(?:\s+\w+)?)\s+(?:has\s+taken|takes|took)\s+the\s+place\s+of\s+(the\s+\w+)",
        r"replace \2 with \1",
    ),
    (r"\bhow\s+people\s+\w+\b(?=\s*:)", ""),
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
    (
        r"\bget(s)?\s+(the\s+[^,.;]+?)\s+(?:from\s+inside|out\s+of|from)\s+(the\s+[^,.;]+?)\s+(?=(?:onto|into)\b)",
        r"move\1 \2 from \3 ",
    ),
    (
        r"(?<=\w)\s+and\s+(?=(?:carries|carry|brings?|transports?)\s+(?:it|them)\s+(?:over\s+)?(?:in)?to\b)",
        ", then ",
    ),
    (
        r"^\W*(?:a\s+|my\s+)?(?:feelings?|emotions?|moods?|faces?)\s+(?:chart|poster|sheet|board)\b[^:.]*?\b(?:with|of)\s+"
        r"((?:an?|the)\s+\w+)\b[^:.]*:\s*",
        r"\1: ",
    ),
    (rf"(\b{_DAYTIME}\b[^.;]*)[,;.]\s*(?:and\s+|but\s+)?(?={_DAYTIME}\b)", r"\1, then "),
    (r"\b(in|during)\s+the\s+night\b", "at night"),
    (r"\btree\s+full\s+of\s+(?:\w+\s+)?apples\b", "tree"),
    (r",?\s*\baged?\s+\d{1,2}\b", ""),
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
    (r"\b(?:subject|topic|object|motif)\s*[=:]\s*", ""),
    (r"\b(?:hero(?:ine)?|sidekick|protagonist|main\s+character|villain|cast|characters?|starring)\s*:\s*", "with "),
    (r"\b(?:must|should|has\s+to|have\s+to)\s+be\s+(?:away|gone)\b", "disappears"),
    (r"[.,…]*\s*\b(?:you|u)\s+(?:decide|choose|may\s+decide|can\s+decide)\b[^.!?]*", ""),
    (r"\btak(e|es|en|ing)\s+(it|them|the\s+(?:\w+\s+)?\w+)\s+out\b(?!\s+of)", r"tak\1 out \2"),
    (r"\bover\s+to\s+the\s+(left|right)\b", r"to the \1"),
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
    (r"\b(?:vs\.?|versus)\s+(?=\w)", "and "),
    (r",?\s*\bfor\s+comparison\b", ""),
    (r"\bput(s)?\s+(?:the|its|his|her)\s+(\w+)\s+back\s+on\b(?=\s*(?:[.,;!]|$|again\b|and\b|then\b))", r"add\1 the \2"),
    (r"\beach\s+in\s+(?:another|a\s+different|its\s+own)\s+colou?r\b\s*(?=:)", ""),
    (r"\bgood[\s-]?night\s+(?=stor|tale)", "bedtime "),
    (r"^\W*what\s+(?:would|does|will)\s+it\s+look\s+like\s+(?:if|when)\s+", ""),
    (r"\blets?\s+(it|them|the\s+\w+)\s+go\b", r"releases \1"),
    (r"\b(\w+(?:s|ing))\s+(?:around|by|past|about|along)\b(?=\s*(?:[.,;!?]|$|and\b|then\b))", r"\1"),
    (r"\b(flames?|fire)\s+(?:is|goes|are|go)\s+(?:blown\s+)?out\b", r"\1 is gone"),
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
    (r"\btraffic\s+lights?\s+colou?rs?\s+with\b", "with"),
    (r"\bone\s+(?:dark\s+|cold\s+|starry\s+)?night,?\s+(?=(?:an?|the)\b)", "at night, "),
    (r"\b(?:some|a\s+bit\s+of|a\s+little)\s+(?=(?:water|milk|juice|tea)\b)", ""),
    (r"\bcandles?\s+(?:is\s+|that\s+is\s+)?(?:burning|lit)\b|\b(?:burning|lit)\s+candle\b", "candle"),
    (r"\b(replace|change|turn|move)\s+(?:that|this)\s+(?=(?:with|by|into|to)\b)", r"\1 it "),
    (r"\bthe\s+same\s+(\w+)\s+(?:twice|three\s+times|four\s+times),?\s+(?=first\b)", r"a \1, "),
    (r"\banother\s+(\w+),\s+an?\s+(\w+)\s+one\b,?", r"another \2 \1"),
    (r"\ba\s+(?:friend|companion|buddy|pal|playmate)\s*[:,]\s*(?=an?(?:other)?\b)", ""),
    (r"\bin\s+the\s+(?:middle|cent(?:re|er))\s+(?:at|of)\s+the\s+(top|bottom)\b", r"at the \1"),
    (r"\bat\s+the\s+(top|bottom)\s+in\s+the\s+(?:middle|cent(?:re|er))\b", r"at the \1"),
    (r"^\W*(?:an?\s+)?night\s+scene\s*[:,-]\s*", "at night, "),
    (r",\s*(?:just\s+)?like\s+(?:in\s+)?an?\s+(?:\w+\s*){1,3}[.!]?\s*$", ""),
    (r"\bwhen\s+(?:that|this|it)\s+is\s+(?:done|finished|ready)\b", "then"),
    (r"(?<=[.;,!]\s)(then|now)\s+is\s+(?=\w)", r"\1 it is "),
    (r"\bsame\s+(\w+)\s+in\s+(?:every|each|all|different|several|various)\s+colou?rs?\b[^:]*:", r"a \1:"),
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
    (
        r"(?:(?<=[,;])|\band)\s+(?=the\s+same\s+\w+\s+(?:again|but|at|in|by|with|on|now)\b)",
        " then ",
    ),
    (
        r"\b(?:an?\s+)?\w+\s+(?:made\s+)?(?:out\s+)?of\s+(?:shapes|circles|squares|triangles|rectangles)\b([^:.]*):",
        r"shapes\1:",
    ),
    (r"\b(?:i|we)\s+should\s+like\b", "I want"),
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
    (r"\b(sort|order|arrange)((?:\s+\w+){0,2})\s+by\s+(?:colou?rs?|sizes?|shapes?|kinds?|types?)\b", r"\1\2"),
    (r"\s*(?:->|→|=>)\s*", ", then "),
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
    (r"\binfront\b", "in front"),
    (r"\b(?:in|to|into)\s+(?:its|their|his|her)\s+place\b", "in that place"),
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
