"""What the memory is for: a generator that keeps getting some things wrong is asked rightly from the start."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from stepweave.agents.notebook import Notebook
from stepweave.messages import Note, Recall
from stepweave.world import vocabulary
from stepweave.world.faults import chance, corrupt, difficulty
from stepweave.world.language import insist, parse
from stepweave.world.scene import Scene
from tests.policies.planned import steps

RATE, ATTEMPTS = 0.5, 5
COLOURS = ("red", "blue", "green", "purple")
STUBBORN = [
    thing for thing in vocabulary.THINGS if any(difficulty(thing, aspect) > 1 for aspect in ("colour", "place", "size"))
]


def attempts(request: str, notes: tuple[Note, ...], seed: int) -> tuple[int, list[Note]]:
    """How many pictures it takes until all steps are right, told by the truth, and what cured their faults."""
    drawn, cures, scene = 0, list[Note](), Scene()
    for step in steps(request, notes=notes):
        before, sick, prompt = scene, (), step.prompt or ""
        for attempt in range(ATTEMPTS):
            random = chance(1000 * seed + 10 * step.number + attempt, prompt)
            scene, faults = corrupt(before, parse(prompt).operations, RATE, random)
            drawn += 1
            gone = {(fault.aspect, fault.subject) for fault in sick} - {(f.aspect, f.subject) for f in faults}
            cures += [Note(kind="cure", aspect=of, subject=whom, text=prompt) for of, whom in sorted(gone)]
            if not faults:
                break
            sick = faults
            for fault in faults:
                prompt = insist(prompt, fault.aspect, fault.subject, fault.expected)
    return drawn, cures


def requests() -> Iterator[str]:
    for thing, colour in product(STUBBORN[:5], COLOURS):
        yield f"1. a small {colour} {thing} on the left 2. two {colour} stars at the top 3. make the {thing} bigger"


def test_later_runs_need_fewer_pictures(tmp_path: Path) -> None:
    notebook = Notebook(tmp_path / "memory.sqlite")
    first = second = 0
    for seed, request in enumerate(requests()):
        drawn, cures = attempts(request, (), seed)
        notebook.remember(f"r{seed}", "remember", cures)
        first += drawn
    for seed, request in enumerate(requests(), start=100):
        drawn, _ = attempts(request.replace("left", "right"), notebook.recall("later", Recall(text=request)), seed)
        second += drawn
    notebook.close()
    assert second < 0.85 * first


def test_the_same_memory_makes_the_same_plan(tmp_path: Path) -> None:
    request = next(requests())
    notebook = Notebook(tmp_path / "memory.sqlite")
    notebook.remember("r", "remember", attempts(request, (), 3)[1])
    once, again = (notebook.recall(run, Recall(text=request)) for run in ("a", "b"))
    notebook.close()
    assert once == again
    assert steps(request, notes=once) == steps(request, notes=again)
