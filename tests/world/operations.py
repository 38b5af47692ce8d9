"""Strategies for every operation that the vocabulary allows, with all that words can insist on."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from stepweave.world import vocabulary
from stepweave.world.language.aspects import aspects
from stepweave.world.scene import (
    MOST_INSISTED,
    Act,
    Add,
    AddPart,
    Background,
    Duplicate,
    Move,
    Operation,
    Precise,
    Recolour,
    Reference,
    Relation,
    Remove,
    Replace,
    Resize,
    Turn,
)
from stepweave.world.things.actions import actions

COLOUR = st.sampled_from(sorted(vocabulary.COLOURS))
SIZE = st.sampled_from(sorted(vocabulary.SIZES))
PLACE = st.sampled_from(sorted(vocabulary.PLACES))
THING = st.sampled_from(sorted(vocabulary.DRAWABLE))
WITH_PARTS = st.sampled_from(sorted(vocabulary.THINGS))
TURN = st.sampled_from(vocabulary.TURNS)
COUNT = st.integers(1, vocabulary.MOST)
LABEL = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="\"“”«»'`´’‘ʼ"), min_size=1, max_size=40
)
IT = st.just(Reference(vocabulary.ANYTHING)) | st.just(Reference(vocabulary.ANYTHING, every=True))


def parts_of(thing: str) -> st.SearchStrategy[str]:
    return st.sampled_from(vocabulary.THINGS[thing].names)


@st.composite
def references(draw: st.DrawFn, things: st.SearchStrategy[str] = THING) -> Reference:
    thing = draw(things)
    if thing == vocabulary.TEXT:
        return Reference(thing, label=draw(st.just("") | LABEL))
    action = draw(st.none() | st.sampled_from(sorted(actions(vocabulary.DRAWABLE[thing]))))
    colour, size, place = draw(st.none() | COLOUR), draw(st.none() | SIZE), draw(st.none() | PLACE)
    return Reference(thing, colour, size, place, every=draw(st.booleans()), action=action)


TARGET = references() | references(st.just(vocabulary.TEXT)) | IT


@st.composite
def relations(draw: st.DrawFn) -> Relation:
    kind, to = draw(st.sampled_from(vocabulary.RELATIONS)), draw(references())
    if kind != "between":
        return Relation(kind, to)
    return Relation(kind, to, draw(references() if not to.every else st.none() | references()))


def insisting(draw: st.DrawFn, operation: Operation) -> Operation:
    """The operation, insisting on some of its aspects, each in one way or in several."""
    chosen = draw(st.dictionaries(st.sampled_from(sorted(aspects(operation))), st.integers(1, MOST_INSISTED)))
    precise: Precise = tuple(aspect for aspect in sorted(chosen) for _ in range(chosen[aspect]))
    return replace(operation, precise=precise)


def new_thing(draw: st.DrawFn, thing: str) -> Add:
    """One thing without a place."""
    action = draw(st.none() | st.sampled_from(sorted(actions(vocabulary.DRAWABLE[thing]))))
    return Add(
        thing,
        colour=draw(st.none() | COLOUR),
        size=draw(st.none() | SIZE),
        action=action,
        turn=draw(TURN),
        mirrored=draw(st.booleans()),
    )


def new_text(draw: st.DrawFn) -> Add:
    return Add(vocabulary.TEXT, colour=draw(st.none() | COLOUR), size=draw(st.none() | SIZE), label=draw(LABEL))


@st.composite
def additions(draw: st.DrawFn) -> Operation:
    text = draw(st.integers(0, 5)) == 0
    added = new_text(draw) if text else new_thing(draw, draw(THING))
    if added.thing in vocabulary.THINGS and draw(st.booleans()):
        chosen = draw(st.sets(parts_of(added.thing), min_size=1))
        names = vocabulary.THINGS[added.thing].names
        added = replace(added, parts=tuple(part for part in names if part in chosen))
    place = draw(st.none() | PLACE)
    relation = None if place else draw(st.none() | relations())
    return insisting(draw, replace(added, count=draw(COUNT), place=place, relation=relation))


@st.composite
def part_additions(draw: st.DrawFn) -> Operation:
    target = draw(references(WITH_PARTS))
    return insisting(draw, AddPart(draw(parts_of(target.thing)), target, draw(st.none() | COLOUR)))


@st.composite
def changes(draw: st.DrawFn) -> Operation:
    """Changes of looks, and what is taken away."""
    target = draw(TARGET)
    part = draw(parts_of(target.thing)) if target.thing in vocabulary.THINGS and draw(st.booleans()) else None
    match draw(st.integers(0, 3)):
        case 0:
            return insisting(draw, Remove(target, part))
        case 1:
            return insisting(draw, Recolour(target, draw(COLOUR), part))
        case 2:
            return insisting(draw, Resize(target, draw(SIZE | st.sampled_from(["bigger", "smaller"]))))
    return insisting(draw, Background(draw(st.sampled_from(vocabulary.BACKDROPS))))


@st.composite
def movements(draw: st.DrawFn) -> Operation:
    """What brings things to other places, and turns them."""
    target = draw(TARGET)
    place = draw(st.none() | PLACE)
    match draw(st.integers(0, 3)):
        case 0:
            return insisting(draw, Move(target, place, None if place else draw(relations())))
        case 1:
            relation = None if place else draw(st.none() | relations())
            return insisting(draw, Duplicate(target, draw(COUNT), place, relation))
        case 2:
            flip = draw(st.booleans())
            return insisting(draw, Turn(target, 0 if flip else draw(TURN.filter(bool)), flip))
    return insisting(draw, Act(target, draw(st.none() | st.sampled_from(vocabulary.ACTIONS))))


@st.composite
def replacements(draw: st.DrawFn) -> Operation:
    text = draw(st.integers(0, 5)) == 0
    return insisting(draw, Replace(draw(TARGET), new_text(draw) if text else new_thing(draw, draw(THING))))


OPERATION = additions() | part_additions() | changes() | movements() | replacements()
EMPHASIS = st.sampled_from([*vocabulary.ASPECTS, "pose", "drift", "mood"])


def names_something(operation: Operation) -> bool:
    """Whether it does not speak of "it", which other operations of a prompt would give a meaning."""
    return isinstance(operation, Add | Background) or operation.target.thing != vocabulary.ANYTHING
