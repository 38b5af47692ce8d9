"""The words of the command line: every command with its options, examples first.

Nothing here knows what a command does, and nothing heavy is imported: this is all that ``--help`` needs. Options leave
``None`` where nothing was said, so that a setting from elsewhere can hold.
"""

from __future__ import annotations

import argparse
import shutil
from difflib import get_close_matches
from typing import Any, NoReturn

from stepweave import __version__
from stepweave.app import exits

EXAMPLES = {
    "": """\
  stepweave run "How do I draw a house, step by step?"
  stepweave run "add a red boat to the left of the house" --image house.png
  stepweave runs list
  stepweave doctor""",
    "run": """\
  stepweave run "How do I draw a snowman, step by step?" --seed 7
  stepweave run "draw a blue circle, then add a small star inside it" --out circle
  stepweave run "make the roof red" --image house.png --steps 1
  stepweave run - < request.txt --json --quiet""",
    "runs": """\
  stepweave runs list
  stepweave runs show last
  stepweave runs resume 20260314-092653-a1b2c3
  stepweave runs export last --out boat.zip
  stepweave runs import boat.zip --as boat
  stepweave runs prune --older-than 30d --dry-run""",
    "worker": """\
  stepweave worker planner critic memory orchestrator recorder --nats nats://broker:4222
  stepweave worker generator:sketch --concurrency 4 --nats nats://broker:4222""",
    "auth": """\
  stepweave auth init --out keys
  stepweave auth init --out keys --host broker.example.org --tls cert.pem key.pem ca.pem
  stepweave auth init --out keys planner generator:sketch generator:diffusers critic memory""",
    "eval": """\
  stepweave eval sketchbook --n 300 --seed 1
  stepweave eval sketchbook --n 300 --critic none --memory off
  stepweave eval sketchbook --n 300 --no-refine --memory off --json""",
    "doctor": """\
  stepweave doctor
  stepweave doctor --nats nats://broker:4222""",
    "schema": """\
  stepweave schema
  stepweave schema stepweave.verdict.given.v1
  stepweave schema --asyncapi --out docs""",
    "dead": """\
  stepweave dead list
  stepweave dead show 7
  stepweave dead retry 7""",
    "queues": """\
  stepweave queues list
  stepweave queues cap generator:sketch 4
  stepweave queues make planner generator:sketch critic memory""",
    "config": "  stepweave config show",
}


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


def build() -> Parser:
    """The whole command line."""
    parser = Parser(
        prog="stepweave",
        description=_described("", "From one sentence to a story in words and pictures."),
        epilog=exits.table() + "\n\nenvironment:\n  STEPWEAVE_HOME   folder of all state\n"
        "  STEPWEAVE_CONFIG a file of settings, instead of config.toml of the home\n"
        "  STEPWEAVE_...    any setting, see `stepweave config show`\n  NO_COLOR         plain text",
    )
    parser.add_argument("--version", action="version", version=f"stepweave {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _run(_command(commands, "run", "turn a request into a storyboard"))
    _runs(_command(commands, "runs", "list, show, watch, cancel, resume, export, import and prune runs"))
    _worker(_command(commands, "worker", "run agents that wait for work"))
    _auth(_command(commands, "auth", "let everybody do what is theirs on a server, and nothing else"))
    _queues(_command(commands, "queues", "see what waits for whom, and cap it"))
    _dead(_command(commands, "dead", "list, show, retry and drop what failed for good"))
    _eval(_command(commands, "eval", "measure a whole setup on requests whose truth is known"))
    _doctor(_command(commands, "doctor", "see what works and how to fix what does not"))
    _schema(_command(commands, "schema", "print the messages as JSON Schema or AsyncAPI"))
    _config(_command(commands, "config", "show every setting and where it came from"))
    return parser


def _described(name: str, summary: str) -> str:
    return f"{summary}\n\nexamples:\n{EXAMPLES[name]}"


def _command(commands: Any, name: str, summary: str) -> Parser:
    sentence = f"{summary[0].upper()}{summary[1:]}."
    words = {
        "run": "TEXT [options]",
        "runs": "ACTION ...",
        "worker": "ROLE... [options]",
        "auth": "init --out DIR [ROLE...]",
        "queues": "ACTION ...",
        "dead": "ACTION ...",
        "eval": "BENCH [options]",
        "config": "show",
    }
    command: Parser = commands.add_parser(
        name,
        help=summary,
        usage=f"stepweave {name} {words.get(name, '[options]')}",
        description=_described(name, sentence),
        epilog=exits.table(),
    )
    command.set_defaults(module=name)
    return command


def _run(command: Parser) -> None:
    command.add_argument("text", metavar="TEXT", help="what the pictures should show; - reads it from stdin")
    add = command.add_argument_group("request").add_argument
    add("--image", action="append", default=[], metavar="FILE", help="a picture to start from (repeatable)")
    add("--steps", type=_at_least_one, metavar="N", help="the number of steps the plan must have")
    add("--seed", type=_whole, metavar="N", help="the same seed gives the same pictures")
    add("--size", metavar="PIXELS", help="512, or width x height as in 512x768")
    add = command.add_argument_group("agents").add_argument
    add("--planner", metavar="NAME", help="who writes the steps")
    add("--generator", metavar="NAME", help="who draws")
    add("--critic", action="append", metavar="NAME", help="who judges (repeatable); none accepts everything")
    add("--memory", metavar="on|off", help="use what earlier runs have learnt")
    add("--policy", metavar="POLICY", help="what to try for a step, and how often, e.g. 'sequential(5)'")
    add("--no-refine", action="store_const", const=False, dest="refine", help=_NO_REFINE)
    add("--exhausted", choices=("best", "replan", "stop"), help="when every attempt at a step failed")
    add("--fault-rate", type=_number, metavar="0..1", help="how often the embedded generator errs; 0: never")
    add("--param", action="append", default=[], metavar="KEY=VALUE", help=_PARAM)
    add = command.add_argument_group("budget: what ends the run when it is used up").add_argument
    add("--budget-images", type=_at_least_one, metavar="N", help="candidates drawn")
    add("--budget-seconds", type=_number, metavar="S", help="seconds since the request")
    add("--budget-tokens", type=_at_least_one, metavar="N", help="tokens that models read and wrote")
    add = command.add_argument_group("where").add_argument
    add("--agents", choices=("auto", "here", "elsewhere"), default="auto", help=_AGENTS)
    add("--priority", choices=("interactive", "background"), help="background: only what nobody else wants to use")
    _nats(add)
    _output(command)


_PARAM = "a parameter of the generator's own (repeatable)"
_NO_REFINE = "try again with the planned prompt, not with the critic's better one"
_AGENTS = "who works: all agents here, workers elsewhere, or (auto) here those that no worker offers"


def _runs(command: Parser) -> None:
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True, prog=command.prog)
    listed = _action(actions, "list", "the latest runs")
    listed.add_argument("--limit", type=_at_least_one, default=20, metavar="N", help="how many at most (20)")
    listed.add_argument("--json", action="store_true", help="print JSON")
    shown = _action(actions, "show", "one run: its steps, candidates and verdicts", run=True)
    shown.add_argument("--out", metavar="DIR", help="write its storyboard there")
    shown.add_argument("--json", action="store_true", help="print the same as story.json")
    watched = _action(actions, "watch", "one run from its beginning, and on until it has ended", run=True)
    watched.add_argument("--json", action="store_true", help="print every message of its log as a line of JSON")
    cancelled = _action(actions, "cancel", "end a run, keeping what is accepted", run=True)
    cancelled.add_argument("--reason", default="cancelled by hand", help="kept in the log")
    cancelled.add_argument("--json", action="store_true", help="print JSON")
    resumed = _action(actions, "resume", "carry on with a run that was interrupted", run=True)
    resumed.add_argument("--agents", choices=("auto", "here", "elsewhere"), default="auto", help=_AGENTS)
    _output(resumed)
    _kept(actions)


def _kept(actions: Any) -> None:
    exported = _action(actions, "export", "write a whole run, with its pictures, into one file", run=True)
    exported.add_argument("--out", metavar="FILE", help="where to (./stepweave-RUN.zip)")
    imported = _action(actions, "import", "put a run from such a file into the log")
    imported.add_argument("file", metavar="FILE", help="what `stepweave runs export` wrote")
    imported.add_argument("--as", dest="name", metavar="NAME", help="another name for the run")
    pruned = _action(actions, "prune", "remove ended runs, and what nothing refers to any more")
    pruned.add_argument("runs", nargs="*", metavar="RUN", help="only these; as with the other actions")
    pruned.add_argument("--older-than", type=_seconds, metavar="TIME", help="that ended so long ago: 30d, 12h, 45m")
    pruned.add_argument("--state", type=_states, metavar="STATES", help=f"that ended so: {','.join(_STATES)}")
    pruned.add_argument("--force", action="store_true", help="cancel those that are named and have not ended")
    swept = _action(actions, "sweep", "remove pictures that no run refers to, and words about runs that are not there")
    swept.add_argument("--verify", action="store_true", help="read every picture and report those that are damaged")
    for action in (pruned, swept):
        action.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    for action, module in ((exported, "transfer"), (imported, "transfer"), (pruned, "prune"), (swept, "prune")):
        action.add_argument("--json", action="store_true", help="print JSON")
        action.set_defaults(module=module)


_STATES = ("completed", "flawed", "failed", "cancelled")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def _action(actions: Any, name: str, summary: str, *, run: bool = False) -> Parser:
    action: Parser = actions.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
    action.set_defaults(action=name)
    if run:
        action.add_argument("run", metavar="RUN", help="its name, or a beginning or end no other run has, or last")
    _nats(action.add_argument)
    return action


def _queues(command: Parser) -> None:
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True, prog=command.prog)
    listed = _action(actions, "list", "every queue: what waits, what is under way, and the cap")
    capped = _action(actions, "cap", "change how many commands of a queue may be under way at a time, over all workers")
    capped.add_argument("queue", metavar="ROLE:CAPABILITY", help="as in the list")
    capped.add_argument("most", type=_at_least_one, metavar="N", help="how many; holds at once, until it is changed")
    made = _action(actions, "make", "the queues of workers that may not make their own, with an administrator's rights")
    made.add_argument("roles", nargs="+", metavar="ROLE", help="planner, generator:sketch, ...")
    for action in (listed, capped, made):
        action.add_argument("--json", action="store_true", help="print JSON")


def _dead(command: Parser) -> None:
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True, prog=command.prog)
    listed = _action(actions, "list", "the dead letters, oldest first: commands that failed for good, and why")
    listed.add_argument("--run", metavar="RUN", help="only those of one run, by its name, or as with `stepweave runs`")
    listed.add_argument("--json", action="store_true", help="print JSON")
    shown = _action(actions, "show", "one dead letter as a whole")
    shown.add_argument("number", type=_at_least_one, metavar="N", help="its number in the list")
    shown.add_argument("--json", action="store_true", help="print JSON")
    for name, summary in (
        ("retry", "ask again: an ended run's request as a new run, the memory for what it was to keep"),
        ("drop", "forget dead letters"),
    ):
        action = _action(actions, name, summary)
        action.add_argument("numbers", nargs="+", type=_at_least_one, metavar="N", help="numbers in the list")


def _worker(command: Parser) -> None:
    command.add_argument(
        "roles", nargs="+", metavar="ROLE", help="planner, critic, generator:sketch, orchestrator, ..."
    )
    command.add_argument("--concurrency", type=_at_least_one, metavar="N", help="asks each agent works on at a time")
    _nats(command.add_argument)


def _auth(command: Parser) -> None:
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True, prog=command.prog)
    summary = "the configuration of a NATS server, with settings for every role"
    init: Parser = actions.add_parser("init", help=summary, description=f"Write {summary}, into a new folder.")
    init.set_defaults(action="init")
    add = init.add_argument
    add("roles", nargs="*", metavar="ROLE", help="planner, generator:sketch, ...; the embedded team unless given")
    add("--out", required=True, metavar="DIR", help="a new folder; its files are readable by their owner alone")
    add("--host", default="127.0.0.1", metavar="NAME", help="where clients reach the server (127.0.0.1)")
    add("--port", type=_at_least_one, default=4222, metavar="N", help="its port (4222)")
    add("--store", metavar="DIR", help="where the server keeps its store (a folder in --out)")
    add("--tls", nargs="+", metavar="FILE", help="certificate and key of the server, and the authority if it is yours")
    add("--nkeys", action="store_true", help="keys instead of passwords: the server's file then holds no secret")


def _eval(command: Parser) -> None:
    command.add_argument(
        "bench", metavar="BENCH", choices=("sketchbook",), help="sketchbook: requests to the embedded world"
    )
    add = command.add_argument_group("requests").add_argument
    add("--n", type=_at_least_one, default=300, metavar="N", help="how many requests (300)")
    add("--seed", type=_whole, metavar="N", help="the same seed gives the same requests and figures")
    add("--split", choices=("train", "validation", "test"), default="test", help="which set of requests (test)")
    add("--size", metavar="PIXELS", help="512, or width x height as in 512x768")
    add = command.add_argument_group("agents").add_argument
    add("--planner", metavar="NAME", help="who writes the steps")
    add("--generator", metavar="NAME", help="who draws")
    add("--critic", action="append", metavar="NAME", help="who judges (repeatable); none accepts everything")
    add("--memory", metavar="on|off", help="use what earlier requests have taught, in waves of ten")
    add("--policy", metavar="POLICY", help="what to try for a step, and how often, e.g. 'sequential(5)'")
    add("--attempts", type=_at_least_one, metavar="N", help="short for --policy 'sequential(N)'")
    add("--no-refine", action="store_const", const=False, dest="refine", help=_NO_REFINE)
    add("--exhausted", choices=("best", "replan", "stop"), help="when every attempt at a step failed")
    add("--fault-rate", type=_number, metavar="0..1", help="how often the embedded generator errs (0.3)")
    add("--param", action="append", default=[], metavar="KEY=VALUE", help=_PARAM)
    add("--workers", type=_at_least_one, metavar="N", help="processes that draw and judge (one for each processor)")
    add = command.add_argument_group("output").add_argument
    add("--json", action="store_true", help="print the figures as JSON, with the reason of every failure")
    add("--quiet", action="store_true", help="no progress on stderr")


def _doctor(command: Parser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON")
    _nats(command.add_argument)


def _schema(command: Parser) -> None:
    command.add_argument("name", nargs="?", metavar="NAME", help="type or class of one message")
    command.add_argument("--asyncapi", action="store_true", help="one AsyncAPI 3 document of all the traffic")
    command.add_argument("--out", metavar="DIR", help="write files there instead of printing")


def _config(command: Parser) -> None:
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True, prog=command.prog)
    shown: Parser = actions.add_parser("show", help="every setting, its value and its origin")
    shown.add_argument("--json", action="store_true", help="print JSON")
    _nats(shown.add_argument)


def _output(command: Parser) -> None:
    add = command.add_argument_group("output").add_argument
    add("--out", metavar="DIR", help="folder of the storyboard (./stepweave-RUN)")
    add("--json", action="store_true", help="print the result as JSON")
    add("--quiet", action="store_true", help="no progress on stderr")


def _nats(add: Any) -> None:
    add("--nats", metavar="URL", help="a NATS server to use instead of the embedded one")


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None


def _seconds(text: str) -> float:
    number, unit = text[:-1], _UNITS.get(text[-1:])
    if unit is None or not (number.isascii() and number.isdigit()) or len(number) > len(str(10**6)):
        raise argparse.ArgumentTypeError(f"{text!r} is no span of time; write it as 30d, 12h or 45m")
    return float(number) * unit


def _states(text: str) -> tuple[str, ...]:
    states = tuple(text.split(","))
    if strange := [state for state in states if state not in _STATES]:
        near = get_close_matches(strange[0], _STATES, n=1)
        hint = f"did you mean {near[0]}?" if near else f"choose from {', '.join(_STATES)}"
        raise argparse.ArgumentTypeError(f"runs do not end {strange[0]!r}; {hint}")
    return states


def _at_least_one(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return number
