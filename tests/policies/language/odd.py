"""Answers as models write them: a dozen in the shape of recorded ones, and the ways in which each comes out odd."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from stepweave.policies.language.reading import CutOff, ReadError
from stepweave.policies.language.wire import Wire, WirePlan, WireVerdict


@dataclass(frozen=True, slots=True)
class Odd:
    """A text, why the model stopped, and what has to come of it."""

    name: str
    wire: type[Wire]
    text: str
    expected: Mapping[str, Any] | type[ReadError]
    finish: str = "stop"
    mended: bool | None = None
    """``None``: whether it counts as mended is not looked at."""


def _step(number: int, name: str, instruction: Any, prompt: Any, text: Any = None) -> dict[str, Any]:
    return {
        "step_number": number,
        "step_name": name,
        "instruction": instruction,
        "prompt": prompt,
        "auxiliary_text": text,
    }


NAMES = (*_step(0, "", "", ""), "execution_plan", "previous_step_success", "refine_prompt")
"""All fields there are."""


def _plan(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"execution_plan": list(steps)}


PLANS: Mapping[str, dict[str, Any]] = {
    "lesson": _plan(
        _step(1, "Outline", "Sketch the head.", "A pencil outline of a cat's head on white paper, centred"),
        _step(2, "Ears", "Add two ears.", "Add two pointed ears on top of the head; keep the outline"),
        _step(3, "Colour", "Colour it orange.", "Colour the whole head orange, leave the paper white"),
    ),
    "story": _plan(
        _step(1, "Morning", "The fox wakes.", 'A red fox wakes in a den; a sign reads "HOME"', "Once upon a time..."),
        _step(2, "Noon", "It finds a ball.", "The same fox stands beside a blue ball, sunlight"),
    ),
    "answer": _plan(_step(1, "", None, None, "There are four cups: two red, one blue, and one that's broken.")),
    "robot": _plan(
        _step(4, "Grasp", "Close the gripper.", "The gripper closes on the green block, the table stays as it is"),
        _step(5, "Lift", "Lift 10 cm.", "The green block is lifted {about 10 cm} above the table"),
    ),
    "chinese": _plan(
        _step(1, "开始", "画一个圆。", "一张白纸上的一个红色圆圈，居中"),
        _step(2, "眼睛", "加上眼睛：两只。", "在圆圈里加两只眼睛，其他保持不变"),
    ),
    "braces": _plan(_step(1, "Set", "Write {a, b}.", "A blackboard with the text [x] = {1: 2}, chalk, true colours")),
}

VERDICTS: Mapping[str, dict[str, Any]] = {
    "yes": {"previous_step_success": True, "refine_prompt": "Add two pointed ears on top of the head"},
    "no": {"previous_step_success": False, "refine_prompt": "Add exactly two ears; the left one is missing"},
    "null": {"previous_step_success": True, "refine_prompt": None},
    "quoted": {"previous_step_success": False, "refine_prompt": 'Write "OPEN" on the door\'s sign, in red'},
    "chinese": {"previous_step_success": False, "refine_prompt": "把杯子变成红色，其他保持不变"},
    "lines": {"previous_step_success": False, "refine_prompt": "Move the cup left.\nKeep the table: it is right."},
}


def _whole(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _trailing(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1).replace("\n}", ",\n}").replace("\n ]", ",\n ]")


def _answered(data: dict[str, Any]) -> str:
    return f"<think>The step asks for it. {{maybe}}\nSo.</think>\n<answer>{_whole(data)}</answer>"


def _opposite(data: dict[str, Any]) -> dict[str, Any]:
    """A first answer that the model takes back."""
    if "previous_step_success" in data:
        return {"previous_step_success": not data["previous_step_success"], "refine_prompt": "something else"}
    return _plan(_step(1, "Wrong", "Not this.", "a wrong picture"))


def _unquoted(data: dict[str, Any]) -> str:
    text = _whole(data)
    for name in NAMES:
        text = text.replace(f'"{name}":', f"{name}:")
    return text


def _commented(data: dict[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return text.replace("{\n", "{ // my answer\n", 1)


def _raw_lines(data: dict[str, Any]) -> str:
    return _whole(data).replace("\\n", "\n")


def _wide(data: dict[str, Any]) -> str:
    """Punctuation of a Chinese keyboard around the texts."""
    text = _whole(data)
    for name in NAMES:
        text = text.replace(f'"{name}": ', f'"{name}"：')
    return text.replace('", "', '"，"')


def _smart(data: dict[str, Any]) -> str:
    """Typographic quotes around names and texts."""

    def written(value: Any) -> str:
        if isinstance(value, str):
            return "“" + value.replace("\\", "\\\\").replace("\n", "\\n") + "”"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{written(name)}: {written(each)}" for name, each in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(written, value)) + "]"
        return json.dumps(value)

    return written(data)


def _worded(data: dict[str, Any]) -> str:
    """Numbers and booleans as texts."""
    text = _whole(data)
    for plain, quoted in ((": true", ': "True"'), (": false", ': "false"'), (": null", ': "None"')):
        text = text.replace(plain, quoted)
    return text.replace('"step_number": ', '"step_number": "Step ').replace(', "step_name"', '", "step_name"')


TWISTS: Mapping[str, Callable[[dict[str, Any]], str]] = {
    "as asked": _answered,
    "JSON alone": _whole,
    "pretty": lambda data: json.dumps(data, ensure_ascii=False, indent=4),
    "escaped": lambda data: json.dumps(data),
    "Python": lambda data: f"<think>x</think><answer>{data!r}</answer>",
    "Python alone": repr,
    "trailing commas": _trailing,
    "fenced": lambda data: f"Here is it:\n```json\n{_whole(data)}\n```\nI hope this helps {{a bit}}.",
    "fenced in tags": lambda data: f"<think>ok</think><answer>\n```\n{_whole(data)}\n```\n</answer>",
    "fenced Python": lambda data: f"```python\n{data!r}\n```",
    "two answers": lambda data: f"<answer>{_whole(_opposite(data))}</answer> Wait. <answer>{_whole(data)}</answer>",
    "two objects": lambda data: f"{_whole(_opposite(data))}\n\nNo, rather:\n\n{_whole(data)}",
    "two fences": lambda data: f"```json\n{_whole(_opposite(data))}\n```\nBetter:\n```json\n{_whole(data)}\n```",
    "draft in the thought": lambda data: f"<think>{_whole(_opposite(data))}?</think><answer>{_whole(data)}</answer>",
    "thought not opened": lambda data: f"Well, it is so.\n</think>\n<answer>{_whole(data)}</answer>",
    "thought not closed": lambda data: f"<think>Well, it is so. <answer>{_whole(data)}</answer>",
    "answer not closed": lambda data: f"<think>Well.</think><answer>{_whole(data)}",
    "closed too early": lambda data: f"<think>Well.</think><answer>{_whole(data)[:-1]}</answer>",
    "tags in capitals": lambda data: f"<THINK>Well.</THINK>< Answer >{_whole(data)}</ANSWER>",
    "prose around": lambda data: f"Sure! The answer is {_whole(data)} - let me know.",
    "byte order mark": lambda data: "﻿" + _whole(data),
    "names without quotes": _unquoted,
    "comments": _commented,
    "raw line breaks": _raw_lines,
    "wide punctuation": _wide,
    "smart quotes": _smart,
    "everything as text": _worded,
    "unknown fields": lambda data: _whole({"confidence": 0.9, **data, "notes": ["x", {"y": None}]}),
    "names in capitals": lambda data: _whole({name.title().replace("_", " "): value for name, value in data.items()}),
}
"""Ways in which the answer is still clear."""

CUTS: Mapping[str, Callable[[str], str]] = {
    "in the thought": lambda text: text[: text.index("maybe")],
    "before the answer": lambda text: text[: text.index("{", text.index("<answer>"))],
    "early": lambda text: text[: text.index("<answer>") + 20],
    "in the middle": lambda text: text[: (text.index("<answer>") + len(text)) // 2],
    "before the last bracket": lambda text: text[: text.rindex("}")],
}
"""Where an answer in its tags is cut off."""


def expected(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an answer as they are read: nothing is an empty text, but for prompts."""
    if "previous_step_success" in data:
        return dict(data)
    return {
        "execution_plan": [
            {name: value if value is not None or name == "prompt" else "" for name, value in step.items()}
            for step in data["execution_plan"]
        ]
    }


def odd() -> list[Odd]:
    """All of them."""
    found: list[Odd] = []
    for wire, answers in ((WirePlan, PLANS), (WireVerdict, VERDICTS)):
        kind = "plan" if wire is WirePlan else "verdict"
        for name, data in answers.items():
            for twist, written in TWISTS.items():
                found.append(Odd(f"{kind} {name}, {twist}", wire, written(data), expected(data)))
            for cut, shorten in CUTS.items():
                found.append(Odd(f"{kind} {name}, cut {cut}", wire, shorten(_answered(data)), CutOff, "length"))
    return found
