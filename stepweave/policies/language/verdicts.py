"""From what a critic model wrote to a verdict with marks."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from stepweave.messages import Fault, Judge, Scores, Verdict
from stepweave.policies.language.wire import WireVerdict

SURE = 0.9
"""How sure a critic is taken to be that gives neither marks nor log-probabilities."""
LONGEST_REASON = 2000
"""Characters of a reason that was taken from a model's thoughts."""

_JUDGED = re.compile(r"previous_step_success['\"”]?\s*[:：]\s*['\"“]?", re.I)


def verdict_of(wire: WireVerdict, ask: Judge, *, thought: str = "", certainty: float | None = None) -> Verdict:
    """The verdict that a critic gives.

    The published critics give no marks. Theirs are ten times the probability of acceptance, so that of several
    rejected candidates the one that came closest is known.

    Args:
        wire: what was written.
        ask: what was asked.
        thought: what was said on the way to it; the reason, where none is given.
        certainty: the probability that the model gave to its judgement, 0-1; see :func:`certainty_of`.
    """
    accepted = wire.previous_step_success
    sure = SURE if certainty is None else certainty
    mark = round(10 * (sure if accepted else 1 - sure), 2)
    semantics = mark if wire.semantics is None else wire.semantics
    quality = mark if wire.quality is None else wire.quality
    refined = (wire.refine_prompt or "").strip()
    return Verdict(
        accepted=accepted,
        scores=Scores(semantics=semantics, quality=quality),
        reason=wire.reason.strip() or _last(thought),
        faults=tuple(
            Fault(aspect=fault.aspect, subject=fault.subject, expected=fault.expected, found=fault.found)
            for fault in wire.faults
        ),
        refined_prompt=None if accepted or refined in ("", ask.drawn_prompt.strip()) else refined,
        seen=wire.seen.strip(),
    )


def certainty_of(tokens: Sequence[str], logprobs: Sequence[float]) -> float | None:
    """The probability a model gave to its judgement, from the log-probability of the word ``true`` or ``false``.

    Args:
        tokens: the reply, in pieces.
        logprobs: the natural logarithm of the probability of each piece.
    """
    found = list(_JUDGED.finditer("".join(tokens)))
    if not found or len(tokens) != len(logprobs):
        return None
    end = 0
    for token, logprob in zip(tokens, logprobs, strict=True):
        end += len(token)
        if end > found[-1].end():
            return math.exp(min(0.0, logprob))
    return None


def _last(thought: str) -> str:
    """The end of a thought: it is where it comes to its point."""
    return thought if len(thought) <= LONGEST_REASON else f"...{thought[3 - LONGEST_REASON :]}"
