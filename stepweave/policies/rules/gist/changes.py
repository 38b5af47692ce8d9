"""What one step says, gathered: new things with all that is said of them, and changes of what is there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stepweave.policies.rules.gist.gathering import Again, Gathering
from stepweave.policies.rules.gist.known import Known
from stepweave.world import vocabulary
from stepweave.world.language.errors import NotPossible
from stepweave.world.scene import (
    Act,
    Add,
    AddPart,
    Background,
    Duplicate,
    Move,
    Recolour,
    Reference,
    Remove,
    Replace,
    Resize,
    Turn,
)

INVERSE = {
    "left of": "right of",
    "right of": "left of",
    "above": "below",
    "below": "above",
    "next to": "next to",
    "behind": "in front of",
    "in front of": "behind",
}
UNDER = ("on", "inside")


class Changes(Gathering):
    """What a step says of things, as the operations that it takes."""

    # ---------------------------------------------------------------------------------------------- what is said

    def colour(self, ones: Sequence[Known], colour: str, part: str | None = None, *, anyway: bool = False) -> None:
        """They have that colour, or a part of them has; painted even if it is so already, if that is asked for."""
        changed = []
        for one in self._apart(ones):
            main = vocabulary.DRAWABLE[one.thing].main if one.thing in vocabulary.DRAWABLE else ""
            inner = part if part not in (None, main, "shape") else None
            had = one.parts.get(inner) if inner else one.colour
            if not self._new(one, f"colour {inner or ''}", had == colour, differs=had not in (None, colour)):
                continue
            if inner:
                one.parts[inner] = colour
            if not one.fresh and (inner or one.shown != colour or anyway):
                changed.append((one, inner))
            elif not inner:
                one.colour = colour
        for inner in dict.fromkeys(inner for _, inner in changed):
            for pointed, ones_ in self._together([one for one, its in changed if its == inner], ones):
                if len(ones_) == 1 and not inner and self._some_of_many(ones_[0]):
                    for _ in range(ones_[0].count):
                        self.do(Recolour(replace(pointed, colour=ones_[0].shown, every=False), colour))
                    ones_[0].colour = colour
                    continue
                self.do(Recolour(pointed, colour, inner))
                for one in ones_ if not inner else ():
                    one.colour = colour

    def size(self, ones: Sequence[Known], size: str) -> None:
        """They have that size, or are bigger or smaller than before."""
        changed = []
        for one in self._apart(ones):
            compared, now = size in ("bigger", "smaller"), size
            if compared and one.fresh:
                if "drawn" in one.said or one.size:
                    raise Again
                now, compared = {"bigger": "large", "smaller": "small"}[size], False
            if not self._new(one, "size", not compared and one.size == now, differs=one.size not in (None, now)):
                continue
            if one.fresh:
                one.size = now
            else:
                changed.append(one)
        for pointed, several in self._together(changed, ones):
            self.do(Resize(pointed, size))
            for one in several:
                one.size = None if size in ("bigger", "smaller") else size

    def act(self, ones: Sequence[Known], action: str | None, *, anyway: bool = False) -> None:
        """They do that, or nothing any more; done even if it is so already, if that is asked for."""
        changed = []
        for one in self._apart(ones):
            new = self._new(one, "action", one.action == action, differs=one.action not in (None, action))
            if not new and not (anyway and not one.fresh):
                continue
            if one.fresh:
                one.action = action
            else:
                changed.append(one)
        for pointed, several in self._together(changed, ones):
            self.do(Act(pointed, action))
            for one in several:
                one.action = action

    def turn(self, ones: Sequence[Known], degrees: int, *, flip: bool = False, to: bool = True) -> None:
        """They are turned to an angle, or by it, or flipped."""
        for one in self._apart(ones):
            by = degrees if flip or not to else (degrees - one.turn) % 360
            if not flip and by == 0:
                continue
            if one.fresh:
                if "turn" in one.said:
                    raise Again
                one.mirrored, one.turn = one.mirrored != flip, (one.turn + by) % 360
            else:
                self._new(one, "turn", same=False, differs=True)
                self.do(Turn(self.picture.pointing(one), 0 if flip else by, flip))
                one.turn = (one.turn + by) % 360
                one.mirrored = one.mirrored != flip
            one.said.add("turn")

    def place(self, ones: Sequence[Known], place: str, *, anyway: bool = False) -> None:
        """They are there; moved even if they are there already, if that is asked for."""
        for one in self._apart(ones):
            if one.fresh and one.relation is not None and not {"place"} & one.said:
                self._both(one, place)
                continue
            same = one.place == place and one.relation is None
            known = not self._new(one, "place", same, differs=(one.place or one.relation) is not None)
            if known and not (anyway and not one.fresh):
                continue
            if not one.fresh:
                self.do(Move(self.picture.pointing(one), place))
            one.place, one.relation = place, None

    def _both(self, one: Known, place: str) -> None:
        """A new thing that has a place of its own and lies by another: the other, if it is new, lies by it."""
        assert one.relation is not None
        kind, to, other = one.relation
        if kind in UNDER and to.fresh and to.relation is None and to.place is None:
            to.place = place
        elif kind in INVERSE and other is None and to.fresh and to.relation is None and to.place is None:
            one.relation, one.place, to.relation = None, place, (INVERSE[kind], one, None)
        one.said.add("place")

    def relate(self, ones: Sequence[Known], kind: str, to: Known, other: Known | None = None) -> None:
        """They lie there beside another one, or between two."""
        for one in self._apart([one for one in ones if one is not to]):
            known = one.relation
            same = known is not None and known[0] == kind and known[1] is to and (other is None or known[2] is other)
            if one.place and "place" in one.said and kind in INVERSE and to.fresh and not to.relation and not to.place:
                to.relation = (INVERSE[kind], one, None)
                continue
            if _circular(one, to):
                if to.relation is not None and INVERSE.get(to.relation[0]) == kind:
                    continue
                raise Again
            if not self._new(one, "place", same, differs=(one.place or one.relation) is not None):
                continue
            if not one.fresh:
                relation = self.picture.related(kind, to, other)
                self.do(Move(self.picture.pointing(one), None, relation), to, other)
            one.relation, one.place = (kind, to, other), None

    def remove(self, one: Known, count: int | None = None, part: str | None = None) -> None:
        """It goes, or some of them do, or a part of it."""
        if part is not None and one.fresh:
            one.lacking = (*one.lacking, part)
        elif part is not None:
            self.do(Remove(self.picture.pointing(one), part))
            one.lacking = (*one.lacking, part)
        elif one.fresh and self.before and self.begun:
            raise NotPossible(f"there is no {one.thing} in the picture", "add it first")
        elif one.fresh:
            self.again()
        elif (count is None or count >= one.count) and self._some_of_many(one):
            for _ in range(one.count):
                self.do(Remove(self.picture.pointing(one, single=True)))
            one.there = False
        elif count is None or count >= one.count:
            self.do(Remove(self.picture.pointing(one)))
            one.there = False
            self.picture.spot = (one.place, one.relation)
        else:
            for _ in range(count):
                self.do(Remove(self.picture.pointing(one, single=True)))
            one.count -= count

    def empty(self, ones: Sequence[Known]) -> None:
        """What is inside them goes, or what they are full of."""
        inside = [one for one in self.picture.present() if one.relation and one.relation[0] == "inside"]
        gone = [one for one in inside if one.relation and one.relation[1] in ones]
        if any(one.fresh for one in gone):
            self.again()
            return
        for one in gone:
            self.remove(one)
        if not gone:
            self.act(ones, None)

    def replace(self, old: Known, new: Known) -> None:
        """Another one comes where it was."""
        if old.fresh:
            self.again()
            return
        added = Add(new.thing, 1, new.colour, new.size, label=new.label, action=new.action)
        self.do(Replace(self.picture.pointing(old), added))
        for other in self.picture.present():
            if other.relation and old in other.relation[1:]:
                kind, to, second = other.relation
                other.relation = (kind, new if to is old else to, new if second is old else second)
        new.place, new.relation, new.count, new.there, old.there = old.place, old.relation, old.count, True, False
        self.picture.things[self.picture.things.index(old)] = new
        self.picture.speak(new)

    def copy(self, one: Known, count: int, place: str | None = None) -> None:
        """More of it, looking just the same, in a place of its own if one is said."""
        if one.fresh:
            self.again()
            return
        self.do(Duplicate(self.picture.pointing(one), count, place))
        more = replace(one, count=count, parts=dict(one.parts), place=place, relation=None, said=set())
        self.picture.things.append(more)
        self.picture.speak(more)

    def background(self, name: str) -> None:
        """The picture plays there, or has that colour behind everything."""
        said = [
            entry[0].backdrop for entry in self.order if isinstance(entry, tuple) and isinstance(entry[0], Background)
        ]
        if said and said[-1] != name:
            raise Again(NotPossible("a picture has one background here", f"name one of them: {said[-1]}, {name}"))
        if self.picture.background != name:
            self.do(Background(name))
        self.picture.background = name

    def add_part(self, one: Known, part: str, colour: str | None) -> None:
        """It gets a part, which it does not have yet."""
        if one.fresh:
            if colour:
                self.colour([one], colour, part)
            return
        self.do(AddPart(part, self.picture.pointing(one), colour))
        if colour:
            one.parts[part] = colour

    # ---------------------------------------------------------------------------------------------- one or all

    def _new(self, one: Known, aspect: str, same: bool, *, differs: bool) -> bool:
        """Whether a statement says anything new.

        Raises:
            Again: it contradicts what the step said before.
        """
        if same:
            one.said.add(aspect)
            return False
        if aspect in one.said and differs:
            if self.before:
                return False  # "the sun at the top left moves": what comes of it is not there yet
            if one not in self.picture.told or aspect == "turn":
                raise Again
        one.said.add(aspect)
        return True

    def _apart(self, ones: Sequence[Known]) -> list[Known]:
        """The things meant, those of a kind that are all meant as one."""
        return list(dict.fromkeys(ones))

    def _some_of_many(self, one: Known) -> bool:
        """Whether nothing tells several things from others of their kind."""
        others = [other for other in self.picture.kind(one.thing) if other is not one and other.shown == one.shown]
        return bool(others) and one.count > 1 and not one.place

    def _together(self, ones: Sequence[Known], asked: Sequence[Known]) -> list[tuple[Reference, list[Known]]]:
        """What points at them: at all of a kind, or of a colour, at once."""
        found: list[tuple[Reference, list[Known]]] = []
        left = list(ones)
        while left:
            one = left[0]
            kind = [other for other in self.picture.kind(one.thing) if one.thing != vocabulary.TEXT]
            alike = [other for other in kind if other.shown == one.shown]
            for several, colour in ((kind, None), (alike, one.shown)):
                if len(several) > 1 and all(other in left or (other.fresh and other in asked) for other in several):
                    found.append((Reference(one.thing, colour=colour, every=True), several))
                    break
            else:
                found.append((self.picture.pointing(one), [one]))
            left = [other for other in left if other not in found[-1][1]]
        return found


def _circular(one: Known, to: Known | None) -> bool:
    """Whether what one lies by lies by it in turn, both being new."""
    seen: list[Known] = []
    while to is not None and to.fresh and to.relation is not None and to not in seen:
        seen.append(to)
        if to.relation[1] is one:
            return True
        to = to.relation[1]
    return False
