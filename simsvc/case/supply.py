"""Installed base, base stocks and loaner pools as arrays; the 3 % rule."""

from __future__ import annotations

import math

import numpy as np

from simsvc.case.arrays import Floats, Ints, Places, Staffing, Supply
from simsvc.case.drives import OFF_PEAK
from simsvc.scenario.model import Model
from simsvc.scenario.supply import Courier, Route


def supply(model: Model, places: Places, staffing: Staffing) -> Supply:
    """Products, modes, parts and base stocks; the hub's stock is the last row."""
    products = tuple(model.products)
    units = _units(model, places)
    parts = tuple(model.parts)
    return Supply(
        products=products,
        modes=tuple((k, m) for k, p in enumerate(model.products.values()) for m in p.modes),
        parts=parts,
        part_product=np.array([products.index(p.product) for p in model.parts.values()], np.int64),
        substitute=np.array(
            [parts.index(p.substitute) if p.substitute else -1 for p in model.parts.values()], np.int64
        ),
        base_stock=_base_stock(model, units, station_units(units, places, staffing), staffing),
        lateral=_lateral(model, places, staffing),
        units=units,
        goods=tuple(model.goods),
        routes=(*model.delivery.routes, *model.delivery.couriers) if model.delivery else (),
        carrier=_carriers(model, places),
        loaner_pool=_loaner_pool(model),
        loaner_pieces=_loaner_pieces(model, staffing),
    )


def station_units(units: Ints, places: Places, staffing: Staffing) -> Floats:
    """Units served by station and product, shape (stations, products).

    A town's units are its weight times its area's; a town that several stations cover counts for the nearest.
    """
    drive = places.travel[OFF_PEAK][staffing.station_place][:, : places.towns].astype(np.float64)
    drive = np.where(staffing.covers, np.where(drive < 0, 1e12, drive), np.inf)
    served = np.zeros((len(staffing.stations), units.shape[1]))
    for town in range(places.towns):
        nearest = int(np.argmin(drive[:, town]))
        if math.isfinite(drive[nearest, town]):
            served[nearest] += places.weight[town] * units[places.area[town]]
    return served


def _carriers(model: Model, places: Places) -> Ints:
    """Route or courier of each area and kind of goods: the first that serves both, -1 where none does."""
    carrier = np.full((len(places.areas), len(model.goods)), -1)
    delivery = model.delivery
    every: list[Route | Courier] = [*delivery.routes.values(), *delivery.couriers.values()] if delivery else []
    for k, one in reversed(list(enumerate(every))):
        rows = [places.areas.index(area) for area in one.areas or places.areas]
        columns = [c for c, goods in enumerate(model.goods) if not one.goods or goods in one.goods]
        carrier[np.ix_(rows, columns)] = k
    return carrier


def _units(model: Model, places: Places) -> Ints:
    """Installed units by area and product; a zone's split is taken out of the area around it."""
    area = {a: k for k, a in enumerate(places.areas)}
    product = {p: k for k, p in enumerate(model.products)}
    units = np.zeros((len(area), len(product)), np.int64)
    for row in model.demand.installed:
        units[area[row.area], product[row.product]] += row.units
    for zone, split in model.weights.split.items():
        taken = np.floor(units[area[split.from_]] * split.share + 0.5).astype(np.int64)
        units[area[zone]] += taken
        units[area[split.from_]] -= taken
    return units


def _base_stock(model: Model, units: Ints, served: Floats, staffing: Staffing) -> Ints:
    stock = np.zeros((len(staffing.stations) + 1, len(model.parts)), np.int64)
    parts = list(model.parts.values())
    for k, product in enumerate(model.products):
        mine = [i for i, p in enumerate(parts) if p.product == product]
        if not mine:
            continue
        weights = np.array([parts[i].weight for i in mine])
        if model.stock.rule == "share":
            for s in range(len(staffing.stations)):
                stock[s, mine] = _shared_out(spares(model.stock.share, float(served[s, k])), weights)
        if model.stock.hub is not None:
            stock[-1, mine] = _shared_out(spares(model.stock.hub.share, float(units[:, k].sum())), weights)
    store = {name: s for s, name in enumerate((*staffing.stations, "hub"))}
    for level in model.stock.levels:
        stock[store[level.station], list(model.parts).index(level.part)] = level.base_stock
    return stock


def spares(share: float, units: float) -> int:
    """Spares that ``share`` of ``units`` asks for, rounded up (a hair's breadth of rounding error is forgiven)."""
    return math.ceil(share * units - 1e-9)


def _shared_out(total: int, weights: Floats) -> Ints:
    """``total`` pieces in proportion to ``weights`` by largest remainder; ties go to the part named first."""
    if weights.sum() <= 0:
        weights = np.ones_like(weights)
    exact = total * weights / weights.sum()
    pieces: Ints = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - pieces), kind="stable")
    pieces[order[: total - int(pieces.sum())]] += 1
    return pieces


def _lateral(model: Model, places: Places, staffing: Staffing) -> Ints:
    """Expected off-peak drive from each station of the relief order, -1 beyond the radius or without lateral supply."""
    within = model.stock.lateral.within if model.stock.lateral is not None else -1.0
    place, other = staffing.station_place, staffing.relief_order
    drive = places.travel[OFF_PEAK][place[other], place[:, None]].astype(np.int64)
    return np.where((other >= 0) & (drive <= within), drive, -1)


def _loaner_pool(model: Model) -> Ints:
    of = {product: k for k, pool in enumerate(model.loaners.values()) for product in pool.products}
    return np.array([of.get(product, -1) for product in model.products], np.int64)


def _loaner_pieces(model: Model, staffing: Staffing) -> Ints:
    rows = [[pool.at.get(s, 0) for s in staffing.stations] for pool in model.loaners.values()]
    return np.array(rows, np.int64).reshape(len(rows), len(staffing.stations))
