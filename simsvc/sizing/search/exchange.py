"""Sideways: one lever or two down, others up that cost less."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from simsvc.sizing.search.climb import STEADY, relevant
from simsvc.sizing.search.search import CLOSE, Both, Search, changed
from simsvc.sizing.search.words import moved, saved
from simsvc.sizing.space import Levels

PARTNERS = 4
"""Levers that are tried in place of one."""
PAIRS = 24
"""Levers of a space, at most, in which two go down together."""
STEPS = 3
"""Steps by which a shelf goes down at most: behind a central store single pieces hardly count."""
MORE = 1e-3
"""Share by which a plan of the same cost must have more to spare."""
_CENT = 0.005


def exchange(search: Search, start: Levels, most: int) -> Levels:
    """The plan after every exchange of levers for others that keeps the promises at less cost, or with more to spare.

    A lever goes down a step (a shelf up to three, a station: closed altogether), or two levers do; where a promise then
    lacks, the levers that can move it and cost no more than was saved go up by a step, one at a time. The first plan
    that passes and is better is taken. ``most``: replications to spend.
    """
    levels, better = start, True
    end = search.evaluator.spent + most
    while better and not search.spent_out:
        better = False
        for plan in _lower(search, levels):
            if search.evaluator.spent > end:
                return levels
            found = repaired(search, levels, plan)
            if found is not None:
                search.note("exchange", _differences(search, levels, found),
                            saved(search.cost(levels) - search.cost(found)), found, search.settled(found))  # fmt: skip
                levels, better = found, True
                break
    return levels


def _lower(search: Search, levels: Levels) -> Iterator[Levels]:
    """Plans with one lever lower, then with two, the largest savings first."""
    space, found = search.space, list[Levels]()
    low = {k for k, lever in enumerate(space.levers) if lever.kind not in STEADY and levels[k] > lever.low}
    for k in sorted(low):
        left, kind = levels[k] - space.levers[k].low, space.levers[k].kind
        steps = {1, left} if kind == "engineers" else range(1, min(left, STEPS if kind == "spares" else 1) + 1)
        found += [changed(levels, k, -by) for by in sorted(steps)]
    yield from sorted(found, key=space.cost)
    if len(space.levers) <= PAIRS:
        pairs = itertools.combinations(sorted(low), 2)
        yield from sorted((changed(changed(levels, k, -1), other, -1) for k, other in pairs), key=space.cost)


def repaired(search: Search, levels: Levels, lower: Levels) -> Levels | None:
    """A plan that passes and is better than ``levels``, with some levers down and others up."""
    plan = lower
    for _ in range(PARTNERS):
        if not search.space.valid(plan):
            return None
        if search.passes(plan):
            return plan if _better(search, plan, levels) else None
        # Where a look has told that something lacks there is something to mend.
        look = min(search.failed.get(plan, search.looks[0]), CLOSE[-1])
        now = search.at(plan, look)
        worst = int(np.argmin(now.slack))
        rivals = _partners(search, levels, plan, worst)
        if not rivals:
            return None
        after = search.many([changed(plan, k, 1) for k in rivals], look)
        lack = [float(np.minimum(s.slack, 0.0).sum()) for s in after]
        best = max(range(len(rivals)), key=lambda i: (lack[i], -i))
        if lack[best] <= float(np.minimum(now.slack, 0.0).sum()) + 1e-12:
            return None
        plan = changed(plan, rivals[best], 1)
    return None


def _better(search: Search, plan: Levels, levels: Levels) -> bool:
    """Whether a plan is cheaper, or costs the same and the promise nearest to its bar has more to spare."""
    more = search.cost(plan) - search.cost(levels)
    if abs(more) > _CENT:
        return more < 0
    now, before = search.many([plan, levels], search.looks[-1])
    return float(now.slack.min()) > float(before.slack.min()) + MORE


def _partners(search: Search, levels: Levels, plan: Levels, column: int) -> list[int]:
    """The cheapest levers that may help a column and leave the plan no dearer than before."""
    found: list[tuple[float, int]] = []
    for k, lever in enumerate(search.space.levers):
        if plan[k] < lever.high and plan[k] >= levels[k] and relevant(search, lever, column):
            cost = search.space.cost(changed(plan, k, 1))
            if cost <= search.space.cost(levels) + _CENT:
                found.append((cost, k))
    return [k for _, k in sorted(found)[:PARTNERS]]


def _differences(search: Search, before: Levels, after: Levels) -> Both:
    """The levers that went down and up, in words."""
    steps = zip(search.space.levers, before, after, strict=True)
    said = [moved(lever, b, a) for lever, b, a in sorted(steps, key=lambda step: step[2] > step[1]) if a != b]
    return "; ".join(en for en, _ in said), "；".join(zh for _, zh in said)
