"""Tokens a second that planner and critic get out of vLLM, over those that vLLM's own benchmark client gets.

    python -m benchmarks.models.language --page docs/performance.md

A tiny Qwen3-VL, taught to answer our questions, runs behind vLLM's own server. 64 runs at a time have a plan written
and then four pictures judged, one after the other. One side is our agents on a real bus, from the command in the log to
the answer in the log. One sends such requests with the function by which `vllm bench serve` sends its own; that has
replies streamed, word by word. One sends them without anything around and takes replies as a whole, as ours do: the
limit. No two requests are alike, so that no side profits from what the server remembers of another.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import io
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import tests.pipelines.shim  # noqa: F401 - before anything imports torchvision

# isort: split
import aiohttp
import anyio
import httpx2
import numpy as np
from PIL import Image
from vllm.benchmarks.lib.endpoint_request_func import RequestFuncInput, async_request_openai_chat_completions

from benchmarks.bus.server import serving
from benchmarks.page import insert, measured
from stepweave.agents.agent import Host
from stepweave.agents.language import BLANK, critic_of, manner_of, planner_of
from stepweave.agents.local import at_work
from stepweave.bus import Bus, BusSettings, connect
from stepweave.messages import Answer, Ask, Blob, Failure, Judge, MakePlan, Plan, Verdict
from stepweave.models.chat import Chat
from stepweave.models.conversation import messages, shown
from stepweave.models.flavours import FLAVOURS
from stepweave.models.protocol import Question
from stepweave.models.settings import ChatSettings
from stepweave.policies.language.asking import judge_question, plan_question
from stepweave.policies.language.prompt import load
from tests.vllm import taught

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "tests" / "pipelines" / "site"
RUNS = 64
JUDGED = 4
"""Pictures of a run."""
SIDE = 64


@dataclass(frozen=True, slots=True)
class Sample:
    """One round."""

    agents: float
    """Tokens a second."""
    client: float
    """Of vLLM's own."""
    bare: float
    """Of requests with nothing around."""


@dataclass(frozen=True, slots=True)
class Work:
    """What one side of a round has to do: for each run its asks, in order, and the pictures of all."""

    asks: tuple[tuple[Ask, ...], ...]
    pictures: dict[str, bytes]


def work(name: str) -> Work:
    """Asks that nobody has seen before, of this name."""
    pictures: dict[str, bytes] = {}

    def picture(label: str) -> Blob:
        seed = int.from_bytes(hashlib.sha256(f"{name} {label}".encode()).digest()[:4], "big")
        pixels = np.random.default_rng(seed).integers(0, 255, (SIDE // 8, SIDE // 8, 3), dtype=np.uint8)
        out = io.BytesIO()
        Image.fromarray(pixels).resize((SIDE, SIDE)).save(out, "PNG")
        data = out.getvalue()
        sha256 = hashlib.sha256(data).hexdigest()
        pictures[sha256] = data
        return Blob(sha256=sha256, width=SIDE, height=SIDE, size=len(data))

    def judge(run: int, number: int) -> Judge:
        prompt = f"a wall, number {run} of {name}"
        image, source = picture(f"{run} {number}"), picture(f"{run} {number} before")
        return Judge(step=1, candidate=number, image=image, prompt=prompt, drawn_prompt=prompt, sources=(source,))

    asks = tuple(
        (MakePlan(request=f"Paint a wall, number {run} of {name}"), *(judge(run, n + 1) for n in range(JUDGED)))
        for run in range(RUNS)
    )
    return Work(asks, pictures)


async def agents(settings: ChatSettings, mine: Work, url: str, folder: Path) -> float:
    """Tokens a second of our agents."""
    async with connect(BusSettings(url=url, home=folder), name="bench") as bus, aclosing(Chat(settings)) as chat:
        for data in mine.pictures.values():
            await bus.blobs.put(data, media_type="image/png", width=SIDE, height=SIDE)
        await chat.probe()
        async with critic_of("bench", chat, settings) as critic:
            host = Host(bus, folder)
            async with at_work(host, [planner_of("bench", chat, settings), critic]), anyio.create_task_group() as group:
                waiting: dict[str, asyncio.Future[Answer]] = {}
                group.start_soon(_heard, bus, waiting, await bus.log.last_sequence())
                started, tokens = time.perf_counter(), list[int]()
                async with anyio.create_task_group() as runs:
                    for number, asks in enumerate(mine.asks):
                        runs.start_soon(_run, bus, f"r{number}-{time.time_ns()}", asks, waiting, tokens)
                seconds = time.perf_counter() - started
                group.cancel_scope.cancel()
    return sum(tokens) / seconds


async def _heard(bus: Bus, waiting: dict[str, asyncio.Future[Answer]], after: int) -> None:
    async for record in bus.log.follow(branches=("done",), after=after):
        if isinstance(record.message, Answer):
            waiting[f"{record.run} {record.task}"].set_result(record.message)


async def _run(
    bus: Bus, run: str, asks: tuple[Ask, ...], waiting: dict[str, asyncio.Future[Answer]], tokens: list[int]
) -> None:
    for number, ask in enumerate(asks):
        role, task = "planner" if isinstance(ask, MakePlan) else "critic", f"t{number}"
        answered = waiting[f"{run} {task}"] = asyncio.get_running_loop().create_future()
        await bus.log.command(run, role, "bench", task, ask, source="/bench")
        answer = await answered
        if isinstance(answer, Failure):
            raise RuntimeError(answer.reason)
        assert isinstance(answer, Plan | Verdict)
        tokens.append(sum(call.completion_tokens for call in answer.calls))


Send = Callable[[list[dict[str, Any]], dict[str, Any], int], Awaitable[int]]
"""Sends messages and what else is in a request, with a limit of tokens; gives the tokens of the reply."""


async def without_agents(settings: ChatSettings, theirs: Work, send: Send) -> float:
    """Tokens a second of the same requests, sent by somebody else."""
    manner, prompts = manner_of(settings), {kind: load(kind) for kind in ("plan", "judge")}
    blank = Blob(sha256="0" * 64, width=BLANK, height=BLANK, size=1)

    def question(ask: Ask) -> Question:
        if isinstance(ask, MakePlan):
            return plan_question(prompts["plan"], ask, manner)
        assert isinstance(ask, Judge)
        return judge_question(prompts["judge"], ask, manner, blank=blank)

    async def run(asks: tuple[Ask, ...]) -> int:
        found = 0
        for ask in asks:
            asked = question(ask)
            said = messages(asked.said, shown(asked, theirs.pictures, settings.image_side))
            found += await send(said, FLAVOURS["vllm"].body(asked, ids=False), asked.sampling.max_tokens)
        return found

    started = time.perf_counter()
    tokens = await asyncio.gather(*(run(asks) for asks in theirs.asks))
    return sum(tokens) / (time.perf_counter() - started)


async def client(settings: ChatSettings, theirs: Work) -> float:
    """Tokens a second of vLLM's own client."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=RUNS)) as session:

        async def send(said: list[dict[str, Any]], extra: dict[str, Any], limit: int) -> int:
            request = RequestFuncInput(
                prompt="",
                api_url=f"{settings.url}/chat/completions",
                prompt_len=0,
                output_len=limit,
                model=settings.model,
                chat_messages=said,
                extra_body=extra,
            )
            output = await async_request_openai_chat_completions(request, session)
            assert output.success, output.error
            return int(output.output_tokens)

        return await without_agents(settings, theirs, send)


async def bare(settings: ChatSettings, theirs: Work) -> float:
    """Tokens a second of requests with nothing around."""
    async with httpx2.AsyncClient(limits=httpx2.Limits(max_connections=RUNS), timeout=600) as session:

        async def send(said: list[dict[str, Any]], extra: dict[str, Any], limit: int) -> int:
            body = {"model": settings.model, "messages": said, **extra}
            response = await session.post(f"{settings.url}/chat/completions", json=body)
            response.raise_for_status()
            return int(response.json()["usage"]["completion_tokens"])

        return await without_agents(settings, theirs, send)


@contextmanager
def server(model: Path, environment: dict[str, str]) -> Iterator[str]:
    """The address of vLLM's server with that model."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "vllm.entrypoints.openai.api_server", "--model", str(model)]
    command += ["--dtype", "float32", "--enforce-eager", "--max-model-len", "8192", "--port", str(port)]
    command += ["--structured-outputs-config", '{"backend": "xgrammar", "disable_any_whitespace": true}']
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(480):
            try:
                httpx2.get(f"http://127.0.0.1:{port}/health", timeout=2).raise_for_status()
                break
            except httpx2.HTTPError:
                time.sleep(0.5)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(30)


def rounds(settings: ChatSettings, count: int) -> Iterator[Sample]:
    """All sides, one after the other, the first by turns."""

    def ours(name: str) -> float:
        with serving() as url, tempfile.TemporaryDirectory() as folder:
            return anyio.run(agents, settings, work(name), url, Path(folder))

    sides: dict[str, Callable[[str], float]] = {
        "agents": ours,
        "client": lambda name: asyncio.run(client(settings, work(name))),
        "bare": lambda name: asyncio.run(bare(settings, work(name))),
    }
    sides["client"]("warm")
    for number in range(count):
        names = [list(sides)[(number + place) % len(sides)] for place in range(len(sides))]
        yield Sample(**{name: sides[name](f"{number} {name}") for name in names})


def main() -> None:
    """Measure, print the table; with ``--page`` put it into a page as well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.models.language", description="Planner and critic.")
    parser.add_argument("--rounds", type=int, default=5, help="how often both are measured (default %(default)s)")
    parser.add_argument("--page", type=Path, help="put the table between the marks of this page")
    given = parser.parse_args()
    load_before = os.getloadavg()[0]
    paths = os.pathsep.join((str(ROOT), str(SITE)))
    environment = {**os.environ, "PYTHONPATH": paths, "HF_HUB_OFFLINE": "1", "VLLM_CPU_KVCACHE_SPACE": "1"}
    environment |= {"VLLM_ENABLE_V1_MULTIPROCESSING": "0", "VLLM_NO_USAGE_STATS": "1"}
    with tempfile.TemporaryDirectory() as folder:
        taught.saved(Path(folder))
        with server(Path(folder), environment) as url:
            settings = ChatSettings(url=url, model=folder, slots=RUNS)
            samples = list(rounds(settings, given.rounds))
    found = table(samples)
    print(found)
    if given.page:
        about = (
            f"{measured('make bench-models', load_before)} A tiny Qwen3-VL behind vLLM's server for processors; "
            f"{RUNS} runs at a time, a plan and {JUDGED} verdicts each; medians of {given.rounds} rounds."
        )
        insert(given.page, "bench-language", f"{about}\n\n{found}")


def table(samples: list[Sample]) -> str:
    """A Markdown table: medians of the rounds."""
    rows = {
        "vLLM's own benchmark client (replies streamed)": [sample.client for sample in samples],
        "requests with nothing around (replies as a whole)": [sample.bare for sample in samples],
        "planner and critic": [sample.agents for sample in samples],
    }

    def share(others: Iterable[float]) -> str:
        found = [sample.agents / other for sample, other in zip(samples, others, strict=True)]
        return f"**{median(found):.2f}** ({', '.join(f'{each:.2f}' for each in found)})"

    return "\n".join(
        (
            "| | tokens a second |",
            "|---|---:|",
            *(f"| {name} | {median(rates):,.0f} |" for name, rates in rows.items()),
            "",
            "Planner and critic over the others in the same round, medians: over vLLM's client "
            f"{share(sample.client for sample in samples)}, "
            f"over requests with nothing around {share(sample.bare for sample in samples)}.",
        )
    )


if __name__ == "__main__":
    main()
