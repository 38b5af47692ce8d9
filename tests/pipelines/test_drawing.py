"""Drawing with pipelines: what each can do, batches, seeds, and what goes wrong on the way."""

from __future__ import annotations

import base64
import io
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from stepweave.messages import Progress
from stepweave.tools.looks import BlackPicture, Withheld
from stepweave.tools.pipelines.errors import NotANumber, OutOfMemory
from stepweave.tools.protocol import Order, Picture, Refused, ToolError, Unwanted
from tests.pipelines.tiny import KLEIN_CALL

pytestmark = pytest.mark.models

Model = Callable[[str], Path]
Tools = Callable[..., Any]
CLOSE = 2
"""Of 255: what rounding in another batch makes of a channel of a pixel."""
SETTINGS: dict[str, dict[str, Any]] = {
    "klein": {"steps": 2, "call": KLEIN_CALL},
    "stable-diffusion": {"steps": 2},
    "pix2pix": {"steps": 2},
    "qwen-edit": {"steps": 2},
}
EDITING = ["klein", "pix2pix", "qwen-edit"]


def picture(number: int, size: tuple[int, int] = (64, 64)) -> Image.Image:
    """One of eight bright colours."""
    return Image.new("RGB", size, (255 * (number & 1), 255 * (number >> 1 & 1), 255 * (number >> 2 & 1)))


def orders(count: int = 4, *, sources: int = 0, size: tuple[int, int] = (64, 64)) -> list[Order]:
    width, height = size
    return [
        Order(f"picture {n}", n, width, height, tuple(picture(1 + n + k, size) for k in range(sources)))
        for n in range(count)
    ]


def images(found: Sequence[Picture | ToolError]) -> list[Any]:
    for each in found:
        if isinstance(each, ToolError):
            raise each
    return [np.asarray(each.image).astype(int) for each in found if isinstance(each, Picture)]


def difference(first: Any, second: Any) -> int:
    return int(np.abs(first - second).max())


def pipe_of(tool: Any) -> Any:
    return tool._makes._loaded.pipe


@pytest.fixture
def klein(model: Model, tools: Tools) -> Any:
    return tools(model("klein"), **SETTINGS["klein"])


# ----------------------------------------------------------------------------------------------- what each can do


@pytest.mark.parametrize(
    ("name", "generates", "references"),
    [("klein", True, 3), ("stable-diffusion", True, None), ("pix2pix", False, 0), ("qwen-edit", False, 2)],
)
def test_every_kind_does_what_it_can_and_refuses_the_rest(
    name: str, generates: bool, references: int | None, model: Model, tools: Tools
) -> None:
    tool = tools(model(name), **SETTINGS[name])
    (made,) = tool.draw(orders(1))
    assert isinstance(made, Picture) if generates else isinstance(made, Refused)
    if references is None:
        (edited,) = tool.draw(orders(1, sources=1))
        assert isinstance(edited, Refused)
        return
    (edited,) = tool.draw(orders(1, sources=1 + references))
    assert isinstance(edited, Picture)
    (beyond,) = tool.draw(orders(1, sources=2 + references))
    assert isinstance(beyond, Refused)


@pytest.mark.parametrize("name", EDITING)
def test_every_prompt_of_a_batch_has_its_own_sources_and_seed(name: str, model: Model, tools: Tools) -> None:
    tool = tools(model(name), **SETTINGS[name])
    wanted = orders(3, sources=1)
    together = images(tool.draw(wanted))
    alone = [images(tool.draw([order]))[0] for order in wanted]
    assert all(difference(*pair) <= CLOSE for pair in zip(together, alone, strict=True))
    other_source = replace(wanted[0], sources=wanted[1].sources)
    other_seed = replace(wanted[0], seed=99)
    for other in images(tool.draw([other_source, other_seed])):
        assert difference(other, together[0]) > 3 * CLOSE


@pytest.mark.parametrize("name", ["klein", "stable-diffusion"])
def test_a_seed_keeps_its_picture_whatever_else_is_in_the_batch(name: str, model: Model, tools: Tools) -> None:
    tool = tools(model(name), **SETTINGS[name])
    first, second, third = orders(3)
    alone = images(tool.draw([second]))[0]
    for batch in ([first, second], [second, third, first], [third, second]):
        place = batch.index(second)
        assert difference(images(tool.draw(batch))[place], alone) <= CLOSE
    assert difference(images(tool.draw([first]))[0], alone) > 10 * CLOSE


def test_several_references_belong_to_their_prompt(klein: Any) -> None:
    wanted = orders(3, sources=3)
    together, alone = images(klein.draw(wanted)), [images(klein.draw([order]))[0] for order in wanted]
    assert all(difference(*pair) <= CLOSE for pair in zip(together, alone, strict=True))
    first, second, third = wanted[0].sources
    swapped = replace(wanted[0], sources=(first, third, second))
    assert difference(images(klein.draw([swapped]))[0], together[0]) > CLOSE


def test_the_pipeline_is_as_it_was_after_a_batch_with_sources(klein: Any) -> None:
    klein.draw(orders(2, sources=1))
    assert "prepare_image_latents" not in vars(pipe_of(klein))


def test_orders_that_are_not_alike_are_drawn_apart(klein: Any) -> None:
    small, wide = orders(2), orders(2, size=(96, 64))
    found = klein.draw([small[0], wide[0], small[1], wide[1]])
    assert [each.image.size for each in found] == [(64, 64), (96, 64), (64, 64), (96, 64)]
    assert [each.made.batch for each in found] == [2, 2, 2, 2]


def test_a_source_of_another_size_is_brought_to_the_one_that_is_drawn(model: Model, tools: Tools) -> None:
    tool = tools(model("pix2pix"), **SETTINGS["pix2pix"])
    order = Order("smaller", 1, 64, 64, (picture(1, (120, 80)),))
    (found,) = tool.draw([order])
    assert found.image.size == (64, 64)


def test_one_model_makes_and_another_edits(model: Model, tools: Tools) -> None:
    tool = tools(model("stable-diffusion"), edit_model=str(model("pix2pix")), steps=2)
    made, edited = tool.draw([*orders(1), *orders(1, sources=1)])
    assert made.made.model == str(model("stable-diffusion"))
    assert edited.made.model == str(model("pix2pix"))
    assert sorted(tool.abilities.parameters) == ["guidance", "negative_prompt", "steps"]
    assert str(model("pix2pix")) in tool.name


# ---------------------------------------------------------------------------------------------------- parameters


def test_what_was_used_is_on_record(klein: Any, model: Model, tools: Tools) -> None:
    (drawn,) = klein.draw([replace(orders(1)[0], parameters={"steps": 3})])
    assert drawn.made.used == {"steps": 3, "dtype": "float32"}
    assert (drawn.made.licence, drawn.made.device, drawn.made.seeded) == ("apache-2.0", "cpu", True)
    other = tools(model("stable-diffusion"), steps=2, guidance=3.0, licence="ours")
    (drawn,) = other.draw(orders(1))
    assert drawn.made.used == {"steps": 2, "guidance": 3.0, "dtype": "float32"}
    assert drawn.made.licence == "ours"


def test_without_a_word_a_model_is_used_as_it_wants(model: Model, tools: Tools) -> None:
    told: list[Progress] = []
    tool = tools(model("klein"), call=KLEIN_CALL)
    (drawn,) = tool.draw([replace(orders(1)[0], tell=told.append)])
    assert drawn.made.used["steps"] == 4  # distilled to four
    assert [each.step for each in told] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("klein", {"guidance": 3.0}, "unknown parameter guidance"),
        ("klein", {"negative_prompt": "rain"}, "unknown parameter negative_prompt"),
        ("klein", {"steps": 0}, "steps 0 is not possible"),
        ("klein", {"steps": 2.5}, "steps 2.5 is not possible"),
        ("stable-diffusion", {"guidance": "much"}, "guidance 'much' is not possible"),
        ("pix2pix", {"true_cfg": 3.0}, "unknown parameter true_cfg"),
    ],
)
def test_what_a_model_does_not_heed_is_refused(
    name: str, parameters: dict[str, Any], said: str, model: Model, tools: Tools
) -> None:
    tool = tools(model(name), **SETTINGS[name])
    (found,) = tool.draw(
        [replace(orders(1)[0], sources=() if name != "pix2pix" else (picture(1),), parameters=parameters)]
    )
    assert isinstance(found, Refused)
    assert said in found.reason


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("stable-diffusion", {"guidance": 1.5}),
        ("stable-diffusion", {"negative_prompt": "a very long list of what is not to be seen"}),
        ("pix2pix", {"image_guidance": 4.0}),
        ("qwen-edit", {"true_cfg": 9.0}),
        ("qwen-edit", {"negative_prompt": "a very long list of what is not to be seen"}),
    ],
)
def test_every_parameter_counts(name: str, parameters: dict[str, Any], model: Model, tools: Tools) -> None:
    tool = tools(model(name), **SETTINGS[name])
    (plain,) = orders(1, sources=0 if name == "stable-diffusion" else 1)
    first, other = tool.draw([plain, replace(plain, parameters=parameters)])
    assert difference(*images([first, other])) > 0
    assert other.made.used.items() >= parameters.items()


def test_a_size_that_would_be_rounded_is_refused(klein: Any) -> None:
    (found,) = klein.draw(orders(1, size=(68, 64)))
    assert isinstance(found, Refused)
    assert "divisible by 8" in found.remedy


# ------------------------------------------------------------------------------------------------------ calling off


def test_a_batch_that_nobody_wants_any_more_stops_between_two_steps(klein: Any) -> None:
    steps: list[int] = []
    (order,) = orders(1)
    order = replace(
        order, parameters={"steps": 9}, tell=lambda progress: steps.append(progress.step), wanted=lambda: len(steps) < 3
    )
    (found,) = klein.draw([order])
    assert isinstance(found, Unwanted)
    assert steps == [1, 2, 3]
    assert isinstance(klein.draw(orders(1))[0], Picture), "and the next one is drawn"


def test_others_in_a_batch_are_drawn_to_the_end(klein: Any) -> None:
    asked = iter([True, True])
    leaving = replace(orders(1)[0], wanted=lambda: next(asked, False))
    found = klein.draw([orders(2)[1], leaving])
    assert isinstance(found[0], Picture)
    assert found[0].made is not None
    assert found[0].made.batch == 2


def test_what_nobody_wants_is_not_begun(klein: Any) -> None:
    first, second = orders(2)
    found = klein.draw([replace(first, wanted=lambda: False), second])
    assert isinstance(found[0], Unwanted)
    assert found[1].made.batch == 1


# ---------------------------------------------------------------------------------------------------- memory


@pytest.fixture
def crowded(klein: Any, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A device with room for two pictures at a time; gives the sizes of the batches that were tried."""
    tried: list[int] = []
    kind = type(pipe_of(klein))
    call = kind.__call__

    def cramped(self: Any, *args: Any, **given: Any) -> Any:
        tried.append(len(given["prompt"]))
        if len(given["prompt"]) > 2:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB.\nMore words")
        return call(self, *args, **given)

    monkeypatch.setattr(kind, "__call__", cramped)
    return tried


def test_a_batch_without_room_is_halved_and_that_is_said_once(
    klein: Any, crowded: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "stepweave.tools"):
        found = klein.draw(orders(7))
        again = klein.draw(orders(3))
    assert crowded == [7, 3, *[1] * 7, *[1] * 3]
    assert [each.made.batch for each in found] == [1] * 7
    assert [each.made.batch for each in again] == [1] * 3
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert "7 pictures of 64x64 do not fit" in told[0]


def test_other_sizes_have_room_of_their_own(klein: Any, crowded: list[int]) -> None:
    klein.draw(orders(4))
    klein.draw(orders(2, size=(96, 64)))
    assert crowded == [4, 2, 2, 2]


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory."),
        RuntimeError("[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: can't allocate memory: you tried"),
        RuntimeError("MPS backend out of memory (MPS allocated: 1 GB)"),
    ],
    ids=["cuda", "cpu", "mps"],
)
def test_one_picture_without_room_is_a_failure_with_a_remedy(
    error: RuntimeError, klein: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Any, *args: Any, **given: Any) -> Any:
        raise error

    monkeypatch.setattr(type(pipe_of(klein)), "__call__", full)
    (found,) = klein.draw(orders(1))
    assert isinstance(found, OutOfMemory)
    assert "64x64" in found.reason
    assert "offload" in found.remedy


def test_other_errors_of_the_device_are_not_taken_for_a_want_of_memory(
    klein: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Any, *args: Any, **given: Any) -> Any:
        raise RuntimeError("CUDA error: device-side assert triggered")

    monkeypatch.setattr(type(pipe_of(klein)), "__call__", broken)
    with pytest.raises(RuntimeError, match="device-side assert"):
        klein.draw(orders(2))


# ---------------------------------------------------------------------------------------------------- the pictures


def test_pixels_that_are_no_numbers_are_found(klein: Any) -> None:
    with torch.no_grad():
        pipe_of(klein).transformer.proj_out.weight.fill_(float("nan"))
    found = klein.draw(orders(2))
    assert all(isinstance(each, NotANumber) for each in found)
    assert "dtype" in found[0].remedy


def test_a_black_picture_is_found(klein: Any) -> None:
    with torch.no_grad():
        pipe_of(klein).vae.decoder.conv_out.weight.zero_()
        pipe_of(klein).vae.decoder.conv_out.bias.fill_(-9)
    (found,) = klein.draw(orders(1))
    assert isinstance(found, BlackPicture)


def test_what_a_safety_filter_withholds_is_no_picture(
    model: Model, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tools(model("stable-diffusion"), steps=1)
    kind = type(pipe_of(tool))
    monkeypatch.setattr(
        kind, "run_safety_checker", lambda self, image, device, dtype: (image, [n == 1 for n in range(len(image))])
    )
    found = tool.draw(orders(3))
    assert [type(each) for each in found] == [Picture, Withheld, Picture]


# ---------------------------------------------------------------------------------------------------- progress


@pytest.mark.parametrize("name", ["klein", "stable-diffusion", "pix2pix"])
def test_previews_show_what_is_being_drawn(name: str, model: Model, tools: Tools) -> None:
    told: list[Progress] = []
    tool = tools(model(name), **{**SETTINGS[name], "steps": 3, "preview": 1e-9})
    (order,) = orders(1, sources=int(name == "pix2pix"), size=(128, 64))
    tool.draw([replace(order, tell=told.append)])
    assert [(each.step, each.steps) for each in told] == [(1, 3), (2, 3), (3, 3)]
    shown = [Image.open(io.BytesIO(base64.b64decode(each.preview))) for each in told if each.preview]
    assert len(shown) == 2, "the last step is followed by the picture itself"
    assert all(image.format == "JPEG" and image.width == 2 * image.height <= 128 for image in shown)
    assert difference(*(np.asarray(image).astype(int) for image in shown)) > CLOSE


def test_without_previews_or_listeners_there_are_none(model: Model, tools: Tools) -> None:
    told: list[Progress] = []
    tool = tools(model("klein"), **{**SETTINGS["klein"], "preview": 0})
    tool.draw([replace(orders(1)[0], tell=told.append), orders(2)[1]])
    assert [each.preview for each in told] == ["", ""]
