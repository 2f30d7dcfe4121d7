"""Over the ranges of the assumptions: which are chosen, that the plan holds at every corner, and no more than that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from simsvc.errors import ScenarioError
from simsvc.promise.sizing import Sturdy
from simsvc.scenario import Scenario
from simsvc.sizing.after import check_extras, ladder, sturdy
from simsvc.sizing.after.corners import Corners
from simsvc.sizing.after.screen import decided, mattering
from simsvc.sizing.found import Found
from tests.sizing.small import found_plan

CLAUSES = {
    "P": {
        "text": {"en": "An engineer is there within an hour"},
        "parts": [{"kind": "sim", "measure": "time_to_site", "limit": "1 h", "target": 0.9}],
    }
}


def row(path: str, low: Any, high: Any) -> dict[str, Any]:
    return {"path": path, "low": low, "high": high, "name": {"en": path}, "source": "a guess", "confidence": "low"}


BASE = row("demand.scale", 0.6e-6, 1.7e-6)
WORK = row("products.p.modes.m.work", "45 min", "80 min")


@pytest.fixture
def town(own: Any, endless: Any) -> Callable[..., Scenario]:
    """One station in the town it serves; 24 faults a day of an hour's work each: an Erlang to be carried."""

    def make(assumptions: dict[str, Any], **more: Any) -> Scenario:
        mode = {"m": {"name": {"en": "M"}, "share": 1.0, "work": "1 h"}}
        return own(
            products={"p": {"name": {"en": "P"}, "rate": "24 /d", "modes": mode}},
            demand=endless("a"),
            clauses=CLAUSES,
            assumptions=assumptions,
            time={"window": "28 d", "drain": "2 d"},
            **more,
        )

    return make


class TestScreen:
    def test_what_takes_most_from_the_promise_comes_first_and_what_moves_nothing_is_left_out(self, town: Any) -> None:
        rows = {
            "idle": row("reporting.complaints.kept", 0.0, 0.1),
            "work": WORK,
            "base": row("demand.scale", 0.5e-6, 2e-6),
        }
        found = found_plan(town(rows, reporting={"complaints": {"kept": 0.01, "late": 0.5}}), {"engineers.a": 2})
        assert [r.id for r in mattering(found, 3)] == ["base", "work"]
        assert [r.id for r in mattering(found, 1)] == ["base"]

    def test_what_the_plan_decides_is_no_assumption(self, town: Any) -> None:
        rows = {"crew": row("stations.a.engineers", 1, 3), "reach": row("dispatch.who", "own", "nearest"), "base": BASE}
        found = found_plan(town(rows, stations={"a": {"engineers": 2}}), {})
        assert decided(found, found.space.scenario_of(found.levels)) >= {"crew"}
        assert [r.id for r in mattering(found, 3)] == ["base"]

    def test_an_end_that_cannot_be_built_is_left_out(self, town: Any) -> None:
        """The drain must outlast the limit: at its low end there is no scenario."""
        rows = {"drain": row("time.drain", "1 h", "3 d"), "base": BASE}
        assert [r.id for r in mattering(found_plan(town(rows), {"engineers.a": 2}), 3)] == ["base"]


class TestSturdy:
    @pytest.fixture
    def hardened(self, town: Any) -> tuple[Found, Sturdy]:
        found = found_plan(town({"base": BASE, "work": WORK}), {"engineers.a": 2})
        return found, sturdy(found)

    def test_the_plan_holds_at_every_corner_and_one_engineer_less_does_not(
        self, hardened: tuple[Found, Sturdy]
    ) -> None:
        found, plan = hardened
        assert plan.status == "kept"
        assert plan.scenario is not None
        engineers = plan.scenario.model.stations["a"].engineers
        ends = [
            dict(zip(("base", "work"), ends, strict=True)) for ends in product((0.6e-6, 1.7e-6), ("45 min", "80 min"))
        ]
        corners = Corners.of(found, [{f"assumptions.{k}": v for k, v in end.items()} for end in ends], seed=99)

        def shares(count: int) -> list[float]:
            counts = corners.run(tuple(count if x.kind == "engineers" else x.low for x in found.space.levers), 12)
            return [float(s) for s in counts.kept.sum(axis=0)[::2] / counts.cases.sum(axis=0)[::2]]

        assert min(shares(engineers)) > 0.9
        assert min(shares(engineers - 1)) < 0.9
        # Twice the load at the last corner.
        assert shares(engineers - 1).index(min(shares(engineers - 1))) == 3

    def test_cost_and_lines_are_against_the_plan(self, hardened: tuple[Found, Sturdy]) -> None:
        _, plan = hardened
        assert plan.scenario is not None
        (line,) = plan.lines
        assert (line.key, line.today) == ("engineers.a", 2)
        assert line.planned == plan.scenario.model.stations["a"].engineers
        assert plan.cost == pytest.approx(95_000 * (line.planned - 2))  # type: ignore[operator]
        assert {a["assumption"] for a in plan.assumptions} == {"base", "work"}
        assert plan.worst is not None
        assert plan.worst[0] == "P"
        assert plan.worst[2] > 0

    def test_a_plan_that_is_sturdy_already_costs_nothing_more(self, town: Any) -> None:
        plan = sturdy(found_plan(town({"base": BASE, "work": WORK}), {"engineers.a": 5}))
        assert (plan.status, plan.cost, plan.lines) == ("kept", 0.0, ())

    def test_a_corner_at_which_nothing_helps_is_named(self, town: Any) -> None:
        rows = {"set-out": row("staff.set_out", "5 min", "2 h"), "base": BASE}
        plan = sturdy(found_plan(town(rows, staff={"set_out": "10 min"}), {"engineers.a": 4}))
        assert (plan.status, plan.cost, plan.scenario) == ("impossible", None, None)
        assert "2 h" in plan.why[0]
        assert "P" in plan.why[0]

    def test_without_an_assumption_that_matters_the_plan_stands(self, town: Any) -> None:
        found = found_plan(town({}), {"engineers.a": 2})
        plan = sturdy(found)
        assert (plan.status, plan.cost, plan.assumptions) == ("kept", 0.0, ())
        assert plan.scenario == found.space.scenario_of(found.levels)


class TestDemand:
    def test_more_demand_never_costs_less_and_the_plan_is_its_own_rung(self, town: Any) -> None:
        found = found_plan(town({}), {"engineers.a": 3})
        rungs = ladder(found, targets=(), demands=(4.0, 0.5, 1.0))
        assert [(r.axis, r.value) for r in rungs] == [("demand", 0.5), ("demand", 1.0), ("demand", 4.0)]
        assert rungs[1].cost == found.space.cost(found.levels)
        costs = [r.cost for r in rungs if r.cost is not None]
        assert costs == sorted(costs)
        assert len(costs) == 3
        # Four Erlang are not carried by four engineers, half an Erlang by two with ease.
        assert rungs[2].engineers is not None
        assert rungs[2].engineers > 4
        assert rungs[0].engineers == 2

    def test_a_plan_that_is_too_dear_is_repaired_by_that_for_more_demand(self, town: Any) -> None:
        found = found_plan(town({}), {"engineers.a": 9})
        wide = replace(found, levels=tuple(x.high if x.kind == "engineers" else x.low for x in found.space.levers))
        rungs = ladder(wide, targets=(), demands=(1.0, 2.0))
        assert [r.repaired for r in rungs] == [True, False]
        assert rungs[0].cost == rungs[1].cost


def test_an_extra_of_no_known_name_is_refused_with_the_nearest() -> None:
    check_extras(["pareto", "sturdy"])
    with pytest.raises(ScenarioError, match="pareto"):
        check_extras(["pareot"])
