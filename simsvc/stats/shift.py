"""A share under a changed assumption: what many replications said of the base, moved by what few say of the change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from simsvc.stats.share import Pooled
from simsvc.stats.spread import degrees_of_freedom

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Shares:
    """Estimates with their bounds, one per column; nan where there is no case."""

    estimate: Floats
    low: Floats
    high: Floats

    @classmethod
    def of(cls, pairs: Floats, level: float = 0.95) -> Shares:
        """Pooled over replications; ``pairs``: kept and all cases, shape (replications, 2, columns)."""
        found = Pooled.of(pairs[:, 0], pairs[:, 1])
        known = found.cases > 0
        return cls(*(np.where(known, x, np.nan) for x in (found.share, *found.bounds(level))))

    def moved(self, shift: Floats, half: Floats | float = 0.0) -> Shares:
        """All moved by ``shift`` and widened by ``half`` on either side, within 0 and 1."""
        low, high = self.low + shift - half, self.high + shift + half
        return Shares(*(np.clip(x, 0.0, 1.0) for x in (self.estimate + shift, low, high)))

    def about(self, estimate: Floats) -> Shares:
        """The same intervals around another estimate, or as near to it as they go; nan leaves the one they have."""
        near = np.clip(estimate, self.low, self.high)
        return Shares(np.where(np.isnan(near), self.estimate, near), self.low, self.high)

    def followed_by(self, known: Floats) -> Shares:
        """With further columns whose shares are known exactly."""
        return Shares(*(np.append(x, known) for x in (self.estimate, self.low, self.high)))

    def against(self, target: Floats) -> npt.NDArray[np.int64]:
        """1 where the whole interval is at or above the target, -1 where it is below, else (no case, too) 0."""
        return (self.low >= target).astype(np.int64) - (self.high < target)


def narrower(one: Shares, other: Shares) -> Shares:
    """Of two estimates of the same shares the one with the narrower interval, column by column."""
    first = np.isnan(other.high) | (one.high - one.low <= other.high - other.low)
    return Shares(*(np.where(first, getattr(one, x), getattr(other, x)) for x in ("estimate", "low", "high")))


def paired_shift(before: Floats, after: Floats, level: float = 0.95) -> tuple[Floats, Floats]:
    """What a change does to pooled shares under the same luck, and the half-width of that.

    Parameters
    ----------
    before, after : arrays, shape (replications, 2, columns)
        Kept cases and all cases per replication, without and with the change; the same luck in the same place; at
        least two replications.
    level : float
        Two-sided confidence level.

    Returns
    -------
    shift, half : arrays, shape (columns,)
        nan where either has no case at all.

    Notes
    -----
    The pooled shares are linearised (Cochran 1977, Sampling Techniques, 3rd ed., section 6.4); their paired differences
    get Student's t, the degrees of freedom as in ``spread``. Nothing is surer than as many pairs of cases of which none
    changed: 1 − (α/2)^(1/n) of them may (Clopper and Pearson 1934). The shift added to an estimate from more
    replications is a control variate with the coefficient 1 (Law 2015, Simulation Modeling and Analysis, 5th ed.,
    section 11.4). The estimate's interval widened by ``half`` covers whenever both intervals do, however the two depend
    on one another (Bonferroni).
    """
    (share0, residual0), (share1, residual1) = _linear(before), _linear(after)
    both = residual1 - residual0
    # What is left of exact cancellation is rounding.
    both = np.where(np.abs(both) < 1e-14, 0.0, both)
    count = float(len(both))
    error = np.sqrt((both**2).sum(axis=0) * count / (count - 1))
    df = degrees_of_freedom(np.nan_to_num(both), np.full(both.shape[1], count))
    tail = (1 - level) / 2
    cases = np.minimum(before[:, 1].sum(axis=0), after[:, 1].sum(axis=0))
    least = 1 - tail ** (1 / np.maximum(cases, 1.0))
    return share1 - share0, np.maximum(stats.t.isf(tail, df) * error, least)


def _linear(pairs: Floats) -> tuple[Floats, Floats]:
    """Pooled shares and what each replication adds to their error; nan without a case."""
    kept, cases = pairs[:, 0], pairs[:, 1]
    total = np.where(cases.sum(axis=0) > 0, cases.sum(axis=0), np.nan)
    share = kept.sum(axis=0) / total
    return share, (kept - share * cases) / total
