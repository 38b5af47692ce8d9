"""Tells ways apart: what goes from one place to another is at the one in a picture, and at the other in the next."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from stepweave.policies.rules.gist.agents import Cut, is_agent
from stepweave.policies.rules.gist.known import HOLDERS
from stepweave.policies.rules.gist.moments import Moment, weighty
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.pieces import STOP

GOING = ("put", "set", "go", "appear", "take", "drop", "run", "fly", "jump", "dance")
SKIPPED = ("the", "a", "nothing", "only")
VESSELS = ("box", "bowl", "cup", "jug", "bottle", "truck", "boat", "gift")
HOLD = Mark("verb", "hold", "grasps")
BETWEEN = {frozenset({"left", "right"}): "middle", frozenset({"top", "bottom"}): "middle"}


def _without_taking(cut: Cut) -> Cut:
    """The moments without taking what is then put somewhere, where no hand does it: "take it off and put it there"."""
    if any(isinstance(one, Noun) and (one.name in HOLDERS or is_agent(one)) for _, said in cut for one in said):
        return cut
    found: Cut = []
    taken: Noun | None = None
    for at, (moment, said) in enumerate(cut):
        after = weighty(cut[at + 1][1])[:2] if at + 1 < len(cut) else []
        plain = weighty(said)
        takes = plain[0] if len(plain) > 1 else None
        first = plain[1] if len(plain) > 1 else None
        goes_on = len(after) > 1 and isinstance(after[0], Mark) and after[0].value in ("put", "set", "drop")
        again = goes_on and isinstance(pronoun := after[1], Noun) and pronoun.head in ("it", "they")
        if again and isinstance(takes, Mark) and takes.value == "take" and isinstance(first, Noun) and found:
            taken = first
            continue
        away = next((i for i, one in enumerate(plain) if isinstance(one, Mark) and one.kind == "from"), None)
        if again and isinstance(takes, Mark) and takes.value == "take" and isinstance(first, Noun) and away:
            taken = first
            found.append((moment, [replace(first, definite=False), *_at(plain[away], plain[away + 1 :])]))
            continue
        if taken is not None:
            at = next(at for at, one in enumerate(said) if isinstance(one, Noun))
            said, taken = [*said[:at], taken, *said[at + 1 :]], None
        found.append((moment, said))
    return found


def _there_too(cut: Cut) -> Cut:
    """The moments with where something goes said again for what only follows: "put an apple into it, then a carrot"."""
    found: Cut = []
    into: list[Piece] = []
    before: list[Piece] = []
    for moment, said in cut:
        plain = weighty(said, "comma")
        alone = plain[0] if into and len(plain) == 1 else None
        if isinstance(alone, Noun) and alone.head == "thing":
            if not alone.definite:
                found.append((moment, [*said, *into]))
                continue
            if before and isinstance(before[0], Noun):
                found.append((moment, [*before, *said, *into]))
                continue
        found.append((moment, said))
        before = said[
            : next((at + 1 for at, one in enumerate(said) if isinstance(one, Mark) and one.kind == "verb"), 0)
        ]
        where, goal = plain[-2:] if len(plain) > 1 else (None, None)
        deed = any(isinstance(one, Mark) and one.kind == "verb" and one.value in ("put", "add") for one in plain)
        named = isinstance(goal, Noun) and goal.head in ("thing", "it")
        if deed and named and isinstance(where, Mark) and where.value == "inside" and isinstance(goal, Noun):
            into = [where, replace(goal, definite=True, indefinite=False)]
        elif deed and isinstance(goal, Mark) and goal.kind == "dangling" and goal.value == "inside":
            into = [goal]
        else:
            into = []
    return found


def with_ways(cut: Cut, wanted: int | None) -> Cut:
    """The moments with each station of a way in one of its own, and what stays there from the beginning."""
    cut = _there_too(_without_taking(cut))
    found: Cut = []
    staying: list[Noun] = []
    for moment, said in cut:
        rest, stays = _staying(said)
        staying += [one for one in stays if not _named(found, one)]
        if rest:
            found += _stations(moment, rest, found, wanted if len(cut) == 1 else None)
    if staying and found:
        moment, said = found[0]
        found[0] = (moment, [*(piece for one in staying for piece in (one, STOP)), *said])
    return found


def _staying(said: list[Piece]) -> tuple[list[Piece], list[Noun]]:
    """What is said without "while the house stays where it is", and what stays."""
    for at in range(1, len(said)):
        noun, be = said[at - 1], said[at]
        after = said[at + 1] if at + 1 < len(said) else None
        still = isinstance(be, Mark) and be.kind == "be" and be.text.startswith(("stay", "remain"))
        where = isinstance(after, Mark) and (after.kind == "that" or after.text.startswith("the same"))
        if still and isinstance(noun, Noun) and noun.head == "thing" and (after is None or where):
            return said[: at - 1], [replace(noun, definite=False)]
    return said, []


def _stations(moment: Moment, said: list[Piece], before: Cut, wanted: int | None) -> Cut:
    verbs = [at for at, one in enumerate(said) if isinstance(one, Mark) and one.kind in ("verb", "acts")]
    verb = next((at for at in verbs if isinstance(one := said[at], Mark) and one.value != "draw"), None)
    away = next((at for at, one in enumerate(said) if isinstance(one, Mark) and one.kind == "from"), None)
    if verb is None or away is None or away < verb:
        return [(moment, said)]
    going = said[verb]
    if not isinstance(going, Mark) or (going.value not in GOING and not going.text.startswith("carr")):
        return [(moment, said)]
    agent, moved = _who(said, verb, away)
    end = _end(said, away)
    if moved is None or end is None:
        return [(moment, said)]
    ends = [
        at for at in range(end, len(said)) if isinstance(mark := said[at], Mark) and mark.kind in ("to", "relation")
    ]
    ways = [said[at:after] for at, after in itertools.pairwise([*ends, len(said)])]
    source = said[away + 1 : end]
    known = _named(before, moved)
    pushed = going.text.startswith(("push", "knock", "slide", "slid", "roll", "shov", "drag"))
    if not ways and agent is None and pushed and isinstance(off := said[away], Mark) and off.text in ("off", "off of"):
        ways = [[Mark("relation", "next to", "next to"), *source]]  # "push the cup off the table"
    if not ways and (agent is None or known):
        return [(moment, said)]
    scenery = [one for way in ways for one in way if isinstance(one, Mark) and one.kind == "setting"]
    ways = [[one for one in way if one not in scenery] for way in ways]
    ways = [way for way in ways if len(weighty(way)) > 1] or ways[:1]
    ways = [_over(way) for way in ways]
    the = replace(moved, definite=True, indefinite=False)
    doing = [going] if going.kind == "acts" else []
    found: Cut = [] if known else [(moment, [*scenery, moved, *doing, *_at(said[away], _named_in(before, source))])]
    if agent is not None:
        found.append((replace(moment, seam="hard"), [agent, HOLD, the]))
    if wanted == len(ways) + 2 and agent is None:
        ways = _halfway(source, ways)
    move = Mark("verb", "put", "move")
    return [*found, *((replace(moment, seam="hard"), [move, the, *way]) for way in ways)]


def _over(way: list[Piece]) -> list[Piece]:
    """ "Over the top middle" as a place on the way."""
    first, last = weighty(way)[0], way[-1]
    passes = isinstance(first, Mark) and first.kind == "relation" and isinstance(last, Mark) and last.kind == "place"
    return [Mark("to", "to", "to"), last] if passes else way


def _who(said: Sequence[Piece], verb: int, away: int) -> tuple[Noun | None, Noun | None]:
    """Who moves something, if it does not move itself, and what moves."""
    subjects = [one for one in said[:verb] if isinstance(one, Noun)]
    objects = [one for one in said[verb:away] if isinstance(one, Noun)]
    if len(subjects) > 1 or len(objects) > 1:
        return None, None
    if objects:
        agent = subjects[0] if subjects else None
        return agent, objects[0] if objects[0].head == "thing" else None
    moved = subjects[0] if subjects else None
    return None, moved if moved is not None and moved.head == "thing" and moved.name not in HOLDERS else None


def source_of(said: Sequence[Piece], at: int) -> tuple[list[Piece], int]:
    """Where something is that is taken: the words for it from here on, if there are any, and the place after them."""
    mark = said[at] if at < len(said) else None
    if not isinstance(mark, Mark) or mark.kind not in ("from", "relation", "place"):
        return [], at
    if mark.kind == "place":
        return [mark], at + 1
    end = _end(said, at)
    if end is None or (mark.kind == "relation" and isinstance(said[end - 1], Noun) and mark.value == "next to"):
        return [], at
    if mark.kind == "relation":
        return list(said[at:end]), end
    return _at(mark, list(said[at + 1 : end])), end


def _end(said: Sequence[Piece], away: int) -> int | None:
    """Where the words end that tell where something comes from."""
    at = away + 1
    while at < len(said) and isinstance(mark := said[at], Mark) and mark.kind in SKIPPED:
        at += 1
    piece = said[at] if at < len(said) else None
    return at + 1 if isinstance(piece, Noun) or (isinstance(piece, Mark) and piece.kind == "place") else None


def _at(mark: Piece, source: list[Piece]) -> list[Piece]:
    """Where something is before it leaves."""
    noun = source[-1]
    if not isinstance(noun, Noun):
        return source
    inside = noun.name in VESSELS or (isinstance(mark, Mark) and mark.text == "out of")
    return [Mark("relation", *(("inside", "in") if inside else ("on", "on"))), *source]


def _named_in(before: Cut, source: list[Piece]) -> list[Piece]:
    """A source that is "the red one" with the name of what there are several of."""
    noun = source[-1]
    if not isinstance(noun, Noun) or noun.head != "one":
        return source
    several = [one for _, said in before for one in said if isinstance(one, Noun) and one.head == "thing"]
    return [*source[:-1], replace(noun, head="thing", name=several[-1].name)] if several else source


def _halfway(source: list[Piece], ways: list[list[Piece]]) -> list[list[Piece]]:
    """The ways with one to the middle first, where one picture more is wanted."""
    ends = [one.value for one in (source[-1], ways[0][-1]) if isinstance(one, Mark) and one.kind == "place"]
    middle = BETWEEN.get(frozenset(ends))
    return [[Mark("to", "to", "to"), Mark("place", middle, middle)], *ways] if middle else ways


def _named(cut: Cut, noun: Noun) -> bool:
    return any(
        isinstance(one, Noun) and one.name == noun.name and noun.colour in (None, one.colour)
        for _, said in cut
        for one in said
    )
