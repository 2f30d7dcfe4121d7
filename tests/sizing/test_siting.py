"""The cheapest stations for given needs: by hand, and against every choice there is."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simsvc.case import build
from simsvc.sizing.siting import Needs, Post, Share, cheapest, in_time


def shops(*costs: tuple[float, float], low: int = 0, high: int = 9) -> list[Post]:
    """Stations with these costs of opening and of a further engineer."""
    return [Post(k, low, high, opening, engineer) for k, (opening, engineer) in enumerate(costs)]


def group(stations: int, *members: int) -> np.ndarray:
    return np.isin(np.arange(stations), members)


def test_nothing_is_needed_and_nothing_is_built() -> None:
    found = cheapest(shops((10, 3), (8, 2)), Needs())
    assert found is not None
    assert (found.engineers.tolist(), found.cost) == ([0, 0], 0)


def test_what_is_there_anyhow_costs_nothing_more() -> None:
    """One engineer stands; the group needs one, and three in all: two more where they are cheap."""
    stations = [Post(0, 1, 9, 10.0, 3.0), Post(1, 0, 9, 8.0, 2.0)]
    needs = Needs(groups=[group(2, 0, 1)], engineers=[(group(2, 0, 1), 3)])
    found = cheapest(stations, needs)
    assert found is not None
    assert (found.engineers.tolist(), found.cost) == ([3, 0], 6)


def test_a_share_may_leave_out_the_town_that_is_dear_to_reach() -> None:
    """Three towns of 45, 45 and 10 %; the second station reaches only the last."""
    chance = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    weight = np.array([0.45, 0.45, 0.1])
    towns = np.arange(3)
    for target, engineers in ((0.9, [1, 0]), (0.91, [1, 1])):
        found = cheapest(shops((10, 3), (100, 3)), Needs(shares=[Share(towns, weight, chance, target)]))
        assert found is not None
        assert found.engineers.tolist() == engineers


def test_needs_that_no_station_meets_have_no_answer() -> None:
    one = shops((1, 1), high=2)
    assert cheapest(one, Needs(engineers=[(group(1, 0), 3)])) is None
    share = Share(np.arange(1), np.ones(1), np.array([[0.5]]), 0.6)
    assert cheapest(one, Needs(shares=[share])) is None
    with pytest.raises(ValueError, match="no station"):
        cheapest([], Needs())


@settings(max_examples=30)
@given(st.integers(0, 2**30))
def test_no_choice_of_stations_and_engineers_is_cheaper(seed: int) -> None:
    """Four stations with up to two engineers, two groups, numbers in groups and a share with chances."""
    luck = np.random.default_rng(seed)
    further = luck.integers(1, 5, 4).astype(float)
    opening = further + luck.integers(0, 6, 4)
    stations = shops(*zip(opening.tolist(), further.tolist(), strict=True), high=2)
    weight = luck.dirichlet(np.ones(5))
    chance = np.where(luck.random((4, 5)) < 0.6, luck.random((4, 5)), 0.0)
    share = Share(np.arange(5), weight, chance, 0.8 * float(chance.max(axis=0) @ weight))
    groups = [luck.random(4) < 0.6 for _ in range(2)]
    needs = Needs([g for g in groups if g.any()], [(np.ones(4, np.bool_), int(luck.integers(1, 6)))], [share])

    def cost(plan: tuple[int, ...]) -> float:
        return sum(o + e * (n - 1) for n, o, e in zip(plan, opening, further, strict=True) if n)

    def enough(plan: tuple[int, ...]) -> bool:
        here = np.array(plan) > 0
        reached = float(np.where(here[:, None], chance, 0.0).max(axis=0) @ weight)
        return (
            all((here & g).any() for g in needs.groups)
            and all(sum(np.array(plan)[g]) >= n for g, n in needs.engineers)
            and reached >= share.target - 1e-9
        )

    found = cheapest(stations, needs)
    assert found is not None
    assert found.cost == pytest.approx(min(cost(p) for p in itertools.product(range(3), repeat=4) if enough(p)))
    assert enough(tuple(found.engineers.tolist()))


def test_who_is_there_in_time(own, line, station) -> None:  # type: ignore[no-untyped-def]
    """Half an hour to the next place; half of all drives take less than the median e^(−σ²/2) of a mean of 1."""
    changes = {"stations": {"a": station("a"), "b": None}, "demand": {"installed": []}}
    quiet = build(own(network=line("a", "b", "c"), **changes))
    assert in_time(quiet, 1800.0).tolist() == [[1, 1, 0]]
    assert in_time(quiet, 3600.0, before=1801.0).tolist() == [[1, 0, 0]]
    assert in_time(quiet, 60.0, before=61.0).tolist() == [[0, 0, 0]]
    noisy = build(own(network=line("a", "b", "c", noise_cv=0.5), **changes))
    median = 1800 / np.sqrt(1 + 0.5**2)
    assert in_time(noisy, median)[0].tolist() == pytest.approx([1, 0.5, 0.071], abs=1e-3)
