"""Trajectories: what the log says of runs, in the shape learning wants it.

A projection, and so a pure function of the records: thrown away and made again, it is the same. The records of many
runs may come mixed, as the log has them: what is to be remembered between two of them is a value that can be kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, TypeAdapter

from stepweave.bus import Record, fault_of
from stepweave.chain import BEGINNING, Chain
from stepweave.messages import Decided, RunRequested, Unknown

VERSION = 1
"""Version of the lines' layout, in files as well as shown."""

Kind = Literal["run", "task", "preference", "outcome", "note", "unknown"]


class Line(NamedTuple):
    """One fact about a run.

    ``run``: it was requested; ``body`` is the request. ``task``: an ask was answered; ``body`` is the answer, and what
    is asked stands beside it. ``preference``: what a person chose, over what. ``outcome``: how it ended, and what was
    accepted, by step. ``note``: a late fact. ``unknown``: an event that this version does not know. Of the last two
    ``task`` is the kind.
    """

    sequence: int
    """Of the record in the log that makes it a fact."""
    run: str
    line: Kind
    time: datetime
    type: str
    """CloudEvents type of what ``body`` holds."""
    body: str
    """JSON; messages stand as they were written, also what this version does not know of them."""
    task: str = ""
    role: str = ""
    capability: str = ""
    agent: str = ""
    """Who answered, or wrote the note."""
    asked: datetime | None = None
    """When the ask was written."""
    ask_type: str = ""
    ask: str = ""
    """JSON."""


class Asked(NamedTuple):
    """An ask that has no answer yet."""

    time: datetime
    type: str
    body: str


@dataclass(slots=True)
class Begun:
    """What is remembered of a run between two of its records."""

    chain: Chain = BEGINNING
    requested: bool = False
    ended: bool = False
    accepted: dict[int, Any] = field(default_factory=dict)
    asks: dict[str, Asked] = field(default_factory=dict)
    """By role, capability and task, with dots between."""


Memory = dict[str, Begun]
"""By run."""
MEMORY: TypeAdapter[Memory] = TypeAdapter(Memory)
"""Reads and writes it as JSON."""


class Projection:
    """Turns records into lines, in one pass; it remembers runs only as long as something of them is open."""

    def __init__(self, memory: Memory | None = None) -> None:
        """Go on from what an earlier one remembered."""
        self.memory: Memory = {} if memory is None else memory

    def heard(self, record: Record) -> list[Line]:
        """The lines that a record makes, often none; records come in the order of the log."""
        if fault_of(record) in ("unreadable", "misplaced"):
            return []
        match record.branch:
            case "cmd":
                asks = self._begun(record.run).asks
                asks[".".join(record.tokens)] = Asked(record.time, record.type, _body(record))
            case "done":
                return self._answered(record)
            case "ev":
                return list(self._told(record))
            case "note":
                return [_line(record, "note")._replace(task=record.tokens[0], agent=record.source)]
        return []

    def _begun(self, run: str) -> Begun:
        found = self.memory.get(run)
        if found is None:
            found = self.memory[run] = Begun()
        return found

    def _answered(self, record: Record) -> list[Line]:
        begun = self.memory.get(record.run)
        asked = begun.asks.pop(".".join(record.tokens), None) if begun is not None else None
        if begun is None or asked is None:
            return []
        self._forget(record.run, begun)
        role, capability, task = record.tokens
        body = _body(record)
        return [
            Line(
                record.sequence,
                record.run,
                "task",
                record.time,
                record.type,
                body,
                task,
                role,
                capability,
                record.source,
                asked.time,
                asked.type,
                asked.body,
            )
        ]

    def _told(self, record: Record) -> Iterator[Line]:
        if record.run not in self.memory and isinstance(record.message, Unknown):
            yield _line(record, "unknown")._replace(task=record.tokens[0])  # what a later version says after the end
            return
        begun = self._begun(record.run)
        begun.chain, counts = begun.chain.heard(record.tokens[-1], record.sequence)
        if not counts:
            return
        message = record.message
        if isinstance(message, RunRequested):
            if not begun.requested:
                begun.requested = True
                yield _line(record, "run")
        elif isinstance(message, Decided):
            if begun.requested and not begun.ended:
                yield from self._decided(record, begun, message)
        else:
            yield _line(record, "unknown")._replace(task=record.tokens[0])

    def _decided(self, record: Record, begun: Begun, message: Decided) -> Iterator[Line]:
        for step in message.reopened:
            begun.accepted.pop(step, None)
        if message.accepted:
            begun.accepted |= {each["step"]: each for each in record.data["accepted"]}
        for preference in message.preferences:
            yield _line(record, "preference", preference)
        if message.outcome is not None:
            begun.ended = True
            end = {**record.data["outcome"], "accepted": begun.accepted}
            yield _line(record, "outcome", end)
            self._forget(record.run, begun)

    def _forget(self, run: str, begun: Begun) -> None:
        """Nothing is remembered of a run that has ended, or of which nothing else was heard, once no ask is open."""
        if not begun.asks and (begun.ended or begun.chain == BEGINNING):
            del self.memory[run]


def trajectory(records: Iterable[Record]) -> list[dict[str, Any]]:
    """What the records say, as :func:`shown`."""
    projection = Projection()
    return [shown(line) for record in records for line in projection.heard(record)]


def shown(line: Line) -> dict[str, Any]:
    """A line as one JSON object, for people and programs, with everything in it that is JSON taken apart."""
    body = json.loads(line.body)
    time = line.time.isoformat()
    match line.line:
        case "run":
            return {"line": "run", "version": VERSION, "run": line.run, "time": time, **body}
        case "task":
            return {
                "line": "task",
                "task": line.task,
                "role": line.role,
                "capability": line.capability,
                "agent": line.agent,
                "asked": line.asked.isoformat() if line.asked else None,
                "answered": time,
                "ask_type": line.ask_type,
                "ask": json.loads(line.ask),
                "answer_type": line.type,
                "answer": body,
            }
        case "note":
            return {"line": "note", "time": time, "kind": line.task, "type": line.type, "by": line.agent, "note": body}
        case "unknown":
            return {"line": "unknown", "time": time, "kind": line.task, "type": line.type, "event": body}
    return {"line": line.line, "time": time, **body}


def _line(record: Record, kind: Kind, body: BaseModel | Mapping[str, Any] | None = None) -> Line:
    if body is None:
        text = _body(record)
    else:
        text = body.model_dump_json() if isinstance(body, BaseModel) else json.dumps(body, ensure_ascii=False)
    return Line(record.sequence, record.run, kind, record.time, record.type, text)


def _body(record: Record) -> str:
    """A message as it was written."""
    return record.body.decode(errors="replace") if record.body else record.message.model_dump_json()
