"""The states that an orchestrator holds: those of the runs it heard of last, up to a bound.

A state is a fold of the log and can be made again from it, so it is a matter of memory and speed alone how many are
held. What a state needs grows with what was said in its run, so the bound counts the bytes of that.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Container

from stepweave.policies.state import RunState


class Held:
    """States by run, the one used last at the end.

    Args:
        most: bytes of the messages of all states together; what goes beyond it makes the oldest go.
        needed: runs whose states must stay, whatever their age.
    """

    def __init__(self, most: int, needed: Container[str] = ()) -> None:
        self._most = most
        self._needed = needed
        self._states: OrderedDict[str, RunState] = OrderedDict()
        self._sizes: dict[str, int] = {}
        self._size = 0

    def __len__(self) -> int:
        return len(self._states)

    def __contains__(self, run: str) -> bool:
        return run in self._states

    def get(self, run: str) -> RunState | None:
        """The state of a run, if it is held."""
        state = self._states.get(run)
        if state is not None:
            self._states.move_to_end(run)
        return state

    def put(self, state: RunState, size: int = 0) -> None:
        """Hold a state in place of the one before; ``size`` bytes more were said in its run."""
        run = state.run
        self._states[run] = state
        self._states.move_to_end(run)
        self._sizes[run] = self._sizes.get(run, 0) + size
        self._size += size
        if self._size > self._most:
            self._make_room(run)

    def drop(self, run: str) -> None:
        """Hold the state of a run no longer."""
        if self._states.pop(run, None) is not None:
            self._size -= self._sizes.pop(run)

    def _make_room(self, last: str) -> None:
        for run in list(self._states):
            if self._size <= self._most or run == last:
                return
            if run not in self._needed:
                self.drop(run)
