"""What to do at each verb."""

from __future__ import annotations

from stepweave.policies.rules.gist.deeds import Deed, shown
from stepweave.policies.rules.gist.handling import emptied, given, held, met, mounted, poured, removed, taken
from stepweave.policies.rules.gist.moving import added, appeared, dropped, fell, filled, put, vanished, written
from stepweave.policies.rules.gist.turning import (
    acts,
    became,
    chased,
    copied,
    flipped,
    makes,
    replaced,
    scaled,
    swapped,
    turned,
)

VERBS: dict[str, Deed] = {
    "mount": mounted,
    "draw": shown,
    "add": added,
    "appear": appeared,
    "put": put,
    "set": put,
    "drop": dropped,
    "go": appeared,
    "remove": removed,
    "vanish": vanished,
    "gone": vanished,
    "take": taken,
    "replace": replaced,
    "become": became,
    "make": makes,
    "copy": copied,
    "hold": held,
    "give": given,
    "bigger": scaled("bigger"),
    "smaller": scaled("smaller"),
    "open": acts("open"),
    "rest": acts(None),
    "empty": emptied,
    "pour": poured,
    "full": filled,
    "flip": flipped,
    "upset": turned(90),
    "rotate": turned(90),
    "write": written,
    "swap": swapped,
    "fall": fell,
    "near": met,
    "chase": chased,
}
"""What to do at each verb."""
