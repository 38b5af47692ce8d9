"""What each verb leads to: the thing it is about goes, comes, is held, changes places, or becomes something else."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from stepweave.policies.rules.gist.known import HOLDERS, Known
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.reader import SKIPPED, Reader
from stepweave.world import vocabulary
from stepweave.world.language.deeds import REST
from stepweave.world.language.errors import NotPossible
from stepweave.world.scene import Move, Recolour
from stepweave.world.things.actions import actions

VEHICLES = frozenset({"car", "bus", "truck", "train", "bicycle", "boat", "rocket", "plane", "balloon"})
"""What one can ride in or on."""
Deed = Callable[[Reader], None]


def _about(reader: Reader) -> list[Known]:
    """What a verb is about: what stands behind it, or else before it."""
    found = reader.objects()
    if found:
        reader.about(found)
    return found or reader.focus or reader.topic()


def _shown(reader: Reader) -> None:
    """Draw: what follows is there."""
    reader.skip(*SKIPPED)
    reader.verb, reader.focus = "draw", [] if not reader.lead else reader.focus
    reader.listed = []


def _written(reader: Reader) -> None:
    """Write: what follows is there; "written" says nothing of what stands before it."""
    instead = any(isinstance(one, Mark) and one.kind == "instead" for one in reader.pieces)
    texts = reader.changes.picture.kind(vocabulary.TEXT)
    noun = reader.peek()
    if instead and texts and isinstance(noun, Noun) and noun.label:
        reader.at += 1
        reader.comes_instead(texts[-1], noun)
        return
    if not reader.sees("relation", "dangling", "place", "row"):
        _shown(reader)


def _filled(reader: Reader) -> None:
    """Fill: a vessel is full; of a row, that things stand in it."""
    if reader.sees("place") or (reader.sees("the") and reader.sees("place", ahead=1)):
        reader.skip("the")
        reader.lead = [(reader.take().value, None)]
        return
    held = [one for one in reader.changes.picture.present() if one.held and _does(one, "pour")]
    _act("full")(reader)
    if held and not held[-1].fresh:
        reader.changes.act(held[-1:], "pour")


def _added(reader: Reader) -> None:
    """Add: what follows is new."""
    found = reader.objects(new=True) if not _comes_part(reader) else []
    reader.verb = "add"
    verb = reader.pieces[reader.at - 1 - len(found)] if found else None
    if isinstance(verb, Mark) and verb.text.startswith("insert") and not _goes_somewhere(reader):
        opened = [one for one in reader.changes.picture.present() if one.action == "open" and one not in found]
        reader.changes.relate(found, "inside", opened[-1]) if opened else None
    if found:
        reader.about(found)
        reader.focus = found[-1:]
        if reader.lead:
            reader._land(found)


def _comes_part(reader: Reader) -> bool:
    piece = reader.peek()
    return isinstance(piece, Noun) and piece.head == "part"


def _stacked(reader: Reader, found: list[Known]) -> None:
    """Stack: each on the one before, from the bottom up."""
    ones = [one for one in found for _ in range(1)]
    if len(ones) == 1 and ones[0].count > 1:
        several = ones[0]
        ones = [several, *(reader.changes.split(several, 1) for _ in range(several.count - 1))]
    rest = reader.pieces[reader.at :]
    ends = [
        one.value for one in rest if isinstance(one, Mark) and one.kind == "place" and one.value in ("top", "bottom")
    ]
    colours = [
        one.value if isinstance(one, Mark) else one.colour
        for one in rest
        if (isinstance(one, Mark) and one.kind == "colour") or (isinstance(one, Noun) and one.colour)
    ]
    if ends and colours and all(one.shown != colours[0] for one in ones):
        reader.changes.colour([ones[0 if ends[0] == "bottom" else -1]], colours[0] or "")
        reader.at = len(reader.pieces)
    elif ends and colours:
        ones = sorted(ones, key=lambda one: (one.shown == colours[0]) == (ends[0] == "top"))
        reader.at = len(reader.pieces)
    for lower, upper in itertools.pairwise(ones):
        reader.changes.relate([upper], "on", lower)


def _appeared(reader: Reader) -> None:
    """It comes: it is there, wherever the next words say."""
    if reader.listed:
        reader.focus = list(reader.listed)
    reader.verb = "go"


def _put(reader: Reader) -> None:
    """Put: what follows is moved or added; without anything behind it, what stands before goes there."""
    verb = reader.pieces[reader.at - 1]
    ordered = reader.begins_clause() and not (isinstance(verb, Mark) and verb.text.split()[0].endswith("s"))
    agents = [] if ordered else list(reader.focus)
    brought = isinstance(verb, Mark) and verb.text.startswith(("bring", "brought", "fetch"))
    if brought and isinstance(noun := reader.peek(), Noun) and noun.head == "it":
        _missed(reader)
    found = reader.objects(pick=False)
    reader.verb = "put"
    if (
        found
        and isinstance(verb, Mark)
        and verb.text.startswith(("stack", "pil", "build", "built", "mak", "made"))
        and ("tower" in verb.text or not _goes_somewhere(reader, "relation"))
    ):
        _stacked(reader, found)
        reader.about(found)
        return
    if found and agents:
        reader.changes.picture.subject = agents[-1]
    if not found:
        reader.focus = reader.focus or reader.topic()
        return
    reader.about(found)
    if reader.lead:
        reader._land(found)
    if isinstance(back := reader.peek(), Noun) and back.head == "part" and back.name == "back" and not back.owned:
        reader.at += 1
    if reader.skip("from"):
        reader.objects()
        reader.about(found)
    holder = next((one for one in agents if one.thing in HOLDERS), None)
    going = _goes_somewhere(reader) or reader.sees("to")
    if holder is not None and reader.changes.staged and going and all(one.held is None for one in found):
        reader.changes.relate(found, "held by", holder)
        reader.changes.pause()
        reader.about(found)
    if reader.sees("upright"):
        return
    if brought and agents and not going and all(one.fresh for one in found):
        reader.changes.relate(found, "held by" if agents[-1].grips else "next to", agents[-1])
        return
    if reader.sees("to") and isinstance(goal := reader.peek(1), Noun):
        reader.skip("to")
        into = goal.name in VESSELS and not any(one.alive for one in found)
        reader.waiting = ("inside" if into else "next to", reader.focus)
    elif not _goes_somewhere(reader) and (holder := found[-1].held) is not None:
        _released(reader, found[-1], holder)


def _missed(reader: Reader) -> None:
    """What is brought is what was only spoken of, where there is such a thing."""
    picture = reader.changes.picture
    spoken = [one for one in picture.recent if not one.there and one not in picture.things]
    if spoken:
        picture.speak(spoken[-1])


VESSELS = ("box", "bowl", "cup", "jug", "truck")
WHITHER = ("relation", "dangling", "place", "sides", "corners")


def _goes_somewhere(reader: Reader, *kinds: str) -> bool:
    rest = reader.pieces[reader.at :]
    return any(isinstance(one, Mark) and one.kind in (kinds or WHITHER) for one in rest)


def _released(reader: Reader, one: Known, holder: Known) -> None:
    reader.changes.relate([one], "next to", holder)


def _dropped(reader: Reader) -> None:
    found = _about(reader)
    if _goes_somewhere(reader):
        reader.verb = "put"
    elif found and found[-1].held is not None:
        _released(reader, found[-1], found[-1].held)
    else:
        _gone(reader, found)


def _gone(reader: Reader, found: list[Known]) -> None:
    verb = next(
        (one for one in reversed(reader.pieces[: reader.at]) if isinstance(one, Mark) and one.kind == "verb"), None
    )
    if verb is not None and verb.text.startswith("clear") and all(one.fresh for one in found):
        return
    for one in found:
        reader.changes.remove(one, one.count if not one.fresh else None)
    reader.focus = []


def _removed(reader: Reader) -> None:
    """Remove: what follows goes, a number of them, or a part; with nothing behind it, what stands before."""
    if any(one.thing in HOLDERS for one in reader.focus):
        _held(reader)
        return
    verb = reader.pieces[reader.at - 1]
    if isinstance(verb, Mark) and verb.text in ("lost", "lose", "loses", "losing"):
        _lost(reader, attributive=isinstance(reader.peek(-2), Mark) and reader.peek(-2).kind in ("owner", "the", "a"))  # type: ignore[union-attr]
        return
    reader.skip(*SKIPPED)
    reader.verb = "remove"
    noun = reader.peek()
    if isinstance(noun, Noun) and noun.head == "part":
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
    _gone(reader, found or reader.focus or reader.topic())
    if found and reader.sees("and"):
        reader.at += 1
        reader.at -= not isinstance(reader.peek(), Noun)


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
        if one.fresh:
            reader.changes.forget(one)
        else:
            reader.changes.remove(one, one.count)
    sad = [one for one in losers if one.alive]
    reader.changes.act(sad, "cry")
    reader.about(losers)


def _fell(reader: Reader) -> None:
    """Fall: to where the next words say, or else to the bottom."""
    reader.focus = reader.listed if len(reader.listed) > 1 else reader.focus or reader.topic()
    rest = reader.pieces[reader.at :]
    if not _goes_somewhere(reader) and not any(isinstance(one, Mark) and one.kind == "be" for one in rest):
        reader.changes.place(reader.focus, "bottom")
    reader.verb = "go"


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


def _vanished(reader: Reader) -> None:
    """It goes away; what comes with this step is only on its way."""
    if reader.part is not None:
        for one in reader.part[0]:
            reader.changes.remove(one, part=reader.part[1])
        return
    verb = reader.pieces[reader.at - 1]
    if isinstance(verb, Mark) and verb.value == "gone" and reader.focus and reader.focus[-1].fresh:
        reader.changes.forget(reader.focus[-1])
        reader.focus = []
        return
    if reader.focus and all(one.fresh for one in reader.focus):
        verb = reader.pieces[reader.at - 1]
        motion = {"fly": "fly"}.get(verb.text[:3] if isinstance(verb, Mark) else "", "run")
        reader.changes.act(reader.focus, motion)
        return
    _gone(reader, reader.focus or reader.objects() or reader.topic())


def _taken(reader: Reader) -> None:
    """Take: away, into a hand, or for a start."""
    rest = reader.pieces[reader.at :]
    holders = [
        one
        for one in reader.focus or reader.changes.picture.present()
        if one.thing in HOLDERS or one in reader.focus and one.grips
    ]
    noun = reader.peek(1) if reader.sees(*SKIPPED) else reader.peek()
    if reader.focus and not holders and isinstance(noun, Noun) and noun.name in VEHICLES:
        _mounted(reader)
        return
    if reader.focus and not holders and reader.story:
        _met(reader)
        return
    away = (
        any(isinstance(one, Mark) and one.kind == "away" for one in rest)
        or reader.pieces[reader.at - 1].text == "take away"
    )  # type: ignore[union-attr]
    if holders and not away:
        reader.focus = reader.focus or holders
        _held(reader)
    elif away or reader.changes.picture.present():
        _removed(reader)
    else:
        _shown(reader)


def _held(reader: Reader) -> None:
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
    holder = (holders or arms or known or [None])[-1]
    if holder is None:
        holder = reader.changes.bring(Known("gripper"))
    if found[-1].held is holder and not found[-1].fresh and _rises(reader.pieces[start - 1]):
        rising = holder if holder.thing == "gripper" else found[-1]
        reader.changes.do(Move(reader.changes.picture.pointing(rising), "top"))
        rising.place = "top"
    reader.changes.relate(found, "held by", holder)
    if reader.skip("from"):
        reader.objects()
    reader.about(found)
    reader.focus, reader.listed, reader.verb = [holder], [holder], "hold"
    reader.changes.picture.subject = holder if before else None


def _lets_go(reader: Reader, holders: list[Known]) -> None:
    """Holding nothing: what was held stands beside, unless it is told where it is."""
    later = [one.name for one in reader.pieces[reader.at :] if isinstance(one, Noun)]
    for one in reader.changes.picture.present():
        if one.held in holders and one.held is not None and one.thing not in later:
            _released(reader, one, one.held)


def _rises(verb: Piece) -> bool:
    """Whether a verb lifts what is held already."""
    return isinstance(verb, Mark) and verb.text.startswith(("lift", "pick", "hold up", "held up", "holds up", "rais"))


def _given(reader: Reader) -> None:
    """Give: to somebody, something to hold or a part; "a friend" is another of its kind."""
    agents = list(reader.focus)
    reader.skip(*SKIPPED)
    first = reader.objects()
    if not first:
        raise reader.lost()
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


def _replaced(reader: Reader) -> None:
    """Replace: one by another, or two by each other."""
    if _swaps_colours(reader):
        return
    found = reader.objects()
    old = found or reader.focus or reader.topic()
    if len(old) == 2 and not reader.sees("with", "by", "for", "to", "relation"):
        _swapped_two(reader, *old)
        return
    if not reader.skip("with", "by", "for", "to", "relation", "and") or not old:
        raise reader.lost()
    noun = reader.peek()
    if not isinstance(noun, Noun) or noun.head not in ("thing", "text", "one"):
        raise reader.lost()
    reader.at += 1
    reader.comes_instead(old[-1], noun)


def _became(reader: Reader) -> None:
    """Become, turn, get, change to: something else, or of other looks."""
    reader.skip(*SKIPPED)
    if isinstance(behind := reader.peek(), Noun) and behind.head == "background":
        reader.focus, reader.verb = [], "make"
        return
    agent = bool(reader.focus) and all(one.thing in HOLDERS for one in reader.focus) and not _into(reader)
    order = not reader.focus or agent or reader.begins_clause()
    found = reader.objects() if order else []
    if found:
        reader.focus, reader.part = found, None
    reader.skip("be", *SKIPPED)
    if reader.sees("verb") and not found:
        return
    if _into(reader) and reader.focus and not all(one.fresh for one in found):
        noun = reader.peek(1)
        if isinstance(noun, Noun) and noun.head == "thing":
            reader.at += 2
            reader.comes_instead(reader.focus[-1], noun)
            return
    if isinstance(noun := reader.peek(), Noun) and noun.head == "thing" and reader.focus and not found:
        reader.at += 1
        if (
            reader.focus[-1].grips
            and noun.head == "thing"
            and reader.pieces[reader.at - 2].text.startswith(("get", "got"))
        ):  # type: ignore[union-attr]
            reader.at -= 1
            reader.changes.relate(reader.objects(), "held by", reader.focus[-1])
            return
        reader.comes_instead(reader.focus[-1], noun)
        return
    reader.focus = reader.focus or reader.topic()
    if reader.focus and (spin := _spin(reader)) is not None:
        reader.changes.turn(reader.focus, spin[0], flip=spin[1], to=False)
    reader.verb = "become"


def _made(reader: Reader) -> None:
    """Make, let, paint: what follows is as the next words say."""
    found = reader.objects()
    reader.verb = "make"
    if found:
        reader.about(found)
        reader.skip("be", *SKIPPED)
        noun = reader.peek(1)
        if _into(reader) and isinstance(noun, Noun) and noun.head == "thing":
            reader.at += 2
            reader.comes_instead(found[-1], noun)
    else:
        reader.focus = []


def _into(reader: Reader) -> bool:
    """Whether "to" or "into" comes next."""
    mark = reader.peek()
    return isinstance(mark, Mark) and mark.text in ("to", "into")


def _chased(reader: Reader) -> None:
    """Chase: who does so runs, close to the other."""
    before = list(reader.focus or reader.topic())
    reader.changes.act(before, "run")
    found = reader.objects()
    if found:
        reader.changes.relate(before, "next to", found[-1])
    reader.focus = before


def _copied(reader: Reader) -> None:
    found = _about(reader)
    count = 1
    if reader.sees("number"):
        count = int(reader.take().value)
    reader.changes.copy(found[-1], count)


def _act(action: str | None) -> Deed:
    """A verb that makes what follows it do something, or else what stands before it."""

    def done(reader: Reader) -> None:
        found = _about(reader)
        able = [one for one in found if action is None or action in actions(vocabulary.DRAWABLE[one.thing])]
        if not able:
            raise reader.lost()
        reader.changes.act(able, action)

    return done


def _scaled(how: str) -> Deed:
    def done(reader: Reader) -> None:
        found = _about(reader)
        reader.skip("to", *SKIPPED)
        if reader.sees("size"):
            reader.changes.size(found, reader.take().value)
            return
        reader.skip("comparative")
        reader.changes.size(found, how)

    return done


def _emptied(reader: Reader) -> None:
    reader.changes.empty(_about(reader))


def _poured(reader: Reader) -> None:
    """Pour: the vessel named, or the one held, is above the other and pours, and the other is full."""
    before = [one for one in reader.focus if _does(one, "pour")]
    arm = [one for one in reader.focus if one.thing in HOLDERS]
    reader.skip("liquid", "from", *SKIPPED)
    noun = reader.peek()
    found = reader.objects() if isinstance(noun, Noun) and noun.head in ("thing", "it") else []
    reader.skip("liquid", "from", "place")
    if not found and isinstance(reader.peek(), Noun):
        found = reader.objects()
    known = [one for one in reversed(reader.changes.picture.present()) if _does(one, "pour")]
    vessels = [one for one in found if _does(one, "pour")] or before or known
    if not vessels:
        raise reader.lost()
    vessel = vessels[0]
    if reader.skip("relation", "to"):
        targets = reader.objects()
        reader.changes.relate([vessel], "above", targets[-1]) if targets and not vessel.held else None
        for one in targets:
            if _does(one, "full"):
                reader.changes.act([one], "full")
    reader.changes.act([vessel], "pour")
    if arm and vessel.held is None and not vessel.relation:
        reader.changes.relate([vessel], "held by", arm[-1])
    reader.focus = [vessel]


def _does(one: Known, action: str) -> bool:
    thing = vocabulary.DRAWABLE.get(one.thing)
    return thing is not None and action in actions(thing)


def _turned(degrees: int) -> Deed:
    def done(reader: Reader) -> None:
        found = _about(reader)
        if (spin := _spin(reader)) is not None:
            reader.changes.turn(found, spin[0], flip=spin[1], to=False)
            return
        reader.skip(*BY)
        if reader.sees("pose"):
            return
        if reader.sees("upright"):
            reader.at += 1
            reader.changes.turn(found, 0)
        else:
            reader.changes.turn(found, degrees, to=False)

    return done


BY = ("by", "to", *SKIPPED)


def _spin(reader: Reader) -> tuple[int, bool] | None:
    """How far something is turned, and whether it is flipped; nothing is read if that is not told."""
    start = reader.at
    reader.at += isinstance(mark := reader.peek(), Mark) and mark.text == "by"
    reader.skip(*BY, "another")
    number = reader.peek()
    alone = isinstance(number, Noun) and number.head == "one" and (number.count or 0) in vocabulary.TURNS
    if alone or (reader.sees("number") and reader.sees("degrees", ahead=1)):
        reader.at += 1
        degrees = number.count or 0 if isinstance(number, Noun) else int(number.value if number else 0)
        reader.skip("degrees")
        if degrees not in vocabulary.TURNS:
            raise reader.lost()
        return _clockwise(reader, degrees), False
    if reader.sees("spun"):
        spun = reader.take().value
        return (0, True) if spun == "flip" else (_clockwise(reader, int(spun)), False)
    if reader.sees("direction"):
        return _clockwise(reader, 90), False
    reader.at = start
    return None


def _clockwise(reader: Reader, degrees: int) -> int:
    reader.skip(*BY)
    against = reader.sees("direction") and reader.take().value == "anticlockwise"
    return -degrees % 360 if against else degrees


def _flipped(reader: Reader) -> None:
    found = _about(reader)
    spin = _spin(reader)
    degrees, flip = spin or (0, True)
    reader.changes.turn(found, degrees, flip=flip, to=False)


def _swapped(reader: Reader) -> None:
    found = reader.objects() or (reader.focus if len(reader.focus) > 1 else reader.listed)
    if len(found) != 2:
        found = [one for one in reader.changes.picture.recent if one.there][-2:]
    if len(found) != 2:
        raise reader.lost()
    _swapped_two(reader, *found)


def _swaps_colours(reader: Reader) -> bool:
    """ "Swap their colours": each gets the colour of the other."""
    ahead = 0
    while reader.sees("owner", "the", "of", ahead=ahead):
        ahead += 1
    word = reader.peek(ahead)
    if not isinstance(word, Mark) or word.text not in ("colour", "color", "colours", "colors"):
        return False
    reader.at += ahead + 1
    reader.skip("of", *SKIPPED)
    two = reader.objects() or reader.changes.picture.listed
    two = two if len(two) == 2 else [one for one in reader.changes.picture.recent if one.there][-2:]
    if len(two) != 2 or two[0].shown is None or two[1].shown is None:
        raise reader.lost()
    one, other = two[0].shown, two[1].shown
    if any(a.fresh for a in two):
        reader.changes.again()
        return True
    pointed = [reader.changes.picture.pointing(a) for a in two]
    for a, reference, colour in zip(two, pointed, (other, one), strict=True):
        reader.changes.do(Recolour(reference, colour))
        a.colour = colour
    return True


def _swapped_two(reader: Reader, one: Known, two: Known) -> None:
    """Each goes where the other was."""
    places = [_side(one, two, one_first=True), _side(two, one, one_first=False)]
    changes = reader.changes
    if one.fresh or two.fresh:
        changes.again()
        return
    for moved, where in ((one, places[1]), (two, places[0])):
        changes.do(Move(changes.picture.pointing(moved), where))
    one.place, two.place, one.relation, two.relation = places[1], places[0], None, None


def _side(one: Known, other: Known, *, one_first: bool) -> str:
    """Where one of two is, if need be as seen from the other."""
    if one.place:
        return one.place
    for who, to, turned in ((one, other, False), (other, one, True)):
        if who.relation and who.relation[1] is to and who.relation[0] in ("left of", "right of", "above", "below"):
            kinds = {"left of": "left", "right of": "right", "above": "top", "below": "bottom"}
            back = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}
            side = kinds[who.relation[0]]
            return back[side] if turned else side
    if other.place:
        return {"left": "right", "right": "left"}.get(other.place, "middle")
    return "left" if one_first else "right"


def _met(reader: Reader) -> None:
    """Look at, meet, find: beside each other."""
    before = list(reader.listed if len(reader.listed) > 1 else reader.focus)
    if reader.story and not before and reader.at == 1:
        before = reader.goers(REST)
    if isinstance(noun := reader.peek(), Noun) and noun.head == "it" and noun.name == "it":
        _missed(reader)
    found = reader.objects()
    verb = reader.peek(-1)
    if not found and len(before) > 1 and isinstance(verb, Mark) and verb.text.endswith(("closer", "together")):
        reader.changes.relate(before[1:], "next to", before[0])
        return
    if found and before and all(one.relation is None for one in (*before, *found)):
        placed = reader.sees("relation", "dangling", "place")
        moved, to = (found, before[0]) if all(one.fresh for one in found) and not placed else (before, found[-1])
        reader.changes.relate(moved, "next to", to)
    if found and reader.story:
        reader.changes.act([one for one in before if one.action == "cry" and "action" not in one.said], None)
    if found:
        reader.focus = list(found) if not before or found[-1].fresh else before


def _skipped(reader: Reader) -> None:
    reader.skip(*SKIPPED)


def _mounted(reader: Reader) -> None:
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


VERBS: dict[str, Deed] = {
    "mount": _mounted,
    "draw": _shown,
    "add": _added,
    "appear": _appeared,
    "put": _put,
    "set": _put,
    "drop": _dropped,
    "go": _appeared,
    "remove": _removed,
    "vanish": _vanished,
    "gone": _vanished,
    "take": _taken,
    "replace": _replaced,
    "become": _became,
    "make": _made,
    "copy": _copied,
    "hold": _held,
    "give": _given,
    "bigger": _scaled("bigger"),
    "smaller": _scaled("smaller"),
    "open": _act("open"),
    "rest": _act(None),
    "empty": _emptied,
    "pour": _poured,
    "full": _filled,
    "flip": _flipped,
    "upset": _turned(90),
    "rotate": _turned(90),
    "write": _written,
    "swap": _swapped,
    "fall": _fell,
    "near": _met,
    "chase": _chased,
}
"""What to do at each verb."""
