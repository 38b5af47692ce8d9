"""Who is meant: whether a noun names what is there or something new, and what pronouns stand for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from stepweave.policies.rules.gist.changes import Changes
from stepweave.policies.rules.gist.known import HOLDERS, Known, Picture
from stepweave.policies.rules.gist.nouns import Noun, resting
from stepweave.world import vocabulary
from stepweave.world.language.errors import Incomplete, NotUnderstood, TooMany

KINDRED = {"tree": "palm tree", "robot": "robot arm"}
"""What else a word may mean, where there is nothing else that it could mean."""
ALL = ("everything", "all of it", "all")


def named(
    changes: Changes,
    noun: Noun,
    before: list[Known],
    names: list[Known],
    *,
    new: bool = False,
    fits: Callable[[Known], bool] = bool,
) -> list[Known]:
    """What a noun means; what is not there yet comes into the picture.

    Args:
        changes: what the step says so far.
        noun: the noun.
        before: what the sentence is about, which "it" in another place of it does not mean.
        names: what the sentence named so far.
        new: whether it must be something new, as behind "add".
        fits: whether what is said of "it" can be said of something.
    """
    if noun.count is not None and not 1 <= noun.count <= vocabulary.MOST:
        raise TooMany(noun.count, vocabulary.MOST)
    match noun.head:
        case "it":
            found = [_it(changes, before, noun.name, fits)]
        case "they":
            found = _pair(changes.picture, noun) or _they(changes.picture, names, noun.name)
        case "one":
            found = _one(changes, noun, names, before)
        case "text":
            found = [_text(changes, noun)]
        case "thing":
            found = _thing(changes, noun, new=new)
        case _:
            raise NotUnderstood(noun.name)
    for one in found:
        changes.picture.speak(one)
    return found


def _it(changes: Changes, before: list[Known], word: str, fits: Callable[[Known], bool]) -> Known:
    picture = changes.picture
    recent = [one for one in reversed(picture.recent) if one.there or one not in picture.things]
    people = [one for one in recent if one.alive] if word in ("he", "she", "him", "her") else []
    somebody = [one for one in people if one.thing == "person"] or people
    apart = [one for one in (*somebody, *recent) if one not in before]
    found = next((one for one in apart if fits(one)), None)
    if found is None:
        found = next((one for one in before if fits(one)), None) or next(iter((*apart, *before)), None)
    if found is None:
        raise Incomplete('"it" could be anything: nothing was named before', "name the thing")
    return found if found in picture.things else changes.bring(found)


def _pair(picture: Picture, noun: Noun) -> list[Known]:
    """Both: the two of the kind that was spoken of last."""
    recent = [one for one in picture.recent if one.there]
    kinds = picture.kind(recent[-1].thing) if recent and noun.count == 2 else []
    return kinds if sum(one.count for one in kinds) == 2 and len(kinds) == 2 else []


def _they(picture: Picture, names: list[Known], word: str) -> list[Known]:
    if word in ALL[:2] and picture.present():
        return picture.present()
    for several in (names, picture.listed):
        there = [one for one in several if one.there]
        if len(there) > 1 or any(one.count > 1 for one in there):
            return [one for one in there if one.count > 1] if len(there) == 1 else there
    recent = [one for one in picture.recent if one.there]
    if recent and recent[-1].count > 1:
        return recent[-1:]
    kinds = picture.kind(recent[-1].thing) if recent else []
    if len(kinds) > 1:
        return kinds
    if len(recent) > 1:
        return recent[-2:]
    if recent:
        return recent
    raise Incomplete('"they" could be anything: nothing was named before', "name the things")


def _one(changes: Changes, noun: Noun, names: list[Known], before: list[Known]) -> list[Known]:
    """ "The red one", "another one", "one pink, one grey", "then two": one of the kind that was named last."""
    picture = changes.picture
    ghost = next((one for one in reversed(picture.recent) if not one.there and one not in picture.things), None)
    if ghost is not None and not noun.definite and not noun.another and (noun.count or 1) == 1:
        return [_looking(changes, changes.bring(ghost), noun)]
    if noun.definite and noun.place and (there := [one for one in picture.present() if one.place == noun.place]):
        return there[-1:]
    spread = [one for one in reversed(names) if one.fresh and (one.count > 1 or "shared" in one.said)]
    several = next((one for one in spread if "shared" in one.said), next(iter(spread), None))
    told = noun.definite and noun.colour and several is not None and several.colour is None
    open_ = not (noun.definite or noun.another or noun.every)
    if several is not None and (open_ or told) and (noun.count or 1) <= several.count:
        some = changes.split(several, noun.count or 1)
        changes.first(some, several)
        several.said.add("shared")
        if some is several:
            several.said.discard("shared")
        return [_looking(changes, some, noun)]
    if noun.definite and noun.ordinal and (nth := _nth_spoken(changes, noun)) is not None:
        return [_looking(changes, nth, noun)]
    last = _kind_meant(picture, noun, [] if noun.indefinite and not noun.another else before)
    if last is None and noun.colour and not noun.count:
        last = Known("block", there=False)  # "stack red on blue"
    if last is None:
        raise Incomplete('"one" could be anything: nothing was named before', "name the thing")
    if not last.there and last not in picture.things:
        return [_looking(changes, changes.bring(last), noun)]
    shown = [one for one in picture.kind(last.thing) if noun.colour and one.shown == noun.colour and one.count == 1]
    if shown and not (noun.indefinite or noun.another or (noun.count or 1) > 1):
        return [_looking(changes, shown[-1], noun)]
    meant = replace(noun, head="thing", name=last.thing, plural=(noun.count or 1) > 1)
    if noun.definite and noun.another and sum(one.count for one in picture.kind(last.thing)) > 1:
        return _thing(changes, replace(meant, another=False), new=False)
    if noun.other:
        others = [one for one in picture.kind(last.thing) if one is not last]
        return others[-1:] or [changes.split(last, 1)]
    if noun.definite and noun.place == "middle" and last.fresh and last.count > 2 and not last.relation:
        some = replace(last, count=1, place="middle", fresh=False, parts=dict(last.parts), said={"place"})
        picture.things.append(some)  # drawn with the others, and pointed at by its place
        return [_looking(changes, some, noun)]
    if noun.definite and (noun.place or noun.count == 1) and last.count > 1:
        return [changes.split(last, 1, noun.place)]
    loose = [one for one in picture.kind(last.thing) if not one.place and not one.relation and one.count == 1]
    if noun.definite and noun.place and loose and len(picture.kind(last.thing)) > 1:
        one = loose[0] if noun.place in ("left", "top") else loose[-1]
        one.place = noun.place
        return [_looking(changes, one, noun)]
    if noun.definite or (noun.count and not noun.another and noun.plain and last.there):
        return _thing(changes, meant, new=False)
    if noun.another and last.there and not noun.colour:
        return [_like(changes, meant, last)]
    return [_new(changes, meant)]


def _nth_spoken(changes: Changes, noun: Noun) -> Known | None:
    """ "The second one": of the several that were spoken of last."""
    for one in reversed(changes.picture.recent):
        kinds = changes.picture.kind(one.thing)
        if one.there and sum(other.count for other in kinds) > 1:
            return _nth(changes, kinds, noun.ordinal)
    return None


def _kind_meant(picture: Picture, noun: Noun, before: list[Known]) -> Known | None:
    """Of which kind "the red one" is: one with such a look, one of which there are several, or the last named."""
    recent = [one for one in reversed(picture.recent) if one.thing != vocabulary.TEXT]
    apart = [one for one in recent if one not in before and one.thing not in HOLDERS] or recent
    if noun.definite and noun.colour and (shown := [one for one in apart if one.there and one.shown == noun.colour]):
        return shown[0]
    if noun.definite:
        for one in apart:
            if one.there and (one.count > 1 or len(picture.kind(one.thing)) > 1):
                return one
    if not (noun.definite or noun.another) and noun.count == 1:
        several = [one for one in apart if one.there and one.count > 1 and one.shown == (noun.colour or one.shown)]
        apart = several or apart
    found = next(iter(apart), None)
    tabletop = found is None or found.thing in HOLDERS
    return Known("block", there=False) if tabletop and any(one.thing in HOLDERS for one in recent) else found


def _text(changes: Changes, noun: Noun) -> Known:
    there = [one for one in changes.picture.kind(vocabulary.TEXT) if not noun.label or one.label == noun.label]
    if there:
        return _looking(changes, there[-1], noun)
    if not noun.label:
        raise Incomplete("it is not said what to write", 'put the words in quotes: write "Hello"')
    new = _new(changes, noun)
    new.said |= {"caption"} if noun.definite else set()
    return new


def _thing(changes: Changes, noun: Noun, *, new: bool) -> list[Known]:
    picture = changes.picture
    noun = _known_as(picture, noun)
    there = [one for one in picture.kind(noun.name) if _fits(one, noun)]
    fresh = noun.indefinite and not noun.definite and not any(one in picture.told for one in there)
    fresh = fresh and not (noun.only and any(one.fresh and one.count == 1 for one in there))
    if noun.definite and noun.ordinal and (one := _nth(changes, there, noun.ordinal)) is not None:
        return [_looking(changes, one, noun)]
    sizes = [one.size for one in there]
    others = noun.count and not noun.definite and noun.size and all(size not in (None, noun.size) for size in sizes)
    if (new and not noun.definite) or noun.another or not there or fresh or others:
        if there and noun.another and not noun.colour:
            return [_like(changes, noun, there[-1])]
        return [_new(changes, noun)]
    if noun.every or (noun.plural and noun.count is None):
        return [_looking(changes, one, noun) for one in there]
    there = _of_size(there, noun)
    if noun.place and (sided := [one for one in there if one.side == noun.place]):
        there = sided
    elif noun.place and there[-1].count > 1:
        return [changes.split(there[-1], 1, noun.place)]
    total = sum(one.count for one in there)
    if noun.count is not None and noun.count != total and not (noun.definite and noun.count < total):
        return _as_many(changes, noun, there, total)
    if noun.count is not None and noun.count < total:
        return [changes.split(there[-1], noun.count)]
    exact = [one for one in there if noun.action and one.action == noun.action] or there
    if noun.count is not None and noun.count > 1:
        return [_looking(changes, one, noun) for one in there]
    return [_looking(changes, exact[-1], noun)]


def _known_as(picture: Picture, noun: Noun) -> Noun:
    """ "The tree", where only a palm tree is there."""
    kindred = KINDRED.get(noun.name, "")
    return (
        replace(noun, name=kindred) if noun.definite and picture.kind(kindred) and not picture.kind(noun.name) else noun
    )


def _of_size(there: list[Known], noun: Noun) -> list[Known]:
    """ "The large cup" of several is the one that is large, or the one that is not told to be otherwise."""
    if not (noun.definite and noun.size) or len(there) < len(("one", "another")):
        return there
    sized = [one for one in there if one.size == noun.size]
    return sized or [one for one in there if one.size is None] or there


def _like(changes: Changes, noun: Noun, other: Known) -> Known:
    """Another one: of the same colour, unless it is told otherwise behind it."""
    found = _new(changes, replace(noun, colour=other.colour))
    found.said.discard("colour ")
    return found


def _nth(changes: Changes, there: list[Known], ordinal: int) -> Known | None:
    """The first or second of several, from left to right."""
    total = sum(one.count for one in there)
    sides = {2: ("left", "right"), 3: ("left", "middle", "right")}.get(total, ())
    if total < 2 or ordinal > total:
        return None
    if len(there) == 1 and sides and not there[0].fresh:
        others = [changes.split(there[0], 1, side) for side in sides[1:]]
        there[0].place = sides[0]
        there = [there[0], *others]
    if sides and {one.place for one in there} == set(sides):
        return next(one for one in there if one.place == sides[ordinal - 1])
    if len(there) != total:
        return None
    if sides and all(one.side is None and one.relation is None and not one.fresh for one in there):
        for one, side in zip(there, sides, strict=True):
            one.place = side
    return there[ordinal - 1]


def _fits(one: Known, noun: Noun) -> bool:
    """Whether a thing that is there can be meant."""
    if noun.colour and one.shown != noun.colour:
        return noun.definite and one.colour is None
    if noun.place and one.place and one.place != noun.place and not one.relation:
        return False
    return not (noun.size and one.size and noun.size != one.size and one.fresh)


def _as_many(changes: Changes, noun: Noun, there: list[Known], total: int) -> list[Known]:
    """ "Now there are four": as many more, or less, as it takes."""
    assert noun.count is not None
    if any(one.fresh for one in there):
        if len(there) == 1 and "many" in there[0].said:
            there[0].count = noun.count
            return there
        return [_new(changes, noun)]
    if noun.count > total:
        more = replace(noun, count=noun.count - total, colour=noun.colour or there[-1].colour)
        found = _new(changes, more)
        found.relation = (
            there[-1].relation if there[-1].relation and there[-1].relation[0] in ("on", "inside") else None
        )
        return [*there, found]
    left = total - noun.count
    for one in reversed(there):
        gone = min(left, one.count)
        if gone:
            changes.remove(one, gone)
        left -= gone
    return [one for one in there if one.there]


def _looking(changes: Changes, one: Known, noun: Noun) -> Known:
    """What is there, with what is said of its looks."""
    if noun.colour:
        changes.colour([one], noun.colour)
    if noun.size:
        changes.size([one], noun.size)
    if noun.action:
        changes.act([one], resting(noun.action))
    if noun.turn or noun.mirrored:
        changes.turn([one], noun.turn, flip=noun.mirrored)
    if noun.place and not noun.definite:
        changes.place([one], noun.place)
    return one


def _new(changes: Changes, noun: Noun) -> Known:
    thing = noun.name if noun.head != "text" else vocabulary.TEXT
    count = noun.count or (3 if noun.plural else 1)
    found = Known(
        thing, count, noun.colour, noun.size, noun.place, resting(noun.action), noun.turn, noun.mirrored, noun.label
    )
    for aspect, said in (("colour ", noun.colour), ("size", noun.size), ("action", noun.action), ("place", noun.place)):
        found.said |= {aspect} if said else set()
    found.said |= {"many"} if noun.plural and not noun.count else set()
    return changes.bring(found)
