"""The example of a role of one's own, as its reader would run it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from stepweave.agents import Agent, Context, Host
from stepweave.bus import BusSettings, connect
from stepweave.images import Provenance, encode
from stepweave.messages import Judge, Verdict

FOLDER = Path(__file__).parents[2] / "examples" / "brand_critic"


@pytest.fixture
def brand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Agent]:
    monkeypatch.syspath_prepend(FOLDER)
    import brand_critic  # type: ignore[import-not-found]

    yield brand_critic.brand
    del sys.modules["brand_critic"]


@pytest.mark.anyio
@pytest.mark.parametrize(("colour", "accepted"), [("#de3c3c", True), ("#3c3cde", False)])
async def test_it_looks_for_the_colour(brand: Agent, tmp_path: Path, colour: str, accepted: bool) -> None:
    image = Image.new("RGB", (64, 64), "white")
    image.paste(Image.new("RGB", (32, 32), colour), (8, 8))
    data = encode(image, {}, Provenance("test", "", "algorithmicMedia"))
    async with connect(BusSettings(home=tmp_path), name="test") as bus:
        blob = await bus.blobs.put(data, media_type="image/png", width=64, height=64)
        ask = Judge(step=1, candidate=1, prompt="a", drawn_prompt="a", image=blob)
        verdict = await brand(ask, Context("r", "s1c1-brand", 1, Host(bus, tmp_path)))
    assert isinstance(verdict, Verdict)
    assert verdict.accepted is accepted
