"""Requests are worded as a new user would word them: politely, in several sentences, with slips."""

from __future__ import annotations

import pytest

from stepweave.world.language import parse
from stepweave.world.scene import (
    Act,
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

BEAR = Reference("bear")
CAT = Reference("cat")
HOUSE = Reference("house")
ROBOT = Reference("robot")
TREE = Reference("tree")


@pytest.mark.parametrize(
    ("prompt", "operations"),
    [
        (
            "I'd like to see a bear that is sleeping under a tree.",
            [Add("tree"), Add("bear", relation=Relation("below", TREE), action="sleep")],
        ),
        (
            "Can you make a picture of a robot holding a balloon?",
            [Add("robot"), Add("balloon", relation=Relation("held by", ROBOT))],
        ),
        (
            "I want a picture where a dog runs to the house.",
            [Add("dog", relation=Relation("next to", HOUSE), action="run")],
        ),
        ("Would it be possible to draw a pig in love?", [Add("pig", action="love")]),
        (
            "Hi! Could you please draw me a cute little penguin in the snow with a red balloon in its hand?",
            [
                Add("penguin", size="small"),
                Add("balloon", colour="red", relation=Relation("held by", Reference("penguin"))),
                Background("snow"),
            ],
        ),
        (
            "a cat on the left and a dog on the right, both sleeping",
            [Add("cat", place="left"), Add("dog", place="right"), Act(CAT, "sleep"), Act(Reference("dog"), "sleep")],
        ),
        ("the boat sails", [Act(Reference("boat"), "run")]),
        ("shrink the elephant a little", [Resize(Reference("elephant"), "smaller")]),
        ("What about a turtle on the beach?", [Add("turtle"), Background("beach")]),
        ("Can I have a big ice cream cone?", [Add("ice cream", size="large")]),
        (
            "I'd like a drawing of a smiling sun over a mountain.",
            [Add("mountain"), Add("sun", relation=Relation("above", Reference("mountain")), action="smile")],
        ),
        ("Imagine a snowman dancing in the snow.", [Add("snowman", action="dance"), Background("snow")]),
        (
            "Let's see a frog on a bicycle.",
            [Add("bicycle"), Add("frog", relation=Relation("on", Reference("bicycle")))],
        ),
        (
            "Please show me a small blue bird sitting on a mushroom in a garden.",
            [
                Add("mushroom"),
                Add("bird", colour="blue", size="small", relation=Relation("on", Reference("mushroom"))),
                Background("garden"),
            ],
        ),
        ("Draw a scene with a mountain, two clouds and a rainbow.", [Add("mountain"), Add("cloud", 2), Add("rainbow")]),
        (
            "Give me a lamp on a table and a chair to the left of the table.",
            [
                Add("table"),
                Add("lamp", relation=Relation("on", Reference("table"))),
                Add("chair", relation=Relation("left of", Reference("table"))),
            ],
        ),
        (
            "Add a clock. Make it bigger. Put it at the top right.",
            [Add("clock"), Resize(Reference("clock"), "bigger"), Move(Reference("clock"), "top right")],
        ),
        (
            "Draw a cat. The cat is orange. It has a blue tail.",
            [Add("cat"), Recolour(CAT, "orange"), AddPart("tail", CAT, "blue")],
        ),
        (
            "Draw a bear on the left and a rabbit on the right. The bear should hold a cup.",
            [Add("bear", place="left"), Add("rabbit", place="right"), Add("cup", relation=Relation("held by", BEAR))],
        ),
        (
            "Please put a penguin at the bottom, three fish below it, and the moon at the top.",
            [
                Add("penguin", place="bottom"),
                Add("fish", 3, relation=Relation("below", Reference("penguin"))),
                Add("moon", place="top"),
            ],
        ),
        (
            "a night scene: an owl sits on a tree and the moon shines",
            [Background("night"), Add("tree"), Add("owl", relation=Relation("on", TREE)), Add("moon")],
        ),
        ("a red bus with black wheels", [Add("bus", colour="red"), Recolour(Reference("bus"), "black", "wheels")]),
        (
            "paint the wheels of the bus black and the windows blue",
            [Recolour(Reference("bus"), "black", "wheels"), Recolour(Reference("bus"), "blue", "windows")],
        ),
        ("make the wings of the butterfly purple", [Recolour(Reference("butterfly"), "purple", "wings")]),
        ("give the butterfly purple wings", [AddPart("wings", Reference("butterfly"), "purple")]),
        ("The trunk of the elephant should be pink", [Recolour(Reference("elephant"), "pink", "trunk")]),
        (
            "the house has a blue roof and a green door",
            [AddPart("roof", HOUSE, "blue"), AddPart("door", HOUSE, "green")],
        ),
        ("a gift with a red ribbon", [Add("gift"), Recolour(Reference("gift"), "red", "ribbon")]),
        (
            "a sad robot without arms",
            [Add("robot", parts=("body", "head", "legs", "eyes", "mouth", "antenna"), action="cry")],
        ),
        ("a cake with candles", [Add("cake")]),
        ("remove the candles from the cake", [Remove(Reference("cake"), "tapers")]),
        ("add an apple", [Add("apple")]),
        ("add three apples next to the tree", [Add("apple", 3, relation=Relation("next to", TREE))]),
        ("add red apples to the tree", [AddPart("apples", TREE, "red")]),
        ("paint the apples of the tree green", [Recolour(TREE, "green", "apples")]),
        (
            "a tree with red apples and a bird on it",
            [Add("tree"), Recolour(TREE, "red", "apples"), Add("bird", relation=Relation("on", TREE))],
        ),
        (
            "three red apples in a bowl",
            [Add("bowl"), Add("apple", 3, "red", relation=Relation("inside", Reference("bowl")))],
        ),
        ("a tree; paint the apples green", [Add("tree"), Recolour(TREE, "green", "apples")]),
        (
            "an apple and a tree; paint the apple green",
            [Add("apple"), Add("tree"), Recolour(Reference("apple"), "green")],
        ),
        (
            "a lamp, a book and a candle on a table",
            [Add("lamp"), Add("book"), Add("table"), Add("candle", relation=Relation("on", Reference("table")))],
        ),
        ("four candles in a row", [Add("candle", 4)]),
        (
            "a yellow buterfly on a flower",
            [Add("flower"), Add("butterfly", colour="yellow", relation=Relation("on", Reference("flower")))],
        ),
        ("two buses and a truck", [Add("bus", 2), Add("truck")]),
        ("an airplane above the clouds", [Add("plane", relation=Relation("above", Reference("cloud", every=True)))]),
        ("a bunny and a puppy", [Add("rabbit"), Add("dog")]),
        ("draw a dgo", [Add("dog")]),
        ("a spaceship and a lorry", [Add("rocket"), Add("truck")]),
        (
            "make the balloon red and let it fly",
            [Recolour(Reference("balloon"), "red"), Act(Reference("balloon"), "fly")],
        ),
        ("make the cat sleep and move it to the left", [Act(CAT, "sleep"), Move(CAT, "left")]),
        ("change the red car to blue", [Recolour(Reference("car", "red"), "blue")]),
        ("remove all the birds", [Remove(Reference("bird", every=True))]),
        (
            'write "Happy birthday" above the cake',
            [Add("text", relation=Relation("above", Reference("cake")), label="Happy birthday")],
        ),
    ],
)
def test_free_wording_is_read(prompt: str, operations: list[Operation]) -> None:
    assert list(parse(prompt).operations) == operations
