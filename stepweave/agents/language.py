"""Planner and critic on language models: the agents that put the questions of policies/language to a model."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from stepweave.agents.agent import Agent, Context, agent
from stepweave.agents.gathering import Gatherer
from stepweave.agents.talking import Meant, Talk
from stepweave.bus import BlobStore
from stepweave.images import white
from stepweave.messages import Blob, Judge, MakePlan, Plan, RevisePlan, Verdict
from stepweave.models.protocol import LanguageModel, Reply
from stepweave.models.settings import LanguageSettings
from stepweave.policies.language.asking import Manner, judge_question, plan_question, revise_question
from stepweave.policies.language.dialects import DIALECTS, TAGS
from stepweave.policies.language.plans import plan_of
from stepweave.policies.language.prompt import Kind, Prompt, load
from stepweave.policies.language.reading import read
from stepweave.policies.language.verdicts import certainty_of, verdict_of
from stepweave.policies.language.wire import WirePlan, WireVerdict

OPINIONS = 32
"""Opinions on one picture that are asked for in one request."""
GATHER = 0.02
"""Seconds that an opinion waits for others on the same picture."""
BLANK = 256
"""Pixels a side of the white picture that stands for nothing."""


def manner_of(settings: LanguageSettings) -> Manner:
    """How questions are put with these settings; in training no schema stands between the model and its words."""
    dialect = TAGS if settings.training else DIALECTS[settings.dialect]
    return Manner(dialect, settings.sampling(), settings.longest, settings.most)


def _talk(model: LanguageModel, settings: LanguageSettings, prompt: Prompt) -> Talk:
    dialect = manner_of(settings).dialect.name
    return Talk(model, settings, f"{prompt.kind}/{dialect}/{prompt.digest}")


def planner_of(capability: str, model: LanguageModel, settings: LanguageSettings) -> Agent:
    """The agent that has a model write plans.

    Raises:
        BadPrompt: the file with what it is told cannot be used.
    """
    manner = manner_of(settings)
    prompts: dict[Kind, Prompt] = {"plan": load("plan", settings.prompt), "revise": load("revise")}
    talks = {kind: _talk(model, settings, prompt) for kind, prompt in prompts.items()}

    @agent("planner", capability=capability, concurrency=settings.slots, costly=True)
    async def planning(ask: MakePlan | RevisePlan, ctx: Context) -> Plan:
        """Has a language model write the plan."""
        if isinstance(ask, RevisePlan):
            talk, question = talks["revise"], revise_question(prompts["revise"], ask, manner)
        else:
            talk, question = talks["plan"], plan_question(prompts["plan"], ask, manner)

        def understand(reply: Reply) -> tuple[Plan, bool]:
            found = read(reply.text, reply.finish, WirePlan)
            return plan_of(found.value, ask), found.mended

        (plan,) = await talk.hold(question, understand, ctx.blobs)
        if isinstance(plan, Exception):
            raise plan
        return plan.value.model_copy(update={"tokens": plan.tokens, "calls": plan.calls})

    return planning


@dataclass(frozen=True, slots=True)
class _Look:
    """One opinion that is asked for."""

    ask: Judge
    blobs: BlobStore

    @property
    def key(self) -> str:
        """Opinions on the same candidate can be asked for together."""
        return self.ask.model_dump_json(exclude={"opinion"})


@asynccontextmanager
async def critic_of(capability: str, model: LanguageModel, settings: LanguageSettings) -> AsyncIterator[Agent]:
    """The agent that has a model judge pictures; several opinions on one picture are one question.

    Raises:
        BadPrompt: the file with what it is told cannot be used.
    """
    manner, prompt = manner_of(settings), load("judge", settings.prompt)
    talk, blank = _talk(model, settings, prompt), _Blank()

    async def look(looks: Sequence[_Look]) -> Sequence[Meant[Verdict] | Exception]:
        ask, blobs = looks[0].ask, looks[0].blobs
        white = await blank.stored(blobs)
        question = judge_question(prompt, ask, manner, blank=white, n=len(looks))

        def understand(reply: Reply) -> tuple[Verdict, bool]:
            found = read(reply.text, reply.finish, WireVerdict)
            sure = certainty_of(reply.tokens, reply.logprobs)
            return verdict_of(found.value, ask, thought=found.thought, certainty=sure), found.mended

        return await talk.hold(question, understand, blobs)

    gatherer = Gatherer[_Look, Meant[Verdict]](
        look, key=lambda each: each.key, most=OPINIONS, wait=GATHER, lanes=settings.slots
    )

    @agent("critic", capability=capability, concurrency=settings.slots, costly=True)
    async def judging(ask: Judge, ctx: Context) -> Verdict:
        """Has a language model judge the picture."""
        this = _Look(ask, ctx.blobs)
        if ask.opinion > 1:
            verdict = await gatherer(this)
        else:  # it decides, and is asked for before there are others
            (found,) = await look([this])
            if isinstance(found, Exception):
                raise found
            verdict = found
        return verdict.value.model_copy(update={"tokens": verdict.tokens, "calls": verdict.calls})

    async with gatherer:
        yield judging


class _Blank:
    """The white picture that a critic is shown where there was nothing before; stored when it is first needed."""

    def __init__(self) -> None:
        self._blob: Blob | None = None

    async def stored(self, blobs: BlobStore) -> Blob:
        if self._blob is None:
            self._blob = await blobs.put(white(BLANK), "image/png", BLANK, BLANK)
        return self._blob
