"""Engineers: where they count as being, whether they are on duty; as ``reference.crew``."""

from __future__ import annotations

from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.hours import open_before
from simsvc.engine.compiled.rows import engineer, note_state
from simsvc.kernels import lean_kernel, small_kernel
from simsvc.log.schema import STATES

TRAVEL_BACK = STATES.index("travel_back")


@small_kernel
def on_duty(M, e):
    """Whether he is on duty now."""
    last = M[M[at.DUTY_FIRST] + e + 1]
    return _open_now(M, engineer(M, e) + at.DUTY_AT, M[at.DUTY_START], M[at.DUTY_END], last)


@small_kernel
def available(M, e):
    """Whether he is on duty or on call now."""
    last = M[M[at.OPEN_FIRST] + e + 1]
    return _open_now(M, engineer(M, e) + at.OPEN_AT, M[at.OPEN_START], M[at.OPEN_END], last)


@small_kernel
def _open_now(M, cell, starts, ends, last):
    """Whether one of the spells up to ``last`` is under way; looks on from where it looked last (noted in ``cell``),
    as time only goes on."""
    k, now = M[cell], M[at.NOW]
    while k < last and M[ends + k] <= now:
        k += 1
    M[cell] = k
    return k < last and M[starts + k] <= now


@lean_kernel
def duty_seconds(M, e, since, until):
    """Seconds of his duty in ``[since, until)``."""
    first = M[M[at.DUTY_FIRST] + e]
    count = M[M[at.DUTY_FIRST] + e + 1] - first
    starts, ends, before = M[at.DUTY_START] + first, M[at.DUTY_END] + first, M[at.DUTY_BEFORE] + first
    late = open_before(M, starts, ends, before, count, until)
    return late - open_before(M, starts, ends, before, count, since)


@small_kernel
def station_today(M, e):
    """Station he works for today, -1 when away."""
    return M[M[at.STATION_OF] + e * M[at.DAYS] + M[at.TODAY]]


@small_kernel
def base(M, e):
    """Place where he is when nothing is to do: his station, or on duty hours the one he relieves."""
    where = station_today(M, e)
    if where < 0 or (M[at.DAILY_DRIVE] and not on_duty(M, e)):
        return M[engineer(M, e) + at.HOME_PLACE]
    return M[M[at.STATION_PLACE] + where]


@lean_kernel
def place(M, e):
    """Where he counts as being now, and whether he is on the road (on his way home)."""
    row, now = engineer(M, e), M[at.NOW]
    start, end = M[row + at.TRIP_START], M[row + at.TRIP_END]
    if start < 0 or now >= end:
        return base(M, e), False
    return (M[row + at.TRIP_ORIGIN] if 2 * (now - start) < end - start else base(M, e)), True


@lean_kernel
def close_trip(M, e, now, where):
    """The way home ends: he is there, or he is sent elsewhere."""
    row = engineer(M, e)
    start = M[row + at.TRIP_START]
    if start >= 0:
        note_state(M, e, TRAVEL_BACK, start, min(M[row + at.TRIP_END], now), where, M[row + at.TRIP_VISIT])
        M[row + at.TRIP_START] = -1
