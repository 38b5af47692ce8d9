"""Words for things: new ones ("three small red circles at the top") and those that are there ("the roof")."""

from __future__ import annotations

from collections.abc import Sequence

from stepweave.world import vocabulary
from stepweave.world.language.deeds import looking
from stepweave.world.language.lexicon import plural
from stepweave.world.scene import Add, Precise, Recolour, Reference, Relation

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
BY_ADVERB = frozenset({"missing", "extra", "damaged"})
"""Aspects that are insisted on by words for the whole sentence."""
IN_SETTING: dict[str, str] = {
    "beach": "on a beach",
    "night": "at night",
    "snow": "in the snow",
    "sea": "in the sea",
    "workbench": "on a workbench",
}
"""Little words of settings, where "in a" is not right."""
AT_PLACE = {"left": "on the left", "right": "on the right", "middle": "in the middle"}
BESIDE = {"left of": "to the left of", "right of": "to the right of"}
SIDEWAYS = (90, 270)
"""Turns that are told behind a name, not before it."""
TURNED = {90: "to the right", 180: "upside down", 270: "to the left"}
TOWARDS = {"on": "onto", "inside": "into"}
"""Relations as the end of a movement."""
UNCOUNTED = frozenset({"hair", "steam", "smoke", "icing", "sauce", "feet", "teeth", "antennae"})
"""Parts that take no article."""


def new(operation: Add, having: Sequence[Recolour] = (), precise: Precise | None = None) -> str:
    """A noun for things to be added: "three small red circles at the top".

    Args:
        operation: what is added.
        having: colours of its parts, to be said with it.
        precise: what is insisted on; left out: what the operation insists on.
    """
    precise = operation.precise if precise is None else precise
    words = _named(operation, _adjectives(operation, precise), "count" in precise)
    if operation.turn in SIDEWAYS:
        alone = "pose" in precise and not operation.action and not operation.mirrored
        words = f"{words} {insisted('exactly', f'turned {TURNED[operation.turn]}', alone)}"
    if operation.parts is not None:
        words = _with_only(operation.thing, operation.parts, words)
    with_parts = f" with {enumerated([_coloured(one) for one in having])}" if having else ""
    if operation.relation is not None:
        return f"{words}{with_parts}{_placed(operation)}"
    return f"{words}{_placed(operation)}{with_parts}"


def _adjectives(operation: Add, precise: Precise) -> str:
    """Its size, its colour, what it does and how it is turned, as words before its name."""
    posed = " ".join(poses(operation.action, operation.turn, operation.mirrored))
    said = [
        insisted("clearly", operation.size, "size" in precise) if operation.size else "",
        insisted("pure", operation.colour, "colour" in precise) if operation.colour else "",
        insisted("clearly", posed, "pose" in precise) if posed else "",
    ]
    return " ".join(word for word in said if word)


def _named(operation: Add, adjectives: str, counted: bool) -> str:
    """How many there are of what."""
    name = plural(operation.thing) if operation.count > 1 else operation.thing
    words = f"{adjectives} {name}".strip()
    if operation.count > 1 or counted:
        words = insisted("exactly", f"{NUMBERS[operation.count]} {words}", counted)
    elif operation.label:
        words = f"the {adjectives} words".replace("  ", " ")
    else:
        words = article(words)
    return f"{words} {in_quotes(operation.label)}" if operation.label else words


def poses(action: str | None, turn: int, mirrored: bool) -> list[str]:
    """What something does and how it is turned, as far as words before its name can tell."""
    found = [acting(action)] if action else []
    found += ["upside-down"] if turn == 180 else []
    return found + (["mirrored"] if mirrored else [])


def acting(action: str) -> str:
    """What something does, as a word before its name: "sleeping"."""
    return {"love": "loving"}.get(action, looking(action))


def _with_only(thing: str, parts: tuple[str, ...], words: str) -> str:
    """A thing of which only some parts are drawn: "the walls of a house", "a house without a door"."""
    names = vocabulary.DRAWABLE[thing].names
    lacking = [name for name in names if name not in parts]
    if 0 < len(lacking) < len(parts) and parts == tuple(name for name in names if name in parts):
        return f"{words} without {enumerated([part_noun(part) for part in lacking])}"
    return f"{enumerated([f'the {part}' for part in parts])} of {words}"


def _coloured(recolour: Recolour) -> str:
    return part_noun(recolour.part or "", insisted("pure", recolour.colour, "colour" in recolour.precise))


def known(reference: Reference) -> str:
    """A noun for things that are there: "the small red circle on the left", "it"."""
    described = reference.colour or reference.size or reference.place or reference.label or reference.action
    if reference.thing == vocabulary.ANYTHING and not described:
        return "them" if reference.every else "it"
    thing = reference.thing or "one"
    name = plural(thing) if reference.every else thing
    action = acting(reference.action) if reference.action else ""
    words = " ".join(word for word in (reference.size, reference.colour, action, name) if word)
    label = f" {in_quotes(reference.label)}" if reference.label else ""
    place = f" {at_place(reference.place)}" if reference.place else ""
    return f"{'all the' if reference.every else 'the'} {words}{label}{place}"


def at_place(place: str) -> str:
    """A place with its little words: "on the left", "at the top right"."""
    return AT_PLACE.get(place, f"at the {place}")


def beside(relation: Relation) -> str:
    """A relation in words: "to the left of the house"."""
    words = f"{BESIDE.get(relation.kind, relation.kind)} {known(relation.to)}"
    return f"{words} and {known(relation.other)}" if relation.other is not None else words


def article(words: str) -> str:
    """The words with "a" or "an" before them."""
    return f"an {words}" if words[:1].lower() in set("aeiou") else f"a {words}"


def enumerated(words: Sequence[str]) -> str:
    """Words joined by commas and a last "and"."""
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def sentence(words: str) -> str:
    """The words with a capital and a full stop."""
    return f"{words[:1].upper()}{words[1:]}."


def in_quotes(label: str) -> str:
    """A label in quotation marks that it does not hold itself."""
    for opening, closing in ('""', "“”", "«»"):
        if opening not in label and closing not in label:
            return f"{opening}{label}{closing}"
    return f'"{label}"'


def part_noun(part: str, adjectives: str = "") -> str:
    """A part with its article where it takes one: "a red roof", "blue eyes"."""
    words = f"{adjectives} {part}".strip()
    many = part in UNCOUNTED or (part.endswith("s") and not part.endswith("ss"))
    return words if many else article(words)


def _placed(operation: Add) -> str:
    where = beside(operation.relation) if operation.relation else at_place(operation.place) if operation.place else ""
    held = operation.relation is not None and operation.relation.kind == "held by"
    how = "firmly" if held else "exactly"
    return f" {insisted(how, where, 'place' in operation.precise)}" if where else ""


def insisted(how: str, words: str, precise: bool) -> str:
    """The words with another one before them that insists on them."""
    return f"{how} {words}" if precise else words


def in_setting(backdrop: str, precise: bool = False) -> str:
    """A backdrop with its little words: "on a blue background", "in a garden"."""
    if backdrop in vocabulary.SETTING_NAMES:
        return IN_SETTING.get(backdrop, f"in {article(backdrop)}")
    return f"on {article(insisted('pure', backdrop, precise))} background"
