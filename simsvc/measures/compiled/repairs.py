"""Promises about repairs for kernels: as ``measures.repairs`` and ``measures.course``, one fault at a time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simsvc.case.arrays import Ints
from simsvc.kernels import kernel
from simsvc.log import Log
from simsvc.measures import course
from simsvc.measures import reasons as why
from simsvc.measures import tickets as status
from simsvc.measures.compiled import ground
from simsvc.measures.compiled.cases import REASON, enter
from simsvc.measures.compiled.clock import cut, is_open, late_by, reason, seconds, split
from simsvc.measures.compiled.columns import Tickets
from simsvc.measures.compiled.ground import Ground, Terms
from simsvc.measures.compiled.tickets import clock_start


class Visits(NamedTuple):
    """Visits to faults, ticket by ticket in their order, and the first of each ticket."""

    ready: Ints
    assigned: Ints
    departed: Ints
    arrived: Ints
    work_end: Ints
    outcome: Ints
    first: Ints


def visits(log: Log) -> Visits:
    """Visits of a log by ticket."""
    v, tickets = log.visits, len(log.tickets["ticket"])
    rows = np.flatnonzero(course.to_faults(log) & (v["ticket"] >= 0))
    rows = rows[np.lexsort((v["number"][rows], v["ticket"][rows]))]
    first = np.searchsorted(v["ticket"][rows], np.arange(tickets + 1))
    ready, assigned, departed, arrived, work_end, outcome = (v[name][rows] for name in Visits._fields[:-1])
    return Visits(ready, assigned, departed, arrived, work_end, outcome, first)


@kernel
def repaired(g: Ground, q: Terms, t: Tickets, rows: Ints, cases: Ints, of: Visits) -> int:
    """As ``repairs.repaired``; the number of cases."""
    delay, n = np.zeros(why.FACTORS, np.int64), 0
    for i in rows:
        start, state = (
            clock_start(q.start, t.reported[i], t.arrived[i], t.ready[i], t.remote_start[i], t.remote_end[i]),
            t.status[i],
        )
        if start < 0 or state == status.ABANDONED:
            continue
        if state == status.SOLVED_REMOTELY and q.start != ground.REPORTED:
            continue
        stop = bridged(t.fixed[i], t.loaner_placed[i]) if q.stand_in else t.fixed[i]
        end = stop if stop >= 0 else g.horizon
        elapsed = seconds(g.spells, g.by_day, q.hours, start, end)
        excess, needed = late_by(q, g.worked, g.worked_before, start, end, elapsed)
        if enter(cases, n, t.area[i], t.town[i], t.reported[i], stop >= 0, elapsed, excess, needed):
            some, amounts = (of.first[i], of.first[i + 1]), (t.off_duty[i], t.mobilise[i], t.held[i])
            anytime = g.anytime[t.town[i]]
            if some[0] == some[1]:
                unvisited(g.spells, g.by_day, q.hours, start, t.ready[i], end, amounts[0], delay)
            else:
                through(g.spells, g.by_day, q.hours, g.office, anytime, of, some, amounts, start, end, delay)
            cases[REASON, n] = reason(delay, excess, stop >= 0, t.reachable[i] == 0 and t.ready[i] >= 0)
        n += 1
    return n


@kernel
def loaner_placed(g: Ground, q: Terms, t: Tickets, rows: Ints, cases: Ints, of: Visits) -> int:
    """As ``repairs.loaner_placed``."""
    delay, n = np.zeros(why.FACTORS, np.int64), 0
    for i in rows:
        start, threshold = (
            clock_start(q.start, t.reported[i], t.arrived[i], t.ready[i], t.remote_start[i], t.remote_end[i]),
            g.threshold[t.product[i]],
        )
        if start < 0 or t.status[i] == status.ABANDONED:
            continue
        fixed = max(g.horizon if t.fixed[i] < 0 else t.fixed[i], start)
        took = seconds(g.spells, g.by_day, q.hours, start, fixed)
        if took <= threshold or (threshold < 0 and late_by(q, g.worked, g.worked_before, start, fixed, took)[0] <= 0):
            continue
        stop = bridged(t.fixed[i], t.loaner_placed[i])
        end = stop if stop >= 0 else g.horizon
        elapsed = seconds(g.spells, g.by_day, q.hours, start, end)
        excess, needed = late_by(q, g.worked, g.worked_before, start, end, elapsed)
        if enter(cases, n, t.area[i], t.town[i], t.reported[i], stop >= 0, elapsed, excess, needed):
            asked = t.loaner_asked[i]
            if threshold < 0 or (asked >= 0 and t.loaner[i] < 0):
                delay[:] = 0
                delay[why.PART] = max(excess, 1)
            else:
                since = end if asked < 0 else min(max(asked, start), end)
                some, amounts = (of.first[i], of.first[i + 1]), (t.off_duty[i], t.mobilise[i], t.held[i])
                anytime = g.anytime[t.town[i]]
                if some[0] == some[1]:
                    unvisited(g.spells, g.by_day, q.hours, start, t.ready[i], since, amounts[0], delay)
                else:
                    through(g.spells, g.by_day, q.hours, g.office, anytime, of, some, amounts, start, since, delay)
                delay[why.PART] += seconds(g.spells, g.by_day, q.hours, since, end)
            cases[REASON, n] = reason(delay, excess, stop >= 0, t.reachable[i] == 0 and t.ready[i] >= 0)
        n += 1
    return n


@kernel
def bridged(fixed: int, placed: int) -> int:
    """As ``repairs._bridged``."""
    return placed if placed >= 0 and (fixed < 0 or placed < fixed) else fixed


@kernel
def unvisited(
    spells: Ints, by_day: Ints, hours: int, start: int, ready: int, end: int, alone: int, delay: Ints
) -> None:
    """As ``course.course_delays``, of a repair that nobody has come for."""
    ready = cut(ready, start, end)
    delay[:] = 0
    delay[why.DESK] = seconds(spells, by_day, hours, start, ready)
    delay[why.OFF_DUTY], delay[why.BUSY] = split(spells, by_day, hours, ready, end, alone)


@kernel
def through(
    spells: Ints,
    by_day: Ints,
    hours: int,
    office: int,
    anytime: bool,
    v: Visits,
    some: tuple[int, int],
    amounts: tuple[int, int, int],
    start: int,
    end: int,
    delay: Ints,
) -> None:
    """As ``course.course_delays``, of one repair between ``start`` and ``end`` with ``some`` of the visits.

    ``anytime``: engineers go to follow-ups outside office hours, too. ``amounts``: off_duty, mobilise, held.
    """
    delay[:] = 0
    before, gone = start, why.DESK
    for k in range(some[0], some[1]):
        done = cut(v.work_end[k], start, end)
        arrived = cut(v.arrived[k], start, done)
        departed = cut(v.departed[k], start, arrived)
        assigned = cut(v.assigned[k], start, departed)
        ready = cut(v.ready[k], start, assigned)
        delay[gone] += seconds(spells, by_day, hours, before, ready)
        alone, at_home, held = amounts
        if k > some[0]:
            alone = 0 if anytime else assigned - ready - seconds(spells, by_day, office, ready, assigned)
            at_home = 0 if is_open(spells, by_day, office, assigned) else departed - assigned
            held = 0
        off_duty, busy = split(spells, by_day, hours, ready, assigned, alone)
        mobilise, set_out = split(spells, by_day, hours, assigned, departed, at_home)
        stuck, driven = split(spells, by_day, hours, departed, arrived, held)
        delay[why.OFF_DUTY] += off_duty + mobilise
        delay[why.BUSY] += busy
        delay[why.DESK] += set_out
        delay[why.CLOSED] += stuck
        delay[why.TOO_FAR] += driven
        delay[why.REPAIR] += seconds(spells, by_day, hours, arrived, done)
        before, gone = done, why.PART if v.outcome[k] == course.PART_MISSING else why.REPAIR
    delay[gone] += seconds(spells, by_day, hours, before, end)
