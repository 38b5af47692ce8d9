"""Says what is added: things with all that is said about them, parts, written words, and what is behind everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stepweave.world import vocabulary
from stepweave.world.language.deeds import REST
from stepweave.world.language.errors import Incomplete, LabelTooLong, NotPossible, TooMany, quoted
from stepweave.world.language.references import Mention, part_name
from stepweave.world.language.saying import Saying, only
from stepweave.world.language.syntax import Noun, Where
from stepweave.world.scene import Add, AddPart, Background, Duplicate, Move, Recolour, Reference, Relation, sharper

UNSAID = 3
"""How many things a bare plural means ("stars at the top")."""
PAIRED = frozenset({"eyes", "ears", "arms", "legs", "shoes", "wings", "tusks"})
"""Parts that come in twos, so that "two eyes" says nothing new."""
HELD = "held by"
BEFORE_ALL = frozenset({"on", "inside", "in front of"})
"""Relations to the background that say nothing; what is "next to it" is beside the thing named before."""


def add_all(saying: Saying, nouns: Sequence[Noun]) -> None:
    """Add what the nouns name, one after the other; parts of the same new thing together."""
    while nouns:
        together = 1
        if nouns[0].head == "part" and is_new(nouns[0].owner):
            together = sum(1 for one in nouns if one.head == "part" and one.owner is nouns[0].owner)
            _add_parts_of_new(saying, nouns[:together])
        else:
            add(saying, nouns[0])
        nouns = nouns[together:]


def add(saying: Saying, noun: Noun) -> None:
    """Add what one noun names."""
    match noun.head:
        case "thing" | "text" | "one":
            _add_thing(saying, noun)
        case "part":
            add_part(saying, noun)
        case "copy":
            _add_copies(saying, noun)
        case "background":
            paint_background(saying, noun)
        case "picture" if noun.colour:
            paint_background(saying, noun)
        case _:
            raise Incomplete(f"it is not said what {quoted(noun.text)} is", "name the thing to draw")


def paint_background(saying: Saying, noun: Noun) -> None:
    """Give the picture a backdrop, and add what is said to be before it."""
    if noun.where is not None and noun.where.place is not None:
        raise NotPossible("a background is everywhere", "leave its place out")
    if noun.name and (noun.colour or noun.backdrop):
        raise NotPossible(
            f"a {noun.name} has its own colours and its own sky here", "name the setting or a colour only"
        )
    if not noun.name and noun.colour is None:
        raise Incomplete("no colour is named for the background", 'name one: "a blue background", "in a garden"')
    saying.say(Background(noun.name or noun.colour or "", only(noun.precise, "colour")))
    if noun.where is not None and is_new(noun.where.to):
        placed(saying, noun.where)
    for companion in noun.having:
        add(saying, companion)


def _add_thing(saying: Saying, noun: Noun, parts: tuple[str, ...] | None = None) -> None:
    thing = saying.named.thing(noun)
    place, relation = placed(saying, noun.where)
    new, recolours = made(replace(noun, name=thing), parts)
    if noun.piled:
        return _pile(saying, replace(new, place=place, relation=relation))
    saying.say(replace(new, place=place, relation=relation))
    added = saying.added()
    saying.said.extend(replace(one, target=added) for one in recolours)
    return with_it(saying, noun, added)


def _pile(saying: Saying, new: Add) -> None:
    """Put one on the other, as many as there are."""
    for at in range(new.count):
        below = Relation("on", Reference(new.thing))
        saying.say(replace(new, count=1) if at == 0 else replace(new, count=1, place=None, relation=below))


def with_it(saying: Saying, noun: Noun, added: Reference) -> None:
    """Add what comes along with a thing, and what it holds."""
    for companion in noun.having:
        if companion.head != "part":
            add(saying, companion)
            saying.named.name(Mention(added))
    for held in noun.holding:
        hold(saying, held, added)
        saying.named.name(Mention(added))


def hold(saying: Saying, noun: Noun, holder: Reference) -> None:
    """Put something, which may be there already, into a holder's grip."""
    relation = Relation(HELD, holder)
    if noun.definite or noun.head in ("it", "them"):
        saying.say(Move(saying.named.reference(noun), None, relation))
    elif noun.head not in ("thing", "text", "one") or noun.where is not None:
        raise NotPossible(f"{quoted(noun.text)} cannot be held and be there", "say what is held, without a place")
    else:
        thing = saying.named.thing(noun)
        new, recolours = made(replace(noun, name=thing))
        saying.say(replace(new, relation=relation))
        added = saying.added()
        saying.said.extend(replace(one, target=added) for one in recolours)


def made(noun: Noun, parts: tuple[str, ...] | None = None) -> tuple[Add, list[Recolour]]:
    """A thing to be added as the noun describes it, without a place, and the colours of its parts."""
    if noun.every:
        raise Incomplete(f"it is not said how many {quoted(noun.text)} means", "say a number")
    if noun.head == "text" and not noun.label:
        raise Incomplete("it is not said what to write", 'put the words in quotes: write "Hello" at the bottom')
    if len(noun.label) > vocabulary.LONGEST_LABEL:
        raise LabelTooLong(len(noun.label), vocabulary.LONGEST_LABEL)
    thing = vocabulary.TEXT if noun.head == "text" else noun.name
    lacking = {part_name(thing, one.name) for one in noun.lacking}
    if lacking:
        parts = tuple(name for name in parts or vocabulary.DRAWABLE[thing].names if name not in lacking)
    colour, recolours = _having(noun, thing)
    action = None if noun.action == REST else noun.action
    new = Add(
        thing,
        count(noun),
        colour,
        noun.size,
        None,
        None,
        parts,
        noun.label,
        action,
        noun.turn,
        noun.mirrored,
        noun.precise if noun.action != REST else tuple(aspect for aspect in noun.precise if aspect != "pose"),
    )
    return new, recolours


def _having(noun: Noun, thing: str) -> tuple[str | None, list[Recolour]]:
    """Its colour, and the colours of parts that it is said to have."""
    colour, recolours = noun.colour, []
    for one in noun.having:
        if one.head != "part":
            continue
        part = part_name(thing, one.name)
        _check_part(thing, part, one)
        if one.colour and part == vocabulary.DRAWABLE[thing].main and colour is None:
            colour = one.colour
        elif one.colour:
            recolours.append(Recolour(Reference(thing), one.colour, part, only(one.precise, "colour")))
    return colour, recolours


def _add_parts_of_new(saying: Saying, parts: Sequence[Noun]) -> None:
    """Add "the walls and the roof of a house": the thing with these parts only."""
    owner = parts[0].owner
    assert owner is not None
    thing = saying.named.thing(owner)
    named = {part_name(thing, part.name): part for part in parts}
    main = named.get(vocabulary.DRAWABLE[thing].main)
    places = [one.where for one in (owner, *parts) if one.where is not None]
    if len(places) > 1 or any(part.size for part in parts):
        raise NotPossible(f"the parts of a {thing} have their own sizes and places", "say where the whole thing is")
    place = places[0] if places else None
    having = owner.having + tuple(part for part in parts if part is not main and part.colour)
    colour = owner.colour or (main.colour if main else None)
    insisted = [aspect for part in parts for aspect in part.precise if aspect != "colour"]
    precise = sharper(owner.precise, *insisted, *(main.precise if main else ()))
    whole = replace(owner, colour=colour, where=place, having=having, precise=precise)
    if owner.colour and main and main.colour and main.colour != owner.colour:
        raise NotPossible("a thing has one colour here", "name one colour, and colour its parts apart")
    _add_thing(saying, whole, tuple(name for name in vocabulary.DRAWABLE[thing].names if name in named))


def add_part(saying: Saying, noun: Noun) -> None:
    """Add a part to what is there."""
    owner = noun.owner
    if owner is None and noun.where is not None and noun.where.to is not None:
        owner = noun.where.to if noun.where.to.head != "part" else noun.where.to.owner
    target, part = saying.named.whole(noun, owner)
    _check_part(target.thing, part, noun)
    if noun.where and (noun.where.place or noun.owner):
        raise NotPossible(f"the {part} of a {target.thing} has its own place", "leave the place of the part out")
    saying.say(AddPart(part, target, noun.colour, only(noun.precise, "colour")))


def _check_part(thing: str, part: str, noun: Noun) -> None:
    if noun.size or noun.action or noun.turn or noun.mirrored:
        raise NotPossible(
            f"the size of the {part} cannot be chosen, and they do nothing by themselves",
            "say only the colour of a part",
        )
    expected = 2 if part in PAIRED else 1
    if noun.count not in (None, expected):
        raise NotPossible(f"the number of {part} of a {thing} cannot be chosen", f'say "{part}" without a number')


def _add_copies(saying: Saying, noun: Noun) -> None:
    """Add "two copies of the star"."""
    owner, where = noun.owner or Noun("it", definite=True), noun.where
    if where is None and owner.where is not None:
        owner, where = replace(owner, where=None), owner.where
    copy(saying, owner, count(noun), where, only(noun.precise, "count", "place"))


def copy(saying: Saying, noun: Noun, number: int, where: Where | None = None, precise: tuple[str, ...] = ()) -> None:
    """Add more that look as what is there."""
    if not 1 <= number <= vocabulary.MOST:
        raise TooMany(number, vocabulary.MOST)
    place, relation = placed(saying, where)
    saying.say(Duplicate(saying.named.reference(noun), number, place, relation, precise))


def placed(saying: Saying, where: Where | None) -> tuple[str | None, Relation | None]:
    """A place, or a relation to a thing; a thing that is not there yet ("next to a boat") is added first."""
    if where is None or where.to is None or where.relation is None:
        return (where.place if where else None), None
    if saying.is_backdrop(where.to):
        thing = None if where.relation in BEFORE_ALL else saying.named.thing_before()
        return None, Relation(where.relation, thing) if thing is not None else None
    to = there(saying, where.to)
    if where.relation != "between":
        return None, Relation(where.relation, to)
    if where.other is not None:
        return None, Relation(where.relation, to, there(saying, where.other))
    meant = saying.named.several() if where.to.head == "them" else ()
    if len(meant) > 1:
        return None, Relation(where.relation, meant[0].reference, meant[1].reference)
    return None, Relation(where.relation, to)


def there(saying: Saying, noun: Noun) -> Reference:
    """What a noun means; what is not there yet is added."""
    if is_new(noun):
        add(saying, noun)
        return saying.named.last(noun).reference
    return saying.named.reference(noun)


def is_new(noun: Noun | None) -> bool:
    """Whether a noun names something that is not there yet."""
    return noun is not None and noun.head == "thing" and not noun.definite


def count(noun: Noun) -> int:
    """How many a noun means.

    Raises:
        TooMany: more than can be drawn at once.
    """
    number = noun.count if noun.count is not None else UNSAID if noun.plural and noun.head != "one" else 1
    if not 1 <= number <= vocabulary.MOST:
        raise TooMany(number, vocabulary.MOST)
    return number
