"""Trace context that follows from names."""

from __future__ import annotations

import re

from stepweave.observability.trace import span_id, trace_id, traceparent


def test_a_traceparent_is_well_formed() -> None:
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", traceparent("run", "s1c1"))


def test_tasks_of_a_run_share_the_trace_and_not_the_span() -> None:
    assert traceparent("run", "s1c1").split("-")[1] == trace_id("run") == traceparent("run").split("-")[1]
    assert span_id("run", "s1c1") != span_id("run", "s1c2")
    assert span_id("run", "s1c1") != span_id("nur", "s1c1")
