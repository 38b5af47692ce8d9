"""What a person can do wrong: a clear message with a remedy, the right exit code, and nothing left behind."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import warnings
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from stepweave.app import intake, session
from stepweave.app.cli import main
from stepweave.app.failures import UsageError
from stepweave.app.intake import plain, read_pictures
from stepweave.app.settings import IntakeSettings
from stepweave.images import ImageError


@pytest.fixture(autouse=True)
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder to stand in, and a home that is not there yet."""
    for name in ("STEPWEAVE_DEBUG", "STEPWEAVE_RUN__SEED", "STEPWEAVE_BUS__URL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("STEPWEAVE_HOME", str(tmp_path / "home"))


def wide() -> bytes:
    out = io.BytesIO()
    Image.new("1", (50_000, 1)).save(out, "PNG")
    return out.getvalue()


def call(*words: str) -> int:
    try:
        return main(words)
    except SystemExit as error:  # how argparse leaves
        return int(str(error.code))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", ""], "the request is empty"),
        (["run", "   \n"], "the request is empty"),
        (["run", "x" * 100_000], "100000 characters, at most 20000"),
        (["run", "a\x1b[2Jb"], "U+001B"),
        (["run", "a sun", "--image", "none.png"], "none.png: the picture cannot be read"),
        (["run", "a sun", "--image", "."], ".: the picture cannot be read (Is a directory)"),
        (["run", "a sun", "--image", ""], "'': the picture cannot be read"),
        (["run", "a sun", "--image", "/dev/zero"], "/dev/zero: this is no file"),
        (["run", "a sun", "--image", "text.png"], "text.png: not an image"),
        (["run", "a sun", "--image", "wide.png"], "wide.png: 50000 x 1 pixels"),
        (["run", "a sun", *["--image", "wide.png"] * 17], "17 pictures given, at most 16"),
        (["run", "a sun", "--size", "big"], "run.size = 'big' (command line)"),
        (["run", "a sun", "--size", "-5"], "512, or width x height as in 512x768"),
        (["run", "a sun", "--size", "0x4"], "the size 0x4 has no pixels"),
        (["run", "a sun", "--seed", "-1"], "run.seed = -1 (command line)"),
        (["run", "a sun", "--seed", "x"], "'x' is not a whole number"),
        (["run", "a sun", "--fault-rate", "x"], "'x' is not a number"),
        (["run", "a sun", "--steps", "+-5"], "'+-5' is not a number from 1"),
        (["run", "a sun", "--steps", "0"], "'0' is not a number from 1"),
        (["run", "a sun", "--policy", "best(3)"], "known: beam"),
        (["run", "a sun", "--policy", "sequential(0)"], "choose 1 to"),
        (["run", "a sun", "--fault-rate", "2"], "--fault-rate 2 is not between 0 and 1"),
        (["run", "a sun", "--fault-rate", "nan"], "--fault-rate nan is not between 0 and 1"),
        (["run", "a sun", "--param", "turbo"], "write it as key=value"),
        (["run", "a sun", "--critic", "none", "--critic", "pixels"], "goes with no other critic"),
        (["run", "a sun", "--planner", "a b"], "run.planner = 'a b' (command line): a name has 1 to 64 letters"),
        (["run", "a sun", "--exhausted", "bets"], "did you mean best?"),
        (["run", "a sun", "--out", "text.png"], "text.png: this is a file, not a folder"),
        (["run", "a sun", "--out", "text.png/story"], "--out"),
        (["run", "a sun", "--out", "~nobody-at-all/story"], "the system knows no such home folder"),
        (["run", "a sun", "--out", "."], "the folder holds other files"),
        (["rnu", "a sun"], "did you mean run?"),
        (["worker", "painter"], "there is no 'painter'; installed:"),
        (["schema", "Verdit"], "did you mean Verdict?"),
        (["schema", "--out", "text.png"], "text.png: cannot be written"),
    ],
)
def test_a_mistake_is_named_and_leaves_nothing(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = Path.cwd()
    (here / "text.png").write_text("hello")
    (here / "wide.png").write_bytes(wide())
    assert call(*words) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert "Traceback" not in printed.err
    assert printed.out == ""
    assert sorted(path.name for path in here.iterdir()) == ["text.png", "wide.png"]
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe\x00", "no UTF-8 text (byte 0)"),
        (b"a" * 200_000, "more than 80000 bytes"),
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
    ],
)
def test_stdin_is_checked_too(
    data: bytes, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert call("run", "-") == 2
    assert said in capsys.readouterr().err


def test_nats_out_of_reach_has_its_own_code(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEPWEAVE_BUS__CONNECT_TIMEOUT", "0.5")
    assert call("run", "a sun", "--nats", "nats://127.0.0.1:1") == 4
    printed = capsys.readouterr()
    assert "No NATS server answers at nats://127.0.0.1:1" in printed.err
    assert "resume" not in printed.err
    assert list(Path.cwd().iterdir()) == []


def test_a_home_that_cannot_be_written_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("STEPWEAVE_HOME", str(tmp_path / "file" / "home"))
    assert call("run", "a sun") == 2
    assert "set STEPWEAVE_HOME" in capsys.readouterr().err


def test_a_mistake_in_a_file_is_found_by_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    Path("stepweave.toml").write_text("[run]\nsede = 1")
    assert call("runs", "list") == 2
    assert "did you mean run.seed" in capsys.readouterr().err
    assert call("doctor") == 1
    assert "run.seed" in capsys.readouterr().out


def test_debugging_shows_where(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPWEAVE_DEBUG", "1")
    assert call("run", "") == 2
    assert "Traceback" in capsys.readouterr().err


def test_a_folder_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    Path.cwd().rmdir()
    assert call("run", "a sun") == 2
    assert "the current folder is gone" in capsys.readouterr().err


def test_a_home_that_nobody_knows_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("STEPWEAVE_HOME", "~nobody-at-all/state")
    assert call("runs", "list") == 2
    assert "~nobody-at-all/state: the system knows no such home folder" in capsys.readouterr().err


def test_a_full_disk_is_told_before_a_run_begins(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(session, "ROOM", 2**62)
    assert call("run", "a sun") == 4
    printed = capsys.readouterr()
    assert "is full" in printed.err
    assert "STEPWEAVE_HOME" in printed.err
    assert list(Path.cwd().iterdir()) == []


def test_a_memory_that_is_none_is_named_with_its_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "memory.sqlite").write_bytes(b"a letter to my aunt" * 1000)
    assert call("run", "draw a red circle", "--out", "made") == 2
    assert "--memory off" in capsys.readouterr().err


@pytest.mark.parametrize("written", [b"", b"not a picture"])
def test_a_picture_may_come_out_of_a_pipe(written: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    reader, writer = os.pipe()
    os.write(writer, written)
    os.close(writer)
    assert call("run", "a sun", "--image", f"/dev/fd/{reader}") == 2
    os.close(reader)
    assert ("not an image" if written else "the file is empty") in capsys.readouterr().err


def test_a_pipe_without_a_writer_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(intake, "PIPE_PATIENCE", 0.1)
    os.mkfifo("pipe")
    assert call("run", "a sun", "--image", "pipe") == 2
    assert "nobody wrote anything into this pipe" in capsys.readouterr().err


def test_what_pillow_thinks_of_a_file_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "TIFF")
    data = bytearray(out.getvalue())
    at = data.index(b"\x01\x01\x04\x00\x01\x00\x00\x00")  # the tag of the height says that it has two values
    data[at + 4] = 2
    Path("odd.tif").write_bytes(data)
    assert call("run", "", "--image", "odd.tif") == 2
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        with suppress(UsageError, ImageError):
            read_pictures(["odd.tif"], IntakeSettings(), lambda _: None)
    assert warned == []
    assert "odd.tif" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("\ufeffdraw a sun", "draw a sun"),
        ("draw\u00a0a\u202fsun\u200b", "draw a sun"),
        ("one\u2028two", "one\ntwo"),
        ("Häus\u00adchen 家 \U0001f468\u200d\U0001f469", "Häuschen 家 \U0001f468\u200d\U0001f469"),
    ],
)
def test_pasted_text_is_read_as_it_looks(pasted: str, meant: str) -> None:
    assert plain(pasted) == meant


def test_streams_that_are_closed_lead_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert call("run", "-") == 2
    assert call("config", "show") == 0
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_under_stdout_is_told() -> None:
    command = [sys.executable, "-c", "from stepweave.app.cli import main; raise SystemExit(main())", "config", "show"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 4
        assert done.stderr.startswith("stepweave: No space left on device; make room on the disk")
        assert subprocess.run([*command, "--nats"], stderr=full, check=False).returncode == 2
