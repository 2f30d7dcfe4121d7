"""When demand comes: rate factors by hour of the run, from profiles by hour of week and month."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from simsvc.case import Case
from simsvc.clock import DAY, Epoch, HolidayBook
from simsvc.scenario.places import Profile
from simsvc.workload.arrivals import Rates
from simsvc.workload.tables import Floats, Ints

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SLICE = 1800
"""Profiles are held in half hours."""
PER_DAY = DAY // SLICE


def day_range(days: str) -> range:
    """Weekdays (0 = Monday) of ``"mon"`` or ``"mon-fri"``."""
    first, _, last = days.partition("-")
    return range(DAYS.index(first), DAYS.index(last or first) + 1)


def week_factors(profile: Profile) -> Floats:
    """Factor by weekday and half hour, shape (7, 48), mean 1 over the week."""
    factors = np.full((7, PER_DAY), profile.base)
    for row in profile.week:
        start, end = row.hours
        for day in day_range(row.days):
            factors[day, start // SLICE : -(-end // SLICE)] = row.weight
    mean = factors.mean()
    return factors / mean if mean > 0 else factors


def month_factors(months: list[float], year: int) -> Floats:
    """Factor by month, mean 1 over the days of ``year``."""
    weights = np.array(months)
    lengths = np.array([calendar.monthrange(year, m)[1] for m in range(1, 13)])
    mean = (weights * lengths).sum() / lengths.sum()
    return weights / mean if mean > 0 else weights


def factors(case: Case, profile: Profile | None) -> Floats:
    """Rate factor by half hour of the run until the horizon; 1 throughout without a profile."""
    days = -(-case.span.horizon // DAY)
    if profile is None:
        return np.ones(days * PER_DAY)
    year, month, _ = _dates(case.epoch, days)
    first = int(year[0])
    by_month = np.array([month_factors(profile.months, y) for y in range(first, int(year[-1]) + 1)])
    weekday = _weekdays(case.epoch, days, case.book, profile.holidays_as)
    out: Floats = week_factors(profile)[weekday] * by_month[year - first, month - 1][:, None]
    return out.ravel()


def month_rate(case: Case, months: list[float]) -> Floats:
    """Factor by half hour of the run from month weights alone."""
    return factors(case, Profile(months=months))


def rates(case: Case, keys: Sequence[int], scale: Sequence[float], profiles: Sequence[str | None]) -> Rates:
    """Rates of processes that follow profiles: ``scale`` events a year on average."""
    names = list(dict.fromkeys(profiles))
    held = [factors(case, case.model.profiles[name] if name is not None else None) for name in names]
    return Rates(
        keys=np.array(keys, np.uint64),
        scale=np.array(scale, np.float64),
        shape=np.array([names.index(name) for name in profiles], np.int64),
        factors=np.array(held).reshape(len(held), -(-case.span.horizon // DAY) * PER_DAY),
        step=SLICE,
        horizon=case.span.horizon,
        first_day=case.epoch.first_day.toordinal(),
    )


@lru_cache(maxsize=32)
def _dates(epoch: Epoch, days: int) -> tuple[Ints, Ints, Ints]:
    """Year, month and weekday of each day of the run."""
    dates = [epoch.date(day) for day in range(days)]
    year, month, weekday = np.array([(d.year, d.month, d.weekday()) for d in dates], np.int64).T
    return year, month, weekday


@lru_cache(maxsize=32)
def _weekdays(epoch: Epoch, days: int, book: HolidayBook, holidays_as: str) -> Ints:
    """Weekday as which each day of the run counts: holidays as another, make-up days as a Monday."""
    weekday = _dates(epoch, days)[2].copy()
    if holidays_as != "same":
        for day in range(days):
            date = epoch.date(day)
            if book.is_holiday(date):
                weekday[day] = DAYS.index(holidays_as)
            elif book.is_make_up(date):
                weekday[day] = 0
    return weekday
