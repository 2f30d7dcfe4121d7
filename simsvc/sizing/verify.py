"""The published estimate: does the plan keep every promise, on luck that neither search nor selection has seen?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simsvc.case import Case
from simsvc.engine import Name
from simsvc.measures import Tally, tallier
from simsvc.scenario.parts import BASE
from simsvc.sizing.evaluate import Counts
from simsvc.sizing.search.standing import LOOKS, SURE, Bar, Bools, error, judged, lacking, standing
from simsvc.sizing.wishes import PROVINCE, Wishes
from simsvc.study.replicate import Replicator
from simsvc.study.workers import Progress, Workers

ATTEMPTS = 4
"""Verifications of one sizing, at most: what lacks goes back to the search."""


@dataclass(frozen=True)
class Verified:
    """``lacking``: columns that do not hold (one with too few cases ever to be proven lacks only if it fails);
    ``alpha``: error of the look that decided; ``seed`` of the replications made, their ``counts`` and ``tallies``."""

    lacking: Bools
    alpha: float
    seed: int
    counts: Counts
    tallies: tuple[Tally, ...]

    @property
    def kept(self) -> bool:
        """Whether every promise holds, in the province and in every area that was asked for."""
        return not self.lacking.any()


def verify(
    case: Case,
    wishes: Wishes,
    bar: Bar,
    seed: int,
    attempt: int,
    *,
    engine: Name,
    workers: Workers,
    progress: Progress | None = None,
) -> Verified:
    """Every kept promise, province and areas together by Holm's rule, at a quarter and at all of the replications.

    Parameters
    ----------
    case : Case
        The plan.
    wishes, bar
        What it must keep; how many replications there are for it.
    seed : int
        Luck of this attempt.
    attempt : int
        0, 1, …: each has its share of the error.
    """
    alpha, tallies = error(wishes.confidence, attempt), list[Tally]()
    looks = [max(40, round(part * bar.replications)) for part in LOOKS]
    with Replicator(case, seed, workers, engine=engine) as replicator:
        for look in looks:
            tallies += replicator.map(tallier(replicator.engine), range(len(tallies), look), progress)
            counts = counted(wishes, tallies)
            short = lacking(counts, bar, alpha)
            if not short.any() or "fails" in judged(counts, bar, alpha) or standing(counts, bar).short(SURE).any():
                break
    return Verified(short, alpha, seed, counts, tuple(tallies))


def counted(wishes: Wishes, tallies: Sequence[Tally]) -> Counts:
    """The columns of the wishes from full tallies."""
    kept, cases = (
        np.array(
            [[_of(getattr(t.counts[c.clause, c.part, BASE], name), c.area) for c in wishes.columns] for t in tallies]
        )
        for name in ("kept", "cases")
    )
    reasons = [
        np.sum([_of(t.counts[c.clause, c.part, BASE].reasons, c.area) for t in tallies], axis=0) for c in wishes.columns
    ]
    return Counts(np.minimum(kept, cases), cases, np.array(reasons), np.zeros(len(tallies)))


def _of(values: np.ndarray, area: int) -> np.ndarray:
    """One area's entry, or that of all together."""
    return values.sum(axis=0) if area == PROVINCE else values[area]  # type: ignore[no-any-return]
