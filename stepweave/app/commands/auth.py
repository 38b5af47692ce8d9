"""``stepweave auth init``: a server that lets nobody do what is not theirs, and the settings for everybody's part."""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from pydantic import ValidationError

from stepweave.agents.registry import full_name
from stepweave.app import exits
from stepweave.app.failures import UsageError
from stepweave.app.intake import overrides
from stepweave.app.sources import expanded, load
from stepweave.app.stderr import say
from stepweave.bus import BusError, BusSettings
from stepweave.bus.keys import new_key
from stepweave.bus.permissions import (
    ADMIN,
    CLIENT,
    ORCHESTRATOR,
    RECORDER,
    STANDING,
    Place,
    Proof,
    api_of,
    configuration,
    user_of,
)

TEAM = ("planner", "generator", "critic", "memory")
"""The embedded team, if no roles are named."""
LOOPBACK = frozenset({"127.0.0.1", "localhost"})
# A server that has a name is to be reached by it.
EVERYWHERE = "0.0.0.0"  # nosec B104
SECRET = 32
"""Bytes of a password."""
CONF, AUTHORITY = "nats.conf", "ca.pem"


@dataclass(frozen=True, slots=True)
class Login:
    """One role's way in."""

    proof: Proof
    """What the server knows of it."""
    seed: str = ""
    """The secret of its nkey; a password is its own secret."""


def main(arguments: argparse.Namespace) -> int:
    """Write everything into a new folder, and say what to do with it."""
    try:
        return init(arguments)
    except BusError as error:  # no server was asked: a name will not do, or a package is missing
        raise UsageError(str(error)) from None


def init(arguments: argparse.Namespace) -> int:
    """Make the files.

    Raises:
        UsageError: they cannot be made, or there are files already.
        BadName, NeedsNkeys: a name will not do, a package is missing.
    """
    namespace = load(overrides(arguments)).settings.bus.namespace
    roles = list(dict.fromkeys(full_name(role) for role in arguments.roles or TEAM))
    roles = [role for role in roles if role not in STANDING]
    folder = expanded(arguments.out).absolute()
    certificate, key, authority = _tls(arguments.tls)
    url = _address(arguments.host, arguments.port, secure=certificate is not None)
    logins = {role: _login(nkeys=arguments.nkeys) for role in (*STANDING, *roles)}
    place = Place(
        host="127.0.0.1" if arguments.host in LOOPBACK else EVERYWHERE,
        port=arguments.port,
        store=(expanded(arguments.store) if arguments.store else folder / "store").absolute(),
        certificate=certificate,
        key=key,
    )
    proofs = {role: login.proof for role, login in logins.items()}
    files = {CONF: configuration(namespace, roles, proofs, place)}
    if authority is not None:
        files[AUTHORITY] = authority
    for role, login in logins.items():
        files |= _files(role, login, {"url": url, "namespace": namespace}, trusted=authority is not None)
    write(files, folder)
    print(folder / CONF)
    say(_next(folder, roles))
    return exits.OK


def _address(host: str, port: int, *, secure: bool) -> str:
    """Where clients go; an address of numbers with colons stands in brackets."""
    if not re.fullmatch(r"[A-Za-z0-9._:-]+", host):
        raise UsageError(f"--host {host}: this is no name of a host, and no address; write it as broker.example.org")
    url = f"{'tls' if secure else 'nats'}://{f'[{host}]' if ':' in host else host}:{port}"
    try:
        return BusSettings(url=url).url or url
    except ValidationError as error:
        raise UsageError(
            f"--host {host} --port {port}: {error.errors()[0]['msg'].removeprefix('Value error, ')}"
        ) from None


def _login(*, nkeys: bool) -> Login:
    if not nkeys:
        return Login(Proof(password=secrets.token_urlsafe(SECRET)))
    seed, public = new_key()
    return Login(Proof(nkey=public), seed)


def _files(role: str, login: Login, common: Mapping[str, str], *, trusted: bool) -> dict[str, str]:
    """The settings of a role, and the seed of its key."""
    name = user_of(role)
    bus: dict[str, object] = dict(common)
    if login.seed:
        bus["nkey"] = f"{name}.nk"
    else:
        bus |= {"user": name, "password": login.proof.password}
    if trusted:
        bus["tls_ca"] = AUTHORITY
    if role != ADMIN:
        bus |= {"api": api_of(common["namespace"]), "provision": False}
    lines = [f"# {_use(role)}", "# This file is a key: whoever has it is this role.", "", "[bus]"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in bus.items()]  # JSON's strings are TOML's
    files = {f"{name}.toml": "\n".join(lines) + "\n"}
    return files | ({f"{name}.nk": f"{login.seed}\n"} if login.seed else {})


def _use(role: str) -> str:
    """What a role's settings are for."""
    variable = f"STEPWEAVE_CONFIG={user_of(role)}.toml stepweave"
    if role == ADMIN:
        return f"The administrator, who may do everything: {variable} queues make ROLE:CAPABILITY"
    return f"For those who want pictures: {variable} run TEXT" if role == CLIENT else f"{variable} worker {role}"


def _next(folder: Path, roles: Sequence[str]) -> str:
    """What to do with the files, as commands."""
    workers = [role for role in roles if ":" in role]
    queues = [f"{_with(folder, ADMIN)} queues make {' '.join(workers)}"] if workers else []
    lines = [
        f"nats-server -c {quote(str(folder / CONF))}",
        *queues,
        *(f"{_with(folder, role)} worker {role}" for role in (ORCHESTRATOR, RECORDER, *roles)),
        f"{_with(folder, CLIENT)} run TEXT",
    ]
    return "\n".join(["every file is for its role alone; next:", *(f"  {line}" for line in lines)])


def _with(folder: Path, role: str) -> str:
    return f"STEPWEAVE_CONFIG={quote(str(folder / f'{user_of(role)}.toml'))} stepweave"


def _tls(given: Sequence[str] | None) -> tuple[Path | None, Path | None, str | None]:
    """Certificate and key of the server as whole paths, and the text of the authority that clients are to trust."""
    if not given:
        return None, None, None
    if len(given) > 3 or len(given) < 2:
        raise UsageError(
            f"--tls {' '.join(given)}: write it as --tls CERTIFICATE KEY, with the AUTHORITY behind if it is your own"
        )
    paths = [expanded(path).absolute() for path in given]
    for path in paths:
        if not path.is_file():
            raise UsageError(f"--tls {path}: there is no such file")
    authority = paths[2].read_text(encoding="utf-8") if len(paths) > 2 else None
    return paths[0], paths[1], authority


def write(files: Mapping[str, str], folder: Path) -> None:
    """Put the files into a new folder that only its owner may open, all of them or none.

    Raises:
        UsageError: the folder is there already, or cannot be made.
    """
    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        raise UsageError(f"{folder}: there is something already, and keys are never replaced; choose another --out")
    draft = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft.mkdir(mode=0o700)
        for name, text in files.items():
            with os.fdopen(
                os.open(draft / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
            ) as out:
                out.write(text)
        draft.rename(folder)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror or error}); choose another --out") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
