"""Base stocks as a decision: shelf by shelf where they are few, else a ladder of fill rates by marginal analysis."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from scipy import stats

from simsvc.analytic.allocation import Allocation, Chain, efficient
from simsvc.analytic.stock import expected_backorders
from simsvc.case.arrays import Floats, Ints
from simsvc.case.part_demand import part_lead
from simsvc.scenario.promises import PlanPart, SimPart
from simsvc.scenario.quantity import YEAR
from simsvc.sizing.sites import Ground, Opened, today
from simsvc.sizing.stocking import Stocking, by_price, fill_rate, fill_up, stocking

SINGLE = 40
"""So many shelves at most are levers of their own."""
FILLS = (0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
"""Fill rates of the ladder's steps."""
_NEVER = 1e-6


class Shelves:
    """The shelves of a scenario's sites and its hub (the last row).

    Parameters
    ----------
    ground : Ground
    parts : sequence of SimPart or PlanPart
        Kept promises about spares.
    price : float array, shape (parts,)
        Of a piece held for a year, CNY.
    free : bool
        Whether today's stations may be closed.
    """

    def __init__(self, ground: Ground, parts: Sequence[SimPart | PlanPart], price: Floats, *, free: bool) -> None:
        self.ground, self.parts, self.price, self._free = ground, tuple(parts), price, free
        own, hub = part_lead(ground.case)
        self._own, self._hub = own / YEAR, hub / YEAR
        self._found: dict[Opened, Stocking] = {}
        self._ladders: dict[Opened, tuple[Ints, ...]] = {}
        self._efficient: dict[Opened, tuple[Allocation, ...]] = {}

    @cached_property
    def today(self) -> Opened:
        """The stations of today."""
        return today(self.ground)

    @cached_property
    def every(self) -> Opened:
        """Every site open."""
        return (True,) * len(self.ground.sites)

    def at(self, opened: Opened) -> Stocking:
        """What the shelves are asked for when these sites are open, and base stocks by today's rule."""
        if opened not in self._found:
            self._found[opened] = stocking(self.ground, opened, self.parts)
        return self._found[opened]

    @cached_property
    def listed(self) -> tuple[tuple[int, int], ...]:
        """(row, part) of the shelves that are asked for something today or with every station open, or that alone can
        keep a rule."""
        asked = self.at(self.today).rate + self.at(self.every).rate
        if self.ground.model.stock.hub is not None:
            asked[-1] = asked.sum(axis=0)
        for rule in self.at(self.every).rules:
            if rule.needed and not asked[rule.cells].any():
                asked[rule.cells & (rule.worth > 0)] = 1.0
        return tuple((int(s), int(p)) for s, p in np.argwhere(asked > 0))

    @property
    def single(self) -> bool:
        """Whether each shelf is a lever of its own."""
        return len(self.listed) <= SINGLE

    @cached_property
    def high(self) -> Ints:
        """Base stocks that are surely enough, shape (sites + 1, parts)."""
        here, every = self.at(self.today), self.at(self.every)
        total = here.rate.sum(axis=0)
        rate = np.maximum(here.rate, every.rate)
        if self._free:
            rate = np.maximum(rate, total)
        pipeline = rate * (self._own + self._hub)
        pipeline[-1] = total * self._hub
        pieces = np.where(pipeline > 0, stats.poisson.isf(_NEVER, np.maximum(pipeline, 1e-12)), 0).astype(np.int64) + 1
        for rule in (*here.rules, *every.rules):
            least = rule.worth[np.flatnonzero((rule.cells & (rule.worth > 0)).any(axis=0))].min(initial=1)
            pieces[rule.cells] += -(-rule.needed // max(int(least), 1))
        return np.maximum(pieces, here.as_today)

    @cached_property
    def words(self) -> tuple[tuple[str, str, str], ...]:
        """Code, English and Chinese of the ladder's steps."""
        found = [(f"fill-{100 * f:g}", f"fill rate {100 * f:g} %", f"满足率 {100 * f:g} %") for f in FILLS]
        found.insert(self.step_today, AS_TODAY)
        return tuple(found)

    @cached_property
    def step_today(self) -> int:
        """Where today's rule stands on the ladder: behind the steps that cost less with today's stations."""
        spent = self._value(self.at(self.today).as_today)
        return sum(self._value(stocks) < spent for stocks in self._steps(self.today))

    def ladder(self, opened: Opened) -> tuple[Ints, ...]:
        """Base stocks of each step, (sites + 1, parts); none is cheaper than the one before.

        A step that would cost more than a later one (or, before today's rule, more than that) is like that one.
        """
        if opened not in self._ladders:
            steps = self._steps(opened)
            steps.insert(self.step_today, self.at(opened).as_today)
            rule = self._value(steps[self.step_today])
            for k in (*range(self.step_today), *range(len(steps) - 1, self.step_today, -1)):
                over = self._value(steps[k]) > rule
                if over != (k > self.step_today):
                    steps[k] = steps[self.step_today]
            for k in range(len(steps) - 2, -1, -1):
                if self._value(steps[k]) > self._value(steps[k + 1]):
                    steps[k] = steps[k + 1]
            self._ladders[opened] = tuple(steps)
        return self._ladders[opened]

    def efficient(self, opened: Opened, fill: float) -> Ints:
        """Base stocks of the first efficient allocation (METRIC) with a fill rate, (sites + 1, parts), when these sites
        are open."""
        return next((a for a in self._allocations(opened) if a.fill_rate >= fill), self._allocations(opened)[-1]).stocks

    def _value(self, stocks: Ints) -> float:
        return float((stocks * self.price).sum())

    def _steps(self, opened: Opened) -> list[Ints]:
        """For each fill rate the hub's stock and what a backorder is worth as with today's stations, then by shelf."""
        found, here = [], self.at(opened)
        for fill, (hub, delay, worth) in zip(FILLS, self._offers, strict=True):
            lead = np.broadcast_to(self._own + delay, here.rate.shape)
            stocks = by_price(here.rate, lead, worth, self.price)
            stocks[-1] = hub
            pipeline = here.rate * lead
            pipeline[-1] = here.rate.sum(axis=0) * self._hub
            for rule in here.rules:
                fill_up(rule, stocks, pipeline, self.price, float(stats.norm.isf(1 - fill)))
            found.append(stocks)
        return found

    @cached_property
    def _offers(self) -> list[tuple[Ints, Floats, float]]:
        """By fill rate: stock of the hub (parts,), mean delay there (parts,), and the worth of a backorder.

        The hub's stock is that of the first efficient allocation (METRIC) with that fill rate; the worth the least with
        which today's stations, each shelf by itself, reach it behind that hub.
        """
        rate, offers = self.at(self.today).rate, []
        total, hub = rate.sum(axis=0), self.ground.model.stock.hub is not None
        for fill in FILLS:
            held = self.efficient(self.today, fill)[-1]
            pairs = zip(held.tolist(), total.tolist(), strict=True)
            delay = np.array([expected_backorders(s, r * self._hub) / r if r > 0 and hub else 0.0 for s, r in pairs])
            offers.append((held.copy(), delay, self._worth(rate, self._own + delay, fill)))
        return offers

    def _allocations(self, opened: Opened) -> tuple[Allocation, ...]:
        if opened not in self._efficient:
            hub = self.ground.model.stock.hub is not None
            chain = Chain(self.at(opened).rate[:-1], self._own, self._hub, self.price, hub)
            self._efficient[opened] = tuple(efficient(chain))
        return self._efficient[opened]

    def _worth(self, rate: Floats, delay: Floats, fill: float) -> float:
        """Least worth of a backorder with which the stations reach a fill rate, to within a thousandth."""
        lead = np.broadcast_to(delay, rate.shape)
        low, high = float(np.log(self.price.min())), float(np.log(self.price.max() / _NEVER))
        while high - low > 1e-3:
            middle = (low + high) / 2
            stocks = by_price(rate, lead, float(np.exp(middle)), self.price)
            low, high = (low, middle) if fill_rate(rate, lead, stocks) >= fill else (middle, high)
        return float(np.exp(high))


AS_TODAY = ("as-today", "by today's rule", "按现行规则")
