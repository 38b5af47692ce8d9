"""Words that workers wrote reach a terminal, a page and a file as words."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

import anyio
import pytest
from PIL import Image

from stepweave.app.cli import main
from stepweave.bus import BusSettings, Raw, connect
from stepweave.images import encode
from stepweave.messages import (
    Accepted,
    Command,
    Decided,
    Draw,
    Drawn,
    Judge,
    Outcome,
    RunRequested,
    Scores,
    Step,
    Verdict,
)
from stepweave.observability.logs import configure

EVIL = "\x1b[2J\x9b31m\x07\u202egone<script>alert(1)</script>"
STEERING = ("\x1b", "\x9b", "\x07", "\u202e")


async def wrote(home: Path) -> None:
    """A run whose agents wrote what could steer a terminal, or a page, wherever they may write words."""
    async with connect(BusSettings(home=home), name="evil") as bus:
        data = encode(Image.new("RGB", (8, 8)), {})
        image = await bus.blobs.put(data, "image/png", 8, 8)
        log, by = bus.log, "/evil"
        await log.request("r1", RunRequested(request=f"draw {EVIL}"), source=by)
        step = Step(number=1, name=EVIL, instruction=EVIL, text=EVIL, prompt=EVIL, alt=EVIL)
        draw = Draw(step=1, candidate=1, prompt=EVIL, seed=1, width=8, height=8)
        judge = Judge(step=1, candidate=1, prompt=EVIL, drawn_prompt=EVIL, image=image)
        commands = (
            Command(task="s1c1", role="generator", capability="sketch", ask=draw),
            Command(task="s1c1-pixels", role="critic", capability="pixels", ask=judge),
        )
        end = Accepted(step=1, candidate=1, image=image, flawed=True)
        outcome = Outcome(status="flawed", reason=EVIL, remedy=EVIL)
        await log.answer("r1", "generator", "sketch", "s1c1", Drawn(image=image, tool=EVIL), source=by)
        verdict = Verdict(
            accepted=False, scores=Scores(semantics=1, quality=1), reason=EVIL, seen=EVIL, refined_prompt=EVIL
        )
        await log.answer("r1", "critic", "pixels", "s1c1-pixels", verdict, source=by)
        decision = Decided(plan=(step,), commands=commands, accepted=(end,), outcome=outcome)
        await log.decide("r1", "finished", decision, expected=1, source=by)
        head = f"NATS/1.0\r\nx-evil: {EVIL}\r\n\r\n".encode()
        await bus.dead.put_raw(Raw("stepweave.run.r1.cmd.generator.sketch.s1c1", head, EVIL.encode()), EVIL)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STEPWEAVE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    anyio.run(partial(wrote, tmp_path / "home"))
    return tmp_path


def test_nothing_that_an_agent_wrote_steers_a_terminal(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ("runs", "list"),
        ("runs", "show", "r1"),
        ("runs", "watch", "r1"),
        ("runs", "resume", "r1", "--out", "again"),
        ("dead", "list"),
        ("dead", "show", "1"),
    ):
        main(words)
        printed = capsys.readouterr()
        told = printed.out + printed.err
        assert "gone" in told or words[1] in {"resume"}, words
        assert [char for char in STEERING if char in told] == [], words


def test_nothing_that_an_agent_wrote_runs_in_a_page(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["runs", "show", "r1", "--out", "made"])
    page = (home / "made" / "story.html").read_text(encoding="utf-8")
    assert "gone" in page
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_nothing_that_an_agent_wrote_steers_a_terminal_from_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    configure("WARNING")
    try:
        raise ValueError(EVIL)
    except ValueError:
        logging.getLogger("stepweave.test").exception("it said %s\nand more", EVIL)
    told = capsys.readouterr().err
    assert "gone" in told
    assert "\nand more" in told
    assert [char for char in STEERING if char in told] == []
