"""Calendars as minutes of a week: the narrowest entry of a day counts, as in the clock."""

from __future__ import annotations

from simsvc.promise.lint.week import longest_day, union, week, weekly_hours
from simsvc.scenario.places import Calendar


def _calendar(holidays: str = "as-week", **week_: list[str]) -> Calendar:
    return Calendar.model_validate({"week": {k.replace("_", "-"): v for k, v in week_.items()}, "holidays": holidays})


def test_hours_of_a_week() -> None:
    office = week(_calendar(mon_fri=["08:00-18:00"]))
    assert weekly_hours(office) == 50
    assert longest_day(office) == 10
    assert weekly_hours(week(None)) == 168


def test_a_single_day_overrides_a_range() -> None:
    short_friday = week(_calendar(fri=["08:00-12:00"], mon_fri=["08:00-18:00"]))
    assert weekly_hours(short_friday) == 44


def test_holidays_are_closed_or_run_as_the_week() -> None:
    assert not week(_calendar("closed", mon_fri=["08:00-18:00"]))[7].any()
    assert week(_calendar("as-week", mon_fri=["08:00-18:00"]))[7].sum() == 600


def test_shifts_together() -> None:
    day, night = _calendar(mon_sun=["08:00-18:00"]), _calendar(mon_sun=["00:00-08:00", "18:00-24:00"])
    assert union([day, night]).all()
