"""What a robot does with its hands, in words."""

from __future__ import annotations

import pytest

from stepweave.world.language import LanguageError, compose, parse
from stepweave.world.scene import Act, Move, Operation, Reference, Relation

ARM, JUG, BOWL = Reference("robot arm"), Reference("jug"), Reference("bowl")
RED, BLUE = Reference("block", "red"), Reference("block", "blue")
POURED = (Move(JUG, relation=Relation("above", BOWL)), Act(JUG, "pour"), Act(BOWL, "full"))
RELEASED = (Move(RED, relation=Relation("next to", ARM)),)

SAID: dict[str, tuple[Operation, ...]] = {
    "Pick up the red block.": (Move(RED, relation=Relation("held by", ARM)),),
    "Grasp the red block": (Move(RED, relation=Relation("held by", ARM)),),
    "Lift the red block with the gripper": (Move(RED, relation=Relation("held by", Reference("gripper"))),),
    "Stack the red block on the blue block": (Move(RED, relation=Relation("on", BLUE)),),
    "Put the red block into the box": (Move(RED, relation=Relation("inside", Reference("box"))),),
    "Place the red block on the left": (Move(RED, "left"),),
    "Push the bowl to the right": (Move(BOWL, "right"),),
    "Pour water from the jug into the bowl": POURED,
    "Pour the jug into the bowl": POURED,
    "Pour from the jug": (Act(JUG, "pour"),),
    "Pour water into the bowl": (Act(BOWL, "full"),),
    "Fill the bowl with water": (Act(BOWL, "full"),),
    "Open the box": (Act(Reference("box"), "open"),),
    "Close the box": (Act(Reference("box"), None),),
    "Release the red block": RELEASED,
    "Let go of the red block": RELEASED,
    "Put the red block down": RELEASED,
    "Put the red block down on the blue block": (Move(RED, relation=Relation("on", BLUE)),),
    "Release the red block on the left": (Move(RED, "left"),),
}


@pytest.mark.parametrize("words", SAID)
def test_the_verbs_of_handling_are_ordinary_operations(words: str) -> None:
    assert parse(words).operations == SAID[words]
    assert parse(compose(SAID[words])).operations == SAID[words]


def test_what_is_poured_into_something_that_cannot_be_full_only_pours() -> None:
    tree = Reference("tree")
    found = parse("Pour the jug over the tree").operations
    assert found == (Move(JUG, relation=Relation("above", tree)), Act(JUG, "pour"))


@pytest.mark.parametrize("words", ["Pour", "Release", "Pour water", "Pour water into the tree"])
def test_half_a_sentence_is_refused(words: str) -> None:
    with pytest.raises(LanguageError):
        parse(words)
