"""Settings are understood wherever in a sentence they are named."""

from __future__ import annotations

import pytest

from stepweave.world.language import NotPossible, parse
from stepweave.world.scene import Add, Background, Operation, Reference, Relation

TREE = Reference("tree")


@pytest.mark.parametrize(
    ("prompt", "operations"),
    [
        ("Draw a happy dog in a garden.", [Add("dog", action="smile"), Background("garden")]),
        ("Could you draw a penguin in the snow, please?", [Add("penguin"), Background("snow")]),
        (
            "There's an owl on a tree at night",
            [Add("tree"), Add("owl", relation=Relation("on", TREE)), Background("night")],
        ),
        ("a fish under water", [Add("fish"), Background("sea")]),
        ("a boat on the ocean", [Add("boat"), Background("sea")]),
        ("a car in the street", [Add("car"), Background("street")]),
        ("a bus in a city", [Add("bus"), Background("street")]),
        ("a cup on the kitchen table", [Add("cup"), Background("kitchen")]),
        (
            "a cup on the table in the kitchen",
            [Add("cup", relation=Relation("on", Reference("table"))), Background("kitchen")],
        ),
        ("a robot arm on the workbench", [Add("robot arm"), Background("workbench")]),
        ("a pig and two ducks in a meadow", [Add("pig"), Add("duck", 2), Background("garden")]),
        ("a cat in a garden with a tree", [Add("cat"), Add("tree"), Background("garden")]),
        ("a starry night over a house", [Background("night"), Add("house")]),
        ("colour the sky blue", [Background("blue")]),
        ("a beach scene with a palm tree", [Background("beach"), Add("palm tree")]),
        ("a night sky with a moon and three stars", [Background("night"), Add("moon"), Add("star", 3)]),
        ("in a garden, a cat and a dog", [Background("garden"), Add("cat"), Add("dog")]),
        (
            "At night, an owl sits on a tree.",
            [Background("night"), Add("tree"), Add("owl", relation=Relation("on", TREE))],
        ),
        ("on a blue background, a red house", [Background("blue"), Add("house", colour="red")]),
        (
            "on the workbench: a red block, a blue block and a gripper",
            [Background("workbench"), Add("block", colour="red"), Add("block", colour="blue"), Add("gripper")],
        ),
        ("set the scene at the beach", [Background("beach")]),
        ("Set the scene in winter. Draw a snowman.", [Background("snow"), Add("snowman")]),
        ("change the background to a beach", [Background("beach")]),
        ("change the scene to a beach", [Background("beach")]),
        ("move the scene to the beach", [Background("beach")]),
        ("the background is a beach", [Background("beach")]),
        ("make it night", [Background("night")]),
        ("make it snow", [Background("snow")]),
        ("let it be winter", [Background("snow")]),
        ("it is night", [Background("night")]),
        ("it is snowing", [Background("snow")]),
        ("change it to night", [Background("night")]),
        ("at the seaside", [Background("beach")]),
        ("take the garden away", [Background("white")]),
        ("remove the background", [Background("white")]),
    ],
)
def test_settings_are_read(prompt: str, operations: list[Operation]) -> None:
    assert list(parse(prompt).operations) == operations


def test_a_setting_has_its_own_sky() -> None:
    with pytest.raises(NotPossible, match="own sky"):
        parse("a cat in a garden with a blue sky")


def test_only_backdrops_become_settings() -> None:
    with pytest.raises(NotPossible, match="the cat"):
        parse("change the cat into a garden")
