"""What to do next: ``decide(state, now) -> decision``, a pure function.

A decision is built from small parts. Each part is enacted on a rehearsal of the state before the next one is looked
for, so one decision carries a run as far as it can go without hearing more: it accepts a picture, thereby frees the
step after it, and already orders that step's first candidate.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from stepweave.messages import (
    Accepted,
    Blob,
    Command,
    Decided,
    Draw,
    Failure,
    FromInput,
    FromStep,
    Judge,
    MakePlan,
    Options,
    Outcome,
    Plan,
    Recall,
    RevisePlan,
    RunRequested,
    Step,
)
from stepweave.policies.plans import fault_of_plan, revised, story
from stepweave.policies.recollection import remember
from stepweave.policies.search import Exhausted, Keep, Try, parse_policy
from stepweave.policies.state import ENDLESS, NOTES, Candidate, RunState, enact, judge_task

NOTHING = Decided()
RECALLED_BY = 20_000
"""Characters of the request by which the memory is asked."""


def decide(state: RunState, now: datetime) -> Decided | None:
    """Everything that can be decided from what is known; ``None`` when there is nothing to do but wait."""
    whole = NOTHING
    while (part := _next(state, now)) is not None:
        whole, state = _merge(whole, part), enact(state, part)
    return None if whole == NOTHING else whole


def kind(decision: Decided, state: RunState) -> str:
    """The subject token of a decision taken in ``state``: what a reader who only counts wants to know."""
    if decision.outcome is not None:
        return "finished"
    if decision.plan is not None:
        return "planned" if state.plan is None else "revised"
    return "decided"


def seed_of(seed: int, step: int, candidate: int) -> int:
    """A seed of its own for every candidate of a run, below 2**32, the same on every machine."""
    digest = hashlib.sha256(f"{seed}/{step}/{candidate}".encode()).digest()
    return int.from_bytes(digest[:4], "big")


def _next(state: RunState, now: datetime) -> Decided | None:
    requested = state.requested
    if requested is None or state.outcome is not None:
        return None
    if state.cancelled is not None:
        return _end(state, Outcome(status="cancelled", reason=state.cancelled.reason))
    if (spent := _overspent(state, requested.options, now)) is not None:
        return _end(state, spent)
    if state.chain.ending:
        return _end(state, ENDLESS)
    if state.plan is None:
        return _planning(state, requested)
    for step in state.plan:
        if step.number not in state.accepted and (part := _step(state, requested, step)) is not None:
            return part
    return _finish(state)


# ---------------------------------------------------------------------------------------------- ending


def _end(state: RunState, outcome: Outcome) -> Decided:
    return Decided(abandoned=tuple(c.task for c in state.waiting()), outcome=outcome)


def _overspent(state: RunState, options: Options, now: datetime) -> Outcome | None:
    budget = options.budget
    if budget.seconds is not None and state.requested_at is not None:
        spent = (now - state.requested_at).total_seconds()
        if spent >= budget.seconds:
            return _spent(f"{budget.seconds:g} seconds", "--budget-seconds")
    if budget.tokens is not None and sum(answer.tokens for answer in state.answers.values()) >= budget.tokens:
        return _spent(f"{budget.tokens} tokens", "--budget-tokens")
    return None


def _spent(what: str, option: str) -> Outcome:
    return Outcome(
        status="failed", reason=f"the budget of {what} is used up", remedy=f"ask again with a larger {option}"
    )


def _finish(state: RunState) -> Decided | None:
    assert state.plan is not None
    if state.waiting() or any(step.number not in state.accepted for step in state.plan):
        return None
    flawed = sorted(n for n, a in state.accepted.items() if a.flawed)
    if flawed:
        steps = ", ".join(map(str, flawed))
        reason = f"no candidate was accepted for step {steps}; the best-scored one is kept"
        return Decided(outcome=Outcome(status="flawed", reason=reason, remedy="allow more attempts with --policy"))
    return Decided(outcome=Outcome(status="completed"))


# ---------------------------------------------------------------------------------------------- planning


def _planning(state: RunState, requested: RunRequested) -> Decided | None:
    options = requested.options
    if options.memory is not None and "recall" not in state.commands:
        wanted = Recall(text=requested.request[:RECALLED_BY], kinds=("canvas", "cure"), limit=NOTES)
        return _order("recall", "memory", options.memory, wanted)
    if "plan" not in state.commands:
        if options.memory is not None and "recall" not in state.answers:
            return None
        ask = MakePlan(request=requested.request, inputs=requested.inputs, steps=options.steps, notes=state.notes())
        return _order("plan", "planner", options.planner, ask)
    answer = state.answer("plan")
    if answer is None:
        return None
    if isinstance(answer, Failure):
        return _end(state, Outcome(status="failed", reason=answer.reason, remedy=answer.remedy))
    if not isinstance(answer, Plan):
        return _end(state, Outcome(status="failed", reason=f"planner {options.planner} gave no plan"))
    if fault := fault_of_plan(answer.steps, inputs=len(requested.inputs), steps=options.steps):
        reason = f"planner {options.planner} made a plan that cannot be drawn: {fault}"
        return _end(state, Outcome(status="failed", reason=reason, remedy="ask in other words, or choose --planner"))
    return Decided(plan=answer.steps)


def _revising(state: RunState, requested: RunRequested, step: Step) -> Decided | None:
    """Plan again from a failed step; without a usable answer the best candidate is kept."""
    task = f"revise-{state.revision + 1}"
    if task not in state.commands:
        ask = RevisePlan(
            request=requested.request,
            inputs=requested.inputs,
            steps=requested.options.steps,
            plan=state.plan or (),
            failed=step.number,
            reasons=tuple(c.reason for c in state.candidates(step.number)),
            notes=state.notes(),
        )
        return _order(task, "planner", requested.options.planner, ask)
    answer, command = state.answer(task), state.commands[task]
    if answer is None or not isinstance(command.ask, RevisePlan):
        return None
    if command.ask.failed != step.number:
        return None if task in {c.task for c in state.waiting()} else _keep_best(state, step)
    steps = revised(state.plan or (), step.number, answer)
    if steps is None or fault_of_plan(steps, inputs=len(requested.inputs), steps=requested.options.steps):
        return _keep_best(state, step)
    changed = enact(state, Decided(plan=steps))
    stale = tuple(
        c.task
        for c in state.waiting()
        if isinstance(c.ask, Draw | Judge) and _is_void(changed, c.ask.step, c.ask.candidate)
    )
    return Decided(plan=steps, abandoned=stale)


def _is_void(state: RunState, step: int, candidate: int) -> bool:
    gone = all(s.number != step for s in state.plan or ())
    return gone or candidate <= state.void.get(step, 0)


# ---------------------------------------------------------------------------------------------- drawing


def _step(state: RunState, requested: RunRequested, step: Step) -> Decided | None:
    if step.prompt is None:
        return Decided(accepted=(Accepted(step=step.number),))
    sources = _sources(state, requested, step)
    if sources is None:
        return None
    candidates = state.candidates(step.number)
    for candidate in candidates:
        if part := _judging(state, requested, step, candidate):
            return part
    move = parse_policy(requested.options.policy).next(step, candidates)
    if isinstance(move, Keep):
        return _accept(state, step, move.candidate)
    if isinstance(move, Try):
        prompt = move.prompt if requested.options.refine else step.prompt
        return _draw(state, requested, step, prompt, sources)
    return _exhausted(state, requested, step) if isinstance(move, Exhausted) else None


def _sources(state: RunState, requested: RunRequested, step: Step) -> tuple[Blob, ...] | None:
    """The pictures a step starts from; ``None`` while one of them is not accepted yet."""
    blobs: list[Blob] = []
    for source in step.sources:
        if isinstance(source, FromInput):
            blobs.append(requested.inputs[source.index])
        elif isinstance(source, FromStep):
            settled = state.accepted.get(source.step)
            if settled is None or settled.image is None:
                return None
            blobs.append(settled.image)
    return tuple(blobs)


def _draw(
    state: RunState, requested: RunRequested, step: Step, prompt: str, sources: tuple[Blob, ...]
) -> Decided | None:
    options = requested.options
    number = len(state.attempts(step.number)) + 1
    ask = Draw(
        step=step.number,
        candidate=number,
        prompt=prompt,
        sources=sources,
        seed=seed_of(options.seed, step.number, number),
        width=options.width,
        height=options.height,
        parameters=options.parameters,
        alt=step.alt or step.instruction,
    )
    drawn = sum(isinstance(c.ask, Draw) for c in state.commands.values())
    if options.budget.images is not None and drawn >= options.budget.images:
        # What is already being drawn may still be accepted: the run ends when nothing more can come.
        used_up = _spent(f"{options.budget.images} pictures", "--budget-images")
        return None if state.waiting() else _end(state, used_up)
    return _order(f"s{step.number}c{number}", "generator", options.generator, ask)


def _judging(state: RunState, requested: RunRequested, step: Step, candidate: Candidate) -> Decided | None:
    """Ask every critic that has not been asked about a drawn candidate."""
    if candidate.drawn is None or candidate.abandoned:
        return None
    ask = Judge(
        step=step.number,
        candidate=candidate.number,
        prompt=step.prompt or "",
        drawn_prompt=candidate.ask.prompt,
        sources=candidate.ask.sources,
        image=candidate.drawn.image,
        notes=state.notes(),
        story=story(state.plan or (), step),
    )
    commands = tuple(
        Command(task=task, role="critic", capability=critic, ask=ask)
        for critic in requested.options.critics
        if (task := judge_task(candidate.task, critic)) not in state.commands
    )
    return Decided(commands=commands) if commands else None


def _accept(state: RunState, step: Step, candidate: Candidate, *, flawed: bool = False) -> Decided:
    assert candidate.drawn is not None
    accepted = Accepted(step=step.number, candidate=candidate.number, image=candidate.drawn.image, flawed=flawed)
    others = tuple(c.task for c in state.waiting() if isinstance(c.ask, Draw | Judge) and c.ask.step == step.number)
    return Decided(accepted=(accepted,), abandoned=others, commands=remember(state, step, candidate))


def _exhausted(state: RunState, requested: RunRequested, step: Step) -> Decided | None:
    options = requested.options
    if options.exhausted == "replan" and state.revision < options.revisions:
        return _revising(state, requested, step)
    if options.exhausted == "stop":
        return _end(
            state, _gave_up(state, step, "allow more attempts with --policy, or keep the best with --exhausted best")
        )
    return _keep_best(state, step)


def _keep_best(state: RunState, step: Step) -> Decided:
    """Keep the best-scored picture; the earlier one when two score the same."""
    drawn = [c for c in state.candidates(step.number) if c.drawn is not None]
    if not drawn:
        return _end(state, _gave_up(state, step, ""))
    return _accept(state, step, max(drawn, key=lambda c: (c.score, -c.number)), flawed=True)


def _gave_up(state: RunState, step: Step, remedy: str) -> Outcome:
    last = state.candidates(step.number)[-1]
    if last.failure is not None:
        remedy = last.failure.remedy or remedy
    count = len(state.candidates(step.number))
    attempts = "the only attempt" if count == 1 else f"all {count} attempts"
    return Outcome(status="failed", reason=f"step {step.number}: {attempts} failed; {last.reason}", remedy=remedy)


# ---------------------------------------------------------------------------------------------- small parts


def _order(task: str, role: str, capability: str, ask: Draw | MakePlan | RevisePlan | Recall) -> Decided:
    return Decided(commands=(Command(task=task, role=role, capability=capability, ask=ask),))


def _merge(one: Decided, other: Decided) -> Decided:
    return Decided(
        plan=other.plan if other.plan is not None else one.plan,
        accepted=one.accepted + other.accepted,
        abandoned=one.abandoned + other.abandoned,
        commands=one.commands + other.commands,
        outcome=other.outcome or one.outcome,
    )
