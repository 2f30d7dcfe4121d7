"""Every kind of promise: a case that keeps it, one that misses it, one just at its edge; and what the verdict is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, get_args

import pytest

from simsvc.measures import cases_of, tally
from simsvc.measures.counts import count_stock
from simsvc.promise import judge
from simsvc.scenario.promises import PlanRule, SimMeasure

DAY = 86400
Rows = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Kind:
    """``rows(tiny, late)``: a case that comes ``late`` seconds later than the limit allows (0: just on time).

    ``fields`` of the part; ``changes`` to the small case; ``timed``: has a limit that may be strict.
    """

    fields: dict[str, Any]
    rows: Callable[[Any, int], Rows]
    changes: dict[str, Any] = field(default_factory=dict)
    timed: bool = True


POOL = {"name": {"en": "Loaners", "zh": "备用机"}, "products": ["printer"], "at": {"port": 2}, "threshold": "12 h"}
LOANERS = {"loaners": {"pool": POOL}}
ESCALATION = {"reporting": {"escalation": {"after": "30 min", "calendar": "office"}}}


def ticket(tiny, **more):
    return {"tickets": tiny.ticket(tiny.at(1, "09:00"), **more)}


def order(tiny, delivered, **more):
    moments = dict.fromkeys(("ordered", "received", "ready", "departed"), tiny.at(1, "09:00"))
    return {"orders": moments | {"delivered": delivered} | more}


def installation(done):
    return {"jobs": {"kind": 2, "assigned": done - 60, "arrived": done - 60, "done": done}}


KINDS: dict[str, Kind] = {
    "response": Kind({"limit": "1 h"}, lambda t, late: ticket(t, answered=t.at(1, "10:00") + late)),
    "answered": Kind({"limit": "1 min"}, lambda t, late: ticket(t, answered=t.at(1, "09:01") + late)),
    "time_to_site": Kind({"limit": "2 h"}, lambda t, late: ticket(t, travel=120 + late / 60)),
    "taken_up": Kind(
        {"limit": "2 h", "clock_hours": "office"},
        lambda t, late: ticket(t, remote_start=t.at(1, "11:00") + late, departed=-1),
    ),
    "staff_reachable": Kind({}, lambda t, late: ticket(t, off_duty=max(late, 0) / 60), timed=False),
    "repaired": Kind({"limit": "12 d"}, lambda t, late: ticket(t, fixed=t.at(13, "09:00") + late)),
    "loaner_placed": Kind(
        {"limit": "12 h"},
        lambda t, late: ticket(
            t, fixed=t.at(3), loaner_asked=t.at(1, "10:00"), loaner=0, loaner_placed=t.at(1, "21:00") + late
        ),
        LOANERS,
    ),
    "stand_in_available": Kind(
        {}, lambda t, late: ticket(t, loaner_asked=t.at(1, "10:00"), loaner=-int(late > 0)), LOANERS, timed=False
    ),
    # The manager is asked 5 minutes (and the delay) before the office opens, and answers at once.
    "manager_answer": Kind(
        {"limit": "5 min"},
        lambda t, late: {
            "tickets": t.ticket(t.at(2), ready=t.at(2, "07:25") - late, assigned=t.at(3), arrived=-1)
        },
        ESCALATION,
    ),
    "delivered": Kind({"limit": "24 h"}, lambda t, late: order(t, t.at(2, "09:00") + late)),
    "installed": Kind(
        {"limit": "4 h"},
        lambda t, late: order(t, t.at(1, "10:00"), install=1) | installation(t.at(1, "14:00") + late),
    ),
    "in_use": Kind(
        {"limit": "15 d"},
        lambda t, late: order(t, t.at(3), install=1) | installation(t.at(16, "09:00") + late),
    ),
    "planned_done": Kind(
        {"population": {"planned": ["inspection"]}},
        lambda t, late: {
            "jobs": {"kind": 3, "plan": 0, "released": t.at(2), "due": t.at(10), "done": t.at(10) + late}
        },
    ),
    # All shelves together begin with just the 7 pieces that 230 units need.
    "stock_ratio": Kind(
        {"ratio": 0.03, "level": "island", "per": "overall"},
        lambda _, late: {"stock": {"time": 0, "on_hand": 1 if late > 0 else 2}},
        {"time": {"window": "365 d"}, "demand": {"installed": [{"area": "north", "product": "printer", "units": 230}]}},
        timed=False,
    ),
}  # fmt: skip


def log_of(tiny, kind, lates):
    found = [kind.rows(tiny, late) for late in lates]
    for k, rows in enumerate(found):
        if "orders" in rows and "jobs" in rows:
            rows["jobs"]["order"] = k
    return tiny.log(**{table: [rows[table] for rows in found] for table in found[0]})


def kept(tiny, measure, late, **more):
    kind = KINDS[measure]
    case, log = tiny.case(**kind.changes), log_of(tiny, kind, [late])
    part = tiny.part(measure, **kind.fields, **more)
    if measure == "stock_ratio":
        found = count_stock(case, log, part)
        return found.kept.sum() == found.cases.sum()
    return bool(cases_of(case, log, part).kept.item())


def test_no_kind_of_promise_is_missing():
    assert set(KINDS) == set(get_args(SimMeasure))
    assert set(RULES) == set(get_args(PlanRule))


@pytest.mark.parametrize("measure", KINDS)
def test_kept_up_to_the_limit_and_missed_beyond(tiny, measure):
    assert [kept(tiny, measure, late) for late in (-1, 0, 1)] == [True, True, False]


@pytest.mark.parametrize("measure", [name for name, kind in KINDS.items() if kind.timed])
def test_a_strict_limit_is_missed_by_its_own_length(tiny, measure):
    assert [kept(tiny, measure, late, strict=True) for late in (-1, 0, 1)] == [True, False, False]


@pytest.mark.parametrize("measure", KINDS)
@pytest.mark.parametrize(
    ("lates", "verdict"), [([0] * 40, "holds"), ([1] * 40, "fails"), ([0] * 19 + [1], "undecided")]
)
def test_verdicts(tiny, measure, lates, verdict):
    """All kept; none; 95 % of a promise of 95 %: just what was promised is not surely what was promised."""
    kind = KINDS[measure]
    case = tiny.case({"A": [{"kind": "sim", "measure": measure, **kind.fields}]}, **kind.changes)
    log = log_of(tiny, kind, lates)
    if measure == "stock_ratio":
        empty_for = int(365 * DAY * sum(lates) / len(lates))
        moves = [{"time": 0, "on_hand": 1}, {"time": empty_for, "on_hand": 2}]
        log = tiny.log(stock=moves)
    row = judge(case, [tally(case, log)] * 12)[0]
    assert row.verdict == verdict
    assert row.estimate == pytest.approx(1 - sum(lates) / len(lates))
    assert sum(row.reasons.values()) == pytest.approx(1 if verdict != "holds" else 0)
    assert len(row.reasons) == (verdict != "holds")


ROADS = [
    {"from": "port", "to": "farm", "minutes": 30.0},
    {"from": "port", "to": "hill", "minutes": 60.0},
    {"from": "port", "to": "isle", "minutes": 90.0},
]
RULES: dict[str, list[tuple[dict[str, Any], dict[str, Any], str]]] = {
    # part, changes to the small case, verdict
    "coverage": [
        ({}, {"network": {"roads": ROADS}}, "holds"),
        ({}, {}, "fails"),
    ],
    "rollout": [
        ({"within_months": 7}, {"rollout": {"openings": {"isle": 6}}}, "holds"),
        ({"within_months": 6}, {"rollout": {"openings": {"isle": 6}}}, "holds"),
        ({"within_months": 5}, {"rollout": {"openings": {"isle": 6}}}, "fails"),
    ],
    "spares_at_start": [
        ({"ratio": 0.02}, {}, "holds"),
        ({"ratio": 0.03}, {}, "holds"),  # just the pieces needed
        ({"ratio": 0.031}, {}, "fails"),
    ],
    "ticket_fields": [
        ({}, {}, "holds"),
        ({}, {"desk": None}, "fails"),
    ],
}


@pytest.mark.parametrize(
    ("rule", "part", "changes", "verdict"), [(r, *row) for r, rows in RULES.items() for row in rows]
)
def test_plan_rules(tiny, rule, part, changes, verdict):
    case = tiny.case({"A": [{"kind": "plan", "rule": rule, **part}]}, **changes)
    row = judge(case, [tally(case, tiny.log())])[0]
    assert (row.kind, row.verdict) == ("plan", verdict)
    assert (row.estimate == 1) == (verdict == "holds")
