"""Tasks at a table: who grasps what, and what "it" is while something is held."""

from __future__ import annotations

import re
from itertools import pairwise

from stepweave.policies.rules.hearing.phrases import rule
from stepweave.world.language.lexicon import things_in

_GRASP = r"(?:picks?\s+up|grabs?|grasps?|grips?|takes?|lifts?(?:\s+up)?|holds?|catch(?:es)?|carries|gets)"
_RELEASE = r"(?:sets?|puts?|places?|drops?|lays?|moves?|releases?|stacks?|brings?|carries|lowers?)"
_HOLDER = r"(?:(?:the|an?|our|my)\s+)?(?:robot\s+arm|robotic\s+arm|robot\s+gripper|gripper|robot|person)"


def acted(text: str) -> str:
    """A task whose holder and held things are named in each sentence."""
    for change in (
        _one_of_them,
        _named_arm,
        _told_to,
        _handed,
        _carried,
        _imperative,
        _split,
        _holder,
        _poured,
        _stacked,
        _sorted,
        _held,
    ):
        text = change(text)
    return text


def _named_arm(text: str) -> str:
    """ "The arm takes ..." is the robot arm's doing; what an arm or a gripper removes, it takes."""
    before = re.split(r"\barm\b", text, maxsplit=1, flags=re.IGNORECASE)[0]
    if not {"robot", "person", "snowman", "chair", "cactus", "robot arm", "bear"} & set(things_in(before)):
        text = re.sub(
            r"\b(?P<the>the|an?|our)\s+arm\b(?!s?\s+of\b)", r"\g<the> robot arm", text, count=1, flags=re.IGNORECASE
        )
    text = re.sub(r"\bour\s+(?=robot|gripper)", "the ", text, flags=re.IGNORECASE)
    text = re.sub(
        rf"\b(?P<who>{_HOLDER})\s+(?:removes|takes\s+out|lifts"
        rf"\s+out)\s+",
        r"\g<who> holds ",
        text,
        flags=re.IGNORECASE,
    )
    return rule(rf"\b(?P<who>{_HOLDER})\s+(?:lifts|takes|pulls)\s+(?P<what>{{np}})\s+(?:out|up|away)\b").sub(
        r"\g<who> holds \g<what>", text
    )


def _one_of_them(text: str) -> str:
    """ "One of them" by name, and what is left empty when its only content is taken out."""

    def named(match: re.Match[str]) -> str:
        found = [one[0] for one in rule(r"\b{things}\b").finditer(text[: match.start()])]
        return f"one of the {found[-1]}" if found else match[0]

    text = re.sub(r"\bone\s+of\s+them\b|\bthe\s+(?:first|last|next)\s+one\b", named, text, flags=re.IGNORECASE)
    if re.search(r"\bfull\b|\bfill", text, re.IGNORECASE):
        return text
    return rule(
        r"\s*,?\s+(?:with|and|leaving)\s+the\s+{thing}\s+(?:is\s+|being\s+|now\s+)?empty(?="
        r"\s*[.!;]|\s*$)"
    ).sub("", text)


def _told_to(text: str) -> str:
    """ "The arm should stack a on b" and "gripper: take the block" as what the arm does: it holds one, then puts it."""
    text = rule(rf"(?P<who>{_HOLDER})\s*:\s*(?:please\s+)?{_GRASP}\s+").sub(r"A \g<who> holds ", text)
    text = rule(
        rf"(?P<who>{_HOLDER})\s+(?:should|must|has\s+to|shall|needs\s+to|will|can|is\s+going"
        rf"\s+to)\s+(?=\w)"
    ).sub(r"\g<who> ", text)
    text = rule(
        rf"(?P<who>{_HOLDER})\s+{_RELEASE}\s+(?P<what>{{np}})\s+(?P<rel>(?:on|onto|in|into|inside|next\s+to"
        rf"|to\s+the\s+(?:left|right)\s+of)\s)"
    ).sub(r"\g<who> holds \g<what>. Put \g<what> \g<rel>", text)
    text = rule(
        rf"^(?P<lead>\W*)(?:put|place|set|stack|lay)\s+(?P<what>{{np}})\s+(?P<rel>.+?)\s+(?:with|using)"
        rf"\s+(?P<who>{_HOLDER})"
    ).sub(r"\g<lead>\g<who> holds \g<what>. Put \g<what> \g<rel>", text)
    text = rule(rf"\b{_HOLDER}\s+(?=(?:swaps|switches|exchanges)\b)").sub("", text)
    return rule(
        rf"(?P<who>{_HOLDER})\s+pours?\s+(?:some\s+)?(?:(?:water|milk|juice|tea|coffee|it|everything)"
        rf"\s+)?(?:from|out\s+of)\s+(?P<what>{{np}})\s+(?=into\b|in\b)"
    ).sub(r"\g<who> holds \g<what>. Pour \g<what> ", text)


def _handed(text: str) -> str:
    """ "Let the arm hand the key to the person" as who holds it first and who then."""
    return rule(
        rf"(?:\blet\s+)?(?P<who>{_HOLDER})\s+(?:hands?|gives?|passes|pass)\s+(?:over\s+)?(?P<what>{{np}})"
        rf"\s+(?:over\s+)?to\s+(?P<whom>{{np}})"
    ).sub(r"\g<who> holds \g<what>. \g<whom> holds \g<what>", text)


def _imperative(text: str) -> str:
    """ "The gripper lifts the block, turns it over and sets it down" as one sentence for each deed."""
    if not rule(rf"\b{_HOLDER}\s+{_GRASP}\b").search(text):
        return text
    return re.sub(
        r"\s*(?:[,;.]\s*(?:and\s+|then\s+)*|\s+and\s+(?:then\s+)?)(?P<verb>turn|rotate|move|lift|raise|flip"
        r"|put|set|place|drop|open|empty)s\s+(?=it\b|the\b)",
        lambda match: f". {match['verb'].capitalize()} ",
        text,
        flags=re.IGNORECASE,
    )


def _carried(text: str) -> str:
    """ "Move the block from the box to the bowl with the gripper" as where it is, who takes it, and where it goes."""
    match = rule(
        rf"^\W*(?:(?P<before>{_HOLDER})\s+)?(?:moves?|brings?|carr(?:y|ies)|takes?|transfers?|transports?"
        rf"|picks?(?:\s+up)?|lifts?|grabs?)"
        rf"\s+(?P<what>{{np}})\s+(?:from|out\s+of)\s+(?P<old>{{np}})\s+"
        rf"(?:(?:,\s*)?(?:and|then)\s+(?:puts?|places?|drops?|sets?)\s+it\s+)?(?P<rel>to|into|onto|in|on)"
        rf"\s+(?P<new>{{np}})(?:\s*,?\s+(?:with|using|by)\s+(?P<after>{_HOLDER}))?"
    ).match(text)
    if match is None:
        return text
    who = match["before"] or match["after"] or "a gripper"
    inner = {"box", "bowl", "cup", "jug"}
    was = "in" if set(things_in(match["old"])) & inner else "on"
    goes = "in" if set(things_in(match["new"])) & inner else "on"
    what = match["what"]
    told = f"{what} {was} {match['old']}. {who} holds {what}. Put {what} {goes} {match['new']}"
    return f"{told}{text[match.end() :]}"


def _split(text: str) -> str:
    """ "Grabs the block and sets it on the box" are two steps."""
    return rule(
        rf"(?P<first>{_GRASP}\s+(?:{{np}}|one\s+of\s+(?:them|the\s+{{thing}})))\s*(?:,\s*)?(?:;|,|and|then"
        rf"|and\s+then|,\s*then)\s+{_RELEASE}\s+(?P<what>it|them|{{np}})\s+"
    ).sub(r"\g<first>. Put \g<what> ", text)


def _holder(text: str) -> str:
    """Where something is grasped and nobody is there to do it, a gripper does."""
    match = rule(r"^\W*(?:grasp|grip|grab|pick\s+up|lift)\s+(?P<what>{np})").match(text)
    if match is None or rule(rf"\b{_HOLDER}\b").search(text):
        return text
    return f"A gripper holds {match['what']}{text[match.end() :]}"


def _poured(text: str) -> str:
    """ "Pours into the cup; puts the jug back" as "pour the jug into the cup; put the jug"."""

    def poured(match: re.Match[str]) -> str:
        vessels = [one[0] for one in re.finditer(r"\b(?:jug|bottle|cup|bowl)\b", text[: match.start()], re.IGNORECASE)]
        return f"{match['lead']}pour the {vessels[-1]} into " if vessels else match[0]

    text = re.sub(
        r"(?P<lead>[.;,!]\s*(?:(?:and|then|it)\s+)*)pours?\s+(?:it\s+)?into\s+", poured, text, flags=re.IGNORECASE
    )
    text = rule(rf"(?P<lead>[.;,!]\s*(?:(?:and|then)\s+)*){_RELEASE}\s+(?P<what>it|{{np}})\s+back\s+").sub(
        r"\g<lead>put \g<what> ", text
    )
    return text


def _stacked(text: str) -> str:
    """ "Stack all of them" as each put upon the one before, in the order of their names, the bottom one first."""
    match = rule(
        r"\b(?:(?:stack|pile)\s+(?:up\s+)?(?:all\s+of\s+)?(?:them|the\s+{things}|all)|(?:build|make)\s+a"
        r"\s+(?:tower|stack|pile)(?:\s+(?:of|from|with|out\s+of)\s+(?:them|all\s+of\s+them|the"
        r"\s+{things}))?)(?:\s+(?:up|on\s+(?:top"
        r"\s+of\s+)?each\s+other))?"
        r"(?:\s*,?\s*(?:with\s+)?(?:the\s+)?(?P<named>{colour})(?:\s+(?:one|block))?\s+(?:is\s+|being"
        r"\s+)?(?:on\s+|at\s+)?(?:the\s+)?(?P<end>bottom|top))?(?=\s*[.!;]|\s*$)"
    ).search(text)
    if match is None:
        return text
    named = [
        (one["colour"].lower(), one["thing"].lower())
        for one in rule(r"\ban?\s+(?:{size}\s+)?(?P<colour>{colour})\s+(?P<thing>block|box|cube|brick)\b").finditer(
            text[: match.start()]
        )
    ]
    colour, at_top = (match["named"] or "").lower(), match["end"] == "top"
    ordered = sorted(named, key=lambda one: (one[0] == colour) == at_top) if colour else named
    if len(ordered) < 2:
        return text
    steps = [f"put the {' '.join(upper)} on the {' '.join(lower)}" for lower, upper in pairwise(ordered)]
    return f"{text[: match.start()]}{'. '.join(steps)}{text[match.end() :]}"


def _sorted(text: str) -> str:
    """ "Sort these: the red block into the box, the blue one into the bowl" as one step for each."""
    match = rule(
        rf"^\W*(?P<who>{_HOLDER})\s+(?:should|must|has\s+to|shall|will|needs\s+to)?\s*sorts?\s+(?:these|them"
        rf"|the\s+\w+|everything|things)\s*:\s*(?P<list>[^.;\n]+)[.;]?(?P<rest>.*)$"
    ).match(text)
    if match is None:
        return text
    pieces = [re.sub(r"^and\s+", "", piece.strip()) for piece in match["list"].split(",") if piece.strip()]
    if not all(rule(r"{np}\s+(?:in|into|on|onto)\s+{np}").fullmatch(piece) for piece in pieces):
        return text
    who = re.sub(r"^(?:the|an?|our|my)\s+", "", match["who"], flags=re.IGNORECASE)
    first = f"1. Draw a {who} at the top and {pieces[0]}."
    return " ".join([first, *(f"{number}. Put {piece}." for number, piece in enumerate(pieces[1:], start=2))])


def _held(text: str) -> str:
    """While something is held, "put it" and "a person holds it" mean what is held."""
    pieces: list[str] = []
    held = holder = ""
    for piece in re.split(r"(?<=[.;!?\n])(?=\s)|(?<=[,])(?=\s+(?:and\s+)?then\b)", text):
        pieces.append(_of_held(piece, held, holder) if held else piece)
        grasped = rule(rf"(?:\b(?P<who>{_HOLDER})\s+)?\b{_GRASP}\s+(?:one\s+of\s+)?(?P<what>{{np}})").search(piece)
        if grasped:
            held = _bare(grasped["what"])
            held = next(iter(things_in(held)), held) if rule(r"{things}$").search(held) else held
            holder = _bare(grasped["who"] or "") or holder
    return "".join(pieces)


def _bare(name: str) -> str:
    return re.sub(r"^(?:an?|the|one|my|our)\s+", "", name.strip(), flags=re.IGNORECASE)


def _of_held(piece: str, held: str, holder: str) -> str:
    """A sentence in which "it" is what is held; a gripper that lifts something goes up with it."""
    piece = re.sub(r"\b(?P<verb>holds?|holding)\s+it\b", rf"\g<verb> the {held}", piece, flags=re.IGNORECASE)
    piece = re.sub(
        r"(?P<lead>^\W*(?:\d[.)]\s*)?(?:(?:and|then|now|finally)[\s,]+)*)(?P<verb>put|move|place|set|lift"
        r"|raise|rotate|turn|spin|release|drop|lower|bring)\s+it\b",
        rf"\g<lead>\g<verb> the {held}",
        piece,
        flags=re.IGNORECASE,
    )
    rising = "gripper" if holder.lower().endswith("gripper") else held
    piece = re.sub(
        rf"\b(?:lift|raise)\s+the\s+{re.escape(held)}(?:\s+up)?(?=\s*[.;!,]|\s*$)",
        f"move the {rising} to the top",
        piece,
        flags=re.IGNORECASE,
    )
    placing = r"\b(?:release|drop|lower)\s+(?=the\b.*\b(?:on|in|into|onto|next)\b)"
    return re.sub(placing, "put ", piece, flags=re.IGNORECASE)
