"""Every operation has words that are read back as itself, however strongly it insists on its aspects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepweave.world.language import compose, parse, phrase
from stepweave.world.scene import (
    Act,
    Add,
    Background,
    Duplicate,
    Move,
    Operation,
    Recolour,
    Reference,
    Relation,
    Remove,
    Replace,
    Turn,
)
from tests.world.operations import OPERATION, names_something

CAT, HOUSE, TREE, ROBOT = (Reference(thing) for thing in ("cat", "house", "tree", "robot"))


@given(OPERATION)
def test_every_operation_has_words_that_are_read_as_itself(operation: Operation) -> None:
    assert parse(phrase(operation)).operations == (operation,)


@given(st.lists(OPERATION.filter(names_something), min_size=1, max_size=5))
def test_several_operations_are_worded_as_one_prompt(operations: list[Operation]) -> None:
    assert parse(compose(operations)).operations == tuple(operations)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (Add("cat", action="sleep"), "Add a sleeping cat."),
        (Add("cat", 2, "red", "small", action="love"), "Add two small red loving cats."),
        (Add("house", turn=180), "Add an upside-down house."),
        (Add("cat", turn=90, mirrored=True), "Add a mirrored cat turned to the right."),
        (Add("cup", relation=Relation("held by", ROBOT)), "Add a cup held by the robot."),
        (Add("cat", relation=Relation("between", HOUSE, TREE)), "Add a cat between the house and the tree."),
        (Act(CAT, "sleep"), "Let the cat sleep."),
        (Act(CAT, None), "Let the cat do nothing."),
        (Act(CAT, "sleep", ("pose",)), "Let the cat clearly sleep."),
        (Turn(CAT, 270), "Turn the cat to the left."),
        (Turn(CAT, 180), "Turn the cat upside down."),
        (Turn(CAT, flip=True), "Flip the cat."),
        (Duplicate(TREE), "Duplicate the tree."),
        (Duplicate(TREE, 3, "top left"), "Duplicate the tree three times to the top left."),
        (Replace(TREE, Add("house", colour="red")), "Replace the tree with a red house."),
        (Move(CAT, relation=Relation("held by", ROBOT)), "Let the robot hold the cat."),
        (Move(CAT, relation=Relation("behind", HOUSE)), "Move the cat behind the house."),
        (Background("garden"), "Set the scene in a garden."),
        (Background("night"), "Set the scene at night."),
    ],
)
def test_operations_are_worded_plainly(operation: Operation, words: str) -> None:
    assert phrase(operation) == words


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (Add("star", 3, precise=("count",) * 2), "Add exactly three stars. There must be three stars."),
        (
            Add("star", 3, precise=("count",) * 3),
            "Add exactly three stars. There must be three stars, no more and no fewer.",
        ),
        (
            Add("circle", colour="red", precise=("colour",) * 3),
            "Add a pure red circle. The circle must be red and no other colour.",
        ),
        (
            Move(CAT, "top left", precise=("place",) * 3),
            "Move the cat exactly to the top left. The cat must be at the top left and nowhere else.",
        ),
        (
            Add("tree", precise=("missing",) * 3),
            "Be sure to add a tree. The tree must really be there and may not be left out.",
        ),
        (
            Remove(TREE, precise=("extra",) * 3),
            "Completely remove the tree. The tree must be gone and nothing of it may be left.",
        ),
        (
            Recolour(CAT, "blue", "tail", ("damaged", "damaged")),
            "Paint the tail of the cat blue without changing anything else. Nothing else may change.",
        ),
        (
            Recolour(CAT, "blue", precise=("drift",) * 3),
            "Paint the cat blue keeping all colours as they are. "
            "All other colours must stay as they are, not even a shade.",
        ),
        (
            Act(CAT, "sleep", ("pose",) * 3),
            "Let the cat clearly sleep. The cat must be sleeping and doing nothing else.",
        ),
        (
            Background("beach", ("colour",) * 3),
            "Set the scene exactly on a beach. The scene must be set on a beach and nowhere else.",
        ),
    ],
)
def test_insisting_is_worded_in_ordinary_english(operation: Operation, words: str) -> None:
    assert phrase(operation) == words


def test_things_and_their_setting_are_one_sentence() -> None:
    words = compose([Add("cat", action="sleep"), Add("dog"), Background("garden")], "Draw")
    assert words == "Draw a sleeping cat and a dog, in a garden."
