"""Stories that a request tells in part: what it tells of happens in its order, and the rest is made up around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from stepweave.policies.rules.drafts import Draft
from stepweave.policies.rules.gist import Heard, Premise
from stepweave.policies.rules.happenings import WISHED, flowers_grow, moves, sun_comes_out, walks, wonders
from stepweave.policies.rules.instructions import as_sentence
from stepweave.policies.rules.stories import BEDTIME, MOST, USUAL, begun, cast_of, good_night, happy_end, once, sunset
from stepweave.policies.rules.tales import Beat, Tale, Turn, played
from stepweave.policies.rules.telling import instruction
from stepweave.policies.rules.wishes import Wish
from stepweave.world.scene import Act, Add, Background, Move, Operation, Recolour, Reference
from stepweave.world.things.actions import EXPRESSIONS, actions
from stepweave.world.vocabulary import DRAWABLE

FILLING: tuple[Beat, ...] = (sun_comes_out, moves, flowers_grow, wonders, walks)
"""What may happen before what is told of, without changing anything that matters to it."""


def has_events(told: Sequence[Heard], wish: Wish) -> bool:
    """Whether a request tells what happens, rather than only of whom the story shall be."""
    troubled = any(
        len(beats) > 1 and re.search(rf"\b(?:{words})", wish.text, re.IGNORECASE) for beats, words in WISHED.items()
    )
    lively = any(
        (isinstance(one, Add) and one.relation) or not isinstance(one, Add | Background | Recolour)
        for step in told
        for one in step.operations
    )
    sad = any(isinstance(one, Act) and one.action == "cry" for one in told[-1].operations)
    return not (troubled and sad) and (len(told) > 1 or (lively and not troubled))


def retold(told: Sequence[Heard], wish: Wish, said: Premise) -> tuple[Draft, ...] | None:
    """The story with as many pictures as are stated; ``None`` if what is told cannot be drawn in so many.

    Args:
        told: what the request tells, moment by moment.
        wish: the request.
        said: who is in it, and where it plays.
    """
    cast, setting = cast_of(said, wish.text)
    count = min(MOST, wish.low or min(wish.high or USUAL, max(USUAL, len(told))))
    tale = begun(cast, setting, wish.text)
    tale = replace(tale, mood=_mood(told, tale))
    events = [_told_of(one.operations, _sentence(one, wish)) for one in told]
    parted = _parted(told[0].operations, tale) if count > len(told) else None
    if parted is not None:
        events = [
            _told_of(parted[0], once(tale, tale.cast[:1])),
            _told_of(parted[1], _sentence(told[0], wish)),
            *events[1:],
        ]
    elif setting is None:
        events[0] = _told_of((*told[0].operations, Background(tale.home)), _sentence(told[0], wish))
    spare = count - len(events)
    if spare < 0:
        return None
    filling = tale.random.sample(FILLING, len(FILLING)) if tale.mood is None else [moves, flowers_grow]
    if BEDTIME.search(wish.text) and not _sleeps(told[-1]):
        return _filled(tale, events, spare, filling, [good_night, sunset])
    return _filled(tale, events, spare, filling, [happy_end, sunset] if len(told) == 1 and not _acts(told[0]) else [])


def _mood(told: Sequence[Heard], tale: Tale) -> str | None:
    """How the hero feels at first, where that is told and changes later: "an angry elephant that becomes happy"."""
    who = [one for one in told[0].operations if isinstance(one, Add) and one.thing == tale.hero.thing]
    later = [one for step in told[1:] for one in step.operations if isinstance(one, Act)]
    changes = any(one.target.thing == tale.hero.thing for one in later)
    return who[0].action if who and changes and who[0].action in EXPRESSIONS else None


def _filled(
    tale: Tale, events: Sequence[Beat], spare: int, filling: Sequence[Beat], ends: Sequence[Beat]
) -> tuple[Draft, ...] | None:
    """The first event, as many small things as there is room for, the other events, and an end."""
    ended = spare > 0 and bool(ends)
    small = list(filling)
    first, others = list(events[:1]), list(events[1:])
    for _ in range(len(filling) + 1):
        chosen = small[: spare - ended]
        for end in ends if ended else [None]:
            beats = [*first, *chosen, *others, *([end] if end is not None else [])]
            outcome = played(tale, beats)
            if outcome is not None and len(beats) == len(events) + spare and not _repeats(outcome[1]):
                return tuple(Draft(turn.operations, turn.told, name=turn.name) for turn in outcome[1])
        small = [*small[1:], small[0]]
    return None


def _repeats(turns: Sequence[Turn]) -> bool:
    """Whether somebody does what they were doing already when it is told that they do it."""
    done = [one for turn in turns for one in turn.operations if isinstance(one, Act) and one.action]
    return any(one == other for one, other in pairwise(done))


def _acts(step: Heard) -> bool:
    """Whether somebody does something in it, or takes something."""
    return any(
        (isinstance(one, Act) and one.action)
        or (isinstance(one, Add) and (one.action or (one.relation and one.relation.kind == "held by")))
        for one in step.operations
    )


def _sleeps(step: Heard) -> bool:
    return any(isinstance(one, Act | Add) and one.action == "sleep" for one in step.operations)


def _sentence(step: Heard, wish: Wish) -> str:
    """How a step is told: in the request's words, where there are any."""
    return as_sentence(wish.spoken(step.text)) if step.text else instruction(step.operations, fresh=False)


def _told_of(operations: tuple[Operation, ...], told: str) -> Beat:
    """What a request tells of, as something that happens."""
    possible = tuple(one for one in map(_possible, operations) if one is not None)
    return lambda _tale: Turn(possible, told)


def _possible(operation: Operation) -> Operation | None:
    """An operation without what its thing cannot do."""
    if isinstance(operation, Act) and operation.action is not None:
        return operation if operation.action in actions(DRAWABLE[operation.target.thing]) else None
    if isinstance(operation, Add) and operation.action is not None and not operation.label:
        able = operation.action in actions(DRAWABLE[operation.thing])
        return operation if able else replace(operation, action=None)
    return operation


def _parted(operations: Sequence[Operation], tale: Tale) -> tuple[tuple[Operation, ...], tuple[Operation, ...]] | None:
    """The first picture in two: somebody is there, and then it happens to them."""
    added = [one for one in operations if isinstance(one, Add)]
    hero = next((one for one in added if one.thing == tale.hero.thing), None)
    if hero is None or sum(1 for one in added if one.thing == hero.thing) > 1:
        return None
    who = Reference(hero.thing, every=hero.count > 1)
    alone = replace(hero, relation=None, action=tale.mood)
    own = [one for one in operations if isinstance(one, Recolour) and one.target.thing == hero.thing]
    places = [one for one in operations if isinstance(one, Background)] or [Background(tale.home)]
    later: list[Operation] = []
    for one in operations:
        if one is hero:
            later += [Move(who, None, hero.relation)] if hero.relation else []
            later += [Act(who, hero.action)] if hero.action != tale.mood else []
        elif one not in own and one not in places:
            later.append(one)
    return ((alone, *own, *places), tuple(later)) if later else None
