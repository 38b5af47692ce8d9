"""Writes out how towers are built: which block comes on which, whatever order they are told in."""

from __future__ import annotations

import re

from stepweave.world.vocabulary import COLOURS

_COLOUR = "|".join([*sorted(COLOURS), "gray"])
TOWER = re.compile(
    rf"""\b(?:(?P<deed>stack(?:s|ing)?|pil(?:e|es|ing)(?:\s+up)?|build(?:s|ing)?\s+(?:(?:me|us)\s+)?(?:an?|the)\s+(?:tower|stack|pile)(?:\s+(?:of|from|with|out\s+of))?)
      |(?:an?\s+)?(?:tower|stack|pile)\s+(?:of|from|with|made\s+of))\s+
    (?:the\s+)?(?:(?:two|three|four|five|\d)\s+)?(?:(?P<size>tiny|small|big|large)\s+)?(?:blocks|cubes|bricks)\s*
    (?:on\s+top\s+of\s+each\s+other|on\s+each\s+other|up|together)?\s*(?:on\s+(?:a|the)\s+(?P<where>workbench|table))?\s*[:;,.(–-]+\s*
    (?P<order>[^.!?\n:;]*?\b(?:{_COLOUR})\b[^.!?\n:;]*)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words that tell of a tower of blocks, with their colours behind them."""
BETWEEN = re.compile(r"\s*,\s*(?:and\s+)?(?:then\s+)?|\s+and\s+(?:then\s+)?|\s+then\s+", re.IGNORECASE)
HUE = re.compile(rf"\b(?P<colour>{_COLOUR})\b", re.IGNORECASE)
END = re.compile(r"\btop(?:most)?\b(?!\s+of\b)|\bbottom\b|\bmiddle\b", re.IGNORECASE)
UPON = re.compile(rf"\bon\s+(?:top\s+of\s+)?(?:it|that|this|(?:the\s+)?(?:{_COLOUR}))\b", re.IGNORECASE)
"""What a block of a tower is on."""
HAND = re.compile(r"\b(?:(?:robot(?:ic)?\s+)?arm|gripper)\b", re.IGNORECASE)
STEPS = re.compile(r"\bthen\b|\bfirst\b|\bnext\b|\bstep|\bstage|\bevery\b", re.IGNORECASE)
"""What tells that a tower grows picture by picture."""
ORDERED = re.compile(r"^\W*(?:please\s+|pls\s+|(?:can|could)\s+you\s+)?$", re.IGNORECASE)
"""What stands before an order to build one."""
FEWEST = 2


def with_towers(text: str) -> str:
    """A request with its tower told as moves: block after block, put there by the hand that is named, if any."""
    match = TOWER.search(text)
    colours = _from_below(match["order"]) if match else []
    hand = HAND.search(text)
    if match is None or len(colours) < FEWEST or len(set(colours)) < len(colours):
        return text
    size = f"{match['size']} " if match["size"] else ""
    where = " on the table" if match["where"] == "table" else ""
    lead = text[: match.start()] + ("on the workbench, " if match["where"] == "workbench" else "")
    rest = text[match.end() :]
    on = list(zip(colours[1:], colours, strict=False))
    if hand is None:
        ordered = match["deed"] and ORDERED.match(text[: match.start()])
        grows = STEPS.search(text) or (ordered and UPON.search(match["order"]))
        joint = ", then " if grows else ", "
        grown = joint.join(f"a {size}{upper} block on the {lower} block" for upper, lower in on)
        return f"{lead}a {size}{colours[0]} block{where}{joint}{grown}{rest}"
    arm = "gripper" if hand[0].lower() == "gripper" else "robot arm"
    scene = ", ".join(f"a {size}{colour} block" for colour in colours)
    moves = ", then ".join(f"the {arm} puts the {upper} block on the {lower} block" for upper, lower in on)
    bench = "on the workbench, " if match["where"] == "workbench" else ""
    return f"{bench}a {arm}, {scene}. then {moves}{rest}"


def _from_below(order: str) -> list[str]:
    """The colours from the bottom up, as far as it is told which is where."""
    items = [one for one in BETWEEN.split(order) if HUE.search(one)]
    told = [(HUE.findall(one)[0].lower(), END.search(UPON.sub(" ", one)), UPON.search(one)) for one in items]
    ends = [end[0].lower() if end else "" for _, end, _ in told]
    if not any(ends) and not any(upon for _, _, upon in told):
        return []
    if told and (ends[0].startswith("top") or ends[-1] == "bottom"):
        told.reverse()
    return [colour for colour, _, _ in told]
