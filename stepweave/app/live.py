"""The live view on stderr: a board that moves where there is a terminal, else one plain line per fact."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol, TextIO

from stepweave.app.progress import NOTHING, Look, Row, headline, lines, rows
from stepweave.app.stderr import printable
from stepweave.bus import Record
from stepweave.messages import Progress
from stepweave.policies.state import RunState

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

MARKS: dict[Look, tuple[str, str]] = {
    "waiting": ("·", "dim"),
    "good": ("✓", "green"),
    "flawed": ("~", "yellow"),
    "words": ("✓", "green"),
}


class View(Protocol):
    """Whoever shows a run as it goes."""

    def show(self, record: Record, state: RunState) -> None:
        """Show one more record; the state has it folded in."""
        ...

    def hear(self, task: str, progress: Progress) -> None:
        """Show how far a task is."""
        ...


class Silent:
    """Shows nothing."""

    def show(self, record: Record, state: RunState) -> None:
        """Nothing."""

    def hear(self, task: str, progress: Progress) -> None:
        """Nothing."""


class Lines:
    """One plain line per fact, for logs and pipes."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def show(self, record: Record, state: RunState) -> None:
        """Print what is new."""
        for line in lines(record, state):
            with suppress(OSError):  # nobody can read it any more: no reason to stop
                print(_printable(line, self._out), file=self._out, flush=True)

    def hear(self, task: str, progress: Progress) -> None:
        """Nothing: a line that is over in a second is none for a log."""


@contextmanager
def view(*, quiet: bool, out: TextIO | None = None) -> Iterator[View]:
    """The view that fits the place: a board on a terminal, lines elsewhere, nothing if it is to be quiet."""
    out = out or sys.stderr
    if quiet:
        yield Silent()
    elif out.isatty() and os.environ.get("TERM") != "dumb":
        with _board(out) as board:
            yield board
    else:
        yield Lines(out)


@contextmanager
def _board(out: TextIO) -> Iterator[View]:
    # rich takes 0.07 s to import, so only where a board is shown.
    from rich.console import Console
    from rich.live import Live

    with Live(console=Console(file=out), refresh_per_second=10) as live:

        class Board:
            """Draws the run anew after each record, and when a picture has come further."""

            def __init__(self) -> None:
                self._state: RunState | None = None
                self._said: dict[str, Progress] = {}

            def show(self, record: Record, state: RunState) -> None:
                self._state = state
                live.update(table(state, self._said))

            def hear(self, task: str, progress: Progress) -> None:
                self._said[task] = progress
                if self._state is not None:
                    live.update(table(self._state, self._said))

        yield Board()


def table(state: RunState, said: Mapping[str, Progress] = NOTHING) -> Table:
    """The board: the state of the run, and a row per step; ``said`` is how far its tasks are."""
    from rich.spinner import Spinner
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1, no_wrap=True)
    grid.add_column(justify="right", style="bold", no_wrap=True)
    # Only this column may shrink: that the cells do not wrap is said in each, for rich never shrinks a no_wrap column.
    grid.add_column(ratio=1)
    grid.add_column(no_wrap=True)
    running = Spinner("dots", style="cyan") if state.outcome is None else Text("")
    grid.add_row(running, "", _cut(f"run {state.run}", "dim"), Text(headline(state), style="bold"))
    for row in rows(state, said):
        mark = Spinner("dots", style="cyan") if row.look == "active" else Text(*MARKS[row.look])
        grid.add_row(mark, str(row.number), _cut(row.title), Text(row.status, style=_style(row)))
        if row.remark:
            grid.add_row("", "", _cut(row.remark, "dim italic"), "")
    return grid


def _cut(text: str, style: str = "") -> Text:
    """One line, cut where the column ends."""
    from rich.text import Text

    return Text(text, style=style, no_wrap=True, overflow="ellipsis")


def _style(row: Row) -> str:
    return "cyan" if row.look == "active" else MARKS[row.look][1]


def _printable(line: str, out: TextIO) -> str:
    """The line as this stream can show it, whatever the locale."""
    encoding = out.encoding or "utf-8"
    return printable(line).encode(encoding, "replace").decode(encoding)
