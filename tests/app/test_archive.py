"""Archives of runs: written whole or not at all, and whatever comes instead of one is refused in words."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from stepweave import images
from stepweave.app.archive import FORMAT, ArchiveError, Contents, Writer, open_archive
from stepweave.app.settings import ArchiveSettings
from stepweave.bus import Line
from stepweave.messages import Blob

LINE = Line("ev", ("requested", "0"), (("ce-id", "1"),), b'{"request":"a boat"}')
WORD = Line("note", ("x", "y"), (), b"\xff")
SMALL = ArchiveSettings(
    messages=3, message_bytes=2000, log_bytes=3000, pictures=2, picture_bytes=5000, total_bytes=20_000
)


def png(colour: str = "red", size: tuple[int, int] = (8, 4)) -> bytes:
    return images.encode(Image.new("RGB", size, colour), {})


def blob(data: bytes, **said: Any) -> Blob:
    facts = {"sha256": hashlib.sha256(data).hexdigest(), "width": 8, "height": 4, "size": len(data)}
    return Blob.model_validate(facts | said)


def write(path: Path, lines: list[Line], *pictures: bytes) -> Contents:
    writer = Writer(path)
    writer.add_lines(lines)
    for data in pictures:
        writer.add_picture(hashlib.sha256(data).hexdigest(), data)
    contents = Contents(run="r1", messages=len(lines), pictures=tuple(blob(data) for data in pictures))
    writer.finish(contents)
    writer.abandon()
    return contents


def read(path: Path, limits: ArchiveSettings | None = None) -> tuple[Contents, list[Line], list[bytes]]:
    with open_archive(path, limits or ArchiveSettings()) as archive:
        pictures = [archive.picture(each, images.Limits()) for each in archive.contents.pictures]
        return archive.contents, archive.lines(), pictures


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.zip"


def test_what_was_written_comes_back(path: Path) -> None:
    contents = write(path, [LINE, WORD], png(), png("blue"))
    assert read(path) == (contents, [LINE, WORD], [png(), png("blue")])


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / name, [LINE], png())
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_any_zip_program_can_look_into_it(path: Path) -> None:
    write(path, [LINE], png())
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        assert json.loads(file.read("log.jsonl"))["body"] == {"request": "a boat"}
        assert json.loads(file.read("run.json"))["format"] == FORMAT


# ---------------------------------------------------------------------------------------------- writing


def test_an_archive_replaces_an_archive_and_nothing_else(path: Path, tmp_path: Path) -> None:
    write(path, [LINE])
    write(path, [LINE, WORD])
    assert len(read(path)[1]) == 2
    other = tmp_path / "letter.txt"
    other.write_text("dear")
    (tmp_path / "folder").mkdir()
    for taken in (other, tmp_path / "folder"):
        with pytest.raises(ArchiveError, match=r"left alone.*--out"):
            Writer(taken)
    assert other.read_text() == "dear"


def test_a_writer_that_is_abandoned_leaves_what_was_there(path: Path) -> None:
    write(path, [LINE])
    before = path.read_bytes()
    for steps in range(3):
        writer = Writer(path)
        if steps > 0:
            writer.add_lines([LINE])
        if steps > 1:
            writer.add_picture("ab" * 32, png())
        writer.abandon()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == before


@pytest.mark.parametrize("fails", [0, 1, 2, 3, 4])
def test_a_full_disk_leaves_nothing(path: Path, fails: int) -> None:
    writer = Writer(path)
    room = fails * 30

    def full(data: bytes) -> int:
        nonlocal room
        room -= len(data)
        if room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return written(data)

    written, writer._zip.fp.write = writer._file.write, full  # type: ignore[union-attr, method-assign]
    with pytest.raises(ArchiveError, match=r"run\.zip: cannot be written \(No space left on device\).*--out"):
        fill(writer)
    writer.abandon()
    assert list(path.parent.iterdir()) == []


def fill(writer: Writer) -> None:
    writer.add_lines([LINE])
    writer.add_picture("ab" * 32, png())
    writer.finish(Contents(run="r1", messages=1))


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"nowhere/run\.zip: cannot be written \(No such file or directory\)"):
        Writer(tmp_path / "nowhere" / "run.zip")


# ---------------------------------------------------------------------------------------------- reading


def zipped(path: Path, files: dict[str, bytes], *, packed: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", packed) as file:
        for name, data in files.items():
            file.writestr(name, data)


def files(**changed: Any) -> dict[str, bytes]:
    """An archive as its files: with two pictures, and what is changed about ``run.json``."""
    pictures = [png(), png("blue")]
    about = Contents(run="r1", messages=1, pictures=tuple(blob(data) for data in pictures)).model_dump(mode="json")
    return {
        "log.jsonl": b'{"branch":"ev","tokens":["requested","0"],"headers":[],"body":{}}\n',
        **{f"blobs/{hashlib.sha256(data).hexdigest()}": data for data in pictures},
        "run.json": json.dumps(about | changed).encode(),
    }


def picture(**said: Any) -> dict[str, bytes]:
    """An archive of which something else is said about its first picture."""
    about = json.loads(files()["run.json"])
    about["pictures"][0] |= said
    return files(pictures=about["pictures"])


ONE = f"blobs/{hashlib.sha256(png()).hexdigest()}"


@pytest.mark.parametrize(
    ("made", "why"),
    [
        ({}, "it is a zip file, but no run; give the file that `stepweave runs export` wrote"),
        ({"hello.txt": b"hello"}, "it is a zip file, but no run"),
        (files() | {"../evil": b""}, r"holds what no run has \('\.\./evil'\)"),
        (files() | {"/etc/passwd": b""}, "holds what no run has"),
        (files() | {"blobs/": b""}, "holds what no run has"),
        (files() | {f"blobs/{'A' * 64}": b""}, "holds what no run has"),
        (files() | {f"blobs/{'a' * 64}": b""}, "its pictures are not those that it lists"),
        ({name: data for name, data in files().items() if name != ONE}, "its pictures are not those that it lists"),
        (files() | {ONE: b"other"}, "hashes to .* it was damaged"),
        (picture(size=1), "hashes to .* it was damaged"),
        (picture(width=9), "has not the 9 x 4 pixels that it claims"),
        (picture(width=0), r"run\.json is none of ours \(pictures\.0\.width"),
        (files(run="../evil"), r"run\.json is none of ours \(run"),
        (files(run="a.b"), r"run\.json is none of ours \(run"),
        (files(missing=["x"]), r"run\.json is none of ours \(missing"),
        (files(messages=0), r"run\.json is none of ours \(messages"),
        (files(messages=2), "it has 1 messages, and should have 2"),
        (files(format=FORMAT + 1, stepweave="9.9"), "format 2, written by stepweave 9.9; upgrade"),
        (files() | {"run.json": b"[]"}, r"run\.json is none of ours \(it"),
        (files() | {"run.json": b"\xff"}, r"run\.json is none of ours"),
        (files() | {"log.jsonl": b"{}"}, "line 1 of its log cannot be read: it breaks off"),
        (files() | {"log.jsonl": b"{}\n"}, "line 1 of its log cannot be read: it has no body"),
    ],
)
def test_what_is_no_archive_is_refused_in_words(path: Path, made: dict[str, bytes], why: str) -> None:
    zipped(path, made)
    with pytest.raises(ArchiveError, match=rf"^{path}: .*{why}"):
        read(path)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no zip file, or it is truncated or damaged"),
        (b"hello", "no zip file"),
        (b"PK\x05\x06", "no zip file"),
        (b"PK\x05\x06" + b"\xff" * 18, "no zip file"),
        (b"PK\x05\x06" + b"\x00" * 18, "no run"),
    ],
)
def test_what_is_no_zip_is_refused_in_words(path: Path, data: bytes, why: str) -> None:
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match=why):
        read(path)


def test_what_is_no_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="this is no file"):
        read(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ArchiveError, match="this is no file"):
        read(tmp_path / "pipe")
    with pytest.raises(ArchiveError, match=r"nothing: cannot be read \(No such file or directory\); check the path"):
        read(tmp_path / "nothing")
    with pytest.raises(ArchiveError, match="null byte"):
        read(Path("a\0b"))


def test_a_picture_must_be_one(path: Path) -> None:
    data = b"no picture"
    made = files(pictures=[blob(data).model_dump(mode="json")])
    zipped(path, {"run.json": made["run.json"], "log.jsonl": made["log.jsonl"], f"blobs/{blob(data).sha256}": data})
    with pytest.raises(ArchiveError, match="not an image"):
        read(path)
    other = blob(data, media_type="application/x-later").model_dump(mode="json")
    made = files(pictures=[other])
    zipped(path, {"run.json": made["run.json"], "log.jsonl": made["log.jsonl"], f"blobs/{blob(data).sha256}": data})
    assert read(path)[2] == [data]


def test_a_file_of_pixels_without_end_is_not_unpacked(path: Path) -> None:
    out = io.BytesIO()
    Image.new("1", (20_001, 1)).save(out, "PNG")
    data = out.getvalue()
    made = files(pictures=[blob(data, width=20_001, height=1).model_dump(mode="json")])
    zipped(path, {"run.json": made["run.json"], "log.jsonl": made["log.jsonl"], f"blobs/{blob(data).sha256}": data})
    with pytest.raises(ArchiveError, match="at most 20,000 a side"):
        read(path)


def lines(count: int, size: int = 0) -> bytes:
    line = {"branch": "ctl", "tokens": ["x"], "headers": [], "text": "x" * size}
    return (json.dumps(line) + "\n").encode() * count


@pytest.mark.parametrize(
    ("made", "setting"),
    [
        (files() | {"log.jsonl": lines(4)}, "messages"),
        (files() | {"log.jsonl": lines(1, 2001)}, "message_bytes"),
        (files() | {"log.jsonl": lines(1, 3000)}, "log_bytes"),
        (files() | {f"blobs/{'a' * 64}": b""}, "pictures"),
        (files() | {ONE: bytes(5001)}, "picture_bytes"),
    ],
)
def test_what_is_too_large_names_the_setting(path: Path, made: dict[str, bytes], setting: str) -> None:
    zipped(path, made)
    with pytest.raises(ArchiveError, match=rf"more than is taken; raise the setting archive\.{setting} "):
        read(path, SMALL)


def test_everything_together_may_be_too_large(path: Path) -> None:
    zipped(path, files())
    unpacked = sum(map(len, files().values()))
    assert read(path, SMALL.model_copy(update={"total_bytes": max(unpacked, path.stat().st_size)}))
    zipped(path, files() | {"log.jsonl": lines(1, 1500)})
    with pytest.raises(ArchiveError, match=r"bytes unpacked.*archive\.total_bytes"):
        read(path, SMALL.model_copy(update={"total_bytes": path.stat().st_size}))
    with pytest.raises(ArchiveError, match=r"archive\.total_bytes"):
        read(path, SMALL.model_copy(update={"total_bytes": 10}))


@pytest.mark.parametrize("name", ["log.jsonl", "run.json", ONE])
def test_a_bomb_is_not_unpacked(path: Path, name: str) -> None:
    """A hundred megabytes of nothing, in a hundred kilobytes of file."""
    made = files()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for other, data in made.items():
            if other != name:
                file.writestr(other, data)
        with file.open(name, "w") as bomb:
            for _ in range(100):
                bomb.write(bytes(2**20))
    tracemalloc.start()
    try:
        with pytest.raises(ArchiveError, match=f"{name} has 104857600 bytes"):
            read(path, SMALL.model_copy(update={"total_bytes": 2**30}))
        assert tracemalloc.get_traced_memory()[1] < 10e6
    finally:
        tracemalloc.stop()


def test_what_lies_about_its_size_is_damage(path: Path) -> None:
    """The directory says that a picture is small; what is unpacked goes on."""
    data = bytes(100_000)
    said = blob(data, media_type="application/x-later").model_dump(mode="json")
    made = files(pictures=[said])
    zipped(path, {"log.jsonl": made["log.jsonl"], "run.json": made["run.json"], f"blobs/{said['sha256']}": data})
    raw, true, false = path.read_bytes(), len(data).to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert raw.count(true) == 2
    path.write_bytes(raw.replace(true, false))
    with pytest.raises(ArchiveError, match="damaged"):
        read(path)


def test_a_directory_of_millions_is_not_read(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        for number in range(30_000):
            file.writestr(zipfile.ZipInfo(f"{number:064}"), b"")
    with pytest.raises(ArchiveError, match="its directory is too large"):
        read(path, SMALL.model_copy(update={"total_bytes": 2**30}))


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_not_read(path: Path, packed: int) -> None:
    zipped(path, files(), packed=packed)
    with pytest.raises(ArchiveError, match="packed in a way that is not read"):
        read(path)


def test_what_stands_there_twice_is_refused(path: Path) -> None:
    zipped(path, files())
    with zipfile.ZipFile(path, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("run.json", files()["run.json"])
    with pytest.raises(ArchiveError, match="holds things twice"):
        read(path)


def _cut(data: bytes, at: int) -> bytes:
    return data[: at % len(data)]


def _flip(data: bytes, at: int) -> bytes:
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def _twice(data: bytes, at: int) -> bytes:
    return data[at % len(data) :] + data


@given(change=st.sampled_from([_cut, _flip, _twice]), at=st.integers(0, 10**6))
@settings(max_examples=300, deadline=None)
def test_whatever_is_damaged_is_refused_or_the_same(
    tmp_path_factory: pytest.TempPathFactory, change: Callable[[bytes, int], bytes], at: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.zip"
    path.unlink(missing_ok=True)
    write(path, [LINE, WORD], png())
    whole = read(path)
    path.write_bytes(change(path.read_bytes(), at))
    with suppress(ArchiveError):
        assert read(path) == whole
