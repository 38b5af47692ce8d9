"""What a request for pictures says: its fields become orders, or the one that cannot be honoured is named.

Every parameter is honoured or refused, never dropped. A few that clients send by default and that ask for nothing are
taken with the one value that asks for nothing. Pure: what is drawn by chance comes in as an argument.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from PIL import Image

from stepweave.agents.client import BadRequest, check_request
from stepweave.messages import Parameter
from stepweave.tools.knobs import FIELDS, Knob
from stepweave.tools.protocol import Abilities, Order, Refused, check

Format = Literal["png", "jpeg", "webp"]

FORMATS: tuple[Format, ...] = ("png", "jpeg", "webp")
MOST = 10
"""Pictures of one request, as the API has it."""
SEEDS = 2**32
"""Seeds are below this."""
LONGEST_PROMPT = 32_000
"""Characters, as the API has it."""

_READ = ("prompt", "model", "n", "size", "seed", "output_format", "output_compression", "response_format")
_REFUSED: Mapping[str, str] = {
    "mask": "say in the prompt what is to change, and what is to stay",
    "style": "say it in the prompt",
    "input_fidelity": "leave it out",
    "url": "send the picture itself",
    "image": "pictures to start from go to /v1/images/edits",
    "image[]": "pictures to start from go to /v1/images/edits",
    "images": "pictures to start from go to /v1/images/edits",
}
"""What others take and we do not, with what to do instead."""
_IDLE: Mapping[str, tuple[object, ...]] = {
    "user": (),
    "quality": ("auto",),
    "background": ("auto", "opaque"),
    "moderation": ("auto",),
    "stream": (False,),
    "partial_images": (0,),
}
"""What has no effect by its nature, with the values that ask for none; nothing: any words."""
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_SIZE = re.compile(r"([0-9]{1,5})x([0-9]{1,5})")


class BadParameter(ValueError):
    """A parameter cannot be honoured; the text names it, its value, and what would be right."""

    code = "invalid_value"
    status = 400

    def __init__(self, parameter: str, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.parameter = parameter
        self.reason = reason
        self.remedy = remedy


class MissingParameter(BadParameter):
    """One that is needed is not there."""

    code = "missing_required_parameter"


class UnknownParameter(BadParameter):
    """There is none of this name."""

    code = "unknown_parameter"


class OtherModel(BadParameter):
    """Another model is asked for than the one that is served."""

    code = "model_not_found"
    status = 404


@dataclass(frozen=True, slots=True)
class Offer:
    """What is served."""

    model: str
    """Its id."""
    abilities: Abilities
    size: tuple[int, int]
    """Of a picture for which nobody says one; what the tool cannot do of it is left away."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request asks for."""

    orders: tuple[Order, ...]
    format: Format = "png"
    quality: int = 100
    """Of a JPEG or WebP, up to 100."""


@dataclass(frozen=True, slots=True)
class _Given:
    """The fields of a request; those of a form are all text."""

    fields: Mapping[str, object]
    form: bool

    def words(self, name: str, default: str) -> str:
        value = self.fields.get(name, default)
        if not isinstance(value, str):
            raise impossible(name, value, "give it as text")
        return value

    def whole(self, name: str, low: int, high: int, default: int) -> int:
        value = self.fields.get(name, default)
        if self.form and isinstance(value, str) and _WHOLE.fullmatch(value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise impossible(name, value, f"choose a whole number from {low} to {high}")
        return value


def wanted(
    fields: Mapping[str, object], sources: Sequence[Image.Image], offer: Offer, *, form: bool, chance: int
) -> Wanted:
    """Read a request.

    Args:
        fields: all it says, without its pictures.
        sources: its pictures, verified.
        offer: what is served.
        form: all fields are text, as in a form; else they are JSON.
        chance: the seed, if it names none.

    Raises:
        BadParameter: something cannot be honoured.
    """
    given = _Given({name: value for name, value in fields.items() if value is not None}, form)
    knobs = _knobs(offer.abilities)
    _no_others(given, knobs)
    _no_effect(given, knobs)
    if (model := given.words("model", offer.model)) != offer.model:
        raise OtherModel("model", f"there is no model {shown(model)}", f"{offer.model} is served, or leave it out")
    if (reply := given.words("response_format", "b64_json")) != "b64_json":
        raise impossible("response_format", reply, "pictures are sent as b64_json, and kept at no address")
    count = given.whole("n", 1, MOST, 1)
    seed = given.whole("seed", 0, SEEDS - count, min(chance, SEEDS - count))
    width, height = _size(given, sources, offer)
    order = Order(_prompt(given), seed, width, height, tuple(sources), _parameters(given, knobs))
    _possible(order, offer)
    kind = _format(given)
    orders = tuple(replace(order, seed=seed + number) for number in range(count))
    return Wanted(orders, kind, _quality(given, kind))


def impossible(name: str, value: object, remedy: str) -> BadParameter:
    """The error about a value that cannot be."""
    return BadParameter(name, f"{name} {shown(value)} is not possible", remedy)


def shown(value: object) -> str:
    """A value as it is repeated in an error, not without end."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def fitted(size: tuple[int, int], abilities: Abilities) -> tuple[int, int]:
    """The nearest size that a tool can draw: no larger than given, unless its smallest is."""
    least = math.ceil(abilities.smallest / abilities.multiple) * abilities.multiple
    scale = min(1.0, abilities.largest / max(size))
    width, height = (max(least, int(side * scale) // abilities.multiple * abilities.multiple) for side in size)
    return width, height


def _knobs(abilities: Abilities) -> dict[str, tuple[str, Knob]]:
    """The tool's parameters by every name they can be given under: ours, and what the API's servers call them."""
    ours = {name: (name, knob) for name, knob in abilities.parameters.items()}
    theirs = {FIELDS[name]: (name, knob) for name, knob in abilities.parameters.items() if name in FIELDS}
    return theirs | ours


def _no_others(given: _Given, knobs: Mapping[str, object]) -> None:
    for name, value in given.fields.items():
        if name in _READ or name in _IDLE or name in knobs:
            continue
        if name in _REFUSED:
            raise BadParameter(name, f"{name} cannot be honoured here", _REFUSED[name])
        known = ", ".join(sorted({*_READ, *_IDLE, *knobs}))
        raise UnknownParameter(name, f"there is no parameter {shown(name)} (it is {shown(value)})", f"known: {known}")


def _no_effect(given: _Given, knobs: Mapping[str, object]) -> None:
    """Refuse what would have an effect, under names that are taken only because clients send them."""
    for name, idle in _IDLE.items():
        if name in knobs or name not in given.fields:
            continue
        value = given.fields[name]
        if not idle:
            given.words(name, "")
            continue
        choices = [str(each).lower() if given.form else each for each in idle]
        if not any(value == each and type(value) is type(each) for each in choices):
            accepted = " or ".join(str(each).lower() for each in idle)
            raise impossible(name, value, f"leave it out, or give {accepted}")


def _prompt(given: _Given) -> str:
    if "prompt" not in given.fields:
        raise MissingParameter("prompt", "prompt is missing", "say what the picture should show")
    prompt = given.words("prompt", "")
    try:
        check_request(prompt, LONGEST_PROMPT, "prompt")
    except BadRequest as error:
        raise BadParameter("prompt", error.reason, error.remedy) from None
    return prompt


def _size(given: _Given, sources: Sequence[Image.Image], offer: Offer) -> tuple[int, int]:
    text = given.words("size", "auto")
    if text == "auto":
        return fitted(sources[0].size if sources else offer.size, offer.abilities)
    found = _SIZE.fullmatch(text)
    if found is None:
        raise impossible("size", text, "write it as in 1024x1024, or auto")
    return int(found[1]), int(found[2])


def _parameters(given: _Given, knobs: Mapping[str, tuple[str, Knob]]) -> dict[str, Parameter]:
    found: dict[str, Parameter] = {}
    for name, (ours, knob) in knobs.items():
        if name not in given.fields:
            continue
        if ours in found:
            raise BadParameter(name, f"{name} is {ours} by another name, and both are given", "leave one out")
        found[ours] = _turned(name, given.fields[name], knob, form=given.form)
    return found


def _turned(name: str, value: object, knob: Knob, *, form: bool) -> Parameter:
    """A tool's own parameter as its tool wants it."""
    if form and isinstance(value, str) and knob.kind in (int, float):
        try:
            value = int(value) if _WHOLE.fullmatch(value) else float(value)
        except ValueError:
            raise impossible(name, value, f"choose {knob.accepted}") from None
    if not isinstance(value, bool | int | float | str) or not knob.takes(value):
        raise impossible(name, value, f"choose {knob.accepted}" if knob.kind else "give words or a number")
    return int(value) if knob.kind is int else value


def _possible(order: Order, offer: Offer) -> None:
    """Refuse an order that the tool cannot draw, and say which field it is about."""
    plain = replace(order, parameters={})
    width, height = fitted(offer.size, offer.abilities)
    for name, part in (("image", replace(plain, width=width, height=height)), ("size", plain)):
        try:
            check(part, offer.abilities)
        except Refused as error:
            raise BadParameter(name, error.reason, error.remedy) from None


def _format(given: _Given) -> Format:
    text = given.words("output_format", "png")
    for kind in FORMATS:
        if kind == text:
            return kind
    raise impossible("output_format", text, f"choose {', '.join(FORMATS)}")


def _quality(given: _Given, kind: Format) -> int:
    quality = given.whole("output_compression", 0, 100, 100)
    if kind == "png" and quality != 100:
        raise impossible("output_compression", quality, "a png loses nothing: choose jpeg or webp, or leave it out")
    return quality
