"""Base stocks of a plan: today's rule follows the stations, the ladder its fill rates and the kept rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.analytic.allocation import Chain, efficient
from simsvc.case.part_demand import part_demand, part_lead
from simsvc.measures.stock import at_start, groups, stock_ratio
from simsvc.scenario.promises import PlanPart, SimPart
from simsvc.scenario.quantity import YEAR
from simsvc.sizing.request import request
from simsvc.sizing.space import Levels, Space, space
from simsvc.sizing.stocking import Rule, by_price, fill_rate, fill_up
from simsvc.study.replicate import one


@pytest.fixture(scope="module")
def huitian() -> Space:
    scenario = sv.load("huitian-2018")
    return space(scenario, request(scenario))


def with_spares(room: Space, step: int, *, every: bool = False) -> Levels:
    """Today with that step of the ladder, and one engineer more wherever nobody is."""
    return tuple(
        step if lever.key == "spares" else max(level, 1) if every and lever.kind == "engineers" else level
        for level, lever in zip(room.today, room.levers, strict=True)
    )


def test_the_ladder_keeps_the_rules_and_reaches_its_fill_rates(huitian: Space) -> None:
    """At every step the island holds 3 % of each type at the start, whoever is open; fill rates are as named."""
    lever = huitian.levers[huitian.index["spares"]]
    part = huitian.scenario.model.clauses["X01"].parts[0]
    assert isinstance(part, PlanPart)
    for every in (False, True):
        before = 0.0
        for step in range(lever.high + 1):
            levels = with_spares(huitian, step, every=every)
            case, code = huitian.case_of(levels), str(lever.shown(step))
            shelves = groups(case, part)
            assert (at_start(case, shelves) >= shelves.needed).all()
            cost = huitian.costs(levels)[huitian.index["spares"]]
            assert cost >= before
            before = cost
            if code.startswith("fill") and not every:
                rate = part_demand(case)
                own, hub = (seconds / YEAR for seconds in part_lead(case))
                # The hub fills nearly always at these stocks; a delay there could only lower what is found.
                found = fill_rate(rate, np.full(rate.shape, own + 0.5 * hub), case.supply.base_stock[:-1])
                assert found >= float(code.removeprefix("fill-")) / 100 - 0.03


def test_stock_on_hand_holds_for_the_share_of_time_a_step_names(huitian: Space) -> None:
    """What is on order is covered with that probability, so a promise on stock on hand is kept about so often."""
    part = huitian.scenario.model.clauses["X01"].parts[1]
    assert isinstance(part, SimPart)
    lever = huitian.levers[huitian.index["spares"]]
    codes = [lever.shown(step) for step in range(lever.high + 1)]
    for code, low in (("fill-95", 0.93), ("fill-99", 0.97)):
        case = huitian.case_of(with_spares(huitian, codes.index(code)))
        share = float(np.mean([stock_ratio(case, one(case, 3, r), part).share.mean() for r in range(3)]))
        assert low <= share <= 0.999


def test_a_price_for_a_backorder_finds_the_efficient_stocks() -> None:
    """Without a hub shelves are apart: at the right price the stocks are those of marginal analysis, piece by piece."""
    rate, lead, cost = np.array([[4.0, 20.0], [9.0, 2.0]]), 0.05, np.array([300.0, 80.0])
    found = list(efficient(Chain(rate, lead, 0.0, cost, hub=False)))
    for price in (500.0, 3_000.0, 40_000.0):
        stocks = by_price(rate, np.full(rate.shape, lead), price, cost)
        assert any((a.stocks[:-1] == stocks).all() for a in found)


def test_filling_up_adds_the_pieces_that_are_asked_for_most_for_their_money() -> None:
    """Ten pieces short: of two parts of the same cost the one in demand gets most; and no more is added than needed."""
    stocks, cost = np.zeros((3, 2), np.int64), np.array([100.0, 100.0])
    pipeline = np.array([[3.0, 0.1], [0.0, 0.0], [0.0, 0.0]])
    rule = Rule(np.ones((3, 2), np.bool_), np.ones(2, np.int64), 10, watched=False)
    fill_up(rule, stocks, pipeline, cost, 0.0)
    assert stocks.sum() == 10
    assert stocks[0, 0] > stocks[0, 1] > 0
    fill_up(rule, stocks, pipeline, cost, 0.0)
    assert stocks.sum() == 10
    # Watched: 3.1 on order on average, and two standard deviations of 1.76: 16.6 pieces, so 17.
    fill_up(Rule(rule.cells, rule.worth, 10, watched=True), stocks, pipeline, cost, 2.0)
    assert stocks.sum() == 17
    # By value, 350 where a piece counts 100: four pieces.
    stocks[:] = 0
    fill_up(Rule(rule.cells, np.array([100, 100]), 350, watched=False), stocks, pipeline, cost, 0.0)
    assert stocks.sum() == 4


def test_given_stock_follows_the_towns(own: Callable[..., sv.Scenario], line: Any, station: Any) -> None:
    """A new station gets what goes with its units; a closed one's pieces go to who takes its towns."""
    scenario = own(
        network=line("a", "b", "c"),
        stations={"a": station("a", 1, ["a", "b"]), "c": station("c", 1)},
        time={"drain": "7 d"},
        parts={"fuse": {"name": {"en": "Fuse"}, "product": "p", "cost": 10.0}},
        demand={"installed": [{"area": x, "product": "p", "units": n} for x, n in (("a", 30), ("b", 10), ("c", 5))]},
        products={"p": {"modes": {"m": {"part": 1.0, "parts": {"fuse": 1.0}}}}},
        stock={
            "levels": [
                {"station": "c", "part": "fuse", "base_stock": 2},
                {"station": "a", "part": "fuse", "base_stock": 6},
            ]
        },
        clauses={"S": {"text": {"en": "S"}, "parts": [{"kind": "sim", "measure": "time_to_site", "limit": "2 h"}]}},
        sizing={"costs": {"spare": 0.5}},
    )
    room = space(scenario, request(scenario, existing="free"))

    def stock(*engineers: int) -> list[int]:
        levels = (*engineers, *room.today[3:])
        held = dict.fromkeys("acb", 0)
        case = room.case_of(levels)
        for name, pieces in zip(case.staffing.stations, case.supply.base_stock[:-1, 0], strict=True):
            held[name] = int(pieces)
        assert room.costs(levels)[room.index["spares"]] == pytest.approx(0.5 * 10 * sum(held.values()))
        return list(held.values())

    assert [s.key for s in room.sites] == ["a", "c", "b"]
    assert stock(1, 1, 0) == [6, 2, 0]
    # b has 10 of the 40 units that the 6 pieces at a were for: 1.5, rounded up.
    assert stock(1, 1, 1) == [6, 2, 2]
    assert stock(1, 0, 0) == [8, 0, 0]
    # Rows keep their places: the ledger may name them.
    closed = room.scenario_of((1, 0, 0, *room.today[3:])).model.stock.levels
    assert [(row.station, row.base_stock) for row in closed] == [("c", 0), ("a", 8)]
