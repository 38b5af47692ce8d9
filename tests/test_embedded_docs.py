"""docs/embedded.md: every example works, and every number and list is the one in the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stepweave.messages import Blob, MakePlan
from stepweave.policies.pixels.verdict import SEVERITY, SPOILT
from stepweave.policies.rules import plan
from stepweave.tools.sketch import FAULT_RATE
from stepweave.world.faults import CERTAIN, EASY, LEVELS, SHARE, STUBBORN, WEIGHTS
from stepweave.world.language import parse
from stepweave.world.layout import perform
from stepweave.world.measure import visible_parts
from stepweave.world.mishaps import POSED
from stepweave.world.scene import Item, Scene
from stepweave.world.vocabulary import (
    BACKGROUNDS,
    COLOURS,
    DRAWABLE,
    LONGEST_LABEL,
    PLACES,
    RELATIONS,
    SHAPES,
    SIZES,
    THINGS,
)

PAGE = (Path(__file__).parent.parent / "docs" / "embedded.md").read_text(encoding="utf-8")
PICTURE = Blob(sha256="0" * 64, width=64, height=64, size=10)
NUMBERS = {4: "four", 8: "eight", 9: "nine", 11: "eleven", 12: "twelve"}
"""Larger numbers are written in figures."""


def blocks(kind: str) -> list[list[str]]:
    """The lines of every fenced block of that kind."""
    found = re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return [block.splitlines() for block in found]


def lines(kind: str) -> list[str]:
    """The lines of all of them."""
    return [line for block in blocks(kind) for line in block]


def table(first: str) -> list[list[str]]:
    """The rows of the table whose first column has that name."""
    rows = PAGE[PAGE.index(f"| {first} |") :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


@pytest.mark.parametrize("prompts", blocks("prompt"), ids=lambda prompts: prompts[0])
def test_prompts_can_be_drawn_one_after_the_other(prompts: list[str]) -> None:
    scene = Scene()
    for prompt in prompts:
        after = perform(scene, parse(prompt).operations)[0]
        assert after != scene
        scene = after


@pytest.mark.parametrize("request_", lines("request"))
def test_requests_can_be_planned(request_: str) -> None:
    assert plan(MakePlan(request=request_)).steps


@pytest.mark.parametrize("request_", lines("request with a picture"))
def test_pictures_can_be_continued(request_: str) -> None:
    assert plan(MakePlan(request=request_, inputs=(PICTURE,))).steps[0].sources


def test_there_are_examples() -> None:
    assert [len(lines(kind)) > 1 for kind in ("prompt", "request", "request with a picture")] == [True] * 3


def test_weights_are_those_of_the_fault_model() -> None:
    assert {row[0]: int(row[1]) for row in table("aspect")} == WEIGHTS
    assert f"({FAULT_RATE:.0%}".replace("%", " percent") in PAGE
    assert f"{SHARE:.0%}".replace("%", " percent") + " are stubborn" in PAGE
    assert f"difficulty of {STUBBORN:g}; the others are easy, with {EASY:.2f}," in PAGE
    said = re.findall(r"leave (\S+) of its risk .*?, (\S+) in\s+two ways, and (\S+) in three", PAGE)
    assert said == [tuple(f"{level:g}" for level in LEVELS[1:])]
    assert f"at most {CERTAIN}" in PAGE
    assert f"smaller than {POSED} of" in PAGE


def test_the_table_of_faults_says_what_the_code_says() -> None:
    code = (Path(__file__).parent.parent / "stepweave" / "world" / "faults.py").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", code[: code.index("from __future__")]))
    assert [row[0] for row in table("aspect") if not set(re.findall(r"\w+", " ".join(row))) <= words] == []


def test_parts_are_those_that_are_drawn() -> None:
    said = {row[0]: tuple(row[1].replace("**", "").split(", ")) for row in table("thing")}
    assert said == {thing.name: thing.names for thing in THINGS.values()}
    assert all(f"**{THINGS[row[0]].main}**" in row[1] for row in table("thing"))


def test_numbers_are_those_of_the_vocabulary() -> None:
    for count, noun in ((len(SHAPES), "shapes"), (len(THINGS), "things"), (len(COLOURS), "colours")):
        assert f"{NUMBERS.get(count, count)} {noun}" in PAGE.casefold()
    assert len(BACKGROUNDS) == len(COLOURS)
    assert f"{NUMBERS[len(PLACES)]} places" in PAGE.casefold()
    assert f"{len(DRAWABLE)} things and {NUMBERS[len(COLOURS)]} colours" in PAGE
    assert f"up to {LONGEST_LABEL}\ncharacters" in PAGE
    *first, last = (f"{100 * extent:g}" for extent in SIZES.values())
    assert f"{', '.join(first)} and {last} percent" in PAGE
    assert all(f"`{word}`" in PAGE for word in (*RELATIONS, *SIZES))


def test_marks_are_those_of_the_critic() -> None:
    assert SEVERITY == {"missing": 1.0, "count": 0.7, "colour": 0.6, "place": 0.6, "pose": 0.6, "size": 0.5}
    assert SPOILT == {"extra": 4.0, "damaged": 5.0, "quality": 5.0, "drift": 5.0}
    for mark in (
        "a wrong count 0.7",
        "a colour, place or pose 0.6",
        "a size 0.5",
        "takes 4 off",
        "damaged 5,",
        "drifted colours 5.",
    ):
        assert mark in PAGE


def test_parts_that_are_too_small_are_named() -> None:
    hidden = {
        name: set(thing.names) - set(visible_parts(Item(1, name, 0.5, 0.5, SIZES["tiny"]), 512))
        for name, thing in THINGS.items()
    }
    assert {name: parts for name, parts in hidden.items() if parts} == {
        "snowman": {"eyes", "nose", "buttons"},
        "cat": {"nose"},
        "person": {"face"},
        "cactus": {"spines"},
        "ice cream": {"sprinkles"},
        "clock": {"marks"},
    }
