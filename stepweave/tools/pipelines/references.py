"""Sources of its own for every prompt of a batch, with pipelines that show all pictures to every prompt.

FLUX.2 pipelines bring all given pictures into form, encode them, and repeat the result for every prompt. Here they are
given the pictures of all prompts, one after the other, and what comes of them is dealt out again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch

METHOD = "prepare_image_latents"


@contextmanager
def each_its_own(pipe: Any, prompts: int) -> Iterator[None]:
    """While this lasts, the pictures that a pipeline is called with are dealt out to its prompts, in their order.

    Args:
        pipe: the pipeline.
        prompts: how many there are; every one has as many pictures, and of the same sizes, as the others.
    """
    encode = getattr(pipe, METHOD)

    def dealt(
        images: list[torch.Tensor], batch_size: int, generator: Any, device: Any, dtype: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Latents (prompts, tokens, channels) and where they stand (prompts, tokens, 4)."""
        each = len(images) // prompts
        found = [
            encode(images=images[start : start + each], batch_size=1, generator=None, device=device, dtype=dtype)
            for start in range(0, len(images), each)
        ]
        latents, places = zip(*found, strict=True)
        return torch.cat(latents), torch.cat(places)

    setattr(pipe, METHOD, dealt)
    try:
        yield
    finally:
        delattr(pipe, METHOD)  # what stands on the instance hides the method of the class
