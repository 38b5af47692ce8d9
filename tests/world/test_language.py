"""Requests are read in full or refused, and every operation has words that are read back as itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepweave.world import vocabulary
from stepweave.world.language import (
    compose,
    insist,
    parse,
    phrase,
)
from stepweave.world.scene import (
    Add,
    AddPart,
    Background,
    Move,
    Operation,
    Recolour,
    Reference,
    Relation,
    Remove,
    Resize,
)

COLOUR = st.sampled_from(sorted(vocabulary.COLOURS))
SIZE = st.sampled_from(sorted(vocabulary.SIZES))
PLACE = st.sampled_from(sorted(vocabulary.PLACES))
THING = st.sampled_from(sorted(vocabulary.DRAWABLE))
WITH_PARTS = st.sampled_from(sorted(vocabulary.THINGS))
LABEL = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="\"“”«»'`´’‘ʼ"), min_size=1, max_size=40
)
RELATION_KIND = st.sampled_from(vocabulary.RELATIONS)


def parts_of(thing: str) -> st.SearchStrategy[str]:
    return st.sampled_from(vocabulary.THINGS[thing].names)


@st.composite
def references(draw: st.DrawFn, things: st.SearchStrategy[str] = THING) -> Reference:
    thing = draw(things)
    if thing == vocabulary.TEXT:
        return Reference(thing, label=draw(st.just("") | LABEL))
    every = draw(st.booleans())
    return Reference(thing, draw(st.none() | COLOUR), draw(st.none() | SIZE), draw(st.none() | PLACE), every=every)


@st.composite
def relations(draw: st.DrawFn) -> Relation:
    return Relation(draw(RELATION_KIND), draw(references()))


def insisted(draw: st.DrawFn, *aspects: str) -> frozenset[str]:
    return frozenset(draw(st.sets(st.sampled_from(aspects))))


@st.composite
def additions(draw: st.DrawFn) -> Add:
    text = draw(st.integers(0, 5)) == 0
    thing = vocabulary.TEXT if text else draw(THING)
    place, relation = draw(st.none() | PLACE), draw(st.none() | relations())
    parts = None
    if thing in vocabulary.THINGS and draw(st.booleans()):
        chosen = draw(st.sets(parts_of(thing), min_size=1))
        parts = tuple(part for part in vocabulary.THINGS[thing].names if part in chosen)
    added = Add(
        thing,
        draw(st.integers(1, vocabulary.MOST)),
        draw(st.none() | COLOUR),
        draw(st.none() | SIZE),
        place,
        None if place else relation,
        parts,
        draw(LABEL) if text else "",
    )
    where = added.place or added.relation
    said = {"colour": added.colour, "size": added.size, "place": where, "count": True}
    said |= {"missing": True, "extra": True, "damaged": True}
    return replace(added, precise=insisted(draw, *(aspect for aspect, value in said.items() if value)))


@st.composite
def part_additions(draw: st.DrawFn) -> AddPart:
    target = draw(references(WITH_PARTS))
    colour = draw(st.none() | COLOUR)
    aspects = ("missing", "damaged", "colour") if colour else ("missing", "damaged")
    return AddPart(draw(parts_of(target.thing)), target, colour, insisted(draw, *aspects))


@st.composite
def edits(draw: st.DrawFn) -> Operation:
    target = draw(references() | references(st.just(vocabulary.TEXT)) | st.just(Reference(vocabulary.ANYTHING)))
    part = draw(parts_of(target.thing)) if target.thing in vocabulary.THINGS and draw(st.booleans()) else None
    match draw(st.integers(0, 4)):
        case 0:
            return Remove(target, part, insisted(draw, "extra", "damaged"))
        case 1:
            place = draw(st.none() | PLACE)
            relation = None if place else draw(relations())
            return Move(target, place, relation, insisted(draw, "place", "damaged"))
        case 2:
            return Recolour(target, draw(COLOUR), part, insisted(draw, "colour", "damaged"))
        case 3:
            size = draw(SIZE | st.sampled_from(["bigger", "smaller"]))
            return Resize(target, size, insisted(draw, "size", "damaged"))
    return Background(draw(COLOUR), insisted(draw, "colour", "damaged"))


OPERATION = additions() | part_additions() | edits()


@given(OPERATION)
def test_every_operation_has_words_that_are_read_as_itself(operation: Operation) -> None:
    assert parse(phrase(operation)).operations == (operation,)


def names_something(operation: Operation) -> bool:
    """Whether it does not speak of "it", which other operations of a prompt would give a meaning."""
    return isinstance(operation, Add | Background) or operation.target.thing != vocabulary.ANYTHING


@given(st.lists(OPERATION.filter(names_something), min_size=1, max_size=5))
def test_several_operations_are_worded_as_one_prompt(operations: list[Operation]) -> None:
    assert parse(compose(operations)).operations == tuple(operations)


@given(OPERATION, st.sampled_from([*vocabulary.ASPECTS, "mood"]))
def test_insisting_changes_nothing_but_the_precision(operation: Operation, aspect: str) -> None:
    (insisted_on,) = parse(insist(phrase(operation), aspect)).operations
    assert replace(insisted_on, precise=frozenset()) == replace(operation, precise=frozenset())
    assert operation.precise <= insisted_on.precise <= operation.precise | {aspect}


@pytest.mark.parametrize(
    ("prompt", "aspect", "subject", "insisted"),
    [
        ("A red house and three yellow stars.", "count", "yellow star", [set(), {"count"}]),
        ("A red house and three yellow stars.", "missing", "stars", [set(), {"missing"}]),
        ("A red house and three yellow stars.", "colour", "house", [{"colour"}, set()]),
        ("Paint the roof blue and move the house to the left.", "colour", "roof", [{"colour"}, set()]),
        ("Paint the roof blue and move the house to the left.", "place", "house", [set(), {"place"}]),
        ("A sun at the top, on a blue background.", "colour", "background", [set(), {"colour"}]),
        ("A sun at the top.", "place", "something else", [{"place"}]),
        ("Remove the tree.", "extra", "tree", [{"extra"}]),
        ("Make the boat bigger.", "size", "boat", [{"size"}]),
    ],
)
def test_insisting_is_about_the_subject(prompt: str, aspect: str, subject: str, insisted: list[set[str]]) -> None:
    assert [set(one.precise) for one in parse(insist(prompt, aspect, subject)).operations] == insisted


def test_insisting_names_what_was_left_unsaid() -> None:
    (added,) = parse(insist("Add a house.", "colour", "house", expected="yellow")).operations
    assert added == Add("house", colour="yellow", precise=frozenset({"colour"}))


def test_a_refined_prompt_is_ordinary_english() -> None:
    prompt = "Draw three red circles at the top left, on a blue background."
    prompt = insist(insist(insist(prompt, "count"), "colour", "circle"), "place")
    assert prompt == "Draw exactly three pure red circles exactly at the top left, on a blue background."


HOUSE, SUN, CAT, BOAT, STAR = (Reference(thing) for thing in ("house", "sun", "cat", "boat", "star"))
