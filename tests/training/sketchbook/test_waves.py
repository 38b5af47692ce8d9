"""What a wave of runs learns is known to the next one, in an order that does not depend on speed."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from stepweave.agents.agent import Context, Host
from stepweave.agents.memory import memory_of
from stepweave.agents.notebook import Notebook
from stepweave.bus import Bus
from stepweave.messages import Note, Recall, Recalled, Remember
from stepweave.training.sketchbook.waves import Waves

pytestmark = pytest.mark.anyio


def _context(run: str, task: str = "recall") -> Context:
    return Context(run, task, 1, Host(cast("Bus", None), Path()))


def _cure(text: str) -> Remember:
    return Remember(notes=(Note(kind="cure", subject="cat", aspect="colour", text=text, before="a cat"),))


async def _known(waves: Waves) -> list[str]:
    answer = await waves.agent()(Recall(text="a cat"), _context("later"))
    assert isinstance(answer, Recalled)
    return [note.text for note in answer.notes]


async def test_what_is_told_is_known_after_the_wave(tmp_path: Path) -> None:
    waves = Waves(memory_of(Notebook(tmp_path / "memory.sqlite")))
    await waves.agent()(_cure("a truly red cat"), _context("run-1", "remember"))
    assert await _known(waves) == []
    await waves.flow()
    assert await _known(waves) == ["a truly red cat"]


async def test_the_order_in_which_runs_end_does_not_matter(tmp_path: Path) -> None:
    told = []
    for name, order in (("one", (1, 2, 3)), ("two", (3, 1, 2))):
        waves = Waves(memory_of(Notebook(tmp_path / name)))
        for number in order:
            await waves.agent()(_cure(f"cat {number}"), _context(f"run-{number}", "remember"))
        await waves.flow()
        told.append(await _known(waves))
    assert told[0] == told[1]
    assert len(told[0]) > 0
