"""How well the embedded critic judges: its yes and no against the truth of the fault model.

python -m benchmarks.quality.critic --n 2000 --size 512 --jpeg 85

A picture with a fault that the critic rejects counts as caught. Faults that change not one pixel are left out, for
nothing can see them.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from math import sqrt
from multiprocessing import Pool
from pathlib import Path

from PIL import Image, ImageChops

from benchmarks.quality.chains import Case, cases
from stepweave.policies.pixels import judge
from stepweave.world.render import render
from stepweave.world.scene import Scene


@dataclass(frozen=True, slots=True)
class Look:
    """How pictures are shown to the critic."""

    size: int
    """Pixels of width and height."""
    jpeg: int | None
    """The quality of JPEG they go through, if they do."""
    rate: float
    """The fault rate."""
    told: bool = True
    """Whether the critic is told the prompts so far, as it is within a run."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One verdict."""

    case: Case
    accepted: bool
    told: str
    seconds: float
    """Of processor time."""

    @property
    def right(self) -> bool:
        """Whether the verdict is the truth."""
        return self.accepted != bool(self.case.faults)


def shown(scene: Scene, look: Look) -> Image.Image:
    """The picture of a scene as the critic gets it."""
    image = render(scene, look.size, look.size)
    if look.jpeg is None:
        return image
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=look.jpeg)
    return Image.open(packed).convert("RGB")


def judged(chain: int, look: Look) -> list[Judged]:
    """The verdicts on one chain."""
    return [_judged(case, look) for case in cases(chain, look.rate) if visible(case, look)]


def visible(case: Case, look: Look) -> bool:
    """Whether the faults, if there are any, change the picture."""
    if not case.faults:
        return True
    pictures = (render(scene, look.size, look.size) for scene in (case.after, case.right))
    return ImageChops.difference(*pictures).getbbox() is not None


def _judged(case: Case, look: Look) -> Judged:
    empty = not case.before.items and case.before.background == "white"
    before = None if empty else shown(case.before, look)
    after = shown(case.after, look)
    start = time.process_time()
    verdict = judge(case.prompt, case.prompt, before, after, story=case.story if look.told else ())
    spent = time.process_time() - start
    told = "; ".join(f"{fault.aspect} {fault.subject}: {fault.found}" for fault in verdict.faults)
    return Judged(case, verdict.accepted, told, spent)


def interval(hits: int, total: int) -> tuple[float, float, float]:
    """A share and the ends of its 95 percent interval, after Wilson."""
    if not total:
        return 0.0, 0.0, 1.0
    z, share = 1.96, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return share, middle - half, middle + half


def report(found: Sequence[Judged]) -> Iterator[str]:
    """The figures, then every disagreement."""
    caught = sum(1 for one in found if one.case.faults and not one.accepted)
    missed = sum(1 for one in found if one.case.faults and one.accepted)
    alarms = sum(1 for one in found if not one.case.faults and not one.accepted)
    for name, total in (("precision", caught + alarms), ("recall", caught + missed)):
        yield "{} {:.4f} ({:.4f} to {:.4f})".format(name, *interval(caught, total))
    yield f"pictures {len(found)}: caught {caught}, missed {missed}, false alarms {alarms}"
    yield f"milliseconds per verdict {1000 * sum(one.seconds for one in found) / max(1, len(found)):.0f}"
    for one in found:
        if not one.right:
            truth = "; ".join(f"{fault.aspect} {fault.subject}: {fault.found}" for fault in one.case.faults)
            yield f"{one.case.chain}.{one.case.step} truth [{truth}] told [{one.told}] {one.case.prompt!r}"


def show(case: Case, look: Look, folder: Path) -> Path:
    """Write before, candidate and what should have been drawn side by side."""
    sheet = Image.new("RGB", (3 * look.size + 20, look.size), (128, 128, 128))
    for index, scene in enumerate((case.before, case.after, case.right)):
        sheet.paste(shown(scene, look), (index * (look.size + 10), 0))
    path = folder / f"critic-{case.chain}-{case.step}.png"
    sheet.save(path)
    return path


def main() -> None:
    """Judge and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality.critic", description=__doc__)
    parser.add_argument("--n", type=int, default=200, help="how many pictures are judged")
    parser.add_argument("--size", type=int, default=512, help="their width and height in pixels")
    parser.add_argument("--jpeg", type=int, help="the JPEG quality they go through")
    parser.add_argument("--rate", type=float, default=0.3, help="the fault rate")
    parser.add_argument("--seed", type=int, default=0, help="the first chain")
    parser.add_argument("--untold", action="store_true", help="without the prompts of the steps before")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--show", type=int, metavar="N", help="write the pictures of chain N instead")
    parser.add_argument("--folder", type=Path, default=Path(), help="where to")
    given = parser.parse_args()
    look = Look(given.size, given.jpeg, given.rate, not given.untold)
    if given.show is not None:
        for case in cases(given.show, look.rate):
            sys.stdout.write(f"{show(case, look, given.folder)} {case.prompt}\n")
        return
    chains = range(given.seed, given.seed + given.n)
    with Pool(given.jobs) as pool:
        verdicts = (one for some in pool.imap(partial(judged, look=look), chains) for one in some)
        found = list(islice(verdicts, given.n))
    sys.stdout.write("\n".join(report(found)) + "\n")


if __name__ == "__main__":
    main()
