"""The submitter's side: hand in a request, watch the run, read what came of it."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

from anyio import to_thread

from stepweave.bus import BlobStore, Bus, Record, RunSummary
from stepweave.images import decode
from stepweave.messages import Blob, Cancel, Control, Decided, Heeded, Options, Progress, RunForked, RunRequested
from stepweave.observability.trace import traceparent
from stepweave.policies.forking import forked
from stepweave.policies.search import parse_policy
from stepweave.policies.state import RunState, fold

LONGEST_REQUEST = 20_000
"""Characters of a request at most."""


class BadRequest(ValueError):
    """A request that cannot become a run; ``reason`` names the value, ``remedy`` what to do."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason = reason
        self.remedy = remedy


class UnknownRun(LookupError):
    """The log holds no run of this name."""

    def __init__(self, run: str, why: str = "is not in the log") -> None:
        super().__init__(f"run {run!r} {why}; see them with `stepweave runs list`")


@dataclass(frozen=True, slots=True)
class Weave:
    """A bus on which runs are submitted and watched."""

    bus: Bus
    source: str = "/client"

    @property
    def blobs(self) -> BlobStore:
        """Pictures, by hash."""
        return self.bus.blobs

    async def submit(
        self, request: str, inputs: Sequence[bytes] = (), options: Options | None = None, *, run: str | None = None
    ) -> str:
        """Begin a run and return its name.

        Args:
            request: what is wanted, in words.
            inputs: pictures to start from, as verified PNGs (:func:`stepweave.images.load`).
            options: everything else.
            run: a name for the run; by default one that sorts by time.

        Raises:
            BadRequest: the text is empty, too long or no text.
            UnknownPolicy: the search policy cannot be read.
            Conflict: there is a run of this name.
        """
        options = options or Options()
        check_request(request)
        parse_policy(options.policy)
        run = run or new_run(datetime.now(UTC))
        blobs = tuple([await self._put(data) for data in inputs])
        message = RunRequested(request=request, inputs=blobs, options=options)
        await self.bus.log.request(run, message, source=self.source, traceparent=traceparent(run))
        return run

    async def repeat(self, requested: RunRequested) -> str:
        """Begin a run with a request that is in the log already, its pictures and options included; gives its name."""
        run = new_run(datetime.now(UTC))
        await self.bus.log.request(run, requested, source=self.source, traceparent=traceparent(run))
        return run

    async def begin(self, fork: RunForked, *, run: str | None = None) -> str:
        """Begin a run that goes on from what another one has (policies/forking.py); gives its name.

        Raises:
            UnknownPolicy: the search policy cannot be read.
            Conflict: there is a run of this name.
        """
        parse_policy(fork.options.policy)
        run = run or new_run(datetime.now(UTC))
        await self.bus.log.request(run, fork, source=self.source, traceparent=traceparent(run))
        return run

    async def fork(
        self, run: str, step: int, *, prompt: str | None = None, options: Options | None = None, name: str | None = None
    ) -> str:
        """Begin a run that has the pictures of another one up to a step, and draws from there on; gives its name.

        The other run stays as it is, and no picture is copied.

        Args:
            run: the other run.
            step: the first step that is drawn anew.
            prompt: of that step, instead of the planned one.
            options: instead of those of the other run.
            name: for the new run.

        Raises:
            UnknownRun: there is no such run.
            CannotFork: it has no such step, or that cannot be drawn so.
        """
        state = await self.decided(run)
        return await self.begin(forked(state, step, prompt=prompt, options=options), run=name)

    async def decided(self, run: str) -> RunState:
        """What was requested and decided in a run, without what its agents said: quicker to read.

        Raises:
            UnknownRun: there is no such run.
        """
        return await self._folded(run, "ev")

    async def say(self, run: str, control: Control) -> str:
        """Tell a run something; gives the id by which :meth:`heeded` finds what came of it.

        Raises:
            UnknownRun: there is no such run.
        """
        await self._must_exist(run)
        id_ = secrets.token_hex(16)
        await self.bus.log.control(run, control, id=id_, source=self.source, traceparent=traceparent(run))
        return id_

    async def heeded(self, run: str, control: str) -> Heeded | None:
        """Wait until a run has taken note of what it was told; ``None``: it ended before.

        Raises:
            UnknownRun: there is no such run.
        """
        async for record in self.watch(run):
            if isinstance(record.message, Decided):
                for heeded in record.message.heeded:
                    if heeded.control == control:
                        return heeded
        return None

    async def watch(self, run: str) -> AsyncIterator[Record]:
        """Everything the run has said and says, until it has ended.

        Raises:
            UnknownRun: there is no such run.
        """
        await self._must_exist(run)
        state = RunState(run)
        async for record in self.bus.log.follow(run=run, branches=("ev", "cmd", "done", "ctl", "note"), after=0):
            yield record
            state = fold(state, record)
            if state.outcome is not None or (state.requested is None and record.ends):
                return  # where the request is one of a later version, the fold knows of no end

    def progress(self, run: str, heard: Callable[[str, Progress], None]) -> AbstractAsyncContextManager[None]:
        """Have a function told how far the tasks of a run are, with a preview now and then, while the context lasts.

        Only what is said meanwhile, and any of it may be lost; nothing of it is in the log.

        Args:
            run: its name.
            heard: is told the task and how far it is.
        """
        return self.bus.live.listening(run, heard)

    async def state(self, run: str) -> RunState:
        """What the log says of a run.

        Raises:
            UnknownRun: there is no such run.
        """
        return await self._folded(run)

    async def _folded(self, run: str, branch: str | None = None) -> RunState:
        state = RunState(run)
        async for record in self.bus.log.replay(run, branch=branch):
            state = fold(state, record)
        if state.requested is None:
            raise UnknownRun(run)
        return state

    async def runs(self) -> list[RunSummary]:
        """Every run in the log, oldest first."""
        return sorted(await self.bus.log.runs(), key=lambda summary: summary.run)

    async def cancel(self, run: str, reason: str = "cancelled by hand") -> None:
        """End a run, keeping what is accepted.

        Raises:
            UnknownRun: there is no such run.
        """
        await self._must_exist(run)
        await self.bus.log.control(run, Cancel(reason=reason), source=self.source, traceparent=traceparent(run))

    async def _must_exist(self, run: str) -> None:
        if not any(summary.run == run for summary in await self.bus.log.runs()):
            raise UnknownRun(run)

    async def _put(self, data: bytes) -> Blob:
        image = await to_thread.run_sync(decode, data)
        return await self.bus.blobs.put(data, media_type="image/png", width=image.width, height=image.height)


def new_run(now: datetime) -> str:
    """A name for a run: its time (UTC), so that names sort, and 24 random bits, so that they differ."""
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


def check_request(request: str, longest: int = LONGEST_REQUEST, what: str = "the request") -> None:
    """Refuse what is no text of a sensible length; ``what`` it is, for the message.

    Raises:
        BadRequest: naming what is wrong.
    """
    if not request.strip():
        raise BadRequest(f"{what} is empty", "say what the pictures should show")
    if len(request) > longest:
        raise BadRequest(f"{what} has {len(request)} characters, at most {longest} are read", "make it shorter")
    control = next((c for c in request if not _is_text(c)), None)
    if control is not None:
        raise BadRequest(f"{what} holds the character U+{ord(control):04X}, so it is no text", "send plain text")


def _is_text(char: str) -> bool:
    """Letters, signs and spaces of any script; nothing that steers a terminal or turns the direction of writing."""
    return char.isprintable() or char in "\n\r\t\u200d\ufeff" or unicodedata.category(char).startswith("Z")
