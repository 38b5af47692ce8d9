"""The event bus on NATS: the only place that imports nats."""

from stepweave.bus.blobs import BlobStore
from stepweave.bus.bus import Bus, connect
from stepweave.bus.dead import DeadLetter, DeadLetters
from stepweave.bus.envelope import UNREADABLE, Raw, Record, fault_of
from stepweave.bus.errors import (
    BadName,
    BlobCorrupt,
    BlobMissing,
    BusError,
    Closed,
    Conflict,
    NoAnswer,
    NoJetStream,
    NotAllowed,
    NotStored,
    OtherLayout,
    Rejected,
    ServerFailed,
    ServerMissing,
    StoreFull,
    TooLarge,
    TooOld,
    Unreachable,
    Unreadable,
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
    "NoAnswer",
    "NoJetStream",
    "NoQueue",
    "NotAllowed",
    "NotStored",
    "OtherLayout",
    "Queue",
    "QueueInfo",
    "Raw",
    "Record",
    "Rejected",
    "RunSummary",
    "ServerFailed",
    "ServerMissing",
    "StoreFull",
    "TooLarge",
    "TooOld",
    "Unreachable",
    "Unreadable",
    "connect",
    "embedded_server",
    "fault_of",
]
