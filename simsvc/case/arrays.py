"""The case: scenario and network compiled once into immutable dense arrays, in indices and integer seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simsvc.clock import Bands, Calendar, Epoch, HolidayBook
from simsvc.scenario.base import Text
from simsvc.scenario.model import Model

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Span:
    """Times of a run, seconds from its start: counted window ``[start, end)``, arrivals and run until ``horizon``."""

    start: int
    end: int
    horizon: int

    @property
    def years(self) -> float:
        """Length of the counted window in years of 365 days."""
        return (self.end - self.start) / 31_536_000


@dataclass(frozen=True)
class Crossing:
    """A timetable by air or sea between two places: departures each way (seconds, sorted), crossing time, check-in."""

    port: int
    place: int
    out: Ints
    back: Ints
    seconds: int
    check_in: int


@dataclass(frozen=True)
class Places:
    """Towns first (``towns`` of them), then nodes that are no town (stations, warehouse).

    ``travel``: int32 (6 bands, n, n), expected driving seconds by band of departure, -1 where no road leads.
    ``area_seat``: place of each area's seat, -1 if unknown; ``weight``: share of its area's demand, per town.
    """

    ids: tuple[str, ...]
    names: tuple[Text, ...]
    towns: int
    area: Ints
    zone: Ints
    weight: Floats
    travel: npt.NDArray[np.int32]
    areas: tuple[str, ...]
    area_names: tuple[Text, ...]
    area_seat: Ints
    zones: tuple[str, ...]
    zone_names: tuple[Text, ...]
    crossings: tuple[Crossing, ...] = ()


@dataclass(frozen=True)
class Staffing:
    """Stations and engineers. ``covers``: bool (stations, towns). ``backup``: the same for the second tier.

    ``relief_order``: (stations, stations), the other stations by expected off-peak drive, -1 where none is reachable.
    """

    stations: tuple[str, ...]
    station_names: tuple[Text, ...]
    station_place: Ints
    covers: Bools
    backup: Bools
    relief_order: Ints
    engineers: tuple[str, ...]
    engineer_station: Ints
    engineer_number: Ints


@dataclass(frozen=True)
class Supply:
    """Parts and base stocks: ``base_stock`` (stations + 1 for the hub, parts); ``units`` (areas, products)."""

    products: tuple[str, ...]
    modes: tuple[tuple[int, str], ...]
    parts: tuple[str, ...]
    part_product: Ints
    base_stock: Ints
    units: Ints
    goods: tuple[str, ...]
    routes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Case:
    """Everything an engine needs besides luck; ``model`` keeps the distributions and texts.

    ``calendars`` run past the horizon, so that working-time clocks begun in the run can be followed to their limit.
    ``due_limit``: (areas, modes), the shortest limit on time to site promised to such a fault, seconds, 0 for none.
    ``hit``: (areas, areas), whether a typhoon that lands in the first hits the second.
    """

    model: Model
    key: str
    span: Span
    epoch: Epoch
    calendars: Mapping[str, Calendar]
    book: HolidayBook
    band: Bands
    places: Places
    staffing: Staffing
    supply: Supply
    due_limit: Ints
    hit: Bools
