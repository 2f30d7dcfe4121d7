"""What the kernels need to know of a case, and of the terms of a promise, as numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from simsvc.case.arrays import Bools, Case, Ints
from simsvc.case.reach import delivered_towns, served
from simsvc.clock import DAY, NEVER, Calendar, Epoch, HolidayBook
from simsvc.measures.bins import width
from simsvc.measures.counts import month_count
from simsvc.measures.course import anytime
from simsvc.measures.ladder import zone_of
from simsvc.measures.once import per_case
from simsvc.measures.questions import questions
from simsvc.measures.repairs import thresholds
from simsvc.measures.tickets import desk_open
from simsvc.scenario.promises import SimPart

NO_LIMIT, SECONDS, DAYS, WORKING_DAYS = range(4)
REPORTED, REMOTE_FAILED, ARRIVED = range(3)
REACHED, SET_OUT, ARRANGED = range(3)
_STARTS = ("reported", "remote_failed", "arrived")
_STOPS = ("reached", "set-out", "arranged")
_MARGIN = 60
"""Days after the end of a run for which working days are told, besides the longest limit in days."""


class Ground(NamedTuple):
    """A case for kernels.

    ``spells``: starts, ends and open seconds before, int64 (3, spells), of all calendars one after the other, each
    closed by a spell that never begins; ``by_day``: first spell of each calendar that ends after the start of each
    day. ``office``, ``desk``: calendars. ``worked``: working days; ``worked_before``: how many lie before each day.
    ``delivered`` (towns,), ``served`` (towns, classes of jobs), as in ``case.reach``; ``threshold``: of each product's
    loaner pool, seconds, -1 without; ``zone`` of each town, the last one for none. ``start``, ``end``: counted window.
    """

    spells: Ints
    by_day: Ints
    office: int
    desk: int
    worked: Ints
    worked_before: Ints
    delivered: Bools
    served: Bools
    first_planned: int
    first_goods: int
    threshold: Ints
    anytime: Bools
    areas: int
    zone: Ints
    start: int
    end: int
    horizon: int
    months: int


class Terms(NamedTuple):
    """The terms of a promise for kernels.

    ``by``: kind of the limit; ``limit`` in seconds or ``days``; ``step``: width of the bins of the time needed, in
    seconds or days. ``hours``: calendar of the clock, -1 for none. ``start``: REPORTED …; ``stop``: REACHED ….
    ``taken_up``: calendar of the hours in which faults are taken up.
    """

    by: int
    limit: float
    days: int
    strict: bool
    step: int
    hours: int
    start: int
    stop: int
    taken_up: int
    cut_off: bool
    stand_in: bool


@per_case
def ground(case: Case) -> Ground:
    """A case as the kernels see it."""
    model, staffing, horizon = case.model, case.staffing, case.span.horizon
    spells, by_day = _hours([*case.calendars.values(), desk_open(case)])
    days = horizon // DAY + _MARGIN
    longest = max((asked.part.days or 0 for asked in questions(case).sims), default=0)
    worked = _working_days(case.epoch, case.book, days + 2 * longest + _MARGIN)
    return Ground(
        spells=spells,
        by_day=by_day,
        office=list(case.calendars).index(model.staff.calendar),
        desk=len(case.calendars),
        worked=worked,
        worked_before=np.searchsorted(worked, np.arange(days + 1)),
        delivered=np.ascontiguousarray(delivered_towns(case)),
        served=np.ascontiguousarray(served(case)),
        first_planned=staffing.first_planned,
        first_goods=staffing.first_goods,
        threshold=thresholds(case),
        anytime=anytime(case),
        areas=len(case.places.areas),
        zone=zone_of(case, np.arange(case.places.towns + 1)),
        start=case.span.start,
        end=case.span.end,
        horizon=horizon,
        months=month_count(case),
    )


def terms(case: Case, part: SimPart) -> Terms:
    """Terms of a part under one reading."""
    calendars = list(case.calendars)
    by = NO_LIMIT
    if part.limit is not None:
        by = SECONDS
    elif part.days is not None:
        by = WORKING_DAYS if part.day_kind == "working" else DAYS
    hours = part.clock_hours or part.population.reported_in or case.model.staff.calendar
    return Terms(
        by=by,
        limit=float(part.limit or 0.0),
        days=part.days or 0,
        strict=part.strict,
        step=width(part.limit) if part.limit is not None else 1,
        hours=calendars.index(part.clock_hours) if part.clock_hours and part.limit is not None else -1,
        start=_STARTS.index(part.clock_start),
        stop=_STOPS.index(part.clock_stop),
        taken_up=calendars.index(hours),
        cut_off=part.cut_off,
        stand_in=part.stand_in,
    )


@per_case
def every_terms(case: Case) -> tuple[Terms, ...]:
    """Terms of every part judged from logs, in the order of ``questions``."""
    return tuple(terms(case, asked.part) for asked in questions(case).sims)


def _hours(calendars: list[Calendar]) -> tuple[Ints, Ints]:
    days = max((int(c.ends[-1]) // DAY for c in calendars if len(c.ends)), default=0) + 2
    spells, rows, first = [], [], 0
    for calendar in calendars:
        before = np.append(0, np.cumsum(calendar.ends - calendar.starts))
        spells.append(np.stack((np.append(calendar.starts, NEVER), np.append(calendar.ends, NEVER), before)))
        rows.append(first + np.searchsorted(calendar.ends, np.arange(days) * DAY, "right"))
        first += len(before)
    return np.ascontiguousarray(np.concatenate(spells, axis=1)), np.stack(rows)


@lru_cache(maxsize=64)
def _working_days(epoch: Epoch, book: HolidayBook, until: int) -> Ints:
    return np.array([day for day in range(until) if book.is_working_day(epoch.date(day))], np.int64)
