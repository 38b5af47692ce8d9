"""The things the embedded world can draw, each a small declarative entry."""

from stepweave.world.things.model import Part, Thing

__all__ = ["Part", "Thing"]
