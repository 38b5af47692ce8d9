"""Who is meant: by nouns, by lists of them, and by pronouns where they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import takewhile

from stepweave.policies.rules.gist.known import HANDS, HOLDERS, Known
from stepweave.policies.rules.gist.naming import named
from stepweave.policies.rules.gist.nouns import Mark, Noun, resting
from stepweave.policies.rules.gist.sentence import SKIPPED, THINGS, Sentence
from stepweave.world.things.actions import EXPRESSIONS, actions
from stepweave.world.vocabulary import DRAWABLE, TEXT

HANDLING = ("hold", "put", "drop", "rotate", "upset", "flip", "become", "pour", "take", "give", "open", "set")
"""Verbs of what hands do to things, not to themselves."""
LOOKS = ("colour", "acting", "size", "comparative", "pose")
COMING = ("draw", "add", "appear", "write", "put", "set")
"""Verbs behind which "one" is a new one."""


class Meaning(Sentence):
    """Who is meant: by nouns, by lists of them, and by pronouns where they stand."""

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
        """Whether the noun behind a mere comma has words of its own for where it is: "a cup, a dog next to it"."""
        joined = self.peek(-1)
        comma = isinstance(joined, Mark) and joined.kind == "comma"
        return comma and self.sees("relation", "dangling", ahead=1) and self.verb != "put"

    def _picked(self, noun: Noun) -> Noun:
        """ "The one on the left": the place tells which one is meant."""
        kinds = self.changes.picture.kind(noun.name) if noun.head == "thing" else []
        there = [one for one in kinds if not one.fresh and noun.colour in (None, one.shown)]
        if noun.count and not (noun.definite or noun.another) and sum(one.count for one in there) > noun.count:
            return replace(noun, definite=True)  # "make one star bigger"
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
        some = noun.head == "one" or (noun.head == "thing" and noun.count is not None and noun.plain)
        if some and not noun.definite and (group := self._going_off(noun)) is not None:
            return self._named_too([self.changes.split(group, noun.count or 1)])
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
        if self.waiting is not None and noun.head == "it":
            return lambda one: one.thing not in HOLDERS
        if not self._is_subject():
            made = isinstance(before, Mark) and before.value == "make" and isinstance(deed := self.peek(), Mark)
            if made and isinstance(deed := self.peek(), Mark) and deed.kind in ("acts", "acting"):
                return partial(_can, resting(deed.value))
            if isinstance(before, Mark) and before.value == "give" and isinstance(self.peek(), Noun):
                return lambda one: one.alive
            if isinstance(before, Mark) and before.text.startswith(("clos", "shut", "open", "unlock")):
                return lambda one: one.opens
            handled = isinstance(before, Mark) and (before.verb or before.value) in HANDLING
            clause = takewhile(lambda one: not (isinstance(one, Mark) and one.kind == "and"), self.pieces[self.at :])
            later = {one.name for one in clause if isinstance(one, Noun) and one.head == "thing"}
            copied = self.acted and any(isinstance(one, Mark) and one.value == "copy" for one in self.pieces[: self.at])
            hands = () if copied else HANDS
            return (lambda one: one.thing not in hands and one.thing not in later) if handled else bool
        for piece in self.pieces[self.at : self.at + 3]:
            if isinstance(piece, Noun):
                break
            felt = [one for one in self.changes.picture.present() if one.action in EXPRESSIONS and not one.fresh]
            if piece.kind in ("acts", "acting") and piece.value in EXPRESSIONS and felt:
                return lambda one: one in felt
            if piece.kind in ("acts", "acting") or piece.value in ("open", "pour"):
                return partial(_can, resting(piece.value))
            if piece.kind == "holding" or piece.value == "hold":
                return lambda one: one.grips
        return bool

    def _going_off(self, noun: Noun) -> Known | None:
        """Of which "one flies away" is one."""
        verb = self.peek()
        after = self.peek(1)
        told = isinstance(verb, Mark) and verb.kind == "be" and isinstance(after, Mark)
        looks = told and isinstance(after, Mark) and (after.kind in LOOKS or after.value in ("gone", "vanish"))
        does = isinstance(verb, Mark) and (verb.kind == "acts" or (verb.kind == "verb" and verb.value not in COMING))
        if not (looks or does):
            return None
        recent = self.changes.picture.recent[::-1]
        found = [one for one in recent if one.there and not one.fresh and not noun.colour]
        found = [one for one in found if noun.head == "one" or one.thing == noun.name]
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

    def _chosen_over(self, new: Known) -> None:
        """ "A box instead of the gift": if the one is there, the other takes its place."""
        old = self.objects()
        if new.fresh and old and not old[-1].fresh:
            self.changes.forget(new)
            self.comes_instead(old[-1], Noun("thing", new.thing, colour=new.colour, size=new.size, action=new.action))
        elif new.fresh:
            for one in old:
                self.changes.forget(one)

    def _tells_of_last(self) -> None:
        """ "..., which is open": said of what was named last, if it can be said of that."""
        expected = self._expected(Noun("it"))
        if expected(self.last[-1]):
            self.focus = self.last


def _can(action: str | None, one: Known) -> bool:
    return action is None or (one.thing in DRAWABLE and action in actions(DRAWABLE[one.thing]))
