"""How hypothesis makes bytes that are nearly right: valid inputs, cut, glued and misspelt."""

from __future__ import annotations

import json
import os
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

DEEP = int(os.environ.get("STEPWEAVE_FUZZ", "0"))
"""Examples of each test, instead of few that are always the same."""

PIECES = [
    b"", b"\0", b"\r\n", b"\r\n\r\n", b" ", b"-1", b"0", b"99999999999999999999", b"1e999", b"NaN", b"null", b"true",
    b"{}", b"[]", b'""', b'"', b"\\", b"\\u0000", b"\\ud800", b"[" * 300, b'{"a":' * 300, b"\xff\xfe", b"\xc3\xa4",
    "²½٣\u202e\u0301😀".encode(), b"a" * 300, b"%s{0}../;*|", b"NATS/1.0 503\r\n", b"MSG", b"0001-01-01T00:00:00+14:00",
]  # fmt: skip
"""What is worth trying anywhere."""


def budgeted(few: int) -> settings:
    """So many examples, always the same; with STEPWEAVE_FUZZ=1000 a thousand others."""
    unhurried = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    return settings(
        max_examples=DEEP or few, derandomize=not DEEP, deadline=None, database=None, suppress_health_check=unhurried
    )


@st.composite
def mutated(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """One of the inputs with a few changes, or a piece of one put into another."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        until = at + draw(st.integers(0, 12))
        change = draw(st.sampled_from(["replace", "insert", "other", "repeat", "cut"]))
        if change == "replace":
            data[at:until] = draw(st.binary(max_size=12))
        elif change == "insert":
            data[at:at] = draw(st.sampled_from(PIECES))
        elif change == "other":
            other = draw(st.sampled_from(seeds))
            begin = draw(st.integers(0, len(other)))
            data[at:until] = other[begin : begin + draw(st.integers(0, 200))]
        elif change == "repeat":
            data[at:at] = bytes(data[at:until]) * draw(st.integers(1, 40))
        else:
            del data[at:]
    return bytes(data)


_ODD = (
    *("null", "true", "0", "-1", "1", "0.5", "1e308", "-1e308", "2147483648", f"{2**63}", f"{10**30}"),
    *('""', '"cat"', '"red"', f'"{"a" * 70}"', '"\\u0000"', "[]", "{}", "[[]]"),
)
ODD: st.SearchStrategy[Any] = st.sampled_from(_ODD).map(json.loads)
"""Values of every kind that JSON has."""


@st.composite
def misshapen(draw: st.DrawFn, valid: list[Any]) -> Any:
    """A valid JSON value with something of another kind in a few places."""
    value = json.loads(json.dumps(draw(st.sampled_from(valid))))
    for _ in range(draw(st.integers(1, 4))):
        value = _with_odd(draw, value)
    return value


def _with_odd(draw: st.DrawFn, value: Any) -> Any:
    """The value with one odd one somewhere within."""
    inner = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    if not inner or draw(st.integers(0, 5)) == 0:
        return draw(ODD)
    key = draw(st.sampled_from(list(inner)))
    if isinstance(value, dict) and draw(st.integers(0, 4)) == 0:
        return {name: one for name, one in value.items() if name != key}
    if isinstance(value, list) and draw(st.integers(0, 4)) == 0:
        return [*value, *value * draw(st.integers(0, 20))]
    value[key] = _with_odd(draw, value[key])
    return value
