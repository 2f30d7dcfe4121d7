"""Jobs that wait: for each group of jobs that the same engineers may do, and each rank, a list in order.

Order within a rank is (due or ready time, kind, index, number). New jobs mostly come last, so
they are put in from behind.
"""

from __future__ import annotations

from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.rows import ticket
from simsvc.engine.compiled.sending import FAULT
from simsvc.kernels import lean_kernel


@lean_kernel
def new_job(M, kind, index, number, town, rank, due, via, group):
    """Slot of a job that is ready now, not yet among those waiting."""
    slot = M[at.NODE_FREE]
    if slot >= 0:
        M[at.NODE_FREE] = M[M[at.NODES] + slot * at.NODE + at.JOB_BEHIND]
    elif M[at.NODE_USED] < M[at.NODE_ROOM]:
        slot = M[at.NODE_USED]
        M[at.NODE_USED] = slot + 1
    else:
        M[at.FULL] = at.NODES_FULL
        slot = M[at.NODE_ROOM]  # one more lies behind the last, for this
    job = M[at.NODES] + slot * at.NODE
    M[job + at.JOB_KIND], M[job + at.JOB_INDEX], M[job + at.JOB_NUMBER] = kind, index, number
    M[job + at.JOB_TOWN], M[job + at.JOB_READY], M[job + at.JOB_RANK] = town, M[at.NOW], rank
    M[job + at.JOB_DUE], M[job + at.JOB_VIA], M[job + at.JOB_GROUP] = due, via, group
    M[job + at.JOB_WAITS] = M[job + at.JOB_LATE] = 0
    return slot


@lean_kernel
def sooner(M, a, b):
    """Whether job ``a`` comes before job ``b`` of the same rank."""
    first, second = M[at.NODES] + a * at.NODE, M[at.NODES] + b * at.NODE
    if M[first + at.JOB_DUE] != M[second + at.JOB_DUE]:
        return M[first + at.JOB_DUE] < M[second + at.JOB_DUE]
    if M[first + at.JOB_KIND] != M[second + at.JOB_KIND]:
        return M[first + at.JOB_KIND] < M[second + at.JOB_KIND]
    if M[first + at.JOB_INDEX] != M[second + at.JOB_INDEX]:
        return M[first + at.JOB_INDEX] < M[second + at.JOB_INDEX]
    return M[first + at.JOB_NUMBER] < M[second + at.JOB_NUMBER]


@lean_kernel
def wait(M, slot):
    """A job for which nobody is free is put among those waiting."""
    nodes = M[at.NODES]
    job = nodes + slot * at.NODE
    group, rank = M[job + at.JOB_GROUP], M[job + at.JOB_RANK]
    queue = group * at.RANKS + rank
    head, tail = M[at.WAIT_HEAD] + queue, M[at.WAIT_TAIL] + queue
    before = -1
    if M[M[at.WAIT_MASK] + group] >> rank & 1:
        before = M[tail]
        while before >= 0 and sooner(M, slot, before):
            before = M[nodes + before * at.NODE + at.JOB_BEFORE]
        behind = M[head] if before < 0 else M[nodes + before * at.NODE + at.JOB_BEHIND]
    else:
        M[M[at.WAIT_MASK] + group] |= 1 << rank
        behind = -1
    M[job + at.JOB_BEFORE], M[job + at.JOB_BEHIND] = before, behind
    if before < 0:
        M[head] = slot
    else:
        M[nodes + before * at.NODE + at.JOB_BEHIND] = slot
    if behind < 0:
        M[tail] = slot
    else:
        M[nodes + behind * at.NODE + at.JOB_BEFORE] = slot
    M[job + at.JOB_WAITS] = 1
    M[at.WAITING] += 1
    if M[job + at.JOB_KIND] == FAULT:
        M[ticket(M, M[job + at.JOB_INDEX]) + at.WAIT_JOB] = slot


@lean_kernel
def take_out(M, slot):
    """A job waits no more: it is in nobody's hands."""
    nodes = M[at.NODES]
    job = nodes + slot * at.NODE
    group, rank = M[job + at.JOB_GROUP], M[job + at.JOB_RANK]
    queue = group * at.RANKS + rank
    before, behind = M[job + at.JOB_BEFORE], M[job + at.JOB_BEHIND]
    if before < 0:
        M[M[at.WAIT_HEAD] + queue] = behind
    else:
        M[nodes + before * at.NODE + at.JOB_BEHIND] = behind
    if behind < 0:
        M[M[at.WAIT_TAIL] + queue] = before
    else:
        M[nodes + behind * at.NODE + at.JOB_BEFORE] = before
    if before < 0 and behind < 0:
        M[M[at.WAIT_MASK] + group] &= ~(1 << rank)
    M[job + at.JOB_WAITS] = 0
    M[at.WAITING] -= 1
    if M[job + at.JOB_KIND] == FAULT:
        M[ticket(M, M[job + at.JOB_INDEX]) + at.WAIT_JOB] = -1


@lean_kernel
def first_late(M):
    """Slot of the first waiting job that the contractor may take late, -1 for none."""
    best = -1
    for group in range(M[at.GROUPS] * M[at.SIGNATURES]):
        mask, rank = M[M[at.WAIT_MASK] + group], 0
        while mask:
            slot = M[M[at.WAIT_HEAD] + group * at.RANKS + rank] if mask & 1 else -1
            while slot >= 0 and not M[M[at.NODES] + slot * at.NODE + at.JOB_LATE]:
                slot = M[M[at.NODES] + slot * at.NODE + at.JOB_BEHIND]
            if slot >= 0:
                ahead = -1 if best < 0 else M[M[at.NODES] + best * at.NODE + at.JOB_RANK]
                if best < 0 or rank < ahead or (rank == ahead and sooner(M, slot, best)):
                    best = slot
            mask >>= 1
            rank += 1
    return best
