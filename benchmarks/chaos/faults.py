"""What can happen to a process, and one thing of it chosen at random.

A fault chooses its victim among those that nothing else is happening to. In a cluster no second node is touched before
all three are there and up to date, so that two of them always stand.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.chaos.brokers import Broker, Node
from benchmarks.chaos.processes import until
from benchmarks.chaos.proxy import Trouble
from benchmarks.chaos.workers import Worker

BACK = 60.0
"""Seconds for a victim to be back at work; after that it is left as it is, and the next fault may take it."""
LOOK = 0.25
"""Seconds between two questions to the nodes whether they are up to date."""
DOWN = (0.2, 1.5)
"""Seconds for which a killed node stays down."""
FROZEN = (1.0, 6.0)
"""Seconds for which a node is stopped."""
CUT = (1.0, 8.0)
"""Seconds for which a worker is cut off."""
STOPPED = (1.25, 3.0)
"""For how many leases a worker is stopped."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All there is to be hurt."""

    broker: Broker
    workers: Sequence[Worker]
    lease: float
    leader: Callable[[], Awaitable[str]]
    """Asks the broker which node leads the stream of runs; empty: it does not know."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that happened."""

    kind: str
    victim: str
    at: float
    """When it began: seconds since 1970, by the clock of this machine."""
    seconds: float
    """How long it lasted, by our doing: until what was stopped or cut went on; 0 for what was killed."""


Harm = Callable[[], Coroutine[Any, Any, None]]
Choice = tuple[str, float, Harm]
"""A victim, for how many seconds, and what to do to it."""
Choose = Callable[[Scene, random.Random], Awaitable[Choice | None]]
"""Chooses a victim; ``None``: there is none now."""


async def _kill_worker(scene: Scene, chance: random.Random, *, decides: bool) -> Choice | None:
    worker = _worker(scene, chance, decides)
    return None if worker is None else (worker.name, 0.0, partial(_killed, worker))


async def _stop_worker(scene: Scene, chance: random.Random, *, decides: bool) -> Choice | None:
    worker, seconds = _worker(scene, chance, decides), scene.lease * chance.uniform(*STOPPED)
    return None if worker is None else (worker.name, seconds, partial(_stopped, worker, seconds))


async def _cut_worker(scene: Scene, chance: random.Random, *, trouble: Trouble) -> Choice | None:
    worker, seconds = _worker(scene, chance, None), chance.uniform(*CUT)
    return None if worker is None else (worker.name, seconds, partial(_cut, worker, trouble, seconds))


async def _kill_node(scene: Scene, chance: random.Random) -> Choice | None:
    node, down = await _node(scene, chance), chance.uniform(*DOWN)
    return None if node is None else (node.name, 0.0, partial(_node_killed, scene.broker, node, down))


async def _kill_leader(scene: Scene, chance: random.Random) -> Choice | None:
    if await _node(scene, chance) is None or not (leader := await scene.leader()):
        return None
    node = scene.broker.named(leader)
    return node.name, 0.0, partial(_node_killed, scene.broker, node, chance.uniform(*DOWN))


async def _stop_node(scene: Scene, chance: random.Random) -> Choice | None:
    node, seconds = await _node(scene, chance), chance.uniform(*FROZEN)
    return None if node is None else (node.name, seconds, partial(_node_stopped, scene.broker, node, seconds))


_OF_WORKERS: dict[str, Choose] = {
    "worker killed": partial(_kill_worker, decides=False),
    "orchestrator killed": partial(_kill_worker, decides=True),
    "worker stopped": partial(_stop_worker, decides=False),
    "orchestrator stopped": partial(_stop_worker, decides=True),
    "worker cut off: refused": partial(_cut_worker, trouble=Trouble.REFUSED),
    "worker cut off: deaf": partial(_cut_worker, trouble=Trouble.DEAF),
    "worker cut off: dumb": partial(_cut_worker, trouble=Trouble.DUMB),
    "worker cut off: dark": partial(_cut_worker, trouble=Trouble.DARK),
}
_OF_ONE_NODE: dict[str, Choose] = {"server killed": _kill_node, "server stopped": _stop_node}
_OF_A_CLUSTER: dict[str, Choose] = {
    "node killed": _kill_node,
    "node stopped": _stop_node,
    "leader killed": _kill_leader,
}


def kinds(nodes: int) -> dict[str, Choose]:
    """All kinds of faults for a broker of so many nodes."""
    return _OF_WORKERS | (_OF_ONE_NODE if nodes == 1 else _OF_A_CLUSTER)


async def strike(scene: Scene, chance: random.Random, kind: str) -> tuple[Fault, Harm] | None:
    """Choose a victim for a kind of fault; the fault begins when the harm, which is awaited next, begins."""
    choice = await kinds(len(scene.broker.nodes))[kind](scene, chance)
    if choice is None:
        return None
    victim, seconds, harm = choice
    return Fault(kind, victim, time.time(), seconds), harm


# ---------------------------------------------------------------------------------------------- victims


def _worker(scene: Scene, chance: random.Random, decides: bool | None) -> Worker | None:
    idle = [w for w in scene.workers if not w.troubled and w.ready.is_set() and decides in (None, w.decides)]
    return chance.choice(idle) if idle else None


async def _node(scene: Scene, chance: random.Random) -> Node | None:
    if any(node.troubled for node in scene.broker.nodes) or not await scene.broker.is_whole():
        return None
    return chance.choice(scene.broker.nodes)


# ---------------------------------------------------------------------------------------------- harm


async def _killed(worker: Worker) -> None:
    worker.troubled = True
    worker.kill()
    await _back(worker)


async def _stopped(worker: Worker, seconds: float) -> None:
    worker.troubled = True
    worker.process.stop()
    await asyncio.sleep(seconds)
    worker.process.go_on()
    worker.troubled = False


async def _cut(worker: Worker, trouble: Trouble, seconds: float) -> None:
    worker.troubled = True
    worker.wire.cut(trouble)
    await asyncio.sleep(seconds)
    worker.wire.mend()
    worker.troubled = False


async def _back(worker: Worker) -> None:
    try:
        async with asyncio.timeout(BACK):
            await worker.ready.wait()
    except TimeoutError:
        return
    finally:
        worker.troubled = False


async def _node_killed(broker: Broker, node: Node, down: float) -> None:
    node.troubled = True
    await node.kill()
    await asyncio.sleep(down)
    await node.start()
    await _whole(broker, node)


async def _node_stopped(broker: Broker, node: Node, seconds: float) -> None:
    node.troubled = True
    node.process.stop()
    await asyncio.sleep(seconds)
    node.process.go_on()
    await _whole(broker, node)


async def _whole(broker: Broker, node: Node) -> None:
    await until(broker.is_whole, BACK, LOOK)
    node.troubled = False
