"""Stations and engineers as arrays: who covers which town, who may back up, who relieves whom."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Ints, Places, Staffing
from simsvc.scenario.model import Model
from simsvc.scenario.places import BANDS

OFF_PEAK = BANDS.index("off_peak")
FAR = np.iinfo(np.int64).max


def staffing(model: Model, places: Places) -> Staffing:
    """Stations in the order of the scenario; engineers ``<station>-1``, ``<station>-2`` and so on."""
    names = tuple(model.stations)
    at = {node: k for k, node in enumerate(places.ids)}
    place = np.array([at[s.node] for s in model.stations.values()], np.int64)
    drive = places.travel[OFF_PEAK].astype(np.int64)
    drive = np.where(drive < 0, FAR, drive)
    covers = _covers(model, places, drive[place][:, : places.towns])
    backup = np.zeros_like(covers)
    if model.dispatch.who == "nearest":
        covers = np.ones_like(covers)
    elif model.dispatch.who == "own-then-backup":
        backup = (drive[place][:, : places.towns] <= model.dispatch.backup_radius) & ~covers
    staff = [(k, n) for k, s in enumerate(model.stations.values()) for n in range(s.engineers)]
    return Staffing(
        stations=names,
        station_names=tuple(s.name for s in model.stations.values()),
        station_place=place,
        covers=covers,
        backup=backup,
        relief_order=_relief_order(drive[np.ix_(place, place)]),
        engineers=tuple(f"{names[k]}-{n + 1}" for k, n in staff),
        engineer_station=np.array([k for k, _ in staff], np.int64),
        engineer_number=np.array([n for _, n in staff], np.int64),
    )


def _covers(model: Model, places: Places, drive: Ints) -> Bools:
    """Towns by coverage as written; a town that no station covers goes to the nearest staffed one if so ruled."""
    covers = np.zeros((len(model.stations), places.towns), np.bool_)
    for k, station in enumerate(model.stations.values()):
        for town in range(places.towns):
            area = places.areas[int(places.area[town])]
            covers[k, town] = area in station.covers or places.ids[town] in station.covers_towns
    if model.dispatch.unassigned == "nearest":
        staffed = np.array([s.engineers > 0 for s in model.stations.values()])
        reach = np.where(staffed[:, None], drive, FAR)
        for town in np.flatnonzero(~covers.any(axis=0)).tolist():
            nearest = int(np.argmin(reach[:, town]))
            covers[nearest, town] = reach[nearest, town] < FAR
    return covers


def _relief_order(drive: Ints) -> Ints:
    """For each station the others by expected drive (ties by order of the scenario), -1 after the last reachable."""
    count = len(drive)
    order = np.full((count, max(count - 1, 0)), -1, np.int64)
    for s in range(count):
        near = sorted((int(drive[o, s]), o) for o in range(count) if o != s and drive[o, s] < FAR)
        order[s, : len(near)] = [o for _, o in near]
    return order
