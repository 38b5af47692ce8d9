"""Trajectories: what a run's log says, in the shape learning wants it.

A projection, and so a pure function of the records: thrown away and made again, it is the same. One line per task
that was answered, in the order of the answers, with the ask and the answer as they stood, between the request and the
outcome.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from stepweave.bus import Record, fault_of
from stepweave.messages import Decided, RunRequested
from stepweave.policies.state import chained

VERSION = 1
"""Version of the lines' layout; it stands in the first line."""


def trajectory(records: Iterable[Record]) -> list[dict[str, Any]]:
    """The lines of one run: a head, its tasks in the order they were answered, and a tail.

    Each line has a ``line`` key: ``run`` (request, inputs, options), ``task`` (role, capability, agent, times in RFC
    3339, ask, answer and their types), ``preference`` (what a person chose, over what), ``outcome`` (status, accepted
    candidates). A run that has not ended has no tail.
    Messages stand as they were written, also what this version does not know of them; an event of a type that it does
    not know at all is a line ``unknown``.
    """
    lines: list[dict[str, Any]] = []
    asked: dict[tuple[str, ...], Record] = {}
    accepted: dict[int, Any] = {}
    for record in chained(records):
        if fault_of(record) in ("unreadable", "misplaced"):
            continue
        if record.branch == "cmd":
            asked[record.tokens] = record
        elif record.branch == "done" and record.tokens in asked:
            lines.append(_task(asked[record.tokens], record))
        elif isinstance(record.message, RunRequested) and not lines:
            head = {"line": "run", "version": VERSION, "run": record.run, "time": record.time.isoformat()}
            lines.append({**head, **record.data})
        elif isinstance(record.message, Decided):
            data = record.data
            accepted = {step: end for step, end in accepted.items() if step not in data.get("reopened", ())}
            accepted |= {each["step"]: each for each in data.get("accepted", ())}
            lines += [{"line": "preference", "time": record.time.isoformat(), **p} for p in data.get("preferences", ())]
            if outcome := data.get("outcome"):
                lines.append({"line": "outcome", "time": record.time.isoformat(), **outcome, "accepted": accepted})
        elif record.branch == "ev":
            lines.append(_unknown(record))
    return lines


def to_jsonl(lines: Iterable[dict[str, Any]]) -> str:
    """The lines as JSON, one a line, keys in the order given."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _task(ask: Record, answer: Record) -> dict[str, Any]:
    role, capability, task = ask.tokens
    return {
        "line": "task",
        "task": task,
        "role": role,
        "capability": capability,
        "agent": answer.source,
        "asked": ask.time.isoformat(),
        "answered": answer.time.isoformat(),
        "ask_type": ask.type,
        "ask": ask.data,
        "answer_type": answer.type,
        "answer": answer.data,
    }


def _unknown(event: Record) -> dict[str, Any]:
    kind, time = event.tokens[0], event.time.isoformat()
    return {"line": "unknown", "time": time, "kind": kind, "type": event.type, "event": event.data}
