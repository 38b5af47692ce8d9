"""The local memory: kept once, found by words, the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stepweave.agents.notebook import Notebook, NotebookUnusable
from stepweave.messages import Note, Recall

RED = Note(kind="cure", text="a pure red house", before="a red house", subject="house", aspect="colour")
LEFT = Note(kind="cure", text="exactly left", before="left", subject="cat", aspect="place")


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    book = Notebook(tmp_path / "sub" / "memory.sqlite")
    yield book
    book.close()


def test_a_cure_is_found_by_a_word_of_the_request(notebook: Notebook) -> None:
    notebook.remember("r1", "t", [RED, LEFT])
    assert notebook.recall("r2", Recall(text="How do I draw houses?")) == (RED,)


def test_a_task_delivered_twice_leaves_one_set_of_notes(notebook: Notebook) -> None:
    assert notebook.remember("r1", "t", [RED, LEFT]) == 2
    assert notebook.remember("r1", "t", [RED, LEFT]) == 0
    assert set(notebook.recall("r2", Recall(text="house cat"))) == {RED, LEFT}
    assert len(notebook.recall("r2", Recall(text="house cat"))) == 2


def test_a_run_can_ask_for_its_own_notes_alone(notebook: Notebook) -> None:
    mine = Note(kind="canvas", step=1, text="a red house")
    notebook.remember("r1", "t", [mine])
    notebook.remember("r2", "t", [Note(kind="canvas", step=1, text="a cat")])
    assert notebook.recall("r1", Recall(text="", kinds=("canvas",), run_only=True)) == (mine,)


def test_two_processes_see_the_same_notes(notebook: Notebook, tmp_path: Path) -> None:
    notebook.remember("r1", "t", [RED])
    other = Notebook(tmp_path / "sub" / "memory.sqlite")
    assert other.recall("r2", Recall(text="house")) == (RED,)
    other.close()


def test_the_limit_is_obeyed(notebook: Notebook) -> None:
    notebook.remember("r1", "t", [RED.model_copy(update={"before": f"house {n}"}) for n in range(30)])
    assert len(notebook.recall("r2", Recall(text="house", limit=7))) == 7


@given(st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_text_is_read_as_query_syntax(notebook: Notebook, text: str) -> None:
    assert isinstance(notebook.recall("r", Recall(text=text)), tuple)


def test_a_file_that_is_none_of_ours_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    path.write_bytes(b"a letter to my aunt" * 1000)
    with pytest.raises(NotebookUnusable, match=r"memory\.sqlite cannot be used") as caught:
        Notebook(path)
    assert "--memory off" in caught.value.remedy
    assert path.read_bytes().startswith(b"a letter")


def test_a_notebook_that_is_damaged_meanwhile_is_named(tmp_path: Path) -> None:
    book = Notebook(tmp_path / "memory.sqlite")
    book._db.execute("DROP TABLE words")
    with pytest.raises(NotebookUnusable, match="words"):
        book.remember("r1", "t", [RED])
    with pytest.raises(NotebookUnusable, match="words"):
        book.recall("r1", Recall(text="house"))
    book.close()
