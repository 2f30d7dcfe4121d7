"""Spare parts: shelves, one-for-one replenishment, lateral transshipment, as ``reference.stores``."""

from __future__ import annotations

from simsvc.engine import kinds
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.heap import push
from simsvc.engine.compiled.hours import spell_end
from simsvc.engine.compiled.luck import LATERAL_BASE, LEAD_BASE, lead
from simsvc.engine.compiled.rows import note_move
from simsvc.kernels import lean_kernel
from simsvc.log.schema import STOCK_EVENTS

ISSUE, RECEIPT, BACKORDER, LATERAL = (STOCK_EVENTS.index(e) for e in ("issue", "receipt", "backorder", "lateral"))


@lean_kernel
def source(M, F, station, part, k):
    """Ask for a piece for ticket ``k``: the part taken, -1 if it has to come."""
    parts = M[at.PARTS]
    mine = M[at.SHELVES] + station * parts * at.SHELF
    if not M[mine + part * at.SHELF + at.ON_HAND]:
        other = M[M[at.SUBSTITUTE] + part]
        if other >= 0 and M[mine + other * at.SHELF + at.ON_HAND]:
            part = other
        elif _sent_by_another(M, F, station, part, k):
            return -1
    there = _take(M, station * parts + part, k, 0, 0)
    _replenish(M, F, station * parts + part)
    return part if there else -1


@lean_kernel
def _take(M, shelf, waiter, of_shelf, transport):
    """Ask for a piece. True if it is there; otherwise the waiter stands in the queue."""
    row = M[at.SHELVES] + shelf * at.SHELF
    there = M[row + at.ON_HAND] > 0
    M[row + at.ON_ORDER] += 1
    if there:
        M[row + at.ON_HAND] -= 1
        note_move(M, shelf, ISSUE)
    else:
        _queue(M, row, waiter, of_shelf, transport)
        note_move(M, shelf, BACKORDER)
    return there


@lean_kernel
def _queue(M, row, waiter, of_shelf, transport):
    """A backorder at the end of a shelf's queue."""
    number = M[at.BACK_FREE]
    if number >= 0:
        M[at.BACK_FREE] = M[M[at.BACK] + number * at.BACKORDER + at.BACK_NEXT]
    elif M[at.BACK_USED] < M[at.BACK_ROOM]:
        number = M[at.BACK_USED]
        M[at.BACK_USED] = number + 1
    else:
        M[at.FULL] = at.BACK_FULL
        return
    cell = M[at.BACK] + number * at.BACKORDER
    M[cell + at.WAITER], M[cell + at.OF_SHELF], M[cell + at.TRANSPORT] = waiter, of_shelf, transport
    M[cell + at.BACK_NEXT] = -1
    if M[row + at.BACK_COUNT]:
        M[M[at.BACK] + M[row + at.BACK_TAIL] * at.BACKORDER + at.BACK_NEXT] = number
    else:
        M[row + at.BACK_HEAD] = number
    M[row + at.BACK_TAIL] = number
    M[row + at.BACK_COUNT] += 1


@lean_kernel
def _sent_by_another(M, F, station, part, k):
    """Lateral transshipment; the giving shelf orders for itself, the asking one is untouched."""
    parts, others = M[at.PARTS], M[at.STATIONS] - 1
    for cell in range(station * others, (station + 1) * others):
        drive = M[M[at.LATERAL_DRIVE] + cell]
        if drive < 0:
            continue
        other = M[M[at.NEAREST] + cell]
        shelf = other * parts + part
        row = M[at.SHELVES] + shelf * at.SHELF
        if M[row + at.ON_HAND]:
            M[row + at.ON_HAND] -= 1
            M[row + at.ON_ORDER] += 1
            note_move(M, shelf, LATERAL)
            number = M[row + at.ORDERED_SO_FAR]
            handling = lead(M, F, LATERAL_BASE, M[at.LATERAL_HANDLING], other, part, number)
            M[at.SENT] += 1
            push(M, M[at.NOW] + drive + handling, kinds.LATERAL, M[at.SENT], k)
            _replenish(M, F, shelf)
            return True
    return False


@lean_kernel
def _replenish(M, F, shelf):
    """Order one piece: from the hub, when it has one; stations without a hub from the supplier."""
    if not M[at.HUB]:
        _from_supplier(M, F, shelf)
        return
    parts = M[at.PARTS]
    number = _next_order(M, shelf)
    transport = lead(M, F, LEAD_BASE, M[at.HUB_LEAD], shelf // parts, shelf % parts, number)
    hub = M[at.STATIONS] * parts + shelf % parts
    there = _take(M, hub, shelf, 1, transport)
    _from_supplier(M, F, hub)
    if there:
        push(M, M[at.NOW] + transport, kinds.RECEIPT, shelf, 0)


@lean_kernel
def _from_supplier(M, F, shelf):
    parts = M[at.PARTS]
    number = _next_order(M, shelf)
    due = M[at.NOW] + lead(M, F, LEAD_BASE, M[at.SUPPLIER_LEAD], shelf // parts, shelf % parts, number)
    push(M, spell_end(M, M[at.STRAIT], M[at.STRAIT_END], M[at.STRAIT_COUNT], due), kinds.RECEIPT, shelf, 0)


@lean_kernel
def _next_order(M, shelf):
    cell = M[at.SHELVES] + shelf * at.SHELF + at.ORDERED_SO_FAR
    M[cell] += 1
    return M[cell] - 1


@lean_kernel
def receive(M, shelf):
    """A piece comes in: for the first who waits, or for the shelf. The ticket that is served now, -1 for none."""
    row = M[at.SHELVES] + shelf * at.SHELF
    M[row + at.ON_ORDER] -= 1
    if not M[row + at.BACK_COUNT]:
        M[row + at.ON_HAND] += 1
        note_move(M, shelf, RECEIPT)
        return -1
    number = M[row + at.BACK_HEAD]
    cell = M[at.BACK] + number * at.BACKORDER
    M[row + at.BACK_HEAD] = M[cell + at.BACK_NEXT]
    M[row + at.BACK_COUNT] -= 1
    M[cell + at.BACK_NEXT] = M[at.BACK_FREE]
    M[at.BACK_FREE] = number
    note_move(M, shelf, RECEIPT)
    if M[cell + at.OF_SHELF]:
        push(M, M[at.NOW] + M[cell + at.TRANSPORT], kinds.RECEIPT, M[cell + at.WAITER], 0)
        return -1
    return M[cell + at.WAITER]
