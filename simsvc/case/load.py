"""Offered load of each station: expected yearly work held against duty time, before anything is simulated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simsvc import network as roads
from simsvc.case.able import able, engineer_ids, job_classes
from simsvc.case.arrays import Bools
from simsvc.clock import Calendar, Epoch, HolidayBook
from simsvc.network import Network
from simsvc.scenario.demand import Mode, Planned, Product
from simsvc.scenario.model import Model
from simsvc.scenario.quantity import YEAR
from simsvc.scenario.repair import Review

HOUR = 3600.0


@dataclass(frozen=True)
class Load:
    """Expected work of one station, hours a year.

    ``on_site``: access and work at the customer's; ``driving``: set-out, and the drive from the station and back for
    every visit (an upper bound: busy engineers are sent on from site to site); ``duty``: duty hours of its engineers,
    expected absences taken off. ``team``: where skills or dedication leave work to some of them alone, the row of that
    work and these engineers; empty in the row of the whole station.
    """

    station: str
    on_site: float
    driving: float
    duty: float
    team: tuple[str, ...] = ()

    @property
    def least(self) -> float:
        """Share of duty time that the work on site alone takes."""
        return _ratio(self.on_site, self.duty)

    @property
    def usual(self) -> float:
        """Share of duty time that work and driving take if every visit starts and ends at the station."""
        return _ratio(self.on_site + self.driving, self.duty)


def offered_load(model: Model, net: Network) -> list[Load]:
    """Expected load of every station, in the order of the scenario; behind each station its teams.

    A town covered by several stations counts for the nearest; one that nobody covers for the nearest staffed station
    if ``dispatch.unassigned`` says so. Stations whose engineers may not do a class of jobs are passed over for it.
    Towns without a road make no visits. All names must exist in the network.
    """
    may, ids = able(model), engineer_ids(model)
    staff = {s: [e for e, name in enumerate(ids) if name.rpartition("-")[0] == s] for s in model.stations}
    hours = {s: np.zeros((2, may.shape[1])) for s in model.stations}
    access, set_out = model.staff.site_access.mean_s, model.staff.set_out.mean_s
    near = stations_for(model, net, backups=False)
    for town, kind, visits, work in yearly_work(model, net):
        for drive, station in near[town]:
            if not staff[station] or may[staff[station], kind].any():
                hours[station][:, kind] += (visits * access + work) / HOUR, visits * (set_out + 2 * drive) / HOUR
                break
    duty = _duty_hours(model)
    rows: list[Load] = []
    for s, mine in staff.items():
        for team, classes in _teams(may[mine]):
            on_site, driving = hours[s][:, classes].sum(axis=1)
            names = () if team.all() else tuple(ids[e] for e, member in zip(mine, team, strict=True) if member)
            if on_site or not names:
                rows.append(Load(s, float(on_site), float(driving), duty * int(team.sum()), names))
    return rows


def _teams(may: Bools) -> Iterator[tuple[Bools, Bools]]:
    """A station's engineers and all classes of jobs; then parts of them, and the classes that they alone may do."""
    yield np.ones(may.shape[0], np.bool_), np.ones(may.shape[1], np.bool_)
    for team in np.unique(may.T, axis=0):
        if team.any() and not team.all():
            yield team, ~may[~team].any(axis=0)


def serving(model: Model, net: Network) -> dict[str, tuple[str, float]]:
    """Station that serves each town in the first place and its expected off-peak drive (s); without it: nobody can."""
    near = stations_for(model, net, backups=False)
    return {town: (rows[0][1], rows[0][0]) for town, rows in near.items() if rows}


def stations_for(model: Model, net: Network, *, backups: bool) -> dict[str, list[tuple[float, str]]]:
    """Expected off-peak drive (s) and id of the stations that cover each town and can reach it, nearest first.

    ``backups``: all that may serve it by ``dispatch.who``.
    """
    stations = model.stations
    area = dict(zip(net.ids, net.area, strict=True))
    towns = [town for places in net.places.values() for town in places]
    nodes = list(dict.fromkeys([*(s.node for s in stations.values()), *towns]))
    at = {node: k for k, node in enumerate(nodes)}
    drive = roads.band_seconds(net, model.network, "off_peak", nodes)
    radius = {"own": -1.0, "own-then-backup": model.dispatch.backup_radius, "nearest": np.inf}[model.dispatch.who]
    radius = radius if backups else -1.0
    found: dict[str, list[tuple[float, str]]] = {}
    for town in towns:
        own = {k for k, s in stations.items() if area[town] in s.covers or town in s.covers_towns}
        reach = sorted((float(drive[at[s.node], at[town]]), n, k) for n, (k, s) in enumerate(stations.items()))
        if not own and model.dispatch.unassigned == "nearest":
            own = set([k for t, _, k in reach if t >= 0 and stations[k].engineers][:1])
        found[town] = [(t, k) for t, _, k in reach if t >= 0 and (k in own or t <= radius)]
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


def visits_per_year(plan: Planned, sites: float) -> float:
    """Expected visits a year to so many customer sites by the rule of a planned visit."""
    if plan.every_months is not None:
        each = 12 / plan.every_months
    elif plan.life is not None:
        each = len(plan.life.windows) * YEAR / plan.life.cycle
    elif plan.rate is not None:
        each = plan.rate
    else:
        each = len(plan.months)
    return sites * plan.sites * each


def yearly_work(model: Model, net: Network) -> Iterator[tuple[str, int, float, float]]:
    """Town, class of jobs (its number), visits a year, seconds of work a year; one row per kind of work."""
    towns = roads.town_weights(net, model.weights)
    number = {(kind.table, kind.key): k for k, kind in enumerate(job_classes(model))}
    rows: list[tuple[str, int, float, float]] = []
    for (area, product), units in units_by_area(model).items():
        faults = model.demand.scale * units * model.products[product].rate
        visits, work = _per_fault(model, model.products[product])
        rows.append((area, number["products", product], faults * visits, faults * work))
        for key, goods in model.goods.items():
            if goods.per_product == product:
                installs = units * goods.rate * goods.install / max(1 - goods.faulty, 0.05)
                rows.append((area, number["goods", key], installs, installs * goods.installation.mean_s))
    for site in model.demand.sites:
        for key, plan in model.planned.items():
            done = visits_per_year(plan, site.sites)
            rows.append((site.area, number["planned", key], done, done * plan.work.mean_s))
    for area, kind, visits, work in rows:
        for town, weight in towns.get(area, []):
            yield town, kind, weight * visits, weight * work


def _per_fault(model: Model, product: Product) -> tuple[float, float]:
    """Expected visits and seconds of work of one fault, repeats and rework after a failed review included."""
    total = sum(m.share for m in product.modes.values())
    visits = work = 0.0
    for mode in product.modes.values():
        helped = mode.remote if model.remote is not None else 0.0
        mine_visits, mine_work = _per_mode(mode, helped, model.review)
        visits += mode.share / total * mine_visits
        work += mode.share / total * mine_work
    return visits, work


def _per_mode(mode: Mode, helped: float, review: Review | None) -> tuple[float, float]:
    """Visits that can but diagnose (part not brought, too hard, unit must leave), and those that try to repair."""
    here = 1 - mode.workshop
    # The third level names the part too; the visit that brings the repaired unit always repairs.
    without = mode.expert + mode.workshop + (1 - mode.expert) * here * mode.part * (1 - mode.right_part)
    tries = mode.workshop + here / max(mode.fixed, 0.05)
    again = (1 - helped) / max(1 - mode.repeat, 0.05)
    rework, redo = (review.fail, review.work.mean_s) if review is not None else (0.0, 0.0)
    work = without * mode.diagnosis.mean_s + tries * mode.work.mean_s + rework * redo
    return again * (without + tries + rework), again * work


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
