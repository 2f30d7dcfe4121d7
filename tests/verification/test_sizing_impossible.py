"""Wishes that no plan keeps: who can't be served, why, and what can be promised instead; exit code 1."""

from __future__ import annotations

from typing import Any

import pytest

import simsvc as sv
from simsvc.sizing.size import size


@pytest.fixture(scope="module")
def island(own: Any, station: Any) -> sv.Scenario:
    """Town a with the station, b 100 minutes off, c at sea."""
    part = {"kind": "sim", "measure": "time_to_site", "limit": "1 h", "target": 0.9}
    return own(  # type: ignore[no-any-return]
        time={"window": "60 d", "warm_up": "2 d", "drain": "2 d"},
        network={
            "source": "own",
            "nodes": [{"id": t, "lat": 0.0, "lon": 0.0} for t in "abc"],
            "roads": [{"from": "a", "to": "b", "minutes": 100.0}],
        },
        stations={"a": station("a", 1, ["a", "b", "c"])},
        products={"p": {"rate": "1 /d", "modes": {"m": {"work": {"dist": "exponential", "mean": "1 h"}}}}},
        demand={"scale": 1e-4, "installed": [{"area": t, "product": "p", "units": 10**4} for t in "abc"]},
        sizing={"candidates": ["a"]},
        clauses={"A1": {"text": {"en": "On site"}, "parts": [part]}},
    )


def test_no_road(island: sv.Scenario) -> None:
    plan = size(island, areas=["c"], extras=())
    assert plan.status == "impossible"
    assert plan.exit_code == 1
    obstacle = next(o for o in plan.obstacles if o.area == "c")
    assert "no road" in obstacle.why[0]
    assert (obstacle.best, obstacle.nearest) == (0.0, None)


def test_too_far(island: sv.Scenario) -> None:
    """b is 100 minutes away: in time is who is there already; the nearest promise is a little longer than the drive."""
    plan = size(island, areas=["b"], extras=())
    assert (plan.status, plan.exit_code) == ("impossible", 1)
    obstacle = next(o for o in plan.obstacles if o.area == "b")
    assert obstacle.best < 0.1
    assert obstacle.low <= obstacle.best <= obstacle.high < obstacle.target
    assert obstacle.nearest is not None
    assert 100 * 60 <= obstacle.nearest <= 120 * 60
    assert "too far" in obstacle.why[0]


@pytest.mark.parametrize("ease", [None, False])
def test_a_share_of_all(island: sv.Scenario, ease: bool | None) -> None:
    """Of random times nobody can promise 100 %: that is said at once, with a share that can be promised."""
    plan = size(island, areas=["a"], target=1.0, ease=ease, extras=())
    assert (plan.status, plan.exit_code) == ("impossible", 1)
    obstacle = next(o for o in plan.obstacles if o.area == "a")
    assert obstacle.target == 1.0
    assert "nearest" in obstacle.why[0]
    assert plan.evaluations == 0


def test_with_a_station_there_it_is_possible(island: sv.Scenario) -> None:
    """A candidate in b makes the same wish one that can be kept, by the plan that has it."""
    plan = size(island.replace(**{"clauses.A1.parts.0.population": {"areas": ["a", "b"]}}), areas=["b"],
                candidates=["b"], target=0.8, extras=())  # fmt: skip
    assert (plan.status, plan.exit_code) == ("kept", 0)
    assert plan.line("engineers.b").planned


def test_eased(island: sv.Scenario) -> None:
    """With ``ease`` the nearest promise is planned for: a limit somewhat longer than the drive, and that is listed."""
    served = island.replace(**{"clauses.A1.parts.0.population": {"areas": ["a", "b"]}})
    plan = size(served, areas=["a", "b"], ease=True, extras=())
    assert (plan.status, plan.exit_code) == ("kept", 0)
    assert {o.area for o in plan.obstacles} >= {"b"}
    (wish,) = plan.wishes
    assert wish.eased
    assert wish.asked_target == wish.target == 0.9
    assert plan.scenario is not None
    limit = plan.scenario.model.clauses["A1"].parts[0].limit  # type: ignore[union-attr]
    assert 100 * 60 < limit <= 150 * 60
