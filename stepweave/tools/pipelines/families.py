"""What a pipeline can do, and how it wants to be called: told by its class where that is known, else by its signature.

Pipelines of diffusers share most names of arguments, but not what they mean: `image` is a list of references for every
prompt with one, one source for each prompt with another, and something to be painted over with a third.
"""

from __future__ import annotations

import inspect
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from stepweave.messages import Parameter
from stepweave.tools.knobs import FIELDS
from stepweave.tools.pipelines.errors import NotAModel

OURS = frozenset(
    {
        *("self", "prompt", "image", "generator", "height", "width", "output_type", "return_dict", "latents"),
        *("num_images_per_prompt", "callback_on_step_end", "callback_on_step_end_tensor_inputs"),
        *FIELDS.values(),
    }
)
"""Arguments that are passed by us, and by nobody else."""
DISTILLED_STEPS = 4
"""Steps of a model that is distilled to few."""
_OTHER_TRADES = ("strength", "mask_image", "control_image", "ip_adapter_image")
"""Arguments of pipelines that do not edit by instruction: they paint over, fill in or trace."""


@dataclass(frozen=True, slots=True)
class Family:
    """Pipelines that are called alike."""

    generates: bool
    """Draws from nothing."""
    edits: bool
    """Starts from a picture, and does to it what the prompt says."""
    references: int = 0
    """Further pictures that it can look at."""
    sources: Literal["own", "shared", "alone"] = "alone"
    """In a batch every prompt has its own picture, or all pictures are shown to every prompt (which can be helped, see
    ``references.each_its_own``), or a prompt with pictures has to come alone."""
    sized: bool = True
    """Takes height and width; otherwise it draws in the size of its source."""
    multiple: int = 8
    """What height and width are divisible by."""
    knobs: frozenset[str] = frozenset()
    """Parameters that it has."""
    defaults: Mapping[str, Parameter] = field(default_factory=dict)
    """Parameters that it is called with unless an order says otherwise."""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    """Arguments that it is always called with."""
    arguments: frozenset[str] = frozenset()
    """All arguments of its call."""


def family_of(pipe: Any, model: str) -> Family:
    """What a pipeline can do.

    Raises:
        NotAModel: it is not for drawing by a prompt, or only for trades that are not ours.
    """
    signature = inspect.signature(pipe.__call__).parameters
    name = type(pipe).__name__
    known = _KNOWN.get(name)
    image = signature.get("image")
    trade = next((other for other in _OTHER_TRADES if other in signature), None)
    if "prompt" not in signature:
        raise NotAModel(model, f"its pipeline, {name}, takes no prompt")
    if known is None and trade and image is not None and image.default is inspect.Parameter.empty:
        raise NotAModel(model, f"its pipeline, {name}, does not edit by instruction (it has {trade!r})")
    family = known or Family(
        generates=image is None or image.default is not inspect.Parameter.empty,
        edits=image is not None and trade is None,
    )
    distilled = bool(pipe.config.get("is_distilled", False))
    knobs = {ours for ours, theirs in FIELDS.items() if theirs in signature}
    knobs -= _dead(pipe, signature, distilled=distilled)
    few = {"steps": DISTILLED_STEPS} if distilled else {}
    return replace(
        family,
        multiple=_multiple(pipe),
        knobs=frozenset(knobs),
        defaults={**_own_defaults(signature, knobs), **family.defaults, **few},
        fixed={"guidance_scale": 1.0} if distilled else {},  # it has none, and warns of any other
        arguments=frozenset(signature),
    )


def _own_defaults(signature: Mapping[str, inspect.Parameter], knobs: Iterable[str]) -> dict[str, Parameter]:
    """What a pipeline takes for parameters that nobody gives; it is passed on all the same, so that it is on record."""
    found = {name: signature[FIELDS[name]].default for name in knobs}
    return {name: value for name, value in found.items() if isinstance(value, int | float | str)}


def _multiple(pipe: Any) -> int:
    """What sides are divisible by: pixels of a latent, two by two of them where a transformer takes patches."""
    pixels = int(getattr(pipe, "vae_scale_factor", 8))
    return pixels * (2 if getattr(pipe, "transformer", None) is not None else 1)


def _dead(pipe: Any, arguments: Container[str], *, distilled: bool) -> set[str]:
    """Parameters that a pipeline takes and leaves out of account, with a warning at most."""
    config = getattr(getattr(pipe, "transformer", None), "config", None) or {}
    # Where there is true classifier-free guidance, the other kind is for models that have it distilled into them.
    idle = "true_cfg_scale" in arguments and not config.get("guidance_embeds")
    return {"guidance"} if distilled or idle else set()


_KNOWN: Mapping[str, Family] = {
    "Flux2KleinPipeline": Family(generates=True, edits=True, references=3, sources="shared"),
    "Flux2Pipeline": Family(generates=True, edits=True, references=9, sources="shared"),
    "QwenImageEditPlusPipeline": Family(
        # Without a negative prompt its guidance is off, which nobody means who does not say so.
        generates=False,
        edits=True,
        references=2,
        defaults={"negative_prompt": " "},
    ),
    "StableDiffusionInstructPix2PixPipeline": Family(generates=False, edits=True, sources="own", sized=False),
}
