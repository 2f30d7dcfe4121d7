"""How faults are reported and on which units: shares within 4 standard errors (one chance in 16,000 each), and keys."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.case import build
from simsvc.workload import Calls, Workload, draw

CHANNELS = {
    "phone": {"name": {"en": "Phone"}, "share": 3.0},
    "mail": {"name": {"en": "Mail"}, "share": 1.0, "live": False, "lag": "20 min"},
    "fax": {"name": {"en": "Fax"}, "share": 0.0, "live": False},
}
DESK = {
    "shifts": [{"calendar": "always", "agents": 1}],
    "work": "5 min",
    "channels": CHANNELS,
    "patience": {"dist": "exponential", "mean": "3 min"},
    "call_back": 0.4,
}


def near(found: float, expected: float, sd: float, n: float) -> None:
    assert abs(found - expected) <= 4 * sd / np.sqrt(n), (found, expected)


@pytest.fixture(scope="module")
def scenario(own: Any) -> sv.Scenario:
    mode = {"name": {"en": "M"}, "share": 1.0, "work": "1 h", "repeat": 0.5, "repeat_after": "1 d", "stops_work": 0.3}
    return own(
        time={"window": "100 d"},
        desk=DESK,
        dispatch={"approval": {"calendar": "office", "time": {"dist": "uniform", "low": "1 h", "high": "3 h"}}},
        products={"p": {"rate": "20 /d", "in_contract": 0.8, "modes": {"m": mode, "n": mode | {"stops_work": 1.0}}}},
        demand={"installed": [{"area": "a", "product": "p", "units": 7}]},
    )


@pytest.fixture(scope="module")
def luck(scenario: sv.Scenario) -> Workload:
    return draw(build(scenario), 1, 0)


def test_shares_of_channels_patience_contracts_and_impact(luck: Workload) -> None:
    c, n = luck.calls, len(luck.faults.key)
    assert n > 20_000
    near((c.channel == 0).mean(), 0.75, 0.433, n)
    assert (c.channel < 2).all()
    assert (c.live == (c.channel == 0)).all()
    assert (c.lag == np.where(c.live, 0, 1200)).all()
    assert (c.patience[~c.live] == -1).all()
    near(c.patience[c.live].mean(), 180, 180, c.live.sum())
    near(c.called_back.mean(), 0.4, 0.49, n)
    first = luck.faults.parent < 0
    near(c.in_contract[first].mean(), 0.8, 0.4, first.sum())
    mode = luck.faults.mode
    near(c.stops_work[first & (mode == 0)].mean(), 0.3, 0.46, (first & (mode == 0)).sum())
    assert c.stops_work[mode == 1].all()
    assert (c.approval[c.in_contract] == 0).all()
    asked = c.approval[~c.in_contract]
    assert ((asked >= 3600) & (asked <= 3 * 3600)).all()
    once = first & (mode == 0)
    pairs = (
        (c.stops_work[once], c.in_contract[once]),
        (c.called_back[c.live], c.patience[c.live]),
        (asked[c.live[~c.in_contract]], c.patience[c.live & ~c.in_contract]),
    )
    for one, two in pairs:
        assert abs(np.corrcoef(one, two)[0, 1]) < 4 / np.sqrt(len(one))


def test_units_fail_alike_and_repeats_are_of_the_same_unit(luck: Workload) -> None:
    c, parent = luck.calls, luck.faults.parent
    first = parent < 0
    counts = np.bincount(c.unit[first], minlength=7)
    assert len(counts) == 7
    # Chi-square, 6 degrees of freedom, 99.99 %.
    assert ((counts - first.sum() / 7) ** 2 / (first.sum() / 7)).sum() < 27.9
    for name in ("unit", "in_contract", "stops_work"):
        values = getattr(c, name)
        assert (values[~first] == values[parent[~first]]).all(), name
    # What belongs to the call is drawn anew.
    assert 0.3 < (c.channel[~first] != c.channel[parent[~first]]).mean() < 0.45


def test_without_a_desk_or_channels_every_fault_is_one_live_call(own: Any) -> None:
    for more in ({}, {"desk": {k: DESK[k] for k in ("shifts", "work")}}):
        c = draw(build(own(**more)), 1, 0).calls
        assert (c.channel == -1).all()
        assert c.live.all()
        assert not c.lag.any()
        assert (c.patience == -1).all()
        assert not c.approval.any()
        assert c.in_contract.all()
        assert not c.stops_work.any()


def test_another_patience_or_channel_renumbers_nothing(scenario: sv.Scenario, luck: Workload) -> None:
    """Longer patience of the same callers; a third of the calls by another channel; all else is the same luck."""
    longer = draw(build(scenario.override("desk.patience", "6 min")), 1, 0).calls
    assert same(longer, luck.calls) >= set(NAMES) - {"patience"}
    more = draw(build(scenario.override("desk.channels.mail.share", 2.0)), 1, 0).calls
    assert same(more, luck.calls) >= set(NAMES) - {"channel", "live", "lag", "patience"}
    # Who telephones still had telephoned.
    assert (luck.calls.channel[more.channel == 0] == 0).all()


NAMES = tuple(Calls.__dataclass_fields__)


def same(a: Calls, b: Calls) -> set[str]:
    return {name for name in NAMES if np.array_equal(getattr(a, name), getattr(b, name))}
