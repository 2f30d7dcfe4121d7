"""The hypercube model against two servers by hand, Erlang's formulas and its own laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simsvc.analytic import erlang_b, erlang_c, hypercube

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


def test_the_city_of_three_units_in_larson_and_odoni() -> None:
    """Urban Operations Research 1981, section 5.4: 1.5 calls per service; units' own areas ask for 0.75, 0.35 and 0.40;
    unit 1 backs the others up, atoms 1 and 2 fall to unit 2, atom 4 to unit 3 (0.25 each). Workloads (5.30), chance of
    waiting 0.23684, share of answers across areas 0.43529 (from rounded terms), of unit 1 to atom 1 8.7 %."""
    rates = [0.25, 0.25, 0.25, 0.35, 0.40]
    found = hypercube(rates, [[0, 1, 2], [0, 1, 2], [0, 2, 1], [1, 0, 2], [2, 0, 1]], [1.0] * 3, queue=True)
    assert found.workload == pytest.approx([0.5574, 0.4734, 0.4693], abs=5e-5)
    assert found.waits == pytest.approx(0.23684, abs=5e-6)
    own = found.dispatch[:3, 0].sum() + found.dispatch[3, 1] + found.dispatch[4, 2]
    assert 1 - own == pytest.approx(0.43529, abs=1e-4)
    assert found.dispatch[0, 0] == pytest.approx(0.087, abs=5e-4)
    assert found.lost == 0


def test_two_sectors_where_calls_are_lost() -> None:
    """Quiz 2 of the same course, 2001: 2 calls an hour, services of half an hour. Of the calls answered 3/8 are each
    unit's own, 1/8 each the other's; each is busy 2/5 of the time."""
    found = hypercube([1.0, 1.0], [[0, 1], [1, 0]], [0.5, 0.5])
    assert found.workload == pytest.approx([0.4, 0.4])
    assert found.dispatch / (1 - found.lost) == pytest.approx(np.array([[3, 1], [1, 3]]) / 8)


@given(st.lists(RATE, min_size=2, max_size=5), st.lists(st.floats(0.1, 5.0), min_size=2, max_size=5), st.randoms())
def test_with_a_queue_the_busy_are_as_many_as_the_load_and_a_lone_queue_is_erlangs(
    rates: list[float], service: list[float], luck: object
) -> None:
    n = len(service)
    orders = [luck.sample(range(n), n) for _ in rates]  # type: ignore[attr-defined]
    total = sum(rates)
    fit = [r * 0.9 * sum(1 / s for s in service) / total for r in rates]
    found = hypercube(fit, orders, service, queue=True)
    # Nobody is lost, and each server works for those whom it serves (Little).
    assert found.dispatch.sum() == pytest.approx(1)
    assert found.workload == pytest.approx(found.dispatch.sum(axis=0) * sum(fit) * np.array(service))
    same = hypercube(fit, orders, [0.5 / max(service)] * n)
    assert same.lost == pytest.approx(erlang_b(n, sum(fit) * 0.5 / max(service)))
    load = 0.9 * n
    level = hypercube([load], [list(range(n))], [1.0] * n, queue=True)
    assert level.waits == pytest.approx(erlang_c(n, load))


def test_eighteen_servers_are_solved_exactly() -> None:
    """With equal services what is lost is Erlang's, whoever is preferred."""
    luck = np.random.default_rng(18)
    orders = [luck.permutation(18).tolist() for _ in range(6)]
    found = hypercube([2.0] * 6, orders, [1.0] * 18)
    assert found.lost == pytest.approx(erlang_b(18, 12.0), rel=1e-9)
    assert found.workload == pytest.approx(found.dispatch.sum(axis=0) * 12.0, rel=1e-9)


def test_calls_that_wait_must_come_more_slowly_than_they_are_served() -> None:
    with pytest.raises(ValueError, match="faster than servers"):
        hypercube([2.0], [[0, 1]], [1.0, 1.0], queue=True)


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
        ([1.0], [list(range(19))], [1.0] * 19),
    ],
)
def test_impossible_models_are_refused(rates: list[float], orders: list[list[int]], service: list[float]) -> None:
    with pytest.raises(ValueError, match=r"place|rates|servers"):
        hypercube(rates, orders, service)
