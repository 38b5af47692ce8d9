"""The two ways in which models write their answers, as they are asked to: JSON by a schema, and tags around a dict."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stepweave.policies.language.wire import Wire, WireObservation, WirePlan, WireVerdict, schema_of


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a model is asked to write its answer, and held to it."""

    name: str
    constrained: bool
    """Whether the server is given a schema."""

    def words(self, wire: type[Wire]) -> str:
        """The part of a prompt that says how to write an answer of this kind."""
        if self.constrained:
            return f"Answer with one JSON object and nothing else, shaped like this: {_written(JSON_EXAMPLES[wire])}"
        return (
            "First think, between <think> and </think>. Then answer between <answer> and </answer> with one JSON "
            f"object, shaped like this: <think>...</think><answer>{_written(TAG_EXAMPLES[wire])}</answer>"
        )

    def schema(self, wire: type[Wire], *, longest: int, most: int) -> Mapping[str, Any] | None:
        """What the server holds the model to, see :func:`~stepweave.policies.language.wire.schema_of`; or nothing."""
        return schema_of(wire, longest=longest, most=most) if self.constrained else None


JSON = Dialect("json", constrained=True)
"""JSON with all our fields, by a schema where the server takes one."""
TAGS = Dialect("tags", constrained=False)
"""``<think>...</think><answer>{...}</answer>`` with the fields of the published checkpoints."""

DIALECTS: Mapping[str, Dialect] = {dialect.name: dialect for dialect in (JSON, TAGS)}


def _written(example: Mapping[str, Any]) -> str:
    """An example as one line: a model that is shown pretty JSON writes blanks, some of them without end."""
    return json.dumps(example, ensure_ascii=False)


_STEP = {
    "step_number": 1,
    "step_name": "short title",
    "instruction": "what the reader does or sees",
    "prompt": "what the image model is told, or null for a step without a picture",
    "auxiliary_text": "further text for the reader, or null",
}
_SOURCES = {"alt": "what the picture shows", "starts_from": "nothing", "references": []}
_VERDICT = {"previous_step_success": False, "refine_prompt": "the next prompt to try"}
_FAULT = {"aspect": "colour", "subject": "cup", "expected": "red", "found": "blue"}

TAG_EXAMPLES: Mapping[type[Wire], Mapping[str, Any]] = {
    WirePlan: {"execution_plan": [_STEP]},
    WireVerdict: _VERDICT,
    WireObservation: {"step_done": False, "next_instruction": "what to do now"},
}

JSON_EXAMPLES: Mapping[type[Wire], Mapping[str, Any]] = {
    WirePlan: {
        "execution_plan": [_STEP | {"alt": "what the picture shows", "starts_from": "nothing", "references": []}]
    },
    WireVerdict: {
        "seen": "what is in the picture",
        "reason": "why it is right or wrong",
        "faults": [_FAULT],
        "semantics": 4,
        "quality": 8,
    }
    | _VERDICT,
    WireObservation: {"seen": "what the picture shows", "reason": "why", "step_done": False, "next_instruction": "..."},
}
