"""The clock of a promise: time between two moments, what exceeds the limit, how a wait splits into its causes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simsvc.case.arrays import Case, Ints
from simsvc.clock import Calendar, deadline
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


def excess(case: Case, part: SimPart, clock: PromiseClock, start: Ints, end: Ints) -> Ints:
    """Seconds by which ``end`` misses the limit: taking away so many would just have met it; 0 or less is kept.

    Without any limit nothing can be missed by time. A limit in days is kept up to midnight of its last day.
    """
    if part.limit is not None:
        past = clock.seconds(start, end) - part.limit
        return np.asarray(np.floor(past) + 1 if part.strict else np.ceil(past)).astype(np.int64)
    if part.days is not None:
        over = end - deadline(start, part.days, part.day_kind, case.epoch, case.book)
        return over + int(part.strict)
    return np.zeros(len(start), np.int64)


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
