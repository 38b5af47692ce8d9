"""Where settings come from, and what each value's origin was.

Command line > environment (``STEPWEAVE_RUN__SEED=7``) > ``./stepweave.toml`` > ``$STEPWEAVE_HOME/config.toml``, or
the file that ``STEPWEAVE_CONFIG`` names > default. A key that does not exist is refused with the nearest that does. A
path in a file is meant from the folder of that file.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, get_args

import platformdirs
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from stepweave.app.settings import Settings
from stepweave.bus.settings import redacted
from stepweave.schema import field_docs

PREFIX = "STEPWEAVE_"
CONFIG = "STEPWEAVE_CONFIG"
FREE = frozenset({"STEPWEAVE_HOME", "STEPWEAVE_DEBUG", CONFIG})
"""Variables that are read elsewhere: home and file are known before any file is, debugging before anything can fail."""

Data = dict[str, Any]
Keys = tuple[str, ...]

NOT_LOCAL: frozenset[Keys] = frozenset({("bus", "server_binary")})
"""Not taken from ``./stepweave.toml``: a folder one happens to stand in must not choose a program to be run."""

NOT_LOCAL_OF_AGENTS: frozenset[str] = frozenset({"engine", "key_env", "url"})
"""The same for settings of agents: such a folder must not choose where a key is sent, or which one, nor have an engine
run code that comes with a model."""

DEEPEST = 32
"""Sections within sections at most; ours are three deep, what an agent has of its own hardly deeper."""

NAME = "[A-Za-z0-9_-]{1,64}"
"""How names of agents are told in a complaint about a pattern."""

FREE_FORM: frozenset[Keys] = frozenset({("agents",), ("run", "parameters")})
"""Settings whose keys are not ours."""


class SettingsError(ValueError):
    """A setting is unknown or cannot be used; the text names it, its origin, and what would be right."""


class UnknownHome(SettingsError):
    """A path begins with ``~``, and the system does not know that home folder."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path}: the system knows no such home folder, write the path in full")


@dataclass(frozen=True, slots=True)
class Source:
    """Values from one place."""

    name: str
    data: Data

    def origin(self, path: Keys) -> str:
        """How the origin of a value is called: a variable by its own name."""
        return PREFIX + "__".join(path).upper() if self.name == "environment" else self.name


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings in force, with the origin of every value that is not a default."""

    settings: Settings
    origins: Mapping[Keys, str]


def home(environ: Mapping[str, str]) -> Path:
    """The folder of all state: ``STEPWEAVE_HOME``, else the user's data folder.

    Raises:
        SettingsError: neither can be known.
    """
    given = environ.get("STEPWEAVE_HOME", "").strip()
    try:
        return _here() / expanded(given or platformdirs.user_data_dir("stepweave", appauthor=False))
    except UnknownHome as error:
        raise SettingsError(f"{error}; set STEPWEAVE_HOME to a folder") from None


def expanded(text: str) -> Path:
    """A folder as people write it, with ``~`` for somebody's home.

    Raises:
        UnknownHome: it is not known where that is.
    """
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise UnknownHome(text) from None


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        raise SettingsError(f"the current folder is gone ({error.strerror}); change into another one") from None


def load(options: Data | None = None, environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Loaded:
    """Read the settings.

    Args:
        options: what the command line says, as nested mappings.
        environ: the environment; ours if not given.
        folder: where ``stepweave.toml`` is looked for; the current folder if not given.

    Raises:
        SettingsError: a file cannot be read, a key is unknown, a value cannot be used, or the current folder is gone.
    """
    environ = os.environ if environ is None else environ
    at_home = home(environ)
    sources = [
        Source("command line", options or {}),
        Source("environment", _environment(environ)),
        Source("stepweave.toml", _local((folder or _here()) / "stepweave.toml")),
        _own(environ, at_home),
    ]
    merged: Data = {}
    origins: dict[Keys, str] = {}
    for source in reversed(sources):
        for path, value in _leaves(source.data):
            _check_known(path, source.origin(path))
            _put(merged, path, value)
            origins[path] = source.origin(path)
    settings = _validated({**merged, "home": at_home}, origins)
    origins[("home",)] = "STEPWEAVE_HOME" if environ.get("STEPWEAVE_HOME", "").strip() else "default"
    return Loaded(_at_home(settings), origins)


def _at_home(settings: Settings) -> Settings:
    """The embedded server keeps its store in our home unless told otherwise."""
    if settings.bus.home is not None:
        return settings
    return settings.model_copy(update={"bus": settings.bus.model_copy(update={"home": settings.home})})


def _validated(data: Data, origins: Mapping[Keys, str]) -> Settings:
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        fault = error.errors()[0]
        path = tuple(str(part) for part in fault["loc"])
        origin = next((origins[path[:n]] for n in range(len(path), 0, -1) if path[:n] in origins), "?")
        given = f"{_shown(path, fault['input'])!r}"[:80]
        raise SettingsError(f"{'.'.join(path)} = {given} ({origin}): {_wanted(fault, path)}") from None


def _shown(path: Keys, value: object) -> object:
    """A value as it may be told: no secret, and no address with one."""
    if any(word in path[-1].lower() for word in SECRET_WORDS):
        return MASK
    return redacted(str(value)) if path == ("bus", "url") and not isinstance(value, int | float) else value


def _wanted(fault: ErrorDetails, path: Keys) -> str:
    """What would be right; a pattern is explained by what the setting means."""
    if fault["type"] != "string_pattern_mismatch":
        return fault["msg"].removeprefix("Value error, ")
    if NAME in fault["msg"]:
        return "a name has 1 to 64 letters, digits, hyphens and underscores"
    return dict(known()).get(path) or fault["msg"]


def _environment(environ: Mapping[str, str]) -> Data:
    """Our variables as nested data; one that is not ours (as Kubernetes makes them for a service) is passed over."""
    data: Data = {}
    for name, value in environ.items():
        if not name.startswith(PREFIX) or name in FREE:
            continue
        path = tuple(name.removeprefix(PREFIX).lower().split("__"))
        if "__" in name or _is_known(path) or _near(path):
            _put(data, path, value)
    return data


def _local(path: Path) -> Data:
    data = _file(path)
    for keys in dict(_leaves(data)):
        if keys in NOT_LOCAL or (keys[0] == "agents" and keys[-1] in NOT_LOCAL_OF_AGENTS):
            raise SettingsError(f"{'.'.join(keys)} may not be set in {path.name}: set it in your own config.toml")
    return data


def _own(environ: Mapping[str, str], at_home: Path) -> Source:
    """The user's own file: the one that is named, which must be there, else that of the home."""
    named = environ.get(CONFIG, "").strip()
    if not named:
        return Source(str(at_home / "config.toml"), _file(at_home / "config.toml"))
    try:
        path = _here() / expanded(named)
    except UnknownHome as error:
        raise SettingsError(f"{CONFIG}={error}") from None
    if not path.is_file():
        raise SettingsError(f"{CONFIG}={named}: there is no such file")
    return Source(str(path), _file(path))


def _file(path: Path) -> Data:
    try:
        with path.open("rb") as file:
            return _placed(tomllib.load(file), path.parent)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from None
    except (ValueError, RecursionError) as error:  # also for a number of thousands of digits, or arrays without end
        raise SettingsError(f"{path} is not valid TOML: {error}") from None


def _placed(data: Data, folder: Path) -> Data:
    """The same with whole paths."""
    for keys, value in list(_leaves(data)):
        if keys in _paths() and isinstance(value, str):
            _put(data, keys, str(folder / expanded(value)))
    return data


@cache
def _paths() -> frozenset[Keys]:
    """Settings that are paths."""
    annotated = ((keys, model.model_fields[keys[-1]].annotation) for keys, model in _fields(Settings))
    return frozenset(keys for keys, annotation in annotated if Path in (annotation, *get_args(annotation)))


def _leaves(data: Mapping[str, Any], at: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    if len(at) > DEEPEST:
        raise SettingsError(f"{'.'.join(at)[:80]}...: no setting is {DEEPEST} sections deep, put it further up")
    for key, value in data.items():
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, (*at, key))
        else:
            yield (*at, key), value


def _put(data: Data, path: Keys, value: object) -> None:
    for key in path[:-1]:
        inner = data.get(key)
        data[key] = inner if isinstance(inner, dict) else {}
        data = data[key]
    data[path[-1]] = value


def known() -> Iterator[tuple[Keys, str]]:
    """Every setting with what it means; sections in their place."""
    for path, model in _fields(Settings):
        told = model.model_fields[path[-1]].description or field_docs(model).get(path[-1], "")
        yield path, " ".join(told.split())


def _fields(model: type[BaseModel], at: Keys = ()) -> Iterator[tuple[Keys, type[BaseModel]]]:
    """Every setting with the model it is a field of."""
    for name, info in model.model_fields.items():
        inner = _section(info.annotation)
        if inner is None:
            yield (*at, name), model
        else:
            yield from _fields(inner, (*at, name))


def _section(annotation: object) -> type[BaseModel] | None:
    for candidate in (annotation, *get_args(annotation)):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None


def _is_known(path: Keys) -> bool:
    """Whether a setting of this name exists, or one whose value is a mapping that holds it."""
    return any(path == name or (name in FREE_FORM and path[: len(name)] == name) for name, _ in known())


def _near(path: Keys) -> list[str]:
    """Settings whose whole name, or last part, looks like this one."""
    names = [".".join(name) for name, _ in known()]
    last = get_close_matches(path[-1], [name.rpartition(".")[2] for name in names], n=1, cutoff=0.85)
    return get_close_matches(".".join(path), names, n=3, cutoff=0.75) or [
        name for name in names if name.rpartition(".")[2] in last
    ]


def _check_known(path: Keys, origin: str) -> None:
    if path == ("home",):
        raise SettingsError(f"home ({origin}): the home folder is set by the variable STEPWEAVE_HOME only")
    if _is_known(path):
        return
    near = _near(path)
    hint = f"did you mean {' or '.join(near)}?" if near else "`stepweave config show` lists all there are"
    raise SettingsError(f"unknown setting {'.'.join(path)} ({origin}); {hint}")


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting as ``config show`` shows it."""

    name: str
    value: str
    origin: str
    meaning: str


SECRET_WORDS = ("token", "password", "secret", "key")
MASK = "**********"


def show(loaded: Loaded) -> list[Shown]:
    """Every setting with its value, secrets masked, and its origin."""
    return [
        Shown(".".join(path), _value(loaded.settings, path), _origin(loaded, path), meaning)
        for path, meaning in known()
    ]


def _value(settings: Settings, path: Keys) -> str:
    if path == ("bus", "url"):
        return settings.bus.display_url if settings.bus.url else ""
    value: Any = settings
    for part in path:
        value = getattr(value, part)
    return "" if value is None else _text(_masked(value))


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or "none"
    return json.dumps(value, default=str) if isinstance(value, dict) else str(value)


def _masked(value: object) -> object:
    """A mapping without what looks like a secret; a ``SecretStr`` masks itself."""
    if not isinstance(value, Mapping):
        return value
    return {
        key: MASK if any(word in key.lower() for word in SECRET_WORDS) else _masked(inner)
        for key, inner in value.items()
    }


def _origin(loaded: Loaded, path: Keys) -> str:
    found = [origin for keys, origin in loaded.origins.items() if keys[: len(path)] == path]
    return ", ".join(dict.fromkeys(found)) or "default"
