"""What a pipeline is taken to be able to do, from its class or its signature."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from stepweave.tools.pipelines.errors import NotAModel
from stepweave.tools.pipelines.families import Family, family_of


class Plain:
    """Draws from nothing."""

    config: dict[str, Any] = {}  # noqa: RUF012
    vae_scale_factor = 8
    unet = object()

    def __call__(self, prompt: str, height: int = 0, width: int = 0, num_inference_steps: int = 30) -> None: ...


class Unknown(Plain):
    """Takes a picture if there is one, and nothing that tells of another trade."""

    def __call__(  # type: ignore[override]
        self, prompt: str, image: object = None, guidance_scale: float = 7.5, negative_prompt: str | None = None
    ) -> None: ...


class ImageToImage(Plain):
    """Paints over a picture."""

    def __call__(self, prompt: str, image: object, strength: float = 0.8) -> None: ...  # type: ignore[override]


class Both(Plain):
    """Draws, and paints over a picture if there is one."""

    def __call__(self, prompt: str, image: object = None, strength: float = 0.8) -> None: ...  # type: ignore[override]


class Audio(Plain):
    """Something else."""

    def __call__(self, audio: object) -> None: ...  # type: ignore[override]


class TrueGuidance(Plain):
    """Has guidance of two kinds."""

    transformer = SimpleNamespace(config={"guidance_embeds": False})

    def __call__(  # type: ignore[override]
        self, prompt: str, true_cfg_scale: float = 4.0, guidance_scale: float | None = None
    ) -> None: ...


def told(pipe: object) -> Family:
    return family_of(pipe, "a/model")


def test_one_that_takes_no_picture_draws_from_nothing() -> None:
    family = told(Plain())
    assert (family.generates, family.edits, family.multiple) == (True, False, 8)
    assert family.defaults == {"steps": 30}


def test_an_unknown_one_that_takes_a_picture_edits_one_order_at_a_time() -> None:
    family = told(Unknown())
    assert (family.generates, family.edits, family.sources, family.references) == (True, True, "alone", 0)
    assert family.knobs == {"guidance", "negative_prompt"}
    assert family.defaults == {"guidance": 7.5}


def test_painting_over_is_not_editing() -> None:
    assert not told(Both()).edits
    with pytest.raises(NotAModel, match="'strength'"):
        told(ImageToImage())


def test_what_takes_no_prompt_is_not_for_us() -> None:
    with pytest.raises(NotAModel, match="takes no prompt"):
        told(Audio())


def test_guidance_that_is_left_out_of_account_is_not_offered() -> None:
    assert told(TrueGuidance()).knobs == {"true_cfg"}
    distilled = TrueGuidance()
    distilled.transformer = SimpleNamespace(config={"guidance_embeds": True})
    assert told(distilled).knobs == {"true_cfg", "guidance"}
