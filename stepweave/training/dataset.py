"""A data set: a folder with the trajectories of a part of a log, from which it can be built again, bit for bit.

Files hold the lines of ``PART`` sequences of the log each, so that their borders do not depend on when they were
built, and only the last one, which is not full yet, is ever made anew. What is said of the whole stands in
``dataset.json``; whatever that does not name is not part of it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from stepweave import __version__
from stepweave.bus.locks import LockTimeout, exclusive
from stepweave.training.errors import DataSetError
from stepweave.training.parts import WRITER, half_of, lines_of
from stepweave.training.trajectories import VERSION, Line

PART = 131_072
"""Sequences of the log in one file."""
MANIFEST = "dataset.json"
LOCK = "dataset.lock"
LINES = "lines"
"""Folder of the Parquet files."""
PICTURES = "pictures"
"""Folder of the pictures, by the first two digits of their hashes."""
_OURS = frozenset({LOCK, LINES, PICTURES, half_of(Path(MANIFEST)).name})


class Part(BaseModel):
    """One file."""

    model_config = ConfigDict(frozen=True)

    file: str
    """Below the folder."""
    after: int
    upto: int
    """It holds the lines made by records behind ``after``, and no later than ``upto``."""
    rows: int
    sha256: str
    code: str = __version__
    """The version of this package that wrote it."""
    writer: str = WRITER


class Manifest(BaseModel):
    """What a data set is."""

    model_config = ConfigDict(frozen=True)

    format: Literal["stepweave-trajectories"] = "stepweave-trajectories"
    version: int = VERSION
    log: str
    """Which log: its stream, and when that was made."""
    upto: int = 0
    """The last sequence of the log that it knows of."""
    parts: tuple[Part, ...] = ()
    sha256: str = ""
    """Of what it says, in the order of its parts."""
    memory: dict[str, Any] = {}
    """What was open in the log at the end of the last full part."""

    @property
    def full(self) -> tuple[Part, ...]:
        """The parts that will never change."""
        return tuple(part for part in self.parts if part.upto - part.after == PART)


def digest(parts: Sequence[Part]) -> str:
    """Of all lines of a data set, for two that ought to be equal."""
    text = "".join(f"{part.after} {part.upto} {part.rows} {part.sha256}\n" for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


def opened(folder: Path) -> Manifest | None:
    """What a folder says it holds; ``None``: nothing yet.

    Raises:
        DataSetError: it holds something else.
    """
    path = folder / MANIFEST
    try:
        text = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        if folder.is_dir() and any(each.name not in _OURS for each in folder.iterdir()):
            raise DataSetError(folder, "there are other things in it", "choose an empty folder with --out") from None
        return None
    except OSError as error:
        raise DataSetError(folder, f"it cannot be read ({error.strerror})", "choose another folder") from None
    try:
        found = Manifest.model_validate_json(text)
    except ValidationError:
        remedy = "choose an empty folder with --out"
        raise DataSetError(folder, f"its {MANIFEST} is none of ours, or damaged", remedy) from None
    if found.version != VERSION:
        raise DataSetError(
            folder, f"its layout has version {found.version}, this is {VERSION}", "build it again into an empty folder"
        )
    return found


def saved(folder: Path, manifest: Manifest) -> None:
    """Write what a data set is; from then on it is that."""
    folder.mkdir(parents=True, exist_ok=True)
    half = half_of(folder / MANIFEST)
    with half.open("w", encoding="utf-8") as file:
        file.write(manifest.model_dump_json(indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    half.replace(folder / MANIFEST)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only one who builds in a folder, and put away what somebody left who was killed there.

    Raises:
        DataSetError: somebody else does, or it cannot be made.
    """
    opened(folder)  # in a folder of something else nothing is left, not even a lock
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise DataSetError(folder, "it is no folder", "choose another name with --out") from None
    try:
        with exclusive(folder / LOCK, 0.0):
            for half in [*folder.glob("*.half"), *folder.glob("*/**/*.half")]:
                half.unlink()
            yield
    except LockTimeout:
        raise DataSetError(folder, "somebody else builds there", "wait until that has ended") from None


def lines(folder: Path, manifest: Manifest) -> Iterator[Line]:
    """All lines of a data set, in the order of the log."""
    for part in manifest.parts:
        yield from lines_of(folder / part.file)


def picture_path(folder: Path, sha256: str) -> Path:
    """Where a picture is, if it is there."""
    return folder / PICTURES / sha256[:2] / f"{sha256}.png"
