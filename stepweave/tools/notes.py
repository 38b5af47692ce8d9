"""One thing of a scene as it is written into a picture, and checked when it is read back."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from stepweave.world.scene import Item
from stepweave.world.things.actions import actions
from stepweave.world.vocabulary import COLOURS, DRAWABLE, LONGEST_LABEL, TEXT, TURNS

Coordinate = Annotated[float, Field(ge=-0.5, le=1.5, allow_inf_nan=False)]
Name = Annotated[str, Field(max_length=32)]


class ItemNote(BaseModel):
    """One item; see ``stepweave.world.scene.Item`` for the fields."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    id: Annotated[int, Field(ge=1, lt=2**31)]
    thing: Name
    x: Coordinate
    y: Coordinate
    extent: Annotated[float, Field(gt=0.005, le=2, allow_inf_nan=False)]
    colour: Name | None = None
    parts: Annotated[list[Name], Field(max_length=32)] | None = None
    part_colours: Annotated[dict[Name, Name], Field(max_length=32)] = {}
    label: Annotated[str, Field(max_length=LONGEST_LABEL)] = ""
    action: Name | None = None
    turn: int = 0
    mirrored: bool = False
    held_by: Annotated[int, Field(ge=1, lt=2**31)] | None = None

    @classmethod
    def of(cls, item: Item) -> ItemNote:
        """The note of an item."""
        return cls(
            id=item.id,
            thing=item.thing,
            x=item.x,
            y=item.y,
            extent=item.extent,
            colour=item.colour,
            parts=None if item.parts is None else list(item.parts),
            part_colours=dict(item.part_colours),
            label=item.label,
            action=item.action,
            turn=item.turn,
            mirrored=item.mirrored,
            held_by=item.held_by,
        )

    def item(self) -> Item:
        """The item of a note.

        Raises:
            ValueError: it names something that the vocabulary does not have.
        """
        names = () if self.thing == TEXT else _parts_of(self.thing)
        colours = [*self.part_colours.values(), *([self.colour] if self.colour else [])]
        able = () if self.thing == TEXT else tuple(actions(DRAWABLE[self.thing]))
        strange = [
            *(set(self.parts or ()) | set(self.part_colours)) - set(names),
            *set(colours) - set(COLOURS),
            *({self.action} - set(able) if self.action else ()),
            *({str(self.turn)} if self.turn not in TURNS else ()),
        ]
        if strange or (self.thing == TEXT) != bool(self.label):
            raise ValueError(f"not in the vocabulary: {', '.join(strange) or self.thing}")
        parts = None if self.parts is None else tuple(name for name in names if name in self.parts)
        pairs = tuple(sorted(self.part_colours.items()))
        return Item(
            self.id,
            self.thing,
            self.x,
            self.y,
            self.extent,
            self.colour,
            parts,
            pairs,
            self.label,
            self.action,
            self.turn,
            self.mirrored,
            self.held_by,
        )


def _parts_of(thing: str) -> tuple[str, ...]:
    if thing not in DRAWABLE:
        raise ValueError(f"not in the vocabulary: {thing}")
    return DRAWABLE[thing].names
