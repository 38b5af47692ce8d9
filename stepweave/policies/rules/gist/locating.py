"""Where things are: by places, by each other, by what was said of others."""

from __future__ import annotations

import itertools
from dataclasses import replace

from stepweave.policies.rules.gist.changes import UNDER
from stepweave.policies.rules.gist.grounding import AROUND, Grounding
from stepweave.policies.rules.gist.known import HANDS, HOLDERS, Known
from stepweave.policies.rules.gist.naming import ALL
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.sentence import SKIPPED, THINGS
from stepweave.world.things.actions import EXPRESSIONS
from stepweave.world.vocabulary import SETTING_NAMES, TEXT

DEPTHS = ("in front", "in the foreground", "in the background")
"""Where something is in the depth of the picture, by itself."""
SIDES = {2: ("left", "right"), 3: ("left", "middle", "right")}
"""Where each of several is."""


class Locating(Grounding):
    """Where things are: by places, by each other, by what was said of others."""

    def _relation(self, kind: str) -> None:
        ahead = 0
        while self.sees("the", "a", "only", "owner", "nothing", ahead=ahead):
            ahead += 1
        after = self.peek(ahead)
        before = self.pieces[self.at - 1]
        side = _side(kind, before.text if isinstance(before, Mark) else "")
        if side and not (isinstance(after, Noun) and after.head != "background"):
            self._place(side)
            return
        if (
            isinstance(before, Mark)
            and before.text == "by"
            and self.acted
            and isinstance(after, Noun)
            and after.name in HOLDERS
        ):
            self.at += ahead
            self.objects()
            return
        if self._felt(before) and isinstance(after, Noun) and after.head in THINGS:
            self.at += ahead
            feeling = self.focus
            found = self.objects()
            if all(one.fresh and not one.relation and not one.place for one in feeling):
                self.changes.relate(feeling, "next to", found[-1])
            self.focus = feeling
            return
        if kind == "on" and isinstance(after, Mark) and after.kind == "colour":
            self.at += ahead + 1
            self.changes.background(after.value)
            return
        if after is None or (isinstance(after, Mark) and after.kind in ("and", "comma", "verb", "be", "that")):
            self._dangling(kind)
            return
        if isinstance(after, Mark) and after.kind == "setting" and isinstance(inner := self.peek(ahead + 1), Noun):
            after = after if inner.definite or inner.indefinite or inner.count else inner
        if isinstance(after, Mark) and after.kind == "colour" and kind in ("on", "next to") and self._ends(ahead + 1):
            self.at += ahead + 1
            self.changes.background(after.value)
            return
        if isinstance(after, Noun) and after.head == "they" and after.name in ALL and kind in ("on", "above"):
            self.at += ahead + 1
            self._place("top")
            return
        if isinstance(after, Mark) or after.head in ("background", "people"):
            return
        self.waiting = (kind, self._lying())

    def _ends(self, ahead: int) -> bool:
        """Whether nothing more is said of what is named there."""
        return self.peek(ahead) is None or self.sees("and", "comma", "with", "that", ahead=ahead)

    def _felt(self, mark: Piece) -> bool:
        """Whether a feeling is told, and "at" says about whom."""
        feeling = self.peek(-2)
        return (
            isinstance(mark, Mark)
            and mark.text in ("at", "by", "towards", "toward")
            and isinstance(feeling, Mark)
            and feeling.kind in ("acting", "acts")
            and feeling.value in EXPRESSIONS
        )

    def _lying(self) -> list[Known]:
        """What lies where the next words tell; nothing if it is still to be named."""
        if not self.focus or self._leads():
            return []
        shared = any(isinstance(one, Noun) and one.head == "one" and not one.definite for one in self.pieces[: self.at])
        if shared and isinstance(before := self.peek(-2), Mark) and before.kind == "comma":
            return [one for one in self.names if one.thing == self.focus[-1].thing]
        return self.focus

    def _leads(self) -> bool:
        """Whether a place behind a comma or "and" is that of the noun which follows it."""
        before = self.peek(-2)
        before = self.peek(-3) if isinstance(before, Mark) and before.kind == "be" else before
        if not (isinstance(before, Mark) and before.kind in ("and", "comma")):
            return False
        here = [
            one for one in self.pieces[self.at :] if not (isinstance(one, Mark) and one.kind in (*SKIPPED, "owner"))
        ]
        mark = self.pieces[self.at - 1]
        by_noun = isinstance(mark, Mark) and mark.kind == "relation"
        rest = here[1:] if by_noun else here
        after = rest[0] if rest else None
        joined = isinstance(earlier := self.peek(-3), Mark) and earlier.kind in ("and", "comma")
        if isinstance(after, Mark) and (after.kind == "be" or (joined and after.kind == "comma")):
            after = rest[1] if len(rest) > 1 else None
        return isinstance(after, Noun) and after.head in ("thing", "text", "one")

    def _related(self, found: list[Known]) -> None:
        assert self.waiting is not None
        kind, lying = self.waiting
        self.linkable = False
        if kind == "between" and self.first is None and found[-1].count < 2 and len(found) < 2:
            self.first = found[-1]
            self.skip("and", "comma")
            return
        other = None
        if kind != "between":
            both = len(found) == 2 and found[0].thing == found[1].thing
            found, other = (found[1:], found[0]) if both else (found[:1], None)
        if kind == "between":
            first, other = (
                (self.first, found[-1])
                if self.first
                else (found[-2], found[-1])
                if len(found) > 1
                else (found[-1], None)
            )
            found = [first] if first else found
        noun = self.pieces[self.at - 1]
        if isinstance(noun, Noun) and noun.head == "it" and kind != "between":
            found = [self._parallel(kind, lying, found[-1])]
        self.first, self.waiting = None, None
        self.ground = self.ground or (found[-1] if kind in UNDER else None)
        if lying and all(one is found[-1] for one in lying):
            raise self.lost()
        if kind == "between" and lying and self._flanked(lying, [one for one in (*found, other) if one is not None]):
            return
        if not lying:
            self.lead = [(kind, (found[-1], other))]
            self.focus, self.listed = [], []
            return
        if kind == "next to" and self._encircled(lying, found):
            self.focus = lying
            return
        taken = all("place" in one.said and one.relation is not None for one in lying)
        if taken and not self.acted:
            raise self.lost()
        self.changes.relate(self._together(lying, kind, found[-1]), kind, found[-1], other)
        self.focus = list(found) if self._goes_on(found) else lying

    def _to_each(self, found: list[Known]) -> None:
        """ "A star above each of them": as many as there are others, one with each."""
        assert self.waiting is not None
        (kind, lying), self.waiting = self.waiting, None
        group = found[0]
        sides = SIDES.get(group.count, ())
        if len(found) == 1 and sides and not group.relation and not group.place:
            found = [group, *(self.changes.split(group, 1, side) for side in sides[1:])]
            group.place = sides[0]
        plain = len(lying) == 1 and lying[0].fresh and lying[0].count == 1 and not lying[0].relation
        if not plain or len(found) < 2 or any(one.count > 1 for one in found) or kind == "between":
            raise self.lost()
        copies = [replace(lying[0], parts=dict(lying[0].parts), said=set(lying[0].said)) for _ in found[1:]]
        for one, to in zip((lying[0], *map(self.changes.bring, copies)), found, strict=True):
            self.changes.relate([one], kind, to)
        self.focus = lying

    def _goes_on(self, found: list[Known]) -> bool:
        """Whether the next words tell where the other side of a relation lies in turn."""
        ahead = 1
        while self.sees(*SKIPPED, ahead=ahead):
            ahead += 1
        scenery = self.sees("setting", "weather", ahead=ahead)
        return self.sees("relation") and not scenery and found[-1].fresh

    def _dangling(self, kind: str) -> None:
        """A relation to what was spoken of, without naming it; before and behind nothing says nothing."""
        mark = self.pieces[self.at - 1]
        if (
            isinstance(mark, Mark)
            and mark.text in DEPTHS
            and not any(one.there for one in self.changes.picture.recent[:-1])
        ):
            return
        acting = isinstance(deed := self.peek(-2), Mark) and deed.kind in ("acts", "acting")
        lying = self._lying() if self.names or (acting and self.story) else []
        apart = [one for one in self.changes.picture.recent if one.there and one not in (lying or self.focus)]
        if kind != "between" and len(apart) > 1 and not (lying or self.names or self._subject_comes()):
            apart = apart[:-1]  # what was spoken of last is what lies there
        pair = self.names[:-1] if kind == "between" and len(self.names) > 2 else apart
        if kind == "between":
            apart = [one for one in pair if one not in lying]
            two = ([one for one in apart if one.thing not in HOLDERS] or apart)[-2:]
            if (len(two) == 1 and two[0].count < 2) or not two:
                raise self.lost()
            to, other = (two[0], two[1] if len(two) > 1 else None)
        elif lying and lying[-1].thing == TEXT and len(self.names) == 1:
            if not apart:
                self.changes.place(lying, "top" if kind in ("on", "above") else "bottom")
                return
            to, other = self.changes.picture.present()[0], None
            to = to if to not in lying else apart[-1]
        else:
            owner = [one for one in self.owner if one not in lying] if self.verb in ("with", "have") else []
            started = next((one for one in (*owner, *self.names[:1]) if one not in lying), None)
            bearing = [one for one in apart if one.thing not in HANDS]
            if kind in UNDER and started is not None and started.thing in HANDS and bearing:
                started = bearing[-1]
            if started is None and not apart:
                if kind in UNDER and self.changes.picture.background in SETTING_NAMES:
                    return  # "a street with a bus in it"
                raise self.lost()
            to, other = started if started is not None and (lying or not apart) else apart[-1], None
        to = self._grounded(kind, mark, lying, to)
        if kind == "on" and to.alive and to.relation is not None and to.relation[0] == "on":
            to = to.relation[1]
        if not lying:
            picture, first = self.changes.picture, self.at == 1
            to = picture.anchor if first and picture.anchor is not None and picture.anchor.there else to
            picture.anchor = to
            self.lead = [(kind, (to, other))]
        elif kind == "on" and lying[-1].thing == TEXT:
            self.changes.place(lying, "top")
        elif isinstance(mark, Mark) and mark.text in AROUND and self._encircled(lying, [to]):
            return
        elif not (to.fresh and to.relation and to.relation[1] in lying):
            self.changes.relate(self._together(lying, kind, to), kind, to, other)

    def _dangle(self) -> None:
        if self.waiting is not None:
            (kind, lying), self.waiting = self.waiting, None
            if self.first is not None or not lying:
                raise self.lost()
            self._dangling(kind)

    def _place(self, place: str) -> None:
        if self.row and not self.sees("row"):
            place = self.row if place == "middle" else f"{self.row} {place}"
        if self.sees("of") and isinstance(whole := self.peek(1), Noun) and whole.head in ("they", "it"):
            self.at += 2
        self.waiting = None
        be = self.peek(-2)
        remains = place == "left" and self.verb == "be" and isinstance(be, Mark) and be.kind == "be"
        if remains and self.peek() is None and any(self._takes(one) for one in self.pieces):
            return  # "take two, so that one is left"
        second = self.peek(1)
        if self.sees("and", "comma") and isinstance(second, Mark) and second.kind == "place" and self.focus:
            several = self.focus[-1]
            if several.fresh and (several.count == 2 or "many" in several.said):
                several.count = 2
                self.at += 2
                one = self.changes.split(several, 1)
                self.changes.place([several], place)
                self.changes.place([one], second.value)
                self.focus, self.listed = [several, one], [several, one]
                self.names.append(one)
                return
        if not self.focus or self._leads():
            if not self.names and self.verb in ("be", "go", "put") and self.topic():
                self.changes.place(self.topic(), place)
                return
            self.lead = [(place, None)]
            return
        self.changes.place(self.focus, place, anyway=self.verb == "put")

    def land(self, found: list[Known], *, keep: bool = False) -> None:
        """What was said before its noun is said of it."""
        for where, to in self.lead:
            if to is None:
                self.changes.place(found, where)
            else:
                self.changes.relate(found, where, *to)
        joined = self.sees("and", "comma") and isinstance(self.peek(1), Noun)
        self.lead = self.lead if keep and joined else []

    def _takes(self, piece: Piece) -> bool:
        return isinstance(piece, Mark) and piece.kind == "verb" and piece.value in ("remove", "take")

    def _spread(self, kind: str) -> None:
        """ "One on each side", "a star in each corner", "side by side"."""
        changes = self.changes
        if kind == "sidebyside":
            row = list(dict.fromkeys(self.listed))
            for before, one in itertools.pairwise(row):
                if not one.relation and before.count == one.count == 1:
                    changes.relate([one], "right of", before)
            return
        if not (self.focus or self.topic()):
            raise self.lost()
        last = (self.focus or self.topic())[-1]
        places = (
            ("top left", "top right", "bottom left", "bottom right") if kind == "corners" else ("left of", "right of")
        )
        others = [one for one in self.names if one is not last]
        if not last.fresh or last.thing == TEXT:
            raise self.lost()
        last.count = len(places)
        ones = [*(changes.split(last, 1) for _ in places[1:]), last]
        for one, place in zip(ones[::-1], places, strict=True):
            if kind == "corners" or not others:
                changes.place([one], place.removesuffix(" of"))
            else:
                changes.relate([one], place, others[0])

    def _moved_to(self, place: str | None, relation: tuple[str, Known, Known | None] | None) -> None:
        """To where something was before it went."""
        if place:
            self.changes.place(self.focus, place)
        elif relation:
            self.changes.relate(self.focus, *relation)

    def _towards(self) -> bool:
        return isinstance(noun := self.peek(), Noun) and noun.head in THINGS

    def _stands_up(self) -> bool:
        """Whether "up" sets something upright: "stand it up"."""
        verb = self.peek(-3)
        return isinstance(self.peek(-2), Noun) and isinstance(verb, Mark) and verb.text in ("stand", "stands", "prop")

    def _rises(self) -> bool:
        """Whether "up" tells where something is, or goes."""
        before = self.peek(-2)
        moves = isinstance(before, Mark) and (before.value in ("fly", "jump") or before.value in ("go", "put"))
        verb = self.peek(-3)
        wakes = isinstance(before, Noun) and before.head in ("it", "they") and isinstance(verb, Mark)
        if wakes and isinstance(verb, Mark) and verb.kind == "verb" and verb.value not in ("put", "go", "make"):
            return False  # "wake it up", "fill them up"
        if isinstance(before, Noun) and isinstance(verb, Mark) and verb.value == "hold":
            return False  # "picks the block up"
        return isinstance(before, Noun) or moves


def _side(kind: str, text: str) -> str:
    """The place that a relation is where it relates to nothing but the picture: "on the left of it all"; or empty."""
    if kind in ("left of", "right of") and text.startswith(("on", "to", "at")):
        return kind.removesuffix(" of")
    return next((place for place in ("top", "bottom") if f" {place} " in text), "")
