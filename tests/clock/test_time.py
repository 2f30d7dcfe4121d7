"""Epoch, deadlines in days, travel bands: hand-worked over Spring Festival 2018 and 2019."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simsvc.clock import (
    DAY,
    HOLIDAY,
    NIGHT,
    OFF_PEAK,
    PEAK,
    WEEKEND,
    Bands,
    Epoch,
    HolidayBook,
    bands,
    days_needed,
    deadline,
)
from simsvc.scenario.places import BANDS

H = 3600
BOOK = HolidayBook("CN")
EPOCH = Epoch(dt.date(2018, 2, 1))


def ends(moment: dt.datetime, days: int, kind: str = "working") -> dt.date:
    """Last day of a deadline (its end is the midnight that follows)."""
    epoch = Epoch(dt.date(moment.year, 1, 1))
    end = epoch.moment(deadline(epoch.second(moment), days, kind, epoch, BOOK))  # type: ignore[call-overload]
    assert end.time() == dt.time()
    return end.date() - dt.timedelta(1)


@given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2040, 1, 1)))
def test_seconds_and_moments_are_inverse(moment: dt.datetime) -> None:
    whole = moment.replace(microsecond=0)
    second = EPOCH.second(moment)
    assert EPOCH.moment(second) == whole
    assert EPOCH.moments(np.array([second])).tolist() == [whole]
    assert EPOCH.date(EPOCH.day(second)) == whole.date()
    assert EPOCH.weekday(EPOCH.day(second)) == whole.weekday()


def test_days_of_arrays() -> None:
    t = np.array([-1, 0, DAY - 1, DAY])
    assert EPOCH.day(t).tolist() == [-1, 0, 0, 1]
    assert EPOCH.weekday(EPOCH.day(t)).tolist() == [2, 3, 3, 4]
    assert EPOCH.moments(t).dtype == "datetime64[s]"


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (dt.datetime(2018, 2, 14, 17), 0, dt.date(2018, 2, 14)),
        (dt.datetime(2018, 2, 14, 17), 1, dt.date(2018, 2, 22)),
        (dt.datetime(2018, 2, 9, 17), 1, dt.date(2018, 2, 11)),  # the make-up Sunday
        (dt.datetime(2018, 2, 9, 17), 5, dt.date(2018, 2, 22)),
        (dt.datetime(2018, 2, 17, 9), 0, dt.date(2018, 2, 22)),  # reported in the holiday
        (dt.datetime(2018, 2, 17, 9), 2, dt.date(2018, 2, 24)),  # the make-up Saturday
        (dt.datetime(2018, 2, 23, 23, 59), 2, dt.date(2018, 2, 26)),
        (dt.datetime(2019, 2, 1, 12), 2, dt.date(2019, 2, 3)),
        (dt.datetime(2019, 2, 1, 12), 3, dt.date(2019, 2, 11)),
        (dt.datetime(2019, 2, 10), 15, dt.date(2019, 3, 4)),
    ],
)
def test_working_day_deadlines_by_hand(start: dt.datetime, days: int, end: dt.date) -> None:
    assert ends(start, days) == end


def test_calendar_day_deadlines() -> None:
    assert ends(dt.datetime(2018, 2, 14, 23, 59, 59), 0, "calendar") == dt.date(2018, 2, 14)
    assert ends(dt.datetime(2018, 2, 14), 15, "calendar") == dt.date(2018, 3, 1)


@given(st.lists(st.integers(-5 * DAY, 400 * DAY), max_size=15), st.integers(0, 60))
def test_deadlines_of_arrays_agree_with_scalars_and_count_working_days(moments: list[int], days: int) -> None:
    found = deadline(np.array(moments, np.int64), days, "working", EPOCH, BOOK)
    assert found.tolist() == [deadline(t, days, "working", EPOCH, BOOK) for t in moments]
    for t, end in zip(moments[:3], found.tolist(), strict=False):
        worked = [d for d in range(t // DAY, end // DAY) if BOOK.is_working_day(EPOCH.date(d))]
        assert len(worked) == days + 1
        assert worked[-1] == end // DAY - 1


@pytest.mark.parametrize(
    ("start", "end", "calendar", "working"),
    [
        (dt.datetime(2018, 2, 14, 17), dt.datetime(2018, 2, 14, 18), 0, 0),
        (dt.datetime(2018, 2, 14, 17), dt.datetime(2018, 2, 15), 0, 0),  # the last moment of the day
        (dt.datetime(2018, 2, 14, 17), dt.datetime(2018, 2, 15, 0, 0, 1), 1, 1),
        (dt.datetime(2018, 2, 14, 17), dt.datetime(2018, 2, 22, 9), 8, 1),  # the holiday between them
        (dt.datetime(2018, 2, 17, 9), dt.datetime(2018, 2, 18, 9), 1, 0),  # both in the holiday
        (dt.datetime(2018, 2, 17, 9), dt.datetime(2018, 2, 23, 9), 6, 1),
    ],
)
def test_days_needed_by_hand(start: dt.datetime, end: dt.datetime, calendar: int, working: int) -> None:
    moments = [np.array([EPOCH.second(moment)]) for moment in (start, end)]
    assert days_needed(*moments, "calendar", EPOCH, BOOK).tolist() == [calendar]
    assert days_needed(*moments, "working", EPOCH, BOOK).tolist() == [working]


@given(
    st.lists(st.tuples(st.integers(0, 400 * DAY), st.integers(0, 40 * DAY)), max_size=10),
    st.sampled_from(["calendar", "working"]),
)
def test_the_days_needed_are_the_fewest_that_suffice(spells: list[tuple[int, int]], kind: str) -> None:
    start = np.array([since for since, _ in spells], np.int64)
    end = start + np.array([length for _, length in spells], np.int64)
    for t, until, days in zip(start, end, days_needed(start, end, kind, EPOCH, BOOK), strict=True):  # type: ignore[arg-type]
        limits = [deadline(int(t), int(n), kind, EPOCH, BOOK) for n in (days, days - 1) if n >= 0]  # type: ignore[call-overload]
        assert until <= limits[0]
        assert days == 0 or until > limits[1]


def make_bands() -> Bands:
    peak, night = [(7 * H, 9 * H), (17 * H, 23 * H)], [(0, 6 * H), (22 * H, DAY)]
    return bands(EPOCH, 60, BOOK, peak, night)


def test_band_codes_follow_the_scenario_language() -> None:
    assert [BANDS[code] for code in (PEAK, OFF_PEAK, NIGHT, WEEKEND, HOLIDAY)] == list(BANDS[:5])


@pytest.mark.parametrize(
    ("day", "hour", "band"),
    [
        (1, 7, PEAK),
        (1, 9, OFF_PEAK),
        (1, 22, NIGHT),  # night before peak
        (3, 8, WEEKEND),
        (3, 5, NIGHT),
        (11, 8, PEAK),  # make-up Sunday
        (16, 8, HOLIDAY),
        (17, 8, HOLIDAY),  # Saturday inside the holiday
        (16, 23, NIGHT),
        (24, 10, OFF_PEAK),  # make-up Saturday
        (25, 10, WEEKEND),
    ],
)
def test_band_order(day: int, hour: int, band: int) -> None:
    assert make_bands().at(EPOCH.second(dt.datetime(2018, 2, day, hour))) == band


def test_bands_change_at_the_second_and_arrays_agree() -> None:
    found = make_bands()
    assert [found.at(7 * H - 1), found.at(7 * H)] == [OFF_PEAK, PEAK]
    t = np.arange(-DAY, 61 * DAY, 1777)
    assert found.at(t).tolist() == [found.at(int(u)) for u in t]


def test_without_hours_a_working_day_is_off_peak() -> None:
    found = bands(EPOCH, 7, HolidayBook("none"), [], [])
    assert found.starts.tolist() == [0, 2 * DAY, 4 * DAY]
    assert found.codes.tolist() == [OFF_PEAK, WEEKEND, OFF_PEAK]
