"""What an answer of a model was worth. Pure."""

from __future__ import annotations

from stepweave.messages import Scores

SEMANTICS, QUALITY = 0.6, 0.2
"""Weights of the two gains beside the 0.2 for a right judgement, as in the published code (InterleaveThinker)."""


def gain(before: float, after: float) -> float:
    """How much better a mark has become, 0-1; 0.5: not at all.

    ``((after - before) / 10 + 1) / 2``, as the published code scales the step-wise reward.

    Args:
        before: the mark of the candidate that was criticised, 0-10.
        after: that of the one drawn after the critique.
    """
    return ((after - before) / 10 + 1) / 2


def step_reward(before: Scores, after: Scores) -> float:
    """The step-wise reward of a critique, 0-1: what came of its prompt, by the weights of the published code."""
    semantics, quality = gain(before.semantics, after.semantics), gain(before.quality, after.quality)
    return (SEMANTICS * semantics + QUALITY * quality) / (SEMANTICS + QUALITY)
