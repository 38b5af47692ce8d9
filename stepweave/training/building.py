"""Building data sets: from the log into a folder, going on where an earlier build ended."""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from anyio import to_thread

from stepweave.bus import BlobCorrupt, BlobMissing, Bus, Log
from stepweave.training import dataset
from stepweave.training.dataset import Manifest, Part
from stepweave.training.errors import DataSetError
from stepweave.training.parts import PartWriter, digest_of, half_of
from stepweave.training.trajectories import MEMORY, Line, Projection

logger = logging.getLogger("stepweave.training")

GROUP = 4096
"""Lines that are held until they are written; they are what memory depends on."""
_PICTURE = re.compile(r'"sha256":\s*"([0-9a-f]{64})"')

Told = Callable[[int, int], None]
"""Told how far a build is: the last sequence that was read, and the one up to which it goes."""


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build."""

    manifest: Manifest
    read: int
    """Records of the log that were read for it."""
    pictures: int
    """That were not there before."""
    missing: int
    """Pictures that are in the store no more, or damaged."""


async def build(
    bus: Bus, folder: Path, *, upto: int | None = None, pictures: bool = True, told: Told = lambda at, end: None
) -> Built:
    """Build a data set, or bring it up to date.

    Args:
        bus: where the log is.
        folder: where the data set is to be; it may be there already.
        upto: the last sequence of the log to go in; ``None``: all there is.
        pictures: put the pictures that are spoken of beside it.
        told: how far it is.

    Raises:
        DataSetError: the folder holds something else, another log, or more than is wanted.
        OSError: it cannot be written.
    """
    with dataset.alone(folder):
        manifest = await to_thread.run_sync(dataset.opened, folder)
        identity, end = await bus.log.identity(), await bus.log.last_sequence()
        if manifest is None:
            manifest = Manifest(log=identity)
        _check(folder, manifest, identity, end if upto is None else upto)
        builder = _Builder(bus, folder, manifest, end if upto is None else min(upto, end), told)
        await builder.run(pictures=pictures)
        return Built(builder.manifest, builder.read, builder.pictures, builder.missing)


async def differences(bus: Bus, folder: Path, told: Told = lambda at, end: None) -> list[str]:
    """Build a data set a second time and compare: what is not equal, in words; nothing: all is.

    Raises:
        DataSetError: there is none in the folder, or it is of another log.
    """
    manifest = await to_thread.run_sync(dataset.opened, folder)
    if manifest is None:
        raise DataSetError(folder, "there is no data set", "build one first")
    with tempfile.TemporaryDirectory(prefix="stepweave-") as second:
        identity = await bus.log.identity()
        _check(folder, manifest, identity, manifest.upto)
        builder = _Builder(bus, Path(second), Manifest(log=identity), manifest.upto, told)
        await builder.run(pictures=False)
        found = list(await to_thread.run_sync(_compared, folder, manifest, builder.manifest))
    return found


def _check(folder: Path, manifest: Manifest, identity: str, upto: int) -> None:
    if manifest.log != identity:
        what = f"it holds trajectories of another log ({manifest.log}, this is {identity})"
        raise DataSetError(folder, what, "choose another folder with --out")
    if upto < manifest.upto:
        what = f"it goes up to sequence {manifest.upto} already, and {upto} is wanted"
        raise DataSetError(folder, what, "choose an empty folder with --out")


def _compared(folder: Path, first: Manifest, second: Manifest) -> Iterator[str]:
    again = {part.file: part for part in second.parts}
    for part in first.parts:
        path, other = folder / part.file, again[part.file]
        if not path.is_file():
            yield f"{part.file} is not there"
        elif digest_of(path) != part.sha256:
            yield f"{part.file} was changed since it was built"
        elif (other.rows, other.sha256) != (part.rows, part.sha256):
            yield f"{part.file} comes out otherwise now, with {other.rows} lines instead of {part.rows}" + (
                ""
                if (part.code, part.writer) == (other.code, other.writer)
                else f"; it was written by stepweave {part.code} with {part.writer}, this is {other.code} with "
                f"{other.writer}, and only the same versions write the same bytes"
            )


class _Builder:
    """One build, part by part."""

    def __init__(self, bus: Bus, folder: Path, manifest: Manifest, upto: int, told: Told) -> None:
        self.manifest = manifest
        self.read = self.pictures = self.missing = 0
        self._bus = bus
        self._folder = folder
        self._upto = upto
        self._told = told
        self._wanted: set[str] = set()

    async def run(self, *, pictures: bool) -> None:
        done = self.manifest.full
        at = done[-1].upto if done else 0
        if self.manifest.parts and self.manifest.upto == self._upto:
            return
        parts = list(done)
        projection = Projection(MEMORY.validate_python(self.manifest.memory))
        while at < self._upto:
            end = min(at + dataset.PART, self._upto)
            parts.append(await self._part(self._bus.log, projection, at, end))
            if pictures:
                await self._fetch()
            if end - at == dataset.PART:
                memory = MEMORY.dump_python(projection.memory, mode="json")
                self.manifest = self.manifest.model_copy(update={"memory": memory})
            at = end
            await self._save(parts)

    async def _part(self, log: Log, projection: Projection, after: int, upto: int) -> Part:
        """Write one file."""
        name = f"{dataset.LINES}/{after + 1:012d}.parquet"
        with PartWriter(self._folder / name) as writer:
            lines: list[Line] = []
            async with aclosing(log.everything(after, upto)) as records:
                async for record in records:
                    self.read += 1
                    lines += projection.heard(record)
                    if len(lines) >= GROUP:
                        await self._write(writer, lines)
                        self._told(record.sequence, self._upto)
                        lines = []
            await self._write(writer, lines)
            sha256 = await to_thread.run_sync(writer.finish)
            return Part(file=name, after=after, upto=upto, rows=writer.rows, sha256=sha256)

    async def _write(self, writer: PartWriter, lines: Sequence[Line]) -> None:
        if lines:
            await to_thread.run_sync(writer.add, lines)
            for line in lines:
                self._wanted.update(_PICTURE.findall(line.body), _PICTURE.findall(line.ask))

    async def _save(self, parts: Sequence[Part]) -> None:
        update = {"parts": tuple(parts), "upto": parts[-1].upto, "sha256": dataset.digest(parts)}
        self.manifest = self.manifest.model_copy(update=update)
        await to_thread.run_sync(dataset.saved, self._folder, self.manifest)

    async def _fetch(self) -> None:
        """Put the pictures that were spoken of beside the lines."""
        for sha256 in sorted(self._wanted):
            path = dataset.picture_path(self._folder, sha256)
            if await to_thread.run_sync(path.is_file):
                continue
            try:
                data = await self._bus.blobs.get(sha256)
            except (BlobMissing, BlobCorrupt) as error:
                logger.info("a picture is left out: %s", error)
                self.missing += 1
                continue
            await to_thread.run_sync(_kept, path, data)
            self.pictures += 1
        self._wanted.clear()


def _kept(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = half_of(path)
    half.write_bytes(data)
    half.replace(path)
