"""Down: less of everything that can be spared, until nothing can."""

from __future__ import annotations

import numpy as np

from simsvc.sizing.search.climb import STEADY
from simsvc.sizing.search.search import Search, changed
from simsvc.sizing.search.standing import SURE, Standing
from simsvc.sizing.search.words import moved, spared
from simsvc.sizing.space import Levels


def trim(search: Search, start: Levels) -> Levels:
    """The plan with every lever as low as the promises allow, one at a time.

    In each round every lever is lowered by itself at few replications; those that no promise surely feels, and that
    cost a contractor no more than they save, are lowered together, and where together they are too many, that which
    moved the promise in need most is put back.
    """
    levels, stuck = start, set[int]()
    while not search.spent_out:
        order = [k for k in _dearest_first(search, levels) if k not in stuck]
        trials = {k: changed(levels, k, -1) for k in order}
        trials = {k: plan for k, plan in trials.items() if search.allowed(plan)}
        stuck |= set(order) - set(trials)
        if not trials:
            return levels
        look = search.looks[0]
        before, *seen = search.many([levels, *trials.values()], look)
        alone = dict(zip(trials, seen, strict=True))
        for k, plan in trials.items():
            if alone[k].short(SURE).any():
                search.failed.setdefault(plan, look)
                stuck.add(k)
            elif search.cost(plan) > search.cost(levels):
                stuck.add(k)
        lowered, together = at_once(search, levels, [k for k in trials if k not in stuck], alone, before)
        stuck |= set(trials) - set(lowered)
        if not lowered:
            continue
        for k in lowered:
            search.note("trim", moved(search.space.levers[k], levels[k], levels[k] - 1), spared(search, together),
                        together, search.at(together, look))  # fmt: skip
        levels = together
    return levels


def at_once(
    search: Search, levels: Levels, lowered: list[int], alone: dict[int, Standing], before: Standing
) -> tuple[list[int], Levels]:
    """As many of the levers lowered together as the promises bear."""
    while lowered and not search.spent_out:
        plan = levels
        for k in lowered:
            plan = changed(plan, k, -1)
        if search.passes(plan):
            return lowered, plan
        if not search.allowed(plan):
            lowered = lowered[:-1]
            continue
        short = search.at(plan, max(search.failed.get(plan, 0), search.looks[0])).slack
        # Where a promise lacks: who moved it most by himself goes back; of those that moved nothing, the cheapest.
        back = set[int]()
        for c in np.flatnonzero(short <= min(float(short.min()), 0.0) / 2).tolist():
            loss = [float(before.slack[c] - alone[k].slack[c]) for k in lowered]
            back.add(max(range(len(lowered)), key=lambda i: (loss[i], i)))
        lowered = [k for i, k in enumerate(lowered) if i not in back]
    return [], levels


def _dearest_first(search: Search, levels: Levels) -> list[int]:
    """Levers that can go down, by what a step saves."""
    found = []
    for k, lever in enumerate(search.space.levers):
        if levels[k] > lever.low and (lever.kind not in STEADY or levels[k] > lever.today):
            saved = search.space.cost(levels) - search.space.cost(changed(levels, k, -1))
            found.append((-saved, k))
    return [k for _, k in sorted(found)]
