"""The embedded critic: looks at a candidate, and at nothing but its pixels, and says what is wrong with it.

Marks out of ten. ``semantics`` is ten times the share of what was asked for that is there: every operation counts for
one, and every fault in what was asked (colour, place, pose, size, count, missing) takes ``SEVERITY`` of one away.
``quality`` starts at ten, and every fault in what should have stayed as it was, or in the picture as such (extra,
damaged, quality, drift), takes ``SPOILT`` off.
A candidate without a fault has ten in both and is accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from PIL import Image

from stepweave.images import letterboxed
from stepweave.messages import Fault, Note, Scores, Verdict
from stepweave.policies.cures import known, worded
from stepweave.policies.pixels.backdrops import recognised
from stepweave.policies.pixels.check import faults as check
from stepweave.policies.pixels.compare import compare
from stepweave.policies.pixels.comparison import Found
from stepweave.policies.pixels.expect import expected, favoured, labels, pointed_at
from stepweave.policies.pixels.foretold import as_foretold
from stepweave.policies.pixels.opinions import understood
from stepweave.policies.pixels.segments import view
from stepweave.policies.pixels.sight import Seen, Surroundings, sheet_of
from stepweave.policies.pixels.writing import is_unread
from stepweave.world.effort import TooMuchWork, effort
from stepweave.world.language import LanguageError, describe, insist, parse
from stepweave.world.language.reading import LONGEST
from stepweave.world.scene import Item, Operation, Scene
from stepweave.world.vocabulary import BACKGROUND, BACKGROUNDS

SEVERITY = {"missing": 1.0, "count": 0.7, "colour": 0.6, "place": 0.6, "pose": 0.6, "size": 0.5}
"""How much of an operation a fault spoils."""
SPOILT = {"extra": 4.0, "damaged": 5.0, "quality": 5.0, "drift": 5.0}
"""Marks that a fault in what should have stayed as it was takes off."""


EFFORT = 10_000_000
"""Units of work that are spent on words and layout for one candidate, see ``stepweave.world.effort``."""


class CannotJudge(Exception):
    """The prompt is outside of the critic's language; another critic can judge by it."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason = reason
        self.remedy = remedy


def judge(
    prompt: str,
    drawn_prompt: str,
    before: Image.Image | None,
    after: Image.Image,
    notes: Sequence[Note] = (),
    story: Sequence[str] = (),
) -> Verdict:
    """Judge a candidate by the planned prompt.

    Args:
        prompt: what the step asks for, as planned.
        drawn_prompt: what the generator was told, perhaps a refinement of the prompt.
        before: the picture that the candidate started from; ``None`` for an empty canvas.
        after: the candidate.
        notes: what is known; what cured the same aspect of the same thing before is tried at once.
        story: the prompts that led to the picture before, oldest first, as planned; empty where that is not known.

    Raises:
        CannotJudge: the prompt is not in the language of the embedded world, or asks for more than can be looked for.
    """
    try:
        with effort(EFFORT):
            return _judged(prompt, drawn_prompt, before, after, notes, story)
    except TooMuchWork as error:
        why = "to look for all that this prompt asks for takes more work than is spent on one picture"
        raise CannotJudge(why, "ask for fewer things in one step") from error


def _judged(
    prompt: str,
    drawn_prompt: str,
    before: Image.Image | None,
    after: Image.Image,
    notes: Sequence[Note],
    story: Sequence[str],
) -> Verdict:
    operations = _operations(prompt)
    found, wrong = _look(operations, _of_size(before, after.size), after, tuple(story))
    scene = Scene(found.backdrop or "white", tuple(map(_legible, (*found.places.values(), *found.extras))))
    return Verdict(
        accepted=not wrong,
        scores=scores(operations, wrong),
        reason=reason(wrong),
        faults=wrong,
        refined_prompt=refinement(prompt, drawn_prompt, wrong, notes) if wrong else None,
        seen=describe(scene),
    )


def _of_size(before: Image.Image | None, size: tuple[int, int]) -> Image.Image | None:
    """The picture before at the candidate's size; a photo keeps its proportions, as the generator keeps them."""
    if before is None or before.size == size:
        return before
    before = before.convert("RGB")
    if recognised(view(before)) is None:
        return letterboxed(before, size, BACKGROUNDS["white"])
    return before.resize(size, Image.Resampling.LANCZOS)


def _operations(prompt: str) -> tuple[Operation, ...]:
    try:
        return parse(prompt).operations
    except LanguageError as error:
        raise CannotJudge(
            f"the pixel critic cannot judge by this prompt: {error.reason}",
            "choose a critic with a vision model (--critic chat), or word the prompt in the embedded vocabulary",
        ) from error


def _look(
    operations: Sequence[Operation], before: Image.Image | None, after: Image.Image, story: tuple[str, ...]
) -> tuple[Found, tuple[Fault, ...]]:
    known = favoured(operations)
    spoken = labels(operations)
    source = (before or Image.new("RGB", after.size, BACKGROUNDS[BACKGROUND])).convert("RGB")
    start = _surveyed(source.tobytes(), source.size, spoken, pointed_at(operations), story)
    aspect = after.width / after.height
    expectation = expected(start.scene, operations, aspect)
    found = compare(start, after, expectation, known, spoken)
    return found, check(expectation, found, aspect, start.backdrop if before else None)


def _legible(seen: Seen) -> Item:
    """The thing, words that nobody could read being left out."""
    return replace(seen.item, label="...") if is_unread(seen.item.label) else seen.item


@lru_cache(maxsize=8)
def _surveyed(
    pixels: bytes, size: tuple[int, int], spoken: tuple[str, ...], pointed: frozenset[str], story: tuple[str, ...]
) -> Surroundings:
    """What a source picture shows; kept, for all candidates of a step start from the same one."""
    sheet = sheet_of(Image.frombytes("RGB", size, pixels))
    return as_foretold(sheet, story) or understood(sheet, spoken, pointed)


def scores(operations: Sequence[Operation], wrong: Iterable[Fault]) -> Scores:
    """Marks out of ten; see the module."""
    lost = sum(SEVERITY.get(fault.aspect, 0.0) for fault in wrong)
    spoilt = sum(SPOILT.get(fault.aspect, 0.0) for fault in wrong)
    semantics = 10 * max(0.0, 1 - lost / max(1, len(operations)))
    return Scores(semantics=round(semantics, 2), quality=round(max(0.0, 10 - spoilt), 2))


# ------------------------------------------------------------------------------------------ words


def reason(wrong: Sequence[Fault]) -> str:
    """The one or two most telling faults in plain sentences."""
    if not wrong:
        return "Everything asked for is there, and nothing else changed."
    return " ".join(_sentence(fault) for fault in wrong[:2])


def _sentence(fault: Fault) -> str:
    subject = f"the {fault.subject}" if fault.subject else "the picture"
    match fault.aspect:
        case "colour":
            words = f"{subject} is {fault.found}, but it should be {fault.expected}"
        case "place":
            words = f"{subject} is at the {fault.found}, but it should be {_where(fault.expected)}"
        case "pose" | "size":
            words = f"{subject} is {fault.found}, but it should be {fault.expected}"
        case "count":
            words = f"there should be {fault.expected} of {subject}, but there are {fault.found}"
        case "missing":
            words = f"{subject} is missing"
        case "drift":
            words = "the colours have faded and become warmer"
        case "quality":
            words = f"{subject} has {fault.found} instead of {fault.expected}"
        case "extra":
            words = f"something should not be there: {fault.found or fault.subject}"
        case _ if fault.found == "nothing":
            words = f"{subject} is gone, although nothing was said about it"
        case _:
            words = f"{subject} changed, although nothing was said about it"
    return f"{words[0].upper()}{words[1:]}."


def _where(expected_place: str) -> str:
    return expected_place if " the " in expected_place else f"at the {expected_place}"


def refinement(prompt: str, drawn_prompt: str, wrong: Sequence[Fault], notes: Sequence[Note]) -> str | None:
    """The prompt, more precise on what went wrong; ``None`` when there is nothing to add.

    Starts from what was drawn, so that precision gained earlier is kept, unless that cannot be read.
    """
    for words in (drawn_prompt, prompt):
        try:
            better = _insisted(words, wrong, notes)
        except LanguageError:  # nobody can read it, or not any more once it insists on all that
            continue
        return better if better not in (drawn_prompt, prompt) and len(better) <= LONGEST else None
    return None


def _insisted(prompt: str, wrong: Sequence[Fault], notes: Sequence[Note]) -> str:
    """The prompt, one level more precise on every fault, or at once as precise as cured it before."""
    for fault in wrong:
        prompt = insist(prompt, fault.aspect, fault.subject, fault.expected)
    aspects = {fault.aspect for fault in wrong}
    return worded(prompt, {topic: level for topic, level in known(notes).items() if topic[1] in aspects})
