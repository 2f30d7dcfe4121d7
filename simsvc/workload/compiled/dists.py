"""Distributions of a scenario as arrays for kernels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simsvc.luck import inverse
from simsvc.luck.compiled import (
    CONSTANT,
    EMPIRICAL,
    EXPONENTIAL,
    GAMMA,
    LOGNORMAL,
    ROW,
    TRIANGULAR,
    UNIFORM,
    WEIBULL,
)
from simsvc.scenario.distribution import (
    Constant,
    Distribution,
    Empirical,
    Exponential,
    Gamma,
    Lognormal,
    Triangular,
    Uniform,
    Weibull,
)
from simsvc.workload.samplers import weights
from simsvc.workload.tables import Floats


def table(dists: Sequence[Distribution]) -> Floats:
    """A table of distributions in the order given, padded to whole rows so that tables can follow each other."""
    rows: list[float] = []
    values: list[float] = []
    for k, dist in enumerate(dists):
        first, count = 0, 0
        if isinstance(dist, Empirical):
            first, count = ROW * (len(dists) - k) + len(values), len(dist.values)
            values += [*dist.values, *inverse.edges(weights(dist)).tolist()]
        rows += [*_parameters(dist), 0.0, first, count]
    return np.array([*rows, *values, *[0.0] * (-len(values) % ROW)])


def _parameters(dist: Distribution) -> tuple[int, float, float, float, float]:
    """Kind and parameters, worked out in Python just as the functions of ``luck.inverse`` do."""
    match dist:
        case Constant():
            return CONSTANT, dist.value, 0.0, 0.0, 0.0
        case Uniform():
            return UNIFORM, dist.low, dist.high, 0.0, 0.0
        case Triangular():
            return TRIANGULAR, dist.low, dist.mode, dist.high, (dist.mode - dist.low) / (dist.high - dist.low)
        case Exponential():
            return EXPONENTIAL, dist.mean, 0.0, 0.0, 0.0
        case Gamma():
            return GAMMA, dist.mean * dist.cv**2, 1 / dist.cv**2, 0.0, 0.0
        case Lognormal():
            return LOGNORMAL, *inverse.of_logarithm(dist.mean, dist.cv), 0.0, 0.0
        case Weibull():
            return WEIBULL, dist.scale_s, inverse.LOG2E / dist.shape, 0.0, 0.0
        case Empirical():
            return EMPIRICAL, 0.0, 0.0, 0.0, 0.0
