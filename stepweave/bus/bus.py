"""The bus: one object that holds the log, the pictures, the dead letters and the queues."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

import anyio
import platformdirs

from stepweave.bus import api, micro, queues, streams
from stepweave.bus.blobs import BlobStore, NatsBlobStore
from stepweave.bus.connection import Connection
from stepweave.bus.dead import DeadLetters
from stepweave.bus.hints import Heard, hints
from stepweave.bus.live import Live
from stepweave.bus.log import Log
from stepweave.bus.micro import AgentInfo
from stepweave.bus.queue import Queue
from stepweave.bus.queues import QueueInfo
from stepweave.bus.runs import Runs
from stepweave.bus.server import embedded_server
from stepweave.bus.settings import BusSettings
from stepweave.bus.subjects import Subjects
from stepweave.bus.sweep import Sweeper

_FAREWELL = 5.0
"""Seconds that closing may take."""


class Bus:
    """A connection to the broker and all that is done over it; made by :func:`connect`."""

    def __init__(self, connection: Connection, subjects: Subjects, blobs: NatsBlobStore) -> None:
        self.log = Log(connection, subjects)
        self.dead = DeadLetters(connection, subjects)
        self.live = Live(connection, subjects)
        self.blobs: BlobStore = blobs
        self.runs = Runs(connection, subjects, blobs)
        self.sweeper = Sweeper(connection, subjects, blobs, connection.settings.grace)
        self.settings = connection.settings
        self._connection = connection
        self._subjects = subjects
        self._blobs = blobs
        self._advertised = AsyncExitStack()

    def queue(self, role: str, capability: str, *, lease: float | None = None, concurrency: int) -> Queue:
        """The commands for a role and capability, shared with all other workers of the same.

        Args:
            role: of the agent.
            capability: which kind of it.
            lease: seconds until a delivery that was neither ended nor extended goes to another worker; by default
                the setting. The last worker to start decides for all.
            concurrency: how many deliveries may be out at a time.
        """
        return Queue(
            self._connection,
            self._subjects,
            (role, capability),
            lease=self.settings.lease if lease is None else lease,
            concurrency=concurrency,
            log=self.log,
            dead=self.dead,
        )

    async def make_queue(self, role: str, capability: str, *, lease: float | None = None) -> QueueInfo:
        """Make a queue for workers that may not make it themselves, or give one that stands another lease.

        Raises:
            NotAllowed: we are no administrator.
        """
        await self.queue(role, capability, lease=lease, concurrency=1).make()
        info = await self.queue_info(role, capability)
        assert info is not None
        return info

    async def queues(self) -> list[QueueInfo]:
        """All queues that were ever worked on, by name."""
        return await queues.queues(self._connection, self._subjects)

    async def queue_info(self, role: str, capability: str) -> QueueInfo | None:
        """One queue as it is now; ``None``: nobody has ever worked there."""
        return await queues.queue(self._connection, self._subjects, role, capability)

    async def set_cap(self, role: str, capability: str, cap: int) -> QueueInfo:
        """Change how many commands of a queue may be under way at a time, over all workers.

        Raises:
            NoQueue: there is no such queue.
            ValueError: less than one.
        """
        return await queues.set_cap(self._connection, self._subjects, role, capability, cap)

    @property
    def reconnects(self) -> int:
        """How often the connection was lost and stands again."""
        return self._connection.reconnects

    def hints(self, role: str, capability: str, heard: Heard) -> AbstractAsyncContextManager[bool]:
        """Have a function told run and task of whatever is said to be an answer, while the context lasts.

        It is a hint: the cell tells. Gives whether there will be hints: a worker with few rights gets none.
        """
        return hints(self._connection, self._subjects, (role, capability), heard)

    async def advertise(
        self, role: str, capability: str, version: str = "0.0.0", metadata: Mapping[str, str] | None = None
    ) -> None:
        """Show an agent to ``nats micro ls`` and :meth:`discover` until the bus is closed."""
        await self._advertised.enter_async_context(
            micro.advertise(self._connection, self._subjects, (role, capability), version, metadata or {})
        )

    async def discover(self, timeout: float = 0.25) -> list[AgentInfo]:  # noqa: ASYNC109 - how long to gather
        """The agents that answer within ``timeout`` seconds, by role and capability."""
        return await micro.discover(self._connection, self._subjects, timeout)

    async def aclose(self) -> None:
        """Close; what is under way fails with :class:`~stepweave.bus.errors.Closed`."""
        await self._advertised.aclose()
        await self._connection.aclose()
        await self._blobs.aclose()


@asynccontextmanager
async def connect(settings: BusSettings, *, name: str) -> AsyncIterator[Bus]:
    """Open the bus; without an address, on the embedded server, which is started when it does not run.

    Args:
        settings: how.
        name: of this process, shown by the server's monitoring.

    Raises:
        Unreachable, NotAllowed, TooOld, NoJetStream: the server will not do.
        Unencrypted, Untrusted: its TLS will not do.
        ServerMissing, ServerFailed: the embedded server cannot be started.
    """
    async with AsyncExitStack() as stack:
        if settings.url is None:
            home = settings.home or Path(platformdirs.user_data_dir("stepweave"))
            url = await stack.enter_async_context(embedded_server(home, binary=settings.server_binary))
            settings = settings.model_copy(update={"url": url})
        connection = await Connection.open(settings, name=name)
        stack.push_async_callback(_in_peace, connection.aclose)
        subjects = Subjects(settings.namespace)
        if settings.provision:
            await api.check_jetstream(connection)
            await streams.ensure(connection, subjects)
        bus = Bus(connection, subjects, NatsBlobStore(settings, subjects, name))
        stack.push_async_callback(_in_peace, bus.aclose)
        yield bus


async def _in_peace(close: Callable[[], Awaitable[None]]) -> None:
    """Let a task that was cancelled send what is still to be sent, and close, without being cancelled at every step."""
    with anyio.move_on_after(_FAREWELL, shield=True):
        await close()
