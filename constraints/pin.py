"""Write the exact versions of everything that stepweave and its development tools need.

    python constraints/pin.py constraints/dev.txt constraints/models.txt

A throw-away virtual environment gets the package and the group that a file is named after, in their latest allowed
versions; what landed there is written down, without the package itself, without paths and without hosts. What
``dev.txt`` says holds for all others, and is not said again in them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

HEADERS = {
    "dev": "Exact versions of the core and of the tools for tests and checks.",
    "models": "Exact versions of what tests of real models need besides dev.txt.",
}
BASE = "dev"


def wanted(pyproject: Path, group: str) -> list[str]:
    """Requirements of the core and of a group."""
    settings = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    core = [*settings["project"]["dependencies"], "hatchling"] if group == BASE else []
    return [*core, *settings["dependency-groups"][group]]


def resolve(requirements: list[str], base: Path | None) -> list[str]:
    """What pip installs for them, as ``name==version`` lines in a stable order, less what another file says."""
    held = [] if base is None else ["--constraint", str(base)]
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        pip = [str(Path(folder, "bin", "python")), "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", *held, *requirements], check=True)
        frozen = subprocess.run([*pip, "freeze"], check=True, capture_output=True, text=True).stdout
    said = set() if base is None else set(base.read_text(encoding="utf-8").splitlines())
    # A build is not part of a version: the same one is for a processor here, and for another device elsewhere.
    lines = {line.partition("+")[0] for line in frozen.splitlines() if "==" in line}
    return sorted(lines - said, key=str.lower)


def main(target: Path) -> None:
    """Pin into ``target``."""
    group, base = target.stem, target.with_name(f"{BASE}.txt")
    lines = resolve(wanted(target.resolve().parent.parent / "pyproject.toml", group), None if group == BASE else base)
    header = f"# Written by `make constraints`; do not edit. {HEADERS[group]}\n"
    target.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        main(Path(argument))
