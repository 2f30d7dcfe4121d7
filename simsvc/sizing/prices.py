"""What things cost a year, CNY."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Case, Floats
from simsvc.scenario.quantity import YEAR
from simsvc.scenario.sizing import YearlyCosts
from simsvc.scenario.staff import Pool
from simsvc.sizing.sites import Ground, Site, on_call

NIGHTS = 365


class Tariff:
    """Prices of a scenario's decisions.

    ``number``: index of each site by id; ``engineer``, ``station``: of one engineer and of an open station, by site;
    ``each``: of a level of a lever that costs by the piece; ``loaner``: of a stand-in by pool; ``duty``: who of
    each site is on call today.
    """

    def __init__(self, ground: Ground, costs: YearlyCosts) -> None:
        model, case = ground.model, ground.case
        self.number = {site.key: s for s, site in enumerate(ground.sites)}
        self.engineer = [_at(costs.engineer_at, case, site, costs.engineer) for site in ground.sites]
        self.station = [_at(costs.station_at, case, site, costs.station) for site in ground.sites]
        self.loaner = {pool: loaner(costs, case, pool) for pool in model.loaners}
        self.each: dict[str, float] = {}
        for kind, pool, price in (
            ("agents", model.desk, costs.agent),
            ("technicians", model.remote, costs.technician),
        ):
            for n in range(len(pool.shifts) if pool is not None else 0):
                assert pool is not None
                self.each[f"{kind}.{n}"] = price * shift_hours(case, pool, n) / costs.hours
        for route in model.delivery.routes if model.delivery is not None else ():
            self.each[f"vans.{route}"] = costs.van
        self.duty = [on_call(ground, site) for site in ground.sites]
        self._night = 0.0 if never_closes(case, model.staff.calendar) else costs.on_call

    def on_call(self, who: str, engineers: int) -> float:
        """Nights on call at a station: of every engineer (``all``), of one (``rota``), of nobody (``off``).

        No night is paid where the staff's calendar never closes.
        """
        people = {"off": 0, "rota": min(engineers, 1), "all": engineers}[who]
        return NIGHTS * self._night * people


def never_closes(case: Case, calendar: str) -> bool:
    """Whether a calendar is open all the counted window."""
    return case.calendars[calendar].open_seconds(case.span.start, case.span.end) == case.span.end - case.span.start


def shift_hours(case: Case, pool: Pool, number: int) -> float:
    """Hours a year in which a shift is the first that is open, to five minutes."""
    moments = np.arange(case.span.start, case.span.end, 300, dtype=np.int64)
    first = case.calendars[pool.shifts[number].calendar].is_open(moments)
    for shift in pool.shifts[:number]:
        first = first & ~case.calendars[shift.calendar].is_open(moments)
    return float(np.mean(first)) * YEAR / 3600


def pieces(costs: YearlyCosts, case: Case) -> Floats:
    """A piece of each part held for a year, shape (parts,).

    A part without a cost counts as the dearest that has one, and where none has as the device it belongs to.
    """
    parts = case.model.parts.values()
    dearest = max(part.cost for part in parts)
    each = [part.cost or dearest or device(costs, case, part.product) for part in parts]
    return costs.spare * np.array(each, np.float64)


def loaner(costs: YearlyCosts, case: Case, pool: str) -> float:
    """A stand-in held for a year: the mean price of the devices it stands in for, by units installed."""
    products = case.model.loaners[pool].products
    units = case.supply.units.sum(axis=0)[[case.supply.products.index(p) for p in products]]
    found = [device(costs, case, p) for p in products]
    return costs.loaner * float(np.average(found, weights=units if units.sum() else None))


def device(costs: YearlyCosts, case: Case, product: str) -> float:
    """Price of a device."""
    listed = case.model.reporting.costs.units if case.model.reporting.costs is not None else {}
    return listed.get(product, 0.0) or costs.device


def _at(table: dict[str, float], case: Case, site: Site, price: float) -> float:
    """A price by station, else by town, else by area, else the common one."""
    area = case.places.areas[site.area] if site.area >= 0 else ""
    return next((table[key] for key in (site.key, case.places.ids[site.place], area) if key in table), price)
