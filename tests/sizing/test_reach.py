"""Impossible wishes are told at once: who, why, and the nearest promise; eased ones can be kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.case import Case, build
from simsvc.measures import REASONS, STEPS, Binned
from simsvc.promise.sizing import Obstacle
from simsvc.sizing.evaluate import Counts, Evaluator
from simsvc.sizing.reach import ceilings, eased, unreachable
from simsvc.sizing.request import request
from simsvc.sizing.space import space
from simsvc.sizing.wishes import Wishes, wishes
from tests.tiny import HOUR, Tiny

CASES = 500
"""Cases a replication in each area."""


@dataclass
class Most:
    """A space of which only the most of everything is looked at: with ``reach`` a lever of ``levels``, else none."""

    scenario: sv.Scenario
    levels: int = 0

    @property
    def levers(self) -> list[Any]:
        return [SimpleNamespace(low=0, high=self.levels - 1)] if self.levels else []

    @property
    def index(self) -> dict[str, int]:
        return {"reach": 0} if self.levels else {}

    @property
    def most(self) -> tuple[int, ...]:
        return (self.levels - 1,) if self.levels else ()

    def case_of(self, _: tuple[int, ...]) -> Case:
        return build(self.scenario)


class Known:
    """Simulations that come out as told: of each column, by level of reach, shares of the cases by hours needed (never:
    ``inf``); every miss is ``too_far``."""

    def __init__(self, wanted: Wishes, hours: Callable[[int, str, int], dict[float, float]]) -> None:
        self.wishes, self.hours, self.looked = wanted, hours, list[int]()

    def run_many(self, plans: Sequence[tuple[int, ...]], replications: int) -> list[Counts]:
        self.looked.append(replications)
        return [self._counts(plan, replications) for plan in plans]

    def delays(self, plan: tuple[int, ...], replications: int) -> list[Binned]:
        found = []
        for c in self.wishes.columns:
            limit = self._part(c.clause, c.part).limit
            if limit is None:
                found.append(Binned(np.array([0, STEPS + 1]), np.zeros((replications, 2), np.int64)))
                continue
            shares = self.hours(plan[0] if plan else 0, c.clause, c.area)
            bins = {h: min(round(h * HOUR / (limit / 120)), STEPS + 1) if h < np.inf else STEPS + 1 for h in shares}
            at = sorted({0, STEPS + 1, *bins.values()})
            row = [round(CASES * sum(s for h, s in shares.items() if bins[h] == b)) for b in at]
            found.append(Binned(np.array(at), np.array([row] * replications)))
        return found

    def _counts(self, plan: tuple[int, ...], replications: int) -> Counts:
        kept = np.zeros((replications, len(self.wishes.columns)))
        for k, c in enumerate(self.wishes.columns):
            limit = self._part(c.clause, c.part).limit or HOUR
            shares = self.hours(plan[0] if plan else 0, c.clause, c.area)
            kept[:, k] = round(CASES * sum(s for h, s in shares.items() if h * HOUR <= limit))
        cases = np.full_like(kept, CASES)
        reasons = np.zeros((kept.shape[1], len(REASONS)))
        reasons[:, REASONS.index("too_far")] = (cases - kept).sum(axis=0)
        return Counts(kept, cases, reasons, np.zeros(replications))

    def _part(self, clause: str, k: int) -> Any:
        return self.wishes.scenario.model.clauses[clause].parts[k]


def promised(**clauses: list[dict[str, Any]]) -> sv.Scenario:
    """The tiny scenario: areas north and south, and an isle without a road, shown apart."""
    raw = Tiny.raw()
    raw["clauses"] = {name: {"text": {"en": name}, "parts": parts} for name, parts in clauses.items()}
    raw["demand"]["sites"] = [{"area": a, "sites": 3} for a in ("north", "isle")]
    return sv.from_dict(raw)


def sim(measure: str, **more: Any) -> dict[str, Any]:
    return {"kind": "sim", "measure": measure, **more}


VISIT = [sim("time_to_site", limit="2 h")]


def asked(scenario: sv.Scenario, **how: Any) -> Wishes:
    return wishes(scenario, request(scenario, **how))


def told(obstacles: Sequence[Obstacle]) -> set[tuple[str, str]]:
    return {(o.clause, o.area) for o in obstacles}


def solved(wanted: Wishes, simulated: Known, levels: int = 0) -> tuple[Wishes, tuple[Obstacle, ...]]:
    """The eased wishes, and every obstacle."""
    space: Any = Most(wanted.scenario, levels)
    found = (*unreachable(space, wanted), *ceilings(space, wanted, simulated))  # type: ignore[arg-type]
    return eased(space, wanted, simulated, found), found  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------- told at once


def test_nobody_comes_to_an_island_without_a_road() -> None:
    scenario = promised(
        visit=VISIT,
        answer=[sim("response", limit="1 h")],
        goods=[sim("delivered", days=5)],
        look=[sim("planned_done", population={"planned": ["inspection"]})],
    )
    wanted = asked(scenario, areas=["isle", "north"])

    found = unreachable(Most(scenario), wanted)  # type: ignore[arg-type]

    assert told(found) == {("visit", "isle"), ("goods", "isle"), ("look", "isle")}
    visit = found[0]
    assert (visit.best, visit.low, visit.high, visit.nearest) == (0.0, 0.0, 0.0, None)
    assert (visit.limit, visit.target) == ("<= 2 h", 0.95)
    assert "no road" in visit.why[0]
    assert "remote help" in visit.why[0]
    assert "公路" in visit.why[1]


def test_a_boat_or_a_contractor_takes_the_obstacle_away() -> None:
    raw = promised(visit=VISIT).raw
    boat = {"from": "port", "to": "isle", "departs": ["08:00"], "returns": ["16:00"], "duration": "2 h"}
    by_boat = sv.from_dict(raw | {"network": raw["network"] | {"passages": [boat]}})
    helped = raw | {"dispatch": {"contractor": {"after": "1 h", "arrival": "1 h", "calendar": "always"}}}

    for scenario in (by_boat, sv.from_dict(helped)):
        assert unreachable(Most(scenario), asked(scenario, areas=["isle"])) == ()  # type: ignore[arg-type]


def test_where_nobody_has_the_skill_the_road_does_not_help() -> None:
    raw = promised(visit=[sim("time_to_site", limit="2 h", population={"products": ["server"]})]).raw
    raw["products"]["server"]["skill"] = "servers"
    raw["staff"]["engineers"] = {"port-1": {"skills": ["servers"]}}
    scenario = sv.from_dict(raw)
    raw["stations"]["port"]["covers"] = ["isle"]
    raw["stations"]["hill"]["covers"] = ["south", "north"]
    uncovered = sv.from_dict(raw)

    assert unreachable(Most(scenario), asked(scenario)) == ()  # type: ignore[arg-type]
    (found,) = unreachable(Most(uncovered), asked(uncovered))  # type: ignore[arg-type]
    assert found.area == "north"
    assert "can do such work" in found.why[0]


def test_plan_rules_ask_for_what_can_be_met() -> None:
    scenario = promised(cover=[{"kind": "plan", "rule": "coverage"}], lone=[{"kind": "plan", "rule": "ticket_fields"}])
    wanted = asked(scenario)
    space: Any = Most(scenario)

    (found,) = unreachable(space, wanted)

    assert (found.clause, found.area, found.best, found.low, found.high) == ("cover", "province", 2 / 3, 2 / 3, 2 / 3)
    assert "2 of 3" in found.why[0]
    assert "no road leads there" in found.why[0]
    planned, _ = solved(wanted, Known(wanted, lambda *_: {}))
    assert {w.clause: (w.asked_target, w.target) for w in planned.wishes} == {"cover": (1.0, 2 / 3), "lone": (1.0, 1.0)}
    assert unreachable(space, planned) == ()


# ------------------------------------------------------------------------------------------------- by simulation


def test_what_is_kept_with_the_most_of_everything_is_no_obstacle() -> None:
    wanted = asked(promised(visit=VISIT))
    simulated = Known(wanted, lambda *_: {1.0: 0.96, 3.0: 0.04})

    planned, found = solved(wanted, simulated)

    assert found == ()
    assert planned == wanted
    assert simulated.looked == [20, 20], "one look decides; easing asks for the same again"


def test_the_nearest_limit_leaves_a_third_of_the_misses() -> None:
    wanted = asked(promised(visit=VISIT))
    # 95 % + 1.67 % of the south are there after 2 h 40 min, of the north after 2 h.
    times = {
        -1: {1.0: 0.9, 2.6: 0.08, 5.0: 0.02},
        0: {1.0: 0.97, 5.0: 0.03},
        1: {1.0: 0.8, 2.6: 0.16, 2.7: 0.02, 5.0: 0.02},
    }

    planned, found = solved(wanted, Known(wanted, lambda _, __, area: times[area]))

    assert [(o.area, o.best, o.nearest) for o in found] == [("province", 0.9, 2.75 * HOUR), ("south", 0.8, 2.75 * HOUR)]
    assert all(o.low < o.best < o.high < 0.95 for o in found)
    assert "too far 100 %" in found[1].why[0]
    (wish,) = planned.wishes
    assert (wish.asked_limit, wish.limit, wish.target, wish.areas) == ("<= 2 h", "<= 165 min", 0.95, ("north", "south"))
    assert wish.eased
    assert planned.scenario.model.clauses["visit"].parts[0].limit == 2.75 * HOUR  # type: ignore[union-attr]
    assert [c.target for c in planned.columns] == [0.95] * 3


def test_an_area_that_no_limit_helps_is_left_out_and_named() -> None:
    wanted = asked(promised(visit=VISIT))
    times = {-1: {1.0: 0.97, 3.0: 0.03}, 0: {1.0: 0.97, 3.0: 0.03}, 1: {1.0: 0.5, np.inf: 0.5}}

    planned, found = solved(wanted, Known(wanted, lambda _, __, area: times[area]))

    assert [(o.area, o.nearest) for o in found] == [("south", None)]
    (wish,) = planned.wishes
    assert wish.areas == ("north",)
    assert wish.limit == "<= 2 h", "the others need no longer one"
    assert [c.area for c in planned.columns] == [-1, 0]


def test_an_area_that_is_near_the_target_is_never_left_out_silently() -> None:
    wanted = asked(promised(visit=VISIT))
    # No limit leaves room in the south, which keeps the promise all the same, with little to spare.
    times = {-1: {1.0: 0.9, 2.4: 0.1}, 0: {1.0: 0.85, 2.4: 0.15}, 1: {1.0: 0.957, np.inf: 0.043}}

    planned, found = solved(wanted, Known(wanted, lambda _, __, area: times[area]))

    assert [o.area for o in found] == ["province", "north"]
    assert [(w.limit, w.areas) for w in planned.wishes] == [("<= 150 min", ("north", "south"))]


def test_without_a_limit_that_helps_the_share_is_eased_and_a_hopeless_promise_left_out() -> None:
    scenario = promised(
        shelf=[sim("stock_ratio", ratio=0.03, level="island")],
        visit=[sim("time_to_site", limit="2 h")],
        never=[sim("time_to_site", limit="1 h", population={"causes": ["hardware"]})],
    )
    wanted = asked(scenario, areas=["north"])
    shares = {"shelf": 0.91, "visit": 0.84, "never": 0.3}

    planned, found = solved(wanted, Known(wanted, lambda _, c, __: {0.5: shares[c], np.inf: 1 - shares[c]}))

    assert {o.clause for o in found} == {"shelf", "visit", "never"}
    # 85 % asks for 90 %, 70 % for 80 %.
    assert [(w.clause, w.asked_target, w.target) for w in planned.wishes] == [
        ("shelf", 0.95, 0.85),
        ("visit", 0.95, 0.7),
    ]
    assert [w.limit for w in planned.wishes] == [">= 3 % of units", "<= 2 h"]


def test_nobody_promises_100_percent() -> None:
    wanted = asked(promised(visit=VISIT, quick=[sim("response", limit="1 h")]), target=1.0, areas=["north"])
    times = {"visit": {1.0: 0.97, 2.2: 0.02, 3.0: 0.01}, "quick": {0.5: 1.0}}

    planned, found = solved(wanted, Known(wanted, lambda _, c, __: times[c]))

    assert told(found) == {(c, a) for c in ("visit", "quick") for a in ("province", "north")}
    by = {(o.clause, o.area): o for o in found}
    assert by["visit", "north"].best == 0.97
    assert by["visit", "north"].nearest is None
    assert "nearest: 98 % within 2.25 h" in by["visit", "north"].why[0]
    assert "nearest: 98 % within 1 h" in by["quick", "north"].why[0]
    assert by["quick", "north"].low < 1.0
    assert [(w.asked_target, w.target, w.limit) for w in planned.wishes] == [
        (1.0, 0.98, "<= 135 min"),
        (1.0, 0.98, "<= 1 h"),
    ]


def test_each_way_of_sending_is_tried_before_a_promise_is_called_impossible() -> None:
    wanted = asked(promised(visit=VISIT), areas=["north"])

    def hours(reach: int, _: str, __: int) -> dict[float, float]:
        return {1.0: 0.99, 3.0: 0.01} if reach == 1 else {1.0: 0.5, 3.0: 0.5}

    planned, found = solved(wanted, Known(wanted, hours), levels=3)

    assert found == ()
    assert planned == wanted


def test_a_share_near_the_target_is_looked_at_longer_and_not_called_impossible() -> None:
    wanted = asked(promised(visit=VISIT), areas=["north"])
    simulated = Known(wanted, lambda *_: {1.0: 0.948, 2.2: 0.052})

    planned, found = solved(wanted, simulated)

    assert found == (), "a share of 94.8 % in 30,000 cases may be one of 95 %"
    assert simulated.looked[:2] == [20, 60]
    # But it is not surely kept, so that there is nothing to plan for.
    assert [w.limit for w in planned.wishes] == ["<= 135 min"]


def test_the_drain_outlasts_the_limit_that_is_promised_instead() -> None:
    wanted = asked(promised(visit=[sim("time_to_site", limit="20 d")]))
    assert wanted.scenario.model.time.drain == 28 * 24 * HOUR
    times = {-1: {1.0: 0.9, 25 * 24.0: 0.1}, 0: {1.0: 0.9, 27 * 24.0: 0.1}, 1: {1.0: 0.9, 34 * 24.0: 0.1}}

    planned, found = solved(wanted, Known(wanted, lambda _, __, area: times[area]))
    assert [(o.area, o.nearest) for o in found] == [
        ("province", 25 * 24 * HOUR),
        ("north", 27 * 24 * HOUR),
        ("south", 34 * 24 * HOUR),
    ]
    assert [(w.limit, w.target, w.areas) for w in planned.wishes] == [("<= 34 d", 0.95, ("north", "south"))]
    assert planned.scenario.model.time.drain == 34 * 24 * HOUR

    planned, _ = solved(wanted, Known(wanted, lambda *_: times[0]))
    assert planned.scenario.model.time.drain == 28 * 24 * HOUR, "27 d fit into it"


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_no_share_is_impossible_where_nothing_is_promised(share: float) -> None:
    wanted = asked(promised(visit=[sim("time_to_site", limit="2 h", target=0.0)]), areas=["isle"])

    planned, found = solved(wanted, Known(wanted, lambda *_: {1.0: share, 3.0: 1 - share}))

    assert found == ()
    assert planned == wanted


def test_too_far_for_any_staff_by_the_simulation_itself(
    own: Callable[..., sv.Scenario],
    line: Callable[..., dict[str, Any]],
    station: Callable[..., dict[str, Any]],
    endless: Callable[..., dict[str, Any]],
) -> None:
    scenario = own(
        network=line("a", "b", minutes=90, noise_cv=0.0),
        time={"window": "28 d", "drain": "2 d"},
        stations={"a": station("a", covers=["a", "b"])},
        # Sent on from a site in b they would be there at once.
        dispatch={"free_when": "when-home"},
        demand=endless("a", "b"),
        clauses={"visit": {"text": {"en": "visit"}, "parts": [sim("time_to_site", limit="1 h")]}},
    )
    # One engineer for two faults a day of an hour each; nobody may open a station in b.
    demand = request(scenario, candidates=[], ease=True)
    wanted = wishes(scenario, demand)
    room = space(scenario, demand)
    evaluator = Evaluator(room, wanted, seed=5, workers=1)

    found = ceilings(room, wanted, evaluator)

    assert unreachable(room, wanted) == ()
    by = {o.area: o for o in found}
    assert by.keys() == {"province", "b"}
    assert by["b"].best == 0.0
    assert "too far" in by["b"].why[0]
    assert by["b"].nearest == 1.5 * HOUR
    assert by["province"].best == pytest.approx(0.5, abs=0.03)
    (wish,) = eased(room, wanted, evaluator, found).wishes
    assert (wish.limit, wish.areas) == ("<= 90 min", ("a", "b"))

    # A station there helps.
    demand = request(scenario, candidates=["b"])
    assert ceilings(space(scenario, demand), wanted, Evaluator(space(scenario, demand), wanted, 5, workers=1)) == ()
