"""Verbs that change what is there: into something else, its size, its colour, its angle, its number, its place."""

from __future__ import annotations

from stepweave.policies.rules.gist.deeds import Deed, goes_into, what_about
from stepweave.policies.rules.gist.describing import Describing as Reader
from stepweave.policies.rules.gist.known import HOLDERS, Known
from stepweave.policies.rules.gist.nouns import Mark, Noun
from stepweave.policies.rules.gist.sentence import SKIPPED
from stepweave.world import vocabulary
from stepweave.world.scene import Move, Recolour
from stepweave.world.things.actions import actions

AT = ("on", "above")
"""Where a gripper is that can close on something."""
SIDEWAYS = {"left": 270, "right": 90}
"""How far something is turned "to the left"."""
BY = ("by", "to", *SKIPPED)


def replaced(reader: Reader) -> None:
    """Replace: one by another, or two by each other."""
    if _swaps_colours(reader):
        return
    before = list(reader.focus) if not reader.begins_clause() else []
    found = reader.objects()
    if found and before and before[-1].thing not in HOLDERS and not reader.sees("with", "by", "for", "to"):
        _taken_over(reader, before[-1], found[-1])
        return
    old = found or reader.focus or reader.topic()
    if len(old) == 2 and not reader.sees("with", "by", "for", "to"):
        _swapped_two(reader, *old)
        return
    if not reader.skip("with", "by", "for", "to", "relation", "and") or not old:
        raise reader.lost()
    noun = reader.peek()
    if not isinstance(noun, Noun) or noun.head not in ("thing", "text", "one"):
        raise reader.lost()
    reader.at += 1
    reader.comes_instead(old[-1], noun)


def _taken_over(reader: Reader, new: Known, old: Known) -> None:
    """ "The sun replaces the moon": the one comes where the other was."""
    if old.fresh or not new.fresh:
        raise reader.lost()
    reader.changes.forget(new)
    reader.comes_instead(old, Noun("thing", new.thing, colour=new.colour, size=new.size, action=new.action))


def became(reader: Reader) -> None:
    """Become, turn, get, change to: something else, or of other looks."""
    verb = reader.word(-1)
    reader.skip(*SKIPPED)
    if isinstance(behind := reader.peek(), Noun) and behind.head == "background":
        reader.focus, reader.verb = [], "make"
        return
    agent = bool(reader.focus) and all(one.thing in HOLDERS for one in reader.focus) and not goes_into(reader)
    order = not reader.focus or agent or reader.begins_clause()
    found = reader.objects() if order else []
    if found:
        reader.focus, reader.part = found, None
    reader.skip("be", *SKIPPED)
    if reader.sees("verb") and not found:
        return
    if goes_into(reader) and reader.focus:
        noun = reader.peek(1)
        if isinstance(noun, Noun) and (noun.head == "thing" or noun.label):
            reader.at += 2
            if any(one.fresh for one in found):
                reader.changes.again()  # "turn a square into a circle"
                return
            reader.comes_instead(reader.focus[-1], noun)
            return
    gets = verb.startswith(("get", "got"))
    if gets and isinstance(noun := reader.peek(), Noun) and noun.head == "part":
        reader.verb = "add"
        return
    heads = ("thing", "one") if gets else ("thing",)
    if isinstance(noun := reader.peek(), Noun) and noun.head in heads and reader.focus and not found:
        if gets:
            owner = reader.focus[-1]
            reader.changes.relate(reader.objects(), "held by" if owner.grips else "next to", owner)
            return
        reader.at += 1
        reader.comes_instead(reader.focus[-1], noun)
        return
    reader.focus = reader.focus or reader.topic()
    if verb.startswith(("grow", "grew")) and reader.peek() is None and reader.focus:
        reader.changes.size(reader.focus, "bigger")
    if reader.focus and (spin := _spin(reader)) is not None:
        reader.changes.turn(reader.focus, spin[0], flip=spin[1], to=False)
    reader.verb = "become"


def makes(reader: Reader) -> None:
    """Make, let, paint: what follows is as the next words say."""
    found = reader.objects()
    reader.verb = "make"
    if found:
        reader.about(found)
        reader.skip("be", *SKIPPED)
        noun = reader.peek(1)
        if goes_into(reader) and isinstance(noun, Noun) and noun.head == "thing":
            reader.at += 2
            reader.comes_instead(found[-1], noun)
    else:
        reader.focus = []


def chased(reader: Reader) -> None:
    """Chase: who does so runs, close to the other."""
    before = list(reader.focus or reader.topic())
    reader.changes.act(before, "run")
    found = reader.objects()
    if found:
        reader.changes.relate(before, "next to", found[-1])
    reader.focus = before


def copied(reader: Reader) -> None:
    """Copy: more that look just the same."""
    named = isinstance(reader.peek(), Noun)
    found = what_about(reader)
    if not found:
        raise reader.lost()
    if not named and not reader.sees_before("and", "comma"):
        found = reader.changes.picture.kind(found[-1].thing)[:1]  # "copy to the left. copy to the right"
    count = 1
    if reader.sees("number"):
        count = int(reader.take().value)
    elif reader.skip("twice"):
        count = 2
    reader.skip("to", "relation", *SKIPPED)
    reader.changes.copy(found[-1], count, reader.take().value if reader.sees("place") else None)


def _closes_on(reader: Reader, found: list[Known]) -> bool:
    """Whether a gripper closes that is at something: so it holds that."""
    hand = found[-1] if found else None
    if hand is None or hand.thing != "gripper" or hand.fresh or hand.relation is None or hand.relation[0] not in AT:
        return False
    goal, hand.relation = hand.relation[1], None
    reader.changes.relate([goal], "held by", hand)
    reader.about([hand])
    return True


def acts(action: str | None) -> Deed:
    """A verb that makes what follows it do something, or else what stands before it."""

    def done(reader: Reader) -> None:
        found = what_about(reader, able=action)
        if action is None and reader.word(-1).startswith("clos") and _closes_on(reader, found):
            return
        able = [one for one in found if action is None or action in actions(vocabulary.DRAWABLE[one.thing])]
        if not able:
            raise reader.lost()
        reader.changes.act(able, action, anyway=action is None)

    return done


def scaled(how: str) -> Deed:
    """A verb that makes something bigger or smaller."""

    def done(reader: Reader) -> None:
        found = what_about(reader)
        reader.skip("to", *SKIPPED)
        if reader.sees("size"):
            reader.changes.size(found, reader.take().value)
            return
        reader.skip("comparative")
        reader.changes.size(found, how)

    return done


def turned(degrees: int) -> Deed:
    """A verb that turns something, by as much if nothing else is said."""

    def done(reader: Reader) -> None:
        found = what_about(reader)
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
    turned = any(isinstance(one, Mark) and one.text.startswith(("turn", "rotat")) for one in reader.pieces[: reader.at])
    if turned and reader.sees("place") and not reader.sees("of", ahead=1):
        side = reader.take().value
        if side in SIDEWAYS:
            return SIDEWAYS[side], False
    reader.at = start
    return None


def _clockwise(reader: Reader, degrees: int) -> int:
    reader.skip(*BY)
    against = reader.sees("direction") and reader.take().value == "anticlockwise"
    return -degrees % 360 if against else degrees


def flipped(reader: Reader) -> None:
    """Flip: it is mirrored, or turned as the next words say."""
    found = what_about(reader)
    spin = _spin(reader)
    degrees, flip = spin or (0, True)
    reader.changes.turn(found, degrees, flip=flip, to=False)


def swapped(reader: Reader) -> None:
    """Swap: each of two goes where the other was."""
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
    lying = [a.relation for a in (one, two)]
    if all(a is not None and not {one, two} & set(a[1:]) for a in lying):
        for a, relation in zip((one, two), reversed(lying), strict=True):
            changes.relate([a], *relation) if relation else None
        return
    for a, b in ((one, two), (two, one)):
        if a.relation is not None and a.relation[1] is b and a.relation[0] in ("behind", "in front of"):
            kind, a.relation = a.relation[0], None
            changes.relate([b], kind, a)
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
