"""Repairs and stand-ins: what counts, when it ends, and what cost the time, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simsvc.measures import REASONS, cases_of
from simsvc.measures.clock import PromiseClock
from simsvc.measures.course import course_delays

PART_MISSING, DONE, NOT_FIXED, SENT_AWAY, TOO_HARD = range(5)
LOST = {
    "status": 4,
    "abandoned": 0,
    "answered": -1,
    "ready": -1,
    "assigned": -1,
    "departed": -1,
    "arrived": -1,
    "fixed": -1,
}
SOLVED = {"status": 1, "ready": -1, "assigned": -1, "departed": -1, "arrived": -1}
POOL = {"name": {"en": "Loaners"}, "products": ["printer"], "at": {"port": 1}, "threshold": "12 h"}
LOANERS = {"loaners": {"pool": POOL}}


def reasons(tiny, part, tickets, visits=(), **case):
    found = cases_of(tiny.case(**case), tiny.log(tickets=tickets, visits=visits), part).reason
    return ["kept" if code < 0 else REASONS[code] for code in found]


def course(tiny, tickets, visits, start=None, end=None, clock_hours=None, **case):
    """Minutes by factor of the first ticket."""
    made, log = tiny.case(**case), tiny.log(tickets=tickets, visits=visits)
    clock = PromiseClock(made.calendars[clock_hours] if clock_hours else None)
    fixed = log.tickets["fixed"][:1]
    since = log.tickets["reported"][:1] if start is None else np.array([start])
    until = np.where(fixed < 0, made.span.horizon, fixed) if end is None else np.array([end])
    seconds = course_delays(made, log, clock, np.array([0]), since, until)[0]
    return {name: int(s) // 60 for name, s in zip(REASONS, seconds, strict=False) if s}


def two_visits(tiny, outcome, gap, follow_up=None, reported=None, **more):
    """Desk 30 minutes, busy 30, set-out 15, drive 45, work 60; a gap; wait 20, set-out 10, drive 40, work 50."""
    start = tiny.at(1, "08:00") if reported is None else reported
    ticket = tiny.ticket(start, desk=30, busy=30, set_out=15, travel=45, **more)
    first = tiny.visit(0, 1, ticket["ready"], wait=30, prepare=15, travel=45, work=60, outcome=outcome)
    lengths = {"wait": 20, "prepare": 10, "travel": 40, "work": 50} | (follow_up or {})
    second = tiny.visit(0, 2, first["work_end"] + gap * 60, **lengths)
    return [ticket | {"fixed": second["work_end"]} | more], [second, first]


@pytest.mark.parametrize(
    ("outcome", "gap", "between"),
    [
        (PART_MISSING, 300, {"part": 300, "repair": 110}),
        (SENT_AWAY, 300, {"repair": 410}),
        (TOO_HARD, 300, {"repair": 410}),
        (NOT_FIXED, 300, {"repair": 410}),  # a new unit on its way
        (NOT_FIXED, 0, {"repair": 110}),
    ],
)
def test_the_course_of_a_repair_by_hand(tiny, outcome, gap, between):
    found = course(tiny, *two_visits(tiny, outcome, gap))
    assert found == {"desk": 30 + 15 + 10, "busy": 50, "too_far": 85} | between
    assert sum(found.values()) == 300 + gap


def test_closed_roads_held_the_first_trip_only(tiny):
    found = course(tiny, *two_visits(tiny, PART_MISSING, 300, held=10 * 60))
    assert (found["closed"], found["too_far"]) == (10, 75)


def test_only_the_time_asked_about_is_explained(tiny):
    """From the first arrival; until a stand-in came two hours later."""
    tickets, visits = two_visits(tiny, PART_MISSING, 300)
    arrived = tickets[0]["arrived"]
    assert course(tiny, tickets, visits, start=arrived) == {
        "repair": 110,
        "part": 300,
        "busy": 20,
        "desk": 10,
        "too_far": 40,
    }
    assert course(tiny, tickets, visits, start=arrived, end=arrived + 7200) == {"repair": 60, "part": 60}


def test_follow_ups_wait_off_duty_where_they_start_on_duty_only(tiny):
    """The part is there on Tuesday at 17:00; the follow-up begins on Wednesday at 08:20, 14 of the hours at night."""
    follow_up = {"wait": 15 * 60 + 20}
    late = two_visits(tiny, PART_MISSING, 360, follow_up)
    duty = course(tiny, *late, dispatch={"follow_ups": "duty"})
    assert (duty["off_duty"], duty["busy"]) == (14 * 60, 30 + 80)
    anytime = course(tiny, *late)
    assert (anytime.get("off_duty"), anytime["busy"]) == (None, 30 + 920)
    nobody = course(tiny, *late, staff={"calendar": "office", "out_of_hours": "off"})
    assert nobody["off_duty"] == 14 * 60


def test_whoever_serves_the_town_says_whether_follow_ups_start_at_night(tiny):
    """One station of its own rule, the other of the staff's: it counts which serves the place of the fault."""
    late = two_visits(tiny, PART_MISSING, 360, {"wait": 15 * 60 + 20})

    def off_duty(town, own, **rules):
        stations = tiny.raw()["stations"]
        stations[own] |= {"out_of_hours": "off"}
        where = {"town": tiny.case().places.ids.index(town)}
        return course(tiny, [late[0][0] | where], late[1], stations=stations, **rules).get("off_duty", 0)

    assert off_duty("farm", "port") == off_duty("hill", "hill") == 14 * 60
    assert off_duty("farm", "hill") == off_duty("hill", "port") == 0
    assert off_duty("farm", "port", dispatch={"who": "nearest"}) == 0


def test_who_follows_up_from_home_was_off_duty(tiny):
    """Called at 20:00, 10 minutes to get going."""
    found = course(tiny, *two_visits(tiny, PART_MISSING, 520, {"wait": 20}))
    assert (found["off_duty"], found["desk"]) == (10, 45)


def test_open_repairs_are_explained_as_far_as_they_came(tiny):
    start = tiny.at(1, "08:00")
    untouched = {"status": 0, "fixed": -1, "assigned": -1, "departed": -1, "arrived": -1}
    waiting = tiny.ticket(start, desk=60, **untouched, off_duty=120)
    assert course(tiny, [waiting], [], end=start + 5 * 3600) == {"desk": 60, "off_duty": 120, "busy": 120}
    at_the_desk = tiny.ticket(start, **untouched | {"ready": -1})
    assert course(tiny, [at_the_desk], [], end=start + 3600) == {"desk": 60}
    away = tiny.ticket(start, travel=60, fixed=-1, status=0)
    sent = tiny.visit(0, 1, start, travel=60, work=30, outcome=SENT_AWAY)
    assert course(tiny, [away], [sent], end=start + 6 * 3600) == {"too_far": 60, "repair": 300}
    lacking = sent | {"outcome": PART_MISSING}
    assert course(tiny, [away], [lacking], end=start + 6 * 3600) == {"too_far": 60, "repair": 30, "part": 270}
    at_work = sent | {"work_end": -1, "outcome": -1}
    assert course(tiny, [away], [at_work], end=start + 6 * 3600) == {"too_far": 60, "repair": 300}


def test_other_tickets_and_the_visit_that_brings_a_loaner_stay_out(tiny):
    tickets, visits = two_visits(tiny, SENT_AWAY, 300)
    loaner = tiny.visit(0, 2, visits[1]["work_end"], wait=10, travel=90, work=15, kind=8)
    other = tiny.visit(1, 1, tiny.at(1), wait=100, travel=100)
    plain = course(tiny, tickets, visits)
    assert course(tiny, [*tickets, tiny.ticket(tiny.at(1))], [other, loaner, *visits]) == plain


lengths = st.tuples(*[st.integers(0, 900)] * 4)


@settings(max_examples=60, deadline=None)
@given(
    reported=st.integers(0, 20 * 1440),
    visits=st.lists(st.tuples(st.integers(0, 3000), lengths, st.integers(0, 4)), max_size=4),
    cut=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    clock=st.sampled_from([None, "office"]),
    under_way=st.integers(0, 3),
)
def test_the_delays_add_up_to_the_time(tiny, reported, visits, cut, clock, under_way):
    """Whatever the visits, the part of the course asked about, and the clock; the last visit may be under way."""
    start, now = reported * 60, reported * 60
    rows = []
    for number, (gap, (wait, prepare, travel, work), outcome) in enumerate(visits, 1):
        made = {"wait": wait, "prepare": prepare, "travel": travel, "work": work, "outcome": outcome}
        rows.append(tiny.visit(0, number, now + gap * 60, **made))
        now = rows[-1]["work_end"]
    ready = rows[0]["ready"] if rows else -1
    if rows:
        left = ("departed", "arrived", "work_end")[under_way:]
        rows[-1] |= dict.fromkeys(left, -1)
    ticket = tiny.ticket(start, ready=ready, off_duty=17, mobilise=3, held=5)
    begin, end = sorted(start + int(share * (now - start)) for share in cut)
    case, log = tiny.case(), tiny.log(tickets=[ticket], visits=rows)
    made = PromiseClock(case.calendars[clock] if clock else None)
    found = course_delays(case, log, made, np.array([0]), np.array([begin]), np.array([end]))
    assert (found >= 0).all()
    assert found.sum() == made.seconds(np.array([begin]), np.array([end]))[0]


@pytest.mark.parametrize(
    ("limit", "outcome", "gap", "reason"),
    [
        ("10 h", PART_MISSING, 300, "kept"),
        ("6 h", PART_MISSING, 300, "part"),
        ("4 h", SENT_AWAY, 300, "repair"),
        ("200 min", PART_MISSING, 0, "repair"),
        ("3 h", PART_MISSING, 300, "combined"),
    ],
)
def test_why_repairs_are_late(tiny, limit, outcome, gap, reason):
    assert reasons(tiny, tiny.part("repaired", limit=limit), *two_visits(tiny, outcome, gap)) == [reason]


def test_what_counts_as_repaired(tiny):
    """Fixed, replaced and solved from afar count; who hung up does not; open is a miss."""
    at = tiny.at(1, "09:00")
    tickets = [
        tiny.ticket(at, fixed=at + 3600),
        tiny.ticket(at, fixed=at + 3600, status=3),
        tiny.ticket(at, fixed=at + 3600, **SOLVED),
        tiny.ticket(at, **LOST),
        tiny.ticket(at, fixed=-1, status=0, busy=600),
    ]
    found = cases_of(tiny.case(), tiny.log(tickets=tickets), tiny.part("repaired", limit="3 h"))
    assert found.kept.tolist() == [True, True, True, False]
    assert found.elapsed.tolist() == [3600, 3600, 3600, -1]


def test_the_clock_of_a_repair_may_start_later(tiny):
    """On arrival, or once remote help has failed: then what was solved from afar is no case."""
    at = tiny.at(1, "09:00")
    tickets = [
        tiny.ticket(at, desk=60, travel=60, remote_start=at, remote_end=at + 3600, fixed=at + 4 * 3600),
        tiny.ticket(at, fixed=at + 3600, remote_start=at, remote_end=at + 3600, **SOLVED),
        tiny.ticket(at, arrived=-1, fixed=-1, status=0),
    ]

    def kept(clock_start, limit):
        part = tiny.part("repaired", limit=limit, clock_start=clock_start)
        return cases_of(tiny.case(), tiny.log(tickets=tickets), part).kept.tolist()

    assert kept("arrived", "2 h") == [True]
    assert kept("arrived", "119 min") == [False]
    assert kept("remote_failed", "3 h") == [True, False]
    assert kept("remote_failed", "179 min") == [False, False]
    assert kept("reported", "4 h") == [True, True, False]


def test_a_stand_in_may_count_as_repaired(tiny):
    at = tiny.at(1, "09:00")
    tickets = [
        tiny.ticket(at, fixed=at + 9 * 3600, loaner_placed=at + 3600),
        tiny.ticket(at, fixed=at + 3600, loaner_placed=at + 9 * 3600),
        tiny.ticket(at, fixed=-1, status=0, loaner_placed=at + 3600),
        tiny.ticket(at, fixed=at + 9 * 3600),
    ]
    log = tiny.log(tickets=tickets)
    with_stand_in = cases_of(tiny.case(), log, tiny.part("repaired", limit="2 h", stand_in=True))
    assert with_stand_in.kept.tolist() == [True, True, True, False]
    assert cases_of(tiny.case(), log, tiny.part("repaired", limit="2 h")).kept.tolist() == [False, True, False, False]


def test_an_island_is_no_reason_for_what_was_solved_from_afar(tiny):
    at, isle = tiny.at(1, "09:00"), {"town": 3, "area": 2, "reachable": 0}
    solved = tiny.ticket(at, fixed=at + 7200, **SOLVED, **isle)
    waiting = tiny.ticket(at, fixed=-1, status=0, assigned=-1, departed=-1, arrived=-1, **isle)
    assert reasons(tiny, tiny.part("repaired", limit="1 h"), [solved, waiting]) == ["desk", "closed"]


def test_loaners_are_for_repairs_that_outlast_the_threshold(tiny):
    """12 hours to the second are not longer than 12 hours; lost callers have no repair."""
    at = tiny.at(1, "09:00")
    tickets = [
        tiny.ticket(at, fixed=at + 12 * 3600),
        tiny.ticket(at, fixed=at + 12 * 3600 + 1),
        tiny.ticket(at, **LOST),
        tiny.ticket(at, fixed=-1, status=0),
        tiny.ticket(tiny.at(56) - 3600, fixed=-1, status=0),  # an hour before the end of the run
    ]
    found = cases_of(tiny.case(**LOANERS), tiny.log(tickets=tickets), tiny.part("loaner_placed", limit="12 h"))
    assert found.elapsed.tolist() == [12 * 3600 + 1, -1]
    assert found.kept.tolist() == [False, False]


def test_a_product_without_loaners_has_none_to_place(tiny):
    """Servers have no pool: a repair within the limit needs none, a longer one lacks the stand-in."""
    at = tiny.at(1, "08:00")
    part = tiny.part("loaner_placed", limit="12 h")
    tickets = [tiny.ticket(at, busy=20 * 60, product=1), tiny.ticket(at, busy=12 * 60, product=1)]
    assert reasons(tiny, part, tickets, **LOANERS) == ["part"]
    by_day = tiny.part("loaner_placed", days=1)
    late = tiny.ticket(at, busy=48 * 60, product=1)
    assert reasons(tiny, by_day, [*tickets, late], **LOANERS) == ["part"]


def test_the_threshold_is_on_the_clock_of_the_promise(tiny):
    """Reported at 16:00 and repaired at 11:00 the next day: 19 hours, but 5 office hours; then 15 of them."""
    at = tiny.at(1, "16:00")
    tickets = [tiny.ticket(at, fixed=tiny.at(2, "11:00")), tiny.ticket(at, fixed=tiny.at(3, "11:00"))]
    log, case = tiny.log(tickets=tickets), tiny.case(**LOANERS)
    found = [
        cases_of(case, log, tiny.part("loaner_placed", limit="12 h", **hours)).elapsed.tolist()
        for hours in ({}, {"clock_hours": "office"})
    ]
    assert found == [[19 * 3600, 43 * 3600], [15 * 3600]]


def test_a_repair_makes_a_loaner_needless(tiny):
    """The threshold is 12 hours, the limit a day: repaired after 13 hours nothing is missed."""
    at = tiny.at(1, "09:00")
    ticket = tiny.ticket(at, fixed=at + 13 * 3600)
    assert reasons(tiny, tiny.part("loaner_placed", limit="1 d"), [ticket], **LOANERS) == ["kept"]


@pytest.mark.parametrize(
    ("asked", "loaner", "placed", "reason"),
    [
        (3, 0, 11, "kept"),
        (3, 0, 14, "part"),  # 11 hours on its way
        (3, -1, -1, "part"),
        (13, 0, 14, "busy"),  # nobody came for 12 hours
        (-1, -1, -1, "busy"),
        (12, -1, -1, "part"),  # none was left, however late it was asked for
    ],
)
def test_why_a_loaner_is_late(tiny, asked, loaner, placed, reason):
    """Busy for 1 hour, where a stand-in is asked for at 3; else for 12 hours. The repair takes 20."""
    at = tiny.at(1, "06:00")
    hours = {"loaner_asked": asked, "loaner_placed": placed}
    moments = {name: at + h * 3600 if h >= 0 else -1 for name, h in hours.items()}
    busy = 60 if asked == 3 else 720
    ticket = tiny.ticket(at, busy=busy, travel=30, **moments, loaner=loaner) | {"fixed": at + 20 * 3600}
    visits = [tiny.visit(0, 1, at, wait=busy, travel=30, work=30, outcome=SENT_AWAY)]
    assert reasons(tiny, tiny.part("loaner_placed", limit="12 h"), [ticket], visits, **LOANERS) == [reason]


def test_a_stand_in_is_there_when_it_is_asked_for(tiny):
    at = tiny.at(1, "09:00")
    tickets = [
        tiny.ticket(at, loaner_asked=at, loaner=0),
        tiny.ticket(at, loaner_asked=at),
        tiny.ticket(at),
    ]
    assert reasons(tiny, tiny.part("stand_in_available"), tickets, **LOANERS) == ["kept", "part"]


def test_in_use_counts_from_the_order_to_the_installation(tiny):
    """Goods late, installers busy, no road to the isle, not delivered yet."""
    at = tiny.at(1, "09:00")
    plain = {"ordered": at, "received": at, "ready": at, "departed": at, "delivered": at + 3600, "install": 1}
    orders = [
        plain,
        plain | {"ready": tiny.at(20), "departed": tiny.at(20), "delivered": tiny.at(20, "01:00")},
        plain,
        plain | {"town": 3, "area": 2},
        plain | {"departed": -1, "delivered": -1},
        plain | {"install": 0},
    ]
    done = [(0, tiny.at(8)), (1, tiny.at(21)), (2, tiny.at(30))]
    jobs = [{"kind": 2, "order": k, "assigned": t - 7200, "arrived": t - 3600, "done": t} for k, t in done]
    log, part = tiny.log(orders=orders, jobs=jobs), tiny.part("in_use", days=15, day_kind="working")
    found = cases_of(tiny.case(), log, part)
    assert [REASONS[code] if code >= 0 else "kept" for code in found.reason] == [
        "kept", "kept", "off_duty", "closed", "late_goods",
    ]  # fmt: skip
    # Ordered on a Tuesday; in use when Monday, a Sunday (as late as the Monday after it), the fourth Tuesday ends.
    assert found.days.tolist() == [4, 14, 20, -1, -1]
