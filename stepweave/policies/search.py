"""Search policies: what to try next for a step, given what was tried.

A policy is a value, chosen per run and written as on the command line: ``sequential(5)``. It sees one step and its
candidates and answers with a move; it knows no bus, no clock and no model.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from stepweave.messages import Step
from stepweave.policies.state import Candidate

LONGEST_POLICY = 200
"""Characters of a policy as it is written; Python's own reader, which reads it, is not made for text without end."""
MOST_ATTEMPTS = 1000
"""Candidates per step at most, whatever a request says."""


@dataclass(frozen=True, slots=True)
class Try:
    """Draw one more candidate with this prompt."""

    prompt: str


@dataclass(frozen=True, slots=True)
class Keep:
    """The step ends with this candidate."""

    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Wait:
    """Candidates are still being drawn or judged."""


@dataclass(frozen=True, slots=True)
class Exhausted:
    """Everything was tried and nothing was accepted."""


Move = Try | Keep | Wait | Exhausted


class SearchPolicy(Protocol):
    """Decides what to try next for one step."""

    def next(self, step: Step, candidates: Sequence[Candidate]) -> Move:
        """The next move; asked again after each, until it waits, keeps or gives up."""
        ...


class UnknownPolicy(ValueError):
    """A search policy is written wrongly or is not known; the message lists those there are."""

    def __init__(self, text: str, why: str) -> None:
        known = ", ".join(signature(name) for name in sorted(POLICIES))
        super().__init__(f"search policy {text[:LONGEST_POLICY]!r}: {why}; known: {known}")


@dataclass(frozen=True, slots=True)
class Sequential:
    """The paper's loop: one candidate at a time, each with the prompt its predecessor's critic refined.

    Source: InterleaveThinker, section "The loop": at most ``attempts`` (T_max) candidates per step.
    """

    attempts: int = 5

    def __post_init__(self) -> None:
        if type(self.attempts) is not int or not 1 <= self.attempts <= MOST_ATTEMPTS:
            raise ValueError(f"attempts is {self.attempts!r}, choose 1 to {MOST_ATTEMPTS}")

    def next(self, step: Step, candidates: Sequence[Candidate]) -> Move:
        """Keep the first accepted candidate, else refine the last one's prompt and try again."""
        accepted = next((c for c in candidates if c.accepted), None)
        if accepted is not None:
            return Keep(accepted)
        if any(not c.settled for c in candidates):
            return Wait()
        if len(candidates) >= self.attempts or _hopeless(candidates):
            return Exhausted()
        return Try(next_prompt(step, candidates))


def next_prompt(step: Step, candidates: Sequence[Candidate]) -> str:
    """The latest refinement, else the prompt as planned."""
    for candidate in reversed(candidates):
        if candidate.refined_prompt:
            return candidate.refined_prompt
    assert step.prompt is not None
    return step.prompt


def _hopeless(candidates: Sequence[Candidate]) -> bool:
    """The last order was refused for good, and there is no other prompt to give."""
    failure = candidates[-1].failure if candidates else None
    return failure is not None and failure.permanent


POLICIES: dict[str, Callable[..., SearchPolicy]] = {"sequential": Sequential}


def signature(name: str) -> str:
    """How a policy is written, with its defaults."""
    fields = getattr(POLICIES[name], "__dataclass_fields__", {})
    return f"{name}({', '.join(f'{f.name}={f.default}' for f in fields.values())})"


@lru_cache(maxsize=256)
def parse_policy(text: str) -> SearchPolicy:
    """Read ``name``, ``name(5)`` or ``name(attempts=5)``.

    Raises:
        UnknownPolicy: with the policies there are.
    """
    if len(text) > LONGEST_POLICY:
        raise UnknownPolicy(text, f"it has {len(text)} characters, at most {LONGEST_POLICY} are read")
    try:
        call = ast.parse(text.strip(), mode="eval").body
        if isinstance(call, ast.Name):
            call = ast.Call(func=call, args=[], keywords=[])
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            raise UnknownPolicy(text, "write it as name(number)")
        make = POLICIES[call.func.id]
        positional = [ast.literal_eval(argument) for argument in call.args]
        named = {str(k.arg): ast.literal_eval(k.value) for k in call.keywords}
        return make(*positional, **named)
    except KeyError as error:
        raise UnknownPolicy(text, f"there is no {error.args[0]!r}") from None
    except (SyntaxError, RecursionError, MemoryError):
        raise UnknownPolicy(text, "write it as name(number)") from None
    except (TypeError, ValueError) as error:
        if isinstance(error, UnknownPolicy):
            raise
        raise UnknownPolicy(text, str(error)) from None
