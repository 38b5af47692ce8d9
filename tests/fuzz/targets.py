"""Everything that reads what comes from outside the process, each as a function of bytes that may be anything.

A target returns, or raises :class:`BrokenPromise` or whatever its decoder let escape: both are bugs. What a decoder may
raise is caught here and nowhere else, so this file says what each of them promises. Hypothesis (test_decoders.py) and
atheris (``make fuzz``) feed the same functions; both begin from seeds.py.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from nats.errors import ProtocolError
from PIL import Image
from pydantic import ValidationError

from stepweave import images
from stepweave.agents.client import BadRequest, check_request
from stepweave.agents.notebook import MOST, Notebook
from stepweave.app.failures import UsageError
from stepweave.app.intake import make_options, plain
from stepweave.app.sources import SettingsError, load, show
from stepweave.bus import Raw, Unreadable, api, dead, fault_of, headers, micro, reader
from stepweave.bus.envelope import open_, open_anyway
from stepweave.bus.parser import Parser
from stepweave.bus.pull import place
from stepweave.bus.settings import BusSettings
from stepweave.bus.subjects import BRANCHES, Subjects
from stepweave.bus.wire import publication
from stepweave.images import ImageError, Limits
from stepweave.messages import MESSAGES, MakePlan, Note, Recall, RevisePlan, Step, Unknown, decode, encode
from stepweave.policies.pixels import judge
from stepweave.policies.pixels.verdict import CannotJudge
from stepweave.policies.rules import CannotPlan, plan, revise
from stepweave.policies.search import UnknownPolicy, parse_policy
from stepweave.tools import canvas
from stepweave.tools.protocol import Order, Picture, ToolError
from stepweave.tools.sketch import Sketch
from stepweave.world.effort import TooMuchWork, effort
from stepweave.world.language import LanguageError, describe, parse
from stepweave.world.layout import LayoutError, apply_all
from stepweave.world.scene import Scene

Target = Callable[[bytes], None]
TARGETS: dict[str, Target] = {}
"""Every decoder by name."""

SUBJECTS = Subjects("ns")
SUBJECT = "ns.run.r1.done.generator.sketch.s1c1"
SMALL = Limits(size=2**20, side=2000, pixels=10**6, kept=64)
EFFORT = 30_000
"""Units of work for a request: enough for most, little enough to try many."""
TYPES = sorted([*MESSAGES, "somebody.elses.v1"])


class BrokenPromise(AssertionError):
    """A decoder gave something that it promised not to give."""


def target(function: Target) -> Target:
    """Enter a target under its name."""
    TARGETS[function.__name__] = function
    return function


def expect(condition: object, *said: object) -> None:
    if not condition:
        raise BrokenPromise(*said)


def text_of(data: bytes) -> str:
    """Any text, control characters and lone surrogates included."""
    return data.decode("utf-8", "surrogateescape" if data[:1] == b"\xff" else "replace")


# ---------------------------------------------------------------------------------------------- the wire


@target
def protocol(data: bytes) -> None:
    """Raises ProtocolError and nothing else, however the bytes come in pieces; a handler's subjects are text."""
    taken: list[tuple[str, str, bytes | None, bytes]] = []
    for size in (len(data) or 1, 7):
        parser = Parser(_Client(), {b"7": lambda *message: taken.append(message)})
        with suppress(ProtocolError):
            for at in range(0, len(data), size):
                _parse(parser, data[at : at + size])
    for subject, reply, head, body in taken:
        expect(isinstance(subject, str) and isinstance(reply, str) and isinstance(body, bytes))
        expect(head is None or isinstance(head, bytes))


def _parse(parser: Parser, data: bytes) -> None:
    """Parse without a loop: nothing that the parser waits for in here waits itself."""
    try:
        parser.parse(data).send(None)
    except StopIteration:
        return
    raise BrokenPromise("the parser waits for something")


class _Client:
    """Takes what is not for a handler, as strictly as the real one."""

    async def _process_msg(self, sid: int, subject: bytes, reply: bytes, data: bytes, headers: Any) -> None:
        subject.decode()
        reply.decode()
        expect(headers is None or headers[8:9] is not None)

    async def _process_ping(self) -> None: ...
    async def _process_pong(self) -> None: ...

    async def _process_err(self, err_msg: str) -> None:
        err_msg.encode()

    async def _process_info(self, info: dict[str, Any]) -> None:
        info.get("server_name")


@target
def header_block(data: bytes) -> None:
    """Reads any bytes; what it writes, it reads again, or it refuses to write it."""
    fields = headers.read(data)
    expect(all(isinstance(value, str) for pair in fields.items() for value in pair))
    status = headers.status_of(data)
    expect(status is None or 0 <= status.code < 10**20)
    with suppress(ValueError):
        written = headers.write(fields)
        expect(headers.read(f"{written}\r\n".encode()) == {key.lower(): value for key, value in fields.items()})


@target
def subject(data: bytes) -> None:
    """Unreadable, or taken apart so that it can be put together again."""
    text = text_of(data)
    with suppress(Unreadable):
        run, branch, tokens = SUBJECTS.parse(text)
        expect(branch in BRANCHES and len(tokens) == BRANCHES[branch], tokens)
        expect(SUBJECTS.of(run, branch, tokens) == text, text)
    with suppress(ValueError):
        expect(len(place(text)) == 5)


@target
def answer(data: bytes) -> None:
    """ValueError, or an answer of the shape that its reader says."""
    head, body = _halves(data)
    for read in (api.read, api.read_ack, api._read_named):
        with suppress(ValueError):
            found = read(head, body)
            error = api.error_of(found)
            expect(error is None or (isinstance(error[0], int) and isinstance(error[2], str)), found)
            expect(read is not api.read_ack or error or isinstance(found["seq"], int), found)
    with suppress(ValueError):
        raw = reader._read(head, body)
        expect(isinstance(raw, headers.Status) or (raw.sequence > 0 and raw.subject), raw)


@target
def agents_there(data: bytes) -> None:
    """ValidationError, or something that can be grouped and shown."""
    infos = []
    for line in data.splitlines() or [b""]:
        with suppress(ValidationError):
            infos.append(micro._Info.model_validate_json(line))
    for info in micro._grouped(infos, "ns"):
        expect(info.instances >= 1 and isinstance(info.role, str) and isinstance(info.metadata, dict))


# ---------------------------------------------------------------------------------------------- messages


@target
def message(data: bytes) -> None:
    """ValidationError, or a message that is the same when it is written and read again."""
    type_, body = TYPES[data[0] % len(TYPES)] if data else TYPES[0], data[1:]
    with suppress(ValidationError):
        found = decode(type_, body)
        expect(decode(type_, encode(found)) == found, found)


@target
def envelope(data: bytes) -> None:
    """Any bytes are a record; what cannot be read says why, in few words; whatever came can be a dead letter."""
    head, body = _halves(data)
    raw = Raw(SUBJECT, head, body, 7, 1_700_000_000_000_000_000)
    record = open_anyway(raw, SUBJECTS)
    assert record is not None
    expect((record.run, record.task, record.sequence) == ("r1", "s1c1", 7))
    expect(record.time.utcoffset() is not None and len(record.source) <= 256 and len(record.id) <= 256)
    expect(fault_of(record) in ("", "unreadable", "unknown", "misplaced"))
    if fault_of(record) == "unreadable":
        assert isinstance(record.message, Unknown)
        expect(len(record.message.body["reason"]) <= 1000, record.message.body)
        with suppress(Unreadable):
            open_(raw, SUBJECTS)
            raise BrokenPromise("it can be read after all")
    for letter in (dead.head_as_it_came(raw), dead.head_of(record)):
        publication("ns.dead.a.b.r.t", "", letter, body)
        expect(len(letter) < 32 * 1024, "a dead letter with headers without end")


def _halves(data: bytes) -> tuple[bytes | None, bytes]:
    """A header block and a body: what stands before and behind the first empty line, as in the protocol."""
    head, found, body = data.partition(b"\r\n\r\n")
    return (head + found, body) if found else (None, data)


# ---------------------------------------------------------------------------------------------- pictures


@target
def picture(data: bytes) -> None:
    """ImageError, or an RGB picture within the limits; as a PNG of ours it can be read again."""
    with suppress(ImageError):
        found = images.load(data, SMALL)
        expect(found.mode == "RGB" and max(found.size) <= SMALL.kept, found)
        again = images.decode(images.encode(found, {}), SMALL)
        expect(again.tobytes() == found.tobytes())
    with suppress(ImageError):
        found = images.decode(data, SMALL)
        expect(found.mode == "RGB" and all(isinstance(value, str) for value in found.info.values()), found)
        _drawn_upon(found)


@target
def scene_in_a_picture(data: bytes) -> None:
    """A scene that can be drawn upon, or a picture like any other."""
    image = _paper().copy()
    text = text_of(data)
    with suppress(ValueError, TypeError):  # most would be told at once by their fingerprint: it is put right
        note = json.loads(text)
        if isinstance(note, dict) and "pixels" in note:
            text = json.dumps(note | {"pixels": canvas._fingerprint(image)})
    image.info[canvas.KEY] = text
    found = canvas.read(image)
    expect(found.base is not None or len(found.scene.items) <= canvas.MOST_ITEMS)
    _drawn_upon(image)


def _drawn_upon(image: Image.Image) -> None:
    orders = [
        Order(prompt, 1, 64, height, (image,), {"fault_rate": rate})
        for prompt, height, rate in (("add a red ball", 64, 1), ("remove the cat", 96, 0))
    ]
    for drawn in Sketch().draw(orders):
        expect(isinstance(drawn, Picture | ToolError), drawn)


@cache
def _paper() -> Image.Image:
    return Image.new("RGB", (64, 64), "white")


@target
def judgement(data: bytes) -> None:
    """A verdict, or CannotJudge, of any picture by any words."""
    words, _, pixels = data.partition(b"\0")
    width, height = (1 + pixels[0] % 80, 1 + pixels[1] % 80) if len(pixels) > 1 else (1, 1)
    size = 3 * width * height
    after = Image.frombytes("RGB", (width, height), ((pixels or b"x") * size)[:size])
    before = _paper() if len(pixels) % 2 else None
    with suppress(CannotJudge), effort(EFFORT):
        found = judge(text_of(words), text_of(words[::-1]), before, after, (), (text_of(words),))
        expect(found.accepted == (not found.faults), found)


# ---------------------------------------------------------------------------------------------- words


@target
def request(data: bytes) -> None:
    """A plan or CannotPlan, whatever is asked for; and so again from a step that failed."""
    text = text_of(data)
    with suppress(BadRequest):
        check_request(plain(text))
    with suppress(CannotPlan), effort(EFFORT):
        found = plan(MakePlan(request=text, steps=len(data) % 7 or None))
        expect(all(step.prompt is None or step.prompt.strip() for step in found.steps), found)
    with suppress(CannotPlan), effort(EFFORT):
        step = Step(number=1, prompt=text)
        expect(revise(RevisePlan(request=text, plan=(step,), failed=1, reasons=(text,))).steps)


@target
def prompt(data: bytes) -> None:
    """LanguageError or LayoutError, or a scene that can be told in words."""
    text = text_of(data)
    with suppress(LanguageError, LayoutError, TooMuchWork), effort(EFFORT):
        scene = apply_all(Scene(), parse(text).operations)
        expect(describe(scene).strip(), scene)


@target
def policy(data: bytes) -> None:
    """UnknownPolicy, which is told in few words, or a policy."""
    try:
        expect(hasattr(parse_policy(text_of(data)), "moves"))
    except UnknownPolicy as error:
        expect(len(str(error)) < 2000, error)


@target
def recollection(data: bytes) -> None:
    """Any words are remembered and asked by: no text is read as a query."""
    text = data.decode("utf-8", "replace")
    book = _notebook()
    note = Note(kind=("cure", "canvas", "accepted")[len(data) % 3], text=text, subject=text[:40], aspect=text[-9:])
    book.remember("r", f"t{len(data) % 50}", [note])
    ask = Recall(text=text, kinds=("cure", "canvas", "accepted", text[:9]), run_only=not len(data) % 4, limit=10**30)
    expect(len(book.recall("r", ask)) <= MOST)


@cache
def _notebook() -> Notebook:
    return Notebook(Path(tempfile.mkdtemp()) / "memory.sqlite")


# ---------------------------------------------------------------------------------------------- settings


@target
def settings_file(data: bytes) -> None:
    """SettingsError, or settings that can be shown and made a run's options."""
    folder = _folder()
    (folder / "stepweave.toml").write_bytes(data)
    _loaded(folder, {})


@target
def environment(data: bytes) -> None:
    """The same of variables: NAME=value, a line each."""
    variables = {}
    for line in data.replace(b"\0", b"").splitlines()[:20]:
        name, _, value = text_of(line).partition("=")
        variables[f"STEPWEAVE_{name}"] = value
    (_folder() / "stepweave.toml").write_bytes(b"")
    _loaded(_folder(), variables)


def _loaded(folder: Path, variables: dict[str, str]) -> None:
    """Load settings; where state is kept is not left to chance."""
    for name in ("STEPWEAVE_HOME", "STEPWEAVE_CONFIG"):
        variables.pop(name, None)
    try:
        loaded = load({}, {**variables, "STEPWEAVE_HOME": str(folder)}, folder)
        expect(show(loaded))
        make_options(loaded.settings.run, None)
    except (SettingsError, UnknownPolicy, UsageError) as error:
        expect(len(str(error)) < 10_000 + 4 * max(map(len, variables.values()), default=0), "an error without end")


@target
def address(data: bytes) -> None:
    """ValidationError, or an address that can be shown without its secrets."""
    with suppress(ValidationError):
        expect(isinstance(BusSettings(url=data.decode("utf-8", "replace")).display_url, str))


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp())


def images_of(size: tuple[int, int]) -> list[bytes]:
    """A picture in every format and mode that is written here."""
    found: list[bytes] = []
    kinds = (
        "RGB/PNG RGBA/PNG P/PNG L/PNG I;16/PNG 1/PNG LA/PNG RGB/JPEG CMYK/JPEG RGB/WEBP P/GIF RGB/BMP RGB/TIFF F/TIFF"
    )
    for mode, kind in (one.split("/") for one in kinds.split()):
        image = Image.new(mode, size) if mode in ("I;16", "F") else Image.new("RGB", size, "red").convert(mode)
        out = io.BytesIO()
        image.save(out, kind)
        found.append(out.getvalue())
    return found
