"""People who serve a queue, one case each: desk, technicians, experts; as ``reference.pool``."""

from __future__ import annotations

from simsvc.engine import kinds
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.heap import push
from simsvc.engine.compiled.rows import ticket
from simsvc.kernels import inlined, lean_kernel

HOLDS_ON, WAITS = 1, 2
"""How a ticket waits: it may hang up when its patience runs out, or it stays."""


@lean_kernel
def pool_row(M, pool):
    """Where the record of a pool is."""
    return M[at.DESKS] + pool * at.DESK


@lean_kernel
def request(M, pool, k, rank, how):
    """Whether somebody attends to the case at once; otherwise it waits its turn."""
    row = pool_row(M, pool)
    if M[row + at.SERVING] < M[row + at.AGENTS]:
        M[row + at.SERVING] += 1
        attend(M, pool, k)
        return True
    log, queue = ticket(M, k), M[row + at.QUEUES] + 2 * rank
    M[log + at.STAGE], M[log + at.WAITS], M[log + at.QUEUED_AS] = pool, how, rank
    M[log + at.BEFORE], M[log + at.BEHIND] = M[queue + 1], -1
    if M[queue + 1] >= 0:
        M[ticket(M, M[queue + 1]) + at.BEHIND] = k
    else:
        M[queue] = k
    M[queue + 1] = k
    M[row + at.QUEUED] += 1
    return False


@lean_kernel
def leave(M, k):
    """A case leaves its queue."""
    log = ticket(M, k)
    row = pool_row(M, M[log + at.STAGE])
    queue = M[row + at.QUEUES] + 2 * M[log + at.QUEUED_AS]
    M[row + at.QUEUED] -= 1
    before, behind = M[log + at.BEFORE], M[log + at.BEHIND]
    if before >= 0:
        M[ticket(M, before) + at.BEHIND] = behind
    else:
        M[queue] = behind
    if behind >= 0:
        M[ticket(M, behind) + at.BEFORE] = before
    else:
        M[queue + 1] = before
    M[log + at.WAITS] = 0


@inlined
def release(M, pool):
    """Somebody is done with a case."""
    M[pool_row(M, pool) + at.SERVING] -= 1
    match(M, pool)


@lean_kernel
def match(M, pool):
    """Those who are free turn to those who wait."""
    row, rank = pool_row(M, pool), 0
    while M[row + at.QUEUED] and M[row + at.SERVING] < M[row + at.AGENTS]:
        k = M[M[row + at.QUEUES] + 2 * rank]
        if k < 0:
            rank += 1
            continue
        leave(M, k)
        M[row + at.SERVING] += 1
        attend(M, pool, k)


@lean_kernel
def attend(M, pool, k):
    """Somebody has turned to the case: he picks it up and serves it."""
    log, shift, n = ticket(M, k), M[pool_row(M, pool) + at.SHIFT], M[at.FAULTS]
    M[log + at.STAGE] = pool
    if pool == at.DESK_POOL:
        begun, pick_up, work = at.ANSWERED, M[at.PICK_UP], M[at.HANDLING]
    elif pool == at.REMOTE_POOL:
        begun, pick_up, work = at.REMOTE_START, M[at.REMOTE_PICK_UP], M[at.REMOTE_WORK]
    else:
        begun, pick_up, work = at.EXPERT_START, M[at.EXPERT_PICK_UP], M[at.EXPERT_WORK]
    start = M[at.NOW] + M[pick_up + shift * n + k]
    if start < M[at.HORIZON]:
        M[log + begun] = start
    push(M, start + M[work + k], kinds.HANDLED, k, 0)


@inlined
def change_shift(M, pool):
    """Another shift begins to count, or none; the next change is scheduled."""
    row = pool_row(M, pool)
    cell = M[row + at.CHANGES] + 3 * M[row + at.CHANGE]
    M[row + at.SHIFT], M[row + at.AGENTS] = M[cell + 1], M[cell + 2]
    M[row + at.CHANGE] += 1
    match(M, pool)
    schedule_shift(M, pool)


@lean_kernel
def schedule_shift(M, pool):
    """The next change of shifts; after the last one lies one that the run does not reach."""
    row = pool_row(M, pool)
    push(M, M[M[row + at.CHANGES] + 3 * M[row + at.CHANGE]], kinds.SHIFT, 0, pool)
