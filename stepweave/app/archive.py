"""The archive of a run: one zip file with its log, its pictures, and a page that says what is in it.

``run.json`` says what it is, ``log.jsonl`` holds one message a line in the order of the log (bus/lines.py), and
``blobs/<sha256>`` the pictures. It is written beside its place and renamed into it, so it is there as a whole or not
at all, and the same run gives the same bytes.

An archive from outside is never unpacked: only names that are known are read, into memory, and nothing that it says
of itself is believed before it is bounded.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Annotated, Any, Self, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stepweave import __version__, images
from stepweave.app.settings import ArchiveSettings
from stepweave.bus import Line
from stepweave.bus.lines import from_json, to_json
from stepweave.messages import Blob, Token

FORMAT = 1
"""Version of the layout; a reader refuses a later one."""
ABOUT, LOG, PICTURES = "run.json", "log.jsonl", "blobs/"

_LONGEST_ABOUT = 16 * 2**20
_ENTRY = 256
"""Bytes that an entry of ours takes in the directory of the zip at most."""
_PLAIN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LONGEST_END = 22 + 65535
"""Bytes at the end of a zip in which its directory is told of."""
_PICTURE = re.compile(r"blobs/[0-9a-f]{64}")
_UNREADABLE = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    ValueError,
    ArithmeticError,
)
"""What the reader of zips stumbles over."""
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class ArchiveError(ValueError):
    """An archive cannot be read or written; the text names the file, what is wrong, and the remedy."""

    def __init__(self, path: Path, reason: str, remedy: str = "export it again") -> None:
        super().__init__(f"{path}: {reason}; {remedy}")


class Contents(BaseModel):
    """What is in an archive: its page ``run.json``."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    format: int = FORMAT
    stepweave: str = __version__
    """The version that wrote it."""
    run: Token
    messages: Annotated[int, Field(ge=1)]
    pictures: tuple[Blob, ...] = ()
    missing: tuple[Hash, ...] = ()
    """Pictures that the run refers to, and that could not be had."""


# ---------------------------------------------------------------------------------------------- writing


class Writer:
    """An archive being written; the file is there once :meth:`finish` has returned."""

    def __init__(self, path: Path) -> None:
        """Begin.

        Raises:
            ArchiveError: nothing can be written there, or it holds what is no archive.
        """
        self._shown = path
        with self._named():
            self._path = path.resolve()
            _check_free(path, self._path)
            self._half = self._path.with_name(f".{self._path.name}.{secrets.token_hex(4)}.part")
            self._file = self._half.open("xb")
        self._zip = zipfile.ZipFile(self._file, "w")
        self._log: IO[bytes] | None = self._zip.open(_entry(LOG, packed=True), "w", force_zip64=True)

    def add_lines(self, lines: Iterable[Line]) -> None:
        """Add messages; all of them come before the first picture."""
        assert self._log is not None
        with self._named():
            self._log.write("".join(f"{to_json(line)}\n" for line in lines).encode())

    def add_picture(self, sha256: str, data: bytes) -> None:
        """Add a picture, as it is: it is packed already."""
        with self._named():
            self._end_log()
            self._zip.writestr(_entry(f"{PICTURES}{sha256}"), data)

    def finish(self, contents: Contents) -> int:
        """Write the last page and put the file in its place; gives its bytes."""
        with self._named():
            self._end_log()
            self._zip.writestr(_entry(ABOUT, packed=True), contents.model_dump_json(indent=1).encode())
            self._zip.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            size = self._file.tell()
            self._file.close()
            self._half.replace(self._path)
        return size

    def abandon(self) -> None:
        """Leave nothing behind, unless it is finished."""
        for end in (self._end_log, self._zip.close, self._file.close):
            with suppress(OSError, ValueError, RuntimeError):  # a full disk may be why it is abandoned
                end()
        self._half.unlink(missing_ok=True)

    def _end_log(self) -> None:
        if self._log is not None:
            self._log.close()
            self._log = None

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Whatever the system refuses is told as it concerns the file, by the name it was given."""
        try:
            yield
        except (OSError, RuntimeError) as error:
            why = f"cannot be written ({getattr(error, 'strerror', None) or error})"
            raise ArchiveError(self._shown, why, "choose another file with --out") from error


def _entry(name: str, *, packed: bool = False) -> zipfile.ZipInfo:
    """An entry without a time of its own, so that the same run gives the same bytes."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    entry.external_attr = 0o600 << 16
    return entry


def _check_free(shown: Path, path: Path) -> None:
    """Leave alone what is there, unless it is an archive of ours."""
    if not path.exists():
        return
    try:
        ours = path.is_file() and ABOUT in zipfile.ZipFile(path).namelist()
    except _UNREADABLE:
        ours = False
    if not ours:
        raise ArchiveError(shown, "something else is there, which is left alone", "choose another file with --out")


# ---------------------------------------------------------------------------------------------- reading


class _Bounded:
    """A file of which only so much is read at a time: the reader of zips would take any directory into memory."""

    def __init__(self, file: IO[bytes], size: int, most: int) -> None:
        self._size = size
        self._file = file
        self.most = most
        self.seek, self.tell, self.seekable, self.close = file.seek, file.tell, file.seekable, file.close

    def read(self, size: int = -1) -> bytes:
        left = max(0, self._size - self._file.tell())
        if (left if size < 0 else min(size, left)) > self.most:
            raise zipfile.BadZipFile("its directory is too large")
        return self._file.read(size)


class Archive:
    """An archive that can be read; made by :func:`open_archive`. Nothing in it is trusted before it was looked at."""

    def __init__(self, path: Path, file: IO[bytes], limits: ArchiveSettings) -> None:
        """Look at what it says is in it.

        Raises:
            ArchiveError: it is no archive, or larger than allowed.
        """
        self._path = path
        self._file = file
        self._limits = limits
        size = os.fstat(file.fileno()).st_size
        if size > limits.total_bytes:
            raise _beyond(path, f"it has {size} bytes", "total_bytes")
        bounded = _Bounded(file, size, (limits.pictures + 2) * _ENTRY + _LONGEST_END)
        with _readable(path):
            self._zip = zipfile.ZipFile(cast("IO[bytes]", bounded))
            self._entries = _checked(path, self._zip.infolist(), limits)
        bounded.most = size  # what is read from now on was looked at
        self.contents = self._about()
        """What is in it."""

    def _about(self) -> Contents:
        with _readable(self._path):
            text = self._zip.read(self._entries[ABOUT])
        try:
            contents = Contents.model_validate_json(text)
        except ValidationError as error:
            fault = error.errors()[0]
            where = ".".join(map(str, fault["loc"])) or "it"
            raise ArchiveError(self._path, f"{ABOUT} is none of ours ({where}: {fault['msg']})") from None
        if contents.format > FORMAT:
            reason = f"it has format {contents.format}, written by stepweave {contents.stepweave}"
            raise ArchiveError(self._path, reason, f"upgrade: this version reads up to {FORMAT}")
        named = {f"{PICTURES}{blob.sha256}" for blob in contents.pictures}
        if named != self._entries.keys() - {ABOUT, LOG}:
            raise ArchiveError(self._path, "its pictures are not those that it lists")
        return contents

    def lines(self) -> list[Line]:
        """The messages.

        Raises:
            ArchiveError: naming the line that is none.
        """
        found: list[Line] = []
        longest = 6 * self._limits.message_bytes + 2**17  # a byte may need six characters, as in \\u0000
        with _readable(self._path), self._zip.open(self._entries[LOG]) as file:
            while text := file.readline(longest):
                found.append(self._line(len(found) + 1, text))
        if len(found) != self.contents.messages:
            raise ArchiveError(self._path, f"it has {len(found)} messages, and should have {self.contents.messages}")
        return found

    def _line(self, number: int, text: bytes) -> Line:
        if number > self._limits.messages:
            raise self._beyond(f"more than {self._limits.messages} messages", "messages")
        try:
            if not text.endswith(b"\n"):
                raise ValueError("it breaks off, or is too long")
            line = from_json(text)
        except ValueError as error:
            raise ArchiveError(self._path, f"line {number} of its log cannot be read: {error}") from None
        if len(line.body) > self._limits.message_bytes:
            raise self._beyond(f"message {number} has {len(line.body)} bytes", "message_bytes")
        return line

    def picture(self, blob: Blob, limits: images.Limits) -> bytes:
        """The bytes of a picture, verified: that they have its hash, and are the picture that they claim to be.

        Raises:
            ArchiveError: they are not.
        """
        entry = self._entries[f"{PICTURES}{blob.sha256}"]
        with _readable(self._path):
            data = self._zip.read(entry)
        found = hashlib.sha256(data).hexdigest()
        if (found, len(data)) != (blob.sha256, blob.size):
            raise ArchiveError(self._path, f"the picture {blob.sha256} hashes to {found}, it was damaged")
        if blob.media_type.startswith("image/"):
            self._verify(blob, data, limits)
        return data

    def _verify(self, blob: Blob, data: bytes, limits: images.Limits) -> None:
        limits = replace(limits, size=self._limits.picture_bytes, kept=limits.side)
        read = images.decode if blob.media_type == "image/png" else images.load
        try:
            image = read(data, limits, name=f"the picture {blob.sha256}")
        except images.ImageError as error:
            raise ArchiveError(self._path, f"{error.name}: {error.reason}") from None
        if sorted(image.size) != sorted((blob.width, blob.height)):
            said = f"{blob.width} x {blob.height}"
            raise ArchiveError(self._path, f"the picture {blob.sha256} has not the {said} pixels that it claims")

    def _beyond(self, what: str, setting: str) -> ArchiveError:
        return _beyond(self._path, what, setting)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._file.close()


def open_archive(path: Path, limits: ArchiveSettings) -> Archive:
    """Open an archive; to be used in a ``with``.

    Raises:
        ArchiveError: there is none that can be read.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ArchiveError(path, "this is no file", "give the file that `stepweave runs export` wrote")
        file = path.open("rb")
    except (OSError, ValueError) as error:
        if isinstance(error, ArchiveError):
            raise
        raise ArchiveError(path, f"cannot be read ({getattr(error, 'strerror', error)})", "check the path") from error
    try:
        return Archive(path, file, limits)
    except BaseException:
        file.close()
        raise


def _checked(path: Path, entries: list[zipfile.ZipInfo], limits: ArchiveSettings) -> dict[str, zipfile.ZipInfo]:
    """The entries by name; only those that an archive has, once each, and not too large."""
    found = {entry.filename: entry for entry in entries}
    if not {ABOUT, LOG} <= found.keys():
        raise ArchiveError(path, "it is a zip file, but no run", "give the file that `stepweave runs export` wrote")
    strange = [name for name in found if name not in {ABOUT, LOG} and not _PICTURE.fullmatch(name)]
    if strange or len(found) != len(entries):
        raise ArchiveError(path, f"it holds what no run has ({strange[0]!r})" if strange else "it holds things twice")
    if len(found) > limits.pictures + 2:
        raise _beyond(path, f"it has {len(found) - 2} pictures", "pictures")
    bounds = {ABOUT: (_LONGEST_ABOUT, ""), LOG: (limits.log_bytes, "log_bytes")}
    for name, entry in found.items():
        bound, setting = bounds.get(name, (limits.picture_bytes, "picture_bytes"))
        if entry.file_size > bound:
            raise _beyond(path, f"{name} has {entry.file_size} bytes", setting)
        if entry.flag_bits & 1 or entry.compress_type not in _PLAIN:
            raise ArchiveError(path, f"{name} is encrypted, or packed in a way that is not read")
    total = sum(entry.file_size for entry in entries)
    if total > limits.total_bytes:
        raise _beyond(path, f"it has {total} bytes unpacked", "total_bytes")
    return found


def _beyond(path: Path, what: str, setting: str) -> ArchiveError:
    remedy = f"raise the setting archive.{setting} if you trust it" if setting else "export it again"
    return ArchiveError(path, f"{what}, which is more than is taken", remedy)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Whatever the reader of zips stumbles over is damage of the file."""
    try:
        yield
    except ArchiveError:
        raise
    except _UNREADABLE as error:
        raise ArchiveError(path, f"it is no zip file, or it is truncated or damaged ({error})") from error


def named(data: Any) -> Iterator[str]:
    """The hashes of all pictures that JSON speaks of: what has a ``sha256`` is one."""
    rest = [data]
    while rest:
        each = rest.pop()
        if isinstance(each, dict):
            if isinstance(sha256 := each.get("sha256"), str):
                yield sha256
            rest.extend(each.values())
        elif isinstance(each, list):
            rest.extend(each)
