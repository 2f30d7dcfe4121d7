"""Stand-in devices, lent while a unit is repaired; as ``reference.loaners``."""

from __future__ import annotations

from simsvc.engine import kinds
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.dispatch import add, cancel
from simsvc.engine.compiled.heap import push
from simsvc.engine.compiled.rows import ticket
from simsvc.engine.compiled.sending import LOANER_VISIT
from simsvc.engine.compiled.waiting import new_job
from simsvc.kernels import inlined, lean_kernel

NONE = -1
TRANSFERRED, RENEWED = range(2)
"""What STAND_IN means: a piece has come from another station, or the pool has another for one that stays."""


@lean_kernel
def ask(M, R, F, station, k):
    """A visit to ticket ``k`` has ended without repair, and the next can't follow at once."""
    log = ticket(M, k)
    if not M[at.WITH_LOANERS] or M[log + at.LENT] or M[M[at.POOL] + k] < 0:
        return
    if M[log + at.LOANER_ASKED] < 0:
        M[log + at.LOANER_ASKED] = M[at.NOW]
    pool = M[M[at.POOL] + k]
    home = _source(M, pool, station)
    if home < 0:
        return
    M[M[at.FREE] + pool * M[at.STATIONS] + home] -= 1
    M[log + at.LOANER], M[log + at.LENT], M[log + at.LOAN_HOME], M[log + at.LOAN_JOB] = pool, 1, home, NONE
    M[log + at.IN_PLACE] = M[log + at.OVER] = 0
    M[log + at.LOAN_STATION] = station
    if home != station:
        push(M, M[at.NOW] + M[M[at.TRANSFER] + k], kinds.STAND_IN, k, TRANSFERRED)
    elif M[M[at.BROUGHT_BY] + k]:
        placed(M, k)
    else:
        send(M, R, F, k)


@lean_kernel
def _source(M, pool, station):
    """The station itself if it has a piece, else the nearest that has; -1 for none."""
    free, others = M[at.FREE] + pool * M[at.STATIONS], M[at.STATIONS] - 1
    if M[free + station]:
        return station
    for cell in range(M[at.NEAREST] + station * others, M[at.NEAREST] + (station + 1) * others):
        if M[cell] >= 0 and M[free + M[cell]]:
            return M[cell]
    return -1


@lean_kernel
def send(M, R, F, k):
    """A visit from the station where the piece lies, ranked as a follow-up."""
    log = ticket(M, k)
    due = M[log + at.REPORTED] + M[M[at.THRESHOLD] + M[log + at.LOANER]] if M[at.BY_DUE] else M[at.NOW]
    number, rank, via = (
        M[log + at.VISITED],
        2 * M[M[at.PRIORITY] + k] + 1,
        M[M[at.STATION_PLACE] + M[log + at.LOAN_STATION]],
    )
    slot = new_job(M, LOANER_VISIT, k, number, M[M[at.FAULT_TOWN] + k], rank, due, via, M[M[at.GROUP] + k])
    M[log + at.LOAN_JOB] = slot
    add(M, R, F, slot)


@lean_kernel
def placed(M, k):
    """It is in place."""
    log = ticket(M, k)
    M[log + at.LOAN_JOB], M[log + at.IN_PLACE], M[log + at.LOANER_PLACED] = NONE, 1, M[at.NOW]


@inlined
def brought(M, k):
    """The visit that brings a piece ends: it is in place, or comes back since the ticket ended meanwhile."""
    if M[ticket(M, k) + at.OVER]:
        _return(M, k)
    else:
        placed(M, k)


@lean_kernel
def give_back(M, k):
    """The ticket ends: its piece comes back, at once unless it is just being brought."""
    log = ticket(M, k)
    if not M[log + at.LENT]:
        return
    M[log + at.OVER] = 1
    slot = M[log + at.LOAN_JOB]
    if slot >= 0:
        cancel(M, slot)
    if slot >= NONE:
        _return(M, k)


@lean_kernel
def keep(M, k):
    """The unit was scrapped: a piece in place stays for good, and the pool gets another. Whether there is one."""
    log = ticket(M, k)
    if not (M[log + at.LENT] and M[log + at.IN_PLACE]):
        return False
    M[log + at.LENT] = 0
    push(M, M[at.NOW] + M[M[at.RENEWAL] + k], kinds.STAND_IN, k, RENEWED)
    return True


@lean_kernel
def _return(M, k):
    M[ticket(M, k) + at.LENT] = 0
    back_home(M, k)


@lean_kernel
def back_home(M, k):
    """The pool has a piece again where this one belonged."""
    log = ticket(M, k)
    M[M[at.FREE] + M[log + at.LOANER] * M[at.STATIONS] + M[log + at.LOAN_HOME]] += 1
