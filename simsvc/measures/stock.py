"""The promise about spares: for what share of the time the shelves hold enough for the units served."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simsvc.case.arrays import Case, Floats, Ints
from simsvc.case.supply import spares, station_units
from simsvc.log import Log
from simsvc.measures.population import areas
from simsvc.scenario.promises import SimPart


@dataclass(frozen=True)
class Shelves:
    """Groups of stock that are held against a number.

    By group: ``station`` and its ``area`` (-1 for the island), ``product`` (-1 for all types together), pieces
    ``needed``. ``of``: group of each (store, part), -1 for none.
    """

    station: Ints
    area: Ints
    product: Ints
    needed: Ints
    of: Ints


def stock_ratio(case: Case, log: Log, part: SimPart) -> tuple[Ints, Floats]:
    """Area of each group and share of the counted window in which it held enough, both of shape (groups,).

    A group is a device type at a station (``level`` station, ``per`` type; the hub is nobody's shelf there), all types
    at a station, a type on the whole island (hub included), or everything. It holds enough while its pieces on hand
    (``on_order``: and on order) reach ``ratio`` x units served, rounded up. Groups that serve no unit are left out, and
    device types for which the scenario has no part at all.
    """
    shelves = groups(case, part)
    count = len(shelves.area)
    cell, time, step = _steps(case, log, part.on_order)
    group = shelves.of.ravel()[cell]
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
    enough = np.where(level >= shelves.needed[group], until - since, 0)
    kept = np.bincount(group, enough, count)
    return shelves.area, kept / (case.span.end - case.span.start)


def at_start(case: Case, shelves: Shelves) -> Ints:
    """Base stock of each group, in pieces."""
    mine = shelves.of >= 0
    pieces = np.bincount(shelves.of[mine], case.supply.base_stock[mine], len(shelves.area))
    return np.rint(pieces).astype(np.int64)


def groups(case: Case, part: SimPart) -> Shelves:
    """What is held against what under one reading."""
    supply, stations = case.supply, len(case.staffing.stations)
    kind, wanted = supply.part_product, part.population.products or supply.products
    counts = [k in kind and product in wanted for k, product in enumerate(supply.products)]
    if part.level == "station":
        served = station_units(supply.units, case.places, case.staffing)
        station, place = np.arange(stations), case.staffing.station_place
        area = np.append(case.places.area, -1)[np.minimum(place, case.places.towns)]
    else:
        station = area = np.array([-1])
        served = supply.units.sum(axis=0, keepdims=True).astype(np.float64)
    served, product = served * counts, np.arange(len(supply.products))
    if part.per == "overall":
        product = np.array([-1])
        served, kind = served.sum(axis=1, keepdims=True), np.zeros_like(kind)
    width = served.shape[1]
    store = np.arange(stations + 1) if part.level == "station" else np.zeros(stations + 1, np.int64)
    of = store[:, None] * width + kind
    if part.level == "station":
        of[-1] = -1
    chosen = served > 0
    if part.level == "station":
        chosen &= areas(case, area, part.population)[:, None]
    number = np.full(served.size + 1, -1, np.int64)
    number[:-1][chosen.ravel()] = np.arange(int(chosen.sum()))
    return Shelves(
        station=np.repeat(station, width)[chosen.ravel()],
        area=np.repeat(area, width)[chosen.ravel()],
        product=np.tile(product, len(area))[chosen.ravel()],
        needed=np.array([spares(part.ratio or 0.0, float(u)) for u in served[chosen]], np.int64),
        of=number[of],
    )


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
