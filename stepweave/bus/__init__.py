"""The event bus on NATS: the only place that imports nats."""

from stepweave.bus.blobs import BlobStore
from stepweave.bus.bus import Bus, connect
from stepweave.bus.dead import DeadLetter, DeadLetters
from stepweave.bus.envelope import UNREADABLE, Raw, Record, fault_of
from stepweave.bus.errors import (
    BadFile,
    BadLine,
    BadName,
    BlobCorrupt,
    BlobMissing,
    BusError,
    Closed,
    Conflict,
    NeedsNkeys,
    NoAnswer,
    NoJetStream,
    NoRun,
    NotAllowed,
    NotStored,
    OtherLayout,
    QueueNotMade,
    Rejected,
    RunStands,
    ServerFailed,
    ServerMissing,
    StoreFull,
    TooLarge,
    TooMany,
    TooOld,
    Unencrypted,
    Unreachable,
    Unreadable,
    Untrusted,
)
from stepweave.bus.lines import Line
from stepweave.bus.log import Log, RunSummary
from stepweave.bus.micro import AgentInfo
from stepweave.bus.queue import Delivery, Queue
from stepweave.bus.queues import NoQueue, QueueInfo
from stepweave.bus.runs import Removed, Runs
from stepweave.bus.server import embedded_server
from stepweave.bus.settings import BusSettings
from stepweave.bus.subjects import FINISHED, REQUESTED, is_token
from stepweave.bus.sweep import Swept

__all__ = [
    "FINISHED",
    "REQUESTED",
    "UNREADABLE",
    "AgentInfo",
    "BadFile",
    "BadLine",
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
    "Line",
    "Log",
    "NeedsNkeys",
    "NoAnswer",
    "NoJetStream",
    "NoQueue",
    "NoRun",
    "NotAllowed",
    "NotStored",
    "OtherLayout",
    "Queue",
    "QueueInfo",
    "QueueNotMade",
    "Raw",
    "Record",
    "Rejected",
    "Removed",
    "RunStands",
    "RunSummary",
    "Runs",
    "ServerFailed",
    "ServerMissing",
    "StoreFull",
    "Swept",
    "TooLarge",
    "TooMany",
    "TooOld",
    "Unencrypted",
    "Unreachable",
    "Unreadable",
    "Untrusted",
    "connect",
    "embedded_server",
    "fault_of",
    "is_token",
]
