"""The files of a story."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.app.story import tell
from stepweave.app.story_page import changed_words, page
from stepweave.app.storyboard import markdown, storyboard
from stepweave.messages import RunRequested
from stepweave.policies.state import RunState

if TYPE_CHECKING:
    from tests.app.conftest import Sample


class Page(HTMLParser):
    """Collects what a browser would fetch, run or show."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def test_the_record_has_exactly_the_documented_shape(sample: Sample) -> None:
    story = json.loads(storyboard(sample.state, sample.blobs)["story.json"])
    assert list(story) == ["run", "request", "status", "parts", "steps"]
    assert story["status"] == "flawed"
    assert [(p["kind"], p["step"]) for p in story["parts"]] == [
        ("text", 1), ("image", 1), ("text", 2), ("image", 2), ("text", 3), ("image", 3), ("text", 4),
    ]  # fmt: skip
    assert list(story["parts"][1]["image"]) == ["path", "sha256", "width", "height", "alt"]
    assert list(story["steps"][1]) == ["step", "instruction", "prompt", "accepted", "attempts"]
    assert [step["accepted"] for step in story["steps"]] == [1, 2, 1, None]
    first, second = story["steps"][1]["attempts"]
    assert list(first) == ["candidate", "seed", "prompt", "image", "accepted", "scores", "reason"]
    assert (first["accepted"], first["reason"], first["scores"]["semantics"]) == (False, "the roof is blue, not red", 3)
    assert (second["accepted"], second["image"]["path"]) == (True, "images/step-02.png")


def test_every_picture_named_is_there_with_its_hash(sample: Sample) -> None:
    files = storyboard(sample.state, sample.blobs)
    story = json.loads(files["story.json"])
    named = [a["image"] for step in story["steps"] for a in step["attempts"]]
    named += [part["image"] for part in story["parts"] if part["kind"] == "image"]
    assert len(named) == 8
    for image in named:
        assert hashlib.sha256(files[image["path"]]).hexdigest() == image["sha256"]
    assert {"images/step-01.png", "images/step-02-candidate-01.png"} <= files.keys()


def test_a_flawed_step_keeps_an_attempt_that_was_not_accepted(sample: Sample) -> None:
    step = json.loads(storyboard(sample.state, sample.blobs)["story.json"])["steps"][2]
    kept = step["attempts"][step["accepted"] - 1]
    assert kept["accepted"] is False


def test_the_page_is_whole_and_needs_nothing_else(sample: Sample) -> None:
    files = storyboard(sample.state, sample.blobs)
    shown = Page(files["story.html"].decode())
    assert shown.open == []
    assert not {"script", "link", "iframe", "object", "a"} & {tag for tag, _ in shown.tags}
    images = shown.all("img")
    assert all((i["src"] or "").startswith("data:image/") and i["alt"] for i in images)
    inside = {base64.b64decode((i["src"] or "").split(",", 1)[1]) for i in images}
    assert {files[f"images/step-0{n}.png"] for n in (1, 2, 3)} <= inside
    assert "url(" not in files["story.html"].decode()
    assert len(shown.all("details")) == 3


def test_the_same_run_gives_the_same_files(sample: Sample) -> None:
    assert storyboard(sample.state, sample.blobs) == storyboard(sample.state, sample.blobs)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@settings(max_examples=60, deadline=None)
def test_words_stay_words(words: str) -> None:
    hostile = words + "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;"
    story = tell(RunState("r1", requested=RunRequested(request=hostile)))
    shown = Page(page(story, {}))
    assert shown.open == []
    assert not shown.all("script")
    assert not shown.all("img")
    assert "<script>" not in markdown(story)


def test_a_run_that_stopped_early_tells_what_there_is(sample: Sample) -> None:
    cut = replace(sample.state, outcome=None, accepted={1: sample.state.accepted[1]})
    files = storyboard(cut, sample.blobs)
    story = json.loads(files["story.json"])
    assert story["status"] == "running"
    assert {part["step"] for part in story["parts"]} == {1}
    assert "No picture of this step was accepted" in files["story.html"].decode()
    assert "images/step-02-candidate-02.png" in files


def test_markdown_links_only_files_that_exist(sample: Sample) -> None:
    files = storyboard(sample.state, sample.blobs)
    links = re.findall(r"\]\(([^)]+)\)", files["story.md"].decode())
    assert len(links) == 5
    assert set(links) <= files.keys()


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_changed_words_give_the_new_prompt_back(before: list[str], after: list[str]) -> None:
    words = changed_words(" ".join(before), " ".join(after))
    assert [word for word, _ in words] == after
    assert all(word in before for word, new in words if not new)
