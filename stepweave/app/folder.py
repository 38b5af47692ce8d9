"""The folder of a storyboard: how files come into it without ever being half there, and whose folder it is.

A folder that is not there yet is written beside its place and renamed into it. One that is there stays the very same
folder, for it may be a mount, the target of a link, or where a shell stands: its files are written into a hidden
folder inside, and then renamed one by one, the mark last.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

MARK = "story.json"
"""A folder that holds this file, written by us, is a storyboard and may be replaced by another one."""

NAMES = ("images", "story.html", "story.md", MARK)
"""All that a storyboard consists of."""

DRAFT = ".stepweave-"
"""How a hidden folder is called that is being written."""

_PICTURE = re.compile(r"(step-\d+(-candidate-\d+)?|input-\d+)\.png")
_STRAY = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers leave where somebody looked."""


class OutputError(Exception):
    """A folder for the storyboard cannot be used; the text names the folder and the remedy."""


class OutputUnwritable(OutputError):
    """Nothing can be written there."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(f"{folder}: {why}; choose another folder with --out")


class OutputTaken(OutputError):
    """The folder holds files that are no storyboard of ours."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: the folder holds other files, which are left alone; choose another with --out")


def check_output(folder: Path) -> None:
    """Find out before a run begins whether its storyboard can be written.

    Raises:
        OutputTaken: there are other files in the folder.
        OutputUnwritable: it is a file, or nothing can be written there.
    """
    with _named(folder), _draft(_place(folder)):
        pass


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Put the files into the folder all at once.

    Args:
        files: path within the folder to contents; nothing but what :data:`NAMES` allows.
        folder: where to; whatever storyboard it holds is replaced.

    Raises:
        OutputTaken: there are other files in the folder.
        OutputUnwritable: the disk is full, or writing is not allowed; the folder is as it was.
    """
    with _named(folder):
        place = _place(folder)
        with _draft(place) as draft:
            fresh = draft / "new"
            fresh.mkdir()
            for path, data in files.items():
                target = fresh / path
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(data)
            if place.is_dir():
                _exchange(fresh, place, draft / "old")
            else:
                os.rename(fresh, place)


@contextmanager
def _named(folder: Path) -> Iterator[None]:
    """Whatever the system refuses is told as it concerns the folder, by the name it was given."""
    try:
        yield
    except OSError as error:
        raise OutputUnwritable(folder, f"cannot be written ({error.strerror or error})") from error
    except RuntimeError as error:  # how a loop of links is reported
        raise OutputUnwritable(folder, f"cannot be found ({error})") from error


def _place(folder: Path) -> Path:
    """Where a folder really is, links followed; refused if it is no place for a storyboard."""
    place = folder.resolve()
    if place.exists() and not place.is_dir():
        raise OutputUnwritable(folder, "this is a file, not a folder")
    if place.is_dir() and not _is_free(place) and not _is_ours(place):
        raise OutputTaken(folder)
    return place


@contextmanager
def _draft(place: Path) -> Iterator[Path]:
    """A hidden folder on the same disk; it goes again, and so do folders on the way that were made in vain."""
    around = place if place.is_dir() else place.parent
    made = [folder for folder in (around, *around.parents) if not folder.exists()]
    draft = around / f"{DRAFT}{secrets.token_hex(4)}"
    try:
        draft.mkdir(parents=True)
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        for folder in made:
            with suppress(OSError):  # it is not empty: the storyboard is there
                folder.rmdir()


def _exchange(fresh: Path, place: Path, old: Path) -> None:
    """Move the old storyboard out and the new one in; the mark is gone meanwhile. All of it or nothing."""
    old.mkdir()
    moves = [(place / name, old / name) for name in reversed(NAMES) if (place / name).exists()]
    moves += [(fresh / name, place / name) for name in NAMES if (fresh / name).exists()]
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            os.rename(source, target)
            done.append((source, target))
    except OSError:
        for source, target in reversed(done):
            os.rename(target, source)
        raise


def _is_free(place: Path) -> bool:
    return _entries(place) <= _STRAY


def _is_ours(place: Path) -> bool:
    """Whether a folder holds a storyboard and nothing else; a draft that was killed may lie there too."""
    try:
        story = json.loads((place / MARK).read_bytes())
        pictures = _entries(place / "images") if (place / "images").exists() else frozenset()
    except (OSError, ValueError):
        return False
    known = isinstance(story, dict) and {"run", "parts", "steps"} <= story.keys()
    entries = {name for name in _entries(place) if not name.startswith(DRAFT)}
    return known and entries <= _STRAY.union(NAMES) and all(map(_PICTURE.fullmatch, pictures - _STRAY))


def _entries(folder: Path) -> frozenset[str]:
    return frozenset(entry.name for entry in folder.iterdir())
