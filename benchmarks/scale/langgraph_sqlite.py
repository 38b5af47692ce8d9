"""langgraph: one thread per run, an entrypoint with three tasks, the result of each written to SQLite.

The default durability mode (``async``) writes while the next task runs; ``synchronous=NORMAL`` as in ``bench-bus``. The
picture is the result of a task as plain bytes, so it is written once. Also tried: a graph of three nodes with the
picture in its state, which writes it three times and with pictures of 1 MB takes two thirds longer; and the same
graph with a critic that takes the picture out of the state again, which writes it twice and was as quick here. For
small pictures all three were alike.
"""

from __future__ import annotations

import asyncio
from typing import TypedDict

from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from langgraph.func import entrypoint, task
from langgraph.pregel import Pregel

from benchmarks.scale.load import SLOTS, Candidate, Clock, Picture, following, main


class Drawn(TypedDict):
    sha256: str
    data: bytes


def story_of(clock: Clock, saver: AsyncSqliteSaver) -> Pregel:
    slots = asyncio.Semaphore(SLOTS)

    @task
    async def plan(run: int) -> tuple[int, ...]:
        return tuple(await clock.plan(run))

    @task
    async def draw(candidate: Candidate) -> Drawn:
        async with slots:
            await clock.draw(candidate)
        picture = await clock.picture(candidate)
        return {"sha256": picture.sha256, "data": picture.data}

    @task
    async def judge(candidate: Candidate, drawn: Drawn) -> bool:
        return await clock.critique(Picture(candidate, **drawn))

    @entrypoint(checkpointer=saver)
    async def story(run: int) -> int:
        candidate: Candidate | None = Candidate(*await plan(run))
        while candidate:
            drawn = await draw(candidate)
            candidate = following(candidate, await judge(candidate, drawn))
        return run

    return story


async def contest(clock: Clock) -> None:
    async with AsyncSqliteSaver.from_conn_string(str(clock.task.folder / "checkpoints.sqlite")) as saver:
        await saver.setup()
        await saver.conn.execute("PRAGMA synchronous=NORMAL")
        workflow = story_of(clock, saver)

        async def story(run: int) -> None:
            clock.end(await workflow.ainvoke(run, {"configurable": {"thread_id": str(run)}}))

        clock.start()
        await asyncio.gather(*(story(run) for run in range(clock.task.runs)))


if __name__ == "__main__":
    main(contest)
