"""What the visits come to: how many, how long, how many of the first ones repair."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Case
from simsvc.log import CODES, Log
from simsvc.measures import population
from simsvc.measures.costs import on_site
from simsvc.measures.course import to_faults
from simsvc.measures.sums import Sum, hours_per_year, per_year, share
from simsvc.scenario.promises import MeasurePart

FAULT, REWORK = (CODES["JOB_KINDS"].index(kind) for kind in ("fault", "rework"))
DONE = CODES["OUTCOMES"].index("done")


def load(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Visits to faults, the contractor's included; hours on site."""
    v, mine = log.visits, population.tickets(case, log, part.population)
    return _made(case, log, ("load", "load_hours"), to_faults(log) & np.append(mine, False)[v["ticket"]])


def planned_load(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Planned visits; hours on site."""
    jobs = population.planned(case, log, part.population)
    return _made(case, log, ("planned_load", "planned_hours"), np.append(jobs, False)[log.visits["job"]])


def rework(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Jobs that have to be done again since review found them wanting; hours on site.

    Rework that clients ask for is planned visits (``planned_load``).
    """
    jobs = population.jobs(case, log, part.population) & (log.jobs["kind"] == REWORK) & (log.jobs["plan"] < 0)
    seconds = on_site(case, log)[np.append(jobs, False)[log.visits["job"]]].sum()
    again = int(jobs.sum())
    return [per_year(case, "rework", again), hours_per_year(case, "rework_hours", float(seconds), again)]


def first_time_fix(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Share of the faults visited that the first visit repaired."""
    v = log.visits
    return [share("first_time_fix", v["outcome"] == DONE, _first(case, log, part) & (v["outcome"] >= 0))]


def right_part(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Share of the first visits that need a part to which it was brought."""
    v = log.visits
    needed = np.append(log.tickets["part"] >= 0, False)[v["ticket"]]
    return [share("right_part", v["brought"] == 1, _first(case, log, part) & needed & (v["arrived"] >= 0))]


def _first(case: Case, log: Log, part: MeasurePart) -> Bools:
    mine = population.tickets(case, log, part.population)
    return np.asarray((log.visits["kind"] == FAULT) & np.append(mine, False)[log.visits["ticket"]])


def _made(case: Case, log: Log, names: tuple[str, str], rows: Bools) -> list[Sum]:
    made, seconds = int(rows.sum()), float(on_site(case, log)[rows].sum())
    return [per_year(case, names[0], made), hours_per_year(case, names[1], seconds, made)]
