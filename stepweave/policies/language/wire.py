"""What language models answer with: the fields as they are written, before anything is made of them.

The names are those of the published InterleaveThinker checkpoints (arXiv 2606.13679), so that they run behind these
policies unchanged; what our own prompts ask for beside them has a default here, for a checkpoint does not write it.
Models write the same thing in many ways, so a number may stand in words around it and nothing at all may be called
"None"; what they mean is never guessed: a judgement that is missing is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

_NOTHING = frozenset({"", "none", "null", "n/a", "nil"})
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_NAME = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\s-]+")


def _text(value: object) -> object:
    """Nothing is an empty text, however it is written."""
    return "" if value is None or (isinstance(value, str) and value.strip().lower() in _NOTHING) else value


def _prompt(value: object) -> object:
    """A prompt that is none is ``None``, however that is written."""
    return None if value is None or (isinstance(value, str) and value.strip().lower() in _NOTHING) else value


def _number(value: object) -> object:
    """The first number of a text such as "Step 3" or "8/10"."""
    found = _NUMBER.search(value) if isinstance(value, str) else None
    return found[0] if found else value


def _many(value: object) -> object:
    """One, or nothing, where several could stand."""
    if value is None or value == "":
        return ()
    return value if isinstance(value, list | tuple) else (value,)


Words = Annotated[str, BeforeValidator(_text)]
Prompt = Annotated[str | None, BeforeValidator(_prompt)]
Mark = Annotated[float, Field(ge=0, le=10), BeforeValidator(_number)]
Count = Annotated[int, BeforeValidator(_number), Field(json_schema_extra={"minimum": 0, "maximum": 999})]
Place = Annotated[str, BeforeValidator(lambda value: "" if value is None else str(value))]


class Wire(BaseModel):
    """An answer as it is written; other fields than these are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    WHOLE: ClassVar[str] = ""
    """The field that a bare list stands for."""

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: Any) -> Any:
        """Take a list for the field that is one, and names of fields in whatever case they are written."""
        if isinstance(data, list | tuple):
            if cls.WHOLE:
                return {cls.WHOLE: data}
            data = data[0] if len(data) == 1 else data
        if not isinstance(data, Mapping):
            return data
        return {_NAME.sub("_", str(name).strip()).lower(): value for name, value in data.items()}


class WireStep(Wire):
    """One step of a plan."""

    step_number: Count
    step_name: Words = ""
    instruction: Words = ""
    prompt: Prompt = None
    auxiliary_text: Words = ""
    alt: Words = ""
    """What the picture shows, for those who cannot see it."""
    starts_from: Place = ""
    """The picture that is edited: "nothing", "previous", the number of a step, or "input 1"; empty: not said."""
    references: Annotated[tuple[Place, ...], BeforeValidator(_many)] = ()
    """Further pictures to go by, named in the same way."""


class WirePlan(Wire):
    """A plan, or what is left of one."""

    WHOLE = "execution_plan"

    execution_plan: Annotated[tuple[WireStep, ...], Field(min_length=1)]


class WireFault(Wire):
    """One thing that is wrong with a picture."""

    aspect: Words
    subject: Words = ""
    expected: Words = ""
    found: Words = ""


class WireVerdict(Wire):
    """What a critic says of a picture. Its reasons stand first, so that a model thinks before it judges."""

    seen: Words = ""
    """What is in the picture."""
    reason: Words = ""
    faults: tuple[WireFault, ...] = ()
    semantics: Mark | None = None
    """Whether the change that was asked for happened, 0-10."""
    quality: Mark | None = None
    """Whether the picture is sound, 0-10."""
    previous_step_success: bool
    refine_prompt: Prompt = None


class WireObservation(Wire):
    """What a critic says of a picture of the world: whether a step that was carried out there shows."""

    seen: Words = ""
    reason: Words = ""
    step_done: bool
    next_instruction: Words = ""


def schema_of(wire: type[Wire], *, longest: int, most: int) -> dict[str, Any]:
    """The JSON Schema by which a server makes a model write such an answer.

    Every field is required and no other is allowed, as OpenAI's strict mode wants it. Texts, lists and numbers are
    bounded: a model that loops inside of one is otherwise stopped by nothing but the end of its context. Marks are
    whole ones: servers hold a model to a list of numbers, but to no range of broken ones.

    Args:
        wire: the kind of answer.
        longest: characters of every text, at most.
        most: members of every list, at most.
    """
    schema = wire.model_json_schema()
    kinds = {name: _strict(kind, longest, most) for name, kind in schema.pop("$defs", {}).items()}
    strict = _strict(schema, longest, most)
    return strict | ({"$defs": kinds} if kinds else {})


def _strict(schema: Mapping[str, Any], longest: int, most: int) -> dict[str, Any]:
    found = {key: value for key, value in schema.items() if key not in {"title", "default", "description"}}
    if "properties" in found:
        found["properties"] = {name: _strict(part, longest, most) for name, part in found["properties"].items()}
        found |= {"required": list(found["properties"]), "additionalProperties": False}
    if "items" in found:
        found["items"] = _strict(found["items"], longest, most)
    if "anyOf" in found:
        found["anyOf"] = [_strict(part, longest, most) for part in found["anyOf"]]
    if found.get("type") == "number":
        whole = range(int(found.pop("minimum")), int(found.pop("maximum")) + 1)
        found |= {"type": "integer", "enum": list(whole)}
    if found.get("type") == "string":
        found["maxLength"] = longest
    if found.get("type") == "array":
        found["maxItems"] = most
    return found
