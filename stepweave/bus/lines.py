"""A run's log as lines of text: messages as they stand, whole and in order, but not where they stand. Pure.

A line holds the branch, the tokens, the headers and the body of one message. What belongs to one server alone is left
out: sequences, the headers of the transport, and the name of the run. Events that do not count (chain.py) are left out
as well, and the others numbered in a row: where a stranger took a number, those behind it would be blocked otherwise.

A body that is JSON as we write it stands in its line as JSON; other text as a string; anything else in base64. So
every body comes back byte for byte, also those of types that nobody here knows.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote_from_bytes

from stepweave.bus import headers
from stepweave.bus.envelope import Raw, open_
from stepweave.bus.errors import BadLine, BadName, Unreadable
from stepweave.bus.subjects import BRANCHES, REQUESTED, Subjects
from stepweave.observability.trace import traceparent

REQUEST = ("ev", REQUESTED, "0")
"""The cell of the first message of every run."""
LONGEST_HEAD = 16 * 1024
"""Characters of all headers of a message."""
_TRANSPORT = "nats-"
"""Headers that begin so are the server's and the transport's."""
_SAFE = "".join(map(chr, range(0x20, 0x7F)))
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[ -~]*")
_HASH = 64
"""Digits of a hash."""
_FLAT = bytes.maketrans(b"123456789abcdef", b"0" * 15)
_ROW = re.compile(rb"0*")


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a run."""

    branch: str
    tokens: tuple[str, ...]
    """What follows in the subject; of an event the kind, and how many events were before it."""
    headers: tuple[tuple[str, str], ...]
    """Names and values in their order, without those of the transport."""
    body: bytes
    unreadable: str = field(default="", compare=False)
    """Why nobody here can read it; empty: it can be read."""

    @property
    def cell(self) -> tuple[str, ...]:
        """Where it stands within its run."""
        return (self.branch, *self.tokens)

    def references(self) -> frozenset[str]:
        """Everything in it that may be the hash of a picture."""
        return hashes(self.body).union(*(hashes(value.encode()) for _, value in self.headers))


def hashes(data: bytes) -> frozenset[str]:
    """Everything in a body that may be the hash of a picture, whatever its type: 64 digits in a row, not more.

    Every message of a log is looked through, so all digits are made one first, for of that a row is found at once.
    """
    flat = data.translate(_FLAT)
    found: set[str] = set()
    at = flat.find(b"0" * _HASH)
    while at >= 0:
        row = _ROW.match(flat, at)
        end = row.end() if row else at + _HASH
        if end - at == _HASH:
            found.add(data[at:end].decode())
        at = flat.find(b"0" * _HASH, end)
    return frozenset(found)


def line_of(raw: Raw, subjects: Subjects, events: int) -> Line | None:
    """A message as a line; ``None``: it stands where nobody reads.

    Args:
        raw: as it was read.
        subjects: of its log.
        events: how many events of the run were before it.
    """
    try:
        _, branch, tokens = subjects.parse(raw.subject)
    except Unreadable:
        return None
    if branch == "ev":
        tokens = (tokens[0], str(events))
    return Line(branch, tokens, tuple(_fields(raw.head)), raw.body, _fault(raw, subjects))


def to_json(line: Line) -> str:
    """A line as text, without its end."""
    known = {"branch": line.branch, "tokens": line.tokens, "headers": line.headers}
    said = {"unreadable": line.unreadable} if line.unreadable else {}
    try:
        return json.dumps({**known, **_written(line.body), **said}, ensure_ascii=False)
    except RecursionError:
        return json.dumps({**known, **_as_text(line.body), **said}, ensure_ascii=False)


def from_json(text: bytes) -> Line:
    """Read a line.

    Raises:
        ValueError: it is none; the text says what is wrong.
    """
    try:
        found = _loaded(text)
        body = _read(found) if isinstance(found, dict) else b""
    except (RecursionError, UnicodeError):
        raise ValueError("it is nested too deeply, or no text") from None
    if not isinstance(found, dict):
        raise ValueError("it is no object")
    branch, tokens = _place(found.get("branch"), found.get("tokens"))
    fields = found.get("headers")
    if not isinstance(fields, list) or not all(_is_header(pair) for pair in fields):
        raise ValueError("its headers are no list of names and values")
    if sum(len(name) + len(value) for name, value in fields) > LONGEST_HEAD:
        raise ValueError(f"its headers have more than {LONGEST_HEAD} characters")
    pairs = tuple((name, value) for name, value in fields)
    return Line(branch, tokens, pairs, body, str(found.get("unreadable", "")))


def _place(branch: Any, tokens: Any) -> tuple[str, tuple[str, ...]]:
    if not isinstance(tokens, list) or not all(isinstance(each, str) for each in (branch, *tokens)):
        raise ValueError("its branch and its tokens are no names")
    if BRANCHES.get(branch) != len(tokens):
        raise ValueError(f"{'.'.join((branch, *tokens))} is no place in the log of a run")
    return branch, tuple(tokens)


def renamed(line: Line, old: str, new: str) -> Line:
    """The same message in a run of another name: what names the run in its headers follows."""
    task = line.tokens[-1] if line.branch in {"cmd", "done"} else ""
    kept = {
        ("ce-subject", old): new,
        ("ce-subject", f"{old}/{task}"): f"{new}/{task}",
        ("traceparent", traceparent(old, task)): traceparent(new, task),
        ("traceparent", traceparent(old)): traceparent(new),
    }
    return replace(line, headers=tuple((name, kept.get((name.lower(), value), value)) for name, value in line.headers))


def placed(line: Line, run: str, subjects: Subjects) -> tuple[str, str, bytes]:
    """Subject, header block (without its closing empty line) and body of a line in a run.

    Raises:
        BadName: a name in it cannot be part of a subject.
    """
    head = headers.LINE + "".join(f"{name}: {value}\r\n" for name, value in line.headers)
    return subjects.of(run, line.branch, line.tokens), head, line.body


def check(lines: Iterable[Line], run: str, subjects: Subjects) -> None:
    """Make sure that lines are a run: its request first, its events in a row, nothing twice, all readable.

    Raises:
        BadLine: with the number of the line, and what is wrong.
        BadName: the name of the run is none.
    """
    cells: set[tuple[str, ...]] = set()
    events = 0
    for number, line in enumerate(lines, 1):
        try:
            subject, head, body = placed(line, run, subjects)
        except BadName as error:
            raise BadLine(number, str(error)) from None
        if line.cell in cells:
            raise BadLine(number, f"{'.'.join(line.cell)} stands there twice")
        cells.add(line.cell)
        if (number == 1) != (line.cell == REQUEST):
            raise BadLine(number, "the request of a run stands at its beginning, and nowhere else")
        if line.branch == "ev":
            if line.tokens[1] != str(events):
                raise BadLine(number, f"an event follows {events} others, this one says {line.tokens[1]!r}")
            events += 1
        fault = _fault(Raw(subject, f"{head}\r\n".encode(), body), subjects)
        if fault and not line.unreadable:
            raise BadLine(number, fault)
    if not cells:
        raise BadLine(1, "there is none")


def _fault(raw: Raw, subjects: Subjects) -> str:
    """Why a message cannot be read; empty: it can."""
    try:
        open_(raw, subjects)
    except Unreadable as error:
        return error.detail
    return ""


def _fields(head: bytes | None) -> Iterator[tuple[str, str]]:
    """Headers by name in their order, values in printable ASCII: what is not is percent-encoded, as CloudEvents are."""
    for line in (head or b"").split(b"\r\n")[1:]:
        name, colon, value = line.partition(b":")
        known = name.decode("latin-1")
        if colon and _NAME.fullmatch(known) and not known.lower().startswith(_TRANSPORT):
            yield known, quote_from_bytes(value.strip(), safe=_SAFE)


def _is_header(pair: Any) -> bool:
    """Whether a pair may be a header: no line of its own, and none that tells the server what to do."""
    if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)):
        return False
    name, value = pair
    return bool(_NAME.fullmatch(name) and _VALUE.fullmatch(value)) and not name.lower().startswith(_TRANSPORT)


def _written(body: bytes) -> dict[str, Any]:
    """A body in a line, in the first of three ways that gives it back byte for byte."""
    try:
        data = _loaded(body)
        if _dumped(data) == body:
            return {"body": data}
    except (ValueError, RecursionError):
        pass
    return _as_text(body)


def _as_text(body: bytes) -> dict[str, Any]:
    try:
        return {"text": body.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode()}


def _read(found: dict[str, Any]) -> bytes:
    if "body" in found:
        return _dumped(found["body"])
    if isinstance(text := found.get("text"), str):
        return text.encode()
    if isinstance(coded := found.get("base64"), str):
        try:
            return base64.b64decode(coded, validate=True)
        except binascii.Error:
            raise ValueError("its body is no base64") from None
    raise ValueError("it has no body")


def _loaded(text: bytes) -> Any:
    """JSON as it is defined: Python would also take NaN."""
    return json.loads(text, parse_constant=_no_constant)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _dumped(data: Any) -> bytes:
    """JSON as it is written here: no spaces, letters as they are."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
