"""Promises about planned work: goods installed on the day of delivery, inspections done in their window."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Case, Ints
from simsvc.case.reach import served_towns
from simsvc.log import CODES, Log, Table
from simsvc.measures import population
from simsvc.measures.cases import Cases, judge
from simsvc.measures.clock import PromiseClock, excess, phases
from simsvc.measures.reasons import delays
from simsvc.scenario.promises import SimPart

INSTALLATION, INSPECTION = (CODES["JOB_KINDS"].index(kind) for kind in ("installation", "inspection"))


def installed(case: Case, log: Log, part: SimPart) -> Cases:
    """Orders delivered that need it, from delivery until installed (``arranged``: engineer named)."""
    orders, jobs, horizon = log.orders, log.jobs, case.span.horizon
    wanted = population.orders(case, log, part.population) & (orders["install"] == 1) & (orders["delivered"] >= 0)
    rows = np.flatnonzero(wanted)
    of_order = np.full(len(wanted) + 1, -1, np.int64)
    mine = np.flatnonzero(jobs["kind"] == INSTALLATION)
    of_order[jobs["order"][mine]] = mine
    job = of_order[rows]
    start, stop = orders["delivered"][rows], _moment(jobs, _served(part), job)
    end = np.where(stop < 0, horizon, stop)
    clock = PromiseClock.of(case, part)

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        town = orders["town"][rows[missed]]
        return _delays(case, clock, jobs, job[missed], start[missed], end[missed]), ~served_towns(case)[town]

    over = excess(case, part, clock, start, end)
    return judge(orders, rows, "ordered", stop >= 0, clock.seconds(start, end), over, explain)


def planned_done(case: Case, log: Log, part: SimPart) -> Cases:
    """Inspections (of the rule ``planned``, or all), from the release of each until done, by the end of its window."""
    jobs, horizon = log.jobs, case.span.horizon
    wanted = population.jobs(case, log, part.population) & (jobs["kind"] == INSPECTION)
    if part.planned is not None:
        wanted &= jobs["plan"] == list(case.model.planned).index(part.planned)
    rows = np.flatnonzero(wanted)
    start, stop = jobs["released"][rows], _moment(jobs, _served(part), rows)
    end = np.where(stop < 0, horizon, stop)

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        some = rows[missed]
        found = _delays(case, PromiseClock(None), jobs, some, start[missed], end[missed])
        return found, ~served_towns(case)[jobs["town"][some]]

    over = end - jobs["due"][rows] + int(part.strict)
    return judge(jobs, rows, "due", stop >= 0, end - start, over, explain)


def _served(part: SimPart) -> str:
    return "assigned" if part.clock_stop == "arranged" else "done"


def _moment(jobs: Table, column: str, job: Ints) -> Ints:
    """A column of jobs, -1 for an order that has no job."""
    return np.append(jobs[column], -1).astype(np.int64)[job]


def _delays(case: Case, clock: PromiseClock, jobs: Table, job: Ints, start: Ints, end: Ints) -> Ints:
    """Waiting outside office hours is ``off_duty``, in them ``busy``; from there to the site ``too_far``; work none."""
    moments = (_moment(jobs, name, job) for name in ("assigned", "arrived"))
    start, assigned, arrived, _ = phases(start, np.maximum(end, start), *moments)
    office = case.calendars[case.model.staff.calendar].open_seconds(start, assigned)
    off_duty, busy = clock.split(start, assigned, assigned - start - office)
    return delays(len(job), off_duty=off_duty, busy=busy, too_far=clock.seconds(assigned, arrived))
