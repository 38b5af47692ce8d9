"""Prompts of a user's own on the command line: they reach the agents of this process, or are refused."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from stepweave.app.failures import UsageError
from stepweave.app.prompting import check_here, prompted, with_prompts
from stepweave.app.settings import Settings
from stepweave.app.sources import load


def settings(tmp_path: Path, **run: object) -> Settings:
    return load({"run": run} if run else {}, {"STEPWEAVE_HOME": str(tmp_path)}, tmp_path).settings


def test_a_prompt_becomes_a_setting_of_its_agent(tmp_path: Path) -> None:
    given = settings(tmp_path, planner="chat", critics=("pixels", "chat"))
    found = prompted(Namespace(planner_prompt="plan.md", critic_prompt="judge.md"), given)
    assert [(each.agent, each.path.name) for each in found] == [
        ("planner:chat", "plan.md"),
        ("critic:chat", "judge.md"),
    ]
    agents = with_prompts(given, found).agents
    assert agents["planner.chat"]["prompt"].endswith("plan.md")
    assert agents["critic.chat"]["prompt"].endswith("judge.md")
    check_here(found, ["planner:chat", "critic:chat", "orchestrator"])


def test_without_prompts_nothing_changes(tmp_path: Path) -> None:
    given = settings(tmp_path)
    assert with_prompts(given, prompted(Namespace(), given)) == given


@pytest.mark.parametrize("option", ["planner", "critic"])
def test_an_agent_without_a_model_takes_no_prompt(tmp_path: Path, option: str) -> None:
    said = rf"--{option}-prompt is for language models \(chat, vllm\), not for {option}:"
    with pytest.raises(UsageError, match=said):
        prompted(Namespace(**{f"{option}_prompt": "x.md"}), settings(tmp_path))


def test_a_prompt_for_an_agent_elsewhere_is_refused(tmp_path: Path) -> None:
    found = prompted(Namespace(planner_prompt="plan.md"), settings(tmp_path, planner="chat"))
    with pytest.raises(UsageError, match=r'set agents\."planner\.chat"\.prompt there'):
        check_here(found, ["orchestrator"])
