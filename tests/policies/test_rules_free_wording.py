"""Requests as a new user would word them: each is planned, drawn without a mistake, and looked at."""

from __future__ import annotations

import pytest

from stepweave.world.scene import Scene
from stepweave.world.vocabulary import DRAWABLE
from tests.policies.planned import scenes, steps

LESSONS: dict[str, tuple[int, str]] = {
    "hey, could you show me how to draw a penguin please? i'm 6": (7, "penguin"),
    "How do you draw an owl sitting at night, step by step?": (8, "owl"),
    "Teach me to draw a butterfly in exactly 5 steps.": (5, "butterfly"),
    "I'd love to learn how to draw a happy bear in 6 easy steps": (6, "bear"),
    "how 2 draw a rocket": (6, "rocket"),
    "Tutorial: draw a purple elephant with blue ears, 8 pictures": (8, "elephant"),
    "My daughter wants to draw a frog on the beach. How does she do it?": (8, "frog"),
    "Can you explain how to draw a train part by part?": (6, "train"),
    "drawing lesson for a turtle, 4 steps": (4, "turtle"),
    "Show me, in three steps, how a birthday cake is drawn": (3, "cake"),
    "Draw a dancing robot in 5 steps": (5, "robot"),
    "How to draw a house with a green roof in the snow in 7 steps": (7, "house"),
    "How would I draw two red apples?": (3, "apple"),
    "Please teach my class how to draw a snail, one step at a time": (5, "snail"),
    "steps for drawing an ice cream": (5, "ice cream"),
    "how do I draw a sleeping cat": (8, "cat"),
    "How do I draw an open box in 4 steps?": (4, "box"),
    "please, how to sketch a bee on a pink background in two steps": (2, "bee"),
    "How can one draw a singing snowman in the snow?": (10, "snowman"),
    "help me draw a palm tree in 1 step": (1, "palm tree"),
}


@pytest.mark.parametrize("request_", LESSONS)
def test_lessons(request_: str) -> None:
    number, thing = LESSONS[request_]
    planned = steps(request_)
    last = scenes(planned)[len(planned)]
    assert len(planned) == number
    assert {item.thing for item in last.items} == {thing}
    assert all(item.parts in (None, DRAWABLE[thing].names) for item in last.items)
    assert all(step.name and step.instruction for step in planned)


DRAWINGS: dict[str, tuple[int, str]] = {
    "1. Draw a cat on the left. 2. Draw a dog on the right. 3. Let the cat sleep. 4. Let the dog sing.": (4, "cat dog"),
    "a) a bowl on the table b) put an apple into the bowl c) turn the bowl upside down": (3, "apple bowl table"),
    "- draw a bus in a street\n- add a person in front of the bus\n- make the person smile": (3, "bus person"),
    "First draw a tree, then put an owl on it, and finally make it night.": (3, "owl tree"),
    "Draw a red car, flip it, then replace it with a truck.": (3, "truck"),
    "draw a box, open it, put a key inside it": (3, "box key"),
    "Draw a bee above a flower in the garden; then let the bee fly to the left": (2, "bee flower"),
    "1) kitchen scene with a table 2) a cake on the table 3) a candle on the cake": (3, "cake candle table"),
    "a moon and three stars at night, then add an owl between two trees": (2, "moon owl star tree"),
    "A garden with a house on the left, a tree on the right, a cat between them and a sun at the top, in 4 steps": (
        4,
        "cat house sun tree",
    ),
    "A beach with a boat on the right and an umbrella in the middle. I want to see it develop in 2 steps.": (
        2,
        "boat umbrella",
    ),
    "A robot holding a key in front of a box on a workbench": (1, "box key robot"),
    "Three blue birds above a yellow house, each step one thing": (2, "bird house"),
    "Draw a jug, a bowl and a cup in a kitchen, one after the other": (4, "bowl cup jug"),
    "Show a plane flying above a mountain. Then the plane flies to the left.": (2, "mountain plane"),
    "a big elephant and a tiny bird on it, then make the bird sing and the elephant dance": (2, "bird elephant"),
    "Draw a robot arm and a cup on a workbench. Let the robot arm pick up the cup.": (2, "cup robot arm"),
    "Step 1: a duck. Step 2: copy it twice. Step 3: paint all the ducks orange": (3, "duck"),
    "draw a red house, a green tree, two yellow flowers, a dog and a sun, gradually": (5, "dog flower house sun tree"),
    "Draw a rabbit behind a tree, then let it run to the right": (2, "rabbit tree"),
    "a balloon held by a bear, then make the bear smile, then night": (3, "balloon bear"),
    "Start with a snail. Turn it upside down. Turn it upside down once more.": (3, "snail"),
    "Please draw a clock at the top, a chair below it, and a lamp next to the chair in three steps": (
        3,
        "chair clock lamp",
    ),
    "first a street, then a truck on the left, at last a bicycle on the right": (3, "bicycle truck"),
}


@pytest.mark.parametrize("request_", DRAWINGS)
def test_drawings(request_: str) -> None:
    number, things = DRAWINGS[request_]
    planned = steps(request_)
    last = scenes(planned)[len(planned)]
    assert len(planned) == number
    assert sorted({item.thing for item in last.items}) == _named(things)


def _named(things: str) -> list[str]:
    return ["cup", "robot arm"] if things == "cup robot arm" else things.split()


APART: dict[str, tuple[str, ...]] = {
    "draw separately: a bee, a snail and a frog": ("bee", "snail", "frog"),
    "three different pictures: a sleeping dog; a crying cat; a singing bird": ("dog", "cat", "bird"),
    "Independent pictures of a red bus, a green truck and a blue train": ("bus", "truck", "train"),
    "I need 2 separate drawings: one of a rabbit and one of a carrot": ("rabbit", "carrot"),
    "draw each on its own page: an apple, a carrot, a cake": ("apple", "carrot", "cake"),
    "I want four pictures: a cat, the cat sleeping, the cat at the beach, the cat jumping": ("cat",) * 4,
    "in 2 pictures: a sad dog at the left; a happy dog at the right": ("dog", "dog"),
}


@pytest.mark.parametrize("request_", APART)
def test_pictures_that_need_not_wait_for_each_other(request_: str) -> None:
    planned = steps(request_)
    assert not any(step.sources for step in planned)
    assert tuple(scene.items[0].thing for scene in scenes(planned).values()) == APART[request_]


ON_TABLE = "A robot arm, a cup and a table."


@pytest.mark.parametrize(
    ("request_", "given", "things"),
    [
        (
            "continue this picture: add a sleeping cat at the bottom left, then set the scene at night",
            "A house.",
            "cat",
        ),
        ("Here is my photo. Put a red umbrella at the top, then flip it", "A boat.", "umbrella"),
        ("go on with this: the robot arm picks up the cup. then it puts the cup on the table", ON_TABLE, "cup"),
        ("what comes next: add a sun, then remove the tree", "A tree.", "sun"),
        ("Take my picture, let the cat sleep and add a moon", "A cat.", "moon"),
    ],
)
def test_pictures_that_are_continued(request_: str, given: str, things: str) -> None:
    (drawn,) = scenes(steps(f"draw {given.lower()}")).values()
    planned = steps(request_, inputs=1)
    last = scenes(planned, drawn)[len(planned)]
    assert things in {item.thing for item in last.items}
    assert last != Scene()


@pytest.mark.parametrize(
    ("request_", "number"),
    [
        ("In words only: how do I draw a key?", 4),
        ("describe how to draw a duck without pictures", 7),
        ("tell me in words how to draw a gift in 3 steps", 3),
    ],
)
def test_lessons_in_words(request_: str, number: int) -> None:
    planned = steps(request_)
    assert len(planned) == number
    assert not any(step.prompt for step in planned)
