"""Goods that come back or go out again."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Case
from simsvc.log import Log
from simsvc.measures import population
from simsvc.measures.sums import Sum, per_year
from simsvc.scenario.promises import MeasurePart


def returns(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Orders delivered and sent back, a year and per van trip.

    The log names no van: a departure of a route counts as as many trips as its load fills vans.
    """
    t = log.orders
    rows = population.orders(case, log, part.population) & (t["delivered"] >= 0)
    back = int((t["returned"][rows] == 1).sum())
    per_trip = Sum("returns_per_trip", "/trip", back, _trips(case, log, rows), back)
    return [per_year(case, "returns", back), per_trip]


def replacement_goods(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Orders for goods that were short, wrong or faulty the first time."""
    again = population.orders(case, log, part.population) & (log.orders["parent"] >= 0)
    return [per_year(case, "replacement_goods", int(again.sum()))]


def _trips(case: Case, log: Log, rows: Bools) -> int:
    """Van trips that carried the orders; those of couriers are not known."""
    t, delivery = log.orders, case.model.delivery
    vans = list(delivery.routes.values()) if delivery is not None else []
    rows = rows & (t["route"] >= 0) & (t["route"] < len(vans))
    if not rows.any():
        return 0
    sizes = np.array([g.size for g in case.model.goods.values()])[t["goods"][rows]]
    capacity = np.array([route.capacity for route in vans])
    route, departed = t["route"][rows], t["departed"][rows]
    order = np.lexsort((departed, route))
    new = (np.diff(route[order], prepend=-1) != 0) | (np.diff(departed[order], prepend=-1) != 0)
    load = np.bincount(np.cumsum(new) - 1, sizes[order])
    return int(np.ceil(load / capacity[route[order][new]]).sum())
