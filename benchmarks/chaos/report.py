"""What happened and what was found, as parts of docs/reliability.md. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.chaos.checking import RULES
from benchmarks.chaos.judging import TWINS, UNKEPT, WHOLE, Judgement, rule_name, told
from benchmarks.chaos.recovery import Recovery, percentile
from benchmarks.chaos.storm import Happenings, Weather

BROKERS = {1: "one server", 3: "a cluster of three servers, every stream with three replicas"}


def storm_section(weather: Weather, happened: Happenings, found: Judgement, measured: str) -> str:
    """All about one storm."""
    return "\n\n".join(
        [
            measured,
            _course(weather, happened),
            _faults(happened),
            _rules(found),
            _verdict(happened, found),
            _effort(happened, found),
        ]
    )


def _setting(weather: Weather) -> str:
    return (
        f"{weather.runs} runs under way at a time over {weather.workers} worker processes and "
        f"{BROKERS[weather.nodes]}; lease {weather.lease:g} s; seed {weather.seed}."
    )


def _course(weather: Weather, happened: Happenings) -> str:
    runs, minutes = sum(happened.asked.values()), happened.stormed / 60
    end = "." if happened.calm else ", and then not all had."
    return (
        f"{_setting(weather)} {len(happened.faults):,} faults in {minutes:.1f} minutes; {runs:,} runs were asked for; "
        f"after the last fault it took {happened.drained:.0f} s until the last of them had ended{end}"
    )


def _faults(happened: Happenings) -> str:
    rows = ["| fault | times |", "|---|---:|"]
    rows += [f"| {kind} | {count:,} |" for kind, count in sorted(happened.counts.items())]
    return "\n".join(rows)


def _rules(found: Judgement) -> str:
    rows = ["| what must hold | looked at | offences |", "|---|---:|---:|"]
    for name in (UNKEPT, *map(rule_name, RULES), TWINS, WHOLE):
        guilty = sum(offence.rule == name for offence in found.offences)
        rows.append(f"| {name[0].upper()}{name[1:]} | {found.checked[name]:,} | {guilty} |")
    return "\n".join(rows)


def _verdict(happened: Happenings, found: Judgement) -> str:
    lines = told(found.offences)
    if not happened.calm:
        lines.insert(0, "not everything ended in time")
    return "All held." if not lines else "\n".join(["Offences:", "", *(f"- {line}" for line in lines)])


def _effort(happened: Happenings, found: Judgement) -> str:
    work = found.work
    ends = ", ".join(f"{count:,} {status}" for status, count in found.outcomes.most_common())
    failures = ", ".join(f"{count} {kind}" for kind, count in found.failures.most_common()) or "none"
    by_themselves = f"{len(happened.endings)} ended by themselves{_ends(happened)}"
    return "\n".join(
        [
            f"- How the runs ended: {ends}. Answers that are failures: {failures}. Dead letters: {found.dead}.",
            f"- {found.messages:,} messages and {found.pictures:,} pictures were read. {found.commands:,} commands "
            f"were delivered {found.deliveries:,} times: {found.redelivered:,} redeliveries.",
            f"- Workers were started {happened.starts:,} times; {by_themselves}.",
            f"- Called off: {work.stopped:,} drawings were stopped after {work.stopped_seconds:.1f} s.",
            f"- Wasted: {work.late:,} of {work.drawings + work.late:,} pictures came when their cell was taken, by "
            "another worker's answer or because they had been called off. Drawing them took "
            f"{work.late_seconds:.1f} s, {work.wasted:.1f} % of all drawing ({work.seconds:.1f} s went into answers). "
            f"Their notes say {work.late_told:.1f} s, for these count being stopped and waiting for the broker too.",
            f"- Work that died with its process leaves no note: {work.unseen:,} deliveries to generators left no "
            f"trace. Had each been a picture that was lost when it was done, {work.wasted_at_most:.1f} % of all "
            "drawing was wasted; it is less, for some found the answer there, and some never reached a worker.",
        ]
    )


def _ends(happened: Happenings) -> str:
    codes = sorted({ending.code for ending in happened.endings})
    return f" (exit codes {', '.join(map(str, codes))})" if codes else ""


def recovery_section(weather: Weather, found: Sequence[Recovery], judgement: Judgement, measured: str) -> str:
    """How quickly things go on after each kind of fault."""
    rows = [
        "| fault | measured | it lasted | tasks, p50 | tasks, p95 | runs, p50 | runs, p95 |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for one in found:
        figures = [percentile(values, share) for values in (one.tasks, one.runs) for share in (50, 95)]
        cells = " | ".join(f"{figure:.1f}" for figure in figures)
        lasting = f"{one.lasting:.1f}" if one.lasting else "-"
        rows.append(f"| {one.kind} | {len(one.tasks)} | {lasting} | {cells} |")
    facts = f"{_setting(weather)} Seconds. Offences in the log afterwards: {len(judgement.offences)}."
    return "\n\n".join([measured, facts, "\n".join(rows)])
