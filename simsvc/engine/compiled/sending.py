"""Somebody is sent: the visit begins, he gets ready and sets off; as the first part of ``reference.visits``."""

from __future__ import annotations

from simsvc.engine import kinds
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.crewing import close_trip, on_duty, station_today
from simsvc.engine.compiled.heap import push
from simsvc.engine.compiled.luck import FAULT_LEGS, LOANER_LEGS, ORDER_LEGS, mobilise, noise_out, set_out
from simsvc.engine.compiled.needs import ask_for_part
from simsvc.engine.compiled.roads import expected, trip
from simsvc.engine.compiled.rows import engineer, new_visit, note_state, ticket, visit_row
from simsvc.kernels import lean_kernel
from simsvc.log.schema import JOB_KINDS, STATES

FAULT, FOLLOW_UP, LOANER_VISIT = (JOB_KINDS.index(kind) for kind in ("fault", "follow_up", "loaner"))
SET_OUT, TRAVEL_OUT = STATES.index("set_out"), STATES.index("travel_out")
SENT = -2
"""Of a stand-in's job: somebody is on his way with it."""


@lean_kernel
def is_fault(kind):
    """Whether a visit is to a fault, first or again."""
    return kind in (FAULT, FOLLOW_UP)


@lean_kernel
def way(M, R, origin, via, town, t):
    """Expected seconds from the origin, past the place where a part lies (-1 for none), to the site."""
    if via < 0:
        return expected(M, R, origin, town, t)
    return expected(M, R, origin, via, t) + expected(M, R, via, town, t)


@lean_kernel
def passed(via, origin, on_road):
    """The place to pass on the way: none where he is there already."""
    return -1 if via == origin and not on_road else via


@lean_kernel
def legs_of(M, kind, index):
    """Table of the luck of a visit, and its row."""
    if is_fault(kind):
        return FAULT_LEGS, index
    if kind == LOANER_VISIT:
        return LOANER_LEGS, index
    row = M[at.JOB_ROWS] + index * at.WORK
    return ORDER_LEGS + M[row + at.WORK_ORIGIN], M[row + at.WORK_SOURCE]


@lean_kernel
def visit_of(M, kind, number):
    """Which visit's luck counts: faults have some of their own for each of the first few."""
    last = M[M[at.LEGS] + at.LEG_VISITS] - 1 if is_fault(kind) else 0
    return min(number, last)


@lean_kernel
def start(M, R, F, e, slot, origin, on_road, tier):
    """An engineer is sent to a job that is in nobody's hands; the job's slot is free again afterwards."""
    now, row, job = M[at.NOW], engineer(M, e), M[at.NODES] + slot * at.NODE
    close_trip(M, e, now, origin)
    kind, index, number = M[job + at.JOB_KIND], M[job + at.JOB_INDEX], M[job + at.JOB_NUMBER]
    town, via = M[job + at.JOB_TOWN], passed(M[job + at.JOB_VIA], origin, on_road)
    duty, station, visit = on_duty(M, e), station_today(M, e), new_visit(M)
    M[row + at.BUSY], M[row + at.VISIT], M[row + at.KIND], M[row + at.INDEX] = 1, visit, kind, index
    M[row + at.NUMBER], M[row + at.TOWN], M[row + at.ORIGIN], M[row + at.VIA] = number, town, origin, via
    M[row + at.ON_ROAD], M[row + at.ON_DUTY] = on_road, duty

    fault = is_fault(kind)
    of_ticket = fault or kind == LOANER_VISIT
    cell = visit_row(M, visit)
    M[cell], M[cell + 1] = visit, kind
    M[cell + 2], M[cell + 3] = (index, -1) if of_ticket else (-1, index)
    M[cell + 4], M[cell + 5], M[cell + 6], M[cell + 7] = number + 1, e, station, tier
    M[cell + 8], M[cell + 9], M[cell + 10], M[cell + 11] = origin, via, town, M[job + at.JOB_READY]
    M[cell + 12] = now
    for empty in range(13, 17):
        M[cell + empty] = -1
    M[cell + 17], M[cell + 18] = way(M, R, origin, via, town, now), -1
    _free(M, slot)
    if fault:
        M[ticket(M, index) + at.VISITED] += 1
        if kind == FAULT:
            M[ticket(M, index) + at.ASSIGNED] = now
    elif of_ticket:
        M[ticket(M, index) + at.LOAN_JOB] = SENT
    else:
        M[M[at.JOB_ROWS] + index * at.WORK + at.WORK_ASSIGNED] = now

    needed = fault and ask_for_part(M, F, station, index)
    M[row + at.NEEDED] = needed
    M[row + at.BROUGHT] = M[cell + 19] = not needed or M[ticket(M, index) + at.HAVE] == 1
    prepare = 0
    if not on_road:
        table, k = legs_of(M, kind, index)
        nth = visit_of(M, kind, number)
        prepare = set_out(M, F, table, k, nth) if duty else mobilise(M, F, table, k, nth)
    M[row + at.PREPARE] = prepare
    if prepare:
        push(M, now + prepare, kinds.DEPART, e, 0)
    else:
        depart(M, R, F, e)


@lean_kernel
def _free(M, slot):
    M[M[at.NODES] + slot * at.NODE + at.JOB_BEHIND] = M[at.NODE_FREE]
    M[at.NODE_FREE] = slot


@lean_kernel
def depart(M, R, F, e):
    """He is ready and sets off."""
    now, row = M[at.NOW], engineer(M, e)
    visit, kind, index, town = M[row + at.VISIT], M[row + at.KIND], M[row + at.INDEX], M[row + at.TOWN]
    cell, origin, via = visit_row(M, visit), M[row + at.ORIGIN], M[row + at.VIA]
    note_state(M, e, SET_OUT, M[cell + at.V_ASSIGNED], now, origin, visit)
    M[cell + at.V_DEPARTED] = now
    table, k = legs_of(M, kind, index)
    noise = noise_out(M, F, table, k, visit_of(M, kind, M[row + at.NUMBER]))
    arrive, held = now, 0
    if via >= 0:
        arrive, held = trip(M, R, origin, via, now, noise)
        origin = via
    arrive, more = trip(M, R, origin, town, arrive, noise)
    held += more
    if kind == FAULT:
        log = ticket(M, index)
        M[log + at.DEPARTED] = now
        if not M[row + at.ON_ROAD]:
            M[log + (at.SET_OUT if M[row + at.ON_DUTY] else at.MOBILISE)] = M[row + at.PREPARE]
        M[log + at.HELD], M[log + at.TRAVEL] = held, arrive - now - held
    push(M, arrive, kinds.ARRIVE, e, 0)
