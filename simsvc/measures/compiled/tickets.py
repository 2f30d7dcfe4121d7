"""Promises about faults for kernels: as ``measures.tickets``, one fault at a time.

Each takes the faults that the population leaves (``rows`` of the columns ``t``) and writes the cases among them.
"""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Ints
from simsvc.kernels import kernel
from simsvc.measures import reasons as why
from simsvc.measures import tickets as status
from simsvc.measures.compiled import ground
from simsvc.measures.compiled.cases import REASON, enter
from simsvc.measures.compiled.clock import cut, is_open, late_by, reason, seconds, spell_end, split
from simsvc.measures.compiled.columns import Tickets
from simsvc.measures.compiled.ground import NO_LIMIT, Ground, Terms


@kernel
def response(g: Ground, q: Terms, t: Tickets, rows: Ints, cases: Ints) -> int:
    """As ``tickets.response``; the number of cases, as all that follow."""
    delay, n = np.zeros(why.FACTORS, np.int64), 0
    for i in rows:
        start, stop, lost = (
            clock_start(q.start, t.reported[i], t.arrived[i], t.ready[i], t.remote_start[i], t.remote_end[i]),
            t.answered[i],
            t.status[i] == status.ABANDONED,
        )
        if start < 0:
            continue
        end = stop if stop >= 0 else g.horizon
        if lost:
            end = max(t.abandoned[i], start + 1)
        elapsed = seconds(g.spells, g.by_day, q.hours, start, end)
        excess, needed = late_by(q, g.worked, g.worked_before, start, end, elapsed)
        if lost:
            excess = 1
        where = t.area[i], t.town[i], t.reported[i]
        if enter(cases, n, where[0], where[1], where[2], stop >= 0, elapsed, excess, needed):
            over = max(end, start)
            shut = over - start - seconds(g.spells, g.by_day, g.desk, start, over)
            hours = -1 if lost else q.hours
            delay[why.OFF_DUTY], delay[why.DESK] = split(g.spells, g.by_day, hours, start, over, shut)
            cases[REASON, n] = reason(delay, excess, stop >= 0, False)
        n += 1
    return n


@kernel
def staff_reachable(_: Ground, __: Terms, t: Tickets, rows: Ints, cases: Ints) -> int:
    """As ``tickets.staff_reachable``."""
    delay, n = np.zeros(why.FACTORS, np.int64), 0
    for i in rows:
        if t.ready[i] < 0:
            continue
        alone = t.off_duty[i]
        served = alone == 0 or t.assigned[i] >= 0
        if enter(cases, n, t.area[i], t.town[i], t.reported[i], served, alone, alone, -1):
            delay[why.OFF_DUTY] = alone
            cases[REASON, n] = reason(delay, alone, served, t.reachable[i] == 0)
        n += 1
    return n


@kernel
def time_to_site(g: Ground, q: Terms, t: Tickets, rows: Ints, cases: Ints) -> int:
    """As ``tickets.time_to_site``."""
    delay, n = np.zeros(why.FACTORS, np.int64), 0
    for i in rows:
        start, state = (
            clock_start(q.start, t.reported[i], t.arrived[i], t.ready[i], t.remote_start[i], t.remote_end[i]),
            t.status[i],
        )
        if start < 0 or state in (status.SOLVED_REMOTELY, status.ABANDONED):
            continue
        stop = t.arrived[i]
        if q.stop != ground.REACHED:
            stop = t.departed[i] if q.stop == ground.SET_OUT else t.assigned[i]
        end = stop if stop >= 0 else g.horizon
        elapsed = seconds(g.spells, g.by_day, q.hours, start, end)
        excess, needed = late_by(q, g.worked, g.worked_before, start, end, elapsed)
        if t.ready[i] < 0 and excess <= 0:
            continue
        if enter(cases, n, t.area[i], t.town[i], t.reported[i], stop >= 0, elapsed, excess, needed):
            moments = start, t.ready[i], t.assigned[i], t.departed[i], end
            amounts = t.off_duty[i], t.mobilise[i], t.held[i]
            trip(g.spells, g.by_day, q.hours, moments, amounts, delay)
            cases[REASON, n] = reason(delay, excess, stop >= 0, t.reachable[i] == 0)
        n += 1
    return n


@kernel
def taken_up(g: Ground, q: Terms, t: Tickets, rows: Ints, cases: Ints) -> int:
    """As ``tickets.taken_up``."""
    delay, n = np.zeros(why.FACTORS, np.int64), 0
    for i in rows:
        start, begun, gone = t.reported[i], t.remote_start[i], t.departed[i]
        if not is_open(g.spells, g.by_day, q.taken_up, start):
            continue
        first = min(g.horizon if begun < 0 else begun, g.horizon if gone < 0 else gone)
        served = begun >= 0 or gone >= 0
        elapsed = seconds(g.spells, g.by_day, q.hours, start, first)
        excess, needed = late_by(q, g.worked, g.worked_before, start, first, elapsed)
        if q.by == NO_LIMIT:
            excess = first - spell_end(g.spells, g.by_day, q.taken_up, start) + 1
        if enter(cases, n, t.area[i], t.town[i], start, served, elapsed, excess, needed):
            moments = start, t.ready[i], t.assigned[i], t.departed[i], first
            amounts = t.off_duty[i], t.mobilise[i], t.held[i]
            trip(g.spells, g.by_day, q.hours, moments, amounts, delay)
            unreachable = t.reachable[i] == 0 and t.ready[i] >= 0 and not served
            cases[REASON, n] = reason(delay, excess, served, unreachable)
        n += 1
    return n


@kernel
def stand_in_available(_: Ground, __: Terms, t: Tickets, rows: Ints, cases: Ints) -> int:
    """As ``repairs.stand_in_available``."""
    delay, n = np.zeros(why.FACTORS, np.int64), 0
    delay[why.PART] = 1
    for i in rows:
        if t.loaner_asked[i] < 0:
            continue
        given = t.loaner[i] >= 0
        lacking = 0 if given else 1
        if enter(cases, n, t.area[i], t.town[i], t.reported[i], given, 0, lacking, -1):
            cases[REASON, n] = reason(delay, lacking, given, False)
        n += 1
    return n


@kernel
def clock_start(start: int, reported: int, arrived: int, ready: int, remote_start: int, remote_end: int) -> int:
    """As ``tickets.clock_start``."""
    if start == ground.REMOTE_FAILED:
        return ready if remote_start < 0 else remote_end
    return arrived if start == ground.ARRIVED else reported


@kernel
def trip(
    spells: Ints,
    by_day: Ints,
    hours: int,
    moments: tuple[int, int, int, int, int],
    amounts: tuple[int, int, int],
    delay: Ints,
) -> None:
    """As ``tickets._trip_delays``.

    ``moments``: start, ready, assigned, departed, end; ``amounts``: off_duty, mobilise, held.
    """
    start, ready, assigned, departed, end = moments
    end = max(end, start)
    departed = cut(departed, start, end)
    assigned = cut(assigned, start, departed)
    ready = cut(ready, start, assigned)
    off_duty, busy = split(spells, by_day, hours, ready, assigned, amounts[0])
    mobilise, set_out = split(spells, by_day, hours, assigned, departed, amounts[1])
    held, driven = split(spells, by_day, hours, departed, end, amounts[2])
    delay[why.DESK] = seconds(spells, by_day, hours, start, ready) + set_out
    delay[why.BUSY] = busy
    delay[why.OFF_DUTY] = off_duty + mobilise
    delay[why.CLOSED] = held
    delay[why.TOO_FAR] = driven
