"""Lines of trajectories as Parquet files, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from stepweave.training.trajectories import VERSION, Line

_TIME = pa.timestamp("us", tz="UTC")
SCHEMA = pa.schema(
    [
        pa.field("sequence", pa.int64(), nullable=False),
        *(pa.field(name, pa.string(), nullable=False) for name in ("run", "line")),
        pa.field("time", _TIME, nullable=False),
        *(pa.field(name, pa.string(), nullable=False) for name in Line._fields[4:10]),
        pa.field("asked", _TIME),
        *(pa.field(name, pa.string(), nullable=False) for name in ("ask_type", "ask")),
    ],
    metadata={"stepweave.trajectories": str(VERSION)},
)
"""The fields of :class:`~stepweave.training.trajectories.Line`, in their order."""

WRITER = f"pyarrow {pa.__version__}"
"""What writes the files: another version may write the same lines as other bytes."""
_BODIES = ("body", "ask")
"""Columns with texts that are hardly ever the same: a dictionary would only cost time."""


class PartWriter:
    """Writes one file, which is there as a whole or not at all; use it as a context."""

    def __init__(self, path: Path) -> None:
        """Where the file is to be; nothing is there before :meth:`finish`."""
        self._path = path
        self._half = half_of(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = pq.ParquetWriter(
            self._half,
            SCHEMA,
            compression="zstd",
            use_dictionary=[name for name in SCHEMA.names if name not in _BODIES],
            write_statistics=[name for name in SCHEMA.names if name not in _BODIES],
        )
        self.rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
        self._half.unlink(missing_ok=True)

    def add(self, lines: Sequence[Line]) -> None:
        """Write lines as one group."""
        columns = list(zip(*lines, strict=True))
        arrays = [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=SCHEMA))
        self.rows += len(lines)

    def finish(self) -> str:
        """Put the file in its place; gives its SHA-256."""
        self._writer.close()
        digest = digest_of(self._half)
        self._half.replace(self._path)
        return digest


def half_of(path: Path) -> Path:
    """Where a file is while it is written; who writes is alone with the folder."""
    return path.with_name(f"{path.name}.half")


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def lines_of(path: Path) -> Iterator[Line]:
    """The lines of a file, some at a time.

    Raises:
        OSError: it cannot be read.
        pyarrow.ArrowInvalid: it is no such file.
    """
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=1024):
            for row in batch.to_pylist():
                asked = row["asked"]
                row["time"] = row["time"].astimezone(UTC)
                row["asked"] = asked.astimezone(UTC) if asked is not None else None
                yield Line(**row)
