"""How much there is to do, for levels that are surely enough: offered loads in Erlangs, and goods on the road."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from simsvc.case import Case
from simsvc.case.arrays import Bools, Floats
from simsvc.case.drives import FAR, OFF_PEAK
from simsvc.case.load import yearly_work
from simsvc.clock import DAY
from simsvc.scenario.quantity import YEAR
from simsvc.scenario.staff import Pool
from simsvc.scenario.supply import Route
from simsvc.sizing.sites import Ground
from simsvc.workload.profiles import SLICE, factors


def enough(load: float) -> int:
    """Servers that are surely enough for an offered load: three times as many, and three more."""
    return math.ceil(3 * load - 1e-9) + 3


def engineers(ground: Ground, may: Bools) -> Floats:
    """Offered load of each site, Erlangs of duty time, if it served its towns (``may``, (sites, towns)) alone.

    Access, work, setting out and the drive there and back for every visit, over the hours of the staff's calendar.
    """
    model, case = ground.model, ground.case
    index = {town: k for k, town in enumerate(case.places.ids[: case.places.towns])}
    visits, work = np.zeros(case.places.towns), np.zeros(case.places.towns)
    for town, _, number, seconds in yearly_work(model, ground.net):
        if town in index:
            visits[index[town]] += number
            work[index[town]] += seconds
    each = model.staff.site_access.mean_s + model.staff.set_out.mean_s
    drive = np.where(ground.drive < FAR, ground.drive, 0).astype(np.float64)
    busy = np.where(may & (ground.drive < FAR), work + visits * (each + 2 * drive), 0.0).sum(axis=1)
    duty = case.calendars[model.staff.calendar].open_seconds(case.span.start, case.span.end) / case.span.years
    return np.asarray(busy / max(duty, 1.0))


def shift(case: Case, pool: Pool, number: int) -> float:
    """Offered load of a shift in its busiest half hour, Erlangs, if every fault came to it."""
    moments = np.arange(case.span.start, case.span.end, SLICE, dtype=np.int64)
    first = case.calendars[pool.shifts[number].calendar].is_open(moments)
    for earlier in pool.shifts[:number]:
        first &= ~case.calendars[earlier.calendar].is_open(moments)
    rate = fault_rate(case)[case.span.start // SLICE : -(-case.span.end // SLICE)]
    busiest = float(np.max(rate, where=first, initial=0.0)) if first.any() else 0.0
    return busiest * (pool.work.mean_s + pool.shifts[number].pick_up.mean_s) / YEAR


def fault_rate(case: Case) -> Floats:
    """Faults a year at the rate of each half hour of the run, repeats included."""
    model, total = case.model, case.supply.units.sum(axis=0)
    rate = np.zeros(-(-case.span.horizon // DAY) * (DAY // SLICE))
    for units, product in zip(total.tolist(), model.products.values(), strict=True):
        shares = sum(mode.share for mode in product.modes.values())
        again = sum(mode.share / max(1 - mode.repeat, 0.05) for mode in product.modes.values()) / shares
        profile = model.profiles[product.profile] if product.profile is not None else None
        rate += units * product.rate * model.demand.scale * again * factors(case, profile)
    return rate


def stand_ins(case: Case, served: Floats, pool: str) -> Floats:
    """Offered load of a pool of stand-ins at each station: devices of its users away or waiting, Erlangs.

    ``served``: units by site and product. Units that leave are away for their route's mean time; what may wait for a
    part, the third level or a new unit waits for the longest of the mean lead times.
    """
    model, load = case.model, np.zeros(len(served))
    lead = model.stock.supplier_lead.mean_s + (model.stock.hub.lead.mean_s if model.stock.hub is not None else 0.0)
    for name in model.loaners[pool].products:
        product = model.products[name]
        shares = sum(mode.share for mode in product.modes.values())
        away = 0.0
        for mode in product.modes.values():
            routes = sum(mode.routes.values())
            gone = sum(w * model.repairs[r].turnaround.mean_s for r, w in mode.routes.items()) / (routes or 1.0)
            waits = max(mode.part, mode.expert) * max(lead, product.replacement.mean_s)
            away += mode.share / shares * (mode.workshop * gone + (1 - mode.workshop) * waits)
        load += served[:, case.supply.products.index(name)] * product.rate * model.demand.scale * away / YEAR
    return load


def vans(case: Case, route: Route, departures: int) -> int:
    """Vans that are surely enough for a route: for three times its goods, and for each departure one that is back.

    Departures lie in the open hours of the route's calendar. A trip: from the warehouse by the seats of its areas in
    their order and home, and unloading.
    """
    model, places = case.model, case.places
    orders, volume = 0.0, 0.0
    units = case.supply.units[[places.areas.index(a) for a in route.areas]].sum(axis=0)
    for key in route.goods or model.goods:
        goods = model.goods[key]
        number = float(units[case.supply.products.index(goods.per_product)]) * goods.rate / max(1 - goods.faulty, 0.05)
        orders, volume = orders + number, volume + number * goods.size
    calendar, span = case.calendars[route.calendar], case.span
    first = calendar.starts[(calendar.starts >= span.start) & (calendar.starts < span.end)]
    days = max(len(np.unique(first // DAY)), 1)
    hours = max(calendar.open_seconds(span.start, span.end) / days, 1.0)
    trips = days / span.years * departures
    turn = _loop(case, route) + route.unload * orders / trips
    out = max(1, math.ceil(turn * departures / hours))
    return math.ceil(3 * volume / (trips * route.capacity)) + out


def _loop(case: Case, route: Route) -> float:
    """Expected off-peak seconds around the seats of a route's areas."""
    places = case.places
    assert case.model.delivery is not None
    home = places.ids.index(case.model.delivery.warehouse.node)
    seats = [int(places.area_seat[places.areas.index(a)]) for a in route.areas]
    stops = [home, *[seat for seat in seats if seat >= 0], home]
    drive = places.travel[OFF_PEAK]
    return float(sum(max(int(drive[a, b]), 0) for a, b in pairwise(stops)))
