"""Whose a model is: its revision and licence, as its folder and its card say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huggingface_hub import ModelCard

_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a model."""

    model: str
    """As it was named."""
    revision: str = ""
    """The commit of its weights, where it came from the hub."""
    licence: str = ""
    """As its card says; empty: it does not."""


def card_of(model: str, folder: Path) -> Card:
    """The card of a model.

    Args:
        model: as it was named.
        folder: where it lies; one from the hub is named after its commit.
    """
    revision = folder.name if _COMMIT.fullmatch(folder.name) else ""
    return Card(model, revision, _licence(folder / "README.md") or (_licence(model) if revision else ""))


def _licence(card: Path | str) -> str:
    """What a card says; a licence of the owner's own is told by its name.

    Whatever is wrong with a card (there is none, the hub is not reached, its head is not in order) only means that it
    does not say.
    """
    try:
        data: Any = ModelCard.load(card, ignore_metadata_errors=True).data
    except Exception:
        return ""
    named = getattr(data, "license_name", None) if data.license == "other" else None
    return str(named or data.license or "")
