"""The hypercube model against two servers by hand, Erlang's formulas and its own laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simsvc.analytic import erlang_b, hypercube

RATE = st.floats(0.01, 3.0)


@given(a=RATE, b=RATE)
def test_two_districts_by_hand(a: float, b: float) -> None:
    """Mean service 1. The number busy is Erlang's; and P(first alone) x (a + b + 1) = a P(none) + P(both)."""
    both = a + b
    none = 1 / (1 + both + both**2 / 2)
    lost = none * both**2 / 2
    first, second = ((x * none + lost) / (both + 1) for x in (a, b))
    found = hypercube([a, b], [[0, 1], [1, 0]], [1.0, 1.0])
    assert found.lost == pytest.approx(lost)
    assert found.workload == pytest.approx([first + lost, second + lost])
    # Each goes to its own district unless it is busy, to the other's if that one is.
    expected = np.array([[none + second, first], [second, none + first]]) * np.array([[a], [b]]) / both
    assert found.dispatch == pytest.approx(expected)


@given(servers=st.integers(1, 5), load=st.floats(0.1, 8.0))
def test_one_order_for_all_is_a_trunk_group_hunted_in_order(servers: int, load: float) -> None:
    """What the first k servers lose is Erlang's: server k carries a(B(k − 1) − B(k)), whatever is behind it."""
    order = list(range(servers))
    found = hypercube([load / 3, 2 * load / 3], [order, order], [1.0] * servers)
    carried = [load * (erlang_b(k, load) - erlang_b(k + 1, load)) for k in order]
    assert found.workload == pytest.approx(carried)
    assert found.lost == pytest.approx(erlang_b(servers, load))


@given(st.lists(RATE, min_size=3, max_size=4), st.lists(st.floats(0.2, 3.0), min_size=3, max_size=3), st.randoms())
def test_every_call_is_served_or_lost_and_work_is_conserved(
    rates: list[float], service: list[float], luck: object
) -> None:
    orders = [luck.sample(range(3), 3) for _ in rates]  # type: ignore[attr-defined]
    found = hypercube(rates, orders, service)
    assert found.dispatch.sum() + found.lost == pytest.approx(1)
    assert found.dispatch.sum(axis=1) == pytest.approx(np.array(rates) / sum(rates) * (1 - found.lost))
    # Little's law for each server.
    assert found.workload == pytest.approx(found.dispatch.sum(axis=0) * sum(rates) * np.array(service))


def test_equal_places_with_their_preferences_turned_round_share_the_work() -> None:
    found = hypercube([1.0] * 3, [[0, 1, 2], [1, 2, 0], [2, 0, 1]], [0.5] * 3)
    assert found.workload == pytest.approx([found.workload[0]] * 3)
    assert found.dispatch[0, 0] > found.dispatch[0, 1] > found.dispatch[0, 2]


@pytest.mark.parametrize(
    ("rates", "orders", "service"),
    [
        ([1.0], [[0, 0]], [1.0, 1.0]),
        ([1.0], [[0]], [1.0, 1.0]),
        ([1.0, 1.0], [[0, 1]], [1.0, 1.0]),
        ([-1.0, 2.0], [[0], [0]], [1.0]),
        ([0.0], [[0]], [1.0]),
        ([1.0], [[0]], [0.0]),
        ([float("nan")], [[0]], [1.0]),
        ([1.0], [[]], []),
        ([1.0], [list(range(13))], [1.0] * 13),
    ],
)
def test_impossible_models_are_refused(rates: list[float], orders: list[list[int]], service: list[float]) -> None:
    with pytest.raises(ValueError, match=r"place|rates|servers"):
        hypercube(rates, orders, service)
