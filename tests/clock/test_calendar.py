"""Duty calendars: hand-worked weeks over Spring Festival, and the laws of the open-time clock."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simsvc.clock import DAY, NEVER, Calendar, Epoch, HolidayBook

H = 3600
EPOCH = Epoch(dt.date(2018, 2, 1))  # a Thursday
BOOK = HolidayBook("CN")
OFFICE = Calendar.from_spec({"mon-fri": [(8 * H, 18 * H)]}, "closed", "open", EPOCH, 60, BOOK)


def at(day: int, hour: float = 0, month: int = 2) -> int:
    """Seconds of an hour of a day in 2018."""
    return EPOCH.second(dt.datetime(2018, month, day)) + round(hour * H)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    cuts = draw(st.lists(st.integers(0, 300), max_size=12, unique=True).map(sorted))
    return Calendar.from_intervals(list(zip(cuts[::2], cuts[1::2], strict=False)))


def test_office_days_around_spring_festival_2018() -> None:
    open_days = [d for d in range(1, 29) if OFFICE.is_open(at(d, 12))]
    # Sundays 4, 18, 25 and Saturdays 3, 10, 17 are free; 11 (Sunday) and 24 (Saturday) are worked; 15 to 21 are off.
    assert open_days == [1, 2, 5, 6, 7, 8, 9, 11, 12, 13, 14, 22, 23, 24, 26, 27, 28]


def test_opens_at_its_start_and_closes_at_its_end() -> None:
    assert [OFFICE.is_open(at(1, 8) + s) for s in (-1, 0)] == [False, True]
    assert [OFFICE.is_open(at(1, 18) + s) for s in (-1, 0)] == [True, False]


def test_next_open_jumps_the_holiday() -> None:
    assert OFFICE.next_open(at(14, 17)) == at(14, 17)
    assert OFFICE.next_open(at(14, 18)) == at(22, 8)
    assert OFFICE.next_open(at(10, 3)) == at(11, 8)
    assert OFFICE.next_open(at(1, 0)) == at(1, 8)
    assert OFFICE.next_open(60 * DAY) == NEVER


def test_open_time_over_the_holiday() -> None:
    # Wednesday 14th from 16:00 two hours, Thursday 22nd until 09:30 one and a half.
    assert OFFICE.open_seconds(at(14, 16), at(22, 9.5)) == 3.5 * H
    assert OFFICE.open_seconds(at(15), at(22)) == 0
    # Week of the make-up Sunday: 9th (Fri), 11th to 14th.
    assert OFFICE.open_seconds(at(9), at(16)) == 5 * 10 * H
    assert OFFICE.open_seconds(at(16), at(9)) == -5 * 10 * H


def test_a_limit_in_open_time() -> None:
    assert OFFICE.add(at(14, 17), 2 * H) == at(22, 9)
    assert OFFICE.add(at(14, 17), 1 * H) == at(14, 18), "a limit that ends with the day ends there"
    assert OFFICE.add(at(14, 20), 0) == at(14, 20)
    assert OFFICE.add(at(14, 20), 1) == at(22, 8) + 1
    assert OFFICE.add(at(1), 10_000 * H) == NEVER


def test_working_time_over_spring_festival_2019() -> None:
    epoch = Epoch(dt.date(2019, 1, 28))  # Monday; 2 and 3 February are worked, 4 to 10 off
    office = Calendar.from_spec({"mon-fri": [(9 * H, 12 * H), (14 * H, 17 * H)]}, "closed", "open", epoch, 21, BOOK)
    assert [d for d in range(21) if office.is_open(d * DAY + 10 * H)] == [0, 1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18]
    assert not office.is_open(13 * H), "lunch"
    friday_noon = epoch.second(dt.datetime(2019, 2, 1, 12))
    assert epoch.moment(office.add(friday_noon, 3 * H + 12 * H + 1 * H)) == dt.datetime(2019, 2, 11, 10)


def test_holidays_as_week_and_make_up_as_week() -> None:
    plain = Calendar.from_spec({"mon-fri": [(8 * H, 18 * H)]}, "as-week", "as-week", EPOCH, 28, BOOK)
    assert plain.is_open(at(16, 12))
    assert not plain.is_open(at(11, 12))


def test_weekend_hours_give_way_to_mondays_on_a_make_up_day() -> None:
    week = {"mon-fri": [(8 * H, 18 * H)], "sat-sun": [(10 * H, 12 * H)]}
    calendar = Calendar.from_spec(week, "closed", "open", EPOCH, 28, BOOK)
    assert calendar.open_seconds(at(11), at(12)) == 10 * H
    assert calendar.open_seconds(at(4), at(5)) == 2 * H
    assert calendar.open_seconds(at(17), at(18)) == 0, "Saturday inside the holiday"


@pytest.mark.parametrize("turned", [False, True])
def test_the_narrowest_entry_counts_whatever_the_order(turned: bool) -> None:
    entries = [("mon-sun", [(0, DAY)]), ("mon-fri", [(8 * H, 18 * H)]), ("wed", []), ("sat-sun", [(0, H)])]
    week = dict(reversed(entries) if turned else entries)
    calendar = Calendar.from_spec(week, "as-week", "as-week", Epoch(dt.date(2018, 3, 5)), 7, HolidayBook("none"))
    assert [calendar.open_seconds(d * DAY, (d + 1) * DAY) // H for d in range(7)] == [10, 10, 0, 10, 10, 1, 1]


def test_a_night_in_two_spans_is_one_interval_over_midnight() -> None:
    night = Calendar.from_spec(
        {"mon-sun": [(0, 6 * H), (22 * H, DAY)]}, "as-week", "as-week", EPOCH, 3, HolidayBook("none")
    )
    assert night.starts.tolist() == [0, 22 * H, DAY + 22 * H, 2 * DAY + 22 * H]
    assert night.ends.tolist() == [6 * H, DAY + 6 * H, 2 * DAY + 6 * H, 3 * DAY]
    assert night.add(23 * H, 2 * H) == DAY + H


def test_always_and_never_open() -> None:
    always, closed = Calendar.always(2), Calendar.from_intervals([])
    assert (always.is_open(0), always.is_open(2 * DAY), always.next_open(2 * DAY)) == (True, False, NEVER)
    assert always.add(5, 100) == 105
    assert (closed.is_open(0), closed.open_seconds(0, 9)) == (False, 0)
    assert (closed.next_open(0), closed.add(3, 1)) == (NEVER, NEVER)
    assert closed.next_open(np.array([0])).tolist() == [NEVER]


def test_intervals_are_merged_and_frozen() -> None:
    calendar = Calendar.from_intervals([(5, 7), (1, 3), (3, 4), (2, 2), (6, 9)])
    assert (calendar.starts.tolist(), calendar.ends.tolist()) == ([1, 5], [4, 9])
    with pytest.raises(ValueError, match="read-only"):
        calendar.starts[0] = 0


@given(calendars(), st.integers(-5, 305), st.integers(0, 300))
def test_add_is_the_inverse_of_open_seconds(calendar: Calendar, t: int, open_s: int) -> None:
    moment = calendar.add(t, open_s)
    if moment == NEVER:
        assert calendar.open_seconds(t, 400) < open_s
    else:
        assert calendar.open_seconds(t, moment) == open_s
        assert open_s == 0 or calendar.open_seconds(t, moment - 1) == open_s - 1, "no earlier moment would do"


@given(calendars(), st.integers(-5, 305), st.integers(0, 310))
def test_adding_the_open_time_between_comes_back_to_an_open_moment(calendar: Calendar, t: int, later: int) -> None:
    back = calendar.add(t, calendar.open_seconds(t, t + later))
    assert back <= t + later
    assert calendar.open_seconds(back, t + later) == 0


@given(calendars(), st.integers(-5, 305))
def test_next_open_is_the_first_open_second(calendar: Calendar, t: int) -> None:
    assert calendar.next_open(t) == next((u for u in range(t, 400) if calendar.is_open(u)), NEVER)


@given(calendars(), st.integers(-5, 305), st.integers(-5, 305))
def test_open_time_counts_the_open_seconds(calendar: Calendar, a: int, b: int) -> None:
    low, high = sorted((a, b))
    assert calendar.open_seconds(low, high) == sum(calendar.is_open(u) for u in range(low, high))


@given(calendars(), st.lists(st.integers(-5, 400), max_size=20), st.integers(0, 80))
def test_arrays_agree_with_scalars(calendar: Calendar, moments: list[int], open_s: int) -> None:
    t = np.array(moments, np.int64)
    assert calendar.is_open(t).tolist() == [calendar.is_open(u) for u in moments]
    assert calendar.next_open(t).tolist() == [calendar.next_open(u) for u in moments]
    assert calendar.open_seconds(t, t + 30).tolist() == [calendar.open_seconds(u, u + 30) for u in moments]
    assert calendar.open_seconds(0, t).tolist() == [calendar.open_seconds(0, u) for u in moments]
    assert calendar.add(t, open_s).tolist() == [calendar.add(u, open_s) for u in moments]
    assert calendar.add(0, np.abs(t)).tolist() == [calendar.add(0, abs(u)) for u in moments]
