"""The cheapest plan that passes, by branch and bound: boxes of plans are cut off where even their most fails."""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from simsvc.sizing.search.climb import STEADY
from simsvc.sizing.search.search import CLOSE, Search, changed
from simsvc.sizing.search.standing import SURE
from simsvc.sizing.space import Levels

MOST_LEVERS, MOST_BOXES = 24, 20_000
"""Levers of a space and boxes of plans, at most: beyond them nothing is proven."""
ALIKE = 5e-4
"""Shares that differ by no more are alike."""
_LESS = 1e-9

Open = tuple[bool, ...]
"""Which stations have engineers."""


@dataclass(frozen=True)
class Enumerated:
    """``best``: the cheapest plan that passes, cheaper than the one given, None if there is none; ``complete``: whether
    every cheaper plan was told; ``boxes`` of plans that were looked at; ``run``: plans that were tried one by one."""

    best: Levels | None
    complete: bool
    boxes: int
    run: int


def every(search: Search, known: Levels, most: int) -> Enumerated:
    """Look for plans cheaper than one that passes until one passes or none can.

    A box is all plans from a least to a most. It is cut off where its least is too dear, or its most surely fails: more
    staff and stock is taken never to hurt a promise by more than the search's error. A level at which everything else
    at its most surely fails is cut off likewise. Boxes are taken by the cost of their least, the cheapest first.

    Parameters
    ----------
    search : Search
        With the looks that decide.
    known : Levels
        A plan that passes.
    most : int
        Replications to spend.

    Notes
    -----
    Branch and bound (Land and Doig 1960, Econometrica 28, 497–520) with the simulation of a box's most as relaxation.
    """
    space, began = search.space, search.evaluator.spent
    if len(space.levers) > MOST_LEVERS:
        return Enumerated(None, False, 0, 0)
    best, bound, boxes, run = None, search.cost(known), 0, 0
    relaxed = _Relaxed(search, known)
    queue = [(space.cost(low), low, high) for low, high in relaxed.first()]
    heapq.heapify(queue)
    while queue:
        cost, low, high = heapq.heappop(queue)
        if cost >= bound - _LESS:
            break
        if search.evaluator.spent - began > most or boxes >= MOST_BOXES:
            return Enumerated(best, False, boxes, run)
        boxes += 1
        high = _affordable(search, low, high, bound)
        least = relaxed.least(low, high)
        if least is None:
            continue
        if least != low:
            heapq.heappush(queue, (space.cost(least), least, high))
            continue
        if search.allowed(low) and not relaxed.told(low):
            run += 1
            # What a contractor takes comes on top: the dearest of all plans may save him.
            if not search.passes(low):
                relaxed.fails(low)
            elif search.cost(low) < bound - _LESS:
                best, bound = low, search.cost(low)
        for half in _halves(search, low, high):
            heapq.heappush(queue, (space.cost(half[0]), *half))
    return Enumerated(best, True, boxes, run)


def _affordable(search: Search, low: Levels, high: Levels, bound: float) -> Levels:
    """The most of each lever that leaves the least of the others below the bound."""
    found = list(high)
    for k in range(len(low)):
        while found[k] > low[k] and search.space.cost(changed(low, k, found[k] - low[k])) >= bound - _LESS:
            found[k] -= 1
    return tuple(found)


def _halves(search: Search, low: Levels, high: Levels) -> Iterator[tuple[Levels, Levels]]:
    """The box cut in two where its cost spreads most; a station is first of all open or closed."""
    space = search.space
    spread = [space.cost(changed(low, k, high[k] - low[k])) - space.cost(low) if high[k] > low[k] else -1.0
              for k in range(len(low))]  # fmt: skip
    k = max(range(len(low)), key=lambda i: (spread[i], -i))
    if high[k] > low[k]:
        at = 0 if space.levers[k].kind == "engineers" and low[k] == 0 else (low[k] + high[k]) // 2
        yield low, changed(high, k, at - high[k])
        yield changed(low, k, at + 1 - low[k]), high


class _Relaxed:
    """Boxes held against the promises by their most.

    A station that is opened takes its towns from one with more people, so the most of a box says something about those
    of its plans with other stations only where everybody may be sent everywhere: it must fail so, too. Of ways of
    sending that keep the same shares (``ALIKE``) with the least of everything, the plan ``known`` and the most of
    everything, one is looked at: hardly anybody is ever helped by another station.
    """

    def __init__(self, search: Search, known: Levels) -> None:
        self.search, self._known = search, known
        levers = search.space.levers
        self._steady = [k for k, lever in enumerate(levers) if lever.kind in STEADY]
        self._staff = [k for k, lever in enumerate(levers) if lever.kind == "engineers"]
        self._reach = search.space.index.get("reach")
        self._same = defaultdict[tuple[Levels, Open], list[Levels]](list)
        self._any = defaultdict[Levels, list[Levels]](list)
        self._alive = defaultdict[Levels, list[Levels]](list)

    def first(self) -> Iterator[tuple[Levels, Levels]]:
        """Boxes that are all plans: one for each setting of what is no more or less of anything."""
        levers = self.search.space.levers
        settings: dict[int, Sequence[int]] = {k: range(levers[k].low, levers[k].high + 1) for k in self._steady}
        if self._reach is not None and self._reach in settings:
            settings[self._reach] = self._modes(self._reach)
        for setting in itertools.product(*settings.values()):
            given = dict(zip(self._steady, setting, strict=True))
            low = tuple(given.get(k, lever.low) for k, lever in enumerate(levers))
            yield low, tuple(given.get(k, lever.high) for k, lever in enumerate(levers))

    def _modes(self, at: int) -> Sequence[int]:
        """Ways of sending that differ, the known plan's first."""
        search, now = self.search, self._known[at]
        lever = search.space.levers[at]
        least = tuple(other.low for other in search.space.levers)
        modes = sorted(range(lever.low, lever.high + 1), key=lambda m: m != now)
        if not search.space.staffed(least):
            return modes
        found = dict[int, np.ndarray]()
        for mode in modes:
            plans = [changed(plan, at, mode - plan[at]) for plan in (least, self._known, search.space.most)]
            shares = np.nan_to_num([stand.share for stand in search.many(plans, CLOSE[-1])])
            if all(np.abs(shares - other).max() > ALIKE for other in found.values()):
                found[mode] = shares
        return list(found)

    def told(self, plan: Levels) -> bool:
        """Whether a plan with at least as much of everything fails."""
        mode = self._mode(plan)
        return any(_within(plan, other) for other in (*self._same[mode, self._open(plan)], *self._any[mode]))

    def fails(self, plan: Levels, *, stations: bool = False) -> None:
        """Note a plan that fails; ``stations``: whatever stations are open."""
        kept = self._any[self._mode(plan)] if stations else self._same[self._mode(plan), self._open(plan)]
        if not any(_within(plan, other) for other in kept):
            kept[:] = [other for other in kept if not _within(other, plan)] + [plan]

    def least(self, low: Levels, high: Levels) -> Levels | None:
        """The least of each lever at which the most of the others does not surely fail; None if that fails, too."""
        if self._cut([(low, high)], self.search.looks[: len(CLOSE)])[0]:
            return None
        found, top = list(low), list(high)
        probe = {k: low[k] for k in range(len(low)) if low[k] < high[k]}
        while probe:
            # A level is worth a glance only: what that leaves is cut again as a box.
            cut = self._cut([(low, changed(high, k, at - high[k])) for k, at in probe.items()], self.search.looks[:1])
            for (k, at), fails in zip(probe.items(), cut, strict=True):
                if fails:
                    found[k] = at + 1
                else:
                    top[k] = at
            probe = {k: (found[k] + top[k]) // 2 for k in probe if found[k] < top[k]}
        return tuple(found)

    def _cut(self, boxes: Sequence[tuple[Levels, Levels]], looks: Sequence[int]) -> list[bool]:
        """Whether no plan of each box passes."""
        fails = self._fail([high for _, high in boxes], looks)
        mixed = [k for k, (low, high) in enumerate(boxes) if fails[k] and self._open(low) != self._open(high)]
        if self._reach is not None:
            at, widest = self._reach, self.search.space.levers[self._reach].high
            wide = self._fail([changed(boxes[k][1], at, widest - boxes[k][1][at]) for k in mixed], looks)
            for k, also in zip(mixed, wide, strict=True):
                fails[k] = also
        for k, (_, high) in enumerate(boxes):
            if fails[k]:
                self.fails(high, stations=k in mixed)
        return fails

    def _fail(self, plans: Sequence[Levels], looks: Sequence[int]) -> list[bool]:
        """Whether each plan surely fails; one that can't be (nobody anywhere) is left open."""
        search, told = self.search, {p: self.told(p) for p in plans}
        wanted = [p for p in told if not told[p] and not self._lives(p) and search.space.staffed(p)]
        doubtful = wanted
        for look in looks:
            stand = dict(zip(doubtful, search.many(doubtful, look), strict=True))
            told |= {p: bool(stand[p].short(SURE).any()) for p in doubtful}
            doubtful = [p for p in doubtful if not told[p] and stand[p].short(-SURE).any()]
        open_ = doubtful if len(looks) == 1 else ()
        for plan in wanted:
            if not told[plan] and plan not in open_ and not self._lives(plan):
                kept = self._alive[self._mode(plan)]
                kept[:] = [other for other in kept if not _within(plan, other)] + [plan]
        return [told[p] for p in plans]

    def _lives(self, plan: Levels) -> bool:
        """Whether a plan with no more of anything is not surely too little: this one need not be tried."""
        return any(_within(other, plan) for other in self._alive[self._mode(plan)])

    def _mode(self, plan: Levels) -> Levels:
        return tuple(plan[k] for k in self._steady)

    def _open(self, plan: Levels) -> Open:
        return tuple(plan[k] > 0 for k in self._staff)


def _within(plan: Levels, other: Levels) -> bool:
    """Whether one has no more of anything."""
    return all(a <= b for a, b in zip(plan, other, strict=True))
