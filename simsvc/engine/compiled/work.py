"""Jobs behind every fault: planned visits, installations, rework; as ``reference.planned``."""

from __future__ import annotations

from simsvc.clock import DAY
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.dispatch import add
from simsvc.engine.compiled.waiting import new_job
from simsvc.engine.raw import ORDER, PLAN, REVIEW
from simsvc.kernels import inlined, lean_kernel
from simsvc.log.schema import JOB_KINDS

INSTALLATION, REWORK = JOB_KINDS.index("installation"), JOB_KINDS.index("rework")


@lean_kernel
def _new(M, R, F, kind, origin, source, area, town, due, group):
    index = M[at.JOB_COUNT]
    M[at.JOB_COUNT] = index + 1
    row = M[at.JOB_ROWS] + index * at.WORK
    M[row], M[row + 1], M[row + 2], M[row + 3], M[row + 4] = kind, origin, source, area, town
    M[row + 5], M[row + 6] = M[at.NOW], due
    M[row + 7] = M[row + 8] = M[row + 9] = -1
    rank = at.PLANNED_RANK + (origin != ORDER)
    add(M, R, F, new_job(M, kind, index, 0, town, rank, due, -1, group))


@inlined
def release(M, R, F, k):
    """A planned visit may be done from now on."""
    area, town, due = M[M[at.PLANNED_AREA] + k], M[M[at.PLANNED_TOWN] + k], M[M[at.PLANNED_DUE] + k]
    _new(M, R, F, M[M[at.PLANNED_KIND] + k], PLAN, k, area, town, due, M[M[at.PLANNED_GROUP] + k])


@inlined
def install(M, R, F, k):
    """Goods that have just been delivered are to be installed, if possible the same day."""
    due = (M[at.NOW] // DAY + 1) * DAY
    area, town = M[M[at.ORDER_AREA] + k], M[M[at.ORDER_TOWN] + k]
    _new(M, R, F, INSTALLATION, ORDER, k, area, town, due, M[M[at.ORDER_GROUP] + k])


@inlined
def rework(M, R, F, k):
    """A repair found wanting is to be done again, by somebody who may repair such a fault."""
    due = M[at.NOW] + M[at.REVIEW_WITHIN]
    _new(M, R, F, REWORK, REVIEW, k, M[M[at.FAULT_AREA] + k], M[M[at.FAULT_TOWN] + k], due, M[M[at.GROUP] + k])
