"""A step as it is planned: operations, before they become a prompt, and the words for the reader."""

from __future__ import annotations

from dataclasses import dataclass

from stepweave.world.scene import Operation


@dataclass(frozen=True, slots=True)
class Draft:
    """One step of a plan in the making."""

    operations: tuple[Operation, ...] = ()
    """What is drawn; empty for a step of words only."""
    told: str = ""
    """Words for the reader; empty: made from the operations."""
    text: str = ""
    """Further words beside the picture."""
    fresh: bool = False
    """A picture of its own, drawn from nothing."""
    name: str = ""
    putting: bool = False
    """Its words are "put the sun ...", which adds what is not there yet."""

    @property
    def drawn(self) -> bool:
        """Whether it makes a picture."""
        return bool(self.operations)


def merged(first: Draft, second: Draft) -> Draft:
    """Two steps as one; words of a step that draws nothing go beside the picture."""
    if first.drawn != second.drawn:
        picture, words = (first, second) if first.drawn else (second, first)
        text = " ".join(part for part in (picture.text, words.told) if part)
        return Draft(picture.operations, picture.told, text, picture.fresh, picture.name)
    both = [told for told in (first.told, second.told) if told]
    return Draft(
        first.operations + second.operations,
        " ".join(both) if len(both) == 2 or not first.drawn else "",
        " ".join(text for text in (first.text, second.text) if text),
        first.fresh,
    )
