"""Writes out how towers are built: which block comes on which, whatever order they are told in."""

from __future__ import annotations

import re

from stepweave.world.vocabulary import COLOURS

_COLOUR = "|".join([*sorted(COLOURS), "gray"])
TOWER = re.compile(
    rf"""\b(?P<deed>stack(?:s|ing)?|pil(?:e|es|ing)(?:\s+up)?|build(?:s|ing)?\s+(?:an?|the)\s+(?:tower|stack|pile)(?:\s+(?:of|from|with|out\s+of))?)\s+
    (?:the\s+)?(?:(?:two|three|four|five|\d)\s+)?(?:(?P<size>tiny|small|big|large)\s+)?(?:blocks|cubes|bricks)\s*
    (?:on\s+top\s+of\s+each\s+other|on\s+each\s+other|up|together)?\s*[:;,.(–-]+\s*
    (?P<order>[^.!?\n:]*?\b(?:{_COLOUR})\b[^.!?\n:]*)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words that tell of a tower of blocks, with their colours behind them."""
ITEM = re.compile(rf"\b(?P<colour>{_COLOUR})\b|(?P<end>\btop(?:most)?\b|\bbottom\b|\bmiddle\b)", re.IGNORECASE)
HAND = re.compile(r"\b(?:(?:robot(?:ic)?\s+)?arm|gripper)\b", re.IGNORECASE)
STEPS = re.compile(r"\bthen\b|\bfirst\b|\bnext\b|\bstep|\bstage|\bevery\b", re.IGNORECASE)
"""What tells that a tower grows picture by picture."""
FEWEST = 2


def with_towers(text: str) -> str:
    """A request with its tower told as moves: block after block, put there by the hand that is named, if any."""
    match = TOWER.search(text)
    colours = _from_below(match["order"]) if match else []
    hand = HAND.search(text)
    if match is None or len(colours) < FEWEST or len(set(colours)) < len(colours):
        return text
    if hand is None and not STEPS.search(text):
        return text
    size = f"{match['size']} " if match["size"] else ""
    rest = text[match.end() :]
    on = list(zip(colours[1:], colours, strict=False))
    if hand is None:
        grown = ", then ".join(f"a {size}{upper} block on the {lower} block" for upper, lower in on)
        return f"a {size}{colours[0]} block, then {grown}{rest}"
    arm = "gripper" if hand[0].lower() == "gripper" else "robot arm"
    scene = ", ".join(f"a {size}{colour} block" for colour in colours)
    moves = ", then ".join(f"the {arm} puts the {upper} block on the {lower} block" for upper, lower in on)
    return f"a {arm}, {scene}. then {moves}{rest}"


def _from_below(order: str) -> list[str]:
    """The colours from the bottom up, as far as it is told which is where."""
    told: list[tuple[str, str]] = []
    for match in ITEM.finditer(order):
        if match["colour"]:
            told.append((match["colour"].lower(), ""))
        elif told and not told[-1][1]:
            told[-1] = (told[-1][0], match["end"].lower())
    if not any(end for _, end in told):
        return []
    if told[0][1].startswith("top") or told[-1][1] == "bottom":
        told.reverse()
    return [colour for colour, _ in told]
