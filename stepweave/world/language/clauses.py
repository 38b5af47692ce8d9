"""Reads clauses, one for each verb: what is to be done, to what, and what it shall become."""

from __future__ import annotations

from dataclasses import replace

from stepweave.world.language.becoming import BOTH, read_change
from stepweave.world.language.cursor import Cursor
from stepweave.world.language.errors import NotUnderstood
from stepweave.world.language.handling import read_held
from stepweave.world.language.lists import read_into, read_items, read_targets
from stepweave.world.language.nouns import noun
from stepweave.world.language.places import where
from stepweave.world.language.qualifiers import read_backdrop
from stepweave.world.language.syntax import Change, Clause, Noun
from stepweave.world.language.verbs import VERBS, read_add
from stepweave.world.scene import sharper

SEPARATORS = ("comma", "and", "stop", "then")
ADVERBS = {"surely": "missing", "complete": "extra", "alone": "extra", "untouched": "damaged", "steady": "drift"}
"""Words that insist on the whole act, and the aspect they insist on."""


def clauses(at: Cursor) -> tuple[Clause, ...]:
    """Read everything.

    Raises:
        NotUnderstood: a clause, or the rest of one, is built in no known way.
    """
    found: list[Clause] = []
    _separated(at)
    opens = True
    while not at.ended:
        start = at.position
        if found and (insisted := _adverbs(at)) and (at.ended or at.sees(*SEPARATORS)):
            found = [replace(one, precise=sharper(one.precise, *insisted)) for one in found]
            opens = _separated(at)
            continue
        at.position = start
        clause = _clause(at)
        if clause is None or not (at.ended or at.sees(*SEPARATORS)):
            raise NotUnderstood(at.rest_of_sentence(start))
        text = at.text(start, at.position)
        found.extend(replace(one, text=text, opens=opens and one is clause[0]) for one in clause)
        opens = _separated(at)
    return tuple(found)


def _separated(at: Cursor) -> bool:
    """Read over what separates clauses; whether a new sentence begins."""
    stop = False
    while at.sees(*SEPARATORS):
        stop |= at.sees("stop")
        at.position += 1
    return stop


def _clause(at: Cursor) -> tuple[Clause, ...] | None:
    start = at.position
    behind = read_backdrop(at, noun)
    if behind is not None:
        at.skip("comma")
        scene = Clause("add", (behind,))
        if at.ended or at.sees(*SEPARATORS):
            return (scene,)
        found = _act(at)
        if found is not None:
            return (scene, *found)
    at.position = start
    return _act(at)


def _act(at: Cursor) -> tuple[Clause, ...] | None:
    _picture_where(at)
    insisted = _adverbs(at)
    verb = at.peek("verb")
    start = at.position
    must = at.sees("must") or ("missing" in insisted and (verb is None or _is_there(at)))
    found = None
    if verb is not None:
        at.take("verb")
        insisted |= _adverbs(at)
        found = VERBS[verb](at)
    if found is None:
        at.position = start
        found = _plain(at)
    if found is not None and not (at.ended or at.sees(*SEPARATORS)):
        found = (*found, *_behind_it(at))
    insisted |= _behind(at)
    if found is None:
        return None
    must = must or any(one.must for one in found)
    tails = _tails(at) if found else ()
    return tuple(
        replace(one, precise=sharper(one.precise, *insisted, *tails), must=must + len(tails) if must else 0)
        for one in found
    )


def _picture_where(at: Cursor) -> None:
    """Read over "draw a picture in which"."""
    start = at.position
    if at.peek("verb") == "add":
        at.take("verb")
    at.skip("indefinite", "definite")
    if not (at.take("picture") and at.take("where")):
        at.position = start


def _is_there(at: Cursor) -> bool:
    return at.text(at.position, at.position + 1).startswith("there ")


def _behind(at: Cursor) -> frozenset[str]:
    """Read the words behind a clause that insist on it."""
    start = at.position
    at.take("comma")
    behind = _adverbs(at)
    at.position = at.position if behind else start
    return behind


def _adverbs(at: Cursor) -> frozenset[str]:
    found: set[str] = set()
    while at.sees(*ADVERBS):
        found.update(aspect for word, aspect in ADVERBS.items() if at.sees(word))
        at.position += 1
    return frozenset(found)


def _tails(at: Cursor) -> tuple[str, ...]:
    """Read "and no other colour": what excludes everything else."""
    start = at.position
    at.take("comma")
    tail = at.take("tail")
    if tail is None:
        at.position = start
        return ()
    return (tail,)


# --------------------------------------------------------------------------------------- without a verb in front


def _plain(at: Cursor) -> tuple[Clause, ...] | None:
    """Read a clause that begins with no verb: "a red house", "the roof is red", "the cat sleeps"."""
    start = at.position
    if (aspect := at.take("reminder")) is not None:
        return (Clause("remind", (), precise=(aspect,), must=1),)
    if at.text(at.position, at.position + 1) == BOTH and at.sees("acting", "pose", ahead=1):
        change = read_change(at)
        return (Clause("change", (Noun("them", definite=True, every=True),), change=change),) if change else None
    for read in (_reminder, _having, _being, _doing, read_held, _agent):
        at.position = start
        if (found := read(at)) is not None:
            return found
    at.position = start
    return read_add(at)


def _reminder(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "the tree must really be there", "the tree must be gone"."""
    subject = noun(at)
    aspect = at.take("reminder") if subject is not None else None
    if subject is None or aspect not in ("missing", "gone"):
        return None
    return (Clause("remind", (subject,), precise=(aspect,), must=1),)


def _being(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "the roof is red", "the cat and the dog are happy", "a cat is sleeping", "it is night"."""
    start = at.position
    subjects = read_targets(at)
    if len(subjects) < 2:
        at.position = start
        subject = noun(at)
        subjects = (subject,) if subject is not None else ()
    if not subjects:
        return None
    subject = subjects[0]
    must = at.sees("must")
    if at.sees("be", ahead=1):
        at.take("to")
    if not at.take("be") and not (subject.definite and at.sees("comparative")):
        return None
    if subject.head == "it" and (weather := at.take("weather")) is not None:
        return (Clause("add", (Noun("background", weather),), must=int(must)),)
    change = read_change(at)
    if change is None:
        return None
    said = _said_of(subject, change) if len(subjects) == 1 else None
    if said is not None:
        return (Clause("add", (said,)),)
    return (Clause("change", subjects, change=change, must=int(must)),)


def _behind_it(at: Cursor) -> tuple[Clause, ...]:
    """Read "in the snow" or "to the beach" behind what something does, which says where all of it plays."""
    start = at.position
    behind = read_backdrop(at, noun)
    if behind is None and at.take("to"):
        behind = noun(at)
    if behind is None or behind.head != "background" or not (behind.name or behind.colour):
        at.position = start
        return ()
    return (Clause("add", (behind,)),)


def _doing(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "the cat and the dog sleep", "a cat sleeps on the box", "the cat runs to the house"."""
    subjects = read_targets(at)
    if at.sees("acts", ahead=1):
        at.take("to")
    must = at.take("modal") is not None
    insisted = ["pose"] if at.skip("precise") else []
    action = at.take("acts") if subjects else None
    if action is None or at.sees("definite"):
        return None
    at.take("acting")
    place = where(at, noun) or read_into(at)
    insisted += ["place"] if place and place.precise else []
    change = Change(action=action, where=place, precise=sharper((), *insisted))
    if len(subjects) == 1 and (said := _said_of(subjects[0], change)) is not None:
        return (Clause("add", (said,)),)
    return (Clause("change", subjects, change=change, must=int(must and place is None)),)


def _having(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "it has a blue tail", "the robot has no arms"."""
    subject = noun(at, described=False)
    if subject is None or not subject.definite:
        return None
    at.take("modal")
    if at.text(at.position, at.position + 1) not in ("has", "have"):
        return None
    at.position += 1
    lacking = at.take("none") is not None
    items = read_items(at)
    return (Clause("remove" if lacking else "give", items, to=subject),) if items else None


def _agent(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "the robot arm puts the block on the table": what is done, whoever does it."""
    subject = noun(at, described=False)
    verb = at.peek("verb")
    if subject is None or not subject.definite or verb is None:
        return None
    if not at.text(at.position, at.position + 1).endswith("s"):
        return None
    at.take("verb")
    return VERBS[verb](at)


def _said_of(subject: Noun, change: Change) -> Noun | None:
    """A thing that is not there yet, with what is said of it."""
    if subject.head != "thing" or subject.definite or change.into or change.having:
        return None
    if (subject.colour and change.colour) or (subject.where and change.where) or (subject.size and change.size):
        return None
    return replace(
        subject,
        colour=subject.colour or change.colour,
        size=subject.size or change.size,
        where=subject.where or change.where,
        action=change.action if subject.action is None else subject.action,
        turn=(subject.turn + change.turn) % 360,
        mirrored=subject.mirrored != change.flip,
        precise=sharper(subject.precise, *change.precise),
    )
