"""What hands do on the way: they grasp what they put somewhere, and keep what they poured from."""

from __future__ import annotations

from stepweave.policies.rules.gist.describing import Describing as Reader
from stepweave.policies.rules.gist.known import HOLDERS, Known
from stepweave.policies.rules.gist.nouns import Mark

PUSHING = ("push", "slid", "drag", "pull", "roll")
"""How verbs begin that move what stays on the ground."""


def grasped(reader: Reader, found: list[Known], agents: list[Known]) -> None:
    """What a hand puts somewhere is in it before; what it pushes is not."""
    holder = next((one for one in agents if one.thing in HOLDERS), None) or (None if agents else at_work(reader))
    pushes = any(isinstance(one, Mark) and one.text.startswith(PUSHING) for one in reader.pieces[: reader.at])
    poured = any(one.action == "pour" for one in found)
    if holder is not None and not (pushes or poured) and all(one.held is None for one in found):
        reader.changes.relate(found, "held by", holder)
        reader.changes.pause()
        reader.about(found)


def at_work(reader: Reader) -> Known | None:
    """The hand that did something last, if it has nothing in it."""
    hand = reader.changes.picture.subject
    free = hand is not None and all(one.held is not hand for one in reader.changes.picture.present())
    return hand if free and hand is not None and hand.there and hand.thing in HOLDERS else None


def hand_of(reader: Reader, one: Known) -> Known | None:
    """The hand that poured from it."""
    hands = [other for other in reader.changes.picture.present() if other.thing in HOLDERS]
    return hands[-1] if hands and one.action == "pour" else None
