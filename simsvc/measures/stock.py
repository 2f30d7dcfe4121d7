"""The promise about spares: for what share of the time the shelves hold enough for the units served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from simsvc.case.arrays import Case, Floats, Ints
from simsvc.case.supply import spares, station_units
from simsvc.log import Log
from simsvc.measures.once import per_case, per_log
from simsvc.measures.population import areas
from simsvc.scenario.promises import PlanPart, Population, SimPart

Of = Literal["units", "jobs", "value"]


FEN = 100
"""Values are counted in whole fen, 1/100 CNY, so that they add up exactly."""


@dataclass(frozen=True)
class Shelves:
    """Groups of stock that are held against a number.

    By group: ``station`` and its ``area`` (-1 for the island), ``product`` (-1 for all types together), ``needed``
    pieces, or fen where values are compared. ``group``: group of each (store, part), -1 for none; ``worth``: what a
    piece of each part counts, 1 or its cost in fen.
    """

    station: Ints
    area: Ints
    product: Ints
    needed: Ints
    group: Ints
    worth: Ints


@dataclass(frozen=True)
class Held:
    """``area`` of each group and ``share`` of the counted window in which it held enough, both of shape (groups,);
    ``together``: share of the window in which all groups held enough at once."""

    area: Ints
    share: Floats
    together: float


def stock_ratio(case: Case, log: Log, part: SimPart, shelves: Shelves | None = None) -> Held:
    """For what share of the counted window each group of shelves held enough.

    A group is a device type at a station (``level`` station, ``per`` type; the hub is nobody's shelf there), all types
    at a station, a type on the whole island (hub included), or everything. It holds enough while its pieces on hand
    (``on_order``: and on order) reach ``ratio`` x units served, or (``of`` jobs) ``ratio`` x faults expected of these
    units a year, both rounded up; or (``of`` value) while the cost of the pieces reaches ``ratio`` x the price of the
    units served. Groups that serve no unit are left out, and device types for which the scenario has no part at all.
    ``shelves``: these groups, where they are known.
    """
    shelves = shelves if shelves is not None else groups(case, part)
    count = len(shelves.area)
    cell, time, step = _steps(case, log, part.on_order)
    group = shelves.group.ravel()[cell]
    step = step * np.tile(shelves.worth, len(shelves.group))[cell]
    mine = (group >= 0) & (time < case.span.end)
    held = at_start(case, shelves)
    # Each group begins with its base stock, before anything is moved.
    group = np.concatenate((np.arange(count), group[mine]))
    time = np.concatenate((np.full(count, -1, np.int64), time[mine]))
    step = np.concatenate((held, step[mine]))
    order = np.lexsort((time, group))
    group, time, step = group[order], time[order], step[order]
    total = np.cumsum(step)
    first = np.flatnonzero(np.diff(group, prepend=-1))
    level = total - np.repeat((total - step)[first], np.bincount(group, minlength=count))
    since = np.clip(time, case.span.start, case.span.end)
    until = np.where(np.append(np.diff(group), 1) != 0, case.span.end, np.append(since[1:], case.span.end))
    enough, window = level >= shelves.needed[group], case.span.end - case.span.start
    kept = np.bincount(group, np.where(enough, until - since, 0), count)
    return Held(shelves.area, kept / window, 1 - _union(since[~enough], until[~enough]) / window)


def _union(since: Ints, until: Ints) -> int:
    """Seconds that lie in any of the spells."""
    order = np.argsort(since, kind="stable")
    since, until = since[order], until[order]
    before = np.append(0, np.maximum.accumulate(until)[:-1]) if len(until) else until
    return int(np.maximum(until - np.maximum(since, before), 0).sum())


def at_start(case: Case, shelves: Shelves) -> Ints:
    """Base stock of each group, in pieces or fen."""
    mine = shelves.group >= 0
    worth = (case.supply.base_stock * shelves.worth)[mine]
    return np.rint(np.bincount(shelves.group[mine], worth, len(shelves.area))).astype(np.int64)


def groups(case: Case, part: SimPart | PlanPart) -> Shelves:
    """What is held against what under one reading; a plan's counts all device types and areas."""
    who = part.population if isinstance(part, SimPart) else Population()
    supply, stations = case.supply, len(case.staffing.stations)
    kind, wanted = supply.part_product, who.products or supply.products
    counts = [k in kind and product in wanted for k, product in enumerate(supply.products)]
    if part.level == "station":
        served = _station_units(case)
        station, place = np.arange(stations), case.staffing.station_place
        area = np.append(case.places.area, -1)[np.minimum(place, case.places.towns)]
    else:
        station = area = np.array([-1])
        served = supply.units.sum(axis=0, keepdims=True).astype(np.float64)
    served, product = served * counts * _asked(case, part.of), np.arange(len(supply.products))
    if part.per == "overall":
        product = np.array([-1])
        served, kind = served.sum(axis=1, keepdims=True), np.zeros_like(kind)
    width = served.shape[1]
    store = np.arange(stations + 1) if part.level == "station" else np.zeros(stations + 1, np.int64)
    group = store[:, None] * width + kind
    if part.level == "station":
        group[-1] = -1
    chosen = served > 0
    if part.level == "station":
        chosen &= areas(case, area, who)[:, None]
    number = np.full(served.size + 1, -1, np.int64)
    number[:-1][chosen.ravel()] = np.arange(int(chosen.sum()))
    return Shelves(
        station=np.repeat(station, width)[chosen.ravel()],
        area=np.repeat(area, width)[chosen.ravel()],
        product=np.tile(product, len(area))[chosen.ravel()],
        needed=np.array([_needed(part, float(x)) for x in served[chosen]], np.int64),
        group=number[group],
        worth=_worth(case, part.of),
    )


@per_case
def _station_units(case: Case) -> Floats:
    return station_units(case.supply.units, case.places, case.staffing)


def _asked(case: Case, of: Of) -> Floats:
    """What one unit of each product counts for: itself, its expected faults a year, or its price in fen."""
    model = case.model
    if of == "jobs":
        return np.array([p.rate * model.demand.scale for p in model.products.values()])
    if of == "value":
        prices = model.reporting.costs.units if model.reporting.costs is not None else {}
        return np.array([FEN * prices.get(name, 0.0) for name in model.products])
    return np.ones(len(model.products))


def _worth(case: Case, of: Of) -> Ints:
    """What one piece of each part counts: itself, or its cost in fen."""
    if of != "value":
        return np.ones(len(case.supply.parts), np.int64)
    return np.array([round(FEN * p.cost) for p in case.model.parts.values()], np.int64)


def _needed(part: SimPart | PlanPart, served: float) -> int:
    """Whole pieces, rounded up; money to the nearest fen."""
    ratio = part.ratio or 0.0
    return round(ratio * served) if part.of == "value" else spares(ratio, served)


@per_log
def _steps(case: Case, log: Log, on_order: bool) -> tuple[Ints, Ints, Ints]:
    """Every stock move as (cell, time, change), sorted by cell and time; a cell is a part at a store."""
    t, parts = log.stock, len(case.supply.parts)
    cell = t["store"].astype(np.int64) * parts + t["part"]
    order = np.argsort(cell, kind="stable")
    cell, after = cell[order], t["on_hand"][order].astype(np.int64)
    if on_order:
        after = after + t["on_order"][order]
    first = np.diff(cell, prepend=-1) != 0
    before = np.where(first, case.supply.base_stock.ravel()[cell], np.append(0, after[:-1]))
    return cell, t["time"][order], after - before
