"""The operations of one step in the making: what comes into the picture, and what is done to what is there."""

from __future__ import annotations

from dataclasses import replace

from stepweave.policies.rules.gist.known import Known, Picture
from stepweave.world.language.errors import LanguageError, NotUnderstood
from stepweave.world.scene import Add, Background, Operation, Recolour, Replace
from stepweave.world.vocabulary import TEXT


class Again(NotUnderstood):
    """A step says of a thing what contradicts what the same step said of it before."""

    def __init__(self, plain: LanguageError | None = None) -> None:
        super().__init__("what is said twice, and differently, in one step")
        self.plain = plain
        """What to say where it cannot belong to the next one."""


class Gathering:
    """Gathers the operations of one step.

    Args:
        picture: what is there before.
        before: whether this is only about what must be there for the rest to happen.
        staged: whether a deed that takes several pictures may have them.
    """

    def __init__(self, picture: Picture, *, before: bool = False, staged: bool = False) -> None:
        self.picture = picture
        self.before = before
        self.begun = bool(picture.present())
        """Whether there was anything before."""
        self.staged = staged
        self.earlier: list[tuple[Operation, ...]] = []
        """The pictures of a deed that are done already."""
        self.order: list[Known | tuple[Operation, tuple[Known, ...]]] = []
        """New things and operations as they came, each operation with what must be there before it."""
        self._settle()

    def _settle(self) -> None:
        for one in self.picture.things:
            one.fresh = False
            one.said = set()

    def pause(self) -> None:
        """What was said so far makes a picture of its own."""
        if done := self.operations():
            self.earlier.append(done)
        self.order = []
        self._settle()

    def operations(self) -> tuple[Operation, ...]:
        """What the step does, everything after what it depends on."""
        done: list[Operation] = []
        drawn: set[int] = set()
        for entry in self.order:
            if isinstance(entry, Known):
                self._draw(entry, done, drawn)
            else:
                operation, needs = entry
                for one in needs:
                    self._draw(one, done, drawn)
                done.append(operation)
        plain = all(isinstance(one, Add | Background | Recolour) for one in done)
        behind = [one for one in done if isinstance(one, Background)]
        others = [one for one in done if not isinstance(one, Background)]
        return (*others, *behind) if plain else (*behind, *others)

    def _draw(self, one: Known, done: list[Operation], drawn: set[int]) -> None:
        if not one.fresh or not one.there or id(one) in drawn:
            return
        drawn.add(id(one))
        for to in one.relation[1:] if one.relation else ():
            if to is not None:
                self._draw(to, done, drawn)
        later = [other for other in self.picture.kind(one.thing) if other.fresh and id(other) not in drawn]
        for other in later:
            other.said.add("hidden")
        old = self._supplanted(one)
        done.append(self.picture.added(one) if old is None else self._instead(old, one))
        for part, colour in one.parts.items():
            done.append(Recolour(self.picture.pointing(one), colour, part))
        for other in later:
            other.said.discard("hidden")

    def _supplanted(self, one: Known) -> Known | None:
        """The words in whose place new ones are written: a caption takes the place of the one before."""
        if one.thing != TEXT:
            return None
        texts = [other for other in self.picture.kind(TEXT) if not other.fresh]
        loose = "caption" in one.said and one.place is None and one.relation is None and len(texts) == 1
        where = (one.place, one.relation)
        return next(
            (other for other in texts if loose or (any(where) and where == (other.place, other.relation))), None
        )

    def _instead(self, old: Known, one: Known) -> Replace:
        """Words in the place of others."""
        pointed = self.picture.pointing(old)
        one.place, one.relation, old.there = old.place, old.relation, False
        return Replace(pointed, Add(one.thing, 1, one.colour, one.size, label=one.label))

    # ---------------------------------------------------------------------------------------------- what is new

    def bring(self, one: Known) -> Known:
        """Something comes into the picture."""
        one.fresh, one.there = True, True
        if one not in self.picture.things:
            self.picture.things.append(one)
        self.order.append(one)
        self.picture.speak(one)
        return one

    def forget(self, one: Known) -> None:
        """Something that this step names is not in the picture after all, only spoken of."""
        one.there = one.fresh = False
        self.picture.things.remove(one)
        self.order.remove(one)

    def again(self) -> None:
        """Something happens to what comes with this very step.

        Raises:
            Again: it belongs to the next one.
        """
        if not self.before:
            raise Again

    def do(self, operation: Operation, *needs: Known | None) -> None:
        """Something is done to what is there."""
        self.order.append((operation, tuple(one for one in needs if one is not None)))

    def split(self, one: Known, count: int, place: str | None = None) -> Known:
        """Some of several of a kind, from now on apart from the others."""
        if count >= one.count:
            return one
        some = replace(
            one, count=count, parts=dict(one.parts), place=place or one.place, said=set(one.said) - {"shared"}
        )
        one.count -= count
        at = self.picture.things.index(one)
        self.picture.things.insert(at + 1, some)
        if one.fresh:
            self.order.insert(self.order.index(one) + 1, some)
        return some

    def first(self, some: Known, rest: Known) -> None:
        """What was said of some of several comes before the others, as it was told."""
        for listed in (self.picture.things, self.order):
            if some is not rest and some in listed and rest in listed:
                listed.remove(some)
                listed.insert(listed.index(rest), some)
