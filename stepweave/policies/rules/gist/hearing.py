"""From what people say to steps: each moment is read by its gist, upon the picture that the ones before it left."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass

from stepweave.policies.rules.gist.agents import Cut, deed_of, is_agent, with_agents
from stepweave.policies.rules.gist.asides import apart
from stepweave.policies.rules.gist.changes import Changes
from stepweave.policies.rules.gist.gathering import Again
from stepweave.policies.rules.gist.known import Known, Picture
from stepweave.policies.rules.gist.listing import spread, with_states
from stepweave.policies.rules.gist.moments import Moment, Seam, is_event, moments, names_anything, told, weighty
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.numbers import numbered
from stepweave.policies.rules.gist.pieces import COMMA, STOP, pieces
from stepweave.policies.rules.gist.reader import Reader
from stepweave.policies.rules.gist.routes import with_ways
from stepweave.policies.rules.gist.skimming import nouns_and_marks, things
from stepweave.policies.rules.gist.summaries import without_summary
from stepweave.policies.rules.gist.surroundings import only_scenery, scenery_first
from stepweave.policies.rules.gist.terms import terms
from stepweave.policies.rules.gist.workplace import with_workplace
from stepweave.world import vocabulary
from stepweave.world.language import LanguageError
from stepweave.world.language.errors import Incomplete, NothingAsked, NotUnderstood
from stepweave.world.language.lexicon import part_of
from stepweave.world.scene import Operation, Resize

Spoken = Callable[[str], str]
ASIDE = "aside"
"""What is marked as named beside the request only."""
LEVELS = ("usual", "sentences", "clauses", "items", "marked", "one")
"""How finely a request is cut into steps: as it seems best, and what else is tried where a number is stated."""
IN_ORDER = re.compile(
    r"\bin\s+(?:this|the\s+(?:following|same|right|given))\s+order\b|\bin\s+order\b|\bone\s+(?:by\s+one|after\s+(?:another|the\s+other))\b"
    r"|\b(?:a|one)\s+(?:new\s+|separate\s+)?(?:picture|image|frame|step)\s+(?:for|per)\s+each\b"
    r"|\b(?:one|each|every)\s+\w+\s+(?:per|in\s+each|for\s+each)\s+(?:step|picture|image|frame|panel|card|page|slide)\b"
    r"|\bsequence\b|\beach\s+in\s+an?\s+(?:new|separate)\s+(?:step|picture|image|frame)\b",
    re.IGNORECASE,
)
"""Words that tell that every item of a list is a picture of its own."""
ONE_EACH = re.compile(
    r"(?:^|[,;.(]\s*|(?<=\s))\bone\s+(?:(?:face|animal|thing|state|feeling|colour|color|word|letter)\s+)?(?:per|in\s+each|on\s+each|for\s+each|at\s+a\s+time\s+per)\s+(?:step|picture|image|frame|card|page|panel)\b",
    re.IGNORECASE,
)
"""Words that tell so and nothing else."""
SEQUENCE = re.compile(
    r"\b(?:sequence|storyboard|(?:picture|comic)\s+strip)\b"
    r"|\b(?:every|each)\s+(?:picture|step|image|frame)\s+(?:has|shows|adds|gets|with)\s+one\s+(?:more\s+)?\w+(?:\s+more)?\b",
    re.IGNORECASE,
)
"""Words of the form of a request that tell so, too."""
MANY = 3
"""How many pictures are told one by one, where a request need not say so otherwise."""
MEETING = ("meet", "arriv", "comes", "appear", "join", "visit")
"""How verbs begin that bring somebody new."""
JOINTS: dict[Seam, Mark] = {"soft": STOP, "more": STOP, "last": Mark("and", "and", "and")}
"""What stands between two moments that are one picture."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One step: what is done, and the words that ask for it."""

    operations: tuple[Operation, ...]
    text: str


def heard(
    text: str,
    spoken: Spoken = str,
    *,
    wanted: int | None = None,
    story: bool = False,
    form: str = "",
) -> tuple[Heard, ...]:
    """The steps that a request tells of.

    Args:
        text: the request, its quotations masked.
        spoken: puts quotations back in.
        wanted: how many steps there shall be, if that is stated.
        story: whether it tells a story, in which more may happen than can be drawn.
        form: the request with all that it says of its form.

    Raises:
        LanguageError: a moment is not understood, or nothing is asked for.
    """
    asked = spread(text, wanted)
    asked, each = ONE_EACH.subn("", asked)
    in_order = each > 0 or IN_ORDER.search(asked) is not None
    text, named = apart(asked)
    said = [(moment, pieces(terms(spoken(moment.text), story=story))) for moment in moments(text, story=story)]
    said = said if story else without_summary(said)
    cut = scenery_first(said if story else with_states(with_ways(with_agents(said), wanted)))
    marked = bool(numbered(asked, names_anything))
    in_order = in_order or (
        SEQUENCE.search(form) is not None and sum(moment.seam == "hard" for moment, _ in cut) < MANY
    )
    ways = _ways(wanted, in_order=in_order, alone=len(cut) == 1, marked=marked)

    def fitting(cut: Cut) -> tuple[Heard, ...]:
        return _fitting(cut, ways, named, spoken(text), wanted=wanted, story=story)

    failed: LanguageError | None = None
    found: tuple[Heard, ...] = ()
    try:
        found = fitting(cut)
    except LanguageError as error:
        failed = error
    single = len(found) == 1 and wanted in (None, 1) and not PUSHED.match(asked)
    task = None if story else with_workplace(list(cut), marked=marked, alone=single)
    try:
        set_out = fitting(task) if task is not None else ()
    except LanguageError:
        set_out = ()
    if set_out and wanted in (None, len(set_out)):
        return set_out
    if failed is not None:
        raise failed
    return found


def _fitting(
    cut: Cut, ways: Sequence[tuple[str, bool]], named: Sequence[Noun], text: str, *, wanted: int | None, story: bool
) -> tuple[Heard, ...]:
    """The steps, cut in the first of some ways that gives as many as are wanted, or else in the first at all.

    Raises:
        LanguageError: they are understood in none.
    """
    best: tuple[Heard, ...] | None = None
    for level, staged in ways:
        try:
            found = _steps(cut, level, _picture(named), story=story, staged=staged)
        except (Again, NotUnderstood) as error:
            if best is None and (level, staged) == ways[-1]:
                if isinstance(error, Again):
                    raise (error.plain or NotUnderstood(text)) from error
                raise
            continue
        if not found:
            raise NothingAsked(text)
        found = _going_on(found, wanted or 0)
        if wanted in (None, len(found)):
            return found
        best = best or found
    assert best is not None
    return best


PUSHED = re.compile(
    r"^\W*(?:please\s+|pls\s+)?(?:(?:push|slide|drag|pull|shove|move)\s+the\b|pour\s+(?:\w+\s+)?from\s+the\b"
    r"|(?:put|place|set|stack|drop|lay)\s+the\s+(?:\w+\s+){1,2}(?:into|onto|in|on|inside|on\s+top\s+of)\s+the\s+\w+)",
    re.IGNORECASE,
)
"""An order to move what is there: it is seen before."""


def _going_on(found: tuple[Heard, ...], wanted: int) -> tuple[Heard, ...]:
    """As many steps as are wanted, where the last one, which makes something bigger or smaller, can be done again."""
    last = found[-1].operations
    if len(found) < 2 or not all(isinstance(one, Resize) and one.size in ("bigger", "smaller") for one in last):
        return found
    return (*found, *(Heard(last, "") for _ in range(wanted - len(found))))


def _ways(wanted: int | None, *, in_order: bool, alone: bool, marked: bool) -> list[tuple[str, bool]]:
    """How finely it may be cut, and whether a deed may take several pictures; those tried first come first."""
    if wanted is None and in_order:
        return [("items", True), (LEVELS[0], True)]
    if wanted is not None:
        ways = [(level, staged) for staged in (False, True) for level in LEVELS]
        return [ways[0], (LEVELS[0], True), *ways[1:]] if alone else ways
    return [(LEVELS[0], not marked)]


def tells_pictures(text: str) -> bool:
    """Whether a request tells one picture after the other with a different thing in each: so it teaches no drawing."""
    told_of: list[set[str]] = []
    for moment in moments(apart(text)[0]):
        try:
            said = nouns_and_marks(moment.text)
        except LanguageError:
            return False
        named = {one.name for one in things(said)} - set(vocabulary.SHAPES)
        if moment.seam == "hard":
            told_of.append(named)
        elif told_of:
            told_of[-1] |= named
    main = next((named for named in told_of if named), set())
    parts = {name for named in told_of for name in named if any(part_of(one, f"{name}s") for one in main)}
    return len(told_of) > 1 and any(named - main - parts for named in told_of)


def last_picture(text: str, spoken: Spoken = str) -> Picture:
    """The picture to which a story leads, with all that ever was in it."""
    text, named = apart(text)
    picture = _picture(named)
    for moment in moments(text, story=True):
        said = pieces(terms(spoken(moment.text), story=True))
        try:
            picture = _read(picture, said, story=True).picture
        except Again:
            picture = _beforehand(picture, said)
        except Incomplete:
            ghosts = (Known(one.name, one.many, one.colour, one.size, there=False) for one in things(said))
            picture.recent += ghosts
    return picture


def _beforehand(picture: Picture, said: Sequence[Piece]) -> Picture:
    """The picture after what happens to what had to be there first."""
    try:
        before = _read(picture, said, story=True, before=True).picture
        before.told = before.present()
        after = _read(before, said, story=True).picture
    except Again:
        return picture
    after.told = []
    return after


def _picture(named: Sequence[Noun]) -> Picture:
    """The picture before anything was said, and what was named beside the request."""
    picture = Picture()
    for noun in named:
        picture.recent.append(Known(noun.name, noun.count or 1, noun.colour, noun.size, there=False, said={ASIDE}))
    return picture


def _steps(
    cut: Cut, level: str, picture: Picture, *, story: bool, staged: bool, events: bool = False
) -> tuple[Heard, ...]:
    """The steps of a request.

    Args:
        cut: its moments.
        level: how finely it is cut.
        picture: what is there before.
        story: whether it tells a story.
        staged: whether a deed may take several pictures.
        events: whether every sentence in which somebody does something is a picture.
    """
    found: list[Heard] = []
    start, sequence = picture, story or _is_sequence(cut)
    picture.insists = not story and sum(told(said) for _, said in cut) > 1
    marked = any(moment.seam in ("hard", "soft") for moment, _ in cut[1:])
    events = events or (level == LEVELS[0] and not story and any(_meets(later) for _, later in cut[1:]))
    handed = not story and any(is_agent(one) for _, said in cut for one in said)
    taken: list[Piece] = []
    words: list[str] = []
    done: Changes | None = None
    for at, (moment, said) in enumerate(cut):
        picture.filled_later = any(_fills(later) for _, later in cut[at + 1 :])
        if moment.lead == "so" and _suffices(taken):
            continue
        where = not found and only_scenery(taken) and "empty" not in " ".join(words)
        happens = events and moment.seam == "soft" and is_event(said)
        happens = happens or (level == LEVELS[0] and moment.seam == "and" and handed and _is_handed(said))
        if done is not None and not (
            happens or _begins(moment, said, level, sequence=sequence, marked=marked, story=story, only_where=where)
        ):
            more = [*taken, JOINTS.get(moment.seam, COMMA), *said]
            try:
                done = _read(picture, more, story=story, staged=staged)
                taken, words = more, [*words, moment.text]
                continue
            except Again:
                if level == "one":
                    raise
                timely = moment.seam == "soft" and not (sequence or events) and level == LEVELS[0]
                if timely and any(one.seam == "soft" and is_event(later) for one, later in cut):
                    return _steps(cut, level, start, story=story, staged=staged, events=True)
        if done is not None:
            found += _told(done, ", ".join(words))
            picture = done.picture
        taken, words = list(said), [moment.text]
        before, done = _opened(picture, taken, story=story, staged=staged)
        if before is not None:
            found += _told(before, "")
            picture = before.picture
    if done is not None:
        found += _told(done, ", ".join(words))
    return tuple(step for step in found if step.operations)


def _opened(picture: Picture, said: Sequence[Piece], *, story: bool, staged: bool) -> tuple[Changes | None, Changes]:
    """What must be there first, for what happens to what was not there yet; and what a step says."""
    try:
        return None, _read(picture, said, story=story, staged=staged)
    except Again:
        before = _read(picture, said, story=story, before=True)
        before.picture.told = before.picture.present()
        done = _read(before.picture, said, story=story, staged=staged)
        done.picture.told = []
        return before, done


def _fills(said: Sequence[Piece]) -> bool:
    """Whether it tells that something is full, without telling of pouring."""
    marks = [one for one in said if isinstance(one, Mark)]
    return any(one.value == "full" for one in marks) and not any(one.value == "pour" for one in marks)


def _told(done: Changes, text: str) -> list[Heard]:
    """What was said as steps: if a deed took several, the words go with the last."""
    return [*(Heard(earlier, "") for earlier in done.earlier), Heard(done.operations(), text)]


def _suffices(said: Sequence[Piece]) -> bool:
    """Whether an order says all by itself, so that "so ..." behind it only tells what comes of it."""
    deeds = [one.verb or one.value for one in said if isinstance(one, Mark) and (one.verb or one.kind == "verb")]
    return bool(deeds) and deeds[-1] in ("flip", "swap", "copy", "rotate", "upset", "empty")


def _read(
    picture: Picture, said: Sequence[Piece], *, story: bool, before: bool = False, staged: bool = False
) -> Changes:
    """What a step says, upon a picture that itself stays as it was."""
    changes = Changes(deepcopy(picture), before=before, staged=staged)
    Reader(changes, story=story).read(said)
    return changes


def _is_sequence(cut: Sequence[tuple[Moment, list[Piece]]]) -> bool:
    """Whether moments follow each other: words of time, numbers, or changes tell so."""
    return any(moment.seam == "hard" or told(said) for moment, said in cut[1:])


def _begins(
    moment: Moment,
    said: Sequence[Piece],
    level: str,
    *,
    sequence: bool,
    marked: bool,
    story: bool,
    only_where: bool = False,
) -> bool:
    """Whether a moment begins a new picture."""
    if level == "one":
        return False
    if moment.seam == "hard" or level == "items":
        return True
    if level == "marked":
        return False
    if level in ("clauses", "sentences"):
        return moment.seam == "soft" or (level == "clauses" and moment.seam in ("weak", "and"))
    if _draws_it(said):
        return False
    if moment.seam == "soft" and only_where:
        return False  # "It's night. A rocket ..."
    if moment.seam in ("list", "more", "last") or story:
        return story and moment.seam not in ("list", "more", "last")
    if moment.seam == "and" and marked:
        return False
    elaborates = any(isinstance(one, Mark) and one.kind == "be" and one.value == "must" for one in said)
    return sequence and not elaborates and (moment.seam == "soft" or told(said))


def _is_handed(said: Sequence[Piece]) -> bool:
    """Whether it begins with what a hand does: "and closes the box"."""
    deed = said[0] if said else None
    return isinstance(deed, Mark) and bool(deed_of(deed)) and deed.text.split()[0].endswith("s")


def _meets(said: Sequence[Piece]) -> bool:
    """Whether it tells that somebody comes or meets somebody: "it meets a duck"."""
    marks = [one.text for one in said if isinstance(one, Mark)]
    return is_event(said) and any(one.startswith(MEETING) for one in marks)


def _draws_it(said: Sequence[Piece]) -> bool:
    """ "Draw it": what was told of before is asked for, not changed."""
    plain = weighty(said, "comma")
    verb = plain[0] if plain else None
    noun = plain[1] if len(plain) > 1 else None
    return isinstance(verb, Mark) and verb.value == "draw" and isinstance(noun, Noun) and noun.head in ("it", "they")
