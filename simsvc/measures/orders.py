"""Promises about goods: delivered in time."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Case, Ints
from simsvc.case.reach import delivered_towns
from simsvc.log import Log
from simsvc.measures import population
from simsvc.measures.cases import Cases, judge
from simsvc.measures.clock import PromiseClock, excess, phases
from simsvc.measures.reasons import delays
from simsvc.scenario.promises import SimPart


def delivered(case: Case, log: Log, part: SimPart) -> Cases:
    """Orders, from the order until delivered.

    With ``cut_off`` an order that the warehouse takes in on a later day (it came after the cut-off, or on a day on
    which the warehouse is closed) starts its clock when it is taken in.
    """
    t, horizon = log.orders, case.span.horizon
    rows = np.flatnonzero(population.orders(case, log, part.population))
    start, received, stop = t["ordered"][rows], t["received"][rows], t["delivered"][rows]
    if part.cut_off:
        start = np.where(case.epoch.day(received) > case.epoch.day(start), received, start)
    end = np.where(stop < 0, horizon, stop)
    clock = PromiseClock.of(case, part)

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        some = rows[missed]
        moments = (t[name][some] for name in ("received", "departed"))
        began, taken_in, departed, done = phases(start[missed], end[missed], *moments)
        found = delays(
            len(some),
            off_duty=clock.seconds(began, taken_in),
            late_goods=clock.seconds(taken_in, departed),
            too_far=clock.seconds(departed, done),
        )
        no_route = (t["ready"][some] >= 0) & (t["route"][some] < 0)
        return found, no_route | ~delivered_towns(case)[t["town"][some]]

    over = excess(case, part, clock, start, end)
    return judge(t, rows, "ordered", stop >= 0, clock.seconds(start, end), over, explain)
