"""How far apart single replications lie: a year may be good or bad, however well the mean is known."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

ENOUGH = 20
"""Replications from which a 5 % and a 95 % quantile are told."""


def middle_range(numerators: npt.ArrayLike, denominators: npt.ArrayLike) -> tuple[float, float] | None:
    """Range of a ratio that nine replications in ten lie in.

    Parameters
    ----------
    numerators, denominators : arrays, shape (replications,)
        Pairs per replication; one with denominator 0 says nothing.

    Returns
    -------
    tuple of float or None
        The 5 % and the 95 % quantile of the ratios (linear between order statistics, Hyndman and Fan 1996, type 7);
        None from fewer than ``ENOUGH`` replications that say something.
    """
    top, bottom = np.asarray(numerators, np.float64), np.asarray(denominators, np.float64)
    told = bottom > 0
    if int(told.sum()) < ENOUGH:
        return None
    low, high = np.quantile(top[told] / bottom[told], (0.05, 0.95))
    return float(low), float(high)
