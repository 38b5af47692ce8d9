"""The agent base and its runtime, and the roles."""

from stepweave.agents.agent import Agent, AgentError, Context, Host, Observer, agent, observer
from stepweave.agents.client import Weave
from stepweave.agents.local import at_work, hosted
from stepweave.agents.runtime import serve

__all__ = [
    "Agent",
    "AgentError",
    "Context",
    "Host",
    "Observer",
    "Weave",
    "agent",
    "at_work",
    "hosted",
    "observer",
    "serve",
]
