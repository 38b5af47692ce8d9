"""Whether a picture that came back is one: what a look at its pixels shows."""

from __future__ import annotations

from PIL import Image, ImageStat

from stepweave.tools.protocol import ToolError

DARKEST = 2
"""A picture of which no channel of no pixel is brighter than this, of 255, shows nothing."""


class BlackPicture(ToolError):
    """A picture is black all over: what is left of numbers that are none, or of a safety filter."""

    def __init__(self, tool: str) -> None:
        super().__init__(
            f"{tool} gave a picture that is black all over",
            "its numbers ran over, or its safety filter struck: try another precision (dtype), model or prompt",
            cause="bad_answer",
        )


class Withheld(ToolError):
    """A safety filter did not let the picture out."""

    def __init__(self, tool: str) -> None:
        super().__init__(f"the safety filter of {tool} withheld the picture", "ask for something else, in other words")


class WrongSize(ToolError):
    """A picture has another size than was ordered."""

    def __init__(self, tool: str, found: tuple[int, int], ordered: tuple[int, int]) -> None:
        super().__init__(
            f"{tool} gave {found[0]}x{found[1]} where {ordered[0]}x{ordered[1]} was ordered",
            "order a size that it can draw, see its documentation",
        )


class CorruptPicture(ToolError):
    """What was sent as a picture is none."""

    def __init__(self, tool: str, why: str) -> None:
        super().__init__(
            f"{tool} sent a picture that cannot be read: {why}", "see the server's log", cause="bad_answer"
        )


def check_look(image: Image.Image, tool: str, ordered: tuple[int, int]) -> None:
    """Refuse a picture of another size, and one that shows nothing.

    Raises:
        WrongSize, BlackPicture: it is one of these.
    """
    if image.size != ordered:
        raise WrongSize(tool, image.size, ordered)
    brightest = ImageStat.Stat(image.convert("RGB")).extrema
    if all(high <= DARKEST for _, high in brightest):
        raise BlackPicture(tool)
