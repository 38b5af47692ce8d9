"""Small pictures of what is being drawn: the latents of a step, made smaller, and decoded."""

from __future__ import annotations

import base64
import io
import logging
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from PIL import Image

from stepweave.messages import Progress
from stepweave.tools.protocol import Order

logger = logging.getLogger("stepweave.tools")

LATENTS = 24
"""Latents of the longer side that are decoded: cheap, and enough to see what it will be."""
PIXELS = 128
"""Pixels of the longer side of a preview."""
QUALITY = 70
"""Of its JPEG."""


class Previews:
    """Tells those who ordered a batch how far it is."""

    def __init__(self, pipe: Any, orders: Sequence[Order], seconds: float) -> None:
        """Who ordered, and how many seconds are between previews at least; 0: there are none."""
        self._pipe = pipe
        self._orders = orders
        self._seconds = seconds
        self._next = time.monotonic() + seconds
        self._possible = seconds > 0

    def after(self, step: int, steps: int, latents: torch.Tensor | None) -> None:
        """Tell that a step is done.

        Args:
            step: how many are.
            steps: of how many.
            latents: as the sampler has them, one for each order.
        """
        if all(order.tell is None for order in self._orders):
            return
        previews = [""] * len(self._orders)
        if self._possible and latents is not None and step < steps and time.monotonic() >= self._next:
            previews = self._decoded(latents) or previews
            self._next = time.monotonic() + self._seconds
        for order, preview in zip(self._orders, previews, strict=True):
            if order.tell is not None:
                order.tell(Progress(step=step, steps=steps, preview=preview))

    def _decoded(self, latents: torch.Tensor) -> list[str]:
        """Previews; none, for good, if this pipeline's latents are not understood: they are no matter to fail for."""
        try:
            with torch.no_grad():
                whole = _unpacked(self._pipe, latents, self._orders[0])
                if whole is not None:
                    small = torch.nn.functional.interpolate(whole, size=_fitting(whole.shape[-2:]), mode="area")
                    pixels = self._pipe.vae.decode(small.to(self._pipe.vae.dtype), return_dict=False)[0]
                    return [_jpeg(each) for each in pixels]
        except Exception as error:
            logger.info("no previews of %s: %s", type(self._pipe).__name__, error)
        self._possible = False
        return []


def _unpacked(pipe: Any, latents: torch.Tensor, order: Order) -> torch.Tensor | None:
    """Latents (batch, channels, height, width) as the decoder takes them; ``None`` if it is not known how."""
    if hasattr(pipe, "_unpatchify_latents") and hasattr(pipe.vae, "bn"):  # FLUX.2: normalised patches in a row
        patch = pipe.vae_scale_factor * 2
        height, width = order.height // patch, order.width // patch
        rows = latents.transpose(1, 2).reshape(len(latents), -1, height, width)
        mean = pipe.vae.bn.running_mean.view(1, -1, 1, 1).to(rows)
        spread = (pipe.vae.bn.running_var.view(1, -1, 1, 1) + pipe.vae.config.batch_norm_eps).sqrt().to(rows)
        unpatched: torch.Tensor = pipe._unpatchify_latents(rows * spread + mean)
        return unpatched
    if latents.ndim == 4 and hasattr(pipe, "unet"):
        return latents / pipe.vae.config.scaling_factor
    return None


def _fitting(size: Sequence[int]) -> tuple[int, int]:
    """A size of the same proportions that is no larger than previews are."""
    share = min(1.0, LATENTS / max(size))
    height, width = (max(1, round(side * share)) for side in size)
    return height, width


def _jpeg(pixels: torch.Tensor) -> str:
    """Pixels (3, height, width) from -1 to 1 as a small JPEG, in base64."""
    whole = ((pixels.float().nan_to_num(0) + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).permute(1, 2, 0)
    image = Image.fromarray(np.ascontiguousarray(whole.cpu().numpy()))
    image.thumbnail((PIXELS, PIXELS))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return base64.b64encode(out.getvalue()).decode()
