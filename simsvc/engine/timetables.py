"""Timetables that follow from the case alone, for both engines: changes of shifts, departures of vans and couriers.

Cases share their calendars where these are alike, so a timetable is worked out once for all that have it.
"""

from __future__ import annotations

from functools import lru_cache

from simsvc.case import Case
from simsvc.clock import DAY, Calendar
from simsvc.scenario.staff import Pool

Change = tuple[int, int, int]
"""Time, shift, agents."""


def shift_changes(case: Case, spec: Pool) -> tuple[Change, ...]:
    """Moments at which another shift (the first that is open; -1 none) begins to count."""
    found = _shifts(tuple(case.calendars[s.calendar] for s in spec.shifts), case.span.horizon)
    return tuple((t, shift, spec.shifts[shift].agents if shift >= 0 else 0) for t, shift in found)


@lru_cache(maxsize=64)
def _shifts(calendars: tuple[Calendar, ...], horizon: int) -> tuple[tuple[int, int], ...]:
    moments = sorted({0, *(t for c in calendars for t in (*c.starts.tolist(), *c.ends.tolist()))})
    found: list[tuple[int, int]] = []
    for t in moments:
        shift = next((k for k, c in enumerate(calendars) if c.is_open(t)), -1)
        if t < horizon and (not found or found[-1][1] != shift):
            found.append((t, shift))
    return tuple(found)


def departures(case: Case, calendar: str, times: list[int]) -> tuple[int, ...]:
    """The given times of every day on which the calendar is open at all."""
    return _departures(case.calendars[calendar], case.span.horizon, tuple(sorted(times)))


@lru_cache(maxsize=64)
def _departures(hours: Calendar, horizon: int, times: tuple[int, ...]) -> tuple[int, ...]:
    days = range(-(-horizon // DAY))
    open_days = [d for d in days if hours.open_seconds(d * DAY, (d + 1) * DAY) > 0]
    return tuple(d * DAY + t for d in open_days for t in times if d * DAY + t < horizon)
