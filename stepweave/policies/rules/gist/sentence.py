"""A sentence on its way: what was read of it, what is next, and what is spoken of."""

from __future__ import annotations

from collections.abc import Sequence

from stepweave.policies.rules.gist.changes import Changes
from stepweave.policies.rules.gist.known import Known
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.world.language.deeds import REST
from stepweave.world.language.errors import NotUnderstood
from stepweave.world.things.actions import actions
from stepweave.world.vocabulary import DRAWABLE

THINGS = ("thing", "one", "it", "they", "text")
SKIPPED = ("the", "a", "that", "nothing", "of", "only", "where", "every", "more")
Lead = tuple[str, tuple[Known, Known | None] | None]
"""A place or relation that is said before what it is said of."""


class Sentence:
    """A sentence on its way: what was read of it, what is next, and what is spoken of."""

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
        self.ground: Known | None = None
        """What "it" was in "on it", for "next to it" in the same sentence."""
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

    def word(self, ahead: int = 0) -> str:
        """The word that comes next, if it is no noun."""
        piece = self.peek(ahead)
        return piece.text if isinstance(piece, Mark) else ""

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

    def take(self) -> Mark:
        """The next word, which is no noun."""
        piece = self.peek()
        assert isinstance(piece, Mark)
        self.at += 1
        return piece

    def lost(self) -> NotUnderstood:
        """The error for a sentence whose gist cannot be told."""
        return NotUnderstood(
            " ".join(one.text if isinstance(one, Mark) else one.label or one.name for one in self.pieces)
        )

    def topic(self) -> list[Known]:
        """What was spoken of last."""
        return [one for one in self.changes.picture.recent if one.there][-1:]

    def able(self, action: str | None) -> list[Known]:
        """What was spoken of last of all that can do that; of rest, what does something."""
        spoken = [one for one in reversed(self.changes.picture.recent) if one.there and one.thing in DRAWABLE]
        if action is None:
            found = [one for one in spoken if one.action is not None]
        else:
            found = [one for one in spoken if action in actions(DRAWABLE[one.thing])]
        return found[:1] or self.topic()

    def about(self, found: list[Known]) -> None:
        """The next words are about these."""
        self.focus, self.listed, self.part, self.main = list(found), list(found), None, list(found)
        self.tops += found

    def goers(self, action: str) -> list[Known]:
        """Who goes on doing things in a story: of those that the sentence before was about, one that can do this."""
        picture = self.changes.picture
        able = [
            one
            for one in (*picture.listed, *reversed(picture.recent))
            if one.there and one.thing in DRAWABLE and (action == REST or action in actions(DRAWABLE[one.thing]))
        ]
        return able[:1]
