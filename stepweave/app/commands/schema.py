"""``stepweave schema``: the messages for programs in other languages."""

from __future__ import annotations

import argparse
import json
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from stepweave.app import exits
from stepweave.app.failures import UsageError
from stepweave.app.folder import OutputUnwritable
from stepweave.app.sources import expanded
from stepweave.messages import MESSAGES
from stepweave.schema import asyncapi, schema, schemas


def main(arguments: argparse.Namespace) -> int:
    """Print what is asked for, or write it into a folder."""
    documents = chosen(arguments.name, whole=arguments.asyncapi)
    if arguments.out:
        write(documents, expanded(arguments.out))
    elif len(documents) == 1:
        print(_text(*documents.values()), end="")
    else:
        print(_text(documents), end="")
    return exits.OK


def chosen(name: str | None, *, whole: bool) -> dict[str, Any]:
    """The documents asked for, by file name without its ending.

    Raises:
        UsageError: there is no such message.
    """
    if whole:
        return {"asyncapi": asyncapi()}
    if name is None:
        return schemas()
    for type_, model in MESSAGES.items():
        if name in {type_, model.__name__}:
            return {type_: schema(model)}
    names = [*MESSAGES, *(model.__name__ for model in MESSAGES.values())]
    near = get_close_matches(name, names, n=1)
    raise UsageError(f"there is no message {name!r}; " + (f"did you mean {near[0]}?" if near else ", ".join(MESSAGES)))


def write(documents: dict[str, Any], folder: Path) -> None:
    """Write each document into a file of its own.

    Raises:
        OutputUnwritable: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, document in documents.items():
            (folder / f"{name}.json").write_text(_text(document), encoding="utf-8")
    except OSError as error:
        raise OutputUnwritable(folder, f"cannot be written ({error.strerror or error})") from error


def _text(document: Any) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
