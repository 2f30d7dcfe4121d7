"""Down: less of everything that can be spared, until nothing can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from simsvc.sizing.search.climb import STEADY
from simsvc.sizing.search.search import Search, changed
from simsvc.sizing.search.standing import SURE, Floats
from simsvc.sizing.search.words import moved, spared
from simsvc.sizing.space import Levels


def trim(search: Search, start: Levels) -> Levels:
    """The plan with every lever as low as the promises allow.

    Every lever is lowered by itself at few replications; what no promise surely feels, and what costs a contractor no
    more than it saves, is lowered together, as much as ``at_once`` finds. What was lowered is tried a step further.
    """
    levels, stuck, losses = start, set[int](), dict[int, Floats]()
    while not search.spent_out:
        levers = [k for k in _dearest_first(search, levels) if k not in stuck]
        stuck |= {k for k in levers if not search.allowed(changed(levels, k, -1))}
        losses |= _losses(search, levels, [k for k in levers if k not in stuck and k not in losses])
        stuck |= {k for k in levers if k not in losses}
        levers = [k for k in levers if k not in stuck]
        lowered, together = at_once(search, levels, {k: losses[k] for k in levers})
        if not lowered:
            return levels
        for k in lowered:
            search.note("trim", moved(search.space.levers[k], levels[k], levels[k] - 1), spared(search, together),
                        together, search.settled(together))  # fmt: skip
            del losses[k]
        levels = together
    return levels


def _losses(search: Search, levels: Levels, some: Sequence[int]) -> dict[int, Floats]:
    """What each promise loses by each of some levers a step lower, shape (columns,), at few replications; without those
    that a promise surely bears ill or that a contractor makes up for dearly."""
    look, found = search.looks[0], dict[int, Floats]()
    lower = {k: changed(levels, k, -1) for k in some}
    before, *after = search.many([levels, *lower.values()], look)
    for (k, plan), now in zip(lower.items(), after, strict=True):
        if now.short(SURE).any():
            search.failed.setdefault(plan, look)
        elif search.cost(plan) <= search.cost(levels):
            found[k] = before.slack - now.slack
    return found


def at_once(search: Search, levels: Levels, losses: Mapping[int, Floats]) -> tuple[list[int], Levels]:
    """As many of some levers lowered together as the promises bear, and the plan then.

    Parameters
    ----------
    search : Search
    levels : tuple of int
        A plan that passes.
    losses : mapping of int to ndarray, shape (columns,)
        By lever: what each promise loses if that lever alone is lowered.

    Notes
    -----
    Losses are taken to add up. What saves most for its part of the slack is taken first, as long as the slack of every
    promise lasts; where that turns out to be too much, losses are taken to be half as large again. A lever that alone
    is too much is left out.
    """
    slack, left, weight = search.settled(levels).slack, dict(losses), 1.0
    while left and not search.spent_out:
        chosen = _borne(search, levels, left, slack / weight)
        if not chosen:
            return [], levels
        plan = _lower(search, levels, chosen)
        if search.passes(plan):
            return [k for k in chosen if plan[k] < levels[k]], plan
        if len(chosen) == 1:
            del left[chosen[0]]
            weight = 1.0
        else:
            weight *= 1.5
    return [], levels


def _lower(search: Search, levels: Levels, some: Sequence[int]) -> Levels:
    """The plan with some levers a step lower, those left out that a rule needs once the others are."""
    plan = tuple(level - (k in some) for k, level in enumerate(levels))
    if search.allowed(plan):
        return plan
    plan = levels
    for k in some:
        lower = changed(plan, k, -1)
        plan = lower if search.allowed(lower) else plan
    return plan


def _borne(search: Search, levels: Levels, losses: Mapping[int, Floats], slack: Floats) -> list[int]:
    """Levers whose losses together stay within the slack; at least one, if it does by itself."""

    def part(k: int) -> float:
        return float(np.max(losses[k] / np.maximum(slack, 1e-6), initial=1e-6))

    def saving(k: int) -> float:
        return search.space.cost(levels) - search.space.cost(changed(levels, k, -1))

    found, spent = list[int](), np.zeros_like(slack)
    for k in sorted(losses, key=lambda k: (-saving(k) / part(k), k)):
        if (spent + losses[k] <= np.maximum(slack, 0.0) + 1e-12).all():
            found.append(k)
            spent = spent + np.maximum(losses[k], 0.0)
    return found


def _dearest_first(search: Search, levels: Levels) -> Iterable[int]:
    """Levers that can go down, by what a step saves."""
    found = []
    for k, lever in enumerate(search.space.levers):
        if levels[k] > lever.low and (lever.kind not in STEADY or levels[k] > lever.today):
            saved = search.space.cost(levels) - search.space.cost(changed(levels, k, -1))
            found.append((-saved, k))
    return [k for _, k in sorted(found)]
