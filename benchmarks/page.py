"""Figures in a page of the documentation: between two marks, and with a line that says where they come from."""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path


def measured(command: str, load: float) -> str:
    """When, on what and how it was measured; ``load`` is the load average before the start."""
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    return (
        f"Measured on {day} with `{command}`: {platform.system()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, load average before the start {load:.1f}."
    )


def replaced(page: str, mark: str, text: str) -> str:
    """A page with ``text`` between the two marks of that name.

    Raises:
        ValueError: the page has no such marks, or more than one pair.
    """
    pattern = rf"(<!-- {re.escape(mark)} -->\n).*?(<!-- /{re.escape(mark)} -->)"
    new, count = re.subn(pattern, lambda found: f"{found[1]}{text}\n{found[2]}", page, flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"the page must have the marks <!-- {mark} --> and <!-- /{mark} --> once each")
    return new


def insert(page: Path, mark: str, text: str) -> None:
    """Put ``text`` between the two marks of that name in a page.

    Raises:
        ValueError: the page has no such marks, or more than one pair.
    """
    page.write_text(replaced(page.read_text(encoding="utf-8"), mark, text), encoding="utf-8")
