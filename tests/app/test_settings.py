"""Settings: who goes first, where a value came from, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepweave.app.sources import Loaded, SettingsError, known, load, show


def read(
    tmp_path: Path, local: str = "", own: str = "", options: dict[str, object] | None = None, **env: str
) -> Loaded:
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "config.toml").write_text(own)
    (tmp_path / "stepweave.toml").write_text(local)
    return load(options or {}, {"STEPWEAVE_HOME": str(tmp_path / "home"), **env}, tmp_path)


def test_each_source_goes_before_the_next(tmp_path: Path) -> None:
    own = "[run]\nseed = 1\nplanner = 'a'\ngenerator = 'a'\npolicy = 'sequential(2)'"
    local = "[run]\nseed = 2\nplanner = 'b'\ngenerator = 'b'"
    env = {"STEPWEAVE_RUN__SEED": "3", "STEPWEAVE_RUN__PLANNER": "c"}
    loaded = read(tmp_path, local, own, {"run": {"seed": 4}}, **env)
    run = loaded.settings.run
    assert (run.seed, run.planner, run.generator, run.policy, run.exhausted) == (4, "c", "b", "sequential(2)", "best")
    origins = {shown.name: shown.origin for shown in show(loaded)}
    assert origins["run.seed"] == "command line"
    assert origins["run.planner"] == "STEPWEAVE_RUN__PLANNER"
    assert origins["run.generator"] == "stepweave.toml"
    assert origins["run.policy"].endswith("config.toml")
    assert origins["run.exhausted"] == "default"


def test_every_setting_says_what_it_means() -> None:
    assert [".".join(path) for path, meaning in known() if not meaning] == []


@pytest.mark.parametrize(
    ("local", "env", "text"),
    [
        ("[run]\nsed = 1", {}, r"unknown setting run\.sed \(stepweave\.toml\); did you mean run\.seed"),
        ("planner = 'x'", {}, r"did you mean run\.planner\?"),
        ("[zebra]\nstripes = 1", {}, "config show"),
        ("", {"STEPWEAVE_RUN__SEDE": "1"}, r"STEPWEAVE_RUN__SEDE.*run\.seed"),
        ("", {"STEPWEAVE_LOGLEVEL": "INFO"}, "did you mean log_level"),
        ("[run]\nseed = 'many'", {}, r"run\.seed = 'many' \(stepweave\.toml\): .*integer"),
        ("", {"STEPWEAVE_RUN__SIZE": "big"}, r"run\.size = 'big' \(STEPWEAVE_RUN__SIZE\)"),
        ("", {"STEPWEAVE_RUN__PARAMETERS": "{"}, r"run\.parameters"),
        ("home = '/x'", {}, "STEPWEAVE_HOME only"),
        ("[bus]\nserver_binary = './evil'", {}, "may not be set in stepweave.toml"),
        ("[run", {}, "not valid TOML"),
        ("[bus]\nurl = 3", {}, r"bus\.url = 3"),
        ("[run]\nmemory = [1]", {}, r"run\.memory = \[1\]"),
        ("[run]\nmemory = {}", {}, r"run\.memory"),
        (f"x = {'9' * 5000}", {}, "not valid TOML"),
        (f"x = {'[' * 5000}", {}, "not valid TOML"),
        (f"{'a.' * 3000}a = 1", {}, "no setting is 32 sections deep"),
        (f"[agents.x]\n{'a.' * 3000}a = 1", {}, "no setting is 32 sections deep"),
        ("", {"STEPWEAVE_RUN__CRITICS": "[" * 100_000}, r"run\.critics"),
        ("", {"STEPWEAVE_RUN__PARAMETERS": "[" * 100_000}, r"run\.parameters"),
    ],
)
def test_mistakes_are_named_with_their_origin(tmp_path: Path, local: str, env: dict[str, str], text: str) -> None:
    with pytest.raises(SettingsError, match=text):
        read(tmp_path, local, **env)


def test_variables_of_others_are_passed_over(tmp_path: Path) -> None:
    read(tmp_path, STEPWEAVE_SERVICE_HOST="10.0.0.1", STEPWEAVE_PORT_4222_TCP_ADDR="10.0.0.1", STEPWEAVE_DEBUG="1")


def test_lists_can_be_written_with_commas(tmp_path: Path) -> None:
    loaded = read(tmp_path, STEPWEAVE_RUN__CRITICS="pixels, brand", STEPWEAVE_RUN__MEMORY="off")
    assert loaded.settings.run.critics == ("pixels", "brand")
    assert loaded.settings.run.memory is None
    assert read(tmp_path, STEPWEAVE_RUN__CRITICS="none").settings.run.critics == ()


def test_secrets_are_masked(tmp_path: Path) -> None:
    local = (
        "[bus]\nurl = 'nats://joe:hunter2@host:4222'\ntoken = 'hunter2'\n[agents.'critic.chat']\napi_key = 'hunter2'"
    )
    loaded = read(tmp_path, local)
    values = {shown.name: shown.value for shown in show(loaded)}
    assert "hunter2" not in repr(values)
    assert values["bus.url"] == "nats://host:4222"
    assert loaded.settings.agents["critic.chat"]["api_key"] == "hunter2"


def test_what_an_agent_is_told_is_shown_whatever_it_is(tmp_path: Path) -> None:
    loaded = read(tmp_path, "[agents.'critic.chat']\nsince = 1979-05-27T07:32:00Z\nseconds = inf")
    values = {shown.name: shown.value for shown in show(loaded)}
    assert "1979-05-27" in values["agents"]


def test_all_state_moves_with_the_home(tmp_path: Path) -> None:
    settings = read(tmp_path).settings
    assert settings.home == tmp_path / "home"
    assert settings.bus.home == settings.home


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "stepweave.toml").mkdir()
    with pytest.raises(SettingsError, match=r"stepweave\.toml cannot be read"):
        load({}, {"STEPWEAVE_HOME": str(tmp_path)}, tmp_path)


def test_a_named_file_takes_the_place_of_the_homes(tmp_path: Path) -> None:
    (tmp_path / "role.toml").write_text("[run]\nseed = 5\n")
    loaded = read(tmp_path, own="[run]\nseed = 1\nplanner = 'a'", STEPWEAVE_CONFIG=str(tmp_path / "role.toml"))
    assert (loaded.settings.run.seed, loaded.settings.run.planner) == (5, "rules")
    assert loaded.origins["run", "seed"] == str(tmp_path / "role.toml")


@pytest.mark.parametrize(
    ("name", "text"), [("none.toml", "there is no such file"), ("~nobody-at-all/x", "home folder")]
)
def test_a_named_file_must_be_there(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(SettingsError, match=rf"STEPWEAVE_CONFIG={name}.*{text}"):
        read(tmp_path, STEPWEAVE_CONFIG=name)


def test_a_path_in_a_file_is_meant_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "role.toml").write_text("[bus]\ncreds = 'a.creds'\ntls_ca = '/etc/ca.pem'\nnkey = '../b.nk'\n")
    bus = read(tmp_path, STEPWEAVE_CONFIG=str(tmp_path / "keys" / "role.toml")).settings.bus
    assert (bus.creds, bus.tls_ca) == (tmp_path / "keys" / "a.creds", Path("/etc/ca.pem"))
    assert bus.nkey is not None
    assert bus.nkey.resolve() == tmp_path / "b.nk"
    environ = {"STEPWEAVE_BUS__CREDS": "a.creds"}
    assert read(tmp_path, **environ).settings.bus.creds == Path("a.creds")
