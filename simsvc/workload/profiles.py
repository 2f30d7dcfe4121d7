"""When demand comes: rate factors by hour of the run, from profiles by hour of week and month."""

from __future__ import annotations

import calendar
import datetime as dt

import numpy as np

from simsvc.case import Case
from simsvc.clock import DAY
from simsvc.scenario.places import Profile
from simsvc.workload.tables import Floats

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
    week = week_factors(profile)
    out = np.empty((days, PER_DAY))
    for day in range(days):
        date = case.epoch.date(day)
        out[day] = week[_weekday(case, profile, date)] * month_factors(profile.months, date.year)[date.month - 1]
    return out.ravel()


def month_rate(case: Case, months: list[float]) -> Floats:
    """Factor by half hour of the run from month weights alone."""
    return factors(case, Profile(months=months))


def _weekday(case: Case, profile: Profile, date: dt.date) -> int:
    if profile.holidays_as != "same":
        if case.book.is_holiday(date):
            return DAYS.index(profile.holidays_as)
        if case.book.is_make_up(date):
            return 0
    return date.weekday()
