"""Little stories over the vocabulary: "a story about a cat and a boat in 4 pictures".

A story is a template: someone appears, meets the others, things happen, and it ends well. Which things happen, and in
which order, follows from the words of the request alone, so the same request tells the same story.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from random import Random

from stepweave.policies.rules.drafts import Draft
from stepweave.policies.rules.errors import CannotPlan
from stepweave.policies.rules.wishes import Wish
from stepweave.world import vocabulary
from stepweave.world.language import parse
from stepweave.world.language.lexicon import plural
from stepweave.world.language.wording import at_place, enumerated, new
from stepweave.world.layout import LayoutError, apply_all
from stepweave.world.scene import Add, Background, Move, Operation, Recolour, Reference, Relation, Resize, Scene

STORY = re.compile(
    r"\b(?:story|stories|tale|fairy\s*tale|storyboard|comic(?:\s+strip)?|bedtime\s+story|picture\s+book|adventures?)\b",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"\b(?:story|stories|tale|storyboard|comic(?:\s+strip)?|book|adventures?)\b\s*(?:about|of|with|where|in\s+which|starring|"
    r"featuring|for\s+(?:kids|children)\s+(?:about|with)|on|:)?\s*(?P<who>.*)$",
    re.IGNORECASE | re.DOTALL,
)
ENCOUNTER = re.compile(
    r"\b(?:,?\s*(?:who|that|which)\s+)?(?:meets?|finds?|sees?|visits?|discovers?|loves?|helps?|likes?|plays?\s+with|"
    r"lives?\s+with|"
    r"becomes?\s+friends\s+with|makes?\s+friends\s+with|goes\s+to|travels?\s+(?:with|to)|and\s+(?:his|her|its|their)\s+friend,?)\b",
    re.IGNORECASE,
)
"""What those in a story may do with each other: here they all meet."""
USUAL = 4
"""Pictures in a story where no number is stated."""
MOST = 12
"""Most pictures in a story."""
SKIES = ("blue", "yellow", "pink", "green")
"""Backgrounds of a day."""
EMPTY = Scene()

Turn = tuple[tuple[Operation, ...], str]
"""What happens in a picture, and how it is told."""
Happening = Callable[[Sequence[Add], Scene, Random], Turn]


def asked(wish: Wish) -> bool:
    """Whether a story is asked for."""
    return STORY.search(wish.text) is not None


def story(wish: Wish) -> tuple[Draft, ...]:
    """A story in as many pictures as are stated.

    Raises:
        CannotPlan: it names nobody, or is to be longer than stories here can be.
        LanguageError: those in it are not in the vocabulary.
    """
    cast = _cast(wish)
    count = wish.low or min(wish.high or USUAL, max(USUAL, len(cast) + 2))
    if count > MOST:
        raise CannotPlan(f"a story of {count} pictures is too long", f"ask for 1 to {MOST} pictures")
    seed = sha256(wish.text.casefold().encode("utf-8", "surrogatepass")).digest()
    return _told(cast, count, Random(int.from_bytes(seed[:8], "big")))


def _cast(wish: Wish) -> tuple[Add, ...]:
    match = ABOUT.search(wish.text)
    who = ENCOUNTER.sub(" and ", wish.spoken(match["who"]) if match else "").strip(" .?!,;")
    added = [one for one in parse(who).operations if isinstance(one, Add) and not one.label] if who else []
    if not added:
        raise CannotPlan("the story is about nobody that can be drawn", 'name them: "a story about a cat and a boat"')
    return tuple(replace(one, relation=None, place=None) for one in added)


def _told(cast: Sequence[Add], count: int, random: Random) -> tuple[Draft, ...]:
    """The beginning, the meetings, what happens, and the end."""
    together = max(1, len(cast) - max(0, count - 2))
    chapters: list[Sequence[Happening]] = [[_opening(together)]]
    chapters += [[_meeting(index)] for index in range(together, len(cast))]
    pool: list[Happening] = []
    while len(chapters) < count - 1:
        pool = pool or random.sample(HAPPENINGS, len(HAPPENINGS))
        first = pool.pop()
        chapters.append([first, *random.sample(HAPPENINGS, len(HAPPENINGS)), _sky_changes])
    if count > 1:
        chapters.append([_ending, _sunset])
    scene, found = EMPTY, []
    for chapter in chapters:
        scene, draft = _turn(chapter, cast, scene, random)
        found.append(draft)
    return tuple(found)


def _turn(chapter: Sequence[Happening], cast: Sequence[Add], scene: Scene, random: Random) -> tuple[Scene, Draft]:
    """The first of a chapter's happenings for which there is room and cause.

    Raises:
        CannotPlan: there is room for none.
    """
    for happening in chapter:
        operations, told = happening(cast, scene, random)
        if not operations:
            continue
        try:
            return apply_all(scene, operations), Draft(operations, told)
        except LayoutError:
            continue
    raise CannotPlan("there is no room in the picture for all of them", "name fewer or smaller things")


# ------------------------------------------------------------------------------------------- what happens


def _opening(together: int) -> Happening:
    def happening(cast: Sequence[Add], scene: Scene, random: Random) -> Turn:
        there = list(cast[:together])
        if together == 1 and len(cast) > 1:
            there = [replace(cast[0], place="left")]
        sky = random.choice([colour for colour in SKIES if colour not in _colours(cast)] or list(SKIES))
        were = "were" if together > 1 or there[0].count > 1 else "was"
        told = f"Once upon a time there {were} {enumerated([new(replace(one, place=None)) for one in there])}."
        return (*there, Background(sky)), told

    return happening


def _meeting(index: int) -> Happening:
    def happening(cast: Sequence[Add], scene: Scene, random: Random) -> Turn:
        other = cast[index]
        how = random.choice(("One day", "Then", "A little later", "Soon after"))
        beside = replace(other, relation=Relation("next to", Reference(cast[index - 1].thing)))
        return (beside,), f"{how} {_the(cast[0])} met {new(other)}."

    return happening


def _sun_comes_out(cast: Sequence[Add], scene: Scene, random: Random) -> Turn:
    if _has(scene, "sun"):
        return (), ""
    place = random.choice(("top left", "top right"))
    return (Add("sun", size="small", place=place),), "The sun came out, and it was a warm day."


def _night_falls(cast: Sequence[Add], scene: Scene, random: Random) -> Turn:
    if scene.background == "black" or _has(scene, "star") or _has(scene, "sun"):
        return (), ""
    stars = Add("star", 3, "yellow", "tiny", "top")
    return (Background("black"), stars), "Night fell, and three stars began to shine."


def _flowers_grow(cast: Sequence[Add], scene: Scene, random: Random) -> Turn:
    if _has(scene, "flower"):
        return (), ""
    colour = random.choice(("red", "yellow", "purple", "pink"))
    place = random.choice(("bottom left", "bottom", "bottom right"))
    flowers = Add("flower", random.choice((2, 3)), colour, "tiny", place)
    return (flowers,), f"All at once {colour} flowers grew from the ground."


def _tree_is_found(cast: Sequence[Add], scene: Scene, random: Random) -> Turn:
    if _has(scene, "tree"):
        return (), ""
    place = random.choice(("right", "bottom right"))
    return (Add("tree", size="small", place=place),), f"{_opening_the(cast[0])} came to a tree."


def _hero_grows(cast: Sequence[Add], scene: Scene, random: Random) -> Turn:
    size, how = random.choice((("bigger", "bigger than ever before"), ("smaller", "smaller and smaller")))
    return (Resize(_who(cast[0]), size),), f"By magic, {_the(cast[0])} became {how}."


def _hero_walks(cast: Sequence[Add], scene: Scene, random: Random) -> Turn:
    place = random.choice(("left", "right", "bottom left", "bottom right"))
    return (Move(_who(cast[0]), place),), f"{_opening_the(cast[0])} went for a walk and stopped {at_place(place)}."


def _new_colour(cast: Sequence[Add], scene: Scene, random: Random) -> Turn:
    other = cast[-1]
    used = _colours(cast) | {scene.background, "white", "black"}
    colour = random.choice([colour for colour in sorted(vocabulary.COLOURS) if colour not in used])
    return (Recolour(_who(other), colour),), f"One morning {_the(other)} had turned {colour}!"


def _sky_changes(cast: Sequence[Add], scene: Scene, random: Random) -> Turn:
    colour = random.choice([sky for sky in SKIES if sky != scene.background])
    return (Background(colour),), f"A new day began under a {colour} sky."


def _ending(cast: Sequence[Add], scene: Scene, random: Random) -> Turn:
    if _has(scene, "heart"):
        return (), ""
    were = "were" if cast[0].count > 1 else "was"
    friends = "they were friends for ever" if len(cast) > 1 else f"{_the(cast[0])} {were} happy ever after"
    above = Relation("above", Reference(cast[0].thing))
    return (Add("heart", 1, "red", "tiny", relation=above),), f"And {friends}. The end."


def _sunset(cast: Sequence[Add], scene: Scene, random: Random) -> Turn:
    colour = "orange" if scene.background != "orange" else "pink"
    return (Background(colour),), f"Then the day ended, and the sky turned {colour}. The end."


HAPPENINGS: tuple[Happening, ...] = (
    _sun_comes_out,
    _night_falls,
    _flowers_grow,
    _tree_is_found,
    _hero_grows,
    _hero_walks,
    _new_colour,
)
"""What may happen in a story."""


def _has(scene: Scene, thing: str) -> bool:
    return any(item.thing == thing for item in scene.items)


def _colours(cast: Sequence[Add]) -> set[str]:
    return {one.colour or vocabulary.DRAWABLE[one.thing].colour for one in cast}


def _who(one: Add) -> Reference:
    return Reference(one.thing, every=one.count > 1)


def _the(one: Add) -> str:
    return f"the {plural(one.thing) if one.count > 1 else one.thing}"


def _opening_the(one: Add) -> str:
    return _the(one).capitalize()
