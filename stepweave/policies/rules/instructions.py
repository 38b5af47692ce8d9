"""Instructions: numbered, in bullets, one sentence after the other, or "first ... then ... finally ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stepweave.policies.rules.drafts import Draft
from stepweave.policies.rules.errors import CannotPlan
from stepweave.policies.rules.foresight import foreseen
from stepweave.policies.rules.looks import Pictures, afresh, there
from stepweave.policies.rules.stages import Stage
from stepweave.policies.rules.wishes import NUMBERS, Wish
from stepweave.world.language import Mention, NothingAsked, follow
from stepweave.world.language.lexicon import starts_with_verb
from stepweave.world.scene import Add, Operation, Reference
from stepweave.world.vocabulary import TEXT

_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final|next"
MARK = re.compile(
    rf"(?:(?<=^)|(?<=[\s,.;:!?]))\#?(?:(?:step|picture|image|frame|panel|part|scene)\s*(?:no\.?\s*|number\s*)?\#?)?"
    rf"[(\[]?(?P<number>\d{{1,2}}|[a-h](?=\))|(?<=step )(?:{'|'.join(NUMBERS)})|(?<=picture )(?:{'|'.join(NUMBERS)}))"
    r"(?:[.):/\]](?!\d)|\s*[-–—]\s|\s*:|(?<=\#\d)\s)\s*",
    re.IGNORECASE | re.MULTILINE,
)
"""The number before an instruction: "1.", "2)", "(3)", "Step 4:", "step five -"."""
BULLET = re.compile(r"^\s*[-*•–—·▪]\s+", re.MULTILINE)
THEN = re.compile(
    rf"""
    (?:^|[,;.!?\n]|\s(?=and\b)|\s(?=then\b))[\s,]*(?:and\s+)?
    (?:(?:in|for|as)\s+the\s+(?:{_ORDINALS})\s+(?:step|picture|image|place|frame)
      | (?:the\s+)?(?:{_ORDINALS})\s+(?:step|picture|image|frame)(?:\s+is)?(?:\s+to)?
      | (?:first(?:ly)?(?:\s+of\s+all)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|last(?:ly)?|finally)
      | (?:and\s+)?then | next(?!\s+to) | after(?:\s+that|\s+this|wards?|\s+which) | later(?:\s+on)? | now
      | to\s+(?:finish|start|begin|end)(?:\s+(?:with|off|it))* | at\s+(?:the\s+end|last|first) | in\s+the\s+end
      | last\s+of\s+all | followed\s+by | start\s+(?:by|with) | begin\s+(?:by|with) | finish\s+(?:by|with)(?:\s+adding)?
      | once\s+(?:that|this)(?:\s+is|'s)\s+done | when\s+(?:that|this)(?:\s+is|'s)\s+done
    )\b\s*[,:]?\s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words that begin the next step: "then", "after that", "finally"."""
SENTENCE = re.compile(r"(?<=[^\d\s])[.!?]+(?=\s|$|[^\W\d_])|[;\n]|\s+/\s+|(?<=\w)\s*(?:->|→|=>|>)\s*(?=\w)")
CLAUSE = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
GERUND = re.compile(
    r"^(?:by\s+)?(add|draw|paint|mak|mov|remov|eras|replac|writ|plac|putt|colour|color|sketch|delet|turn|shrink|enlarg|giv)"
    r"ing\b(?!\s+(?:of|with|showing)\b)",
    re.IGNORECASE,
)
_DOUBLED = {"putt": "put"}
_DROPPED_E = ("mak", "mov", "remov", "eras", "replac", "writ", "plac", "delet", "enlarg", "giv")
SAY = re.compile(
    r"^(?:(?:please\s+)?(?:say|tell(?:\s+(?:me|us|the\s+reader|them|the\s+children|everyone))?|explain|announce|narrate|note"
    r"|mention|text(?:\s+only)?|words?|caption|remark|narration)\s*(?:that\s+)?[:,–-]\s*"
    r"|(?:please\s+)?(?:say|announce|narrate|tell\s+(?:the\s+reader|them|everyone|us)|tell\s+me\s+that)\s+(?:that\s+|the\s+words\s+)?)"
    r"(?P<words>.+)$",
    re.IGNORECASE | re.DOTALL,
)
"""An instruction that wants words and no picture: "say: now we have a house"."""
PUT = re.compile(r"^(?:(?:please|now|also|then)\s+)*(?:put|place|set|position|park|stick)\b", re.IGNORECASE)
EDITING = re.compile(r"(?:please\s+)?(?:add|put|place|then|also|insert|include)\b", re.IGNORECASE)
POLITE = re.compile(
    r"^(?:(?:please|kindly|hi|hello|hey|ok|okay|so|and|now)[\s,!]+|(?:could|can|would|will)\s+you\s+(?:please\s+)?"
    r"|i(?:'d|\s+would)?\s+(?:like|love|want)\s+(?:you\s+)?to\s+(?:see\s+)?)+"
    r"|[\s,]+(?:please|thanks|thank\s+you)(?=[.!?]?$)",
    re.IGNORECASE,
)
NEW_PICTURE = re.compile(
    r"^(?:(?:please\s+)?(?:draw|make|create|show|paint|sketch|add|begin|start|give\s+me|and)?\s*(?:me\s+)?(?:with\s+)?"
    r"(?:an?\s+)?(?:brand\s+)?(?:new|separate|fresh|independent|different|second|third|another)\s+"
    r"(?:picture|image|drawing|canvas|page|scene|sheet)|on\s+an?\s+(?:new|separate|fresh)\s+(?:page|canvas|picture|sheet))\b"
    r"\s*(?:of|with|showing|that\s+shows|:|,)?\s*",
    re.IGNORECASE,
)


_PICTURE = re.compile(
    r"\s*(?:[,;\n]|\band\b)\s*(?:and\s+)?(?=(?:an?|the|one|two|three|four|some|another)\b)", re.IGNORECASE
)
_ONE_OF = re.compile(r"^(?:one|another|the\s+(?:last|other|next)(?:\s+one)?)\s+(?:of|with|showing)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One instruction in the request's words, with quotations still masked."""

    text: str
    fresh: bool = False


def items(wish: Wish) -> tuple[Item, ...]:
    """The instructions of a request, one for each step that it speaks of."""
    numbered = _numbered(wish.text)
    if listed := _listed(wish):
        return tuple(Item(_ONE_OF.sub("", part), fresh=True) for part in listed)
    if numbered:
        return tuple(map(_item, numbered))
    if len(BULLET.findall(wish.text)) > 1:
        return tuple(_item(part) for part in BULLET.split(wish.text)[1:] if part.strip())
    sentences = [part for whole in _then(wish.text) for part in SENTENCE.split(whole)]
    clauses = [clause for part in sentences for clause in _clauses(part)]
    return tuple(_item(part) for part in clauses if re.search(r"\w|[\ue000]", part))


def is_formal(wish: Wish) -> bool:
    """Whether it says of a step that it begins a new picture, or that it wants words and no picture."""
    return any(item.fresh or SAY.match(wish.spoken(item.text)) for item in items(wish))


def _listed(wish: Wish) -> list[str]:
    """The pictures of "four pictures: a cat, the cat sleeping, ..."; none unless there are as many as are stated."""
    if not wish.listed or wish.low != wish.high or _numbered(wish.text) or THEN.search(wish.text):
        return []
    parts = [part.strip(" .") for part in _PICTURE.split(wish.text) if part.strip(" .")]
    return parts if len(parts) == wish.low and not any(starts_with_verb(part) for part in parts) else []


def _numbered(text: str) -> list[str]:
    """The texts behind the numbers; none unless they count up."""
    expected, kept = None, []
    for mark in MARK.finditer(text):
        number = _counted(mark["number"].lower())
        if number == (expected or number):
            kept.append(mark)
            expected = number + 1
    if len(kept) < 2 and not (len(kept) == 1 and kept[0].start() == 0):
        return []
    ends = [*(mark.start() for mark in kept[1:]), len(text)]
    return [text[mark.end() : end] for mark, end in zip(kept, ends, strict=True)]


def _counted(number: str) -> int:
    """A number in digits, in words, or as a letter."""
    if number.isdecimal():
        return int(number)
    return NUMBERS[number] if number in NUMBERS else ord(number) - ord("a") + 1


def _then(text: str) -> list[str]:
    return [part for part in THEN.split(text) if part and part.strip(" ,.;:!?\n")]


def _clauses(sentence: str) -> list[str]:
    """A sentence with several verbs between commas is several instructions; with a mere "and" it is one."""
    found, last = [], 0
    seams = [match for match in CLAUSE.finditer(sentence) if starts_with_verb(sentence[match.end() :])]
    if not any("," in seam[0] for seam in seams):
        return [sentence]
    for seam in seams:
        found.append(sentence[last : seam.start()])
        last = seam.end()
    return [*found, sentence[last:]]


def _item(text: str) -> Item:
    text = re.sub(r"^\s*(?:and|also|please)\s+", "", text.strip(" \t\n,;:-–"), flags=re.IGNORECASE).strip()
    bare = NEW_PICTURE.sub("", text)
    return Item(_imperative(bare), fresh=bare != text)


def _imperative(text: str) -> str:
    """ "Adding a tree" as "add a tree"."""

    def verb(match: re.Match[str]) -> str:
        stem = match[1].lower()
        return _DOUBLED.get(stem, f"{stem}e" if stem in _DROPPED_E else stem)

    return GERUND.sub(verb, text)


# ------------------------------------------------------------------------------------------------ drafts


def drafts(wish: Wish) -> tuple[Draft, ...]:
    """The instructions as steps, "it" in each meaning what the one before spoke of.

    Raises:
        LanguageError: an instruction is not understood.
        CannotPlan: there is none.
    """
    found = _read(wish, items(wish))
    if any(draft.fresh for draft in found):
        found[0] = replace(found[0], fresh=found[0].drawn)
    if wish.separate or _is_list_of_pictures(wish, found):
        apart = len(found) > 1 and wish.low in (None, len(found))
        return tuple(replace(draft, fresh=draft.drawn) for draft in found) if apart else tuple(separate(found))
    return foreseen(found)


def _read(wish: Wish, listed: Sequence[Item]) -> list[Draft]:
    found: list[Draft] = []
    named: tuple[Mention, ...] = (Mention(Reference(wish.about)),) if wish.about else ()
    pictures_so_far = Pictures()
    for item in listed:
        apart = item.fresh or wish.separate
        text = wish.spoken(afresh(item.text, pictures_so_far.looks) if apart else there(item.text))
        if words := SAY.match(text):
            found.append(Draft(told=as_sentence(_unquoted(words["words"]), polite=True)))
            continue
        try:
            read, named = follow(text, () if item.fresh else named)
        except NothingAsked:
            continue
        putting = PUT.match(text) is not None
        pictures_so_far = pictures_so_far.after(read.operations, apart=apart)
        found.append(Draft(read.operations, as_sentence(text), fresh=item.fresh, putting=putting))
    if not found:
        said = " ".join(item.text for item in listed)
        raise CannotPlan(NothingAsked(wish.spoken(said)).reason, 'say what to draw, such as "How do I draw a house?"')
    return found


def _is_list_of_pictures(wish: Wish, found: Sequence[Draft]) -> bool:
    """Whether it is "four pictures: a, b, c and d"."""
    if not wish.listed or wish.low is None or wish.low != wish.high:
        return False
    if any(EDITING.match(draft.told) for draft in found):
        return False
    groups = sum(len(pictures(draft.operations)) for draft in found)
    return groups == wish.low and all(isinstance(one, Add) for draft in found for one in draft.operations)


def separate(found: Sequence[Draft]) -> list[Draft]:
    """Each thing in a picture of its own."""
    return [
        Draft(group, draft.told if len(groups) == 1 else "", fresh=True)
        for draft in found
        for groups in [pictures(draft.operations)]
        for group in (groups or [()])
    ]


def pictures(operations: Sequence[Operation]) -> list[Stage]:
    """Operations by the picture they would make if each thing had one of its own; what belongs together stays so."""
    found: list[Stage] = []
    for operation in operations:
        labels = isinstance(operation, Add) and operation.thing == TEXT and found and not _is_label(found[-1])
        starts = isinstance(operation, Add) and operation.relation is None and not labels
        if starts or not found:
            found.append((operation,))
        else:
            found[-1] = (*found[-1], operation)
    return found


def _is_label(stage: Stage) -> bool:
    return any(isinstance(one, Add) and one.thing == TEXT for one in stage)


def _unquoted(text: str) -> str:
    bare = text.strip()
    quoted = re.fullmatch(r'["“«\'](.*)["”»\'][.!]?', bare, re.DOTALL)
    return quoted[1] if quoted else bare


def as_sentence(text: str, *, polite: bool = False) -> str:
    """Words for the reader; what is polite to say to a planner is left out, unless it shall be said."""
    words = " ".join(text.split()).strip(" ,;")
    words = words if polite else POLITE.sub("", words)
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '!', '?')) else '.'}"
