"""The words of ``stepweave runs``."""

from __future__ import annotations

from typing import Any

from stepweave.app.parser.base import AGENTS, RUN, STATES, Parser, add_action, at_least_one, output, seconds, states


def runs_words(command: Parser) -> None:
    """All actions of the command."""
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True, prog=command.prog)
    listed = add_action(actions, "list", "the latest runs")
    listed.add_argument("--limit", type=at_least_one, default=20, metavar="N", help="how many at most (20)")
    listed.add_argument("--json", action="store_true", help="print JSON")
    shown = add_action(actions, "show", "one run: its steps, candidates and verdicts", run=True)
    shown.add_argument("--out", metavar="DIR", help="write its storyboard there")
    shown.add_argument("--json", action="store_true", help="print the same as story.json")
    watched = add_action(actions, "watch", "one run from its beginning, and on until it has ended", run=True)
    watched.add_argument("--json", action="store_true", help="print every message of its log as a line of JSON")
    cancelled = add_action(actions, "cancel", "end a run, keeping what is accepted", run=True)
    cancelled.add_argument("--reason", default="cancelled by hand", help="kept in the log")
    cancelled.add_argument("--json", action="store_true", help="print JSON")
    resumed = add_action(actions, "resume", "carry on with a run that was interrupted", run=True)
    resumed.add_argument("--agents", choices=("auto", "here", "elsewhere"), default="auto", help=AGENTS)
    output(resumed)
    _steering(actions)
    _family(actions)
    _kept(actions)


def _steering(actions: Any) -> None:
    """What people tell a run that goes on."""
    approved = add_action(actions, "approve", "agree with the plan, or with the picture of a step", run=True)
    rejected = add_action(actions, "reject", "say no to the plan, or to the picture of a step", run=True)
    for each in (approved, rejected):
        each.add_argument("step", nargs="?", type=at_least_one, metavar="STEP", help="the plan, unless one is given")
        each.add_argument("--candidate", type=at_least_one, metavar="N", help="which; by default what waits")
    redone = add_action(actions, "redo", "draw a step anew, and whatever was drawn from it", run=True)
    edited = add_action(actions, "edit", "change a step of the plan", run=True)
    branched = add_action(actions, "branch", "draw further candidates of a step beside what there is", run=True)
    for each in (redone, edited, branched):
        each.add_argument("step", type=at_least_one, metavar="STEP", help="its number")
    for each in (approved, rejected, redone):
        each.add_argument("--reason", default="", metavar="TEXT", help="kept in the log, to learn from")
    for name, what in _PARTS.items():
        edited.add_argument(f"--{name}", metavar="TEXT", help=what)
    branched.add_argument("--count", type=at_least_one, default=1, metavar="N", help="how many (1)")
    branched.add_argument("--prompt", metavar="TEXT", help="what to draw, instead of what was planned")
    for each in (approved, rejected, redone, edited, branched):
        each.add_argument("--json", action="store_true", help="print JSON")
        each.set_defaults(module="steer")


_PARTS = {
    "prompt": "what the generator is asked for; the step is drawn anew",
    "instruction": "what the reader is told",
    "name": "its title",
    "text": "further text beside the picture",
    "alt": "what the picture shows, for those who cannot see it",
}
"""What of a step can be changed."""


def _family(actions: Any) -> None:
    """Runs that were made from others."""
    tree = add_action(actions, "tree", "a run with those it was made from and those made from it", run=True)
    diff = add_action(actions, "diff", "what is different between two runs, step by step")
    diff.add_argument("one", metavar="A", help=RUN)
    diff.add_argument("other", metavar="B", help="the same")
    pick = add_action(actions, "pick", "take the picture of a step from another run")
    pick.add_argument("source", metavar="A:STEP", help="a run and a step, or A:STEP.CANDIDATE")
    pick.add_argument("--into", required=True, metavar="B", help="the run that gets it; of one that has ended a child")
    again = add_action(actions, "replay", "have the candidates of a run judged again, without drawing", run=True)
    again.add_argument(
        "--critic", action="append", metavar="NAME", help="who judges (repeatable); by default as before"
    )
    for each in (pick, again):
        each.add_argument("--agents", choices=("auto", "here", "elsewhere"), default="auto", help=AGENTS)
    output(pick)
    again.add_argument("--quiet", action="store_true", help="no progress on stderr")
    for each in (tree, diff, again):
        each.add_argument("--json", action="store_true", help="print JSON")
    for each in (tree, diff, pick, again):
        each.set_defaults(module="family")


def _kept(actions: Any) -> None:
    exported = add_action(actions, "export", "write a whole run, with its pictures, into one file", run=True)
    exported.add_argument("--out", metavar="FILE", help="where to (./stepweave-RUN.zip)")
    imported = add_action(actions, "import", "put a run from such a file into the log")
    imported.add_argument("file", metavar="FILE", help="what `stepweave runs export` wrote")
    imported.add_argument("--as", dest="name", metavar="NAME", help="another name for the run")
    pruned = add_action(actions, "prune", "remove ended runs, and what nothing refers to any more")
    pruned.add_argument("runs", nargs="*", metavar="RUN", help="only these; as with the other actions")
    pruned.add_argument("--older-than", type=seconds, metavar="TIME", help="that ended so long ago: 30d, 12h, 45m")
    pruned.add_argument("--state", type=states, metavar="STATES", help=f"that ended so: {','.join(STATES)}")
    pruned.add_argument("--force", action="store_true", help="cancel those that are named and have not ended")
    swept = add_action(
        actions, "sweep", "remove pictures that no run refers to, and words about runs that are not there"
    )
    swept.add_argument("--verify", action="store_true", help="read every picture and report those that are damaged")
    for removing in (pruned, swept):
        removing.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    for each, module in ((exported, "transfer"), (imported, "transfer"), (pruned, "prune"), (swept, "prune")):
        each.add_argument("--json", action="store_true", help="print JSON")
        each.set_defaults(module=module)
