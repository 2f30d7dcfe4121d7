"""The part that a ticket needs: asked for, found, waited for; as ``Need`` in ``reference.repair``."""

from __future__ import annotations

from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.rows import ticket
from simsvc.engine.compiled.stores import source
from simsvc.kernels import lean_kernel

LIVE, GONE = 1, 2


@lean_kernel
def ask_for_part(M, F, station, k):
    """Somebody is sent from a station: he takes the part that the remote diagnosis names. Whether one is needed."""
    row = ticket(M, k)
    if M[M[at.PART] + k] < 0 or M[row + at.NEW_UNIT] >= 0:
        return False
    if not M[row + at.NEED]:
        M[row + at.NEED] = LIVE
    if M[row + at.ASKED] < 0 and M[M[at.RIGHT_PART] + k]:
        take(M, F, station, k)
    return True


@lean_kernel
def take(M, F, station, k):
    """Ask the station's stores for the part."""
    row, part = ticket(M, k), M[M[at.PART] + k]
    M[row + at.ASKED], M[row + at.STORE] = M[at.NOW], station
    found = source(M, F, station, part, k)
    M[row + at.HAVE] = found >= 0
    M[row + at.SUBSTITUTED] = found >= 0 and found != part


@lean_kernel
def came(M, k):
    """A part has come for a ticket, whose unit may have left meanwhile. Whether the ticket only waited for it."""
    row = ticket(M, k)
    if M[row + at.NEED] != LIVE:
        return False
    M[row + at.HAVE] = M[row + at.FETCH] = 1
    M[row + at.PART_WAIT] = M[at.NOW] - M[row + at.ASKED]
    return M[row + at.IDLE] == 1
