"""Relief: what absences cost where one engineer is all there is, and what covers for them at which price."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simsvc.promise.sizing import Cover
from simsvc.scenario import Scenario
from simsvc.sizing.covers import hubs, reserve, seconds
from simsvc.sizing.relief import relief
from tests.sizing.small import found_plan

LEAVE = {"leave": {"days_per_year": 90, "spell": "3 d"}}
CLAUSES = {
    "P1": {
        "text": {"en": "An engineer is there within an hour and a half"},
        "parts": [{"kind": "sim", "measure": "time_to_site", "limit": "90 min", "target": 0.9}],
    }
}


@pytest.fixture
def coast(own: Any, line: Any, station: Any, endless: Any) -> Callable[..., Scenario]:
    """Places a, b, c in a row, half an hour apart, b in the middle; two engineers at b, one at a and one at c."""

    def make(absences: dict[str, Any] = LEAVE, middle: int = 2, **more: Any) -> Scenario:
        return own(
            network=line("a", "b", "c", minutes=30),
            stations={"a": station("a"), "b": station("b", middle), "c": station("c")},
            staff={"absences": absences},
            demand=endless("a", "b", "c"),
            clauses=CLAUSES,
            time={"window": "120 d", "drain": "5 d"},
            sizing={"costs": {"engineer": 100_000, "engineer_at": {"b": 120_000}}},
            **more,
        )

    return make


@pytest.fixture
def covers(coast: Any) -> dict[str, Cover]:
    return {cover.id: cover for cover in relief(found_plan(coast(), {}), replications=12)}


def test_absences_are_what_breaks_promises_here(covers: dict[str, Cover]) -> None:
    """One job a day and an engineer who is there: nobody waits an hour and a half but for leave."""
    plan, ideal = covers["plan"], covers["nobody-away"]
    assert plan.fewer == plan.cost == 0
    assert plan.share == pytest.approx(1 - 90 / 365, abs=0.08)
    assert ideal.share > 0.98
    assert ideal.fewer == pytest.approx(plan.breaches - ideal.breaches)
    assert ideal.low > 0


def test_a_second_engineer_costs_what_engineers_cost_there(covers: dict[str, Cover]) -> None:
    assert covers["second.all"].cost == 200_000
    one = next(cover for key, cover in covers.items() if key in ("second.a", "second.c"))
    assert one.cost == 100_000
    # Both stations need one: the worst of them is as bad as before.
    assert covers["second.all"].fewer > one.fewer > 0
    assert one.share == pytest.approx(covers["plan"].share, abs=0.08)


def test_one_reserve_in_the_middle_does_more_than_one_second_engineer(covers: dict[str, Cover]) -> None:
    one = next(cover for key, cover in covers.items() if key in ("second.a", "second.c"))
    shared = covers["reserve.1"]
    assert "at b" in shared.name["en"]
    assert shared.cost == 120_000
    assert shared.fewer > one.fewer
    assert shared.share > one.share


def test_rules_of_relief_hire_nobody(covers: dict[str, Cover]) -> None:
    for rule in ("cover", "move"):
        assert covers[rule].cost == 0
        assert covers[rule].low > 0
        assert covers[rule].name["zh"]


def test_each_kind_of_absence_has_its_share(coast: Any) -> None:
    """Kinds overlap little: what they cost one by one is about what they cost together."""
    kinds = {"leave": LEAVE["leave"], "sickness": {"days_per_year": 20, "spell": "2 d"}}
    rows = {c.id: c for c in relief(found_plan(coast(kinds), {}), replications=10)}
    both = rows["without.leave"].fewer + rows["without.sickness"].fewer
    assert both == pytest.approx(rows["nobody-away"].fewer, rel=0.25)
    assert rows["without.leave"].fewer > 2 * rows["without.sickness"].fewer


def test_a_reserve_answers_for_stations_in_reach_only(coast: Any) -> None:
    """Half an hour is within the promise, an hour and three quarters is not."""
    found = found_plan(coast(), {})
    plan = found.space.scenario_of(found.levels)
    assert reserve(found, plan, ["b"], "share").scenario.model.stations["b"].covers == ["b", "a", "c"]
    near = coast().replace(**{"clauses.P1.parts.0.limit": "45 min"})
    found = found_plan(near, {})
    assert reserve(found, near, ["a"], "share").scenario.model.stations["a"].covers == ["a"]


def test_the_hub_reaches_most_stations_with_the_least_drive(coast: Any) -> None:
    found = found_plan(coast(), {})
    assert hubs(found, found.space.scenario_of(found.levels), 9)[0] == "b"


def test_without_one_engineer_stations_or_absences_there_is_nothing_to_say(coast: Any) -> None:
    assert relief(found_plan(coast({}), {})) == ()
    two = coast().replace(**{"stations.a.engineers": 2, "stations.c.engineers": 2})
    assert relief(found_plan(two, {})) == ()


def test_seconds_touch_one_engineer_stations_alone(coast: Any) -> None:
    found = found_plan(coast(middle=3), {})
    scenario = seconds(found).scenario
    assert {s: spec.engineers for s, spec in scenario.model.stations.items()} == {"a": 2, "b": 3, "c": 2}
