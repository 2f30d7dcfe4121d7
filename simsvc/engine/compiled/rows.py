"""What a run writes down: visits, stock moves, engineer states. Without room the run is done again with more."""

from __future__ import annotations

from simsvc.engine.compiled import slots as at
from simsvc.kernels import lean_kernel


@lean_kernel
def ticket(M, k):
    """Where the record of a ticket is."""
    return M[at.TICKETS] + k * at.TICKET


@lean_kernel
def engineer(M, e):
    """Where the record of an engineer is."""
    return M[at.ENGINEERS] + e * at.ENGINEER


@lean_kernel
def new_ticket(M, k):
    """A record of which nothing has happened yet."""
    row = ticket(M, k)
    for cell in range(row, row + at.FIRST_AMOUNT):
        M[cell] = -1
    for cell in range(row + at.FIRST_AMOUNT, row + at.TICKET):
        M[cell] = 0
    M[row + at.NEW_UNIT] = M[row + at.ASKED] = M[row + at.WAIT_JOB] = M[row + at.LOAN_JOB] = -1
    return row


@lean_kernel
def new_visit(M):
    """Number of a new visit's row."""
    visit = M[at.VISIT_COUNT]
    if visit == M[at.VISIT_ROOM]:
        M[at.FULL] = at.VISITS_FULL
        return visit - 1
    M[at.VISIT_COUNT] = visit + 1
    return visit


@lean_kernel
def visit_row(M, visit):
    """Where the row of a visit is."""
    return M[at.VISIT_ROWS] + visit * at.V_ROW


@lean_kernel
def note_state(M, e, state, start, end, place, visit):
    """One spell of an engineer, cut off at the horizon; empty ones are left out."""
    end = min(end, M[at.HORIZON])
    if end <= start:
        return
    count = M[at.STATE_COUNT]
    if count == M[at.STATE_ROOM]:
        M[at.FULL] = at.STATES_FULL
        return
    M[at.STATE_COUNT] = count + 1
    row = M[at.STATE_ROWS] + count * at.STATE
    M[row], M[row + 1], M[row + 2], M[row + 3], M[row + 4], M[row + 5] = e, state, start, end, place, visit


@lean_kernel
def note_move(M, shelf, event):
    """How a shelf stands after something happened."""
    count = M[at.STOCK_COUNT]
    if count == M[at.STOCK_ROOM]:
        M[at.FULL] = at.STOCK_FULL
        return
    M[at.STOCK_COUNT] = count + 1
    row, stock = M[at.STOCK_ROWS] + count * at.MOVE, M[at.SHELVES] + shelf * at.SHELF
    M[row], M[row + 1], M[row + 2], M[row + 3] = M[at.NOW], shelf // M[at.PARTS], shelf % M[at.PARTS], event
    M[row + 4], M[row + 5], M[row + 6] = M[stock + at.ON_HAND], M[stock + at.ON_ORDER], M[stock + at.BACK_COUNT]
