"""Reads the gist of a sentence: what it names, and what it says of each; what is said to be so, is made so.

A sentence is taken noun by noun. A noun names something that is there already or something new; words behind it tell
its looks and its place; a verb tells what happens to it. Tense and agreement do not matter, and word order only as far
as it tells what belongs to what. What a sentence says of something new becomes part of how it is drawn; what it says
of something that is there becomes a change, unless it is so already.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from stepweave.policies.rules.gist.changes import UNDER, Changes
from stepweave.policies.rules.gist.known import HOLDERS, Known
from stepweave.policies.rules.gist.naming import ALL, named
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece, resting
from stepweave.world.language.deeds import REST
from stepweave.world.language.errors import NotUnderstood
from stepweave.world.language.lexicon import part_of
from stepweave.world.things.actions import EXPRESSIONS, actions
from stepweave.world.vocabulary import DRAWABLE, TEXT

THINGS = ("thing", "one", "it", "they", "text")
SKIPPED = ("the", "a", "that", "nothing", "of", "only", "where", "every", "more")
ATTRIBUTES = ("colour", "size", "acting", "pose", "comparative", "acts")
HANDLING = ("hold", "put", "drop", "rotate", "upset", "flip", "become", "pour", "take", "give", "open", "set")
"""Verbs of what hands do to things, not to themselves."""
DEPTHS = ("in front", "in the foreground", "in the background")
"""Where something is in the depth of the picture, by itself."""
BEARERS = ("table", "box", "bowl", "chair")
"""What bears several small things at once."""
SMALL = frozenset("cup apple carrot cake book key bottle candle block bowl jug gift lamp clock flower".split()) | {
    "ice cream"
}
"""What lies on tables."""
INSTEAD = ("instead of", "rather than", "in place of")
Lead = tuple[str, tuple[Known, Known | None] | None]
"""A place or relation that is said before what it is said of."""


class Reader:
    """Reads one sentence after the other, and tells the changes of a step what they say."""

    def __init__(self, changes: Changes, *, story: bool = False) -> None:
        self.changes = changes
        self.story = story
        self._begin([])

    def _begin(self, sentence: Sequence[Piece]) -> None:
        self.pieces, self.at = list(sentence), 0
        self.names: list[Known] = []
        """Everything that the sentence named."""
        self.listed: list[Known] = []
        """Neighbours in a list."""
        self.focus: list[Known] = []
        """What the next words are about."""
        self.part: tuple[list[Known], str] | None = None
        self.verb = ""
        self.waiting: tuple[str, list[Known]] | None = None
        """A relation whose other side has not come yet, and what lies in it."""
        self.first: Known | None = None
        """The first of two between which something lies."""
        self.lead: list[Lead] = []
        self.owner: list[Known] = []
        """What has what the next words name."""
        self.row = ""
        self.acted = False
        """Whether a verb came already."""
        self.tops: list[Known] = []
        """What the sentence is about, but for what only tells where something is."""
        self.main: list[Known] = []
        """What the sentence is about, for "it" in the next one."""
        self.said: Mark | None = None
        """What was said last, for "and so is ..." to repeat."""
        self.last: list[Known] = []
        """What was named last, whatever was said of it."""
        self.linkable = False
        """Whether the next noun may belong to a list with the one before."""

    # ------------------------------------------------------------------------------------------ going through

    def read(self, pieces: Sequence[Piece]) -> None:
        """Read sentences."""
        sentence: list[Piece] = []
        for at, piece in enumerate((*pieces, Mark("stop", ".", "."))):
            if not isinstance(piece, Mark) or piece.kind != "stop":
                sentence.append(piece)
            elif piece.text.startswith(":") and _lists(sentence, pieces[at + 1 :]):
                sentence.append(Mark("comma", ",", ","))
            elif sentence:
                self._sentence(sentence)
                sentence = []

    def _sentence(self, sentence: Sequence[Piece]) -> None:
        from stepweave.policies.rules.gist.doing import VERBS

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
            self._land(self.default())
        for one in self.main:
            self.changes.picture.speak(one)
        if isinstance(sentence[0], Noun) or (isinstance(sentence[0], Mark) and sentence[0].kind != "dangling"):
            self.changes.picture.anchor = None
        self.changes.picture.listed = list(dict.fromkeys(self.tops)) or self.changes.picture.listed

    def _is_deed(self, mark: Mark) -> bool:
        """Whether a word that can tell how something looks is a verb here: "open the box"."""
        before = self.peek(-2)
        ahead = 0
        while self.sees(*SKIPPED, ahead=ahead):
            ahead += 1
        after = self.peek(ahead)
        verbal = not (isinstance(before, Mark) and before.kind in ("be", "that", "with"))
        return (
            mark.kind in ("acting", "acts", "pose")
            and verbal
            and isinstance(after, Noun)
            and after.head in (*THINGS, "part")
        )

    def begins_clause(self) -> bool:
        """Whether the verb read last stands at the beginning of a clause, with what it is about behind it."""
        before, at = self.peek(-2), 0
        while self.sees(*SKIPPED, ahead=at):
            at += 1
        joined = before is None or (isinstance(before, Mark) and before.kind in ("and", "comma"))
        return joined and isinstance(noun := self.peek(at), Noun) and noun.head in (*THINGS, "part")

    def default(self) -> list[Known]:
        """What is meant where nothing is named: what was spoken of before the sentence."""
        others = [one for _, to in self.lead if to is not None for one in to]
        named = [one for one in self.names if one not in others]
        spoken = [one for one in self.changes.picture.recent if one.there and one not in others]
        return named[-1:] or spoken[-1:]

    def peek(self, ahead: int = 0) -> Piece | None:
        """What comes next."""
        return self.pieces[self.at + ahead] if 0 <= self.at + ahead < len(self.pieces) else None

    def sees(self, *kinds: str, ahead: int = 0) -> bool:
        """Whether a word of one of these kinds comes next, or a noun if that is asked for."""
        piece = self.peek(ahead)
        return piece.kind in kinds if isinstance(piece, Mark) else piece is not None and "noun" in kinds

    def sees_before(self, *kinds: str) -> bool:
        """Whether a word of one of these kinds stands before the noun that was just read."""
        at = self.at - 2
        while at >= 0 and isinstance(mark := self.pieces[at], Mark) and mark.kind in SKIPPED:
            at -= 1
        return at >= 0 and isinstance(mark := self.pieces[at], Mark) and mark.kind in kinds

    def skip(self, *kinds: str) -> bool:
        """Go over words of these kinds."""
        start = self.at
        while self.sees(*kinds):
            self.at += 1
        return self.at > start

    def lost(self) -> NotUnderstood:
        """The error for a sentence whose gist cannot be told."""
        return NotUnderstood(
            " ".join(one.text if isinstance(one, Mark) else one.label or one.name for one in self.pieces)
        )

    def topic(self) -> list[Known]:
        """What was spoken of last."""
        return [one for one in self.changes.picture.recent if one.there][-1:]

    # ------------------------------------------------------------------------------------------ nouns

    def objects(self, *, new: bool = False, pick: bool = True) -> list[Known]:
        """Read what a verb is about: nouns joined by commas and "and"; nothing where none comes."""
        found: list[Known] = []
        while True:
            start = self.at
            self.skip(*(("and", "comma") if found else ()), *SKIPPED)
            noun = self.peek()
            if (
                not isinstance(noun, Noun)
                or noun.head not in THINGS
                or (found and self.sees("be", "acts", "acting", "verb", "have", ahead=1))
            ):
                self.at = start
                return found
            if found and self._begins_anew():
                self.at = start
                return found
            self.at += 1
            found += self.meant(self._picked(noun) if pick else noun, new=new)
            if not self.sees("and", "comma"):
                return found

    def _begins_anew(self) -> bool:
        """Whether the noun behind a mere comma has words of its own that tell where it is: "a cup, a dog next to it"."""
        joined = self.peek(-1)
        comma = isinstance(joined, Mark) and joined.kind == "comma"
        return comma and self.sees("relation", "dangling", ahead=1) and self.verb != "put"

    def _picked(self, noun: Noun) -> Noun:
        """ "The one on the left": the place tells which one is meant."""
        kinds = self.changes.picture.kind(noun.name) if noun.head == "thing" else []
        if not noun.definite or noun.head not in ("one", "thing") or (kinds and sum(one.count for one in kinds) < 2):
            return noun
        start = self.at
        self.skip("relation", *SKIPPED)
        if self.sees("place") and not self.sees("of", ahead=1):
            return replace(noun, place=self.take().value)
        self.at = start
        return noun

    def meant(self, noun: Noun, *, new: bool = False) -> list[Known]:
        """What a noun means; "one of the trees" is one of them."""
        if noun.head == "one" and noun.every and self.sees("of"):
            raise self.lost()
        if noun.head == "one" and not noun.definite and (several := self._going_off(noun)) is not None:
            return self._named_too([self.changes.split(several, noun.count or 1)])
        if noun.head == "one" and self.sees("of", "the") and isinstance(self.peek(1), Noun):
            self.at += 1
            several = self.peek()
            self.at += 1
            assert isinstance(several, Noun)
            groups = named(self.changes, several, self.focus, self.names)
            groups = [one for one in groups if one.count > 1] or groups
            if noun.name == "half":
                noun = replace(noun, count=max(1, sum(one.count for one in groups) // 2))
            if sum(one.count for one in groups) < (noun.count or 1):
                more = Noun("thing", groups[-1].thing, count=noun.count)
                return self._named_too(named(self.changes, more, self.focus, self.names))
            found = (
                [self.changes.split(groups[-1], noun.count or 1)] if len(groups) == 1 else groups[-(noun.count or 1) :]
            )
        else:
            found = named(self.changes, noun, self._apart(noun), self.names, new=new, fits=self._expected(noun))
        if noun.head == "they" and self.sees("acts", "acting", "be"):
            found = self._living(found)
        return self._named_too(found)

    def _apart(self, noun: Noun) -> list[Known]:
        """What a pronoun does not mean, being what the sentence says something else of."""
        picture = self.changes.picture
        if noun.head == "it" and not self.waiting and self._is_subject():
            told = self.main or ([picture.subject] if picture.subject and not (self.names or self.acted) else [])
            for one in told:
                if one.there:
                    picture.speak(one)
            return []
        if self.waiting and not self.waiting[1] and not self.names and not self._subject_comes():
            return self.topic()
        return self.waiting[1] if self.waiting else self.focus

    def _is_subject(self) -> bool:
        """Whether something is told of the noun that was just read."""
        ahead = 0
        while self.sees("only", "nothing", "every", "both", "too", ahead=ahead):
            ahead += 1
        before = self.peek(-2)
        object_ = isinstance(before, Mark) and (before.kind == "verb" or before.verb != "")
        return not object_ and self.sees("be", "acts", "acting", "have", "holding", "verb", "must", ahead=ahead)

    def _expected(self, noun: Noun) -> Callable[[Known], bool]:
        """What a pronoun must be able to do, by what is said of it."""
        before = self.peek(-2)
        if self.waiting is not None and self.waiting[0] in UNDER:
            return lambda one: one.thing not in HOLDERS
        if not self._is_subject():
            handled = isinstance(before, Mark) and (before.verb or before.value) in HANDLING
            return (lambda one: one.thing not in HOLDERS) if handled else bool
        for piece in self.pieces[self.at : self.at + 3]:
            if isinstance(piece, Noun):
                break
            if piece.kind in ("acts", "acting") or piece.value in ("open", "pour"):
                return partial(_can, resting(piece.value))
            if piece.kind == "holding" or piece.value == "hold":
                return lambda one: one.grips
        return bool

    def _going_off(self, noun: Noun) -> Known | None:
        """Of which "one flies away" is one."""
        verb = self.peek()
        if not (isinstance(verb, Mark) and verb.kind == "verb" and verb.value in ("vanish", "gone", "fall", "go")):
            return None
        recent = self.changes.picture.recent[::-1]
        found = [one for one in recent if one.there and not one.fresh and not noun.colour]
        return next((one for one in found if one.count >= (noun.count or 1) and one.count > 1), None)

    def _subject_comes(self) -> bool:
        """Whether something that lies where the first words tell is named later on."""
        return any(isinstance(one, Noun) and one.head in ("thing", "text", "one") for one in self.pieces[self.at :])

    def _living(self, found: list[Known]) -> list[Known]:
        """Those who can feel or do something, where "they" do: of what was named, or else of all that is there."""
        shown = next(
            (
                one
                for one in self.pieces[self.at : self.at + 2]
                if isinstance(one, Mark) and one.kind in ("acts", "acting")
            ),
            None,
        )
        alive = [one for one in found if one.alive]
        if shown is None or len(alive) == len(found):
            return found
        present = [one for one in self.changes.picture.present() if one.alive]
        return alive if len(alive) > 1 or not present else present

    def _named_too(self, found: list[Known]) -> list[Known]:
        self.names += [one for one in found if one not in self.names]
        for one in found:
            self.changes.picture.speak(one)
        self.last = found
        return found

    def about(self, found: list[Known]) -> None:
        """The next words are about these."""
        self.focus, self.listed, self.part, self.main = list(found), list(found), None, list(found)
        self.tops += found

    def _noun(self, noun: Noun) -> None:
        bare = noun.head == "part" and noun.name in ("arm", "arms") and not noun.plural and not noun.owned
        if bare and (self.sees("verb", "be", "holding") or not self._owners(noun)) and not self.sees("of"):
            noun = Noun("thing", "robot arm", definite=noun.definite, colour=noun.colour, size=noun.size)
        if noun.head == "background":
            self._background(noun)
        elif noun.head == "people":
            self._people()
        elif noun.head == "part" or (self.verb in ("with", "have", "without") and self._is_part(noun)):
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

    def _thing(self, noun: Noun) -> None:
        before = self.peek(-2)
        if isinstance(before, Mark) and before.kind == "for" and noun.head in ("it", "they"):
            return
        shown = isinstance(before, Mark) and before.kind == "verb" and before.value in ("draw", "write")
        if shown and noun.name in ("her", "him") and isinstance(self.peek(), Noun):
            return  # "draw her a cat"
        if isinstance(before, Noun) and before.head == "thing" and noun.head == "thing" and not self.waiting:
            if not (self.story or noun.definite or noun.indefinite or noun.count or self.lead):
                raise self.lost()
        if self.verb == "without":
            raise self.lost()
        if self._describes(noun):
            noun = replace(noun, definite=True)
        if self.sees("possessive") and isinstance(after := self.peek(1), Noun) and after.head == "part":
            self.focus = self.meant(noun)
            return
        if self.sees("possessive") and self.sees("colourword", ahead=1):
            self.focus = self.meant(noun)
            return
        if (old := self._replaced_by(noun)) is not None:
            self.comes_instead(old, noun)
            return
        also = any(isinstance(one, Mark) and one.kind == "too" for one in self.pieces) and self.waiting is None
        found = self.meant(noun, new=(self.verb == "add" and self.waiting is None) or (also and noun.head == "thing"))
        if isinstance(before, Mark) and before.kind == "of" and self.focus and self.waiting is None:
            return
        if self.waiting is not None:
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
            self._land(found, keep=True)

    def _describes(self, noun: Noun) -> bool:
        """Whether a bare noun at the beginning tells more of the one thing of its kind that is there: "orange truck"."""
        bare = not (
            noun.definite or noun.indefinite or noun.count or noun.another or noun.plural or self.names or self.verb
        )
        kinds = self.changes.picture.kind(noun.name) if noun.head == "thing" and bare and noun.colour else []
        return len(kinds) == 1 and kinds[0].count == 1 and kinds[0].colour is None

    def _replaced_by(self, noun: Noun) -> Known | None:
        """What was there before the thing that comes "instead"."""
        instead = any(isinstance(one, Mark) and one.kind == "instead" for one in self.pieces)
        if not instead or noun.definite or self.waiting is not None or self.names or noun.head not in ("thing", "text"):
            return None
        texts = self.changes.picture.kind(TEXT)
        old = texts[-1:] if noun.head == "text" else self.topic()
        return old[0] if old and not old[0].fresh else None

    def comes_instead(self, old: Known, noun: Noun) -> None:
        """Something that a noun names comes where another one was."""
        thing = old.thing if noun.head == "one" else noun.name if noun.head == "thing" else TEXT
        new = Known(thing, 1, noun.colour, noun.size, action=noun.action, label=noun.label)
        self.changes.replace(old, new)
        self.focus = [new]
        self.names.append(new)

    def _only_joined(self) -> bool:
        """Whether nothing but commas and "and" stands between this noun and the one before it."""
        at = self.at - 2
        while at >= 0 and isinstance(piece := self.pieces[at], Mark) and piece.kind in ("and", "comma", *SKIPPED):
            at -= 1
        return at >= 0 and isinstance(self.pieces[at], Noun)

    def _companion(self, found: list[Known]) -> None:
        """ "With a key": what comes along is named; what is had by somebody who can hold it, is held."""
        owner = self.focus[-1]
        doing = self.said if self.verb == "with" and self.said in self.pieces[max(0, self.at - 5) : self.at] else None
        if doing is not None and doing.kind in ("acts", "acting") and all(one.alive for one in (owner, *found)):
            self.changes.act(found, resting(doing.value))
        if self.verb == "have" and owner.grips and not self.sees("relation", "dangling", "place"):
            self.changes.relate([one for one in found if not one.alive or self.story], "held by", owner)
        elif self.verb == "have" and not self.sees("relation", "dangling", "place", "sides"):
            self.changes.relate(found, "next to", owner)
        elif self.verb == "with" and not self.sees("relation", "dangling", "place", "sides"):
            bearer = (self.owner or [owner])[-1]
            kind = "on" if bearer.thing == "table" else "inside" if bearer.thing in ("box", "bowl") else ""
            loose = [one for one in found if one.fresh and not one.relation and not one.place]
            if kind and bearer not in loose:
                self.changes.relate(loose, kind, bearer)
        self.focus = list(found)

    def _people(self) -> None:
        """Those who ask are passed over, unless they would have to be drawn."""
        if self.sees("be", "have", "holding", "acts") and self.peek(1) is not None and not self.sees("acts"):
            after = self.peek(1)
            if isinstance(after, Mark) and after.kind in ("acting", "relation", "colour") and not self.story:
                raise self.lost()

    def _background(self, noun: Noun) -> None:
        if noun.colour:
            self.changes.background(noun.colour)
        elif self.sees("be", "verb", "to", "colour", "comma", "relation") or self.verb == "make":
            self.skip("be", "verb", "to", "comma", "size", "relation", *SKIPPED)
            if not self.sees("colour", "setting", "weather"):
                raise self.lost()
            self.changes.background(self.take().value)
        self.waiting = None

    def take(self) -> Mark:
        """The next word, which is no noun."""
        piece = self.peek()
        assert isinstance(piece, Mark)
        self.at += 1
        return piece

    # ------------------------------------------------------------------------------------------ parts

    def _is_part(self, noun: Noun) -> bool:
        owner = self.focus[-1:] or self.topic()
        if noun.count is not None or self.sees("dangling", "relation", "place"):
            return False
        return bool(owner and noun.head == "thing" and noun.plural and part_of(owner[0].thing, f"{noun.name}s"))

    def _part(self, noun: Noun) -> None:
        owners = self._owners(noun)
        if self.waiting is not None and owners and not set(owners) <= set(self.waiting[1]):
            self._related(owners)
            return
        self.waiting = None  # "a cactus in a red pot" has one
        word = noun.name if noun.head == "part" else f"{noun.name}s"
        names = [part_of(one.thing, word) for one in owners]
        if not owners or not all(names):
            raise self.lost()
        name = names[-1] or ""
        if self.verb == "without" and noun.colour and self.sees_before("and", "comma"):
            self.verb = "with"
        if self.verb in ("without", "remove"):
            for one in owners:
                self.changes.remove(one, part=name)
        elif self.verb == "add":
            for one in owners:
                self.changes.add_part(one, name, noun.colour)
        elif noun.colour:
            self.changes.colour(owners, noun.colour, name)
        self.focus, self.part = owners, (owners, name)
        self.names += [one for one in owners if one not in self.names]

    def _owners(self, noun: Noun) -> list[Known]:
        """Whose part it is."""
        word = noun.name if noun.head == "part" else f"{noun.name}s"
        if self.sees("of") and isinstance(owner := self.peek(1), Noun) and owner.head in ("thing", "it", "one"):
            self.at += 2
            return self.meant(owner)
        if self._borne(word):
            self.skip("relation", *SKIPPED)
            owner = self.peek()
            assert isinstance(owner, Noun)
            self.at += 1
            return self.meant(owner)
        having = [one for one in self.focus if part_of(one.thing, word)]
        if having and (not noun.owned or self.verb in ("with", "have", "without", "be")):
            return having
        recent = [one for one in self.changes.picture.recent if one.there and part_of(one.thing, word)]
        return recent[-1:]

    def _borne(self, word: str) -> bool:
        """Whether the owner of a part follows it: "a blue door on a yellow house"."""
        relation, at = self.peek(), 1
        while self.sees(*SKIPPED, ahead=at):
            at += 1
        owner = self.peek(at)
        return (
            isinstance(relation, Mark)
            and relation.kind == "relation"
            and relation.value in ("on", "inside")
            and isinstance(owner, Noun)
            and owner.head == "thing"
            and part_of(owner.name, word) is not None
        )

    # ------------------------------------------------------------------------------------------ marks

    def _mark(self, mark: Mark) -> None:
        kind, value = mark.kind, mark.value
        if kind in ATTRIBUTES:
            self.attribute(mark)
        elif kind in ("setting", "weather"):
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
            if kind in ("be", "have") and self.listed and len(self.listed) > 1 and mark.text in ("are", "were", "have"):
                self.focus = list(self.listed)
            if kind in ("with", "have", "without") and not self.focus and self.names:
                self.focus = self.names[-1:]
            if kind == "have" and not self.focus:
                self.verb = ""
        elif kind == "holding":
            from stepweave.policies.rules.gist.doing import VERBS

            VERBS["hold"](self)
        elif kind in ("sides", "corners", "sidebyside"):
            self._spread(kind)
        elif kind == "not" and self.story:
            self.skip("acts", "acting", "verb")
            if isinstance(noun := self.peek(), Noun) and noun.head == "thing" and not noun.definite:
                self.at += 1
        elif kind == "not":
            raise self.lost()
        elif kind == "upright":
            self.changes.turn(self.focus or self.topic(), 0)
        elif kind == "none":
            for one in self.changes.picture.kind(self.topic()[-1].thing) if self.topic() else []:
                self.changes.remove(one, one.count)
        elif kind == "likewise":
            self.about(self.objects())
            self.verb = "be"
            if self.said is None or not self.focus:
                raise self.lost()
            self.attribute(self.said)
        elif kind == "row" and self.lead:
            self.row, self.lead = self.lead[-1][0], []
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

    def _rises(self) -> bool:
        """Whether "up" tells where something is, or goes."""
        before = self.peek(-2)
        moves = isinstance(before, Mark) and (before.value in ("fly", "jump") or before.value in ("go", "put"))
        return isinstance(before, Noun) or moves

    def _tells_of_last(self) -> None:
        """ "..., which is open": said of what was named last, if it can be said of that."""
        expected = self._expected(Noun("it"))
        if expected(self.last[-1]):
            self.focus = self.last

    def _chosen_over(self, new: Known) -> None:
        """ "A box instead of the gift": if the one is there, the other takes its place."""
        old = self.objects()
        if new.fresh and old and not old[-1].fresh:
            self.changes.forget(new)
            self.comes_instead(old[-1], Noun("thing", new.thing, colour=new.colour, size=new.size, action=new.action))
        elif new.fresh:
            for one in old:
                self.changes.forget(one)

    def _moved_to(self, place: str | None, relation: tuple[str, Known, Known | None] | None) -> None:
        """To where something was before it went."""
        if place:
            self.changes.place(self.focus, place)
        elif relation:
            self.changes.relate(self.focus, *relation)

    def _towards(self) -> bool:
        return isinstance(noun := self.peek(), Noun) and noun.head in THINGS

    def attribute(self, mark: Mark) -> None:
        """Something is said of what a thing looks like, or does."""
        kind, value = mark.kind, mark.value
        self.said = mark
        if self.part is not None and kind == "colour":
            self.changes.colour(self.part[0], value, self.part[1])
            return
        if kind == "acts" and len(self.listed) > 1 and self.focus == self.listed[-1:] and not mark.text.endswith("s"):
            self.focus = list(self.listed)
        if self._shared_out(mark):
            return
        meant = self.focus or (self.default() if self.names or self.verb or self.lead else [])
        goes_on = self.story and self.at == 1
        if not meant and value in ("think", "love", REST) and not goes_on:
            return
        if not meant and kind in ("acts", "acting"):
            meant = self.goers(value) if goes_on else self.topic()
            self.focus = list(meant) if goes_on else self.focus
        earlier = self.peek(-2)
        if kind == "acts" and value != "smile" and isinstance(earlier, Mark) and earlier.kind in ("a", "the"):
            return
        if not meant and kind == "colour" and not self.changes.picture.present():
            self.changes.background(value)
            return
        if value == "full" and self.sees("of") and isinstance(self.peek(1), Noun) and meant:
            self.at += 1
            self.changes.relate(self.objects(), "inside", meant[-1])
            return
        if not meant:
            raise self.lost()
        match kind:
            case "colour":
                self.changes.colour(
                    meant, value, anyway=self.verb in ("make", "become") and self.changes.picture.insists
                )
            case "comparative" if self.verb == "become" and any(one.fresh for one in meant):
                self.changes.again()
            case "size" | "comparative":
                self.changes.size(meant, value)
            case "acting" if mark.text == "empty":
                self.changes.empty(meant)
            case "acting" | "acts":
                self.changes.act(meant, resting(value))
                self._thought(value)
            case "pose":
                degrees = 0 if value == "flip" else int(value)
                again = self.verb == "become" and all(one.turn == degrees for one in meant)
                self.changes.turn(meant, degrees, flip=value == "flip", to=not again)

    def goers(self, action: str) -> list[Known]:
        """Who goes on doing things in a story: of those that the sentence before was about, one that can do this."""
        picture = self.changes.picture
        able = [
            one
            for one in (*picture.listed, *reversed(picture.recent))
            if one.there and one.thing in DRAWABLE and (action == REST or action in actions(DRAWABLE[one.thing]))
        ]
        return able[:1]

    def _shared_out(self, mark: Mark) -> bool:
        """ "Three blocks: red, green and blue": one of each."""
        group = self.focus[-1] if len(self.focus) == 1 else None
        if group is None or group.count < 2 or not group.fresh or mark.kind not in ("colour", "size", "acting"):
            return False
        found, ahead = [mark], 0
        while True:
            step = ahead
            while self.sees("and", "comma", "a", "the", ahead=step):
                step += 1
            after = self.peek(step)
            if not isinstance(after, Mark) or after.kind != mark.kind:
                break
            found, ahead = [*found, after], step + 1
        if len(found) != group.count:
            return False
        self.at += ahead
        ones = [*(self.changes.split(group, 1) for _ in found[1:])][::-1]
        ones = [group, *ones[::-1]]
        for one, said in zip(ones, found, strict=True):
            self.focus = [one]
            self.attribute(said)
        self.about(ones)
        self.names += [one for one in ones if one not in self.names]
        return True

    def _thought(self, action: str) -> None:
        """What somebody thinks of is not drawn for that; whom somebody loves is near."""
        if action == "think":
            self.skip(*SKIPPED, "acts", "acting")
            if isinstance(noun := self.peek(), Noun) and noun.head == "thing":
                self.at += 1
                self.changes.picture.recent.insert(0, Known(noun.name, colour=noun.colour, size=noun.size, there=False))
        elif action == "love" and self.sees("noun", "with"):
            self.skip("with")
            lover = self.focus
            found = self.objects()
            if found and not found[-1].relation:
                self.changes.relate(lover, "next to", found[-1])

    # ------------------------------------------------------------------------------------------ places

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
        self.first, self.waiting = None, None
        if kind == "between" and lying and self._flanked(lying, [one for one in (*found, other) if one is not None]):
            return
        if not lying:
            self.lead = [(kind, (found[-1], other))]
            self.focus, self.listed = [], []
            return
        taken = all("place" in one.said and one.relation is not None for one in lying)
        if taken and not self.acted:
            raise self.lost()
        self.changes.relate(lying, kind, found[-1], other)
        self.focus = list(found) if self._goes_on(found) else lying

    def _together(self, lying: list[Known], kind: str, to: Known) -> list[Known]:
        """All of a list of small things, where the last is said to be on a table or in a box."""
        upon = kind in ("on", "inside") and to.thing in BEARERS
        loose = [one for one in self.listed if one.fresh and not one.relation and not one.place and one is not to]
        alike = upon and lying == self.listed[-1:] and all(one.thing in SMALL for one in (*lying, *loose))
        return list(dict.fromkeys((*loose, *lying))) if alike else lying

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

    def _goes_on(self, found: list[Known]) -> bool:
        """Whether the next words tell where the other side of a relation lies in turn."""
        return self.sees("relation") and not self.sees("that", "comma", "and") and found[-1].fresh

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
        pair = self.names[:-1] if kind == "between" and len(self.names) > 2 else apart
        if kind == "between":
            two = [one for one in pair if one not in lying][-2:]
            if (len(two) == 1 and two[0].count < 2) or not two:
                raise self.lost()
            to, other = (two[0], two[1] if len(two) > 1 else None)
        elif lying and lying[-1].thing == TEXT and len(self.names) == 1:
            to, other = self.changes.picture.present()[0], None
            to = to if to not in lying else apart[-1]
        else:
            owner = [one for one in self.owner if one not in lying] if self.verb in ("with", "have") else []
            started = next((one for one in (*owner, *self.names[:1]) if one not in lying), None)
            bearing = [one for one in apart if one.thing not in HOLDERS]
            if kind in UNDER and started is not None and started.thing in HOLDERS and bearing:
                started = bearing[-1]
            if started is None and not apart:
                raise self.lost()
            to, other = started if started is not None and lying else apart[-1], None
        if kind == "on" and to.alive and to.relation is not None and to.relation[0] == "on":
            to = to.relation[1]
        if not lying:
            picture, first = self.changes.picture, self.at == 1
            to = picture.anchor if first and picture.anchor is not None and picture.anchor.there else to
            picture.anchor = to
            self.lead = [(kind, (to, other))]
        elif kind == "on" and lying[-1].thing == TEXT:
            self.changes.place(lying, "top")
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
        if place == "left" and self.verb == "be" and isinstance(be, Mark) and be.kind == "be" and self.peek() is None:
            if any(
                isinstance(one, Mark) and one.kind == "verb" and one.value in ("remove", "take") for one in self.pieces
            ):
                return
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
        self.changes.place(self.focus, place)

    def _land(self, found: list[Known], *, keep: bool = False) -> None:
        """What was said before its noun is said of it."""
        for where, to in self.lead:
            if to is None:
                self.changes.place(found, where)
            else:
                self.changes.relate(found, where, *to)
        joined = self.sees("and", "comma") and isinstance(self.peek(1), Noun)
        self.lead = self.lead if keep and joined else []

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


def _side(kind: str, text: str) -> str:
    """The place that a relation is where it relates to nothing but the picture: "on the left of it all"; or empty."""
    if kind in ("left of", "right of") and text.startswith(("on", "to", "at")):
        return kind.removesuffix(" of")
    return next((place for place in ("top", "bottom") if f" {place} " in text), "")


def _walks(one: Known) -> bool:
    """Whether it goes somewhere by itself."""
    return one.alive or one.thing in HOLDERS


def _can(action: str | None, one: Known) -> bool:
    return action is None or (one.thing in DRAWABLE and action in actions(DRAWABLE[one.thing]))


def _lists(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether behind a colon it is told what each of several looks like."""
    nouns = [one for one in before if isinstance(one, Noun)]
    several = bool(nouns) and (nouns[-1].count or 1) > 1
    return several and bool(after) and (isinstance(after[0], Mark) or after[0].head == "one")
