"""What the warranty costs: cover that faults lengthen, and holders to be told of its end."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Case, Floats
from simsvc.clock import DAY
from simsvc.log import Log
from simsvc.measures import population
from simsvc.measures.costs import fault_costs
from simsvc.measures.course import to_faults
from simsvc.measures.sums import Sum, hours_per_year, per_year
from simsvc.scenario.promises import MeasurePart, Population
from simsvc.scenario.quantity import YEAR


def reminders(case: Case, _: Log, part: MeasurePart) -> list[Sum]:
    """Holders told of the end of their warranty; hours of the desk for it."""
    warranty, a_year = case.model.reporting.warranty, reminders_due(case, part.population)
    count = a_year * case.span.years
    call = warranty.call if warranty is not None else 0.0
    told = Sum("reminders", "/year", count, case.span.years, round(count))
    return [told, hours_per_year(case, "reminder_hours", call * count, round(count))]


def reminders_due(case: Case, who: Population) -> float:
    """Reminders a year: holders in warranty over its length, since as many warranties begin as end (Little's law).

    A holder is a site where the scenario has sites, else a unit.
    """
    model = case.model
    if model.reporting.warranty is None:
        return 0.0
    covered = np.array([p.in_warranty for p in model.products.values()])
    products = np.array([not who.products or name in who.products for name in case.supply.products])
    areas = population.areas(case, np.arange(len(case.places.areas)), who)
    units = (case.supply.units * products)[areas]
    in_warranty = float((units * covered).sum())
    sites = sum(row.sites for row in model.demand.sites if areas[case.places.areas.index(row.area)])
    if sites and units.sum():
        in_warranty *= sites / float(units.sum())
    return in_warranty * YEAR / model.reporting.warranty.length


def liability(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Cover that faults in warranty which stop work add to it, each its ``extension``.

    First unit-days of cover, then the visits and the money that they may be expected to take (those that a unit-day of
    the same product takes in this replication), the units concerned, and the longest extension of a single unit. The
    cover added is not itself put into warranty: that would be a second extension of the first.
    """
    t, warranty, span = log.tickets, case.model.reporting.warranty, case.span
    mine = population.tickets(case, log, part.population)
    rows = np.flatnonzero(mine & (t["in_warranty"] == 1) & (t["stops_work"] == 1))
    days = (warranty.extension if warranty is not None else 0.0) / DAY
    shape = [int(t[name].max(initial=0)) + 2 for name in ("area", "product", "unit")]
    unit = np.ravel_multi_index([t[name][rows] + 1 for name in ("area", "product", "unit")], shape)
    times = np.unique(unit, return_counts=True)[1]
    extra = days * np.bincount(t["product"][rows], minlength=len(case.supply.products))
    found = [
        Sum("warranty_liability", "days/year", float(extra.sum()), span.years, len(rows)),
        Sum("extra_visits", "/year", float((extra * _visits_a_day(case, log)).sum()), span.years, len(rows)),
    ]
    if case.model.reporting.costs is not None:
        money = float((extra * _per_unit_day(case, fault_costs(case, log))).sum())
        found.append(Sum("extra_cost", "CNY/year", money, span.years, len(rows)))
    longest = days * int(times.max(initial=0))
    return [
        *found,
        per_year(case, "units_extended", len(times)),
        Sum("longest_extension", "days", longest, 1, len(rows)),
    ]


def _visits_a_day(case: Case, log: Log) -> Floats:
    """Visits to faults by unit and day, by product."""
    t, v = log.tickets, log.visits
    ticket = v["ticket"][to_faults(log)]
    product = t["product"][ticket[t["counted"][ticket] == 1]]
    return _per_unit_day(case, np.bincount(product, minlength=len(case.supply.products)).astype(np.float64))


def _per_unit_day(case: Case, total: Floats) -> Floats:
    """Totals of the counted window by product, for one unit and day."""
    unit_days = case.supply.units.sum(axis=0) * ((case.span.end - case.span.start) / DAY)
    return np.asarray(np.divide(total, unit_days, out=np.zeros(len(total)), where=unit_days > 0))
