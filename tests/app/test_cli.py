"""The words of the command line: help, speed of the start, and the documents printed."""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stepweave import __version__
from stepweave.app import exits
from stepweave.app.cli import main
from stepweave.app.failures import exit_code, pick
from stepweave.app.intake import overrides
from stepweave.app.parser import EXAMPLES, build
from stepweave.bus import StoreFull, Unreachable
from stepweave.images import NotAnImage

DOCS = Path(__file__).parents[2] / "docs" / "cli.md"
HEAVY = ("pydantic", "rich", "nats", "numpy", "PIL", "anyio", "asyncio", "platformdirs")


def commands() -> list[tuple[str, ...]]:
    """Every command and action."""
    found: list[tuple[str, ...]] = []

    def walk(parser: argparse.ArgumentParser, at: tuple[str, ...]) -> None:
        found.append(at)
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for name, inner in action.choices.items():
                    walk(inner, (*at, name))

    walk(build(), ())
    return found


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_help_is_there_and_begins_with_examples(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([*words, "--help"])
    shown = capsys.readouterr().out
    if len(words) < 2:
        assert shown.index("examples:") < shown.index("-h, --help")
        assert shown.index("-h, --help") < shown.index("exit codes:")


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from stepweave.app.cli import main\n"
    code += "try: main(['run', '--help'])\nexcept SystemExit: pass\n"
    code += f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_help_is_quick() -> None:
    took = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "stepweave.app.cli", "--help"], capture_output=True, check=True)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.4  # 0.05 s here


@pytest.mark.parametrize("line", [line for text in EXAMPLES.values() for line in text.splitlines()])
def test_every_example_is_understood(line: str) -> None:
    words = shlex.split(line.split("<")[0] + (line.split("txt")[1] if "<" in line else ""))
    assert build().parse_args(words[1:]).module


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"stepweave {__version__}\n"


def test_the_documentation_names_every_command_option_and_exit_code() -> None:
    text = DOCS.read_text("utf-8")
    for words in commands():
        assert " ".join(("stepweave", *words)) in text
    for action in _actions(build()):
        for option in action.option_strings:
            assert option in {"-h", "--help"} or option in text, option
    for code, meaning in exits.MEANINGS.items():
        assert f"| {code} | {meaning} |" in text


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return [*parser._actions, *(found for a in inner for choice in a.choices.values() for found in _actions(choice))]


def test_options_go_into_the_settings_and_silence_does_not() -> None:
    assert overrides(build().parse_args(["run", "a sun"])) == {}
    words = ["run", "a sun", "--critic", "a", "--critic", "b", "--memory", "off", "--seed", "0", "--nats", "nats://h"]
    words += ["--param", "steps=4", "--param", "turbo=true", "--param", "style=1e400", "--fault-rate", "0.3"]
    assert overrides(build().parse_args(words)) == {
        "run": {
            "seed": 0,
            "memory": "off",
            "critics": ["a", "b"],
            "parameters": {"steps": 4, "turbo": True, "style": "1e400", "fault_rate": 0.3},
        },
        "bus": {"url": "nats://h"},
    }


def test_schemas_are_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "Verdict"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Verdict"
    assert main(["schema", "--asyncapi"]) == 0
    assert json.loads(capsys.readouterr().out)["asyncapi"] == "3.0.0"
    assert main(["schema", "--out", str(tmp_path / "made")]) == 0
    assert (tmp_path / "made" / "stepweave.plan.made.v1.json").is_file()


def test_settings_are_shown_with_their_origin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STEPWEAVE_HOME", str(tmp_path))
    assert main(["config", "show", "--nats", "nats://joe:secret@host"]) == 0
    shown = capsys.readouterr().out
    assert "nats://host" in shown
    assert "secret" not in shown
    assert main(["config", "show", "--json"]) == 0
    names = {setting["name"]: setting["origin"] for setting in json.loads(capsys.readouterr().out)}
    assert (names["home"], names["run.seed"]) == ("STEPWEAVE_HOME", "default")


def test_of_several_errors_the_most_useful_is_told() -> None:
    mistake, trouble = NotAnImage("a.png", "broken", "mend it"), Unreachable("nats://h", "refused")
    group = ExceptionGroup("", [RuntimeError("x"), ExceptionGroup("", [trouble, mistake])])
    assert pick(group) is mistake
    assert exit_code(StoreFull("RUNS", "maximum bytes exceeded")) == exits.SERVER
    assert exit_code(RuntimeError("x")) == exits.DEFECT
