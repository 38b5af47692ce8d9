"""Agents that take time and do nothing: for trying out policies, sizing machines and measuring the bus.

Each answers after so many seconds and works on so many asks at a time, as a model server does. Which candidates are
accepted is drawn by lot from the hash of the picture, and the picture follows from the ask alone: the same request with
the same seed goes the same way for ever. Set them up in a file of settings::

    [agents."generator.simulated"]
    seconds = 1.0
    slots = 8

    [agents."critic.simulated"]
    seconds = 0.3
    acceptance = 0.6
"""

from __future__ import annotations

import hashlib
import random
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import anyio
from anyio import to_thread
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stepweave.agents.agent import Agent, AgentError, Context, Host, agent
from stepweave.images import Provenance, encode
from stepweave.messages import Draw, Drawn, Fault, FromStep, Judge, MakePlan, Plan, RevisePlan, Scores, Step, Verdict
from stepweave.policies.plans import MOST_STEPS

TOOL = "simulated"
SLOTS = 64
_END = 12
"""Bytes of the chunk that ends a PNG."""


class Simulation(BaseModel):
    """What all of them have."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    seconds: Annotated[float, Field(ge=0, le=86_400)] = 0.0
    """Time that an answer takes."""
    slots: Annotated[int, Field(ge=1, le=100_000)] = SLOTS
    """Asks worked on at a time."""


class Planning(Simulation):
    """Of the planner."""

    steps: Annotated[int, Field(ge=1, le=100)] = 5
    """Steps of a plan, where the request does not state how many."""
    chained: bool = True
    """Whether each step starts from the picture before it; if not, they do not depend on each other."""


class Generating(Simulation):
    """Of the generator; ``seconds``, ``failure`` and ``bytes`` may also be given as parameters of a run."""

    slots: Annotated[int, Field(ge=1, le=100_000)] = 8
    """Pictures drawn at a time."""
    failure: Annotated[float, Field(ge=0, le=1)] = 0.0
    """How often a drawing fails in a way that may pass, and is tried again."""
    bytes: Annotated[int, Field(ge=0, le=64 * 2**20)] = 0
    """Size of a picture's file at least."""


class Judging(Simulation):
    """Of the critic."""

    acceptance: Annotated[float, Field(ge=0, le=1)] = 0.6
    """How often a picture is accepted."""


@asynccontextmanager
async def planner(host: Host) -> AsyncIterator[Agent]:
    """A planner whose plans have nothing but their length."""
    set_up = host.configuration("planner.simulated", Planning)

    @agent("planner", capability="simulated", concurrency=set_up.slots)
    async def plan(ask: MakePlan | RevisePlan, ctx: Context) -> Plan:
        """Plans as many steps as it is set to, after a while."""
        if ask.steps is not None and ask.steps > MOST_STEPS:
            raise AgentError(f"{ask.steps} steps are asked for", f"ask for {MOST_STEPS} at most")
        await anyio.sleep(set_up.seconds)
        count = ask.steps or (len(ask.plan) if isinstance(ask, RevisePlan) else set_up.steps)
        first = ask.failed if isinstance(ask, RevisePlan) else 1
        return Plan(steps=tuple(_step(number, chained=set_up.chained) for number in range(first, count + 1)))

    yield plan


def _step(number: int, *, chained: bool) -> Step:
    sources = (FromStep(step=number - 1),) if chained and number > 1 else ()
    return Step(number=number, instruction=f"Step {number}", prompt=f"step {number}", sources=sources)


@asynccontextmanager
async def generator(host: Host) -> AsyncIterator[Agent]:
    """A generator of plain pictures."""
    set_up = host.configuration("generator.simulated", Generating)

    @agent("generator", capability="simulated", concurrency=set_up.slots, costly=True)
    async def draw(ask: Draw, ctx: Context) -> Drawn:
        """Draws a plain colour, after a while."""
        try:
            order = Generating.model_validate({**set_up.model_dump(), **ask.parameters, "slots": set_up.slots})
        except ValidationError as error:
            fault = error.errors()[0]
            what = ".".join(map(str, fault["loc"]))
            raise AgentError(f"parameter {what}: {fault['msg']}", "it knows seconds, failure and bytes") from None
        await anyio.sleep(order.seconds)
        ctx.release()
        if _lot(f"failure/{ask.seed}/{ctx.attempt}") < order.failure:
            raise AgentError("the simulated generator failed", "set failure to 0", cause="transient")
        data = await to_thread.run_sync(_picture, ask, order.bytes)
        blob = await ctx.blobs.put(data, "image/png", ask.width, ask.height)
        return Drawn(image=blob, tool=TOOL, seconds=order.seconds)

    yield draw


def _picture(ask: Draw, size: int) -> bytes:
    """A plain colour that follows from all that was asked."""
    told = "/".join((ask.prompt, str(ask.seed), *(source.sha256 for source in ask.sources)))
    digest = hashlib.sha256(told.encode()).digest()
    image = Image.new("RGB", (ask.width, ask.height), tuple(digest[:3]))
    provenance = Provenance(TOOL, ask.prompt, "algorithmicMedia", ask.alt)
    data = encode(image, {"order": digest.hex()}, provenance)
    return data if len(data) >= size else _padded(data, size, digest)


def _padded(data: bytes, size: int, seed: bytes) -> bytes:
    """The same PNG with a chunk of noise before its end, which readers pass over."""
    noise = random.Random(seed).randbytes(max(0, size - len(data) - _END))
    body = b"stWp" + noise
    chunk = struct.pack(">I", len(noise)) + body + struct.pack(">I", zlib.crc32(body))
    return data[:-_END] + chunk + data[-_END:]


@asynccontextmanager
async def critic(host: Host) -> AsyncIterator[Agent]:
    """A critic that draws lots."""
    set_up = host.configuration("critic.simulated", Judging)

    @agent("critic", capability="simulated", concurrency=set_up.slots, costly=True)
    async def judge(ask: Judge, ctx: Context) -> Verdict:
        """Accepts by lot, after a while."""
        await anyio.sleep(set_up.seconds)
        lot = _lot(f"verdict/{ask.image.sha256}")
        if lot < set_up.acceptance:
            mark = 10 - 3 * lot / (set_up.acceptance or 1)
            return Verdict(accepted=True, scores=Scores(semantics=mark, quality=mark))
        mark = 6 * (1 - lot)
        return Verdict(
            accepted=False,
            scores=Scores(semantics=mark, quality=mark),
            reason="the lot fell so",
            faults=(Fault(aspect="lot"),),
            refined_prompt=f"{ask.prompt}, attempt {ask.candidate + 1}, opinion {ask.opinion}",
        )

    yield judge


def _lot(name: str) -> float:
    """A number from 0 to 1 that follows from a name."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") / 2**64
