"""llama-index workflows: a workflow run per story, three steps, pictures handed on in events. Nothing is kept.

The slots are a semaphore, for ``num_workers`` limits a step within one workflow run only. Also tried: all stories in
one workflow run, with ``num_workers`` as the slots, which was slower with small and with large pictures.
"""

from __future__ import annotations

import asyncio

from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent

from benchmarks.scale.load import SLOTS, Candidate, Clock, Picture, following, main


class Begin(StartEvent):
    run: int


class Draw(Event):
    candidate: Candidate


class Drawn(Event):
    picture: Picture


class Story(Workflow):
    def __init__(self, clock: Clock) -> None:
        super().__init__(timeout=None)
        self.clock = clock
        self.slots = asyncio.Semaphore(SLOTS)

    @step
    async def plan(self, ev: Begin) -> Draw:
        return Draw(candidate=await self.clock.plan(ev.run))

    @step
    async def draw(self, ev: Draw) -> Drawn:
        async with self.slots:
            await self.clock.draw(ev.candidate)
        return Drawn(picture=await self.clock.picture(ev.candidate))

    @step
    async def judge(self, ev: Drawn) -> Draw | StopEvent:
        keep = await self.clock.critique(ev.picture)
        after = following(ev.picture.candidate, keep)
        return Draw(candidate=after) if after else StopEvent(result=ev.picture.candidate.run)


async def contest(clock: Clock) -> None:
    workflow = Story(clock)

    async def story(run: int) -> None:
        clock.end(await workflow.run(start_event=Begin(run=run)))

    clock.start()
    await asyncio.gather(*(story(run) for run in range(clock.task.runs)))


if __name__ == "__main__":
    main(contest)
