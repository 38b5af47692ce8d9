"""What words point at: references and the items of a scene that they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from math import log

from stepweave.world.render import colour_of
from stepweave.world.scene import Item, Reference, Scene
from stepweave.world.vocabulary import ANYTHING, DRAWABLE, PLACES, SIZES, TEXT, TEXT_COLOUR


class LayoutError(Exception):
    """An operation cannot be applied to a scene; the scene is as it was."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason = reason
        self.remedy = remedy


class NothingThere(LayoutError):
    """What the words point at is not in the picture."""

    def __init__(self, reference: Reference, there: tuple[str, ...]) -> None:
        found = ", ".join(there) or "nothing yet"
        super().__init__(f"there is no {described(reference)} in the picture", f"in the picture: {found}")
        self.reference = reference
        self.there = there


class OnlyOne(LayoutError):
    """Something is to lie between two things, and there is only one."""

    def __init__(self, thing: str) -> None:
        super().__init__(f"there is only one {thing} to be between", "name a second thing, or add another one first")
        self.thing = thing


class NoRoom(LayoutError):
    """There is no room for it where it is wanted."""

    def __init__(self, thing: str, where: str, remedy: str) -> None:
        super().__init__(f"there is no room for {thing} {where}", remedy)
        self.thing = thing
        self.where = where


class UnknownPart(LayoutError):
    """The thing has no part of that name, or it is not drawn."""

    def __init__(self, part: str, thing: str, known: tuple[str, ...]) -> None:
        super().__init__(f"a {thing} has no {part}", f"parts of this {thing}: {', '.join(known) or 'none'}")
        self.part = part
        self.thing = thing
        self.known = known


class CannotDo(LayoutError):
    """The thing cannot do that."""

    def __init__(self, thing: str, action: str, remedy: str) -> None:
        super().__init__(f"{thing} cannot {action}", remedy)
        self.thing = thing
        self.action = action


Choice = Callable[[Item], bool]


def find(scene: Scene, reference: Reference) -> tuple[Item, ...]:
    """The items that a reference means: all that fit if it says so, otherwise the one drawn last.

    A size or a place that no candidate has exactly is taken as a comparison between several ("the small circle" is
    the smallest one, "the house on the left" the leftmost).

    Raises:
        NothingThere: none fits; it names what is in the picture.
    """
    found = [item for item in scene.items if _named(item, reference)]
    if reference.size:
        found = _narrowed(found, lambda item: size_of(item) == reference.size, _by_size(reference.size))
    if reference.place:
        found = _placed(found, reference.place)
    if not found:
        raise NothingThere(reference, tuple(inventory(scene)))
    return tuple(found) if reference.every else (found[-1],)


def inventory(scene: Scene) -> Iterable[str]:
    """What is in a picture, in words: "red circle", "2 yellow stars"."""
    counts = Counter(name_of(item) for item in scene.items)
    return [f"{count} {name}s" if count > 1 else name for name, count in counts.items()]


def name_of(item: Item) -> str:
    """A thing and its colour, in words."""
    return f'the words "{item.label}"' if item.thing == TEXT else f"{main_colour(item)} {item.thing}"


def main_colour(item: Item) -> str:
    """The colour word of an item's main part."""
    return item.colour or TEXT_COLOUR if item.thing == TEXT else colour_of(item, DRAWABLE[item.thing].main)


def size_of(item: Item) -> str:
    """The size word nearest to an item's extent."""
    return min(SIZES, key=lambda name: abs(log(SIZES[name] / item.extent)))


def place_of(x: float, y: float) -> str:
    """The name of the ninth of the picture in which a point lies."""
    column, row = (min(2, max(0, int(value * 3))) for value in (x, y))
    return tuple(PLACES)[row * 3 + column]


def described(reference: Reference) -> str:
    """A reference in words."""
    label = f'"{reference.label}"' if reference.label else ""
    place = f"at the {reference.place}" if reference.place else ""
    action = f"(action: {reference.action})" if reference.action else ""
    words = (reference.size, reference.colour, reference.thing or "thing", label, action, place)
    return " ".join(word for word in words if word)


def _named(item: Item, reference: Reference) -> bool:
    return (
        reference.thing in (ANYTHING, item.thing)
        and reference.colour in (None, main_colour(item))
        and reference.action in (None, item.action)
        and reference.label.casefold() in item.label.casefold()
    )


def _by_size(size: str) -> Callable[[Item], float]:
    return lambda item: item.extent if size in ("tiny", "small") else -item.extent


def _narrowed(found: list[Item], fits: Choice, order: Callable[[Item], float]) -> list[Item]:
    """Those that fit; if none does, the foremost of several in that order."""
    exact = [item for item in found if fits(item)]
    if exact or len(found) < 2:
        return exact
    first = min(order(item) for item in found)
    return [item for item in found if order(item) == first]


def _placed(found: list[Item], place: str) -> list[Item]:
    """Those in that ninth; else those in that row or column; else the one of several that lies nearest to it."""
    if exact := [item for item in found if place_of(item.x, item.y) == place]:
        return exact
    x, y = PLACES[place]

    def beside(item: Item) -> bool:
        return place in place_of(item.x, item.y).split()

    return _narrowed(found, beside, lambda item: (item.x - x) ** 2 + (item.y - y) ** 2)
