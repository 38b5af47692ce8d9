"""Every decoder keeps its promise, whatever it is given.

The examples are few and always the same here; ``STEPWEAVE_FUZZ=5000 pytest tests/fuzz`` tries others, and ``make fuzz``
looks for those that reach code which no other has reached.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.seeds import SEEDS
from tests.fuzz.strategies import PIECES, budgeted, misshapen, mutated
from tests.fuzz.targets import TARGETS, TYPES, BrokenPromise, target
from tests.test_schema import EXAMPLES

CORPUS = Path(__file__).parent / "corpus"
FOUND = sorted(path for path in CORPUS.glob("*/*") if path.is_file())
SLOW = {"judgement": 6, "request": 40, "prompt": 60, "picture": 40, "scene_in_a_picture": 40, "settings_file": 40}
"""Examples of decoders that need milliseconds for each."""


@cache
def seeds(name: str) -> list[bytes]:
    return SEEDS[name]()


def test_every_decoder_has_something_to_begin_with() -> None:
    assert SEEDS.keys() == TARGETS.keys()


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_meant_for_it(name: str) -> None:
    for data in seeds(name):
        TARGETS[name](data)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_broke_it_once(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_nearly_right(name: str) -> None:
    @budgeted(SLOW.get(name, 150))
    @given(mutated(seeds(name)))
    def nearly(data: bytes) -> None:
        TARGETS[name](data)

    nearly()


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_anything(name: str) -> None:
    pieces = st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=12).map(b"".join)

    @budgeted(SLOW.get(name, 120) // 2)
    @given(st.binary(max_size=400) | pieces)
    def anything(data: bytes) -> None:
        TARGETS[name](data)

    anything()


@budgeted(400)
@given(
    st.sampled_from(EXAMPLES).flatmap(
        lambda one: st.tuples(st.just(one.TYPE), misshapen([one.model_dump(mode="json")]))
    )
)
def test_messages_with_something_of_another_kind(given_: tuple[str, object]) -> None:
    type_, value = given_
    TARGETS["message"](bytes([TYPES.index(type_)]) + json.dumps(value).encode())


@budgeted(60)
@given(st.data())
def test_scenes_with_something_of_another_kind(data: st.DataObject) -> None:
    scene = data.draw(misshapen([json.loads(text) for text in seeds("scene_in_a_picture")]))
    TARGETS["scene_in_a_picture"](json.dumps(scene).encode())


def test_a_broken_promise_is_noticed() -> None:
    """These tests can fail: a decoder that raises what it did not promise is no decoder."""

    def careless(data: bytes) -> None:
        data.decode()

    @budgeted(200)
    @given(st.binary())
    def anything(data: bytes) -> None:
        careless(data)

    with pytest.raises(UnicodeDecodeError):
        anything()
    assert issubclass(BrokenPromise, AssertionError)
    assert target(careless) is careless
    del TARGETS["careless"]
