"""Stations and engineers as arrays: who covers which town, who may back up, who relieves whom, who may do what."""

from __future__ import annotations

import numpy as np

from simsvc.case.able import able, engineer_ids
from simsvc.case.arrays import ALL_ON_CALL, NOT_ON_CALL, ROTA, Bools, Ints, Places, Staffing
from simsvc.case.drives import FAR, drives, written
from simsvc.scenario.model import Model
from simsvc.scenario.staff import called

ON_CALL = {"off": NOT_ON_CALL, "rota": ROTA, "all": ALL_ON_CALL}


def staffing(model: Model, places: Places) -> Staffing:
    """Stations and their engineers in the order of the scenario."""
    names = tuple(model.stations)
    at = {node: k for k, node in enumerate(places.ids)}
    place = np.array([at[s.node] for s in model.stations.values()], np.int64)
    drive = drives(places, place)
    to_town = drive[:, : places.towns]
    covers = _covers(model, places, to_town)
    backup = np.zeros_like(covers)
    if model.dispatch.who == "nearest":
        covers = np.ones_like(covers)
    elif model.dispatch.who == "own-then-backup":
        backup = (to_town <= model.dispatch.backup_radius) & ~covers
    staff = [(k, n) for k, s in enumerate(model.stations.values()) for n in range(s.engineers)]
    may = able(model)
    return Staffing(
        stations=names,
        station_names=tuple(s.name for s in model.stations.values()),
        station_place=place,
        covers=covers,
        backup=backup,
        on_call=np.array([ON_CALL[called(model.staff, s)] for s in model.stations.values()], np.int64),
        relief_order=_relief_order(drive[:, place]),
        parts_from=_parts_from(covers, to_town),
        engineers=tuple(engineer_ids(model)),
        engineer_station=np.array([k for k, _ in staff], np.int64),
        engineer_number=np.array([n for _, n in staff], np.int64),
        able=may,
        signature=_signature(may),
        first_planned=len(model.products),
        first_goods=len(model.products) + len(model.planned),
    )


def _covers(model: Model, places: Places, drive: Ints) -> Bools:
    """Towns by coverage as written; a town that no station covers goes to the nearest staffed one if so ruled."""
    covers = written(model, places)
    if model.dispatch.unassigned == "nearest":
        staffed = np.array([s.engineers > 0 for s in model.stations.values()])
        reach = np.where(staffed[:, None], drive, FAR)
        for town in np.flatnonzero(~covers.any(axis=0)).tolist():
            nearest = int(np.argmin(reach[:, town]))
            covers[nearest, town] = reach[nearest, town] < FAR
    return covers


def _parts_from(covers: Bools, drive: Ints) -> Ints:
    """The nearest station that covers each town, of those with a road to it; then any with a road, then without."""
    return np.asarray(np.lexsort((drive, ~covers, drive >= FAR), axis=0)[0], np.int64)


def _signature(may: Bools) -> Ints:
    """Number of each column among the different ones, in order of first appearance."""
    seen: dict[bytes, int] = {}
    return np.array([seen.setdefault(column.tobytes(), len(seen)) for column in may.T.copy()], np.int64)


def _relief_order(drive: Ints) -> Ints:
    """For each station the others by expected drive (ties by order of the scenario), -1 after the last reachable."""
    apart = drive.T.copy()
    np.fill_diagonal(apart, FAR)
    order = np.argsort(apart, axis=1, kind="stable")[:, :-1]
    return np.where(np.take_along_axis(apart, order, axis=1) < FAR, order, -1)
