"""How far apart single replications lie: a year may be good or bad, however well the mean is known."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
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
    return middle_ranges(top[:, None], bottom[:, None])[0]


def middle_ranges(numerators: Floats, denominators: Floats) -> list[tuple[float, float] | None]:
    """Ranges of several ratios at once, arrays of shape (replications, ratios), as ``middle_range`` gives each."""
    told = denominators > 0
    ratios = np.divide(numerators, denominators, out=np.full(told.shape, np.nan), where=told)
    # nan sorts to the end.
    ratios, count = np.sort(ratios, axis=0), told.sum(axis=0)
    found: list[tuple[float, float] | None] = [None] * len(count)
    for size in np.unique(count[count >= ENOUGH]):
        columns = np.flatnonzero(count == size)
        low, high = np.quantile(ratios[:size, columns], (0.05, 0.95), axis=0)
        for column, a, b in zip(columns.tolist(), low.tolist(), high.tolist(), strict=True):
            found[column] = a, b
    return found
