"""Requests in people's own words, with the prompts that each is planned as."""

from __future__ import annotations

import pytest

from tests.policies.planned import prompts, refused_or_none

PLANNED: dict[str, list[str]] = {
    "draw a tree without leaves. add the leaves.": ["A tree without leaves.", "Add leaves to the tree."],
    "First a rocket on the moon, then flying away from the moon": [
        "A moon and a rocket on the moon.",
        "Let the rocket fly. Move the rocket above the moon.",
    ],
    "a sun; after that some clouds; after that the clouds hide the sun": [
        "A sun.",
        "Add three clouds.",
        "Move all the clouds in front of the sun.",
    ],
    "A table with a cup. Then the table without the cup": ["A table and a cup on the table.", "Remove the cup."],
    "A sleeping cat. Wake it up.": ["A sleeping cat.", "Let the cat do nothing."],
    "sun at top left moves to top right while the house stays the same": [
        "A house and a sun at the top left.",
        "Move the sun to the top right.",
    ],
    "draw four circles in different colours: red, blue, green and yellow": [
        "A red circle, a blue circle, a green circle and a yellow circle.",
    ],
    "three flowers, each in a different colour, in a garden": [
        "A red flower, a green flower and a blue flower, in a garden.",
    ],
    "two cups, one red one blue. swap their colours": [
        "A red cup and a blue cup.",
        "Paint the blue cup red. Paint the red cup blue.",
    ],
    "left: sun. right: moon. bottom: a house.": ["A sun on the left, a moon on the right and a house at the bottom."],
    "First a key. Then a box. Then only the box.": ["A key.", "Add a box.", "Remove the key."],
    "the rabbit has two carrots and gives one to the bear": [
        "A rabbit and two carrots held by the rabbit.",
        "Remove the carrot. Add a bear. Let the bear hold the carrot.",
    ],
    "a moon over a house; then the sun replaces the moon": [
        "A house and a moon above the house.",
        "Replace the moon with a sun.",
    ],
    "write the number 7 next to seven apples": ['Seven apples and the words "7" next to all the apples.'],
    "draw a cat. no wait, draw a dog. then give it a ball": ["A dog.", "Add a circle held by the dog."],
    "a tree. duplicate the tree twice": ["A tree.", "Duplicate the tree twice."],
    "draw a house, then it gets dark": ["A house.", "Set the scene at night."],
    "Can I get a table with 2 chairs, one on each side": [
        "A table, a chair to the left of the table and a chair to the right of the table.",
    ],
    "A car, a bus and a bicycle from left to right in a street": [
        "A car on the left, a bus in the middle and a bicycle on the right, in a street.",
    ],
    "a rocket going up in 3 pics, first on the ground then in the middle then at the top": [
        "A rocket at the bottom.",
        "Move the rocket to the middle.",
        "Move the rocket to the top.",
    ],
    "A mushroom grows next to a tree: tiny, then medium, then big": [
        "A tree and a tiny mushroom next to the tree.",
        "Make the mushroom medium.",
        "Make the mushroom large.",
    ],
    "show an owl on the left in picture 1, in the middle in picture 2 and on the right in picture 3": [
        "An owl on the left.",
        "Move the owl to the middle.",
        "Move the owl to the right.",
    ],
    "a cat under a table and a lamp on the table. then switch the cat and the lamp": [
        "A table, a cat below the table and a lamp on the table.",
        "Move the cat onto the table. Move the lamp below the table.",
    ],
    "five stars at night and then make one star bigger": ["Five stars, at night.", "Make the star bigger."],
    "Draw 2 cats. Make the first one black and the second one white.": [
        "Two cats.",
        "Paint the cat on the left black. Paint the orange cat white.",
    ],
    "Count to three with apples": ["An apple.", "Add an apple.", "Add an apple."],
    "the moon rises over the mountain in 3 images": [
        "A mountain and a moon behind the mountain.",
        "Move the moon above the mountain.",
        "Move the moon to the top.",
    ],
    "draw a snowman with a carrot nose": ["A snowman with an orange nose."],
    "we have two boxes: a red one and a blue one. move the apple from the red to the blue one": [
        "A red box and a blue box.",
        "Add an apple inside the red box.",
        "Move the apple into the blue box.",
    ],
    "a house in the snow. The snow melts.": ["A house, in the snow.", "Make the background white."],
    "draw the moon, make it bigger and bigger": ["A moon.", "Make the moon bigger. Make the moon bigger."],
    "Write hello world in the middle of the picture": ['The words "hello world" in the middle.'],
    "hide the key in the box and close it": [
        "A key and a box.",
        "Move the key into the box.",
        "Let the box do nothing.",
    ],
    "cup in front of bottle. swap them.": [
        "A bottle and a cup in front of the bottle.",
        "Move the bottle in front of the cup.",
    ],
    "1 apple -> 2 apples -> 3 apples": ["An apple.", "Add an apple.", "Add an apple."],
    "a red circle, a blue square, a green triangle, one per picture": [
        "A red circle.",
        "A blue square.",
        "A green triangle.",
    ],
    "In step 1 the cup is empty, in step 2 the jug pours into the cup, in step 3 the cup is full": [
        "A cup.",
        "Add a pouring jug above the cup.",
        "Let the cup be full.",
    ],
    "draw a bowl of apples": ["A bowl and three apples inside the bowl."],
    "turn a red square into a blue circle": ["A red square.", "Replace the square with a blue circle."],
    "Two balloons, then one changes to green": ["Two balloons.", "Paint the balloon green."],
    "a dog and a bear. each holds a balloon": [
        "A dog and a bear.",
        "Add a balloon held by the bear and a balloon held by the dog.",
    ],
    "draw a family of penguins: two big ones and a small one": ["Two large penguins and a small penguin."],
    "a scene at the beach where a turtle and a snail sit under an umbrella": [
        "An umbrella, a turtle below the umbrella and a snail below the umbrella, on a beach.",
    ],
    "put the following on a table: a cup, a book and a lamp": [
        "A table, a cup on the table, a book on the table and a lamp on the table.",
    ],
    "draw a rocket pointing to the right": ["A rocket turned to the right."],
    "take a bottle. lay it on its side. stand it up again.": [
        "A bottle.",
        "Turn the bottle to the right.",
        "Turn the bottle to the left.",
    ],
    "Draw a butterfly with red wings. Add another butterfly, this time with blue wings.": [
        "A red butterfly.",
        "Add a blue butterfly.",
    ],
    "Sort by colour, the arm does it: red block into the red box, blue block into the blue box": [
        "A robot arm, a red block, a red box, a blue block and a blue box.",
        "Move the red block into the red box.",
        "Move the blue block into the blue box.",
    ],
    "pour from the jug to the bowl with robot arm, 3 keyframes": [
        "A robot arm, a jug and a bowl.",
        "Let the robot arm hold the jug.",
        "Move the jug above the bowl. Let the bowl be full. Let the jug pour.",
    ],
    "robot arm grabs bottle, then pours it into the bowl, then puts it back": [
        "A robot arm, a bottle and a bowl.",
        "Let the robot arm hold the bottle.",
        "Move the bottle above the bowl. Let the bowl be full. Let the bottle pour.",
        "Let the bottle do nothing. Move the bottle next to the robot arm.",
    ],
    "The gripper is above the block; it goes down; it closes; it goes up with the block": [
        "A block and a gripper above the block.",
        "Move the gripper onto the block.",
        "Let the gripper hold the block.",
        "Move the gripper to the top.",
    ],
    "gripper picks up the yellow block and drops it into the box": [
        "A gripper, a yellow block and a box.",
        "Let the gripper hold the block.",
        "Move the block into the box.",
    ],
    "in the open box lies a small ball, could the arm take it out and lay it next to the box?": [
        "A robot arm, an open box and a small circle inside the box.",
        "Let the robot arm hold the circle.",
        "Move the circle next to the box.",
    ],
    "open the box, place the blue cube inside, close it again": [
        "A box and a blue block.",
        "Let the box open.",
        "Move the block into the box.",
        "Let the box do nothing.",
    ],
    "hand the cup from the left gripper to the right gripper": [
        "A gripper on the left, a cup held by the gripper on the left and a gripper on the right.",
        "Let the gripper on the right hold the cup.",
    ],
    "push the cup off the table": ["A table and a cup on the table.", "Move the cup next to the table."],
    "stack red on blue on green": [
        "A green block, a blue block on the green block and a red block on the blue block.",
    ],
    "take the red block from the top of the blue block and put it on the table": [
        "A blue block and a red block on the blue block.",
        "Add a table. Move the red block onto the table.",
    ],
    "candle, book and cups on a table": [
        "A table, a candle on the table, a book on the table and three cups on the table.",
    ],
    "place the red cube between the two blue cubes": [
        "Draw two blue blocks. Add a red block between all the blue blocks.",
    ],
    "Start state: cup on the left, bowl on the right. Goal state: cup inside the bowl. Show the steps.": [
        "A small cup on the left and a bowl on the right.",
        "Move the cup into the bowl.",
    ],
    "the robot arm stacks three blocks: red at the bottom, green in the middle, blue on top": [
        "A robot arm, a small red block, a small green block and a small blue block.",
        "Let the robot arm hold the green block.",
        "Move the green block onto the red block.",
        "Let the robot arm hold the blue block.",
        "Move the blue block onto the green block.",
    ],
    "two animals: a cat and a dog": ["A cat and a dog."],
}


@pytest.mark.parametrize("request_", PLANNED)
def test_requests_are_planned_as_they_are_meant(request_: str) -> None:
    assert prompts(request_) == PLANNED[request_]


def test_parts_in_another_number_than_they_are_drawn_in_are_refused() -> None:
    refused = refused_or_none("a house with two windows, then a tree next to it")
    assert refused is not None
    assert "one window" in str(refused)


@pytest.mark.parametrize("word", ["raining", "gravel", "puddle", "sprout"])
def test_english_words_are_not_taken_for_misspelt_others(word: str) -> None:
    refused = refused_or_none(f"a cat and a {word}, then the cat sleeps")
    assert refused is not None
    assert word in str(refused)
