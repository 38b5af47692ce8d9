"""Compose file and broker configurations: valid, complete, and the cluster forms for real."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import anyio
import pytest
import yaml
from compose_spec import PyCompose

from stepweave.agents.registry import full_name, is_known
from stepweave.app.parser import build
from stepweave.bus import BusSettings, connect
from stepweave.bus.program import find_program
from stepweave.messages import RunRequested

ROOT = Path(__file__).resolve().parent.parent
BOUND = 30.0
"""Seconds any test waits for anything."""
ROLES = {"planner", "generator", "critic", "memory", "orchestrator", "recorder"}
NODES = ("nats", "nats-2", "nats-3")


def compose(**given: str) -> dict[str, Any]:
    """The compose file with its merges and variables resolved."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    return yaml.safe_load(re.sub(r"\$\{(\w+):-([^}]*)\}", lambda m: given.get(m[1], m[2]), text))


def variables() -> dict[str, str]:
    lines = (ROOT / "deploy/cluster.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.mark.parametrize("given", [{}, variables()], ids=["single", "cluster"])
def test_the_compose_file_is_valid(given: dict[str, str]) -> None:
    services = PyCompose.from_json(json.dumps(compose(**given))).service_names()
    assert ROLES | set(NODES) | {"jaeger"} <= set(services)


def test_every_role_has_a_service_that_runs_it() -> None:
    run = {name: compose()["services"][name]["command"] for name in ROLES}
    arguments = {name: build().parse_args(command) for name, command in run.items()}
    assert all(is_known(full_name(role)) for given in arguments.values() for role in given.roles)
    assert {given.roles[0].split(":")[0] for given in arguments.values()} == ROLES


def test_profiles_are_opt_in() -> None:
    services = compose()["services"]
    always = {name for name, service in services.items() if not service.get("profiles")}
    assert always == ROLES | {"nats"}
    assert services["jaeger"]["profiles"] == ["tracing"]
    assert {name for name, service in services.items() if service.get("profiles") == ["cluster"]} == {
        "nats-2",
        "nats-3",
    }


def test_the_settings_for_the_cluster_are_those_that_compose_asks_for() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    given = variables()
    assert set(given) - {"COMPOSE_PROFILES"} <= asked
    assert given["NATS_URL"] == ",".join(f"nats://{node}:4222" for node in NODES)
    assert (ROOT / f"deploy/nats/{given['NATS_CONFIG']}.conf").exists()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Place:
    """Where a container's addresses and folders are on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {(node, port): free_port() for node in NODES for port in (4222, 6222, 8222)}

    def configuration(self, kind: str, node: str) -> Path:
        """A configuration of ours, with nothing changed but hosts, ports and the folder."""
        text = (ROOT / f"deploy/nats/{kind}.conf").read_text(encoding="utf-8")
        text = re.sub(r"nats://([\w-]+):6222", lambda m: f"nats://127.0.0.1:{self.ports[m[1], 6222]}", text)
        text = re.sub(r"(?:0\.0\.0\.0|127\.0\.0\.1):([468]222)\b", lambda m: self.local(node, int(m[1])), text)
        path = self.folder / f"{node}.conf"
        path.write_text(text.replace("/data", str(self.folder / node)), encoding="utf-8")
        return path

    def local(self, node: str, port: int) -> str:
        return f"127.0.0.1:{self.ports[node, port]}"

    def start(self, stack: ExitStack, kind: str, node: str) -> None:
        command = [find_program(), "--config", self.configuration(kind, node)]
        process = subprocess.Popen(command, env={"SERVER_NAME": node}, stderr=subprocess.DEVNULL)
        stack.callback(process.wait)
        stack.callback(process.kill)

    def is_healthy(self, node: str) -> bool:
        """What the health check of the compose file asks."""
        (probe,) = [word for word in compose()["services"][node]["healthcheck"]["test"] if word.startswith("http")]
        address = probe.replace("127.0.0.1:8222", self.local(node, 8222))
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return bool(json.load(answer)["status"] == "ok")
        except OSError:
            return False

    def wait(self, *nodes: str) -> None:
        deadline = time.monotonic() + BOUND
        while not all(self.is_healthy(node) for node in nodes):
            assert time.monotonic() < deadline, f"{nodes} did not come up"
            time.sleep(0.05)

    @property
    def urls(self) -> str:
        return ",".join(f"nats://{self.local(node, 4222)}" for node in NODES)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


@pytest.mark.anyio
async def test_the_single_broker_serves(place: Place, stack: ExitStack) -> None:
    place.start(stack, "single", "nats")
    place.wait("nats")
    async with connect(BusSettings(url=f"nats://{place.local('nats', 4222)}"), name="test") as bus:
        assert await bus.log.request("run", RunRequested(request="a red boat")) == 1


@pytest.mark.anyio
@pytest.mark.slow
async def test_three_brokers_form_a_cluster_that_outlives_one(place: Place, stack: ExitStack) -> None:
    for node in NODES[:2]:
        place.start(stack, "cluster", node)
    with ExitStack() as third:
        place.start(third, "cluster", NODES[2])
        place.wait(*NODES)
        settings = BusSettings(url=place.urls, replicas=3, connect_timeout=BOUND)
        async with connect(settings, name="test") as bus:
            assert await bus.log.request("before", RunRequested(request="a red boat")) == 1
    async with connect(settings, name="test") as bus:
        assert await bus.log.request("after", RunRequested(request="a blue boat")) == 2
        # A direct read may be served by the replica that lags behind: what is written is there soon, not at once.
        with anyio.fail_after(BOUND):
            while [summary.run for summary in await bus.log.runs()] != ["before", "after"]:
                await anyio.sleep(0.02)
