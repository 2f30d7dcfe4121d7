"""What the most of everything keeps: every candidate open, staff and stock without end, each way of sending tried."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simsvc.case.arrays import Bools, Floats
from simsvc.measures import Binned
from simsvc.scenario.promises import SimPart
from simsvc.sizing.evaluate import Counts, Evaluator
from simsvc.sizing.nearest import room
from simsvc.sizing.search.solve import affordable
from simsvc.sizing.search.standing import Bar, standing
from simsvc.sizing.wishes import Wishes
from simsvc.stats import Interval, share_intervals
from simsvc.stats.share import Pooled

if TYPE_CHECKING:
    from simsvc.sizing.space import Levels, Space

LOOKS = (20, 60)
"""Replications: the second number only where the first leaves a promise in doubt."""
MOST = 120
"""Replications at most of the best plan, where promises that are not surely kept have fewer than ``CASES`` cases."""
CASES = 1_000


@dataclass(frozen=True)
class Ceiling:
    """``plans``: the most of everything under each way of sending engineers; ``counts``: what each keeps; ``best``: the
    plan of them that lacks least in all; ``hopeless``: columns that surely no one of them keeps, (columns,); ``needs``:
    what a verification must see of each to prove it, (columns,), far more than is promised where cases are few."""

    plans: tuple[Levels, ...]
    counts: tuple[Counts, ...]
    best: int
    hopeless: Bools
    needs: Floats

    @property
    def replications(self) -> int:
        """Of the best of the plans."""
        return len(self.counts[self.best].kept)

    def shares(self, level: float) -> list[Interval | None]:
        """What the best of the plans keeps, by column, None without a case."""
        counts = self.counts[self.best]
        return share_intervals(counts.kept, counts.cases, level)

    def reasons(self, column: int) -> Floats:
        """Misses there by reason."""
        return np.asarray(self.counts[self.best].reasons[column], np.float64)


def ceiling(space: Space, wishes: Wishes, evaluator: Evaluator) -> Ceiling:
    """Simulate the most of everything.

    A column is hopeless if its share is surely below the target under every way of sending, all columns and both looks
    together wrong with a chance of at most 1 - ``wishes.confidence`` (Bonferroni), or if its target is 1: of random
    times nobody can show that.
    """
    plans = _plans(space)
    target = np.array([c.target for c in wishes.columns])
    alpha = (1 - wishes.confidence) / len(LOOKS) / max(len(target), 1)
    counts = evaluator.run_many(plans, LOOKS[0])
    rare, doubtful = _unsure(counts[_best(counts, target)], target, wishes.confidence)
    if rare > LOOKS[0]:
        counts = evaluator.run_many(plans, min(rare, LOOKS[1]))
    best = _best(counts, target)
    if doubtful or rare > LOOKS[1]:
        counts[best] = evaluator.run_many([plans[best]], max(rare, LOOKS[1]))[0]
    return Ceiling(plans, tuple(counts), best, _hopeless(counts, target, alpha), _needs(wishes, counts[best]))


def needed(evaluator: Evaluator, found: Ceiling, wishes: Wishes) -> list[Binned | None]:
    """Times needed under the best of the plans, by column; None where the part has no limit."""
    delays = evaluator.delays(found.plans[found.best], found.replications)
    model = wishes.scenario.model
    parts = [model.clauses[c.clause].parts[c.part] for c in wishes.columns]
    timed = [isinstance(p, SimPart) and (p.limit is not None or p.days is not None) for p in parts]
    return [d if has else None for d, has in zip(delays, timed, strict=True)]


def _plans(space: Space) -> tuple[Levels, ...]:
    """The most of everything under each way of sending; nearest first where there is a choice."""
    if "reach" not in space.index:
        return (space.most,)
    k = space.index["reach"]
    lever = space.levers[k]
    return tuple((*space.most[:k], level, *space.most[k + 1 :]) for level in range(lever.high, lever.low - 1, -1))


def _hopeless(counts: Sequence[Counts], target: Floats, alpha: float) -> Bools:
    """Columns of which every plan surely keeps less than the target."""
    below = [Pooled.of(c.kept, c.cases).p_values(target)[1] <= alpha for c in counts]
    seen = [c.cases.sum(axis=0) > 0 for c in counts]
    return np.asarray((np.logical_and.reduce(below) & np.logical_or.reduce(seen)) | (target >= 1), np.bool_)


def _best(counts: Sequence[Counts], target: Floats) -> int:
    """The plan that lacks least of what can be planned for, all columns together."""

    wanted = np.array([room(t) for t in target.tolist()])

    def lack(found: Counts) -> float:
        cases = found.cases.sum(axis=0)
        share = np.divide(found.kept.sum(axis=0), cases, out=np.ones_like(cases), where=cases > 0)
        return float(np.maximum(wanted - share, 0.0).sum())

    return min(range(len(counts)), key=lambda k: lack(counts[k]))


def _unsure(counts: Counts, target: Floats, level: float) -> tuple[int, bool]:
    """Replications by which the rarest promise that is not surely kept has ``CASES`` cases, and whether more may tell
    on which side of its target a share lies."""
    rare, doubtful = LOOKS[0], False
    shares = share_intervals(counts.kept, counts.cases, level)
    for share, promised in zip(shares, target.tolist(), strict=True):
        # 100 % is an obstacle whatever more replications say.
        if share is not None and share.low < promised < 1 and share.estimate < 1:
            rare = max(rare, math.ceil(CASES * LOOKS[0] / share.n))
            doubtful |= promised <= share.high
    return min(rare, MOST), doubtful


def _needs(wishes: Wishes, counts: Counts) -> Floats:
    return standing(counts, Bar.of(wishes, affordable(counts))).needs
