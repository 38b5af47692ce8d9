"""A small world to be attacked: a run under way, and the means to see whether anything in it has changed.

Nothing here uses stepweave's own client, except to fill the world: whoever attacks does not, and whoever looks should
not trust it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import NoRespondersError

from stepweave.bus import connect
from stepweave.messages import Blob, Cancel, Draw, Drawn, MakePlan, Options, Plan, RunRequested, Step
from tests.security.guarded import BOUND, WORKERS, Guarded

NS = "stepweave"
RUNS, BLOBS, DEAD = f"{NS}_RUNS", f"{NS}_BLOBS", f"{NS}_DEAD"
RUN = f"{NS}.run.r1"
API = "$JS.API"
PICTURE, SECRET = b"a picture that everybody knows", b"a picture that nobody may find"
VICTIM = "_INBOX.victim"
_STREAM_MISSING = 10059
PROBE = f"{NS}.run.probe.note.probe"


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def blob(data: bytes) -> str:
    return f"{NS}.blob.{sha(data)}"


class Gone(Exception):
    """A stream was deleted while somebody looked at it."""


class Actor:
    """Somebody with a plain NATS client, and all that ever reached it."""

    def __init__(self, client: Client, role: str, apis: tuple[str, ...]) -> None:
        self.client = client
        self.role = role
        self.apis = apis
        """Where this one can ask JetStream, or tries to."""
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        """Everything that came: subject, headers, body."""
        self.refused: list[str] = []
        self.inbox = f"_INBOX.actor{id(self)}"

    @classmethod
    @asynccontextmanager
    async def open(cls, guarded: Guarded, role: str, apis: tuple[str, ...]) -> AsyncIterator[Actor]:
        settings, refused = guarded.settings(role), list[str]()

        async def on_error(error: Exception) -> None:
            refused.append(str(error))

        assert settings.password is not None
        client = await nats.connect(
            settings.url or "",
            user=settings.user,
            password=settings.password.get_secret_value(),
            error_cb=on_error,
            skip_subject_validation=True,
        )
        actor = cls(client, role, apis)
        actor.refused = refused
        try:
            await actor.hear(f"{actor.inbox}.>")
            yield actor
        finally:
            await client.close()

    async def hear(self, subject: str, queue: str = "") -> None:
        """Listen from now on, if that is allowed."""
        await self.client.subscribe(subject, queue=queue, cb=self._take)
        await self.client.flush()

    async def _take(self, message: Msg) -> None:
        self.got.append((message.subject, dict(message.headers or {}), message.data))

    async def say(self, subject: str, body: bytes = b"", reply: str = "", **headers: str) -> None:
        """Publish; answers come to the inbox unless they are to go elsewhere."""
        fields = {name.replace("_", "-"): value for name, value in headers.items()} or None
        await self.client.publish(subject, body, reply=reply or f"{self.inbox}.{len(self.got)}", headers=fields)

    async def ask(self, what: str, body: Any = None, reply: str = "") -> None:
        """Ask JetStream, wherever it may be had."""
        text = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        for api in self.apis:
            await self.say(f"{api}.{what}", text, reply)

    @property
    def learnt(self) -> list[tuple[str, bytes]]:
        """All that came and is no refusal: neither a word of the server in place of a message, nor an error."""
        return [(subject, body) for subject, head, body in self.got if "Status" not in head and not _is_error(body)]

    @property
    def answered(self) -> bool:
        """Whether the server answered at all, be it with an error of its own."""
        return any("Status" not in head for _, head, _ in self.got)


def _is_error(body: bytes) -> bool:
    try:
        return "error" in json.loads(body)
    except (ValueError, TypeError):
        return False


@dataclass(frozen=True)
class Sight:
    """All that can be seen of the world."""

    messages: dict[str, list[tuple[int, str, bytes, bytes]]]
    """Of every stream: sequence, subject, headers, body."""
    streams: dict[str, Any]
    """The configuration of every stream."""
    queues: dict[str, Any]
    """Of every consumer: configuration, and how far it is."""
    heard: tuple[tuple[str, bytes], ...]
    """What reached the inboxes of others."""

    def without(self, *queues: str) -> Sight:
        """The same, but for how far some queues are."""
        kept = {name: seen[:1] if name in queues else seen for name, seen in self.queues.items()}
        return Sight(self.messages, self.streams, kept, self.heard)


@dataclass
class World:
    """A run under way on a guarded server."""

    guarded: Guarded
    admin: Actor
    planner: Actor
    stack: AsyncExitStack
    heard: list[tuple[str, bytes]] = field(default_factory=list)
    pending: str = ""
    """Where the delivery is acknowledged that the planner holds."""
    probes: int = 0

    @classmethod
    @asynccontextmanager
    async def made(cls, guarded: Guarded) -> AsyncIterator[World]:
        async with AsyncExitStack() as stack:
            admin = await stack.enter_async_context(Actor.open(guarded, "admin", (API,)))
            planner = await stack.enter_async_context(Actor.open(guarded, "planner:rules", ()))
            world = cls(guarded, admin, planner, stack)
            await world._empty()
            await world._fill()
            for victim in (admin, planner):
                await victim.client.subscribe(f"{VICTIM}.>", cb=world._hear)
                await victim.client.flush()
            await planner.say(f"{NS}.api.CONSUMER.MSG.NEXT.{RUNS}.planner-rules", b'{"batch":1,"expires":1000000000}')
            await until(lambda: planner.got)
            info = await world.api(f"CONSUMER.INFO.{RUNS}.planner-rules")
            assert info["num_ack_pending"] == 1
            delivered = info["delivered"]
            world.pending = (
                f"$JS.ACK.{RUNS}.planner-rules.1.{delivered['stream_seq']}.{delivered['consumer_seq']}.1700000000.0"
            )
            yield world

    async def actor(self, role: str) -> Actor:
        """Somebody with the credentials of a role, who asks JetStream where it is and where it may be had."""
        return await self.stack.enter_async_context(Actor.open(self.guarded, role, (API, f"{NS}.api")))

    async def _hear(self, message: Msg) -> None:
        self.heard.append((message.subject, message.data))

    async def api(self, what: str, body: Any = None) -> Any:
        """Ask as the administrator; the answer must be no error."""
        text = b"" if body is None else json.dumps(body).encode()
        answer = json.loads(await self._reply(f"{API}.{what}", text))
        if answer.get("error", {}).get("err_code") == _STREAM_MISSING:
            raise Gone
        assert "error" not in answer, (what, answer)
        return answer

    async def _reply(self, subject: str, body: bytes = b"") -> bytes:
        try:
            return (await self.admin.client.request(subject, body, BOUND)).data
        except NoRespondersError:
            raise Gone from None

    async def names(self) -> list[str]:
        return sorted((await self.api("STREAM.NAMES", {})).get("streams") or [])

    async def _empty(self) -> None:
        """Streams as new. One that is made where another was deleted just now may find the other's messages."""
        async with asyncio.timeout(BOUND):
            while True:
                for name in await self.names():
                    await self.api(f"STREAM.DELETE.{name}")
                async with connect(self.guarded.settings("admin"), name="making"):
                    states = [(await self.api(f"STREAM.INFO.{name}"))["state"] for name in await self.names()]
                if len(states) == 3 and not any(state["last_seq"] for state in states):
                    return

    async def _fill(self) -> None:
        async with connect(self.guarded.settings("admin"), name="filling") as bus:
            for worker in WORKERS:
                role, _, capability = worker.partition(":")
                await bus.make_queue(role, capability)
            for data in (PICTURE, SECRET):
                await bus.blobs.put(data, "image/png", 1, 1)
            known = Blob(sha256=sha(PICTURE), width=1, height=1, size=len(PICTURE))
            await bus.log.request("r1", RunRequested(request="a red boat", options=Options()))
            for task in ("plan", "revise-1"):
                await bus.log.command("r1", "planner", "rules", task, MakePlan(request="a red boat"), source="/test")
            plan = Plan(steps=(Step(number=1, prompt="a red boat"),))
            await bus.log.answer("r1", "planner", "rules", "plan", plan, source="/test")
            for number in (1, 2):
                draw = Draw(step=1, candidate=number, prompt="a red boat", seed=number, width=64, height=64)
                await bus.log.command("r1", "generator", "sketch", f"s1c{number}", draw, source="/test")
            await bus.log.answer("r1", "generator", "sketch", "s1c1", Drawn(image=known), source="/test")
            await bus.log.control("r2", Cancel(reason="it was another run"))
            (record,) = [r async for r in bus.log.replay("r1") if r.branch == "cmd" and r.task == "plan"]
            await bus.dead.put(record, "a reason")

    async def see(self) -> Sight:
        """Look at everything, once all that was sent has been dealt with."""
        while True:
            with suppress(Gone):
                return await self._seen()

    async def _seen(self) -> Sight:
        await self.settled()
        names = await self.names()
        infos = {name: await self.api(f"STREAM.INFO.{name}") for name in names}
        queues: dict[str, Any] = {}
        for name in names:
            for told in (await self.api(f"CONSUMER.LIST.{name}")).get("consumers") or []:
                far = [told[key] for key in ("delivered", "ack_floor", "num_ack_pending", "num_pending")]
                queues[told["name"]] = (told["config"], *[_bare(part) for part in far], told.get("paused"))
        return Sight(
            {name: await self._messages(name, infos[name]["state"]) for name in names},
            {name: info["config"] for name, info in infos.items()},
            queues,
            tuple(self.heard),
        )

    async def _messages(self, stream: str, state: Any) -> list[tuple[int, str, bytes, bytes]]:
        found = []
        for sequence in range(state["first_seq"], state["last_seq"] + 1):
            told = await self._reply(f"{API}.STREAM.MSG.GET.{stream}", json.dumps({"seq": sequence}).encode())
            message = json.loads(told).get("message")
            if message is not None and not message["subject"].startswith(PROBE):
                head, body = message.get("hdrs", ""), message.get("data", "")
                found.append((sequence, message["subject"], head.encode(), body.encode()))
        return found

    async def settled(self) -> None:
        """Wait until the server has done all it was told before: its queues are worked off in order."""
        self.probes += 1
        subject = f"{PROBE}.{self.probes}"
        if RUNS in await self.names():
            await self._reply(subject)
            await self._reply(f"{API}.DIRECT.GET.{RUNS}.{subject}")
        if BLOBS in await self.names():
            await self._reply(f"{API}.DIRECT.GET.{BLOBS}.{blob(PICTURE)}")
        await self.admin.client.flush()

    async def traffic(self) -> None:
        """What goes on while somebody listens: a command for another, an answer, a picture, and questions."""
        for subject in (
            f"{RUN}.cmd.critic.pixels.x{self.probes}",
            f"{RUN}.done.planner.rules.x{self.probes}",
            f"{NS}.blob.{sha(str(self.probes).encode())}",
        ):
            await self.admin.client.request(subject, b"{}", 5)
        await self.planner.client.request(f"{NS}.api.CONSUMER.INFO.{RUNS}.planner-rules", b"", 5)


def _bare(part: Any) -> Any:
    """How far something is, without when."""
    return {k: v for k, v in part.items() if k != "last_active"} if isinstance(part, dict) else part


async def until(condition: Any) -> None:
    async with asyncio.timeout(BOUND):
        while not condition():
            await asyncio.sleep(0.005)
