"""Compiled drawing: array by array what ``workload.draw`` gives, and the luck of visits when it is asked for."""

from __future__ import annotations

import gc
import weakref
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simsvc as sv
from simsvc.case import Case, build
from simsvc.kernels import kernel
from simsvc.luck import Stream, derive
from simsvc.luck import compiled as luck
from simsvc.workload import Workload, arrivals, compiled, draw
from simsvc.workload.arrivals import BLOCK, BLOCK_DAYS, Rates, Surges
from simsvc.workload.compiled import Lazy
from simsvc.workload.compiled.arrivals import arrivals as compiled_arrivals
from simsvc.workload.compiled.draws import CompiledDraws
from simsvc.workload.samplers import ByGroup, Choices, Draws, per_case
from simsvc.workload.weather import merged
from tests.engine.random_scenarios import scenarios

SHIPPED = ["huitian-2018", "heating-and-alarm", "hospital-supplies", "archive-digitising", "fertiliser-supply"]
DAY = 86400


@kernel
def _seconds(table_of, dists, seed, stream, keys, out):  # type: ignore[no-untyped-def]
    for k in range(len(keys)):
        for visit in range(out.shape[1]):
            out[k, visit] = luck.seconds(table_of, dists[k], luck.base(seed, stream), keys[k], visit)


@kernel
def _noise(location, spread, seed, stream, keys, out):  # type: ignore[no-untyped-def]
    for k in range(len(keys)):
        for visit in range(out.shape[1]):
            u = luck.uniform(luck.base(seed, stream), keys[k], visit)
            out[k, visit] = luck.lognormal(location, spread, u) if spread > 0 else 1.0


def completed(lazy: Lazy, table: int, shape: tuple[int, ...]) -> dict[str, Any]:
    """The legs of a table, drawn as an engine draws them at need."""
    recipe = lazy.tables[table]

    def seconds(stream: int, keys: Any, dists: Any) -> Any:
        out = np.full(shape, -7)
        _seconds(lazy.dists, dists, lazy.seed, stream, keys, out)
        return out

    def noise(stream: Stream) -> Any:
        out = np.empty(shape)
        _noise(*lazy.noise, lazy.seed, int(stream), recipe.key, out)
        return out

    def going(stream: Stream, row: int) -> Any:
        return seconds(int(stream), recipe.key, np.full(len(recipe.key), row))

    return {
        "set_out": going(Stream.SET_OUT, lazy.set_out),
        "mobilise": going(Stream.MOBILISE, lazy.mobilise),
        "access": going(Stream.ACCESS, lazy.access),
        "work": seconds(recipe.work_stream, recipe.work_key, recipe.work_dist),
        "noise_out": noise(Stream.NOISE_OUT),
        "noise_back": noise(Stream.NOISE_BACK),
    }


def same(one: Any, two: Any, path: str) -> None:
    """Equal values, types and shapes; legs and diagnosis only in shape."""
    if is_dataclass(one):
        for field in fields(one):
            same(getattr(one, field.name), getattr(two, field.name), f"{path}.{field.name}")
    elif isinstance(one, tuple):
        for k, (a, b) in enumerate(zip(one, two, strict=True)):
            same(a, b, f"{path}[{k}]")
    else:
        a, b = np.asarray(one), np.asarray(two)
        assert (a.dtype, a.shape) == (b.dtype, b.shape), path
        assert ".legs." in path or path.endswith("diagnosis") or np.array_equal(a, b), path


def agree(case: Case, seed: int, replication: int) -> Workload:
    """Compiled and plain drawing give the same workload, visits included."""
    plain = draw(case, seed, replication)
    mine, lazy = compiled.draw(case, seed, replication)
    same(plain, mine, "")
    tables = (plain.faults, plain.repairs, plain.orders, plain.planned, plain.reviews)
    for k, table in enumerate(tables):
        for name, drawn in completed(lazy, k, table.legs.work.shape).items():
            assert np.array_equal(drawn, getattr(table.legs, name)), (k, name)
    diagnosis = np.empty(plain.faults.diagnosis.shape, np.int64)
    _seconds(lazy.dists, lazy.diagnosis_dist, lazy.seed, int(Stream.DIAGNOSIS), plain.faults.key, diagnosis)
    assert np.array_equal(diagnosis, plain.faults.diagnosis)
    return plain


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios(name: str) -> None:
    assert len(agree(build(sv.load(name)), 1, 0).faults.key) > 500


@settings(max_examples=40)
@given(scenarios(), st.integers(0, 2**40), st.integers(0, 99))
def test_random_scenarios(tables: dict[str, Any], seed: int, replication: int) -> None:
    agree(build(sv.from_dict(tables)), seed, replication)


def test_visits_are_left_undrawn(own: Any) -> None:
    """Nothing but the marks stands in their place, and nothing can be written there by mistake."""
    workload, lazy = compiled.draw(build(own()), 1, 0)
    legs = workload.faults.legs
    assert (legs.work == -1).all()
    assert (legs.noise_back == 0).all()
    assert (workload.faults.diagnosis == -1).all()
    with pytest.raises(ValueError, match="read-only"):
        legs.work[0, 0] = 5
    assert [len(recipe.key) for recipe in lazy.tables] == [len(workload.faults.key), 0, 0, 0, 0]


def test_no_noise_is_a_factor_of_one(own: Any) -> None:
    case = build(own(network={"noise_cv": 0.0}))
    assert compiled.draw(case, 1, 0)[1].noise == (0.0, 0.0)
    agree(case, 1, 0)


def rates(scale: list[float], factors: Any, horizon: int, first_day: int, step: int = DAY) -> Rates:
    names = derive(3, np.arange(len(scale)))
    return Rates(
        names, np.array(scale), np.arange(len(scale)) % len(factors), np.array(factors), step, horizon, first_day
    )


def both(some: Rates, surges: Surges | None = None, seed: int = 5) -> tuple[Any, Any, Any]:
    """Points by kernel, having held them against numpy's."""
    surges = surges or Surges.none(len(some.keys))
    mine, theirs = compiled_arrivals(seed, some, surges), arrivals.arrivals(seed, some, surges)
    for a, b in zip(mine, theirs, strict=True):
        assert a.dtype == b.dtype
        assert np.array_equal(a, b)
    return mine


@settings(max_examples=60)
@given(
    st.lists(st.floats(0.0, 5000.0), min_size=0, max_size=4),
    st.integers(1, 80),
    st.integers(700_000, 700_000 + 2 * BLOCK_DAYS),
    st.integers(0, 2**40),
    st.data(),
)
def test_arrivals_are_the_same(scale: list[float], days: int, first_day: int, seed: int, data: Any) -> None:
    """Whatever the rates, the length of the run and where it lies in the blocks of civil days."""
    factors = [data.draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 7.5]), min_size=days, max_size=days)) for _ in "ab"]
    spells = np.array([[0, 5 * DAY], [9 * DAY + 1, 40 * DAY]])
    surges = Surges.of(data.draw(st.sampled_from([0.5, 1.0, 2.5])), np.arange(len(scale)) % 2, [spells, spells[:0]])
    both(rates(scale, factors, days * DAY - 3600, first_day), surges, seed)


def test_points_lie_where_rates_allow() -> None:
    """A rate of 0 every other day, and none after the end of the run."""
    some = rates([4000.0], [[1.0, 0.0] * 30], 60 * DAY, 700_001)
    process, time, key = both(some)
    assert (time // DAY % 2 == 0).all()
    assert len(np.unique(key)) == len(key)
    # 4,000 a year on 30 days: 329 expected, standard deviation 18.
    assert abs(len(time) - 329) < 4 * 18
    assert (np.diff(np.floor(time + 0.5)) >= 0).all()
    assert not process.any()


def test_a_surge_adds_points_in_its_spells_alone() -> None:
    some, spell = rates([2000.0], [[1.0] * 60], 60 * DAY, 700_001), np.array([[10 * DAY, 20 * DAY]])
    old = both(some)[2]
    _, after, new = both(some, Surges.of(3.0, np.zeros(1, np.int64), [spell]))
    assert set(old) < set(new)
    added = after[~np.isin(new, old)]
    assert ((added >= 10 * DAY) & (added < 20 * DAY)).all()
    # Twice 2,000 a year more for ten days: 110 expected, standard deviation 10.
    assert abs(len(added) - 110) < 4 * 11
    assert set(both(some, Surges.of(0.5, np.zeros(1, np.int64), [spell]))[2]) == set(old)


def test_more_points_than_expected_find_room() -> None:
    """The mean of the rate over a run says nothing of a surge that lasts all of it."""
    some = rates([100.0], [[1.0] * 30], 30 * DAY, 700_001)
    high = Surges.of(50.0, np.zeros(1, np.int64), [np.array([[0, 30 * DAY]])])
    assert len(both(some, high)[1]) > 300
    assert len(both(rates([], [[1.0] * 30], 30 * DAY, 1))[0]) == 0


def test_equal_seconds_come_in_order_of_keys() -> None:
    time, keys = np.array([5, 3, 5, 5, 3]), np.array([9, 2**63, 1, 2**64 - 1, 4], np.uint64)
    for draws in (Draws(1), CompiledDraws(1)):
        assert draws.order(time, keys).tolist() == [4, 1, 2, 0, 3]


def test_choices_and_durations_by_group() -> None:
    """Groups take from their own cells; a group without any, and no group, take nothing."""
    choices = Choices.of([([4, 7], [1.0, 3.0]), ([], []), ([9], [0.5])])
    keys, group = derive(1, np.arange(4000)), np.arange(4000) % 4 - 1
    plain, mine = (d.choose(choices, group, Stream.TOWN, keys) for d in (Draws(2), CompiledDraws(2)))
    assert np.array_equal(plain, mine)
    assert [sorted(set(mine[group == g].tolist())) for g in (-1, 0, 1, 2)] == [[-1], [4, 7], [-1], [9]]
    # Three quarters of a thousand, standard deviation 14.
    assert abs((mine == 7).sum() - 750) < 4 * 14
    work = ByGroup([], np.full(3, -1), Stream.WORK, keys[:3])
    assert Draws(2).seconds_of(work).tolist() == CompiledDraws(2).seconds_of(work).tolist() == [0, 0, 0]


def test_spells_are_joined_where_they_touch() -> None:
    spells = np.array([[50, 60], [10, 20], [20, 30], [0, 5], [12, 13], [70, 70], [55, 58], [61, 62]])
    assert merged(spells).tolist() == [[0, 5], [10, 30], [50, 60], [61, 62]]
    assert merged(spells[5:6]).tolist() == merged(spells[:0]).tolist() == []


def test_what_a_case_needs_is_prepared_once_and_goes_with_it(own: Any) -> None:
    asked = []

    @per_case
    def prepared(case: Case, name: str) -> str:
        asked.append(name)
        return name

    case, other = build(own()), build(own(demand={"scale": 2.0}))
    assert [prepared(c, n) for c in (case, other) for n in "aba"] == ["a", "b", "a"] * 2
    assert asked == ["a", "b", "a", "b"]
    gone = weakref.ref(case)
    del case
    gc.collect()
    assert gone() is None


def test_blocks_bound_their_rates() -> None:
    """No rate in a block is above its bound, at the edges of blocks and spells too."""
    some = rates([10.0, 3.0], [[float(d % 17) for d in range(60)]], 60 * DAY, 700_001)
    surges = Surges.of(2.5, np.array([0, 1]), [np.array([[27 * DAY, 29 * DAY]]), np.array([[3, 4]])])
    bound = some.highest(surges)
    for k, start in enumerate(some.starts):
        times = np.arange(max(start, 0), min(start + BLOCK, 60 * DAY), 1800).astype(np.float64)
        for process in (0, 1):
            which = np.full(len(times), process)
            factor = some.factors[0, (times // DAY).astype(np.int64)] * surges.at(which, times)
            assert (some.scale[process] * factor <= bound[process, k]).all()
