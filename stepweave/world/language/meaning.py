"""Turns clauses into operations: whose part, which thing, what "it" means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from stepweave.world import vocabulary
from stepweave.world.language.adding import add, add_all, copy, hold, paint_background, there
from stepweave.world.language.changing import change, remove, replaced
from stepweave.world.language.errors import NotPossible, NotUnderstood
from stepweave.world.language.handling import ARM
from stepweave.world.language.qualifiers import as_part
from stepweave.world.language.references import Mention
from stepweave.world.language.reminding import reminded
from stepweave.world.language.saying import Saying
from stepweave.world.language.syntax import Change, Clause, Noun, Where
from stepweave.world.scene import Background, Operation, Reference


def operations(
    clauses: Iterable[Clause], named: Sequence[Mention] = ()
) -> tuple[tuple[Operation, ...], tuple[Mention, ...]]:
    """What the clauses ask for, in their order, and what was named in them.

    Raises:
        LanguageError: something needed was left unsaid, does not exist, or cannot be shown.
    """
    saying = Saying(named)
    for clause in clauses:
        if clause.must and reminded(saying, clause):
            continue
        _tell(saying, clause)
    return tuple(saying.said), saying.named.all


def _tell(saying: Saying, clause: Clause) -> None:
    """Say what a clause asks for."""
    saying.begin(clause)
    before = len(saying.said)
    nouns = _shared([saying.apart(noun, clause.to) for noun in clause.nouns], clause.to)
    match clause.act:
        case "add":
            add_all(saying, [_beside(noun, clause.to) for noun in nouns])
        case "give":
            _give(saying, nouns, clause.to)
        case "hold":
            holder = _holder(saying, clause.to)
            for noun in _each(saying, nouns):
                hold(saying, noun, holder)
        case "copy":
            for noun in _each(saying, nouns):
                become = clause.change or Change()
                copy(saying, noun, 1 if clause.count is None else clause.count, become.where, become.precise)
        case "remove" | "remind":
            for noun in _each(saying, nouns):
                remove(saying, noun)
        case "move" | "change":
            for noun in _each(saying, nouns):
                change(saying, noun, clause.change or Change())
        case "replace":
            replaced(saying, nouns[0], clause.to)
    _backdrops(saying, clause, before)
    if len(saying.said) == before:
        raise NotUnderstood(clause.text)


def _backdrops(saying: Saying, clause: Clause, before: int) -> None:
    """Say what is behind everything, where a noun of the clause tells."""
    where = clause.change.where if clause.change else None
    beside = (where.to, where.other) if where else ()
    for noun in (*clause.nouns, clause.to, *beside):
        if noun is not None and noun.backdrop is not None and noun.head != "background":
            paint_background(saying, noun.backdrop)
    behind = {one.backdrop for one in saying.said[before:] if isinstance(one, Background)}
    if len(behind) > 1 and clause.act != "change":
        raise NotPossible("a picture has one background here", f"name one of them: {', '.join(sorted(behind))}")


def _give(saying: Saying, nouns: Sequence[Noun], to: Noun | None) -> None:
    """Give a thing its parts; what is no part, into its hand if it has one."""
    for noun in nouns:
        if noun.head not in ("thing", "text", "one") or to is None:
            add_all(saying, [noun])
            continue
        holder = there(saying, to)
        thing = vocabulary.DRAWABLE.get(holder.thing)
        if thing is not None and thing.grip is None and not noun.definite:
            add(saying, noun)
        else:
            hold(saying, noun, holder)


def _holder(saying: Saying, noun: Noun | None) -> Reference:
    """Who or what holds; left unsaid, the last thing named that can, or else the robot arm."""
    if noun is not None:
        return there(saying, noun)
    for mention in reversed(saying.named.all):
        thing = vocabulary.DRAWABLE.get(mention.reference.thing)
        if thing is not None and thing.grip is not None:
            return mention.reference
    return Reference(ARM)


def _each(saying: Saying, nouns: Sequence[Noun]) -> list[Noun]:
    """The nouns with "them" told apart where it means different things."""
    found: list[Noun] = []
    for noun in nouns:
        meant = saying.named.several() if noun.head == "them" else ()
        found.extend([_pointing(one.reference) for one in meant] if len(meant) > 1 else [noun])
    return found


def _pointing(reference: Reference) -> Noun:
    """A noun for what a reference means."""
    where = Where(place=reference.place) if reference.place else None
    return Noun(
        "text" if reference.thing == vocabulary.TEXT else "thing",
        reference.thing,
        definite=True,
        every=reference.every,
        colour=reference.colour,
        size=reference.size,
        label=reference.label,
        where=where,
        action=reference.action,
    )


def _shared(nouns: Sequence[Noun], to: Noun | None) -> tuple[Noun, ...]:
    """Give parts without an owner the owner that is named after them."""
    found: list[Noun] = []
    owner = to
    for one in reversed(nouns):
        noun = (as_part(one, owner) or one) if owner is not None and (one.definite or one.plural) else one
        if noun.head == "part":
            owner = noun.owner or owner
            found.append(replace(noun, owner=owner))
        else:
            owner = to
            found.append(noun)
    return tuple(reversed(found))


def _beside(noun: Noun, to: Noun | None) -> Noun:
    """A thing "added to the house" is added next to it, unless a place is named."""
    if to is None or noun.head not in ("thing", "text", "one") or noun.where is not None:
        return noun
    return replace(noun, where=Where(relation="next to", to=to))
