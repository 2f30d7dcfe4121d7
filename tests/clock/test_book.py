"""Chinese holidays and make-up days against an independent package and against dates known by hand."""

from __future__ import annotations

import datetime as dt

import chinese_calendar
import pytest

from simsvc.clock import HolidayBook

BOOK = HolidayBook("CN")


def february(year: int, test: str) -> list[int]:
    return [d for d in range(1, 29) if getattr(BOOK, test)(dt.date(year, 2, d))]


def test_spring_festival_2018_by_hand() -> None:
    assert february(2018, "is_holiday") == [15, 16, 17, 18, 19, 20, 21]
    assert february(2018, "is_make_up") == [11, 24]


def test_spring_festival_2019_by_hand() -> None:
    assert february(2019, "is_holiday") == [4, 5, 6, 7, 8, 9, 10]
    assert february(2019, "is_make_up") == [2, 3]


@pytest.mark.parametrize("year", range(2010, 2027))
def test_working_days_agree_with_the_oracle(year: int) -> None:
    days = [dt.date(year, 1, 1) + dt.timedelta(d) for d in range(365)]
    assert [d for d in days if BOOK.is_working_day(d) != chinese_calendar.is_workday(d)] == []
    assert not BOOK.projected(year)


@pytest.mark.parametrize("year", range(2010, 2027))
def test_holidays_agree_with_the_oracle_but_for_joined_weekends(year: int) -> None:
    """The oracle leaves out weekends that join a one-day holiday without exchange; they are free days all the same."""
    for day in (dt.date(year, 1, 1) + dt.timedelta(d) for d in range(365)):
        off, name = chinese_calendar.get_holiday_detail(day)
        if BOOK.is_holiday(day) != (off and name is not None):
            assert off
            assert day.weekday() >= 5
            assert BOOK.is_holiday(day)
            assert BOOK.is_holiday(day + dt.timedelta(1)) or BOOK.is_holiday(day - dt.timedelta(1))


def test_no_day_is_both_holiday_and_worked() -> None:
    for day in (dt.date(2018, 1, 1) + dt.timedelta(d) for d in range(730)):
        assert not (BOOK.is_holiday(day) and BOOK.is_working_day(day))


def test_years_not_yet_announced_are_projected() -> None:
    assert BOOK.projected(2040)
    assert BOOK.is_holiday(dt.date(2040, 10, 1)), "statutory days still count"
    assert not BOOK.projected(2018)


def test_no_country_has_no_holidays() -> None:
    none = HolidayBook("none")
    assert not none.projected(2040)
    week = [dt.date(2018, 10, 1) + dt.timedelta(d) for d in range(7)]
    assert [none.is_working_day(d) for d in week] == [True] * 5 + [False] * 2
    assert not any(none.is_holiday(d) or none.is_make_up(d) for d in week)
