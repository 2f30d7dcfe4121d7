"""Where a piece does most good when the stations' shelves stand behind a hub: marginal analysis of two echelons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from simsvc.analytic.echelons import station_orders
from simsvc.analytic.stock import expected_backorders, fill_rate

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Chain:
    """What stations ask for and how it comes.

    ``rate``: (stations, parts), demands per unit of time; ``lead``: from a hub that has the part to the station, and
    ``hub_lead`` from the supplier to the hub, same unit; ``cost``: (parts,), of a piece, more than 0. ``hub`` false:
    stations are supplied directly in ``lead``, and no piece lies at a hub.
    """

    rate: Floats
    lead: float
    hub_lead: float
    cost: Floats
    hub: bool = True

    def __post_init__(self) -> None:
        if self.rate.ndim != 2 or self.rate.shape[1] != len(self.cost):
            raise ValueError("rate must be of shape (stations, parts), one cost for each part")
        if (self.rate < 0).any() or (len(self.cost) and float(self.cost.min()) <= 0):
            raise ValueError("rates must be at least 0, and every piece must cost something")
        if self.lead < 0 or self.hub_lead < 0:
            raise ValueError(f"leads must be at least 0 (found: {self.lead}, {self.hub_lead})")


@dataclass(frozen=True)
class Allocation:
    """Base stocks, shape (stations + 1, parts), the hub's last; their ``value``; mean ``backorders`` at the stations at
    a time; ``fill_rate`` over all demands (1 without any)."""

    stocks: Ints
    value: float
    backorders: float
    fill_rate: float


@dataclass(frozen=True)
class _Step:
    """A part's next efficient base stocks (stations, then hub), pieces more, backorders fewer, demands met more."""

    part: int
    stocks: tuple[int, ...]
    pieces: int
    saved: float
    met: float


def efficient(chain: Chain, *, exact: bool = False, most: float = np.inf) -> Iterator[Allocation]:
    """Allocations, the empty one first, each the one that saves most backorders for its extra money.

    Parameters
    ----------
    chain : Chain
    exact : bool
        Station by station as Graves and Simon have it (slower), or by METRIC.
    most : float
        Value at which to stop.

    Yields
    ------
    Allocation
        Of growing value and fewer backorders, until a further piece saves nothing that can be told.

    Notes
    -----
    Part by part: for each stock at the hub pieces go to the station where they save most (backorders are convex in a
    station's stock); of the same number of pieces the best split between hub and stations is kept, and of those the
    lower convex envelope; then the parts' steps in order of backorders saved for their money. Every allocation on the
    way is optimal for its value under the formula (Sherbrooke 1968, METRIC, Operations Research 16, 122–141; Fox 1966,
    Management Science 13, 210–216). Exact: Graves 1985 (``echelons.station_orders``), constant transport.
    """
    stations, parts = chain.rate.shape
    stocks = np.zeros((stations + 1, parts), np.int64)
    total = float(chain.rate.sum())
    curves = [_curve(chain, k, exact) for k in range(parts)]
    backorders, met, value = sum(b for b, _, _ in curves), sum(m for _, m, _ in curves), 0.0
    steps = [(-step.saved / (step.pieces * chain.cost[step.part]), step) for _, _, found in curves for step in found]
    # Within a part the steps save less and less for a piece; ties by part, then by stock.
    steps.sort(key=lambda pair: (pair[0], pair[1].part, sum(pair[1].stocks)))
    yield Allocation(stocks.copy(), 0.0, backorders, met / total if total else 1.0)
    for _, step in steps:
        value += step.pieces * float(chain.cost[step.part])
        if value > most:
            return
        stocks[:, step.part] = step.stocks
        backorders, met = backorders - step.saved, met + step.met
        yield Allocation(stocks.copy(), value, max(backorders, 0.0), min(met / total, 1.0) if total else 1.0)


def _curve(chain: Chain, part: int, exact: bool) -> tuple[float, float, list[_Step]]:
    """A part's backorders and demands met without stock, and the steps of its convex envelope."""
    rates = chain.rate[:, part]
    total = float(rates.sum())
    if total == 0:
        return 0.0, 0.0, []
    # By pieces in all: the least backorders, demands met then, and how they lie.
    best: dict[int, tuple[float, float, tuple[int, ...]]] = {}
    hub = range(_enough(total * chain.hub_lead) + 1) if chain.hub else range(1)
    for held in hub:
        for stocks, backorders, met in _stations(chain, rates, held, exact):
            pieces = held + sum(stocks)
            if pieces not in best or backorders < best[pieces][0]:
                best[pieces] = (backorders, met, (*stocks, held))
    edge = _envelope([(pieces, best[pieces][0]) for pieces in sorted(best)])
    steps = []
    for before, after in pairwise(edge):
        (b0, m0, _), (b1, m1, stocks) = best[before], best[after]
        steps.append(_Step(part, stocks, after - before, b0 - b1, m1 - m0))
    return best[0][0], best[0][1], steps


def _stations(chain: Chain, rates: Floats, held: int, exact: bool) -> Iterator[tuple[tuple[int, ...], float, float]]:
    """Stations' stocks, piece by piece where one saves most, with backorders and demands met a unit of time."""
    total = float(rates.sum())
    if exact:
        hub_lead = chain.hub_lead if chain.hub else 0.0
        orders = [station_orders(held, hub_lead, r, chain.lead, total) for r in rates.tolist()]
        # P(X > s) and E (X - s)+ for each s.
        beyond = [np.append(1.0 - np.cumsum(x), 0.0).clip(0.0) for x in orders]
        short = [float(np.arange(len(x)) @ x) for x in orders]
    else:
        delay = expected_backorders(held, total * chain.hub_lead) / total if chain.hub else 0.0
        pipelines = [float(r) * (chain.lead + delay) for r in rates]
        beyond = [np.array([1.0 - fill_rate(s + 1, m) for s in range(_enough(m) + 1)]).clip(0.0) for m in pipelines]
        short = pipelines
    stocks = [0] * len(rates)
    backorders, met = float(sum(short)), 0.0
    yield tuple(stocks), backorders, met
    while True:
        saves = [float(b[s]) if s < len(b) else 0.0 for b, s in zip(beyond, stocks, strict=True)]
        k = int(np.argmax(saves))
        if saves[k] <= 1e-9:
            return
        # A piece more meets those who before found as many on order as there were pieces.
        found = 1.0 - float(beyond[k][stocks[k]])
        met += float(rates[k]) * (found - (1.0 - float(beyond[k][stocks[k] - 1]) if stocks[k] else 0.0))
        stocks[k] += 1
        backorders -= saves[k]
        yield tuple(stocks), backorders, met


def _enough(mean: float) -> int:
    """A stock beyond which a Poisson demand of that mean as good as never goes."""
    stock = 0
    while 1.0 - fill_rate(stock + 1, mean) > 1e-9:
        stock += 1
    return stock


def _envelope(points: list[tuple[int, float]]) -> list[int]:
    """Abscissas of the lower convex envelope, as far as it falls."""
    kept: list[tuple[int, float]] = []
    for x, y in points:
        while len(kept) > 1 and (kept[-1][1] - kept[-2][1]) * (x - kept[-2][0]) >= (y - kept[-2][1]) * (
            kept[-1][0] - kept[-2][0]
        ):
            kept.pop()
        kept.append((x, y))
    least = int(np.argmin([y for _, y in kept]))
    return [x for x, _ in kept[: least + 1]]
