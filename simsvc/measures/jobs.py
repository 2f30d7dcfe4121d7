"""Promises about planned work: goods installed and in use in time, planned visits done in their window."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Case, Ints
from simsvc.case.reach import served
from simsvc.log import CODES, Log, Table
from simsvc.measures import population
from simsvc.measures.cases import Cases, judge
from simsvc.measures.clock import NO_DAYS, PromiseClock, Wait, phases, wait
from simsvc.measures.orders import goods_delays, no_way
from simsvc.measures.reasons import delays
from simsvc.scenario.promises import SimPart

INSTALLATION = CODES["JOB_KINDS"].index("installation")


def installed(case: Case, log: Log, part: SimPart) -> Cases:
    """Orders delivered that need it, from delivery until installed (``arranged``: engineer named)."""
    orders, jobs, horizon = log.orders, log.jobs, case.span.horizon
    wanted = population.orders(case, log, part.population) & (orders["install"] == 1) & (orders["delivered"] >= 0)
    rows = np.flatnonzero(wanted)
    job = installations(log)[rows]
    start, stop = orders["delivered"][rows], _moment(jobs, _served(part), job)
    end = np.where(stop < 0, horizon, stop)
    clock = PromiseClock.of(case, part)

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        found = _delays(case, clock, jobs, job[missed], start[missed], end[missed])
        return found, _nobody_installs(case, orders, rows[missed])

    return judge(orders, rows, "ordered", stop >= 0, wait(case, part, clock, start, end), explain)


def in_use(case: Case, log: Log, part: SimPart) -> Cases:
    """Orders that must be installed, from the order until the installation is done."""
    orders, jobs, horizon = log.orders, log.jobs, case.span.horizon
    rows = np.flatnonzero(population.orders(case, log, part.population) & (orders["install"] == 1))
    job = installations(log)[rows]
    start, delivered, stop = orders["ordered"][rows], orders["delivered"][rows], _moment(jobs, "done", job)
    end = np.where(stop < 0, horizon, stop)
    clock = PromiseClock.of(case, part)

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        some = rows[missed]
        began, there, over = phases(start[missed], end[missed], delivered[missed])
        found = goods_delays(clock, orders, some, began, there)
        found += _delays(case, clock, jobs, job[missed], there, over)
        unserved = (delivered[missed] >= 0) & _nobody_installs(case, orders, some)
        return found, no_way(case, orders, some) | unserved

    return judge(orders, rows, "ordered", stop >= 0, wait(case, part, clock, start, end), explain)


def planned_done(case: Case, log: Log, part: SimPart) -> Cases:
    """Planned visits, from the release of each until done, by the end of its window."""
    jobs, horizon = log.jobs, case.span.horizon
    rows = np.flatnonzero(population.planned(case, log, part.population))
    start, stop = jobs["released"][rows], _moment(jobs, _served(part), rows)
    end = np.where(stop < 0, horizon, stop)

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        some = rows[missed]
        found = _delays(case, PromiseClock(None), jobs, some, start[missed], end[missed])
        return found, ~served(case)[jobs["town"][some], case.staffing.first_planned + jobs["plan"][some]]

    over = end - jobs["due"][rows] + int(part.strict)
    return judge(jobs, rows, "due", stop >= 0, Wait(end - start, over, NO_DAYS), explain)


def _nobody_installs(case: Case, orders: Table, rows: Ints) -> Bools:
    """Whether nobody who could install an order's goods can come to its town."""
    return np.asarray(~served(case)[orders["town"][rows], case.staffing.first_goods + orders["goods"][rows]])


def installations(log: Log) -> Ints:
    """Row of each order's installation among the jobs, -1 for none."""
    jobs, of_order = log.jobs, np.full(len(log.orders["order"]) + 1, -1, np.int64)
    mine = np.flatnonzero(jobs["kind"] == INSTALLATION)
    of_order[jobs["order"][mine]] = mine
    return of_order


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
