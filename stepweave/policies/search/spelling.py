"""How search policies are written and found: ``parallel(4)``, by entry points.

A package of one's own adds a policy by an entry point in the group ``stepweave.policies``, named as it is written,
that points at its class: a frozen dataclass whose fields are its settings, with defaults.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from stepweave.policies.search.policy import SearchPolicy

GROUP = "stepweave.policies"
LONGEST_POLICY = 200
"""Characters of a policy as it is written; Python's own reader, which reads it, is not made for text without end."""


class UnknownPolicy(ValueError):
    """A search policy is written wrongly or is not known; the message lists those there are."""

    def __init__(self, text: str, why: str) -> None:
        known = ", ".join(map(signature, sorted(_installed())))
        super().__init__(f"search policy {text[:LONGEST_POLICY]!r}: {why}; known: {known}")


@cache
def _installed() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def signature(name: str) -> str:
    """How a policy is written, with its defaults; one that cannot be loaded has none."""
    try:
        fields = getattr(_installed()[name].load(), "__dataclass_fields__", {})
    except ImportError:
        fields = {}
    return f"{name}({', '.join(f'{f.name}={f.default!r}' for f in fields.values())})"


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
        positional = [ast.literal_eval(argument) for argument in call.args]
        named = {str(k.arg): ast.literal_eval(k.value) for k in call.keywords}
        return _made(call.func.id)(*positional, **named)
    except KeyError as error:
        raise UnknownPolicy(text, f"there is no {error.args[0]!r}") from None
    except ImportError as error:
        raise UnknownPolicy(text, f"it cannot be loaded ({error})") from None
    except (SyntaxError, RecursionError, MemoryError):
        raise UnknownPolicy(text, "write it as name(number)") from None
    except (TypeError, ValueError) as error:
        if isinstance(error, UnknownPolicy):
            raise
        raise UnknownPolicy(text, str(error)) from None


def _made(name: str) -> Callable[..., SearchPolicy]:
    """What makes the policy of a name.

    Raises:
        KeyError: there is none.
        ImportError: it is installed without something it needs.
    """
    return cast("Callable[..., SearchPolicy]", _installed()[name].load())
