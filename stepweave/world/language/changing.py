"""Says what is changed: colours, sizes, places, poses, and what is taken away or replaced."""

from __future__ import annotations

from dataclasses import replace

from stepweave.world import vocabulary
from stepweave.world.language.adding import add, add_part, count, made, paint_background, placed, with_it
from stepweave.world.language.deeds import REST
from stepweave.world.language.errors import Incomplete, NotPossible, quoted
from stepweave.world.language.references import Mention
from stepweave.world.language.saying import Saying, only, reference
from stepweave.world.language.syntax import Change, Noun, Where
from stepweave.world.scene import (
    Act,
    Background,
    Move,
    Recolour,
    Reference,
    Remove,
    Replace,
    Resize,
    Turn,
    sharper,
)


def remove(saying: Saying, noun: Noun) -> None:
    """Take a thing, a part or the backdrop away."""
    if noun.head == "background" or saying.is_backdrop(noun):
        saying.say(Background(vocabulary.BACKGROUND))
    elif noun.head == "part":
        target, part = saying.named.whole(noun, noun.owner)
        saying.say(Remove(target, part))
    else:
        mention = saying.named.mentioned(noun)
        saying.say(Remove(mention.reference, mention.part))


def replaced(saying: Saying, old: Noun, new: Noun | None) -> None:
    """Put something else in the place of what is there."""
    if new is not None and new.head == "one" and old.head == "thing":
        new = replace(new, head="thing", name=old.name)
    if new is not None and new.head == "background" and (old.head == "background" or saying.is_backdrop(old)):
        return paint_background(saying, new)
    if new is None or new.head not in ("thing", "text"):
        remedy = 'say it: "replace the tree with a house"'
        raise Incomplete(f"it is not said what replaces {quoted(old.text)}", remedy)
    if old.head == "part":
        raise NotPossible(f"{quoted(old.text)} is a part and cannot be replaced", "colour it or remove it")
    mention = saying.named.mentioned(old)
    if mention.part is not None:
        raise NotPossible(f"the {mention.part} is a part and cannot be replaced", "colour it or remove it")
    target = mention.reference
    if target.every and new.plural and new.count in (None, old.count):
        new = replace(new, plural=False, count=None)
    if count(new) > 1:
        saying.say(Remove(target))
        return add(saying, replace(new, where=new.where or old.where))
    fresh, recolours = made(new)
    saying.say(Replace(target, replace(fresh, precise=()), only(fresh.precise, "colour", "size", "pose")))
    there = replace(reference(fresh), every=target.every)
    saying.said.extend(replace(one, target=there) for one in recolours)
    if new.where is not None:
        _move(saying, there, new.where, new)
    with_it(saying, new, there)
    return None


def change(saying: Saying, noun: Noun, become: Change) -> None:
    """Change what a noun means."""
    if noun.head in ("colour", "size"):
        owner = noun.owner or Noun("it", definite=True)
        change(saying, replace(owner, text=noun.text), become)
    elif become.into is not None and become.into.head == "background":
        if noun.head not in ("background", "picture") and not saying.is_backdrop(noun) and noun.head != "it":
            raise NotPossible(f"{quoted(noun.text)} cannot become a place", "change the background to it")
        precise = sharper(become.into.precise, *only(become.precise, "colour", "place"))
        insisted = ("colour",) * min(len(precise), 1)
        paint_background(saying, replace(become.into, precise=insisted))
    elif saying.is_backdrop(noun) and become.colour is None and (thing := saying.named.thing_before()) is not None:
        saying.named.name(Mention(thing))
        change(saying, noun, become)
    elif noun.head == "background" or (noun.head == "picture" and become.colour) or saying.is_backdrop(noun):
        _repaint(saying, noun, become)
    elif become.into is not None:
        replaced(saying, noun, become.into)
    elif noun.head == "part":
        _change_part(saying, *saying.named.whole(noun, noun.owner), become)
    else:
        _change_thing(saying, noun, become)


def _repaint(saying: Saying, noun: Noun, become: Change) -> None:
    if become.colour is None:
        raise Incomplete("no colour is named for the background", 'name one: "make the background blue"')
    if noun.name:
        raise NotPossible(f"a {noun.name} has its own colours here", 'colour a plain one: "make the background blue"')
    saying.say(Background(become.colour, only(become.precise, "colour")))


def _change_part(saying: Saying, target: Reference, part: str, become: Change) -> None:
    if become.size or become.where or become.having or become.action or become.turn or become.flip:
        raise NotPossible(
            f"the {part} of a {target.thing} does nothing by itself", "move, turn, resize or change the whole thing"
        )
    if become.colour:
        saying.say(Recolour(target, become.colour, part, only(become.precise, "colour")))


def _change_thing(saying: Saying, noun: Noun, become: Change) -> None:
    mention = saying.named.mentioned(noun)
    if mention.part and become.colour:
        return _change_part(saying, mention.reference, mention.part, replace(become, size=None, where=None))
    target = mention.reference
    if become.colour:
        saying.say(Recolour(target, become.colour, None, only(become.precise, "colour")))
        target = replace(target, colour=become.colour if target.colour else None)
    if become.size:
        saying.say(Resize(target, become.size, only(become.precise, "size")))
        target = replace(target, size=None)
    for part in become.having:
        add_part(saying, replace(part, owner=Noun("it", definite=True)))
    return _pose_and_place(saying, target, noun, become)


def _pose_and_place(saying: Saying, target: Reference, noun: Noun, become: Change) -> None:
    insisted = only(become.precise, "pose")
    if become.turn % 360:
        saying.say(Turn(target, become.turn % 360, precise=insisted))
    if become.flip:
        saying.say(Turn(target, flip=True, precise=insisted))
    posed = become.turn or become.flip or become.action
    if become.where is not None or not (become.colour or become.size or become.having or posed):
        if become.where is None and noun.backdrop is not None:
            return
        target = _move(saying, target, become.where, noun)
    if become.action:
        saying.say(Act(target, None if become.action == REST else become.action, insisted))


def _move(saying: Saying, target: Reference, where: Where | None, noun: Noun) -> Reference:
    """Move it, and say how it is pointed at from then on."""
    place, relation = placed(saying, where)
    if place is None and relation is None:
        remedy = 'say it: "to the top left", "left of the house", "onto the box"'
        raise Incomplete(f"it is not said where {quoted(noun.text)} goes", remedy)
    saying.say(Move(target, place, relation, ("place",) if where and where.precise else ()))
    return replace(target, place=place if target.place else None)
