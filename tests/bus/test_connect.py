"""Reaching a server, and the commonest mistakes with it."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from stepweave.bus import (
    Bus,
    BusError,
    BusSettings,
    NoJetStream,
    NotAllowed,
    OtherLayout,
    TooOld,
    Unreachable,
    api,
    connect,
    streams,
)
from stepweave.messages import RunRequested
from tests.bus.conftest import Broker, Proxy, drawn

pytestmark = pytest.mark.anyio
WANTED = RunRequested(request="x")


async def fails(settings: BusSettings) -> None:
    async with connect(settings, name="test"):
        pytest.fail("connected")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_nobody_there() -> None:
    url = f"nats://secret@127.0.0.1:{free_port()}"
    with pytest.raises(Unreachable, match=r"No NATS server answers at nats://127.*`bus\.url`") as caught:
        await fails(BusSettings(url=url, connect_timeout=0.5))
    assert "secret" not in str(caught.value)


async def test_a_server_that_says_nothing() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(Unreachable):
        await fails(BusSettings(url=f"nats://127.0.0.1:{port}", connect_timeout=0.5))
    server.close()


async def test_a_server_that_comes_late(make_broker: Callable[..., Broker]) -> None:
    broker = await asyncio.to_thread(make_broker)
    await asyncio.to_thread(broker.kill)
    starting = asyncio.get_running_loop().run_in_executor(None, broker.up)
    async with connect(BusSettings(url=broker.url), name="test") as bus:
        assert await bus.log.request("r1", WANTED) == 1
    await starting


@pytest.mark.parametrize("right", ["part of the address", "token"])
async def test_the_right_token(shared_broker: Broker, settings: BusSettings, right: str) -> None:
    if right == "token":
        token, _, host = (settings.url or "").removeprefix("nats://").partition("@")
        settings = settings.model_copy(update={"url": f"nats://{host}", "token": SecretStr(token)})
    async with connect(settings, name="test") as bus:
        assert await bus.log.request("r1", WANTED) == 1


async def test_a_wrong_token(shared_broker: Broker) -> None:
    url = f"nats://wrong@{shared_broker.url.partition('@')[2]}"
    began = time.monotonic()
    with pytest.raises(NotAllowed, match=r"refuses to log in.*`bus\.token`") as caught:
        await fails(BusSettings(url=url, connect_timeout=10))
    assert time.monotonic() - began < 3
    assert "wrong" not in str(caught.value)


async def test_user_and_password(make_broker: Callable[..., Broker]) -> None:
    users = {"users": [{"user": "anna", "password": "geheim"}]}
    broker = await asyncio.to_thread(lambda: make_broker(authorization=users))
    url = f"nats://{broker.url.partition('@')[2]}"
    async with connect(BusSettings(url=url, user="anna", password=SecretStr("geheim")), name="test") as bus:
        assert await bus.log.last_sequence() == 0
    with pytest.raises(NotAllowed):
        await fails(BusSettings(url=url, user="anna", password=SecretStr("falsch")))


async def test_a_user_who_may_not_write_is_told_at_once(make_broker: Callable[..., Broker]) -> None:
    rights = {"publish": {"deny": "stepweave.run.*.ev.>"}}
    users = {"users": [{"user": "anna", "password": "geheim", "permissions": rights}]}
    broker = await asyncio.to_thread(lambda: make_broker(authorization=users))
    url = f"nats://anna:geheim@{broker.url.partition('@')[2]}"
    async with connect(BusSettings(url=url), name="test") as bus:
        async with asyncio.timeout(2):
            with pytest.raises(NotAllowed, match="permissions"):
                await bus.log.request("r1", WANTED)


async def test_a_user_who_may_not_listen_is_told_at_once(make_broker: Callable[..., Broker]) -> None:
    rights = {"subscribe": {"deny": "_INBOX.>"}}
    users = {"users": [{"user": "anna", "password": "geheim", "permissions": rights}]}
    broker = await asyncio.to_thread(lambda: make_broker(authorization=users))
    url = f"nats://anna:geheim@{broker.url.partition('@')[2]}"
    with pytest.raises(NotAllowed, match="subscription"):
        await fails(BusSettings(url=url, connect_timeout=2, patience=3))
    async with connect(BusSettings(url=url, inbox="_INBOX_anna"), name="test") as bus:
        assert await bus.log.request("r1", WANTED) == 1


async def test_without_jetstream(make_broker: Callable[..., Broker]) -> None:
    broker = await asyncio.to_thread(lambda: make_broker(jetstream=None))
    with pytest.raises(NoJetStream, match="nats-server --jetstream"):
        await fails(BusSettings(url=broker.url))


async def test_with_jetstream_but_not_for_this_account(make_broker: Callable[..., Broker]) -> None:
    accounts = {"A": {"users": [{"user": "anna", "password": "geheim"}]}}
    broker = await asyncio.to_thread(lambda: make_broker(accounts=accounts, authorization=None))
    url = f"nats://anna:geheim@{broker.url.partition('@')[2]}"
    with pytest.raises(NoJetStream, match="for the account"):
        await fails(BusSettings(url=url, connect_timeout=2))


async def test_a_server_that_is_too_old() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'INFO {"server_id":"x","version":"2.10.4","max_payload":1048576,"jetstream":true}\r\n')
        while line := await reader.readline():
            if line.startswith(b"PING"):
                writer.write(b"PONG\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(TooOld, match=r"version 2\.10\.4, but at least 2\.14\.6"):
        await fails(BusSettings(url=f"nats://127.0.0.1:{port}"))
    server.close()


async def test_a_credentials_file_that_is_not_there(tmp_path: Path, settings: BusSettings) -> None:
    with pytest.raises(BusError, match=r"creds|nkeys"):
        await fails(settings.model_copy(update={"creds": tmp_path / "none.creds"}))


async def test_two_namespaces_do_not_see_each_other(bus: Bus, settings: BusSettings) -> None:
    async with connect(settings.model_copy(update={"namespace": f"{settings.namespace}x"}), name="other") as other:
        await bus.log.request("r1", WANTED)
        assert await other.log.last_sequence() == 0
        await other.log.request("r1", WANTED)
        assert len(await bus.log.runs()) == 1


async def test_many_may_make_the_streams_at_once(settings: BusSettings) -> None:
    async def use(n: int) -> None:
        async with connect(settings, name=f"user {n}") as bus:
            await bus.log.answer("r1", "generator", "sketch", f"t{n}", drawn(n), source="/x")

    await asyncio.gather(*(use(n) for n in range(8)))


async def test_limits_are_set_and_what_an_operator_changed_stays(settings: BusSettings) -> None:
    async def limit(bus: Bus) -> int:
        info = await api.ask(bus._connection, f"STREAM.INFO.{bus._subjects.runs}")
        return int(info["config"]["max_bytes"])

    async with connect(settings.model_copy(update={"max_bytes": 10_000_000}), name="limited") as bus:
        assert await limit(bus) == 10_000_000
    async with connect(settings, name="indifferent") as bus:
        assert await limit(bus) == 10_000_000
    async with connect(settings.model_copy(update={"max_bytes": 20_000_000}), name="raised") as bus:
        assert await limit(bus) == 20_000_000


async def test_a_stream_that_does_not_fit_is_corrected(bus: Bus) -> None:
    name = bus._subjects.runs
    config = (await api.ask(bus._connection, f"STREAM.INFO.{name}"))["config"]
    await api.ask(
        bus._connection,
        f"STREAM.UPDATE.{name}",
        config | {"discard": "old", "discard_new_per_subject": False, "max_msgs": 1000},
    )
    await streams.ensure(bus._connection, bus._subjects)
    config = (await api.ask(bus._connection, f"STREAM.INFO.{name}"))["config"]
    assert (config["discard"], config["max_msgs"]) == ("new", 1000)


async def test_a_log_under_other_subjects_is_left_alone(settings: BusSettings, bus: Bus) -> None:
    other = settings.model_copy(update={"namespace": f"{settings.namespace}x"})
    name = f"{other.namespace}_RUNS"
    config = {"name": name, "subjects": [f"{other.namespace}.run.>"], "storage": "file"}
    await api.ask(bus._connection, f"STREAM.CREATE.{name}", config)
    await bus._connection.call(f"{other.namespace}.run.r1.ev.decided", b"{}")
    with pytest.raises(OtherLayout, match="another `namespace`"):
        async with connect(other, name="new"):
            pass
    assert (await api.ask(bus._connection, f"STREAM.INFO.{name}"))["state"]["messages"] == 1


async def test_a_broken_connection_stands_again_quickly(far: Bus, proxy: Proxy) -> None:
    await far.log.request("r1", WANTED)
    proxy.cut()
    async with asyncio.timeout(2):
        await far.log.request("r2", WANTED)
    assert far._connection.reconnects == 1


def test_unknown_settings_are_refused() -> None:
    with pytest.raises(ValidationError, match="leese"):
        BusSettings.model_validate({"leese": 3})


def test_every_setting_says_what_it_is() -> None:
    assert [name for name, field in BusSettings.model_fields.items() if not field.description] == []


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("nats://tok@h:1", "nats://h:1"),
        ("nats://u:p@h:1,tls://u:p@i:2", "nats://h:1,tls://i:2"),
        ("nats://h:1", "nats://h:1"),
        (None, "the embedded server"),
    ],
)
def test_secrets_are_not_shown(url: str | None, shown: str) -> None:
    assert BusSettings(url=url).display_url == shown


@pytest.mark.parametrize(
    "url", ["", "nats://", "nats://host:99999", "http://host:4222", "nats://a:4222,,nats://b:4222"]
)
def test_what_is_no_address_is_refused_with_the_form_it_should_have(url: str) -> None:
    with pytest.raises(ValueError, match="nats://host:4222"):
        BusSettings(url=url)
