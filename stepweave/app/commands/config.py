"""``stepweave config show``: every setting, its value, and where it came from."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from stepweave.app import exits
from stepweave.app.intake import overrides
from stepweave.app.sources import load, show


def main(arguments: argparse.Namespace) -> int:
    """Print the settings in force; secrets are masked."""
    shown = show(load(overrides(arguments)))
    if arguments.json:
        print(json.dumps([asdict(setting) for setting in shown], indent=2))
        return exits.OK
    names = max(len(setting.name) for setting in shown)
    values = min(40, max(len(setting.value) for setting in shown))
    for setting in shown:
        print(f"{setting.name:<{names}}  {setting.value:<{values}}  ({setting.origin})")
    return exits.OK
