"""The workcell itself: a scene on a workbench, a camera that looks at it, and instructions that are executed on it.

Its instructions are the ordinary language of the embedded world, so that the same words can be planned, drawn as a
picture of what the next step should look like, executed here, and judged by a critic that compares a frame with the
words. What an instruction leads to if nothing fails is exactly what the layout makes of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np
from PIL import Image

from stepweave.world.faults import chance
from stepweave.world.language import parse
from stepweave.world.layout import apply_all, perform
from stepweave.world.render import render
from stepweave.world.scene import Background, Scene
from stepweave.world.workcell.failures import Step, failed

BENCH = "workbench"
"""The setting of every workcell."""
ASPECT = 1.5
"""The width of a frame divided by its height, unless the caller says otherwise."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an instruction."""

    cell: Workcell
    """The workcell afterwards."""
    done: bool
    """Whether it was carried out as it should be."""
    failure: str
    """The way in which it failed (failures.py), or nothing."""
    goal: Scene
    """What it should have led to."""

    @property
    def scene(self) -> Scene:
        """The scene afterwards."""
        return self.cell.scene


@dataclass(frozen=True, slots=True)
class Workcell:
    """The state of a workcell; executing makes a new one, so that any state can be kept and gone back to."""

    scene: Scene
    seed: int = 0
    aspect: float = ASPECT
    executed: int = 0
    """How many instructions were executed: an instruction that is repeated has another chance."""

    @classmethod
    def start(cls, request: str | Sequence[str], seed: int = 0, aspect: float = ASPECT) -> Workcell:
        """A workcell with what a request names ("a robot arm on the left, a red block and a bowl") on the bench, or
        with such objects arranged by the seed.

        Raises:
            LanguageError, LayoutError: the request cannot be read or drawn.
        """
        request = request if isinstance(request, str) else setup(request, seed)
        operations = parse(request).operations
        if not any(isinstance(operation, Background) for operation in operations):
            operations = (Background(BENCH), *operations)
        return cls(apply_all(Scene(), operations, aspect), seed, aspect)

    def frame(self, height: int = 512, noise: float = 0.0) -> Image.Image:
        """What the camera sees, as an RGB picture of that height.

        Args:
            height: in pixels.
            noise: standard deviation of the sensor's noise, in levels of 255.
        """
        picture = render(self.scene, round(height * self.aspect), height)
        if not noise:
            return picture
        source = np.random.default_rng([self.seed, self.executed])
        levels = np.asarray(picture, dtype=np.float64) + source.normal(0.0, noise, (*picture.size[::-1], 3))
        return Image.fromarray(np.clip(np.rint(levels), 0, 255).astype(np.uint8))

    def execute(self, instruction: str, failure_rate: float = 0.0) -> Outcome:
        """Carry out one instruction, which fails with that probability.

        Raises:
            LanguageError: the instruction cannot be read.
            LayoutError: it cannot be carried out here, whatever happens.
        """
        goal, done = perform(self.scene, parse(instruction).operations, self.aspect)
        random = chance(self.seed, f"{self.executed}\n{instruction}")
        scene, failure = goal, ""
        if random.random() < failure_rate:
            scene, failure = failed(Step(self.scene, goal, done, random, self.aspect))
        cell = replace(self, scene=scene, executed=self.executed + 1)
        return Outcome(cell, not failure, failure, goal)


def setup(objects: Sequence[str], seed: int = 0) -> str:
    """A request for a workcell with these objects ("a red block") beside a robot arm, in an order that the seed
    chooses."""
    shuffled = list(objects)
    Random(seed).shuffle(shuffled)
    listed = ", ".join(["a robot arm", *shuffled[:-1]])
    return f"On a workbench: {listed} and {shuffled[-1]}." if shuffled else "On a workbench: a robot arm."
