"""Makes the hand that does something the subject of its deed: "with the gripper", "for the arm", "Gripper: ..."."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stepweave.policies.rules.gist.known import HANDS
from stepweave.policies.rules.gist.moments import Moment, weighty
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.pieces import COMMA, STOP
from stepweave.policies.rules.gist.skimming import SCENERY, scenery

Cut = list[tuple[Moment, list[Piece]]]
DEEDS = frozenset(
    "put set drop remove take replace hold give open rest empty pour full flip upset rotate swap near".split()
)
"""What hands do."""
BY = ("with", "by", "for")
BETWEEN = ("the", "a", "owner", "only")


def with_agents(cut: Cut) -> Cut:
    """The moments with the hand that does something named before the deed, or at the very beginning."""
    found: Cut = []
    first: Noun | None = None
    where: list[Piece] = []
    for moment, said in _called(cut):
        apart = _apart(said)
        if apart is None:
            found.append((moment, _addressed(said)))
            continue
        agent, rest = apart
        if any(isinstance(one, Noun) for one in rest):
            begins = rest and isinstance(rest[0], Mark) and deed_of(rest[0])
            found.append((moment, [agent, *rest] if begins else [agent, STOP, *rest]))
        else:
            first, where = agent, [COMMA, *scenery(rest)]
    found = _carried_on(found)
    if len(where) > 1 and found:
        found[0] = (found[0][0], [*found[0][1], *where])
    if first is not None and found and not any(is_agent(one) for _, said in found for one in said):
        moment, said = found[0]
        found[0] = (moment, [replace(first, definite=False), STOP, *said])
    return found


def _called(cut: Cut) -> Cut:
    """ "Gripper, pick up the block" in one moment."""
    found: Cut = []
    for moment, said in cut:
        plain = weighty(said, "owner")
        last = (
            [one for one in found[-1][1] if isinstance(one, Noun) or one.kind not in ("comma", "the")] if found else []
        )
        orders = bool(plain) and isinstance(verb := plain[0], Mark) and bool(deed_of(verb))
        if orders and len(found) == 1 and len(last) == 1 and is_agent(last[0]) and moment.seam != "hard":
            found[-1] = (found[-1][0], [*last, *said])
            continue
        found.append((moment, said))
    return found


def _two_deeds(moment: Moment, said: list[Piece]) -> list[tuple[Moment, list[Piece]]]:
    """ "The arm puts the red block into the box and the blue block on it": two deeds."""
    if not said or not is_agent(said[0]):
        return [(moment, said)]
    for at in range(5, len(said) - 2):
        mark, then = said[at], said[at + 1 :]
        plain = [one for one in then if not (isinstance(one, Mark) and one.kind in BETWEEN)]
        joined = isinstance(mark, Mark) and mark.kind == "and"
        where = len(plain) > 2 and isinstance(plain[1], Mark) and plain[1].kind == "relation"
        if joined and where and isinstance(plain[0], Noun) and plain[0].definite and isinstance(plain[2], Noun):
            return [(moment, said[:at]), (replace(moment, seam="hard"), list(then))]
    return [(moment, said)]


def _carried_on(cut: Cut) -> Cut:
    """The moments with the hand and its verb again where it is only told what goes where: "then this into that"."""
    found: Cut = []
    carrying: list[Piece] = []
    removing: Mark | None = None
    for moment, said in (piece for pair in cut for piece in _two_deeds(*pair)):
        verbs = [one for one in said if isinstance(one, Mark) and one.kind in ("verb", "be", "acts", "acting")]
        plain = weighty(said, "owner")
        what = plain[0] if len(plain) == len(("what", "into", "where")) else None
        bare = isinstance(what, Noun) and (what.definite or what.indefinite)
        whither = bare and isinstance(mark := plain[1], Mark) and mark.kind in ("relation", "to") and not verbs
        ends = bool(plain) and (isinstance(plain[-1], Noun) or plain[-1].kind == "place")
        if carrying and whither and ends:
            found.append((moment, [*carrying, *said]))
            continue
        if removing and len(plain) == 1 and isinstance(plain[0], Noun) and plain[0].definite:
            found.append((moment, [removing, *said]))
            continue
        removing = _removing(said)
        carrying = [said[0], verbs[0]] if verbs and is_agent(said[0]) and _verb(verbs[0]) == "put" else []
        found.append((moment, said))
    return found


def _removing(said: Sequence[Piece]) -> Mark | None:
    """The verb of an order to take something away: "take away the bottle", for "then the cup"."""
    verb = said[0] if said else None
    takes = isinstance(verb, Mark) and _verb(verb) in ("remove", "take") and not verb.text.startswith("grab")
    return verb if takes and isinstance(verb, Mark) else None


def _apart(said: Sequence[Piece]) -> tuple[Noun, list[Piece]] | None:
    """The hand with which something is done, and what is said without it; ``None`` if nothing is done with one."""
    for at, piece in enumerate(said):
        if not isinstance(piece, Mark) or not (piece.kind in BY or piece.text.split()[-1] in ("by", "with")):
            continue
        swaps = any(isinstance(one, Mark) and _verb(one) in ("replace", "swap") for one in said)
        if swaps and (piece.kind == "for" or sum(isinstance(one, Noun) for one in said) < 3):
            continue  # "swap the sun for a gripper"
        end = at + 1
        while end < len(said) and isinstance(mark := said[end], Mark) and mark.kind in BETWEEN:
            end += 1
        if end == len(said) or (agent := as_agent(said[end])) is None:
            continue
        rest = [*said[:at], *said[end + 1 :]]
        while rest and isinstance(mark := rest[0], Mark) and mark.kind in ("stop", "comma"):
            rest.pop(0)
        shows = [one for one in rest if isinstance(one, Noun) or one.kind in SCENERY]
        if any(isinstance(one, Mark) and deed_of(one) for one in rest) or not shows or piece.kind == "for":
            return agent, rest
    return None


def _addressed(said: list[Piece]) -> list[Piece]:
    """ "Gripper: take the block" as "the gripper takes the block"."""
    if len(said) > 2 and is_agent(said[0]) and isinstance(said[1], Mark) and said[1].text.startswith(":"):
        at = 2
        while at < len(said) - 1 and isinstance(mark := said[at], Mark) and mark.kind in BETWEEN:
            at += 1
        if isinstance(verb := said[at], Mark) and deed_of(verb) and (agent := as_agent(said[0])) is not None:
            return [agent, *said[at:]]
    return said


def deed_of(mark: Mark) -> str:
    """What hands do, if a word tells of that; or empty."""
    if mark.text.startswith("turn") and _verb(mark) == "become":
        return "rotate"
    return verb if (verb := _verb(mark)) in DEEDS else ""


def _verb(mark: Mark) -> str:
    return mark.verb or (mark.value if mark.kind == "verb" else "")


def is_agent(piece: Piece) -> bool:
    """Whether it names a hand."""
    return as_agent(piece) is not None


def as_agent(piece: Piece) -> Noun | None:
    """A hand; a mere "arm" is one, too."""
    if not isinstance(piece, Noun):
        return None
    if piece.head == "part" and piece.name in ("arm", "arms") and not piece.owned:
        return Noun("thing", "robot arm", definite=True, colour=piece.colour, size=piece.size)
    return piece if piece.head == "thing" and piece.name in HANDS else None
