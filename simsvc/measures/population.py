"""Which rows of a log count for a clause: the cohort, narrowed by the clause's population."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simsvc.case.arrays import Bools, Case, Ints
from simsvc.log import CODES, Log
from simsvc.scenario.promises import Population


def tickets(case: Case, log: Log, population: Population) -> Bools:
    """Counted tickets of the population (``special`` has no meaning for tickets)."""
    t = log.tickets
    keep = _common(case, t["counted"], t["area"], t["reported"], population)
    if population.causes:
        keep &= np.isin(t["cause"], [CODES["CAUSES"].index(c) for c in population.causes])
    if population.products:
        keep &= np.isin(t["product"], _indices(case.supply.products, population.products))
    return keep


def orders(case: Case, log: Log, population: Population) -> Bools:
    """Counted orders of the population; ``products`` go by the device type whose units order the goods."""
    t, goods = log.orders, case.model.goods.values()
    keep = _common(case, t["counted"], t["area"], t["ordered"], population)
    if population.special is not None:
        keep &= np.array([g.special == population.special for g in goods], np.bool_)[t["goods"]]
    if population.products:
        keep &= np.array([g.per_product in population.products for g in goods], np.bool_)[t["goods"]]
    return keep


def jobs(case: Case, log: Log, population: Population) -> Bools:
    """Counted planned jobs of the population."""
    t = log.jobs
    return _common(case, t["counted"], t["area"], t["released"], population)


def areas(case: Case, area: Ints, population: Population) -> Bools:
    """Is each area index among the population's areas?"""
    keep = np.ones(len(area), np.bool_)
    if population.areas:
        keep &= np.isin(area, _indices(case.places.areas, population.areas))
    if population.not_areas:
        keep &= ~np.isin(area, _indices(case.places.areas, population.not_areas))
    return keep


def _common(case: Case, counted: Ints, area: Ints, moment: Ints, population: Population) -> Bools:
    keep: Bools = (counted == 1) & areas(case, area, population)
    if population.reported_in is not None:
        keep &= case.calendars[population.reported_in].is_open(moment)
    return keep


def _indices(names: Sequence[str], wanted: Sequence[str]) -> list[int]:
    return [k for k, name in enumerate(names) if name in wanted]
