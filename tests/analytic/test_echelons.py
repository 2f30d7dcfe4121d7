"""Hub and stations exactly: hand-worked values, limits, a simulation without any formula, and where METRIC lies."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simsvc.analytic import (
    expected_backorders,
    fill_rate,
    metric_backorders,
    station_orders,
    two_echelon_backorders,
    two_echelon_fill_rates,
)

TRANSPORTS = ("constant", "exponential")


def test_one_piece_at_the_hub_and_no_way_by_hand() -> None:
    """Pipeline 1 at the hub and stock 1: no backorder with 2/e, each one half the station's; the station holds none.

    With b backorders (probability e^-1/(b+1)!) none is the station's with 2^-b.
    """
    found = station_orders(1, 1.0, 0.5, 0.0, 1.0)
    none = math.exp(-1) * (1 + sum(0.5**b / math.factorial(b + 1) for b in range(30)))
    assert found[0] == pytest.approx(none)
    assert two_echelon_backorders(1, 1.0, [0, 0], [0.5, 0.5], [0.0, 0.0]) == pytest.approx([math.exp(-1) / 2] * 2)
    assert two_echelon_fill_rates(1, 1.0, [1], [1.0], [0.0]) == pytest.approx([2 * math.exp(-1)])


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize(("hub", "lead"), [(0, 4.0), (60, 1.0)])
def test_an_empty_and_a_full_hub_leave_a_poisson_pipeline(transport: Any, hub: int, lead: float) -> None:
    """Where the hub has nothing the station waits for both times, where it has plenty for its own."""
    args = (hub, 3.0, [0, 1, 3], [0.2, 0.3, 0.5], [1.0, 1.0, 1.0])
    pipelines = [r * lead for r in args[3]]
    waits = [expected_backorders(s, m) for s, m in zip(args[2], pipelines, strict=True)]
    assert two_echelon_backorders(*args, transport) == pytest.approx(waits, abs=1e-9)
    fills = [fill_rate(s, m) for s, m in zip(args[2], pipelines, strict=True)]
    assert two_echelon_fill_rates(*args, transport) == pytest.approx(fills, abs=1e-9)


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("hub", [1, 2, 4])
def test_the_mean_number_outstanding_is_metrics(transport: Any, hub: int) -> None:
    """By Little's law, whatever is approximated elsewhere."""
    orders = station_orders(hub, 3.0, 0.5, 1.0, 1.5, transport)
    delay = expected_backorders(hub, 1.5 * 3.0) / 1.5
    assert np.arange(len(orders)) @ orders == pytest.approx(0.5 * (1.0 + delay), rel=1e-9)
    assert orders.sum() == pytest.approx(1)


LEADS = st.floats(0.05, 3)
STATIONS = st.lists(st.tuples(st.integers(0, 4), st.floats(0.05, 2), LEADS), min_size=1, max_size=4)


@settings(max_examples=300)
@given(st.integers(0, 10), LEADS, STATIONS)
def test_metric_lies_below(hub: int, lead: float, stations: list[tuple[int, float, float]]) -> None:
    """Its pipelines have the right means and too little spread, so that it sees too few backorders."""
    stocks, rates, leads = (list(x) for x in zip(*stations, strict=True))
    exact = two_echelon_backorders(hub, lead, stocks, rates, leads)
    assert all(m <= e + 1e-9 for m, e in zip(metric_backorders(hub, lead, stocks, rates, leads), exact, strict=True))


def test_metric_lies_strictly_below_where_both_hold_stock() -> None:
    args = (3, 3.0, [2, 2], [0.5, 0.5], [1.0, 1.0])
    assert metric_backorders(*args)[0] < 0.75 * two_echelon_backorders(*args)[0]


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_against_a_simulation_demand_by_demand(transport: Any) -> None:
    """Two stations: the hub serves in the order of demand what comes in, each station likewise."""
    rng = np.random.default_rng(7)
    demands, hub_stock, stock = 400_000, 3, 1
    times = np.cumsum(rng.exponential(1.0, demands))
    station = rng.integers(0, 2, demands)
    exponential = transport == "exponential"
    # Pieces become free at the hub: those it holds, then each ordered piece as it comes in; the n-th free one is the
    # n-th demand's.
    come_in = np.sort(times + (rng.exponential(3.0, demands) if exponential else 3.0))
    shipped = times.copy()
    shipped[hub_stock:] = np.maximum(times[hub_stock:], come_in[:-hub_stock])
    arrives = shipped + (rng.exponential(1.0, demands) if exponential else 1.0)
    waits = []
    for i in range(2):
        asked, there = times[station == i], np.sort(arrives[station == i])
        met = np.maximum(asked[stock:], there[:-stock])
        waits.append(float((met - asked[stock:]).sum() / times[-1]))
    exact = two_echelon_backorders(hub_stock, 3.0, [stock] * 2, [0.5] * 2, [1.0] * 2, transport)
    # Four standard errors of such a run (found from 30 seeds: 0.75 % of the value).
    assert waits == pytest.approx(exact, rel=0.03)
    assert min(waits) > 1.05 * metric_backorders(hub_stock, 3.0, [stock] * 2, [0.5] * 2, [1.0] * 2)[0]


def test_a_station_without_demand_has_no_backorders() -> None:
    assert two_echelon_backorders(0, 1.0, [0, 0], [0.0, 1.0], [1.0, 1.0]) == pytest.approx([0.0, 2.0])


def test_rates_and_stations_must_fit() -> None:
    with pytest.raises(ValueError, match="at most the total"):
        station_orders(1, 1.0, 2.0, 1.0, 1.0)
    with pytest.raises(ValueError, match="shorter"):
        two_echelon_backorders(1, 1.0, [1, 1], [1.0], [1.0])
