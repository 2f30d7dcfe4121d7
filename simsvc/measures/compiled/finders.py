"""The kernel of each measure, with what it needs of a log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from simsvc.case.arrays import Bools, Case, Ints
from simsvc.log import Log
from simsvc.measures import jobs, population
from simsvc.measures.compiled import goods, repairs, tickets
from simsvc.measures.compiled.cases import FIELDS
from simsvc.measures.compiled.columns import Jobs, Orders, Tickets, columns
from simsvc.measures.compiled.ground import Terms, ground
from simsvc.measures.once import per_log
from simsvc.scenario.promises import SimMeasure, SimPart

Find = Callable[[Case, Log, SimPart, Terms, Ints], int]
"""Writes the cases of a part into a block; how many they are."""


def room(log: Log) -> Ints:
    """A block with room for the cases of any part."""
    most = max(len(table["area"]) for table in (log.tickets, log.orders, log.jobs))
    return np.empty((FIELDS, most), np.int64)


def _faults(kernel: Any, *more: Callable[[Log], Any]) -> Find:
    def find(case: Case, log: Log, part: SimPart, of: Terms, cases: Ints) -> int:
        rows = _wanted(population.tickets(case, log, part.population))
        return int(kernel(ground(case), of, faults(log), rows, cases, *(made(log) for made in more)))

    return find


def _orders(kernel: Any, *more: Callable[[Log], Any]) -> Find:
    def find(case: Case, log: Log, part: SimPart, of: Terms, cases: Ints) -> int:
        mine = population.orders(case, log, part.population)
        rows = np.flatnonzero(mine if part.measure == "delivered" else mine & (log.orders["install"] == 1))
        return int(kernel(ground(case), of, _goods(log), rows, cases, *(made(log) for made in more)))

    return find


def _planned(case: Case, log: Log, part: SimPart, of: Terms, cases: Ints) -> int:
    rows = np.flatnonzero(population.planned(case, log, part.population))
    return int(goods.planned_done(ground(case), of, _jobs(log), rows, cases))


@per_log
def _wanted(mine: Bools) -> Ints:
    """Rows of a population; parts that ask for the same share them."""
    return np.flatnonzero(mine)


@per_log
def faults(log: Log) -> Tickets:
    """Columns of the tickets."""
    return columns(Tickets, log.tickets)


@per_log
def _goods(log: Log) -> Orders:
    return columns(Orders, log.orders)


@per_log
def _jobs(log: Log) -> Jobs:
    return columns(Jobs, log.jobs)


_visits = per_log(repairs.visits)
_installations = per_log(jobs.installations)

FINDERS: dict[SimMeasure, Find] = {
    "response": _faults(tickets.response),
    "answered": _faults(tickets.response),
    "time_to_site": _faults(tickets.time_to_site),
    "taken_up": _faults(tickets.taken_up),
    "staff_reachable": _faults(tickets.staff_reachable),
    "stand_in_available": _faults(tickets.stand_in_available),
    "repaired": _faults(repairs.repaired, _visits),
    "loaner_placed": _faults(repairs.loaner_placed, _visits),
    "delivered": _orders(goods.delivered),
    "installed": _orders(goods.installed, _jobs, _installations),
    "in_use": _orders(goods.in_use, _jobs, _installations),
    "planned_done": _planned,
}
"""Measures with a kernel; the others have few cases."""
