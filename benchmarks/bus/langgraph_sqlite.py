"""langgraph: one thread per run, one node per hop, a checkpoint in SQLite after each.

The default durability mode (``async``) writes a checkpoint while the next node runs. SQLite gets
``synchronous=NORMAL``: with its default it would wait for the disk at every commit, which none of the others does. The
compact state, the answer alone, was the quickest of the forms tried, and a chain of nodes was quicker than one node
visited again and again.
"""

from __future__ import annotations

import asyncio
from typing import TypedDict

from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from langgraph.graph import START, StateGraph

from benchmarks.bus.work import Clock, draw, first, following, main
from stepweave.messages import Blob, Drawn


class State(TypedDict, total=False):
    run: int
    answer: Drawn


def graph_of(clock: Clock) -> StateGraph:
    async def generator(state: State) -> State:
        clock.hops += 1
        ask = first(state["run"])
        return {"answer": draw(following(ask, state["answer"]) if "answer" in state else ask)}

    builder = StateGraph(State)
    before = START
    for hop in range(clock.task.hops):
        builder.add_node(f"generator-{hop}", generator)
        builder.add_edge(before, f"generator-{hop}")
        before = f"generator-{hop}"
    return builder


async def contest(clock: Clock) -> None:
    async with AsyncSqliteSaver.from_conn_string(str(clock.task.folder / "checkpoints.sqlite")) as saver:
        saver.serde = JsonPlusSerializer(allowed_msgpack_modules=[Drawn, Blob])
        await saver.setup()
        await saver.conn.execute("PRAGMA synchronous=NORMAL")
        graph = graph_of(clock).compile(checkpointer=saver)

        async def chain(run: int) -> None:
            config = {"configurable": {"thread_id": str(run)}, "recursion_limit": clock.task.hops + 10}
            state = await graph.ainvoke({"run": run}, config)
            clock.end(run, state["answer"])

        clock.start()
        await asyncio.gather(*(chain(run) for run in range(clock.task.runs)))


if __name__ == "__main__":
    main(contest)
