"""Driving times: a network worked by hand, and the laws that hold in every network."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simsvc.errors import NetworkError
from simsvc.network import Network, hainan, load, travel_seconds
from simsvc.scenario.places import BANDS
from simsvc.scenario.places import Network as Spec

PEAK, OFF_PEAK, NIGHT, WEEKEND, HOLIDAY, RAIN = range(6)


def minutes(small: tuple[Network, Spec], band: int, start: str, end: str) -> float:
    net, spec = small
    return float(travel_seconds(net, spec, [start, end])[band, 0, 1]) / 60


def test_of_parallel_roads_the_faster_counts_in_its_band(small: tuple[Network, Spec]) -> None:
    assert minutes(small, OFF_PEAK, "a", "b") == 30
    assert minutes(small, NIGHT, "a", "b") == 15
    # At the peak both take 60: 30 × 2 on the motorway, 40 × 1.5 ("all") on the lane.
    assert minutes(small, PEAK, "a", "b") == 60
    assert minutes(small, RAIN, "b", "a") == 36


def test_the_way_changes_with_the_band(small: tuple[Network, Spec]) -> None:
    assert minutes(small, OFF_PEAK, "a", "c") == 48  # over x, not 30 + 20 over b
    assert minutes(small, NIGHT, "a", "c") == 25  # over b
    assert minutes(small, PEAK, "a", "c") == 72
    assert minutes(small, WEEKEND, "a", "c") == minutes(small, HOLIDAY, "a", "c") == 48


def test_no_road_is_minus_one_and_ferries_are_not_driven(small: tuple[Network, Spec]) -> None:
    net, spec = small
    times = travel_seconds(net, spec, ["a", "c", "i", "j"])
    assert times.dtype == np.int32
    assert times.shape == (len(BANDS), 4, 4)
    assert (times[:, :2, 2:] == -1).all()
    assert (times[:, 2:, :2] == -1).all()
    assert times[OFF_PEAK, 2, 3] == 420
    assert (times[:, range(4), range(4)] == 0).all()


def test_time_factor_multiplies_everything(small: tuple[Network, Spec]) -> None:
    net, spec = small
    once = travel_seconds(net, spec, ["a", "b", "c"])
    twice = travel_seconds(net, spec.model_copy(update={"time_factor": 2.0}), ["a", "b", "c"])
    assert (twice == 2 * once).all()


def test_order_and_repetition_of_nodes_are_kept(small: tuple[Network, Spec]) -> None:
    net, spec = small
    times = travel_seconds(net, spec, ["c", "a", "c"])[OFF_PEAK]
    assert times.tolist() == [[0, 2880, 0], [2880, 0, 2880], [0, 2880, 0]]
    assert travel_seconds(net, spec, []).shape == (6, 0, 0)


def test_unknown_nodes_are_all_named_with_the_nearest() -> None:
    with pytest.raises(NetworkError) as caught:
        travel_seconds(hainan(), Spec(), ["haiku", "sanya", "nowhere-at-all"])
    assert [p.value for p in caught.value.problems] == ["haiku", "nowhere-at-all"]
    assert caught.value.problems[0].remedy.startswith('did you mean "haikou"?')


def test_a_road_of_no_length_joins(spec: Callable[..., Spec]) -> None:
    roads = [{"from": "a", "to": "b", "minutes": 0.0}, {"from": "b", "to": "c", "minutes": 5.0}]
    table = spec([{"id": one} for one in "abc"], roads)
    assert travel_seconds(load(table), table, ["a", "b", "c"])[0].tolist() == [[0, 0, 300], [0, 0, 300], [300, 300, 0]]


def test_seconds_are_rounded_once_at_the_end(spec: Callable[..., Spec]) -> None:
    third = 0.4 / 60  # three roads of 0.4 s are 1 s, not 0
    roads = [{"from": a, "to": b, "minutes": third} for a, b in ("ab", "bc", "cd")]
    table = spec([{"id": one} for one in "abcd"], roads)
    assert travel_seconds(load(table), table, ["a", "d"])[0, 0, 1] == 1


ROAD = st.tuples(
    st.integers(0, 7), st.integers(0, 7), st.floats(0, 500), st.sampled_from(["fast", "slow"]), st.integers(2000, 2020)
)
ROADS = st.lists(ROAD.filter(lambda r: r[0] != r[1]), max_size=20)
FACTOR = st.floats(0.2, 5)


def table_of(rows: list[tuple[int, int, float, str, int]], factors: tuple[float, float], year: int) -> Spec:
    names = "abcdefgh"
    roads = [
        {"from": names[a], "to": names[b], "minutes": m, "class": c, "opening_date": dt.date(y, 1, 1)}
        for a, b, m, c, y in rows
    ]
    classes = {row[3] for row in rows}
    bands = {c: {"peak": f} for c, f in zip(("fast", "slow"), factors, strict=True) if c in classes}
    tables = {"source": "own", "nodes": [{"id": one} for one in names], "roads": roads, "bands": bands}
    return Spec.model_validate({**tables, "as_of": dt.date(year, 6, 1)})


@settings(max_examples=60, deadline=None)
@given(ROADS, st.tuples(FACTOR, FACTOR))
def test_laws_of_every_road_network(rows: list[tuple[int, int, float, str, int]], factors: tuple[float, float]) -> None:
    spec = table_of(rows, factors, 2020)
    times = travel_seconds(load(spec), spec, list("abcdefgh")).astype(np.int64)
    assert (times == times.transpose(0, 2, 1)).all()
    far = np.where(times < 0, 10**12, times)
    by_way = (far[:, :, :, None] + far[:, None, :, :]).min(axis=2)
    assert (far <= by_way + 1).all()  # each time is rounded once: a sum of two may be a second short
    for a, b, m, c, _ in rows:
        peak = m * 60 * factors[("fast", "slow").index(c)]
        assert 0 <= times[PEAK, a, b] <= peak + 1
        assert 0 <= times[OFF_PEAK, a, b] <= m * 60 + 1


@settings(max_examples=40, deadline=None)
@given(ROADS, st.integers(2000, 2020))
def test_opening_roads_never_lengthens_a_time(rows: list[tuple[int, int, float, str, int]], year: int) -> None:
    before, after = (table_of(rows, (1.3, 0.8), y) for y in (year, 2020))
    early, late = (travel_seconds(load(spec), spec, list("abcdefgh")) for spec in (before, after))
    assert ((early < 0) | ((late >= 0) & (late <= early))).all()


def test_opening_roads_never_lengthens_a_time_on_hainan(islands: dict[dt.date, Network]) -> None:
    times = [travel_seconds(net, Spec(), net.ids)[0] for net in islands.values()]
    for early, late in itertools.pairwise(times):
        assert ((early < 0) | ((late >= 0) & (late <= early))).all()
        assert (late < early).any()
    assert (times[0] == times[0].T).all()
