"""Goods: from the order to the van or courier, and to the customer; as ``reference.delivery``."""

from __future__ import annotations

from simsvc.clock import DAY, NEVER
from simsvc.engine import kinds
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.heap import push
from simsvc.engine.compiled.hours import next_open, not_before, spell_end
from simsvc.engine.compiled.roads import trip
from simsvc.engine.compiled.tickets import ORDERED_ANEW
from simsvc.engine.compiled.work import install
from simsvc.kernels import inlined, lean_kernel

# A van route's row: its moments, how many are past; vans, capacity, unloading; where its vans' returns are kept.
MOMENTS, COUNT, PAST, VANS, CAPACITY, UNLOAD, RETURNS, ROUTE = range(8)


@lean_kernel
def _row(M, k):
    return M[at.ORDER_ROWS] + k * at.ORDER


@lean_kernel
def ordered(M, k):
    """An order comes in: the warehouse takes it in open hours before the cut-off, and makes it ready."""
    row = _row(M, k)
    M[row + at.ORDERED] = M[at.NOW]
    received = next_open(M, M[at.WAREHOUSE_HOURS], M[at.NOW])
    while received < NEVER and received % DAY >= M[at.CUT_OFF]:
        received = next_open(M, M[at.WAREHOUSE_HOURS], (received // DAY + 1) * DAY)
    if received >= NEVER:
        return
    ready, wait = received, M[M[at.PROCUREMENT] + k]
    if wait:
        ready = spell_end(M, M[at.STRAIT], M[at.STRAIT_END], M[at.STRAIT_COUNT], received + wait)
    if received < M[at.HORIZON]:
        M[row + at.RECEIVED] = received
    push(M, ready + M[at.HANDLING_TIME], kinds.READY, k, 0)


@inlined
def courier_or_van(M, R, k):
    """Ready: it queues for its van route, or a courier picks it up at his next moment."""
    row, route = _row(M, k), M[M[at.CARRIER] + k]
    M[row + at.AT_HAND], M[row + at.ROUTED] = M[at.NOW], route
    if route < 0 or R[M[at.WAREHOUSE] * M[at.PLACES] + M[M[at.ORDER_TOWN] + k]] < 0:
        return
    if route >= M[at.ROUTES]:
        cell = M[at.PICK_UPS_FIRST] + route - M[at.ROUTES]
        last = M[at.PICK_UPS] + M[cell + 1]
        turn = not_before(M, M[at.PICK_UPS] + M[cell], last, M[at.NOW])
        if turn < last:
            M[row + at.LEFT] = M[turn]
            push(M, M[turn] + M[M[at.COURIER] + k], kinds.DELIVER, k, 0)
        return
    M[M[at.QUEUE_NEXT] + k] = -1
    if M[M[at.QUEUE_HEAD] + route] < 0:
        M[M[at.QUEUE_HEAD] + route] = k
    else:
        M[M[at.QUEUE_NEXT] + M[M[at.QUEUE_TAIL] + route]] = k
    M[M[at.QUEUE_TAIL] + route] = k


@lean_kernel
def schedule_vans(M, route):
    """The next moment of a route's timetable."""
    row = M[at.ROUTE_ROWS] + route * ROUTE
    if M[row + PAST] < M[row + COUNT]:
        push(M, M[M[row + MOMENTS] + M[row + PAST]], kinds.VAN, route, 0)


@inlined
def depart_vans(M, R, F, route):
    """Vans leave on time, those that are back, as long as goods wait."""
    row = M[at.ROUTE_ROWS] + route * ROUTE
    for van in range(M[row + RETURNS], M[row + RETURNS] + M[row + VANS]):
        if M[van] <= M[at.NOW]:
            first = _load(M, route, M[row + CAPACITY])
            if first >= 0:
                M[van] = _tour(M, R, F, first, M[row + UNLOAD])
                push(M, M[M[at.STOP_TIME] + first], kinds.DELIVER, first, 0)
    M[row + PAST] += 1
    schedule_vans(M, route)


@inlined
def _load(M, route, room):
    """First come, first loaded, until the next order doesn't fit (one larger than a van goes alone).

    The load is a list in the order of the route, which is returned by its first order; -1 for an empty van.
    """
    first, loaded, k = -1, 0, M[M[at.QUEUE_HEAD] + route]
    while k >= 0:
        size, following = M[M[at.SIZE] + k], M[M[at.QUEUE_NEXT] + k]
        if size > room and loaded:
            break
        room, loaded = room - size, loaded + 1
        first = _put(M, first, k)
        k = following
    M[M[at.QUEUE_HEAD] + route] = k
    return first


@lean_kernel
def _put(M, first, k):
    """An order into a load, in the order of the route's areas, towns and orders; the first of the load."""
    before, behind = -1, first
    while behind >= 0 and not _earlier_stop(M, k, behind):
        before, behind = behind, M[M[at.QUEUE_NEXT] + behind]
    M[M[at.QUEUE_NEXT] + k] = behind
    if before < 0:
        return k
    M[M[at.QUEUE_NEXT] + before] = k
    return first


@lean_kernel
def _earlier_stop(M, a, b):
    if M[M[at.STOP_RANK] + a] != M[M[at.STOP_RANK] + b]:
        return M[M[at.STOP_RANK] + a] < M[M[at.STOP_RANK] + b]
    if M[M[at.ORDER_TOWN] + a] != M[M[at.ORDER_TOWN] + b]:
        return M[M[at.ORDER_TOWN] + a] < M[M[at.ORDER_TOWN] + b]
    return a < b


@inlined
def _tour(M, R, F, first, unload):
    """Moment of each delivery, kept with the orders, and when the van is back."""
    t, place, k, noise = M[at.NOW], M[at.WAREHOUSE], first, 1.0
    while k >= 0:
        noise, town = F[M[at.ORDER_NOISE] + k], M[M[at.ORDER_TOWN] + k]
        if town != place or k == first:
            t, _ = trip(M, R, place, town, t, noise)
        t, place = t + unload, town
        M[_row(M, k) + at.LEFT], M[M[at.STOP_TIME] + k] = M[at.NOW], t
        k = M[M[at.QUEUE_NEXT] + k]
    back, _ = trip(M, R, place, M[at.WAREHOUSE], t, noise)
    return back


@inlined
def deliver(M, R, F, k):
    """The goods are there. What has to be installed is; faulty goods are sent out anew. The van goes on."""
    M[_row(M, k) + at.DELIVERED] = M[at.NOW]
    if M[M[at.INSTALL] + k] >= 0:
        install(M, R, F, k)
    child = M[M[at.ORDER_CHILD] + k]
    if child >= 0:
        push(M, M[at.NOW] + M[M[at.ORDER_AFTER] + child], kinds.REPORT, child, ORDERED_ANEW)
    if M[_row(M, k) + at.ROUTED] < M[at.ROUTES] and M[M[at.QUEUE_NEXT] + k] >= 0:
        onward = M[M[at.QUEUE_NEXT] + k]
        push(M, M[M[at.STOP_TIME] + onward], kinds.DELIVER, onward, 0)
