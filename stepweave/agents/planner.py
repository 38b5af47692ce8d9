"""The planner that needs no model."""

from __future__ import annotations

from anyio import to_thread

from stepweave.agents.agent import Context, agent
from stepweave.messages import MakePlan, Plan, RevisePlan
from stepweave.policies.rules import plan, revise


@agent("planner", capability="rules", concurrency=4)
async def rules(ask: MakePlan | RevisePlan, ctx: Context) -> Plan:
    """Plans lessons, instructions and small stories over the embedded vocabulary."""
    if isinstance(ask, RevisePlan):
        return await to_thread.run_sync(revise, ask)
    return await to_thread.run_sync(plan, ask)
