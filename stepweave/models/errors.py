"""What goes wrong with a model, or with the server it is behind: what, whether it may pass, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stepweave.messages import Call, Cause

QUOTED = 300
"""Characters of what a server says that are repeated in an error."""


class ModelError(Exception):
    """A model gives no reply.

    Args:
        reason: what went wrong, with the value.
        remedy: what to do about it.
    """

    cause: Cause = "permanent"
    after: float = 0.0
    """Seconds until it makes sense to try again, as the server says."""
    calls: tuple[Call, ...] = ()
    """What was asked before, if it was the second question."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


class ServerUnreachable(ModelError):
    """Nobody answers."""

    cause = "transient"

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url} cannot be reached: {why}", "see whether the server runs, and whether `url` is right")


class ServerTimedOut(ModelError):
    """It took too long."""

    cause = "transient"

    def __init__(self, url: str, seconds: float) -> None:
        super().__init__(
            f"{url} gave no answer within {seconds:g} s", "raise `timeout`, or ask for less at a time (`slots`)"
        )


class ServerBroke(ModelError):
    """The connection ended in the middle of an answer."""

    cause = "transient"

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url} broke off in the middle of its answer: {why}", "see the server's log")


class ServerFault(ModelError):
    """The server says that it has failed."""

    cause = "transient"

    def __init__(self, url: str, status: int, text: str) -> None:
        super().__init__(f"{url} failed ({status}): {shown(text)}", "see the server's log")


class RateLimited(ModelError):
    """The server has too much to do, or the account is used up."""

    cause = "transient"

    def __init__(self, url: str, text: str, after: float) -> None:
        wait = f", and asks to wait {after:g} s" if after else ""
        super().__init__(
            f"{url} takes no more at the moment{wait}: {shown(text)}", "lower `slots`, or raise the account's limit"
        )
        self.after = after


class NotAnApi(ModelError):
    """What answers there is no such server."""

    cause = "transient"

    def __init__(self, url: str, what: str) -> None:
        super().__init__(
            f"{url} answered with what is no answer: {shown(what)}",
            "see whether `url` is right (it often ends with /v1)",
        )


class KeyRefused(ModelError):
    """The key is wrong, or may not do this."""

    def __init__(self, url: str, key: str, status: int, text: str) -> None:
        super().__init__(f"{url} refuses the key from {key} ({status}): {shown(text)}", f"put a valid key into {key}")


class KeyMissing(ModelError):
    """There is no key where one is needed."""

    def __init__(self, url: str, key: str) -> None:
        super().__init__(
            f"{url} wants a key, and {key} is not set", f"set {key}, or `key_env` to the variable that holds it"
        )


class NoSuchModel(ModelError):
    """The server has not got the model."""

    def __init__(self, url: str, model: str, there: Sequence[str]) -> None:
        has = f"there are {', '.join(there[:20])}" if there else "it does not say which it has"
        what = f"has no model {model}" if model else "has several models" if there else "names no model"
        super().__init__(f"{url} {what}; {has}", "set `model`")


class RequestRefused(ModelError):
    """The server does not take what it was asked."""

    def __init__(self, url: str, status: int, text: str) -> None:
        super().__init__(
            f"{url} refuses the request ({status}): {shown(text)}",
            "set `flavour`, or name the fields it does not take in `leave_out`",
        )


class TooLong(ModelError):
    """What it was told and may answer does not fit into the model's context."""

    def __init__(self, url: str, text: str) -> None:
        super().__init__(
            f"the question is too long for the model at {url}: {shown(text)}",
            "lower `max_tokens` or `image_side`, or serve the model with a longer context",
        )


class EngineDied(ModelError):
    """The process that runs a model is gone."""

    cause = "transient"

    def __init__(self, model: str, why: str) -> None:
        super().__init__(
            f"the engine of {model} died: {shown(why)}",
            "see what it said before; it is started again for the next question. If it dies at once, lower `memory` "
            "or `context`",
        )


class CannotStart(ModelError):
    """A model cannot be run as it is set up."""

    def __init__(self, model: str, why: str) -> None:
        super().__init__(
            f"vLLM cannot run {model!r}: {shown(why)}",
            "see what it said before; `model`, `dtype`, `context`, `memory` and `engine` are what can be set",
        )


def shown(text: str) -> str:
    """What a server said, on one line and not without end."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else f"{line[: QUOTED - 3]}..."


def masked(text: str, secrets: Iterable[str]) -> str:
    """A text in which no secret stands: servers repeat keys in what they complain about."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, "***")
    return text
