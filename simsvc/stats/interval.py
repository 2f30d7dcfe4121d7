"""Intervals for means and ratios over replications, and how many replications a half-width takes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from simsvc.stats.sequential import FEWEST
from simsvc.stats.spread import degrees_of_freedom


@dataclass(frozen=True)
class Interval:
    """An estimate and its two-sided confidence interval.

    Parameters
    ----------
    estimate, low, high : float
        In the unit of the data; ``low <= estimate <= high``.
    n : int
        What it rests on: cases for a share, replications for a mean or a ratio.
    """

    estimate: float
    low: float
    high: float
    n: int


def mean_interval(values: npt.ArrayLike, level: float = 0.95) -> Interval | None:
    """Student's t interval for a mean over replications.

    Parameters
    ----------
    values : array, shape (replications,)
        One number per replication; nan (a replication that gives none) is left out.
    level : float
        Confidence level.

    Returns
    -------
    Interval or None
        None without values; bounds at ±infinity with a single one. Long tails lower the degrees of freedom, see
        ``spread.degrees_of_freedom``.
    """
    x = np.asarray(values, np.float64)
    x = x[~np.isnan(x)]
    return ratio_interval(x, np.ones_like(x), level)


def ratio_interval(numerators: npt.ArrayLike, denominators: npt.ArrayLike, level: float = 0.95) -> Interval | None:
    """Student's t interval for a ratio of sums over replications, such as a mean per ticket.

    Parameters
    ----------
    numerators, denominators : arrays, shape (replications,)
        Pairs per replication; denominators of at least 0. A replication with denominator 0 counts for nothing.
    level : float
        Confidence level.

    Returns
    -------
    Interval or None
        None when all denominators are 0; bounds at ±infinity with a single replication.

    Notes
    -----
    Variance of the linearised ratio, Σ(y−rx)²·R/(R−1)/(Σx)² (Cochran 1977, Sampling Techniques, 3rd ed., section 6.4).
    """
    y, x = np.asarray(numerators, np.float64), np.asarray(denominators, np.float64)
    if y.shape != x.shape or y.ndim != 1 or not np.all(x >= 0):
        raise ValueError("numerators and denominators must pair up, and denominators be at least 0")
    y, x = y[x > 0], x[x > 0]
    if not x.size:
        return None
    ratio = float(y.sum() / x.sum())
    if x.size == 1:
        return Interval(ratio, -math.inf, math.inf, 1)
    residuals = (y - ratio * x)[:, None]
    df = degrees_of_freedom(residuals, np.array([float(x.size)]))[0]
    error = math.sqrt(float((residuals**2).sum()) * x.size / (x.size - 1)) / float(x.sum())
    half = float(special.stdtrit(df, 0.5 + level / 2)) * error
    return Interval(ratio, ratio - half, ratio + half, int(x.size))


def replications_needed(values: npt.ArrayLike, half_width: float, level: float = 0.95) -> int:
    """Replications for which a t interval of the mean should be no wider than ± ``half_width``.

    Parameters
    ----------
    values : array, shape (replications,)
        A pilot run's numbers, at least two; their spread is taken to stay.
    half_width : float
        Wanted half-width, more than 0, in the unit of the values.
    level : float
        Confidence level.

    Returns
    -------
    int
        At least ``FEWEST``; the pilot's own replications count towards it.
    """
    x = np.asarray(values, np.float64)
    x = x[~np.isnan(x)]
    if x.size < 2 or half_width <= 0:
        raise ValueError("two values and a half-width above 0 are needed")
    scale = (float(x.std(ddof=1)) / half_width) ** 2
    # The normal quantile gives a number from below; t takes a few more.
    needed = max(FEWEST, math.ceil(float(special.ndtri(0.5 + level / 2)) ** 2 * scale))
    while needed < float(special.stdtrit(needed - 1, 0.5 + level / 2)) ** 2 * scale:
        needed += 1
    return needed
