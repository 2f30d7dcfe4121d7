"""Short searches from a plan that was found: up to other promises, and down to what they can spare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from simsvc.sizing.evaluate import Evaluator
from simsvc.sizing.search.climb import climb
from simsvc.sizing.search.search import QUICK, Search, changed
from simsvc.sizing.search.solve import quiet, verifiable
from simsvc.sizing.search.standing import Bar, standing
from simsvc.sizing.search.trim import trim
from simsvc.sizing.space import Levels, Space
from simsvc.sizing.wishes import Wishes


@dataclass(frozen=True)
class Proven:
    """A plan that is known to keep shares, (columns,); nan where it isn't."""

    levels: Levels
    target: npt.NDArray[np.float64]

    @classmethod
    def of(cls, levels: Levels, wishes: Wishes, *, kept: bool = True) -> Proven:
        """A plan that keeps wishes; ``kept`` False: one that need not."""
        return cls(levels, np.array([c.target if kept else np.nan for c in wishes.columns]))


def searching(
    space: Space,
    wishes: Wishes,
    evaluator: Evaluator,
    proven: Proven,
    most: int,
    looks: Sequence[int] = QUICK,
) -> Search:
    """A search that may spend about ``most`` replications, for a verification as long as that of a proven plan.

    Where the plan lacks something under the same luck of what it is known to keep, no more is needed than it has, less
    a sixth of its misses as far as the promised share allows: a few replications may have been bad to it.
    """
    bar = Bar.of(wishes, verifiable(evaluator, proven.levels))
    search = Search(space, wishes, evaluator, bar, quiet, most, looks)
    search.measure(proven.levels)
    known = proven.target >= bar.target
    for look in looks:
        now = standing(evaluator.run(proven.levels, look), bar, search.luck(look))
        less = np.minimum(now.share, np.maximum(bar.target, now.share - (1 - now.share) / 6))
        search.bars[look] = replace(bar, reach=np.where(known & (now.slack < 0), less, 1.0))
    # What the proven plan was run for is no part of the budget.
    search.began = evaluator.spent
    return search


def lowered(
    space: Space,
    wishes: Wishes,
    evaluator: Evaluator,
    proven: Proven,
    start: Levels,
    most: int,
    looks: Sequence[int] = QUICK,
) -> Levels:
    """``start`` less what its promises can spare: trimmed until nothing more comes off, or ``most`` is spent."""
    began, plan = evaluator.spent, start
    while (left := most - (evaluator.spent - began)) > 0:
        before, plan = plan, trim(searching(space, wishes, evaluator, proven, left, looks), plan)
        if plan == before:
            break
    return plan


def floor(search: Search, levels: Levels, some: Iterable[int]) -> Levels:
    """The plan with some of its levers down to today's, as far as what is decided without simulation lets them."""
    for k in some:
        lever = search.space.levers[k]
        for level in range(max(lever.low, min(lever.today, levels[k])), levels[k]):
            lower = (*levels[:k], level, *levels[k + 1 :])
            if search.allowed(lower):
                levels = lower
                break
    return levels


def spared(search: Search, least: Levels, levels: Levels) -> Levels:
    """A plan less what it has beyond ``least`` and isn't needed, the dearest first."""
    saving = [
        (search.space.cost(changed(levels, k, -1)) - search.space.cost(levels), k)
        for k in range(len(levels))
        if levels[k] > least[k]
    ]
    for _, k in sorted(saving):
        while levels[k] > least[k] and not search.spent_out and search.passes(lower := changed(levels, k, -1)):
            levels = lower
    return levels


def solved(
    space: Space, wishes: Wishes, evaluator: Evaluator, proven: Proven, start: Levels, up: int, down: int
) -> Levels | None:
    """The cheaper of two plans: up from ``start`` and down again, and up from the least of it that today has.

    ``up``, ``down``: replications that each climb and each trim may spend, about.
    """
    search = searching(space, wishes, evaluator, proven, up)
    starts = (start, floor(search, start, range(len(start))))
    found: list[tuple[float, Levels]] = []
    for levels in dict.fromkeys(starts):
        plan = climb(searching(space, wishes, evaluator, proven, up), levels)
        if plan is None or (found and search.cost(plan) >= found[0][0]):
            continue
        plan = lowered(space, wishes, evaluator, proven, plan, down)
        found.append((search.cost(plan), plan))
    return min(found)[1] if found else None
