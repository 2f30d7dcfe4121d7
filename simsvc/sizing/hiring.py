"""In which order engineers are hired on the way from today's staffing to a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simsvc.sizing.evaluate import Counts, Evaluator
from simsvc.sizing.judging import breaches
from simsvc.sizing.levers import Levels

if TYPE_CHECKING:
    from simsvc.sizing.space import Space

BUDGET = 900
"""Replications for choosing an order, about; at least ``FEWEST`` and at most ``MOST`` a staffing."""
FEWEST, MOST = 3, 12
TOGETHER = 4
"""Hires whose value is worked out side by side."""

Value = tuple[float, float]
"""Cases that kept promises lack of their promised shares, and promises broken, a replication."""


@dataclass(frozen=True)
class Way:
    """From today's staffing to a plan's, ``hires`` engineers a month; stations that are due by month ``within`` (0:
    none are) open first if they would be late otherwise.

    A hire is the number of the lever that it raises by one. Everything else that the plan decides is in place from the
    first month: desk, vans, rules, stocks (what belongs to a closed station makes no difference until it opens). Where
    the plan takes engineers away, they stay until everybody is hired, or leave when the limits of the request demand
    it.
    """

    space: Space
    plan: Levels
    hires: int
    within: int

    @cached_property
    def wanted(self) -> Counter[int]:
        """Engineers to hire, by lever."""
        return Counter({k: n for k in self.stations if (n := self.plan[k] - self.space.today[k]) > 0})

    @cached_property
    def stations(self) -> tuple[int, ...]:
        """Levers that are the engineers of a station."""
        return tuple(k for k, lever in enumerate(self.space.levers) if lever.kind == "engineers")

    @cached_property
    def openings(self) -> tuple[int, ...]:
        """Those that open a station."""
        return tuple(k for k in self.wanted if self.space.today[k] == 0)

    @property
    def months(self) -> int:
        """Until everybody is hired."""
        return -(-self.wanted.total() // self.hires)

    def monthly(self, order: Sequence[int]) -> list[Levels]:
        """The staffing of each month, today's first (month 0), the plan's last; the plan's alone if nobody is hired."""
        if not self.wanted:
            return [self.plan]
        return [self.space.today, *(self.after(order[: m * self.hires]) for m in range(1, self.months + 1))]

    def after(self, hired: Sequence[int]) -> Levels:
        """The staffing once these are hired."""
        count, today = Counter(hired), self.space.today
        if count == self.wanted:
            return self.plan
        levels = list(self.plan)
        for k in self.stations:
            levels[k] = max(today[k] + count[k], min(today[k], self.plan[k]))
        for k in self.stations:
            while levels[k] > self.plan[k] and not self.space.valid(tuple(levels)):
                levels[k] -= 1
        return tuple(levels)

    def next(self, hired: Sequence[int]) -> list[int]:
        """Who may be hired next: openings alone when every place that is left in time is needed for them."""
        left = self.wanted - Counter(hired)
        closed = [k for k in self.openings if k not in hired]
        places = self.within * self.hires - len(hired)
        return closed if closed and 0 < places <= len(closed) else list(left)


def as_listed(way: Way) -> list[int]:
    """The stations in the order of the scenario, then further engineers in the same order."""
    return [*way.openings, *(way.wanted - Counter(way.openings)).elements()]


def by_value(way: Way, evaluator: Evaluator) -> list[int]:
    """Each time the hire that most lessens what kept promises lack, then the number of promises broken.

    Parameters
    ----------
    way : Way
        From where to where, how fast.
    evaluator : Evaluator
        With the luck of the search: every staffing meets the same faults.

    Returns
    -------
    list of int
        Levers, one a hire. Never worse than the order of the scenario, month by month together, on this luck.

    Notes
    -----
    Greedy, which is best where stations help their own areas only. A hire's value is worked out again when it would be
    chosen, and stands until then (Minoux 1978, Optimization Techniques, LNCIS 7, 234–243): what one station adds hardly
    grows by another's.
    """
    n = _replications(way)
    hired: list[int] = []
    worth: dict[int, Value] = {}
    while len(hired) < way.wanted.total():
        able = way.next(hired)
        if len(able) == 1:
            hired += able
            continue
        now = value(evaluator, [way.after(hired)], n)[0]
        fresh: set[int] = set()
        while (best := _best(able, worth)) not in fresh:
            stale = sorted((k for k in able if k not in fresh), key=lambda k: _key(k, worth))[:TOGETHER]
            tried = value(evaluator, [way.after([*hired, k]) for k in stale], n)
            worth |= {k: (now[0] - v[0], now[1] - v[1]) for k, v in zip(stale, tried, strict=True)}
            fresh.update(stale)
        hired.append(best)
    return min((hired, as_listed(way)), key=lambda order: _total(value(evaluator, way.monthly(order), n)))


def value(evaluator: Evaluator, plans: Sequence[Levels], replications: int) -> list[Value]:
    """What each staffing lacks and breaks; the less the better."""
    target = np.array([c.target for c in evaluator.wishes.columns])
    return [_value(evaluator, target, counts) for counts in evaluator.run_many(plans, replications)]


def _value(evaluator: Evaluator, target: np.ndarray, counts: Counts) -> Value:
    cases, kept = counts.cases.mean(axis=0), counts.kept.mean(axis=0)
    broken = breaches(evaluator.wishes, counts, 1.0).mean()
    # Rounded: equal plans that were summed in another order are equal.
    return round(float(np.maximum(target * cases - kept, 0.0).sum()), 6), round(float(broken), 6)


def _total(values: Sequence[Value]) -> Value:
    return sum(v[0] for v in values), sum(v[1] for v in values)


def _best(able: Sequence[int], worth: dict[int, Value]) -> int:
    return min(able, key=lambda k: _key(k, worth))


def _key(k: int, worth: dict[int, Value]) -> tuple[float, float, int]:
    """What is unknown yet comes first, then the worthiest, then the order of the scenario."""
    lacks, broken = worth.get(k, (np.inf, np.inf))
    return -lacks, -broken, k


def _replications(way: Way) -> int:
    """As many a staffing as the budget gives, if each hire is worked out for all stations once and for a few again."""
    staffings = 2 * way.months + (TOGETHER + 1) * way.wanted.total() + len(way.wanted)
    return int(np.clip(BUDGET // max(staffings, 1), FEWEST, MOST))
