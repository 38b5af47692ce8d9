"""Several ideas of what a picture shows, and the one that looks most like it once it is drawn.

What is recognised in a picture can be drawn again, and the drawing compared with the picture: if they agree, all was
understood, down to the order in which things lie upon each other. If they do not, it is settled (settling.py); what
then still looks otherwise is looked at again, and what explains more of the picture is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from stepweave.policies.pixels.backdrops import foreground
from stepweave.policies.pixels.copies import copies
from stepweave.policies.pixels.forecast import agree, misread
from stepweave.policies.pixels.guesses import Search
from stepweave.policies.pixels.recognise import EVERYTHING, painted, recognise
from stepweave.policies.pixels.segments import Mask, widened
from stepweave.policies.pixels.settling import settled
from stepweave.policies.pixels.sight import Seen, Sheet, Surroundings, ground_of, numbered, reading_of, survey
from stepweave.policies.pixels.writing import is_unread
from stepweave.world.render import render
from stepweave.world.scene import Scene

LOOKS, CLEARER = 3, 0.9
"""How often it is looked again at what was not understood, as long as no more than this share of it is left."""
WEAK = 0.15
"""Share of such pixels from which a thing may be another one."""


def understood(sheet: Sheet, labels: Sequence[str], favoured: frozenset[str]) -> Surroundings:
    """The best idea of what a picture shows."""
    first = survey(sheet, labels, favoured)
    if sheet.backdrop is None:
        return first
    best = _settled(first)
    if best.redrawn:
        return best
    strange = _strange(best)
    for _ in range(LOOKS):
        other = _settled(_looked_again(best, sheet.backdrop, strange, favoured))
        left = _strange(other)
        if not other.redrawn and left.sum() >= strange.sum():
            break
        enough = other.redrawn or left.sum() > CLEARER * strange.sum()
        best, strange = other, left
        if enough:
            break
    return best


def _scene(found: Surroundings) -> Scene:
    """What is seen but for words that nobody could read: they cannot be drawn."""
    return replace(found.scene, items=tuple(one for one in found.scene.items if not is_unread(one.label)))


def _unread(found: Surroundings) -> Mask:
    """The pixels of words that nobody could read."""
    out = np.zeros(found.view.small.shape[:2], bool)
    for seen in found.things:
        if is_unread(seen.item.label):
            out |= painted(found.view, seen.reading, seen.reading.cover)
    return widened(widened(out))


def _strange(found: Surroundings) -> Mask:
    """Pixels of the working picture that look otherwise than if it showed just what is seen."""
    return misread(found.view, _scene(found)) & ~_unread(found)


def _settled(found: Surroundings) -> Surroundings:
    """The same, settled by drawing it, and whether that gives the picture."""
    backdrop, picture, scene = found.backdrop or "white", found.view, _scene(found)
    readable = len(scene.items) == len(found.things)
    if readable and agree(picture, render(scene, *picture.image.size)):
        return replace(found, redrawn=True, rest=np.zeros_like(found.rest))
    readings = {seen.item.id: seen.reading for seen in found.things}
    items = settled(picture, scene, readings, _unread(found))
    if items == scene.items:
        return found
    old = {seen.item: seen for seen in found.things}
    sheet = Sheet(picture, backdrop, found.drift)
    things = tuple(old.get(item) or Seen(item, partial(reading_of, sheet, item)) for item in items)
    things += tuple(seen for seen in found.things if is_unread(seen.item.label))
    redrawn = readable and agree(picture, render(replace(scene, items=items), *picture.image.size))
    return replace(found, things=things, redrawn=redrawn, rest=np.zeros_like(found.rest) if redrawn else found.rest)


def _looked_again(found: Surroundings, backdrop: str, strange: Mask, favoured: frozenset[str]) -> Surroundings:
    """Another look at what looks otherwise than what was seen there; also for things that have only just been begun."""
    picture, rest, kept = found.view, foreground(found.view, backdrop), []
    for seen in found.things:
        cover = painted(picture, seen.reading, seen.reading.cover)
        if is_unread(seen.item.label) or (cover & strange).sum() <= WEAK * cover.sum():
            kept.append(seen)
            rest &= ~widened(cover)
    known = [seen.reading for seen in kept if not is_unread(seen.item.label)]
    number = 1 + max((seen.item.id for seen in found.things), default=0)
    for item in copies(picture, replace(_scene(found), items=tuple(seen.item for seen in kept)), strange, number):
        kept.append(Seen(item, partial(reading_of, Sheet(picture, backdrop, found.drift), item)))
        rest &= ~widened(painted(picture, kept[-1].reading, kept[-1].reading.cover))
        known.append(kept[-1].reading)
    sight = recognise(ground_of(picture, backdrop), rest, Search(EVERYTHING, favoured, begun=True), known)
    new = [(one, "") for one in sight.readings if all(one is not other for other in known)]
    number += len(kept)
    behind = numbered([pair for pair in new if pair[0].hidden], number)
    before = numbered([pair for pair in new if not pair[0].hidden], number + len(behind))
    return replace(found, things=(*behind, *kept, *before), rest=sight.rest)
