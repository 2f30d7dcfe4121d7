"""Open hours of a run as intervals of integer seconds, with a clock that counts open time only."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar, overload

import numpy as np
import numpy.typing as npt

from simsvc.clock.book import HolidayBook
from simsvc.clock.epoch import DAY, Epoch

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Spans = Sequence[tuple[int, int]]
Days = TypeVar("Days", bound=str)

NEVER = 1 << 60
"""A moment that doesn't come (later than any run; sums of two still fit 64 bits)."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, eq=False)
class Calendar:
    """Immutable open intervals ``[starts, ends)`` of a run; closed before the first and after the last.

    All methods take whole numbers or int64 arrays (which may broadcast) and answer in kind.

    Parameters
    ----------
    starts, ends : int64 arrays, shape (intervals,)
        Seconds from the start of the run, sorted, not touching each other (``from_intervals`` sees to that).
    """

    starts: Ints
    ends: Ints
    # Copies for scalar calls: bisect on a list is many times faster than searchsorted on an array.
    _starts: list[int] = field(init=False, repr=False)
    _ends: list[int] = field(init=False, repr=False)
    _before: list[int] = field(init=False, repr=False)
    _before_array: Ints = field(init=False, repr=False)

    def __post_init__(self) -> None:
        before = np.concatenate(([0], np.cumsum(self.ends - self.starts))).astype(np.int64)
        for array in (self.starts, self.ends, before):
            array.setflags(write=False)
        object.__setattr__(self, "_starts", self.starts.tolist())
        object.__setattr__(self, "_ends", self.ends.tolist())
        object.__setattr__(self, "_before", before.tolist())
        object.__setattr__(self, "_before_array", before)

    def __reduce__(self) -> tuple[type[Calendar], tuple[Ints, Ints]]:
        """A copy made by pickle is as immutable, and the pickle holds nothing twice."""
        return Calendar, (self.starts, self.ends)

    @classmethod
    def from_intervals(cls, intervals: Spans) -> Calendar:
        """Calendar of half-open intervals in any order; overlapping and touching ones are merged, empty ones left."""
        merged: list[list[int]] = []
        for start, end in sorted(intervals):
            if start >= end:
                continue
            if merged and start <= merged[-1][1]:
                merged[-1][1] = max(end, merged[-1][1])
            else:
                merged.append([start, end])
        table = np.array(merged, np.int64).reshape(-1, 2)
        return cls(np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1]))

    @classmethod
    def always(cls, days: int) -> Calendar:
        """Calendar that is open round the clock for ``days`` days."""
        return cls.from_intervals([(0, days * DAY)])

    @classmethod
    def from_spec(
        cls,
        week: Mapping[Days, Spans],
        holidays: Literal["closed", "as-week"],
        make_up: Literal["open", "as-week"],
        epoch: Epoch,
        days: int,
        book: HolidayBook,
    ) -> Calendar:
        """Calendar of a weekly timetable over ``days`` days from the epoch.

        Parameters
        ----------
        week : mapping of str to spans
            Spans (start, end) in seconds after midnight by day (``"sat"``) or range of days (``"mon-fri"``). A day
            takes the hours of the narrowest entry that names it; a day that no entry names is closed.
        holidays : str
            Holidays are ``"closed"`` or run ``"as-week"``.
        make_up : str
            Make-up working days have Monday's hours (``"open"``) or run ``"as-week"``.
        """
        hours = _by_weekday(week)
        intervals: list[tuple[int, int]] = []
        for day in range(days):
            date = epoch.date(day)
            spans: Spans = hours[date.weekday()]
            if holidays == "closed" and book.is_holiday(date):
                spans = ()
            elif make_up == "open" and book.is_make_up(date):
                spans = hours[0]
            intervals += [(day * DAY + start, day * DAY + end) for start, end in spans]
        return cls.from_intervals(intervals)

    @overload
    def is_open(self, t: int) -> bool: ...
    @overload
    def is_open(self, t: Ints) -> Bools: ...
    def is_open(self, t: int | Ints) -> bool | Bools:
        """Is it open at ``t`` (the start of an interval is open, its end is not)?"""
        if isinstance(t, np.ndarray):
            # One step on: index 0 stands for "before the first interval".
            ends = np.concatenate(([-NEVER], self.ends))
            return np.asarray(t < ends[np.searchsorted(self.starts, t, "right")])
        i = bisect_right(self._starts, t)
        return i > 0 and t < self._ends[i - 1]

    @overload
    def next_open(self, t: int) -> int: ...
    @overload
    def next_open(self, t: Ints) -> Ints: ...
    def next_open(self, t: int | Ints) -> int | Ints:
        """First open moment at or after ``t`` (``t`` itself when open); ``NEVER`` when there is none."""
        if isinstance(t, np.ndarray):
            starts = np.append(self.starts, NEVER)
            # The first interval that ends after t is the one around t, or else the next one.
            return np.asarray(np.maximum(t, starts[np.searchsorted(self.ends, t, "right")]))
        i = bisect_right(self._ends, t)
        if i == len(self._ends):
            return NEVER
        start = self._starts[i]
        return start if start > t else t

    @overload
    def open_seconds(self, a: int, b: int) -> int: ...
    @overload
    def open_seconds(self, a: Ints, b: int | Ints) -> Ints: ...
    @overload
    def open_seconds(self, a: int, b: Ints) -> Ints: ...
    def open_seconds(self, a: int | Ints, b: int | Ints) -> int | Ints:
        """Open time in ``[a, b)`` in seconds; negative when ``b`` comes before ``a``."""
        between: int | Ints = self._open_before(b) - self._open_before(a)
        return between

    @overload
    def add(self, t: int, open_s: int) -> int: ...
    @overload
    def add(self, t: Ints, open_s: int | Ints) -> Ints: ...
    @overload
    def add(self, t: int, open_s: Ints) -> Ints: ...
    def add(self, t: int | Ints, open_s: int | Ints) -> int | Ints:
        """First moment by which ``open_s`` (at least 0) seconds of open time have passed since ``t``.

        No time asked for gives ``t`` itself; a limit that ends with a day's hours ends there, not at the next opening;
        ``NEVER`` when too little open time is left in the run.
        """
        passed = self._open_before(t) + open_s
        if isinstance(passed, np.ndarray):
            at = np.searchsorted(self._before_array, passed, "left")
            starts = np.concatenate(([-NEVER], self.starts, [NEVER]))[at]
            before = np.concatenate(([0], self._before_array))[at]
            moment = np.where(at > len(self.starts), NEVER, starts + passed - before)
            return np.where(np.asarray(open_s) == 0, t, moment)
        if open_s == 0:
            return t
        i = bisect_left(self._before, passed)
        return NEVER if i > len(self._starts) else self._starts[i - 1] + passed - self._before[i - 1]

    def _open_before(self, t: int | Ints) -> int | Ints:
        """Open time before ``t`` since the start of the run."""
        if isinstance(t, np.ndarray):
            at = np.searchsorted(self.starts, t, "right")
            starts, ends = np.concatenate(([0], self.starts)), np.concatenate(([0], self.ends))
            before = np.concatenate(([0], self._before_array))[at]
            return np.asarray((before + np.minimum(t, ends[at]) - starts[at]) * (at > 0))
        i = bisect_right(self._starts, t) - 1
        return 0 if i < 0 else self._before[i] + min(t, self._ends[i]) - self._starts[i]


def _by_weekday(week: Mapping[Days, Spans]) -> list[Spans]:
    """Hours of Monday to Sunday; the narrowest entry that names a day counts, so that order decides nothing."""
    hours: list[Spans] = [()] * 7
    ranges: list[tuple[int, int, Spans]] = []
    for days, spans in week.items():
        first, _, last = days.partition("-")
        ranges.append((_DAYS.index(first), _DAYS.index(last or first), spans))
    for first_day, last_day, spans in sorted(ranges, key=lambda entry: entry[0] - entry[1]):
        for day in range(first_day, last_day + 1):
            hours[day] = spans
    return hours
