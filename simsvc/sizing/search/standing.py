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
"""One-sided normal quantile of 1 % beyond which a look at few replications accepts or rejects a plan: the search's own
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

    def within(self, most: Counts) -> Bar:
        """For plans under the same luck as this one, which has the most of everything.

        Where cases are few that luck may be bad, and none would pass: of a column that even it lacks, by no more than
        chance, no more is needed than it keeps, less a sixth of its misses.
        """
        now = standing(most, self)
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
    """Columns of a plan: ``share`` (nan without cases), its standard ``error``, the share promised (``target``) and
    that which it ``needs`` so that the promise is proven."""

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


def standing(counts: Counts, bar: Bar) -> Standing:
    """A plan's replications against the bar.

    A share needs the promised one and what the verification must see above it: z √(p (1 − p) effect / cases), Wilson's
    score form at the promised share p, for the cases of its replications.
    """
    pooled = Pooled.of(counts.kept, counts.cases)
    seen = pooled.cases > 0
    share = np.where(seen, pooled.share, np.nan)
    per_replication = pooled.cases / len(counts.kept)
    effect = np.clip(pooled.effect, 1.0, MOST_EFFECT)
    inside = bar.target * (1 - bar.target)
    margin = special.ndtri(1 - bar.error) * np.sqrt(
        inside * effect / np.maximum(per_replication * bar.replications, 1.0)
    )
    # Where cases are that few the verdict may stay open.
    needs = np.minimum(np.minimum(bar.target + margin + bar.extra, _most_kept(bar.target)), bar.reach)
    spread = np.maximum(pooled.share * (1 - pooled.share), 1 / np.maximum(pooled.cases, 1.0))
    error = np.sqrt(spread * effect / np.maximum(pooled.cases, 1.0))
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
