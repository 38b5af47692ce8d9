"""The envelope: CloudEvents headers there and back."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepweave.bus import BadName, BusError, Raw, Unreadable, headers
from stepweave.bus.envelope import new_id, now, open_, open_anyway, seal
from stepweave.bus.subjects import Subjects
from stepweave.messages import Cancel, Unknown, encode

SUBJECTS = Subjects("ns")
SUBJECT = "ns.run.r1.ctl.c1"
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
CANCEL = Cancel(reason="genug — 够了")
FOREIGN = {"CE-SpecVersion": "1.0", "ce-type": Cancel.TYPE, "Ce-Source": "/robot%20arm", "ce-id": "7"}


def sealed(source: str = "/me", traceparent: str | None = None) -> Raw:
    head = seal(CANCEL, source=source, about="r1", id_="i1", traceparent=traceparent)
    return Raw(SUBJECT, f"{head}\r\n".encode("ascii"), encode(CANCEL), 5)


def foreign(**change: str | None) -> Raw:
    fields = FOREIGN | {name.replace("_", "-"): value for name, value in change.items()}
    head = headers.write({name: value for name, value in fields.items() if value is not None})
    return Raw(SUBJECT, f"{head}\r\n".encode(), encode(CANCEL), 5, 1_700_000_000_000_000_000)


def test_all_attributes_of_a_cloud_event_are_there() -> None:
    fields = headers.read(sealed().head)
    assert fields.pop("ce-time").endswith("Z")
    assert fields == {
        "ce-specversion": "1.0",
        "content-type": "application/json",
        "ce-type": "stepweave.run.cancel.v1",
        "ce-source": "/me",
        "ce-subject": "r1",
        "ce-id": "i1",
    }


@pytest.mark.parametrize("traceparent", [None, TRACE])
def test_there_and_back(traceparent: str | None) -> None:
    record = open_(sealed(traceparent=traceparent), SUBJECTS)
    assert (record.message, record.source, record.id, record.sequence) == (CANCEL, "/me", "i1", 5)
    assert record.traceparent == traceparent
    assert abs(datetime.now(UTC) - record.time) < timedelta(seconds=5)


@pytest.mark.parametrize("traceparent", ["", "x", TRACE.upper(), f"{TRACE}\r\nX: y"])
def test_a_malformed_trace_context_is_left_out(traceparent: str) -> None:
    assert open_(sealed(traceparent=traceparent), SUBJECTS).traceparent is None


@given(st.text(max_size=30))
def test_a_source_never_breaks_its_line(source: str) -> None:
    try:
        raw = sealed(source)
    except BusError:
        return
    assert list(headers.read(raw.head))[3] == "ce-source"


def test_a_foreign_writer_may_order_and_spell_headers_its_way() -> None:
    record = open_(foreign(), SUBJECTS)
    assert (record.message, record.source, record.id) == (CANCEL, "/robot arm", "7")
    assert record.time == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "hour"), [("2026-01-01T12:00:00+02:00", 10), ("2026-01-01T12:00:00", 12), ("yesterday", 22)]
)
def test_times_are_utc_and_odd_ones_are_the_servers(written: str, hour: int) -> None:
    assert open_(foreign(ce_time=written), SUBJECTS).time.hour == hour


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ce-type": None}, "ce-type is missing"),
        ({"ce-id": None}, "ce-id is missing"),
        ({"Ce-Source": None}, "ce-source is missing"),
        ({"CE-SpecVersion": "0.3"}, r"CloudEvents 0\.3"),
    ],
)
def test_what_is_no_cloud_event_is_unreadable(change: dict[str, str | None], says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        open_(foreign(**change), SUBJECTS)


@given(st.binary(max_size=60), st.none() | st.binary(max_size=60))
def test_no_bytes_break_a_reader(body: bytes, head: bytes | None) -> None:
    assert isinstance(open_anyway(Raw(SUBJECT, head, body), SUBJECTS).message, Unknown)


@given(st.binary(max_size=60))
def test_no_body_breaks_a_reader(body: bytes) -> None:
    open_anyway(sealed()._replace(body=body), SUBJECTS)


@given(st.dictionaries(st.text("abcXYZ-", min_size=1), st.text(max_size=20)))
def test_headers_come_back_or_are_refused(fields: dict[str, str]) -> None:
    try:
        written = headers.write(fields)
    except ValueError:
        return
    assert headers.read(f"{written}\r\n".encode("ascii")) == {
        name.lower(): value.strip() for name, value in fields.items()
    }


def test_a_status_is_told_from_headers() -> None:
    raw = b"NATS/1.0 408 Request Timeout\r\nNats-Pending-Messages: 3\r\n\r\n"
    assert headers.is_status(raw)
    assert headers.read_status(raw) == (408, "Request Timeout", {"nats-pending-messages": "3"})
    assert not headers.is_status(b"NATS/1.0\r\nA: b\r\n\r\n")
    assert not headers.is_status(None)


def test_ids_differ_also_in_a_child() -> None:
    ours = {new_id() for _ in range(100)}
    assert len(ours) == 100
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.write(write, new_id().encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 100).decode() != new_id()
    os.close(read)
    os.close(write)


def test_time_goes_on() -> None:
    assert now() < now() < "3"


@given(st.text(max_size=70))
def test_a_token_never_leaves_its_place(name: str) -> None:
    try:
        subject = SUBJECTS.done("r1", "generator", "sketch", name)
    except BadName:
        return
    assert SUBJECTS.parse(subject) == ("r1", "done", ("generator", "sketch", name))
    assert SUBJECTS.of(*SUBJECTS.parse(subject)) == subject


@pytest.mark.parametrize("subject", ["", "ns.run.r1.ev", "other.run.r1.ev.x", "nsx.run.r1.ev.x", "ns.blob.abc.d.e"])
def test_foreign_subjects_are_unreadable(subject: str) -> None:
    with pytest.raises(Unreadable):
        SUBJECTS.parse(subject)
