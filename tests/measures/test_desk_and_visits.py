"""How much there is to do at the desk and on site, and how well it goes the first time; by hand."""

from __future__ import annotations

import pytest

from simsvc.measures.estimates import estimate
from simsvc.scenario.promises import MeasurePart

YEARS = 28 / 365
PART_MISSING, DONE, NOT_FIXED, SENT_AWAY, TOO_HARD = range(5)
CHANNELS = {
    "phone": {"name": {"en": "Telephone"}, "share": 0.7},
    "mail": {"name": {"en": "Mail"}, "share": 0.3, "live": False},
}
LOST = {"status": 4, "answered": -1, "ready": -1, "assigned": -1, "departed": -1, "arrived": -1, "fixed": -1}


def figures(tiny, log, measure, population=None, rules=(), **case):
    """Every figure of a measure, by name: (value, unit, cases)."""
    spec = {
        "kind": "measure",
        "measure": measure,
        "population": (population or {}) | ({"planned": list(rules)} if rules else {}),
    }
    found = estimate(tiny.case(**case), log, MeasurePart.model_validate(spec))
    return {s.name: (pytest.approx(s.top / s.bottom), s.unit, s.cases) for s in found}


def desk(tiny, **more):
    return {"desk": tiny.raw()["desk"] | more}


def test_who_hangs_up_and_who_is_never_answered(tiny):
    """Of four live callers two hang up, one of them is called back; a message can't hang up."""
    at = tiny.at(1, "09:00")
    tickets = [
        tiny.ticket(at, channel=0),
        tiny.ticket(at, channel=0),
        tiny.ticket(at, channel=0, abandoned=at + 60, answered=at + 600),
        tiny.ticket(at, channel=0, abandoned=at + 60, **LOST),
        tiny.ticket(at, channel=1),
    ]
    log = tiny.log(tickets=tickets)
    expected = {"abandoned": (0.5, "share", 4), "abandoned_lost": (0.25, "share", 4)}
    assert figures(tiny, log, "abandoned", **desk(tiny, channels=CHANNELS)) == expected
    without = tiny.log(tickets=[row | {"channel": -1} for row in tickets])
    assert figures(tiny, without, "abandoned")["abandoned"] == (0.4, "share", 5)


def test_the_desk_works_for_callers_reviews_and_reminders(tiny):
    """Two calls of 30 minutes, one still going on; reviews of 6 minutes for the two fixed on site, not for the one
    solved from afar. Agents: 1 for 10 hours on 20 days, and from 18:00 to 20:00 the 2 of the second shift."""
    at = tiny.at(1, "09:00")
    tickets = [
        tiny.ticket(at, triaged=at + 1800),
        tiny.ticket(at, triaged=at + 1800, status=1),
        tiny.ticket(at, answered=-1, triaged=-1, status=0),
        tiny.ticket(tiny.at(56) - 1800, triaged=-1),
        tiny.ticket(at, triaged=at + 1800, counted=0),
    ]
    log = tiny.log(tickets=tickets)
    shifts = [{"calendar": "office", "agents": 1}, {"calendar": "late", "agents": 2}]
    agents = 20 * 10 + 20 * 2 * 2
    plain = figures(tiny, log, "desk_load", **desk(tiny, shifts=shifts))
    assert plain == {"desk_load": (1.5 / YEARS, "h/year", 3), "desk_use": (1.5 / agents, "share", 3)}
    review = {"review": {"calendar": "office", "call": "6 min"}}
    warranty = {"reporting": {"warranty": {"length": "1 year", "call": "6 min"}}}
    full = figures(tiny, log, "desk_load", **desk(tiny, shifts=shifts), **review, **warranty)
    assert full["desk_load"] == (1.7 / YEARS + 190 * 0.1, "h/year", 3)


def test_approval_takes_from_the_end_of_help(tiny):
    """3 hours after remote help has failed, 1 hour after a call without any; the third is not approved yet."""
    at = tiny.at(1, "09:00")
    tickets = [
        tiny.ticket(at, in_contract=0, remote_start=at, remote_end=at + 3600, approved=at + 4 * 3600),
        tiny.ticket(at, in_contract=0, triaged=at + 3600, approved=at + 2 * 3600),
        tiny.ticket(at, in_contract=0),
        tiny.ticket(at),
    ]
    approval = {"dispatch": {"approval": {"calendar": "office", "time": "1 h"}}}
    found = figures(tiny, tiny.log(tickets=tickets), "approval_delay", **approval)
    assert found == {"approval_delay": (2.0, "h", 2)}


def test_the_third_level_by_faults_begun_and_hours(tiny):
    at = tiny.at(1, "09:00")
    spells = [(at, at + 7200), (at, at + 14400), (at, -1), (-1, -1)]
    log = tiny.log(tickets=[tiny.ticket(at, expert_start=a, expert_end=b) for a, b in spells])
    expected = {"third_level": (3 / YEARS, "/year", 3), "third_level_time": (3.0, "h", 2)}
    assert figures(tiny, log, "third_level") == expected


def test_load_counts_visits_and_hours_on_site(tiny):
    """Faults and follow-ups, the contractor's too; neither the loaner's nor planned work. One is still on site."""
    at = tiny.at(1, "09:00")
    visits = [
        tiny.visit(0, 1, at, travel=60, work=30),
        tiny.visit(0, 2, at, travel=60, work=60),
        tiny.visit(1, 1, at, work=90, engineer=-1, tier=2),
        tiny.visit(0, 3, at, work=600, kind=8),
        tiny.visit(2, 1, tiny.at(56) - 3600, work_end=-1),
        tiny.visit(3, 1, at, work=600),
        tiny.visit(-1, 1, at, work=600, kind=3, job=0),
    ]
    tickets = [tiny.ticket(at)] * 3 + [tiny.ticket(at, counted=0)]
    log = tiny.log(tickets=tickets, visits=visits, jobs=[{"kind": 3, "plan": 0}])
    assert figures(tiny, log, "load") == {"load": (4 / YEARS, "/year", 4), "load_hours": (4 / YEARS, "h/year", 4)}


def test_planned_load_by_rule(tiny):
    """Two rules; installations and rework after review are no planned visits."""
    at, plans = tiny.at(1, "09:00"), tiny.raw()["planned"]
    plans["cleaning"] = plans["inspection"] | {"kind": "cleaning"}
    jobs = [
        {"kind": 3, "plan": 0},
        {"kind": 4, "plan": 1},
        {"kind": 4, "plan": 1},
        {"kind": 2},
        {"kind": 7, "ticket": 0},
    ]
    visits = [tiny.visit(-1, 1, at, work=30 * (k + 1), kind=row["kind"], job=k) for k, row in enumerate(jobs)]
    log = tiny.log(tickets=[tiny.ticket(at)], jobs=jobs, visits=visits[:2] + visits[3:])
    both = {"planned_load": (2 / YEARS, "/year", 2), "planned_hours": (1.5 / YEARS, "h/year", 2)}
    assert figures(tiny, log, "planned_load", planned=plans) == both
    cleaning = {"planned_load": (1 / YEARS, "/year", 1), "planned_hours": (1 / YEARS, "h/year", 1)}
    assert figures(tiny, log, "planned_load", rules=["cleaning"], planned=plans) == cleaning


def test_first_visits_that_repair_and_that_bring_the_part(tiny):
    at = tiny.at(1, "09:00")
    outcomes = [(DONE, 1), (DONE, 1), (PART_MISSING, 0), (SENT_AWAY, 1), (TOO_HARD, 0), (-1, 1)]
    visits = [tiny.visit(k, 1, at, outcome=o, brought=b) for k, (o, b) in enumerate(outcomes)]
    visits += [tiny.visit(2, 2, at, outcome=DONE, brought=1)]
    tickets = [tiny.ticket(at, part=0 if k != 3 else -1) for k in range(6)]
    visits[5] |= {"arrived": -1}
    log = tiny.log(tickets=tickets, visits=visits)
    assert figures(tiny, log, "first_time_fix") == {"first_time_fix": (0.4, "share", 5)}
    assert figures(tiny, log, "right_part") == {"right_part": (0.5, "share", 4)}


def test_units_away_for_repair(tiny):
    """Two leave inside the window, one of them is scrapped after 7 days, the other is away from day 20 on; one has
    been away since the warm-up, until day 3."""
    time = {"time": {"warm_up": "7 d"}}
    at, start = tiny.at(8), tiny.at(7)
    tickets = [
        tiny.ticket(at, sent=start + tiny.at(1), back=start + tiny.at(8), scrapped=1, route=0),
        tiny.ticket(at, sent=start + tiny.at(20), route=0),
        tiny.ticket(tiny.at(1), sent=tiny.at(2), back=start + tiny.at(3), route=0, counted=0),
        tiny.ticket(at),
    ]
    assert figures(tiny, tiny.log(tickets=tickets), "repairs", **time, **WORKSHOP) == {
        "repairs": (2 / YEARS, "/year", 2),
        "units_in_repair": ((7 + 8 + 3) / 28, "units", 3),
        "scrapped": (1 / YEARS, "/year", 1),
    }


WORKSHOP = {"repairs": {"workshop": {"name": {"en": "Workshop"}, "turnaround": "5 d"}}}


def test_counts_a_year(tiny):
    at = tiny.at(1)
    tickets = [{"substitute": 1}, {"status": 3}, {"parent": 0}, {"status": 3, "scrapped": 1}]
    tickets = [tiny.ticket(at, **more) for more in tickets]
    jobs = [{"kind": 7, "ticket": 0}, {"kind": 7, "plan": 0}, {"kind": 7, "ticket": 0, "counted": 0}, {"kind": 3}]
    visits = [tiny.visit(-1, 1, at, work=90, kind=7, job=0), tiny.visit(-1, 1, at, work=60, kind=7, job=1)]
    orders = [{"ordered": at}, {"ordered": at, "parent": 0}]
    log = tiny.log(tickets=tickets, jobs=jobs, visits=visits, orders=orders)
    assert figures(tiny, log, "substitutes") == {"substitutes": (1 / YEARS, "/year", 1)}
    assert figures(tiny, log, "replacements") == {
        "replacements": (2 / YEARS, "/year", 2),
        "replaced_unrepaired": (1 / YEARS, "/year", 1),
    }
    assert figures(tiny, log, "repeat_share") == {"repeat_share": (0.25, "share", 4)}
    assert figures(tiny, log, "rework") == {
        "rework": (1 / YEARS, "/year", 1),
        "rework_hours": (1.5 / YEARS, "h/year", 1),
    }
    assert figures(tiny, log, "replacement_goods") == {"replacement_goods": (1 / YEARS, "/year", 1)}


def test_couriers_are_no_van_trips(tiny):
    """The second order goes by courier: what comes back is held against the one trip of a van."""
    moments = dict.fromkeys(("ordered", "received", "ready", "departed", "delivered"), tiny.at(1, "09:00"))
    log = tiny.log(orders=[moments | {"returned": 1}, moments | {"route": 1, "returned": 1}])
    assert figures(tiny, log, "returns")["returns_per_trip"] == (2.0, "/trip", 2)
