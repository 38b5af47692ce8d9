"""The example of a search policy of one's own, and the page that shows it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from stepweave.messages import Options
from stepweave.policies.search import parse_policy, spelling
from stepweave.policies.state import RunState
from tests.policies.simulated import Log, answers, chain, verdict

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "patient_policy"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(FOLDER)
    point = EntryPoint("patient", "patient_policy:Patient", spelling.GROUP)
    monkeypatch.setattr(spelling, "_installed", lambda: {"patient": point})
    parse_policy.cache_clear()
    yield
    parse_policy.cache_clear()
    sys.modules.pop("patient_policy", None)


def run(policy: str, scores: list[float]) -> RunState:
    log = Log(Options(policy=policy, memory=None))
    return log.run(answers(chain(1), lambda ask: verdict(True, scores[ask.candidate - 1])))


@pytest.mark.usefixtures("installed")
def test_what_is_good_enough_falls_with_every_attempt() -> None:
    assert run("patient(9)", [9]).accepted[1].candidate == 1
    assert run("patient(9)", [7.5, 7.2, 5, 5, 5, 5]).accepted[1].candidate == 1
    assert len(run("patient(9)", [7.5, 7.2, 5, 5, 5, 5]).attempts(1)) == 2
    assert run("patient(10, 3)", [2, 3, 1]).accepted[1].candidate == 2


def test_the_page_shows_the_file_in_thirty_lines() -> None:
    page = (ROOT / "docs" / "policies.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    assert shown in (FOLDER / "patient_policy.py").read_text(encoding="utf-8")
    assert shown.count("\n") <= 30
    point = re.search(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    assert point is not None
    assert point[1] in (FOLDER / "pyproject.toml").read_text(encoding="utf-8")
