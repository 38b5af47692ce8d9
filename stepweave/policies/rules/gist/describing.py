"""What things look like and what they do, whole or in their parts, and what is behind them."""

from __future__ import annotations

from stepweave.policies.rules.gist.known import Known
from stepweave.policies.rules.gist.locating import Locating
from stepweave.policies.rules.gist.nouns import Mark, Noun, resting
from stepweave.policies.rules.gist.sentence import SKIPPED
from stepweave.policies.rules.gist.tally import check
from stepweave.world.language.deeds import REST
from stepweave.world.language.lexicon import part_of
from stepweave.world.things.actions import EXPRESSIONS

SWIMMERS = ("fish", "turtle", "duck", "penguin", "frog")
"""Who swims without doing anything that is drawn."""
ATTRIBUTES = ("colour", "size", "acting", "pose", "comparative", "acts")
"""What is told of looks, by itself."""
TELLING = ("blue", "green", "yellow", "orange", "purple", "pink")
"""Colours by which things of a kind are told apart, where one has a colour of its own."""
COLOURS = ("red", *TELLING, "brown", "grey", "black")
"""Colours by which as many of a kind are told apart as a picture may hold."""


class Describing(Locating):
    """What things look like and what they do, whole or in their parts, and what is behind them."""

    def attribute(self, mark: Mark) -> None:
        """Something is said of what a thing looks like, or does."""
        kind, value = mark.kind, mark.value
        self.said = mark
        if self.part is not None and kind == "colour":
            self.changes.colour(self.part[0], value, self.part[1], anyway=self._painted_anyway())
            return
        if kind == "acts" and len(self.listed) > 1 and self.focus == self.listed[-1:] and not mark.text.endswith("s"):
            self.focus = list(self.listed)
        if kind == "acting" and mark.text.endswith("ing") and self._both_do():
            self.focus = list(self.listed)
        swims = mark.text.startswith("swim") and bool(self.focus) and all(one.thing in SWIMMERS for one in self.focus)
        if kind == "acts" and swims:
            return  # as they do in every picture
        if kind == "acts" and self.lead and not self.focus and self._comes_behind(mark):
            return
        if not (self.focus or self.names or self.verb or self.lead) and self._only_looks():
            self.focus = self.topic()
        if self._shared_out(mark):
            return
        meant = self.focus or (self.default() if self.names or self.verb or self.lead else [])
        goes_on = self.story and self.at == 1
        if not meant and value == REST and not goes_on:
            meant = [one for one in self.able(None) if one.action is not None]
        if not meant and value in ("think", "love", REST) and not goes_on:
            return
        if not meant and kind in ("acts", "acting"):
            meant = self.goers(value) if goes_on else self.able(resting(value))
            self.focus = list(meant) if goes_on else self.focus
        if kind in ("acts", "acting") and value in EXPRESSIONS and not any(one.alive for one in meant):
            meant = [one for one in self.names if one.alive][:1] or meant
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
                self.changes.colour(meant, value, anyway=self._painted_anyway())
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
                # An order turns it on from where it is, as in the language; else it is told how it is.
                self.changes.turn(meant, degrees, flip=value == "flip", to=self.verb != "become")

    def _both_do(self) -> bool:
        """Whether what stands behind two is said of both: "a pig and a frog dancing"."""
        pair = len(self.listed) == len(("one", "other")) and self.focus == self.listed[-1:]
        free = all(one.alive and one.fresh and one.action is None and not one.relation for one in self.listed)
        behind = isinstance(self.peek(-2), Noun) and self.sees("and", "a", "the", ahead=-3)
        return pair and free and behind and not isinstance(self.peek(), Noun)

    def _painted_anyway(self) -> bool:
        """Whether an order to paint something is carried out even if that has the colour already."""
        return self.verb in ("make", "become") and self.changes.picture.insists

    def _only_looks(self) -> bool:
        """Whether a sentence names nothing: "upside down", "red and yellow"."""
        plain = [one for one in self.pieces if not (isinstance(one, Mark) and one.kind in ("and", "comma", *SKIPPED))]
        return not self.story and all(isinstance(one, Mark) and one.kind in ATTRIBUTES for one in plain)

    def _comes_behind(self, mark: Mark) -> bool:
        """ "Above the flower hovers a bee": said of what follows."""
        start = self.at
        self.skip(*SKIPPED)
        found = self.objects()
        if not found:
            self.at = start
            return False
        self.land(found)
        self.about(found)
        if not mark.text.startswith("hover"):
            self.changes.act(found, resting(mark.value))
        return True

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
        others = [self.changes.split(group, 1) for _ in found[1:]]
        ones = [group, *reversed(others)]
        for one, said in zip(ones, found, strict=True):
            self.focus = [one]
            self.attribute(said)
        self.about(ones)
        self.names += [one for one in ones if one not in self.names]
        return True

    def vary(self, ones: list[Known]) -> None:
        """Several of a kind, each in a colour of its own, unless it is told behind it in which."""
        group = ones[-1] if ones else None
        if self.sees("colour") or (self.sees("comma") and self.sees("colour", ahead=1)):
            return
        if group is None or group.count < 2 or not group.fresh:
            raise self.lost()
        each = [group, *(self.changes.split(group, 1) for _ in range(group.count - 1))]
        for one, colour in zip(each, COLOURS, strict=False):
            self.changes.colour([one], colour)
        self.about(each)

    def _thought(self, action: str) -> None:
        """What somebody thinks of is not drawn for that; whom somebody loves is near."""
        if action == "think":
            self.skip(*SKIPPED, "acts", "acting")
            if isinstance(noun := self.peek(), Noun) and noun.head == "thing":
                self.at += 1
                self.changes.picture.recent.insert(0, Known(noun.name, colour=noun.colour, size=noun.size, there=False))
        elif action == "love" and self.sees("noun", "with") and not self._each_other():
            self.skip("with")
            lover = self.focus
            found = self.objects()
            if found and not found[-1].relation:
                self.changes.relate(lover, "next to", found[-1])

    def _each_other(self) -> bool:
        """Whether two love each other, and what follows is only there with them."""
        return len(self.focus) > 1 or any(one.count > 1 for one in self.focus)

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
        if self.verb not in ("without", "remove"):
            check(owners[-1].thing, name, noun.count)
        if self.verb == "without" and noun.colour and self.sees_before("and", "comma"):
            self.verb = "with"
        if self.verb in ("without", "remove"):
            for one in owners:
                if one.fresh and self.verb == "remove":
                    self.changes.again()  # what shall go was there before
                    continue
                self.changes.remove(one, part=name)
        elif self.verb == "add" or any(name in one.lacking for one in owners):
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

    def _background(self, noun: Noun) -> None:
        if noun.colour:
            self.changes.background(noun.colour)
        elif self.sees("be", "verb", "to", "colour", "comma", "relation") or self.verb == "make":
            self.skip("be", "verb", "to", "comma", "size", "relation", *SKIPPED)
            if not self.sees("colour", "setting", "weather"):
                raise self.lost()
            self.changes.background(self.take().value)
        self.waiting = None

    def _people(self) -> None:
        """Those who ask are passed over, unless they would have to be drawn."""
        if self.sees("be", "have", "holding", "acts") and self.peek(1) is not None and not self.sees("acts"):
            after = self.peek(1)
            if isinstance(after, Mark) and after.kind in ("acting", "relation", "colour") and not self.story:
                raise self.lost()
