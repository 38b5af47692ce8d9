"""Requests are read in full or refused, and every operation has words that are read back as itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepweave.world import vocabulary
from stepweave.world.language import (
    Incomplete,
    LabelTooLong,
    LanguageError,
    NoSuchPart,
    NothingAsked,
    NotPossible,
    NotUnderstood,
    TooLong,
    TooMany,
    UnknownWords,
    compose,
    describe,
    follow,
    insist,
    parse,
    phrase,
)
from stepweave.world.layout import apply_all
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
    Scene,
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


def insisted(draw: st.DrawFn, *aspects: str) -> tuple[str, ...]:
    return tuple(sorted(draw(st.sets(st.sampled_from(aspects)))))


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
    assert replace(insisted_on, precise=()) == replace(operation, precise=())
    assert set(operation.precise) <= set(insisted_on.precise) <= {*operation.precise, aspect}


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
    assert added == Add("house", colour="yellow", precise=("colour",))


def test_a_refined_prompt_is_ordinary_english() -> None:
    prompt = "Draw three red circles at the top left, on a blue background."
    prompt = insist(insist(insist(prompt, "count"), "colour", "circle"), "place")
    assert prompt == "Draw exactly three pure red circles exactly at the top left, on a blue background."


# ------------------------------------------------------------------------------------------- reading

HOUSE, TREE, CAT, BOAT, CIRCLE = (Reference(thing) for thing in ("house", "tree", "cat", "boat", "circle"))


@pytest.mark.parametrize(
    ("prompt", "operations"),
    [
        (
            "a small red house on the left and three yellow stars at the top, on a blue background",
            [
                Add("house", 1, "red", "small", "left"),
                Add("star", 3, "yellow", place="top"),
                Background("blue"),
            ],
        ),
        ("Draw the walls of a house in beige..", [Add("house", colour="yellow", parts=("walls",))]),
        ("a cat sitting next to a boat", [Add("boat"), Add("cat", relation=Relation("next to", BOAT))]),
        ("a snowman with a red hat", [Add("snowman"), Recolour(Reference("snowman"), "red", "hat")]),
        ("a house without a door", [Add("house", parts=("walls", "roof", "window", "chimney"))]),
        ("Could you please draw a little kitty?", [Add("cat", size="small")]),
        (
            "On the left a red house, on the right a tree.",
            [Add("house", 1, "red", None, "left"), Add("tree", place="right")],
        ),
        ("2 cats", [Add("cat", 2)]),
        ("stars", [Add("star", 3)]),
        ("a crimson ball", [Add("circle", colour="red")]),
        ("a HUGE gray Box in the centre", [Add("box", 1, "grey", "large", "middle")]),
        ('write "Hello" in large red letters at the bottom', [Add("text", 1, "red", "large", "bottom", label="Hello")]),
        ("add a red roof to the house", [AddPart("roof", HOUSE, "red")]),
        ("give the house a red roof", [AddPart("roof", HOUSE, "red")]),
        ("add a chimney", [AddPart("chimney", HOUSE)]),
        ("remove the tree", [Remove(TREE)]),
        ("take away the sun", [Remove(Reference("sun"))]),
        ("take the hat off the snowman", [Remove(Reference("snowman"), "hat")]),
        ("remove all the small red circles", [Remove(Reference("circle", "red", "small", every=True))]),
        ("move the cat to the top right corner", [Move(CAT, "top right")]),
        ("move it left of the house", [Move(Reference(vocabulary.ANYTHING), relation=Relation("left of", HOUSE))]),
        ("move the cat on the left to the top", [Move(Reference("cat", place="left"), "top")]),
        ("put the ball inside the box", [Move(CIRCLE, relation=Relation("inside", Reference("box")))]),
        ("paint the roof blue", [Recolour(HOUSE, "blue", "roof")]),
        ("paint the cat's tail blue", [Recolour(CAT, "blue", "tail")]),
        ("paint the roof red and the walls blue", [Recolour(HOUSE, "red", "roof"), Recolour(HOUSE, "blue", "walls")]),
        ("change the colour of the boat to green", [Recolour(BOAT, "green")]),
        ("make the boat bigger", [Resize(BOAT, "bigger")]),
        ("make the boat a little smaller", [Resize(BOAT, "smaller")]),
        ("turn the sky night-blue", [Background("blue")]),
        (
            "a cat and a boat; make them bigger",
            [Add("cat"), Add("boat"), Resize(CAT, "bigger"), Resize(BOAT, "bigger")],
        ),
        ("make the sky black and put 5 stars on it", [Background("black"), Add("star", 5)]),
        (
            "replace the tree on the left with a house",
            [Remove(Reference("tree", place="left")), Add("house", place="left")],
        ),
        ("move the star from the top left to the right", [Move(Reference("star", place="top left"), "right")]),
        ("swap the red circle with a blue one", [Remove(Reference("circle", "red")), Add("circle", colour="blue")]),
        ("a house whose door is green", [Add("house"), Recolour(HOUSE, "green", "door")]),
        ("make everything bigger", [Resize(Reference(vocabulary.ANYTHING, every=True), "bigger")]),
        ("change the cat into a boat", [Remove(CAT), Add("boat")]),
        ("a house; paint it red; move it to the left", [Add("house"), Recolour(HOUSE, "red"), Move(HOUSE, "left")]),
        ("draw a hosue and a boaat", [Add("house"), Add("boat")]),
    ],
)
def test_ordinary_requests_are_read(prompt: str, operations: list[Operation]) -> None:
    assert list(parse(prompt).operations) == operations


@pytest.mark.parametrize(
    ("prompt", "insisted"),
    [
        ("exactly three stars", {"count"}),
        ("a pure red circle", {"colour"}),
        ("a circle exactly in the top left corner", {"place"}),
        ("a clearly small circle", {"size"}),
        ("exactly two clearly small pure red circles exactly at the top", {"count", "size", "colour", "place"}),
        ("Be sure to add a circle and nothing else.", {"missing", "extra"}),
        ("Add a circle. Leave the rest as it is.", {"damaged"}),
        ("a circle", set()),
    ],
)
def test_precise_words_are_recorded(prompt: str, insisted: set[str]) -> None:
    (operation,) = parse(prompt).operations
    assert set(operation.precise) == insisted


@pytest.mark.parametrize(
    ("prompt", "error", "named"),
    [
        ("draw a dragon", UnknownWords, "dragon"),
        ("a horse next to the house", UnknownWords, "horse"),
        ("a happy cat", UnknownWords, "happy"),
        ("make the tree twice as big", UnknownWords, "twice"),
        ("", NothingAsked, "nothing"),
        ("please, thank you!", NothingAsked, "nothing"),
        ("a cat with a hat", NoSuchPart, "hat"),
        ("fifty", UnknownWords, "fifty"),
        ("50 stars", TooMany, "50"),
        ("paint the roof", Incomplete, "colour"),
        ("add eyes", Incomplete, "eyes"),
        ("move the cat", Incomplete, "where"),
        ("write at the bottom", LanguageError, ""),
        ("a red blue house", NotPossible, "one colour"),
        ("make the roof bigger", NotPossible, "roof"),
        ("red the of", NotUnderstood, "red the of"),
        ('write "' + "x" * 99 + '"', LabelTooLong, "99"),
        ("a cat " * 999, TooLong, "characters"),
    ],
)
def test_what_is_not_understood_in_full_is_refused(prompt: str, error: type[LanguageError], named: str) -> None:
    with pytest.raises(error) as caught:
        parse(prompt)
    assert named in caught.value.reason
    assert caught.value.remedy


def test_all_unknown_words_are_named_with_what_is_near() -> None:
    with pytest.raises(UnknownWords) as caught:
        parse("a lion, a castle and a zzz")
    assert caught.value.words == ("lion", "castle", "zzz")
    assert caught.value.nearby["lion"] == ("cat",)
    assert "house" in caught.value.nearby["castle"]


@given(st.sampled_from(sorted(vocabulary.DRAWABLE)).filter(lambda word: len(word) > 4 and word.isalpha()), st.data())
def test_two_letters_swapped_are_put_right(thing: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(thing) - 2))
    typed = thing[:at] + thing[at + 1] + thing[at] + thing[at + 2 :]
    assert parse(f"draw a {typed}").operations == (Add(thing),)


def test_it_can_be_said_what_it_means() -> None:
    sentence, named = follow("add a cat next to the boat")
    assert follow("paint it blue", named)[0].operations == (Recolour(CAT, "blue"),)
    assert sentence.operations == (Add("cat", relation=Relation("next to", BOAT)),)


@pytest.mark.parametrize("words", [" on a cat", " with a cat", " next to a red box,", " the cat", " of a", " a"])
def test_no_request_takes_long(words: str) -> None:
    """Readings that are tried again and again would take minutes here, and the time limit of tests would tell."""
    with pytest.raises(LanguageError):
        parse(("draw a cat" + words * 300)[:2000])


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        sentence = parse(text)
    except LanguageError as error:
        sentence = None
        reason = error.reason
    assert sentence.operations if sentence else reason


# ---------------------------------------------------------------------------------------- describing


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("a red house on the left", "A red house on the left, on a white background."),
        ("three stars at the top, on a blue background", "Three yellow stars at the top, on a blue background."),
        ("a house with a green roof", "A yellow house with a green roof in the middle, on a white background."),
        ("a house without a door", "A yellow house without its door in the middle, on a white background."),
        ("the walls of a red house", "The walls of a red house in the middle, on a white background."),
        ("a small person in red", "A small person in red in the middle, on a white background."),
        ('write "Hi" at the top', 'The words "Hi" in black at the top, on a white background.'),
        ("a pink background", "An empty picture with a pink background."),
    ],
)
def test_a_picture_is_described(prompt: str, words: str) -> None:
    assert describe(apply_all(Scene(), parse(prompt).operations)) == words


def test_a_description_can_be_drawn() -> None:
    words = describe(apply_all(Scene(), parse("a red house on the left, two blue stars at the top right").operations))
    assert apply_all(Scene(), parse(words).operations).items
