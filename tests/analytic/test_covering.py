"""Covering models: textbook instances with known optima, every choice there is on small ones, and their laws."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simsvc.analytic.covering import (
    backup_covering,
    expected_covering,
    maximal_covering,
    set_covering,
    within,
)

# Winston 1994, Operations Research: Applications and Algorithms, 3rd ed., section 9.2: minutes between the cities of
# Kilroy County, a fire station within 15 minutes of each.
KILROY = np.array(
    [
        [0, 10, 20, 30, 30, 20],
        [10, 0, 25, 35, 20, 10],
        [20, 25, 0, 15, 30, 20],
        [30, 35, 15, 0, 15, 25],
        [30, 20, 30, 15, 0, 14],
        [20, 10, 20, 25, 14, 0],
    ]
)

# Hillier and Lieberman 2005, Introduction to Operations Research, 8th ed., section 11.4: Southwestern Airways; for each
# flight the sequences that fly it, and what the sequences cost. Three crews: 18, by 3, 4, 11 or 1, 5, 12.
FLIGHTS = [
    (1, 4, 7, 10),
    (2, 5, 8, 11),
    (3, 6, 9, 12),
    (4, 7, 9, 10, 12),
    (1, 6, 10, 11),
    (4, 5, 9),
    (7, 8, 10, 11, 12),
    (2, 4, 5, 9),
    (5, 8, 11),
    (3, 7, 8, 12),
    (6, 9, 10, 11, 12),
]
CREWS = [2, 3, 4, 6, 7, 5, 7, 8, 9, 9, 8, 9]

REACH = st.integers(0, 2**30).map(lambda seed: np.random.default_rng(seed).random((6, 5)) < 0.4)
WEIGHT = st.lists(st.integers(0, 9), min_size=6, max_size=6)


def weight_reached(reach: np.ndarray, weight: list[int], units: tuple[int, ...], times: int = 1) -> float:
    return float(np.array(weight) @ (reach @ np.array(units) >= times))


def test_fire_stations_of_kilroy_county() -> None:
    found = set_covering(within(KILROY, 15))
    assert (found.sites, found.value, found.proven, found.uncovered) == ((1, 3), 2, True, ())


def test_fire_engines_that_take_a_while_to_set_out_reach_less() -> None:
    """Of 15 minutes 5 are gone: nobody beyond 10 minutes is reached."""
    found = set_covering(within(KILROY, 15, before=5))
    # 3, 4 and 5 are alone then; 2 reaches 1 and 6.
    assert found.sites == (1, 2, 3, 4)


def test_crews_of_southwestern_airways() -> None:
    reach = np.array([[s + 1 in flight for s in range(12)] for flight in FLIGHTS])
    found = set_covering(reach, CREWS)
    assert found.value == found.bound == 18
    assert found.proven
    assert tuple(s + 1 for s in found.sites) in {(3, 4, 11), (1, 5, 12)}


def test_who_can_be_reached_from_nowhere_is_named_and_the_rest_is_covered() -> None:
    times = np.array([[5, 50], [-1, -1], [60, 8]])
    found = set_covering(within(times, 15))
    assert (found.sites, found.uncovered) == ((0, 1), (1,))


def test_open_sites_stay_and_count() -> None:
    found = set_covering(within(KILROY, 15), opened=[0])
    assert 0 in found.sites
    assert found.value == 3


def test_a_greedy_choice_is_beaten() -> None:
    """The middle site reaches most (4), but two others reach all six between them."""
    reach = np.array([[1, 1, 0], [1, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 0], [0, 0, 1]], np.bool_)
    found = maximal_covering(reach, [1.0] * 6, 2)
    assert (found.sites, found.value, found.uncovered) == ((1, 2), 6, ())


@settings(max_examples=25)
@given(REACH, st.lists(st.integers(1, 5), min_size=5, max_size=5), st.integers(1, 2))
def test_no_choice_covers_for_less(reach: np.ndarray, costs: list[int], times: int) -> None:
    found = set_covering(reach, costs, times=times)
    need = np.minimum(reach.sum(axis=1), times)
    choices = [c for c in itertools.product((0, 1), repeat=5) if (reach @ np.array(c) >= need).all()]
    assert found.proven
    assert found.value == min(np.array(costs) @ np.array(c) for c in choices)
    assert found.uncovered == tuple(np.flatnonzero(~reach.any(axis=1)))


@settings(max_examples=25)
@given(REACH, WEIGHT, st.integers(1, 4))
def test_no_choice_covers_more(reach: np.ndarray, weight: list[int], sites: int) -> None:
    found = maximal_covering(reach, weight, sites)
    best = max(weight_reached(reach, weight, c) for c in itertools.product((0, 1), repeat=5) if sum(c) <= sites)
    assert found.proven
    assert found.value == pytest.approx(best)
    assert found.value == pytest.approx(weight_reached(reach, weight, tuple(found.units)))


@settings(max_examples=25)
@given(REACH, WEIGHT, st.integers(1, 4), st.floats(0.05, 0.95))
def test_no_choice_is_expected_to_cover_more(reach: np.ndarray, weight: list[int], units: int, busy: float) -> None:
    """Daskin 1983: whom k units reach finds one of them free with probability 1 - busy^k."""

    def value(choice: tuple[int, ...]) -> float:
        return float(np.array(weight) @ (1 - busy ** (reach @ np.array(choice))))

    found = expected_covering(reach, weight, units, busy)
    best = max(value(c) for c in itertools.product(range(units + 1), repeat=5) if sum(c) <= units)
    assert found.proven
    assert found.value == pytest.approx(best)
    assert value(tuple(found.units)) == pytest.approx(best)


def test_units_that_are_almost_always_busy_stand_together_where_most_demand_is() -> None:
    """Daskin 1983, property of p near 1; with nobody ever busy they spread (Church and ReVelle)."""
    reach, weight = np.eye(3, dtype=np.bool_), [5.0, 4.0, 1.0]
    assert expected_covering(reach, weight, 3, 0.99).units.tolist() == [3, 0, 0]
    assert expected_covering(reach, weight, 3, 0.0).units.tolist() == [1, 1, 1]


@settings(max_examples=25)
@given(REACH, WEIGHT, st.integers(1, 5))
def test_all_are_reached_once_and_as_many_as_can_be_twice(reach: np.ndarray, weight: list[int], units: int) -> None:
    can = reach.any(axis=1)
    choices = [
        c for c in itertools.product((0, 1), repeat=5) if sum(c) <= units and ((reach @ np.array(c) >= 1) | ~can).all()
    ]
    if not choices:
        with pytest.raises(ValueError, match="to reach every node takes"):
            backup_covering(reach, weight, units)
        return
    found = backup_covering(reach, weight, units)
    assert found.proven
    assert found.value == pytest.approx(max(weight_reached(reach, weight, c, 2) for c in choices))
    assert ((reach @ found.units >= 1) | ~can).all()


def test_backup_in_kilroy_county_by_hand() -> None:
    """Twice: city 1 takes 1 and 2, city 3 takes 3 and 4, city 5 one more: five stations. Four reach all but one."""
    assert backup_covering(within(KILROY, 15), [1.0] * 6, 4).value == 5
    assert backup_covering(within(KILROY, 15), [1.0] * 6, 5).value == 6


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: set_covering(np.zeros((2, 0), np.bool_)), "shape"),
        (lambda: set_covering(np.ones((2, 2), np.bool_), [1.0]), "cost"),
        (lambda: set_covering(np.ones((2, 2), np.bool_), [1.0, -1.0]), "cost"),
        (lambda: maximal_covering(np.ones((2, 2), np.bool_), [1.0], 1), "weight"),
        (lambda: expected_covering(np.ones((2, 2), np.bool_), [1.0, 1.0], 1, 1.0), "busy"),
        (lambda: expected_covering(np.ones((2, 2), np.bool_), [1.0, 1.0], 1, 0.5, opened=[0, 1]), "open"),
    ],
)
def test_what_makes_no_sense_is_refused(call, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=words):
        call()
