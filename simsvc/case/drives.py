"""Who is how far from whom, and which towns each station covers as the scenario has it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simsvc.case.arrays import Bools, Ints, Places
from simsvc.scenario.model import Model
from simsvc.scenario.places import BANDS

OFF_PEAK = BANDS.index("off_peak")
FAR = np.iinfo(np.int64).max


def drives(places: Places, origins: npt.ArrayLike) -> Ints:
    """Expected off-peak seconds from some places to every place, ``FAR`` without a road; shape (origins, places)."""
    seconds = places.travel[OFF_PEAK][np.asarray(origins, np.int64)].astype(np.int64)
    return np.where(seconds < 0, FAR, seconds)


def written(model: Model, places: Places) -> Bools:
    """Towns that each station covers, by area and by name; shape (stations, towns)."""
    areas = {name: k for k, name in enumerate(places.areas)}
    towns = {name: k for k, name in enumerate(places.ids[: places.towns])}
    by_area = np.zeros((len(model.stations), len(areas)), np.bool_)
    for k, station in enumerate(model.stations.values()):
        by_area[k, [areas[name] for name in station.covers]] = True
    covers = by_area[:, places.area]
    for k, station in enumerate(model.stations.values()):
        covers[k, [towns[name] for name in station.covers_towns]] = True
    return covers
