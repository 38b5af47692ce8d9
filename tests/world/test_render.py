"""Rendering: the same bytes every time, at any size, and what is drawn lies where it is said to lie."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from stepweave.world.layout import apply_all
from stepweave.world.lettering import unwritable
from stepweave.world.measure import Bounds, bounds, visible, visible_parts
from stepweave.world.render import INK, colour_of, ink_on, render, stamp
from stepweave.world.scene import Add, Background, Item, Scene
from stepweave.world.vocabulary import BACKGROUNDS, COLOURS, DRAWABLE, SIZES, TEXT, THINGS

names = st.sampled_from(sorted(DRAWABLE))
parts = [(thing.name, part) for thing in THINGS.values() for part in thing.names]


def _drawn_box(scene: Scene, width: int, height: int) -> tuple[int, int, int, int]:
    empty = Image.new("RGB", (width, height), BACKGROUNDS[scene.background])
    box = ImageChops.difference(render(scene, width, height), empty).getbbox()
    assert box is not None
    return box


def _pixels(box: Bounds, width: int, height: int) -> tuple[float, float, float, float]:
    return box.left * width, box.top * height, box.right * width, box.bottom * height


def _middle(image: Image.Image) -> tuple[int, ...]:
    colour = image.getpixel((image.width // 2, image.height // 2))
    assert isinstance(colour, tuple)
    return colour


def test_the_same_scene_gives_the_same_bytes() -> None:
    scene = apply_all(Scene(), [Add("house"), Add("cat"), Add(TEXT, label="Hi"), Background("blue")])
    assert render(scene, 300, 200).tobytes() == render(scene, 300, 200).tobytes()


@settings(max_examples=60, deadline=None)
@given(names, st.floats(0.1, 0.9), st.sampled_from([(200, 200), (300, 150), (150, 300)]))
def test_a_thing_fills_exactly_its_box(thing: str, extent: float, size: tuple[int, int]) -> None:
    item = Item(1, thing, 0.5, 0.5, extent)
    expected = _pixels(bounds(item, size[0] / size[1]), *size)
    assert _drawn_box(Scene(items=(item,)), *size) == pytest.approx(expected, abs=2.5)


@pytest.mark.parametrize(("thing", "part"), parts)
def test_a_part_alone_fills_its_own_box(thing: str, part: str) -> None:
    item = Item(1, thing, 0.5, 0.5, 0.9, parts=(part,))
    expected = _pixels(visible(item), 300, 300)
    # The box of some forms leaves room for an outline that a flat form does not have.
    assert _drawn_box(Scene("blue", (item,)), 300, 300) == pytest.approx(expected, abs=4)


@pytest.mark.parametrize("background", ["white", "grey", "black"])
@pytest.mark.parametrize("colour", COLOURS)
def test_a_colour_is_drawn_as_it_is_declared(colour: str, background: str) -> None:
    picture = render(Scene(background, (Item(1, "circle", 0.5, 0.5, 0.5, colour),)), 128, 128)
    assert _middle(picture) == COLOURS[colour]
    assert picture.getpixel((2, 2)) == BACKGROUNDS[background]


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("thing", ["circle", "heart", "house"])
def test_a_thing_of_the_backgrounds_colour_stands_out(thing: str, background: str) -> None:
    scene = Scene(background, (Item(1, thing, 0.5, 0.5, 0.5, background),))
    picture = np.asarray(render(scene, 128, 128)).astype(int)
    far = np.abs(picture - BACKGROUNDS[background]).sum(axis=2) > 120
    assert far.sum() > 128
    assert ink_on(background) in {INK, ink_on("black")}


@pytest.mark.parametrize("size", [(64, 64), (64, 4096), (1000, 333), (2048, 2048)])
def test_any_size_can_be_drawn(size: tuple[int, int]) -> None:
    scene = apply_all(Scene(), [Add("robot"), Add("flower")], size[0] / size[1])
    picture = render(scene, *size)
    assert picture.size == size
    assert picture.mode == "RGB"


def test_later_things_lie_over_earlier_ones() -> None:
    below, above = Item(1, "square", 0.5, 0.5, 0.6, "red"), Item(2, "square", 0.5, 0.5, 0.3, "blue")
    assert _middle(render(Scene(items=(below, above)), 100, 100)) == COLOURS["blue"]


def test_a_part_lies_behind_whenever_it_was_added() -> None:
    whole = render(Scene(items=(Item(1, "house", 0.5, 0.5, 0.9),)), 128, 128)
    named = render(Scene(items=(Item(1, "house", 0.5, 0.5, 0.9, parts=THINGS["house"].names[::-1]),)), 128, 128)
    assert whole.tobytes() == named.tobytes()


def test_parts_without_a_colour_follow_the_main_part() -> None:
    cat = Item(1, "cat", 0.5, 0.5, 0.5, "black", part_colours=(("tail", "white"),))
    assert [colour_of(cat, part) for part in ("body", "head", "tail", "eyes")] == ["black", "black", "white", "green"]


@settings(max_examples=40, deadline=None)
@given(names, st.sampled_from(sorted(COLOURS)))
def test_a_stamp_is_what_the_picture_shows(thing: str, colour: str) -> None:
    item = Item(1, thing, 0.5, 0.5, 0.5, colour)
    picture = render(Scene("green", (item,)), 256, 256)
    alone = stamp(item, 128)
    laid = Image.new("RGB", (256, 256), BACKGROUNDS["green"])
    laid.paste(alone, (64, 64), alone)
    difference = np.abs(np.asarray(picture).astype(int) - np.asarray(laid).astype(int))
    assert difference.mean() < 0.5
    assert (difference.max(axis=2) > 40).mean() < 0.005


def test_a_stamp_of_words_is_as_wide_as_asked() -> None:
    box = stamp(Item(1, TEXT, 0.5, 0.5, 0.5, label="Hello"), 100).getbbox()
    assert box is not None
    assert box[2] - box[0] == pytest.approx(100, abs=2)


def test_words_are_drawn_in_their_box() -> None:
    item = Item(1, TEXT, 0.5, 0.5, 0.7, "purple", label="Step by step")
    expected = _pixels(bounds(item), 400, 400)
    assert _drawn_box(Scene(items=(item,)), 400, 400) == pytest.approx(expected, abs=3)


def test_letters_that_cannot_be_written_are_known() -> None:
    assert unwritable("Hello, Zoe! 3 + 4 = 7?") == ""
    assert unwritable("a日b日") == "日"


def test_a_scene_can_be_drawn_upon_a_picture() -> None:
    base = Image.new("RGB", (100, 100), (10, 200, 30))
    picture = render(Scene("white", (Item(1, "circle", 0.25, 0.5, 0.3, "red"),)), 100, 100, base)
    assert picture.getpixel((90, 50)) == (10, 200, 30)
    assert picture.getpixel((25, 50)) == COLOURS["red"]
    assert base.getpixel((25, 50)) == (10, 200, 30)


# ---------------------------------------------------------------------------------------------- small things


@pytest.mark.parametrize("name", sorted(DRAWABLE))
def test_the_main_part_of_something_tiny_is_seen_first(name: str) -> None:
    seen = visible_parts(Item(1, name, 0.5, 0.5, SIZES["tiny"]), 512)
    assert DRAWABLE[name].main in seen[:2]


@given(names, st.floats(0.03, 1.0), st.integers(32, 2048))
def test_a_larger_picture_shows_no_fewer_parts(name: str, extent: float, pixels: int) -> None:
    item = Item(1, name, 0.5, 0.5, extent)
    assert set(visible_parts(item, pixels)) <= set(visible_parts(item, 2 * pixels)) <= set(DRAWABLE[name].names)


def test_only_drawn_parts_are_seen() -> None:
    snowman = Item(1, "snowman", 0.5, 0.5, 0.1, parts=("body", "head", "buttons"))
    assert visible_parts(snowman, 512) == ("body", "head")
    assert visible_parts(snowman, 4096) == ("body", "head", "buttons")
    assert visible_parts(Item(1, TEXT, 0.5, 0.5, 0.1, label="Hi"), 512) == ()


@pytest.mark.parametrize("extent", [0.03, 0.4])
def test_ornaments_are_left_out_where_they_would_smudge(extent: float) -> None:
    # White gleams, and nothing else that is white, on a black ground.
    dark = tuple((part, "black") for part in THINGS["robot"].names)
    image = render(Scene("black", (Item(1, "robot", 0.5, 0.5, extent, part_colours=dark),)), 300, 300)
    assert ((255, 255, 255) in dict(_counted(image))) == (extent > 0.1)


def _counted(image: Image.Image) -> list[tuple[object, int]]:
    return [(colour, count) for count, colour in image.getcolors(image.width * image.height) or []]
