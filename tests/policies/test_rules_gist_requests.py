"""Requests that people who had never seen the planner wrote down, with the prompts that each is planned as."""

from __future__ import annotations

import pytest

from tests.policies.planned import prompts, refused_or_none

PLANNED: dict[str, list[str]] = {
    "first picture: a girl holding a red balloon. second: oh no, the balloon flies up to the top! third: she cries": [
        "A person and a red balloon held by the person.",
        "Let the balloon fly. Move the balloon to the top.",
        "Let the person cry.",
    ],
    "open the lid of the box, lower the blue block into it, shut it again": [
        "A box and a blue block.",
        "Let the box open.",
        "Move the block into the box.",
        "Let the box do nothing.",
    ],
    "Two blocks on the workbench, the red one left and the blue one right. Arm lifts red. Then it lets "
    "go of it again.": [
        "A robot arm, a red block on the left and a blue block on the right, on a workbench.",
        "Let the robot arm hold the red block.",
        "Move the red block next to the robot arm.",
    ],
    "pls do: table / cake on the table / candle next to the cake / candle blown out": [
        "A table.",
        "Add a cake on the table.",
        "Add a candle next to the cake.",
        "Remove the flame of the candle.",
    ],
    "show my kid how evening comes: a mountain by day, the same mountain by night with a moon, then add three stars": [
        "A mountain.",
        "Add a moon. Set the scene at night.",
        "Add three stars.",
    ],
    "lift off! rocket down at the bottom, rocket in the middle, rocket up at the top": [
        "A rocket at the bottom.",
        "Move the rocket to the middle.",
        "Move the rocket to the top.",
    ],
    "garden. bee over a flower. a butterfly turns up as well. then no bee": [
        "A flower and a bee above the flower, in a garden.",
        "Add a butterfly.",
        "Remove the bee.",
    ],
    "brown table, and standing on it a green bottle and a red apple": [
        "A brown table, a green bottle on the table and a red apple on the table.",
    ],
    "3 balloons pls!!! red + yellow + blue": [
        "A red balloon, a yellow balloon and a blue balloon.",
    ],
    "above the flower hovers a bee, below the flower there is a snail": [
        "A flower, a bee above the flower and a snail below the flower.",
    ],
    "turtle. upside down. crying. aww": [
        "A crying upside-down turtle.",
    ],
    "Just an enormous white heart right in the middle of a gray background, nothing else": [
        "A large white heart in the middle, on a grey background.",
    ],
    "Lisa, age 5, orders: snowman, green scarf, NO nose": [
        "Draw a snowman without a nose. Paint the scarf of the snowman green.",
    ],
    "red car. now make it green. hmm no, yellow. and bigger please": [
        "A red car.",
        "Paint the car green.",
        "Paint the car yellow.",
        "Make the car bigger.",
    ],
    "Bike repair for dads: show the bike as it is, flip it upside down, paint it pink": [
        "A bicycle.",
        "Turn the bicycle upside down.",
        "Paint the bicycle pink.",
    ],
    "circles in a row, a red, a white and a black one -> delete the white -> the black grows": [
        "A red circle, a white circle and a black circle.",
        "Remove the white circle.",
        "Make the black circle bigger.",
    ],
    "dress up a person for me. shirt green first, trousers blue next, hair orange last": [
        "A person.",
        "Paint the person green.",
        "Paint the trousers of the person blue.",
        "Paint the hair of the person orange.",
    ],
    "A bear is sad. A bird comes along. Now the bear is not sad any more, he laughs!": [
        "A crying bear.",
        "Add a bird.",
        "Let the bear do nothing. Let the bear smile.",
    ],
    "hero image: large yellow sun top right, tiny white boat bottom left, blue bg": [
        "A large yellow sun at the top right and a tiny white boat at the bottom left, on a blue background.",
    ],
    "Is it possible to show a frog between two mushrooms?": [
        "Draw two mushrooms. Add a frog between all the mushrooms.",
    ],
    "cactus. bigger. bigger again. now smaller": [
        "A cactus.",
        "Make the cactus bigger.",
        "Make the cactus bigger.",
        "Make the cactus smaller.",
    ],
    "snowman loses his hat, his scarf becomes blue, and finally he gets the hat back": [
        "A snowman.",
        "Remove the hat of the snowman.",
        "Paint the scarf of the snowman blue.",
        "Add a hat to the snowman.",
    ],
    "I want see mountain. Then snowman in front of mountain. Then is night.": [
        "A mountain.",
        "Add a snowman in front of the mountain.",
        "Set the scene at night.",
    ],
    "before/after pair: cup without steam, cup with steam": [
        "A cup without steam.",
        "Add steam to the cup.",
    ],
    "time lapse of a flower bed: one flower, then two, then three": [
        "A flower.",
        "Add a flower.",
        "Add a flower.",
    ],
    "how would a street look with a bus in it? and then with a car behind the bus?": [
        "A bus, in a street.",
        "Add a car behind the bus.",
    ],
    "Please draw a blue boat at the beach. After this I should like a palm tree to its right, and a "
    "yellow umbrella on the other side.": [
        "A blue boat, on a beach.",
        "Add a palm tree to the right of the boat and a yellow umbrella to the left of the boat.",
    ],
    "the sky is getting crowded: cloud; cloud + plane; cloud + plane + balloon": [
        "A cloud.",
        "Add a plane.",
        "Add a balloon.",
    ],
    "Rabbit in the snow. Give it a carrot to hold. Make it sleep.": [
        "A rabbit, in the snow.",
        "Add a carrot held by the rabbit.",
        "Let the rabbit sleep.",
    ],
    "Scene opens on a crying bear. Enter a butterfly, to the right of him. He cheers up.": [
        "A crying bear.",
        "Add a butterfly to the right of the bear.",
        "Let the bear smile.",
    ],
    "daytime: a house with a tree at its left side. the same at night.": [
        "A house and a tree to the left of the house.",
        "Set the scene at night.",
    ],
    "please to draw one candle on the table, after it the flame must be away": [
        "A table and a candle on the table.",
        "Remove the flame of the candle.",
    ],
    "have the arm stack three small blocks: blue at the bottom, then red, yellow at the very top": [
        "A robot arm, a small blue block, a small red block and a small yellow block.",
        "Let the robot arm hold the red block.",
        "Move the red block onto the blue block.",
        "Let the robot arm hold the yellow block.",
        "Move the yellow block onto the red block.",
    ],
    "loop for a gif: frog, frog jumping, frog again": [
        "A frog.",
        "Let the frog jump.",
        "Let the frog do nothing.",
    ],
    "countdown: 3 rockets, 2 rockets, 1 rocket": [
        "Three rockets.",
        "Remove the rocket.",
        "Remove the rocket.",
    ],
    "robot arm picks up the green block and puts it on the yellow one": [
        "A robot arm, a green block and a yellow block.",
        "Let the robot arm hold the green block.",
        "Move the green block onto the yellow block.",
    ],
    "The gripper picks up the bottle, holds it over the bowl and pours": [
        "A gripper, a bottle and a bowl.",
        "Let the gripper hold the bottle.",
        "Move the bottle above the bowl.",
        "Let the bowl be full. Let the bottle pour.",
    ],
    "the arm has to put the red block in the box and the blue block on top of the box": [
        "A robot arm, a red block, a box and a blue block.",
        "Let the robot arm hold the red block.",
        "Move the red block into the box.",
        "Let the robot arm hold the blue block.",
        "Move the blue block onto the box.",
    ],
    "show a boat moving from the left to the right in 3 pictures": [
        "A boat on the left.",
        "Move the boat to the middle.",
        "Move the boat to the right.",
    ],
    "Start with a big bowl and put an apple into it, then a carrot": [
        "A large bowl and an apple inside the bowl.",
        "Add a carrot inside the bowl.",
    ],
    "How a flower grows: at first it's tiny, then small, then medium, and at the end large": [
        "A tiny flower.",
        "Make the flower small.",
        "Make the flower medium.",
        "Make the flower large.",
    ],
    "the sun smiles, then a grey cloud covers it and the sun is sad, can you show that?": [
        "A smiling sun.",
        "Add a grey cloud in front of the sun. Let the sun cry.",
    ],
    "six hearts, three of them red and three pink": [
        "Three red hearts and three pink hearts.",
    ],
    "a bird without wings and a tree without apples": [
        "Draw a bird without wings. Add a tree without apples.",
    ],
    "A blue cup with steam. Take the steam away. Paint the handle orange. Now the saucer can go as well": [
        "A blue cup.",
        "Remove the steam of the cup.",
        "Paint the handle of the cup orange.",
        "Remove the saucer of the cup.",
    ],
    "draw one flower in the middle. now i want a second one just like it on the right. paint the second one blue": [
        "A flower in the middle.",
        "Add a flower on the right.",
        "Paint the flower on the right blue.",
    ],
    "gripper, pick up the green block and drop it into the box": [
        "A gripper, a green block and a box.",
        "Let the gripper hold the block.",
        "Move the block into the box.",
    ],
    "stack three cubes: the red one at the bottom, then the green one, then blue on top": [
        "A red block.",
        "Add a green block on the red block.",
        "Add a blue block on the green block.",
    ],
    "Street scene: a bus on the left, then a car on the right, then a bicycle between them": [
        "A bus on the left, in a street.",
        "Add a car on the right.",
        "Add a bicycle between the bus and the car.",
    ],
    "boat in the middle, then a bird above it, then a small second boat to the right": [
        "A boat in the middle.",
        "Add a bird above the boat.",
        "Add a small boat on the right.",
    ],
    "Draw a snowman in the snow, then give him a friend: a penguin to the right of him": [
        "A snowman, in the snow.",
        "Add a penguin to the right of the snowman.",
    ],
    "start w/ a white rabbit, then a carrot shows up on the right, then the rabbit jumps, then it holds the carrot": [
        "A white rabbit.",
        "Add a carrot on the right.",
        "Let the rabbit jump.",
        "Let the rabbit hold the carrot.",
    ],
    "Draw a mushroom with a snail on top. Then add another mushroom, a smaller one, to the right.": [
        "A mushroom and a snail on the mushroom.",
        "Add a small mushroom on the right.",
    ],
    "big duck on the left, then three tiny ducks to the right of it": [
        "A large duck on the left.",
        "Add three tiny ducks to the right of the duck on the left.",
    ],
    'Draw a bear and write "Hi!" above it. Then change the text to "Bye!".': [
        'A bear and the words "Hi!" above the bear.',
        'Replace the text by the words "Bye!".',
    ],
    "please pour some water from the jug into the cup": [
        "A jug and a cup.",
        "Move the jug above the cup. Let the cup be full. Let the jug pour.",
    ],
    "push the red cube to the left side": [
        "A red block.",
        "Move the block to the left.",
    ],
    "can the gripper lift the blue block please? and then drop it in the box": [
        "A gripper, a blue block and a box.",
        "Let the gripper hold the block.",
        "Move the block into the box.",
    ],
    "there's a red block, a blue block and a big bowl on the workbench, put both blocks in the bowl one "
    "after the other": [
        "A red block, a blue block and a large bowl, on a workbench.",
        "Move the red block into the bowl.",
        "Move the blue block into the bowl.",
    ],
    "Please make 3 pictures: 1 a tree in the garden, 2 a bird on the tree, 3 the bird is singing": [
        "A tree, in a garden.",
        "Add a bird on the tree.",
        "Let the bird sing.",
    ],
    "i want a garden where every picture has one thing more: tree, flower, mushroom, rabbit": [
        "A tree, in a garden.",
        "Add a flower.",
        "Add a mushroom.",
        "Add a rabbit.",
    ],
    "one red cup, one green cup and one blue cup next to each other": [
        "A red cup, a green cup to the right of the red cup and a blue cup to the right of the green cup.",
    ],
    "Draw a yellow circle, replace it with a yellow square and then replace that with a yellow triangle": [
        "A yellow circle.",
        "Replace the circle with a yellow square.",
        "Replace the square with a yellow triangle.",
    ],
    "A robot is holding a flower. It gives the flower to a girl. She smiles.": [
        "A robot and a flower held by the robot.",
        "Add a person. Let the person hold the flower.",
        "Let the person smile.",
    ],
    "Stack three blocks: red at the bottom, then yellow, then blue on top. One step at a time.": [
        "A red block.",
        "Add a yellow block on the red block.",
        "Add a blue block on the yellow block.",
    ],
    "Arm grasps the cup and then lets it go again.": [
        "A robot arm and a cup.",
        "Let the robot arm hold the cup.",
        "Move the cup next to the robot arm.",
    ],
    "An empty kitchen. Put in a table. Then put a lamp on the table and a chair next to it.": [
        "Set the scene in a kitchen.",
        "Add a table.",
        "Add a lamp on the table and a chair next to the table.",
    ],
    "The sun moves across the sky, from the top left over the top middle to the top right.": [
        "A sun at the top left.",
        "Move the sun to the top.",
        "Move the sun to the top right.",
    ],
    "make a snowman, take off his hat, and put the hat back on": [
        "A snowman.",
        "Remove the hat of the snowman.",
        "Add a hat to the snowman.",
    ],
}


@pytest.mark.parametrize("request_", PLANNED)
def test_requests_are_planned_as_they_are_meant(request_: str) -> None:
    assert prompts(request_) == PLANNED[request_]


@pytest.mark.parametrize(
    "request_", ["a giraffe: its neck, then its legs", "Giraffe. Then a cat.", "Violin! Then a cat on it."]
)
def test_what_shall_be_drawn_is_never_passed_over(request_: str) -> None:
    refused = refused_or_none(request_)
    assert refused is not None
    assert any(word in str(refused) for word in ("giraffe", "violin"))


@pytest.mark.parametrize("word", ["abundance", "reluctantly", "daybreak", "curiosity"])
def test_words_for_what_no_picture_shows_are_passed_over(word: str) -> None:
    assert prompts(f"{word}: a cat, then a dog next to it") == ["A cat.", "Add a dog next to the cat."]
