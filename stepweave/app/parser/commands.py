"""The whole command line: every command with its options."""

from __future__ import annotations

from typing import Any

from stepweave import __version__
from stepweave.app import exits
from stepweave.app.parser.base import (
    NO_REFINE,
    PARAM,
    RUN,
    Parser,
    add_action,
    agents,
    at_least_one,
    budget,
    nats,
    number,
    output,
    where,
    whole,
)
from stepweave.app.parser.examples import EXAMPLES
from stepweave.app.parser.runs import runs_words


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
    runs_words(_command(commands, "runs", "list, watch, steer, compare, keep and remove runs"))
    _fork(_command(commands, "fork", "go on from a step of a run in another way, and leave that run as it is"))
    _worker(_command(commands, "worker", "run agents that wait for work"))
    _serve_images(_command(commands, "serve-images", "draw for clients of the OpenAI Images API, without a broker"))
    _auth(_command(commands, "auth", "let everybody do what is theirs on a server, and nothing else"))
    _queues(_command(commands, "queues", "see what waits for whom, and cap it"))
    _dead(_command(commands, "dead", "list, show, retry and drop what failed for good"))
    _trajectories(_command(commands, "trajectories", "make data sets for learning out of the log"))
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
        "fork": "RUN --step N [options]",
        "worker": "ROLE... [options]",
        "serve-images": "GENERATOR [options]",
        "auth": "init --out DIR [ROLE...]",
        "queues": "ACTION ...",
        "dead": "ACTION ...",
        "trajectories": "ACTION ...",
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
    command.set_defaults(module=name.replace("-", "_"))
    return command


def _run(command: Parser) -> None:
    command.add_argument("text", metavar="TEXT", help="what the pictures should show; - reads it from stdin")
    add = command.add_argument_group("request").add_argument
    add("--image", action="append", default=[], metavar="FILE", help="a picture to start from (repeatable)")
    add("--steps", type=at_least_one, metavar="N", help="the number of steps the plan must have")
    add("--seed", type=whole, metavar="N", help="the same seed gives the same pictures")
    add("--size", metavar="PIXELS", help="512, or width x height as in 512x768")
    agents(command)
    add = command.add_argument_group("language models").add_argument
    add("--planner-prompt", metavar="FILE", help="what a planner on a language model is told, instead of our own words")
    add("--critic-prompt", metavar="FILE", help="the same for a critic")
    budget(command)
    where(command)
    output(command)


def _fork(command: Parser) -> None:
    command.add_argument("run", metavar="RUN", help=RUN)
    add = command.add_argument_group("what is different").add_argument
    add("--step", type=at_least_one, required=True, metavar="N", help="the first step that is drawn anew")
    add("--prompt", metavar="TEXT", help="what that step is to show, instead of what was planned")
    add("--seed", type=whole, metavar="N", help="another seed gives other pictures")
    agents(command)
    budget(command)
    where(command)
    output(command)


def _queues(command: Parser) -> None:
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True, prog=command.prog)
    listed = add_action(actions, "list", "every queue: what waits, what is under way, and the cap")
    capped = add_action(
        actions, "cap", "change how many commands of a queue may be under way at a time, over all workers"
    )
    capped.add_argument("queue", metavar="ROLE:CAPABILITY", help="as in the list")
    capped.add_argument("most", type=at_least_one, metavar="N", help="how many; holds at once, until it is changed")
    made = add_action(
        actions, "make", "the queues of workers that may not make their own, with an administrator's rights"
    )
    made.add_argument("roles", nargs="+", metavar="ROLE", help="planner, generator:sketch, ...")
    for each in (listed, capped, made):
        each.add_argument("--json", action="store_true", help="print JSON")


def _dead(command: Parser) -> None:
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True, prog=command.prog)
    listed = add_action(actions, "list", "the dead letters, oldest first: commands that failed for good, and why")
    listed.add_argument("--run", metavar="RUN", help="only those of one run, by its name, or as with `stepweave runs`")
    listed.add_argument("--json", action="store_true", help="print JSON")
    shown = add_action(actions, "show", "one dead letter as a whole")
    shown.add_argument("number", type=at_least_one, metavar="N", help="its number in the list")
    shown.add_argument("--json", action="store_true", help="print JSON")
    for name, summary in (
        ("retry", "ask again: an ended run's request as a new run, the memory for what it was to keep"),
        ("drop", "forget dead letters"),
    ):
        made = add_action(actions, name, summary)
        made.add_argument("numbers", nargs="+", type=at_least_one, metavar="N", help="numbers in the list")


def _worker(command: Parser) -> None:
    command.add_argument(
        "roles", nargs="+", metavar="ROLE", help="planner, critic, generator:sketch, orchestrator, ..."
    )
    command.add_argument("--concurrency", type=at_least_one, metavar="N", help="asks each agent works on at a time")
    command.add_argument(
        "--devices", metavar="A,B,...", help="a process on each, as cuda:0,cuda:1; for generator:diffusers"
    )
    nats(command.add_argument)


def _serve_images(command: Parser) -> None:
    command.add_argument("generator", metavar="GENERATOR", help="generator:sketch, generator:diffusers, ...")
    add = command.add_argument
    add("--host", default="127.0.0.1", metavar="NAME", help="where to listen (127.0.0.1: only this machine)")
    add("--port", type=whole, default=8100, metavar="N", help="the port (8100); 0: any that is free")
    add("--model", metavar="NAME", help="what clients call it; by default as the tool calls itself")
    add("--key-env", metavar="NAME", help="the environment variable with the key that clients have to send")
    add("--without-key", action="store_true", help="let everybody draw who can reach it")


def _auth(command: Parser) -> None:
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True, prog=command.prog)
    summary = "the configuration of a NATS server, with settings for every role"
    init: Parser = actions.add_parser("init", help=summary, description=f"Write {summary}, into a new folder.")
    init.set_defaults(action="init")
    add = init.add_argument
    add("roles", nargs="*", metavar="ROLE", help="planner, generator:sketch, ...; the embedded team unless given")
    add("--out", required=True, metavar="DIR", help="a new folder; its files are readable by their owner alone")
    add("--host", default="127.0.0.1", metavar="NAME", help="where clients reach the server (127.0.0.1)")
    add("--port", type=at_least_one, default=4222, metavar="N", help="its port (4222)")
    add("--store", metavar="DIR", help="where the server keeps its store (a folder in --out)")
    add("--tls", nargs="+", metavar="FILE", help="certificate and key of the server, and the authority if it is yours")
    add("--nkeys", action="store_true", help="keys instead of passwords: the server's file then holds no secret")


def _trajectories(command: Parser) -> None:
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True, prog=command.prog)
    built = add_action(actions, "build", "a data set of all runs, or what is new since it was built")
    add = built.add_argument
    add("--out", required=True, metavar="DIR", help="its folder: a new one, or one with an earlier state of it")
    add("--upto", type=at_least_one, metavar="N", help="the last sequence of the log that goes in (all there is)")
    add("--without-pictures", action="store_true", help="only lines, no pictures beside them")
    add("--verify", action="store_true", help="build it a second time elsewhere, and see whether it is the same")
    add("--quiet", action="store_true", help="no progress on stderr")
    add_action(actions, "show", "what a data set has of one run, one JSON object a line", run=True)
    stats: Parser = actions.add_parser("stats", help="what is in a data set", description="What is in a data set.")
    stats.set_defaults(action="stats")
    stats.add_argument("folder", metavar="DIR", help="its folder")
    for each in (built, stats):
        each.add_argument("--json", action="store_true", help="print JSON")


def _eval(command: Parser) -> None:
    command.add_argument(
        "bench", metavar="BENCH", choices=("sketchbook",), help="sketchbook: requests to the embedded world"
    )
    add = command.add_argument_group("requests").add_argument
    add("--n", type=at_least_one, default=300, metavar="N", help="how many requests (300)")
    add("--seed", type=whole, metavar="N", help="the same seed gives the same requests and figures")
    add("--split", choices=("train", "validation", "test"), default="test", help="which set of requests (test)")
    add("--size", metavar="PIXELS", help="512, or width x height as in 512x768")
    add = command.add_argument_group("agents").add_argument
    add("--planner", metavar="NAME", help="who writes the steps")
    add("--generator", metavar="NAME", help="who draws")
    add("--critic", action="append", metavar="NAME", help="who judges (repeatable); none accepts everything")
    add("--memory", metavar="on|off", help="use what earlier requests have taught, in waves of ten")
    add("--policy", metavar="POLICY", help="what to try for a step, and how often, e.g. 'sequential(5)'")
    add("--attempts", type=at_least_one, metavar="N", help="short for --policy 'sequential(N)'")
    add("--no-refine", action="store_const", const=False, dest="refine", help=NO_REFINE)
    add("--exhausted", choices=("best", "replan", "stop"), help="when every attempt at a step failed")
    add("--fault-rate", type=number, metavar="0..1", help="how often the embedded generator errs (0.3)")
    add("--param", action="append", default=[], metavar="KEY=VALUE", help=PARAM)
    add("--workers", type=at_least_one, metavar="N", help="processes that draw and judge (one for each processor)")
    add = command.add_argument_group("output").add_argument
    add("--json", action="store_true", help="print the figures as JSON, with the reason of every failure")
    add("--quiet", action="store_true", help="no progress on stderr")


def _doctor(command: Parser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON")
    nats(command.add_argument)


def _schema(command: Parser) -> None:
    command.add_argument("name", nargs="?", metavar="NAME", help="type or class of one message")
    command.add_argument("--asyncapi", action="store_true", help="one AsyncAPI 3 document of all the traffic")
    command.add_argument("--out", metavar="DIR", help="write files there instead of printing")


def _config(command: Parser) -> None:
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True, prog=command.prog)
    shown: Parser = actions.add_parser("show", help="every setting, its value and its origin")
    shown.add_argument("--json", action="store_true", help="print JSON")
    nats(shown.add_argument)
