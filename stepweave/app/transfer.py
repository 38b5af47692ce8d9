"""Runs out of the log into archives, and back."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import anyio
from anyio import to_thread

from stepweave.app.archive import Archive, ArchiveError, Contents, Writer, named, open_archive
from stepweave.app.settings import ArchiveSettings
from stepweave.bus import BadLine, BlobCorrupt, BlobMissing, Line, Runs
from stepweave.bus.blobs import NatsBlobStore
from stepweave.bus.lines import renamed
from stepweave.images import Limits

_SOME = 256
"""Messages that are written to a file at a time."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written into an archive."""

    contents: Contents
    bytes: int
    """Of the file."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an archive."""

    run: str
    contents: Contents
    added: int
    """Messages that were not in the log before."""


async def export_run(runs: Runs, run: str, path: Path) -> Exported:
    """Write a run as it stands into an archive, with every picture that it refers to.

    Pictures that are missing or damaged are left out, and listed.

    Raises:
        NoRun: there is none of that name, or it was removed meanwhile.
        ArchiveError: the file cannot be written.
    """
    writer = await to_thread.run_sync(Writer, path)
    try:
        count, meant, spoken = 0, set[str](), set[str]()
        async for some in _some(runs.lines(run)):
            await to_thread.run_sync(writer.add_lines, some)
            count += len(some)
            for line in some:
                meant |= line.references()
                spoken |= _spoken(line)
        pictures, missing = [], []
        for sha256 in sorted(meant):
            try:
                blob, data = await runs.pictures.describe(sha256)
            except (BlobMissing, BlobCorrupt):
                missing += [sha256] if sha256 in spoken else []  # else it only looks like a hash
                continue
            await to_thread.run_sync(writer.add_picture, sha256, data)
            pictures.append(blob)
        contents = Contents(run=run, messages=count, pictures=tuple(pictures), missing=tuple(missing))
        return Exported(contents, await to_thread.run_sync(writer.finish, contents))
    finally:
        await to_thread.run_sync(writer.abandon)


async def import_run(
    runs: Runs, path: Path, name: str | None, limits: ArchiveSettings, pixels: Limits, grace: float
) -> Imported:
    """Put a run from an archive into the log, under its own or another name; all of it is checked before.

    The pictures come first and the messages then, all at once. If that was broken off it can be done again; a run that
    is there already is left as it is.

    Args:
        runs: where to.
        path: of the archive.
        name: instead of its own.
        limits: how large it may be.
        pixels: how large its pictures may be.
        grace: seconds for which a picture is safe that no message refers to.

    Raises:
        ArchiveError: the archive cannot be used.
        BadName: the name is none.
        RunStands: another run of that name is there.
        TooMany, TooLarge: the server does not take it.
    """
    with await to_thread.run_sync(open_archive, path, limits) as archive:
        contents, lines = archive.contents, await to_thread.run_sync(archive.lines)
        run = name or contents.run
        lines = [renamed(line, contents.run, run) for line in lines]
        _check_references(path, contents, lines)
        try:
            await runs.check(run, lines, contents.pictures)
        except BadLine as error:
            raise ArchiveError(path, error.reason.rstrip(".")) from None
        for blob in contents.pictures:
            await to_thread.run_sync(archive.picture, blob, pixels)
        await _put(runs.pictures, archive, pixels, grace)
        return Imported(run, contents, await runs.write(run, lines))


async def _put(store: NatsBlobStore, archive: Archive, pixels: Limits, grace: float) -> None:
    """Put the pictures; if that took so long that the first may be swept away before the log is written, once more."""
    for again in (False, True):
        began = anyio.current_time()
        for blob in archive.contents.pictures:
            if not (again and await store.hold(blob.sha256)):
                await store.restore(await to_thread.run_sync(archive.picture, blob, pixels), blob)
        if anyio.current_time() - began < grace / 2:
            return


def _check_references(path: Path, contents: Contents, lines: Sequence[Line]) -> None:
    """Make sure that the pictures of a run are there, and no others.

    Raises:
        ArchiveError: naming one that is not, or is too much.
    """
    there = {blob.sha256 for blob in contents.pictures}
    meant, spoken = set[str](), set[str]()
    for line in lines:
        meant |= line.references()
        spoken |= _spoken(line)
    if lost := spoken - there - set(contents.missing):
        raise ArchiveError(path, f"it lacks the picture {min(lost)}")
    if strange := there - meant:
        raise ArchiveError(path, f"it holds the picture {min(strange)}, which its run does not know")


def _spoken(line: Line) -> frozenset[str]:
    """The pictures that a message speaks of as such; other hashes may be anything."""
    try:
        return line.references().intersection(named(json.loads(line.body)))
    except (ValueError, RecursionError):
        return frozenset()


async def _some(lines: AsyncIterator[Line]) -> AsyncIterator[list[Line]]:
    some: list[Line] = []
    async for line in lines:
        some.append(line)
        if len(some) == _SOME:
            yield some
            some = []
    if some:
        yield some
