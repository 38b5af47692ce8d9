"""Malformed messages, each with who will meet it and as what it will be counted.

Made so that it is certain what is wrong with each: nothing here asks the decoders whether they can read it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from stepweave.bus.envelope import seal
from stepweave.messages import (
    Abandoned,
    Blob,
    Cancel,
    Decided,
    Draw,
    Drawn,
    Failure,
    Judge,
    Late,
    MakePlan,
    Message,
    Outcome,
    Plan,
    Recall,
    Remembered,
    RunRequested,
    Scores,
    Step,
    Verdict,
    encode,
)

MISSING = Blob(sha256="0" * 64, width=64, height=64, size=100)
"""A picture that nobody has stored."""
EVENTS = (RunRequested(request="a cat"),)
ANSWERS = (
    Plan(steps=(Step(number=1, prompt="a cat"),)),
    Drawn(image=MISSING),
    Verdict(accepted=True, scores=Scores(semantics=9, quality=9)),
    Remembered(count=1),
    Failure(kind="Forged", reason="forged"),
)
ASKS = (MakePlan(request="a cat"), Recall(text="a cat"))
ASIDES = (Late(task="t", seconds=1.0, answer_type="x"),)
AGENTS = (("planner", "rules"), ("generator", "sketch"), ("critic", "pixels"), ("memory", "local"))

UNSEEN = b"\x7f"
"""The server leaves subjects with it out of its index, and so of some deliveries."""

Met = tuple[tuple[str, str], ...]
"""Whose processes count it, by role, and as what."""
FOLLOWERS = {"ev": ("orchestrator", "recorder"), "done": ("orchestrator",), "ctl": ("orchestrator",), "note": ()}


@dataclass(frozen=True, slots=True)
class Shot:
    """One message that should not be."""

    kind: str
    subject: bytes
    head: bytes | None
    body: bytes
    met: Met = ()
    """Everything that it must be counted as."""
    maybe: Met = ()
    """What it is counted as, unless the run it speaks of has ended by then."""

    def frame(self) -> bytes:
        """The message as protocol bytes."""
        if self.head is None:
            return b"PUB %b %d\r\n%b\r\n" % (self.subject, len(self.body), self.body)
        size = len(self.head)
        return b"HPUB %b %d %d\r\n%b%b\r\n" % (self.subject, size, size + len(self.body), self.head, self.body)


@dataclass
class Runs:
    """The runs that there are, for those who speak to them."""

    under_way: list[str] = field(default_factory=list)


class Nonsense:
    """Makes shots, the same ones for a seed."""

    def __init__(self, namespace: str, seed: int, runs: Runs) -> None:
        self._prefix = f"{namespace}.run."
        self._namespace = namespace
        self._random = random.Random(seed)
        self._runs = runs
        self._count = 0
        self._kinds, self._weights = zip(*((kind, weight) for kind, weight in self._table()), strict=True)

    def shots(self, count: int) -> Iterable[Shot]:
        """So many, of all kinds."""
        for _ in range(count):
            (make,) = self._random.choices(self._kinds, self._weights)
            self._count += 1
            shot = make()
            yield replace(shot, met=(), maybe=shot.met) if UNSEEN in shot.subject else shot

    def _table(self) -> Iterable[tuple[Callable[[], Shot], float]]:
        for branch, share in (("ev", 0.28), ("done", 0.3), ("ctl", 0.13)):
            yield partial(self._unreadable, branch), 0.65 * share
            yield partial(self._unknown, branch), 0.15 * share
            yield partial(self._misplaced, branch), 0.1 * share
            yield partial(self._foreign, branch), 0.1 * share
        yield self._stray_answer, 0.06
        yield self._stray_event, 0.02
        yield self._stray_cancel, 0.01
        yield self._early, 0.02
        yield self._forged_end, 0.001
        yield self._number, 0.005
        yield partial(self._unreadable, "note"), 0.08
        yield self._bad_command, 0.03
        yield self._foreign_command, 0.005
        yield self._nobodys_command, 0.01
        yield self._command_of_another, 0.008
        yield self._impossible_ask, 0.002
        yield self._blob, 0.03
        yield self._letter, 0.01

    # -------------------------------------------------------------------------------- wrong by itself

    def _unreadable(self, branch: str) -> Shot:
        needy = _head(self._random.choice(NEEDY))
        head = self._random.choice((needy, self._random.choice(NO_EVENT)))
        return self._shot("unreadable", branch, head, self._body(), "unreadable")

    def _unknown(self, branch: str) -> Shot:
        type_ = self._random.choice(["stepweave.candidate.drawn.v9", "somebody.elses", "stepweave.run.decided.v2"])
        body = self._random.choice([b"{}", b'{"a":[1,{"b":null}]}', b'{"plan":' + b"1" * 400 + b"}"])
        return self._shot("unknown type", branch, _CLOUD % type_.encode(), body, "unknown")

    def _misplaced(self, branch: str) -> Shot:
        wrong: dict[str, tuple[Message, ...]] = {
            "ev": (*ANSWERS, *ASKS, *ASIDES),
            "done": (*EVENTS, *ASKS, *ASIDES),
            "ctl": (*EVENTS, *ASKS, *ANSWERS),
        }
        message = self._random.choice(wrong[branch])
        return self._shot("misplaced", branch, _head(message), encode(message), "misplaced")

    def _shot(self, kind: str, branch: str, head: bytes | None, body: bytes, counted: str) -> Shot:
        met = tuple((role, f"{counted}{{branch={branch}}}") for role in FOLLOWERS[branch])
        return Shot(f"{kind} {branch}", self._subject(self._run(), branch), head, body, met)

    def _foreign(self, branch: str) -> Shot:
        met = tuple((role, f"foreign{{branch={branch}}}") for role in FOLLOWERS[branch])
        where = self._random.choice(["run", "token"])
        run = self._odd() if where == "run" else self._run().encode()
        subject = self._subject("RUN", branch)
        if where == "token":
            subject = subject.rpartition(b".")[0] + b"." + self._odd()
        return Shot(f"foreign {branch}", subject.replace(b"RUN", run), None, self._body(), met)

    def _number(self) -> Shot:
        """Under a number that an event of a run will need, or needs just now."""
        subject = f"{self._prefix}{self._run()}.ev.x{self._count}.{self._random.randrange(1, 40)}".encode()
        met = tuple((role, "unreadable{branch=ev}") for role in FOLLOWERS["ev"])
        return Shot("unreadable ev in place", subject, None, self._body(), met)

    # -------------------------------------------------------------------------------- right, but out of place

    def _stray_answer(self) -> Shot:
        message = self._random.choice([*ANSWERS, Abandoned()])
        subject = self._subject(self._nobody(), "done")
        return Shot("stray done", subject, _head(message), encode(message), (("orchestrator", "stray{branch=done}"),))

    def _stray_event(self) -> Shot:
        message = Decided(plan=(Step(number=1, prompt="a cat"),))
        subject = self._subject(self._nobody(), "ev")
        return Shot("stray ev", subject, _head(message), encode(message), (("orchestrator", "stray{branch=ev}"),))

    def _stray_cancel(self) -> Shot:
        subject, message = self._subject(self._nobody(), "ctl"), Cancel()
        return Shot("stray ctl", subject, _head(message), encode(message), (("orchestrator", "stray{branch=ctl}"),))

    def _early(self) -> Shot:
        """An answer to what nobody has asked, in a run that is under way."""
        message = self._random.choice(ANSWERS)
        met = (("orchestrator", "stray{branch=done}"),)
        return Shot("early done", self._subject(self._run(), "done"), _head(message), encode(message), maybe=met)

    def _forged_end(self) -> Shot:
        """A well-formed end that follows no event of its run."""
        message = Decided(outcome=Outcome(status="failed", reason="forged"))
        subject = f"{self._prefix}{self._run()}.ev.finished.{10**12 + self._count}".encode()
        return Shot(
            "forged end", subject, _head(message), encode(message), maybe=(("orchestrator", "stray{branch=ev}"),)
        )

    # -------------------------------------------------------------------------------- commands

    def _bad_command(self) -> Shot:
        role, capability = self._random.choice(AGENTS)
        agent = f"{role}:{capability}"
        head = self._random.choice([*NO_EVENT, *map(_head, NEEDY)])
        met = (
            (role, f"unreadable{{agent={agent},branch=cmd}}"),
            (role, f"dead letter{{agent={agent}}}"),
            ("orchestrator", "stray{branch=done}"),
        )
        return Shot("unreadable cmd", self._command(role, capability), head, self._body(), met)

    def _foreign_command(self) -> Shot:
        role, capability = self._random.choice(AGENTS)
        subject = self._command(role, capability).rpartition(b".")[0] + b"." + self._odd()
        return Shot("foreign cmd", subject, None, self._body(), ((role, "foreign{branch=cmd}"),))

    def _nobodys_command(self) -> Shot:
        return Shot("cmd to nobody", self._command("painter", f"c{self._count}"), None, self._body())

    def _command_of_another(self) -> Shot:
        """An ask that the agent does not answer, or a type that nobody knows."""
        asks: dict[str, Message] = {"planner": ASKS[1], "generator": ASKS[0], "critic": ASKS[0], "memory": ASKS[0]}
        role, capability = self._random.choice(AGENTS)
        known = self._random.random() < 0.5
        head, body = (_head(asks[role]), encode(asks[role])) if known else (_CLOUD % b"stepweave.draw.asked.v9", b"{}")
        met = (
            (role, f"failure{{agent={role}:{capability},kind=NotMine}}"),
            ("orchestrator", "stray{branch=done}"),
        )
        return Shot("ask of another kind", self._command(role, capability), head, body, met)

    def _impossible_ask(self) -> Shot:
        """What an agent answers and cannot do."""
        (role, capability), ask, kind, letter = self._random.choice(IMPOSSIBLE)
        agent = f"{role}:{capability}"
        met = [
            (role, f"failure{{agent={agent},kind={kind}}}"),
            ("orchestrator", "stray{branch=done}"),
            *([(role, f"dead letter{{agent={agent}}}")] if letter else []),
        ]
        return Shot("impossible ask", self._command(role, capability), _head(ask), encode(ask), tuple(met))

    # -------------------------------------------------------------------------------- where nobody listens

    def _blob(self) -> Shot:
        name = self._random.choice([f"{self._random.getrandbits(256):064x}", f"x{self._count}"])
        return Shot("blob", f"{self._namespace}.blob.{name}".encode(), None, self._body())

    def _letter(self) -> Shot:
        return Shot("dead letter", f"{self._namespace}.dead.a.b.c.t{self._count}".encode(), None, self._body())

    # -------------------------------------------------------------------------------- parts

    def _subject(self, run: str, branch: str) -> bytes:
        """A subject of the log that nobody has used, and nobody will."""
        n = self._count
        tokens = {
            "ev": f"{self._random.choice(['decided', 'finished', 'requested', 'x'])}.{10**12 + n}",
            "done": f"{'.'.join(self._random.choice(AGENTS))}.x{n}",
            "ctl": f"x{n}",
            "note": f"late.x{n}",
        }
        return f"{self._prefix}{run}.{branch}.{tokens[branch]}".encode()

    def _command(self, role: str, capability: str) -> bytes:
        return f"{self._prefix}{self._nobody()}.cmd.{role}.{capability}.x{self._count}".encode()

    def _run(self) -> str:
        """A run that is under way, or one that nobody asked for."""
        if self._runs.under_way and self._random.random() < 0.6:
            return self._random.choice(self._runs.under_way)
        return self._nobody()

    def _nobody(self) -> str:
        return f"nobody-{self._random.randrange(5000)}"

    def _odd(self) -> bytes:
        """What can be a token of a subject, and of none of ours."""
        odd = (
            b"\xff\xfe",
            "é".encode(),
            b"a$b",
            b"x" * 65,
            b"%s",
            b"..".replace(b".", b"\x01"),
            "😀".encode(),
            UNSEEN,
        )
        return self._random.choice(odd) + b"%d" % self._count

    def _body(self) -> bytes:
        """No message, whatever its type."""
        chance = self._random.random()
        if chance < 0.6:
            return self._random.choice(BODIES)
        if chance < 0.999:
            return b"\xff" + self._random.randbytes(self._random.choice([1, 40, 200, 1000]))
        return b"\xff" * self._random.choice([10_000, 100_000, 1_000_000])


_CLOUD = b"NATS/1.0\r\nce-specversion: 1.0\r\nce-type: %b\r\nce-source: /storm\r\nce-id: 7\r\n\r\n"
NO_EVENT = (
    None,
    b"NATS/1.0\r\n\r\n",
    b"NATS/1.0 503\r\n\r\n",
    b"NATS/1.0 100 Idle Heartbeat\r\nNats-Last-Consumer: 7\r\n\r\n",
    b"x",
    b"\xff" * 60,
    b"NATS/1.0\r\nNats-Subject: elsewhere\r\nNats-Sequence: 7\r\nNats-Time-Stamp: never\r\n\r\n",
    b"NATS/1.0\r\nce-specversion: 2.0\r\nce-type: a\r\nce-source: b\r\nce-id: c\r\n\r\n",
    b"NATS/1.0\r\nce-specversion: 1.0\r\nce-type: a\r\nce-id: c\r\nce-time: 0001-01-01T00:00:00+14:00\r\n\r\n",
    b"NATS/1.0\r\nce-specversion: 1.0\r\nce-type: " + b"a" * 5000 + b"\r\nce-source: b\r\nce-id: c\r\n\r\n",
    "NATS/1.0\r\nZoë: ²\r\nno colon\r\n: \r\n\r\n".encode(),
)
"""Header blocks without the attributes of a CloudEvent."""
NEEDY: tuple[Message, ...] = (*EVENTS, *ANSWERS, *ASKS, *ASIDES)
"""Messages that have fields which must be there."""
BODIES = (
    b"",
    b"{",
    b"null",
    b"[]",
    b'"x"',
    b"\xef\xbb\xbf{}",
    b"7" * 5000,
    b"[" * 5000,
    b'{"request":' * 500,
    b'{"steps":[{"number":"x"}],"request":7,"image":[],"accepted":"if","count":1e999,"kind":null,"text":{},"task":""}',
    b'{"steps":[],"request":NaN,"image":{"sha256":"x"},"scores":{"semantics":-1},"kind":{},"count":"no","task":"a b"}',
    json.dumps({"steps": [{"sources": [{"kind": "Z" * 3000}]}]}).encode(),
)
"""What no type of message can be read from."""
_ORDER = {"step": 1, "candidate": 1, "seed": 1, "width": 64, "height": 64}
_LOOK = {"step": 1, "candidate": 1, "prompt": "add a cat", "drawn_prompt": "add a cat"}
IMPOSSIBLE: tuple[tuple[tuple[str, str], Message, str, bool], ...] = (
    (AGENTS[0], MakePlan(request="a\0cat"), "CannotPlan", False),
    (AGENTS[1], Draw.model_validate(_ORDER | {"prompt": "a quux"}), "Refused", False),
    (AGENTS[1], Draw.model_validate(_ORDER | {"prompt": "a cat", "width": 10**30}), "Refused", False),
    (AGENTS[1], Draw.model_validate(_ORDER | {"prompt": "a cat", "sources": [MISSING]}), "BlobMissing", True),
    (AGENTS[2], Judge.model_validate(_LOOK | {"image": MISSING}), "BlobMissing", True),
)
"""Asks that nobody can answer: to whom, what, the failure they end as, and whether they become dead letters."""


def _head(message: Message) -> bytes:
    return _HEADS.setdefault(
        message.TYPE, f"{seal(message, source='/storm', about='x', id_='7', traceparent=None)}\r\n".encode()
    )


_HEADS: dict[str, bytes] = {}
