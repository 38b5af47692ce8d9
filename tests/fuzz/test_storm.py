"""The storm in small: what is sent is what it is said to be, and a running system counts all of it and goes on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.fuzz.nonsense import BODIES, IMPOSSIBLE, NEEDY, NO_EVENT, Nonsense, Runs, Shot
from benchmarks.fuzz.storm import NAMESPACE, Report, Weather, storm, told
from stepweave.bus import Raw, Unreadable, fault_of
from stepweave.bus.envelope import open_anyway
from stepweave.bus.subjects import Subjects
from stepweave.messages import Ask

SUBJECTS = Subjects(NAMESPACE)


def fault(shot: Shot) -> str:
    """What the decoders say is wrong with it."""
    record = open_anyway(Raw(shot.subject.decode("utf-8", "replace"), shot.head, shot.body, 7), SUBJECTS)
    return "foreign" if record is None else fault_of(record)


def test_every_shot_is_what_it_is_said_to_be() -> None:
    shots = list(Nonsense(NAMESPACE, 1, Runs(["run-1"])).shots(4000))
    assert len({shot.subject for shot in shots if b".blob." not in shot.subject}) > 3800
    for shot in shots:
        kind = shot.kind.split()[0]
        if shot.subject.startswith(f"{NAMESPACE}.run.".encode()) and kind in (
            "unreadable",
            "unknown",
            "misplaced",
            "foreign",
        ):
            assert fault(shot) == kind, shot
        if kind in ("stray", "early", "forged", "impossible"):
            assert fault(shot) == "", shot
        assert b"PUB" in shot.frame()[:4]


def test_all_kinds_come_and_the_same_for_a_seed() -> None:
    kinds = Counter(shot.kind for shot in Nonsense(NAMESPACE, 2, Runs()).shots(6000))
    assert len(kinds) >= 24
    first, again = ([shot.frame() for shot in Nonsense(NAMESPACE, 3, Runs()).shots(500)] for _ in range(2))
    assert first == again


def test_no_body_is_one_of_any_message() -> None:
    for message in NEEDY:
        for body in BODIES:
            head = f"NATS/1.0\r\nce-specversion: 1.0\r\nce-type: {message.TYPE}\r\nce-source: /x\r\nce-id: 1\r\n\r\n"
            assert fault(Shot("x", b"storm.run.r.ctl.c", head.encode(), body)) == "unreadable"
    for head_ in NO_EVENT:
        assert fault(Shot("x", b"storm.run.r.ctl.c", head_, b"{}")) == "unreadable"
    assert all(isinstance(ask, Ask) for _, ask, _, _ in IMPOSSIBLE)
    with pytest.raises(Unreadable):
        SUBJECTS.parse("storm.run.\ufffd.ctl.c")


@pytest.mark.anyio
async def test_a_system_under_fire_goes_on_and_counts(tmp_path: Path) -> None:
    out = await storm(Weather(messages=3000, rate=3000, kinds=2, under_way=2), tmp_path)
    assert out.held, told(out)
    assert out.met > 4000
    assert max(out.lines.values()) < 100


def test_a_report_of_what_did_not_hold_says_so() -> None:
    assert "IT DID NOT HOLD" in told(Report(messages=1, runs=1, disturbed=["kind 1"]))
    assert Report(runs=1, codes=[0, 0]).held
    assert not Report(runs=1, codes=[0, 1]).held
