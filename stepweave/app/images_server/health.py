"""Whether pictures can be had: what the last drawings came to."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Literal

LOOKED_AT = 10
"""Drawings that have to fail, one after the other, before a tool that has drawn counts as failing."""

State = Literal["loading", "failing", "ready"]


@dataclass(slots=True)
class Health:
    """What is known of a tool; nothing is taken for granted until it has drawn a picture."""

    opened: bool = False
    """Whether the tool is loaded."""
    proven: bool = False
    """Whether it has drawn a picture."""
    failures: deque[str] = field(default_factory=lambda: deque(maxlen=LOOKED_AT))
    """Why the last drawings failed, since the last that did not."""

    def drew(self) -> None:
        """It drew a picture."""
        self.proven = True
        self.failures.clear()

    def failed(self, why: str) -> None:
        """It could not, for a reason of its own: one that is not in what was asked."""
        self.failures.append(why)

    @property
    def state(self) -> State:
        """How it is."""
        if self.proven:
            return "failing" if len(self.failures) == LOOKED_AT else "ready"
        return "failing" if self.failures else "loading"

    @property
    def reason(self) -> str:
        """Why no picture can be had, if none can."""
        if self.state == "ready":
            return ""
        if self.failures:
            drawn = f"the last {LOOKED_AT} pictures all failed" if self.proven else "no picture could be drawn yet"
            return f"{drawn}: {self.failures[-1]}"
        return "the first picture is being drawn" if self.opened else "the model is being loaded"
