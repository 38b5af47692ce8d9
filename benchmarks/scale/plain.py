"""Plain asyncio: a task per run, a semaphore for the slots. Nothing is kept; what any framework adds comes on top."""

from __future__ import annotations

import asyncio

from benchmarks.scale.load import SLOTS, Candidate, Clock, following, main


async def contest(clock: Clock) -> None:
    slots = asyncio.Semaphore(SLOTS)

    async def story(run: int) -> None:
        candidate: Candidate | None = await clock.plan(run)
        while candidate:
            async with slots:
                await clock.draw(candidate)
            picture = await clock.picture(candidate)
            candidate = following(candidate, await clock.critique(picture))
        clock.end(run)

    clock.start()
    await asyncio.gather(*(story(run) for run in range(clock.task.runs)))


if __name__ == "__main__":
    main(contest)
