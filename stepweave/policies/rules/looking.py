"""Answers questions about a picture that a request describes: it is laid out, and looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stepweave.policies.rules.gist import heard, nouns_and_marks, things
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.world import vocabulary
from stepweave.world.finding import place_of
from stepweave.world.language.wording import at_place, enumerated
from stepweave.world.layout import LayoutError, apply_all
from stepweave.world.measure import bounds, related
from stepweave.world.scene import Add, Item, Move, Operation, Reference, Relation, Scene

ROW = re.compile(
    r"\b(?:in\s+a\s+)?(?:row|line|queue|side\s+by\s+side|next\s+to\s+each\s+other)\b|\bfrom\s+left\s+to\s+right\b",
    re.IGNORECASE,
)
EITHER = re.compile(r"\b(?P<one>left|right|above|below|under|over|bigger|smaller|larger)\b.*?\bor\b", re.IGNORECASE)
ORDINAL = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
OPPOSITE = {"left of": "right of", "right of": "left of", "above": "below", "below": "above"}
SIDES = {"left": "left of", "right": "right of", "top": "above", "bottom": "below"}
ASIDE = 0.02
"""How far apart two middles must be for one to be left of, or above, the other."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A picture as it is looked at: its things, and what was said of where they are."""

    scene: Scene
    said: tuple[tuple[int, str, int], ...] = ()
    """Relations by the ids of the two things."""

    @property
    def items(self) -> tuple[Item, ...]:
        """The things in it."""
        return self.scene.items

    def name(self, item: Item) -> str:
        """The name of a thing, with its colour where there are others of its kind."""
        alike = sum(1 for other in self.items if other.thing == item.thing) > 1
        if item.thing == vocabulary.TEXT:
            return f'the words "{item.label}"'
        return f"the {_shade(item)} {item.thing}" if alike else f"the {item.thing}"

    def named(self, noun: Noun) -> list[Item]:
        """The things that a noun means."""
        return [
            item for item in self.items if item.thing == noun.name and (not noun.colour or _shade(item) == noun.colour)
        ]

    def holds(self, item: Item, kind: str, other: Item) -> bool:
        """Whether one thing is in a relation to another: as it was said, or as it can be seen."""
        if (item.id, kind, other.id) in self.said:
            return True
        if kind in ("behind", "in front of"):
            back = {"behind": "in front of", "in front of": "behind"}[kind]
            return (other.id, back, item.id) in self.said
        if kind in ("on", "inside", "held by"):
            return kind == "held by" and item.held_by == other.id
        if kind in OPPOSITE:
            along = item.x - other.x if kind.endswith("of") else item.y - other.y
            return along < -ASIDE if kind in ("left of", "above") else along > ASIDE
        return related(kind, bounds(item), bounds(other))


def seen(told: str, asked: str) -> str:
    """The answer to a question about the picture that is told of; empty if the question is not understood.

    Raises:
        LanguageError: what is told of the picture is not understood.
    """
    found = nouns_and_marks(asked)
    sight = _sight(told)
    if sight is None or not sight.items:
        return ""
    for way in (_colour, _between, _either, _whether, _where, _related, _extreme, _whose_place):
        if answer := way(sight, found, asked.lower()):
            return f"{answer[:1].upper()}{answer[1:]}."
    return ""


def _sight(told: str) -> Sight | None:
    """The picture that is told of, laid out."""
    plain = ROW.sub(" ", told).strip(" ,.")
    operations = tuple(one for step in heard(plain) for one in step.operations)
    if ROW.search(told):
        operations = _in_row(operations)
    for tried in (operations, _tiny(operations)):
        try:
            return _laid_out(tried)
        except LayoutError:
            continue
    return None


def _laid_out(operations: Sequence[Operation]) -> Sight:
    scene = Scene()
    said: list[tuple[int, str, int]] = []
    for operation in operations:
        before = {item.id for item in scene.items}
        scene = apply_all(scene, (operation,))
        relation = operation.relation if isinstance(operation, Add | Move) else None
        if relation is not None:
            new = [item for item in scene.items if item.id not in before]
            about = new or _meant(scene, operation.target) if isinstance(operation, Move) else new
            said += [(item.id, relation.kind, other.id) for item in about for other in _meant(scene, relation.to)]
    return Sight(scene, tuple(said))


def _meant(scene: Scene, reference: Reference) -> list[Item]:
    found = [one for one in scene.items if one.thing == reference.thing]
    coloured = [one for one in found if reference.colour in (None, _shade(one))]
    return coloured if reference.every else coloured[-1:]


def _in_row(operations: Sequence[Operation]) -> tuple[Operation, ...]:
    """Things without a place of their own, one right of the other in the order in which they are named."""
    found: list[Operation] = []
    last: Add | None = None
    for one in operations:
        if isinstance(one, Add) and one.relation is None and one.place is None and one.count == 1:
            if last is not None:
                one = replace(one, relation=Relation("right of", Reference(last.thing, colour=last.colour)))
            last = one
        found.append(one)
    return _tiny(found)


def _tiny(operations: Sequence[Operation]) -> tuple[Operation, ...]:
    return tuple(replace(one, size="tiny") if isinstance(one, Add) and not one.size else one for one in operations)


# ----------------------------------------------------------------------------------------------- ways of asking


def _marks(found: Sequence[Piece], *kinds: str) -> list[Mark]:
    return [one for one in found if isinstance(one, Mark) and one.kind in kinds]


def _asks_who(asked: str) -> bool:
    return re.match(r"(?:and\s+)?(?:who|what|which)\b", asked) is not None


def _colour(sight: Sight, found: Sequence[Piece], asked: str) -> str:
    """What colour is the cat?"""
    if not re.search(r"\b(?:what|which)\s+colou?r\b", asked):
        return ""
    ones = [item for noun in things(found) for item in sight.named(noun)]
    return enumerated([f"{sight.name(one)} is {_shade(one)}" for one in ones]) if ones else ""


def _between(sight: Sight, found: Sequence[Piece], asked: str) -> str:
    """Who is between the two?"""
    if not (_asks_who(asked) and any(mark.value == "between" for mark in _marks(found, "relation", "dangling"))):
        return ""
    ends = [item for noun in things(found) for item in sight.named(noun)][-2:]
    others = [item for item in sight.items if item not in ends]
    if len(ends) == 2:
        others = [one for one in others if related("between", bounds(one), bounds(ends[0]), bounds(ends[1]))] or others
    return f"{sight.name(_middle(others or sight.items))} is between them" if others else ""


def _either(sight: Sight, found: Sequence[Piece], asked: str) -> str:
    """Is the tree left or right of the cat?"""
    match = EITHER.search(asked)
    items = [item for noun in things(found) for item in sight.named(noun)[-1:]]
    if match is None or len(items) != 2:
        return ""
    one, other = items
    word = {"under": "below", "over": "above", "larger": "bigger"}.get(match["one"], match["one"])
    if word in ("bigger", "smaller"):
        how = "bigger than" if one.extent > other.extent else "smaller than"
        return f"{sight.name(one)} is {how} {sight.name(other)}"
    kind = {"left": "left of", "right": "right of"}.get(word, word)
    kind = kind if sight.holds(one, kind, other) else OPPOSITE[kind]
    return f"{sight.name(one)} is {kind} {sight.name(other)}"


def _whether(sight: Sight, found: Sequence[Piece], asked: str) -> str:
    """Is the cat on the table?"""
    if not re.match(r"(?:is|are|does|do|has|have)\b", asked):
        return ""
    items = [item for noun in things(found) for item in sight.named(noun)[-1:]]
    kinds = [mark.value for mark in _marks(found, "relation")]
    kinds += ["held by"] if _marks(found, "holding") or re.search(r"\bholds?\b", asked) else []
    if len(items) == 2 and kinds:
        one, other = items[::-1] if kinds[-1] == "held by" and " by " not in asked else items
        yes = sight.holds(one, kinds[-1], other)
        return f"{'yes' if yes else 'no'}, {sight.name(one)} is {'' if yes else 'not '}{kinds[-1]} {sight.name(other)}"
    places = [mark.value for mark in _marks(found, "place")]
    if len(items) == 1 and places:
        yes = _at(sight, places[-1]) == items[0]
        return f"{'yes' if yes else 'no'}, {sight.name(items[0])} is {'' if yes else 'not '}{at_place(places[-1])}"
    return ""


def _where(sight: Sight, found: Sequence[Piece], asked: str) -> str:
    """Where is the cat?"""
    if not re.match(r"where\b", asked):
        return ""
    for noun in things(found):
        for item in sight.named(noun):
            for one, kind, other in sight.said:
                if one == item.id:
                    to = next(each for each in sight.items if each.id == other)
                    return f"{sight.name(item)} is {kind} {sight.name(to)}"
            return f"{sight.name(item)} is {at_place(place_of(item.x, item.y))}"
    return ""


def _related(sight: Sight, found: Sequence[Piece], asked: str) -> str:
    """What is on the table? Who holds the key?"""
    others = [item for noun in things(found) for item in sight.named(noun)]
    if _asks_who(asked) and not others:
        for mark in _marks(found, "dangling"):
            for one in sight.items:
                if (to := next((to for to in sight.items if sight.holds(one, mark.value, to)), None)) is not None:
                    return f"{sight.name(one)} is {mark.value} {sight.name(to)}"
    if not _asks_who(asked) or not others:
        return ""
    other = others[-1]
    if re.search(r"\b(?:hold|carry|grip)", asked):
        kept = [item for item in sight.items if sight.holds(item, "held by", other)]
        if kept:
            return f"{sight.name(other)} holds {enumerated([sight.name(one) for one in kept])}"
        return next(
            (f"{sight.name(one)} holds {sight.name(other)}" for one in sight.items if other.held_by == one.id), ""
        )
    for mark in _marks(found, "relation"):
        ones = [item for item in sight.items if item is not other and sight.holds(item, mark.value, other)]
        if ones:
            verb = "are" if len(ones) > 1 else "is"
            return f"{enumerated([sight.name(one) for one in ones])} {verb} {mark.value} {sight.name(other)}"
    return ""


def _extreme(sight: Sight, found: Sequence[Piece], asked: str) -> str:
    """Which is the biggest? Who comes first?"""
    del found
    if re.search(r"\b(?:biggest|largest|tallest|smallest|tiniest|littlest)\b", asked):
        small = re.search(r"\b(?:smallest|tiniest|littlest)\b", asked)
        one = sorted(sight.items, key=lambda item: item.extent)[0 if small else -1]
        return f"{sight.name(one)} is the {'smallest' if small else 'biggest'}"
    for word, at in ORDINAL.items():
        if re.search(rf"\b{word}\b", asked) and len(sight.items) > at:
            return f"{sight.name(sorted(sight.items, key=lambda item: item.x)[at])} comes {word}"
    return ""


def _whose_place(sight: Sight, found: Sequence[Piece], asked: str) -> str:
    """Who is in the middle?"""
    words = {"leftmost": "left", "rightmost": "right", "topmost": "top", "centre": "middle", "center": "middle"}
    places = [mark.value for mark in _marks(found, "place")]
    places += [place for word, place in words.items() if re.search(rf"\b{word}\b", asked)]
    places += [kind.removesuffix(" of") for kind in ("left of", "right of") if f"the {kind[:-3]}" in asked]
    if not (_asks_who(asked) and places):
        return ""
    found_there = _at(sight, places[0])
    return f"{sight.name(found_there)} is {at_place(places[0])}" if found_there else ""


def _at(sight: Sight, place: str) -> Item | None:
    """What is furthest in that direction, or in the middle of all."""
    items = list(sight.items)
    if place == "middle":
        return _middle(items)
    return min(items, key=lambda item: _far(item, place))


def _far(item: Item, place: str) -> float:
    across = -item.x if "right" in place else item.x if "left" in place else 0.0
    down = -item.y if "bottom" in place else item.y if "top" in place else 0.0
    return across + down


def _middle(items: Sequence[Item]) -> Item:
    """The one that has as many on one side as on the other."""
    wide = max(one.x for one in items) - min(one.x for one in items)
    high = max(one.y for one in items) - min(one.y for one in items)
    ordered = sorted(items, key=lambda item: item.x if wide >= high else item.y)
    return ordered[len(ordered) // 2]


def _shade(item: Item) -> str:
    """The colour in which a thing is drawn."""
    return item.colour or (vocabulary.DRAWABLE[item.thing].colour if item.thing in vocabulary.DRAWABLE else "black")
