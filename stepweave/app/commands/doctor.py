"""``stepweave doctor``: what is installed, reachable and configured, and how to fix what is not."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict

from stepweave.app import exits
from stepweave.app.checks import Check, State, broker, local
from stepweave.app.intake import overrides
from stepweave.app.loop import until_told
from stepweave.app.sources import SettingsError, load
from stepweave.observability.logs import configure

MARKS: dict[State, str] = {"ok": "ok", "warning": "!", "broken": "X"}


def main(arguments: argparse.Namespace) -> int:
    """Look at everything; the exit code says whether something that is needed is broken."""
    configure("CRITICAL")  # what fails is told below, once
    checks = look(arguments)
    broken = [check for check in checks if check.state == "broken"]
    if arguments.json:
        print(json.dumps({"ok": not broken, "checks": [asdict(check) for check in checks]}, indent=2))
    else:
        print("\n".join(told(checks)))
    return exits.FAILED if broken else exits.OK


def look(arguments: argparse.Namespace) -> list[Check]:
    """All checks; without settings that can be read there is only one."""
    try:
        loaded = load(overrides(arguments))
    except SettingsError as error:
        return [Check("settings", "broken", str(error), "correct it; `stepweave config show` lists what there is")]
    given = sorted({origin for keys, origin in loaded.origins.items() if keys != ("home",)})
    settings = Check("settings", "ok", f"from {', '.join(given)}" if given else "all defaults")
    return [settings, *local(loaded.settings), *until_told(broker, loaded.settings)]


def told(checks: Sequence[Check]) -> list[str]:
    """The checks for reading, a remedy below each that needs one."""
    width = max(len(check.name) for check in checks)
    lines: list[str] = []
    for check in checks:
        lines.append(f"{MARKS[check.state]:<3}{check.name:<{width}}  {check.found}")
        if check.remedy:
            lines.append(f"{'':<{width + 5}}-> {check.remedy}")
    broken = sum(1 for check in checks if check.state == "broken")
    return [*lines, "", f"{broken} broken" if broken else "all that is needed works"]
