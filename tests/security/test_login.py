"""Logging in: by token, password, nkey and credentials file, with TLS and without, and what is told when it fails."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from stepweave.bus import BadFile, BusError, BusSettings, NotAllowed, Unencrypted, Unreachable, Untrusted, connect
from tests.bus.conftest import Broker, Proxy, until
from tests.security.certificates import Certificates, made

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return made(tmp_path_factory.mktemp("certificates") / "made")


@pytest.fixture(scope="session")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """What another authority has signed."""
    return made(tmp_path_factory.mktemp("strangers") / "made")


async def works(settings: BusSettings) -> None:
    async with connect(settings, name="test") as bus:
        assert await bus.log.last_sequence() == 0


async def fails(settings: BusSettings, error: type[BusError], text: str) -> None:
    with pytest.raises(error, match=text) as caught:
        await works(settings)
    for secret in (settings.token, settings.password):
        assert secret is None or secret.get_secret_value() not in str(caught.value)


def tls(certificates: Certificates, **more: Any) -> dict[str, Any]:
    return {"cert_file": str(certificates.server), "key_file": str(certificates.server_key), **more}


async def started(make_broker: Callable[..., Broker], **extra: Any) -> str:
    """The address of a server, without the token it has."""
    broker = await asyncio.to_thread(lambda: make_broker(**extra))
    return broker.url.partition("@")[2]


TOKEN = {"authorization": {"token": "geheim"}}


# ---------------------------------------------------------------------------------------------- TLS


async def test_a_private_authority_is_trusted_if_it_is_named(
    make_broker: Callable[..., Broker], certificates: Certificates
) -> None:
    host = await started(make_broker, tls=tls(certificates), **TOKEN)
    right = BusSettings(url=f"tls://{host}", token=SecretStr("geheim"), tls_ca=certificates.authority)
    await works(right)
    await works(right.model_copy(update={"url": f"nats://{host}"}))


@pytest.mark.parametrize("scheme", ["tls", "nats"])
async def test_an_unknown_authority_is_refused_at_once(
    make_broker: Callable[..., Broker], certificates: Certificates, strangers: Certificates, scheme: str
) -> None:
    host = await started(make_broker, tls=tls(certificates), **TOKEN)
    wrong = BusSettings(url=f"{scheme}://{host}", token=SecretStr("geheim"), connect_timeout=60)
    await fails(wrong, Untrusted, r"`bus\.tls_ca`")
    await fails(wrong.model_copy(update={"tls_ca": strangers.authority}), Untrusted, r"`bus\.tls_ca`")


async def test_another_name_than_the_certificates_is_refused(
    make_broker: Callable[..., Broker], certificates: Certificates
) -> None:
    host = await started(make_broker, tls=tls(certificates), **TOKEN)
    url = f"tls://localhost:{host.rpartition(':')[2]}"
    settings = BusSettings(url=url, token=SecretStr("geheim"), tls_ca=certificates.authority)
    await fails(settings, Untrusted, "host name")


async def test_a_server_without_tls_gets_no_secret(
    make_broker: Callable[..., Broker], certificates: Certificates
) -> None:
    host = await started(make_broker, **TOKEN)
    for settings in (
        BusSettings(url=f"tls://{host}", token=SecretStr("geheim")),
        BusSettings(url=f"nats://{host}", token=SecretStr("geheim"), tls_ca=certificates.authority),
    ):
        await fails(settings, Unencrypted, "does not ask for TLS")


async def test_what_takes_tls_out_of_the_greeting_hears_nothing(certificates: Certificates) -> None:
    """Somebody on the way says that there is no TLS, and waits for the log-in."""
    heard = bytearray()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'INFO {"server_id":"x","version":"2.15.1","max_payload":1048576,"auth_required":true}\r\n')
        while data := await reader.read(4096):
            heard.extend(data)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await fails(BusSettings(url=f"tls://127.0.0.1:{port}", token=SecretStr("geheim")), Unencrypted, "TLS")
    assert b"geheim" not in heard
    await fails(
        BusSettings(url=f"nats://127.0.0.1:{port}", token=SecretStr("geheim"), connect_timeout=0.5),
        Unreachable,
        "nats://",
    )
    await until(lambda: b"geheim" in heard)  # the trap would have caught it
    server.close()


async def test_a_server_may_ask_for_our_certificate(
    make_broker: Callable[..., Broker], certificates: Certificates, strangers: Certificates
) -> None:
    asked = tls(certificates, ca_file=str(certificates.authority), verify=True)
    host = await started(make_broker, tls=asked, **TOKEN)
    without = BusSettings(url=f"tls://{host}", token=SecretStr("geheim"), tls_ca=certificates.authority)
    ours = {"tls_cert": certificates.client, "tls_key": certificates.client_key}
    await works(without.model_copy(update=ours))
    await fails(without, Untrusted, r"`bus\.tls_cert`")
    theirs = {"tls_cert": strangers.client, "tls_key": strangers.client_key}
    await fails(without.model_copy(update=theirs), Untrusted, r"`bus\.tls_cert`")


async def test_a_client_without_tls_is_refused_where_it_is_wanted(
    make_broker: Callable[..., Broker], certificates: Certificates
) -> None:
    host = await started(make_broker, tls=tls(certificates), **TOKEN)
    reader, writer = await asyncio.open_connection(*host.split(":"))
    assert json.loads((await reader.readline()).removeprefix(b"INFO "))["tls_required"]
    writer.write(b'CONNECT {"auth_token":"geheim","verbose":false}\r\nPING\r\n')
    assert b"PONG" not in await reader.read()
    writer.close()


@pytest.mark.parametrize("setting", ["tls_ca", "tls_cert"])
async def test_a_file_that_is_no_certificate_is_named(tmp_path: Path, setting: str) -> None:
    (tmp_path / "wrong.pem").write_text("no certificate")
    for path in (tmp_path / "wrong.pem", tmp_path / "none.pem"):
        settings = BusSettings.model_validate({"url": "tls://127.0.0.1:1", setting: path})
        await fails(settings, BadFile, rf"{path.name} .*`bus\.{setting}`")


async def test_tls_holds_after_a_reconnect(make_broker: Callable[..., Broker], certificates: Certificates) -> None:
    host = await started(make_broker, tls=tls(certificates), **TOKEN)
    proxy = Proxy(int(host.rpartition(":")[2]))
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    url = f"tls://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    settings = BusSettings(url=url, token=SecretStr("geheim"), tls_ca=certificates.authority)
    async with connect(settings, name="test") as bus:
        proxy.cut()
        async with asyncio.timeout(10):
            assert await bus.log.last_sequence() == 0
        assert bus._connection.reconnects == 1
    await proxy.aclose()
    server.close()


# ---------------------------------------------------------------------------------------------- nkeys and JWTs


def seed_file(folder: Path, name: str = "user.nk") -> tuple[Path, str]:
    """A file with a new seed, and its public key."""
    from stepweave.bus.keys import new_key

    seed, public = new_key()
    (folder / name).write_text(f"{seed}\n")
    return folder / name, public


async def test_an_nkey(make_broker: Callable[..., Broker], tmp_path: Path) -> None:
    pytest.importorskip("nkeys")
    path, public = seed_file(tmp_path)
    host = await started(make_broker, authorization={"users": [{"nkey": public}]})
    right = BusSettings(url=f"nats://{host}", nkey=path)
    await works(right)
    other, _ = seed_file(tmp_path, "other.nk")
    await fails(right.model_copy(update={"nkey": other}), NotAllowed, r"`bus\.nkey`")


async def test_a_file_that_is_no_seed_is_named_and_not_told(tmp_path: Path) -> None:
    pytest.importorskip("nkeys")
    path = tmp_path / "user.nk"
    for text in ("", "SUAGEHEIM", "geheim geheim"):
        path.write_text(text)
        with pytest.raises(BadFile, match=r"`bus\.nkey`") as caught:
            await works(BusSettings(url="nats://127.0.0.1:1", nkey=path))
        assert text == "" or text not in str(caught.value)


def jwt(kind: str, signer: Any, subject: bytes, name: str, **claims: Any) -> str:
    """A JWT as operators, accounts and users have them."""
    body: dict[str, Any] = {
        "iat": int(time.time()),
        "iss": signer.public_key.decode(),
        "name": name,
        "sub": subject.decode(),
        "nats": {"type": kind, "version": 2, **claims},
    }
    digest = hashlib.new("sha512_256", json.dumps(body).encode()).digest()
    body["jti"] = base64.b32encode(digest).decode().rstrip("=")
    head = _encoded({"typ": "JWT", "alg": "ed25519-nkey"})
    text = f"{head}.{_encoded(body)}"
    return f"{text}.{base64.urlsafe_b64encode(signer.sign(text.encode())).decode().rstrip('=')}"


def _encoded(part: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


async def test_a_credentials_file(make_broker: Callable[..., Broker], tmp_path: Path) -> None:
    nkeys = pytest.importorskip("nkeys")
    seeds = {
        kind: nkeys.encode_seed(hashlib.sha256(kind.encode()).digest(), prefix)
        for kind, prefix in (
            ("operator", nkeys.PREFIX_BYTE_OPERATOR),
            ("account", nkeys.PREFIX_BYTE_ACCOUNT),
            ("system", nkeys.PREFIX_BYTE_ACCOUNT),
            ("stranger", nkeys.PREFIX_BYTE_ACCOUNT),
            ("user", nkeys.PREFIX_BYTE_USER),
        )
    }
    operator, account, system, stranger, user = (nkeys.from_seed(bytearray(seed)) for seed in seeds.values())
    unlimited = {"limits": {"mem_storage": -1, "disk_storage": -1, "streams": -1, "consumer": -1, "conn": -1,
                            "subs": -1, "data": -1, "payload": -1, "imports": -1, "exports": -1, "wildcards": True,
                            "leaf": -1}}  # fmt: skip
    public = {kind: key.public_key for kind, key in (("account", account), ("system", system), ("user", user))}
    host = await started(
        make_broker,
        authorization=None,
        operator=jwt("operator", operator, operator.public_key, "op", system_account=public["system"].decode()),
        system_account=public["system"].decode(),
        resolver="MEMORY",
        resolver_preload={
            public[kind].decode(): jwt("account", operator, public[kind], kind, **limits)
            for kind, limits in (("account", unlimited), ("system", {}))
        },
    )
    mine = jwt("user", account, public["user"], "anna", subs=-1, data=-1, payload=-1)
    path = tmp_path / "anna.creds"
    path.write_text(
        f"-----BEGIN NATS USER JWT-----\n{mine}\n------END NATS USER JWT------\n\n"
        f"-----BEGIN USER NKEY SEED-----\n{seeds['user'].decode()}\n------END USER NKEY SEED------\n"
    )
    settings = BusSettings(url=f"nats://{host}", creds=path)
    await works(settings)
    forged = path.read_text().replace(mine, jwt("user", stranger, public["user"], "anna", subs=-1, data=-1, payload=-1))
    path.write_text(forged)
    await fails(settings, NotAllowed, r"`bus\.creds`")


@pytest.mark.parametrize("text", ["", "nothing in it", "-----BEGIN NATS USER JWT-----\nx\n"])
async def test_a_file_without_credentials_is_named(tmp_path: Path, text: str) -> None:
    pytest.importorskip("nkeys")
    path = tmp_path / "wrong.creds"
    path.write_text(text)
    await fails(BusSettings(url="nats://127.0.0.1:1", creds=path), BadFile, r"wrong\.creds .*`bus\.creds`")
