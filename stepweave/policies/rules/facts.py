"""What the vocabulary knows about its things, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from stepweave.policies.rules.gist.tally import drawn, is_many
from stepweave.world import things, vocabulary
from stepweave.world.language.deeds import base
from stepweave.world.language.naming import NUMBERS
from stepweave.world.language.wording import article, enumerated, in_setting
from stepweave.world.things import Thing
from stepweave.world.things.actions import EXPRESSIONS, MOVEMENTS, actions


def named(names: Iterable[str]) -> str:
    """Names in a row."""
    return enumerated(list(names))


def parts(thing: Thing) -> str:
    """What it is made of."""
    if thing.name in vocabulary.SHAPES:
        return f"{_a(thing)} is a plain shape of one part."
    return f"{_a(thing)} has these parts, in drawing order: {named(thing.names)}."


def colours(thing: Thing) -> str:
    """Which colours it has, unless others are named."""
    if thing.name in vocabulary.SHAPES:
        return f"{_a(thing)} is {thing.colour} unless another colour is named."
    said = [f"its {name} {'are' if is_many(name) else 'is'} {_colour(thing, name)}" for name in thing.names]
    main = f"a colour named for the {thing.name} goes to its {thing.main}"
    return f"Unless other colours are named, {named(said)}; {main}."


def number(thing: Thing, part: str) -> str:
    """How many there are of a part, as it is drawn here."""
    if not is_many(part):
        return f"{_a(thing)} has one {part}."
    many = drawn(thing.name, part)
    return f"{_a(thing)} has {NUMBERS[many]} {part}, as it is drawn here." if many > 1 else f"{_a(thing)} has {part}."


def abilities(thing: Thing) -> str:
    """What it can do."""
    holds = " It can hold other things, such as a cup." if thing.grip is not None else ""
    return f"{_a(thing)} can {named(map(base, actions(thing)))}.{holds}"


def about(thing: Thing) -> str:
    """Everything about it."""
    stands = "It stands on the ground." if thing.stands else "It does not stand on the ground."
    return " ".join((parts(thing), colours(thing), abilities(thing), stands))


def deeds() -> str:
    """Which things can do what."""
    faces = [thing.name for thing in vocabulary.DRAWABLE.values() if thing.face is not None]
    own = [thing for thing in vocabulary.DRAWABLE.values() if thing.own_actions]
    special = [f"the {thing.name} can {named(base(action.name) for action in thing.own_actions)}" for thing in own]
    grips = [thing.name for thing in vocabulary.DRAWABLE.values() if thing.grip is not None]
    return (
        f"Everything can {named(map(base, MOVEMENTS))}. "
        f"What has a face can also {named(map(base, EXPRESSIONS))}: {named(faces)}. "
        f"Beside that, {named(special)}. These can hold other things: {named(grips)}."
    )


KINDS: dict[str, tuple[Thing, ...]] = {
    "animals": (
        *(one for one in things.LIVING if one.name != "person"),
        *things.ANIMALS,
        *things.BIRDS,
        *things.SMALL_ANIMALS,
    ),
    "birds": things.BIRDS,
    "vehicles": (vocabulary.THINGS["boat"], vocabulary.THINGS["car"], *things.VEHICLES, *things.AIRCRAFT),
    "food": things.FOOD,
    "things of the house": things.HOUSEHOLD,
}
"""Things by what they are."""


def kind(name: str) -> str:
    """All things of a kind."""
    return f"The {name} are {named(one.name for one in KINDS[name])}."


def settings() -> str:
    """Where pictures can play."""
    places = named(in_setting(name) for name in vocabulary.SETTING_NAMES)
    return f"Pictures can play {places}, or before a plain colour."


def _a(thing: Thing) -> str:
    return article(thing.name).capitalize()


def _colour(thing: Thing, part: str) -> str:
    return thing.part(part).colour or thing.colour
