"""Carrying a decision out: commands are published, and what is called off is answered by whoever calls it off.

Cells are write-once, so all of it can be done again when nobody knows whether it was done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import anyio

from stepweave.agents.gate import Gate
from stepweave.bus import Bus
from stepweave.messages import Abandoned, Command
from stepweave.observability.trace import traceparent
from stepweave.policies.state import RunState


class Orders:
    """Publishes what decisions command; commands of background runs wait before a gate."""

    def __init__(self, bus: Bus, source: str, wanted: Callable[[str], bool]) -> None:
        """Where, who we are in the log, and whether a run still wants what waited before the gate."""
        self._bus = bus
        self._source = source
        self._wanted = wanted
        self._gate = Gate(bus)

    async def run(self) -> None:
        """Let in what waits before the gate, until cancelled."""
        await self._gate.run()

    async def carry_out(self, state: RunState, commands: Sequence[Command], off: Iterable[str] = ()) -> None:
        """Publish commands, and call tasks off."""
        work = [partial(self._call_off, state.run, state.commands[task]) for task in off]
        if state.requested is not None and state.requested.options.priority == "background":
            for command in commands:
                self._gate.put(_queue(command), (state.run, command.task), partial(self._admit, state.run, command))
        else:
            work += [partial(self._command, state.run, command) for command in commands]
        if len(work) == 1:
            await work[0]()
        else:
            async with anyio.create_task_group() as group:
                for each in work:
                    group.start_soon(each)

    async def carry_out_again(self, state: RunState) -> None:
        """Publish what was decided and may not have been carried out; what was, is left as it is."""
        await self.carry_out(state, state.waiting(), sorted(state.abandoned - state.answers.keys()))

    async def _command(self, run: str, command: Command) -> None:
        await self._bus.log.command(
            run,
            command.role,
            command.capability,
            command.task,
            command.ask,
            source=self._source,
            traceparent=traceparent(run, command.task),
        )

    async def _admit(self, run: str, command: Command) -> None:
        if self._wanted(run):
            await self._command(run, command)

    async def _call_off(self, run: str, command: Command) -> None:
        self._gate.drop(_queue(command), (run, command.task))
        await self._bus.log.answer(
            run,
            command.role,
            command.capability,
            command.task,
            Abandoned(),
            source=self._source,
            traceparent=traceparent(run, command.task),
        )


def _queue(command: Command) -> tuple[str, str]:
    """Which queue a command goes to."""
    return command.role, command.capability
