"""Marginal analysis: against every allocation there is, against a rule, against METRIC, and by hand."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simsvc.analytic import expected_backorders, metric_backorders
from simsvc.analytic.marginal import Demand, allocate, serve, value_for

RATES = st.lists(st.floats(0.05, 3.0), min_size=1, max_size=3)


def demand(rates: list[float], leads: list[float] | None = None, costs: list[float] | None = None) -> Demand:
    ones = [1.0] * len(rates)
    return Demand(*(np.array(column, np.float64) for column in (rates, leads or ones, costs or ones)))


def every(shelves: int, most: int) -> list[np.ndarray]:
    return [np.array(s, np.int64) for s in itertools.product(range(most + 1), repeat=shelves)]


@given(RATES, st.integers(0, 6))
def test_with_equal_costs_no_allocation_is_better(rates: list[float], pieces: int) -> None:
    asked = demand(rates)
    found = serve(asked, allocate(asked, float(pieces)))
    best = min(serve(asked, s).backorders for s in every(len(rates), pieces) if s.sum() <= pieces)
    assert found.value <= pieces
    assert found.backorders == pytest.approx(best, abs=1e-12)


@given(st.lists(st.tuples(st.floats(0.05, 3.0), st.integers(1, 5)), min_size=1, max_size=3), st.integers(1, 8))
def test_no_allocation_of_the_same_value_is_better_until_a_shelf_drops_out(
    shelves: list[tuple[float, int]], pieces: int
) -> None:
    """The first pieces that marginal analysis buys with plenty of money, taken as an allocation of their own value."""
    rates, costs = zip(*shelves, strict=True)
    asked = demand(list(rates), None, [float(c) for c in costs])
    stocks = np.zeros(len(rates), np.int64)
    for _ in range(pieces):
        saved = [
            expected_backorders(int(s), r) - expected_backorders(int(s) + 1, r)
            for s, r in zip(stocks, rates, strict=True)
        ]
        stocks[int(np.argmax(np.array(saved) / np.array(costs)))] += 1
    mine = serve(asked, stocks)
    others = [s for s in every(len(rates), pieces) if s @ np.array(costs) <= mine.value]
    assert mine.backorders <= min(serve(asked, s).backorders for s in others) + 1e-9
    assert serve(asked, allocate(asked, mine.value)).backorders <= mine.backorders + 1e-9


@given(st.lists(st.tuples(st.floats(0.0, 3.0), st.integers(1, 5), st.integers(0, 4)), min_size=1, max_size=5))
def test_never_worse_than_what_was_given(shelves: list[tuple[float, int, int]]) -> None:
    rates, costs, stocks = zip(*shelves, strict=True)
    asked, given_ = demand(list(rates), None, [float(c) for c in costs]), np.array(stocks, np.int64)
    rule = serve(asked, given_)
    found = serve(asked, allocate(asked, rule.value, given_))
    assert found.value <= rule.value + 1e-9
    assert found.backorders <= rule.backorders + 1e-12


def test_pieces_that_cannot_be_divided() -> None:
    """Money for one dear piece: marginal analysis buys the cheap one first and can't pay the dear one any more."""
    asked = demand([0.1, 3.0], None, [1.0, 40.0])
    dear = np.array([0, 1])
    assert allocate(asked, 40.0)[1] == 0
    assert allocate(asked, 40.0, dear).tolist() == [0, 1]


def test_one_shelf_by_hand() -> None:
    """Pipeline 1: two pieces fill 2/e and leave 3/e - 1 waiting; one demand a year, so that is the wait in years."""
    found = serve(demand([1.0]), np.array([2]))
    assert (found.value, found.fill_rate) == (2.0, pytest.approx(2 / math.e))
    assert found.backorders == found.wait == pytest.approx(3 / math.e - 1)


def test_fill_rate_and_wait_weigh_shelves_by_their_demand() -> None:
    asked = demand([3.0, 1.0], [0.0, 2.0])
    found = serve(asked, np.array([1, 0]))
    assert found.fill_rate == pytest.approx(3 / 4)
    assert found.wait == pytest.approx(2.0 / 4)


def test_the_value_that_reaches_a_fill_rate_is_the_least_along_the_way() -> None:
    asked = demand([2.0, 0.5, 0.1], [1.0, 1.0, 3.0], [5.0, 2.0, 1.0])
    value = value_for(asked, 0.9)
    assert serve(asked, allocate(asked, value)).fill_rate >= 0.9 - 1e-12
    assert value_for(asked, serve(asked, allocate(asked, value)).fill_rate) == value
    cheaper = [allocate(asked, v) for v in np.arange(0.0, value, 0.5)]
    assert all(serve(asked, s).fill_rate < 0.9 for s in cheaper if (s <= allocate(asked, value)).all())


def test_nothing_asked_needs_nothing() -> None:
    asked = demand([0.0, 0.0])
    assert allocate(asked, 10.0).tolist() == [0, 0]
    assert serve(asked, np.array([0, 0])).fill_rate == 1.0
    assert value_for(asked, 0.9) == 0.0


def test_a_fill_rate_out_of_reach() -> None:
    """Parts replaced at once leave no backorder to save, and without a piece nothing is met from the shelf."""
    assert value_for(demand([1.0], [0.0]), 0.5) == math.inf


def test_backorders_are_those_of_metric() -> None:
    """Two stations and a hub: a station's lead is its own and the delay at the hub."""
    hub, hub_lead, rates, leads, stocks = 2, 3.0, [0.4, 0.2], [0.5, 1.0], [1, 2]
    delay = expected_backorders(hub, sum(rates) * hub_lead) / sum(rates)
    found = serve(demand(rates, [lead + delay for lead in leads]), np.array(stocks))
    assert found.backorders == pytest.approx(sum(metric_backorders(hub, hub_lead, stocks, rates, leads)))


@pytest.mark.parametrize(("costs", "words"), [([1.0], "pair up"), ([1.0, 0.0], "cost something")])
def test_bad_shelves(costs: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        demand([1.0, 1.0], None, costs)
