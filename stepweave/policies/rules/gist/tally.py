"""How many there are of a part of a thing, as it is drawn here."""

from __future__ import annotations

from stepweave.world import vocabulary
from stepweave.world.language.errors import NotPossible
from stepweave.world.language.naming import NUMBERS

PAIRS = frozenset({"eyes", "ears", "arms", "wings", "tusks", "shoes", "feet", "flippers", "hands"})
TWO_LEGGED = frozenset({"robot", "clock", "bear"})
FOUR_WHEELED = frozenset({"car", "bus", "truck"})


def is_many(part: str) -> bool:
    """Whether the name of a part means several."""
    return part == "feet" or (part.endswith("s") and part != "lens")


def drawn(thing: str, part: str) -> int:
    """How many are drawn, or are there where some are hidden behind others; 0 if they are not to be counted."""
    if not is_many(part):
        return 1
    if part in PAIRS:
        return 2
    if part == "legs":
        return 2 if thing in TWO_LEGGED else 4
    forms = next(one.forms for one in vocabulary.THINGS[thing].parts if one.name == part)
    return sum(1 for form in forms if not form.of and form.paint == "fill")


def check(thing: str, part: str, count: int | None) -> None:
    """Refuse a number of parts that is not drawn.

    Raises:
        NotPossible: there are more or fewer of them.
    """
    if count is None or count == drawn(thing, part) or (part == "wheels" and thing in FOUR_WHEELED and count == 4):
        return
    many = drawn(thing, part)
    said = f"{NUMBERS[many]} {part}" if many > 1 else f"one {part}" if not is_many(part) else part
    raise NotPossible(
        f"a {thing} is drawn with {said}, not with {NUMBERS[count] if count < len(NUMBERS) else count}",
        "leave the number out",
    )
