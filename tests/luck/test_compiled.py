"""Luck in kernels: numpy's and scipy's numbers to the last bit, far out and on the edge of rounding too."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter

from simsvc.kernels import kernel, special
from simsvc.luck import Stream, compiled, derive, inverse, keys, uniforms
from simsvc.scenario.distribution import Distribution
from simsvc.workload.compiled.dists import table
from simsvc.workload.samplers import Draws
from tests.luck.test_keys import _undo

SEED = 0x90D55B86745ED760
KEYS = derive(7, np.arange(5000))
EXTREME = np.array([0, 1, (1 << 63) - 1, 1 << 63, (1 << 64) - 1], np.uint64)
SPECS: dict[str, Any] = {
    "constant": "90 s",
    "half a second": "0.5 s",
    "uniform": {"dist": "uniform", "low": "10 s", "high": "7 d"},
    "uniform, no spread": {"dist": "uniform", "low": "10 s", "high": "10 s"},
    "triangular": {"dist": "triangular", "low": "10 s", "mode": "20 min", "high": "2 h"},
    "triangular, rising": {"dist": "triangular", "low": "0 s", "mode": "9 h", "high": "9 h"},
    "triangular, falling": {"dist": "triangular", "low": "0 s", "mode": "0 s", "high": "9 h"},
    "exponential": {"dist": "exponential", "mean": "1 d"},
    "gamma, spread": {"dist": "gamma", "mean": "1 h", "cv": 3.0},
    "gamma, even": {"dist": "gamma", "mean": "3 d", "cv": 0.3},
    "lognormal": {"dist": "lognormal", "mean": "45 min", "cv": 0.8},
    "lognormal, wild": {"dist": "lognormal", "mean": "10 d", "cv": 20.0},
    "lognormal, short": {"dist": "lognormal", "mean": "2 s", "cv": 0.5},
    "weibull": {"dist": "weibull", "mean": "1 h", "shape": 0.7},
    "empirical": {"dist": "empirical", "values": ["1 s", "2 s", "5 s", "1 h"], "weights": [1, 0, 3, 1]},
    "empirical, even": {"dist": "empirical", "values": ["9 s", "2 s", "5 s"]},
}


def made(spec: Any) -> Any:
    return TypeAdapter(Distribution).validate_python(spec)


@kernel
def _uniform(seed, stream, keys, counts, out):  # type: ignore[no-untyped-def]
    for k in range(len(keys)):
        out[k] = compiled.uniform(compiled.base(seed, stream), keys[k], counts[k])


@kernel
def _derived(keys, counts, out):  # type: ignore[no-untyped-def]
    for k in range(len(keys)):
        out[k] = compiled.derive(keys[k], counts[k])


@kernel
def _seconds(table_of, row, seed, stream, keys, count, out):  # type: ignore[no-untyped-def]
    for k in range(len(keys)):
        out[k] = compiled.seconds(table_of, row, compiled.base(seed, stream), keys[k], count)


@kernel
def _rounded(location, spread, normal, out):  # type: ignore[no-untyped-def]
    for k in range(len(location)):
        out[k] = compiled.rounded_lognormal(location[k], spread, normal)


@kernel
def _lognormals(location, spread, u, out):  # type: ignore[no-untyped-def]
    for k in range(len(u)):
        out[k] = compiled.lognormal(location, spread, u[k])


@kernel
def _exponentials(mean, u, out):  # type: ignore[no-untyped-def]
    for k in range(len(u)):
        out[k] = compiled.exponential(mean, u[k])


def test_the_hash_is_the_same() -> None:
    wide = np.concatenate((KEYS, np.repeat(EXTREME, 5)))
    counts = np.concatenate((np.arange(5000), np.tile([0, 1, 2**31, -1, 2**62], 5)))
    numbers, children = np.empty(len(wide)), np.empty(len(wide), np.uint64)
    for seed in (0, SEED, (1 << 64) - 1):
        for stream in (Stream.GAP, Stream.MANAGER):
            _uniform(np.uint64(seed), int(stream), wide, counts, numbers)
            assert np.array_equal(numbers, uniforms(seed, stream, wide, counts))
    _derived(wide, counts, children)
    assert np.array_equal(children, derive(wide, counts))


def test_the_highest_number_is_below_one() -> None:
    """The hash of all ones, by way of ``at``, which takes the state before the last step."""

    @kernel
    def highest(state):  # type: ignore[no-untyped-def]
        return compiled.at(state, 0)

    state = np.uint64(_undo((1 << 64) - 1))
    assert highest(state) == keys.LAST < 1


@pytest.mark.parametrize("name", SPECS)
def test_durations_are_the_same(name: str) -> None:
    dist, out = made(SPECS[name]), np.empty(len(KEYS), np.int64)
    for stream, count in ((Stream.WORK, 0), (Stream.LEAD, 3)):
        _seconds(table([made("1 s"), dist]), 1, np.uint64(SEED), int(stream), KEYS, count, out)
        assert np.array_equal(out, Draws(SEED).seconds(dist, stream, KEYS, count))


def test_no_distribution_takes_no_time() -> None:
    out = np.full(3, 7)
    _seconds(table([made("1 h")]), -1, np.uint64(1), 1, KEYS[:3], 0, out)
    assert out.tolist() == [0, 0, 0]


def test_a_table_keeps_the_numbers_of_each_empirical_one() -> None:
    """Their values lie one after the other: the second finds its own."""
    both = [made(SPECS["empirical"]), made(SPECS["empirical, even"])]
    out = np.empty(len(KEYS), np.int64)
    for row, dist in enumerate(both):
        _seconds(table(both), row, np.uint64(1), 1, KEYS, 0, out)
        assert np.array_equal(out, Draws(1).seconds(dist, Stream.GAP, KEYS))


def test_rounding_is_scipys_where_the_last_bit_decides() -> None:
    """Durations that are halves of seconds but for the last bits, where the C library's ``exp`` goes astray."""
    location = np.log(np.arange(1, 20_000) + 0.5)
    out = np.empty(len(location), np.int64)
    _rounded(location, 0.3, 0.0, out)
    exact = inverse.seconds(inverse.special.exp2(inverse.LOG2E * (location + 0.3 * 0.0)))
    assert np.array_equal(out, exact)
    rough = [math.floor(math.exp(x) + 0.5) for x in location.tolist()]
    assert (np.array(rough) != exact).sum() > 100


def test_factors_and_gaps_are_the_same() -> None:
    u = np.concatenate((uniforms(1, Stream.GAP, KEYS), [2.0**-54, 1e-300, 0.5, keys.LAST]))
    out = np.empty(len(u))
    for cv in (0.01, 0.15, 2.0):
        _lognormals(*inverse.of_logarithm(1.0, cv), u, out)
        assert np.array_equal(out, inverse.lognormal(1.0, cv)(u))
    _exponentials(1234.5, u, out)
    assert np.array_equal(out, inverse.exponential(1234.5)(u))


def test_unknown_routines_are_named() -> None:
    with pytest.raises(ImportError, match="no such_routine for double"):
        special("such_routine", 1)
