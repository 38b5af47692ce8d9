"""What can be wrong with data for learning."""

from __future__ import annotations

from pathlib import Path


class DataSetError(Exception):
    """A folder holds no data set that can be used; the text says why, and what to do."""

    def __init__(self, folder: Path, reason: str, remedy: str) -> None:
        super().__init__(f"{folder}: {reason}; {remedy}")
        self.reason = reason
        self.remedy = remedy
