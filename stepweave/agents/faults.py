"""What can be wrong with an ask or its answer, and how an error becomes an answer."""

from __future__ import annotations

from stepweave.agents.agent import Agent, AgentError
from stepweave.agents.retries import cause_of
from stepweave.messages import Call, Failure, Message

LONGEST_REASON = 4000
"""Characters of the reason of a failure, and of its remedy."""


class NotMine(AgentError):
    """An ask came to an agent that does not answer its kind."""

    def __init__(self, agent: Agent, ask: Message) -> None:
        known = ", ".join(kind.__name__ for kind in agent.asks)
        super().__init__(
            f"{agent.name} does not answer {type(ask).__name__}, only {known}", "choose another capability"
        )


class Undeliverable(AgentError):
    """An ask came again and again and was never answered: it may be what its workers died of."""

    def __init__(self, attempt: int) -> None:
        reason = f"this ask was delivered {attempt - 1} times and never answered; its workers may have died of it"
        super().__init__(reason, "see the logs of the workers", cause="transient")


class NotAnAnswer(AgentError):
    """An agent gave something that does not answer what it was asked."""

    def __init__(self, agent: Agent, what: str) -> None:
        super().__init__(f"{agent.name} gave {what}", "mend the agent", cause="bad_answer")


def failure_of(error: Exception) -> Failure:
    """An error as an answer; its own reason and remedy where it has them."""
    calls: tuple[Call, ...] = getattr(error, "calls", ())
    return Failure(
        kind=getattr(error, "kind", "") or type(error).__name__,
        reason=_plain(getattr(error, "reason", "") or str(error) or type(error).__name__),
        remedy=_plain(str(getattr(error, "remedy", ""))),
        cause=cause_of(error),
        tokens=sum(call.tokens for call in calls),
        calls=calls,
    )


def _plain(text: str) -> str:
    """Text that can be written, and not without end: an error may quote what it stumbled over."""
    return text[:LONGEST_REASON].encode("utf-8", "replace").decode("utf-8")


def unforeseen(error: Exception) -> Exception | None:
    """The error, if where it happened is worth knowing: it says itself neither what it is nor what to do."""
    return None if hasattr(error, "remedy") else error
