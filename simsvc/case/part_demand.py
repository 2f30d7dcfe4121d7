"""What the stations' shelves can expect: demands for parts a year, and how long a piece takes to come."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Case, Floats, Ints
from simsvc.case.reach import passable


def part_demand(case: Case) -> Floats:
    """Expected demands for parts a year, shape (stations, parts).

    Units x rate x ``demand.scale`` x share of the mode x probability of a visit x of needing a part x weight of the
    part, repeats of the fault included. A town's faults are asked of the nearest station that covers it; where none
    does, or none leads there, no visit is made and nothing asked. Callers who hang up are not taken off.
    """
    by_unit = _per_unit(case)
    units = np.zeros((len(case.staffing.stations), len(case.supply.products)))
    places, station = case.places, _station(case)
    for town in np.flatnonzero(station >= 0).tolist():
        units[station[town]] += places.weight[town] * case.supply.units[places.area[town]]
    return np.asarray(units @ by_unit, np.float64)


def part_lead(case: Case) -> tuple[float, float]:
    """Mean seconds from order to receipt at a station whose supplier has the part, and at the hub (0 without one).

    Strait closures, which hold deliveries up, are left out.
    """
    stock = case.model.stock
    if stock.hub is None:
        return stock.supplier_lead.mean_s, 0.0
    return stock.hub.lead.mean_s, stock.supplier_lead.mean_s


def _per_unit(case: Case) -> Floats:
    """Demands for each part a unit and year, shape (products, parts)."""
    model, index = case.model, {part: k for k, part in enumerate(case.supply.parts)}
    found = np.zeros((len(model.products), len(index)))
    for row, product in zip(found, model.products.values(), strict=True):
        shares = sum(mode.share for mode in product.modes.values())
        for mode in product.modes.values():
            weights = sum(mode.parts.values())
            visited = 1.0 - (mode.remote if model.remote is not None else 0.0)
            # A unit that leaves for repair takes a part along only if the remote diagnosis had named it.
            asked = mode.part * (1.0 - mode.workshop * (1.0 - mode.right_part))
            # A fault that comes back with probability r comes 1 + r + r^2 + ... times.
            times = visited * asked / (1.0 - mode.repeat) if mode.repeat < 1 else 0.0
            for part, weight in mode.parts.items() if weights else ():
                row[index[part]] += product.rate * model.demand.scale * mode.share / shares * times * weight / weights
    return found


def _station(case: Case) -> Ints:
    """Station whose shelf each town's faults are asked of, -1 for none."""
    covers = case.staffing.covers & passable(case)
    nearest = case.staffing.parts_from
    towns = np.arange(case.places.towns)
    return np.where(covers[nearest, towns], nearest, -1)
