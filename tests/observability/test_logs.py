"""Where log lines go."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator

import pytest

from stepweave.observability.logs import Scarce, configure


@pytest.fixture(autouse=True)
def unconfigured() -> Iterator[None]:
    """The logger as it is before and after."""
    logger = logging.getLogger("stepweave")
    before = logger.handlers[:], logger.level, logger.propagate
    logger.handlers = []
    yield
    logger.handlers, logger.level, logger.propagate = before


def test_a_line_goes_to_the_stderr_of_its_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    configure("INFO")
    configure("INFO")
    later = io.StringIO()
    monkeypatch.setattr(sys, "stderr", later)
    logging.getLogger("stepweave.bus").info("said once")
    logging.getLogger("stepweave.bus").debug("not said")
    (line,) = later.getvalue().splitlines()
    assert line.endswith("INFO    stepweave.bus: said once")


def test_a_level_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="LOUD"):
        configure("loud")


def test_what_is_said_again_and_again_is_left_out_and_counted() -> None:
    now = [0.0]
    scarce = Scarce(most=3, window=60, clock=lambda: now[0])
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(scarce)
    logger = logging.getLogger("stepweave")
    logger.addHandler(handler)
    logger.setLevel("INFO")
    for number in range(10):
        logger.info("message %d is bad", number)
    logger.info("something else")
    now[0] = 60
    for number in range(10, 20):
        logger.info("message %d is bad", number)
    assert out.getvalue().splitlines() == [
        "message 0 is bad",
        "message 1 is bad",
        "message 2 is bad",
        "something else",
        "message 10 is bad (7 lines like this were left out before it)",
        "message 11 is bad",
        "message 12 is bad",
    ]
