"""Robust verdicts: every promise tried over the ranges of the assumption ledger, under the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from simsvc.case import Case
from simsvc.promise.ranges import End, Failed, Tried
from simsvc.promise.robust import Robustness, robust_verdict
from simsvc.promise.texts import part_label
from simsvc.scenario.ranges import Range, Side, ranges, together
from simsvc.stats import Verdict
from simsvc.study.breakeven import Crossing, crossings, searches
from simsvc.study.points import Changes, Outcome, Trial, explore
from simsvc.study.workers import Progress, Workers, in_points

COMBINATIONS = 32
"""Points of the Latin hypercube."""
BROUGHT_TO_A_POINT = 3
"""Assumptions for which a promise's break-even is looked for: those that move it most."""


@dataclass(frozen=True)
class Explored:
    """Points that were run: single assumptions at an end, all together, and where promises turn (by number of the end
    and column)."""

    tried: Trial
    ranges: tuple[Range, ...]
    ends: tuple[tuple[Range, Side, Outcome], ...]
    combinations: tuple[Outcome, ...]
    crossings: dict[tuple[int, int], Crossing]

    @cached_property
    def _verdicts(self) -> list[list[Verdict]]:
        return [self.tried.verdicts(outcome.shares) for *_, outcome in self.ends]

    def of(self, column: int) -> dict[int, End]:
        """A promise at every end at which the scenario could be built, by the number of the end."""
        return {n: self._end(n, column) for n, (*_, outcome) in enumerate(self.ends) if not outcome.problem}

    def turning(self, column: int) -> list[int]:
        """Numbers of the ends of numeric assumptions that turn a promise, those that move it most first."""
        base = self.tried.verdicts(self.tried.base)[column]
        found = {n: end for n, end in self.of(column).items() if self.ends[n][0].scale is not None}
        turned = [n for n, end in found.items() if end.verdict not in (base, "undecided", "no cases")]
        return sorted(turned, key=lambda n: -abs(found[n].shift or 0.0))

    def _end(self, number: int, column: int) -> End:
        known, side, outcome = self.ends[number]
        shares, crossing = outcome.shares, self.crossings.get((number, column))
        return End(
            assumption=known.id,
            side=side,
            value=known.end(side),
            estimate=_number(shares.estimate[column]),
            low=_number(shares.low[column]),
            high=_number(shares.high[column]),
            shift=_number(outcome.shift[column]),
            verdict=self._verdicts[number][column],
            replications=outcome.replications,
            turns_at=crossing.at if crossing else None,
            between=crossing.between if crossing else None,
        )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def explore_ranges(
    tried: Trial,
    workers: Workers,
    *,
    known: Sequence[Range] | None = None,
    combinations: int = COMBINATIONS,
    most: int | None = BROUGHT_TO_A_POINT,
    progress: Progress | None = None,
) -> Explored:
    """Run every end, the hypercube, and the brackets of what turns.

    Parameters
    ----------
    tried : Trial
        The base.
    workers : Workers
        Where to run; points travel one by one.
    known : sequence of Range, optional
        Assumptions to try; default all of the ledger.
    combinations : int
        Points at which all of them move at once: a Latin hypercube, the base being each one's median.
    most : int, optional
        So many break-evens a promise at most, None for all.
    progress : callable, optional
        ``progress(done, total)`` in points.
    """
    progress = in_points(progress)
    known = ranges(tried.scenario) if known is None else known
    ends = [(r, side) for r in known for side in r.sides()]
    points: list[Changes] = [{r.path: r.end(side)} for r, side in ends]
    points += [together(known, unit) for unit in _hypercube(len(known), combinations, tried.seed)]
    outcomes = list(workers.map(partial(explore, tried), points, progress))
    single = tuple((r, side, outcome) for (r, side), outcome in zip(ends, outcomes, strict=False))
    found = Explored(tried, tuple(known), single, tuple(outcomes[len(ends) :]), {})
    return replace(found, crossings=_crossings(found, workers, most, progress))


def over_ranges(tried: Trial, case: Case, workers: Workers, progress: Progress | None = None) -> Robustness:
    """The verdicts of a trial over all ranges of the ledger; ``case``: of the base."""
    return sum_up(case, explore_ranges(tried, workers, progress=progress))


def _hypercube(dimensions: int, count: int, seed: int) -> Sequence[Sequence[float]]:
    if not dimensions or not count:
        return []
    from scipy.stats import qmc

    points: Sequence[Sequence[float]] = qmc.LatinHypercube(dimensions, rng=seed).random(count).tolist()
    return points


def _crossings(
    found: Explored, workers: Workers, most: int | None, progress: Progress | None
) -> dict[tuple[int, int], Crossing]:
    turning = [found.turning(column) for column in range(len(found.tried.places))]
    wanted = searches(found.ends, [numbers[:most] for numbers in turning])
    number = {(r.id, side): n for n, (r, side, _) in enumerate(found.ends)}
    results = workers.map(partial(crossings, found.tried), wanted, progress)
    return {
        (number[search.range.id, search.side], column): crossing
        for search, result in zip(wanted, results, strict=True)
        for column, crossing in result.items()
    }


def sum_up(case: Case, found: Explored) -> Robustness:
    """Sum up by promise what was explored; ``case``: of the base."""
    tried = found.tried
    base = tried.verdicts(tried.base)
    combined = [tried.verdicts(outcome.shares) for outcome in found.combinations if not outcome.problem]
    verdicts = {
        (clause, part_label(case.model.clauses[clause], k)): robust_verdict(
            base[column], list(found.of(column).values()), [verdicts[column] for verdicts in combined]
        )
        for column, (clause, k) in enumerate(tried.places)
    }
    outcomes = [outcome for *_, outcome in found.ends] + list(found.combinations)
    failed = [Failed(r.id, r.end(side), o.problem) for r, side, o in found.ends if o.problem]
    failed += [Failed("", "", o.problem) for o in found.combinations if o.problem]
    return Robustness(
        verdicts,
        Tried(
            assumptions=len(found.ranges),
            ends=len(found.ends),
            combinations=len(found.combinations),
            replications=sum(outcome.replications for outcome in outcomes),
            failed=tuple(failed),
        ),
    )
