"""From the words of a command to a request: text, pictures and options, each checked before anything begins."""

from __future__ import annotations

import argparse
import math
import os
import select
import stat
import sys
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stepweave import images
from stepweave.agents.client import LONGEST_REQUEST, BadRequest, check_request
from stepweave.app.failures import UsageError
from stepweave.app.settings import IntakeSettings, RunSettings, named_twice
from stepweave.messages import Budget, Options, Parameter
from stepweave.policies.plans import MOST_STEPS
from stepweave.policies.search import parse_policy

MOST_BYTES = LONGEST_REQUEST * 4
"""Bytes read from stdin: no text within the limit has more."""


PIPE_PATIENCE = 10.0
"""Seconds to wait for whoever writes a picture into a pipe."""


SMALLEST = 64
"""Pixels of a side from which a given picture tells the size to draw at."""
_UNBLOCKED = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is begun with."""

    text: str
    pictures: tuple[bytes, ...]
    """Verified PNGs."""
    options: Options


_OF_RUN = ("planner", "generator", "policy", "exhausted", "refine", "approval", "seed", "size", "memory", "priority")
"""Options that have the names of settings of a run."""


def overrides(arguments: argparse.Namespace) -> dict[str, Any]:
    """What the command line says about settings, as nested data; what it does not say is left out."""
    given = vars(arguments)
    run = {name: given[name] for name in _OF_RUN if given.get(name) is not None}
    if given.get("critic"):
        run["critics"] = critics(given["critic"])
    parameters = dict(_parameters(given.get("param") or []))
    if given.get("fault_rate") is not None:
        parameters["fault_rate"] = _rate(given["fault_rate"])
    if parameters:
        run["parameters"] = parameters
    budget = {name: given[f"budget_{name}"] for name in Budget.model_fields if given.get(f"budget_{name}") is not None}
    if budget:
        run["budget"] = budget
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
    text = plain(read_text(arguments.text))
    check_request(text)
    pictures = read_pictures(arguments.image, intake, warn)
    if pictures and arguments.size is None and run.size == RunSettings().size:
        run = run.model_copy(update={"size": size_of(pictures[-1])})
    return Request(text, pictures, make_options(run, arguments.steps))


def size_of(picture: bytes) -> str:
    """The size to draw at when a picture is continued and no size is asked for: its own, unless it is very small."""
    width, height = images.decode(picture).size
    return f"{width}x{height}" if min(width, height) >= SMALLEST else RunSettings().size


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
        return data.decode("utf-8-sig")  # some editors and shells begin a text with a byte order mark
    except UnicodeDecodeError as error:
        raise BadRequest(f"stdin is no UTF-8 text (byte {error.start})", "send plain text") from None


def plain(text: str) -> str:
    """The text as a keyboard would write it: what is pasted from a page has spaces and marks that nobody sees."""
    return "".join(_PASTED.get(unicodedata.category(char), char) for char in text if char not in _UNSEEN)


_PASTED = {"Zs": " ", "Zl": "\n", "Zp": "\n"}
_UNSEEN = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
"""Soft hyphen, spaces without width, marks of direction."""


def worded(arguments: argparse.Namespace) -> argparse.Namespace:
    """The arguments with their texts as a keyboard would write them.

    Raises:
        BadRequest: one is too long, or no text.
    """
    given = {name: plain(text) for name in _TEXTS if (text := getattr(arguments, name, None))}
    for name, text in given.items():
        check_request(text, what=f"--{name}")
    return argparse.Namespace(**{**vars(arguments), **given})


_TEXTS = ("prompt", "instruction", "name", "text", "alt", "reason")
"""Options that are texts for a run."""


def read_pictures(paths: Sequence[str], intake: IntakeSettings, warn: Callable[[str], None]) -> tuple[bytes, ...]:
    """The pictures as verified PNGs.

    Raises:
        ImageError: one of them cannot be used; the message names it.
        UsageError: there are too many, or a file cannot be read.
    """
    if len(paths) > intake.pictures:
        raise UsageError(f"{len(paths)} pictures given, at most {intake.pictures} are taken")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns in its own words; what matters, we say or refuse
        return tuple(_picture(path, intake, warn) for path in paths)


def _picture(path: str, intake: IntakeSettings, warn: Callable[[str], None]) -> bytes:
    data = read_file(path, intake.picture_bytes)
    image = images.load(data, intake.limits, name=path, warn=warn)
    return images.encode(image, {str(key): str(value) for key, value in image.info.items()})


def read_file(path: str, limit: int) -> bytes:
    """The bytes of a file or pipe, one more than the limit at most.

    Raises:
        UsageError: it cannot be read, is a device or a folder, or is a pipe into which nobody writes.
    """
    try:
        # Without waiting: else a pipe without a writer would keep us for ever.
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _UNBLOCKED)) as file:
            mode = os.fstat(file.fileno()).st_mode
            if stat.S_ISFIFO(mode):
                return b"".join(_piped(file.fileno(), limit))
            if not stat.S_ISREG(mode):
                raise UsageError(f"{path}: this is no file; give the path of a picture to --image")
            return file.read(limit + 1)
    except TimeoutError:
        why = f"nobody wrote anything into this pipe for {PIPE_PATIENCE:g} s"
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or str(error)
    raise UsageError(f"{path or repr(path)}: the picture cannot be read ({why}); check the path of --image")


def _piped(descriptor: int, limit: int) -> Iterator[bytes]:
    """What comes out of a pipe, up to a little more than the limit."""
    left = limit + 1
    while left > 0:
        if not select.select([descriptor], [], [], PIPE_PATIENCE)[0]:
            raise TimeoutError
        data = os.read(descriptor, left)
        if not data:
            return
        left -= len(data)
        yield data


def make_options(run: RunSettings, steps: int | None) -> Options:
    """The settings of a run as the message has them.

    Raises:
        UsageError: the size is none, or there are too many steps.
        UnknownPolicy: the policy is not known.
    """
    parse_policy(run.policy)
    if steps is not None and steps > MOST_STEPS:
        raise UsageError(f"--steps is {steps}, at most {MOST_STEPS} are drawn")
    width, _, height = run.size.partition("x")
    pixels = int(width), int(height or width)
    if min(pixels) < 1:
        raise UsageError(f"the size {run.size} has no pixels; write it as 512 or 512x768")
    same = run.model_dump(include=set(Options.model_fields) & set(RunSettings.model_fields))
    return Options.model_validate({**same, "steps": steps, "width": pixels[0], "height": pixels[1]})


def changed_options(options: Options, arguments: argparse.Namespace) -> Options:
    """The options of a run with what the command line says instead.

    Raises:
        UsageError, UnknownPolicy: an option cannot be used.
    """
    said = overrides(arguments).get("run", {})
    run = RunSettings.model_validate(said)
    changes = run.model_dump(include=set(said) - {"parameters", "budget"})
    parse_policy(changes.get("policy", options.policy))
    merged = {
        "parameters": {**options.parameters, **said.get("parameters", {})},
        "budget": {**options.budget.model_dump(), **said.get("budget", {})},
    }
    return Options.model_validate({**options.model_dump(), **changes, **merged})


def critics(names: Sequence[str]) -> list[str]:
    """The critics that are named with ``--critic``.

    Raises:
        UsageError: one is named twice, or nobody and somebody.
    """
    if twice := named_twice(names):
        raise UsageError(f"--critic {twice} is given twice; a critic gives one verdict")
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
