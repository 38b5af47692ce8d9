"""The image tool on pipelines of diffusers: any that generates or edits, or one of each."""

from __future__ import annotations

import gc
from collections.abc import Hashable, Sequence
from math import lcm

import diffusers
import torch

from stepweave.tools.knobs import COMMON
from stepweave.tools.pipelines.loading import load
from stepweave.tools.pipelines.sampler import Sampler
from stepweave.tools.pipelines.settings import PipelineSettings
from stepweave.tools.protocol import Abilities, Order, Picture, ToolError, check, likeness


class Diffusers:
    """Draws with pipelines in this process; implements ``ImageTool``.

    One thread at a time: there is one device below.
    """

    def __init__(self, settings: PipelineSettings) -> None:
        """Load what the settings name; that takes its time.

        Raises:
            BadSetup: it cannot be used as it is set up; see ``loading.load``.
        """
        self._makes = Sampler(load(settings.model, settings), settings)
        self._edits = self._makes
        if settings.edit_model:
            self._edits = Sampler(load(settings.edit_model, settings, adapters=False), settings)
        self.name = f"diffusers {diffusers.__version__}, {' and '.join(self._names())}"
        self.abilities = _abilities(self._makes, self._edits, settings)

    def close(self) -> None:
        """Let go of the models, and of the memory they had."""
        del self._makes, self._edits
        gc.collect()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()

    def draw(self, orders: Sequence[Order]) -> Sequence[Picture | ToolError]:
        """Draw orders, those that are alike in one go as far as the memory goes."""
        found: dict[int, Picture | ToolError] = {}
        alike: dict[Hashable, list[int]] = {}
        for place, order in enumerate(orders):
            try:
                check(order, self.abilities)
            except ToolError as refusal:
                found[place] = refusal
            else:
                alike.setdefault(likeness(order), []).append(place)
        for places in alike.values():
            sampler = self._edits if orders[places[0]].sources else self._makes
            found.update(zip(places, sampler.draw([orders[place] for place in places]), strict=True))
        return [found[place] for place in range(len(orders))]

    def _names(self) -> list[str]:
        return list(dict.fromkeys(sampler.label for sampler in (self._makes, self._edits)))


def _abilities(makes: Sampler, edits: Sampler, settings: PipelineSettings) -> Abilities:
    """What two models can do together; they are one where one does both.

    A run has one set of parameters for all of its pictures, so only what both understand is taken.
    """
    multiple = lcm(makes.family.multiple, edits.family.multiple)
    return Abilities(
        edit=edits.family.edits,
        generate=makes.family.generates,
        references=edits.family.references,
        smallest=max(64, multiple),
        largest=settings.largest,
        multiple=multiple,
        parameters={name: COMMON[name] for name in sorted(makes.family.knobs & edits.family.knobs)},
        batch=settings.batch,
    )
