"""Promises about goods and planned work for kernels: as ``measures.orders`` and ``measures.jobs``."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Ints
from simsvc.clock import DAY
from simsvc.kernels import kernel
from simsvc.measures import reasons as why
from simsvc.measures.compiled.cases import REASON, enter
from simsvc.measures.compiled.clock import cut, late_by, reason, seconds, split
from simsvc.measures.compiled.columns import Jobs, Orders
from simsvc.measures.compiled.ground import ARRANGED, Ground, Terms


@kernel
def delivered(g: Ground, q: Terms, o: Orders, rows: Ints, cases: Ints) -> int:
    """As ``orders.delivered``; the number of cases."""
    delay, n = np.zeros(why.FACTORS, np.int64), 0
    for i in rows:
        start, received, stop = o.ordered[i], o.received[i], o.delivered[i]
        if q.cut_off and received // DAY > start // DAY:
            start = received
        end = stop if stop >= 0 else g.horizon
        elapsed = seconds(g.spells, g.by_day, q.hours, start, end)
        excess, needed = late_by(q, g.worked, g.worked_before, start, end, elapsed)
        if enter(cases, n, o.area[i], o.town[i], o.ordered[i], stop >= 0, elapsed, excess, needed):
            delay[:] = 0
            brought(g.spells, g.by_day, q.hours, o.received[i], o.departed[i], start, end, delay)
            cases[REASON, n] = reason(delay, excess, stop >= 0, no_way(g.delivered, o.town[i], o.ready[i], o.route[i]))
        n += 1
    return n


@kernel
def installed(g: Ground, q: Terms, o: Orders, rows: Ints, cases: Ints, j: Jobs, job: Ints) -> int:
    """As ``jobs.installed``; ``job`` of each order among the jobs ``j``."""
    delay, n = np.zeros(why.FACTORS, np.int64), 0
    for i in rows:
        start = o.delivered[i]
        if start < 0:
            continue
        assigned, arrived, stop = -1, -1, -1
        if job[i] >= 0:
            assigned, arrived, stop = j.assigned[job[i]], j.arrived[job[i]], j.done[job[i]]
        if q.stop == ARRANGED:
            stop = assigned
        end = stop if stop >= 0 else g.horizon
        elapsed = seconds(g.spells, g.by_day, q.hours, start, end)
        excess, needed = late_by(q, g.worked, g.worked_before, start, end, elapsed)
        if enter(cases, n, o.area[i], o.town[i], o.ordered[i], stop >= 0, elapsed, excess, needed):
            delay[:] = 0
            visited(g.spells, g.by_day, q.hours, g.office, assigned, arrived, start, end, delay)
            nobody = not g.served[o.town[i], g.first_goods + o.goods[i]]
            cases[REASON, n] = reason(delay, excess, stop >= 0, nobody)
        n += 1
    return n


@kernel
def in_use(g: Ground, q: Terms, o: Orders, rows: Ints, cases: Ints, j: Jobs, job: Ints) -> int:
    """As ``jobs.in_use``."""
    delay, n = np.zeros(why.FACTORS, np.int64), 0
    for i in rows:
        start = o.ordered[i]
        assigned, arrived, stop = -1, -1, -1
        if job[i] >= 0:
            assigned, arrived, stop = j.assigned[job[i]], j.arrived[job[i]], j.done[job[i]]
        end = stop if stop >= 0 else g.horizon
        elapsed = seconds(g.spells, g.by_day, q.hours, start, end)
        excess, needed = late_by(q, g.worked, g.worked_before, start, end, elapsed)
        if enter(cases, n, o.area[i], o.town[i], start, stop >= 0, elapsed, excess, needed):
            there = cut(o.delivered[i], start, end)
            delay[:] = 0
            brought(g.spells, g.by_day, q.hours, o.received[i], o.departed[i], start, there, delay)
            visited(g.spells, g.by_day, q.hours, g.office, assigned, arrived, there, end, delay)
            nobody = o.delivered[i] >= 0 and not g.served[o.town[i], g.first_goods + o.goods[i]]
            cases[REASON, n] = reason(
                delay, excess, stop >= 0, nobody or no_way(g.delivered, o.town[i], o.ready[i], o.route[i])
            )
        n += 1
    return n


@kernel
def planned_done(g: Ground, q: Terms, j: Jobs, rows: Ints, cases: Ints) -> int:
    """As ``jobs.planned_done``."""
    delay, n = np.zeros(why.FACTORS, np.int64), 0
    for i in rows:
        start, stop = j.released[i], j.assigned[i] if q.stop == ARRANGED else j.done[i]
        end = stop if stop >= 0 else g.horizon
        excess = end - j.due[i] + int(q.strict)
        if enter(cases, n, j.area[i], j.town[i], j.due[i], stop >= 0, end - start, excess, -1):
            delay[:] = 0
            visited(g.spells, g.by_day, -1, g.office, j.assigned[i], j.arrived[i], start, end, delay)
            nobody = not g.served[j.town[i], g.first_planned + j.plan[i]]
            cases[REASON, n] = reason(delay, excess, stop >= 0, nobody)
        n += 1
    return n


@kernel
def brought(
    spells: Ints, by_day: Ints, hours: int, received: int, departed: int, start: int, end: int, delay: Ints
) -> None:
    """As ``orders.goods_delays``, added to the delays."""
    departed = cut(departed, start, end)
    received = cut(received, start, departed)
    delay[why.OFF_DUTY] += seconds(spells, by_day, hours, start, received)
    delay[why.LATE_GOODS] += seconds(spells, by_day, hours, received, departed)
    delay[why.TOO_FAR] += seconds(spells, by_day, hours, departed, end)


@kernel
def visited(
    spells: Ints, by_day: Ints, hours: int, office: int, assigned: int, arrived: int, start: int, end: int, delay: Ints
) -> None:
    """As ``jobs._delays``, added to the delays."""
    end = max(end, start)
    arrived = cut(arrived, start, end)
    assigned = cut(assigned, start, arrived)
    shut = assigned - start - seconds(spells, by_day, office, start, assigned)
    off_duty, busy = split(spells, by_day, hours, start, assigned, shut)
    delay[why.OFF_DUTY] += off_duty
    delay[why.BUSY] += busy
    delay[why.TOO_FAR] += seconds(spells, by_day, hours, assigned, arrived)


@kernel
def no_way(delivered: Bools, town: int, ready: int, route: int) -> bool:
    """As ``orders.no_way``."""
    return (ready >= 0 and route < 0) or not delivered[town]
