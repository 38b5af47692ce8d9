"""A critic of one's own: every picture must show enough of the brand's colour.

pip install ./examples/brand_critic
stepweave run "draw a red house" --critic pixels --critic brand
"""

from __future__ import annotations

from anyio import to_thread
from PIL import Image

from stepweave.agents import Context, agent
from stepweave.images import decode
from stepweave.messages import Fault, Judge, Scores, Verdict

BRAND = (222, 60, 60)
ENOUGH = 0.02
"""Share of the picture's pixels."""


@agent("critic", capability="brand", concurrency=2)
async def brand(ask: Judge, ctx: Context) -> Verdict:
    """Wants to see the brand's red."""
    image = decode(await ctx.blobs.get(ask.image))
    share = await to_thread.run_sync(share_of, image, BRAND)
    if share >= ENOUGH:
        return Verdict(accepted=True, scores=Scores(semantics=10, quality=10))
    fault = Fault(aspect="brand", expected=f"{ENOUGH:.0%} brand red", found=f"{share:.1%}")
    return Verdict(
        accepted=False,
        scores=Scores(semantics=10 * share / ENOUGH, quality=10),
        reason=f"Only {share:.1%} of the picture is brand red.",
        faults=(fault,),
    )


def share_of(image: Image.Image, colour: tuple[int, int, int], near: int = 40) -> float:
    """The share of pixels whose every channel is within ``near`` of a colour."""
    channels = image.convert("RGB").resize((64, 64)).tobytes()
    pixels = zip(channels[0::3], channels[1::3], channels[2::3], strict=True)
    return sum(all(abs(a - b) <= near for a, b in zip(pixel, colour, strict=True)) for pixel in pixels) / 64**2
