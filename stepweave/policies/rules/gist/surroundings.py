"""What is behind everything comes first, wherever it is told."""

from __future__ import annotations

from collections.abc import Sequence

from stepweave.policies.rules.gist.agents import Cut
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.pieces import COMMA
from stepweave.policies.rules.gist.skimming import scenery


def scenery_first(cut: Cut) -> Cut:
    """The moments with what is behind everything told first, where it comes last without a word of time.

    A workbench that is named later on was there before, if nothing else was: nobody brings one.
    """
    cut = _last_first(cut)
    told = [(at, one) for at, (_, said) in enumerate(cut) for one in scenery(said)]
    if not told or told[0][0] == 0 or any(one.value != "workbench" for _, one in told):
        return cut
    at, bench = told[0]
    if not any(isinstance(one, Noun) and one.head == "thing" for one in cut[at][1]):
        return cut
    moment, said = cut[0]
    return [(moment, [*said, COMMA, bench]), *cut[1:]]


def _last_first(cut: Cut) -> Cut:
    if len(cut) < len(("one", "another")):
        return cut
    moment, said = cut[-1]
    nouns = [one for one in said if isinstance(one, Noun)]
    plain = all(one.head == "background" and one.colour for one in nouns)
    deeds = any(isinstance(one, Mark) and one.kind in ("verb", "be", "to", "acts", "acting", "colour") for one in said)
    if moment.seam not in ("soft", "list") or not (nouns or scenery(said)) or not plain or deeds:
        return cut
    first, before = cut[0]
    return [(first, [*before, COMMA, *said]), *cut[1:-1]]


def only_scenery(said: Sequence[Piece]) -> bool:
    """Whether it is only told where a picture plays: "it's night"."""
    orders = any(isinstance(one, Noun) or one.kind == "verb" for one in said)
    return bool(scenery(said)) and not orders
