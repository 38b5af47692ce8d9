"""Whoever has the credentials of one role tries everything else, and nothing happens.

Each attempt is made twice: by the intruder, after which nothing may have changed and nothing may have been learnt, and
by somebody who may, after which something must. The second half is what makes the first one worth anything.
"""

from __future__ import annotations

import asyncio

import pytest

from tests.security.attempts import ATTEMPTS, Attempt
from tests.security.guarded import BOUND
from tests.security.world import Actor, Sight, World

pytestmark = pytest.mark.anyio
ROLES = ("client", "orchestrator", "recorder")
OTHERS = [(a, role) for a in ATTEMPTS if a.others for role in ROLES if role not in a.spared]


def named(attempt: Attempt) -> str:
    return attempt.name


async def prepared(world: World, attempt: Attempt) -> None:
    if attempt.given is not None:
        await attempt.given(await world.actor("generator:sketch"), world)


async def nothing_happens(world: World, role: str, attempt: Attempt) -> None:
    actor = await world.actor(role)
    await prepared(world, attempt)
    before = await world.see()
    await attempt.act(actor, world)
    await actor.client.flush()
    if attempt.listens:
        await world.traffic()
    after = await world.see()
    await actor.client.flush()
    if not attempt.listens:
        assert after.without(*attempt.own) == before.without(*attempt.own)
    assert actor.learnt == []
    if attempt.answer:
        assert not actor.answered


async def something_happens(world: World, attempt: Attempt) -> None:
    await prepared(world, attempt)
    before = await world.see()
    async with asyncio.timeout(BOUND):
        await (attempt.control or attempt.act)(world.admin, world)
        await world.admin.client.flush()
        if attempt.listens:
            await world.traffic()
        while not await _effect(world.admin, world, before, attempt):
            await asyncio.sleep(0.01)


async def _effect(admin: Actor, world: World, before: Sight, attempt: Attempt) -> bool:
    if attempt.answer:
        return admin.answered
    if attempt.listens:
        return bool(admin.learnt)
    return bool(admin.learnt) or await world.see() != before


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=named)
async def test_a_generator_can_do_nothing_else(world: World, attempt: Attempt) -> None:
    await nothing_happens(world, "generator:sketch", attempt)


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=named)
async def test_the_attempt_would_have_an_effect(world: World, attempt: Attempt) -> None:
    await something_happens(world, attempt)


@pytest.mark.parametrize(("attempt", "role"), OTHERS, ids=[f"{role} {attempt.name}" for attempt, role in OTHERS])
async def test_nobody_but_the_administrator_can(world: World, attempt: Attempt, role: str) -> None:
    await nothing_happens(world, role, attempt)
