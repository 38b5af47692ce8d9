"""The local memory: kept once, found by words, the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stepweave.agents.notebook import MOST, Notebook, NotebookUnusable
from stepweave.messages import Note, Recall
from stepweave.policies.cures import known

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


def cure(thing: str, aspect: str, text: str, before: str = "") -> Note:
    return Note(kind="cure", subject=thing, aspect=aspect, text=text, before=before)


def test_the_limit_is_obeyed(notebook: Notebook) -> None:
    notebook.remember("r1", "t", [cure("house", f"aspect{number}", "a house") for number in range(30)])
    assert len(notebook.recall("r2", Recall(text="house", limit=7))) == 7


def test_hundreds_of_equal_cures_leave_room_for_the_others(notebook: Notebook) -> None:
    for run in range(300):
        notebook.remember(f"r{run}", "t", [cure("house", "colour", "a pure red house", f"a red house {run}")])
    notebook.remember("r300", "t", [cure("house", "size", "a clearly small house"), LEFT])
    found = notebook.recall("r301", Recall(text="a house and a cat", limit=3))
    assert [(note.subject, note.aspect) for note in found] == [("house", "colour"), ("house", "size"), ("cat", "place")]
    assert found[0].before == "a red house 299"


def test_what_had_to_be_insisted_on_for_three_things_is_known_of_all(notebook: Notebook) -> None:
    cures = [cure(thing, "colour", f"a pure red {thing}") for thing in ("house", "cat", "boat")]
    notebook.remember("r1", "t", cures[:2])
    assert notebook.recall("r2", Recall(text="a car")) == ()
    notebook.remember("r2", "t", cures[2:])
    (found,) = notebook.recall("r3", Recall(text="a car"))
    assert known([found]) == {("everything", "colour"): 1}


def test_things_that_nobody_here_knows_are_found_by_their_words(notebook: Notebook) -> None:
    dragon = cure("dragon", "colour", "A dragon, and it must be crimson")
    notebook.remember("r1", "t", [dragon, RED])
    assert notebook.recall("r2", Recall(text="crimson dragons in the sky")) == (dragon,)


def test_things_are_found_by_other_words_for_them(notebook: Notebook) -> None:
    notebook.remember("r1", "t", [LEFT])
    assert notebook.recall("r2", Recall(text="two kittens")) == (LEFT,)


def test_the_latest_picture_of_each_thing_is_recalled(notebook: Notebook) -> None:
    shown = [Note(kind="canvas", step=1, text=text) for text in ("A red cat.", "A black cat and a boat.", "A house.")]
    notebook.remember("r1", "t", shown)
    assert notebook.recall("r2", Recall(text="the same cat", kinds=("canvas", "cure"))) == (shown[1],)
    assert notebook.recall("r2", Recall(text="a tree", kinds=("canvas",))) == ()


def test_notes_of_an_earlier_version_are_learnt_from(notebook: Notebook, tmp_path: Path) -> None:
    notebook.remember("r1", "t", [RED])
    notebook._db.executescript("DROP TABLE cures; PRAGMA user_version = 0;")
    later = Notebook(tmp_path / "sub" / "memory.sqlite")
    assert later.recall("r2", Recall(text="house")) == (RED,)
    later.close()


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
        book.recall("r1", Recall(text="house", kinds=("canvas",)))
    book.close()


@pytest.mark.parametrize("limit", [10**6, 2**63, 10**30])
def test_whatever_is_asked_for_a_bounded_number_of_notes_comes(notebook: Notebook, limit: int) -> None:
    notes = [Note(kind="accepted", text=f"a house, number {number}") for number in range(MOST + 10)]
    notebook.remember("r1", "t", notes)
    kinds = tuple(f"kind-{number}" for number in range(100_000)) + ("accepted",) * 2
    for run_only in (False, True):
        ask = Recall(text="house", kinds=kinds, run_only=run_only, limit=limit)
        assert len(notebook.recall("r1", ask)) == MOST
