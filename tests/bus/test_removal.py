"""Whoever puts a picture has it, whatever a sweep does at that moment: every order of their steps, every death."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager
from itertools import combinations, permutations
from typing import Any

import pytest

from stepweave.bus import BlobMissing, Bus, BusSettings, connect
from stepweave.bus.blobs import NatsBlobStore
from stepweave.bus.connection import Connection
from stepweave.bus.removal import Removal
from tests.bus.conftest import BOUND, entries

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(60)]

PUTS, REMOVES = 5, 4
"""Questions that a putter, and a remover, ask the server at most."""


class Actor:
    """Somebody whose questions to the server are let through one at a time."""

    def __init__(self, connection: Connection, work: Awaitable[Any]) -> None:
        self._ask = connection.call
        self._permits = asyncio.Semaphore(0)
        self._waiting = asyncio.Event()
        connection.call = self._gated  # type: ignore[method-assign]
        self._connection = connection
        self.task = asyncio.ensure_future(work)

    async def _gated(self, *words: Any, **options: Any) -> Any:
        self._waiting.set()
        await self._permits.acquire()
        return await self._ask(*words, **options)

    async def step(self) -> None:
        """Let one more question through, and wait for its answer: until the next one, or the end."""
        await self._stands()
        if not self.task.done():
            self._waiting.clear()
            self._permits.release()
            await self._stands()

    async def _stands(self) -> None:
        waiting = asyncio.ensure_future(self._waiting.wait())
        async with asyncio.timeout(BOUND):
            await asyncio.wait({self.task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()

    async def finish(self) -> Any:
        while not self.task.done():
            await self.step()
        self._free()
        return await self.task

    async def die(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        self._free()

    def _free(self) -> None:
        self._connection.call = self._ask  # type: ignore[method-assign]


class Stage:
    """A picture that stands, and connections for those who put and remove it."""

    def __init__(self, buses: tuple[Bus, ...], data: bytes, places: list[int]) -> None:
        self.buses, self.data, self.places = buses, data, places
        self.sha256 = hashlib.sha256(data).hexdigest()

    def putter(self, number: int = 0) -> Actor:
        store = self.store(number)
        assert store._connection is not None
        return Actor(store._connection, store.put(self.data, "image/png", 1, 1))

    def remover(self, number: int = 1) -> Actor:
        connection = self.buses[number]._connection
        return Actor(connection, self.removal(number).remove(self.sha256, self.places))

    def removal(self, number: int) -> Removal:
        return Removal(self.buses[number]._connection, self.buses[number]._subjects, self.store(2))

    def store(self, number: int) -> NatsBlobStore:
        return self.buses[number]._blobs

    async def there(self) -> bool:
        try:
            return await self.store(2).get(self.sha256) == self.data
        except BlobMissing:
            return False

    async def doom(self) -> int:
        """The sequence of the word that dooms the picture; 0: it is not doomed."""
        bus = self.buses[2]
        found = await entries(bus)
        return next((e.sequence for e in found if e.subject == bus._subjects.doomed(self.sha256)), 0)


@pytest.fixture
async def buses(settings: BusSettings) -> AsyncIterator[tuple[Bus, ...]]:
    async with (
        connect(settings, name="putter") as one,
        connect(settings, name="remover") as two,
        connect(settings, name="spectator") as three,
    ):
        for bus in (one, two, three):
            await bus._blobs._open()
        yield (one, two, three)


@asynccontextmanager
async def staged(buses: tuple[Bus, ...]) -> AsyncIterator[Stage]:
    data = os.urandom(64)
    blob = await buses[2].blobs.put(data, "image/png", 1, 1)
    subject = buses[2]._subjects.blob(blob.sha256)
    places = [e.sequence for e in await entries(buses[2]) if e.subject == subject]
    assert len(places) == 1
    yield Stage(buses, data, places)


def orders(first: int = PUTS, second: int = REMOVES) -> Iterator[tuple[int, ...]]:
    """Every order in which two can take their steps: 0 is the one, 1 the other."""
    for places in combinations(range(first + second), first):
        yield tuple(0 if at in places else 1 for at in range(first + second))


async def play(order: tuple[int, ...], *actors: Actor) -> None:
    for who in order:
        await actors[who].step()


async def test_alone_a_remover_removes_and_a_putter_keeps(buses: tuple[Bus, ...]) -> None:
    async with staged(buses) as stage:
        assert await stage.remover().finish()
        assert not await stage.there()
        await stage.putter().finish()
        assert await stage.there()
        assert not await stage.doom()


async def test_in_every_order_of_their_steps_what_was_put_is_there(buses: tuple[Bus, ...]) -> None:
    removed = set()
    for order in orders():
        async with staged(buses) as stage:
            putter, remover = stage.putter(), stage.remover()
            await play(order, putter, remover)
            await putter.finish()
            removed.add(await remover.finish())
            assert await stage.there(), order
            assert not await stage.doom(), order
    assert removed == {True, False}


@pytest.mark.parametrize("steps", range(REMOVES))
async def test_a_remover_may_die_after_any_step(buses: tuple[Bus, ...], steps: int) -> None:
    for order in orders(PUTS, steps):
        async with staged(buses) as stage:
            putter, remover = stage.putter(), stage.remover()
            await play(order, putter, remover)
            await remover.die()
            await putter.finish()
            assert await stage.there(), order
            if doom := await stage.doom():
                await stage.removal(1).lift(stage.sha256, doom)
            assert await stage.there(), order
            await stage.putter().finish()
            assert await stage.there(), order


@pytest.mark.parametrize("steps", range(REMOVES))
async def test_a_remover_may_sleep_after_any_step_while_another_lifts_his_doom(
    buses: tuple[Bus, ...], steps: int
) -> None:
    for order in orders(PUTS, steps):
        async with staged(buses) as stage:
            putter, sleeper = stage.putter(), stage.remover()
            await play(order, putter, sleeper)
            await putter.finish()
            if doom := await stage.doom():
                await stage.removal(2).lift(stage.sha256, doom)
            await stage.putter().finish()
            await sleeper.finish()
            assert await stage.there(), order


@pytest.mark.parametrize("steps", range(REMOVES))
async def test_what_is_put_after_a_sleepers_doom_was_lifted_outlives_his_waking(
    buses: tuple[Bus, ...], steps: int
) -> None:
    async with staged(buses) as stage:
        sleeper = stage.remover()
        await play((0,) * steps, sleeper)
        if doom := await stage.doom():
            await stage.removal(2).lift(stage.sha256, doom)
        await stage.putter().finish()
        await sleeper.finish()
        assert await stage.there()


@pytest.mark.parametrize("steps", range(PUTS))
async def test_a_putter_may_die_after_any_step(buses: tuple[Bus, ...], steps: int) -> None:
    for order in orders(steps, REMOVES):
        async with staged(buses) as stage:
            putter, remover = stage.putter(), stage.remover()
            await play(order, putter, remover)
            await putter.die()
            await stage.putter().finish()
            await remover.finish()
            assert await stage.there(), order


async def test_two_removers_and_a_putter(buses: tuple[Bus, ...]) -> None:
    steps = tuple(permutations((0, 0, 0, 1, 1, 1, 2, 2, 2)))[::997]
    for order in sorted(set(steps)):
        async with staged(buses) as stage:
            actors = (stage.putter(0), stage.remover(1), stage.remover(2))
            await play(order, *actors)
            for actor in actors:
                await actor.finish()
            assert await stage.there(), order


async def test_of_two_removers_one_removes(buses: tuple[Bus, ...]) -> None:
    for order in orders(REMOVES, REMOVES):
        async with staged(buses) as stage:
            one, other = stage.remover(1), stage.remover(2)
            await play(order, one, other)
            assert sorted([await one.finish(), await other.finish()])[-1] is True, order
            assert not await stage.there(), order
            assert not await stage.doom(), order
