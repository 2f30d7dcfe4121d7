"""Promises about goods: delivered in time."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Case, Ints
from simsvc.case.reach import delivered_towns
from simsvc.log import Log, Table
from simsvc.measures import population
from simsvc.measures.cases import Cases, judge
from simsvc.measures.clock import PromiseClock, phases, wait
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
        return goods_delays(clock, t, some, start[missed], end[missed]), no_way(case, t, some)

    return judge(t, rows, "ordered", stop >= 0, wait(case, part, clock, start, end), explain)


def goods_delays(clock: PromiseClock, orders: Table, rows: Ints, start: Ints, end: Ints) -> Ints:
    """Delays of orders by factor: not taken in yet, waiting for goods or a van, on the way."""
    moments = (orders[name][rows] for name in ("received", "departed"))
    start, received, departed, end = phases(start, end, *moments)
    return delays(
        len(rows),
        off_duty=clock.seconds(start, received),
        late_goods=clock.seconds(received, departed),
        too_far=clock.seconds(departed, end),
    )


def no_way(case: Case, orders: Table, rows: Ints) -> Bools:
    """Orders that nobody delivers: on no route, or no road leads there."""
    no_route = (orders["ready"][rows] >= 0) & (orders["route"][rows] < 0)
    return np.asarray(no_route | ~delivered_towns(case)[orders["town"][rows]])
