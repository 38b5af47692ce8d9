"""Little stories over the vocabulary: "a story about a cat and a boat in 4 pictures".

Someone is somewhere, others come, things happen - trouble among them, if there are pictures enough - and it ends well.
Which things happen, and in which order, follows from the words of the request alone, so the same request tells the same
story. What cannot be drawn is not told: each turn is tried on the picture that it would find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from random import Random

from stepweave.policies.rules.drafts import Draft
from stepweave.policies.rules.errors import CannotPlan
from stepweave.policies.rules.gist import Premise
from stepweave.policies.rules.happenings import PAIRS, SINGLE, TOLD, WISHED
from stepweave.policies.rules.looks import like
from stepweave.policies.rules.tales import Beat, Member, Tale, Turn, played
from stepweave.policies.rules.telling import instruction
from stepweave.policies.rules.wishes import Wish
from stepweave.world import vocabulary
from stepweave.world.finding import place_of
from stepweave.world.language import parse
from stepweave.world.language.lexicon import things_in, words_for_things
from stepweave.world.language.wording import enumerated, in_setting
from stepweave.world.layout import LayoutError, apply_all
from stepweave.world.scene import Act, Add, Background, Operation, Recolour, Relation, Scene

STORY = re.compile(
    r"\b(?:story|stories|tale|fairy\s*tale|storyboard|comic(?:\s+strip)?|bedtime\s+story|picture\s+book|adventures?)\b",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"\b(?:story|stories|tale|storyboard|comic(?:\s+strip)?|book|adventures?)\b\s*"
    r"(?:for\s+(?:my\s+|our\s+|the\s+|little\s+|small\s+|young\s+)*(?:kids?|children|son|daughter|class|toddlers?)\b[\s,:]*)?"
    r"(?:about|of|with|where|in\s+which|starring|featuring|on|for|:)?\s*(?P<who>.*)$",
    re.IGNORECASE | re.DOTALL,
)
ENCOUNTER = re.compile(
    r"\b(?:,?\s*(?:who|that|which)\s+)?(?:meets?|finds?|sees?|visits?|discovers?|loves?|helps?|likes?|plays?\s+with|"
    r"lives?\s+with|loses?|looks?\s+for|searches\s+for|wants?|gets?|chases?|follows?|hides?\s+(?:from|behind)|misses|"
    r"becomes?\s+friends\s+with|makes?\s+friends\s+with|goes\s+to|travels?\s+(?:with|to)|and\s+(?:his|her|its|their)\s+"
    r"(?:best\s+)?friend,?)\b",
    re.IGNORECASE,
)
"""What those in a story may do with each other: here they all meet."""
ORNAMENT = re.compile(
    r"\bonce\s+upon\s+a\s+time,?(?:\s+there\s+(?:was|were|lived))?\b|\b(?:how|when|why)\b(?=\s+(?:an?|the|two|three)\b)"
    r"|\b(?:the\s+|a\s+)?(?:\w+\s+)?(?:friendship|love|adventures?|journey|life|day|meeting)\s+(?:of|between)\b"
    r"|'s\s+(?:\w+\s+)?(?:adventures?|day|birthday|journey|dream|trip|wish|story)\b|\s+(?:named|called)\s+[A-Z]\w+"
    r"|\b(?:who|that|which)\s+(?:live[sd]?|is|was|are|were)\b(?=\s+(?:in|on|at|by|under)\b)|\blive[sd]?\b|\b(?:that\s+|who\s+)?(?:are|were|become)\s+(?:\w+\s+)?friends\b"
    r"|\b(?:tell|write|make\s+up|draw|show)\s+(?:me\s+|us\s+)?(?:a|the|its|their|his|her|this)?\s*(?:short\s+|little\s+)?(?:story|tale)\b[^.]*\.?\s*$"
    r"|\b(?:on|in)\s+a\s+\w+\s+(?:day|morning|afternoon|evening)\b"
    r"|\band\s+(?:its|his|her|their|the|a)\s+(?:\w+\s+)?(?:adventures?|journey|trip|dream|wish|birthday|party)\b",
    re.IGNORECASE,
)
"""Words of storytellers, which name nobody."""
SKY = ("cloud", "sun")
"""What has a face, but is seldom whom a story is about."""
USUAL = 4
"""Pictures in a story where no number is stated."""
MOST = 12
"""Most pictures in a story."""
BEDTIME = re.compile(r"\b(?:bedtime|good\s*night|sleepy|before\s+bed|lullaby)\b", re.IGNORECASE)
APART = re.compile(r"\b(?:comic|picture\s+book)\b", re.IGNORECASE)
"""Stories in which every picture is drawn from nothing."""
PAIRED = 0.6
"""How often something happens in two pictures, where there are two left."""


def asked(wish: Wish) -> bool:
    """Whether a story is asked for."""
    return STORY.search(wish.text) is not None


def story(wish: Wish, said: Premise | None = None) -> tuple[Draft, ...]:
    """A story in as many pictures as are stated.

    Args:
        wish: the request.
        said: who is in it, where it plays, and how it ends, as it was heard; left out: as the request's words say.

    Raises:
        CannotPlan: it names nobody, or is to be longer than stories here can be.
        LanguageError: those in it are not in the vocabulary.
    """
    cast, setting = _cast(wish) if said is None else cast_of(said, wish.text)
    count = wish.low or min(wish.high or USUAL, max(USUAL, len(cast) + 2))
    if count > MOST:
        raise CannotPlan(f"a story of {count} pictures is too long", f"ask for 1 to {MOST} pictures")
    tale = begun(cast, setting, wish.text)
    wished = [beats for beats, words in WISHED.items() if re.search(rf"\b(?:{words})", wish.text, re.IGNORECASE)]
    endings: list[Beat] = [good_night] if BEDTIME.search(wish.text) else []
    if said is not None and said.ending:
        endings.insert(0, _stated(said.ending))
    told = _told(tale, count, wished, endings)
    if wish.separate or APART.search(wish.text):
        return tuple(_apart(told))
    return tuple(Draft(turn.operations, turn.told, name=turn.name) for turn in told)


def begun(cast: tuple[Member, ...], setting: str | None, text: str) -> Tale:
    """A tale in which nothing has happened yet; what will, hangs on the words of the request."""
    seed = sha256(text.casefold().encode("utf-8", "surrogatepass")).digest()
    return Tale(cast, setting or cast[0].home, Scene(), Random(int.from_bytes(seed[:8], "big")))


def cast_of(said: Premise, text: str) -> tuple[tuple[Member, ...], str | None]:
    """Those whom a request was heard to name, the living first."""
    if not said.cast:
        raise CannotPlan("the story is about nobody that can be drawn", 'name them: "a story about a cat and a boat"')
    kinds = [added.thing for added, _ in said.cast]
    cast = [Member(added, parts, _word(added.thing, text), kinds.count(added.thing) > 1) for added, parts in said.cast]
    return tuple(sorted(cast, key=lambda member: not member.alive or member.thing in SKY)), said.setting


def _cast(wish: Wish) -> tuple[tuple[Member, ...], str | None]:
    """Those the story is about, and where it plays if the request says so."""
    match = ABOUT.search(wish.text)
    who = _named(wish.spoken(match["who"])) if match else ""
    if not things_in(who) and things_in(wish.text):
        who = _named(wish.spoken(wish.text))
    said = parse(who).operations if who else ()
    added = [one for one in said if isinstance(one, Add) and not one.label]
    if not added:
        raise CannotPlan("the story is about nobody that can be drawn", 'name them: "a story about a cat and a boat"')
    kinds = [one.thing for one in added]
    cast = tuple(
        Member(
            replace(one, relation=None, place=None, parts=None),
            tuple(other for other in said if isinstance(other, Recolour) and other.target.thing == one.thing),
            alike=kinds.count(one.thing) > 1,
            word=_word(one.thing, who),
        )
        for one in added
    )
    settings = [one.backdrop for one in said if isinstance(one, Background)]
    living = sorted(cast, key=lambda member: not member.alive)
    return tuple(living), settings[-1] if settings else None


def _named(text: str) -> str:
    """What is said of those in the story."""
    plain = ENCOUNTER.sub(" and ", ORNAMENT.sub(" ", text))
    return re.sub(r"\s+", " ", plain).strip(" .?!,;:")


def _word(thing: str, who: str) -> str:
    """The word that the request has for a thing: a ball is a circle here, and still told of as a ball."""
    words = (word for word in words_for_things() if re.search(rf"\b{re.escape(word)}\b", who, re.IGNORECASE))
    return next((word for word in words if thing in things_in(word)), thing)


def _told(tale: Tale, count: int, wished: Sequence[tuple[Beat, ...]], endings: Sequence[Beat]) -> tuple[Turn, ...]:
    """The beginning, the meetings, what happens - what is wished for first - and the end.

    Raises:
        CannotPlan: there is no room in the picture for all of them.
    """
    together = max(1, len(tale.cast) - max(0, count - 2))
    if count - 2 - len(tale.cast) + together == 1 and len(tale.cast) > together and tale.random.random() < PAIRED:
        # They know each other from the start, so that there is room for trouble and its end.
        together += 1
    told: list[Turn] = []
    for beats in ([_opening(together)], *([_meeting(index)] for index in range(together, len(tale.cast)))):
        if (outcome := played(tale, beats)) is None:
            raise CannotPlan("there is no room in the picture for all of them", "name fewer or smaller things")
        tale, turns = outcome
        told += turns
    used: set[tuple[Beat, ...]] = set()
    while len(told) < count - 1:
        tale, turns = _something(tale, count - 1 - len(told), wished, used)
        told += turns
    if count > 1:
        ways = (*endings, happy_end, sunset)
        told += next(outcome[1] for ending in ways if (outcome := played(tale, [ending])) is not None)
    return tuple(told)


def _something(
    tale: Tale, left: int, wished: Sequence[tuple[Beat, ...]], used: set[tuple[Beat, ...]]
) -> tuple[Tale, tuple[Turn, ...]]:
    """The next thing that happens, in at most that many pictures: nothing twice, as long as there is anything new."""
    pairs: list[tuple[Beat, ...]] = list(tale.random.sample(PAIRS, len(PAIRS)))
    singles: list[tuple[Beat, ...]] = [(beat,) for beat in tale.random.sample(SINGLE, len(SINGLE))]
    two = left > 1 and tale.random.random() < PAIRED
    first = [beats for beats in wished if len(beats) <= left]
    choice = [*pairs, *singles] if two else [*singles, *pairs] if left > 1 else singles
    for beats in (*(one for one in (*first, *choice) if one not in used), *singles, (_goes_on,)):
        if (outcome := played(tale, beats)) is not None:
            used.add(beats)
            return outcome
    raise CannotPlan("there is no room in the picture for all of them", "name fewer or smaller things")


# ------------------------------------------------------------------------------------------- fixed turns


def _opening(together: int) -> Beat:
    def beat(tale: Tale) -> Turn:
        there = tale.cast[:together]
        alone = together == 1 and len(tale.cast) > 1
        added = [replace(member.added, place="left" if alone else None) for member in there]
        told = once(tale, there)
        parts = [one for member in there for one in member.parts]
        return Turn((*added, *parts, Background(tale.home)), told, "Once upon a time")

    return beat


def once(tale: Tale, there: Sequence[Member]) -> str:
    """How a story begins."""
    were = "were" if len(there) > 1 or there[0].many else "was"
    places = in_setting(tale.home) if tale.home in vocabulary.SETTING_NAMES else f"under a {tale.home} sky"
    return f"Once upon a time there {were} {enumerated([member.introduced for member in there])} {places}."


def _meeting(index: int) -> Beat:
    def beat(tale: Tale) -> Turn:
        other, before = tale.cast[index], tale.cast[index - 1]
        how = tale.random.choice(("One day", "Then", "A little later", "Soon after"))
        met = "met" if other.alive else "found"
        beside = Relation("next to", before.who)
        told = f"{how} {tale.hero.named} {met} {other.introduced}."
        return Turn(
            (replace(other.added, relation=beside), *other.parts), told, "A meeting" if other.alive else "A find"
        )

    return beat


def _goes_on(tale: Tale) -> Turn:
    """What always can be drawn: the hero moves, or moves in another way."""
    action = next(one for one in tale.hero.moves if one != tale.acting(tale.hero))
    return Turn((Act(tale.hero.who, action),), f"And {tale.hero.named} {TOLD[action]}.", "And so on")


def _stated(operations: Sequence[Operation]) -> Beat:
    """The end that the request tells."""

    def beat(tale: Tale) -> Turn | None:
        there = [one for one in operations if hasattr(one, "target") and tale.shows(one.target.thing)]
        acts = [one for one in there if isinstance(one, Act)]
        for found in (there, acts):
            turn = Turn(tuple(found), f"{instruction(found, fresh=False)} The end.", "The end") if found else None
            if turn is not None and tale.after(turn) is not None:
                return turn
        return None

    return beat


def happy_end(tale: Tale) -> Turn | None:
    """They are happy ever after."""
    if tale.has("heart"):
        return None
    hero = tale.hero
    were = "were" if hero.many else "was"
    friends = "they were friends for ever" if len(tale.cast) > 1 else f"{hero.named} {were} happy ever after"
    above = Relation("above", replace(hero.who, every=False))
    happy = tuple(Act(member.who, "smile") for member in tale.there if member.alive and tale.acting(member) != "smile")
    return Turn((Add("heart", 1, "red", "tiny", relation=above), *happy), f"And {friends}. The end.", "The end")


def sunset(tale: Tale) -> Turn:
    """The day ends."""
    colour = "orange" if tale.scene.background != "orange" else "pink"
    return Turn((Background(colour),), f"Then the day ended, and the sky turned {colour}. The end.", "The end")


def good_night(tale: Tale) -> Turn | None:
    """Everybody falls asleep."""
    sleepers = [member for member in tale.there if member.alive]
    if not sleepers:
        return None
    night = () if tale.scene.background == "night" else (Background("night"),)
    asleep = tuple(Act(member.who, "sleep") for member in sleepers)
    who = enumerated([member.named for member in sleepers])
    return Turn((*night, *asleep), f"It grew late, and {who} fell fast asleep. Good night!", "Good night")


# ------------------------------------------------------------------------------------------- pictures apart


def _apart(told: Sequence[Turn]) -> Iterator[Draft]:
    """Each picture drawn from nothing, with everybody as they look by then."""
    scene = Scene()
    for turn in told:
        scene = apply_all(scene, turn.operations)
        yield Draft(_anew(scene), turn.told, fresh=True, name=turn.name)


def _anew(scene: Scene) -> tuple[Operation, ...]:
    """What draws such a picture: everything in it by its looks, in its place if there is room."""
    behind: tuple[Operation, ...] = (Background(scene.background),)
    added = [replace(like(item), action=item.action, turn=item.turn) for item in scene.items]
    placed = [replace(one, place=place_of(item.x, item.y)) for one, item in zip(added, scene.items, strict=True)]
    try:
        apply_all(Scene(), (*placed, *behind))
    except LayoutError:
        return (*added, *behind)
    return (*placed, *behind)
