"""Gathering: batches that are as full as they can be, and callers who do not know of each other."""

from __future__ import annotations

from collections.abc import Sequence

import anyio
import anyio.lowlevel
import pytest

from stepweave.agents.gathering import Gatherer

pytestmark = pytest.mark.anyio


class Press:
    """Doubles numbers in batches; keeps count."""

    def __init__(self, *, slow: float = 0.0, bad: int | None = None) -> None:
        self.batches: list[list[int]] = []
        self.at_once = self.most_at_once = 0
        self._slow = slow
        self._bad = bad

    async def __call__(self, items: Sequence[int]) -> Sequence[int | Exception]:
        self.batches.append(list(items))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await anyio.sleep(self._slow)
        self.at_once -= 1
        if self._bad in items:
            raise ValueError(f"{self._bad} cannot be doubled")
        return [2 * item for item in items]


def gatherer(press: Press, *, most: int = 4, wait: float = 0.05, lanes: int = 1) -> Gatherer[int, int]:
    return Gatherer(press, key=lambda item: item % 2, most=most, wait=wait, lanes=lanes)


async def brought(gathering: Gatherer[int, int], items: Sequence[int]) -> dict[int, int | Exception]:
    found: dict[int, int | Exception] = {}

    async def bring(item: int) -> None:
        try:
            found[item] = await gathering(item)
        except ValueError as error:
            found[item] = error

    async with anyio.create_task_group() as group:
        for item in items:
            group.start_soon(bring, item)
    return found


async def test_things_of_one_kind_are_done_together() -> None:
    press = Press()
    async with gatherer(press) as gathering:
        assert await brought(gathering, [0, 1, 2, 3, 4, 6]) == {0: 0, 1: 2, 2: 4, 3: 6, 4: 8, 6: 12}
    assert sorted(press.batches) == [[0, 2, 4, 6], [1, 3]]


async def test_a_full_batch_does_not_wait() -> None:
    press = Press()
    async with gatherer(press, wait=3600) as gathering:
        with anyio.fail_after(5):
            assert await brought(gathering, [0, 2, 4, 6]) == {0: 0, 2: 4, 4: 8, 6: 12}


async def test_one_alone_waits_no_longer_than_it_must() -> None:
    press = Press()
    async with gatherer(press, wait=0.05) as gathering:
        with anyio.fail_after(5):
            assert await gathering(8) == 16


async def test_while_a_batch_is_done_the_next_one_gathers() -> None:
    press = Press(slow=0.1)
    async with gatherer(press, most=8, wait=0.0) as gathering, anyio.create_task_group() as group:
        group.start_soon(gathering, 0)
        await anyio.sleep(0.02)
        for item in (2, 4, 6):
            group.start_soon(gathering, item)
    assert press.batches == [[0], [2, 4, 6]]


async def test_so_many_batches_are_done_at_a_time() -> None:
    press = Press(slow=0.05)
    async with gatherer(press, most=1, wait=0.0, lanes=3) as gathering:
        await brought(gathering, list(range(9)))
    assert press.most_at_once == 3


async def test_a_batch_that_fails_is_tried_one_by_one() -> None:
    press = Press(bad=4)
    async with gatherer(press) as gathering:
        found = await brought(gathering, [0, 2, 4, 6])
    assert {item: found[item] for item in (0, 2, 6)} == {0: 0, 2: 4, 6: 12}
    assert isinstance(found[4], ValueError)
    assert press.batches == [[0, 2, 4, 6], [0], [2], [4], [6]]


async def test_who_leaves_is_not_worked_for() -> None:
    press = Press()
    async with gatherer(press, wait=0.05) as gathering:
        async with anyio.create_task_group() as group:
            group.start_soon(gathering, 0)
            await anyio.lowlevel.checkpoint()
            group.cancel_scope.cancel()
        assert await gathering(2) == 4
    assert press.batches == [[2]]


async def test_too_few_results_are_an_error_of_each() -> None:
    async def work(items: Sequence[int]) -> Sequence[int | Exception]:
        return list(items)[1:]

    async with Gatherer[int, int](work, key=lambda _: 0, most=2, wait=0.0) as gathering:
        with pytest.raises(RuntimeError, match="0 results for 1 things"):
            await gathering(1)
