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
from stepweave.messages import Answer, Ask, Decided, RunRequested
from stepweave.policies.state import chained

VERSION = 1
"""Version of the lines' layout; it stands in the first line."""


def trajectory(records: Iterable[Record]) -> list[dict[str, Any]]:
    """The lines of one run: a head, its tasks in the order they were answered, and a tail.

    Each line has a ``line`` key: ``run`` (request, inputs, options), ``task`` (role, capability, agent, times in RFC
    3339, ask, answer and their types), ``outcome`` (status, accepted candidates). A run that has not ended has no tail.
    """
    lines: list[dict[str, Any]] = []
    asked: dict[tuple[str, ...], Record] = {}
    accepted: dict[int, Any] = {}
    for record in chained(records):
        message = record.message
        if fault_of(record):
            continue
        if isinstance(message, RunRequested) and not lines:
            head = {"line": "run", "version": VERSION, "run": record.run, "time": record.time.isoformat()}
            lines.append({**head, **message.model_dump(mode="json")})
        elif isinstance(message, Ask):
            asked[record.tokens] = record
        elif isinstance(message, Answer) and record.tokens in asked:
            lines.append(_task(asked[record.tokens], record))
        elif isinstance(message, Decided):
            accepted |= {a.step: a.model_dump(mode="json") for a in message.accepted}
            if message.outcome is not None:
                outcome = message.outcome.model_dump(mode="json")
                lines.append({"line": "outcome", "time": record.time.isoformat(), **outcome, "accepted": accepted})
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
        "ask_type": _type(ask),
        "ask": ask.message.model_dump(mode="json"),
        "answer_type": _type(answer),
        "answer": answer.message.model_dump(mode="json"),
    }


def _type(record: Record) -> str:
    return type(record.message).TYPE
