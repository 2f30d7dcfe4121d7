"""Windows of planned visits, worked out by hand: month ends, leap days, windows by site."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from simsvc.case.windows import calendar_windows, life_windows
from simsvc.clock import DAY, Epoch
from simsvc.scenario.demand import Life, Planned

NAME = {"name": {"en": "V"}, "work": "1 h"}


def spans(plan: dict[str, Any], first: str, days: int) -> list[tuple[str, str, str]]:
    """First day, day after the last and label of each window of a run of so many counted days."""
    epoch = Epoch(dt.date.fromisoformat(first))
    found = calendar_windows(Planned.model_validate(NAME | plan), epoch, days * DAY)
    assert all(start % DAY == end % DAY == 0 for start, end, _ in found)
    return [(epoch.date(a // DAY).isoformat(), epoch.date(b // DAY).isoformat(), label) for a, b, label in found]


def test_months_of_a_leap_year() -> None:
    assert spans({"every_months": 1}, "2020-01-31", 30) == [
        ("2020-01-01", "2020-02-01", "2020-01"),  # its last day lies in the run
        ("2020-02-01", "2020-03-01", "2020-02"),  # 29 days; the run's last counted day is 29 February
    ]
    assert spans({"every_months": 1}, "2020-02-01", 30)[-1] == ("2020-03-01", "2020-04-01", "2020-03")


def test_windows_of_months_count_from_january() -> None:
    assert spans({"every_months": 4}, "2018-03-01", 365) == [
        ("2018-01-01", "2018-05-01", "2018-01"),
        ("2018-05-01", "2018-09-01", "2018-05"),
        ("2018-09-01", "2019-01-01", "2018-09"),
        ("2019-01-01", "2019-05-01", "2019-01"),
    ]
    assert spans({"every_months": 12}, "2018-06-01", 30) == [("2018-01-01", "2019-01-01", "2018-01")]
    # A window that begins with the end of the counted time is none of it.
    assert spans({"every_months": 12}, "2018-01-01", 365) == [("2018-01-01", "2019-01-01", "2018-01")]


def test_named_months() -> None:
    """From the 11th to the 20th of the last month of each quarter; the month order in the file is no matter."""
    plan = {"months": [12, 6, 3, 9], "days": [11, 20]}
    assert spans(plan, "2018-01-01", 365) == [
        (f"2018-{m}-11", f"2018-{m}-21", f"2018-{m}") for m in ("03", "06", "09", "12")
    ]
    # The window under way when the run begins is kept, one that has ended is not.
    assert spans(plan, "2018-03-20", 30)[0] == ("2018-03-11", "2018-03-21", "2018-03")
    assert spans(plan, "2018-03-21", 100)[0] == ("2018-06-11", "2018-06-21", "2018-06")
    assert spans({"months": [2]}, "2019-01-01", 365) == [("2019-02-01", "2019-03-01", "2019-02")]


@pytest.mark.parametrize(
    ("first", "days", "window"),
    [
        ("2018-01-01", [25, 31], ("2018-02-25", "2018-03-01")),
        ("2020-01-01", [25, 31], ("2020-02-25", "2020-03-01")),
        ("2018-01-01", [30, 31], ("2018-02-28", "2018-03-01")),
        ("2020-01-01", [29, 29], ("2020-02-29", "2020-03-01")),
    ],
)
def test_a_month_shorter_than_the_days_ends_at_its_last(first: str, days: list[int], window: tuple[str, str]) -> None:
    assert [span[:2] for span in spans({"months": [2], "days": days}, first, 300)] == [window]


def test_windows_by_site() -> None:
    """A warranty of a year, again each second year: the first month, and the ten days before it ends."""
    life = Life.model_validate({"cycle": "730 d", "windows": [["0 d", "30 d"], ["355 d", "365 d"]]})
    epoch = Epoch(dt.date(2018, 1, 1))
    day = (dt.date(2018, 1, 11).toordinal()) % 730
    site, start, end = life_windows(life, np.array([day, (day - 20) % 730]), epoch, 730 * DAY)
    found = sorted(zip(site.tolist(), (start // DAY).tolist(), (end // DAY).tolist(), strict=True))
    assert found == [
        # In use on 11 January 2018, day 10 of the run.
        (0, 10, 40),
        (0, 365, 375),
        # In use 20 days before: its first month began before the run.
        (1, -10, 20),
        (1, 345, 355),
        (1, 720, 750),
    ]


@pytest.mark.parametrize("cycle", [2, 7, 100, 1095])
def test_every_site_has_every_window_once_a_cycle(cycle: int) -> None:
    """Counted by their ends over whole cycles, wherever the run begins."""
    windows = [["0 d", "1 d"], [f"{cycle // 3} d", f"{cycle} d"]]
    life = Life.model_validate({"cycle": f"{cycle} d", "windows": windows})
    for first in (dt.date(2018, 1, 1), dt.date(2019, 7, 13)):
        sites = np.arange(cycle)
        site, start, end = life_windows(life, sites, Epoch(first), 3 * cycle * DAY)
        inside = (end > 0) & (end <= 3 * cycle * DAY)
        long = (end - start)[inside] > DAY
        for some in (long, ~long):
            count = np.bincount(site[inside][some], minlength=cycle)
            assert (count == 3).all()
