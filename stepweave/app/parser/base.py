"""What the commands' words are put together from: the parser, kinds of values, options that several commands have."""

from __future__ import annotations

import argparse
import shutil
from difflib import get_close_matches
from typing import Any, NoReturn

from stepweave.app import exits

STATES = ("completed", "flawed", "failed", "cancelled")
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}

RUN = "its name, or a beginning or end no other run has, or last"
PARAM = "a parameter of the generator's own (repeatable)"
NO_REFINE = "try again with the planned prompt, not with the critic's better one"
AGENTS = "who works: all agents here, workers elsewhere, or (auto) here those that no worker offers"


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors say what to type instead."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"formatter_class": _Format, "allow_abbrev": False, **kwargs})

    def error(self, message: str) -> NoReturn:
        """Leave with the exit code of a usage error."""
        self.exit(exits.USAGE, f"{self.prog}: {message}\nsee `{self.prog} --help`\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            near = get_close_matches(str(value), [str(choice) for choice in action.choices], n=1)
            hint = f"did you mean {near[0]}?" if near else f"choose from {', '.join(map(str, action.choices))}"
            raise argparse.ArgumentError(action, f"there is no {value!r}; {hint}")


class _Format(argparse.RawDescriptionHelpFormatter):
    """Examples and tables keep their lines; wide enough that most options take one line."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=min(110, shutil.get_terminal_size().columns - 2))


def add_action(actions: Any, name: str, summary: str, *, run: bool = False) -> Parser:
    """One action of a command, such as ``runs list``; with ``run`` it is about one run."""
    made: Parser = actions.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
    made.set_defaults(action=name)
    if run:
        made.add_argument("run", metavar="RUN", help=RUN)
    nats(made.add_argument)
    return made


def output(command: Parser) -> None:
    """Where a storyboard goes, and how much is said meanwhile."""
    add = command.add_argument_group("output").add_argument
    add("--out", metavar="DIR", help="folder of the storyboard (./stepweave-RUN)")
    add("--json", action="store_true", help="print the result as JSON")
    add("--quiet", action="store_true", help="no progress on stderr")


def nats(add: Any) -> None:
    """Which broker."""
    add("--nats", metavar="URL", help="a NATS server to use instead of the embedded one")


def whole(text: str) -> int:
    """A whole number."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None


def number(text: str) -> float:
    """A number."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None


def seconds(text: str) -> float:
    """A span of time, in seconds."""
    number, unit = text[:-1], UNITS.get(text[-1:])
    if unit is None or not (number.isascii() and number.isdigit()) or len(number) > len(str(10**6)):
        raise argparse.ArgumentTypeError(f"{text!r} is no span of time; write it as 30d, 12h or 45m")
    return float(number) * unit


def states(text: str) -> tuple[str, ...]:
    """How runs end, several between commas."""
    states = tuple(text.split(","))
    if strange := [state for state in states if state not in STATES]:
        near = get_close_matches(strange[0], STATES, n=1)
        hint = f"did you mean {near[0]}?" if near else f"choose from {', '.join(STATES)}"
        raise argparse.ArgumentTypeError(f"runs do not end {strange[0]!r}; {hint}")
    return states


def at_least_one(text: str) -> int:
    """A whole number from 1."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return number


def agents(command: Parser) -> None:
    """Who works for a run, and how."""
    add = command.add_argument_group("agents").add_argument
    add("--planner", metavar="NAME", help="who writes the steps")
    add("--generator", metavar="NAME", help="who draws")
    add("--critic", action="append", metavar="NAME", help="who judges (repeatable); none accepts everything")
    add("--memory", metavar="on|off", help="use what earlier runs have learnt")
    add("--policy", metavar="POLICY", help="what to try, and how often, e.g. 'parallel(4)'; see docs/policies.md")
    add("--no-refine", action="store_const", const=False, dest="refine", help=NO_REFINE)
    add("--exhausted", choices=("best", "replan", "stop"), help="when every attempt at a step failed")
    add("--approval", choices=("none", "plan", "steps", "all"), help="what waits for `stepweave runs approve`")
    add("--fault-rate", type=number, metavar="0..1", help="how often the embedded generator errs; 0: never")
    add("--param", action="append", default=[], metavar="KEY=VALUE", help=PARAM)


def budget(command: Parser) -> None:
    """What a run may use up."""
    add = command.add_argument_group("budget: what ends the run when it is used up").add_argument
    add("--budget-images", type=at_least_one, metavar="N", help="candidates drawn")
    add("--budget-seconds", type=number, metavar="S", help="seconds since the request")
    add("--budget-tokens", type=at_least_one, metavar="N", help="tokens that models read and wrote")


def where(command: Parser) -> None:
    """Which processes work for a run, and over which broker."""
    add = command.add_argument_group("where").add_argument
    add("--agents", choices=("auto", "here", "elsewhere"), default="auto", help=AGENTS)
    add("--priority", choices=("interactive", "background"), help="background: only what nobody else wants to use")
    nats(add)
