"""Makes a plan have as many steps as were stated: splits steps that do several things, merges neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise

from stepweave.policies.rules.drafts import Draft, merged
from stepweave.policies.rules.errors import CannotPlan
from stepweave.policies.rules.stages import extra_stages, joined, stages

MIXED = 4
"""What it costs a step to turn from one thing to another, against the squared numbers of operations in a step."""


def fit(drafts: Sequence[Draft], low: int | None, high: int | None, *, extras: bool = False) -> tuple[Draft, ...]:
    """The same plan with a number of steps in the stated bounds.

    Args:
        drafts: the steps.
        low: least number of steps; ``None`` if there is no such bound.
        high: most steps; ``None`` if there is no such bound.
        extras: whether a drawing may be spread over outlines and a background.

    Raises:
        CannotPlan: it cannot; the possible range is named.
    """
    if low is not None and len(drafts) < low:
        return _more(drafts, low, extras)
    if high is not None and len(drafts) > high:
        return _fewer(drafts, high)
    return tuple(drafts)


def shortest(drafts: Sequence[Draft]) -> int:
    """The fewest steps it can be merged into: pictures of their own stay apart."""
    return max(1, sum(1 for index, draft in enumerate(drafts) if index == 0 or draft.fresh))


def _more(drafts: Sequence[Draft], wanted: int, extras: bool) -> tuple[Draft, ...]:
    found = list(drafts)
    while len(found) < wanted:
        weights = [len(stages(draft.operations)) for draft in found]
        heaviest = max(range(len(found)), key=lambda index: (weights[index], -index))
        if weights[heaviest] < 2:
            break
        found[heaviest : heaviest + 1] = split(found[heaviest])
    if len(found) < wanted and extras:
        found = _with_extras(found, wanted)
    if len(found) < wanted:
        most = len(_with_extras(found, 10**6)) if extras else len(found)
        raise CannotPlan(
            f"it cannot be spread over {wanted} steps",
            f"{_range(shortest(drafts), most)} possible; state such a number",
        )
    return tuple(found)


def _with_extras(found: Sequence[Draft], wanted: int) -> list[Draft]:
    """Pictures of one drawing spread over outlines and a background; words stay where they are."""
    drawn = [draft.operations for draft in found if draft.drawn]
    spare = wanted - (len(found) - len(drawn))
    operations = extra_stages(drawn, spare)
    words = [draft for draft in found if not draft.drawn]
    fresh = [draft.fresh for draft in found if draft.drawn]
    begins = bool(fresh) and fresh[0]
    return [Draft(stage, fresh=begins and index == 0) for index, stage in enumerate(operations)] + words


def _range(least: int, most: int) -> str:
    if least == most:
        return "only 1 step is" if most == 1 else f"only {most} steps are"
    return f"{least} to {most} steps are"


def split(draft: Draft) -> list[Draft]:
    """A step in two, as evenly as its operations allow: between two of them, or else between the parts of a thing."""
    found = stages(draft.operations)
    if len(found) < 2:
        return [draft]
    if seam := _seam(draft, len(found)):
        halves = draft.operations[:seam], draft.operations[seam:]
    else:
        cut = (len(found) + 1) // 2
        first, second = (joined([one for stage in part for one in stage]) for part in (found[:cut], found[cut:]))
        halves = first, second
    return [Draft(halves[0], text=draft.text, fresh=draft.fresh, putting=draft.putting), Draft(halves[1])]


def _seam(draft: Draft, count: int) -> int:
    """The operation with which a second step can begin, as near to the middle as can be; 0 if there is none."""
    seams: dict[int, int] = {}
    for index in range(1, len(draft.operations)):
        before = len(stages(draft.operations[:index]))
        if before + len(stages(draft.operations[index:])) == count:
            seams[index] = before
    return min(seams, key=lambda index: (abs(2 * seams[index] - count), -index)) if seams else 0


def _fewer(drafts: Sequence[Draft], wanted: int) -> tuple[Draft, ...]:
    least = shortest(drafts)
    if wanted < least:
        raise CannotPlan(
            f"{least} separate pictures cannot be shown in {wanted} steps",
            f"{_range(least, len(drafts))} possible; state such a number",
        )
    groups = _grouped(drafts, wanted)
    return tuple(_joined(reduce(merged, group)) for group in groups)


def _turns(drafts: Sequence[Draft]) -> int:
    """How often neighbouring steps turn from one thing to another."""
    things = [getattr(one, "target", one) for draft in drafts for one in draft.operations[:1]]
    names = [getattr(thing, "thing", "") for thing in things]
    return sum(1 for before, after in pairwise(names) if before != after)


def _joined(draft: Draft) -> Draft:
    return replace(draft, operations=joined(draft.operations))


def _grouped(drafts: Sequence[Draft], wanted: int) -> list[list[Draft]]:
    """Neighbours in that many groups of nearly even weight; a picture of its own always begins a group."""
    weights = [max(1, len(draft.operations)) for draft in drafts]
    best: dict[tuple[int, int], tuple[int, list[int]]] = {(0, 0): (0, [])}
    for end in range(1, len(drafts) + 1):
        for groups in range(1, min(end, wanted) + 1):
            options = [
                (cost + sum(weights[start:end]) ** 2 + MIXED * _turns(drafts[start:end]), [*cuts, start])
                for start in range(groups - 1, end)
                if (start, groups - 1) in best and not any(draft.fresh for draft in drafts[start + 1 : end])
                for cost, cuts in [best[start, groups - 1]]
            ]
            if options:
                best[end, groups] = min(options)
    cuts = [*best[len(drafts), wanted][1], len(drafts)]
    return [list(drafts[start:end]) for start, end in pairwise(cuts)]
