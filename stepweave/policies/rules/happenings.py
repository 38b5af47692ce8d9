"""What may happen in a story: single pictures, and pairs in which trouble comes and goes."""

from __future__ import annotations

from stepweave.policies.rules.tales import GARDEN, VEHICLES, Beat, Member, Tale, Turn
from stepweave.world import vocabulary
from stepweave.world.language.wording import at_place, in_setting
from stepweave.world.scene import (
    Act,
    Add,
    Background,
    Move,
    Operation,
    Recolour,
    Reference,
    Relation,
    Remove,
    Replace,
    Resize,
)
from stepweave.world.scene import Turn as Turning

TOLD = {"run": "ran about", "jump": "jumped for joy", "dance": "danced", "fly": "flew about"}
ABROAD = (GARDEN, "beach", "snow", "street")
"""Where one may travel."""
CLIMBED = (
    *("table", "chair", "box", "block", "house", "car", "bus", "truck", "train", "boat", "mountain", "tree"),
    *("elephant", "bear", "book", "gift", "square", "rectangle", "palm tree", "turtle"),
)
"""What one can get on top of."""
SMALL = 0.3
"""Share of the holder's extent up to which something can be carried."""


def _mood(member: Member | None, action: str) -> tuple[Operation, ...]:
    """Somebody with a face shows a feeling; nobody else does."""
    return (Act(member.who, action),) if member is not None and member.alive else ()


# ------------------------------------------------------------------------------------------ single pictures


def moves(tale: Tale) -> Turn | None:
    """The hero is glad and moves about."""
    action = next((one for one in tale.random.sample(tale.hero.moves, 3) if one != tale.acting(tale.hero)), "")
    told = f"{tale.hero.begins} {TOLD[action]}." if action else ""
    return Turn((Act(tale.hero.who, action),), told, "Full of joy") if action else None


def sings(tale: Tale) -> Turn | None:
    """The hero sings, and a friend dances to it."""
    hero, friend = tale.hero, tale.friend
    if not hero.can("sing") or tale.acting(hero) == "sing":
        return None
    if friend is None:
        return Turn((Act(hero.who, "sing"),), f"{hero.begins} sang a song.", "A song")
    told = f"{hero.begins} sang a song, and {friend.named} danced to it."
    return Turn((Act(hero.who, "sing"), Act(friend.who, "dance")), told, "Song and dance")


def wonders(tale: Tale) -> Turn | None:
    """The hero thinks about something."""
    if not tale.hero.can("think") or tale.acting(tale.hero) == "think":
        return None
    about = f"about {tale.friend.named}" if tale.friend else "for a long time"
    return Turn((Act(tale.hero.who, "think"),), f"{tale.hero.begins} thought {about}.", "A thought")


def travels(tale: Tale) -> Turn | None:
    """Everybody goes somewhere else."""
    if any(member.home == "sea" for member in tale.there) or tale.scene.background not in (tale.home, *ABROAD):
        return None
    place = tale.random.choice([one for one in ABROAD if one != tale.scene.background])
    who = "They" if len(tale.there) > 1 or tale.hero.many else tale.hero.begins
    how = "drove" if tale.hero.thing in VEHICLES else "went"
    operations: tuple[Operation, ...] = (Background(place),)
    return Turn(operations, f"{who} {how} on a journey and spent a day {in_setting(place)}.", "A journey")


def climbs(tale: Tale) -> Turn | None:
    """The hero gets on top of the other."""
    hero, friend = tale.hero, tale.friend
    if friend is None or friend.many or friend.thing not in CLIMBED or hero.many or not hero.alive:
        return None
    told = f"{hero.begins} climbed on {friend.named} and looked around."
    return Turn((Move(hero.who, relation=Relation("on", friend.who)),), told, "Up high")


def carries(tale: Tale) -> Turn | None:
    """Who can hold things takes the other in its hand."""
    hero, friend = tale.hero, tale.friend
    if friend is None or hero.many or friend.many or vocabulary.DRAWABLE[hero.thing].grip is None:
        return None
    if vocabulary.DRAWABLE[friend.thing].extent > SMALL and friend.alive:
        return None
    told = f"{hero.begins} picked up {friend.named}."
    return Turn((Move(friend.who, relation=Relation("held by", hero.who)),), told, "In good hands")


def walks(tale: Tale) -> Turn | None:
    """The hero goes to another side of the picture."""
    place = "right" if tale.where(tale.hero)[0] < 0.5 else "left"
    told = f"{tale.hero.begins} went for a walk and stopped {at_place(place)}."
    return Turn((Move(tale.hero.who, place),), told, "A walk")


def sun_comes_out(tale: Tale) -> Turn | None:
    """The sun shines."""
    if tale.has("sun", "moon", "star") or tale.scene.background in ("night", "sea", "kitchen", "workbench"):
        return None
    place = tale.random.choice(("top left", "top right"))
    told = "The sun came out, and it was a warm day."
    return Turn((Add("sun", size="small", place=place), *_mood(tale.hero, "smile")), told, "Sunshine")


def flowers_grow(tale: Tale) -> Turn | None:
    """Flowers come out of the ground."""
    if tale.has("flower") or tale.scene.background not in (GARDEN, "beach"):
        return None
    colour, count = tale.random.choice(("red", "yellow", "purple", "pink")), tale.random.choice((2, 3))
    place = tale.random.choice(("bottom left", "bottom", "bottom right"))
    flowers = Add("flower", count, colour, "tiny", place)
    return Turn((flowers,), f"All at once {colour} flowers grew from the ground.", "Flowers")


def tree_is_found(tale: Tale) -> Turn | None:
    """There is a tree."""
    if tale.has("tree") or tale.scene.background not in (GARDEN, "snow"):
        return None
    place = tale.random.choice(("right", "bottom right", "left"))
    return Turn((Add("tree", size="small", place=place),), f"{tale.hero.begins} came to a tree.", "The tree")


def grows(tale: Tale) -> Turn | None:
    """By magic, the hero becomes another size."""
    size, how = tale.random.choice((("bigger", "bigger than ever before"), ("smaller", "smaller and smaller")))
    return Turn((Resize(tale.hero.who, size),), f"By magic, {tale.hero.named} became {how}.", "Magic")


def changes_colour(tale: Tale) -> Turn | None:
    """The last one in the story has another colour, to the hero's surprise."""
    other = tale.friend or tale.hero
    if other.alike:
        return None
    used = {member.added.colour or vocabulary.DRAWABLE[member.thing].colour for member in tale.cast}
    colours = [one for one in sorted(vocabulary.COLOURS) if one not in used | {"white", "black", "grey"}]
    colour = tale.random.choice(colours)
    surprised = _mood(tale.hero, "gasp") if other is not tale.hero else ()
    told = f"One morning {other.named} had turned {colour}!"
    return Turn((Recolour(other.who, colour), *surprised), told, "A surprise")


def falls_in_love(tale: Tale) -> Turn | None:
    """The hero takes a liking to the other."""
    if tale.friend is None or not tale.hero.can("love") or tale.acting(tale.hero) == "love":
        return None
    told = f"{tale.hero.begins} liked {tale.friend.named} more and more."
    return Turn((Act(tale.hero.who, "love"),), told, "Friendship")


# ------------------------------------------------------------------------------------------ trouble, and its end


def is_lost(tale: Tale) -> Turn | None:
    """The other is gone, and the hero cries."""
    friend = tale.friend
    if friend is None or friend.alike or not tale.hero.alive or friend.thing == tale.hero.thing:
        return None
    gone = "were" if friend.many else "was"
    told = f"But one day {friend.named} {gone} gone, and {tale.hero.named} cried."
    return Turn((Remove(friend.who), Act(tale.hero.who, "cry")), told, "Gone")


def is_found(tale: Tale) -> Turn | None:
    """It is back where it was."""
    missing = [member for member in tale.cast[1:] if not tale.shows(member.thing)]
    if not missing:
        return None
    back = missing[-1]
    beside = Relation("next to", tale.hero.who)
    there = Add(back.thing, back.added.count, back.added.colour, back.added.size, relation=beside)
    told = f"{tale.hero.begins} looked everywhere and found {back.named} at last."
    return Turn((there, *back.parts, Act(tale.hero.who, "smile")), told, "Found")


def hides(tale: Tale) -> Turn | None:
    """The hero hides behind the other."""
    hero, friend = tale.hero, tale.friend
    if friend is None or hero.many or friend.many or not hero.alive:
        return None
    told = f"They played hide-and-seek, and {hero.named} hid behind {friend.named}."
    return Turn((Move(hero.who, relation=Relation("behind", friend.who)),), told, "Hide-and-seek")


def is_seen(tale: Tale) -> Turn | None:
    """The hero comes out again."""
    friend = tale.friend
    assert friend is not None
    side = tale.random.choice(("left of", "right of"))
    told = f'"There you are!" {tale.hero.begins} came out again and laughed.'
    return Turn((Move(tale.hero.who, relation=Relation(side, friend.who)), Act(tale.hero.who, "smile")), told, "Found")


def clouds_come(tale: Tale) -> Turn | None:
    """The weather turns bad."""
    if tale.has("cloud", "rainbow", "sun") or tale.scene.background not in ABROAD:
        return None
    place = tale.random.choice(("top left", "top right"))
    dark = Add("cloud", 1, "grey", "small", place)
    return Turn((dark, *_mood(tale.hero, "scowl")), "Then a dark cloud came, and it rained.", "Bad weather")


def rainbow_comes(tale: Tale) -> Turn | None:
    """And good again."""
    rainbow = Replace(Reference("cloud"), Add("rainbow"))
    return Turn((rainbow, *_mood(tale.hero, "smile")), "The rain stopped, and there was a rainbow.", "The rainbow")


def tumbles(tale: Tale) -> Turn | None:
    """The other falls over."""
    friend = tale.friend
    if friend is None or friend.many or not vocabulary.DRAWABLE[friend.thing].stands:
        return None
    told = f"Oh no! {friend.begins} fell over and stood on its head."
    return Turn((Turning(friend.who, 180), *_mood(tale.hero, "gasp")), told, "Upside down")


def stands_up(tale: Tale) -> Turn | None:
    """And is helped up."""
    friend = tale.friend
    assert friend is not None
    told = f"{tale.hero.begins} helped {friend.named} up again."
    return Turn((Turning(friend.who, 180), *_mood(tale.hero, "smile")), told, "Up again")


def night_falls(tale: Tale) -> Turn | None:
    """Night, and the hero sleeps."""
    if not tale.hero.alive or tale.scene.background == "night" or tale.has("sun", "star", "moon"):
        return None
    moon = Add("moon", size="small", place=tale.random.choice(("top left", "top right")))
    told = f"Night fell, the moon came up, and {tale.hero.named} slept."
    return Turn((Background("night"), moon, Act(tale.hero.who, "sleep")), told, "Night")


def morning_comes(tale: Tale) -> Turn | None:
    """And wakes up."""
    home = tale.home if tale.home != "night" else GARDEN
    dawn = (Background(home), Replace(Reference("moon"), Add("sun")), Act(tale.hero.who, None))
    return Turn(dawn, f"In the morning the sun rose, and {tale.hero.named} woke up.", "Morning")


def gift_arrives(tale: Tale) -> Turn | None:
    """A parcel for the hero."""
    if tale.has("gift", "cake") or tale.hero.many:
        return None
    side = tale.random.choice(("left of", "right of"))
    gift = Add("gift", size="small", relation=Relation(side, tale.hero.who))
    told = f"A gift arrived. What might be in it? {tale.hero.begins} could not wait."
    return Turn((gift, *_mood(tale.hero, "think")), told, "A gift")


def gift_is_opened(tale: Tale) -> Turn | None:
    """It is a cake."""
    told = "It was a cake, and everybody had a piece." if len(tale.there) > 1 else "It was a cake. What a treat!"
    return Turn((Replace(Reference("gift"), Add("cake")), *_mood(tale.hero, "smile")), told, "A treat")


SINGLE: tuple[Beat, ...] = (
    moves,
    sings,
    wonders,
    travels,
    climbs,
    carries,
    walks,
    sun_comes_out,
    flowers_grow,
    tree_is_found,
    grows,
    changes_colour,
    falls_in_love,
)
"""What may happen in one picture."""

PAIRS: tuple[tuple[Beat, Beat], ...] = (
    (is_lost, is_found),
    (hides, is_seen),
    (clouds_come, rainbow_comes),
    (tumbles, stands_up),
    (night_falls, morning_comes),
    (gift_arrives, gift_is_opened),
)
"""What takes two: something happens, and turns out well."""

WISHED: dict[tuple[Beat, ...], str] = {
    (is_lost, is_found): "los(?:t|es?|ing)|search|looks? for|sad|miss(?:es|ing)",
    (hides, is_seen): "hid(?:es?|ing|den)|seek",
    (clouds_come, rainbow_comes): "rain(?!bow)|weather|storm",
    (tumbles, stands_up): "falls? over|tumbl|clumsy",
    (night_falls, morning_comes): "next (?:day|morning)|wakes? up|dream",
    (gift_arrives, gift_is_opened): "birthday|present|christmas|party",
    (travels,): "journey|travel|trip|holiday|adventure",
    (sings,): "sing|song|music",
    (moves,): "danc|happy",
    (changes_colour,): "colou?r|surpris",
    (grows,): "grow|magic",
    (falls_in_love,): "love|friend",
}
"""What may happen, and the words of a request that wish for it."""
