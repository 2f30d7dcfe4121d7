"""Estimates without a promised figure, and how busy engineers are, in the units stated."""

from __future__ import annotations

import pytest

from simsvc.measures.estimates import estimate
from simsvc.measures.staff import usage
from simsvc.scenario.promises import MeasurePart

YEARS = 28 / 365


def value(tiny, log, measure, clauses=None, position=0, **population):
    part = MeasurePart.model_validate({"kind": "measure", "measure": measure, "population": population})
    found = estimate(tiny.case(clauses), log, part)[position]
    return found.top / found.bottom, found.unit, found.cases


def test_answer_and_remote_times_are_means_in_minutes(tiny):
    start = tiny.at(1, "09:00")
    log = tiny.log(
        tickets=[
            tiny.ticket(start, answered=start + 60, status=1, remote_start=start, remote_end=start + 600, ready=-1),
            tiny.ticket(start, answered=start + 180, remote_start=start, remote_end=start + 1200),
            tiny.ticket(start, answered=-1, ready=-1, status=0),
            tiny.ticket(start, answered=start + 9999, counted=0),
        ]
    )
    assert value(tiny, log, "answer_time") == (2.0, "min", 2)
    assert value(tiny, log, "remote_time") == (15.0, "min", 2)
    assert value(tiny, log, "remote_share") == (0.5, "share", 2)


def test_returns_a_year_and_per_van_trip(tiny):
    """Vans hold 3: the 4 orders of one departure fill two; the fifth goes with the next departure."""
    moments = {"ordered": tiny.at(1), "received": tiny.at(1), "ready": tiny.at(1), "delivered": tiny.at(2)}
    first, second = {"departed": tiny.at(1, "09:00")}, {"departed": tiny.at(2, "09:00")}
    orders = [moments | first | {"returned": 1}] + [moments | first] * 3 + [moments | second | {"returned": 1}]
    log = tiny.log(orders=[*orders, {"ordered": tiny.at(1), "returned": 1}])
    assert value(tiny, log, "returns") == (pytest.approx(2 / YEARS), "/year", 2)
    assert value(tiny, log, "returns", position=1) == (pytest.approx(2 / 3), "/trip", 2)


def test_visits_to_units_out_of_warranty(tiny):
    tickets = [tiny.ticket(tiny.at(1), in_warranty=w, counted=c) for w, c in [(0, 1), (1, 1), (0, 0)]]
    visits = [{"kind": kind, "ticket": ticket} for kind, ticket in [(0, 0), (1, 0), (0, 1), (0, 2), (3, -1)]]
    log = tiny.log(tickets=tickets, visits=visits)
    assert value(tiny, log, "load", in_warranty=False) == (pytest.approx(2 / YEARS), "/year", 2)


def test_complaints_follow_from_what_was_late(tiny):
    """1 % of the two kept and of the one solved by telephone, 50 % of the late one and of the caller lost."""
    tickets = [tiny.ticket(tiny.at(1), travel=t) for t in (30, 60, 600)]
    solved = tiny.ticket(tiny.at(1), status=1, ready=-1, assigned=-1, departed=-1, arrived=-1)
    lost = tiny.ticket(tiny.at(1), status=4, answered=-1, ready=-1, assigned=-1, departed=-1, arrived=-1)
    log = tiny.log(tickets=[*tickets, solved, lost])
    clauses = {"A": [{"kind": "sim", "measure": "time_to_site", "limit": "2 h"}]}
    assert value(tiny, log, "complaints", clauses) == (pytest.approx(1.03 / YEARS), "/year", 5)


def test_nothing_is_estimated_without_a_promise_to_be_late_for(tiny):
    part = MeasurePart.model_validate({"kind": "measure", "measure": "complaints"})
    assert estimate(tiny.case(), tiny.log(), part)[0].bottom == 0


def test_spares_at_once_and_the_wait_for_the_others(tiny):
    """Three repaired with a part, one of them after 6 hours; one still waits; one needs none."""
    waits = [{"part": 0}, {"part": 0}, {"part": 1, "part_wait": 6 * 3600}, {"part": 1, "status": 0, "fixed": -1}, {}]
    log = tiny.log(tickets=[tiny.ticket(tiny.at(1), **wait) for wait in waits])
    assert value(tiny, log, "fill_rate") == (pytest.approx(2 / 3), "share", 3)
    assert value(tiny, log, "wait_for_parts") == (pytest.approx(2.0), "h", 3)


def busy(tiny, engineer, start, end):
    return {"engineer": engineer, "start": tiny.at(*start), "end": -1 if end is None else tiny.at(*end)}


def test_overtime_is_work_outside_office_hours(tiny):
    log = tiny.log(
        engineers=[
            busy(tiny, 0, (1, "17:00"), (1, "20:00")),
            busy(tiny, 0, (2, "09:00"), (2, "10:00")),
            busy(tiny, 2, (5, "09:00"), (5, "12:00")),
            busy(tiny, 2, (27, "22:00"), None),
        ],
        visits=[{"engineer": e, "assigned": tiny.at(day)} for e, day in [(0, 1), (0, 2), (2, 5), (2, 30)]],
    )
    found = usage(tiny.case(), log)
    assert found.busy.tolist() == [2 * 3600, 0, 0]
    assert found.overtime.tolist() == [2 * 3600, 0, (3 + 2) * 3600]
    assert found.visits.tolist() == [2, 0, 1]
    assert found.duty.tolist() == [20 * 10 * 3600] * 3
    assert value(tiny, log, "overtime_hours") == (pytest.approx(7 / YEARS), "h/year", 2)
    assert value(tiny, log, "overtime_hours", areas=["south"]) == (pytest.approx(5 / YEARS), "h/year", 1)
