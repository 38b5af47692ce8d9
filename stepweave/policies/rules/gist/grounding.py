"""By what things lie where that is only pointed at, and what lies there with them."""

from __future__ import annotations

from stepweave.policies.rules.gist.changes import INVERSE
from stepweave.policies.rules.gist.known import Known
from stepweave.policies.rules.gist.meaning import Meaning
from stepweave.policies.rules.gist.nouns import Mark, Piece
from stepweave.world.vocabulary import SHAPES

AROUND = ("around", "all around", "round", "around it", "around them", "round it", "round them")
"""Words for what has something within it, where it is a shape."""
BEARERS = ("table", "box", "bowl", "chair")
"""What bears several small things at once."""
SMALL = frozenset("cup apple carrot cake book key bottle candle block bowl jug gift lamp clock flower".split()) | {
    "ice cream"
}
"""What lies on tables."""
PRONOUNS = frozenset("it its them their".split())
"""Words for what was spoken of within words for a place."""


class Grounding(Meaning):
    """By what things lie where that is only pointed at, and what lies there with them."""

    def _together(self, lying: list[Known], kind: str, to: Known) -> list[Known]:
        """All of a list of small things, where the last is said to be on a table or in a box."""
        upon = kind in ("on", "inside") and to.thing in BEARERS
        loose = [one for one in self.listed if one.fresh and not one.relation and not one.place and one is not to]
        alike = upon and lying == self.listed[-1:] and all(one.thing in SMALL for one in (*lying, *loose))
        return list(dict.fromkeys((*loose, *lying))) if alike else lying

    def _grounded(self, kind: str, mark: Piece, lying: list[Known], to: Known) -> Known:
        """ "A cup on it and a lamp next to it": both by the same."""
        if isinstance(mark, Mark) and mark.text.endswith((" that", " this")):
            return next((one for one in reversed(self.names) if one not in lying), to)
        if not (isinstance(mark, Mark) and PRONOUNS & set(mark.text.split())):
            return to
        to = self._parallel(kind, lying, to)
        self.ground = to if self.ground is None or self.ground in lying else self.ground
        self.changes.picture.ground = self.ground
        return self.ground

    def _parallel(self, kind: str, lying: list[Known], to: Known) -> Known:
        """ "A tree to the left of it; then a car to the right of it": both of them by the same."""
        picture = self.changes.picture
        ground = picture.ground
        beside = ground is not None and ground.there and to.relation is not None and to.relation[1] is ground
        before = to.relation[0] if to.relation else ""
        alike = kind == before or {kind, before} <= set(INVERSE)
        again = beside and alike and bool(lying) and all(one.fresh for one in lying) and not to.fresh
        if again and ground is not None:
            return ground
        picture.ground = to
        return to

    def _encircled(self, lying: list[Known], within: list[Known]) -> bool:
        """Whether a new shape is drawn around something, which then is inside of it."""
        words = [one.text for one in self.pieces[: self.at] if isinstance(one, Mark)]
        if not any(word in AROUND for word in words[-3:]) or len(lying) != 1 or len(within) != 1:
            return False
        (shape,), (inner,) = lying, within
        framing = shape.thing in SHAPES and shape.thing != "star" and shape.count == 1
        if not framing or not shape.fresh or shape.relation or shape.place:
            return False
        if inner.fresh:
            shape.place, shape.relation, inner.place, inner.relation = inner.place, inner.relation, None, None
            inner.said.discard("place")
        self.changes.relate([inner], "inside", shape)
        return True

    def _flanked(self, lying: list[Known], others: list[Known]) -> bool:
        """Whether what is there gets something new on each side: "put it between two books"."""
        if any(one.fresh for one in lying) or not all(one.fresh for one in others) or len(lying) > 1:
            return False
        if len(others) == 1 and others[0].count == 2:
            others = [others[0], self.changes.split(others[0], 1)]
        if len(others) != 2:
            return False
        for side, one in zip(("left of", "right of"), others, strict=True):
            self.changes.relate([one], side, lying[0])
        self.focus = list(lying)
        return True
