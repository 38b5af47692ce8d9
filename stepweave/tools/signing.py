"""What is written into a picture about where it comes from, whoever asked for it."""

from __future__ import annotations

from stepweave.images import Provenance, SourceType
from stepweave.tools.protocol import Abilities, BrokenTool, ImageTool, Order, Picture


def signed(tool: ImageTool, order: Order, picture: Picture, alt: str = "") -> Provenance:
    """The provenance of a picture that a tool drew for an order.

    Args:
        tool: what drew.
        order: what was ordered.
        picture: what came.
        alt: what it shows, for those who cannot see it.

    Raises:
        BrokenTool: it has another size than was ordered.
    """
    if picture.image.size != (order.width, order.height):
        width, height = picture.image.size
        raise BrokenTool(f"{tool.name} drew {width}x{height} where {order.width}x{order.height} was ordered")
    return Provenance(tool.name, order.prompt, _origin(tool.abilities, order), alt)


def _origin(abilities: Abilities, order: Order) -> SourceType:
    """IPTC digital source type: an edit of a given picture is a composite."""
    if not order.sources:
        return abilities.origin
    trained = abilities.origin == "trainedAlgorithmicMedia"
    return "compositeWithTrainedAlgorithmicMedia" if trained else "compositeSynthetic"
