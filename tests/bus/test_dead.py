"""Dead letters."""

from __future__ import annotations

import pytest

from stepweave.bus import Bus, Raw, Record
from tests.bus.conftest import DRAW

pytestmark = pytest.mark.anyio


async def one(bus: Bus) -> Record:
    await bus.log.command("r1", "generator", "sketch", "s1", DRAW, source="/me")
    (record,) = [record async for record in bus.log.replay("r1")]
    return record


async def test_a_letter_keeps_what_it_was_and_why_it_died(bus: Bus) -> None:
    record = await one(bus)
    sequence = await bus.dead.put(record, "der Stift ist zerbrochen: ❌\r\nX: y")
    letter = await bus.dead.get(sequence)
    assert letter is not None
    assert letter.subject.endswith(".run.r1.cmd.generator.sketch.s1")
    assert letter.reason == "der Stift ist zerbrochen: ? X: y"
    assert letter.log_sequence == record.sequence
    assert letter.headers["ce-id"] == record.id
    assert letter.headers["ce-type"] == DRAW.TYPE
    assert letter.message == DRAW
    assert letter.address == ("generator", "sketch", "r1", "s1")
    assert "x" not in letter.headers


async def test_the_same_letter_is_kept_once(bus: Bus) -> None:
    record = await one(bus)
    assert await bus.dead.put(record, "a") == await bus.dead.put(record, "b")


async def test_letters_are_listed_by_run_and_deleted(bus: Bus) -> None:
    for run in ("r1", "r2"):
        await bus.dead.put_raw(Raw(f"{bus.settings.namespace}.run.{run}.cmd.a.b.t", None, b"\x00"), "bad")
    assert [letter.body for letter in [letter async for letter in bus.dead.list("r1")]] == [b"\x00"]
    letters = [letter async for letter in bus.dead.list()]
    assert len(letters) == 2
    await bus.dead.delete(letters[0].sequence)
    assert await bus.dead.get(letters[0].sequence) is None
    assert [letter.subject.split(".")[2] async for letter in bus.dead.list()] == ["r2"]


async def test_headers_from_outside_are_kept_as_one_line_of_ascii(bus: Bus) -> None:
    raw = Raw(f"{bus.settings.namespace}.run.r1.cmd.a.b.t", "NATS/1.0\r\nX-Name: Zoë\r\nno colon\r\n\r\n".encode(), b"")
    letter = await bus.dead.get(await bus.dead.put_raw(raw, "bad"))
    assert letter is not None
    assert letter.headers == {"x-name": "Zo?"}
    assert letter.message is None


async def test_what_is_not_there_is_none(bus: Bus) -> None:
    assert await bus.dead.get(7) is None
