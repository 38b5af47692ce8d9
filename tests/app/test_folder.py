"""How a storyboard comes into its folder: as a whole or not at all, and over nobody else's files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stepweave.app.folder import OutputTaken, OutputUnwritable, check_output, write
from stepweave.app.storyboard import storyboard

if TYPE_CHECKING:
    from tests.app.conftest import Sample


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 kB, where the system lets us have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.run(command, check=False).returncode:
        pytest.skip("needs the right to mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_storyboard_is_written_and_replaced(tmp_path: Path, sample: Sample) -> None:
    folder = tmp_path / "made" / "story"
    check_output(folder)
    assert not folder.parent.exists()
    files = storyboard(sample.state, sample.blobs)
    write(files, folder)
    write({**files, "story.md": b"again"}, folder)
    assert (folder / "story.md").read_bytes() == b"again"
    assert {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} == files.keys()
    assert [p.name for p in folder.parent.iterdir()] == ["story"]


def test_other_peoples_files_are_left_alone(tmp_path: Path, sample: Sample) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    for attempt in (lambda: check_output(tmp_path), lambda: write(storyboard(sample.state, sample.blobs), tmp_path)):
        with pytest.raises(OutputTaken, match="--out"):
            attempt()
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_storyboard_with_a_guest_is_left_alone(tmp_path: Path, sample: Sample) -> None:
    folder = tmp_path / "story"
    write(storyboard(sample.state, sample.blobs), folder)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(OutputTaken):
        check_output(folder)


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "story").write_text("")
    with pytest.raises(OutputUnwritable, match="not a folder"):
        check_output(tmp_path / "story")
    with pytest.raises(OutputUnwritable, match="--out"):
        check_output(tmp_path / "story" / "below")


def test_a_failed_write_leaves_the_old_storyboard(tmp_path: Path, sample: Sample) -> None:
    files = storyboard(sample.state, sample.blobs)
    folder = tmp_path / "story"
    write(files, folder)
    with pytest.raises(OutputUnwritable):
        write({**files, "images": b"a file where a folder must be"}, folder)
    assert (folder / "story.json").read_bytes() == files["story.json"]
    assert [p.name for p in tmp_path.iterdir()] == ["story"]


def test_a_folder_that_is_there_stays_the_same_folder(tmp_path: Path, sample: Sample) -> None:
    folder = tmp_path / "story"
    folder.mkdir(mode=0o750)
    before = folder.stat()
    for _ in range(2):
        check_output(folder)
        write(storyboard(sample.state, sample.blobs), folder)
    assert (folder.stat().st_ino, folder.stat().st_mode) == (before.st_ino, before.st_mode)
    assert sorted(p.name for p in folder.iterdir()) == ["images", "story.html", "story.json", "story.md"]


def test_one_may_stand_in_the_folder(tmp_path: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    check_output(Path())
    write(storyboard(sample.state, sample.blobs), Path())
    assert Path("story.html").is_file()


@pytest.mark.parametrize("there", [True, False])
def test_links_are_followed_and_stay(there: bool, tmp_path: Path, sample: Sample) -> None:
    target = tmp_path / "target"
    if there:
        target.mkdir()
    link = tmp_path / "link"
    link.symlink_to(target)
    for _ in range(2):
        check_output(link)
        write(storyboard(sample.state, sample.blobs), link)
    assert link.is_symlink()
    assert (target / "story.html").is_file()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "target"]


def test_a_picture_of_somebody_else_is_a_guest_too(tmp_path: Path, sample: Sample) -> None:
    folder = tmp_path / "story"
    write(storyboard(sample.state, sample.blobs), folder)
    (folder / ".DS_Store").write_text("left by a file manager")
    check_output(folder)
    (folder / "images" / "mine.png").write_text("mine")
    with pytest.raises(OutputTaken):
        write(storyboard(sample.state, sample.blobs), folder)
    assert (folder / "images" / "mine.png").is_file()


def test_names_the_system_does_not_take_are_named(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for name in ("x" * 300, "loop"):
        with pytest.raises(OutputUnwritable, match=f"{name}: .*--out"):
            check_output(tmp_path / name)


def test_a_name_may_be_as_long_as_the_system_takes(tmp_path: Path, sample: Sample) -> None:
    folder = tmp_path / ("x" * 255)
    check_output(folder)
    write(storyboard(sample.state, sample.blobs), folder)
    assert (folder / "story.html").is_file()


@pytest.mark.parametrize("below", [".", "story", "a/b/story"])
def test_a_full_disk_leaves_nothing_behind(below: str, small_disk: Path, sample: Sample) -> None:
    folder = small_disk / below
    check_output(folder)
    with pytest.raises(OutputUnwritable, match="No space left"):
        write(storyboard(sample.state, sample.blobs), folder)
    assert list(small_disk.iterdir()) == []


def test_a_mount_can_be_written_into(small_disk: Path) -> None:
    for text in (b"one", b"two"):
        write({"story.html": text, "story.json": b'{"run": "", "parts": [], "steps": []}'}, small_disk)
        assert (small_disk / "story.html").read_bytes() == text
