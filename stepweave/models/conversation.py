"""A conversation as chat models are given it, over a wire or in the same process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stepweave.messages import Blob, Said
from stepweave.models.pictures import data_url
from stepweave.models.protocol import Question


def shown(question: Question, pictures: Mapping[str, bytes], side: int) -> dict[str, str]:
    """The pictures of a question as data URLs, by SHA-256, none with more than ``side`` pixels on its longer side."""
    wanted = {part.sha256 for said in question.said for part in said.parts if isinstance(part, Blob)}
    return {name: data_url(pictures[name], side) for name in wanted}


def messages(said: tuple[Said, ...], shown: Mapping[str, str]) -> list[dict[str, Any]]:
    """Messages as the OpenAI chat API has them; words alone as text, for not all models take parts."""
    found: list[dict[str, Any]] = []
    for each in said:
        if all(isinstance(part, str) for part in each.parts):
            found.append({"role": each.role, "content": "\n\n".join(map(str, each.parts))})
            continue
        parts = [
            {"type": "text", "text": part}
            if isinstance(part, str)
            else {"type": "image_url", "image_url": {"url": shown[part.sha256]}}
            for part in each.parts
        ]
        found.append({"role": each.role, "content": parts})
    return found
