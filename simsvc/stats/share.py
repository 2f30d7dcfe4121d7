"""The share of cases that kept a limit: interval and p-values from replications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from simsvc.stats.interval import Interval
from simsvc.stats.spread import degrees_of_freedom

Floats = npt.NDArray[np.float64]
_PAIRS = "kept and cases must pair up per replication, with 0 <= kept <= cases"


@dataclass(frozen=True)
class Pooled:
    """Shares pooled over replications, one per column, with what their intervals rest on.

    A share is a ratio of sums, and cases of one replication go together (a bad week makes many late). The spread
    between replications, by the linearised ratio estimator (Cochran 1977, section 6.4), gives the design effect: the
    variance over that of as many independent cases.

    The interval is Wilson's for the effective sample size: cases over design effect, times (z/t)² for the uncertainty
    of the design effect itself (Korn and Graubard 1998, Survey Methodology 24, 193–201), and never above the number of
    cases. Wilson's form with an effective sample size covers better than Clopper–Pearson's, which is too wide (Dean and
    Pagano 2015, Journal of Survey Statistics and Methodology 3, 484–503). Degrees of freedom: ``spread``, leaving out
    the long tails that rare misses have of themselves. Where no case or every case kept the limit, replications cannot
    show any spread, and the bound is Clopper and Pearson's (1934, Biometrika 26, 404–413) from the number of cases.

    In simulations with beta-binomial cases the 95 % interval covered 94 to 96.5 % of the time as a rule; up to 97.5 %
    with ten replications of independent cases (the cap), and less than 93 % only where few replications and strong
    correlation meet a rare miss (ten replications, share 0.95, correlation 0.1: 92 to 93 %; share 0.99: far less).
    """

    cases: Floats
    share: Floats
    effect: Floats
    degrees: Floats

    @classmethod
    def of(cls, kept: Floats, cases: Floats) -> Pooled:
        """Pool ``kept`` and ``cases``, shape (replications, columns)."""
        total, replications = cases.sum(axis=0), (cases > 0).sum(axis=0).astype(np.float64)
        share = kept.sum(axis=0) / np.where(total > 0, total, 1.0)
        residuals = kept - share * cases
        inner = (share > 0) & (share < 1)
        independent = np.where(inner, share * (1 - share) * total, 1.0)
        between = (residuals**2).sum(axis=0) * replications / np.maximum(replications - 1, 1.0)
        effect = between / independent
        # Rare misses have long tails of themselves: the fourth cumulant of independent cases over the variance squared.
        rare = np.where(inner, (1 - 6 * share * (1 - share)) * replications / independent, 0.0)
        excess = np.maximum(rare, 0.0) / np.maximum(effect, 1.0) ** 2
        return cls(total, share, effect, degrees_of_freedom(residuals, replications, excess))

    def bounds(self, level: float) -> tuple[Floats, Floats]:
        """Lower and upper bounds at a two-sided ``level``; 0 and 1 where the spread cannot be known."""
        tail = (1 - level) / 2
        known = self.degrees > 0
        t = special.stdtrit(np.where(known, self.degrees, 1.0), tail)
        factor = np.maximum(t**2 * self.effect, special.ndtri(tail) ** 2) / np.maximum(self.cases, 1.0)
        middle = (self.share + factor / 2) / (1 + factor)
        half = np.sqrt(self.share * (1 - self.share) * factor + factor**2 / 4) / (1 + factor)
        rim = tail ** (1 / np.maximum(self.cases, 1.0))
        low = np.where(self.share >= 1, rim, np.where(known & (self.share > 0), middle - half, 0.0))
        high = np.where(self.share <= 0, 1 - rim, np.where(known & (self.share < 1), middle + half, 1.0))
        return np.maximum(low, 0.0), np.minimum(high, 1.0)

    def p_values(self, target: float | Floats) -> tuple[Floats, Floats]:
        """One-sided p-values against ``target`` (of all columns, or one each), shape (columns,): for a share of at
        least it, and for one below it.

        They turn the bounds around: a lower bound at the two-sided level 1 − 2p reaches the target exactly when p is at
        least the first value.
        """
        n, p, target = self.cases, self.share, np.asarray(target, np.float64)
        # With no or every case kept, the chance of just that at the target.
        holds_rim = np.where(p >= 1, target**n, (target > 0).astype(np.float64))
        fails_rim = np.where(p <= 0, (1 - target) ** n, 1.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            score = (p - target) * np.sqrt(n) / np.sqrt(target * (1 - target))
            scaled = score / np.sqrt(np.maximum(self.effect, 1e-12))
        df = np.where(self.degrees > 0, self.degrees, 1.0)
        inner, known = (p > 0) & (p < 1), self.degrees > 0
        holds = np.where(known, np.maximum(special.ndtr(-score), special.stdtr(df, -scaled)), 1.0)
        fails = np.where(known, np.maximum(special.ndtr(score), special.stdtr(df, scaled)), 1.0)
        return np.where(inner, holds, holds_rim), np.where(inner, fails, fails_rim)


def share_interval(kept: npt.ArrayLike, cases: npt.ArrayLike, level: float = 0.95) -> Interval | None:
    """Interval for the share of cases that kept a limit, pooled over replications.

    Parameters
    ----------
    kept, cases : arrays, shape (replications,)
        Cases that kept the limit and all cases, per replication. A replication without cases counts for nothing.
    level : float
        Two-sided confidence level.

    Returns
    -------
    Interval or None
        ``n`` is the number of cases; never of zero width; None without a case. With a single replication that has
        cases, some kept and some not, nothing is known of the spread: 0 to 1. Method and sources: ``Pooled``.
    """
    return share_intervals(*_column(kept, cases), level)[0]


def share_intervals(kept: Floats, cases: Floats, level: float = 0.95) -> list[Interval | None]:
    """Intervals of several shares at once, as ``share_interval`` gives them one by one.

    Parameters
    ----------
    kept, cases : arrays, shape (replications, shares)
        As in ``share_interval``, one column a share.
    level : float
        Two-sided confidence level.

    Returns
    -------
    list of Interval or None
        One a column, None without a case.
    """
    _check(kept, cases)
    pooled = Pooled.of(kept, cases)
    low, high = pooled.bounds(level)
    columns = zip(pooled.share.tolist(), low.tolist(), high.tolist(), pooled.cases.tolist(), strict=True)
    return [Interval(share, a, b, round(n)) if n else None for share, a, b, n in columns]


def p_value_share(kept: npt.ArrayLike, cases: npt.ArrayLike, target: float) -> tuple[float, float] | None:
    """One-sided p-values of "the share is at least ``target``" and "it is below", in line with ``share_interval``.

    Parameters
    ----------
    kept, cases : arrays, shape (replications,)
        As in ``share_interval``.
    target : float
        Promised share, 0 to 1.

    Returns
    -------
    (float, float) or None
        A small first value speaks for the promise, a small second one against it; None without a case.
    """
    return p_values_shares([(kept, cases)], target)[0]


def p_values_shares(
    shares: Sequence[tuple[npt.ArrayLike, npt.ArrayLike]], target: float
) -> list[tuple[float, float] | None]:
    """P-values of several shares (kept, cases) at once, as ``p_value_share`` gives them one by one."""
    if not shares:
        return []
    # Filled up with replications without cases, which count for nothing.
    table = np.zeros((2, max(np.size(cases) for _, cases in shares), len(shares)))
    for column, (kept, cases) in enumerate(shares):
        table[:, : np.size(cases), column] = np.hstack(_column(kept, cases)).T
    pooled = Pooled.of(table[0], table[1])
    holds, fails = pooled.p_values(target)
    rows = zip(holds.tolist(), fails.tolist(), pooled.cases.tolist(), strict=True)
    return [(a, b) if n else None for a, b, n in rows]


def _column(kept: npt.ArrayLike, cases: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Both as a table of one column, checked."""
    k, n = np.asarray(kept, np.float64), np.asarray(cases, np.float64)
    if k.ndim != 1:
        raise ValueError(_PAIRS)
    _check(k, n)
    return k[:, None], n[:, None]


def _check(kept: Floats, cases: Floats) -> None:
    if kept.shape != cases.shape or not np.all((kept >= 0) & (kept <= cases)):
        raise ValueError(_PAIRS)
