"""Spares at a central store and two or three stations: the cheapest allocation, by going through all of them.

Every fault needs a part and an engineer stands by at the door, so a fault is repaired within the limit if a part is on
hand or comes by then: P(orders outstanding ≤ S − 1) for a transport shorter by the limit (Graves 1985; exact behind a
hub with Poisson demands and constant transport). Only stock moves the promise: each station has to keep its engineer.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from simsvc.analytic.echelons import station_orders
from simsvc.sizing.size import size

HELD, CLEAR, MOST = 0.22, 0.004, 6
"""A piece's yearly cost by its price; tenths of a point between shares and promise; pieces looked at on a shelf."""


@dataclass(frozen=True)
class Chain:
    """``per_day``: faults by station; ``parts``: share of the faults and price of a piece; ``supplier``, ``way``: days
    to the hub and from there; ``limit``: hours; ``target``: of every station."""

    per_day: Sequence[float]
    parts: Sequence[tuple[float, float]]
    supplier: float
    way: float
    limit: float
    target: float

    def stocks(self, part: int) -> Iterator[tuple[float, tuple[int, ...], list[float]]]:
        """Cost, pieces (hub, stations) and share kept by station of every allocation of a part."""
        share, price = self.parts[part]
        rates = [r * share for r in self.per_day]
        for hub in range(MOST):
            shares = [
                [station_orders(hub, self.supplier, rate, self.way - self.limit / 24, sum(rates))[:n].sum()
                 for n in range(MOST)]
                for rate in rates
            ]  # fmt: skip
            for here in itertools.product(range(MOST), repeat=len(rates)):
                kept = [share * float(row[n]) for row, n in zip(shares, here, strict=True)]
                yield HELD * price * (hub + sum(here)), (hub, *here), kept

    def best(self) -> float:
        """Cost of the cheapest allocation that keeps the promise everywhere, clear of those that don't."""
        found = float("inf")
        doubtful = float("inf")
        for chosen in itertools.product(*(list(self.stocks(p)) for p in range(len(self.parts)))):
            cost = sum(c for c, _, _ in chosen)
            if cost >= found:
                continue
            worst = min(map(sum, zip(*(kept for _, _, kept in chosen), strict=True)))
            if worst >= self.target + CLEAR:
                found = cost
            elif worst > self.target - CLEAR:
                doubtful = min(doubtful, cost)
        assert found <= doubtful
        return found


CHAINS = {
    "two-stations": Chain([0.2, 0.1], [(1.0, 20_000.0)], 7, 2, 4, 0.85),
    "stock-in-the-middle": Chain([0.2, 0.4], [(1.0, 20_000.0)], 7, 1, 12, 0.9),
    "three-stations": Chain([0.4, 0.2, 0.2], [(1.0, 20_000.0)], 3, 2, 4, 0.85),
    "two-parts": Chain([0.05, 0.4], [(0.3, 8_000.0), (0.7, 4_000.0)], 7, 1, 4, 0.85),
}


@pytest.mark.parametrize("name", CHAINS)
def test_cheapest_allocation(own, line, station, name: str) -> None:  # type: ignore[no-untyped-def]
    chain = CHAINS[name]
    towns = [f"s{k}" for k in range(len(chain.per_day))]
    parts = {f"q{k}": share for k, (share, _) in enumerate(chain.parts)}
    mode = {"name": {"en": "M"}, "share": 1.0, "part": 1.0, "parts": parts, "work": "1 min"}
    promise = {"kind": "sim", "measure": "repaired", "limit": f"{chain.limit:g} h", "target": chain.target}
    scenario = own(
        time={"window": "730 d", "warm_up": "60 d", "drain": "60 d"},
        network=line(*towns),
        stations={"a": None, **{t: station(t) for t in towns}},
        products={"p": {"rate": "1 /d", "modes": {"m": mode}}},
        parts={
            f"q{k}": {"name": {"en": f"Part {k}"}, "product": "p", "cost": price}
            for k, (_, price) in enumerate(chain.parts)
        },
        stock={
            "levels": [{"station": t, "part": part, "base_stock": 1} for t in towns for part in parts],
            "hub": {"node": towns[0], "lead": f"{chain.way} d"},
            "supplier_lead": f"{chain.supplier} d",
        },
        demand={
            "scale": 1e-4,
            "installed": [
                {"area": t, "product": "p", "units": round(10**4 * rate)}
                for t, rate in zip(towns, chain.per_day, strict=True)
            ],
        },
        sizing={"existing": "fixed", "candidates": []},
        clauses={"R1": {"text": {"en": "Repaired"}, "parts": [promise]}},
    )
    plan = size(scenario, extras=())
    assert plan.status == "kept"
    assert {line.planned for line in plan.lines if line.kind == "engineers"} == {1}
    assert sum(line.cost for line in plan.lines if line.kind == "spares") == pytest.approx(chain.best())
