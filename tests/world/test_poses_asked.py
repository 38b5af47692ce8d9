"""What things do and how they are turned is understood in many wordings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepweave.world.language import NotPossible, parse
from stepweave.world.language.deeds import REST, VERBS, participle, third
from stepweave.world.scene import Act, Add, Background, Move, Operation, Recolour, Reference, Relation, Turn

BEAR = Reference("bear")
BOAT = Reference("boat")
BOX = Reference("box")
CAT = Reference("cat")
DOG = Reference("dog")
HOUSE = Reference("house")
TREE = Reference("tree")


@pytest.mark.parametrize(
    ("prompt", "operations"),
    [
        ("a sleeping cat", [Add("cat", action="sleep")]),
        (
            "a bear that is sleeping under a tree",
            [Add("tree"), Add("bear", relation=Relation("below", TREE), action="sleep")],
        ),
        ("a picture of two ducks swimming in the sea", [Add("duck", 2, action="run"), Background("sea")]),
        (
            "a frog jumping over a mushroom",
            [Add("mushroom"), Add("frog", relation=Relation("above", Reference("mushroom")), action="jump")],
        ),
        ("draw a rocket taking off", [Add("rocket", action="fly")]),
        ("a girl who cries", [Add("person", action="cry")]),
        ("an angry bear and a surprised rabbit", [Add("bear", action="scowl"), Add("rabbit", action="gasp")]),
        ("a box that is open", [Add("box", action="open")]),
        ("an open box with a cat in it", [Add("box", action="open"), Add("cat", relation=Relation("inside", BOX))]),
        ("three happy penguins", [Add("penguin", 3, action="smile")]),
        ("two sleeping cats and one angry dog", [Add("cat", 2, action="sleep"), Add("dog", action="scowl")]),
        ("a sleepy little owl on the left", [Add("owl", size="small", place="left", action="sleep")]),
        ("a small owl, fast asleep", [Add("owl", size="small", action="sleep")]),
        (
            "a cat that's sleeping on a chair",
            [Add("chair"), Add("cat", relation=Relation("on", Reference("chair")), action="sleep")],
        ),
        ("a cat which sings", [Add("cat", action="sing")]),
        (
            "a snail crawling on a mushroom",
            [Add("mushroom"), Add("snail", relation=Relation("on", Reference("mushroom")), action="run")],
        ),
        (
            "a plane flying over the clouds",
            [Add("plane", relation=Relation("above", Reference("cloud", every=True)), action="fly")],
        ),
        ("the cat sleeps", [Act(CAT, "sleep")]),
        ("the dog is sleeping", [Act(DOG, "sleep")]),
        ("a dog runs to the house", [Add("dog", relation=Relation("next to", HOUSE), action="run")]),
        ("the sun smiles", [Act(Reference("sun"), "smile")]),
        ("make the bear smile", [Act(BEAR, "smile")]),
        ("let the bird fly", [Act(Reference("bird"), "fly")]),
        ("have the dog jump", [Act(DOG, "jump")]),
        ("put the cat to sleep", [Act(CAT, "sleep")]),
        ("wake the cat up", [Act(CAT, None)]),
        ("wake up the cat", [Act(CAT, None)]),
        ("the cat stops singing", [Act(CAT, None)]),
        ("make the cat stop singing", [Act(CAT, None)]),
        ("the cat and the dog are dancing", [Act(CAT, "dance"), Act(DOG, "dance")]),
        ("the dog should look happy", [Act(DOG, "smile")]),
        ("now the cat is sad", [Act(CAT, "cry")]),
        ("all the cats sleep", [Act(Reference("cat", every=True), "sleep")]),
        ("let the penguin dance and the bear sing", [Act(Reference("penguin"), "dance"), Act(BEAR, "sing")]),
        ("make the red car drive", [Act(Reference("car", "red"), "run")]),
        (
            "the rabbit jumps over the mushroom",
            [
                Move(Reference("rabbit"), relation=Relation("above", Reference("mushroom"))),
                Act(Reference("rabbit"), "jump"),
            ],
        ),
        (
            "make the rabbit jump over the mushroom",
            [
                Move(Reference("rabbit"), relation=Relation("above", Reference("mushroom"))),
                Act(Reference("rabbit"), "jump"),
            ],
        ),
        (
            "let the butterfly fly to the flower",
            [
                Move(Reference("butterfly"), relation=Relation("next to", Reference("flower"))),
                Act(Reference("butterfly"), "fly"),
            ],
        ),
        ("let the dog run to the left", [Move(DOG, "left"), Act(DOG, "run")]),
        ("I would like the sun to smile.", [Act(Reference("sun"), "smile")]),
        (
            "There is a cat. It is sleeping. There is a dog. It is happy.",
            [Add("cat"), Act(CAT, "sleep"), Add("dog"), Act(DOG, "smile")],
        ),
        ("wake the sleeping cat", [Act(Reference("cat", action="sleep"), None)]),
        ("make the sleeping cat red", [Recolour(Reference("cat", action="sleep"), "red")]),
        ("open the box", [Act(BOX, "open")]),
        ("close the box", [Act(BOX, None)]),
        ("the gripper opens", [Act(Reference("gripper"), "open")]),
        ("the robot opens the box", [Act(BOX, "open")]),
        ("the cup is full", [Act(Reference("cup"), "full")]),
        ("fill the cup", [Act(Reference("cup"), "full")]),
        ("the bottle pours", [Act(Reference("bottle"), "pour")]),
        ("turn the house upside down", [Turn(HOUSE, 180)]),
        ("turn the house upside-down and make it red", [Turn(HOUSE, 180), Recolour(HOUSE, "red")]),
        ("rotate the boat 90 degrees clockwise", [Turn(BOAT, 90)]),
        ("rotate the boat by 90 degrees to the left", [Turn(BOAT, 270)]),
        ("rotate the boat 90° counterclockwise", [Turn(BOAT, 270)]),
        ("rotate the boat by a half turn", [Turn(BOAT, 180)]),
        ("turn the boat a quarter turn to the left", [Turn(BOAT, 270)]),
        ("turn the boat on the left to the right", [Turn(Reference("boat", place="left"), 90)]),
        ("turn the cup by 180 degrees", [Turn(Reference("cup"), 180)]),
        ("tip the bottle over", [Turn(Reference("bottle"), 90)]),
        ("lay the bottle on its side", [Turn(Reference("bottle"), 90)]),
        ("put the bottle on its side", [Turn(Reference("bottle"), 90)]),
        ("flip the cat", [Turn(CAT, flip=True)]),
        ("mirror the dog", [Turn(DOG, flip=True)]),
        ("turn the cat around", [Turn(CAT, flip=True)]),
        ("make the dog face the other way", [Turn(DOG, flip=True)]),
        ("a dog facing the other way", [Add("dog", mirrored=True)]),
        ("an upside-down house", [Add("house", turn=180)]),
        ("a boat on its side", [Add("boat", turn=90)]),
        ("a house that is upside down", [Add("house", turn=180)]),
        ("a bear sleeping upside down", [Add("bear", action="sleep", turn=180)]),
    ],
)
def test_poses_are_read(prompt: str, operations: list[Operation]) -> None:
    assert list(parse(prompt).operations) == operations


@pytest.mark.parametrize(
    ("prompt", "named"),
    [
        ("rotate the boat 45 degrees", "45 degrees"),
        ("turn the boat by 360 degrees", "360 degrees"),
        ("make the roof sleep", "roof"),
        ("a sleeping singing cat", "one thing at a time"),
        ("remove the upside-down house", "cannot be told"),
    ],
)
def test_poses_that_cannot_be_are_refused(prompt: str, named: str) -> None:
    with pytest.raises(NotPossible, match=named) as caught:
        parse(prompt)
    assert caught.value.remedy


@given(st.sampled_from(sorted(VERBS)), st.sampled_from(["the cat {}", "the cat is {}", "let the cat {}", "a {} cat"]))
def test_every_action_has_all_its_forms(action: str, words: str) -> None:
    verb = VERBS[action].split(", ")[0]
    form = {"the cat {}": third(verb), "let the cat {}": verb}.get(words, participle(verb))
    if verb.startswith("be ") and words.endswith(("is {}", "cat")) and not words.startswith("the cat {"):
        form = verb.removeprefix("be ")
    (operation,) = parse(words.format(form)).operations
    assert isinstance(operation, Act | Add)
    assert operation.action == (None if action == REST else action)
