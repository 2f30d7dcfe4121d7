"""Promise clocks in days: the end of so many calendar or working days, and how many days a wait takes."""

from __future__ import annotations

from typing import Literal, overload

import numpy as np
import numpy.typing as npt

from simsvc.clock.book import HolidayBook
from simsvc.clock.epoch import DAY, Epoch

Ints = npt.NDArray[np.int64]
_LONGEST_BREAK = 30


@overload
def deadline(t: int, days: int, kind: Literal["calendar", "working"], epoch: Epoch, book: HolidayBook) -> int: ...
@overload
def deadline(t: Ints, days: int, kind: Literal["calendar", "working"], epoch: Epoch, book: HolidayBook) -> Ints: ...
def deadline(
    t: int | Ints, days: int, kind: Literal["calendar", "working"], epoch: Epoch, book: HolidayBook
) -> int | Ints:
    """End (24:00) of the day that is ``days`` days after the day of ``t``.

    Parameters
    ----------
    t : int or int64 array
        Start of the clock, seconds from the epoch.
    days : int
        0 for the end of the same day.
    kind : str
        ``"calendar"``, or ``"working"``: only working days are counted, and a start on a free day counts as a start on
        the next working day.

    Returns
    -------
    int or int64 array
        Seconds from the epoch; the deadline is kept up to and including this moment.
    """
    day = epoch.day(t)
    if kind == "calendar":
        return (day + days + 1) * DAY
    if isinstance(day, np.ndarray):
        if not day.size:
            return day
        worked = _working_days(int(day.min()), int(day.max()), days, epoch, book)
        return (worked[np.searchsorted(worked, day, "left") + days] + 1) * DAY
    return int((_working_days(day, day, days, epoch, book)[days] + 1) * DAY)


def days_needed(start: Ints, end: Ints, kind: Literal["calendar", "working"], epoch: Epoch, book: HolidayBook) -> Ints:
    """Fewest days whose ``deadline``, counted from ``start``, is not before ``end``.

    Parameters
    ----------
    start, end : int64 arrays of one shape
        Seconds from the epoch.
    kind : str
        As in ``deadline``.
    """
    if not start.size:
        return np.zeros(0, np.int64)
    first, last = epoch.day(start), epoch.day(end - 1)
    if kind == "calendar":
        return np.asarray(np.maximum(last - first, 0))
    worked = _working_days(int(first.min()), int(max(last.max(), first.max())), 0, epoch, book)
    begun, done = (np.searchsorted(worked, day, "left") for day in (first, last))
    return np.asarray(np.maximum(done - begun, 0))


def _working_days(first: int, last: int, days: int, epoch: Epoch, book: HolidayBook) -> Ints:
    """Indices of the working days from ``first`` to at least ``days`` working days after ``last``."""
    # Far more than half of all days are worked, apart from one long break.
    until = last + 2 * days + _LONGEST_BREAK
    return np.array([d for d in range(first, until) if book.is_working_day(epoch.date(d))], np.int64)
