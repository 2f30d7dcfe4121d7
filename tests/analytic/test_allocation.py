"""Two echelons of stock by marginal analysis: against every allocation there is, and against one echelon."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simsvc.analytic import metric_backorders, two_echelon_backorders, two_echelon_fill_rates
from simsvc.analytic.allocation import Allocation, Chain, efficient
from simsvc.analytic.marginal import Demand, serve

RATE = st.floats(0.02, 1.5)


def backorders(chain: Chain, stocks: np.ndarray, *, exact: bool) -> float:
    """Of an allocation, by the formulas of the echelons alone."""
    rule = two_echelon_backorders if exact else metric_backorders
    return sum(
        sum(
            rule(
                int(stocks[-1, k]),
                chain.hub_lead,
                stocks[:-1, k].tolist(),
                rates.tolist(),
                [chain.lead] * len(rates),
            )
        )
        for k, rates in enumerate(chain.rate.T)
    )


@settings(max_examples=12)
@given(st.tuples(RATE, RATE, RATE, RATE), st.tuples(st.integers(1, 4), st.integers(1, 4)), st.booleans())
def test_no_allocation_of_the_same_value_has_fewer_backorders(
    rates: tuple[float, ...], costs: tuple[int, int], exact: bool
) -> None:
    """Two stations, a hub, two parts: all with up to three pieces a shelf."""
    chain = Chain(np.array(rates).reshape(2, 2), 0.5, 1.5, np.array(costs, np.float64))
    every = []
    for one in itertools.product(range(4), repeat=3):
        parts = [Chain(chain.rate[:, [k]], 0.5, 1.5, chain.cost[[k]]) for k in (0, 1)]
        every.append((sum(one), [backorders(part, np.array(one)[:, None], exact=exact) for part in parts]))
    pairs = [(a[0] * costs[0] + b[0] * costs[1], a[1][0] + b[1][1]) for a in every for b in every]
    for found in itertools.islice(efficient(chain, exact=exact), 9):
        assert found.backorders == pytest.approx(backorders(chain, found.stocks, exact=exact), abs=1e-7)
        assert found.value == pytest.approx(float((found.stocks * np.array(costs)).sum()))
        if found.stocks.max() < 3:
            assert found.backorders <= min(b for value, b in pairs if value <= found.value + 1e-9) + 1e-7


def test_stocks_grow_dearer_and_better_and_end_with_all_there() -> None:
    chain = Chain(np.array([[2.0, 0.1], [0.5, 0.0]]), 0.1, 0.3, np.array([3.0, 50.0]))
    found = list(efficient(chain))
    assert found[0] == Allocation(found[0].stocks, 0.0, pytest.approx(found[0].backorders), 0.0)
    assert not found[0].stocks.any()
    assert all(a.value < b.value and a.backorders > b.backorders for a, b in itertools.pairwise(found))
    assert found[-1].fill_rate == pytest.approx(1, abs=1e-6)
    assert found[-1].backorders == pytest.approx(0, abs=1e-6)
    # Nobody asks the second station for the dear part.
    assert all(a.stocks[1, 1] == 0 for a in found)


@pytest.mark.parametrize("exact", [False, True])
def test_the_share_filled_at_once_is_that_of_the_echelons(exact: bool) -> None:
    chain = Chain(np.array([[0.8], [0.3]]), 0.5, 2.0, np.array([1.0]))
    for found in itertools.islice(efficient(chain, exact=exact), 8):
        *stocks, hub = found.stocks[:, 0].tolist()
        fills = two_echelon_fill_rates(hub, 2.0, stocks, [0.8, 0.3], [0.5, 0.5])
        share = (0.8 * fills[0] + 0.3 * fills[1]) / 1.1
        assert found.fill_rate == pytest.approx(share, abs=1e-9 if exact else 0.05)


@given(st.lists(RATE, min_size=1, max_size=4))
def test_without_a_hub_it_is_one_echelon(rates: list[float]) -> None:
    chain = Chain(np.array(rates)[:, None], 1.0, 9.0, np.array([2.0]), hub=False)
    asked = Demand(np.array(rates), np.ones(len(rates)), np.full(len(rates), 2.0))
    for found in itertools.islice(efficient(chain), 10):
        held = serve(asked, found.stocks[:-1, 0])
        assert (found.value, found.backorders) == pytest.approx((held.value, held.backorders), abs=1e-9)
        assert found.fill_rate == pytest.approx(held.fill_rate, abs=1e-9)
        assert found.stocks[-1, 0] == 0


def test_a_hub_pools_what_many_stations_seldom_ask_for() -> None:
    """Ten stations, one demand in ten leads each; with a short way from the hub the first pieces lie there."""
    chain = Chain(np.full((10, 1), 0.1), 0.01, 1.0, np.array([1.0]))
    third = next(itertools.islice(efficient(chain), 3, None))
    assert third.stocks[-1, 0] == third.stocks.sum() > 0


def test_it_stops_at_a_value() -> None:
    chain = Chain(np.ones((2, 1)), 1.0, 1.0, np.array([10.0]))
    assert max(a.value for a in efficient(chain, most=35.0)) <= 35.0


@pytest.mark.parametrize(
    ("rate", "cost"),
    [(np.ones(2), [1.0]), (np.ones((1, 2)), [1.0]), (-np.ones((1, 1)), [1.0]), (np.ones((1, 1)), [0.0])],
)
def test_chains_that_make_no_sense_are_refused(rate: np.ndarray, cost: list[float]) -> None:
    with pytest.raises(ValueError, match=r"rate|cost"):
        Chain(rate, 1.0, 1.0, np.array(cost))
