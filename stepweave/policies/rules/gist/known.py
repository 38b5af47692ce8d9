"""What is known of a picture while people speak of it: the things in it, their looks, and what was spoken of last."""

from __future__ import annotations

from dataclasses import dataclass, field

from stepweave.policies.rules.gist.nouns import Piece
from stepweave.world import vocabulary
from stepweave.world.scene import Add, Reference, Relation
from stepweave.world.things.actions import actions

HOLDERS = ("robot arm", "gripper")
HANDS = (*HOLDERS, "robot")
"""Who does what a task tells."""


@dataclass(eq=False)
class Known:
    """One thing, or several of a kind that look alike."""

    thing: str
    count: int = 1
    colour: str | None = None
    size: str | None = None
    place: str | None = None
    action: str | None = None
    turn: int = 0
    mirrored: bool = False
    label: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()
    relation: tuple[str, Known, Known | None] | None = None
    there: bool = True
    """Whether it is in the picture, not only spoken of."""
    fresh: bool = False
    """Whether it came into the picture with this step."""
    said: set[str] = field(default_factory=set)
    """What this step said of it."""

    @property
    def shown(self) -> str | None:
        """The colour in which it is drawn."""
        if self.colour or self.thing == vocabulary.TEXT:
            return self.colour
        return vocabulary.DRAWABLE[self.thing].colour

    @property
    def side(self) -> str | None:
        """On which side it lies, as far as that was said."""
        kind = self.relation[0] if self.relation else ""
        return self.place or {"left of": "left", "right of": "right"}.get(kind)

    @property
    def grips(self) -> bool:
        """Whether it can hold others."""
        return self.thing in vocabulary.DRAWABLE and vocabulary.DRAWABLE[self.thing].grip is not None

    @property
    def opens(self) -> bool:
        """Whether it can be open and closed."""
        return self.thing in vocabulary.DRAWABLE and "open" in actions(vocabulary.DRAWABLE[self.thing])

    @property
    def alive(self) -> bool:
        """Whether it has a face."""
        return self.thing in vocabulary.DRAWABLE and vocabulary.DRAWABLE[self.thing].face is not None

    @property
    def held(self) -> Known | None:
        """Who holds it."""
        return self.relation[1] if self.relation and self.relation[0] == "held by" else None


@dataclass(eq=False)
class Picture:
    """The things in a picture, in the order in which they came, and what is behind them."""

    things: list[Known] = field(default_factory=list)
    background: str | None = None
    recent: list[Known] = field(default_factory=list)
    """What was spoken of, the last at the end."""
    listed: list[Known] = field(default_factory=list)
    """What the last sentence was about, for "they" to mean."""
    subject: Known | None = None
    """Who did something in the last sentence, for "it" at the beginning of the next."""
    anchor: Known | None = None
    """Whose "its left" the last sentence began with."""
    insists: bool = False
    """Whether orders follow each other, so that each is carried out even if it shows nothing new."""
    filled_later: bool = False
    """Whether it is told later that something is full, so that pouring does not fill it at once."""
    spot: tuple[str | None, tuple[str, Known, Known | None] | None] | None = None
    """Where something was that went, for "there"."""
    told: list[Known] = field(default_factory=list)
    """What the very words that are read now have brought already."""
    ground: Known | None = None
    """By what the last sentence said that something lies, for "it" in the next one."""
    before: list[Piece] = field(default_factory=list)
    """The last sentence, for "the right one too"."""

    def present(self) -> list[Known]:
        """Everything that is in the picture."""
        return [one for one in self.things if one.there]

    def kind(self, thing: str) -> list[Known]:
        """All of a kind that are there."""
        return [one for one in self.things if one.there and one.thing == thing]

    def speak(self, one: Known) -> None:
        """It is spoken of."""
        self.recent = [other for other in self.recent if other is not one] + [one]

    def pointing(self, one: Known, *, single: bool = False) -> Reference:
        """Words that point at it, with no more than is needed to tell it from others of its kind."""
        every = one.count > 1 and not single
        if one.thing == vocabulary.TEXT:
            others = [other for other in self.kind(one.thing) if other is not one]
            return Reference(one.thing, label=one.label if others else "")
        others = [other for other in self.kind(one.thing) if other is not one and "hidden" not in other.said]
        if not others:
            return Reference(one.thing, every=every)
        side = one.side
        alike = not any(one.shown != other.shown for other in others)
        if side and alike and all(other.side and other.side != side for other in others):
            return Reference(one.thing, place=side, every=every)
        if all(other.shown != one.shown for other in others):
            return Reference(one.thing, colour=one.shown, every=every)
        if one.place and all(other.place and other.place != one.place for other in others):
            return Reference(one.thing, place=one.place, every=every)
        if one.action and all(other.action != one.action for other in others):
            return Reference(one.thing, action=one.action, every=every)
        if one.size and all(other.size != one.size for other in others):
            return Reference(one.thing, size=one.size, every=every)
        if one.place and any(other.place != one.place for other in others):
            return Reference(one.thing, place=one.place, every=every)
        return Reference(one.thing, every=every)

    def related(self, kind: str, to: Known, other: Known | None) -> Relation:
        """A relation in words that point at its other side; two of a kind are all of that kind."""
        if other is not None and other.thing == to.thing and len(self.kind(to.thing)) == 2:
            return Relation(kind, Reference(to.thing, every=True))
        return Relation(kind, self.pointing(to), self.pointing(other) if other else None)

    def added(self, one: Known) -> Add:
        """What draws it."""
        relation = None
        if one.relation is not None:
            relation = self.related(*one.relation)
        names = vocabulary.DRAWABLE[one.thing].names if one.thing in vocabulary.DRAWABLE else ()
        parts = tuple(name for name in names if name not in one.lacking) if one.lacking else None
        place = one.place if relation is None else None
        return Add(
            one.thing,
            one.count,
            one.colour,
            one.size,
            place,
            relation,
            parts,
            one.label,
            one.action,
            one.turn,
            one.mirrored,
        )
