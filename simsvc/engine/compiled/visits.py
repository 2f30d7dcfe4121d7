"""On site, at work, free again; as the second part of ``reference.visits``."""

from __future__ import annotations

from simsvc.clock import DAY
from simsvc.engine import kinds
from simsvc.engine.compiled import luck
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.contractor import call, is_free
from simsvc.engine.compiled.crewing import base, close_trip, duty_seconds
from simsvc.engine.compiled.dispatch import offer
from simsvc.engine.compiled.heap import push
from simsvc.engine.compiled.loaners import brought
from simsvc.engine.compiled.repair import DONE, finish, work
from simsvc.engine.compiled.roads import crossing_to, trip
from simsvc.engine.compiled.rows import engineer, note_state, ticket, visit_row
from simsvc.engine.compiled.sending import FAULT, LOANER_VISIT, SET_OUT, TRAVEL_OUT, is_fault, legs_of, visit_of
from simsvc.engine.compiled.waiting import first_late, take_out
from simsvc.kernels import inlined, lean_kernel
from simsvc.log.schema import STATES

ON_SITE = STATES.index("on_site")
FREE_WHEN = ("from-site", "when-home", "duty-days")


@inlined
def arrive(M, F, e):
    """He is on site; when he will be done is known from here."""
    now, row = M[at.NOW], engineer(M, e)
    kind, index = M[row + at.KIND], M[row + at.INDEX]
    visit = M[row + at.VISIT]
    cell = visit_row(M, visit)
    note_state(M, e, TRAVEL_OUT, M[cell + at.V_DEPARTED], now, M[row + at.TOWN], visit)
    M[cell + at.V_ARRIVED] = now
    fault = is_fault(kind)
    if kind == FAULT:
        M[ticket(M, index) + at.ARRIVED] = now
    elif not (fault or kind == LOANER_VISIT):
        M[M[at.JOB_ROWS] + index * at.WORK + at.WORK_ARRIVED] = now
    table, k = legs_of(M, kind, index)
    nth = visit_of(M, kind, M[row + at.NUMBER])
    begin = now + luck.access(M, F, table, k, nth)
    if begin < M[at.HORIZON]:
        M[cell + at.V_START] = begin
    takes = work(M, F, index, nth, M[row + at.BROUGHT]) if fault else luck.work(M, F, table, k, nth)
    push(M, begin + takes, kinds.WORK_END, e, 0)


@inlined
def end_work(M, R, F, e):
    """The work ends; he takes the next job or goes home."""
    now, row = M[at.NOW], engineer(M, e)
    kind, index, site = M[row + at.KIND], M[row + at.INDEX], M[row + at.TOWN]
    visit = M[row + at.VISIT]
    cell = visit_row(M, visit)
    nth = visit_of(M, kind, M[row + at.NUMBER])
    note_state(M, e, ON_SITE, M[cell + at.V_ARRIVED], now, site, visit)
    M[cell + at.V_END] = now
    if is_fault(kind):
        station, needed, had = M[cell + at.V_STATION], M[row + at.NEEDED], M[row + at.BROUGHT]
        M[cell + at.V_OUTCOME] = finish(M, R, F, station, index, needed, had, nth)
    else:
        M[cell + at.V_OUTCOME] = DONE
        if kind == LOANER_VISIT:
            brought(M, index)
        else:
            M[M[at.JOB_ROWS] + index * at.WORK + at.WORK_DONE] = now
    _go_home(M, R, F, e, kind, index, nth, site, visit)


@inlined
def _go_home(M, R, F, e, kind, index, nth, site, visit):
    """Free from the end of the work, or only when home; without a next job he drives home."""
    now, row, from_site = M[at.NOW], engineer(M, e), _sent_on(M, e, site)
    if from_site:
        M[row + at.BUSY] = 0
        if offer(M, R, F, e, site):
            return
    table, k = legs_of(M, kind, index)
    home, _ = trip(M, R, site, base(M, e), now, luck.noise_back(M, F, table, k, nth))
    M[row + at.TRIP_START], M[row + at.TRIP_END] = now, home
    M[row + at.TRIP_ORIGIN], M[row + at.TRIP_VISIT] = site, visit
    if not from_site:
        push(M, home, kinds.HOME, e, 0)


@inlined
def _sent_on(M, e, site):
    """Whether he is free from the end of the work; nobody is called on the way back by boat or air."""
    if crossing_to(M, site) >= 0 or M[at.FREE_WHEN] == 1:
        return False
    today = M[at.TODAY] * DAY
    return M[at.FREE_WHEN] == 0 or duty_seconds(M, e, today, today + DAY) > 0


@inlined
def come_home(M, R, F, e):
    """He is home, and free."""
    close_trip(M, e, M[at.NOW], base(M, e))
    M[engineer(M, e) + at.BUSY] = 0
    offer(M, R, F, e, -1)


@inlined
def contractor_arrives(M, F, k):
    """The contractor is on site."""
    log, now = ticket(M, k), M[at.NOW]
    cell = visit_row(M, M[log + at.CONTRACTOR_ROW])
    M[cell + at.V_ARRIVED] = M[log + at.ARRIVED] = now
    begin = now + luck.access(M, F, luck.FAULT_LEGS, k, 0)
    if begin < M[at.HORIZON]:
        M[cell + at.V_START] = begin
    push(M, begin + work(M, F, k, 0, M[log + at.CONTRACTOR_BROUGHT]), kinds.WORK_END, M[at.STAFF] + k, 0)


@inlined
def contractor_ends(M, R, F, k):
    """The contractor's work ends, and he looks what is late."""
    log = ticket(M, k)
    cell = visit_row(M, M[log + at.CONTRACTOR_ROW])
    M[cell + at.V_END] = M[at.NOW]
    station, needed = M[M[at.PARTS_FROM] + M[cell + at.V_TOWN]], M[M[at.PART] + k] >= 0
    M[cell + at.V_OUTCOME] = finish(M, R, F, station, k, needed, M[log + at.CONTRACTOR_BROUGHT], 0)
    M[at.IN_HAND] -= 1
    look(M, F)


@lean_kernel
def look(M, F):
    """The contractor takes late faults that still wait, as long as he has room."""
    while is_free(M):
        slot = first_late(M)
        if slot < 0:
            return
        take_out(M, slot)
        call(M, F, slot)


@inlined
def overdue(M, F, k):
    """A fault has waited so long that the contractor may take it."""
    slot = M[ticket(M, k) + at.WAIT_JOB]
    if slot >= 0:
        M[M[at.NODES] + slot * at.NODE + at.JOB_LATE] = 1
        look(M, F)


@inlined
def cut_off(M):
    """The run ends: what is under way stands in the diary up to here."""
    for visit in range(M[at.VISIT_COUNT]):
        cell = visit_row(M, visit)
        if M[cell + at.V_ENGINEER] < 0 or M[cell + at.V_END] >= 0:
            continue
        state, start, where = SET_OUT, M[cell + at.V_ASSIGNED], M[cell + at.V_ORIGIN]
        if M[cell + at.V_DEPARTED] >= 0:
            state, start, where = TRAVEL_OUT, M[cell + at.V_DEPARTED], M[cell + at.V_TOWN]
        if M[cell + at.V_ARRIVED] >= 0:
            state, start = ON_SITE, M[cell + at.V_ARRIVED]
        note_state(M, M[cell + at.V_ENGINEER], state, start, M[at.HORIZON], where, visit)
    M[at.NOW] = M[at.HORIZON] - 1
    for e in range(M[at.STAFF]):
        close_trip(M, e, M[at.HORIZON], base(M, e))
