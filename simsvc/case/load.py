"""Offered load of each station: expected yearly work held against duty time, before anything is simulated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simsvc import network as roads
from simsvc.clock import Calendar, Epoch, HolidayBook
from simsvc.network import Network
from simsvc.scenario.demand import Mode, Product
from simsvc.scenario.model import Model
from simsvc.scenario.quantity import YEAR

HOUR = 3600.0


@dataclass(frozen=True)
class Load:
    """Expected work of one station, hours a year.

    ``on_site``: access and work at the customer's; ``driving``: set-out, and the drive from the station and back for
    every visit (an upper bound: busy engineers are sent on from site to site); ``duty``: duty hours of its engineers,
    expected absences taken off.
    """

    station: str
    on_site: float
    driving: float
    duty: float

    @property
    def least(self) -> float:
        """Share of duty time that the work on site alone takes."""
        return _ratio(self.on_site, self.duty)

    @property
    def usual(self) -> float:
        """Share of duty time that work and driving take if every visit starts and ends at the station."""
        return _ratio(self.on_site + self.driving, self.duty)


def offered_load(model: Model, net: Network) -> list[Load]:
    """Expected load of every station, in the order of the scenario.

    A town covered by several stations counts for the nearest; one that nobody covers for the nearest staffed station
    if ``dispatch.unassigned`` says so. Towns without a road make no visits. All names must exist in the network.
    """
    stations = list(model.stations)
    nearest = serving(model, net)
    on_site, driving = dict.fromkeys(stations, 0.0), dict.fromkeys(stations, 0.0)
    access, set_out = model.staff.site_access.mean_s, model.staff.set_out.mean_s
    for town, visits, work in _yearly_work(model, net):
        if town in nearest:
            station, drive = nearest[town]
            on_site[station] += (visits * access + work) / HOUR
            driving[station] += visits * (set_out + 2 * drive) / HOUR
    duty = _duty_hours(model)
    return [Load(s, on_site[s], driving[s], duty * model.stations[s].engineers) for s in stations]


def serving(model: Model, net: Network) -> dict[str, tuple[str, float]]:
    """Station that serves each town in the first place and its expected off-peak drive (s); without it: nobody can."""
    stations = model.stations
    area = dict(zip(net.ids, net.area, strict=True))
    towns = [town for places in net.places.values() for town in places]
    nodes = list(dict.fromkeys([*(s.node for s in stations.values()), *towns]))
    at = {node: k for k, node in enumerate(nodes)}
    drive = roads.band_seconds(net, model.network, "off_peak", nodes)
    found: dict[str, tuple[str, float]] = {}
    for town in towns:
        own = [k for k, s in stations.items() if area[town] in s.covers or town in s.covers_towns]
        if not own and model.dispatch.unassigned == "nearest":
            own = [k for k, s in stations.items() if s.engineers]
        reach = [(float(drive[at[stations[k].node], at[town]]), n, k) for n, k in enumerate(own)]
        reach = [r for r in reach if r[0] >= 0]
        if reach:
            seconds, _, station = min(reach)
            found[town] = (station, seconds)
    return found


def units_by_area(model: Model) -> dict[tuple[str, str], float]:
    """Installed units by area and product, splits carried out."""
    units: dict[tuple[str, str], float] = {}
    for row in model.demand.installed:
        units[row.area, row.product] = units.get((row.area, row.product), 0.0) + row.units
    for zone, split in model.weights.split.items():
        for product in model.products:
            whole = units.get((split.from_, product), 0.0)
            if whole:
                units[zone, product] = units.get((zone, product), 0.0) + split.share * whole
                units[split.from_, product] = (1 - split.share) * whole
    return units


def _yearly_work(model: Model, net: Network) -> Iterator[tuple[str, float, float]]:
    """Town, visits a year, seconds of work a year; one row per kind of work."""
    towns = roads.town_weights(net, model.weights)
    rows: list[tuple[str, float, float]] = []
    for (area, product), units in units_by_area(model).items():
        faults = model.demand.scale * units * model.products[product].rate
        visits, work = _per_fault(model.products[product])
        rows.append((area, faults * visits, faults * work))
        for goods in model.goods.values():
            if goods.per_product == product:
                installs = units * goods.rate * goods.install
                rows.append((area, installs, installs * goods.installation.mean_s))
    for site in model.demand.sites:
        for plan in model.planned.values():
            done = site.sites * 12 / plan.every_months
            rows.append((site.area, done, done * plan.work.mean_s))
    for area, visits, work in rows:
        for town, weight in towns.get(area, []):
            yield town, weight * visits, weight * work


def _per_fault(product: Product) -> tuple[float, float]:
    """Expected visits and seconds of work of one fault, repeats included."""
    total = sum(m.share for m in product.modes.values())
    visits = work = 0.0
    for mode in product.modes.values():
        mine_visits, mine_work = _per_mode(mode)
        visits += mode.share / total * mine_visits
        work += mode.share / total * mine_work
    return visits, work


def _per_mode(mode: Mode) -> tuple[float, float]:
    without = mode.part * (1 - mode.right_part)
    tries = 1 / max(mode.fixed, 0.05)
    again = (1 - mode.remote) / max(1 - mode.repeat, 0.05)
    return again * (without + tries), again * (without * mode.diagnosis.mean_s + tries * mode.work.mean_s)


def _duty_hours(model: Model) -> float:
    """Yearly duty hours of one engineer in the counted window, expected absences taken off."""
    calendar = model.calendars[model.staff.calendar]
    days = int(model.time.window // 86400)
    book = HolidayBook(model.time.holidays)
    week = Calendar.from_spec(calendar.week, calendar.holidays, calendar.make_up, Epoch(model.time.start), days, book)
    present = 1 - min(sum(a.days_per_year for a in model.staff.absences.values()) / 365, 1)
    return float(np.sum(week.ends - week.starts)) / HOUR * YEAR / model.time.window * present


def _ratio(work: float, duty: float) -> float:
    return work / duty if duty else (float("inf") if work else 0.0)
