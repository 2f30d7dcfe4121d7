"""The event loop: arrivals and wakings come from sorted streams beside the heap, everything else through it."""

from __future__ import annotations

from simsvc.clock import DAY
from simsvc.engine import kinds
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.delivery import courier_or_van, deliver, depart_vans, ordered, schedule_vans
from simsvc.engine.compiled.desk import change_shift, release, schedule_shift
from simsvc.engine.compiled.dispatch import new_day, offer
from simsvc.engine.compiled.heap import ENTITY_BITS, ENTITY_MASK, KIND_BITS, KIND_MASK, NO_KEY, key_of, pop, push
from simsvc.engine.compiled.loaners import RENEWED, back_home, send
from simsvc.engine.compiled.needs import came
from simsvc.engine.compiled.repair import expert_over, follow_up, unit_comes
from simsvc.engine.compiled.rows import new_ticket, ticket
from simsvc.engine.compiled.sending import depart
from simsvc.engine.compiled.stores import receive
from simsvc.engine.compiled.tickets import (
    CALLS,
    ORDERED_ANEW,
    begin,
    calls,
    decided,
    hang_up,
    has_pool,
    remote_over,
    triaged,
)  # fmt: skip
from simsvc.engine.compiled.visits import (
    arrive,
    come_home,
    contractor_arrives,
    contractor_ends,
    cut_off,
    end_work,
    look,
    overdue,
)  # fmt: skip
from simsvc.engine.compiled.work import release as release_planned
from simsvc.engine.compiled.work import rework
from simsvc.kernels import float64_cells, inlined, int32_cells, int64_cells, lean_kernel


@lean_kernel
def simulate_at(memory, travel, floats):
    """``simulate`` by the addresses of whole numbers, travel times and real numbers: pointers are far faster."""
    simulate(int64_cells(memory), int32_cells(travel), float64_cells(floats))  # type: ignore[call-arg]


@inlined
def simulate(M, R, F):
    """Run from time 0 to the horizon. ``M[FULL]`` then says whether there was room for all."""
    for pool in range(3):
        if has_pool(M, pool):
            schedule_shift(M, pool)
    for route in range(M[at.ROUTES]):
        schedule_vans(M, route)
    _schedule_contractor(M)
    fault = _key(M, at.FAULT_TIME, at.FAULT_AT, at.PRIMARY, kinds.REPORT)
    order = _key(M, at.ORDER_TIME, at.ORDER_AT, at.ORDER_PRIMARY, kinds.REPORT)
    planned = _key(M, at.PLANNED_TIME, at.PLANNED_AT, at.PLANNED, kinds.RELEASE)
    day, last = key_of(0, kinds.DAY, 0), key_of(M[at.HORIZON], 0, 0)
    while not M[at.FULL]:
        pending = M[M[at.HEAP]] if M[at.HEAP_SIZE] else NO_KEY
        wake = _next_wake(M) if M[at.WAITING] else NO_KEY
        key = min(pending, fault, order, planned, day, wake)
        if key >= last:
            break
        M[at.NOW], M[at.LAST] = key >> (KIND_BITS + ENTITY_BITS), key
        M[at.EVENTS] += 1
        if key == day:
            _midnight(M, R, F)
            tomorrow = M[at.TODAY] + 1
            day = key_of(tomorrow * DAY, kinds.DAY, 0) if tomorrow < M[at.DAYS] else NO_KEY
        elif key == wake:
            M[at.WAKE_AT] += 1
            offer(M, R, F, key & ENTITY_MASK, -1)
        elif key == pending:
            _happens(M, R, F, (key >> ENTITY_BITS) & KIND_MASK, key & ENTITY_MASK, pop(M))
        elif key == fault:
            k = M[at.FAULT_AT]
            M[at.FAULT_AT] = k + 1
            fault = _key(M, at.FAULT_TIME, at.FAULT_AT, at.PRIMARY, kinds.REPORT)
            new_ticket(M, k)
            begin(M, R, F, k)
        elif key == order:
            k = M[at.ORDER_AT]
            M[at.ORDER_AT] = k + 1
            order = _key(M, at.ORDER_TIME, at.ORDER_AT, at.ORDER_PRIMARY, kinds.REPORT)
            ordered(M, k)
        else:
            k = M[at.PLANNED_AT]
            M[at.PLANNED_AT] = k + 1
            planned = _key(M, at.PLANNED_TIME, at.PLANNED_AT, at.PLANNED, kinds.RELEASE)
            release_planned(M, R, F, k)
    cut_off(M)


@lean_kernel
def _key(M, times, at_row, count, kind):
    """The next event of a stream sorted by time."""
    k = M[at_row]
    return key_of(M[M[times] + k], kind, k) if k < M[count] else NO_KEY


@inlined
def _next_wake(M):
    """The next moment at which somebody comes on duty or on call; those that are past met nobody waiting."""
    k, count, wakes = M[at.WAKE_AT], M[at.WAKES], M[at.WAKE]
    while k < count and M[wakes + k] <= M[at.LAST]:
        k += 1
    M[at.WAKE_AT] = k
    return M[wakes + k] if k < count else NO_KEY


@inlined
def _midnight(M, R, F):
    """Each midnight other engineers may serve other towns."""
    new_day(M, M[at.NOW] // DAY)
    if M[at.WAITING]:
        for e in range(M[at.STAFF]):
            offer(M, R, F, e, -1)


@inlined
def _schedule_contractor(M):
    """The next moment at which the contractor opens."""
    if M[at.CONTRACTOR] and M[at.CONTRACTOR_HOURS] >= 0:
        row = M[at.HOURS] + 4 * M[at.CONTRACTOR_HOURS]
        if M[at.CONTRACTOR_AT] < M[row + 3]:
            push(M, M[M[row] + M[at.CONTRACTOR_AT]], kinds.ROSTER, M[at.STAFF], 0)
            M[at.CONTRACTOR_AT] += 1


@inlined
def _happens(M, R, F, kind, entity, payload):
    """One event of the heap."""
    if kind == kinds.HANDLED:
        _handled(M, R, F, entity)
    elif kind == kinds.DEPART:
        depart(M, R, F, entity)
    elif kind == kinds.ARRIVE:
        if entity < M[at.STAFF]:
            arrive(M, F, entity)
        else:
            contractor_arrives(M, F, entity - M[at.STAFF])
    elif kind == kinds.WORK_END:
        if entity < M[at.STAFF]:
            end_work(M, R, F, entity)
        else:
            contractor_ends(M, R, F, entity - M[at.STAFF])
    elif kind == kinds.HOME:
        come_home(M, R, F, entity)
    elif kind == kinds.DECIDED:
        decided(M, R, F, entity)
    elif kind == kinds.RECEIPT:
        k = receive(M, entity)
        if k >= 0:
            _served(M, R, F, k)
    elif kind == kinds.LATERAL:
        _served(M, R, F, payload)
    elif kind == kinds.READY:
        courier_or_van(M, R, entity)
    elif kind == kinds.DELIVER:
        deliver(M, R, F, entity)
    elif kind == kinds.VAN:
        depart_vans(M, R, F, entity)
    elif kind == kinds.REPORT:
        _reported(M, R, F, entity, payload)
    else:
        _seldom(M, R, F, kind, entity, payload)


@inlined
def _seldom(M, R, F, kind, entity, payload):
    if kind == kinds.SHIFT:
        change_shift(M, payload)
    elif kind == kinds.HANG_UP:
        hang_up(M, entity)
    elif kind == kinds.UNIT:
        unit_comes(M, R, F, entity)
    elif kind == kinds.STAND_IN:
        if payload == RENEWED:
            back_home(M, entity)
        elif not M[ticket(M, entity) + at.OVER]:
            send(M, R, F, entity)
    elif kind == kinds.REVIEWED:
        rework(M, R, F, entity)
    elif kind == kinds.OVERFLOW:
        overdue(M, F, entity)
    else:  # ROSTER: the contractor opens
        look(M, F)
        _schedule_contractor(M)


@inlined
def _handled(M, R, F, k):
    pool = M[ticket(M, k) + at.STAGE]
    release(M, pool)
    if pool == at.DESK_POOL:
        triaged(M, R, F, k)
    elif pool == at.REMOTE_POOL:
        remote_over(M, R, F, k)
    else:
        expert_over(M, R, F, k)


@inlined
def _reported(M, R, F, k, what):
    if what == CALLS:
        calls(M, k)
    elif what == ORDERED_ANEW:
        ordered(M, k)
    else:
        begin(M, R, F, k)


@inlined
def _served(M, R, F, k):
    """A part has come for a ticket."""
    if came(M, k):
        follow_up(M, R, F, k)
