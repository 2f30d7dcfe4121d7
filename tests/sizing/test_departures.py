"""Further departures and earlier cut-offs, by the clock."""

from __future__ import annotations

from typing import Any

import pytest

from simsvc.case import Case
from simsvc.sizing.departures import departures, earlier
from tests.tiny import Tiny


def route(tiny: type[Tiny], cut_off: str = "16:00", handling: str = "30 min", **more: Any) -> tuple[Case, Any, Any]:
    given = {"areas": ["north"], "departs": ["09:00"], "calendar": "office", "capacity": 3, **more}
    delivery = {
        "warehouse": {"node": "port", "calendar": "office", "cut_off": cut_off, "handling": handling},
        "routes": {"main": given},
    }
    case = tiny.case(delivery=delivery)
    assert case.model.delivery is not None
    return case, case.model.delivery, case.model.delivery.routes["main"]


def test_the_first_goes_after_the_cut_off_then_the_longest_gaps_are_halved(tiny: type[Tiny]) -> None:
    case, delivery, main = route(tiny)
    assert departures(case, delivery, main, 1) == ["09:00", "16:30"]
    assert departures(case, delivery, main, 2) == ["09:00", "12:45", "16:30"]
    # 08:00-09:00-12:45-16:30-18:00: of two equal gaps the earlier.
    assert departures(case, delivery, main, 3) == ["09:00", "10:45", "12:45", "16:30"]


def test_one_that_leaves_so_late_already_is_enough(tiny: type[Tiny]) -> None:
    case, delivery, main = route(tiny, departs=["09:00", "17:00"])
    assert departures(case, delivery, main, 1) == ["09:00", "13:00", "17:00"]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("15:00", ["15:00", "14:00", "13:00", "12:00"]),
        # Never written: the warehouse closes at 18:00.
        ("24:00", ["24:00", "17:00", "16:00", "15:00", "14:00", "13:00", "12:00"]),
        ("12:30", ["12:30"]),
    ],
)
def test_cut_offs_go_back_by_the_hour_until_noon(tiny: type[Tiny], written: str, found: list[str]) -> None:
    case, delivery, _ = route(tiny, cut_off=written)
    assert earlier(case, delivery) == found
