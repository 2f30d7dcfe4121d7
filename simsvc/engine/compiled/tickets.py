"""A ticket from the report to dispatch, and its end; as ``reference.tickets``."""

from __future__ import annotations

from simsvc.clock import NEVER
from simsvc.engine import kinds
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.desk import HOLDS_ON, WAITS, leave, pool_row, request
from simsvc.engine.compiled.dispatch import add
from simsvc.engine.compiled.heap import push
from simsvc.engine.compiled.hours import add_open
from simsvc.engine.compiled.rows import new_ticket, ticket
from simsvc.engine.compiled.sending import FAULT, FOLLOW_UP
from simsvc.engine.compiled.waiting import new_job
from simsvc.kernels import inlined, lean_kernel
from simsvc.log.schema import TICKET_STATUS

SOLVED, FIXED, REPLACED, ABANDONED = (
    TICKET_STATUS.index(s) for s in ("solved_remotely", "fixed_on_site", "replaced", "abandoned")
)
CALLS, COMES_BACK, ORDERED_ANEW = range(3)
"""What a REPORT that was not known beforehand is: a message seen by the desk, a repeat, goods ordered again."""


@lean_kernel
def begin(M, R, F, k):
    """A fault happens, unless its unit is down already."""
    down = M[at.DOWN] + M[M[at.UNIT] + k]
    if M[down]:
        return
    M[down] = 1
    log = ticket(M, k)
    M[log + at.REPORTED] = M[at.NOW]
    if not has_pool(M, at.DESK_POOL):
        M[log + at.ANSWERED] = M[at.NOW]
        triaged(M, R, F, k)
    elif M[M[at.LAG] + k]:
        push(M, M[at.NOW] + M[M[at.LAG] + k], kinds.REPORT, k, CALLS)
    else:
        calls(M, k)


@lean_kernel
def has_pool(M, pool):
    """Whether the scenario has such people."""
    return M[pool_row(M, pool) + at.QUEUES] > 0


@lean_kernel
def calls(M, k):
    """The desk hears of it: a caller waits as long as his patience, a message until somebody turns to it."""
    patience = M[M[at.PATIENCE] + k]
    how = HOLDS_ON if patience >= 0 else WAITS
    if not request(M, at.DESK_POOL, k, M[M[at.RANK] + k], how) and patience >= 0:
        push(M, M[at.NOW] + patience, kinds.HANG_UP, k, 0)


@inlined
def hang_up(M, k):
    """Patience has run out: too late if somebody has turned to him. Some are called back and wait anew."""
    log = ticket(M, k)
    if M[log + at.WAITS] != HOLDS_ON:
        return
    leave(M, k)
    M[log + at.ABANDONED] = M[at.NOW]
    if M[M[at.CALLED_BACK] + k]:
        request(M, at.DESK_POOL, k, M[M[at.PRIORITY] + k] + kinds.MESSAGES, WAITS)
    else:
        end(M, k, ABANDONED)


@lean_kernel
def triaged(M, R, F, k):
    """The desk is done with the case."""
    M[ticket(M, k) + at.TRIAGED] = M[at.NOW]
    if has_pool(M, at.REMOTE_POOL):
        request(M, at.REMOTE_POOL, k, M[M[at.PRIORITY] + k], WAITS)
    else:
        released(M, R, F, k)


@inlined
def remote_over(M, R, F, k):
    """Remote help ends."""
    M[ticket(M, k) + at.REMOTE_END] = M[at.NOW]
    if M[M[at.SOLVED] + k]:
        close(M, k, SOLVED)
    else:
        released(M, R, F, k)


@lean_kernel
def released(M, R, F, k):
    """The decision to send somebody; outside contract sales approve it in their open hours."""
    ready = M[at.NOW] + M[M[at.DECISION] + k]
    if M[at.SALES] >= 0 and not M[M[at.IN_CONTRACT] + k]:
        ready = add_open(M, M[at.SALES], ready, M[M[at.APPROVAL] + k])
    if ready > M[at.NOW]:
        push(M, ready, kinds.DECIDED, k, 0)
    else:
        decided(M, R, F, k)


@inlined
def decided(M, R, F, k):
    """Handed to dispatch."""
    log = ticket(M, k)
    if M[at.SALES] >= 0 and not M[M[at.IN_CONTRACT] + k]:
        M[log + at.APPROVED] = M[at.NOW]
    M[log + at.READY] = M[at.NOW]
    next_visit(M, R, F, k, -1)


@lean_kernel
def next_visit(M, R, F, k, via):
    """The visit that a ticket needs now. Follow-ups come after first visits of the same priority."""
    log = ticket(M, k)
    number, due, kind = M[log + at.VISITED], M[at.NOW], FOLLOW_UP
    if not number:
        kind = FAULT
        if M[at.BY_DUE]:
            due = M[log + at.REPORTED] + M[M[at.DUE] + k]
    rank = 2 * M[M[at.PRIORITY] + k] + (number > 0)
    town, group = M[M[at.FAULT_TOWN] + k], M[M[at.GROUP] + k]
    add(M, R, F, new_job(M, kind, k, number, town, rank, due, via, group))


@lean_kernel
def close(M, k, status):
    """Works again; some faults come back, but not on a new unit. A repair on site has failed then."""
    end(M, k, status)
    log, child = ticket(M, k), M[M[at.CHILD] + k]
    M[log + at.FIXED_AT] = M[at.NOW]
    if status == FIXED and M[at.REVIEW] >= 0 and M[M[at.REVIEW_FAILS] + k]:
        found = add_open(M, M[at.REVIEW], M[at.NOW], M[M[at.REVIEW_AFTER] + k])
        if found < NEVER:
            push(M, found, kinds.REVIEWED, k, 0)
    if child >= 0 and status != REPLACED:
        M[new_ticket(M, child) + at.FAILED] = M[log + at.FAILED] + (status == FIXED)
        push(M, M[at.NOW] + M[M[at.FAULT_AFTER] + child], kinds.REPORT, child, COMES_BACK)


@lean_kernel
def end(M, k, status):
    """The ticket ends, and its unit may fail again."""
    M[ticket(M, k) + at.STATUS] = status
    M[M[at.DOWN] + M[M[at.UNIT] + k]] = 0
