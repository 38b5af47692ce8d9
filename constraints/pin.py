"""Write the exact versions of everything that stepweave and its development tools need.

    python constraints/pin.py constraints/dev.txt

A throw-away virtual environment gets the package and the ``dev`` group in their latest allowed versions; what landed
there is written down, without the package itself, without paths and without hosts.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

HEADER = (
    "# Written by `make constraints`; do not edit. Exact versions of the core and of the tools for tests and checks.\n"
)


def wanted(pyproject: Path) -> list[str]:
    """Requirements of the core and of the ``dev`` group."""
    settings = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    return [*settings["project"]["dependencies"], *settings["dependency-groups"]["dev"], "hatchling"]


def resolve(requirements: list[str]) -> list[str]:
    """What pip installs for them, as ``name==version`` lines in a stable order."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        pip = [str(Path(folder, "bin", "python")), "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", *requirements], check=True)
        frozen = subprocess.run([*pip, "freeze"], check=True, capture_output=True, text=True).stdout
    return sorted((line for line in frozen.splitlines() if "==" in line), key=str.lower)


def main(target: Path) -> None:
    """Pin into ``target``."""
    lines = resolve(wanted(target.resolve().parent.parent / "pyproject.toml"))
    target.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
