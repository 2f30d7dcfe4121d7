"""Which rows of a log count for a clause: the cohort, narrowed by the clause's population."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from simsvc.case.arrays import Bools, Case, Ints
from simsvc.log import CODES, Log
from simsvc.measures.once import per_log
from simsvc.scenario.promises import Population

ON_SITE = "on-site"
"""Repair route of a unit that did not leave its site."""


def tickets(case: Case, log: Log, population: Population, *, cohort: bool = True) -> Bools:
    """Tickets of the population; counted ones only, unless ``cohort`` is false."""
    return _tickets(case, log, population, cohort)


@per_log
def _tickets(case: Case, log: Log, population: Population, cohort: bool) -> Bools:
    t, model = log.tickets, case.model
    counted = t["counted"] if cohort else np.ones_like(t["counted"])
    keep = _common(case, counted, t["area"], t["town"], t["reported"], population)
    channels = model.desk.channels if model.desk is not None else ()
    modes = [f"{case.supply.products[product]}.{mode}" for product, mode in case.supply.modes]
    for column, names, wanted in (
        ("cause", CODES["CAUSES"], population.causes),
        ("product", case.supply.products, population.products),
        ("mode", modes, population.modes),
        ("channel", channels, population.channels),
    ):
        if wanted:
            keep &= _listed(names, wanted)[t[column]]
    for flag, asked in (("in_warranty", population.in_warranty), ("in_contract", population.in_contract)):
        if asked is not None:
            keep &= t[flag] == int(asked)
    if population.routes:
        keep &= _listed(model.repairs, population.routes, ON_SITE in population.routes)[t["route"]]
    return keep


@per_log
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


@per_log
def jobs(case: Case, log: Log, population: Population) -> Bools:
    """Counted planned jobs of the population."""
    t = log.jobs
    return _common(case, t["counted"], t["area"], t["town"], t["released"], population)


@per_log
def planned(case: Case, log: Log, population: Population) -> Bools:
    """Counted planned visits of the population."""
    plans = list(case.model.planned)
    return np.asarray(jobs(case, log, population) & _listed(plans, population.planned or plans)[log.jobs["plan"]])


def areas(case: Case, area: Ints, population: Population) -> Bools:
    """Is each area index among the population's areas?"""
    names = case.places.areas
    keep = _listed(names, population.areas or names, not population.areas)
    return np.asarray((keep & ~_listed(names, population.not_areas))[area])


def towns(case: Case, population: Population) -> Bools:
    """Whether the cases of each town are in the population's zones and areas, shape (towns,)."""
    keep = areas(case, case.places.area, population)
    if population.zones:
        keep &= _listed(case.places.zones, population.zones)[case.places.zone]
    return keep


def _common(case: Case, counted: Ints, area: Ints, town: Ints, moment: Ints, population: Population) -> Bools:
    keep: Bools = counted == 1
    if population.areas or population.not_areas:
        keep &= areas(case, area, population)
    if population.zones:
        keep &= towns(case, population)[town]
    if population.reported_in is not None:
        keep &= case.calendars[population.reported_in].is_open(moment)
    return keep


def _listed(names: Iterable[str], wanted: Sequence[str], none: bool = False) -> Bools:
    """By index: is the name wanted? ``none``: what to say of the index -1, which stands last."""
    return np.array([*(name in wanted for name in names), none], np.bool_)
