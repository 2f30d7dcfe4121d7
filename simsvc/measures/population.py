"""Which rows of a log count for a clause: the cohort, narrowed by the clause's population."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simsvc.case.arrays import Bools, Case, Ints
from simsvc.log import CODES, Log
from simsvc.scenario.promises import Population

ON_SITE = "on-site"
"""Repair route of a unit that did not leave its site."""


def tickets(case: Case, log: Log, population: Population, *, cohort: bool = True) -> Bools:
    """Tickets of the population; counted ones only, unless ``cohort`` is false."""
    t, model = log.tickets, case.model
    counted = t["counted"] if cohort else np.ones_like(t["counted"])
    keep = _common(case, counted, t["area"], t["town"], t["reported"], population)
    if population.causes:
        keep &= np.isin(t["cause"], [CODES["CAUSES"].index(c) for c in population.causes])
    for flag, wanted in (("in_warranty", population.in_warranty), ("in_contract", population.in_contract)):
        if wanted is not None:
            keep &= t[flag] == int(wanted)
    if population.products:
        keep &= np.isin(t["product"], _indices(case.supply.products, population.products))
    if population.modes:
        names = [f"{case.supply.products[product]}.{mode}" for product, mode in case.supply.modes]
        keep &= np.isin(t["mode"], _indices(names, population.modes))
    if population.channels:
        channels = list(model.desk.channels) if model.desk is not None else []
        keep &= np.isin(t["channel"], _indices(channels, population.channels))
    if population.routes:
        gone = np.isin(t["route"], _indices(list(model.repairs), population.routes))
        keep &= gone | ((t["route"] < 0) & (ON_SITE in population.routes))
    return keep


def orders(case: Case, log: Log, population: Population) -> Bools:
    """Counted orders of the population; ``products`` go by the device type whose units order the goods."""
    t, goods = log.orders, case.model.goods.values()
    keep = _common(case, t["counted"], t["area"], t["town"], t["ordered"], population)
    if population.special is not None:
        keep &= np.array([g.special == population.special for g in goods], np.bool_)[t["goods"]]
    if population.products:
        keep &= np.array([g.per_product in population.products for g in goods], np.bool_)[t["goods"]]
    if population.replacement is not None:
        keep &= (t["parent"] >= 0) == population.replacement
    return keep


def jobs(case: Case, log: Log, population: Population) -> Bools:
    """Counted planned jobs of the population."""
    t = log.jobs
    return _common(case, t["counted"], t["area"], t["town"], t["released"], population)


def planned(case: Case, log: Log, population: Population) -> Bools:
    """Counted planned visits of the population."""
    plans = list(case.model.planned)
    wanted = _indices(plans, population.planned or plans)
    return np.asarray(jobs(case, log, population) & np.isin(log.jobs["plan"], wanted))


def areas(case: Case, area: Ints, population: Population) -> Bools:
    """Is each area index among the population's areas?"""
    keep = np.ones(len(area), np.bool_)
    if population.areas:
        keep &= np.isin(area, _indices(case.places.areas, population.areas))
    if population.not_areas:
        keep &= ~np.isin(area, _indices(case.places.areas, population.not_areas))
    return keep


def towns(case: Case, population: Population) -> Bools:
    """Whether the cases of each town are in the population's zones and areas, shape (towns,)."""
    keep = areas(case, case.places.area, population)
    if population.zones:
        keep &= np.isin(case.places.zone, _indices(case.places.zones, population.zones))
    return keep


def _common(case: Case, counted: Ints, area: Ints, town: Ints, moment: Ints, population: Population) -> Bools:
    keep: Bools = (counted == 1) & areas(case, area, population)
    if population.zones:
        keep &= towns(case, population)[town]
    if population.reported_in is not None:
        keep &= case.calendars[population.reported_in].is_open(moment)
    return keep


def _indices(names: Sequence[str], wanted: Sequence[str]) -> list[int]:
    return [k for k, name in enumerate(names) if name in wanted]
