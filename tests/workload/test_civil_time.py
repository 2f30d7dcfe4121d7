"""Luck goes by civil time: another warm-up or window keeps the days that both have."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from simsvc.case import build
from simsvc.workload import draw


def _faults(scenario: Any, first: dt.datetime, last: dt.datetime) -> list[tuple[int, dt.datetime, int]]:
    case = build(scenario)
    faults = draw(case, 3, 0).faults
    rows = zip(faults.key.tolist(), faults.time.tolist(), faults.mode.tolist(), strict=True)
    moments = [(key, case.epoch.moment(time), mode) for key, time, mode in rows if time >= 0]
    return sorted(row for row in moments if first <= row[1] < last)


def test_rain_goes_by_civil_time_whatever_its_blocks(own: Any) -> None:
    """Blocks of five hours, which don't divide a day."""
    rain = {"rain": {"share": [0.4] * 12, "block": "5 h"}}
    kept = []
    for warm_up in ("0 s", "2 d"):
        case = build(own(time={"window": "20 d", "warm_up": warm_up}, network=rain))
        spells = draw(case, 3, 0).weather.rain - case.span.start
        kept.append(spells[spells[:, 1] > 0].clip(0).tolist())
    assert len(kept[0]) > 10
    assert kept[0] == kept[1]


@pytest.mark.parametrize(
    "changes",
    [
        {"window": "200 d"},
        {"warm_up": "45 d"},
        {"start": dt.date(2018, 2, 10), "warm_up": "3 d", "drain": "9 d"},
    ],
)
def test_the_days_that_both_runs_have_see_the_same_faults(own: Any, changes: dict[str, Any]) -> None:
    first, last = dt.datetime(2018, 2, 10), dt.datetime(2018, 4, 1)
    small = own(time={"start": dt.date(2018, 1, 20), "window": "90 d"}, products={"p": {"rate": "7 /d"}})
    other = own(time={"start": dt.date(2018, 1, 20), "window": "90 d", **changes}, products={"p": {"rate": "7 /d"}})
    kept = _faults(small, first, last)
    assert len(kept) > 200
    assert _faults(other, first, last) == kept
