"""Windows of planned visits: by the calendar, or from the day on which a site went into use."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools

import numpy as np

from simsvc.case.arrays import Ints
from simsvc.clock import DAY, Epoch
from simsvc.scenario.demand import Life, Planned


def calendar_windows(plan: Planned, epoch: Epoch, until: int) -> list[tuple[int, int, str]]:
    """Windows of a plan by ``every_months`` or ``months`` that end in the run and begin before ``until``.

    Returns
    -------
    list
        Start and end (seconds of the run; a window may begin before it) and the month of the start (``"2018-07"``).
    """
    found = []
    for first, last in _spans(plan, epoch.first_day.year, epoch.date(until // DAY).year):
        start, end = (((day - epoch.first_day).days) * DAY for day in (first, last))
        if end > 0 and start < until:
            found.append((start, end, f"{first:%Y-%m}"))
    return found


def _spans(plan: Planned, first: int, last: int) -> list[tuple[dt.date, dt.date]]:
    """First day, and day after the last, of each window that begins in the years from ``first`` to ``last``."""
    years = range(first, last + 1)
    if plan.every_months is not None:
        starts = [dt.date(y, m, 1) for y in years for m in range(1, 13, plan.every_months)]
        return list(itertools.pairwise([*starts, dt.date(last + 1, 1, 1)]))
    low, high = plan.days or (1, 31)
    return [
        (dt.date(y, m, min(low, length)), dt.date(y, m, min(high, length)) + dt.timedelta(days=1))
        for y in years
        for m in sorted(plan.months)
        for length in [calendar.monthrange(y, m)[1]]
    ]


def life_windows(life: Life, in_use: Ints, epoch: Epoch, until: int) -> tuple[Ints, Ints, Ints]:
    """Windows counted from each site's going into use that end in the run and begin before ``until``.

    Parameters
    ----------
    in_use : int64 array
        Per site: day (proleptic ordinal, modulo the cycle) on which it goes into use, again each cycle.

    Returns
    -------
    site, start, end : int64 arrays
        Row of the site; seconds of the run (a window may begin before it).
    """
    first, cycle = epoch.first_day.toordinal(), int(life.cycle) // DAY
    # No window is longer than its cycle, so that nothing older than two cycles reaches into the run.
    cycles = np.arange(first // cycle - 2, (first + until // DAY) // cycle + 1)
    went = (cycles[:, None] * cycle + in_use - first) * DAY
    found = []
    for opens, closes in life.windows:
        start, end = went + int(opens), went + int(closes)
        rows, sites = np.nonzero((end > 0) & (start < until))
        found.append((sites, start[rows, sites], end[rows, sites]))
    site, start, end = (np.concatenate(column) for column in zip(*found, strict=True))
    return site, start, end
