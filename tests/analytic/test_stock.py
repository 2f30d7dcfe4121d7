"""Base-stock formulas: hand-worked values, limits, laws, and a small simulation without any of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simsvc.analytic import expected_backorders, fill_rate, metric_backorders

STOCK, PIPELINE = st.integers(0, 30), st.floats(0.01, 20)


def test_a_pipeline_of_one_by_hand() -> None:
    e = math.exp(-1)
    assert [fill_rate(s, 1.0) for s in range(3)] == pytest.approx([0, e, 2 * e])
    assert [expected_backorders(s, 1.0) for s in range(3)] == pytest.approx([1, e, 3 * e - 1])


@given(STOCK, PIPELINE)
def test_backorders_are_the_poisson_overshoot(stock: int, pipeline: float) -> None:
    chance, total = math.exp(-pipeline), 0.0
    for k in range(1, 200):
        chance *= pipeline / k
        total += max(0, k - stock) * chance
    assert expected_backorders(stock, pipeline) == pytest.approx(total, abs=1e-9)


@given(STOCK, PIPELINE)
def test_one_more_part_saves_what_the_fill_rate_says(stock: int, pipeline: float) -> None:
    saved = expected_backorders(stock, pipeline) - expected_backorders(stock + 1, pipeline)
    assert saved == pytest.approx(1 - fill_rate(stock + 1, pipeline), abs=1e-9)


def test_nothing_in_the_pipeline_needs_one_part() -> None:
    assert (fill_rate(0, 0.0), fill_rate(1, 0.0), expected_backorders(0, 0.0)) == (0.0, 1.0, 0.0)


def test_stations_with_a_full_hub_wait_for_their_own_lead_alone() -> None:
    found = metric_backorders(100, 5.0, [1, 2], [0.5, 0.1], [2.0, 3.0])
    assert found == pytest.approx([expected_backorders(1, 1.0), expected_backorders(2, 0.3)])


def test_stations_with_an_empty_hub_wait_for_both_leads() -> None:
    found = metric_backorders(0, 5.0, [1, 2], [0.5, 0.1], [2.0, 3.0])
    assert found == pytest.approx([expected_backorders(1, 3.5), expected_backorders(2, 0.8)])


def test_metric_by_hand() -> None:
    """Hub pipeline 1 and stock 1: 0.3679 backorders over a rate of 0.5 make a delay of 0.7358 each."""
    found = metric_backorders(1, 2.0, [1, 1], [0.25, 0.25], [4.0, 0.0])
    pipelines = [0.25 * (4 + 2 / math.e), 0.25 * 2 / math.e]
    assert found == pytest.approx([m - 1 + math.exp(-m) for m in pipelines])


def test_no_demand_no_backorders() -> None:
    assert metric_backorders(0, 5.0, [0], [0.0], [2.0]) == [0.0]


@given(st.integers(0, 8), st.lists(st.tuples(st.integers(0, 4), st.floats(0.01, 1)), min_size=1, max_size=4))
def test_more_at_the_hub_never_hurts(hub: int, stations: list[tuple[int, float]]) -> None:
    stocks, rates = zip(*stations, strict=True)
    leads = [1.0] * len(stations)
    less = metric_backorders(hub, 3.0, stocks, rates, leads)
    more = metric_backorders(hub + 1, 3.0, stocks, rates, leads)
    assert all(b <= a + 1e-12 for a, b in zip(less, more, strict=True))


def test_stations_must_pair_up() -> None:
    with pytest.raises(ValueError, match="shorter"):
        metric_backorders(1, 1.0, [1, 1], [1.0], [1.0])


def test_metric_against_a_simulation() -> None:
    """Two stations and a hub, constant leads, demand by demand: the n-th order waits for the (n-S)-th receipt.

    METRIC is an approximation from below, close where stations are alike.
    """
    rng = np.random.default_rng(3)
    demands, rate, hub_stock, hub_lead, lead, stock = 200_000, 1.0, 3, 3.0, 1.0, 1
    times = np.cumsum(rng.exponential(1 / rate, demands))
    station = rng.integers(0, 2, demands)
    # The hub passes on at once, or when the part ordered hub_stock demands ago has come in.
    shipped = times.copy()
    shipped[hub_stock:] = np.maximum(times[hub_stock:], times[:-hub_stock] + hub_lead)
    waits = []
    for i in range(2):
        asked, arrives = times[station == i], shipped[station == i] + lead
        # Likewise at the station: a demand is met by the part that the demand `stock` before it called in.
        met = np.maximum(asked[stock:], arrives[:-stock])
        waits.append(float((met - asked[stock:]).sum() / times[-1]))
    found = metric_backorders(hub_stock, hub_lead, [stock] * 2, [rate / 2] * 2, [lead] * 2)
    assert waits == pytest.approx(found, rel=0.12)
    assert found[0] <= waits[0] * 1.02
