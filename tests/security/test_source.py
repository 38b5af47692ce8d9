"""What the code itself does not do, whatever comes in: no code is run that came as data, nothing is unpickled."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "stepweave").rglob("*.py"))
FORBIDDEN_MODULES = {"pickle", "cPickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "jsonpickle"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
FORBIDDEN_NAMES = {("os", "system"), ("os", "popen"), ("yaml", "load"), ("yaml", "unsafe_load"), ("tempfile", "mktemp")}


def faults(tree: ast.AST) -> list[str]:
    """What a module does that none should."""
    return [fault for node in ast.walk(tree) for fault in _faults(node)]


def _faults(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [f"imports {a.name}" for a in node.names if a.name.partition(".")[0] in FORBIDDEN_MODULES]
    if isinstance(node, ast.ImportFrom):
        return [f"imports {node.module}"] if (node.module or "").partition(".")[0] in FORBIDDEN_MODULES else []
    return _of_call(node) if isinstance(node, ast.Call) else []


def _of_call(call: ast.Call) -> list[str]:
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if isinstance(call.func, ast.Name) and call.func.id in FORBIDDEN_CALLS:
        return [f"calls {call.func.id}"]
    found = ["runs a shell"] if _is(given.get("shell"), True) else []
    if not (isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)):
        return found
    name = (call.func.value.id, call.func.attr)
    if name in FORBIDDEN_NAMES:
        found.append(f"calls {'.'.join(name)}")
    if name == ("torch", "load") and not _is(given.get("weights_only"), True):
        found.append("calls torch.load without weights_only=True")
    if name in {("numpy", "load"), ("np", "load")} and "allow_pickle" in given:
        found.append("calls numpy.load with allow_pickle")
    return found


def _is(node: ast.AST | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_runs_what_it_was_given(module: Path) -> None:
    assert faults(ast.parse(module.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from pickle import loads",
        "import shelve as s",
        "import xml, marshal",
        "eval('1')",
        "exec('1')",
        "compile('1', '', 'exec')",
        "import os\nos.system('ls')",
        "import subprocess\nsubprocess.run('ls', shell=True)",
        "import torch\ntorch.load('x')",
        "import torch\ntorch.load('x', weights_only=False)",
        "import numpy as np\nnp.load('x', allow_pickle=True)",
        "import yaml\nyaml.load('x')",
    ],
)
def test_what_none_should_do_is_found(code: str) -> None:
    assert faults(ast.parse(code)) != []


def test_what_all_may_do_is_not_found() -> None:
    code = "import re, torch\nre.compile('x')\ntorch.load('x', weights_only=True)\nmodel.eval()\ncursor.execute('x')"
    assert faults(ast.parse(code)) == []


def test_only_one_module_starts_other_programs() -> None:
    """The embedded server's, which looks for nats-server and starts it."""
    starting = re.compile(
        r"^\s*(?:import subprocess|from subprocess)|posix_spawn|os\.exec|create_subprocess", re.MULTILINE
    )
    found = {str(path.relative_to(ROOT)) for path in MODULES if starting.search(path.read_text(encoding="utf-8"))}
    assert found == {"stepweave/bus/process.py", "stepweave/bus/program.py"}
