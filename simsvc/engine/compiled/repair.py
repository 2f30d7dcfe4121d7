"""What the end of a visit to a fault means, and what follows; as ``reference.repair``."""

from __future__ import annotations

from simsvc.engine import kinds
from simsvc.engine.compiled import luck
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.desk import WAITS, request
from simsvc.engine.compiled.heap import push
from simsvc.engine.compiled.loaners import ask, give_back, keep
from simsvc.engine.compiled.needs import GONE, LIVE, take
from simsvc.engine.compiled.rows import ticket
from simsvc.engine.compiled.tickets import FIXED, REPLACED, close, next_visit
from simsvc.kernels import inlined, lean_kernel
from simsvc.log.schema import OUTCOMES

PART_MISSING, DONE, NOT_FIXED, SENT_AWAY, TOO_HARD = (
    OUTCOMES.index(o) for o in ("part_missing", "done", "not_fixed", "sent_away", "too_hard")
)
IN_REPAIR, ON_ORDER = range(2)
"""What UNIT means: a unit is back from repair, or a new one has come."""


@lean_kernel
def work(M, F, k, number, brought):
    """Seconds of work on site; the diagnosis alone where this visit can't repair."""
    if M[ticket(M, k) + at.NEW_UNIT] < 0:
        leaves = M[at.WITH_WORKSHOP] and M[M[at.WORKSHOP] + k]
        if not brought or leaves or _too_hard(M, k, number) or _worn_out(M, k):
            return luck.diagnosis(M, F, k, number)
    return luck.work(M, F, luck.FAULT_LEGS, k, number)


@lean_kernel
def finish(M, R, F, station, k, needed, brought, number):
    """The work of a visit ends: what its outcome is, and what follows from it."""
    log = ticket(M, k)
    if M[log + at.NEW_UNIT] >= 0:
        status = M[log + at.NEW_UNIT]
        M[log + at.NEW_UNIT] = -1
        _close(M, k, status)
        return DONE
    if _worn_out(M, k):
        _new_unit(M, R, F, station, k)
    elif _too_hard(M, k, number):
        M[log + at.WORK_STATION] = station
        request(M, at.EXPERT_POOL, k, M[M[at.PRIORITY] + k], WAITS)
        ask(M, R, F, station, k)
        return TOO_HARD
    elif M[at.WITH_WORKSHOP] and M[M[at.WORKSHOP] + k]:
        _send_away(M, R, F, station, k)
        return SENT_AWAY
    elif needed and not brought:
        _with_part(M, R, F, station, k)
        return PART_MISSING
    elif M[M[at.REPAIRS] + k * M[M[at.LEGS] + at.LEG_VISITS] + number]:
        _close(M, k, FIXED)
        return DONE
    else:
        M[log + at.FAILED] += 1
        if _worn_out(M, k):
            _new_unit(M, R, F, station, k)
        else:
            follow_up(M, R, F, k)
    return NOT_FIXED


@lean_kernel
def _worn_out(M, k):
    """Whether so many repairs have failed that the unit is replaced."""
    return M[ticket(M, k) + at.FAILED] >= M[M[at.FAILURES] + k]


@lean_kernel
def _too_hard(M, k, number):
    return number == 0 and M[at.WITH_EXPERTS] and M[M[at.EXPERT] + k] == 1


@lean_kernel
def _close(M, k, status):
    M[ticket(M, k) + at.NEED] = GONE
    give_back(M, k)
    close(M, k, status)


@lean_kernel
def follow_up(M, R, F, k):
    """The next visit; a part that came or was found at the station afterwards has to be fetched there."""
    log, via = ticket(M, k), -1
    if M[log + at.NEED] == LIVE:
        M[log + at.IDLE] = 0
        if M[log + at.FETCH]:
            via = M[M[at.STATION_PLACE] + M[log + at.STORE]]
            M[log + at.FETCH] = 0
    next_visit(M, R, F, k, via)


@lean_kernel
def _with_part(M, R, F, station, k):
    """The next visit when the part is there; one not asked for yet comes from the station of the last visit."""
    log = ticket(M, k)
    if M[log + at.ASKED] < 0:
        M[log + at.FETCH] = 1
        take(M, F, station, k)
    if M[log + at.HAVE]:
        follow_up(M, R, F, k)
    else:
        M[log + at.IDLE] = 1
        ask(M, R, F, station, k)


@inlined
def expert_over(M, R, F, k):
    """Experts have found the way, and with it the part; a unit that leaves for repair needs none."""
    log = ticket(M, k)
    M[log + at.EXPERT_END] = M[at.NOW]
    stays = not (M[at.WITH_WORKSHOP] and M[M[at.WORKSHOP] + k])
    if M[log + at.NEED] == LIVE and not M[log + at.HAVE] and stays:
        _with_part(M, R, F, M[log + at.WORK_STATION], k)
    else:
        follow_up(M, R, F, k)


@inlined
def _send_away(M, R, F, station, k):
    """The unit leaves by its route; a part that was asked for goes with it."""
    log = ticket(M, k)
    M[log + at.NEED] = GONE
    M[log + at.SENT_BY], M[log + at.SENT_AT] = M[M[at.ROUTE] + k], M[at.NOW]
    M[log + at.WORK_STATION], M[log + at.UNIT_STAGE] = station, IN_REPAIR
    push(M, M[at.NOW] + M[M[at.TURNAROUND] + k], kinds.UNIT, k, 0)
    ask(M, R, F, station, k)


@inlined
def unit_comes(M, R, F, k):
    """Repaired, the unit is swapped back. Scrapped, its stand-in stays for good; without one a new unit comes."""
    log = ticket(M, k)
    if M[log + at.UNIT_STAGE] == ON_ORDER:
        _swap(M, R, F, k, REPLACED)
        return
    M[log + at.BACK_AT] = M[at.NOW]
    if not M[M[at.SCRAPPED] + k]:
        _swap(M, R, F, k, FIXED)
        return
    M[log + at.SCRAP] = 1
    if keep(M, k):
        close(M, k, REPLACED)
    else:
        _order_unit(M, k)


@lean_kernel
def _new_unit(M, R, F, station, k):
    log = ticket(M, k)
    M[log + at.NEED], M[log + at.WORK_STATION] = GONE, station
    _order_unit(M, k)
    ask(M, R, F, station, k)


@lean_kernel
def _order_unit(M, k):
    M[ticket(M, k) + at.UNIT_STAGE] = ON_ORDER
    push(M, M[at.NOW] + M[M[at.REPLACEMENT] + k], kinds.UNIT, k, 0)


@lean_kernel
def _swap(M, R, F, k, status):
    """A unit that works lies at the station: the next visit brings it."""
    log = ticket(M, k)
    M[log + at.NEW_UNIT] = status
    next_visit(M, R, F, k, M[M[at.STATION_PLACE] + M[log + at.WORK_STATION]])
