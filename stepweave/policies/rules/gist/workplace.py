"""Sets out what a task works with: the picture before a robot's first move shows everything that it will handle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from stepweave.policies.rules.gist.agents import Cut, as_agent, deed_of, is_agent
from stepweave.policies.rules.gist.moments import Moment, weighty
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.pieces import COMMA, STOP
from stepweave.policies.rules.gist.routes import source_of
from stepweave.policies.rules.gist.skimming import SCENERY

HANDLED = ("open", "pour", "hold", "take", "rest", "empty")
"""Deeds that tell by themselves that something is there to be handled."""
SLID = ("push", "slid", "drag", "pull", "lower", "mov")
"""How verbs begin that move what is there."""
TAKEN = ("hold", "take")
"""Deeds behind which it is told where something was, not where it goes."""
INTRODUCING = ("draw", "add", "appear", "write", "copy", "become", "replace", "make")
"""Verbs whose things come only then."""
PLACING = ("put", "set")
"""Verbs with which an order brings something new: "put a box on the left"."""
ARTICLES = ("the", "a", "only", "owner", "nothing")


def with_workplace(cut: Cut, *, marked: bool = False, alone: bool = False) -> Cut | None:
    """The moments of a task with everything that it handles in its first picture; ``None`` if there is no such task.

    Where the first moment only describes, what it lacks is told in it, too; where it is a deed already, a picture comes
    before it.

    Args:
        cut: the moments.
        marked: whether every picture is marked as one, so that none may come before them.
        alone: whether all of it is one picture so far, which "a robot arm holding a cup" shall stay.
    """
    start = _start(cut)
    if start is None or any(_passes_on(said) for _, said in cut) or (alone and not _orders(cut[start][1])):
        return None
    scene = _Scene()
    if not any(is_agent(one) for _, said in cut for one in said) and any(_grips(said) for _, said in cut):
        scene.missing.append([Noun("thing", "gripper", indefinite=True)])
    for _, said in cut[:start]:
        scene.look(said)
    if start == 0 and marked:
        scene.look(cut[0][1])
    cut = [_as_scene(moment, said) if 0 < at < start else (moment, said) for at, (moment, said) in enumerate(cut)]
    begun = _acts(cut[start][1], it=True)
    done = [
        (moment, scene.work(said, begun=begun and at > start) if at >= start else said)
        for at, (moment, said) in enumerate(cut)
    ]
    if start == 0 and not marked and scene.missing:
        done = [(moment, scene.play(said)) for moment, said in done]
    if not scene.missing:
        return None
    return _laid_out(done, scene, start, marked=marked)


def _start(cut: Cut) -> int | None:
    """The first moment in which something is done with what is there."""
    leads = [bool(named) and is_agent(named[0]) for named in (_nouns(said) for _, said in cut)]
    for at, (_, said) in enumerate(cut):
        if _acts(said, it=any(leads[:at])) or ((at == 0 or any(leads[:at])) and _handles(said)):
            return at
    return None


def _laid_out(done: Cut, scene: _Scene, start: int, *, marked: bool) -> Cut:
    """The moments with what is missing told in the first picture, or in one of its own before them."""
    if start == 0 and not marked:
        if not any(moment.seam in ("hard", "soft") for moment, _ in done[1:]):
            done = [(replace(moment, seam="weak") if moment.seam == "and" else moment, said) for moment, said in done]
        return [(Moment("", "hard"), scene.told()), (replace(done[0][0], seam="hard"), done[0][1]), *done[1:]]
    first = next(at for at, (_, said) in enumerate(done) if any(isinstance(one, Noun) for one in said))
    while first + 1 < start and done[first + 1][0].seam in ("list", "last", "more"):
        first += 1
    moment, said = done[first]
    if start == first and not marked:
        return [
            *done[:first],
            (Moment("", "hard"), scene.told()),
            (replace(moment, seam="hard"), said),
            *done[first + 1 :],
        ]
    if start == first:
        return [*done[:first], (moment, [*scene.told(), STOP, *said]), *done[first + 1 :]]
    # A hand comes first, so that there is room for it as large as it should be.
    hands = [told for told in scene.missing if is_agent(told[0])]
    scene.missing = [told for told in scene.missing if not is_agent(told[0])]
    found = [*done[:first], (moment, [*said, STOP, *scene.told()]), *done[first + 1 :]]
    before = [piece for told in hands for piece in (*told, STOP)]
    return [(found[0][0], [*before, *found[0][1]]), *found[1:]]


@dataclass
class _Scene:
    """What is there before the first deed."""

    known: list[Noun] = field(default_factory=list)
    missing: list[list[Piece]] = field(default_factory=list)
    """Things that must be there, each with the words for where it is."""

    where: list[Mark] = field(default_factory=list)
    """Where it plays."""

    def missing_nouns(self) -> list[Noun]:
        return [one for told in self.missing for one in told if isinstance(one, Noun)]

    def look(self, said: Sequence[Piece]) -> None:
        """Everything that a description names is there."""
        for one in said:
            if isinstance(one, Noun) and (noun := self._thing_of(one)) is not None:
                self.known.append(noun)

    def work(self, said: Sequence[Piece], *, begun: bool = False) -> list[Piece]:
        """A deed, told of things that are there: what it handles must be.

        Args:
            said: what is said.
            begun: whether a hand is at work already, so that orders go to it.
        """
        told: list[Piece] = []
        verb, at, goal, ordered = "", 0, False, not begun and not _acts(said, it=True)
        while at < len(said):
            piece = said[at]
            at += 1
            if isinstance(piece, Mark):
                verb = piece.verb or (piece.value if piece.kind == "verb" else verb)
                verb = "rotate" if deed_of(piece) == "rotate" else verb
                goal = piece.kind in ("relation", "to") or (goal and piece.kind in ARTICLES)
                told.append(piece)
                continue
            noun = self._thing_of(piece)
            if noun is None or noun.another or noun.other or noun.every:
                told.append(piece)
                continue
            where, behind = source_of(said, at) if verb in TAKEN and not is_agent(piece) else ([], at)
            new = piece.indefinite or (piece.count is not None and not piece.definite)
            placed = ordered and not goal and verb in PLACING and new
            meets = verb == "give" and goal and new and not is_agent(piece)
            if placed or meets or (verb in INTRODUCING and not is_agent(piece)):
                self.known.append(noun)
                told.append(piece)
                continue
            if not self._has(noun):
                self.missing.append([replace(noun, definite=False, indefinite=noun.count is None), *where])
                at = behind
            told.append(replace(piece, definite=True, indefinite=False))
        return told

    def play(self, said: Sequence[Piece]) -> list[Piece]:
        """A deed, without where it plays: it plays there from the beginning."""
        found: list[Piece] = []
        for one in said:
            if not isinstance(one, Mark) or one.kind not in SCENERY:
                found.append(one)
                continue
            self.where.append(one)
            while found and isinstance(mark := found[-1], Mark) and mark.kind in ("relation", *ARTICLES):
                found.pop()
        return found

    def _thing_of(self, piece: Noun) -> Noun | None:
        """The thing that a noun names; "the yellow one" is of the kind that was named last."""
        if piece.head != "one" or not (piece.colour or piece.size):
            return _thing(piece)
        others = [one for one in (*self.known, *self.missing_nouns()) if not is_agent(one)]
        others = [one for one in others if one.colour == piece.colour] or others
        return replace(piece, head="thing", name=others[-1].name if others else "block", count=None)

    def _has(self, noun: Noun) -> bool:
        if noun.count and noun.plural:
            return sum(one.many for one in (*self.known, *self.missing_nouns()) if one.name == noun.name) >= noun.count
        return any(one.name == noun.name and _fits(one, noun) for one in (*self.known, *self.missing_nouns()))

    def told(self) -> list[Piece]:
        """All that is missing, in a list."""
        found: list[Piece] = []
        for told in self.missing:
            found += [*([COMMA] if found else []), *told]
        return [*found, *(piece for where in self.where[:1] for piece in (COMMA, where))]


def _fits(one: Noun, noun: Noun) -> bool:
    """Whether a noun can mean what was named before; one of several may have any colour."""
    told_apart = one.many > 1 and one.colour is None
    return told_apart or (noun.colour in (None, one.colour) and noun.size in (None, one.size))


def _thing(piece: Piece) -> Noun | None:
    """A thing that is named; "red", where blocks go without saying, is one."""
    if not isinstance(piece, Noun):
        return None
    if is_agent(piece):
        return as_agent(piece)
    return piece if piece.head == "thing" else None


def _nouns(said: Sequence[Piece]) -> list[Noun]:
    return [one for one in said if isinstance(one, Noun)]


def _acts(said: Sequence[Piece], *, it: bool = False) -> bool:
    """Whether a hand does something with what is there, rather than only being somewhere, or holding something.

    Args:
        said: what is said.
        it: whether "it" may be a hand.
    """
    named = False
    for one in said:
        if isinstance(one, Mark) and deed_of(one):
            return named and not one.text.startswith("hold")
        if isinstance(one, Noun) and not is_agent(one) and not (it and one.head == "it"):
            return False
        named = named or isinstance(one, Noun)
    return False


def _as_scene(moment: Moment, said: list[Piece]) -> tuple[Moment, list[Piece]]:
    """A sentence before the first deed that only tells what is there, as more of the first picture."""
    tells = moment.seam == "soft" and not any(isinstance(one, Mark) and one.kind in ("verb", "acts") for one in said)
    return (replace(moment, seam="more") if tells else moment), said


def _orders(said: Sequence[Piece]) -> bool:
    """Whether a hand does something or shall do it, rather than being shown while it does."""
    deed = next((one for one in said if isinstance(one, Mark) and deed_of(one)), None)
    does = deed is not None and deed_of(deed) != "near" and not deed.text.split()[0].endswith("ing")
    return does and _acts(said)


def _passes_on(said: Sequence[Piece]) -> bool:
    """Whether something is handed over by one who has it from the beginning."""
    marks = [one for one in said if isinstance(one, Mark)]
    return any(deed_of(one) == "give" for one in marks) and any(one.kind == "from" for one in marks)


def _grips(said: Sequence[Piece]) -> bool:
    return any(isinstance(one, Mark) and deed_of(one) == "hold" for one in said)


def _handles(said: Sequence[Piece]) -> bool:
    """Whether an order begins with a deed that needs something to be there."""
    plain = weighty(said, "owner", "liquid", "from")
    verb, noun = (plain[0], plain[1]) if len(plain) > 1 else (None, None)
    if not isinstance(verb, Mark) or not isinstance(noun, Noun) or noun.head != "thing" or not noun.definite:
        return False
    put = (verb.verb or verb.value) == "put"
    block = put and noun.name == "block"
    whither, what = (plain[2], plain[3]) if put and len(plain) > len(("put", "it", "into")) else (None, None)
    upon = isinstance(whither, Mark) and whither.kind == "relation" and whither.value in ("on", "inside")
    block = block or (upon and isinstance(what, Noun) and what.definite and what.head == "thing")
    return block or (verb.verb or verb.value) in HANDLED or verb.text.startswith(SLID)
