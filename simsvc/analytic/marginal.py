"""Where a piece of stock does most good: marginal analysis of base stocks (S−1,S), and what an allocation achieves."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from simsvc.analytic.stock import expected_backorders, fill_rate

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Demand:
    """What each shelf (a part at a station) is asked for, all of shape (shelves,).

    ``rate``: demands per unit of time; ``lead``: mean time until a piece taken is replaced, same unit; ``cost``: of a
    piece, more than 0.
    """

    rate: Floats
    lead: Floats
    cost: Floats

    def __post_init__(self) -> None:
        if not len(self.rate) == len(self.lead) == len(self.cost):
            raise ValueError("rate, lead and cost must pair up")
        if len(self.cost) and float(self.cost.min()) <= 0:
            raise ValueError("every piece must cost something")


@dataclass(frozen=True)
class Service:
    """``value`` of the pieces, ``fill_rate`` over all demands (1 without any), mean ``backorders`` at a time, and mean
    ``wait`` for a part over all demands, those met at once included, in the unit of the leads."""

    value: float
    fill_rate: float
    backorders: float
    wait: float


def serve(demand: Demand, stocks: Ints) -> Service:
    """What base stocks achieve.

    Notes
    -----
    Fill rates and backorders by shelf as in ``fill_rate`` and ``expected_backorders`` (Palm); the mean wait is the
    backorders over the demands (Little's law; Feeney and Sherbrooke 1966, Management Science 12, 391–411).
    """
    total = float(demand.rate.sum())
    shelves = list(zip(stocks.tolist(), (demand.rate * demand.lead).tolist(), demand.rate.tolist(), strict=True))
    backorders = sum(expected_backorders(s, m) for s, m, _ in shelves)
    met = sum(rate * fill_rate(s, m) for s, m, rate in shelves if rate > 0)
    value = float(stocks @ demand.cost)
    return Service(value, met / total if total else 1.0, backorders, backorders / total if total else 0.0)


def allocate(demand: Demand, budget: float, given: Ints | None = None) -> Ints:
    """Base stocks for at most ``budget`` that leave few backorders, by marginal analysis.

    Piece by piece to the shelf where it saves most expected backorders for its cost; shelves whose next piece costs
    more than what is left drop out. Before the first drops out no allocation of the same value has fewer backorders,
    since they are convex in each stock (Fox 1966, Management Science 13, 210–216; Sherbrooke 2004, Optimal Inventory
    Modeling of Systems, 2nd ed., chapter 2).

    Parameters
    ----------
    demand : Demand
        The shelves.
    budget : float
        At least 0, in the unit of ``demand.cost``.
    given : int array, shape (shelves,), optional
        An allocation within the budget: it is the answer where pieces that can't be divided leave it ahead.

    Returns
    -------
    int array, shape (shelves,)
    """
    stocks = np.zeros(len(demand.rate), np.int64)
    for shelf in _pieces(demand, budget):
        stocks[shelf] += 1
    if given is not None and serve(demand, given).backorders < serve(demand, stocks).backorders:
        return given.copy()
    return stocks


def value_for(demand: Demand, fill: float) -> float:
    """Value of the pieces with which marginal analysis reaches a fill rate over all demands (below 1).

    Infinity if it can't be reached.
    """
    total = float(demand.rate.sum())
    if not total or fill <= 0:
        return 0.0
    stocks, rates, pipelines = np.zeros(len(demand.rate), np.int64), demand.rate.tolist(), demand.rate * demand.lead
    met = sum(rate * fill_rate(0, m) for rate, m in zip(rates, pipelines.tolist(), strict=True))
    for shelf in _pieces(demand, np.inf):
        # A piece more meets what before found exactly as many on order as there were pieces.
        met += rates[shelf] * _chance(int(stocks[shelf]), float(pipelines[shelf]))
        stocks[shelf] += 1
        if met >= (fill - 1e-12) * total:
            return float(stocks @ demand.cost)
    return float(np.inf)


def _pieces(demand: Demand, budget: float) -> Iterator[int]:
    """Shelves that get the next piece, until money or what can be saved runs out; ties go to the first shelf."""
    pipelines, costs = (demand.rate * demand.lead).tolist(), demand.cost.tolist()
    stocks, left = [0] * len(costs), budget
    # A piece more saves P(on order > S) backorders.
    queue = [(-float(special.pdtrc(0, m)) / c, k) for k, (m, c) in enumerate(zip(pipelines, costs, strict=True))]
    heapq.heapify(queue)
    while queue:
        saved, k = heapq.heappop(queue)
        if saved >= 0 or costs[k] > left:
            continue
        left -= costs[k]
        stocks[k] += 1
        heapq.heappush(queue, (-float(special.pdtrc(stocks[k], pipelines[k])) / costs[k], k))
        yield k


def _chance(number: int, mean: float) -> float:
    """P(X = number) of a Poisson X."""
    return float(special.pdtr(number, mean) - (special.pdtr(number - 1, mean) if number else 0.0))
