"""Trace context without a tracer: W3C ``traceparent`` values that follow from the names of run and task.

Ids are hashes of names, so whoever handles a message gives the same span the same id: a live trace and one rebuilt
from the log are the same trace, and a redelivered message does not make a second span.
"""

from __future__ import annotations

import hashlib


def trace_id(run: str) -> str:
    """The trace of a run: 32 hex digits."""
    return hashlib.blake2b(run.encode(), digest_size=16, person=b"stepweave-trace").hexdigest()


def span_id(run: str, task: str) -> str:
    """The span of a task of a run: 16 hex digits."""
    return hashlib.blake2b(f"{run}/{task}".encode(), digest_size=8, person=b"stepweave-span").hexdigest()


def traceparent(run: str, task: str = "") -> str:
    """The W3C ``traceparent`` of a task (of the run itself without one), version 00, sampled."""
    return f"00-{trace_id(run)}-{span_id(run, task)}-01"
