"""The contractor takes over faults for which nobody is free; as ``reference.contractor``."""

from __future__ import annotations

from simsvc.engine import kinds
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.heap import push
from simsvc.engine.compiled.hours import is_open
from simsvc.engine.compiled.needs import ask_for_part
from simsvc.engine.compiled.rows import new_visit, ticket, visit_row
from simsvc.engine.compiled.sending import FAULT
from simsvc.engine.raw import CONTRACTOR_TIER
from simsvc.kernels import lean_kernel


@lean_kernel
def is_free(M):
    """Whether he is open and has room."""
    if M[at.CONTRACTOR_HOURS] >= 0 and not is_open(M, M[at.CONTRACTOR_HOURS], M[at.NOW]):
        return False
    return M[at.ROOM] < 0 or M[at.IN_HAND] < M[at.ROOM]


@lean_kernel
def offer_contractor(M, F, slot):
    """A job for which nobody is free: whether he takes it at once; if not, it may become his later."""
    if not M[at.CONTRACTOR]:
        return False
    job = M[at.NODES] + slot * at.NODE
    k = M[job + at.JOB_INDEX]
    if M[job + at.JOB_KIND] != FAULT or not M[M[at.TAKES] + k]:
        return False
    if M[at.AFTER]:
        push(M, M[at.NOW] + M[at.AFTER], kinds.OVERFLOW, k, 0)
        return False
    if is_free(M):
        call(M, F, slot)
        return True
    M[job + at.JOB_LATE] = 1
    return False


@lean_kernel
def call(M, F, slot):
    """He is called to a job that is in nobody's hands, and comes."""
    job, now = M[at.NODES] + slot * at.NODE, M[at.NOW]
    k, town, ready = M[job + at.JOB_INDEX], M[job + at.JOB_TOWN], M[job + at.JOB_READY]
    M[job + at.JOB_BEHIND] = M[at.NODE_FREE]
    M[at.NODE_FREE] = slot
    M[at.IN_HAND] += 1
    log, visit = ticket(M, k), new_visit(M)
    needed = ask_for_part(M, F, M[M[at.PARTS_FROM] + town], k)
    brought = not needed or M[log + at.HAVE] == 1
    cell = visit_row(M, visit)
    M[cell], M[cell + 1], M[cell + 2], M[cell + 3], M[cell + 4] = visit, FAULT, k, -1, 1
    M[cell + 5], M[cell + 6], M[cell + 7], M[cell + 8], M[cell + 9] = -1, -1, CONTRACTOR_TIER, town, -1
    M[cell + 10], M[cell + 11], M[cell + 12], M[cell + 13] = town, ready, now, now
    M[cell + 14] = M[cell + 15] = M[cell + 16] = M[cell + 18] = -1
    M[cell + 17], M[cell + 19] = M[at.EXPECTED], brought
    M[log + at.CONTRACTOR_ROW], M[log + at.CONTRACTOR_BROUGHT] = visit, brought
    M[log + at.BY_CONTRACTOR] = 1
    M[log + at.VISITED] += 1
    M[log + at.ASSIGNED] = M[log + at.DEPARTED] = now
    arrival = M[M[at.ARRIVAL] + k]
    M[log + at.TRAVEL] = arrival
    push(M, now + arrival, kinds.ARRIVE, M[at.STAFF] + k, 0)
