"""The case: scenario and network compiled once into immutable dense arrays, in indices and integer seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from simsvc.clock import Bands, Calendar, Epoch, HolidayBook
from simsvc.scenario.base import Text
from simsvc.scenario.model import Model

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
NOT_ON_CALL, ROTA, ALL_ON_CALL = range(3)
"""Who of a station is on call outside duty hours: nobody, one of them by the week, everybody."""


class _Frozen:
    """Arrays that nobody may write to, on either side of a pickle: cases share them."""

    def __post_init__(self) -> None:
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self.__post_init__()


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


@dataclass(frozen=True, eq=False)
class Crossing(_Frozen):
    """A timetable by air or sea between two places: departures each way (seconds, sorted), crossing time, check-in."""

    port: int
    place: int
    out: Ints
    back: Ints
    seconds: int
    check_in: int


@dataclass(frozen=True, eq=False)
class Places(_Frozen):
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


@dataclass(frozen=True, eq=False)
class Staffing(_Frozen):
    """Stations and engineers. ``covers``: bool (stations, towns). ``backup``: the same for the second tier.

    ``on_call``: (stations,), who of each is on call outside duty hours: ``NOT_ON_CALL`` ….
    ``relief_order``: (stations, stations), the other stations by expected off-peak drive, -1 where none is reachable.
    ``parts_from``: (towns,), whose shelf a contractor uses: the nearest station that covers the town and has a road to
    it, else the nearest.
    ``able``: bool (engineers, classes), who may do what. Classes of jobs: products (faults), then planned visits from
    ``first_planned`` on, then installations of goods from ``first_goods`` on. ``signature``: (classes,), number of a
    class's column among the different ones: jobs of one signature may be done by the same engineers.
    """

    stations: tuple[str, ...]
    station_names: tuple[Text, ...]
    station_place: Ints
    covers: Bools
    backup: Bools
    on_call: Ints
    relief_order: Ints
    parts_from: Ints
    engineers: tuple[str, ...]
    engineer_station: Ints
    engineer_number: Ints
    able: Bools
    signature: Ints
    first_planned: int
    first_goods: int


@dataclass(frozen=True, eq=False)
class Supply(_Frozen):
    """Parts and base stocks: ``base_stock`` (stations + 1 for the hub, parts); ``units`` (areas, products).

    ``substitute``: (parts,), the part that does as well, -1 for none. ``lateral``: shaped as ``relief_order``, seconds
    for which a piece drives from that station, -1 where none is sent. ``loaner_pool``: (products,), -1 for none;
    ``loaner_pieces``: (pools, stations).
    ``routes``: van routes, then couriers. ``carrier``: (areas, goods), the first of them that takes such an order, -1.
    """

    products: tuple[str, ...]
    modes: tuple[tuple[int, str], ...]
    parts: tuple[str, ...]
    part_product: Ints
    substitute: Ints
    base_stock: Ints
    lateral: Ints
    units: Ints
    goods: tuple[str, ...]
    routes: tuple[str, ...]
    carrier: Ints
    loaner_pool: Ints
    loaner_pieces: Ints


@dataclass(frozen=True, eq=False)
class Case(_Frozen):
    """Everything an engine needs besides luck; ``model`` keeps the distributions and texts.

    ``calendars`` run past the horizon, so that working-time clocks begun in the run can be followed to their limit.
    ``due_limit``: (towns, modes), the shortest limit on time to site promised to such a fault, seconds; the longest of
    all where none is promised to it, 0 where none is promised at all.
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
