"""Parameters of tools' own, under names that are the same everywhere, and what values they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stepweave.messages import Parameter


@dataclass(frozen=True, slots=True)
class Knob:
    """One parameter: what it means and what it may be."""

    about: str
    """One line of meaning, and the default where there is one."""
    kind: type[int] | type[float] | type[str] | None = None
    """``int``: a whole number, ``float``: any number, ``str``: words; ``None``: whatever is passed on."""
    low: float = 0
    """A number is at least this."""
    high: float = 0
    """A number is at most this."""
    choices: tuple[str, ...] = ()
    """Words are one of these; empty: any."""

    def takes(self, value: Parameter) -> bool:
        """Whether it may be this."""
        if self.kind is None:
            return True
        if self.kind is str:
            return isinstance(value, str) and (not self.choices or value in self.choices)
        if isinstance(value, bool | str) or not self.low <= value <= self.high:
            return False
        return self.kind is float or value == int(value)

    @property
    def accepted(self) -> str:
        """What it may be, in words."""
        if self.kind is str:
            return f"one of {', '.join(self.choices)}" if self.choices else "words"
        return f"a {'whole number' if self.kind is int else 'number'} from {self.low:g} to {self.high:g}"


COMMON: Mapping[str, Knob] = {
    "steps": Knob("steps of the sampler", int, 1, 1000),
    "guidance": Knob("how closely the prompt is followed", float, 0, 100),
    "true_cfg": Knob("the same for models with a second, negative pass", float, 0, 100),
    "image_guidance": Knob("how closely the picture that is edited is followed", float, 0, 100),
    "negative_prompt": Knob("what is not to be seen", str),
    "quality": Knob("how much care is taken", str, choices=("low", "medium", "high", "auto")),
}
"""Parameters that several tools have."""

FIELDS: Mapping[str, str] = {
    "steps": "num_inference_steps",
    "guidance": "guidance_scale",
    "true_cfg": "true_cfg_scale",
    "image_guidance": "image_guidance_scale",
    "negative_prompt": "negative_prompt",
    "quality": "quality",
}
"""Parameters by our names, and what servers of the OpenAI Images API call them, ours among them."""
