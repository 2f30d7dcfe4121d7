"""Promises about repairs: the device works again in time, and a stand-in bridges the wait."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Case, Ints
from simsvc.log import Log
from simsvc.measures import population
from simsvc.measures.cases import Cases, judge
from simsvc.measures.clock import NO_DAYS, PromiseClock, Wait, wait
from simsvc.measures.course import course_delays
from simsvc.measures.reasons import PART, delays
from simsvc.measures.tickets import ABANDONED, SOLVED_REMOTELY, clock_start
from simsvc.scenario.promises import SimPart


def repaired(case: Case, log: Log, part: SimPart) -> Cases:
    """Faults until the user's own or a new unit works (``stand_in``: or a stand-in device is in place).

    Solved from afar is repaired, unless the clock starts later: then remote help did not fail, and nobody arrived.
    """
    t, horizon = log.tickets, case.span.horizon
    start = clock_start(t, part)
    others = (ABANDONED,) if part.clock_start == "reported" else (ABANDONED, SOLVED_REMOTELY)
    wanted = population.tickets(case, log, part.population) & ~np.isin(t["status"], others) & (start >= 0)
    rows = np.flatnonzero(wanted)
    start, stop = start[rows], (_bridged(log) if part.stand_in else t["fixed"])[rows]
    end = np.where(stop < 0, horizon, stop)
    clock = PromiseClock.of(case, part)

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        some = rows[missed]
        return course_delays(case, log, clock, some, start[missed], end[missed]), _out_of_reach(log, some)

    return judge(t, rows, "reported", stop >= 0, wait(case, part, clock, start, end), explain)


def loaner_placed(case: Case, log: Log, part: SimPart) -> Cases:
    """Faults whose repair takes longer on the promise's clock than the threshold of their product's loaner pool: until
    a stand-in is in place, or the repair makes it needless.

    A product without a pool has no stand-in to give: a repair that takes longer than the part's limit is a miss. There,
    and where a stand-in was asked for and none was left, the part was lacking.
    """
    t, horizon, clock = log.tickets, case.span.horizon, PromiseClock.of(case, part)
    start = clock_start(t, part)
    rows = np.flatnonzero(population.tickets(case, log, part.population) & (t["status"] != ABANDONED) & (start >= 0))
    threshold, start = thresholds(case)[t["product"][rows]], start[rows]
    fixed = np.maximum(np.where(t["fixed"][rows] < 0, horizon, t["fixed"][rows]), start)
    own = wait(case, part, clock, start, fixed)
    long = np.where(threshold < 0, own.excess > 0, own.elapsed > threshold)
    rows, start, pooled = rows[long], start[long], threshold[long] >= 0
    stop = _bridged(log)[rows]
    end = np.where(stop < 0, horizon, stop)
    waited = wait(case, part, clock, start, end)

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        some, until = rows[missed], end[missed]
        asked = t["loaner_asked"][some]
        since = np.where(asked < 0, until, np.clip(asked, start[missed], until))
        found = course_delays(case, log, clock, some, start[missed], since)
        found[:, PART] += clock.seconds(since, until)
        refused = ~pooled[missed] | ((asked >= 0) & (t["loaner"][some] < 0))
        found[refused] = delays(int(refused.sum()), part=np.maximum(waited.excess[missed][refused], 1))
        return found, _out_of_reach(log, some)

    return judge(t, rows, "reported", stop >= 0, waited, explain)


def stand_in_available(case: Case, log: Log, part: SimPart) -> Cases:
    """Faults for which a stand-in was asked for: kept if some pool gave one."""
    t = log.tickets
    rows = np.flatnonzero(population.tickets(case, log, part.population) & (t["loaner_asked"] >= 0))
    given = t["loaner"][rows] >= 0
    lacking = np.where(given, 0, 1)

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        return delays(len(missed), part=lacking[missed]), np.zeros(len(missed), np.bool_)

    return judge(t, rows, "reported", given, Wait(np.zeros(len(rows), np.int64), lacking, NO_DAYS), explain)


def _bridged(log: Log) -> Ints:
    """When the user can work again: repaired or a stand-in in place, whichever comes first; -1 if neither did."""
    fixed, placed = log.tickets["fixed"], log.tickets["loaner_placed"]
    earlier = (placed >= 0) & ((fixed < 0) | (placed < fixed))
    return np.where(earlier, placed, fixed)


def thresholds(case: Case) -> Ints:
    """Repair time in seconds from which a loaner is placed, by product; -1 without a pool."""
    of = {product: int(pool.threshold) for pool in case.model.loaners.values() for product in pool.products}
    return np.array([of.get(product, -1) for product in case.supply.products], np.int64)


def _out_of_reach(log: Log, rows: Ints) -> Bools:
    """Faults that need a visit where nobody can get."""
    t = log.tickets
    return np.asarray((t["reachable"][rows] == 0) & (t["ready"][rows] >= 0))
