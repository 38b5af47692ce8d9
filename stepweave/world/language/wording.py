"""Words for operations: ordinary sentences that are read back as the very same operations.

What an operation insists on (``precise``) is worded in up to three ways. First by an adverb: "exactly three", "pure
red", "clearly small", "exactly at the top left"; "be sure to add" that it shall not be missing, "and nothing else" and
"completely remove" that nothing extra shall be there, "without changing anything else" that nothing shall be damaged,
"keeping all colours as they are" that none shall drift. Then by a sentence of its own, and last by excluding all else
(recalling.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeGuard, assert_never

from stepweave.world import vocabulary
from stepweave.world.language.deeds import base, doing
from stepweave.world.language.naming import (
    NUMBERS,
    TURNED,
    article,
    at_place,
    beside,
    enumerated,
    in_quotes,
    in_setting,
    insisted,
    known,
    new,
    part_noun,
    sentence,
)
from stepweave.world.language.recalling import reminders
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
    Remove,
    Replace,
    Resize,
    Turn,
)

__all__ = [
    "NUMBERS",
    "article",
    "at_place",
    "compose",
    "doing",
    "enumerated",
    "in_quotes",
    "in_setting",
    "known",
    "new",
    "part_noun",
    "phrase",
    "sentence",
]

BY_ADVERB = frozenset({"missing", "extra", "damaged", "drift"})
"""Aspects that are insisted on by words for the whole sentence."""
TOWARDS = {"on": "onto", "inside": "into"}
"""Relations as the end of a movement."""


def phrase(operation: Operation) -> str:
    """Ordinary words that ask for an operation, reminders included; reading them gives the same operation."""
    return " ".join([sentence(_asking(operation)), *reminders(operation)])


def _asking(operation: Operation) -> str:
    """The sentence that asks for it, with its adverbs."""
    precise = operation.precise
    words = _bare(operation)
    if "extra" in precise:
        words = f"{words} and nothing else" if isinstance(operation, Add) else f"completely {words}"
    if "missing" in precise:
        words = f"be sure to {words}"
    if "damaged" in precise:
        words = f"{words} without changing anything else"
    if "drift" in precise:
        words = f"{words} {'and ' if 'damaged' in precise else ''}keeping all colours as they are"
    return words


def _bare(operation: Operation) -> str:
    """What is asked for; its adverbs of the whole sentence are left out."""
    precise = operation.precise
    match operation:
        case Add():
            return f"{'write' if operation.thing == vocabulary.TEXT else 'add'} {new(operation)}"
        case AddPart():
            return _add_part(operation)
        case Remove():
            return f"remove {_target(operation.target, operation.part)}"
        case Move():
            return _move(operation)
        case Recolour():
            colour = insisted("pure", operation.colour, "colour" in precise)
            return f"paint {_target(operation.target, operation.part)} {colour}"
        case Resize():
            return f"make {known(operation.target)} {insisted('clearly', operation.size, 'size' in precise)}"
        case Background():
            return _backdrop(operation)
        case Turn():
            return _turn(operation)
        case Act():
            return f"let {known(operation.target)} {insisted('clearly', base(operation.action), 'pose' in precise)}"
        case Duplicate():
            return _duplicate(operation)
        case Replace():
            by = "by" if operation.new.label else "with"
            return f"replace {known(operation.target)} {by} {new(operation.new, precise=precise)}"
        case _:
            assert_never(operation)


def compose(operations: Iterable[Operation], opening: str = "") -> str:
    """One prompt for several operations, read back as the same ones.

    Args:
        operations: what is asked for, in its order.
        opening: the word that begins a list of things, such as "Draw"; empty for "A red house and ...".
    """
    said = tuple(operations)
    behind = said[-1] if len(said) > 1 and isinstance(said[-1], Background) and opening != "Add" else None
    listed = _things(said[:-1] if behind else said)
    if listed is None or not all(map(_fits_a_list, said)) or _runs_together(said):
        return " ".join(_sentences(said))
    words = f"{opening} {enumerated(listed)}".strip()
    if isinstance(behind, Background):
        words = f"{words}, {in_setting(behind.backdrop, 'colour' in behind.precise)}"
    return sentence(words)


def _fits_a_list(operation: Operation) -> bool:
    """Whether all it insists on can be said in a list of things."""
    if isinstance(operation, Background) and operation.precise and operation.backdrop in vocabulary.SETTING_NAMES:
        return False
    return not BY_ADVERB.intersection(operation.precise) and len(set(operation.precise)) == len(operation.precise)


def _runs_together(said: Sequence[Operation]) -> bool:
    """Whether parts named one after the other could be taken for parts of the wrong thing."""
    added = [one for one in said if isinstance(one, Add)]
    between = any(one.relation is not None and one.relation.kind == "between" for one in added)
    return len(added) > 1 and (between or any(one.parts is not None for one in added))


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
    return isinstance(operation, AddPart) and _fits_a_list(operation)


def _add_part(operation: AddPart) -> str:
    return f"add {_part(operation)} to {known(operation.target)}"


def _part(operation: AddPart) -> str:
    colour = insisted("pure", operation.colour or "", "colour" in operation.precise and operation.colour is not None)
    return part_noun(operation.part, colour)


def _backdrop(operation: Background) -> str:
    precise = "colour" in operation.precise
    if operation.backdrop in vocabulary.SETTING_NAMES:
        return f"set the scene {insisted('exactly', in_setting(operation.backdrop), precise)}"
    return f"make the background {insisted('pure', operation.backdrop, precise)}"


def _move(operation: Move) -> str:
    precise = "place" in operation.precise
    relation = operation.relation
    if relation is None:
        return f"move {known(operation.target)} {insisted('exactly', f'to the {operation.place}', precise)}"
    if relation.kind == "held by":
        return f"let {known(relation.to)} {insisted('firmly', 'hold', precise)} {known(operation.target)}"
    relation = replace(relation, kind=TOWARDS.get(relation.kind, relation.kind))
    return f"move {known(operation.target)} {insisted('exactly', beside(relation), precise)}"


def _turn(operation: Turn) -> str:
    precise = "pose" in operation.precise
    if operation.flip:
        return f"flip {known(operation.target)}{' clearly' if precise else ''}"
    return f"turn {known(operation.target)} {insisted('exactly', TURNED[operation.degrees], precise)}"


def _duplicate(operation: Duplicate) -> str:
    times = {1: "once", 2: "twice"}.get(operation.count, f"{NUMBERS[operation.count]} times")
    counted = "count" in operation.precise
    said = insisted("exactly", times, counted) if counted or operation.count > 1 else ""
    where = f"to the {operation.place}" if operation.place else beside(operation.relation) if operation.relation else ""
    where = insisted("exactly", where, "place" in operation.precise) if where else ""
    return " ".join(word for word in ("duplicate", known(operation.target), said, where) if word)


def _target(reference: Reference, part: str | None) -> str:
    return f"the {part} of {known(reference)}" if part else known(reference)
