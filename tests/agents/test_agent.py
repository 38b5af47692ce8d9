"""What the decorator makes of a function."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from stepweave.agents.agent import Agent, Context, NotAnAgent, agent, configured
from stepweave.messages import Draw, Drawn, Judge, MakePlan, Plan, RevisePlan, Verdict


def test_the_annotation_says_what_is_answered() -> None:
    @agent("critic", capability="brand")
    async def brand(ask: Judge, ctx: Context) -> Verdict:
        """Knows the brand."""
        raise AssertionError

    assert isinstance(brand, Agent)
    assert (brand.name, brand.asks, brand.description) == ("critic:brand", (Judge,), "Knows the brand.")


def test_a_union_answers_both() -> None:
    @agent("planner", capability="two")
    async def two(ask: MakePlan | RevisePlan, ctx: Context) -> Plan:
        raise AssertionError

    assert two.asks == (MakePlan, RevisePlan)


def test_a_batched_agent_takes_sequences() -> None:
    @agent("generator", capability="many", batch=8)
    async def many(asks: Sequence[Draw], contexts: Sequence[Context]) -> Sequence[Drawn]:
        raise AssertionError

    assert (many.asks, many.batch) == ((Draw,), 8)


def test_concurrency_can_be_set_from_outside() -> None:
    @agent("critic", capability="brand")
    async def brand(ask: Judge, ctx: Context) -> Verdict:
        raise AssertionError

    changed = configured(brand, 7)
    assert isinstance(changed, Agent)
    assert changed.concurrency == 7
    assert configured(brand) is brand


def test_a_function_without_annotations_is_refused_with_an_example() -> None:
    async def nothing(ask, ctx):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        raise AssertionError

    with pytest.raises(NotAnAgent, match="async def name"):
        agent("critic", capability="x")(nothing)


def test_an_annotation_that_is_no_ask_is_refused() -> None:
    async def wrong(ask: int, ctx: Context) -> Verdict:
        raise AssertionError

    with pytest.raises(NotAnAgent, match="is not an ask"):
        agent("critic", capability="x")(wrong)  # type: ignore[arg-type]
