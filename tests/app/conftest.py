"""A run as it could have gone, built by hand from messages: three steps, one corrected, one kept with flaws."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import pytest
from PIL import Image, ImageDraw

from stepweave.images import Provenance, encode
from stepweave.messages import (
    Accepted,
    Blob,
    Command,
    Decided,
    Draw,
    Drawn,
    Fault,
    FromStep,
    Judge,
    Outcome,
    RunRequested,
    Scores,
    Step,
    Verdict,
)
from stepweave.policies.candidates import judge_task
from stepweave.policies.state import RunState, enact
from tests.app.place import place

__all__ = ["place"]

WALLS, ROOF, TREE = (214, 168, 112), (196, 57, 42), (46, 125, 70)


def house(roof: tuple[int, int, int] | None = None, trees: int = 0, walls: tuple[int, int, int] = WALLS) -> Image.Image:
    image = Image.new("RGB", (1024, 1024), (232, 241, 250))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 760, 1024, 1024), fill=(150, 196, 118))
    draw.rectangle((300, 420, 724, 800), fill=walls, outline=(60, 45, 35), width=8)
    draw.rectangle((460, 600, 564, 800), fill=(110, 70, 45), outline=(60, 45, 35), width=8)
    if roof:
        draw.polygon([(250, 430), (512, 200), (774, 430)], fill=roof, outline=(60, 45, 35), width=8)
    for number in range(trees):
        x = 130 + number * 760
        draw.rectangle((x - 20, 640, x + 20, 820), fill=(110, 70, 45))
        draw.ellipse((x - 110, 430, x + 110, 670), fill=TREE)
    return image.resize((512, 512), Image.Resampling.LANCZOS)


@dataclass
class Sample:
    """A run being put together, with the bytes of its pictures."""

    state: RunState
    blobs: dict[str, bytes] = field(default_factory=dict)

    def blob(self, image: Image.Image, prompt: str = "", alt: str = "") -> Blob:
        data = encode(image, {}, Provenance("sketch test", prompt, "algorithmicMedia", alt))
        digest = hashlib.sha256(data).hexdigest()
        self.blobs[digest] = data
        return Blob(sha256=digest, width=image.width, height=image.height, size=len(data))

    def answer(self, task: str, message: object) -> None:
        self.state.answers[task] = message  # type: ignore[index, assignment]

    def draw(self, step: Step, number: int, prompt: str, image: Image.Image) -> Blob:
        ask = Draw(step=step.number, candidate=number, prompt=prompt, seed=700 + number, width=512, height=512)
        task = f"s{step.number}c{number}"
        self.state = enact(
            self.state, Decided(commands=(Command(task=task, role="generator", capability="sketch", ask=ask),))
        )
        blob = self.blob(image, prompt, step.alt)
        self.answer(task, Drawn(image=blob, tool="sketch test"))
        return blob

    def judge(self, step: Step, number: int, blob: Blob, verdict: Verdict) -> None:
        assert step.prompt is not None
        ask = Judge(step=step.number, candidate=number, prompt=step.prompt, drawn_prompt=step.prompt, image=blob)
        task = judge_task(f"s{step.number}c{number}", "pixels")
        self.state = enact(
            self.state, Decided(commands=(Command(task=task, role="critic", capability="pixels", ask=ask),))
        )
        self.answer(task, verdict)

    def settle(self, step: Step, number: int | None, blob: Blob | None, *, flawed: bool = False) -> None:
        end = Accepted(step=step.number, candidate=number, image=blob, flawed=flawed)
        self.state = enact(self.state, Decided(accepted=(end,)))


GOOD = Verdict(accepted=True, scores=Scores(semantics=9.5, quality=10), seen="a house")


def bad(semantics: float, reason: str, refined: str, aspect: str) -> Verdict:
    fault = Fault(aspect=aspect, subject="roof")
    scores = Scores(semantics=semantics, quality=9)
    return Verdict(accepted=False, scores=scores, reason=reason, faults=(fault,), refined_prompt=refined)


def steps() -> tuple[Step, ...]:
    return (
        Step(
            number=1,
            name="The walls",
            instruction="Draw a large square for the walls, and a door in the middle of it.",
            prompt="the walls of a house with a brown door",
            alt="Brown walls with a door on a green meadow",
        ),
        Step(
            number=2,
            name="The roof",
            instruction="Put a red roof on top.",
            text="Let it hang over a little on both sides: rain should not run down the walls.",
            prompt="add a red roof to the house",
            alt="The house now has a red roof",
            sources=(FromStep(step=1),),
        ),
        Step(
            number=3,
            instruction="Plant a tree on each side.",
            prompt="add two trees, one left and one right of the house",
            alt="The house with a tree on each side",
            sources=(FromStep(step=2),),
        ),
        Step(
            number=4,
            name="Done",
            instruction="Sign your drawing in the corner, and hang it where the sun does not fade it.",
        ),
    )


@pytest.fixture
def sample() -> Sample:
    """A finished run with a correction, a flaw and a step of words only."""
    return make_sample()


def make_sample() -> Sample:
    plan = steps()
    requested = RunRequested(request="How do I draw a house with a red roof and two trees, step by step?")
    made = Sample(enact(RunState("7f3k2m9q", requested=requested), Decided(plan=plan)))
    walls = made.draw(plan[0], 1, "the walls of a house with a brown door", house())
    made.judge(plan[0], 1, walls, GOOD)
    made.settle(plan[0], 1, walls)
    blue = made.draw(plan[1], 1, "add a red roof to the house", house((60, 90, 190)))
    refined = "add a pure red roof exactly on top of the house"
    made.judge(plan[1], 1, blue, bad(3, "the roof is blue, not red", refined, "colour"))
    red = made.draw(plan[1], 2, refined, house(ROOF))
    made.judge(plan[1], 2, red, GOOD)
    made.settle(plan[1], 2, red)
    one = made.draw(plan[2], 1, plan[2].prompt or "", house(ROOF, 1))
    made.judge(plan[2], 1, one, bad(6, "there is one tree, not two", "add exactly two trees", "count"))
    none = made.draw(plan[2], 2, "add exactly two trees", house(ROOF, 0, (200, 200, 210)))
    made.judge(
        plan[2], 2, none, bad(1, "there is no tree, and the walls have turned grey", "add exactly two trees", "count")
    )
    made.settle(plan[2], 1, one, flawed=True)
    made.settle(plan[3], None, None)
    outcome = Outcome(status="flawed", reason="step 3: none of 2 candidates was accepted")
    made.state = enact(made.state, Decided(outcome=outcome))
    return made
