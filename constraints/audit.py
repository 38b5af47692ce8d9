"""Ask the advisory database of PyPI about everything that is pinned.

    python constraints/audit.py constraints/dev.txt

What has a known hole is told, with the version that mends it, and the exit status is 1. Without a network, or with a
package index that has no advisories, there is nothing to be known: that is said in a line, and no reason to fail.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PATIENCE = 120
"""Seconds for the whole question."""
SILENCE = 10
"""Seconds without a word of the database after which it is given up."""


def ask(pins: Path) -> tuple[dict[str, Any] | None, str]:
    """What is known of every pinned package; or nothing, and why not."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(pins), "--no-deps", "--disable-pip"]
    command += ["--format", "json", "--timeout", str(SILENCE), "--progress-spinner", "off"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return None, f"no answer within {PATIENCE} s"
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return None, (done.stderr.strip().splitlines() or ["it says nothing"])[-1][:200]
    return answer, ""


def judge(answer: dict[str, Any] | None, why: str) -> tuple[int, list[str]]:
    """The exit status, and what to tell."""
    packages = (answer or {}).get("dependencies", [])
    known = [package for package in packages if "vulns" in package]
    if not known:
        return 0, [f"audit skipped: the advisories cannot be had ({why or 'the package index has none'})"]
    holes = [_told(package, hole) for package in known for hole in package["vulns"]]
    if holes:
        return 1, [*holes, "raise the pins: make constraints"]
    unknown = [package["name"] for package in packages if "vulns" not in package]
    return 0, [f"no known hole in {len(known)} packages" + (f"; not known: {', '.join(unknown)}" if unknown else "")]


def _told(package: dict[str, Any], hole: dict[str, Any]) -> str:
    mended = ", ".join(hole.get("fix_versions") or []) or "no version yet"
    return f"{package['name']} {package['version']}: {hole['id']}, mended in {mended}"


if __name__ == "__main__":
    status, lines = judge(*ask(Path(sys.argv[1])))
    print("\n".join(lines))
    sys.exit(status)
