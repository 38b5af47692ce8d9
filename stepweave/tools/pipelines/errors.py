"""What goes wrong with pipelines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stepweave.tools.protocol import BadSetup, ToolError


class NotAModel(BadSetup):
    """What is named as a model is none that can be used."""

    def __init__(self, model: str, why: str) -> None:
        super().__init__(
            f"{model!r} is no model that can be used: {why}",
            "name a folder in the form of diffusers (with a model_index.json), or an id like owner/name of the hub",
        )


class PickledWeights(BadSetup):
    """A model has weights in a form that runs code when it is read."""

    def __init__(self, model: str, files: Sequence[str]) -> None:
        shown = ", ".join(files[:3]) + (f" and {len(files) - 3} more" if len(files) > 3 else "")
        super().__init__(
            f"{model!r} has weights that can run any code when they are read (pickle): {shown}",
            "use a model with .safetensors files, or convert it where that can do no harm",
        )


class NotDownloaded(BadSetup):
    """A model of the hub cannot be fetched."""

    def __init__(self, model: str, why: str) -> None:
        super().__init__(
            f"{model!r} is not on this disk, and cannot be fetched from the hub: {why}",
            "see whether the id is right and the network there (HF_HUB_OFFLINE forbids it); a model under lock needs "
            "its terms accepted and a token (HF_TOKEN)",
        )


class NoDevice(BadSetup):
    """A device is asked for that this machine does not have."""

    def __init__(self, device: str, there: Iterable[str]) -> None:
        super().__init__(
            f"there is no device {device!r} here, as far as torch can see",
            f"set `device` to one of {', '.join(there)}, or install the driver and the torch build for it",
        )


class BadAdapter(BadSetup):
    """An adapter cannot be put on a model."""

    def __init__(self, adapter: str, model: str, why: str) -> None:
        super().__init__(f"the adapter {adapter!r} does not fit {model!r}: {why}", "take one made for this model")


class BadCall(BadSetup):
    """An argument is set that a pipeline does not take, or that is ours to pass."""

    def __init__(self, model: str, names: Iterable[str], known: Iterable[str]) -> None:
        super().__init__(
            f"{model!r} takes no argument {', '.join(sorted(names))} in `call`", f"it takes {', '.join(sorted(known))}"
        )


class NotANumber(ToolError):
    """A picture has pixels that are no numbers."""

    def __init__(self, tool: str, dtype: str) -> None:
        super().__init__(
            f"{tool} drew pixels that are no numbers",
            f"they ran over in {dtype}: set `dtype` to bfloat16 or float32",
            cause="bad_answer",
        )


class OutOfMemory(ToolError):
    """Not even one picture fits into the device's memory."""

    def __init__(self, tool: str, width: int, height: int, why: str) -> None:
        super().__init__(
            f"{tool} has not the memory for one picture of {width}x{height}: {why}",
            "draw smaller ones (--size), set `offload` to model or sequential, or free the device",
        )
