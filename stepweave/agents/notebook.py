"""The notebook of the local memory: notes in SQLite, found by full text.

One file for all runs of a home, shared by any number of processes (write-ahead log, busy time-out). Writing is
idempotent by (run, task): a task delivered twice leaves one set of notes.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from stepweave.agents.agent import AgentError
from stepweave.messages import Note, Recall

_SCHEMA = """
CREATE TABLE IF NOT EXISTS notes (
    id INTEGER PRIMARY KEY,
    run TEXT NOT NULL, task TEXT NOT NULL, position INTEGER NOT NULL,
    kind TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (run, task, position)
);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(text, tokenize = 'porter unicode61');
"""

_FIND = """
SELECT notes.body FROM words JOIN notes ON notes.id = words.rowid
WHERE words MATCH :query AND notes.kind IN ({kinds}) AND (:run IS NULL OR notes.run = :run)
ORDER BY bm25(words), notes.id LIMIT :limit
"""

_OF_RUN = """
SELECT body FROM notes WHERE run = :run AND kind IN ({kinds}) ORDER BY id LIMIT :limit
"""


class NotebookUnusable(AgentError):
    """The file is none of ours, damaged, in use for too long, or its disk is full."""

    def __init__(self, path: Path, error: sqlite3.Error) -> None:
        remedy = "see the disk and the permissions, move the file away, or work without memory (--memory off)"
        super().__init__(f"the memory {path} cannot be used ({error})", remedy, permanent=False)


class Notebook:
    """Notes of all runs; every call is one transaction.

    Every method raises :class:`NotebookUnusable` if SQLite cannot do it.
    """

    def __init__(self, path: Path, *, timeout: float = 10.0) -> None:
        """Open or make the file.

        Args:
            path: the SQLite file; its folder is made.
            timeout: seconds to wait for another process that is writing.
        """
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._usable():
            self._db = sqlite3.connect(path, timeout=timeout, check_same_thread=False, isolation_level=None)
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.executescript(_SCHEMA)
            except sqlite3.Error:
                self._db.close()
                raise

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def remember(self, run: str, task: str, notes: Sequence[Note]) -> int:
        """Keep notes; those of a task that was remembered before are left as they are. Returns how many are new."""
        kept = 0
        with self._usable(), self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for position, note in enumerate(notes):
                row = self._db.execute(
                    "INSERT OR IGNORE INTO notes (run, task, position, kind, body) VALUES (?, ?, ?, ?, ?)",
                    (run, task, position, note.kind, note.model_dump_json()),
                )
                if row.rowcount:
                    words = " ".join((note.text, note.before, note.subject, note.aspect))
                    self._db.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (row.lastrowid, words))
                    kept += 1
        return kept

    def recall(self, run: str, ask: Recall) -> tuple[Note, ...]:
        """The notes that bear on a text, best match first; of this run alone, in their order, if so asked.

        Equal matches come in the order they were written, so the same memory recalls the same notes.
        """
        with self._usable():
            return tuple(Note.model_validate_json(body) for (body,) in self._found(run, ask))

    def _found(self, run: str, ask: Recall) -> Iterable[tuple[str]]:
        kinds = {f"kind{i}": kind for i, kind in enumerate(ask.kinds)}
        marks = ", ".join(f":{name}" for name in kinds)
        if ask.run_only:
            return self._db.execute(_OF_RUN.format(kinds=marks), {"run": run, "limit": ask.limit, **kinds})
        if query := _query(ask.text):
            named = {"query": query, "run": None, "limit": ask.limit, **kinds}
            return self._db.execute(_FIND.format(kinds=marks), named)
        return ()

    @contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise NotebookUnusable(self._path, error) from error


def _query(text: str, most: int = 64) -> str:
    """Any of the words, each quoted, so that nothing in a request is read as query syntax."""
    words = dict.fromkeys(re.findall(r"\w+", text.lower()))
    return " OR ".join(f'"{word}"' for word in list(words)[:most])
