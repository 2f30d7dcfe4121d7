"""Two plans under the same luck: the difference of a share or a mean, and how much the common luck has brought."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from simsvc.stats.interval import replications_needed
from simsvc.stats.sequential import FEWEST
from simsvc.stats.spread import degrees_of_freedom

Floats = npt.NDArray[np.float64]
Pairs = tuple[npt.ArrayLike, npt.ArrayLike]
"""Numerators and denominators, each of shape (replications,)."""


@dataclass(frozen=True)
class Paired:
    """The second plan's ratio less the first's.

    Parameters
    ----------
    difference, low, high : float
        In the unit of the ratio; bounds at ±infinity with a single replication.
    p_value : float
        Two-sided, of "there is no difference"; 1 where no replication shows any.
    replications : int
        Pairs that it rests on.
    gain : float or None
        Variance of the difference of two independent studies over that of this one: so many times the replications
        would be needed without common luck. None where the pairs differ by the same or not at all.
    needed : int or None
        Replications at which the half-width of the interval should fall below the difference; None without a
        difference, or where it can't be told.
    """

    difference: float
    low: float
    high: float
    p_value: float
    replications: int
    gain: float | None
    needed: int | None

    @property
    def none(self) -> bool:
        """Whether no replication shows any difference."""
        return self.difference == 0 and self.gain is None and self.replications > 1


def paired_ratio(first: Pairs, second: Pairs, level: float = 0.95, *, share: bool = False) -> Paired | None:
    """Difference of two ratios of sums over replications, each pair of replications under the same luck.

    Parameters
    ----------
    first, second : (numerators, denominators)
        Of either plan, arrays of shape (replications,), the same luck at the same place; denominators of at least 0.
    level : float
        Two-sided confidence level.
    share : bool
        Whether the ratios are shares of cases. A difference of shares lies between -1 and 1, and no interval of it is
        narrower than that of as many cases, paired one by one, of which none changed.

    Returns
    -------
    Paired or None
        None if either plan has no case at all.

    Notes
    -----
    Each ratio is linearised, (y − rx)/Σx (Cochran 1977, Sampling Techniques, 3rd ed., section 6.4), and the paired
    differences of these get Student's t interval with the degrees of freedom of ``spread``; pairing is what makes
    common random numbers pay (Law 2015, Simulation Modeling and Analysis, 5th ed., sections 10.2 and 11.2). Of n pairs
    of cases without a change the upper bound of the share that change is Clopper and Pearson's, 1 − (α/2)^(1/n).
    """
    (y1, x1), (y2, x2) = _read(first), _read(second)
    if y1.shape != y2.shape:
        raise ValueError("the plans must have the same replications")
    if not x1.sum() or not x2.sum():
        return None
    difference = float(y2.sum() / x2.sum() - y1.sum() / x1.sum())
    tell = (x1 > 0) | (x2 > 0)
    alone = [((y - y.sum() / x.sum() * x) / x.sum())[tell] for y, x in ((y1, x1), (y2, x2))]
    both = alone[1] - alone[0]
    count = int(tell.sum())
    if count == 1:
        return Paired(difference, -math.inf, math.inf, 1.0, 1, None, None)
    # What is left of exact cancellation is rounding.
    both = np.where(np.abs(both) < 1e-14 * sum(np.abs(a).max() for a in alone), 0.0, both)
    spread = float((both**2).sum())
    error = math.sqrt(spread * count / (count - 1))
    df = float(degrees_of_freedom(both[:, None], np.array([float(count)]))[0])
    half = float(stats.t.isf((1 - level) / 2, df)) * error
    low, high = difference - half, difference + half
    if share:
        floor = 1 - ((1 - level) / 2) ** (1 / min(x1.sum(), x2.sum()))
        low, high = max(min(low, difference - floor), -1.0), min(max(high, difference + floor), 1.0)
    return Paired(
        difference=difference,
        low=low,
        high=high,
        p_value=2 * float(stats.t.sf(abs(difference) / error, df)) if error else float(difference == 0),
        replications=count,
        gain=sum(float((a**2).sum()) for a in alone) / spread if spread else None,
        needed=replications_needed(both * count, abs(difference), level) if spread and difference else None,
    )


def decided(found: Paired) -> bool:
    """Whether the interval leaves no difference out, from enough replications to be trusted."""
    return found.replications >= FEWEST and not found.low <= 0 <= found.high


def _read(pairs: Pairs) -> tuple[Floats, Floats]:
    y, x = np.asarray(pairs[0], np.float64), np.asarray(pairs[1], np.float64)
    if y.shape != x.shape or y.ndim != 1 or not np.all(x >= 0):
        raise ValueError("numerators and denominators must pair up, and denominators be at least 0")
    return y, x
