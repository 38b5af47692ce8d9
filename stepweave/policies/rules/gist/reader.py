"""Reads the gist of a sentence: what it names, and what it says of each; what is said to be so, is made so.

A sentence is taken noun by noun. A noun names something that is there already or something new; words behind it tell
its looks and its place; a verb tells what happens to it. Tense and agreement do not matter, and word order only as far
as it tells what belongs to what. What a sentence says of something new becomes part of how it is drawn; what it says
of something that is there becomes a change, unless it is so already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stepweave.policies.rules.gist import speech
from stepweave.policies.rules.gist.describing import ATTRIBUTES, Describing
from stepweave.policies.rules.gist.doing import VERBS
from stepweave.policies.rules.gist.grounding import SMALL
from stepweave.policies.rules.gist.known import HOLDERS, Known
from stepweave.policies.rules.gist.moments import weighty
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece, resting
from stepweave.policies.rules.gist.sentence import SKIPPED, THINGS
from stepweave.policies.rules.gist.skimming import SCENERY
from stepweave.world.language.lexicon import part_of
from stepweave.world.vocabulary import TEXT

INSTEAD = ("instead of", "rather than", "in place of")

SEVERAL = ("are", "were", "have", *speech.BE.split(", "))
"""Forms of verbs that tell of several."""
HANDY = ("umbrella", "balloon", "flower", "key", "gift", "book", "ice cream", "candle", "cup", "carrot")
"""What somebody who comes with it holds."""


class Reader(Describing):
    """Reads one sentence after the other, and tells the changes of a step what they say."""

    def read(self, pieces: Sequence[Piece]) -> None:
        """Read sentences."""
        sentence: list[Piece] = []
        for at, piece in enumerate((*pieces, Mark("stop", ".", "."))):
            if not isinstance(piece, Mark) or piece.kind != "stop":
                sentence.append(piece)
            elif piece.text.startswith(":") and sentence and (all(map(_where, sentence)) or _orders(sentence)):
                continue  # "left: a sun", "remove: the cup"
            elif piece.text.startswith(":") and _lists(sentence, pieces[at + 1 :]):
                sentence.append(Mark("comma", ",", ","))
            elif sentence:
                self._sentence(sentence)
                sentence = []

    def _sentence(self, sentence: Sequence[Piece]) -> None:
        if (_says_the_same(sentence) or _goes_too(sentence, self.changes.picture.before)) and not self.story:
            sentence = self._again(sentence)
        elif _another(sentence) and _goes_off(self.changes.picture.before) and not self.story:
            sentence = list(self.changes.picture.before)
        self.changes.picture.before = list(sentence)
        self._begin(sentence)
        while (piece := self.peek()) is not None:
            self.at += 1
            if isinstance(piece, Noun):
                self._noun(piece)
            elif piece.kind == "verb" or (piece.verb and self._is_deed(piece)):
                self._dangle()
                self.acted = True
                VERBS[piece.verb or piece.value](self)
            else:
                self._mark(piece)
        self._dangle()
        if self.lead:
            self.main = self.main or self.default()
            self.land(self.default())
        for one in self.main:
            self.changes.picture.speak(one)
        if isinstance(sentence[0], Noun) or (isinstance(sentence[0], Mark) and sentence[0].kind != "dangling"):
            self.changes.picture.anchor = None
        self.changes.picture.listed = list(dict.fromkeys(self.tops)) or self.changes.picture.listed

    def _again(self, sentence: Sequence[Piece]) -> list[Piece]:
        """ "The right one too": what the last sentence said of another one is said of it as well."""
        noun = next(one for one in sentence if isinstance(one, Noun))
        before = list(self.changes.picture.before)
        for at, one in enumerate(before):
            if isinstance(one, Noun) and one.head in ("thing", "one") and one.definite:
                before[at] = replace(noun, head=one.head, name=one.name) if noun.head == "one" else noun
                return before
        return list(sentence)

    def _is_deed(self, mark: Mark) -> bool:
        """Whether a word that can tell how something looks is a verb here: "open the box"."""
        before = self.peek(-2)
        ahead = 0
        while self.sees(*SKIPPED, ahead=ahead):
            ahead += 1
        after = self.peek(ahead)
        if mark.verb == "pour" and isinstance(after, Mark) and after.kind in ("liquid", "relation", "from"):
            return True
        if mark.kind == "place":
            return self.at == 1 and isinstance(after, Noun) and after.definite  # "lower the block"
        verbal = not (isinstance(before, Mark) and before.kind in ("be", "that", "with"))
        return (
            mark.kind in ("acting", "acts", "pose")
            and verbal
            and isinstance(after, Noun)
            and after.head in (*THINGS, "part")
        )

    def _noun(self, noun: Noun) -> None:
        bare = noun.head == "part" and noun.name in ("arm", "arms") and not noun.plural and not noun.owned
        if bare and (self.sees("verb", "be", "holding") or not self._owners(noun)) and not self.sees("of"):
            noun = Noun("thing", "robot arm", definite=noun.definite, colour=noun.colour, size=noun.size)
        if noun.head == "background":
            self._background(noun)
        elif noun.head == "people":
            self._people()
        elif noun.head == "part" or self._is_had(noun) or self._returns(noun):
            self._part(noun)
        elif (
            noun.head == "it"
            and not self.names
            and not self.changes.picture.recent
            and self.sees("be", "acts", "verb", "have")
        ):
            return
        elif noun.head in THINGS:
            self._thing(noun)

    def _is_had(self, noun: Noun) -> bool:
        """Whether a part is told of what has it: "with wheels"."""
        return self.verb in ("with", "have", "without") and self._is_part(noun)

    def _returns(self, noun: Noun) -> bool:
        """Whether a part comes that was missing so far: "the tree gets apples"."""
        comes = self.verb == "become" and noun.head == "thing" and noun.count is None
        return comes and any(part_of(one.thing, f"{noun.name}s") in one.lacking for one in self.focus)

    def _thing(self, noun: Noun) -> None:
        before = self.peek(-2)
        if isinstance(before, Mark) and before.kind == "for" and noun.head in ("it", "they"):
            return
        shown = isinstance(before, Mark) and before.kind == "verb" and before.value in ("draw", "write")
        if shown and noun.name in ("her", "him") and isinstance(self.peek(), Noun):
            return  # "draw her a cat"
        things = isinstance(before, Noun) and before.head == "thing" and noun.head == "thing" and not self.waiting
        if things and not (self.story or noun.definite or noun.indefinite or noun.count or self.lead):
            raise self.lost()
        if self.verb == "without" and noun.indefinite and self.sees_before("and", "comma"):
            self.verb = ""  # "a bird without wings and a tree"
        elif self.verb == "without":
            self._lacked(noun)
            return
        if noun.only and noun.definite and len(weighty(self.pieces, "and", "comma")) == 1 and not self.story:
            self._left_alone(noun)
            return
        if self._describes(noun):
            noun = replace(noun, definite=True)
        if self.sees("possessive") and isinstance(after := self.peek(1), Noun) and after.head == "part":
            self.focus = self.meant(noun)
            return
        if self.sees("possessive") and self.sees("colourword", ahead=1):
            self.focus = self.meant(noun)
            return
        if noun.head == "text" and noun.label and self.verb == "be" and self.focus and self.focus[-1].thing == TEXT:
            self.comes_instead(self.focus[-1], noun)  # 'the word is now "Go"'
            return
        if (old := self._replaced_by(noun)) is not None:
            self.comes_instead(old, noun)
            return
        also = any(isinstance(one, Mark) and one.kind == "too" for one in self.pieces) and self.waiting is None
        found = self.meant(noun, new=(self.verb == "add" and self.waiting is None) or (also and noun.head == "thing"))
        if isinstance(before, Mark) and before.kind == "of" and self.focus and self.waiting is None:
            return
        if self.waiting is not None:
            if noun.each and (len(found) > 1 or found[-1].count > 1 or found[-1].fresh):
                self._to_each(found)
                return
            self._related(found)
            return
        if self.verb in ("with", "have") and self.focus and (isinstance(before, Mark) or self.verb == "have"):
            self._companion(found)
            return
        joined = (isinstance(before, Mark) and before.kind in ("and", "comma")) or isinstance(before, Noun)
        linked = joined and self.linkable and self._only_joined()
        self.listed = [*self.listed, *found] if linked else list(found)
        self.focus, self.part, self.linkable, self.main = list(found), None, True, list(found)
        self.tops += found
        if self.lead:
            self.land(found, keep=True)

    def _lacked(self, noun: Noun) -> None:
        """ "Without the ball": of that kind, nothing is there any more."""
        for one in self.changes.picture.kind(noun.name):
            if noun.colour in (None, one.shown):
                self.changes.remove(one, one.count)

    def _left_alone(self, noun: Noun) -> None:
        """ "Then only the box": all others are gone."""
        left = self.meant(noun)
        for one in self.changes.picture.present():
            if one not in left:
                self.changes.remove(one, one.count)

    def _describes(self, noun: Noun) -> bool:
        """Whether a bare noun at the beginning tells more of the one of its kind: "orange truck"."""
        bare = not (
            noun.definite or noun.indefinite or noun.count or noun.another or noun.plural or self.names or self.verb
        )
        kinds = self.changes.picture.kind(noun.name) if noun.head == "thing" and bare and noun.colour else []
        return len(kinds) == 1 and kinds[0].count == 1 and kinds[0].colour is None

    def _only_joined(self) -> bool:
        """Whether nothing but commas and "and" stands between this noun and the one before it."""
        at = self.at - 2
        while at >= 0 and isinstance(piece := self.pieces[at], Mark) and piece.kind in ("and", "comma", *SKIPPED):
            at -= 1
        return at >= 0 and isinstance(self.pieces[at], Noun)

    def _verbs(self) -> list[str]:
        """The verbs of the sentence so far."""
        return [one.value for one in self.pieces[: self.at] if isinstance(one, Mark) and one.kind == "verb"]

    def _companion(self, found: list[Known]) -> None:
        """ "With a key": what comes along is named; what is had by somebody who can hold it, is held."""
        owner = self.focus[-1]
        doing = self.said if self.verb == "with" and self.said in self.pieces[max(0, self.at - 5) : self.at] else None
        if doing is not None and doing.kind in ("acts", "acting") and all(one.alive for one in (owner, *found)):
            self.changes.act(found, resting(doing.value))
        carried = self.verb == "have" or (self.story and self.verb == "with" and "appear" in self._verbs())
        if carried and owner.grips and not self.sees("relation", "dangling", "place"):
            self.changes.relate([one for one in found if not one.alive or self.story], "held by", owner)
        elif self.verb == "have" and owner.thing in ("box", "bowl") and not self.sees("relation", "dangling", "place"):
            self.changes.relate([one for one in found if one is not owner], "inside", owner)
            self.last = found
            return
        elif self.verb == "have" and not self.sees("relation", "dangling", "place", "sides"):
            self.changes.relate(found, "next to", owner)
        elif self.verb == "with" and not self._told_where():
            bearer = (self.owner or [owner])[-1]
            upon = bearer.thing == "table" and all(one.thing in SMALL or one.alive for one in found)
            kind = "on" if upon else "inside" if bearer.thing in ("box", "bowl") else ""
            loose = [one for one in found if one.fresh and not one.relation and not one.place]
            handy = bearer.alive and bearer.grips and all(one.thing in HANDY and one.count == 1 for one in loose)
            kind = kind or ("held by" if handy and len(loose) == 1 else "")
            if kind and bearer not in loose:
                self.changes.relate(loose, kind, bearer)
        self.focus = list(found)

    def _told_where(self) -> bool:
        """Whether it is told where that is which was just named."""
        sides = self.sees("comma") and self.sees("sides", ahead=1)
        return sides or self.sees("relation", "dangling", "place", "sides")

    def _mark(self, mark: Mark) -> None:
        kind, value = mark.kind, mark.value
        if kind in ATTRIBUTES:
            self.attribute(mark)
        elif kind in SCENERY:
            self.changes.background(value)
            self.waiting = self.waiting if isinstance(self.peek(), Noun) else None
        elif kind == "relation":
            self._relation(value)
        elif kind == "dangling":
            self._dangling(value)
        elif kind == "place":
            self._place(value)
        elif kind in ("be", "have", "with", "without"):
            self._dangle()
            self.verb = kind
            self.owner = self.focus[-1:]
            if kind in ("be", "have") and self.listed and len(self.listed) > 1 and mark.text in SEVERAL:
                self.focus = list(self.listed)
            if kind in ("with", "have", "without") and not self.focus and self.names:
                self.focus = self.names[-1:]
            if kind == "have" and not self.focus:
                self.verb = ""
        elif kind == "holding":
            VERBS["hold"](self)
        elif kind in ("sides", "corners", "sidebyside"):
            self._spread(kind)
        elif kind == "not" and self.story:
            self.skip("acts", "acting", "verb")
            if isinstance(noun := self.peek(), Noun) and noun.head == "thing" and not noun.definite:
                self.at += 1
        elif kind == "not" and not self._denied():
            raise self.lost()
        else:
            self._little(mark)

    def _denied(self) -> bool:
        """ "No bee", "not sad any more": what was there, or was so, no longer is."""
        self.skip(*SKIPPED)
        piece = self.peek()
        if isinstance(piece, Noun):
            self.verb = "without"
            return piece.head in ("thing", "part") and not (piece.definite or piece.indefinite)
        if not isinstance(piece, Mark) or piece.kind not in ("acting", "acts"):
            return False
        self.at += 1
        doing = [one for one in self.focus or self.topic() if one.action == resting(piece.value) and not one.fresh]
        self.changes.act(doing, None)
        return bool(doing)

    def _little(self, mark: Mark) -> None:
        """Little words, by the part that each plays."""
        kind = mark.kind
        if kind == "upright":
            self.changes.turn(self.focus or self.topic(), 0)
        elif kind == "none":
            for one in self.changes.picture.kind(self.topic()[-1].thing) if self.topic() else []:
                self.changes.remove(one, one.count)
        elif kind == "various":
            self.vary(self.focus)
        elif kind == "likewise":
            self.about(self.objects())
            self.verb = "be"
            if self.said is None or not self.focus:
                raise self.lost()
            self.attribute(self.said)
        elif kind == "row" and self.lead:
            self.row, self.lead = self.lead[-1][0], []
        elif kind == "up" and self.focus and self._stands_up():
            self.changes.turn(self.focus, 0)
        elif kind == "up" and self.focus and self._rises():
            self.changes.place(self.listed if isinstance(self.peek(-2), Noun) else self.focus, "top")
        elif kind in ("both", "every") and (len(self.listed) > 1 or self.focus):
            self.focus = list(dict.fromkeys(self.listed)) if len(self.listed) > 1 else self.focus
        elif kind == "to" and self.focus and self._towards():
            noun = self.peek()
            into = isinstance(noun, Noun) and noun.name in ("box", "bowl") and not any(map(_walks, self.focus))
            self.waiting = ("inside" if into else "next to", self.focus)
        elif kind == "from" and mark.text != "from" and self._towards() and not self.acted:
            self.waiting = ("next to", self.focus or self.topic())
        elif kind == "that" and self.last and self.sees("be", "acts", "acting", "have"):
            self._tells_of_last()
        elif kind == "for" and mark.text in INSTEAD and self.focus and self._towards():
            self._chosen_over(self.focus[-1])
        elif kind == "thither" and self.focus and self.changes.picture.spot is not None:
            self._moved_to(*self.changes.picture.spot)


def _says_the_same(sentence: Sequence[Piece]) -> bool:
    """Whether a sentence only names something that is there, and says "too"."""
    nouns = [one for one in sentence if isinstance(one, Noun)]
    marks = [one.kind for one in sentence if isinstance(one, Mark)]
    plain = set(marks) <= {"too", "the", "nothing", "and", "comma", "only", "place"} and "too" in marks
    return plain and len(nouns) == 1 and nouns[0].definite and nouns[0].head in ("thing", "one")


def _goes_too(sentence: Sequence[Piece], before: Sequence[Piece]) -> bool:
    """Whether a sentence only names one of several, of another of which the last one told that it goes."""
    plain = weighty(sentence, "and", "comma")
    nouns = [one for one in before if isinstance(one, Noun)]
    one = plain[0] if len(plain) == 1 else None
    told = len(nouns) == 1 and nouns[0].definite and _goes_off([Noun("one"), *before])
    return told and isinstance(one, Noun) and one.head == "one" and one.definite and one.colour is not None


def _another(sentence: Sequence[Piece]) -> bool:
    """Whether a sentence names no more than another one."""
    nouns = [one for one in sentence if isinstance(one, Noun)]
    marks = {one.kind for one in sentence if isinstance(one, Mark)}
    return marks <= {"nothing", "and", "comma"} and len(nouns) == 1 and nouns[0].head == "one" and nouns[0].another


def _goes_off(sentence: Sequence[Piece]) -> bool:
    """Whether a sentence tells that one of several goes."""
    ones = [one for one in sentence if isinstance(one, Noun) and one.head == "one" and not one.definite]
    return bool(ones) and any(isinstance(one, Mark) and one.value in ("vanish", "remove", "gone") for one in sentence)


def _orders(sentence: Sequence[Piece]) -> bool:
    """Whether it is no more than a verb."""
    return all(isinstance(one, Mark) and one.kind == "verb" for one in sentence)


def _where(piece: Piece) -> bool:
    """Whether it only tells a place."""
    return isinstance(piece, Mark) and piece.kind in ("place", "relation", "the", "nothing")


def _walks(one: Known) -> bool:
    """Whether it goes somewhere by itself."""
    return one.alive or one.thing in HOLDERS


def _lists(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether behind a colon it is told what each of several looks like."""
    nouns = [one for one in before if isinstance(one, Noun)]
    several = bool(nouns) and nouns[-1].many > 1
    return several and bool(after) and (isinstance(after[0], Mark) or after[0].head == "one")
