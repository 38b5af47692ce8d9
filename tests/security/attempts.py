"""What somebody with a role's credentials may try, each with a name in words.

Every attempt is written so that it does have an effect for those who may: the administrator does the very same as its
control, unless nobody at all may do it; then the control does it where it is allowed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.security.world import BLOBS, DEAD, NS, PICTURE, RUN, RUNS, SECRET, VICTIM, Actor, World, blob, sha, until

Act = Callable[[Actor, World], Awaitable[None]]
OWN = "generator-sketch"
ANSWER = b'{"image":{"sha256":"%s","width":1,"height":1,"size":1}}' % sha(b"else").encode()
LAB = "LAB"
"""A stream of the administrator's that allows what ours do not."""


@dataclass(frozen=True)
class Attempt:
    """One thing to try."""

    name: str
    act: Act
    control: Act | None = None
    """What shows that the attempt is well formed, if the administrator cannot do the very same."""
    given: Act | None = None
    """What an accomplice among the generators has done before, rightly."""
    own: tuple[str, ...] = ()
    """Queues that may rightly be further than before: one's own."""
    answer: bool = False
    """That the server answers at all is what must not be."""
    listens: bool = False
    """Something goes on meanwhile; what reaches the ears is what counts."""
    others: bool = False
    """Also tried by those who hand in runs, decide and record."""
    spared: tuple[str, ...] = ()
    """Those of them who may."""


def asks(what: str, body: Any = None, reply: str = "") -> Act:
    async def act(actor: Actor, world: World) -> None:
        await actor.ask(what, body, reply)

    return act


def says(subject: str, body: bytes = b"", reply: str = "", **headers: str) -> Act:
    async def act(actor: Actor, world: World) -> None:
        await actor.say(subject, body, reply, **headers)

    return act


def hears(subject: str, queue: str = "") -> Act:
    async def act(actor: Actor, world: World) -> None:
        await actor.hear(subject, queue)

    return act


def consumer(name: str, **config: Any) -> dict[str, Any]:
    return {"stream_name": RUNS, "config": {"ack_policy": "none", "name": name, **config}, "action": ""}


def _pull(stream: str = RUNS, queue: str = "planner-rules", reply: str = "", **wish: Any) -> Act:
    return asks(f"CONSUMER.MSG.NEXT.{stream}.{queue}", {"batch": 5, "expires": 10**9, **wish}, reply)


def _pushed(name: str, **config: Any) -> Act:
    async def act(actor: Actor, world: World) -> None:
        wanted = consumer(name, deliver_subject=f"{actor.inbox}.pushed", **config)
        await actor.ask(f"CONSUMER.CREATE.{RUNS}.{name}", wanted)

    return act


async def _old_way(actor: Actor, world: World) -> None:
    wanted = consumer("old", durable_name="old", deliver_subject=f"{actor.inbox}.pushed")
    await actor.ask(f"CONSUMER.DURABLE.CREATE.{RUNS}.old", wanted)


async def _oldest_way(actor: Actor, world: World) -> None:
    config = {"ack_policy": "none", "deliver_subject": f"{actor.inbox}.pushed"}
    await actor.ask(f"CONSUMER.CREATE.{RUNS}", {"stream_name": RUNS, "config": config})


def changes_queue(queue: str, **change: Any) -> Act:
    """Change the configuration of a queue; nothing else about it."""

    async def act(actor: Actor, world: World) -> None:
        standing = (await world.api(f"CONSUMER.INFO.{RUNS}.{queue}"))["config"]
        wanted = {"stream_name": RUNS, "config": standing | change, "action": "update"}
        await actor.ask(f"CONSUMER.CREATE.{RUNS}.{queue}", wanted)

    return act


def changes_stream(stream: str, **change: Any) -> Act:
    async def act(actor: Actor, world: World) -> None:
        standing = (await world.api(f"STREAM.INFO.{stream}"))["config"]
        await actor.ask(f"STREAM.UPDATE.{stream}", standing | change)

    return act


def acks(word: bytes) -> Act:
    async def act(actor: Actor, world: World) -> None:
        await actor.say(world.pending, word)

    return act


def by_reply(ask: Act, reply: str = f"{RUN}.ev.finished.99") -> Act:
    """Have the server answer to where one may not write: ``ask`` with another subject for the answer."""

    async def act(actor: Actor, world: World) -> None:
        say = actor.say

        async def elsewhere(subject: str, body: bytes = b"", _: str = "", **headers: str) -> None:
            await say(subject, body, world.pending if reply == "pending" else reply, **headers)

        actor.say = elsewhere  # type: ignore[method-assign, assignment]
        try:
            await ask(actor, world)
        finally:
            actor.say = say  # type: ignore[method-assign]

    return act


def planted(name: str, body: bytes, reply: str, control: Act | None = None) -> Attempt:
    """Something kept under a hash by an accomplice who may do so, which the server is to send elsewhere."""
    hidden = f"{NS}.blob.{sha(body + reply.encode())}"

    async def given(accomplice: Actor, world: World) -> None:
        await accomplice.client.request(hidden, body, 5)

    read = by_reply(asks(f"DIRECT.GET.{BLOBS}.{hidden}"), reply)
    return Attempt(name, read, control, given=given, others=True)


def with_headers(subject: str, body: bytes, **headers: str) -> tuple[Act, Act]:
    """An answer of one's own with headers that our streams do not allow, and the same where they are allowed."""

    async def control(actor: Actor, world: World) -> None:
        allowed = {
            "allow_rollup_hdrs": True,
            "allow_msg_ttl": True,
            "allow_msg_schedules": True,
            "allow_atomic": True,
        }
        if "Nats_Incr" in headers:
            allowed = {"allow_msg_counter": True}
        await world.api(f"STREAM.CREATE.{LAB}", {"name": LAB, "subjects": ["lab.>"], "allow_direct": True, **allowed})
        fields = {name: value.replace(RUN, "lab") for name, value in headers.items()}
        await actor.say(subject.replace(RUN, "lab"), body, **fields)

    return says(subject, body, **headers), control


DONE = f"{RUN}.done.generator.sketch.s1c2"
TTL = with_headers(DONE, ANSWER, Nats_TTL="1s")
SCHEDULE = with_headers(
    DONE, ANSWER, Nats_Schedule="@at 2020-01-01T00:00:00Z", Nats_Schedule_Target=f"{RUN}.cmd.critic.pixels.s9"
)
COUNTER = with_headers(DONE, b"", Nats_Incr="+1")
ONE_BATCH = {"Nats_Batch_Id": "b1", "Nats_Batch_Sequence": "1", "Nats_Batch_Commit": "1"}
BATCH = with_headers(f"{RUN}.done.planner.rules.revise-1", ANSWER, **ONE_BATCH)
ROLLUP = with_headers(DONE, ANSWER, Nats_Rollup="all")


async def _first_write(actor: Actor, world: World) -> None:
    """The control of all overwriting: the same where nothing stands yet."""
    await actor.say(f"{RUN}.done.generator.sketch.fresh", ANSWER)


async def _too_large(actor: Actor, world: World) -> None:
    other = await world.actor(actor.role)  # for the server cuts off whoever sends it
    size = other.client.max_payload + 1
    other.client._max_payload = size  # else it would not even be sent
    await other.say(f"{NS}.blob.{sha(b'large')}", b"x" * size)
    await until(lambda: not other.client.is_connected)


async def _just_small_enough(actor: Actor, world: World) -> None:
    await actor.say(f"{NS}.blob.{sha(b'large')}", b"x" * (actor.client.max_payload - 1024))


READING = [
    Attempt("takes a command of another role from its queue", _pull(), others=True),
    Attempt("takes a command of another role without waiting", _pull(no_wait=True)),
    Attempt("has a command of another role sent to an event", _pull(reply=f"{RUN}.ev.finished.99"), own=()),
    Attempt("makes a queue of all commands", asks(f"CONSUMER.CREATE.{RUNS}.all", consumer("all")), others=True),
    Attempt(
        "makes a durable queue of all commands",
        asks(f"CONSUMER.CREATE.{RUNS}.all", consumer("all", durable_name="all", ack_policy="explicit")),
    ),
    Attempt("has the log pushed to its inbox", _pushed("pushed"), others=True),
    Attempt("has the log pushed in order", _pushed("ordered", flow_control=True, idle_heartbeat=10**9)),
    Attempt("has the log pushed to it in an old way", _old_way),
    Attempt("has the log pushed to it in the oldest way", _oldest_way),
    Attempt("listens to everything", hears(">"), listens=True),
    Attempt("listens to the whole namespace", hears(f"{NS}.>"), listens=True),
    Attempt("listens to the log", hears(f"{NS}.run.>"), listens=True, others=True),
    Attempt(
        "listens to the commands of a role, as one of its workers",
        hears(f"{NS}.run.*.cmd.critic.>", "critics"),
        listens=True,
    ),
    Attempt("listens to pictures", hears(f"{NS}.blob.*"), listens=True),
    Attempt("listens to what is asked of JetStream", hears("$JS.API.>"), listens=True),
    Attempt("listens to what JetStream tells administrators", hears("$JS.EVENT.>"), listens=True),
    Attempt("listens to all of JetStream", hears("$JS.>"), listens=True, others=True),
    Attempt("listens to all answers on their way between accounts", hears("_R_.>"), listens=True, others=True),
    Attempt("reads a request", asks(f"DIRECT.GET.{RUNS}.{RUN}.ev.requested.0")),
    Attempt("reads a plan", asks(f"DIRECT.GET.{RUNS}.{RUN}.done.planner.rules.plan")),
    Attempt("reads the last message of the log", asks(f"DIRECT.GET.{RUNS}.{NS}.run.>")),
    Attempt("reads the log by sequence", asks(f"DIRECT.GET.{RUNS}", {"seq": 1})),
    Attempt("reads the log by subject", asks(f"DIRECT.GET.{RUNS}", {"last_by_subj": f"{RUN}.>"})),
    Attempt("reads the log from its beginning", asks(f"DIRECT.GET.{RUNS}", {"seq": 1, "next_by_subj": f"{RUN}.>"})),
    Attempt("reads the log in a batch", asks(f"DIRECT.GET.{RUNS}", {"seq": 1, "batch": 99, "next_by_subj": ">"})),
    Attempt("reads the last of every subject", asks(f"DIRECT.GET.{RUNS}", {"multi_last": [f"{RUN}.>"], "batch": 99})),
    Attempt("has a message of the log told", asks(f"STREAM.MSG.GET.{RUNS}", {"seq": 1}), others=True),
    Attempt("has a plan told", asks(f"STREAM.MSG.GET.{RUNS}", {"last_by_subj": f"{RUN}.done.planner.rules.plan"})),
    Attempt("finds the newest picture by a wildcard", asks(f"DIRECT.GET.{BLOBS}.{NS}.blob.*")),
    Attempt("finds the newest picture by a wildcard for all that follows", asks(f"DIRECT.GET.{BLOBS}.{NS}.blob.>")),
    Attempt("finds a picture by its number", asks(f"DIRECT.GET.{BLOBS}", {"seq": 2})),
    Attempt("finds pictures one after the other", asks(f"DIRECT.GET.{BLOBS}", {"seq": 1, "next_by_subj": ">"})),
    Attempt("finds all pictures in a batch", asks(f"DIRECT.GET.{BLOBS}", {"seq": 1, "next_by_subj": ">", "batch": 99})),
    Attempt("has a picture told", asks(f"STREAM.MSG.GET.{BLOBS}", {"seq": 2})),
    Attempt("has the hashes of all pictures told", asks(f"STREAM.INFO.{BLOBS}", {"subjects_filter": ">"}), others=True),
    Attempt("reads pictures behind the sieve", says(f"{NS}.whole.{sha(SECRET)}.x.y"), others=True),
    Attempt("reads a dead letter of another", asks(f"DIRECT.GET.{DEAD}.{NS}.dead.planner.rules.r1.plan")),
    Attempt("reads all dead letters", asks(f"DIRECT.GET.{DEAD}", {"seq": 1, "next_by_subj": ">"}), others=True),
    Attempt("has the log described", asks(f"STREAM.INFO.{RUNS}", {"subjects_filter": ">"})),
    Attempt("has all streams named", asks("STREAM.NAMES", {}), others=True),
    Attempt("has all streams described", asks("STREAM.LIST", {}), others=True),
    Attempt("has all queues named", asks(f"CONSUMER.NAMES.{RUNS}", {}), others=True),
    Attempt("has all queues described", asks(f"CONSUMER.LIST.{RUNS}", {}), others=True),
    Attempt(
        "has the queue of another role described",
        asks(f"CONSUMER.INFO.{RUNS}.planner-rules"),
        others=True,
        spared=("orchestrator",),
    ),
    Attempt("has the account described", asks("INFO"), others=True),
    Attempt(
        "takes a copy of the log",
        asks(f"STREAM.SNAPSHOT.{RUNS}", {"deliver_subject": f"{VICTIM}.copy", "no_consumers": True}),
        others=True,
    ),
    Attempt("mirrors the log", asks("STREAM.CREATE.COPY", {"name": "COPY", "mirror": {"name": RUNS}}), others=True),
    Attempt("asks who is connected", says("$SYS.REQ.USER.INFO"), answer=True),
]

WRITING = [
    Attempt("decides", says(f"{RUN}.ev.finished.1", b"{}")),
    Attempt("asks for a run", says(f"{NS}.run.r9.ev.requested.0", b"{}")),
    Attempt("commands another role", says(f"{RUN}.cmd.planner.rules.x", b"{}")),
    Attempt("commands itself", says(f"{RUN}.cmd.generator.sketch.x", b"{}")),
    Attempt("cancels a run", says(f"{RUN}.ctl.x", b"{}")),
    Attempt("writes a reward", says(f"{RUN}.note.reward.x", b"{}")),
    Attempt("answers for another role", says(f"{RUN}.done.critic.pixels.s1c1-pixels", b"{}")),
    Attempt("answers for another capability", says(f"{RUN}.done.generator.diffusers.s1c1", b"{}")),
    Attempt("answers under a deeper name", says(f"{RUN}.done.generator.sketch.a.b", b"{}"), says(DONE, b"{}")),
    Attempt("changes its own answer", says(f"{RUN}.done.generator.sketch.s1c1", ANSWER), _first_write),
    Attempt(
        "changes its own answer, saying what stands there",
        says(f"{RUN}.done.generator.sketch.s1c1", ANSWER, Nats_Expected_Last_Subject_Sequence="7"),
        _first_write,
    ),
    Attempt(
        "rolls up its own answer",
        says(f"{RUN}.done.generator.sketch.s1c1", ANSWER, Nats_Rollup="sub"),
        with_headers(f"{RUN}.done.generator.sketch.s1c1", ANSWER, Nats_Rollup="sub")[1],
    ),
    Attempt("rolls up the whole log with an answer", *ROLLUP),
    Attempt("answers for a second, and then not any more", *TTL),
    Attempt("has the server command another role at a set time", *SCHEDULE),
    Attempt("counts in place of an answer", *COUNTER),
    Attempt("answers for another role in a batch", *BATCH),
    Attempt("writes another dead letter", says(f"{NS}.dead.planner.rules.r1.other", b"{}")),
    Attempt("puts another picture in place of one", says(blob(PICTURE), b"another"), says(blob(b"new"), b"new")),
    Attempt(
        "rolls up a picture",
        says(blob(PICTURE), b"another", Nats_Rollup="sub"),
        with_headers(f"{RUN}.x", b"another", Nats_Rollup="sub")[1],
    ),
    Attempt("keeps what is too large", _too_large, _just_small_enough),
]

POWER = [
    Attempt("empties the log", asks(f"STREAM.PURGE.{RUNS}"), others=True),
    Attempt("empties one run", asks(f"STREAM.PURGE.{RUNS}", {"filter": f"{RUN}.>"})),
    Attempt("empties the store of pictures", asks(f"STREAM.PURGE.{BLOBS}"), others=True),
    Attempt("deletes a message of the log", asks(f"STREAM.MSG.DELETE.{RUNS}", {"seq": 1}), others=True),
    Attempt("deletes a picture", asks(f"STREAM.MSG.DELETE.{BLOBS}", {"seq": 1}), others=True),
    Attempt("deletes a dead letter", asks(f"STREAM.MSG.DELETE.{DEAD}", {"seq": 1}), others=True),
    Attempt("deletes the log", asks(f"STREAM.DELETE.{RUNS}"), others=True),
    Attempt("makes a stream", asks("STREAM.CREATE.NEW", {"name": "NEW", "subjects": ["new.>"]}), others=True),
    Attempt("allows what the log does not", changes_stream(RUNS, allow_rollup_hdrs=True), others=True),
    Attempt("lets the log forget", changes_stream(RUNS, max_age=10**9, duplicate_window=10**9), others=True),
    Attempt("lets a second answer stand", changes_stream(RUNS, max_msgs_per_subject=2), others=True),
    Attempt("has the log copied to its inbox", changes_stream(RUNS, republish={"src": ">", "dest": "copy.>"})),
    Attempt("deletes the queue of another role", asks(f"CONSUMER.DELETE.{RUNS}.planner-rules"), others=True),
    Attempt("deletes its own queue", asks(f"CONSUMER.DELETE.{RUNS}.{OWN}")),
    Attempt("raises its own cap", changes_queue(OWN, max_ack_pending=10**6)),
    Attempt("lengthens its own leases", changes_queue(OWN, ack_wait=3600 * 10**9)),
    Attempt("takes the commands of others into its queue", changes_queue(OWN, filter_subject=f"{NS}.run.*.cmd.>")),
    Attempt(
        "has the commands of others described only", changes_queue("planner-rules", headers_only=True), others=True
    ),
    Attempt(
        "pauses the queue of another role",
        asks(f"CONSUMER.PAUSE.{RUNS}.planner-rules", {"pause_until": "2099-01-01T00:00:00Z"}),
        others=True,
    ),
    Attempt("pauses its own queue", asks(f"CONSUMER.PAUSE.{RUNS}.{OWN}", {"pause_until": "2099-01-01T00:00:00Z"})),
    Attempt("sets its own queue back", asks(f"CONSUMER.RESET.{RUNS}.{OWN}", {"seq": 1}), answer=True),
    Attempt("unpins the worker of a queue", asks(f"CONSUMER.UNPIN.{RUNS}.planner-rules", {"group": "g"}), answer=True),
    Attempt("deposes the leader of the log", asks(f"STREAM.LEADER.STEPDOWN.{RUNS}"), answer=True, others=True),
    Attempt(
        "deposes the leader of a queue",
        asks(f"CONSUMER.LEADER.STEPDOWN.{RUNS}.planner-rules"),
        answer=True,
        others=True,
    ),
    Attempt("removes a peer of the log", asks(f"STREAM.PEER.REMOVE.{RUNS}", {"peer": "x"}), answer=True, others=True),
    Attempt("acknowledges what another worker holds", acks(b"+ACK"), others=True),
    Attempt("ends for good what another worker holds", acks(b"+TERM"), others=True),
    Attempt("sends back what another worker holds", acks(b"-NAK"), others=True),
    Attempt(
        "takes the next command of another by acknowledging",
        acks(b"+NXT"),
    ),
]

INJECTION = [
    Attempt(
        "has the answer to a read written as an event",
        by_reply(asks(f"DIRECT.GET.{BLOBS}.{blob(PICTURE)}")),
        others=True,
    ),
    planted("has words of its own written as an event", b"{}", f"{RUN}.ev.finished.99"),
    planted("has words of its own written as a command", b"{}", f"{RUN}.cmd.planner.rules.x"),
    planted("has words of its own written as another's answer", b"{}", f"{RUN}.done.planner.rules.x"),
    planted("has words of its own written as a dead letter", b"{}", f"{NS}.dead.planner.rules.r1.x"),
    planted("has the log deleted by an answer", b"", f"$JS.API.STREAM.DELETE.{RUNS}"),
    planted("has the log emptied by an answer", b"{}", f"$JS.API.STREAM.PURGE.{RUNS}"),
    planted("has the work of another ended by an answer", b"+TERM", "pending", acks(b"+TERM")),
    planted("has words of its own sent to another's inbox", b"{}", f"{VICTIM}.x"),
    Attempt("speaks to another's inbox", says(f"{VICTIM}.x", b"hello"), others=True),
    Attempt("has a command of its own written as an event", by_reply(_pull(queue=OWN)), own=(OWN,)),
    Attempt("has the description of its queue written as an event", by_reply(asks(f"CONSUMER.INFO.{RUNS}.{OWN}"))),
    Attempt("has a refusal written as an event", by_reply(says(f"{RUN}.done.generator.sketch.s1c1", ANSWER))),
    Attempt("has the receipt of a picture written as an event", by_reply(says(blob(PICTURE), PICTURE)), others=True),
    Attempt("has who is there written as an event", by_reply(says("$SRV.INFO")), says(f"{RUN}.ev.finished.99", b"{}")),
    Attempt(
        "has the way of a message written as a dead letter",
        says(blob(PICTURE), PICTURE, Nats_Trace_Dest=f"{NS}.dead.planner.rules.r1.x"),
        others=True,
    ),
    Attempt(
        "has a receipt sent to the end of a fast batch",
        by_reply(says(blob(PICTURE), PICTURE), f"{RUN}.ev.finished.99.$FI"),
        says(f"{RUN}.ev.finished.99", b"{}"),
        others=True,
    ),
]

ATTEMPTS = [*READING, *WRITING, *POWER, *INJECTION]
