"""Which dates are holidays, make-up working days, working days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

_SATURDAY = 5
_ONE = dt.timedelta(days=1)


@dataclass(frozen=True)
class _Year:
    """The dates of one year that differ from the plain week."""

    off: frozenset[dt.date]
    make_up: frozenset[dt.date]


@dataclass(frozen=True)
class HolidayBook:
    """Holidays of a country by date.

    Parameters
    ----------
    country : str
        ``"CN"``: statutory holidays of mainland China with the exchanges (make-up working days) announced each year by
        the State Council, from the ``holidays`` package. ``"none"``: Monday to Friday are worked, and no day differs.
    """

    country: Literal["CN", "none"]

    def is_holiday(self, date: dt.date) -> bool:
        """Is ``date`` part of a holiday: statutory day, day off in exchange, or a weekend day joined to one?"""
        return date in _year(self.country, date.year).off

    def is_make_up(self, date: dt.date) -> bool:
        """Is ``date`` a weekend day worked in exchange for a day off?"""
        return date in _year(self.country, date.year).make_up

    def is_working_day(self, date: dt.date) -> bool:
        """Is ``date`` worked: a weekday that is no holiday, or a make-up day?"""
        return self.is_make_up(date) if date.weekday() >= _SATURDAY else not self.is_holiday(date)

    def projected(self, year: int) -> bool:
        """Are the make-up days of ``year`` unknown, so that only its statutory holidays count?"""
        return self.country != "none" and not _year(self.country, year).make_up


@lru_cache(maxsize=256)
def _year(country: str, year: int) -> _Year:
    """Special dates of one year (read once: the package is slow to import and to fill)."""
    if country == "none":
        return _Year(frozenset(), frozenset())
    import holidays

    # Breaks cross the turn of the year, and so do their exchanges.
    listed = holidays.country_holidays(country, years=(year - 1, year, year + 1))
    make_up = frozenset(listed.weekend_workdays)
    days = set(listed) - make_up
    off = {joined for day in sorted(days) for joined in _break(day, make_up)}
    return _Year(frozenset(d for d in off if d.year == year), frozenset(d for d in make_up if d.year == year))


def _break(day: dt.date, make_up: frozenset[dt.date]) -> Iterator[dt.date]:
    """A holiday and the free weekend days that touch it."""
    yield day
    for step in (-_ONE, _ONE):
        near = day + step
        while near.weekday() >= _SATURDAY and near not in make_up:
            yield near
            near += step
