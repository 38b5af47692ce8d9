"""`stepweave auth init`: what it writes, for whom, and what it refuses."""

from __future__ import annotations

import importlib
import stat
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from stepweave.app.cli import main
from stepweave.app.commands.queues import lease_of
from stepweave.app.sources import load
from stepweave.bus import keys
from stepweave.bus.permissions import Place, Proof, SameQueue, configuration, grants
from stepweave.bus.program import find_program
from stepweave.bus.subjects import Subjects

ROLES = {
    "admin", "client", "orchestrator", "recorder", "planner-rules", "generator-sketch", "critic-pixels", "memory-local"
}  # fmt: skip


@pytest.fixture(autouse=True)
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STEPWEAVE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("STEPWEAVE_CONFIG", raising=False)


def init(*words: str) -> int:
    return main(["auth", "init", "--out", "keys", *words])


def bus(role: str) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(Path("keys", f"{role}.toml").read_text())["bus"]
    return found


def check(path: Path) -> None:
    """Have the server read its configuration."""
    subprocess.run([find_program(), "-c", path, "-t"], check=True, capture_output=True)


def test_everybody_gets_settings_and_the_server_its_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    assert init() == 0
    assert {path.stem for path in Path("keys").glob("*.toml")} == ROLES
    check(Path("keys/nats.conf"))
    printed = capsys.readouterr()
    assert printed.out == f"{Path('keys/nats.conf').absolute()}\n"
    for command in ("stepweave queues make planner:rules", "stepweave worker generator:sketch", "stepweave run"):
        assert command in printed.err
    secrets = [bus(role)["password"] for role in ROLES]
    assert len(set(secrets)) == len(ROLES)
    assert min(map(len, secrets)) == 43  # 256 bits in base64
    assert not any(secret in printed.out + printed.err for secret in secrets)


def test_only_their_owner_may_open_the_files() -> None:
    init()
    assert stat.S_IMODE(Path("keys").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in Path("keys").iterdir()} == {0o600}


def test_keys_are_never_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    init()
    before = {path: path.read_bytes() for path in Path("keys").iterdir()}
    assert init() == 2
    assert "there is something already" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in Path("keys").iterdir()} == before


def test_an_empty_folder_may_be_there() -> None:
    Path("keys").mkdir()
    assert init() == 0
    assert stat.S_IMODE(Path("keys").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--tls", "cert.pem"], "write it as --tls CERTIFICATE KEY"),
        (["--tls", "none.pem", "none.key"], "none.pem: there is no such file"),
        (["--host", "a/b"], "--host a/b: this is no name of a host"),
        (["--port", "70000"], "--port 70000: the port of"),
        (["generator:a.b"], "cannot be part of a subject"),
        (["a:b-c", "a-b:c"], "would share one queue"),
        (["admin:x", "admin-x"], "would share"),
        (["--out", "file"], "there is something already"),
        (["--out", "file/keys"], "cannot be written"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_left(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    Path("file").write_text("")
    assert init(*words) == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_what_is_set_goes_into_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("cert.pem", "key.pem", "ca.pem"):
        Path(name).write_text(name)
    monkeypatch.setenv("STEPWEAVE_BUS__NAMESPACE", "mine")
    assert init("--host", "broker", "--port", "4333", "--tls", "cert.pem", "key.pem", "ca.pem", "--store", "here") == 0
    text = Path("keys/nats.conf").read_text()
    assert 'host: "0.0.0.0"\nport: 4333' in text
    assert f'"store_dir": "{Path("here").absolute()}"' in text
    assert f'"cert_file": "{Path("cert.pem").absolute()}"' in text
    assert "mine_RUNS" in text
    assert "stepweave_RUNS" not in text
    given = bus("client")
    assert (given["url"], given["namespace"], given["tls_ca"]) == ("tls://broker:4333", "mine", "ca.pem")
    assert Path("keys/ca.pem").read_text() == "ca.pem"
    assert not Path("here").exists()


def test_a_role_finds_what_is_set_for_it(tmp_path: Path) -> None:
    init("generator", "critic:brand")
    assert {path.stem for path in Path("keys").glob("*.toml")} >= {"generator-sketch", "critic-brand", "admin"}
    settings = load({}, {"STEPWEAVE_CONFIG": "keys/generator-sketch.toml"}, tmp_path / "nowhere").settings.bus
    assert (settings.user, settings.provision, settings.api) == ("generator-sketch", False, "stepweave.api")
    assert load({}, {"STEPWEAVE_CONFIG": "keys/admin.toml"}, tmp_path / "nowhere").settings.bus.provision


def test_nkeys_need_their_package(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(keys, "import_module", missing)
    assert init("--nkeys") == 2
    assert "pip install nkeys" in capsys.readouterr().err
    assert not Path("keys").exists()


def test_with_nkeys_the_server_holds_no_secret() -> None:
    pytest.importorskip("nkeys")
    assert init("--nkeys") == 0
    text = Path("keys/nats.conf").read_text()
    assert "password" not in text
    check(Path("keys/nats.conf"))
    for role in ROLES:
        seed = Path("keys", f"{role}.nk")
        assert stat.S_IMODE(seed.stat().st_mode) == 0o600
        key = importlib.import_module("nkeys").from_seed(bytearray(seed.read_text().strip(), "ascii"))
        assert key.public_key.decode() in text
        assert seed.read_text().strip() not in text
    settings = load({}, {"STEPWEAVE_CONFIG": "keys/client.toml"}, Path("nowhere")).settings.bus
    assert settings.nkey == Path("keys/client.nk").absolute()


def test_the_same_names_and_proofs_give_the_same_text() -> None:
    proofs = {role: Proof(password=role) for role in ("admin", "client", "orchestrator", "recorder", "a:b", "watcher")}
    place = Place("127.0.0.1", 4222, Path("/store"))
    made = [configuration("ns", ["a:b", "watcher"], proofs, place) for _ in range(2)]
    assert made[0] == made[1]
    with pytest.raises(SameQueue):
        configuration("ns", ["client:b", "client-b"], proofs, place)


def test_a_worker_is_granted_its_own_and_nothing_wider() -> None:
    """Every subject that a worker may publish to names its role and capability, or a picture, or a late note."""
    for grant in grants(Subjects("ns"), "generator:sketch"):
        own = "generator.sketch" in grant.subject or "generator-sketch" in grant.subject
        assert own or "blob" in grant.subject or grant.subject == "ns.used.*.*" or ".note.late." in grant.subject, grant
        assert ">" not in grant.subject.removeprefix("$JS.ACK.ns_RUNS.generator-sketch.>")


def test_an_observer_of_ones_own_reads_like_the_recorder() -> None:
    assert grants(Subjects("ns"), "watcher") == grants(Subjects("ns"), "recorder")


def test_a_lease_is_that_of_the_agent_if_it_has_one() -> None:
    assert lease_of("nobody:here") is None
    assert lease_of("memory:local") is None


def test_queues_are_for_workers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["queues", "make", "orchestrator"]) == 2
    assert "orchestrator has no queue" in capsys.readouterr().err


def test_an_address_of_numbers_with_colons_stands_in_brackets() -> None:
    assert init("--host", "2001:db8::1") == 0
    assert bus("client")["url"] == "nats://[2001:db8::1]:4222"
