"""The log of a run as lines of text: nothing is lost, nothing gets in."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepweave.bus.envelope import Raw, open_, seal
from stepweave.bus.errors import BadLine
from stepweave.bus.lines import Line, check, from_json, hashes, line_of, placed, renamed, to_json
from stepweave.bus.subjects import Subjects
from stepweave.messages import Cancel, Decided, Message, RunRequested, Unknown, encode
from stepweave.observability.trace import traceparent

SUBJECTS = Subjects("ns")


def raw(tail: str, message: Message, run: str = "r1", **said: Any) -> Raw:
    task = tail.rpartition(".")[2] if tail.startswith(("cmd", "done")) else ""
    head = seal(message, source="/x", about=run, id_="i1", traceparent=traceparent(run, task))
    return Raw(f"ns.run.{run}.{tail}", f"{head}Nats-Sequence: 7\r\n\r\n".encode(), encode(message))._replace(**said)


def line(tail: str, message: Message, events: int = 0, **said: Any) -> Line:
    found = line_of(raw(tail, message, **said), SUBJECTS, events)
    assert found is not None
    return found


REQUEST = line("ev.requested.0", RunRequested(request="a boat"))
DECIDED = line("ev.decided.93", Decided(), 1)
ANSWER = line("done.generator.sketch.s1c1", Unknown(type="new.v9", body={"a": 1}))

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.binary() | json_values.map(lambda v: json.dumps(v, ensure_ascii=False, separators=(",", ":")).encode()))
def test_every_body_comes_back_byte_for_byte(body: bytes) -> None:
    told = Line("done", ("a", "b", "c"), (("ce-id", "1"),), body)
    text = to_json(told)
    assert "\n" not in text
    assert from_json(text.encode()) == told


@pytest.mark.parametrize(
    ("body", "way"),
    [
        (b'{"a":1.5,"b":"\xc3\xa4"}', "body"),
        (b'{"a": 1}', "text"),
        (b'{"a":1,"a":1}', "text"),
        (b'{"a":1e2}', "text"),
        (b'{"a":NaN}', "text"),
        (b'{"a":"\\ud800"}', "text"),
        (b"", "text"),
        (b'{"a":1', "text"),
        (b"[" * 100_000 + b"]" * 100_000, "text"),
        (b"\xff\x00", "base64"),
    ],
)
def test_a_body_stands_in_the_plainest_way_that_gives_it_back(body: bytes, way: str) -> None:
    told = Line("done", ("a", "b", "c"), (), body)
    text = to_json(told)
    assert way in json.loads(text)
    assert from_json(text.encode()).body == body


def test_what_belongs_to_the_server_stays_behind() -> None:
    assert DECIDED.tokens == ("decided", "1")
    assert not [name for name, _ in DECIDED.headers if name.lower().startswith("nats-")]
    assert line_of(Raw("ns.run.r1.ev.decided", b"", b""), SUBJECTS, 0) is None


def test_headers_keep_their_order_and_come_back_in_ascii() -> None:
    head = "NATS/1.0\r\nb: 1\r\na: ä %20\r\nb: 2\r\nnats-x: 1\r\nwild*: 3\r\nno colon\r\n bad: 4\r\n\r\n".encode()
    found = line_of(Raw("ns.run.r1.ctl.x", head, b"{}"), SUBJECTS, 0)
    assert found is not None
    assert found.headers == (("b", "1"), ("a", "%C3%A4 %20"), ("b", "2"), ("wild*", "3"))
    assert placed(found, "r2", SUBJECTS)[1] == "NATS/1.0\r\nb: 1\r\na: %C3%A4 %20\r\nb: 2\r\nwild*: 3\r\n"


def test_a_line_can_be_read_as_the_message_it_was() -> None:
    subject, head, body = placed(REQUEST, "r1", SUBJECTS)
    record = open_(Raw(subject, f"{head}\r\n".encode(), body), SUBJECTS)
    assert (record.message, record.id, record.source) == (RunRequested(request="a boat"), "i1", "/x")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "Expecting value"),
        (b"[1]", "no object"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"branch":"done","tokens":["a"],"headers":[],"body":{}}', "done.a is no place"),
        (b'{"branch":"xx","tokens":[],"headers":[],"body":{}}', "xx is no place"),
        (b'{"branch":[],"tokens":["a"],"headers":[],"body":{}}', "no names"),
        (b'{"branch":"ctl","tokens":[1],"headers":[],"body":{}}', "no names"),
        (b'{"branch":"ctl","tokens":["a"],"headers":{},"body":{}}', "no list of names and values"),
        (b'{"branch":"ctl","tokens":["a"],"headers":[["Nats-Rollup","sub"]],"body":{}}', "no list of names"),
        (b'{"branch":"ctl","tokens":["a"],"headers":[["a","b\\r\\nNats-TTL: 1"]],"body":{}}', "no list of names"),
        (b'{"branch":"ctl","tokens":["a"],"headers":[["a: b\\r\\nc","d"]],"body":{}}', "no list of names"),
        (b'{"branch":"ctl","tokens":["a"],"headers":[["a"]],"body":{}}', "no list of names"),
        (b'{"branch":"ctl","tokens":["a"],"headers":[["a","%b"]],"body":{}}' % (b"x" * 20_000), "more than 16384"),
        (b'{"branch":"ctl","tokens":["a"],"headers":[]}', "no body"),
        (b'{"branch":"ctl","tokens":["a"],"headers":[],"base64":"@"}', "no base64"),
        (b'{"branch":"ctl","tokens":["a"],"headers":[],"text":"\\ud800"}', "no text"),
        (b'{"branch":"ctl","tokens":["a"],"headers":[],"body":NaN}', "NaN is no JSON"),
    ],
)
def test_what_is_no_line_is_refused_in_words(text: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        from_json(text)


def test_a_run_is_a_request_events_in_a_row_and_words_between() -> None:
    check([REQUEST, ANSWER, DECIDED], "r1", SUBJECTS)


FOREIGN = line("done.a.b.c", Unknown(type="x", body={}), head=b"NATS/1.0\r\na: b\r\n\r\n")
BROKEN = line("done.a.b.c", Cancel(), body=b"{")


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "there is none"),
        ([DECIDED], "Line 1 .*stands at its beginning"),
        ([REQUEST, REQUEST], "Line 2 .*stands there twice"),
        ([REQUEST, ANSWER, ANSWER], "Line 3 .*done.generator.sketch.s1c1 stands there twice"),
        ([REQUEST, line("ev.decided.1", Decided(), 2)], "an event follows 1 others, this one says '2'"),
        ([REQUEST, line("ev.requested.5", Decided(), 7)], "an event follows 1 others"),
        ([REQUEST, Line("done", ("a", "b", "c"), FOREIGN.headers, FOREIGN.body)], "no CloudEvent"),
        ([REQUEST, Line("done", ("a", "b", "c"), BROKEN.headers, BROKEN.body)], "Invalid JSON"),
        ([REQUEST, Line("done", ("a", "b.>", "c"), ANSWER.headers, b"{}")], "'b.>' cannot be part"),
    ],
)
def test_what_is_no_run_is_refused_with_the_line(lines: list[Line], why: str) -> None:
    with pytest.raises(BadLine, match=why):
        check(lines, "r1", SUBJECTS)


def test_what_nobody_can_read_is_carried_if_it_says_so() -> None:
    assert BROKEN.unreadable
    check([REQUEST, from_json(to_json(BROKEN).encode())], "r1", SUBJECTS)


def test_another_name_for_a_run_reaches_its_headers() -> None:
    moved = renamed(ANSWER, "r1", "r2")
    fields = dict(moved.headers)
    assert fields["traceparent"] == traceparent("r2", "s1c1")
    request = dict(renamed(REQUEST, "r1", "r2").headers)
    assert (request["ce-subject"], request["traceparent"]) == ("r2", traceparent("r2"))
    assert (moved.body, fields["ce-id"]) == (ANSWER.body, "i1")
    foreign = Line("done", ("a", "b", "c"), (("traceparent", "00-1-2-01"), ("ce-subject", "mine")), b"{}")
    assert renamed(foreign, "r1", "r2") == foreign


@given(st.lists(st.sampled_from(["ab" * 32, "0" * 64, "f" * 63, "1" * 65, "0" * 128, '"', "g", "A"]), max_size=6))
def test_hashes_are_found_as_a_pattern_would_find_them(parts: list[str]) -> None:
    text = "".join(parts)
    assert hashes(text.encode()) == set(re.findall("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", text))


def test_hashes_are_found_wherever_they_stand() -> None:
    one, other = "ab" * 32, "01" * 32
    body = f'{{"new":{{"deep":["{one}"]}},"{other}":1,"longer":"{one}0","Upper":"{one.upper()}"}}'.encode()
    assert hashes(body) == {one, other}
    assert Line("ctl", ("x",), (("x-picture", one),), b"").references() == {one}
