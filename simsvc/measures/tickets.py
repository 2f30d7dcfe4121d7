"""Promises about faults: answered in time, staff within reach, somebody on site in time, taken up while it is open."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simsvc.case.arrays import Bools, Case, Ints
from simsvc.clock import Calendar
from simsvc.log import CODES, Log, Table
from simsvc.measures import population
from simsvc.measures.cases import Cases, judge
from simsvc.measures.clock import NO_DAYS, PromiseClock, Wait, phases, spell_end, wait
from simsvc.measures.once import per_case
from simsvc.measures.reasons import delays
from simsvc.scenario.promises import SimPart

OPEN, SOLVED_REMOTELY, FIXED_ON_SITE, REPLACED, ABANDONED = range(len(CODES["TICKET_STATUS"]))


_STOPS = {"reached": "arrived", "set-out": "departed", "arranged": "assigned"}


def response(case: Case, log: Log, part: SimPart) -> Cases:
    """Every fault, from its report until a person answers; time in which no desk shift is open is ``off_duty``.

    Serves ``answered`` as well, which may go without a limit: then a fault is kept once it is answered at all. A caller
    who hung up and was not called back is a miss, whatever the limit: of what kept him waiting longest, real time.
    """
    t = log.tickets
    start = clock_start(t, part)
    rows = np.flatnonzero(population.tickets(case, log, part.population) & (start >= 0))
    start, stop = start[rows], t["answered"][rows]
    lost = t["status"][rows] == ABANDONED
    end = np.where(lost, np.maximum(t["abandoned"][rows], start + 1), np.where(stop < 0, case.span.horizon, stop))
    clock = PromiseClock.of(case, part)

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        a, b, gone = start[missed], np.maximum(end[missed], start[missed]), lost[missed]
        shut = b - a - desk_open(case).open_seconds(a, b)
        both = zip(PromiseClock(None).split(a, b, shut), clock.split(a, b, shut), strict=True)
        off_duty, desk = (np.where(gone, plain, counted) for plain, counted in both)
        return delays(len(a), off_duty=off_duty, desk=desk), np.zeros(len(a), np.bool_)

    waited = wait(case, part, clock, start, end)
    waited = replace(waited, excess=np.where(lost, 1, waited.excess))
    return judge(t, rows, "reported", stop >= 0, waited, explain)


def staff_reachable(case: Case, log: Log, part: SimPart) -> Cases:
    """Faults handed to dispatch: kept when in no second of the wait for an engineer everybody who may serve the place
    was off duty and off call. Travel, mobilisation and busy engineers are other promises' matter."""
    t = log.tickets
    rows = np.flatnonzero(population.tickets(case, log, part.population) & (t["ready"] >= 0))
    alone = t["off_duty"][rows]

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        return delays(len(missed), off_duty=alone[missed]), t["reachable"][rows[missed]] == 0

    served = (alone == 0) | (t["assigned"][rows] >= 0)
    return judge(t, rows, "reported", served, Wait(alone, alone, NO_DAYS), explain)


def time_to_site(case: Case, log: Log, part: SimPart) -> Cases:
    """Faults that telephone and remote help did not solve, until the first arrival (``set-out``: engineer on his
    way; ``arranged``: engineer named).

    A fault not yet served when the run ends is a miss, never dropped. One that is then still with desk or
    technicians may need no visit: it counts, as a miss, once it is past the limit. Who hung up asked for no visit.
    """
    t = log.tickets
    clock, rows, start, end, served, waited = _first_trips(case, log, part)

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        some = rows[missed]
        return _trip_delays(clock, t, some, start[missed], end[missed]), t["reachable"][some] == 0

    return judge(t, rows, "reported", served, waited, explain)


def late_to_site(case: Case, log: Log, part: SimPart) -> int:
    """How many of these faults are missed."""
    *_, served, waited = _first_trips(case, log, part)
    return int((~served | (waited.excess > 0)).sum())


def _first_trips(case: Case, log: Log, part: SimPart) -> tuple[PromiseClock, Ints, Ints, Ints, Bools, Wait]:
    """Clock, tickets, start and end of the wait, whether it is over, and the wait, of the cases of ``time_to_site``."""
    t, horizon = log.tickets, case.span.horizon
    start = clock_start(t, part)
    elsewhere = np.isin(t["status"], (SOLVED_REMOTELY, ABANDONED))
    rows = np.flatnonzero(population.tickets(case, log, part.population) & ~elsewhere & (start >= 0))
    start, stop = start[rows], t[_STOPS[part.clock_stop]][rows]
    end = np.where(stop < 0, horizon, stop)
    clock = PromiseClock.of(case, part)
    waited = wait(case, part, clock, start, end)
    known = (t["ready"][rows] >= 0) | (waited.excess > 0)
    return clock, rows[known], start[known], end[known], stop[known] >= 0, waited[known]


def taken_up(case: Case, log: Log, part: SimPart) -> Cases:
    """Faults reported in open hours, until taken up: remote help begun or engineer gone, whichever comes first.

    The hours are those of ``clock_hours``, else of the population's ``reported_in``, else office hours; faults reported
    outside them are no cases. Without a limit the spell that is open at the report counts, its end excluded.
    """
    t, horizon = log.tickets, case.span.horizon
    calendar = case.calendars[part.clock_hours or part.population.reported_in or case.model.staff.calendar]
    rows = np.flatnonzero(population.tickets(case, log, part.population) & calendar.is_open(t["reported"]))
    start, begun, gone = t["reported"][rows], t["remote_start"][rows], t["departed"][rows]
    first = np.minimum(np.where(begun < 0, horizon, begun), np.where(gone < 0, horizon, gone))
    served = (begun >= 0) | (gone >= 0)
    clock = PromiseClock.of(case, part)
    waited = wait(case, part, clock, start, first)
    if part.limit is None and part.days is None:
        waited = replace(waited, excess=first - spell_end(calendar, start) + 1)

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        some = rows[missed]
        unreachable = (t["reachable"][some] == 0) & (t["ready"][some] >= 0) & ~served[missed]
        return _trip_delays(clock, t, some, start[missed], first[missed]), unreachable

    return judge(t, rows, "reported", served, waited, explain)


def clock_start(t: Table, part: SimPart) -> Ints:
    """Start of the clock, -1 where it has not begun; a fault without a remote attempt starts when handed on."""
    if part.clock_start == "remote_failed":
        return np.where(t["remote_start"] < 0, t["ready"], t["remote_end"])
    return np.asarray(t["arrived" if part.clock_start == "arrived" else "reported"])


def _trip_delays(clock: PromiseClock, t: Table, rows: Ints, start: Ints, end: Ints) -> Ints:
    """Delays of the first trip by factor; for a fault not yet served, of the waiting so far."""
    moments = (t[name][rows] for name in ("ready", "assigned", "departed"))
    start, ready, assigned, departed, end = phases(start, np.maximum(end, start), *moments)
    off_duty, busy = clock.split(ready, assigned, t["off_duty"][rows])
    mobilise, set_out = clock.split(assigned, departed, t["mobilise"][rows])
    held, driven = clock.split(departed, end, t["held"][rows])
    return delays(
        len(rows),
        desk=clock.seconds(start, ready) + set_out,
        busy=busy,
        off_duty=off_duty + mobilise,
        closed=held,
        too_far=driven,
    )


@per_case
def desk_open(case: Case) -> Calendar:
    """Hours in which at least one desk shift is open; without a desk, always."""
    if case.model.desk is None:
        return Calendar.from_intervals([(0, case.span.horizon)])
    spans = [case.calendars[shift.calendar] for shift in case.model.desk.shifts]
    return Calendar.from_intervals([(int(a), int(b)) for c in spans for a, b in zip(c.starts, c.ends, strict=True)])
