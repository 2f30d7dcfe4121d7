"""The clock of a promise: how long a case took, by how much it missed, how a wait splits into its causes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simsvc.case.arrays import Bools, Case, Ints
from simsvc.clock import Calendar, days_needed, deadline
from simsvc.scenario.promises import SimPart


@dataclass(frozen=True)
class PromiseClock:
    """Counts the open seconds of ``calendar``; all seconds when there is none."""

    calendar: Calendar | None

    @classmethod
    def of(cls, case: Case, part: SimPart) -> PromiseClock:
        """Clock of a part under one reading; limits in days run round the clock."""
        named = part.clock_hours is not None and part.limit is not None
        return cls(case.calendars[part.clock_hours] if named and part.clock_hours else None)

    def seconds(self, since: Ints, until: Ints) -> Ints:
        """Time on the clock between two moments, arrays of equal shape."""
        return until - since if self.calendar is None else self.calendar.open_seconds(since, until)

    def split(self, since: Ints, until: Ints, first: Ints) -> tuple[Ints, Ints]:
        """Time on the clock of a spell, as (first cause, second cause).

        ``first``: seconds of the spell due to the first cause, round the clock; the rest is due to the second. Where
        the clock stands still for part of the spell, that part is taken off the first cause, then off the second (the
        first cause is the one that belongs to closed hours: nobody on duty, mobilisation).
        """
        spell, on_clock = until - since, self.seconds(since, until)
        first = np.maximum(np.clip(first, 0, spell) - (spell - on_clock), 0)
        return first, on_clock - first


@dataclass(frozen=True)
class Wait:
    """How long each case took, arrays of shape (cases,).

    ``elapsed``: seconds on the promise's clock; ``excess``: seconds less that would just have met the limit, 0 or less
    where it was kept; ``days``: limit in days that would just have been kept, empty where the limit is none in days.
    """

    elapsed: Ints
    excess: Ints
    days: Ints

    def __getitem__(self, rows: Ints | Bools) -> Wait:
        """The waits of some of the cases."""
        return Wait(self.elapsed[rows], self.excess[rows], self.days[rows] if self.days.size else self.days)


NO_DAYS: Ints = np.zeros(0, np.int64)


def wait(case: Case, part: SimPart, clock: PromiseClock, start: Ints, end: Ints) -> Wait:
    """The wait from ``start`` to ``end`` against the part's limit.

    Without any limit nothing can be missed by time. A limit in days is kept up to midnight of its last day.
    """
    elapsed, days = clock.seconds(start, end), NO_DAYS
    if part.limit is not None:
        past = elapsed - part.limit
        excess = np.asarray(np.floor(past) + 1 if part.strict else np.ceil(past)).astype(np.int64)
    elif part.days is not None:
        late = end + int(part.strict)
        excess = late - deadline(start, part.days, part.day_kind, case.epoch, case.book)
        days = days_needed(start, late, part.day_kind, case.epoch, case.book)
    else:
        excess = np.zeros(len(start), np.int64)
    return Wait(elapsed, excess, days)


def spell_end(calendar: Calendar, moment: Ints) -> Ints:
    """End of the open spell around each moment (all moments open)."""
    return calendar.ends[np.searchsorted(calendar.starts, moment, "right") - 1]


def phases(start: Ints, end: Ints, *moments: Ints) -> list[Ints]:
    """Cut points of ``[start, end]``: start, each of ``moments`` in order, end.

    A moment that is missing (-1) lies at the next one known, so that the phase before it is the one still going on.
    """
    cuts = [end]
    for moment in reversed(moments):
        later = cuts[-1]
        cuts.append(np.clip(np.where(moment < 0, later, moment), start, later))
    return [start, *reversed(cuts)]
