"""Who carries a run on where there are several orchestrators: by courtesy, for the guard of the log is what decides.

A run belongs to whoever decided in it last; a new one to whom the lot falls among those heard of lately, a lot that
needs no talk because all draw it alike (rendezvous hashing; Thaler and Ravishankar, 1998). The others leave it alone:
they neither fold nor read it, so the work is shared. Those who do not know of each other yet both decide, one is first,
and so they get to know each other.

A run is left to its owner for as long as that one is heard of, in whatever run: under load all runs stand still for a
while, and taking them from each other would be work done twice. It is looked after when its owner owes it a decision
and is silent (``takeover``), when its owner is silent and nothing is owed (``silence``), and in any case when it stood
still for long (``trust``): twice, for a read may be answered by a replica that lags.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b

import anyio

from stepweave.agents.pace import Pace
from stepweave.bus import Record
from stepweave.chain import BEGINNING, Chain
from stepweave.messages import Decided

LOOKS = 2
"""How often a run is looked after that says nothing more."""


@dataclass(frozen=True, slots=True)
class Left:
    """A run that is left to somebody. Times are those of anyio's clock."""

    owner: str
    chain: Chain
    """Its events, so that its end is known without reading it."""
    since: float
    """When it was heard of last; if a decision is owed, when the first word came that asks for it."""
    owed: bool = False
    looked: int = 0
    """How often it was looked after since."""


class Courtesy:
    """The runs that are left to other orchestrators, and when those were heard of last."""

    def __init__(self, source: str, pace: Pace) -> None:
        """Who we are in the log, and how patient."""
        self._source = source
        self._pace = pace
        self._came = anyio.current_time()
        self._heard: dict[str, float] = {}
        self._left: dict[str, Left] = {}

    def __len__(self) -> int:
        return len(self._left)

    def __contains__(self, run: str) -> bool:
        return run in self._left

    def heard_of(self, source: str) -> None:
        """Somebody has decided something."""
        if source != self._source:
            self._heard[source] = anyio.current_time()

    def knows(self, owner: str) -> bool:
        """Whether another orchestrator was heard of lately."""
        return owner in self._heard

    def belongs_to_another(self, owner: str) -> bool:
        """Whether a run with that owner is to be left alone."""
        return bool(self._pace.takeover) and owner not in ("", self._source)

    def patience(self, run: str, owner: str) -> float:
        """For how many more seconds a decision is left to the owner of a run; to nobody and to ourselves for none."""
        now, left = anyio.current_time(), self._left.get(run)
        if not self.belongs_to_another(owner) or (left is not None and now - left.since > self._pace.trust):
            return 0.0
        return max(0.0, self._heard.get(owner, self._came) + self._pace.takeover - now)

    def falls_to_another(self, first: Record) -> bool:
        """Whether a new run is another's by lot; then it is left to him."""
        now, run = anyio.current_time(), first.run
        lately = (source for source, at in self._heard.items() if now - at <= self._pace.silence)
        owner = max((self._source, *lately), key=lambda source: (_weight(run, source), source))
        if not self.belongs_to_another(owner):
            return False
        chain, _ = BEGINNING.heard(first.tokens[-1], first.sequence)
        self._left[run] = Left(owner, chain, now, owed=True)
        return True

    def leave(self, run: str, owner: str, chain: Chain, *, owed: bool) -> None:
        """Leave a run to its owner; if nothing has happened in it since we did that before, all stays as it was."""
        before = self._left.get(run)
        if before is None or (before.owner, before.chain) != (owner, chain):
            self._left[run] = Left(owner, chain, anyio.current_time(), owed)
        elif owed:
            self.owes(run)

    def owes(self, run: str) -> bool:
        """The owner of a run, if it is left to somebody, is to decide; gives whether it is."""
        if (left := self._left.get(run)) is None:
            return False
        since = left.since if left.owed else anyio.current_time()
        self._left[run] = replace(left, since=since, owed=True, looked=0)
        return True

    def begins(self, run: str, sequence: int) -> None:
        """A run was asked for; one of that name that we know was removed."""
        if (left := self._left.get(run)) is not None and left.chain.head < sequence:
            self.forget(run)

    def forget(self, run: str) -> None:
        """A run is left to nobody any more."""
        self._left.pop(run, None)

    def hear(self, record: Record) -> bool:
        """Note what is said in a run that is left to somebody; gives whether that was its end."""
        left, now = self._left[record.run], anyio.current_time()
        if record.branch != "ev":
            self.owes(record.run)
            return False
        chain, counts = left.chain.heard(record.tokens[-1], record.sequence)
        if counts and isinstance(record.message, Decided):
            self._left[record.run] = Left(record.source, chain, now)
        else:  # a word of a stranger, or one after a word that we missed
            self._left[record.run] = replace(left, chain=chain, looked=0)
        return chain.full or (counts and record.ends)

    def due(self) -> list[str]:
        """The runs to be looked after by now."""
        now, longest = anyio.current_time(), max(self._pace.silence, self._pace.takeover)
        self._heard = {source: at for source, at in self._heard.items() if now - at <= longest}
        return [run for run, left in self._left.items() if self._is_due(left, now)]

    def look(self, run: str) -> bool:
        """Whether a run is still to be looked after: it is not left to anybody, or it is due. Counts the looks."""
        if (left := self._left.get(run)) is None:
            return True
        if not self._is_due(left, anyio.current_time()):
            return False
        self._left[run] = replace(left, looked=left.looked + 1)
        return True

    def _is_due(self, left: Left, now: float) -> bool:
        still, looks = now - left.since, left.looked + 1
        silent = now - max(left.since, self._heard.get(left.owner, self._came))
        bound = self._pace.takeover if left.owed else self._pace.silence
        return looks <= LOOKS and (silent > bound * looks or still > self._pace.trust * looks)


def _weight(run: str, source: str) -> bytes:
    return blake2b(f"{run} {source}".encode(), digest_size=8).digest()
