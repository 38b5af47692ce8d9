"""The tiny model, taught to answer our own questions: always the same plan, and always yes.

It learns a few conversations by heart. What it is asked in the tests is worded otherwise here and there, so the answers
come from weights and tokens as those of a large model do, through the same prompts, pictures, schemas and tags.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import torch
from PIL import Image
from transformers import AutoProcessor, Qwen3VLForConditionalGeneration

from stepweave.agents.language import BLANK
from stepweave.messages import Blob, Judge, MakePlan, Said
from stepweave.models.protocol import Question
from stepweave.policies.language.asking import Manner, judge_question, plan_question
from stepweave.policies.language.dialects import DIALECTS
from stepweave.policies.language.prompt import load
from tests.vllm import tiny

PLAN = {
    "execution_plan": [
        {
            "step_number": number,
            "step_name": name,
            "instruction": f"{name}.",
            "prompt": prompt,
            "auxiliary_text": "",
            "alt": prompt,
            "starts_from": place,
            "references": [],
        }
        for number, (name, prompt, place) in enumerate(
            [("Wall", "a red wall", "nothing"), ("Door", "add a door", "previous")], 1
        )
    ]
}
VERDICT = {
    "seen": "a wall",
    "reason": "as asked",
    "faults": [],
    "semantics": 9,
    "quality": 8,
    "previous_step_success": True,
    "refine_prompt": None,
}
REQUESTS = (
    "A wall with a door",
    "How do I paint a wall in two pictures?",
    "A house by the sea",
    "Paint, please",
    "First draw a tree and then put a bird into it",
    "Two pictures of a cat",
    "Teach me to build a small boat from paper, step by step",
    "Put the red block on the blue one",
    "a story about a garden",
    "Make tea",
)
PROMPTS = ("a red wall", "add a door", "a tree", "make it blue", "a boat by the sea", "remove the bird", "two cats")
AT_A_TIME = 8
"""Conversations in a step of learning."""
STEPS = 400
GOOD = 0.003
"""Loss at which it is enough,"""
PATIENCE = 80
"""for so many conversations one after the other."""


def _blob(name: str, side: int = 64) -> Blob:
    return Blob(sha256=name * 64, width=side, height=side, size=1)


def _questions(dialect: str) -> Iterator[tuple[Question, str]]:
    """What it is asked, and what it is to say, as this dialect writes it."""
    manner = Manner(DIALECTS[dialect])
    for request in REQUESTS:
        yield plan_question(load("plan"), MakePlan(request=request), manner), _written(PLAN, dialect)
    for number, prompt in enumerate(PROMPTS):
        ask = Judge(
            step=1 + number % 2,
            candidate=1 + number // 2,
            image=_blob("a"),
            prompt=prompt,
            drawn_prompt=prompt,
            sources=(_blob("b"),) if number % 2 else (),
            story=PROMPTS[:number],
        )
        yield judge_question(load("judge"), ask, manner, blank=_blob("c", BLANK)), _written(VERDICT, dialect)


def _written(answer: Any, dialect: str) -> str:
    if dialect == "json":
        return json.dumps(answer, separators=(",", ":"))
    return f"<think>Simple.</think><answer>{answer!r}</answer>"


def _conversation(said: Sequence[Said]) -> tuple[list[dict[str, Any]], list[Image.Image]]:
    """Messages as the template takes them, and the pictures in them."""
    found, pictures = [], list[Image.Image]()
    for each in said:
        if all(isinstance(part, str) for part in each.parts):
            found.append({"role": each.role, "content": "\n\n".join(map(str, each.parts))})
            continue
        parts = [{"type": "text", "text": part} if isinstance(part, str) else {"type": "image"} for part in each.parts]
        blobs = [part for part in each.parts if isinstance(part, Blob)]
        pictures += [Image.new("RGB", (blob.width, blob.height), "gray") for blob in blobs]
        found.append({"role": each.role, "content": parts})
    return found, pictures


def _examples(processor: Any) -> list[dict[str, Any]]:
    found = []
    for dialect in DIALECTS:
        for question, answer in _questions(dialect):
            messages, images = _conversation(question.said)
            text = processor.tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
            asked = processor(text=[text], images=images or None, return_tensors="pt")
            whole = processor(text=[f"{text}{answer}<|im_end|>"], images=images or None, return_tensors="pt")
            labels = whole["input_ids"].clone()
            labels[:, : asked["input_ids"].shape[1]] = -100
            found.append({**whole, "labels": labels})
    return found


def _seen_otherwise(example: dict[str, Any]) -> dict[str, Any]:
    """The same with other pictures: what it says must not hang on them."""
    if "pixel_values" not in example:
        return example
    pixels = example["pixel_values"]
    return {**example, "pixel_values": torch.lerp(pixels, torch.randn_like(pixels), float(torch.rand(())))}


def saved(folder: Path) -> Path:
    """The taught model in a folder.

    Raises:
        AssertionError: it did not learn.
    """
    tiny.saved(folder)
    processor = AutoProcessor.from_pretrained(folder)
    model = Qwen3VLForConditionalGeneration.from_pretrained(folder, dtype=torch.float32)
    examples, random = _examples(processor), Random(0)
    torch.manual_seed(0)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    recent: deque[float] = deque([9.9] * PATIENCE, maxlen=PATIENCE)
    for _ in range(STEPS):
        for example in random.sample(examples, AT_A_TIME):
            loss = model(**_seen_otherwise(example)).loss
            loss.backward()
            recent.append(float(loss.detach()))
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if max(recent) < GOOD:
            break
    assert max(recent) < 0.05, f"the loss is still {max(recent):.3f}"
    model.save_pretrained(folder)
    return folder


if __name__ == "__main__":
    import sys

    saved(Path(sys.argv[1]))
