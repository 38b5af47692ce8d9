"""The embedded image tool: draws and edits, refuses clearly, and trusts nothing inside a picture."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from stepweave.images import decode, encode
from stepweave.messages import Parameter
from stepweave.tools import canvas
from stepweave.tools.canvas import KEY, Canvas
from stepweave.tools.protocol import ImageTool, Order, Picture, Refused, ToolError
from stepweave.tools.sketch import Sketch
from stepweave.world.scene import Scene

SKETCH = Sketch()
EXACT: dict[str, Parameter] = {"fault_rate": 0.0}


def _order(prompt: str, *sources: Image.Image, size: tuple[int, int] = (256, 256), seed: int = 0) -> Order:
    return Order(prompt, seed, *size, sources, EXACT)


def _draw(order: Order) -> Picture:
    (picture,) = SKETCH.draw([order])
    assert isinstance(picture, Picture), picture
    return picture


def _refusal(order: Order) -> ToolError:
    (refusal,) = SKETCH.draw([order])
    assert isinstance(refusal, Refused)
    return refusal


def _stored(picture: Picture) -> Image.Image:
    """The picture as the next step gets it: written as a PNG and read back."""
    return decode(encode(picture.image, picture.chunks))


def _things(image: Image.Image) -> list[str]:
    return [item.thing for item in canvas.read(image).scene.items]


def _photo(size: tuple[int, int] = (256, 256)) -> Image.Image:
    """A picture of someone else's, without two equal pixels side by side."""
    return Image.fromarray(np.random.default_rng(1).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8))


def test_it_is_an_image_tool() -> None:
    assert isinstance(SKETCH, ImageTool)
    assert SKETCH.abilities.origin == "algorithmicMedia"


def test_the_same_order_gives_the_same_bytes() -> None:
    order = Order("three small red stars at the top left", 5, 256, 256, (), {"fault_rate": 0.5})
    first, second = (_draw(order) for _ in range(2))
    assert encode(first.image, first.chunks) == encode(second.image, second.chunks)


def test_seeds_make_candidates_differ() -> None:
    orders = [Order("a small red star at the top left", seed, 64, 64, (), {"fault_rate": 1.0}) for seed in range(30)]
    assert len({picture.image.tobytes() for picture in map(_draw, orders)}) > 3


def test_a_batch_keeps_its_order_and_one_refusal_spoils_nothing() -> None:
    prompts = ["a red circle", "a purple unicorn", "a blue square"]
    first, second, third = SKETCH.draw([_order(prompt) for prompt in prompts])
    assert isinstance(second, Refused)
    assert "unicorn" in second.reason
    assert second.remedy
    assert [picture.image.size for picture in (first, third) if isinstance(picture, Picture)] == [(256, 256)] * 2


def test_a_scene_travels_from_step_to_step() -> None:
    image = _stored(_draw(_order("a house and a tree on a blue background")))
    for prompt in ("add a cat", "paint the roof of the house green", "remove the tree"):
        image = _stored(_draw(_order(prompt, image)))
    scene = canvas.read(image).scene
    assert [item.thing for item in scene.items] == ["house", "cat"]
    assert dict(scene.items[0].part_colours) == {"roof": "green"}
    assert scene.background == "blue"


def test_an_edit_changes_nothing_else() -> None:
    before = _stored(_draw(_order("a large house")))
    after = _draw(_order("draw a tiny star at the top left", before)).image
    assert after.crop((128, 80, 256, 256)).tobytes() == before.crop((128, 80, 256, 256)).tobytes()


@pytest.mark.parametrize(
    ("prompt", "parameters", "reason", "remedy"),
    [
        ("a red circle", {"fault_rate": 1.5}, "fault_rate 1.5 is not possible", "choose a number from 0 to 1"),
        ("a red circle", {"fault_rate": "often"}, "fault_rate 'often'", "choose a number"),
        ("a red circle", {"fault_rate": True}, "fault_rate True", "choose a number"),
        ("a red circle", {"fault_rate": float("nan")}, "fault_rate nan", "choose a number"),
        ("a red circle", {"steps": 4}, "unknown parameter steps", "fault_rate"),
        ("remove the cat", {}, "there is no cat in the picture", "in the picture: nothing yet"),
        ('write "日本" at the top', {}, "no letters to write '日本'", "A to Z"),
        ("three large cats at the top", {}, "no room for 3 cats at the top", "smaller"),
    ],
)
def test_it_refuses_clearly(prompt: str, parameters: dict[str, Parameter], reason: str, remedy: str) -> None:
    refusal = _refusal(Order(prompt, 0, 256, 256, (), parameters))
    assert reason in refusal.reason
    assert remedy in refusal.remedy


def test_two_sources_are_too_many() -> None:
    assert "2 source pictures" in _refusal(_order("a cat", _photo(), _photo())).reason


def test_a_picture_of_someone_elses_is_drawn_upon() -> None:
    photo = _photo()
    picture = _draw(_order("draw a small red circle in the middle", photo))
    drawn, given_ = np.asarray(picture.image), np.asarray(photo)
    changed = (drawn != given_).any(axis=2)
    assert changed[128, 128]
    assert not changed[:90].any()
    assert not changed[:, :90].any()


def test_what_was_drawn_upon_a_picture_can_be_moved_and_removed() -> None:
    photo = _photo()
    image = _stored(_draw(_order("draw a small red circle in the middle", photo)))
    image = _stored(_draw(_order("add a small cat at the bottom right", image)))
    image = _stored(_draw(_order("move the circle to the top left", image)))
    assert sorted(_things(image)) == ["cat", "circle"]
    image = _stored(_draw(_order("remove the circle", image)))
    image = _stored(_draw(_order("remove the cat", image)))
    assert image.tobytes() == photo.tobytes()


def test_the_background_of_a_picture_of_someone_elses_stays() -> None:
    assert "background of a given picture" in _refusal(_order("make the background blue", _photo())).reason


def test_another_shape_gets_paper_around_it() -> None:
    photo = Image.new("RGB", (300, 150), (10, 120, 40))
    image = _draw(_order("draw a tiny star in the middle", photo)).image
    assert image.size == (256, 256)
    assert image.getpixel((128, 30)) == canvas.PAPER
    assert image.getpixel((20, 128)) == (10, 120, 40)


def test_things_follow_a_picture_into_another_size() -> None:
    image = _stored(_draw(_order("draw a small red circle at the top left", _photo())))
    larger = _draw(_order("add a tiny blue star at the bottom right", image, size=(512, 256)))
    circle = canvas.read(_stored(larger)).scene.items[0]
    before = canvas.read(image).scene.items[0]
    assert (circle.x, circle.y) == pytest.approx((0.25 + before.x / 2, before.y))
    assert circle.extent == pytest.approx(before.extent)


def test_a_note_that_cannot_be_kept_short_is_left_out() -> None:
    photo = _photo((1600, 1600))
    picture = _draw(_order("draw a large house and a large tree", photo, size=(1600, 1600)))
    assert all(len(text) <= canvas.LONGEST for text in picture.chunks.values())
    again = _draw(_order("add a tiny star", _stored(picture), size=(1600, 1600)))
    assert again.image.size == (1600, 1600)


# ------------------------------------------------------------------------------------------ hostile pictures


def _forged(**changes: Any) -> Image.Image:
    """A picture of ours whose chunk was tampered with."""
    picture = _draw(_order("a red house", size=(64, 64)))
    note = json.loads(picture.chunks[KEY])
    image = picture.image.copy()
    image.info = {KEY: json.dumps({**note, **changes})}
    return image


def _item(**changes: Any) -> dict[str, Any]:
    return {"id": 1, "thing": "house", "x": 0.5, "y": 0.5, "extent": 0.5, **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2},
        {"background": "plaid"},
        {"pixels": "0" * 32},
        {"items": [_item(thing="bomb")]},
        {"items": [_item(x=float("nan"))]},
        {"items": [_item(x=1e9)]},
        {"items": [_item(extent=1e9)]},
        {"items": [_item(extent=0)]},
        {"items": [_item(colour="octarine")]},
        {"items": [_item(parts=["cannon"])]},
        {"items": [_item(part_colours={"roof": "octarine"})]},
        {"items": [_item(label="a house has no label")]},
        {"items": [_item(thing="text")]},
        {"items": [_item(thing="text", label="long" * 100)]},
        {"items": [_item(), _item()]},
        {"items": [_item(id=i) for i in range(1, 1000)]},
        {"patches": [{"x": 0, "y": 0, "data": "no picture"}]},
        {"items": [_item(id=2**31)]},
        {"patches": [{"x": 0, "y": 0, "data": "iVBORw0KGgo="}]},
        {"patches": [{"x": -1, "y": 0, "data": ""}]},
        {"patches": [{"x": 10**9, "y": 0, "data": canvas._packed(Image.new("RGB", (2, 2)), None)}]},
        {"patches": [{"x": 0, "y": 0, "data": canvas._packed(Image.new("RGB", (65, 2)), None)}]},
    ],
)
def test_a_chunk_that_lies_is_ignored(changes: dict[str, Any]) -> None:
    image = _forged(**changes)
    found = canvas.read(image)
    assert found.scene == Scene()
    assert found.base is not None
    assert found.base.tobytes() == image.tobytes()


def test_an_honest_chunk_is_read() -> None:
    assert canvas.read(_forged()).base is None
    assert _things(_forged()) == ["house"]


def test_a_picture_that_was_painted_over_keeps_its_paint() -> None:
    image = _forged()
    image.paste((1, 2, 3), (0, 0, 20, 20))
    assert _draw(_order("add a tiny star at the bottom right", image, size=(64, 64))).image.getpixel((5, 5)) == (
        1,
        2,
        3,
    )


@settings(max_examples=200)
@given(st.text(max_size=200) | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_no_chunk_breaks_the_reader(text: str) -> None:
    image = Image.new("RGB", (64, 64))
    image.info = {KEY: text}
    assert canvas.read(image).scene == Canvas().scene
