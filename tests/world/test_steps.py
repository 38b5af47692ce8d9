"""Ordinary requests step by step: there is room, and a step changes nothing but what it is about."""

from __future__ import annotations

import pytest
from PIL import ImageChops

from stepweave.world.language import parse
from stepweave.world.layout import perform
from stepweave.world.measure import bounds
from stepweave.world.render import render
from stepweave.world.scene import Item, Scene

PIXELS = 192

STORIES = """
Draw a snowman. | Add a tree on its left. | Add a tree to the right of the snowman. | Add a sun.
Draw a snowman. | Add a tree to the left of the snowman. | Add a tree to the right of the snowman. | Add a cat.
Draw a house. | Add a tree to the left of the house. | Add a person to the right of the house. | Add a sun.
Draw a house. | Add a sun in the top right corner. | Add a cat below the house. | Add a flower on the left.
Draw a house and a tree. | Add a cat to the left of the house. | Add a flower to the right of the tree. | Add a sun.
Draw a house, a tree and a car. | Add a sun. | Add a person. | Make the person smaller.
Draw a cat. | Add a fish next to the cat. | Add a cup next to the cat. | Add a heart above the cat.
Draw a boat. | Add a sun in the top left corner. | Add three fish below the boat. | Make the boat bigger.
Draw a red circle. | Add a blue square to the right of the circle. | Add a green triangle to the left of the circle.
Draw a red circle in the middle. | Add a star above the circle. | Add a heart below the circle.
Draw a blue square. | Add a red circle on top of the square. | Add a yellow star on top of the circle.
Draw a robot. | Add a heart inside the robot. | Add a cup to the left of the robot. | Write "Hello" at the top.
Draw a robot. | Add a small cat to the left of the robot. | Add a small cat to the right of the robot.
Draw a tree. | Add a tree. | Add a tree. | Add a tree. | Add a tree.
Draw a flower. | Add two flowers. | Add a sun. | Add a person next to the flower.
Draw three stars. | Add a house. | Add a cat to the left of the house. | Make the background blue.
Draw a person. | Add a house to the right of the person. | Add a tree to the left of the person. | Add a car.
Draw a person on the left. | Add a house on the right. | Add a sun in the top right corner. | Add a cat.
Draw a car at the bottom. | Add a tree above the car. | Add a sun. | Add a house on the left.
Draw a cup. | Write "Good morning" below the cup. | Add a heart above the cup. | Make the cup blue.
Draw a fish. | Add a fish above the fish. | Add a fish. | Make the fish orange.
Draw a large house. | Add a tree. | Add a cat. | Add a flower.
Draw a large house in the middle. | Add a small tree to the right of the house. | Add a sun.
Draw a small house. | Make the house bigger. | Add a tree next to the house. | Make the tree smaller.
Draw a small boat on the left. | Add a small boat on the right. | Add a sun. | Add a fish at the bottom.
Draw a sun. | Add a house. | Add a tree. | Add a person.
Draw a sun in the top left corner. | Add a star in the top right corner. | Add a cat at the bottom.
Draw a heart. | Write "Love" below the heart. | Make the heart bigger. | Add a star.
Draw a green diamond. | Add a red diamond to the left of the diamond. | Add a blue diamond above the green diamond.
Draw an oval. | Add a circle inside the oval. | Add a star on the oval.
Draw a house with a red roof. | Add a tree to the left of the house. | Remove the tree. | Add a car on the left.
Draw a house. | Move the house to the left. | Add a tree to the right of the house. | Add a cat next to the tree.
Draw a cat. | Move the cat to the bottom. | Add a sun above the cat. | Add a heart to the right of the cat.
Draw a car. | Move the car to the right. | Add a house to the left of the car. | Add a tree to the left of the house.
Draw a snowman on a blue background. | Add two trees. | Add a star at the top. | Make the hat red.
Draw a boat on the left and a fish on the right. | Add a sun. | Move the boat to the bottom left corner.
Draw four circles. | Add a square. | Make the square bigger. | Add a star.
Draw a rectangle at the bottom. | Add a robot on the rectangle. | Add a cup to the left of the robot. | Add a sun.
Draw a triangle on top of a square. | Add a tree to the left of the square. | Add a sun.
Draw a person. | Write "Anna" above the person. | Add a cat to the left of the person. | Make the cat bigger.
Draw a tree. | Add a cat below the tree. | Add a heart above the tree. | Add a small person to the left of the tree.
Draw a flower in the middle. | Add a cup in the middle. | Add a star in the middle.
Draw a red house on the left. | Add a blue house on the right. | Add a person in the middle. | Add a sun at the top.
Draw two cats. | Add a fish to the left of the cat. | Add a house. | Remove the fish.
""".strip().splitlines()


def _touched(before: Scene, after: Scene) -> list[Item]:
    """What a step was about: everything that is not as it was."""
    return [*(set(before.items) - set(after.items)), *(set(after.items) - set(before.items))]


def _changed_elsewhere(before: Scene, after: Scene, touched: list[Item]) -> bool:
    """Whether pixels changed outside the boxes of things."""
    change = ImageChops.difference(render(before, PIXELS, PIXELS), render(after, PIXELS, PIXELS))
    for item in touched:
        box = bounds(item)
        left, top, right, bottom = (round(value * PIXELS) for value in (box.left, box.top, box.right, box.bottom))
        change.paste((0, 0, 0), (left - 2, top - 2, right + 3, bottom + 3))
    return change.getbbox() is not None


@pytest.mark.parametrize("story", STORIES)
def test_each_step_has_room_and_changes_nothing_else(story: str) -> None:
    before = Scene()
    for prompt in story.split(" | "):
        after, done = perform(before, parse(prompt).operations)
        about = {item.id for one in done for item in one.items}
        touched = _touched(before, after)
        assert {item.id for item in touched} <= about
        assert before.background != after.background or not _changed_elsewhere(before, after, touched)
        before = after
