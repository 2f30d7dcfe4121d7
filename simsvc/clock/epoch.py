"""The zero of a run: local civil moments in, integer seconds out, and back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import overload

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
DAY = 86_400
"""Seconds of a civil day (no daylight saving)."""


@dataclass(frozen=True)
class Epoch:
    """Integer seconds and day indices from 00:00 of ``first_day``, both ways.

    Parameters
    ----------
    first_day : datetime.date
        Day 0. Days before it have negative indices.
    """

    first_day: dt.date

    def second(self, moment: dt.datetime) -> int:
        """Seconds from the epoch to a naive local ``moment``; fractions of a second are cut off."""
        since = moment - dt.datetime.combine(self.first_day, dt.time())
        return since.days * DAY + since.seconds

    def moment(self, seconds: int) -> dt.datetime:
        """Naive local moment of ``seconds``."""
        return dt.datetime.combine(self.first_day, dt.time()) + dt.timedelta(seconds=int(seconds))

    def moments(self, seconds: Ints) -> npt.NDArray[np.datetime64]:
        """Naive local moments (``datetime64[s]``) of an array of ``seconds``."""
        start = np.datetime64(self.first_day, "s")
        return np.asarray(start + np.asarray(seconds, np.int64).astype("timedelta64[s]"))

    @overload
    def day(self, seconds: int) -> int: ...
    @overload
    def day(self, seconds: Ints) -> Ints: ...
    def day(self, seconds: int | Ints) -> int | Ints:
        """Index of the day in which ``seconds`` lies; midnight begins the new day."""
        return seconds // DAY

    def date(self, day: int) -> dt.date:
        """Date of a day index."""
        return self.first_day + dt.timedelta(days=int(day))

    @overload
    def weekday(self, day: int) -> int: ...
    @overload
    def weekday(self, day: Ints) -> Ints: ...
    def weekday(self, day: int | Ints) -> int | Ints:
        """Day of the week of a day index, Monday 0 to Sunday 6."""
        return (self.first_day.weekday() + day) % 7
