"""Inverse distribution functions: a uniform number becomes a duration, one number a draw.

Only scipy.special's functions are used (each a scalar C routine looped over arrays), so that a compiled engine
can call the very same routines and agree to the last bit. Tails are exact: nothing is cut or tabulated.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import special

from simsvc.luck.keys import Floats

Inverse = Callable[[Floats], Floats]
LOG2E = 1 / math.log(2)


def constant(value: float) -> Inverse:
    """``value`` whatever the luck."""
    return lambda u: np.full(u.shape, float(value))


def uniform(low: float, high: float) -> Inverse:
    """Uniform between ``low`` and ``high``."""
    return lambda u: low + (high - low) * u


def triangular(low: float, mode: float, high: float) -> Inverse:
    """Triangular on [``low``, ``high``] with its peak at ``mode``."""
    turn = (mode - low) / (high - low)

    def inverse(u: Floats) -> Floats:
        rise = low + np.sqrt(u * (high - low) * (mode - low))
        fall = high - np.sqrt((1 - u) * (high - low) * (high - mode))
        return np.where(u < turn, rise, fall)

    return inverse


def exponential(mean: float) -> Inverse:
    """Exponential with ``mean``."""
    return lambda u: np.asarray(-mean * special.log1p(-u))


def gamma(mean: float, cv: float) -> Inverse:
    """Gamma with ``mean`` and coefficient of variation ``cv``: shape 1/cv², scale mean·cv²."""
    shape = 1 / cv**2
    return lambda u: np.asarray(mean * cv**2 * special.gammaincinv(shape, u))


def lognormal(mean: float, cv: float) -> Inverse:
    """Lognormal with ``mean`` and coefficient of variation ``cv`` of the variable itself."""
    location, spread = of_logarithm(mean, cv)
    return lambda u: np.asarray(special.exp2(LOG2E * (location + spread * special.ndtri(u))))


def of_logarithm(mean: float, cv: float) -> tuple[float, float]:
    """Mean and standard deviation of the logarithm of a lognormal with ``mean`` and coefficient of variation ``cv``."""
    variance = math.log1p(cv**2)
    return math.log(mean) - variance / 2, math.sqrt(variance)


def weibull(scale: float, shape: float) -> Inverse:
    """Weibull with ``scale`` and ``shape``."""
    return lambda u: np.asarray(scale * special.exp2(special.xlogy(LOG2E / shape, -special.log1p(-u))))


def empirical(values: Floats, weights: Floats) -> Inverse:
    """One of ``values`` with probability in proportion to ``weights``."""
    index = choice(weights)
    return lambda u: values[index(u)]


def choice(weights: Floats) -> Callable[[Floats], npt.NDArray[np.int64]]:
    """Index of the cell of cumulated ``weights`` into which each number falls."""
    upper = edges(weights)
    return lambda u: cell(upper, u)


def edges(weights: Floats) -> Floats:
    """Upper edge of each cell of cumulated ``weights``; the last is near 1."""
    return np.cumsum(weights / weights.sum())


def cell(upper: Floats, u: Floats) -> npt.NDArray[np.int64]:
    """Index of the cell, by its upper edge, into which each number falls."""
    return np.minimum(np.searchsorted(upper, u, side="right"), len(upper) - 1)


def seconds(duration: Floats) -> npt.NDArray[np.int64]:
    """Durations as integer seconds, rounded to the nearest once (halves up)."""
    return np.floor(duration + 0.5).astype(np.int64)
