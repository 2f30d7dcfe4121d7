"""Verdicts on many promises at once (one per county), with the error of the whole family held."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from simsvc.stats.sequential import FEWEST, Verdict
from simsvc.stats.share import p_values_shares


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's adjusted p-values, in the order given.

    The i-th smallest of m is multiplied by m − i + 1, made no smaller than the one before, at most 1. Rejecting those
    at or below alpha keeps the family-wise error at alpha (Holm 1979, Scandinavian Journal of Statistics 6, 65–70).
    """
    adjusted = [0.0] * len(p_values)
    reached = 0.0
    for rank, i in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        reached = max(reached, min(1.0, (len(p_values) - rank) * p_values[i]))
        adjusted[i] = reached
    return adjusted


def decide_family(
    members: Sequence[tuple[npt.ArrayLike, npt.ArrayLike]], target: float, alpha: float = 0.05
) -> list[Verdict]:
    """Verdicts on one promised share for each member of a family, wrong anywhere with a chance of at most ``alpha``.

    Parameters
    ----------
    members : sequence of (kept, cases)
        Arrays of shape (replications,), as in ``share_interval``.
    target : float
        Promised share.
    alpha : float
        Error of the family (two-sided; at a look of a ``Plan`` it is 1 − ``level``).

    Returns
    -------
    list of str
        ``no cases`` without a case, ``undecided`` with fewer than ``FEWEST`` replications; the others by Holm's rule on
        two-sided p-values. A family of one is decided just as by its interval at the level 1 − alpha.
    """
    verdicts: list[Verdict] = ["no cases"] * len(members)
    tested: list[tuple[int, float, Verdict]] = []
    for i, p_values in enumerate(p_values_shares(members, target)):
        if p_values is None:
            continue
        verdicts[i] = "undecided"
        if np.size(members[i][1]) >= FEWEST:
            holds, fails = p_values
            tested.append((i, min(1.0, 2 * min(holds, fails)), "holds" if holds <= fails else "fails"))
    for (i, _, verdict), adjusted in zip(tested, holm([p for _, p, _ in tested]), strict=True):
        if adjusted <= alpha:
            verdicts[i] = verdict
    return verdicts
