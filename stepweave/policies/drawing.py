"""Decisions about pictures: what a search policy says, made into commands, accepted steps and work called off."""

from __future__ import annotations

from stepweave.messages import Accepted, Command, Decided, Draw, Judge, Outcome, RunRequested
from stepweave.policies.candidates import Candidate, draw_task, judge_task, seed_of
from stepweave.policies.parts import NOTHING, end, merged, order, spent
from stepweave.policies.planning import revising
from stepweave.policies.plans import story
from stepweave.policies.recollection import remember
from stepweave.policies.search import MOST_CANDIDATES, Consult, Drop, Keep, Move, Place, Tree, Try, parse_policy
from stepweave.policies.standing import can_count, wanted
from stepweave.policies.state import RunState, enact, takes_back


def words(state: RunState) -> Decided | None:
    """Steps of text only have ended as soon as they are planned."""
    ended = tuple(
        Accepted(step=step.number)
        for step in state.plan or ()
        if step.prompt is None and step.number not in state.accepted
    )
    return Decided(accepted=ended) if ended else None


def judging(state: RunState, requested: RunRequested) -> Decided | None:
    """Ask every critic that has not been asked about what is drawn and can still count; in a replay, all of it."""
    critics = tuple(dict.fromkeys(requested.options.critics))
    drawn = [
        task
        for step in (state.plan or () if critics else ())
        for task in state.draws.get(step.number, ())
        if task in state.answers and task not in state.critiques
    ]
    commands = [
        Command(task=judge_task(task, critic), role="critic", capability=critic, ask=_question(state, candidate))
        for task in drawn
        if (candidate := state.candidate(task)).drawn is not None
        and not candidate.abandoned
        and (requested.replays or (wanted(state, candidate.ask) and can_count(state, candidate.ask)))
        for critic in critics
    ]
    return Decided(commands=tuple(commands)) if commands else None


def searching(state: RunState, requested: RunRequested) -> Decided | None:
    """What the search policy of the run says is next."""
    whole, plan = NOTHING, state.plan
    for move in parse_policy(requested.options.policy).moves(Tree(state)):
        part = _made(state, requested, move)
        if part is not None and takes_back(part) and whole != NOTHING:
            break  # it is a decision of its own
        if part is not None:
            whole, state = merged(whole, part), enact(state, part)
        if state.outcome is not None or state.plan is not plan:
            break
    return None if whole == NOTHING else whole


def _made(state: RunState, requested: RunRequested, move: Move) -> Decided | None:
    """A move as a decision; ``None``: it is not possible now, or changes nothing."""
    if isinstance(move, Try):
        return _try(state, requested, move)
    if isinstance(move, Consult):
        return _consult(state, requested, move)
    if isinstance(move, Keep):
        return _keep(state, requested, move.candidate)
    if isinstance(move, Drop):
        return _drop(state, move.candidate)
    return _give_up(state, requested, move.place)


def _try(state: RunState, requested: RunRequested, move: Try) -> Decided | None:
    if len(state.draws.get(move.place.step.number, ())) >= MOST_CANDIDATES:
        return _give_up(state, requested, move.place)
    images = requested.options.budget.images
    if images is not None and drawn(state) >= images:
        # What is already being drawn may still be accepted: the run ends when nothing more can come.
        return None if state.waiting() else end(state, spent(f"{images} pictures", "--budget-images"))
    prompt = move.prompt if requested.options.refine else move.place.prompt
    return draw(state, requested, move.place, prompt, after=move.after.task if move.after is not None else None)


def drawn(state: RunState) -> int:
    """How many pictures the run has ordered."""
    return sum(isinstance(command.ask, Draw) for command in state.commands.values())


def draw(
    state: RunState,
    requested: RunRequested,
    place: Place,
    prompt: str,
    *,
    after: str | None = None,
    beside: bool = False,
) -> Decided:
    """Order one more candidate in a place."""
    options, step = requested.options, place.step
    number = len(state.draws.get(step.number, ())) + 1
    ask = Draw(
        step=step.number,
        candidate=number,
        prompt=prompt,
        sources=place.sources,
        seed=seed_of(options.seed, step.number, number),
        width=options.width,
        height=options.height,
        parameters=options.parameters,
        alt=step.alt or step.instruction,
        beside=beside,
        after=after,
    )
    return order(draw_task(step.number, number), "generator", options.generator, ask)


def _question(state: RunState, candidate: Candidate, opinion: int = 1) -> Judge:
    assert candidate.drawn is not None
    step = state.step(candidate.ask.step)
    return Judge(
        step=step.number,
        candidate=candidate.number,
        prompt=step.prompt or "",
        drawn_prompt=candidate.ask.prompt,
        sources=candidate.ask.sources,
        image=candidate.drawn.image,
        notes=state.notes(),
        story=story(state.plan or (), step),
        opinion=opinion,
    )


def _consult(state: RunState, requested: RunRequested, move: Consult) -> Decided | None:
    candidate, critics = move.candidate, requested.options.critics
    if candidate.drawn is None or not critics:
        return None
    commands = tuple(
        Command(task=task, role="critic", capability=critics[0], ask=_question(state, candidate, opinion))
        for opinion in range(1, move.opinions + 1)
        if (task := judge_task(candidate.task, critics[0], opinion)) not in state.commands
    )
    return Decided(commands=commands) if commands else None


def _keep(state: RunState, requested: RunRequested, candidate: Candidate, *, flawed: bool = False) -> Decided | None:
    """Settle a step, or put the candidate before a person first."""
    if candidate.drawn is None or candidate.ask.step in state.accepted or not can_count(state, candidate.ask):
        return None
    step = state.step(candidate.ask.step)
    ended = Accepted(step=step.number, candidate=candidate.number, image=candidate.drawn.image, flawed=flawed)
    if requested.options.approval in ("steps", "all"):
        return None if _waits_already(state, ended, candidate) else Decided(proposed=(ended,))
    return Decided(accepted=(ended,), commands=remember(state, step, candidate))


def _waits_already(state: RunState, ended: Accepted, candidate: Candidate) -> bool:
    """Whether a person is asked about a picture that is as good as this one: it is not exchanged while he looks."""
    proposed = state.proposed.get(ended.step)
    if proposed is None or proposed.candidate is None or proposed.flawed > ended.flawed:
        return False
    waits = state.candidate(draw_task(ended.step, proposed.candidate))
    return not waits.rejected and waits.ask.sources == candidate.ask.sources


def _drop(state: RunState, candidate: Candidate) -> Decided | None:
    """Call off what is under way of a candidate: its drawing, or its judging."""
    tasks = {candidate.task, *state.critiques.get(candidate.task, ())}
    waiting = tuple(command.task for command in state.waiting() if command.task in tasks)
    return Decided(abandoned=waiting) if waiting else None


def _give_up(state: RunState, requested: RunRequested, place: Place) -> Decided | None:
    """Nothing was accepted in a place: plan again, keep the best-scored picture, or stop, as the run says."""
    options, standing = requested.options, Tree(state).place(place.step)
    if place.step.number in state.accepted or standing is None or standing.sources != place.sources:
        return None
    if options.exhausted == "replan":
        again = revising(state, requested, place)
        if again is True:
            return None
        if isinstance(again, Decided):
            return again
    if options.exhausted == "stop":
        return end(state, _failed(place, "allow more attempts with --policy, or keep the best with --exhausted best"))
    best = place.best
    return end(state, _failed(place, "")) if best is None else _keep(state, requested, best, flawed=True)


def _failed(place: Place, remedy: str) -> Outcome:
    if not place.candidates:
        return Outcome(status="failed", reason=f"step {place.step.number}: the policy gave up before any attempt")
    last, count = place.candidates[-1], len(place.candidates)
    if last.failure is not None:
        remedy = last.failure.remedy or remedy
    attempts = "the only attempt" if count == 1 else f"all {count} attempts"
    reason = f"step {place.step.number}: {attempts} failed; {last.reason}"
    return Outcome(status="failed", reason=reason, remedy=remedy)
