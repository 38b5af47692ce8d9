"""Plans a request by rules: lessons, instructions, stories, and answers in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from stepweave.messages import MakePlan, Plan
from stepweave.policies.rules.answers import answer
from stepweave.policies.rules.bounds import within_effort
from stepweave.policies.rules.drafts import Draft
from stepweave.policies.rules.errors import CannotPlan
from stepweave.policies.rules.fitting import fit
from stepweave.policies.rules.foresight import foreseen
from stepweave.policies.rules.gist import (
    Heard,
    Lesson,
    asks_for_lesson,
    asks_for_other,
    asks_for_story,
    heard,
    is_whole,
    lesson_in,
    premise,
    question_in,
    shorter,
    tells_pictures,
    told_story,
)
from stepweave.policies.rules.instructions import as_sentence, is_formal, separate
from stepweave.policies.rules.instructions import drafts as instructed
from stepweave.policies.rules.lessons import by_stages, lesson, other_lesson, subject, taught
from stepweave.policies.rules.looks import again, remembered
from stepweave.policies.rules.retelling import has_events, retold
from stepweave.policies.rules.room import with_room
from stepweave.policies.rules.stages import stages
from stepweave.policies.rules.stories import asked as asked_for_story
from stepweave.policies.rules.stories import story
from stepweave.policies.rules.telling import instruction, title
from stepweave.policies.rules.wishes import STATED, Wish, read_wish
from stepweave.policies.rules.writing import write
from stepweave.world.language import LanguageError
from stepweave.world.language.errors import Incomplete, NoSuchPart, NothingAsked, NotUnderstood, UnknownWords
from stepweave.world.layout import LayoutError, NothingThere, apply_all
from stepweave.world.scene import Add, Background, Move, Operation, Recolour, Remove, Scene
from stepweave.world.vocabulary import DRAWABLE

PICTURED = re.compile(r"\b(?:pictures?|pics|images?|scenes?|panels?|frames?)\b", re.IGNORECASE)
"""What tells that several pictures are wanted, rather than the steps of one drawing."""
SCENES = re.compile(r"\b(?:scenes|panels|pages)\b", re.IGNORECASE)
"""What tells that something happens from picture to picture."""
ORDERED = re.compile(r"\W*(?:please\s+|(?:can|could)\s+you\s+(?:please\s+)?)?(?:draw|paint|sketch)\b", re.IGNORECASE)
"""How a request begins that orders a drawing."""
FOLLOWS = re.compile(r"\b(?:then|next|afterwards|after\s+that|add|adds|same|more)\b", re.IGNORECASE)
"""What tells that pictures go on from each other."""
LONGEST = 4000
"""Most characters of a request."""
NEGATIVE = re.compile(r"(?<![\w.)-])-\d+(?!\s*[-.):])")
MOST_STEPS = 40
"""Most steps of a plan."""


def plan(ask: MakePlan, *, longest: int = LONGEST, most: int = MOST_STEPS) -> Plan:
    """The steps for a request.

    Args:
        ask: the request, the pictures given with it, and what is known from earlier runs.
        longest: most characters of a request that are read.
        most: most steps of a plan.

    Raises:
        CannotPlan: it is in no form that is known, speaks of what is not in the vocabulary, or cannot be drawn.
    """
    with within_effort():
        wish = bounded(ask.request, ask.steps, longest=longest, most=most)
        try:
            return _plan(wish, ask, most)
        except CannotPlan as refused:
            unread = isinstance(refused.__cause__, NotUnderstood | Incomplete | UnknownWords | NothingAsked)
            for request in shorter(ask.request) if unread else ():
                try:
                    return _plan(bounded(request, ask.steps, longest=longest, most=most), ask, most)
                except CannotPlan:
                    continue
            raise refused


def _plan(wish: Wish, ask: MakePlan, most: int) -> Plan:
    """The steps for a wish, taken as it is."""
    if wish.continues and not ask.inputs and not asks_for_story(wish.said):
        raise CannotPlan("no picture was given to continue from", "give one, or say what to draw first")
    if not ask.inputs:
        known = remembered(ask.notes)
        wish = replace(wish, text=again(wish.text, known), said=again(wish.said, known))
    try:
        found = _planned(wish, given=bool(ask.inputs))
    except LanguageError as error:
        raise _refused(wish, error) from error
    if len(found) > most:
        raise CannotPlan(f"{len(found)} steps are too many", f"ask for at most {most}")
    return Plan(steps=write(found, inputs=len(ask.inputs), notes=ask.notes))


def bounded(request: str, steps: int | None, *, longest: int = LONGEST, most: int = MOST_STEPS) -> Wish:
    """The request taken apart, with the number of steps that it states or that is stated beside it.

    Raises:
        CannotPlan: it is empty, too long, no text, or the numbers contradict each other.
    """
    if len(request) > longest:
        raise CannotPlan(f"the request has {len(request)} characters, at most {longest} are read", "shorten it")
    if any(not (char.isprintable() or char.isspace()) for char in request):
        raise CannotPlan("the request holds characters that are no text", "send plain text")
    if not any(char.isalnum() for char in request):
        said = "the request has no words" if request.strip() else "the request is empty"
        raise CannotPlan(said, 'say what to draw, for example "How do I draw a house?"')
    if negative := NEGATIVE.search(request):
        raise CannotPlan(f'"{negative[0]}" is no number of things or steps', "state a number from 1 on")
    wish = read_wish(request)
    low, high = wish.low, wish.high
    if steps is not None:
        if (low is not None and steps < low) or (high is not None and steps > high):
            stated = f"the request states {_bounds(low, high)} steps"
            raise CannotPlan(f"{stated}, and the setting states {steps}", "state the same number")
        low = high = steps
    if low is not None and not 1 <= low <= most:
        raise CannotPlan(f"{low} is no possible number of steps", f"state 1 to {most}")
    return replace(wish, low=low, high=high)


def _refused(wish: Wish, error: LanguageError) -> CannotPlan:
    """Why a request cannot be planned; of lessons that are no drawing lessons, just that."""
    if subject(wish) is None and (other := other_lesson(wish)) is not None:
        things = ", ".join(DRAWABLE)
        return CannotPlan(f"it gives drawing lessons, and none on how to {other}", f"it can teach to draw: {things}")
    return CannotPlan(error.reason, error.remedy)


def _bounds(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    return f"at most {high}" if low is None else f"at least {low}" if high is None else f"{low} to {high}"


def _planned(wish: Wish, *, given: bool) -> tuple[Draft, ...]:
    """The steps in the form that the request has, as many as are stated."""
    pictured = tells_pictures(wish.said)
    if asks_for_other(wish.said) and not pictured:
        what = other_lesson(wish) or "do that"
        raise CannotPlan(f"it gives drawing lessons, and none on how to {what}", "ask how to draw something")
    learning = asks_for_lesson(wish.said) and not pictured and not wish.separate
    if not learning and (answered := answer(wish)) is not None:
        return fit(answered, wish.low, wish.high)
    if asked_for_story(wish) or (asks_for_story(wish.said) and not learning):
        return _in_form(_story(wish), wish)
    try:
        if (shown := _lesson(wish, None if pictured else subject(wish), learning=learning)) is not None:
            return _in_form(shown, wish)
    except LanguageError:
        if learning and (answered := answer(wish)) is not None:
            return fit(answered, wish.low, wish.high)
        raise
    if learning and (answered := answer(wish)) is not None:
        return fit(answered, wish.low, wish.high)
    question = question_in(wish.said)
    if question is not None and question.alone and not given:
        asked = wish.spoken(question.asked)
        raise CannotPlan(f'it has no answer to "{asked}"', "ask what can be drawn, in which colours, sizes and places")
    return _in_form(_asked(wish, given=given), wish)


def _story(wish: Wish) -> tuple[Draft, ...]:
    """A story: as it is told, with more around it, or made up about those whom the request names."""
    wanted = wish.low if wish.low == wish.high else None
    failed: LanguageError | None = None
    told: tuple[Heard, ...] = ()
    try:
        told = told_story(wish.text, wish.spoken, wanted)
    except LanguageError as error:
        failed = error
    if is_whole(told, wanted):
        return with_room(_drafts(told, wish))
    try:
        said = premise(wish.text, wish.spoken)
        more = retold(told, wish, said) if told and has_events(told, wish) else None
        return more or story(wish, said)
    except (LanguageError, CannotPlan) as error:
        try:
            return story(wish)
        except (LanguageError, CannotPlan):
            raise error if failed is None or isinstance(failed, NothingAsked) else failed from error


def _drafts(found: Sequence[Heard], wish: Wish) -> tuple[Draft, ...]:
    """Heard steps as drafts, with the request's own words for the reader."""
    return foreseen([Draft(one.operations, as_sentence(wish.spoken(one.text)) if one.text else "") for one in found])


def _lesson(wish: Wish, what: str | None, *, learning: bool) -> tuple[Draft, ...] | None:
    """A drawing lesson, if one is asked for; as it is said where that tells the order of the parts."""
    try:
        found = lesson_in(STATED.sub(lambda match: ": " if match["list"] else " ", wish.said)) if learning else None
    except LanguageError:
        found = None
        if what is None:
            raise
    if found is not None:
        return _ordered(found, wish)
    return lesson(what, wish) if what is not None else None


def _ordered(found: Lesson, wish: Wish) -> tuple[Draft, ...]:
    """A lesson in the order that is said."""
    if found.stages:
        return fit(taught(tuple(Draft(stage) for stage in found.stages)), wish.low, wish.high)
    if not found.finish:
        return taught(by_stages(found.operations, wish, found.first, found.last))
    fewer = replace(wish, low=wish.low and max(1, wish.low - 1), high=wish.high and max(1, wish.high - 1))
    return taught((*by_stages(found.operations, fewer, found.first, found.last), Draft(found.finish)))


def _asked(wish: Wish, *, given: bool) -> tuple[Draft, ...]:
    """Instructions: in the language itself where they are, or else by their gist.

    Raises:
        LanguageError: neither way are they understood.
    """
    if given or wish.separate or wish.listed or wish.continues or is_formal(wish):
        try:
            found = instructed(wish)
            apart = len(found) == wish.low or wish.low != wish.high
            if not wish.listed or given or (apart and _lacking(found) is None):
                return _instructed(found, wish)
        except (LanguageError, CannotPlan):
            if given or wish.continues:
                raise
    wanted = wish.low if wish.low == wish.high else None
    try:
        told = heard(wish.text, wish.spoken, wanted=wanted, form=wish.said)
    except LanguageError as error:
        return _strictly(wish, error)
    told = _one_by_one(told) if wish.whole else told
    if (wish.separate or (wish.listed and wanted == len(told))) and not FOLLOWS.search(wish.text) and _unlike(told):
        drafts = _drafts(told, wish)
        return tuple(separate(drafts) if len(drafts) == 1 else (replace(draft, fresh=True) for draft in drafts))
    if wanted and len(told) == 1 and SCENES.search(wish.said) and not ORDERED.match(wish.said):
        return _story(wish)
    if wanted and 1 < len(told) < wanted and PICTURED.search(wish.said) and has_events(told, wish):
        more = retold(told, wish, premise(wish.text, wish.spoken))
        if more is not None:
            return more
    return _instructed(with_room(_drafts(told, wish)), wish)


def _unlike(told: Sequence[Heard]) -> bool:
    """Whether every step only brings something that no other brings, so that each can be a picture of its own."""
    steps = [step.operations for step in told]
    plain = all(isinstance(one, Add | Background | Recolour) for step in told for one in step.operations)
    brings = all(any(isinstance(one, Add) and one.relation is None for one in step.operations) for step in told)
    return plain and brings and len(set(steps)) == len(steps)


def _one_by_one(told: Sequence[Heard]) -> tuple[Heard, ...]:
    """Steps in which several things come, go or are moved as a step for each of them."""
    found: list[Heard] = []
    for one in told:
        several = len(one.operations) > 1 and all(isinstance(o, Add | Move | Remove) for o in one.operations)
        found += [Heard((o,), one.text) for o in one.operations] if several else [one]
    return tuple(found)


def _strictly(wish: Wish, error: LanguageError) -> tuple[Draft, ...]:
    """Instructions in the language itself, where they could not be heard; or else the plainest reason why not."""
    try:
        found = instructed(wish)
    except (LanguageError, CannotPlan) as refused:
        plainer = isinstance(error, NotUnderstood) and isinstance(refused, NoSuchPart)
        raise (refused if plainer else error) from None
    lacking = _lacking(found)
    if lacking is not None and not isinstance(lacking, Remove) and not isinstance(error, NotUnderstood):
        raise error
    return _instructed(with_room(found) if lacking is None else found, wish)


def _lacking(found: Sequence[Draft]) -> Operation | None:
    """The first operation that speaks of what is not there by then."""
    scene = Scene()
    for draft in found:
        scene = Scene() if draft.fresh else scene
        for operation in draft.operations:
            try:
                scene = apply_all(scene, (operation,))
            except NothingThere:
                return operation
            except LayoutError:
                continue
    return None


def _instructed(found: tuple[Draft, ...], wish: Wish) -> tuple[Draft, ...]:
    if len(found) == 1 and not found[0].fresh and (wish.stepwise or _is_lesson(found[0], wish)):
        return taught(by_stages(found[0].operations, wish))
    return fit(found, wish.low, wish.high)


def _is_lesson(draft: Draft, wish: Wish) -> bool:
    """Whether one drawing shall be spread over several steps: "draw a cat in 4 steps"."""
    return wish.low is not None and wish.low > 1 and len(stages(draft.operations)) > 0 and draft.drawn


def _in_form(found: Sequence[Draft], wish: Wish) -> tuple[Draft, ...]:
    """Words only, if no pictures are wanted."""
    if not wish.words_only:
        return tuple(found)
    return tuple(_in_words(draft, first=index == 0) for index, draft in enumerate(found))


def _in_words(draft: Draft, *, first: bool) -> Draft:
    told = draft.told or instruction(draft.operations, fresh=first)
    return Draft(told=told, text=draft.text, name=draft.name or title(draft.operations))
