"""How people say what they want, in several ways each: operations of the embedded world in ordinary English.

A wording is drawn from templates of its own, not from the language that reads it (``phrase``): what is measured with
these requests is also whether they are understood.
"""

from __future__ import annotations

from random import Random

from stepweave.world.language.lexicon import plural
from stepweave.world.scene import (
    Act,
    Add,
    Background,
    Duplicate,
    Move,
    Operation,
    Recolour,
    Reference,
    Relation,
    Remove,
    Replace,
    Resize,
    Turn,
)
from stepweave.world.vocabulary import BACKGROUNDS

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

PLACES: dict[str, tuple[str, ...]] = {
    "top left": ("in the top left corner", "at the top left", "in the upper left corner"),
    "top": ("at the top", "at the top of the picture"),
    "top right": ("in the top right corner", "at the top right", "in the upper right corner"),
    "left": ("on the left", "on the left side", "at the left"),
    "middle": ("in the middle", "in the centre", "in the middle of the picture"),
    "right": ("on the right", "on the right side", "at the right"),
    "bottom left": ("in the bottom left corner", "at the bottom left", "in the lower left corner"),
    "bottom": ("at the bottom", "at the bottom of the picture"),
    "bottom right": ("in the bottom right corner", "at the bottom right", "in the lower right corner"),
}

TO_PLACES: dict[str, tuple[str, ...]] = {
    "top left": ("to the top left", "into the top left corner"),
    "top": ("to the top",),
    "top right": ("to the top right", "into the top right corner"),
    "left": ("to the left side", "to the left side of the picture"),
    "middle": ("to the middle", "to the centre"),
    "right": ("to the right side", "to the right side of the picture"),
    "bottom left": ("to the bottom left", "into the bottom left corner"),
    "bottom": ("to the bottom",),
    "bottom right": ("to the bottom right", "into the bottom right corner"),
}

RELATIONS: dict[str, tuple[str, ...]] = {
    "left of": ("to the left of {}", "left of {}", "on the left of {}"),
    "right of": ("to the right of {}", "right of {}", "on the right of {}"),
    "above": ("above {}", "over {}"),
    "below": ("below {}", "under {}", "underneath {}"),
    "on": ("on top of {}", "on {}"),
    "inside": ("inside {}", "in {}"),
    "next to": ("next to {}", "beside {}", "near {}"),
    "behind": ("behind {}",),
    "in front of": ("in front of {}",),
}

ADD = ("add {}", "draw {}", "put in {}", "please add {}", "I'd like {}")
PUT = ("put {} {}", "add {} {}", "draw {} {}", "place {} {}")
RECOLOUR = ("paint {} {}", "make {} {}", "colour {} {}", "change the colour of {} to {}", "turn {} {}")
GROW = ("make {} bigger", "enlarge {}", "make {} larger")
SHRINK = ("make {} smaller", "shrink {}")
RESIZE = ("make {} {}",)
MOVE = ("move {} {}", "shift {} {}", "bring {} {}")
REMOVE = ("remove {}", "take away {}", "delete {}", "erase {}", "get rid of {}")
REPLACE = ("replace {} with {}", "swap {} for {}", "exchange {} for {}")
COPY = ("duplicate {}", "copy {}", "make a copy of {}")
BACKGROUND = ("make the background {}", "change the background to {}", "paint the background {}")
SETTINGS: dict[str, tuple[str, ...]] = {
    "garden": ("in a garden", "in the garden"),
    "beach": ("on a beach", "at the beach"),
    "night": ("at night",),
    "snow": ("in the snow",),
    "sea": ("at sea", "on the sea"),
    "kitchen": ("in a kitchen", "in the kitchen"),
    "street": ("on a street", "in a street"),
    "workbench": ("on a workbench",),
}
SETTING = ("make the background {}", "turn the background into {}", "make it {}")
NAMED_SETTINGS: dict[str, str] = {"night": "night", "snow": "snow", "sea": "the sea"}
"""Settings that take no "a" before them."""
ACTS = ("make {} {}", "let {} {}", "have {} {}")
TURNS: dict[int, tuple[str, ...]] = {
    90: ("rotate {} by 90 degrees", "turn {} on its side"),
    180: ("turn {} upside down", "rotate {} by 180 degrees"),
    270: ("rotate {} by 270 degrees",),
}
FLIP = ("flip {}", "mirror {}", "flip {} left to right")
DOING: dict[str, str] = {
    "sleep": "sleeping",
    "smile": "smiling",
    "cry": "crying",
    "scowl": "scowling",
    "sing": "singing",
    "run": "running",
    "jump": "jumping",
    "dance": "dancing",
    "fly": "flying",
    "think": "thinking",
}
"""Actions as they stand before a noun."""


def worded(operation: Operation, random: Random) -> str:
    """An operation in the words of somebody, without a full stop."""
    match operation:
        case Add():
            return _added(operation, random)
        case Move():
            return random.choice(MOVE).format(the(operation.target), _where(operation, random, TO_PLACES))
        case Recolour(part=part):
            what = the(operation.target) if part is None else f"the {part} of {the(operation.target)}"
            return random.choice(RECOLOUR).format(what, operation.colour)
        case Resize(size=size):
            templates = {"bigger": GROW, "smaller": SHRINK}.get(size, RESIZE)
            return random.choice(templates).format(the(operation.target), size)
        case Remove():
            return random.choice(REMOVE).format(the(operation.target))
        case Replace(new=new):
            return random.choice(REPLACE).format(the(operation.target), noun(new))
        case Duplicate():
            words = random.choice(COPY).format(the(operation.target))
            where = _where(operation, random, PLACES)
            return f"{words} and put it {where}" if where else words
        case Turn(flip=True):
            return random.choice(FLIP).format(the(operation.target))
        case Turn(degrees=degrees):
            return random.choice(TURNS[degrees]).format(the(operation.target))
        case Act(action=action):
            return random.choice(ACTS).format(the(operation.target), action)
        case Background(backdrop=backdrop):
            if backdrop in BACKGROUNDS:
                return random.choice(BACKGROUND).format(backdrop)
            if random.random() < 1 / 3:
                return f"set the scene {random.choice(SETTINGS[backdrop])}"
            return random.choice(SETTING).format(NAMED_SETTINGS.get(backdrop) or article(backdrop))
    raise ValueError(f"there are no words for {operation}")


def scene(things: tuple[Add, ...], backdrop: str | None, random: Random) -> str:
    """A whole picture in one sentence."""
    parts = [" ".join(filter(None, (noun(one), _where(one, random, PLACES)))) for one in things]
    words = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    if backdrop is None:
        return words
    behind = f"on {article(backdrop)} background" if backdrop in BACKGROUNDS else random.choice(SETTINGS[backdrop])
    return f"{words}, {behind}"


def _added(operation: Add, random: Random) -> str:
    where = _where(operation, random, PLACES)
    return random.choice(PUT).format(noun(operation), where) if where else random.choice(ADD).format(noun(operation))


def _where(operation: Add | Move | Duplicate, random: Random, places: dict[str, tuple[str, ...]]) -> str:
    if operation.relation is not None:
        return _related(operation.relation, random)
    return random.choice(places[operation.place]) if operation.place else ""


def _related(relation: Relation, random: Random) -> str:
    if relation.kind == "between":
        assert relation.other is not None
        return f"between {the(relation.to)} and {the(relation.other)}"
    return random.choice(RELATIONS[relation.kind]).format(the(relation.to))


def noun(new: Add) -> str:
    """What is new, with its looks: "three small red stars", "a sleeping cat"."""
    words = [new.size or "", new.colour or "", DOING.get(new.action or "", ""), new.thing]
    if new.count > 1:
        return " ".join(filter(None, (NUMBERS[new.count], *words[:-1], plural(new.thing))))
    return article(" ".join(filter(None, words)))


def the(target: Reference) -> str:
    """What is pointed at: "the small red cat", "all stars"."""
    words = " ".join(filter(None, (target.size, target.colour)))
    thing = plural(target.thing) if target.every else target.thing
    return " ".join(filter(None, ("the", words, thing)))


def article(words: str) -> str:
    """Words with "a" or "an" before them."""
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
