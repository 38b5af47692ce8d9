"""The story as one web page: a file that needs nothing else, on a screen or on paper.

Pictures are inside as data URIs, rejected attempts as small copies; text is escaped, and the page forbids itself to
load or run anything.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from difflib import SequenceMatcher
from html import escape
from importlib.resources import files
from itertools import groupby

from PIL import Image

from stepweave import __version__
from stepweave.app.story import Attempt, Chapter, Picture, Story

THUMBNAIL = 256
"""Pixels of the longer side of a rejected attempt's small copy."""

LONG = 80
"""Characters from which a heading is set smaller."""

STATUS = {
    "flawed": "Complete, but not every picture satisfied the critic.",
    "failed": "This run failed before the story was complete.",
    "cancelled": "This run was cancelled before the story was complete.",
    "running": "This run has not finished.",
}
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(story: Story, pictures: Mapping[str, bytes]) -> str:
    """The story as HTML.

    Args:
        story: what to tell.
        pictures: the bytes of its picture files, by path.
    """
    style = files("stepweave.app").joinpath("story.css").read_text("utf-8")
    steps = "\n".join(_step(chapter, pictures) for chapter in story.chapters)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="generator" content="stepweave {__version__}">
<title>{escape(story.title)}</title>
<style>
{style}</style>
</head>
<body>
{_header(story)}
<main>
{_inputs(story.inputs, pictures)}<ol class="steps" role="list">
{steps}
</ol>
</main>
{_footer(story)}
</body>
</html>
"""


def changed_words(before: str, after: str) -> list[tuple[str, bool]]:
    """The words of ``after``, each with whether it is new against ``before``."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    fresh = {place for tag, _, _, start, end in matcher.get_opcodes() if tag != "equal" for place in range(start, end)}
    return [(word, place in fresh) for place, word in enumerate(new)]


def _header(story: Story) -> str:
    whole = " ".join(story.request.split())
    lead = (
        ""
        if whole.casefold() == story.title.casefold()
        else f'<p class="lead" dir="auto">{escape(story.request.strip())}</p>'
    )
    facts = "".join(f"<li>{fact}</li>" for fact in _facts(story))
    return f"""<header>
<h1{' class="long"' if len(story.title) > LONG else ""} dir="auto">{escape(story.title)}</h1>
{lead}<ul class="facts">{facts}</ul>
{_notice(story)}</header>"""


def _facts(story: Story) -> list[str]:
    drawn = sum(1 for chapter in story.chapters for attempt in chapter.attempts if attempt.image)
    rejected = sum(
        1 for chapter in story.chapters for attempt in chapter.attempts if attempt.scores and not attempt.accepted
    )
    facts = [_count(len(story.chapters), "step"), f"{_count(drawn, 'picture')} drawn"]
    if rejected:
        facts.append(f"<b>{rejected}</b> sent back by the critic")
    return facts


def _count(number: int, noun: str) -> str:
    return f"<b>{number}</b> {noun}{'' if number == 1 else 's'}"


def _notice(story: Story) -> str:
    if story.status not in STATUS:
        return ""
    told = " ".join(part for part in (STATUS[story.status], _sentence(story.reason), _sentence(story.remedy)) if part)
    return f'<div class="notice" role="note"><p>{escape(told)}</p></div>\n'


def _sentence(text: str) -> str:
    """A reason as a sentence: capital first, full stop last."""
    text = text.strip()
    return text and text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def _inputs(inputs: tuple[Picture, ...], pictures: Mapping[str, bytes]) -> str:
    if not inputs:
        return ""
    shown = "".join(_image(picture, pictures[picture.path]) for picture in inputs)
    return f'<section class="given"><h2>Given with the request</h2><div>{shown}</div></section>\n'


def _step(chapter: Chapter, pictures: Mapping[str, bytes]) -> str:
    kinds = ["step"] + (["open"] if not chapter.settled else []) + (["words-only"] if chapter.prompt is None else [])
    return f"""<li class="{" ".join(kinds)}" id="step-{chapter.step}">
<span class="number" aria-hidden="true">{chapter.step}</span>
<article class="panel" aria-labelledby="title-{chapter.step}">
{_figure(chapter, pictures)}<div class="words">
<div class="say">
{_heading(chapter)}{_taken(chapter)}</div>
{_attempts(chapter, pictures)}</div>
</article>
</li>"""


def _heading(chapter: Chapter) -> str:
    """The step's title and its instruction; one of them takes the place of both if the other is missing or the same."""
    name, instruction = chapter.name.strip(), chapter.instruction.strip()
    number = f'<span class="unseen">Step {chapter.step}: </span>'
    label = f'id="title-{chapter.step}" dir="auto"'
    if name and instruction and name.casefold() != instruction.rstrip(".").casefold():
        said = f'<h2 {label}>{number}{escape(name)}</h2>\n<p class="instruction" dir="auto">{escape(instruction)}</p>\n'
    else:
        words = instruction or name or chapter.prompt or f"Step {chapter.step}"
        said = f'<h2 class="instruction" {label}>{number}{escape(words)}</h2>\n'
    return said + (f'<p class="more" dir="auto">{escape(chapter.text.strip())}</p>\n' if chapter.text.strip() else "")


def _taken(chapter: Chapter) -> str:
    return f'<p class="prompt">The picture is from {escape(chapter.taken)}.</p>\n' if chapter.taken else ""


def _figure(chapter: Chapter, pictures: Mapping[str, bytes]) -> str:
    if chapter.image:
        return f"<figure>{_image(chapter.image, pictures[chapter.image.path])}</figure>\n"
    if chapter.prompt is None:
        return ""
    return '<figure><div class="missing">No picture of this step was accepted.</div></figure>\n'


def _attempts(chapter: Chapter, pictures: Mapping[str, bytes]) -> str:
    if not chapter.attempts:
        return ""
    before = chapter.prompt or ""
    told = []
    for attempt in chapter.attempts:
        told.append(_attempt(attempt, before, pictures, kept=attempt.candidate == chapter.accepted))
        before = attempt.prompt
    note = '<p class="prompt">No attempt satisfied the critic; the best one was kept.</p>' if chapter.flawed else ""
    return f"""<details>
<summary>{_summary(chapter)}</summary>
{note}<ol class="attempts" role="list">
{"".join(told)}</ol>
</details>
"""


def _summary(chapter: Chapter) -> str:
    number = len(chapter.attempts)
    last = next((a for a in chapter.attempts if a.candidate == chapter.accepted), chapter.attempts[-1])
    mark = f", {last.scores.overall:g} out of 10" if last.scores else ""
    if chapter.flawed:
        return f"How it came about: best of {number}{mark}"
    if not chapter.settled:
        return f"How it came about: {number} attempt{'' if number == 1 else 's'}"
    return f"How it came about: {'first attempt' if number == 1 else f'{number} attempts'}{mark}"


def _attempt(attempt: Attempt, before: str, pictures: Mapping[str, bytes], *, kept: bool) -> str:
    look = '<div class="blank" aria-hidden="true">–</div>'
    if attempt.image:
        look = _image(attempt.image, thumbnail(pictures[attempt.image.path]), small=True)
    reason = f'<p dir="auto">{escape(_sentence(attempt.reason))}</p>\n' if attempt.reason else ""
    return f"""<li class="attempt {"good" if attempt.accepted else "bad"}">
{look}
<div>
{_verdict(attempt, kept=kept)}
{reason}<p class="prompt" dir="auto">Told: {_prompt(before, attempt.prompt)}</p>
</div>
</li>
"""


def _verdict(attempt: Attempt, *, kept: bool) -> str:
    verdict = (
        "accepted"
        if attempt.accepted
        else "kept as the best"
        if kept
        else "rejected"
        if attempt.scores
        else "no verdict"
    )
    marks = ""
    if attempt.scores:
        marks = (
            f'<span class="scores">semantics {attempt.scores.semantics:g} · quality {attempt.scores.quality:g}</span>'
        )
    candidate = f'<strong>Candidate {attempt.candidate}</strong><span class="mark">{verdict}</span>'
    return f'<div class="verdict">{candidate}{marks}</div>'


def _prompt(before: str, prompt: str) -> str:
    """The prompt with what a refinement added marked; a prompt that shares next to nothing is shown plainly."""
    words = changed_words(before, prompt)
    if not before or sum(new for _, new in words) > 0.8 * len(words):
        return escape(prompt)
    runs = [(new, " ".join(word for word, _ in run)) for new, run in groupby(words, key=lambda pair: pair[1])]
    return " ".join(f"<mark>{escape(said)}</mark>" if new else escape(said) for new, said in runs)


def _image(picture: Picture, data: bytes, *, small: bool = False) -> str:
    kind = "image/webp" if data[8:12] == b"WEBP" else "image/png"
    uri = f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
    lazy = ' loading="lazy"' if small else ""
    return f'<img src="{uri}" width="{picture.width}" height="{picture.height}" alt="{escape(picture.alt)}"{lazy}>'


def thumbnail(data: bytes) -> bytes:
    """A small copy of a picture, as WebP: tens of times smaller than the original."""
    with Image.open(io.BytesIO(data)) as image:
        small = image.convert("RGB")
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    out = io.BytesIO()
    small.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()


def _footer(story: Story) -> str:
    makers = " · ".join(f"{escape(role)} {escape(name)}" for role, name in story.makers)
    return f"""<footer>
<p>Made by stepweave {__version__}: {makers}</p>
<p>Run <code>{escape(story.run)}</code>. The picture files carry their origin and their alt text as XMP.</p>
</footer>"""
