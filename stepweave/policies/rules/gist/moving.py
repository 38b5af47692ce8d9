"""Verbs by which things come, go, are put somewhere, or are gone."""

from __future__ import annotations

import itertools

from stepweave.policies.rules.gist.deeds import (
    can_do,
    comes_part,
    goes_somewhere,
    gone,
    missed,
    released,
    shown,
    what_about,
)
from stepweave.policies.rules.gist.describing import TELLING
from stepweave.policies.rules.gist.describing import Describing as Reader
from stepweave.policies.rules.gist.hands import grasped, hand_of
from stepweave.policies.rules.gist.known import HOLDERS, Known
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.sentence import SKIPPED
from stepweave.policies.rules.gist.skimming import SCENERY
from stepweave.policies.rules.gist.turning import acts
from stepweave.world import vocabulary
from stepweave.world.language.lexicon import part_of

VESSELS = ("box", "bowl", "cup", "jug", "truck")


def written(reader: Reader) -> None:
    """Write: what follows is there; "written" says nothing of what stands before it."""
    instead = any(isinstance(one, Mark) and one.kind == "instead" for one in reader.pieces)
    texts = reader.changes.picture.kind(vocabulary.TEXT)
    noun = reader.peek()
    if instead and texts and isinstance(noun, Noun) and noun.label:
        reader.at += 1
        reader.comes_instead(texts[-1], noun)
        return
    if not reader.sees("relation", "dangling", "place", "row"):
        shown(reader)


def filled(reader: Reader) -> None:
    """Fill: a vessel is full; of a row, that things stand in it."""
    if reader.sees("place") or (reader.sees("the") and reader.sees("place", ahead=1)):
        reader.skip("the")
        reader.lead = [(reader.take().value, None)]
        return
    held = [one for one in reader.changes.picture.present() if one.held and can_do(one, "pour")]
    start = reader.at
    vessel = what_about(reader)
    reader.skip("up")
    if reader.sees("with") and isinstance(inner := reader.peek(1), Noun) and inner.head == "thing" and vessel:
        reader.at += 1
        reader.changes.relate(reader.objects(), "inside", vessel[-1])
        return
    reader.at = start
    acts("full")(reader)
    if held and not held[-1].fresh:
        reader.changes.act(held[-1:], "pour")


def added(reader: Reader) -> None:
    """Add: what follows is new."""
    found = reader.objects(new=True) if not comes_part(reader) else []
    reader.verb = "add"
    verb = reader.pieces[reader.at - 1 - len(found)] if found else None
    if isinstance(verb, Mark) and verb.text.startswith("insert") and not goes_somewhere(reader):
        opened = [one for one in reader.changes.picture.present() if one.action == "open" and one not in found]
        reader.changes.relate(found, "inside", opened[-1]) if opened else None
    if found:
        reader.about(found)
        reader.focus = found[-1:]
        if reader.lead:
            reader.land(found)


ENDS = {"top": "top", "bottom": "bottom", "on top": "top", "at the bottom": "bottom"}
"""Words for the ends of a stack."""
LEVELS = ("bottom", "middle", "top")


def _stacked(reader: Reader, found: list[Known]) -> None:
    """Stack: each on the one before, from the bottom up; one by one what is there already."""
    ones = list(found)
    if len(ones) == 1 and ones[0].count > 1:
        several = ones[0]
        ones = [several, *(reader.changes.split(several, 1) for _ in range(several.count - 1))]
    rest = [one for one in reader.pieces[reader.at :] if isinstance(one, Mark) or one.colour]
    ends = [end for one in rest if isinstance(one, Mark) and (end := _end(one))]
    colours = [one.value if isinstance(one, Mark) else one.colour for one in rest if _coloured(one)]
    if ends and (colour := next(iter(colours), None)):
        order = _order(rest)
        if len(order) == len(ones) and all(one.colour is None for one in ones):
            for one, its in zip(ones, order, strict=True):
                reader.changes.colour([one], its)
            ends, colour = ["bottom"], order[0]
        elif all(one.colour is None for one in ones):
            _told_apart(reader, ones[::1] if ends[0] == "bottom" else ones[::-1], colour)
        ones = sorted(ones, key=lambda one: (one.shown == colour) == (ends[0] == "top"))
        reader.at = len(reader.pieces)
    for lower, upper in itertools.pairwise(ones):
        if reader.changes.staged and not upper.fresh:
            reader.changes.pause()
        reader.changes.relate([upper], "on", lower)


def _told_apart(reader: Reader, ones: list[Known], colour: str) -> None:
    """The first has that colour, all others have others."""
    others = [one for one in TELLING if one != colour]
    for one, its in zip(ones, [colour, *others], strict=False):
        reader.changes.colour([one], its)


def _order(rest: list[Piece]) -> list[str]:
    """The colours of a stack from the bottom up, where each is told with its place."""
    told: list[tuple[int, str]] = []
    colour = ""
    for one in rest:
        if _coloured(one):
            colour = (one.value if isinstance(one, Mark) else one.colour) or ""
        place = _end(one) or (one.value if one.kind == "place" else "") if isinstance(one, Mark) else ""
        if colour and place in LEVELS:
            told.append((LEVELS.index(place), colour))
            colour = ""
    return [its for _, its in sorted(told, key=lambda one: one[0])]


def _end(mark: Mark) -> str | None:
    return ENDS.get(mark.value if mark.kind == "place" else mark.text)


def _coloured(piece: Piece) -> bool:
    return isinstance(piece, Noun) or piece.kind == "colour"


def _onto(reader: Reader) -> bool:
    """Whether it is told on what else something is stacked."""
    rest = [one for one in reader.pieces[reader.at :] if not (isinstance(one, Mark) and one.kind in SKIPPED)]
    pairs = itertools.pairwise(rest)
    return any(isinstance(one, Mark) and one.kind == "relation" and isinstance(two, Noun) for one, two in pairs)


def _alike(reader: Reader) -> list[Known]:
    """All that is there of the kind that was spoken of last."""
    topic = reader.topic()
    return reader.changes.picture.kind(topic[-1].thing) if topic else []


def appeared(reader: Reader) -> None:
    """It comes: it is there, wherever the next words say."""
    if reader.listed:
        reader.focus = list(reader.listed)
    if isinstance(noun := reader.peek(), Noun) and noun.head in ("it", "they"):
        reader.at += 1  # "joins them"
    hand = (reader.focus or reader.topic())[-1:]
    lowered = reader.word() == "down" and hand and hand[-1].thing in HOLDERS and hand[-1].relation
    if lowered and hand[-1].relation and hand[-1].relation[0] == "above":
        reader.changes.relate(hand, "on", hand[-1].relation[1])
        reader.focus = hand
    reader.verb = "go"


def put(reader: Reader) -> None:
    """Put: what follows is moved or added; without anything behind it, what stands before goes there."""
    verb = reader.pieces[reader.at - 1]
    ordered = reader.begins_clause() and not (isinstance(verb, Mark) and verb.text.split()[0].endswith("s"))
    agents = [] if ordered else list(reader.focus)
    brought = isinstance(verb, Mark) and verb.text.startswith(("bring", "brought", "fetch"))
    if brought and isinstance(noun := reader.peek(), Noun) and noun.head == "it":
        missed(reader)
    tower = isinstance(verb, Mark) and "tower" in verb.text
    found = reader.objects(pick=False) or (_alike(reader) if tower else [])
    reader.verb = "put"
    if (
        found
        and isinstance(verb, Mark)
        and verb.text.startswith(("stack", "pil", "build", "built", "mak", "made"))
        and (tower or not _onto(reader))
    ):
        _stacked(reader, found)
        reader.about(found)
        return
    if found and agents:
        reader.changes.picture.subject = agents[-1]
    if found and isinstance(verb, Mark) and verb.text.startswith("rais") and _raised(reader, found):
        return
    if not found:
        reader.focus = reader.focus or reader.topic()
        if reader.sees("away") and not goes_somewhere(reader):
            _moved_off(reader)
        return
    reader.about(found)
    if reader.lead:
        reader.land(found)
    if isinstance(back := reader.peek(), Noun) and back.head == "part" and back.name == "back" and not back.owned:
        reader.at += 1
    if reader.skip("from"):
        reader.objects()
        reader.about(found)
    going = goes_somewhere(reader) or reader.sees("to")
    if going and reader.changes.staged:
        grasped(reader, found, agents)
    if reader.sees("upright"):
        return
    if isinstance(verb, Mark) and verb.text.startswith(("hid", "cover")) and agents and not going:
        reader.changes.relate(agents, "in front of", found[-1])
        return
    if isinstance(verb, Mark) and verb.text.startswith("load") and not going and _loaded(reader, found):
        return
    if brought and agents and not going and all(one.fresh for one in found):
        reader.changes.relate(found, "held by" if agents[-1].grips else "next to", agents[-1])
        return
    if reader.sees("to") and isinstance(goal := reader.peek(1), Noun):
        reader.skip("to")
        into = _vessel(reader, goal) and not any(one.alive for one in found)
        upon = goal.name in ("table", "chair")
        reader.waiting = ("inside" if into else "on" if upon else "next to", reader.focus)
    elif not goes_somewhere(reader) and (holder := found[-1].held or hand_of(reader, found[-1])) is not None:
        released(reader, found[-1], holder)


def _raised(reader: Reader, found: list[Known]) -> bool:
    """Raise, without saying where to: what is held rises, and the gripper with it."""
    if goes_somewhere(reader) or not any(one.held for one in found):
        return False
    for one in found:
        rising = one.held if one.held and one.held.thing == "gripper" else one
        reader.changes.place([rising], "top")
    reader.about(found)
    return True


def _moved_off(reader: Reader) -> None:
    """ "The cloud moves away": it is beside what it was at, or else gone."""
    for one in reader.focus:
        if one.relation is not None and not one.fresh:
            reader.changes.relate([one], "next to", one.relation[1])
        else:
            reader.changes.remove(one)


def _vessel(reader: Reader, goal: Noun) -> bool:
    """Whether something goes into it; "the blue one" is one of several that were spoken of."""
    if goal.head != "one":
        return goal.name in VESSELS
    picture = reader.changes.picture
    several = [one for one in picture.recent if one.there and sum(o.count for o in picture.kind(one.thing)) > 1]
    return bool(several) and several[-1].thing in VESSELS


def _loaded(reader: Reader, found: list[Known]) -> bool:
    """Load, without saying where: on the truck, or in the vessel, that was spoken of last."""
    recent = [one for one in reversed(reader.changes.picture.recent) if one.there and one not in found]
    goal = next((one for one in recent if one.thing in VESSELS and one.thing != found[-1].thing), None)
    if goal is None:
        return False
    reader.changes.relate(found, "on" if goal.thing == "truck" else "inside", goal)
    return True


def dropped(reader: Reader) -> None:
    """Drop: to where the next words say, out of a hand, or away."""
    held = [one for one in reader.changes.picture.present() if one.held is not None]
    releases = reader.word(-1).startswith(("releas", "let"))
    found = reader.objects() or held[-1:]
    if not found and releases:
        _let_fall(reader)
        return
    found = found or what_about(reader)
    reader.about(found)
    if goes_somewhere(reader):
        reader.verb = "put"
    elif found and found[-1].held is not None:
        released(reader, found[-1], found[-1].held)
    else:
        gone(reader, found)


def _let_fall(reader: Reader) -> None:
    """Nothing is held any more: what is above a vessel falls into it."""
    for one in reversed(reader.changes.picture.present()):
        if (
            one.relation
            and one.relation[0] == "above"
            and one.relation[1].thing in VESSELS
            and one.thing not in HOLDERS
        ):
            reader.changes.relate([one], "inside", one.relation[1])
            return


def fell(reader: Reader) -> None:
    """Fall: to where the next words say, or else to the bottom."""
    reader.focus = reader.listed if len(reader.listed) > 1 else reader.focus or reader.topic()
    rest = reader.pieces[reader.at :]
    if not goes_somewhere(reader) and not any(isinstance(one, Mark) and one.kind == "be" for one in rest):
        reader.changes.place(reader.focus, "bottom")
    reader.verb = "go"


def vanished(reader: Reader) -> None:
    """It goes away; what comes with this step is only on its way."""
    if reader.part is not None:
        for one in reader.part[0]:
            reader.changes.remove(one, part=reader.part[1])
        return
    verb = reader.pieces[reader.at - 1]
    if reader.focus and not reader.focus[-1].fresh and _away_to(reader):
        return
    where = reader.peek(-2)
    if isinstance(where, Mark) and where.kind in SCENERY and where.value == reader.changes.picture.background:
        reader.changes.background("white")
        return
    if isinstance(verb, Mark) and verb.text.endswith("ing away") and reader.focus and not reader.story:
        _on_the_way(reader, "fly" if verb.text.startswith("fl") else "run")
        return
    if isinstance(verb, Mark) and verb.value == "gone" and reader.focus and reader.focus[-1].fresh:
        lost = reader.focus[-1]
        reader.changes.forget(lost)
        reader.focus = []
        for one in reader.changes.picture.present():
            if not one.fresh and (part := part_of(one.thing, f"{lost.thing}s")) and part not in one.lacking:
                reader.changes.remove(one, part=part)  # "the apples are gone", of a tree
        return
    if reader.focus and all(one.fresh for one in reader.focus):
        if (left := _left_behind(reader)) is not None and left.fresh and not reader.story:
            _goes_off(reader, left)
            return
        motion = {"fly": "fly"}.get(verb.text[:3] if isinstance(verb, Mark) else "", "run")
        reader.changes.act(reader.focus, motion)
        return
    if (left := _left_behind(reader)) is not None:
        _goes_off(reader, left)
        return
    gone(reader, reader.focus or reader.objects() or reader.topic())


def _away_to(reader: Reader) -> bool:
    """ "Flies away to the top right", "leaves on the right": it is seen there."""
    ahead = next((at for at in range(3) if reader.sees("place", ahead=at)), None)
    if ahead is None or not all(reader.sees("to", "the", "relation", ahead=at) for at in range(ahead)):
        return False
    flying = can_do(reader.focus[-1], "fly") and reader.word(-1).startswith("fl")
    reader.at += ahead
    place = reader.take().value
    for one in reader.focus:
        if flying:
            reader.changes.act([one], "fly")
        reader.changes.place([one], place)
    return True


def _on_the_way(reader: Reader, motion: str) -> None:
    """ "The bird flying away": still to be seen, in the air or at the side."""
    for one in reader.focus:
        reader.changes.act([one], motion)
        if not one.fresh:
            reader.changes.place([one], "top" if motion == "fly" else "right")


def _left_behind(reader: Reader) -> Known | None:
    """What somebody goes away from, if that is told."""
    start = reader.at
    if reader.skip("from") and (found := reader.objects()):
        return found[-1]
    reader.at = start
    return None


def _goes_off(reader: Reader, left: Known) -> None:
    """On the way off: in the air above, or running beside, what is left behind."""
    goers = [one for one in reader.focus if one is not left] or [
        one for one in reversed(reader.changes.picture.recent) if one.there and one is not left
    ][:1]
    for one in goers:
        flies = can_do(one, "fly")
        if flies or can_do(one, "run"):
            reader.changes.act([one], "fly" if flies else "run")
        reader.changes.relate([one], "above" if flies else "next to", left)
    reader.about(goers)
