"""What is between, behind, held, copied, replaced or grouped is understood in many wordings."""

from __future__ import annotations

import pytest

from stepweave.world.language import parse
from stepweave.world.scene import Add, Duplicate, Move, Operation, Reference, Relation, Remove, Replace

BEAR = Reference("bear")
BOAT = Reference("boat")
BOX = Reference("box")
CAT = Reference("cat")
DOG = Reference("dog")
HOUSE = Reference("house")
IT = Reference("")
ROBOT = Reference("robot")
TREE = Reference("tree")


@pytest.mark.parametrize(
    ("prompt", "operations"),
    [
        ("a cat between the house and the tree", [Add("cat", relation=Relation("between", HOUSE, TREE))]),
        (
            "put the ball between the two trees",
            [Move(Reference("circle"), relation=Relation("between", Reference("tree", every=True)))],
        ),
        (
            "a bird between two trees",
            [Add("tree", 2), Add("bird", relation=Relation("between", Reference("tree", every=True)))],
        ),
        ("move the cat between the dog and the bear", [Move(CAT, relation=Relation("between", DOG, BEAR))]),
        ("between the tree and the house there is a dog", [Add("dog", relation=Relation("between", TREE, HOUSE))]),
        (
            "There should be a dog between the tree and the house.",
            [Add("dog", relation=Relation("between", TREE, HOUSE))],
        ),
        (
            "Draw a house. To the right of it, draw a tree. Between them put a dog.",
            [
                Add("house"),
                Add("tree", relation=Relation("right of", HOUSE)),
                Add("dog", relation=Relation("between", HOUSE, TREE)),
            ],
        ),
        (
            "a box with a cat, a dog and a bear in it",
            [Add("box"), *(Add(name, relation=Relation("inside", BOX)) for name in ("cat", "dog", "bear"))],
        ),
        (
            "a robot arm on a table with a red block and a blue block on it",
            [
                Add("table"),
                Add("block", colour="red", relation=Relation("on", Reference("table"))),
                Add("block", colour="blue", relation=Relation("on", Reference("table"))),
                Add("robot arm", relation=Relation("on", Reference("table"))),
            ],
        ),
        (
            "an elephant holding a flower with its trunk",
            [Add("elephant"), Add("flower", relation=Relation("held by", Reference("elephant")))],
        ),
        ("a dog behind the house", [Add("dog", relation=Relation("behind", HOUSE))]),
        ("the cat hides behind the tree", [Move(CAT, relation=Relation("behind", TREE))]),
        ("hide the key behind the box", [Move(Reference("key"), relation=Relation("behind", BOX))]),
        ("behind the house there is a tree", [Add("tree", relation=Relation("behind", HOUSE))]),
        ("a flower in front of the house", [Add("flower", relation=Relation("in front of", HOUSE))]),
        ("in front of the house stands a person", [Add("person", relation=Relation("in front of", HOUSE))]),
        (
            "place the rabbit in front of the mushroom",
            [Move(Reference("rabbit"), relation=Relation("in front of", Reference("mushroom")))],
        ),
        ("Next to the table is a chair.", [Add("chair", relation=Relation("next to", Reference("table")))]),
        ("the robot arm holds the cup", [Move(Reference("cup"), relation=Relation("held by", Reference("robot arm")))]),
        ("The bear must hold the cup.", [Move(Reference("cup"), relation=Relation("held by", BEAR))]),
        (
            "a person holding a balloon",
            [Add("person"), Add("balloon", relation=Relation("held by", Reference("person")))],
        ),
        (
            "a robot arm that holds a cup",
            [Add("robot arm"), Add("cup", relation=Relation("held by", Reference("robot arm")))],
        ),
        ("a bear carrying a gift", [Add("bear"), Add("gift", relation=Relation("held by", BEAR))]),
        (
            "a child with an umbrella in her hand",
            [Add("person"), Add("umbrella", relation=Relation("held by", Reference("person")))],
        ),
        (
            "a red balloon is held by a bear",
            [Add("bear"), Add("balloon", colour="red", relation=Relation("held by", BEAR))],
        ),
        ("the balloon is held by the bear", [Move(Reference("balloon"), relation=Relation("held by", BEAR))]),
        (
            "put the block in the gripper's hand",
            [Move(Reference("block"), relation=Relation("held by", Reference("gripper")))],
        ),
        ("put the balloon in the hands of the bear", [Move(Reference("balloon"), relation=Relation("held by", BEAR))]),
        ("give the cup to the robot", [Move(Reference("cup"), relation=Relation("held by", ROBOT))]),
        ("give the robot a cup", [Add("cup", relation=Relation("held by", ROBOT))]),
        ("the robot has a cup", [Add("cup", relation=Relation("held by", ROBOT))]),
        ("hand the gift to the girl", [Move(Reference("gift"), relation=Relation("held by", Reference("person")))]),
        (
            "let the robot arm hold the red block",
            [Move(Reference("block", "red"), relation=Relation("held by", Reference("robot arm")))],
        ),
        (
            "pick up the red block with the gripper",
            [Move(Reference("block", "red"), relation=Relation("held by", Reference("gripper")))],
        ),
        (
            "the gripper picks up the block",
            [Move(Reference("block"), relation=Relation("held by", Reference("gripper")))],
        ),
        (
            "the robot arm picks up the red block and puts it in the box",
            [
                Move(Reference("block", "red"), relation=Relation("held by", Reference("robot arm"))),
                Move(Reference("block", "red"), relation=Relation("inside", BOX)),
            ],
        ),
        ("the robot pushes the cup to the left", [Move(Reference("cup"), "left")]),
        (
            "stack the red block on the blue block",
            [Move(Reference("block", "red"), relation=Relation("on", Reference("block", "blue")))],
        ),
        (
            "a stack of three red blocks on the left",
            [
                Add("block", colour="red", place="left"),
                Add("block", colour="red", relation=Relation("on", Reference("block"))),
                Add("block", colour="red", relation=Relation("on", Reference("block"))),
            ],
        ),
        (
            "stack three blocks",
            [
                Add("block"),
                Add("block", relation=Relation("on", Reference("block"))),
                Add("block", relation=Relation("on", Reference("block"))),
            ],
        ),
        ("duplicate the tree", [Duplicate(TREE)]),
        ("copy the tree twice", [Duplicate(TREE, 2)]),
        ("clone the star three times", [Duplicate(Reference("star"), 3)]),
        ("duplicate the tree to the right", [Duplicate(TREE, place="right")]),
        ("duplicate the tree on the left to the right", [Duplicate(Reference("tree", place="left"), place="right")]),
        ("duplicate the tree next to the house", [Duplicate(TREE, relation=Relation("next to", HOUSE))]),
        ("make two copies of the star", [Duplicate(Reference("star"), 2)]),
        ("make a copy of the boat on the right side", [Duplicate(BOAT, place="right")]),
        ("a tree; another one just like it", [Add("tree"), Duplicate(TREE)]),
        ("two more trees just like it", [Duplicate(TREE, 2)]),
        (
            "copy the cloud and move the copy to the left",
            [Duplicate(Reference("cloud")), Move(Reference("cloud"), "left")],
        ),
        ("replace the cat with a dog", [Replace(CAT, Add("dog"))]),
        ("swap the cat for a dog", [Replace(CAT, Add("dog"))]),
        ("exchange the red circle for a blue star", [Replace(Reference("circle", "red"), Add("star", colour="blue"))]),
        ("replace all the trees with cacti", [Replace(Reference("tree", every=True), Add("cactus"))]),
        (
            "replace the cat by a small red dog holding a cup",
            [Replace(CAT, Add("dog", colour="red", size="small")), Add("cup", relation=Relation("held by", DOG))],
        ),
        ("replace it with two birds", [Remove(IT), Add("bird", 2)]),
        ("draw a dog instead of the cat", [Replace(CAT, Add("dog"))]),
        ("make the tree a house", [Replace(TREE, Add("house"))]),
        ("turn the circle into a star", [Replace(Reference("circle"), Add("star"))]),
        ("a group of five birds", [Add("bird", 5)]),
        ("a row of four trees", [Add("tree", 4)]),
        ("a pair of rabbits", [Add("rabbit", 2)]),
        ("a dozen stars", [Add("star", 12)]),
        ("lots of stars", [Add("star", 6)]),
        (
            "a flock of birds flying above the mountain",
            [Add("bird", 3, relation=Relation("above", Reference("mountain")), action="fly")],
        ),
        ("a happy family of bears", [Add("bear", 3, action="smile")]),
    ],
)
def test_relations_and_copies_are_read(prompt: str, operations: list[Operation]) -> None:
    assert list(parse(prompt).operations) == operations
