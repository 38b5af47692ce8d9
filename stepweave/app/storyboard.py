"""A storyboard: the files of a story."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from stepweave.app.story import Attempt, Chapter, Story, tell
from stepweave.app.story_page import page
from stepweave.policies.state import RunState


def storyboard(state: RunState, blobs: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a run's storyboard: path within the folder to contents.

    Args:
        state: the run, finished or not.
        blobs: the bytes of its pictures, by sha256.
    """
    story = tell(state)
    pictures = {picture.path: blobs[picture.sha256] for picture in story.pictures}
    return {
        **pictures,
        "story.html": page(story, pictures).encode(),
        "story.md": markdown(story).encode(),
        "story.json": (json.dumps(record(story), ensure_ascii=False, indent=2) + "\n").encode(),
    }


def record(story: Story) -> dict[str, Any]:
    """The story as data, for programs."""
    return {
        "run": story.run,
        "request": story.request,
        "status": story.status,
        "parts": [part for chapter in story.chapters if chapter.settled for part in _parts(chapter)],
        "steps": [_step(chapter) for chapter in story.chapters],
    }


def _parts(chapter: Chapter) -> list[dict[str, Any]]:
    """The sequence as a reader meets it: words, then the picture."""
    said = "\n\n".join(text for text in (chapter.instruction or chapter.name, chapter.text) if text)
    words = [{"kind": "text", "step": chapter.step, "text": said}] if said else []
    shown = [{"kind": "image", "step": chapter.step, "image": asdict(chapter.image)}] if chapter.image else []
    return [*words, *shown]


def _step(chapter: Chapter) -> dict[str, Any]:
    return {
        "step": chapter.step,
        "instruction": chapter.instruction,
        "prompt": chapter.prompt,
        "accepted": chapter.accepted,
        "attempts": [_attempt(attempt) for attempt in chapter.attempts],
        **({"taken": chapter.taken} if chapter.taken else {}),
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "candidate": attempt.candidate,
        "seed": attempt.seed,
        "prompt": attempt.prompt,
        "image": asdict(attempt.image) if attempt.image else None,
        "accepted": attempt.accepted,
        "scores": asdict(attempt.scores) if attempt.scores else None,
        "reason": attempt.reason,
    }


def markdown(story: Story) -> str:
    """The story as Markdown, for a repository or a wiki."""
    head = [f"# {_plain(story.title)}", f"> {_plain(' '.join(story.request.split()))}"]
    if story.status != "completed":
        head.append(f"**{story.status}**: {_plain(story.reason or 'not finished')}")
    return "\n\n".join([*head, *(_section(chapter) for chapter in story.chapters)]) + "\n"


def _section(chapter: Chapter) -> str:
    title = chapter.name or f"Step {chapter.step}"
    parts = [f"## {chapter.step}. {_plain(title)}", _plain(chapter.instruction), _plain(chapter.text)]
    if chapter.image:
        parts.append(f"![{_plain(_line(chapter.image.alt))}]({chapter.image.path})")
    elif chapter.prompt is not None:
        parts.append("*No picture of this step was accepted.*")
    if chapter.taken:
        parts.append(f"*The picture is from {_plain(chapter.taken)}.*")
    rejected = [a for a in chapter.attempts if a.candidate != chapter.accepted]
    parts.extend(f"- candidate {a.candidate}: {_rejection(a)}" for a in rejected[:1])
    text = "\n\n".join(part for part in parts if part)
    return "\n".join([text, *(f"- candidate {a.candidate}: {_rejection(a)}" for a in rejected[1:])])


def _rejection(attempt: Attempt) -> str:
    reason = _plain(_line(attempt.reason)) or "not accepted"
    return f"[{reason}]({attempt.image.path})" if attempt.image else reason


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Text that means itself in Markdown."""
    return re.sub(r"([\\`*_{}\[\]<>#|~!])", r"\\\1", text)
