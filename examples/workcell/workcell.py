"""A robot that is guided by pictures: plan, draw what each step should lead to, execute it, look, and try again.

python examples/workcell/workcell.py pictures --failure-rate 0.4

Nothing here needs a network or a model: the planner, the generator and the critic are the embedded ones, and the
workcell is simulated. With a real robot, ``execute`` sends the instruction and ``frame`` reads the camera.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from stepweave.messages import MakePlan
from stepweave.policies.pixels import judge
from stepweave.policies.rules import plan
from stepweave.tools.protocol import Order, ToolError
from stepweave.tools.sketch import Sketch
from stepweave.world.workcell import Workcell, setup

OBJECTS = ("a red block", "a blue block", "a yellow cup", "a box")
STEPS = (
    "Pick up the red block.",
    "Stack the red block on the blue block.",
    "Open the box.",
    "Push the cup to the left.",
)
HEIGHT = 512
NOISE = 1.0
"""Of the camera, in levels of 255."""


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt at a step."""

    step: int
    attempt: int
    instruction: str
    done: bool
    """Whether the step was carried out, which the critic is not told."""
    accepted: bool
    reason: str
    frame: Image.Image


def guided(
    objects: tuple[str, ...], steps: tuple[str, ...], seed: int, failure_rate: float, attempts: int
) -> Iterator[tuple[Image.Image, list[Try]]]:
    """What each step should lead to, and the attempts at it, the last of which was accepted unless it is given up."""
    request = " ".join(f"{number}. {text}" for number, text in enumerate((setup(objects, seed), *steps), 1))
    prompts = [step.prompt or "" for step in plan(MakePlan(request=request)).steps]
    cell = Workcell.start(prompts[0], seed)
    goal = _drawn(prompts[0], None)
    frame = cell.frame(HEIGHT, NOISE)
    yield goal, [Try(1, 1, prompts[0], True, True, "", frame)]
    for number, prompt in enumerate(prompts[1:], 2):
        goal = _drawn(prompt, goal)
        tries: list[Try] = []
        while len(tries) < attempts and not (tries and tries[-1].accepted):
            before = frame
            outcome = cell.execute(prompt, failure_rate)
            cell, frame = outcome.cell, outcome.cell.frame(HEIGHT, NOISE)
            verdict = judge(prompt, prompt, before, frame)
            tries.append(Try(number, len(tries) + 1, prompt, outcome.done, verdict.accepted, verdict.reason, frame))
        yield goal, tries


def _drawn(prompt: str, before: Image.Image | None) -> Image.Image:
    """The picture of what a step should lead to, drawn upon the one before.

    Raises:
        ToolError: it cannot be drawn.
    """
    width = round(HEIGHT * 1.5)
    order = Order(prompt, 0, width, HEIGHT, (before,) if before else (), {"fault_rate": 0.0})
    (picture,) = Sketch().draw([order])
    if isinstance(picture, ToolError):
        raise picture
    image = picture.image
    image.info.update(picture.chunks)
    return image


def main() -> None:
    """Run the example and write its pictures."""
    parser = argparse.ArgumentParser(description="Guide a simulated robot by pictures.")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--failure-rate", type=float, default=0.4)
    parser.add_argument("--attempts", type=int, default=6)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    for goal, tries in guided(OBJECTS, STEPS, args.seed, args.failure_rate, args.attempts):
        goal.save(args.folder / f"step{tries[0].step}-goal.png")
        print(f"{tries[0].step}. {tries[0].instruction}")
        for one in tries:
            one.frame.save(args.folder / f"step{one.step}-try{one.attempt}.png")
            print(f"   try {one.attempt}: {'done' if one.accepted else one.reason}")


if __name__ == "__main__":
    main()
