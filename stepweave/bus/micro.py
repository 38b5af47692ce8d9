"""Discovery: agents answer NATS's service questions (ADR-32), so ``nats micro ls`` and :func:`discover` see them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from nats import micro
from nats.micro.service import Service
from pydantic import BaseModel

from stepweave.bus.connection import Connection
from stepweave.bus.subjects import Subjects

_ROLE, _CAPABILITY, _NAMESPACE = "stepweave.role", "stepweave.capability", "stepweave.namespace"


_MOST = 10_000
"""Answers that are heard to one question."""


class _Info(BaseModel):
    """What a service says of itself; a foreign one says other things too, or nothing that can be read."""

    version: str = ""
    metadata: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class AgentInfo:
    """The agents that answer for a role and capability now."""

    role: str
    capability: str
    instances: int
    versions: tuple[str, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    """What one of them says about itself."""


@asynccontextmanager
async def advertise(
    connection: Connection,
    subjects: Subjects,
    address: tuple[str, str],
    version: str,
    metadata: Mapping[str, str],
) -> AsyncIterator[Service]:
    """Be found as long as the context lasts.

    Args:
        connection: over which.
        subjects: of which namespace.
        address: role and capability.
        version: of the agent, as ``major.minor.patch``.
        metadata: whatever else there is to tell.
    """
    role, capability = address
    facts = {_ROLE: role, _CAPABILITY: capability, _NAMESPACE: subjects.namespace}
    service = await micro.add_service(
        connection.client,
        name=subjects.consumer(role, capability),
        version=version,
        description=f"stepweave {role}: {capability}",
        metadata={**metadata, **facts, "stepweave.subject": subjects.commands(role, capability)},
    )
    # The server knows of it before anyone may rely on it; a subscription alone may still be on its way.
    await connection.client.flush()
    try:
        yield service
    finally:
        if connection.client.live:
            await service.stop()


async def discover(connection: Connection, subjects: Subjects, timeout: float) -> list[AgentInfo]:  # noqa: ASYNC109
    """Who is there: everyone who answers within ``timeout`` seconds, by role and capability."""
    answers: list[_Info] = []

    def take(subject: str, reply: str, head: bytes | None, body: bytes) -> None:
        if body and len(answers) < _MOST:
            answers.append(_Info.model_validate_json(body))

    name = connection.ask_many("$SRV.INFO", b"", take)
    try:
        await asyncio.sleep(timeout)
    finally:
        connection.forget(name)
    return _grouped(answers, subjects.namespace)


def _grouped(answers: list[_Info], namespace: str) -> list[AgentInfo]:
    groups: dict[tuple[str, str], list[tuple[str, dict[str, str]]]] = {}
    for answer in answers:
        if answer.metadata.get(_NAMESPACE) == namespace:
            key = answer.metadata.get(_ROLE, ""), answer.metadata.get(_CAPABILITY, "")
            groups.setdefault(key, []).append((answer.version, answer.metadata))
    return [
        AgentInfo(role, capability, len(found), tuple(sorted({version for version, _ in found})), found[0][1])
        for (role, capability), found in sorted(groups.items())
    ]
