"""The tables of docs/embedded.md: how figures are written down, and that the page has room for them."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from benchmarks.page import measured, replaced
from benchmarks.quality.__main__ import LOOKS, PARTS, summed
from benchmarks.quality.chains import cases
from benchmarks.quality.critic import Judged
from benchmarks.quality.report import ARMS, ATTEMPTS, arms, judging, percent
from stepweave.app.parser import build
from stepweave.training.sketchbook.figures import figures
from stepweave.training.sketchbook.grading import Grade
from stepweave.training.sketchbook.grading import Judged as Looked

PAGE = (Path(__file__).parent.parent / "docs" / "embedded.md").read_text(encoding="utf-8")
GRADES = [
    Grade("edits", True, (True, True), (1, 2), (Looked(True, True),), 0.5),
    Grade("edits", False, (False,), (1,), (), 0),
]


@pytest.mark.parametrize("name", PARTS)
def test_the_page_has_a_place_for_every_part(name: str) -> None:
    page = replaced(PAGE, f"bench-quality {name}", "a table")
    assert f"<!-- bench-quality {name} -->\na table\n<!-- /bench-quality {name} -->" in page
    assert replaced(page, f"bench-quality {name}", "a table") == page


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="<!-- here -->"):
        replaced("a page", "here", "a table")


@pytest.mark.parametrize("arm", [*ARMS, *ATTEMPTS], ids=lambda arm: arm.name)
def test_every_arm_can_be_called(arm: argparse.Namespace) -> None:
    assert build().parse_args(["eval", "sketchbook", *arm.words]).bench == "sketchbook"


def test_figures_stand_with_their_intervals() -> None:
    table = arms({"critic": figures(GRADES), "no critic": figures(GRADES[1:])})
    assert table.count("\n") == 3
    assert "| critic | 50.0 (9.4 to 90.5) | 66.7 (0.0 to 100.0) | 1.33 | 100.0 (20.6 to 100.0) |" in table
    assert "| - | - |" in table
    assert percent(0.985, (0.97, 1.0)) == "98.5 (97.0 to 100.0)"


def test_verdicts_are_summed() -> None:
    some = [Judged(case, not case.faults, "", 0.1) for chain in range(4) for case in cases(chain, 0.6)]
    found = summed("256 pixels", some)
    assert (found.pictures, found.precision[0], found.recall[0]) == (len(some), 1.0, 1.0)
    assert f"| {len(some)} at 256 pixels | 100.0 (" in judging([found])
    assert {look.size for look in LOOKS.values()} == {256, 512, 1024}


def test_it_says_on_what_it_was_measured() -> None:
    assert "`make bench-quality`" in measured("make bench-quality", 0.5)
