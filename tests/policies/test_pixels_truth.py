"""The embedded critic's yes and no against the truth of the fault model, on stories that are made up at random."""

from __future__ import annotations

import pytest

from benchmarks.quality.chains import cases
from benchmarks.quality.critic import Judged, Look, interval, judged, report, visible
from stepweave.messages import Fault
from stepweave.world.scene import Scene


def verdicts(look: Look, first: int, least: int) -> list[Judged]:
    found: list[Judged] = []
    while len(found) < least:
        found += judged(first, look)
        first += 1
    return found


@pytest.mark.slow
@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize(("size", "jpeg"), [(512, None), (256, 85)])
def test_yes_and_no_agree_with_the_fault_model(size: int, jpeg: int | None, told: bool) -> None:
    found = verdicts(Look(size, jpeg, 0.3, told), first=7000, least=60)
    assert sum(one.right for one in found) >= (0.97 if told else 0.93) * len(found), "\n".join(report(found))


def test_a_chain_goes_on_from_what_should_have_been_drawn() -> None:
    chains = [list(cases(number, rate=1.0)) for number in range(8)]
    assert any(case.faults for chain in chains for case in chain)
    chain = max(chains, key=len)
    assert [case.before for case in chain[1:]] == [case.right for case in chain[:-1]]
    assert [len(case.story) for case in chain] == list(range(len(chain[0].story), len(chain[0].story) + len(chain)))


def test_verdicts_are_counted_by_what_they_are() -> None:
    case = next(case for case in cases(3, rate=0.0))
    wrong = Fault(aspect="colour", subject="cat", expected="red", found="blue")
    spoilt = type(case)(case.chain, 1, case.before, case.prompt, Scene("black"), case.right, (wrong,))
    found = [Judged(spoilt, False, "", 0.1), Judged(spoilt, True, "", 0.1), Judged(case, False, "", 0.1)]
    lines = list(report(found))
    assert lines[0].startswith("precision 0.5000")
    assert lines[1].startswith("recall 0.5000")
    assert len([line for line in lines if "truth [" in line]) == 2
    assert visible(spoilt, Look(64, None, 0.3))


def test_intervals_hold_the_share() -> None:
    share, low, high = interval(98, 100)
    assert low < share == 0.98 < high
    assert interval(0, 0) == (0.0, 0.0, 1.0)
