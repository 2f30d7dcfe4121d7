"""Planned work against known answers: done in their windows by engineers with time, in turn by one without."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

HOUR, DAY = 3600, 86400
VISIT = {"name": {"en": "V"}, "work": "2 h"}


def test_engineers_with_nothing_else_to_do_do_every_visit_in_its_window(own: Any, replicate: Any) -> None:
    """Every rule at once, in office hours, the last released with days to spare: all are done, for certain."""
    plans = {
        "monthly": VISIT | {"every_months": 1},
        "quarterly": VISIT | {"months": [3, 6, 9, 12], "days": [11, 20], "release": 0.5},
        "first-year": VISIT | {"life": {"cycle": "400 d", "windows": [["0 d", "30 d"], ["380 d", "400 d"]]}},
        "asked": VISIT | {"rate": "2 /year", "within": "7 d"},
    }
    scenario = own(
        time={"window": "365 d", "warm_up": "31 d", "drain": "31 d"},
        staff={"calendar": "office"},
        stations={"a": {"engineers": 20}},
        products={"p": {"rate": "0 /d"}},
        demand={"sites": [{"area": "a", "sites": 20}]},
        planned=plans,
    )
    counted = np.zeros(len(plans), np.int64)
    for _, log in replicate(scenario, 3):
        j = log.jobs
        mine = j["counted"] == 1
        assert ((j["done"] >= 0) & (j["done"] <= j["due"]))[mine].all()
        assert (j["assigned"] >= j["released"])[mine].all()
        counted += np.bincount(j["plan"][mine], minlength=len(plans))
    assert counted[:2].tolist() == [3 * 20 * 12, 3 * 20 * 4]
    assert (counted[2:] > 60).all()


@pytest.fixture(scope="module")
def asked(own: Any, replicate: Any) -> np.ndarray:
    """Visits on request, nine a day, two hours each, one engineer round the clock: M/D/1, load 3/4."""
    scenario = own(
        time={"window": "400 d", "warm_up": "10 d", "drain": "10 d"},
        products={"p": {"rate": "0 /d"}},
        demand={"sites": [{"area": "a", "sites": 18}]},
        planned={"v": VISIT | {"rate": "0.5 /d", "within": "5 h"}},
    )
    rows = []
    for case, log in replicate(scenario):
        j = log.jobs
        mine = j["counted"] == 1
        kept = (j["done"] >= 0) & (j["done"] <= j["due"])
        rows.append((kept[mine].mean(), mine.sum() / (9 * 400) - 1))
        assert (j["due"] - j["released"] == 5 * HOUR).all()
        assert mine.sum() == ((j["due"] > case.span.start) & (j["due"] <= case.span.end)).sum()
    return np.array(rows)


def test_share_in_time_on_request(asked: np.ndarray, share_of_waits: Any, is_close: Any) -> None:
    # Five hours hold the visit and three hours of waiting, one and a half services.
    is_close(share_of_waits(9 * 2 * HOUR / DAY, 1.5), asked[:, 0], asked[:, 1:])


def test_number_of_requests(asked: np.ndarray, is_close: Any) -> None:
    is_close(1.0, 1 + asked[:, 1])
