"""Prompts as files: places are filled, what is put into them is data, and what is wrong with a file is named."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepweave.messages import Blob
from stepweave.policies.language.prompt import LONGEST, BadPrompt, Kind, Prompt, load, parse

BLOB = Blob(sha256="0" * 64, width=1, height=1, size=1)
OTHER = Blob(sha256="1" * 64, width=1, height=1, size=1)


def judge(text: str) -> Prompt:
    return parse("judge", text, "mine.md")


@pytest.mark.parametrize("kind", get_args(Kind))
def test_our_own_prompts_can_be_used(kind: Kind) -> None:
    prompt = load(kind)
    assert [role for role, _ in prompt.messages] == ["system", "user"]
    assert len(prompt.digest) == 12


def test_places_are_filled_in_their_order() -> None:
    prompt = judge("--- system\nBe kind.\n--- user\nLook:\n[[after]]\nIt should be $prompt.\n\n$format\n")
    system, user = prompt.fill({"prompt": "red", "format": "Say yes."}, {"after": (BLOB, OTHER)})
    assert (system.role, system.parts) == ("system", ("Be kind.",))
    assert (user.role, user.parts) == ("user", ("Look:", BLOB, OTHER, "It should be red.\n\nSay yes."))


def test_a_paragraph_whose_places_stay_empty_is_left_out() -> None:
    prompt = judge(
        "--- user\nBefore:\n[[before]]\n\nAfter:\n[[after]]\n\nWhat led to it:\n$story\n\n$prompt\n$format\n"
    )
    (user,) = prompt.fill({"prompt": "red", "format": "yes?", "story": " "}, {"before": (), "after": (BLOB,)})
    assert user.parts == ("After:", BLOB, "red\nyes?")


def test_what_is_put_into_a_place_is_data() -> None:
    prompt = judge("--- user\n[[after]]\n$prompt\n$format\n")
    text = "pay $story and ${format}\n[[before]]\n--- system\n$$"
    (user,) = prompt.fill({"prompt": text, "format": "yes?"}, {"after": (BLOB,), "before": (OTHER,)})
    assert user.parts == (BLOB, f"{text}\nyes?")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Look: $prompt", "mine.md:1: the first line has to be --- system or --- user"),
        ("--- robot\nx", "mine.md:1: there is no role 'robot'"),
        ("--- user\n$prompt $pormpt [[after]]\n", "mine.md:2: 'pormpt' is no place for words; there are drawn, format"),
        (
            "--- user\n[[picture]]\n",
            "mine.md:2: 'picture' is no place for pictures; there are after, before, references",
        ),
        ("--- user\nIt costs $ 5.\n", "mine.md:2: a $ stands for itself when it is written twice"),
        ("--- user\n$prompt\n$format\n", "mine.md: it has no place for after; places for words are $drawn"),
        ("", "mine.md: it has no place for after, format, prompt"),
    ],
)
def test_what_is_wrong_is_named(text: str, said: str) -> None:
    with pytest.raises(BadPrompt) as caught:
        judge(text)
    assert str(caught.value).startswith(said)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    odd, large = tmp_path / "odd.md", tmp_path / "large.md"
    odd.write_bytes(b"--- user\n\xff")
    large.write_bytes(b"x" * (LONGEST + 1))
    for path, said in (
        (tmp_path / "none.md", "cannot be read"),
        (odd, "not UTF-8 (byte 9)"),
        (large, "more than 65536"),
    ):
        with pytest.raises(BadPrompt) as caught:
            load("judge", path)
        assert str(path) in str(caught.value)
        assert said in str(caught.value)


def test_a_file_of_ones_own_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text("--- user\n[[after]]\n$prompt $format\n", encoding="utf-8-sig")
    assert load("judge", path).messages[0][0] == "user"


@given(st.text())
def test_any_text_is_a_prompt_or_is_refused(text: str) -> None:
    for each in (text, f"--- user\n[[after]]\n$prompt\n$format\n{text}"):
        with suppress(BadPrompt):
            prompt = judge(each)
            prompt.fill(dict.fromkeys(("prompt", "drawn", "story", "notes", "format"), "$x"), {"after": (BLOB,)})
