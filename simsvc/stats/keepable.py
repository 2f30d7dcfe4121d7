"""The promise that can be kept: the shortest limit that holds at the promised share."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simsvc.stats.share import Pooled


def quantile_limit(counts: npt.ArrayLike, limits: npt.ArrayLike, target: float, level: float = 0.95) -> float | None:
    """Shortest limit whose share is surely at least ``target``.

    Parameters
    ----------
    counts : array, shape (replications, bins + 1)
        Histogram of the times of each replication; bin i holds the cases above ``limits[i-1]`` and up to ``limits[i]``
        (included), the last column those later than all limits or never.
    limits : array, shape (bins,)
        Upper edges of the bins, rising, in any unit.
    target : float
        Promised share.
    level : float
        Two-sided confidence level, as in ``share_interval``.

    Returns
    -------
    float or None
        The shortest of ``limits`` for which it and every longer one have a lower bound of at least ``target``; None if
        the longest has not, or there is no case.

    Notes
    -----
    Testing from the longest limit down and stopping at the first that does not hold keeps the error of one test,
    (1 − level)/2, however many limits are tried (fixed-sequence testing), for to go wrong the longest limit that
    falsely holds must do so.
    """
    table, edges = np.asarray(counts, np.float64), np.asarray(limits, np.float64)
    if table.ndim != 2 or table.shape[1] != edges.size + 1 or np.any(np.diff(edges) <= 0) or np.any(table < 0):
        raise ValueError("counts need one column per rising limit and one for later or never, and no negative number")
    cases = table.sum(axis=1, keepdims=True)
    if not cases.sum():
        return None
    kept = np.cumsum(table[:, :-1], axis=1)
    low, _ = Pooled.of(kept, np.broadcast_to(cases, kept.shape)).bounds(level)
    short = np.flatnonzero(low < target)
    first = int(short[-1]) + 1 if short.size else 0
    return float(edges[first]) if first < edges.size else None
