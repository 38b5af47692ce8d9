"""Secrets are told to the server and to nobody else: not to the log, the terminal, a file, or an error."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from pydantic import SecretStr

from stepweave.app.commands.run import resumable
from stepweave.app.sources import SettingsError, load, show
from stepweave.bus import BusError, BusSettings, connect
from stepweave.bus.settings import redacted
from tests.bus.conftest import Broker
from tests.security.guarded import Guarded

SECRET = "hunter2-and-more"
ADDRESSES = (f"nats://joe:{SECRET}@h:4222", f"nats://{SECRET}@h:4222", f"tls://joe:{SECRET}@h:1,nats://{SECRET}@i:2")


@pytest.mark.parametrize("url", ADDRESSES)
def test_settings_are_shown_without_secrets(url: str, tmp_path: Path) -> None:
    settings = BusSettings(url=url, token=SecretStr(SECRET), password=SecretStr(SECRET))
    for told in (repr(settings), str(settings), settings.display_url, redacted(url)):
        assert SECRET not in told
    environ = {"STEPWEAVE_HOME": str(tmp_path), "STEPWEAVE_BUS__URL": url, "STEPWEAVE_BUS__PASSWORD": SECRET}
    assert SECRET not in repr(show(load({}, environ, tmp_path)))


@pytest.mark.parametrize(
    "text",
    [
        f"[bus]\nurl = 'nats://joe:{SECRET}@host:99999'",
        f"[bus]\nurl = 'joe:{SECRET}@host'\nlease = 0",
        f"[bus]\nurl = 'http://{SECRET}@host'",
        f"[bus]\nurl = ['nats://{SECRET}@host']",
        f"[bus]\ntoken = ['{SECRET}']",
        f"[bus]\npassword = {{ a = '{SECRET}' }}",
        f"[bus]\npasword = '{SECRET}'",
        f"password = '{SECRET}'",
    ],
)
def test_a_mistake_in_the_settings_is_told_without_secrets(text: str, tmp_path: Path) -> None:
    (tmp_path / "stepweave.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load({}, {"STEPWEAVE_HOME": str(tmp_path)}, tmp_path)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("url", ADDRESSES)
def test_how_to_go_on_is_told_without_secrets(url: str) -> None:
    told = resumable("r1", argparse.Namespace(nats=url))
    assert SECRET not in told
    assert "runs resume r1 --nats" in told


@pytest.mark.anyio
@pytest.mark.parametrize("kind", ["nobody there", "refused", "no server"])
async def test_errors_are_told_without_secrets(kind: str, make_broker: Callable[..., Broker]) -> None:
    listening = socket.create_server(("127.0.0.1", 0)) if kind == "no server" else None
    host = "127.0.0.1:1" if listening is None else f"127.0.0.1:{listening.getsockname()[1]}"
    if kind == "refused":
        host = (await asyncio.to_thread(make_broker)).url.partition("@")[2]
    for settings in (
        BusSettings(url=f"nats://{SECRET}@{host}", connect_timeout=0.5),
        BusSettings(url=f"nats://joe:{SECRET}@{host}", connect_timeout=0.5),
        BusSettings(url=f"nats://{host}", user="joe", password=SecretStr(SECRET), connect_timeout=0.5),
    ):
        with pytest.raises(BusError) as caught:
            async with connect(settings, name="test"):
                pass
        error: BaseException | None = caught.value
        while error is not None:
            assert SECRET not in f"{error!r} {error}"
            error = error.__cause__ or error.__context__
    if listening is not None:
        listening.close()


@pytest.mark.slow
def test_a_whole_run_leaves_its_secrets_nowhere(make_broker: Callable[..., Broker], tmp_path: Path) -> None:
    """Everything as loud as it gets; then whatever was printed or written is searched."""
    broker = make_broker(authorization={"users": [{"user": "joe", "password": SECRET}]})
    host = broker.url.partition("@")[2]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STEPWEAVE_")}
    environ = kept | {
        "STEPWEAVE_HOME": str(tmp_path / "home"),
        "STEPWEAVE_LOG_LEVEL": "DEBUG",
        "STEPWEAVE_DEBUG": "1",
        "STEPWEAVE_BUS__URL": f"nats://joe:{SECRET}@{host}",
    }
    words = ("run", "draw a red circle", "--size", "64", "--param", "fault_rate=0", "--out", str(tmp_path / "out"))
    told = ""
    for command in (
        words,
        ("doctor",),
        ("config", "show"),
        ("runs", "show", "last"),
        ("runs", "watch", "last", "--json"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "stepweave.app.cli", *command], env=environ, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        told += done.stdout + done.stderr
    assert "nats://127.0.0.1" in told
    assert SECRET not in told
    broker.stop()
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "server.conf"]
    assert tmp_path / "out" / "story.json" in written
    assert any(path.suffix == ".blk" for path in written)  # where the server keeps the log
    assert [path for path in written if SECRET.encode() in path.read_bytes()] == []


def test_where_secrets_are_written_nobody_else_reads(make_guarded: Callable[..., Guarded]) -> None:
    """The settings and the server's configuration, and nothing that the server writes itself."""
    server = make_guarded()
    secrets = [server.settings(role).password for role in ("admin", "generator:sketch")]
    server.down()
    for secret in secrets:
        assert secret is not None
        holding = [p for p in server.folder.rglob("*") if p.is_file() and secret.get_secret_value() in text_of(p)]
        assert sorted(path.suffix for path in holding) == [".conf", ".toml"]
        assert all(path.stat().st_mode & 0o077 == 0 for path in holding)


def text_of(path: Path) -> str:
    with suppress(UnicodeDecodeError):
        return path.read_text(encoding="utf-8")
    return ""


def test_settings_of_agents_are_masked(tmp_path: Path) -> None:
    (tmp_path / "stepweave.toml").write_text(
        f"[agents.'critic.chat']\napi_key = '{SECRET}'\n[agents.x]\ntoken='{SECRET}'"
    )
    loaded = load({}, {"STEPWEAVE_HOME": str(tmp_path)}, tmp_path)
    assert SECRET not in json.dumps([setting.value for setting in show(loaded)])
