"""What deeds have in common: what each is about, whither it goes, and whether a thing can do it."""

from __future__ import annotations

from collections.abc import Callable

from stepweave.policies.rules.gist.describing import Describing as Reader
from stepweave.policies.rules.gist.known import Known
from stepweave.policies.rules.gist.nouns import Mark, Noun
from stepweave.policies.rules.gist.sentence import SKIPPED
from stepweave.world import vocabulary
from stepweave.world.things.actions import actions

Deed = Callable[[Reader], None]
WHITHER = ("relation", "dangling", "place", "sides", "corners")


def what_about(reader: Reader, *, able: str | None = "") -> list[Known]:
    """What a verb is about: what stands behind it, or else before it, or else what can be so, if that is ``able``."""
    found = reader.objects()
    if found:
        reader.about(found)
    return found or reader.focus or (reader.topic() if able == "" else reader.able(able))


def shown(reader: Reader) -> None:
    """Draw: what follows is there."""
    reader.skip(*SKIPPED)
    reader.verb, reader.focus = "draw", [] if not reader.lead else reader.focus
    reader.listed = []


def comes_part(reader: Reader) -> bool:
    """Whether a part is named next."""
    piece = reader.peek()
    return isinstance(piece, Noun) and piece.head == "part"


def missed(reader: Reader) -> None:
    """What is brought is what was only spoken of, where there is such a thing."""
    picture = reader.changes.picture
    away = [one for one in picture.things if not one.there]
    spoken = [one for one in picture.recent if not one.there and one not in picture.things] or away
    if not spoken:
        return
    lost = spoken[-1]
    if lost in away:
        picture.things.remove(lost)
        lost.place = lost.relation = None
    picture.speak(lost)


def goes_somewhere(reader: Reader, *kinds: str) -> bool:
    """Whether it is told behind the verb where something goes."""
    rest = reader.pieces[reader.at :]
    return any(isinstance(one, Mark) and one.kind in (kinds or WHITHER) for one in rest)


def released(reader: Reader, one: Known, holder: Known) -> None:
    """What was held stands beside its holder."""
    if one.action == "pour":
        reader.changes.act([one], None)
    reader.changes.relate([one], "next to", holder)


def gone(reader: Reader, found: list[Known]) -> None:
    """They go."""
    verb = next(
        (one for one in reversed(reader.pieces[: reader.at]) if isinstance(one, Mark) and one.kind == "verb"), None
    )
    if verb is not None and verb.text.startswith("clear") and all(one.fresh for one in found):
        return
    for one in found:
        reader.changes.remove(one, one.count if not one.fresh else None)
    reader.focus = []


def goes_into(reader: Reader) -> bool:
    """Whether "to" or "into" comes next."""
    mark = reader.peek()
    return isinstance(mark, Mark) and mark.text in ("to", "into")


def can_do(one: Known, action: str) -> bool:
    """Whether a thing can do that."""
    thing = vocabulary.DRAWABLE.get(one.thing)
    return thing is not None and action in actions(thing)
