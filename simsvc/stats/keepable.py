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
    cases, within = table.sum(axis=1, keepdims=True), np.cumsum(table[:, :-1].sum(axis=0))
    if not (total := float(cases.sum())):
        return None
    # The lower bound lies below the share, so that limits short of the target by their share need not be looked at;
    # limits between which no case lies are alike.
    first = int(np.searchsorted(within / total, target))
    tried = first + np.flatnonzero(np.diff(within[first:], prepend=-1.0))
    if not tried.size:
        return None
    kept = table[:, tried]
    kept[:, 0] = table[:, : first + 1].sum(axis=1)
    kept = np.cumsum(kept, axis=1)
    low, _ = Pooled.of(kept, np.broadcast_to(cases, kept.shape)).bounds(level)
    short = np.flatnonzero(low < target)
    sure = tried[int(short[-1]) + 1 :] if short.size else tried
    return float(edges[sure[0]]) if sure.size else None
