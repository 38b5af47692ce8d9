"""Who may do what on a server of ours: one account for each role, as the configuration of nats-server.

Permissions of users alone would not do. Whoever may ask the server anything names the subject that the answer goes to,
and the server does not check that name: its answer would land in the log, or be taken for a request to delete it. So
every role has an account of its own, in which there is nothing, and imports exactly the questions it may ask; an
answer then goes back into that account and nowhere else. The streams live in the main account, whose only user is the
administrator.

The server also takes ``*`` for a subject that can be published to, and a direct read of such a subject gives the newest
message under it. Pictures may be had by those who know their hash, so this question goes through a sieve: an account
without users that splits the last token behind its first letter and passes on only what comes in two parts, which a
wildcard does not.

Everything here is pure: from names and proofs to text.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stepweave.bus.errors import BadName
from stepweave.bus.process import MAX_PAYLOAD
from stepweave.bus.subjects import REQUESTED, Subjects

ADMIN, ORCHESTRATOR, CLIENT, RECORDER = "admin", "orchestrator", "client", "recorder"
STANDING = (ADMIN, ORCHESTRATOR, CLIENT, RECORDER)
"""The roles that are always there; all others work on commands, or read like the recorder."""

_PATIENCE = "15s"
"""How long the server waits for more answers to one question; the longest silence between two of them is 3 s."""
_VERBS = ("INFO", "PING", "STATS")
"""What NATS asks services."""
_WORKER = ":"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a role logs in with."""

    password: str = ""
    nkey: str = ""
    """Public key, instead of a password."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server is, and what it works with."""

    host: str
    """Where it listens."""
    port: int
    store: Path
    certificate: Path | None = None
    """With all certificates between it and its authority."""
    key: Path | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """One question that a role may ask."""

    subject: str
    """As the main account knows it."""
    many: bool = False
    """Whether there may be several answers to it."""
    sieve: bool = False
    """Whether it goes through the sieve for whole names."""


class SameQueue(BadName):
    """Two roles whose queues would have the same name."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__("Role", second)
        self.reason = f"{first} and {second} would share one queue."
        self.remedy = "Name a role or a capability without hyphens."
        self.args = (f"{self.reason} {self.remedy}",)


def user_of(role: str) -> str:
    """The user, and the beginning of the file names, of ``role:capability`` or of a role that has none."""
    return role.replace(_WORKER, "-")


def api_of(namespace: str) -> str:
    """Where the roles ask JetStream: not at its own subject, where their own accounts answer that they have none."""
    return f"{namespace}.api"


def configuration(namespace: str, roles: Sequence[str], proofs: Mapping[str, Proof], place: Place) -> str:
    """The whole configuration of the server.

    Args:
        namespace: of the log.
        roles: ``role:capability`` of all workers, or a name alone for one that only reads; besides those that are
            always there.
        proofs: what every role logs in with, those that are always there too.
        place: where the server is.

    Raises:
        BadName: a name cannot be part of a subject.
        SameQueue: two queues would have the same name.
    """
    head: dict[str, Any] = {
        "host": place.host,
        "port": place.port,
        "max_payload": MAX_PAYLOAD,
        "jetstream": {"store_dir": str(place.store)},
    }
    if place.certificate is not None:
        head["tls"] = {"cert_file": str(place.certificate), "key_file": str(place.key)}
    lines = [
        "# Written by `stepweave auth init`: one account for each role. What each may do is told in docs/security.md.",
        "# Whoever reads this file can log in as anybody, unless the roles have nkeys: keep it to the server.",
        *(f"{name}: {_text(value)}" for name, value in head.items()),
        "accounts: {",
        *(line for name, account in accounts(namespace, roles, proofs).items() for line in _told(name, account)),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _told(name: str, account: Mapping[str, object]) -> Iterator[str]:
    """An account with a line for everything that is in it."""
    yield f"  {_text(name)}: {{"
    for key, value in account.items():
        items = value if isinstance(value, list) else None
        if items is None:
            yield f"    {key}: {_text(value)}"
            continue
        yield f"    {key}: ["
        yield from (f"      {_text(item)}" for item in items)
        yield "    ]"
    yield "  }"


def _text(value: object) -> str:
    """JSON is a valid way to write a configuration; the server reads UTF-8 as it is."""
    return json.dumps(value, ensure_ascii=False)


def accounts(namespace: str, roles: Sequence[str], proofs: Mapping[str, Proof]) -> dict[str, Any]:
    """The accounts by name: the main one, the sieve, and one for each role."""
    subjects = Subjects(namespace)
    check_queues(subjects, roles)
    rights = {role: grants(subjects, role) for role in (ORCHESTRATOR, CLIENT, RECORDER, *roles)}
    names = _Names(namespace)
    pictures = _sieved(_picture(subjects))
    main = {
        "jetstream": "enabled",
        "users": [_login(ADMIN, proofs[ADMIN])],
        "exports": [*_exports(names, rights, sieve=False), _service(names.whole, False, [names.sieve])],
        "imports": [_import(names.of(role), verb) for role in _found(rights) for verb in _verbs()],
        "mappings": {names.whole: pictures},
    }
    sieve = {
        "exports": list(_exports(names, rights, sieve=True)),
        "imports": [_import(names.main, names.whole)],
        "mappings": {names.asked: names.split},
    }
    made = {names.main: main, names.sieve: sieve}
    for role, allowed in rights.items():
        made[names.of(role)] = _account(names, role, allowed, proofs[role], _found(rights))
    return made


def check_queues(subjects: Subjects, roles: Iterable[str]) -> None:
    """Make sure that every worker has a queue of its own.

    Raises:
        BadName: a role cannot be part of a subject.
        SameQueue: two names run together.
    """
    seen: dict[str, str] = {}
    for role in roles:
        name, _, capability = role.partition(_WORKER)
        queue = subjects.consumer(name, capability) if capability else subjects.consumer(name, name)
        for taken in (queue, user_of(role)):
            if taken in STANDING or seen.setdefault(taken, role) != role:
                raise SameQueue(seen.get(taken, taken), role)


def grants(subjects: Subjects, role: str) -> list[Grant]:
    """What a role may ask; see docs/security.md for the table."""
    runs = subjects.runs
    reading = [
        Grant(f"$JS.API.STREAM.INFO.{runs}"),
        Grant(f"$JS.API.DIRECT.GET.{runs}", many=True),
        Grant(f"$JS.API.DIRECT.GET.{runs}.>"),
    ]
    kept = [Grant(shape) for shape in subjects.pictures() if not shape.endswith(".doomed.*")]
    pictures = [*kept, Grant(_picture(subjects), sieve=True)]
    if role == ORCHESTRATOR:
        queues = Grant(f"$JS.API.CONSUMER.INFO.{runs}.*")
        return [*reading, queues, *(Grant(subjects.every(branch)) for branch in ("ev", "cmd", "done"))]
    if role == CLIENT:
        request = f"{subjects.namespace}.run.*.ev.{REQUESTED}.0"
        return [*reading, *pictures, Grant(request), Grant(subjects.every("ctl")), Grant(subjects.every("note"))]
    name, _, capability = role.partition(_WORKER)
    if not capability:
        return reading
    queue = f"{runs}.{subjects.consumer(name, capability)}"
    written = (subjects.answers(name, capability), subjects.notes("late"))
    letters = subjects.own_letters(name, capability)
    return [
        Grant(f"$JS.API.CONSUMER.INFO.{queue}"),
        Grant(f"$JS.API.CONSUMER.MSG.NEXT.{queue}", many=True),
        Grant(f"$JS.ACK.{queue}.>"),
        *pictures,
        *(Grant(subject) for subject in (*written, letters)),
        *(Grant(f"$JS.API.DIRECT.GET.{runs}.{subject}") for subject in written),
        Grant(f"$JS.API.DIRECT.GET.{subjects.dead}.{letters}"),
    ]


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of accounts, and the subjects between them."""

    namespace: str

    @property
    def main(self) -> str:
        return self.namespace

    @property
    def sieve(self) -> str:
        return f"{self.namespace}-sieve"

    @property
    def asked(self) -> str:
        return f"{self.namespace}.sieve.*"

    @property
    def split(self) -> str:
        return f"{self.namespace}.whole.{{{{wildcard(1)}}}}.{{{{SplitFromLeft(1,1)}}}}"

    @property
    def whole(self) -> str:
        return f"{self.namespace}.whole.*.*.*"

    def of(self, role: str) -> str:
        """A role's account: with a slash, so that it can never be called as one of the other two."""
        return f"{self.namespace}/{role}"


def _picture(subjects: Subjects) -> str:
    return f"$JS.API.DIRECT.GET.{subjects.blobs}.{subjects.pictures()[0]}"


def _sieved(subject: str) -> str:
    """Where the sieve leads: the name is the first of three tokens."""
    return f"{subject.removesuffix('*')}{{{{wildcard(1)}}}}"


def _found(rights: Mapping[str, object]) -> list[str]:
    """Who is found by those who look for agents."""
    return [role for role in rights if role != CLIENT]


def _verbs() -> list[str]:
    return [f"$SRV.{verb}" for verb in _VERBS]


def _local(names: _Names, subject: str) -> str:
    """How a role calls what the main account has."""
    prefix = "$JS.API."
    return f"{api_of(names.namespace)}.{subject.removeprefix(prefix)}" if subject.startswith(prefix) else subject


def _exports(names: _Names, rights: Mapping[str, list[Grant]], *, sieve: bool) -> Iterator[dict[str, Any]]:
    """What the roles may ask of the main account, or of the sieve, and who may ask it."""
    askers: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for role, allowed in rights.items():
        for grant in allowed:
            if grant.sieve == sieve:
                askers[names.asked if sieve else grant.subject, grant.many].append(names.of(role))
    return (_service(subject, many, who) for (subject, many), who in askers.items())


def _service(subject: str, many: bool, accounts: list[str]) -> dict[str, Any]:
    service: dict[str, Any] = {"service": subject, "accounts": accounts}
    return service | {"response_type": "stream", "response_threshold": _PATIENCE} if many else service


def _import(account: str, subject: str, local: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"service": {"account": account, "subject": subject}}
    return found if local in (None, subject) else found | {"to": local}


def _account(names: _Names, role: str, allowed: Sequence[Grant], proof: Proof, others: Sequence[str]) -> dict[str, Any]:
    imports = [
        _import(names.sieve if grant.sieve else names.main, names.asked if grant.sieve else grant.subject, local)
        for grant in allowed
        for local in [_local(names, grant.subject)]
    ]
    publish = [_local(names, grant.subject) for grant in allowed]
    account: dict[str, Any] = {}
    if role == CLIENT:
        imports += [_import(names.of(other), verb) for other in others for verb in _verbs()]
        publish += _verbs()
    else:
        account["exports"] = [_service(verb, True, [names.main, names.of(CLIENT)]) for verb in _verbs()]
    permissions = {
        "publish": {"allow": publish},
        "subscribe": {"allow": ["_INBOX.>", "$SRV.>"]},
        "allow_responses": True,
    }
    return account | {"users": [_login(user_of(role), proof) | {"permissions": permissions}], "imports": imports}


def _login(user: str, proof: Proof) -> dict[str, Any]:
    return {"nkey": proof.nkey} if proof.nkey else {"user": user, "password": proof.password}
