"""Where roads and passages lead: towns that somebody can reach."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Case
from simsvc.scenario.places import BANDS

OFF_PEAK = BANDS.index("off_peak")


def served_towns(case: Case) -> Bools:
    """Can a station with engineers that may serve the town (own or backup) reach it? Shape (towns,)."""
    staffing = case.staffing
    staffed = np.bincount(staffing.engineer_station, minlength=len(staffing.stations)) > 0
    serves = (staffing.covers | staffing.backup) & staffed[:, None]
    return np.asarray((serves & passable(case)).any(axis=0))


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
