"""What follows from the log afterwards: managers, old tickets, warranty, money; by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simsvc.measures import REASONS, cases_of
from simsvc.measures.estimates import estimate
from simsvc.scenario.promises import MeasurePart

YEARS = 28 / 365
WAITING = {"status": 0, "assigned": -1, "departed": -1, "arrived": -1, "fixed": -1}


def figures(tiny, log, measure, population=None, **case):
    """Every figure of a measure, by name."""
    spec = {"kind": "measure", "measure": measure, "population": population or {}}
    found = estimate(tiny.case(**case), log, MeasurePart.model_validate(spec))
    return {s.name: s.top / s.bottom if s.bottom else None for s in found}


def escalation(**more):
    return {"reporting": {"escalation": {"after": "30 min", **more}}}


def test_the_manager_is_asked_when_nobody_was_named_in_time(tiny):
    """Named after half an hour to the second: not asked. A ticket nobody is named for: asked. At the desk: not yet."""
    at = tiny.at(1, "09:00")
    tickets = [
        tiny.ticket(at, busy=30),
        tiny.ticket(at, busy=30 + 1 / 60),
        tiny.ticket(at, desk=60, **WAITING),
        tiny.ticket(at, **WAITING, ready=-1),
        tiny.ticket(at, busy=60, counted=0),
    ]
    log = tiny.log(tickets=tickets)
    part = tiny.part("manager_answer", limit="5 min")
    found = cases_of(tiny.case(**escalation(answer="4 min")), log, part)
    assert found.elapsed.tolist() == [240, 240]
    assert found.kept.tolist() == [True, True]
    late = escalation(answer="6 min", limit="5 min")
    assert figures(tiny, log, "escalations", **late) == pytest.approx(
        {"escalations": 2 / YEARS, "escalations_general": 2 / YEARS}
    )
    in_time = escalation(answer="5 min", limit="5 min")
    assert figures(tiny, log, "escalations", **in_time)["escalations_general"] == 0


def test_the_manager_answers_when_there(tiny):
    """Asked on Friday at 19:00: on Monday at 08:00 and 4 minutes. Asked at 10:00 with 9 minutes: the desk is slow."""
    part, table = tiny.part("manager_answer", limit="5 min"), escalation(answer="4 min", calendar="office")
    friday = tiny.ticket(tiny.at(4, "18:30"), **WAITING)
    found = cases_of(tiny.case(**table), tiny.log(tickets=[friday]), part)
    assert found.elapsed.tolist() == [(5 + 48 + 8) * 3600 + 240]
    assert [REASONS[code] for code in found.reason] == ["off_duty"]
    on_clock = tiny.part("manager_answer", limit="5 min", clock_hours="office")
    assert cases_of(tiny.case(**table), tiny.log(tickets=[friday]), on_clock).kept.tolist() == [True]
    slow = cases_of(tiny.case(**escalation(answer="9 min")), tiny.log(tickets=[friday]), part)
    assert [REASONS[code] for code in slow.reason] == ["desk"]


def test_the_managers_luck_goes_by_seed_and_ticket(tiny):
    """Not by its place in the log; another seed is other luck; the mean is the distribution's (n = 4000, 5 sigma)."""
    answer = {"dist": "exponential", "mean": "5 min"}
    case, part = tiny.case(**escalation(answer=answer)), tiny.part("manager_answer", limit="5 min")
    tickets = [tiny.ticket(tiny.at(1), **WAITING, key=key) for key in range(4000)]

    def takes(rows, seed):
        return cases_of(case, replace(tiny.log(tickets=rows), seed=seed), part).elapsed.tolist()

    plain = takes(tickets, 7)
    assert takes(tickets[::-1], 7) == plain[::-1]
    assert takes(tickets, 8) != plain
    assert np.mean(plain) == pytest.approx(300, abs=5 * 300 / 4000**0.5)


def test_old_tickets_draw_checks_and_rectification_orders(tiny):
    """A week to the second draws none. What is open when the run ends (day 56) has its age then; lost callers none."""
    at = tiny.at(1, "09:00")
    week = 7 * 86400
    fixed = [week, week + 1, 2 * week, 2 * week + 1]
    tickets = [tiny.ticket(at) | {"fixed": at + age} for age in fixed]
    tickets += [
        tiny.ticket(tiny.at(48), **WAITING),
        tiny.ticket(tiny.at(50), **WAITING),
        tiny.ticket(at, **(WAITING | {"status": 4})),
    ]
    found = figures(tiny, tiny.log(tickets=tickets), "open_age", **escalation())
    hours = (6 * week + 2 + (8 + 6) * 86400) / 6 / 3600
    assert found == pytest.approx({"open_age": 4 / YEARS, "rectifications": 1 / YEARS, "time_open": hours})


WARRANTY = {"length": "1 year", "extension": "60 d", "call": "6 min"}
FAULT = {"stops_work": 1, "in_warranty": 1, "product": 0, "area": 0, "unit": 5}
MINOR = FAULT | {"stops_work": 0}


def test_warranty_liability_on_three_faults(tiny):
    """150 printers, 28 days. Two faults of one printer and one of another stop work: 3 x 60 unit-days of cover. The
    printers' 4 visits in 150 x 28 unit-days make 180 x 4 / 4200 visits of it."""
    start = tiny.at(1, "09:00")
    rows = [FAULT, FAULT, FAULT | {"unit": 6}, MINOR, FAULT | {"in_warranty": 0}, FAULT | {"counted": 0}]
    tickets = [tiny.ticket(start, **row) for row in rows]
    visits = [tiny.visit(k, n, start, travel=30, work=60) for k, n in [(0, 1), (0, 2), (1, 1), (2, 1), (5, 1)]]
    prices = {"visit": 100, "hour": 80}
    log = tiny.log(tickets=tickets, visits=visits)
    found = figures(tiny, log, "warranty_liability", reporting={"warranty": WARRANTY, "costs": prices})
    assert found == pytest.approx(
        {
            "warranty_liability": 180 / YEARS,
            "extra_visits": 180 * 4 / 4200 / YEARS,
            "extra_cost": 180 * 4 * 180 / 4200 / YEARS,
            "units_extended": 2 / YEARS,
            "longest_extension": 120,
        }
    )
    assert "extra_cost" not in figures(tiny, log, "warranty_liability", reporting={"warranty": WARRANTY})


def test_units_of_one_number_are_others_in_another_area_or_of_another_product(tiny):
    start = tiny.at(1)
    rows = [FAULT, FAULT | {"area": 1, "town": 2}, FAULT | {"product": 1}]
    log = tiny.log(tickets=[tiny.ticket(start, **row) for row in rows])
    found = figures(tiny, log, "warranty_liability", reporting={"warranty": WARRANTY})
    assert (found["units_extended"], found["longest_extension"]) == (pytest.approx(3 / YEARS), 60)
    only = figures(tiny, log, "warranty_liability", {"products": ["server"]}, reporting={"warranty": WARRANTY})
    assert only["warranty_liability"] == pytest.approx(60 / YEARS)


def test_nothing_is_extended_without_faults(tiny):
    found = figures(tiny, tiny.log(), "warranty_liability", reporting={"warranty": WARRANTY})
    assert set(found.values()) == {0}


def test_reminders_follow_from_the_warranties_that_end(tiny):
    """190 units, half of the printers in warranty: 75 + 40 warranties, each of 1 year, so 115 end in a year; of 2
    years half as many. Where there are sites, a holder is a site."""
    products = tiny.raw()["products"]
    products["printer"]["in_warranty"] = 0.5
    log, made = tiny.log(), {"products": products, "reporting": {"warranty": WARRANTY}}
    assert figures(tiny, log, "reminders", **made) == pytest.approx({"reminders": 115, "reminder_hours": 11.5})
    two_years = {"reporting": {"warranty": WARRANTY | {"length": "2 years"}}, "products": products}
    assert figures(tiny, log, "reminders", **two_years)["reminders"] == pytest.approx(57.5)
    assert figures(tiny, log, "reminders", {"products": ["server"]}, **made)["reminders"] == pytest.approx(40)
    assert figures(tiny, log, "reminders", {"areas": ["south"]}, **made)["reminders"] == pytest.approx(25)
    sites = {"demand": {"sites": [{"area": "north", "sites": 19}, {"area": "south", "sites": 19}]}}
    assert figures(tiny, log, "reminders", **made, **sites)["reminders"] == pytest.approx(38 * 115 / 190)


PRICES = {
    "visit": 100, "hour": 60, "overtime_hour": 30, "desk_hour": 40, "loaner_day": 10, "units": {"printer": 2000},
}  # fmt: skip


def cost_log(tiny):
    """Four faults: one repaired with a part in two visits, one by the contractor, one replaced after a loaner of two
    days, one solved from afar; another outside the window; an inspection; one hour of overtime."""
    at = tiny.at(1, "09:00")
    plain = {"product": 0, "answered": at, "triaged": at + 360, "fixed": at + 7200}
    tickets = [
        tiny.ticket(at) | plain | {"part": 0},
        tiny.ticket(at, contractor=1) | plain | {"part": 1, "substitute": 1},
        tiny.ticket(at) | plain | {"status": 3, "loaner_placed": at + 7200, "fixed": at + 7200 + 2 * 86400},
        tiny.ticket(at) | plain | {"status": 1, "remote_start": at + 360, "remote_end": at + 3960, "part": 0},
        tiny.ticket(tiny.at(30), counted=0),
    ]
    visits = [
        tiny.visit(0, 1, at, work=30),
        tiny.visit(0, 2, at, work=60),
        tiny.visit(1, 1, at, work=120, engineer=-1, tier=2),
        tiny.visit(2, 1, at, work=30),
        tiny.visit(2, 2, at, work=15, kind=8),
        tiny.visit(4, 1, tiny.at(30), work=60),
        tiny.visit(-1, 1, at, work=45, kind=3, job=0),
        tiny.visit(-1, 1, at, work=45, kind=3, job=1),
    ]
    jobs = [{"kind": 3, "plan": 0, "done": at}, {"kind": 3, "plan": 0, "counted": 0}]
    overtime = {"engineer": 0, "start": tiny.at(1, "18:00"), "end": tiny.at(1, "19:00")}
    return tiny.log(tickets=tickets, visits=visits, jobs=jobs, engineers=[overtime])


def cost_tables(tiny):
    parts = tiny.raw()["parts"]
    parts["fuser"] |= {"cost": 300}
    parts["roller"] |= {"cost": 50, "substitute": "fuser"}
    contractor = {"arrival": "1 h", "price": 450}
    return {"parts": parts, "reporting": {"costs": PRICES}, "dispatch": {"contractor": contractor}}


def test_costs_by_hand(tiny):
    items = {
        "cost_visits": 100 * (4 + 1),
        "cost_hours": 60 * (0.5 + 1 + 0.5 + 0.25 + 0.75),
        "cost_overtime": 30 * 1,
        "cost_desk": 40 * (4 * 0.1 + 1),
        "cost_contractor": 450,
        "cost_parts": 300 + 300,
        "cost_loaners": 10 * 2,
        "cost_units": 2000,
    }
    found = figures(tiny, cost_log(tiny), "costs", **cost_tables(tiny))
    assert found == pytest.approx({name: cny / YEARS for name, cny in {"costs": sum(items.values()), **items}.items()})
    assert next(iter(found)) == "costs"


def test_costs_of_some_faults_leave_planned_work_and_overtime_out(tiny):
    found = figures(tiny, cost_log(tiny), "costs", {"products": ["printer"]}, **cost_tables(tiny))
    assert found["cost_visits"] == pytest.approx(100 * 4 / YEARS)
    assert found["cost_overtime"] == 0
    south = figures(tiny, cost_log(tiny), "costs", {"areas": ["south"]}, **cost_tables(tiny))
    assert set(south.values()) == {0}
