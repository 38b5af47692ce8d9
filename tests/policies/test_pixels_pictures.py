"""The embedded critic looks at nothing but pixels, and at any: foreign, noisy, huge, packed in any way."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, PngImagePlugin

from stepweave.images import letterboxed
from stepweave.policies.pixels import judge
from stepweave.world.render import render
from stepweave.world.scene import Scene
from tests.policies.pictures import SIDE, aspects, drawn, picture, verdict


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


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_stripping_metadata_changes_nothing(kind: str) -> None:
    """Packed anew without chunks, by other programs and in other formats, a picture is judged as before."""
    prompt, before = "paint the house green", picture(drawn("a red house on the left"))
    for instead in (prompt, "paint the house blue"):
        after, packed = picture(drawn(instead, drawn("a red house on the left"))), io.BytesIO()
        Image.frombytes("RGB", after.size, after.tobytes()).save(packed, kind, lossless=True)
        bare = Image.open(packed)
        bare.load()
        bare.info.clear()
        assert judge(prompt, prompt, before, bare) == judge(prompt, prompt, before, after)


def test_a_huge_picture_can_be_judged() -> None:
    prompt = "a red house on the left, in a garden"
    assert judge(prompt, prompt, None, picture(drawn(prompt, aspect=1.5), (2400, 1600))).accepted
    instead = picture(drawn("a blue house on the left, in a garden", aspect=1.5), (2400, 1600))
    assert aspects(judge(prompt, prompt, None, instead)) == {"colour"}


@pytest.mark.parametrize("size", [(1, 1), (16, 16), (64, 64), (300, 90)])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1"])
def test_any_picture_can_be_judged(size: tuple[int, int], mode: str) -> None:
    noise = Image.effect_noise(size, 80).convert(mode)
    source = picture(drawn("a red house on the left"))
    assert not judge("add a blue star in the middle", "", source, noise).accepted


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
