"""What is wrong: the expected things against the things that were found, aspect by aspect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from stepweave.messages import Fault
from stepweave.policies.pixels.colours import colour_word
from stepweave.policies.pixels.comparison import Found
from stepweave.policies.pixels.expect import MAIN, Expectation, Wanted, references
from stepweave.policies.pixels.fit import visibility
from stepweave.policies.pixels.poses import misdrawn
from stepweave.policies.pixels.remains import covered
from stepweave.policies.pixels.sight import Seen
from stepweave.policies.pixels.whereabouts import Pair, fault, places, sizes
from stepweave.policies.pixels.writing import LETTERS, is_unread
from stepweave.world.finding import main_colour, name_of
from stepweave.world.measure import visible, visible_parts
from stepweave.world.render import colour_of
from stepweave.world.scene import (
    Act,
    Add,
    AddPart,
    Duplicate,
    Item,
    Move,
    Operation,
    Recolour,
    Reference,
    Remove,
    Replace,
    Resize,
    Turn,
)
from stepweave.world.vocabulary import COLOURS, DRAWABLE, TEXT

PLAIN = 9.0
"""Mean difference, in levels of 255, that a part must make where it is drawn to be missed."""
STRICTNESS = 0.45
"""How much smaller than it is a picture is taken to be for the question which parts that nobody named are missed."""
FAR = 0.35
"""The same for the question which parts that nobody spoke of are held to their colours."""
NOISY, DRIFTED = 1.6, 12.0
"""Unevenness of a plain background, and its distance from its own colour, beyond which a picture is not sound."""
FADED = 0.12
"""Increase of drift from which the colours of a picture have changed noticeably."""
PLAIN_CHANGE = 120.0
"""Difference of a channel from which marks that nobody could read have another colour."""
SUBSTANTIAL = 30.0
"""Pixels of the window from which a part that nobody spoke of is held to its colour."""
WHOLLY = 0.6
"""Share of changed pixels at which a picture is another one."""
UNSEEN = 0.3
"""Share of that difference up to which it counts as not there."""


ANY = Reference("thing")
IDLE: dict[type[Operation], str] = {
    Add: "missing",
    AddPart: "missing",
    Remove: "extra",
    Move: "place",
    Recolour: "colour",
    Resize: "size",
    Turn: "pose",
    Act: "pose",
    Duplicate: "missing",
    Replace: "missing",
}
"""The aspect that is wrong when an operation changed nothing."""


def faults(expectation: Expectation, found: Found, aspect: float, kept: str | None = None) -> tuple[Fault, ...]:
    """Everything that is wrong, the most telling first.

    Args:
        expectation: what the picture should show.
        found: what it shows.
        aspect: the picture's width divided by its height.
        kept: the background that it should have kept, if it started from a picture that has a plain one.
    """
    shown = [one for one in expectation.wanted if not one.gone]
    pairs = [Pair(one, found.places[one.item.id]) for one in shown if one.item.id in found.places]
    where = [
        *(one for pair in pairs for one in sizes(pair, aspect)),
        *places(expectation, pairs, found, aspect),
        *_unsound(found),
    ]
    if found.certain:
        return tuple(dict.fromkeys(where))
    what = [
        *_backdrop(expectation, found, kept),
        *_lost(expectation, found),
        *(one for pair in pairs for one in _looks(pair, found)),
    ]
    others = [
        *_left_alone(expectation, pairs, round(FAR * min(found.ground.view.image.size))),
        *_extras(expectation, found),
        *_idle(expectation, found),
    ]
    return tuple(dict.fromkeys((*what, *where, *others))) or tuple(_unlike(found))


def _unlike(found: Found) -> Iterator[Fault]:
    """Things that plainly do not look as they should, whatever it is about them."""
    for one in found.unlike:
        if one is None:
            yield fault("damaged", "", "", "something that was not asked for")
        elif MAIN in one.colours:
            yield fault("colour", one.item.thing, one.colours[MAIN], "another colour")
        else:
            yield fault("missing" if one.new else "damaged", one.item.thing, name_of(one.item), "something like it")


def _backdrop(expectation: Expectation, found: Found, kept: str | None) -> Iterator[Fault]:
    seen = found.backdrop or "no plain colour"
    if expectation.backdrop is not None and seen != expectation.backdrop:
        yield fault("colour", "background", expectation.backdrop, seen)
    elif expectation.backdrop is None and kept is not None and seen != kept:
        yield fault("damaged", "background", kept, seen)


# ------------------------------------------------------------------------------------------ presence


def _lost(expectation: Expectation, found: Found) -> Iterator[Fault]:
    """Things that should be there and are not."""
    absent = [one for one in expectation.wanted if not one.gone and one.item.id not in found.places]
    order = [one.item.id for one in expectation.wanted if not one.gone]
    absent = [
        one
        for one in absent
        if not _unseeable(one, found) and not covered(found, one.item, order[order.index(one.item.id) + 1 :])
    ]
    for group in sorted({one.group for one in absent if one.new}):
        members = [one for one in expectation.wanted if one.group == group]
        lost = [one for one in absent if one.group == group]
        thing = members[0].item.thing
        if len(lost) == len(members):
            yield fault("missing", thing, thing, "nothing")
        else:
            yield fault("count", thing, str(len(members)), str(len(members) - len(lost)))
    for one in absent:
        if not one.new:
            yield fault("damaged" if not one.touched else "missing", one.item.thing, name_of(one.item), "nothing")


def _unsound(found: Found) -> Iterator[Fault]:
    if found.faded > FADED:
        yield fault("drift", "", "the colours of before", "faded colours")
    if found.noise > NOISY:
        yield fault("quality", "", "even colours", "noise")
    elif found.drift > DRIFTED:
        yield fault("quality", "background", "its colour", "a drifted colour")


def _idle(expectation: Expectation, found: Found) -> Iterator[Fault]:
    """Operations on things that could not be made out, after which everything is as it was."""
    if found.untouched and not expectation.backdrop:
        for operation in expectation.skipped:
            thing = operation.thing if isinstance(operation, Add) else next(iter(references(operation)), ANY).thing
            yield fault(IDLE.get(type(operation), "missing"), thing, "", "as before")


def _unseeable(one: Wanted, found: Found) -> bool:
    """Written words in the colour of the background show nowhere."""
    return one.item.thing == TEXT and main_colour(one.item) == found.backdrop


def _extras(expectation: Expectation, found: Found) -> Iterator[Fault]:
    for seen in found.extras:
        thing = seen.item.thing
        groups = [one for one in expectation.wanted if one.new and not one.gone and one.item.thing == thing]
        several = len([one for one in groups if one.group == groups[0].group]) if groups else 0
        if several > 1 and not any(one.gone and one.item.id == seen.item.id for one in expectation.wanted):
            yield fault("count", thing, str(several), str(several + 1))
        else:
            yield fault("extra", thing, "", name_of(seen.item))
    if found.extras:
        return
    if (found.blots and not expectation.skipped) or found.changed > WHOLLY:
        yield fault("damaged", "", "", "something that was not asked for")


# ------------------------------------------------------------------------------------------ looks


def _looks(pair: Pair, found: Found) -> Iterator[Fault]:
    """Colours and parts that the words fix."""
    wanted, item = pair.wanted, pair.seen.item
    if item.thing == TEXT:
        letters = pair.seen.reading.parts[LETTERS]
        if MAIN in wanted.colours and colour_word(letters, wanted.colours[MAIN]) != wanted.colours[MAIN]:
            yield fault("colour", "text", wanted.colours[MAIN], colour_word(letters))
        return
    wrong = misdrawn(found.ground, pair.seen, wanted.item) if wanted.posed else None
    if wrong is not None:
        yield fault("pose", item.thing, *wrong)
        return
    drawn = set(pair.seen.reading.parts)
    for part in DRAWABLE[item.thing].names:
        subject = f"{part} of the {item.thing}"
        key = MAIN if part == DRAWABLE[item.thing].main else part
        if part in wanted.added and part not in drawn and _lacking(pair, part, found):
            yield fault("missing", subject, part, "nothing")
        elif part in wanted.removed and part in drawn:
            yield fault("extra", subject, "", subject)
        elif key in wanted.colours and part in drawn:
            colour = colour_word(pair.seen.reading.parts[part], wanted.colours[key])
            if colour != wanted.colours[key]:
                yield fault("colour", item.thing if key == MAIN else subject, wanted.colours[key], colour)


def _lacking(pair: Pair, part: str, found: Found) -> bool:
    """Whether a part that was not seen is really not there: it would have been seen, plainly, if it were."""
    colour = pair.wanted.colours.get(part) or colour_of(pair.wanted.item, part)
    ground, reading = found.ground, pair.seen.reading
    shown = visibility(ground.view, reading, part, colour, ground.behind, ground.ink)
    if shown.change < PLAIN or reading.saved.get(part, 0.0) >= shown.change * UNSEEN:
        return False
    if found.before is None or not _in_its_place(pair) or part in _drawn(pair.wanted.was):
        whole = replace(pair.seen.item, parts=None)
        strictness = 1.0 if part in pair.wanted.named else STRICTNESS
        return part in visible_parts(whole, round(strictness * min(ground.view.image.size)))
    pose, side = reading.pose, reading.side
    windows = (one.window((pose.x, pose.y), pose.extent, side) for one in (ground.view, found.before))
    changed = np.abs(np.subtract(*windows)).mean(axis=-1)[shown.region]
    return bool(changed.mean() < shown.change * UNSEEN)


def _drawn(item: Item | None) -> frozenset[str]:
    """The parts of a thing that are drawn."""
    if item is None or item.thing == TEXT:
        return frozenset()
    return frozenset(DRAWABLE[item.thing].names if item.parts is None else item.parts)


def _in_its_place(pair: Pair) -> bool:
    """Whether a thing is where it was, so that before and after can be compared pixel by pixel."""
    was, now = pair.wanted.was, pair.seen.reading.pose
    if was is None:
        return False
    return max(abs(was.x - now.x), abs(was.y - now.y), abs(was.extent - now.extent)) < 0.01


# ------------------------------------------------------------------------------------------ what was there


def _left_alone(expectation: Expectation, pairs: Sequence[Pair], pixels: int) -> Iterator[Fault]:
    """Things that the words do not speak of, or aspects of them: they should be as they were."""
    for pair in pairs:
        was, seen, wanted = pair.wanted.was, pair.seen.item, pair.wanted
        if was is None or seen is was:
            continue
        if MAIN not in wanted.colours and _repainted(was, pair.seen):
            yield fault("damaged", was.thing, name_of(was), name_of(seen))
        elif not wanted.touched and was.thing != TEXT and not _disturbed(was, expectation):
            yield from _parts_left_alone(was, pair.seen, visible_parts(was, pixels))


def _disturbed(was: Item, expectation: Expectation) -> bool:
    """Whether something that changes lay so near that a part may have been hidden by it, or mistaken for its own."""
    others = [one.was for one in expectation.wanted if one.was is not None and (one.gone or one.touched)]
    return any(visible(other).overlaps(visible(was)) for other in others)


def _repainted(was: Item, seen: Seen) -> bool:
    """Whether its main colour is another one."""
    main = LETTERS if was.thing == TEXT else DRAWABLE[was.thing].main
    part = seen.reading.parts.get(main)
    if part is None or (was.parts is not None and main not in was.parts):
        return False
    if is_unread(was.label):
        # Measured on marks, not on letters: only a plain difference counts.
        return float(np.abs(np.subtract(part.rgb, COLOURS[main_colour(was)])).max()) > PLAIN_CHANGE
    return colour_word(part, main_colour(was)) != main_colour(was)


def _parts_left_alone(was: Item, seen: Seen, large: Sequence[str]) -> Iterator[Fault]:
    for part in sorted(_drawn(was) & set(large)):
        after, colour = seen.reading.parts.get(part), colour_of(was, part)
        if after is not None and after.weight > SUBSTANTIAL and colour_word(after, colour) != colour:
            yield fault("damaged", f"{part} of the {was.thing}", colour, colour_word(after))
