"""Inverse distribution functions against scipy's, in the middle and far out, and their moments."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter
from scipy import integrate, stats

from simsvc.luck import Stream, inverse
from simsvc.scenario.distribution import Distribution
from simsvc.workload.samplers import Draws, inverse_of

U = np.array([2.0**-54, 1e-12, 1e-6, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1 - 1e-6, 1 - 1e-12, 1 - 2.0**-53])


def lognormal(mean: float, cv: float) -> Any:
    spread = np.sqrt(np.log1p(cv**2))
    return stats.lognorm(spread, scale=mean * np.exp(-(spread**2) / 2))


CASES = {
    "uniform": ({"dist": "uniform", "low": "10 s", "high": "70 s"}, stats.uniform(10, 60)),
    "exponential": ({"dist": "exponential", "mean": "90 s"}, stats.expon(scale=90)),
    "gamma, spread": ({"dist": "gamma", "mean": "60 s", "cv": 2.0}, stats.gamma(0.25, scale=240)),
    "gamma, even": ({"dist": "gamma", "mean": "60 s", "cv": 0.2}, stats.gamma(25, scale=2.4)),
    "lognormal": ({"dist": "lognormal", "mean": "45 s", "cv": 0.8}, lognormal(45, 0.8)),
    "weibull": ({"dist": "weibull", "mean": "60 s", "shape": 2.0}, stats.weibull_min(2, scale=60 / 0.886226925452758)),
    "triangular": ({"dist": "triangular", "low": "10 s", "mode": "20 s", "high": "60 s"}, stats.triang(0.2, 10, 50)),
    "triangular, falling": ({"dist": "triangular", "low": "0 s", "mode": "0 s", "high": "9 s"}, stats.triang(0, 0, 9)),
    "triangular, rising": ({"dist": "triangular", "low": "0 s", "mode": "9 s", "high": "9 s"}, stats.triang(1, 0, 9)),
}


def made(spec: Any) -> Any:
    return TypeAdapter(Distribution).validate_python(spec)


@pytest.mark.parametrize("name", CASES)
def test_quantiles_are_scipys(name: str) -> None:
    spec, theirs = CASES[name]
    mine = inverse_of(made(spec))(U)
    assert mine == pytest.approx(theirs.ppf(U), rel=1e-12)
    assert np.isfinite(mine).all()
    assert (np.diff(mine) >= 0).all()


@pytest.mark.parametrize("name", CASES)
def test_mean_is_the_one_written(name: str) -> None:
    spec, theirs = CASES[name]
    dist = made(spec)
    assert dist.mean_s == pytest.approx(theirs.mean(), rel=1e-12)
    integral, _ = integrate.quad(lambda u: float(inverse_of(dist)(np.array([u]))[0]), 0, 1, limit=500)
    assert integral == pytest.approx(dist.mean_s, rel=1e-4)


@pytest.mark.parametrize("name", CASES)
def test_draws_are_seconds_rounded_once(name: str) -> None:
    spec, theirs = CASES[name]
    keys = np.arange(40_000).astype(np.uint64)
    drawn = Draws(1).seconds(made(spec), Stream.WORK, keys)
    assert drawn.dtype == np.int64
    assert (drawn >= 0).all()
    # Mean within 4 standard errors; rounding adds at most a twelfth to the variance and nothing to the mean of note.
    assert abs(drawn.mean() - theirs.mean()) < 4 * theirs.std() / 200 + 0.02
    halves = inverse.seconds(np.array([0.49, 0.5, 1.5, 2.49999]))
    assert halves.tolist() == [0, 1, 2, 2]


def test_empirical_and_constant() -> None:
    some = inverse_of(made({"dist": "empirical", "values": ["1 s", "2 s", "5 s"], "weights": [1, 0, 3]}))(U)
    assert some.tolist() == [1.0] * 5 + [5.0] * 8
    assert inverse_of(made("3 s"))(U).tolist() == [3.0] * 13
    even = inverse_of(made({"dist": "empirical", "values": ["1 s", "2 s"]}))(np.array([0.4999, 0.5, 1 - 2.0**-53]))
    assert even.tolist() == [1.0, 2.0, 2.0]


def test_choice_takes_cells_in_proportion() -> None:
    picked = inverse.choice(np.array([0.0, 2.0, 0.0, 6.0, 0.0]))(U)
    assert set(picked.tolist()) == {1, 3}
    assert picked.tolist() == [1] * 5 + [3] * 8
