"""The vocabulary: every message that crosses the bus, as a frozen pydantic model.

A message knows its type (``TYPE``, versioned, the CloudEvents ``ce-type``) and nothing of where it travels.
Readers ignore fields they do not know, so a newer writer never breaks an older reader; a change that an older
reader would misread gets a new version of the type instead.

Four families, told apart by who writes them:

========  ==========================================  =====================================
family    written by                                  messages
========  ==========================================  =====================================
event     the submitter, then the orchestrator        RunRequested, RunForked, Decided
ask       the orchestrator, once per task             MakePlan, RevisePlan, Draw, Judge, Recall, Remember
answer    whoever comes first, once per task          Plan, Drawn, Verdict, Recalled, Remembered, Failure, Abandoned
aside     people and programs, any time               Cancel, Late, and the controls Approve, Reject, Redo,
                                                      Edit, Branch, Pick
========  ==========================================  =====================================

Imports nothing of ours but its own parts.
"""

from __future__ import annotations

from stepweave.messages.answers import Abandoned, Answer, Drawn, Failure, Plan, Recalled, Remembered, Verdict
from stepweave.messages.asides import (
    Approve,
    Branch,
    Cancel,
    Control,
    Edit,
    Late,
    Pick,
    Progress,
    Redo,
    Reject,
    Unknown,
)
from stepweave.messages.asks import Ask, Draw, Judge, MakePlan, Recall, Remember, RevisePlan
from stepweave.messages.calls import Call, Made, Said
from stepweave.messages.events import (
    Accepted,
    AnyAsk,
    Attempted,
    Command,
    Decided,
    Heeded,
    Origin,
    Outcome,
    Parent,
    Preference,
    RunForked,
    RunRequested,
)
from stepweave.messages.registry import (
    ANSWERED_BY,
    ANSWERS,
    ASIDES,
    ASKS,
    CONTROLS,
    EVENTS,
    MESSAGES,
    decode,
    encode,
)
from stepweave.messages.values import (
    Blob,
    Budget,
    Cause,
    Fault,
    FromInput,
    FromStep,
    Message,
    Note,
    Options,
    Parameter,
    Scores,
    Source,
    Step,
    Token,
    Value,
)

__all__ = [
    "ANSWERED_BY",
    "ANSWERS",
    "ASIDES",
    "ASKS",
    "CONTROLS",
    "EVENTS",
    "MESSAGES",
    "Abandoned",
    "Accepted",
    "Answer",
    "AnyAsk",
    "Approve",
    "Ask",
    "Attempted",
    "Blob",
    "Branch",
    "Budget",
    "Call",
    "Cancel",
    "Cause",
    "Command",
    "Control",
    "Decided",
    "Draw",
    "Drawn",
    "Edit",
    "Failure",
    "Fault",
    "FromInput",
    "FromStep",
    "Heeded",
    "Judge",
    "Late",
    "Made",
    "MakePlan",
    "Message",
    "Note",
    "Options",
    "Origin",
    "Outcome",
    "Parameter",
    "Parent",
    "Pick",
    "Plan",
    "Preference",
    "Progress",
    "Recall",
    "Recalled",
    "Redo",
    "Reject",
    "Remember",
    "Remembered",
    "RevisePlan",
    "RunForked",
    "RunRequested",
    "Said",
    "Scores",
    "Source",
    "Step",
    "Token",
    "Unknown",
    "Value",
    "Verdict",
    "decode",
    "encode",
]
