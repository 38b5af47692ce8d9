"""Where log lines go."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator

import pytest

from stepweave.observability.logs import configure


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
