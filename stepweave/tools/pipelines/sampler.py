"""Drawing with one pipeline: alike orders in one go, each with its own seed and sources.

What does not fit into memory is drawn in halves; what nobody wants any more stops between two steps.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

import numpy as np
import torch
from PIL import Image

from stepweave.messages import Made, Parameter
from stepweave.tools.knobs import FIELDS
from stepweave.tools.looks import Withheld, check_look
from stepweave.tools.pipelines.errors import BadCall, NotANumber, OutOfMemory
from stepweave.tools.pipelines.families import OURS, family_of
from stepweave.tools.pipelines.loading import Loaded
from stepweave.tools.pipelines.preview import Previews
from stepweave.tools.pipelines.references import each_its_own
from stepweave.tools.pipelines.settings import PipelineSettings
from stepweave.tools.protocol import Order, Picture, ToolError, Unwanted

logger = logging.getLogger("stepweave.tools")

_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")
"""How errors that have no class of their own say that memory is used up."""


class _Stopped(Exception):
    """Nobody wants the batch any more."""


class Sampler:
    """One pipeline; it is not to be used by two threads at a time."""

    def __init__(self, loaded: Loaded, settings: PipelineSettings) -> None:
        """A pipeline, and how it is used.

        Raises:
            NotAModel: it is for other trades.
            BadCall: the settings name arguments that it does not take.
        """
        self._loaded = loaded
        self._settings = settings
        self.family = family_of(loaded.pipe, loaded.card.model)
        self.name = loaded.card.model
        self._fits: dict[object, int] = {}
        if foreign := {name for name in settings.call if name in OURS or name not in self.family.arguments}:
            raise BadCall(self.name, foreign, self.family.arguments - OURS)

    @property
    def label(self) -> str:
        """The model, and the first digits of its revision."""
        card = self._loaded.card
        return f"{card.model} at {card.revision[:12]}" if card.revision else card.model

    def draw(self, orders: Sequence[Order]) -> list[Picture | ToolError]:
        """Draw orders that are alike (see ``protocol.likeness``), as many at a time as fit."""
        found: dict[int, Picture | ToolError] = {}
        waiting = list(range(len(orders)))
        while waiting:
            for place in [place for place in waiting if not orders[place].wanted()]:
                found[place] = Unwanted()
            waiting = [place for place in waiting if place not in found]
            taken = waiting[: self._most(orders[0])]
            if not taken:
                break
            drawn = self._tried([orders[place] for place in taken])
            if drawn is not None:
                found.update(zip(taken, drawn, strict=True))
                waiting = waiting[len(taken) :]
        return [found[place] for place in range(len(orders))]

    def _most(self, order: Order) -> int:
        """Orders like this one that are drawn in one go."""
        if order.sources and self.family.sources == "alone":
            return 1
        return self._fits.get(_weight(order), self._settings.batch)

    def _tried(self, orders: Sequence[Order]) -> Sequence[Picture | ToolError] | None:
        """Draw them; ``None`` if they do not fit into memory together, and fewer are to be tried."""
        try:
            return self._drawn(orders)
        except _Stopped:
            return [Unwanted() for _ in orders]
        except RuntimeError as error:
            if not _is_out_of_memory(error):
                raise
            why = str(error).strip().split("\n")[0][:200]
        self._free()
        order = orders[0]
        if len(orders) == 1:
            return [OutOfMemory(self.name, order.width, order.height, why)]
        fits = self._fits[_weight(order)] = max(1, len(orders) // 2)
        size = f"{order.width}x{order.height}"
        logger.warning(
            "%s: %d pictures of %s do not fit into memory; from now on %d at a time", self.name, len(orders), size, fits
        )
        return None

    def _free(self) -> None:
        """Have the device's memory be free again; what the error held is gone by now."""
        gc.collect()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()

    def _drawn(self, orders: Sequence[Order]) -> list[Picture | ToolError]:
        parameters = self._parameters(orders[0].parameters)
        arguments = self._arguments(orders, parameters)
        shared = bool(orders[0].sources) and self.family.sources == "shared"
        dealing = each_its_own(self._loaded.pipe, len(orders)) if shared else nullcontext()
        with dealing, self._freed():
            output = self._loaded.pipe(**arguments)
        withheld = getattr(output, "nsfw_content_detected", None) or [False] * len(orders)
        made = self._made(parameters, len(orders))
        return [
            self._picture(pixels, order, made, withheld=bool(flag))
            for pixels, order, flag in zip(output.images, orders, withheld, strict=True)
        ]

    def _parameters(self, ordered: Mapping[str, Parameter]) -> dict[str, Parameter]:
        """All parameters by our names: the model's, the settings', the order's."""
        ours = {"steps": self._settings.steps, "guidance": self._settings.guidance}
        given = {name: value for name, value in ours.items() if value is not None and name in self.family.knobs}
        return {**self.family.defaults, **given, **ordered}

    def _arguments(self, orders: Sequence[Order], parameters: Mapping[str, Parameter]) -> dict[str, Any]:
        order = orders[0]
        arguments: dict[str, Any] = {
            **self._settings.call,
            **self.family.fixed,
            **{FIELDS[name]: value for name, value in parameters.items()},
            "prompt": [each.prompt for each in orders],
            "generator": [torch.Generator("cpu").manual_seed(each.seed) for each in orders],
            "output_type": "pt",
            "callback_on_step_end": self._callback(orders),
        }
        if "negative_prompt" in arguments:
            arguments["negative_prompt"] = [arguments["negative_prompt"]] * len(orders)
        if self.family.sized:
            arguments |= {"width": order.width, "height": order.height}
        if "max_area" in self.family.arguments:
            arguments["max_area"] = order.width * order.height
        if order.sources:
            arguments["image"] = self._images(orders)
        return arguments

    def _images(self, orders: Sequence[Order]) -> list[Image.Image]:
        images = [source for order in orders for source in order.sources]
        if self.family.sized:
            return images
        size = orders[0].width, orders[0].height
        return [image if image.size == size else image.resize(size, Image.Resampling.LANCZOS) for image in images]

    def _callback(self, orders: Sequence[Order]) -> Callable[[Any, int, Any, dict[str, Any]], dict[str, Any]]:
        previews = Previews(self._loaded.pipe, orders, self._settings.preview)

        def after(pipe: Any, step: int, timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            if not any(order.wanted() for order in orders):
                raise _Stopped
            previews.after(step + 1, int(getattr(pipe, "num_timesteps", 0) or 0), tensors.get("latents"))
            return {}

        return after

    @contextmanager
    def _freed(self) -> Iterator[None]:
        """A pipeline that is broken off leaves its parts where they were; with offloading they go back."""
        try:
            yield
        except BaseException:
            self._loaded.pipe.maybe_free_model_hooks()
            raise

    def _picture(self, pixels: torch.Tensor, order: Order, made: Made, *, withheld: bool) -> Picture | ToolError:
        """A picture of pixels (3, height, width) from 0 to 1."""
        if withheld:
            return Withheld(self.name)
        if not bool(torch.isfinite(pixels).all()):
            return NotANumber(self.name, self._loaded.dtype)
        whole = (pixels.float() * 255).round().clamp(0, 255).to(torch.uint8).permute(1, 2, 0)
        image = Image.fromarray(np.ascontiguousarray(whole.cpu().numpy()))
        try:
            check_look(image, self.name, (order.width, order.height))
        except ToolError as error:
            return error
        return Picture(image, made=made)

    def _made(self, parameters: Mapping[str, Parameter], batch: int) -> Made:
        card = self._loaded.card
        return Made(
            model=card.model,
            revision=card.revision,
            licence=self._settings.licence or card.licence,
            adapters=self._loaded.adapters,
            device=self._loaded.device,
            batch=batch,
            used={**parameters, "dtype": self._loaded.dtype},
        )


def _weight(order: Order) -> object:
    """What the memory of a picture depends on."""
    return order.width, order.height, tuple(source.size for source in order.sources)


def _is_out_of_memory(error: RuntimeError) -> bool:
    return isinstance(error, torch.OutOfMemoryError) or any(words in str(error).lower() for words in _MEMORY)
