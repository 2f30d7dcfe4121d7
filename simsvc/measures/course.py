"""The course of a repair through all its visits, split into what cost the time."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import NOT_ON_CALL, Bools, Case, Ints
from simsvc.case.reach import passable
from simsvc.log import CODES, Log
from simsvc.measures.clock import PromiseClock, phases
from simsvc.measures.once import per_case, per_log
from simsvc.measures.reasons import BUSY, CLOSED, DESK, FACTORS, OFF_DUTY, PART, REPAIR, TOO_FAR

TICKET_VISITS = [CODES["JOB_KINDS"].index(kind) for kind in ("fault", "follow_up")]
_MOMENTS = ("ready", "assigned", "departed", "arrived", "work_end")
PART_MISSING = CODES["OUTCOMES"].index("part_missing")


@per_case
def anytime(case: Case) -> Bools:
    """Do follow-ups start outside office hours, too? Shape (towns,): where somebody who serves it is on call."""
    staffing = case.staffing
    staffed = np.isin(np.arange(len(staffing.stations)), staffing.engineer_station)
    serves = (staffing.covers | staffing.backup) & passable(case) & staffed[:, None]
    called = serves & (staffing.on_call != NOT_ON_CALL)[:, None]
    usual = case.model.staff.out_of_hours == "on-call"
    return np.where(serves.any(axis=0), called.any(axis=0), usual) & (case.model.dispatch.follow_ups == "any")


@per_log
def to_faults(log: Log) -> Bools:
    """Visits to faults, first ones and others."""
    return np.isin(log.visits["kind"], TICKET_VISITS)


def course_delays(case: Case, log: Log, clock: PromiseClock, rows: Ints, start: Ints, end: Ints) -> Ints:
    """Delays of whole repairs by factor, between ``start`` and ``end`` of each ticket; they add up to that time.

    Parameters
    ----------
    clock : PromiseClock
        Counts the seconds.
    rows, start, end : int64 arrays, shape (tickets,)
        Tickets, and the time of each that is to be explained.

    Returns
    -------
    int64 array, shape (tickets, FACTORS)
        ``desk`` until dispatch; then by visit the wait for an engineer, his preparation, the trip and the work
        (``repair``), as for the first trip; between visits ``part`` after one that lacked a part, else ``repair``
        (workshop, third level, a new unit).

    Notes
    -----
    Of follow-ups the log doesn't say how much of their wait nobody was on duty: it is what lies outside office hours,
    where follow-ups are not started then; nor how long closed roads held them up.
    """
    t, v = log.tickets, log.visits
    found = np.zeros((len(rows), FACTORS), np.int64)
    owner = np.full(len(t["ticket"]) + 1, -1, np.int64)
    owner[rows] = np.arange(len(rows))
    visits = np.flatnonzero(to_faults(log) & (owner[v["ticket"]] >= 0))
    visits = visits[np.lexsort((v["number"][visits], owner[v["ticket"][visits]]))]
    of = owner[v["ticket"][visits]]

    def add(who: Ints, factor: int | Ints, seconds: Ints) -> None:
        np.add.at(found, (who, np.asarray(factor)), seconds)

    never = np.flatnonzero(np.bincount(of, minlength=len(rows)) == 0)
    begun, ready, over = phases(start[never], end[never], t["ready"][rows[never]])
    off_duty, busy = clock.split(ready, over, t["off_duty"][rows[never]])
    for factor, seconds in ((DESK, clock.seconds(begun, ready)), (OFF_DUTY, off_duty), (BUSY, busy)):
        add(never, factor, seconds)

    ticket, first = rows[of], np.diff(of, prepend=-1) != 0
    ready, assigned, departed, arrived, done = phases(start[of], end[of], *(v[name][visits] for name in _MOMENTS))[1:-1]
    before = np.where(first, start[of], np.roll(done, 1))
    gone = np.where(np.roll(v["outcome"][visits], 1) == PART_MISSING, PART, REPAIR)
    add(of, np.where(first, DESK, gone), clock.seconds(before, ready))
    office = case.calendars[case.model.staff.calendar]
    closed = np.where(anytime(case)[t["town"][ticket]], 0, assigned - ready - office.open_seconds(ready, assigned))
    off_duty, busy = clock.split(ready, assigned, np.where(first, t["off_duty"][ticket], closed))
    at_home = np.where(office.is_open(assigned), 0, departed - assigned)
    mobilise, set_out = clock.split(assigned, departed, np.where(first, t["mobilise"][ticket], at_home))
    held, driven = clock.split(departed, arrived, np.where(first, t["held"][ticket], 0))
    for factor, seconds in (
        (OFF_DUTY, off_duty + mobilise),
        (BUSY, busy),
        (DESK, set_out),
        (CLOSED, held),
        (TOO_FAR, driven),
        (REPAIR, clock.seconds(arrived, done)),
    ):
        add(of, factor, seconds)

    last = np.flatnonzero(np.diff(of, append=-1) != 0)
    lacking = np.where(v["outcome"][visits[last]] == PART_MISSING, PART, REPAIR)
    add(of[last], lacking, clock.seconds(done[last], end[of[last]]))
    return found
