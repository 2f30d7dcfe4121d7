"""Travel bands: which of peak, off-peak, night, weekend and holiday it is at a moment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np
import numpy.typing as npt

from simsvc.clock.book import HolidayBook
from simsvc.clock.epoch import DAY, Epoch

Ints = npt.NDArray[np.int64]
PEAK, OFF_PEAK, NIGHT, WEEKEND, HOLIDAY = range(5)
"""Codes of the bands, in the order of the scenario language; rain (5) is put on top by the workload."""


@dataclass(frozen=True, eq=False)
class Bands:
    """A piecewise constant code over a run.

    Parameters
    ----------
    starts : int64 array, shape (pieces,)
        Where each piece begins, seconds from the start of the run, sorted, the first at 0.
    codes : int64 array, shape (pieces,)
        Its code. The first piece also stands for moments before the run, the last for those after it.
    """

    starts: Ints
    codes: Ints
    # Copies for scalar calls, as in Calendar.
    _starts: list[int] = field(init=False, repr=False)
    _codes: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for array in (self.starts, self.codes):
            array.setflags(write=False)
        object.__setattr__(self, "_starts", self.starts.tolist())
        object.__setattr__(self, "_codes", self.codes.tolist())

    def __reduce__(self) -> tuple[type[Bands], tuple[Ints, Ints]]:
        """A copy made by pickle is as immutable, and the pickle holds nothing twice."""
        return Bands, (self.starts, self.codes)

    @overload
    def at(self, t: int) -> int: ...
    @overload
    def at(self, t: Ints) -> Ints: ...
    def at(self, t: int | Ints) -> int | Ints:
        """Code at ``t``."""
        if isinstance(t, np.ndarray):
            return self.codes[np.maximum(np.searchsorted(self.starts, t, "right") - 1, 0)]
        return self._codes[max(bisect_right(self._starts, t) - 1, 0)]


def bands(
    epoch: Epoch, days: int, book: HolidayBook, peak: Sequence[tuple[int, int]], night: Sequence[tuple[int, int]]
) -> Bands:
    """Band of every moment of ``days`` days from the epoch.

    Night goes by the hour on every day; otherwise a holiday is a holiday, a free Saturday or Sunday a weekend; working
    days, make-up days among them, have peaks and the rest.

    Parameters
    ----------
    peak, night : sequences of (int, int)
        Spans in seconds after midnight, start and end; end 86400 is midnight.

    Returns
    -------
    Bands
        Codes ``PEAK`` 0, ``OFF_PEAK`` 1, ``NIGHT`` 2, ``WEEKEND`` 3, ``HOLIDAY`` 4.
    """
    cuts = sorted({0, *(moment for span in (*peak, *night) for moment in span)} - {DAY})
    starts: list[int] = []
    codes: list[int] = []
    for day in range(days):
        date = epoch.date(day)
        if book.is_holiday(date):
            kind = HOLIDAY
        elif not book.is_working_day(date):
            kind = WEEKEND
        else:
            kind = OFF_PEAK
        for cut in cuts:
            code = NIGHT if _within(cut, night) else PEAK if kind == OFF_PEAK and _within(cut, peak) else kind
            if not codes or code != codes[-1]:
                starts.append(day * DAY + cut)
                codes.append(code)
    return Bands(np.array(starts, np.int64), np.array(codes, np.int64))


def _within(second: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= second < end for start, end in spans)
