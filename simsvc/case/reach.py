"""Where roads and passages lead: towns that somebody can reach, and what he can do there."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Case
from simsvc.case.drives import OFF_PEAK


def served_towns(case: Case) -> Bools:
    """Can faults of all that is installed in a town be served there (where nothing is: anything)? Shape (towns,)."""
    faults = served(case)[:, : case.staffing.first_planned]
    absent = case.supply.units[case.places.area] == 0
    somebody = _teams(case).any(axis=1) | contracted(case).any(axis=1)
    return np.asarray((faults | absent).all(axis=1) & somebody)


def served(case: Case) -> Bools:
    """Can an engineer who may serve the town and do such jobs reach it? Shape (towns, classes of jobs).

    Faults that a contractor takes over count: he comes wherever he is called.
    """
    there = (_teams(case).astype(np.int64) @ case.staffing.able) > 0
    contractor = contracted(case)
    there[:, : contractor.shape[1]] |= contractor
    return np.asarray(there)


def contracted(case: Case) -> Bools:
    """Does the contractor take faults of each device type in each town? Shape (towns, products)."""
    spec, places = case.model.dispatch.contractor, case.places
    if spec is None:
        return np.zeros((places.towns, len(case.supply.products)), np.bool_)
    areas = np.array([not spec.areas or a in spec.areas for a in places.areas], np.bool_)
    products = np.array([not spec.products or p in spec.products for p in case.supply.products], np.bool_)
    return np.asarray(areas[places.area][:, None] & products)


def _teams(case: Case) -> Bools:
    """May each engineer serve each town (his station, own or backup) and reach it? Shape (towns, engineers)."""
    staffing = case.staffing
    serves = (staffing.covers | staffing.backup) & passable(case)
    return np.asarray(serves[staffing.engineer_station].T)


def passable(case: Case) -> Bools:
    """Does a road, or a road and a passage, lead from each station to each town? Shape (stations, towns)."""
    places = case.places
    road = places.travel[OFF_PEAK][case.staffing.station_place] >= 0
    for crossing in places.crossings:
        road[:, crossing.place] |= road[:, crossing.port]
    return np.asarray(road[:, : places.towns])


def delivered_towns(case: Case) -> Bools:
    """Does a road lead from the warehouse to each town? Shape (towns,); everywhere where nothing is delivered."""
    places, delivery = case.places, case.model.delivery
    if delivery is None:
        return np.ones(places.towns, np.bool_)
    return np.asarray(places.travel[OFF_PEAK][places.ids.index(delivery.warehouse.node)][: places.towns] >= 0)
