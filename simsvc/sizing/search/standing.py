"""How a plan stands: the share of each kept promise against what it must be to be proven in the end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from simsvc.sizing.evaluate import Counts
from simsvc.sizing.wishes import Wishes
from simsvc.stats import holm
from simsvc.stats.share import Pooled

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
SURE = 2.33
"""Standard errors (one-sided normal quantile of 1 %) beyond which a look accepts or rejects a plan: the search's own
error a column and look. A wrong step costs work or money, not truth: what it ends with is verified on fresh luck."""
MOST_EFFECT = 25.0
"""Design effect of a column, at most: few replications tell it badly."""
MOST_KEPT = 0.25
"""No plan is asked for a share with fewer of the permitted misses than this part: nobody keeps all."""
LOOKS = (0.25, 1.0)
"""Parts of its replications after which the verification looks."""


def error(confidence: float, attempt: int) -> float:
    """Error of one look of a verification's attempt: half of what was left goes to each attempt, shared by its looks,
    so that all together stay below 1 - ``confidence``."""
    return float((1 - confidence) / 2 ** (attempt + 1) / len(LOOKS))


@dataclass(frozen=True)
class Bar:
    """What the columns of the wishes are held against.

    ``target``: (columns,); ``error``: one-sided error of a column (or of each) at a look of the first verification
    (Bonferroni's share, where Holm's rule starts); ``replications`` that the verification can spend; ``extra``:
    (columns,) added after a verification failed there; ``reach``: (columns,) no more is needed than that, see
    ``within``.
    """

    target: Floats
    error: float | Floats
    replications: int
    extra: Floats
    reach: Floats

    @classmethod
    def of(cls, wishes: Wishes, replications: int) -> Bar:
        """For wishes and a verification of so many replications."""
        target = np.array([c.target for c in wishes.columns])
        each = error(wishes.confidence, 0) / 2 / max(len(target), 1)
        return cls(target, each, replications, np.zeros(len(target)), np.ones(len(target)))

    def within(self, now: Standing) -> Bar:
        """For plans under the same luck as the most of everything, which stands like this.

        Where cases are few that luck may be bad, and none would pass: of a column that even it lacks, by no more than
        chance, no more is needed than it keeps, less a sixth of its misses.
        """
        by_chance = (now.slack < 0) & ~now.short(SURE)
        return replace(self, reach=np.where(by_chance, now.share - (1 - now.share) / 6, 1.0))

    def raised(self, counts: Counts, lacking: Bools) -> Bar:
        """Higher where a verification was not enough: by what was short there and one standard error of it."""
        cases = np.maximum(counts.cases.sum(axis=0), 1.0)
        short = np.maximum(self.target - counts.kept.sum(axis=0) / cases, 0.0)
        half = np.sqrt(np.maximum(self.target * (1 - self.target), 1e-6) / cases)
        return replace(self, extra=self.extra + np.where(lacking, short + half, 0.0))


@dataclass(frozen=True)
class Standing:
    """Columns of a plan: ``share`` (nan without cases), its standard ``error`` (wider where it comes from few
    replications, as Student's t is), the share promised (``target``) and that which it ``needs`` so that the promise is
    proven."""

    share: Floats
    error: Floats
    target: Floats
    needs: Floats
    reasons: Floats
    replications: int

    @property
    def slack(self) -> Floats:
        """Share less what it needs; columns without cases have plenty."""
        return np.where(np.isnan(self.share), 1.0, self.share - self.needs)

    def short(self, errors: float = 0.0) -> Bools:
        """Columns that lack so many standard errors and more."""
        return self.slack + errors * self.error < 0

    @property
    def hopeless(self) -> bool:
        """Whether a column is nearer to its target than to what it needs: not worth a verification."""
        return bool((self.slack < (self.target - self.needs) / 2).any())

    def verdict(self, *, last: bool) -> bool | None:
        """Whether the plan may pass for good: False if a column surely lacks, True if all surely do; at the ``last``
        look by the shares themselves, None otherwise."""
        if bool(self.short(0.0 if last else SURE).any()):
            return False
        return True if last or not bool(self.short(-SURE).any()) else None


@dataclass(frozen=True)
class Luck:
    """How kind a few replications are, seen from one plan: what it keeps in them (``counts``), and its ``share`` and
    the ``error`` of that, each shape (columns,), in many more."""

    counts: Counts
    share: Floats
    error: Floats

    def corrected(self, counts: Counts, now: Pooled, wider: Floats, error: Floats) -> tuple[Floats, Floats]:
        """Shares and errors of a plan under the same luck: where that tells more, its difference from the known plan
        added to what that keeps in the end (control variate with coefficient 1; Law 2015, Simulation Modeling and
        Analysis, 5th ed., section 11.4)."""
        here, n = Pooled.of(self.counts.kept, self.counts.cases), len(counts.kept)
        apart = _influence(counts, now) - _influence(self.counts, here)
        # Few replications may show no difference by chance: one case more or less is always allowed for.
        paired = wider**2 * ((apart**2).sum(axis=0) / (n * (n - 1)) + (1 / np.maximum(now.cases, 1.0)) ** 2)
        paired = np.sqrt(paired + self.error**2)
        better = (now.cases > 0) & (here.cases > 0) & (paired < error)
        share = np.where(better, np.clip(now.share + self.share - here.share, 0.0, 1.0), now.share)
        return share, np.where(better, paired, error)


def _influence(counts: Counts, now: Pooled) -> Floats:
    """What each replication adds to a ratio of sums, shape (replications, columns)."""
    return (counts.kept - now.share * counts.cases) / np.maximum(now.cases / len(counts.kept), 1e-9)


def standing(counts: Counts, bar: Bar, luck: Luck | None = None) -> Standing:
    """A plan's replications against the bar, corrected for their luck where that is known.

    A share needs the promised one and what the verification must see above it: z √(p (1 − p) effect / cases), Wilson's
    score form at the promised share p, for the cases of its replications.
    """
    pooled = Pooled.of(counts.kept, counts.cases)
    per_replication = pooled.cases / len(counts.kept)
    effect = np.clip(pooled.effect, 1.0, MOST_EFFECT)
    inside = bar.target * (1 - bar.target)
    margin = special.ndtri(1 - bar.error) * np.sqrt(
        inside * effect / np.maximum(per_replication * bar.replications, 1.0)
    )
    # Where cases are that few the verdict may stay open.
    needs = np.minimum(np.minimum(bar.target + margin + bar.extra, _most_kept(bar.target)), bar.reach)
    spread = np.maximum(pooled.share * (1 - pooled.share), 1 / np.maximum(pooled.cases, 1.0))
    # The spread between replications is itself known from a few of them; that of single cases is not so.
    wider = np.asarray(special.stdtrit(np.maximum(pooled.degrees, 1.0), special.ndtr(SURE)), np.float64) / SURE
    between = wider * np.sqrt(np.minimum(pooled.effect, MOST_EFFECT))
    error = np.maximum(between, 1.0) * np.sqrt(spread / np.maximum(pooled.cases, 1.0))
    share = pooled.share
    if luck is not None:
        share, error = luck.corrected(counts, pooled, wider, error)
    share = np.where(pooled.cases > 0, share, np.nan)
    return Standing(share, error, bar.target, needs, counts.reasons, len(counts.kept))


def _most_kept(target: Floats) -> Floats:
    return 1 - MOST_KEPT * (1 - target)


def judged(counts: Counts, bar: Bar, alpha: float) -> list[Literal["holds", "fails", "undecided", "no cases"]]:
    """Verdict of every column together by Holm's rule, wrong anywhere with a chance of at most ``alpha``."""
    pooled = Pooled.of(counts.kept, counts.cases)
    holds, fails = pooled.p_values(bar.target)
    some = pooled.cases > 0
    adjusted = np.ones(len(holds))
    adjusted[some] = holm(np.minimum(1.0, 2 * np.minimum(holds, fails))[some].tolist())
    named = np.where(adjusted > alpha, "undecided", np.where(holds <= fails, "holds", "fails"))
    return np.where(some, named, "no cases").tolist()  # type: ignore[no-any-return]


def lacking(counts: Counts, bar: Bar, alpha: float) -> Bools:
    """Columns that keep a verification from succeeding: that fail, or are undecided though they could be proven.

    A column with so few cases that all of them kept would not prove it, at the bar's number of replications either, can
    only fail. So can, at the last look, one that even the largest share asked of plans (``MOST_KEPT``) would not prove.
    """
    named = np.array(judged(counts, bar, alpha))
    each, last = alpha / 2 / max(len(bar.target), 1), len(counts.cases) >= bar.replications
    cases = np.maximum(counts.cases.mean(axis=0) * max(bar.replications, len(counts.cases)), 1e-9)
    margin = special.ndtri(1 - each) * np.sqrt(bar.target * (1 - bar.target) / cases)
    provable = bar.target + margin <= _most_kept(bar.target) if last else bar.target**cases <= each
    return np.asarray((named == "fails") | ((named == "undecided") & provable), np.bool_)
