"""From the words of a command to a request: text, pictures and options, each checked before anything begins."""

from __future__ import annotations

import argparse
import math
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL.Image import DecompressionBombWarning

from stepweave import images
from stepweave.agents.client import LONGEST_REQUEST, BadRequest, check_request
from stepweave.app.failures import UsageError
from stepweave.app.settings import IntakeSettings, RunSettings
from stepweave.messages import Options, Parameter
from stepweave.policies.search import parse_policy

MOST_BYTES = LONGEST_REQUEST * 4
"""Bytes read from stdin: no text within the limit has more."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is begun with."""

    text: str
    pictures: tuple[bytes, ...]
    """Verified PNGs."""
    options: Options


def overrides(arguments: argparse.Namespace) -> dict[str, Any]:
    """What the command line says about settings, as nested data; what it does not say is left out."""
    given = vars(arguments)
    run = {name: given[name] for name in ("planner", "generator", "policy", "exhausted", "seed", "size", "memory")
           if given.get(name) is not None}  # fmt: skip
    if given.get("critic"):
        run["critics"] = _critics(given["critic"])
    parameters = dict(_parameters(given.get("param") or []))
    if given.get("fault_rate") is not None:
        parameters["fault_rate"] = _rate(given["fault_rate"])
    if parameters:
        run["parameters"] = parameters
    bus = {"url": given["nats"]} if given.get("nats") is not None else {}
    return {name: section for name, section in (("run", run), ("bus", bus)) if section}


def prepare(
    arguments: argparse.Namespace, run: RunSettings, intake: IntakeSettings, warn: Callable[[str], None]
) -> Request:
    """Read and check everything a run is begun with.

    Raises:
        BadRequest: the text is empty, too long, or no text.
        ImageError: a picture cannot be used.
        UsageError, UnknownPolicy: an option cannot be used.
    """
    text = read_text(arguments.text)
    check_request(text)
    options = make_options(run, arguments.steps)
    return Request(text, read_pictures(arguments.image, intake, warn), options)


def read_text(text: str) -> str:
    """The request itself, or what stdin says if it is ``-``.

    Raises:
        BadRequest: stdin holds too much, or no UTF-8 text.
    """
    if text != "-":
        return text
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadRequest(f"stdin holds more than {MOST_BYTES} bytes", f"make it {LONGEST_REQUEST} characters at most")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"stdin is no UTF-8 text (byte {error.start})", "send plain text") from None


def read_pictures(paths: Sequence[str], intake: IntakeSettings, warn: Callable[[str], None]) -> tuple[bytes, ...]:
    """The pictures as verified PNGs.

    Raises:
        ImageError: one of them cannot be used; the message names it.
        UsageError: there are too many, or a file cannot be read.
    """
    if len(paths) > intake.pictures:
        raise UsageError(f"{len(paths)} pictures given, at most {intake.pictures} are taken")
    with warnings.catch_warnings():
        # Pillow warns of many pixels; our own limit speaks for itself.
        warnings.simplefilter("ignore", DecompressionBombWarning)
        return tuple(_picture(path, intake, warn) for path in paths)


def _picture(path: str, intake: IntakeSettings, warn: Callable[[str], None]) -> bytes:
    try:
        with Path(path).open("rb") as file:
            data = file.read(intake.picture_bytes + 1)
    except OSError as error:
        raise UsageError(f"{path}: the picture cannot be read ({error.strerror}); check the path of --image") from None
    image = images.load(data, intake.limits, name=path, warn=warn)
    return images.encode(image, {str(key): str(value) for key, value in image.info.items()})


def make_options(run: RunSettings, steps: int | None) -> Options:
    """The settings of a run as the message has them.

    Raises:
        UsageError: the size is none.
        UnknownPolicy: the policy is not known.
    """
    parse_policy(run.policy)
    width, _, height = run.size.partition("x")
    pixels = int(width), int(height or width)
    if min(pixels) < 1:
        raise UsageError(f"the size {run.size} has no pixels; write it as 512 or 512x768")
    same = run.model_dump(include=set(Options.model_fields) & set(RunSettings.model_fields))
    return Options.model_validate({**same, "steps": steps, "width": pixels[0], "height": pixels[1]})


def _critics(names: Sequence[str]) -> list[str]:
    if "none" in names:
        if len(names) > 1:
            raise UsageError("--critic none goes with no other critic")
        return []
    return list(names)


def _parameters(pairs: Iterable[str]) -> Iterable[tuple[str, Parameter]]:
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise UsageError(f"--param {pair}: write it as key=value")
        yield key, _value(value)


def _value(text: str) -> Parameter:
    """A parameter's value as what it looks like: true, false, a number, or else a text."""
    if text in {"true", "false"}:
        return text == "true"
    for kind in (int, float):
        try:
            number = kind(text)
        except ValueError:
            continue
        if math.isfinite(number):
            return number
    return text


def _rate(rate: float) -> float:
    if not 0 <= rate <= 1:
        raise UsageError(f"--fault-rate {rate:g} is not between 0 and 1")
    return rate
