"""The project as a whole: what the documents say exists, the pins are complete, the code keeps its house rules."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from stepweave.app.parser import build

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MODULES = sorted((ROOT / "stepweave").rglob("*.py"))
COMMANDS = {
    "make",
    "stepweave",
    "pip",
    "pipx",
    "uv",
    "git",
    "docker",
    "nats",
    "nats-server",
    "vllm",
    "cd",
    "mkdir",
    "export",
}
FENCE = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(language: str) -> list[tuple[str, str]]:
    """Every fenced block of a language in the documents, with the name of its document."""
    return [
        (name(document), body)
        for document in DOCUMENTS
        for tag, body in FENCE.findall(document.read_text(encoding="utf-8"))
        if tag == language
    ]


def commands() -> list[tuple[str, str]]:
    """Every command in a bash block, without comments and line continuations, with the name of its document."""
    lines = [
        (document, line.split(" #")[0])
        for document, body in blocks("bash")
        for line in body.replace("\\\n", " ").splitlines()
        if not line.startswith("#")
    ]
    parts = [(document, part.strip()) for document, line in lines for part in line.split("&&")]
    return [(document, part) for document, part in parts if part]


# ---------------------------------------------------------------------------------------------- documents


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s#]+)[^)]*\)", document.read_text(encoding="utf-8"))
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (document.parent / link).exists()] == []


def test_every_place_in_the_table_of_contributing_exists() -> None:
    rows = [line for line in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    places = {place for row in rows for place in re.findall(r"`([\w./-]*[./][\w./-]*)`", row)}
    assert len(places) > 30
    assert sorted(place for place in places if not (ROOT / place).exists()) == []


@pytest.mark.parametrize(("document", "command"), commands())
def test_commands_in_documents_exist(document: str, command: str) -> None:
    words = [word for word in shlex.split(command) if not re.match(r"[A-Z_]+=", word)]
    program = words[0] if words else "export"
    assert program in COMMANDS or (ROOT / program).exists()
    if program == "stepweave":
        end = next((words.index(word) for word in words if word in {"&", ">", "<", "|"}), len(words))
        build().parse_args(words[1:end])
    if program == "make":
        assert set(words[1:]) <= set(targets())


@pytest.mark.parametrize(("document", "code"), blocks("python"))
def test_python_in_documents_is_valid(document: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("document")
    monkeypatch.setitem(sys.modules, module.__name__, module)  # where dataclasses look for what annotations name
    exec(compile(code, document, "exec"), vars(module))


# ---------------------------------------------------------------------------------------------- make, pins


def targets() -> list[str]:
    return re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_make_offers_what_is_promised() -> None:
    assert {"demo", "test", "check", "bench-bus", "clean", "help"} <= set(targets())
    said = subprocess.run(["make", "-C", ROOT, "help"], capture_output=True, text=True, check=True).stdout
    assert [target for target in targets() if f"make {target}" not in said] == []


def test_the_build_script_is_a_program() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    subprocess.run(["sh", "-n", script], check=True)


def test_all_requirements_are_pinned_to_what_they_allow() -> None:
    lines = (ROOT / "constraints/dev.txt").read_text().splitlines()
    pinned = {canonicalize_name(line.split("==")[0]): line.split("==")[1] for line in lines if "==" in line}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [Requirement(r) for r in (*settings["project"]["dependencies"], *settings["dependency-groups"]["dev"])]
    missing = [r.name for r in wanted if canonicalize_name(r.name) not in pinned]
    assert missing == [], "run `make constraints`"
    assert [str(r) for r in wanted if Version(pinned[canonicalize_name(r.name)]) not in r.specifier] == []


def test_the_core_stays_light() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    core = {Requirement(requirement).name for requirement in settings["project"]["dependencies"]}
    assert core.isdisjoint({"torch", "scipy", "diffusers", "transformers", "vllm", "trl"})


# ---------------------------------------------------------------------------------------------- house rules


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_modules_and_functions_stay_small(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400
    functions = [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 60] == []
    builders = [f for f in functions if f.name == "__init__"]
    assert [f.lineno for f in builders if len(f.args.args) + len(f.args.kwonlyargs) > 9] == []


@pytest.mark.parametrize("module", [m for m in MODULES if m.name == "__init__.py"], ids=name)
def test_packages_only_name_what_they_offer(module: Path) -> None:
    allowed = ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign | ast.Expr
    assert [type(node).__name__ for node in tree(module).body if not isinstance(node, allowed)] == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    listed = subprocess.run(["git", "-C", ROOT, "ls-files"], capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    foreign = re.compile(r"/(?:wo" r"rk|ro" r"ot|ho" r"me/[a-z]+)/(?!stepweave\b)[\w.-]+")
    texts = [ROOT / line for line in listed.stdout.splitlines() if not line.endswith((".png", ".gif", ".jpg", ".zip"))]
    guilty = {name(path) for path in texts if path.is_file() and foreign.search(path.read_text(encoding="utf-8"))}
    assert guilty == set()
