"""Sideways: one lever down by as much as it takes, another up that costs less."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simsvc.sizing.search.climb import STEADY, relevant
from simsvc.sizing.search.search import Search, changed
from simsvc.sizing.search.standing import SURE
from simsvc.sizing.search.words import moved, saved
from simsvc.sizing.space import Levels

PARTNERS = 4
"""Levers that are tried in place of one."""
PART = 0.3
"""Part of the search's replications for exchanges."""


def exchange(search: Search, start: Levels) -> Levels:
    """The plan after every exchange of one lever for cheaper others that keeps the promises.

    A lever goes down a step (a station: closed altogether); where a promise then lacks, the levers that can move it and
    cost less than was saved go up by a step, one at a time. The first plan that passes and is cheaper is taken.
    """
    levels, better = start, True
    end = search.evaluator.spent + int(PART * search.most)
    while better and not search.spent_out:
        better = False
        for what, plan in _lower(search, levels):
            if search.evaluator.spent > end:
                return levels
            found = repaired(search, levels, plan)
            if found is not None:
                down, up = moved(search.space.levers[what], levels[what], found[what]), _raised(search, levels, found)
                both = (f"{down[0]}{up[0]}", f"{down[1]}{up[1]}")
                search.note("exchange", both, saved(search.cost(levels) - search.cost(found)), found,
                            search.at(found, search.looks[0]))  # fmt: skip
                levels, better = found, True
                break
    return levels


def _lower(search: Search, levels: Levels) -> Iterator[tuple[int, Levels]]:
    """Plans with one lever lower, the largest savings first."""
    found: list[tuple[float, int, Levels]] = []
    for k, lever in enumerate(search.space.levers):
        if lever.kind in STEADY:
            continue
        for by in {1, levels[k] - lever.low} if lever.kind == "engineers" else {1}:
            if 0 < by <= levels[k] - lever.low:
                plan = changed(levels, k, -by)
                found.append((search.space.cost(plan) - search.space.cost(levels), k, plan))
    for _, k, plan in sorted(found):
        yield k, plan


def repaired(search: Search, levels: Levels, lower: Levels) -> Levels | None:
    """A plan that passes and is cheaper than ``levels``, with the lever down and others up."""
    plan = lower
    for _ in range(PARTNERS):
        if not search.space.valid(plan):
            return None
        now = search.at(plan, search.looks[0])
        if search.allowed(plan) and not now.short(SURE).any():
            return plan if search.passes(plan) else None
        worst = int(np.argmin(now.slack))
        rivals = _partners(search, levels, plan, worst)
        if not rivals:
            return None
        after = search.many([changed(plan, k, 1) for k in rivals], search.looks[0])
        lack = [float(np.minimum(s.slack, 0.0).sum()) for s in after]
        best = max(range(len(rivals)), key=lambda i: (lack[i], -i))
        if lack[best] <= float(np.minimum(now.slack, 0.0).sum()) + 1e-12:
            return None
        plan = changed(plan, rivals[best], 1)
    return None


def _partners(search: Search, levels: Levels, plan: Levels, column: int) -> list[int]:
    """The cheapest levers that may help a column and leave the plan cheaper than before."""
    found: list[tuple[float, int]] = []
    for k, lever in enumerate(search.space.levers):
        if plan[k] < lever.high and plan[k] >= levels[k] and relevant(search, lever, column):
            cost = search.space.cost(changed(plan, k, 1))
            if cost < search.space.cost(levels) - 1e-9:
                found.append((cost, k))
    return [k for _, k in sorted(found)[:PARTNERS]]


def _raised(search: Search, before: Levels, after: Levels) -> tuple[str, str]:
    """The levers that went up, in words."""
    said = [moved(lever, b, a) for lever, b, a in zip(search.space.levers, before, after, strict=True) if a > b]
    return "".join(f"; {en}" for en, _ in said), "".join(f"；{zh}" for _, zh in said)
