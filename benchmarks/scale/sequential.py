"""The sequential loop of the reference: one run after the other, one picture at a time, nothing side by side.

All runs would take minutes, so only the first few are done, with the same times slept; the time for all is extrapolated
by the number of drawings, and the report says so.
"""

from __future__ import annotations

from benchmarks.scale.load import Candidate, Clock, following, main

RUNS = 4
"""Runs that are really done."""


async def contest(clock: Clock) -> None:
    clock.start()
    for run in range(clock.task.runs):
        candidate: Candidate | None = await clock.plan(run)
        while candidate:
            await clock.draw(candidate)
            picture = await clock.picture(candidate)
            candidate = following(candidate, await clock.critique(picture))
        clock.end(run)


if __name__ == "__main__":
    main(contest, most=RUNS)
