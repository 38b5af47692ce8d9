"""What each decoder is meant to read, and near misses: what mutations begin with, in hypothesis and in atheris."""

from __future__ import annotations

import json
from collections.abc import Callable

from PIL import Image

from stepweave import images
from stepweave.bus.envelope import seal
from stepweave.images import Provenance
from stepweave.messages import Message, encode
from stepweave.tools import canvas
from stepweave.tools.protocol import Order, Picture
from stepweave.tools.sketch import Sketch
from tests.fuzz.targets import TYPES, images_of
from tests.test_schema import EXAMPLES

WORDS = (
    "How do I draw a house, step by step?",
    "1. Draw a cat on the left. 2. Draw a dog on the right. 3. Let the cat sleep.",
    "Draw a red boat, then add a small yellow sun at the top right; make the boat bigger",
    "A story of a robot and a cup in the kitchen, in 4 pictures",
    "robot arm + two blocks (white, black) on a workbench: 1) pick white 2) put white on black",
    'a word "HELLO" above three trees between two houses, not a dog',
    "the the of of and and to to in in a a it it",
    "two people, one happy, one sad. " * 8,
    "add a cat. " * 30,
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "١٢٣ ½ ² ％ \u202e\u200b\u0301 \"' “ ” « » NEAR OR NOT * ^ : -7 99999999999999999999 1e9",
)

TOML = """\
log_level = "INFO"
[run]
seed = 7
critics = ["pixels", "brand"]
memory = "on"
size = "64x64"
policy = "sequential(attempts=3)"
parameters = { fault_rate = 0.1, x = true }
[run.budget]
images = 3
seconds = 3.5
[bus]
url = "nats://user:word@host:4222,tls://other:4223"
patience = 3.0
[intake]
pictures = 3
[agents."generator.sketch"]
a = { b = [1, 2.5, "x", 1979-05-27T07:32:00Z] }
"""


def _sealed(message: Message) -> bytes:
    head = seal(message, source="/a/b", about="r/t", id_="ab" * 16, traceparent=f"00-{'1' * 32}-{'2' * 16}-01")
    return f"{head}\r\n".encode("ascii") + encode(message)


def _foreign(message: Message) -> bytes:
    fields = f"ce-id: 1\r\nCE-Type: {message.TYPE}\r\nce-time: 2026-01-01T00:00:00+14:00\r\nce-source: /%e2%82%ac"
    return f"NATS/1.0\r\nce-specversion: 1.0\r\n{fields}\r\n\r\n".encode() + encode(message)


def _typed(message: Message) -> bytes:
    return bytes([TYPES.index(message.TYPE)]) + encode(message)


def _scenes() -> list[bytes]:
    photo = Image.new("RGB", (64, 64), "blue")
    orders = [
        Order('a red house, a sleeping cat and a word "HI"', 1, 64, 64),
        Order("a robot arm that holds a block, upside down", 2, 64, 64),
        Order("add a cat", 1, 64, 64, (photo,)),
    ]
    drawn = [one for one in Sketch().draw(orders) if isinstance(one, Picture)]
    return [picture.chunks[canvas.KEY].encode() for picture in drawn]


def _pictures() -> list[bytes]:
    (drawn,) = Sketch().draw([Order("a red house", 1, 64, 64)])
    assert isinstance(drawn, Picture)
    ours = images.encode(drawn.image, drawn.chunks, Provenance("tool", "words", "algorithmicMedia", "alt"))
    return [*images_of((9, 7)), *images_of((1, 1)), ours]


def _judged() -> list[bytes]:
    return [text.encode() + b"\0" + bytes(range(7)) * 9 for text in WORDS]


def _discovered() -> list[bytes]:
    metadata = {"stepweave.role": "critic", "stepweave.capability": "pixels", "stepweave.namespace": "ns"}
    return [json.dumps({"name": "x", "id": "y", "version": "1.0.0", "metadata": metadata}).encode() * 2]


def _texts() -> list[bytes]:
    return [text.encode() for text in WORDS]


_PLACED = (
    b"NATS/1.0\r\nNats-Subject: a.b\r\nNats-Sequence: 7\r\nNats-Time-Stamp: 2026-01-01T00:00:00.123456789Z\r\n\r\nx"
)
_STATUS = b"NATS/1.0 408 Request Timeout\r\nNats-Pending-Messages: 3\r\n\r\n"
_MESSAGES = (
    b"MSG a.b 7 r.s 5\r\nhello\r\nHMSG a.b 7 12 17\r\nNATS/1.0\r\n\r\nhello\r\nPING\r\n+OK\r\nMSG x 8 1\r\n1\r\n"
)

SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "protocol": lambda: [_MESSAGES, b'INFO {"server_name":"x"}\r\nPONG\r\n' + _MESSAGES, b"-ERR 'x'\r\n" + _MESSAGES],
    "header_block": lambda: [_STATUS, _PLACED, *map(_sealed, EXAMPLES[:3])],
    "subject": lambda: [
        b"ns.run.r1.ev.requested.0",
        b"ns.run.r1.cmd.generator.sketch.s1c1",
        b"ns.run.r1.done.generator.sketch.s1c1",
        b"ns.run.r1.ctl.c1",
        b"ns.run.r1.note.late.n1",
        b"$JS.ACK.s.c.1.5.7.1700000000000000000.0",
        b"$JS.ACK.domain.account.s.c.1.5.7.1700000000000000000.0.token",
    ],
    "answer": lambda: [
        b'{"type":"io.nats.jetstream.api.v1.stream_info_response","config":{},"state":{"last_seq":7}}',
        b'{"stream":"s","seq":7,"duplicate":true}',
        b'{"error":{"code":503,"err_code":10039,"description":"no"}}',
        _STATUS,
        _PLACED,
    ],
    "agents_there": _discovered,
    "message": lambda: [_typed(message) for message in EXAMPLES],
    "envelope": lambda: [make(message) for message in EXAMPLES for make in (_sealed, _foreign)],
    "picture": _pictures,
    "scene_in_a_picture": _scenes,
    "judgement": _judged,
    "request": _texts,
    "prompt": _texts,
    "policy": lambda: [
        b"sequential",
        b"sequential(5)",
        b"sequential(attempts=5)",
        b"sequential(" + b"(" * 90,
        b"-" * 190,
    ],
    "recollection": _texts,
    "settings_file": lambda: [TOML.encode()],
    "environment": lambda: [
        b'RUN__SEED=7\nRUN__CRITICS=["a"]\nRUN__MEMORY=off\nRUN__PARAMETERS={"a":1}\nBUS__URL=nats://h:1',
        b"RUN__PARAMETERS__A__B=7\nLOG_LEVEL=INFO\nAGENTS__X={}\nRUN=7\nRUN__SIZE=512x768\n__=",
    ],
    "address": lambda: [b"nats://user:word@host:4222,tls://[::1]:4223", b"nats://[", b"ws://host:99999/x?y#z"],
}
"""Valid inputs of every target, made when they are needed."""
