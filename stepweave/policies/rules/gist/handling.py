"""Verbs of hands: holding, taking, giving, pouring, emptying, removing."""

from __future__ import annotations

from dataclasses import replace

from stepweave.policies.rules.gist.deeds import can_do, gone, missed, released, shown, what_about
from stepweave.policies.rules.gist.describing import Describing as Reader
from stepweave.policies.rules.gist.known import HOLDERS, Known
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.sentence import SKIPPED
from stepweave.world.language.deeds import REST
from stepweave.world.language.errors import NotPossible
from stepweave.world.language.lexicon import part_of
from stepweave.world.scene import Move

VEHICLES = frozenset({"car", "bus", "truck", "train", "bicycle", "boat", "rocket", "plane", "balloon"})
"""What one can ride in or on."""


def _loses_part(reader: Reader) -> bool:
    """Whether what is lost is a part: "the tree loses its leaves"."""
    ahead = 0
    while reader.sees("owner", *SKIPPED, ahead=ahead):
        ahead += 1
    noun = reader.peek(ahead)
    return isinstance(noun, Noun) and noun.head == "part"


def _drawn_on(reader: Reader, noun: Noun) -> bool:
    """Remove what is only a part of something that is there: "the apples" of a tree."""
    picture = reader.changes.picture
    if noun.head != "thing" or noun.count or picture.kind(noun.name):
        return False
    word = f"{noun.name}s"
    owners = [one for one in reversed(picture.recent) if one.there and not one.fresh and part_of(one.thing, word)]
    if not owners:
        return False
    reader.at += 1
    if reader.skip("from"):
        reader.objects()
    reader.changes.remove(owners[0], part=part_of(owners[0].thing, word))
    reader.focus = owners[:1]
    return True


def removed(reader: Reader) -> None:
    """Remove: what follows goes, a number of them, or a part; with nothing behind it, what stands before."""
    clears = reader.word(-1).startswith("clear")
    takes = reader.word(-1).startswith(("tak", "took")) and any(one.thing == "robot" for one in reader.focus)
    if not clears and (takes or any(one.thing in HOLDERS for one in reader.focus)):
        held(reader)
        return
    verb = reader.pieces[reader.at - 1]
    if reader.word(-1).startswith("los") and _loses_part(reader):
        reader.verb, reader.focus = "remove", reader.focus or reader.topic()
        return
    if isinstance(verb, Mark) and verb.text in ("lost", "lose", "loses", "losing"):
        before = reader.peek(-2)
        _lost(reader, attributive=isinstance(before, Mark) and before.kind in ("owner", "the", "a"))
        return
    if "out" in reader.word(-1).split() and (found := _out_of(reader)):
        reader.about(found)
        return
    reader.skip(*SKIPPED)
    reader.verb = "remove"
    noun = reader.peek()
    if isinstance(noun, Noun) and noun.head == "part":
        return
    if isinstance(noun, Noun) and _drawn_on(reader, noun):
        return
    if isinstance(noun, Noun) and noun.head in ("one", "thing") and noun.count and not noun.definite:
        kind = noun.name if noun.head == "thing" else ""
        last = next(
            (one for one in reversed(reader.changes.picture.recent) if one.there and kind in ("", one.thing)), None
        )
        total = sum(one.count for one in reader.changes.picture.kind(last.thing)) if last else 0
        if last is not None and noun.count <= total and not reader.sees("of", ahead=1):
            reader.at += 1
            _fewer(reader, last, noun)
            return
    found = reader.objects()
    if found and reader.skip("from"):
        reader.objects()
    gone(reader, found or reader.focus or reader.topic())
    if found and reader.sees("and"):
        reader.at += 1
        reader.at -= not isinstance(reader.peek(), Noun)


def _out_of(reader: Reader) -> list[Known]:
    """Take out: what is in something is beside it then."""
    start = reader.at
    found = [one for one in reader.objects() if not one.fresh and one.relation and one.relation[0] == "inside"]
    if not found or reader.sees("relation", "place", "to", "from"):
        reader.at = start
        return []
    for one in found:
        reader.changes.relate([one], "next to", one.relation[1]) if one.relation else None
    return found


def _lost(reader: Reader, *, attributive: bool) -> None:
    """Lose: what somebody had is gone, and the loser is sad; what was never shown is only spoken of."""
    if attributive:
        losers = list(reader.focus)
        for one in reader.objects() if reader.story else ():
            reader.changes.forget(one) if one.fresh else None
        reader.focus = losers
        return
    losers = list(reader.focus)
    for one in reader.objects():
        if one.fresh and reader.story and losers:
            reader.changes.relate([one], "held by" if losers[-1].grips else "next to", losers[-1])
            reader.changes.again()
            return
        if one.fresh:
            reader.changes.forget(one)
        else:
            reader.changes.remove(one, one.count)
    sad = [one for one in losers if one.alive]
    reader.changes.act(sad, "cry")
    reader.about(losers)


def _fewer(reader: Reader, last: Known, noun: Noun) -> None:
    left = noun.count or 1
    for one in reversed(
        [one for one in reader.changes.picture.kind(last.thing) if not noun.colour or one.shown == noun.colour]
    ):
        gone = min(left, one.count)
        if gone:
            reader.changes.remove(one, gone)
        left -= gone
    reader.focus = []


def taken(reader: Reader) -> None:
    """Take: away, into a hand, or for a start."""
    rest = reader.pieces[reader.at :]
    holders = [
        one
        for one in reader.focus or reader.changes.picture.present()
        if one.thing in HOLDERS or (one in reader.focus and one.grips)
    ]
    noun = reader.peek(1) if reader.sees(*SKIPPED) else reader.peek()
    if reader.focus and not holders and isinstance(noun, Noun) and noun.name in VEHICLES:
        mounted(reader)
        return
    if reader.focus and not holders and reader.story:
        met(reader)
        return
    away = any(isinstance(one, Mark) and one.kind == "away" for one in rest) or reader.word(-1) == "take away"
    if holders and not away:
        reader.focus = reader.focus or holders
        held(reader)
    elif away or reader.changes.picture.present():
        removed(reader)
    else:
        shown(reader)


def held(reader: Reader) -> None:
    """Hold: what stands before holds what follows."""
    before, start = list(reader.focus), reader.at
    holders = [one for one in before if one.grips]
    if reader.peek() is None and isinstance(to := reader.peek(-2), Mark) and to.kind == "to":
        return
    if isinstance(nothing := reader.peek(), Mark) and nothing.text == "nothing":
        reader.at += 1
        _lets_go(reader, before)
        return
    found = reader.objects()
    if not found:
        found = [one for one in reader.changes.picture.present() if one.held][-1:]
    if not found:
        raise reader.lost()
    known = [one for one in reader.changes.picture.present() if one.grips and one not in found]
    arms = [one for one in known if one.thing in HOLDERS]
    if reader.sees("by", "relation") and isinstance(part := reader.peek(1), Noun) and part.head == "part":
        reader.at += 2  # "by the handle"
    if reader.sees("with", "by") and isinstance(noun := reader.peek(1), Noun) and noun.head == "thing":
        reader.at += 1
        holders = reader.objects()
    verb = reader.pieces[start - 1]
    if before and not holders and isinstance(verb, Mark) and verb.text.startswith(("carr", "read")):
        reader.changes.relate(found, "on" if verb.text.startswith("carr") else "next to", before[-1])
        reader.focus = before
        return
    if before and not holders and reader.story:
        reader.changes.relate(found, "next to", before[-1])
        reader.focus = before
        return
    if before and not holders:
        raise NotPossible(f"a {before[-1].thing} has nothing to hold with", "put it next to the other instead")
    able = holders or arms or known
    holder = able[-1] if able else reader.changes.bring(Known("gripper"))
    if found[-1].held is holder and not found[-1].fresh and _rises(reader.pieces[start - 1]):
        rising = holder if holder.thing == "gripper" else found[-1]
        reader.changes.do(Move(reader.changes.picture.pointing(rising), "top"))
        rising.place = "top"
    several = _each_holding(reader, before, found[-1])
    reader.changes.relate(found, "held by", several or holder)
    if reader.skip("from"):
        reader.objects()
    reader.about(found)
    # "holds a bottle upside down", "holds it over the bowl"
    posed = reader.sees("pose") or (reader.word() in ("over", "above") and not found[-1].fresh)
    reader.focus, reader.listed, reader.verb = found if posed else [holder], [holder], "hold"
    reader.changes.picture.subject = holder if before else None


def _each_holding(reader: Reader, before: list[Known], held: Known) -> Known | None:
    """Who holds it where each of several holds one: all others get one that looks the same."""
    each = any(isinstance(one, Noun) and one.each for one in reader.pieces[: reader.at])
    several = before if len(before) > 1 else reader.listed
    holders = [one for one in several if one.grips and one.count == 1] if each else []
    if len(holders) < len((held, before)) or not held.fresh or held.relation or held.count > 1:
        return None
    for one in holders[:-1]:
        copy = reader.changes.bring(replace(held, parts=dict(held.parts), said=set(held.said)))
        reader.changes.relate([copy], "held by", one)
    return holders[-1]


def _lets_go(reader: Reader, holders: list[Known]) -> None:
    """Holding nothing: what was held stands beside, unless it is told where it is."""
    later = [one.name for one in reader.pieces[reader.at :] if isinstance(one, Noun)]
    for one in reader.changes.picture.present():
        if one.held in holders and one.held is not None and one.thing not in later:
            released(reader, one, one.held)


def _rises(verb: Piece) -> bool:
    """Whether a verb lifts what is held already."""
    return isinstance(verb, Mark) and verb.text.startswith(("lift", "pick", "hold up", "held up", "holds up", "rais"))


def given(reader: Reader) -> None:
    """Give: to somebody, something to hold or a part; "a friend" is another of its kind."""
    agents = list(reader.focus)
    reader.skip(*SKIPPED)
    first = reader.objects()
    if not first:
        raise reader.lost()
    if reader.skip("from") and (givers := reader.objects()) and first[-1].held is not givers[-1]:
        reader.changes.again()
        reader.changes.relate(first, "held by", givers[-1])
        if reader.skip("to"):
            reader.objects()
        reader.focus = givers
        return
    if reader.skip("to"):
        if agents and agents[-1].grips and all(one.held is None for one in first) and reader.changes.staged:
            reader.changes.relate(first, "held by", agents[-1])
            reader.changes.pause()
        receiver = reader.objects()
        if not receiver:
            raise reader.lost()
        reader.changes.relate(first, "held by", receiver[-1])
        reader.focus = receiver
        return
    noun = reader.peek()
    if reader.skip("friend"):
        one = first[-1]
        friend = reader.changes.bring(Known(one.thing, colour=one.colour))
        reader.changes.relate([friend], "next to", one)
        return
    reader.focus, reader.verb = first[-1:], "have"
    if not isinstance(noun, Noun):
        reader.verb = "draw"


def emptied(reader: Reader) -> None:
    """Empty: what is inside goes."""
    reader.changes.empty(what_about(reader))


def poured(reader: Reader) -> None:
    """Pour: the vessel named, or the one held, is above the other and pours, and the other is full."""
    before = [one for one in reader.focus if can_do(one, "pour")]
    arm = [one for one in reader.focus if one.thing in HOLDERS]
    reader.skip("liquid", "from", *SKIPPED)
    noun = reader.peek()
    found = reader.objects() if isinstance(noun, Noun) and noun.head in ("thing", "it") else []
    reader.skip("liquid", "from", "place")
    if not found and isinstance(reader.peek(), Noun):
        found = reader.objects()
    known = [one for one in reversed(reader.changes.picture.present()) if can_do(one, "pour")]
    vessels = [one for one in found if can_do(one, "pour")] or before or known
    if not vessels:
        raise reader.lost()
    vessel = vessels[0]
    if reader.skip("relation", "to"):
        targets = reader.objects()
        if arm and targets and reader.changes.staged and vessel.held is None:
            reader.changes.relate([vessel], "held by", arm[-1])
            reader.changes.pause()
        reader.changes.relate([vessel], "above", targets[-1]) if targets else None
        for one in targets:
            if can_do(one, "full") and not reader.changes.picture.filled_later:
                reader.changes.act([one], "full")
    below = vessel.relation[1] if vessel.relation and vessel.relation[0] == "above" else None
    if below is not None and can_do(below, "full") and not reader.changes.picture.filled_later:
        reader.changes.act([below], "full")
    reader.changes.act([vessel], "pour")
    if arm and vessel.held is None and not vessel.relation:
        reader.changes.relate([vessel], "held by", arm[-1])
    reader.about([vessel])


def met(reader: Reader) -> None:
    """Look at, meet, find: beside each other."""
    before = list(reader.listed if len(reader.listed) > 1 else reader.focus)
    if reader.story and not before and reader.at == 1:
        before = reader.goers(REST)
    if isinstance(noun := reader.peek(), Noun) and noun.head == "it" and noun.name == "it":
        missed(reader)
    found = reader.objects()
    verb = reader.peek(-1)
    if not found and len(before) > 1 and isinstance(verb, Mark) and verb.text.endswith(("closer", "together")):
        reader.changes.relate(before[1:], "next to", before[0])
        return
    placed = reader.sees("relation", "dangling", "place")
    apart = placed and any(one.place for one in before)
    if found and before and not apart and all(one.relation is None for one in (*before, *found)):
        moved, to = (found, before[0]) if all(one.fresh for one in found) and not placed else (before, found[-1])
        reader.changes.relate(moved, "next to", to)
    if found and reader.story:
        reader.changes.act([one for one in before if one.action == "cry" and "action" not in one.said], None)
    if found:
        reader.focus = list(found) if not before or found[-1].fresh else before


def mounted(reader: Reader) -> None:
    """Climb, ride, board: whoever does it is on top of what follows."""
    before = list(reader.listed if len(reader.listed) > 1 else reader.focus) or reader.topic()
    reader.skip(*SKIPPED)
    found = reader.objects()
    if not found:
        reader.focus, reader.verb = before, "go"
        return
    if before:
        reader.changes.relate(before, "on", found[-1])
    reader.about(before or found)
