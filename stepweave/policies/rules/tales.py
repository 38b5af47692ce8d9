"""A tale as it is being told: who is in it, where it plays, and what the picture at hand shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from stepweave.world import vocabulary
from stepweave.world.language.lexicon import plural
from stepweave.world.language.wording import article, new
from stepweave.world.layout import LayoutError, apply_all
from stepweave.world.scene import Act, Add, Item, Operation, Recolour, Reference, Scene
from stepweave.world.things.actions import actions

LASTING = frozenset({"smile", "love"})
"""What somebody may go on doing while something else happens."""
MOVES = ("run", "jump", "dance")
AIRBORNE = ("fly", "jump", "dance")
"""How things move that do not stand on the ground."""
VEHICLES = frozenset({"car", "bus", "truck", "train", "bicycle", "boat", "rocket", "plane", "balloon"})
HOMES: dict[str, tuple[str, ...]] = {
    "snow": ("snowman", "penguin"),
    "sea": ("fish", "turtle"),
    "beach": ("boat", "palm tree"),
    "street": ("car", "bus", "truck", "train", "bicycle", "house"),
    "night": ("owl", "moon", "rocket"),
    "kitchen": ("cup", "cake", "bottle", "jug", "bowl", "table", "chair", "candle", "apple", "carrot", "ice cream"),
    "workbench": ("robot", "robot arm", "gripper", "block", "box", "key"),
}
"""Where things live; all others live in the garden."""
GARDEN = "garden"


@dataclass(frozen=True, slots=True)
class Member:
    """One of those a story is about."""

    added: Add
    parts: tuple[Recolour, ...] = ()
    """Colours of its parts, as the request names them."""
    word: str = ""
    """Another word that the request has for it."""
    alike: bool = False
    """Whether others in the story are of the same kind, so that its colour is named with it."""

    @property
    def thing(self) -> str:
        """What it is."""
        return self.added.thing

    @property
    def many(self) -> bool:
        """Whether it is several of a kind."""
        return self.added.count > 1

    @property
    def alive(self) -> bool:
        """Whether it has a face."""
        return self.thing != vocabulary.TEXT and vocabulary.DRAWABLE[self.thing].face is not None

    @property
    def who(self) -> Reference:
        """Words that point at it."""
        return Reference(self.thing, colour=self.added.colour if self.alike else None, every=self.many)

    @property
    def named(self) -> str:
        """Its name in a sentence: "the cat"."""
        colour = f"{self.added.colour} " if self.alike and self.added.colour else ""
        return f"the {colour}{plural(self.called) if self.many else self.called}"

    @property
    def called(self) -> str:
        """The word for it in a story."""
        return self.word or self.thing

    @property
    def introduced(self) -> str:
        """Its name when it is first spoken of: "a small red cat"."""
        words = new(replace(self.added, place=None))
        return words if self.many else article(words.split(" ", 1)[1].replace(self.thing, self.called))

    @property
    def begins(self) -> str:
        """Its name at the beginning of a sentence."""
        return f"{self.named[:1].upper()}{self.named[1:]}"

    def can(self, action: str) -> bool:
        """Whether it can do that."""
        return action in actions(vocabulary.DRAWABLE[self.thing])

    @property
    def moves(self) -> tuple[str, ...]:
        """How it moves."""
        return MOVES if vocabulary.DRAWABLE[self.thing].stands else AIRBORNE

    @property
    def home(self) -> str:
        """Where it lives."""
        return next((place for place, living in HOMES.items() if self.thing in living), GARDEN)


@dataclass(frozen=True, slots=True)
class Turn:
    """What happens in one picture, and how it is told."""

    operations: tuple[Operation, ...]
    told: str
    name: str = ""
    """The title of the picture."""


@dataclass(frozen=True, slots=True)
class Tale:
    """Everything that the next picture depends on."""

    cast: tuple[Member, ...]
    home: str
    scene: Scene
    random: Random
    """The source of all choice, seeded with the words of the request."""
    mood: str | None = None
    """What the hero goes on doing until it is told otherwise."""

    @property
    def hero(self) -> Member:
        """The first one named."""
        return self.cast[0]

    @property
    def friend(self) -> Member | None:
        """The last one named that is in the picture, unless there is only one."""
        others = [member for member in self.cast[1:] if self.shows(member.thing)]
        return others[-1] if others else None

    @property
    def there(self) -> tuple[Member, ...]:
        """Those of the story that are in the picture."""
        return tuple(member for member in self.cast if self.shows(member.thing))

    def shows(self, thing: str) -> bool:
        """Whether there is such a thing in the picture."""
        return any(item.thing == thing for item in self.scene.items)

    def has(self, *things: str) -> bool:
        """Whether one of these is in the picture, or in the story."""
        return any(self.shows(thing) for thing in things) or any(member.thing in things for member in self.cast)

    def where(self, member: Member) -> tuple[float, float]:
        """The middle of one of the story in the picture, as fractions of its width and height."""
        return next(((item.x, item.y) for item in reversed(self.scene.items) if self._is(item, member)), (0.5, 0.5))

    def acting(self, member: Member) -> str | None:
        """What one of the story is doing."""
        return next((item.action for item in reversed(self.scene.items) if self._is(item, member)), None)

    def _is(self, item: Item, member: Member) -> bool:
        return item.thing == member.thing and (not member.alike or item.colour == member.added.colour)

    def after(self, turn: Turn) -> Tale | None:
        """The tale after a turn, those who did something before doing it no more; ``None`` if it cannot be drawn."""
        try:
            return replace(self, scene=apply_all(self.scene, turn.operations))
        except LayoutError:
            return None

    def settled(self, turn: Turn) -> Turn:
        """The turn, in which those who were busy with something else and are not spoken of come to rest."""
        spoken = {one.target for one in turn.operations if hasattr(one, "target")}
        busy = [
            member
            for member in self.there
            if self.acting(member) not in (None, self.mood, *LASTING) and member.who not in spoken
        ]
        rest = tuple(Act(member.who, self.mood if member is self.hero else None) for member in busy)
        return replace(turn, operations=(*rest, *turn.operations))


Beat = Callable[[Tale], Turn | None]
"""Something that may happen; ``None`` where there is no cause for it."""


def played(tale: Tale, beats: Sequence[Beat]) -> tuple[Tale, tuple[Turn, ...]] | None:
    """Beats one after the other; ``None`` if one of them has no cause or no room, or could not be seen."""
    turns: list[Turn] = []
    for beat in beats:
        turn = beat(tale)
        if turn is None or not turn.operations:
            return None
        turn = tale.settled(turn)
        after = tale.after(turn)
        if after is None or after.scene == tale.scene:
            return None
        tale = after
        turns.append(turn)
    return tale, tuple(turns)
