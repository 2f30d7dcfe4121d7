"""Hours of a week as minutes, to hold calendars against each other."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from simsvc.scenario.places import Calendar

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES = 1440

Week = npt.NDArray[np.bool_]
"""Shape (8, 1440): Monday to Sunday, then a statutory holiday (of a weekday or weekend alike)."""


def week(calendar: Calendar | None) -> Week:
    """Open minutes; a calendar of None is open round the clock. On holidays "as-week" counts the hours of all days."""
    if calendar is None:
        return np.ones((8, MINUTES), np.bool_)
    open_ = np.zeros((8, MINUTES), np.bool_)
    # The narrowest entry that names a day counts: put in the wide ones first.
    spans = [(*_range(days), hours) for days, hours in calendar.week.items()]
    for first, last, hours in sorted(spans, key=lambda s: s[0] - s[1]):
        open_[first : last + 1] = False
        for start, end in hours:
            open_[first : last + 1, start // 60 : -(-end // 60)] = True
    if calendar.holidays == "as-week":
        open_[7] = open_[:7].any(axis=0)
    return open_


def union(calendars: Iterable[Calendar]) -> Week:
    """Minutes in which at least one of the calendars is open."""
    open_ = np.zeros((8, MINUTES), np.bool_)
    for calendar in calendars:
        open_ |= week(calendar)
    return open_


def weekly_hours(open_: Week) -> float:
    """Open hours of a week without holidays."""
    return float(open_[:7].sum()) / 60


def longest_day(open_: Week) -> float:
    """Open hours of the longest day."""
    return float(open_[:7].sum(axis=1).max()) / 60


def _range(days: str) -> tuple[int, int]:
    first, _, last = days.partition("-")
    return DAYS.index(first), DAYS.index(last or first)
