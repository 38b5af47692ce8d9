"""The notebook of the local memory: notes in SQLite, found by what they are about and by full text.

One file for all runs of a home, shared by any number of processes (write-ahead log, busy time-out). Writing is
idempotent by (run, task): a task delivered twice leaves one set of notes.

Hundreds of runs cure the same faults again and again, and all that counts of it is one note for each topic: the one
that insists most, and of equal ones the latest. The table ``cures`` points to it: a projection of the notes, made again
from them whenever what a cure teaches (policies/cures.py) is told in another way.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import get_args

from stepweave.agents.agent import AgentError
from stepweave.messages import Note, Recall
from stepweave.policies.cures import BACKDROP, EVERYTHING, Topic, common, learnt
from stepweave.world.language.lexicon import things_in
from stepweave.world.vocabulary import DRAWABLE, TEXT

_SCHEMA = """
CREATE TABLE IF NOT EXISTS notes (
    id INTEGER PRIMARY KEY,
    run TEXT NOT NULL, task TEXT NOT NULL, position INTEGER NOT NULL,
    kind TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (run, task, position)
);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(text, tokenize = 'porter unicode61');
"""

_CURES = """
CREATE TABLE IF NOT EXISTS cures (
    thing TEXT NOT NULL, aspect TEXT NOT NULL, level INTEGER NOT NULL, note INTEGER NOT NULL,
    PRIMARY KEY (thing, aspect)
);
"""

_LEARN = """
INSERT INTO cures (thing, aspect, level, note) VALUES (?, ?, ?, ?)
ON CONFLICT (thing, aspect) DO UPDATE SET level = excluded.level, note = excluded.note
WHERE excluded.level >= level
"""

_FIND = """
SELECT notes.body FROM words JOIN notes ON notes.id = words.rowid
WHERE words MATCH :query AND notes.kind = :kind
ORDER BY bm25(words), notes.id LIMIT :limit
"""

_FIND_CURES = """
SELECT notes.id FROM words JOIN notes ON notes.id = words.rowid
WHERE words MATCH :query AND notes.id IN (SELECT note FROM cures)
ORDER BY bm25(words), notes.id
"""

_LATEST = """
SELECT max(notes.id) FROM words JOIN notes ON notes.id = words.rowid
WHERE words MATCH :query AND notes.kind = 'canvas'
"""

_OF_RUN = """
SELECT body FROM notes WHERE run = :run AND kind IN ({kinds}) ORDER BY id LIMIT :limit
"""

KINDS = get_args(Note.model_fields["kind"].annotation)
"""Kinds of notes; nothing is known of any other."""
MOST = 1000
"""Notes recalled at a time, however many are asked for."""
_TELLING = 1
"""Which telling of what cures teach the table was made by; to be raised with each change of ``learnt``."""
_MANY = 3
"""How many things an aspect had to be insisted on for, to be insisted on for all."""


class NotebookUnusable(AgentError):
    """The file is none of ours, damaged, in use for too long, or its disk is full."""

    def __init__(self, path: Path, error: sqlite3.Error) -> None:
        remedy = "see the disk and the permissions, move the file away, or work without memory (--memory off)"
        super().__init__(f"the memory {path} cannot be used ({error})", remedy, cause="transient")


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
                self._project()
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
                    self._learn(row.lastrowid, note)
                    kept += 1
        return kept

    def recall(self, run: str, ask: Recall) -> tuple[Note, ...]:
        """The notes that bear on a text, kind by kind as asked, best first; of this run alone, in order, if so asked.

        Of cures, the best one of each topic: first what concerns the things that the text names, then what holds for
        every thing, then what its words match of things outside the vocabulary. Of what pictures show (``canvas``), the
        latest for each thing that the text names. Equal matches come in the order they were written: the same memory
        recalls the same notes.
        """
        kinds = tuple(kind for kind in dict.fromkeys(ask.kinds) if kind in KINDS)
        ask = ask.model_copy(update={"limit": min(ask.limit, MOST), "kinds": kinds})
        with self._usable():
            return tuple(islice(self._found(run, ask), ask.limit))

    def _found(self, run: str, ask: Recall) -> Iterator[Note]:
        if ask.run_only:
            kinds = {f"kind{i}": kind for i, kind in enumerate(ask.kinds)}
            marks = ", ".join(f":{name}" for name in kinds)
            named = {"run": run, "limit": ask.limit, **kinds}
            yield from self._read(self._db.execute(_OF_RUN.format(kinds=marks), named))
            return
        for kind in ask.kinds:
            if kind == "cure":
                yield from self._cures(ask)
            elif kind == "canvas":
                yield from self._looks(ask)
            elif query := _query(ask.text):
                named = {"query": query, "kind": kind, "limit": ask.limit}
                yield from self._read(self._db.execute(_FIND, named))

    def _cures(self, ask: Recall) -> Iterator[Note]:
        rows = self._db.execute("SELECT thing, aspect, level, note FROM cures").fetchall()
        levels: dict[Topic, int] = {(thing, aspect): level for thing, aspect, level, _ in rows}
        notes: dict[Topic, int] = {(thing, aspect): note for thing, aspect, _, note in rows}
        named = [*things_in(ask.text), BACKDROP]
        meant = sorted(
            (topic for topic in levels if topic[0] in named), key=lambda t: (-levels[t], named.index(t[0]), t)
        )
        found = list(dict.fromkeys(notes[topic] for topic in meant))
        yield from map(self._note, found)
        for _, topic in sorted(common(levels, _MANY).items()):
            yield self._note(notes[topic]).model_copy(update={"subject": EVERYTHING})
        strange = {note for (thing, _), note in notes.items() if thing not in (*DRAWABLE, BACKDROP, TEXT, EVERYTHING)}
        if strange and (query := _query(ask.text)):
            rest = self._db.execute(_FIND_CURES, {"query": query}).fetchall()
            yield from (self._note(note) for (note,) in rest if note in strange - set(found))

    def _looks(self, ask: Recall) -> Iterator[Note]:
        for thing in things_in(ask.text):
            ((note,),) = self._db.execute(_LATEST, {"query": f'"{thing}"'})
            if note is not None:
                yield self._note(note)

    def _note(self, key: int) -> Note:
        (note,) = self._read(self._db.execute("SELECT body FROM notes WHERE id = ?", (key,)))
        return note

    def _read(self, rows: Iterable[tuple[str]]) -> Iterator[Note]:
        return (Note.model_validate_json(body) for (body,) in rows)

    def _learn(self, key: int | None, note: Note) -> None:
        for (thing, aspect), level in learnt(note).items():
            self._db.execute(_LEARN, (thing, aspect, level, key))

    def _project(self) -> None:
        """Make the table of cures from the notes, unless it is there and up to date."""
        if self._is_told():
            return
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            if self._is_told():
                return
            self._db.execute("DROP TABLE IF EXISTS cures")
            self._db.execute(_CURES)
            for key, body in self._db.execute("SELECT id, body FROM notes WHERE kind = 'cure' ORDER BY id").fetchall():
                self._learn(key, Note.model_validate_json(body))
            self._db.execute(f"PRAGMA user_version = {_TELLING}")

    def _is_told(self) -> bool:
        ((telling,),) = self._db.execute("PRAGMA user_version")
        return bool(telling == _TELLING)

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
