"""The embedded critic against the truth of the fault model, and case by case."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, PngImagePlugin

from stepweave.images import letterboxed
from stepweave.messages import Fault, Note, Verdict
from stepweave.policies.pixels import CannotJudge, judge
from stepweave.world.faults import corrupt
from stepweave.world.finding import LayoutError, main_colour
from stepweave.world.language import LanguageError, compose, insist, parse
from stepweave.world.layout import apply_all
from stepweave.world.render import render
from stepweave.world.scene import (
    Add,
    AddPart,
    Background,
    Item,
    Move,
    Operation,
    Recolour,
    Reference,
    Relation,
    Remove,
    Resize,
    Scene,
)
from stepweave.world.vocabulary import COLOURS, DRAWABLE, PLACES, SIZES, TEXT, THINGS

SIDE = 512
LABELS = ("Hello", "Step 1", "The end")


# ---------------------------------------------------------------------------------------- pictures to judge


def picture(scene: Scene, size: tuple[int, int] = (SIDE, SIDE), jpeg: bool = False) -> Image.Image:
    image = render(scene, *size)
    if not jpeg:
        return image
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=85)
    return Image.open(packed).convert("RGB")


def drawn(prompt: str, before: Scene | None = None, aspect: float = 1.0) -> Scene:
    return apply_all(before or Scene(), parse(prompt).operations, aspect)


def verdict(prompt: str, instead: str, first: str = "", size: tuple[int, int] = (SIDE, SIDE)) -> Verdict:
    """The verdict on a picture of ``instead`` where ``prompt`` was asked for, on top of ``first``."""
    aspect = size[0] / size[1]
    before = drawn(first, aspect=aspect) if first else None
    source = picture(before, size) if before else None
    return judge(prompt, prompt, source, picture(drawn(instead, before, aspect), size))


def aspects(judged: Verdict) -> set[str]:
    return {fault.aspect for fault in judged.faults}


# ---------------------------------------------------------------------------------------- against the fault model


BY_ONE = ("left of", "right of", "above", "below", "on", "inside", "next to")
"""Relations to one thing, in which neither hides a part of the other."""


@dataclass(frozen=True)
class Case:
    before: Scene
    prompt: str
    after: Scene
    faults: tuple[Fault, ...]


def new_thing(random: Random, scene: Scene) -> Add:
    place = random.choice(list(PLACES)) if random.random() < 0.4 else None
    near = scene.items and place is None and random.random() < 0.4
    relation = Relation(random.choice(BY_ONE), Reference(random.choice(scene.items).thing)) if near else None
    size = random.choice([None, None, *SIZES])
    colour = random.choice([None, *(name for name in COLOURS if name != scene.background)])
    if random.random() < 0.08:
        return Add(TEXT, 1, colour, size, place, relation, label=random.choice(LABELS))
    thing = random.choice(list(DRAWABLE))
    names = DRAWABLE[thing].names
    partial = len(names) > 1 and random.random() < 0.25
    parts = names[: random.randint(1, len(names) - 1)] if partial else None
    return Add(thing, 1 if partial else random.choice([1, 1, 1, 2, 3, 4]), colour, size, place, relation, parts)


def pointing_at(item: Item, scene: Scene) -> Reference:
    alike = [other for other in scene.items if other.thing == item.thing]
    alone = len(alike) == 1
    apart = len({main_colour(other) for other in alike}) == len(alike)
    colour = main_colour(item) if apart and not alone else None
    return Reference(item.thing, colour, label=item.label, every=not alone and not apart)


def change(random: Random, scene: Scene) -> Operation:
    if not scene.items or random.random() < 0.4:
        return new_thing(random, scene)
    item = random.choice(scene.items)
    target, kind = pointing_at(item, scene), random.random()
    names = () if item.thing == TEXT else DRAWABLE[item.thing].names
    lacking = [name for name in names if item.parts is not None and name not in item.parts]
    if kind < 0.25 and lacking:
        return AddPart(lacking[0], target, random.choice([None, *COLOURS]))
    if kind < 0.4:
        return Remove(target)
    if kind < 0.6:
        return Move(target, random.choice(list(PLACES)))
    if kind < 0.75:
        return Recolour(target, random.choice(list(COLOURS)))
    return Resize(target, random.choice([*SIZES, "bigger", "smaller"])) if kind < 0.9 else Background("blue")


def changes(random: Random, scene: Scene, count: int) -> Iterator[Operation]:
    for _ in range(count):
        operation = change(random, scene)
        try:
            scene = apply_all(scene, (operation,))
        except LayoutError:
            continue
        yield operation


def cases(seed: int, count: int, rate: float) -> Iterator[Case]:
    """Steps of random stories, each spoilt by the fault model with that probability per operation."""
    random = Random(seed)
    while count:
        try:
            before = apply_all(Scene(), list(changes(random, Scene(), random.choice([0, 0, 1, 2, 3]))))
            prompt = compose(list(changes(random, before, random.choice([1, 1, 1, 2, 3]))))
            after, faults = corrupt(before, parse(prompt).operations, rate, random)
            flawless = apply_all(before, parse(prompt).operations)
        except (LayoutError, LanguageError, IndexError):
            continue
        if faults and np.array_equal(picture(after), picture(flawless)):
            continue
        count -= 1
        yield Case(before, prompt, after, faults)


@dataclass
class Tally:
    caught: int = 0
    missed: int = 0
    alarms: int = 0
    passed: int = 0

    @property
    def precision(self) -> float:
        return self.caught / (self.caught + self.alarms)

    @property
    def recall(self) -> float:
        return self.caught / (self.caught + self.missed)


def measure(judged: Iterator[Case], side: int = SIDE, jpeg: bool = False) -> Tally:
    """Count how the critic's yes and no agree with the truth of the fault model."""
    tally = Tally()
    for case in judged:
        source = picture(case.before, (side, side)) if case.before.items else None
        accepted = judge(case.prompt, case.prompt, source, picture(case.after, (side, side), jpeg)).accepted
        tally.caught += bool(case.faults) and not accepted
        tally.missed += bool(case.faults) and accepted
        tally.alarms += not case.faults and not accepted
        tally.passed += not case.faults and accepted
    return tally


@pytest.mark.slow
@pytest.mark.parametrize(("side", "jpeg", "bound"), [(512, False, 0.97), (1024, True, 0.96), (256, True, 0.94)])
def test_yes_and_no_agree_with_the_fault_model(side: int, jpeg: bool, bound: float) -> None:
    tally = measure(cases(seed=1, count=120, rate=0.3), side, jpeg)
    assert tally.precision >= bound, tally
    assert tally.recall >= bound, tally


# ---------------------------------------------------------------------------------------- one by one

RIGHT = [
    ("a red house on the left", ""),
    ("three small yellow stars at the top", ""),
    ("a blue square and a tiny pink heart inside the square", ""),
    ("the walls of a house", ""),
    ('write "Hello" at the bottom', ""),
    ("add a red roof to the house", "the walls of a blue house"),
    ("move the cat to the top left", "an orange cat in the middle and a tree on the right"),
    ("remove the tree", "an orange cat on the left and a tree on the right"),
    ("make the circle bigger", "a small red circle in the middle"),
    ("paint the sail of the boat green", "a boat in the middle"),
    ("make the background blue", "a boat in the middle"),
    ('paint the text "Hello" red', 'write "Hello" at the top'),
]


@pytest.mark.parametrize(("prompt", "first"), RIGHT)
@pytest.mark.parametrize("size", [(512, 512), (640, 384), (256, 256)])
def test_what_was_asked_for_is_accepted(prompt: str, first: str, size: tuple[int, int]) -> None:
    judged = verdict(prompt, prompt, first, size)
    assert judged.accepted, judged.reason
    assert judged.scores.overall == 10
    assert judged.refined_prompt is None


WRONG = [
    ("a red house on the left", "a blue house on the left", "", "colour"),
    ("a red house on the left", "a red house on the right", "", "place"),
    ("a small red circle", "a large red circle", "", "size"),
    ("three yellow stars", "four yellow stars", "", "count"),
    ("three yellow stars", "two yellow stars", "", "count"),
    ("a tree and a red circle", "a tree", "", "missing"),
    ("a tree", "a tree and a red circle", "", "extra"),
    ("a red circle on a blue background", "a red circle on a green background", "", "colour"),
    ("a star to the left of the tree", "a star to the right of the tree", "a tree in the middle", "place"),
    ("add a red roof to the house", "add a green roof to the house", "the walls of a house", "colour"),
    ("add a red roof to the house", "add a door to the house", "the walls of a house", "missing"),
    ("move the cat to the top left", "move the cat to the bottom", "a small cat", "place"),
    ("make the circle bigger", "make the circle tiny", "a small red circle", "size"),
    ("add a star at the top", "add a star at the top. remove the cat", "a small cat at the bottom", "damaged"),
    ("add a star at the top", "add a star at the top. paint the cat blue", "a small cat at the bottom", "damaged"),
    ("remove the cat", "add a star at the top", "a small cat at the bottom", "extra"),
    ('write "Hello" at the top in red', 'write "Hello" at the top in green', "", "colour"),
]


@pytest.mark.parametrize(("prompt", "instead", "first", "aspect"), WRONG)
def test_what_went_wrong_is_named(prompt: str, instead: str, first: str, aspect: str) -> None:
    judged = verdict(prompt, instead, first)
    assert not judged.accepted
    assert aspect in aspects(judged), judged.faults
    assert judged.scores.overall < 10


def test_a_fault_names_what_was_expected_and_what_was_found() -> None:
    judged = verdict("a red house on the left", "a blue house on the left")
    assert judged.faults == (Fault(aspect="colour", subject="house", expected="red", found="blue"),)
    assert judged.reason == "The house is blue, but it should be red."


def test_a_refinement_insists_on_what_was_wrong_and_keeps_what_was_insisted_on() -> None:
    prompt, wrong = "a red house on the left", picture(drawn("a blue house on the left"))
    first = judge(prompt, prompt, None, wrong)
    assert first.refined_prompt is not None
    (operation,) = parse(first.refined_prompt).operations
    assert operation.precise == ("colour",)
    second = judge(prompt, first.refined_prompt, None, picture(drawn("a red house on the right")))
    assert second.refined_prompt is not None
    (operation,) = parse(second.refined_prompt).operations
    assert operation.precise == ("colour", "place")


def test_a_known_cure_is_used() -> None:
    prompt = "a red house on the left"
    cure = insist(insist("Add a tree and a blue house exactly on the left.", "colour", "house"), "colour", "house")
    note = Note(kind="cure", aspect="colour", subject="house", before="a blue house", text=cure)
    judged = judge(prompt, prompt, None, picture(drawn("a blue house on the left")), (note,))
    assert judged.refined_prompt is not None
    (operation,) = parse(judged.refined_prompt).operations
    assert operation.precise == ("colour", "colour")


def test_what_the_words_leave_open_is_not_judged() -> None:
    assert verdict("a house", "a tiny green house at the bottom right").accepted


def test_noise_and_drifted_colours_cost_quality() -> None:
    prompt = "a red house on the left"
    sound = np.asarray(picture(drawn(prompt)), dtype=np.float32)
    noise = np.random.default_rng(3).normal(0, 14, sound.shape)
    for spoilt in (sound + noise, sound - 16):
        image = Image.fromarray(spoilt.clip(0, 255).astype(np.uint8))
        judged = judge(prompt, prompt, None, image)
        assert judged.scores.quality < 10
        assert "quality" in aspects(judged), judged.faults


def test_a_background_that_nobody_spoke_of_must_stay() -> None:
    assert "damaged" in aspects(verdict("add a star", "add a star. make the background pink", "a small cat"))


def test_what_was_seen_is_told() -> None:
    seen = verdict("a red house on the left", "a red house on the left").seen
    assert "house" in seen
    assert "red" in seen


def test_only_pixels_count() -> None:
    scene, prompt = drawn("a red house on the left"), "a blue house on the left"
    info = PngImagePlugin.PngInfo()
    info.add_text("stepweave", '{"lies": "a blue house on the left"}')
    packed = io.BytesIO()
    picture(scene).save(packed, "PNG", pnginfo=info)
    with_text = Image.open(packed)
    with_text.load()
    assert with_text.info
    assert judge(prompt, prompt, None, with_text) == judge(prompt, prompt, None, picture(scene))


def test_another_language_is_refused_with_a_remedy() -> None:
    with pytest.raises(CannotJudge, match="critic"):
        judge("A cinematic shot of an astronaut riding a horse", "", None, picture(Scene()))


def test_white_on_white_is_no_riddle() -> None:
    assert verdict("make the snowman bigger", "make the snowman bigger", "a large white snowman").accepted


@pytest.mark.parametrize("thing", sorted(THINGS))
def test_a_thing_may_be_drawn_part_by_part(thing: str) -> None:
    first, *others = DRAWABLE[thing].names
    scene = apply_all(Scene(), (Add(thing, size="large", parts=(first,)),))
    for part in others:
        operation = AddPart(part, Reference(thing))
        prompt, after = compose((operation,)), apply_all(scene, (operation,))
        accepted = judge(prompt, prompt, picture(scene), picture(after))
        assert accepted.accepted, (prompt, accepted.reason)
        assert "missing" in aspects(judge(prompt, prompt, picture(scene), picture(scene))), prompt
        scene = after


# ---------------------------------------------------------------------------------------- foreign pictures


def photo(side: int = SIDE) -> Image.Image:
    """Something that nobody drew with our words: soft blobs in many colours, and noise."""
    noise = np.random.default_rng(7).normal(0, 6, (side, side, 3))
    image = Image.effect_noise((side, side), 90).convert("RGB").resize((side // 32, side // 32))
    ImageDraw.Draw(image).rectangle((2, 3, 8, 9), fill=(90, 140, 60))
    soft = np.asarray(image.resize((side, side), Image.Resampling.BICUBIC), dtype=np.float32)
    tinted = soft * (0.9, 0.8, 0.7) + noise
    return Image.fromarray(tinted.clip(0, 255).astype(np.uint8))


def upon(base: Image.Image, prompts: Sequence[str]) -> Image.Image:
    scene = Scene()
    for prompt in prompts:
        scene = drawn(prompt, scene)
    return render(scene, *base.size, base)


def test_upon_a_photo_what_was_added_is_judged() -> None:
    base, prompt = photo(), "add a red circle at the top left"
    assert judge(prompt, prompt, base, upon(base, [prompt])).accepted
    assert "colour" in aspects(judge(prompt, prompt, base, upon(base, ["add a blue circle at the top left"])))
    assert "place" in aspects(judge(prompt, prompt, base, upon(base, ["add a red circle at the bottom"])))
    assert "missing" in aspects(judge(prompt, prompt, base, base))


def test_upon_a_photo_things_drawn_before_are_found_again() -> None:
    base, first, prompt = photo(), "a house on the left", "add a yellow star to the right of the house"
    judged = judge(prompt, prompt, upon(base, [first]), upon(base, [first, prompt]))
    assert judged.accepted, judged.reason


# ---------------------------------------------------------------------------------------- properties


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from(sorted(DRAWABLE)),
    st.sampled_from(sorted(COLOURS)),
    st.sampled_from(sorted(SIZES)),
    st.sampled_from(sorted(PLACES)),
)
def test_any_single_thing_is_recognised_after_jpeg(thing: str, colour: str, size: str, place: str) -> None:
    prompt = compose((Add(thing, 1, colour, size, place),))
    judged = judge(prompt, prompt, None, picture(drawn(prompt), jpeg=True))
    assert judged.accepted, (prompt, judged.reason)


@pytest.mark.parametrize("size", [(1, 1), (16, 16), (64, 64), (300, 90)])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
def test_any_picture_can_be_judged(size: tuple[int, int], mode: str) -> None:
    noise = Image.effect_noise(size, 80).convert(mode)
    source = picture(drawn("a red house on the left"))
    assert not judge("paint the house blue", "", source, noise).accepted


def test_a_judgement_can_be_repeated() -> None:
    prompt, scene = "two small cats at the bottom", drawn("three small cats at the bottom")
    assert judge(prompt, prompt, None, picture(scene)) == judge(prompt, prompt, None, picture(scene))


@pytest.mark.parametrize("before", [Image.effect_noise((300, 200), 60), Image.new("L", (300, 200), 255)])
def test_a_picture_of_another_size_may_be_continued(before: Image.Image) -> None:
    sheet = letterboxed(before.convert("RGB"), (256, 256), (255, 255, 255))
    image = render(drawn("A small red circle in the middle."), 256, 256, sheet)
    assert judge("Add a small red circle in the middle.", "", before.convert("RGB"), image).accepted


def test_a_pocket_of_the_background_between_parts_is_no_mark() -> None:
    """Whisker and tail of a cat enclose a piece of the green."""
    prompt = "A cat on the left, on a green background."
    assert verdict(prompt, prompt).accepted
