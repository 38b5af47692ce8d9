"""Words for operations: ordinary sentences that are read back as the very same operations.

What an operation insists on (``precise``) is worded so: "exactly three", "pure red", "clearly small", "exactly at the
top left"; "be sure to add" that it shall not be missing, "and nothing else" and "completely remove" that nothing extra
shall be there, "without changing anything else" that nothing shall be damaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeGuard, assert_never

from stepweave.world import vocabulary
from stepweave.world.language.lexicon import plural
from stepweave.world.scene import (
    Act,
    Add,
    AddPart,
    Background,
    Duplicate,
    Move,
    Operation,
    Recolour,
    Reference,
    Relation,
    Remove,
    Replace,
    Resize,
    Turn,
)

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
BY_ADVERB = frozenset({"missing", "extra", "damaged"})
"""Aspects that are insisted on by words for the whole sentence."""
IN_SETTING: dict[str, str] = {
    "beach": "on a beach",
    "night": "at night",
    "snow": "in the snow",
    "street": "in a street",
}
"""Little words of settings, where "in a" is not right."""
AT_PLACE = {"left": "on the left", "right": "on the right", "middle": "in the middle"}
BESIDE = {"left of": "to the left of", "right of": "to the right of"}
TOWARDS = {"on": "onto", "inside": "into"}
"""Relations as the end of a movement."""
UNCOUNTED = frozenset({"hair", "steam"})
"""Parts that take no article."""


def phrase(operation: Operation) -> str:
    """An ordinary sentence that asks for an operation; reading it gives the same operation."""
    match operation:
        case Add():
            words = f"{'write' if operation.thing == vocabulary.TEXT else 'add'} {new(operation)}"
            words = f"{words} and nothing else" if "extra" in operation.precise else words
        case AddPart():
            words = _add_part(operation)
        case Remove():
            words = f"remove {_target(operation.target, operation.part)}"
            words = f"completely {words}" if "extra" in operation.precise else words
        case Move():
            words = f"move {known(operation.target)} {_destination(operation)}"
        case Recolour():
            colour = _insisted("pure", operation.colour, "colour" in operation.precise)
            words = f"paint {_target(operation.target, operation.part)} {colour}"
        case Resize():
            size = _insisted("clearly", operation.size, "size" in operation.precise)
            words = f"make {known(operation.target)} {size}"
        case Background():
            words = _backdrop(operation)
        case Turn():
            words = f"flip {known(operation.target)}" if operation.flip else _turn(operation)
        case Act():
            insisted = "clearly " if "pose" in operation.precise else ""
            words = f"let {known(operation.target)} {insisted}{operation.action or 'rest'}"
        case Duplicate():
            words = _duplicate(operation)
        case Replace():
            words = f"replace {known(operation.target)} with {new(operation.new)}"
        case _:
            assert_never(operation)
    if "missing" in operation.precise:
        words = f"be sure to {words}"
    if "damaged" in operation.precise:
        words = f"{words} without changing anything else"
    return sentence(words)


def compose(operations: Iterable[Operation], opening: str = "") -> str:
    """One prompt for several operations, read back as the same ones.

    Args:
        operations: what is asked for, in its order.
        opening: the word that begins a list of things, such as "Draw"; empty for "A red house and ...".
    """
    said = tuple(operations)
    behind = said[-1] if len(said) > 1 and isinstance(said[-1], Background) and opening != "Add" else None
    listed = _things(said[:-1] if behind else said)
    if listed is None or any(BY_ADVERB.intersection(one.precise) for one in said) or _runs_together(said):
        return " ".join(_sentences(said))
    words = f"{opening} {enumerated(listed)}".strip()
    if isinstance(behind, Background):
        words = f"{words}, {in_setting(behind.backdrop, 'colour' in behind.precise)}"
    return sentence(words)


def _runs_together(said: Sequence[Operation]) -> bool:
    """Whether parts named one after the other could be taken for parts of the wrong thing."""
    added = [one for one in said if isinstance(one, Add)]
    return len(added) > 1 and any(one.parts is not None for one in added)


def _things(said: Sequence[Operation]) -> list[str] | None:
    """A noun for each thing to be added; ``None`` where something else is to be done."""
    found: list[str] = []
    rest = list(said)
    while rest:
        added = rest.pop(0)
        if not isinstance(added, Add):
            return None
        having: list[Recolour] = []
        while rest and isinstance(following := rest[0], Recolour) and _is_its_part(added, following, having):
            having.append(following)
            del rest[0]
        found.append(new(added, having))
    return found or None


def _is_its_part(added: Add, recolour: Recolour, having: Sequence[Recolour]) -> bool:
    """Whether "with a red roof" says the same as painting the roof red."""
    if added.parts is not None or added.count > 1 or recolour.part is None:
        return False
    if recolour.target != Reference(added.thing) or recolour.part in {one.part for one in having}:
        return False
    return recolour.part != vocabulary.DRAWABLE[added.thing].main or added.colour is not None


def _sentences(said: Sequence[Operation]) -> Iterator[str]:
    """A sentence for each operation; parts added to the same thing share one."""
    for _, group in groupby(said, key=lambda one: (one.target, type(one)) if _is_plain_part(one) else id(one)):
        same = list(group)
        parts = [one for one in same if isinstance(one, AddPart)]
        if len(parts) > 1:
            yield sentence(f"add {enumerated([_part(one) for one in parts])} to {known(parts[0].target)}")
        else:
            yield from map(phrase, same)


def _is_plain_part(operation: Operation) -> TypeGuard[AddPart]:
    return isinstance(operation, AddPart) and not {"missing", "damaged"}.intersection(operation.precise)


def new(operation: Add, having: Sequence[Recolour] = ()) -> str:
    """A noun for things to be added: "three small red circles at the top"."""
    insisted = operation.precise
    size = _insisted("clearly", operation.size or "", "size" in insisted and operation.size is not None)
    colour = _insisted("pure", operation.colour or "", "colour" in insisted and operation.colour is not None)
    name = plural(operation.thing) if operation.count > 1 else operation.thing
    words = " ".join(word for word in (size, colour, name) if word)
    if operation.count > 1 or "count" in insisted:
        words = _insisted("exactly", f"{NUMBERS[operation.count]} {words}", "count" in insisted)
    else:
        words = article(words)
    if operation.label:
        if operation.count == 1 and "count" not in insisted:
            words = " ".join(word for word in ("the", size, colour, "words") if word)
        words = f"{words} {in_quotes(operation.label)}"
    if operation.parts is not None:
        words = _with_only(operation.thing, operation.parts, words)
    with_parts = f" with {enumerated([_coloured(one) for one in having])}" if having else ""
    if operation.relation is not None:
        return f"{words}{with_parts}{_placed(operation)}"
    return f"{words}{_placed(operation)}{with_parts}"


def _with_only(thing: str, parts: tuple[str, ...], words: str) -> str:
    """A thing of which only some parts are drawn: "the walls of a house", "a house without a door"."""
    names = vocabulary.DRAWABLE[thing].names
    lacking = [name for name in names if name not in parts]
    if 0 < len(lacking) < len(parts) and parts == tuple(name for name in names if name in parts):
        return f"{words} without {enumerated([part_noun(part) for part in lacking])}"
    return f"{enumerated([f'the {part}' for part in parts])} of {words}"


def _coloured(recolour: Recolour) -> str:
    return part_noun(recolour.part or "", _insisted("pure", recolour.colour, "colour" in recolour.precise))


def known(reference: Reference) -> str:
    """A noun for things that are there: "the small red circle on the left", "it"."""
    described = reference.colour or reference.size or reference.place or reference.label
    if reference.thing == vocabulary.ANYTHING and not described:
        return "them" if reference.every else "it"
    thing = reference.thing or "one"
    name = plural(thing) if reference.every else thing
    words = " ".join(word for word in (reference.size, reference.colour, name) if word)
    label = f" {in_quotes(reference.label)}" if reference.label else ""
    place = f" {at_place(reference.place)}" if reference.place else ""
    return f"{'all the' if reference.every else 'the'} {words}{label}{place}"


def at_place(place: str) -> str:
    """A place with its little words: "on the left", "at the top right"."""
    return AT_PLACE.get(place, f"at the {place}")


def beside(relation: Relation) -> str:
    """A relation in words: "to the left of the house"."""
    return f"{BESIDE.get(relation.kind, relation.kind)} {known(relation.to)}"


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


def _add_part(operation: AddPart) -> str:
    return f"add {_part(operation)} to {known(operation.target)}"


def _part(operation: AddPart) -> str:
    colour = _insisted("pure", operation.colour or "", "colour" in operation.precise and operation.colour is not None)
    return part_noun(operation.part, colour)


def _backdrop(operation: Background) -> str:
    if operation.backdrop in vocabulary.SETTING_NAMES:
        return f"set the scene {in_setting(operation.backdrop)}"
    return f"make the background {_insisted('pure', operation.backdrop, 'colour' in operation.precise)}"


def in_setting(backdrop: str, precise: bool = False) -> str:
    """A backdrop with its little words: "on a blue background", "in a garden"."""
    if backdrop in vocabulary.SETTING_NAMES:
        return IN_SETTING.get(backdrop, f"in {article(backdrop)}")
    return f"on {article(_insisted('pure', backdrop, precise))} background"


def _turn(operation: Turn) -> str:
    how = {90: "to the right", 180: "upside down", 270: "to the left"}.get(operation.degrees, "")
    return f"turn {known(operation.target)} {_insisted('exactly', how, 'pose' in operation.precise)}"


def _duplicate(operation: Duplicate) -> str:
    times = f" {NUMBERS[operation.count]} times" if operation.count > 1 else ""
    where = beside(operation.relation) if operation.relation else at_place(operation.place) if operation.place else ""
    where = _insisted("exactly", where, "place" in operation.precise)
    return f"duplicate {known(operation.target)}{times} {where}".rstrip()


def doing(action: str) -> str:
    """What something does, as a verb: "sleeps"."""
    return f"{action}s"


def _target(reference: Reference, part: str | None) -> str:
    return f"the {part} of {known(reference)}" if part else known(reference)


def _destination(operation: Move) -> str:
    if operation.relation is not None:
        relation = replace(operation.relation, kind=TOWARDS.get(operation.relation.kind, operation.relation.kind))
        return _insisted("exactly", beside(relation), "place" in operation.precise)
    return _insisted("exactly", f"to the {operation.place}", "place" in operation.precise)


def _placed(operation: Add) -> str:
    where = beside(operation.relation) if operation.relation else at_place(operation.place) if operation.place else ""
    return f" {_insisted('exactly', where, 'place' in operation.precise)}" if where else ""


def _insisted(how: str, words: str, precise: bool) -> str:
    return f"{how} {words}" if precise else words
