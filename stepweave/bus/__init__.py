"""The event bus on NATS: the only place that imports nats."""

from stepweave.bus.blobs import BlobStore
from stepweave.bus.bus import Bus, connect
from stepweave.bus.dead import DeadLetter, DeadLetters
from stepweave.bus.envelope import UNREADABLE, Raw, Record, fault_of
from stepweave.bus.errors import (
    BadFile,
    BadName,
    BlobCorrupt,
    BlobMissing,
    BusError,
    Closed,
    Conflict,
    NeedsNkeys,
    NoAnswer,
    NoJetStream,
    NotAllowed,
    NotStored,
    OtherLayout,
    QueueNotMade,
    Rejected,
    ServerFailed,
    ServerMissing,
    StoreFull,
    TooLarge,
    TooOld,
    Unencrypted,
    Unreachable,
    Unreadable,
    Untrusted,
)
from stepweave.bus.log import FINISHED, REQUESTED, Log, RunSummary
from stepweave.bus.micro import AgentInfo
from stepweave.bus.queue import Delivery, Queue
from stepweave.bus.queues import NoQueue, QueueInfo
from stepweave.bus.server import embedded_server
from stepweave.bus.settings import BusSettings

__all__ = [
    "FINISHED",
    "REQUESTED",
    "UNREADABLE",
    "AgentInfo",
    "BadFile",
    "BadName",
    "BlobCorrupt",
    "BlobMissing",
    "BlobStore",
    "Bus",
    "BusError",
    "BusSettings",
    "Closed",
    "Conflict",
    "DeadLetter",
    "DeadLetters",
    "Delivery",
    "Log",
    "NeedsNkeys",
    "NoAnswer",
    "NoJetStream",
    "NoQueue",
    "NotAllowed",
    "NotStored",
    "OtherLayout",
    "Queue",
    "QueueInfo",
    "QueueNotMade",
    "Raw",
    "Record",
    "Rejected",
    "RunSummary",
    "ServerFailed",
    "ServerMissing",
    "StoreFull",
    "TooLarge",
    "TooOld",
    "Unencrypted",
    "Unreachable",
    "Unreadable",
    "Untrusted",
    "connect",
    "embedded_server",
    "fault_of",
]
