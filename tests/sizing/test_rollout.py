"""Rollout: the station that keeps most promises opens first, months are judged as they are, the schedule is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import simsvc as sv
from simsvc.errors import ScenarioError
from simsvc.scenario import Scenario
from simsvc.sizing.rollout import rollout
from tests.sizing.small import found_plan

CLAUSES = {
    "P1": {
        "text": {"en": "An engineer is there within half an hour"},
        "parts": [{"kind": "sim", "measure": "time_to_site", "limit": "30 min", "target": 0.7}],
    },
    "P2": {"text": {"en": "A station everywhere"}, "parts": [{"kind": "plan", "rule": "rollout", "within_months": 2}]},
}


@pytest.fixture
def island(own: Any, line: Any, station: Any, endless: Any) -> Callable[..., Scenario]:
    """Places a, b, c an hour apart; a station in a alone; three times as many faults in c as in b."""

    def make(**more: Any) -> Scenario:
        demand = endless("a", "b", ("c", "q"))
        rate = {"name": {"en": "P"}, "modes": {"m": {"name": {"en": "M"}, "share": 1.0, "work": "10 min"}}}
        return own(
            network=line("a", "b", "c", minutes=60),
            stations={"a": station("a", covers=["a", "b", "c"])},
            products={"p": {**rate, "rate": "1 /d"}, "q": {**rate, "rate": "3 /d"}},
            demand=demand,
            clauses=CLAUSES,
            sizing={"candidates": ["b", "c"]},
            time={"window": "28 d", "drain": "2 d"},
            **more,
        )

    return make


PLAN = {"engineers.b": 1, "engineers.c": 1}


def test_the_busier_place_opens_first(island: Any) -> None:
    plan = rollout(found_plan(island(), PLAN), hires=1, replications=12)
    assert [m.opened for m in plan.months] == [(), ("c",), ("b",)]
    assert [m.month for m in plan.months] == [0, 1, 2]
    assert [m.hired for m in plan.months] == [0, 1, 1]
    assert [m.own for m in plan.months] == [1, 2, 3]
    assert plan.in_time
    assert plan.kept_from == 2
    assert plan.expected < plan.expected_otherwise


def test_each_month_is_judged_by_its_own_staffing(island: Any) -> None:
    plan = rollout(found_plan(island(), PLAN), hires=1, replications=12)
    verdicts = [{row.area: row.verdict for row in m.rows if row.kind == "sim"} for m in plan.months]
    assert [v["c"] for v in verdicts] == ["fails", "holds", "holds"]
    assert [v["b"] for v in verdicts] == ["fails", "fails", "holds"]
    # The schedule has no verdict in a month: it is about all of them.
    assert all(row.measure != "rollout" for m in plan.months for row in m.rows)


def test_expected_breaches_are_a_twelfth_of_each_months_year(island: Any) -> None:
    plan = rollout(found_plan(island(), PLAN), hires=1, replications=12)
    yearly = [row.breaches_per_year or 0.0 for m in plan.months for row in m.rows if row.area == "province"]
    assert plan.expected == pytest.approx(sum(yearly) / 12)


def test_the_schedule_is_written_into_the_plans_scenario(island: Any) -> None:
    plan = rollout(found_plan(island(), PLAN), hires=1, replications=12)
    assert plan.scenario is not None
    assert plan.scenario.model.rollout.openings == {"c": 1, "b": 2}
    again = sv.loads(plan.scenario.to_toml())
    assert again.model.stations["c"].engineers == 1


def test_openings_after_the_month_promised_are_late(island: Any) -> None:
    tight = island().replace(**{"clauses.P2.parts.0.within_months": 1})
    late = rollout(found_plan(tight, PLAN), hires=1, replications=10)
    assert not late.in_time
    assert late.within == 1


def test_left_out_the_hires_are_the_fewest_that_are_enough(island: Any) -> None:
    assert rollout(found_plan(island(), PLAN), replications=10).hires == 1
    tight = island().replace(**{"clauses.P2.parts.0.within_months": 1})
    assert rollout(found_plan(tight, PLAN), replications=10).hires == 2


def test_a_plan_that_opens_nothing_is_kept_from_the_start(island: Any) -> None:
    plan = rollout(found_plan(island(), {}), replications=10)
    assert len(plan.months) == 1
    assert plan.kept_from == 0
    assert plan.expected == plan.expected_otherwise


def test_nobody_hired_is_no_rollout(island: Any) -> None:
    with pytest.raises(ScenarioError, match=r"hires: at least 1 engineer a month"):
        rollout(found_plan(island(), PLAN), hires=0)
