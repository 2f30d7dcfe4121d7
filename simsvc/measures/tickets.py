"""Promises about faults: answered in time, an engineer on site in time, taken up while it is still open."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Case, Ints
from simsvc.clock import Calendar
from simsvc.log import CODES, Log, Table
from simsvc.measures import population
from simsvc.measures.cases import Cases, judge
from simsvc.measures.clock import PromiseClock, excess, phases, spell_end
from simsvc.measures.reasons import delays
from simsvc.scenario.promises import SimPart

OPEN, SOLVED_REMOTELY = (CODES["TICKET_STATUS"].index(status) for status in ("open", "solved_remotely"))


def response(case: Case, log: Log, part: SimPart) -> Cases:
    """Every fault, from its report until a person answers; time in which no desk shift is open is ``off_duty``.

    Serves ``answered`` as well, which may go without a limit: then a fault is kept once it is answered at all.
    """
    t = log.tickets
    start = _start(t, part)
    rows = np.flatnonzero(population.tickets(case, log, part.population) & (start >= 0))
    start, stop = start[rows], t["answered"][rows]
    end = np.where(stop < 0, case.span.horizon, stop)
    clock = PromiseClock.of(case, part)

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        a, b = start[missed], np.maximum(end[missed], start[missed])
        off_duty, desk = clock.split(a, b, b - a - _desk_open(case).open_seconds(a, b))
        return delays(len(a), off_duty=off_duty, desk=desk), np.zeros(len(a), np.bool_)

    over = excess(case, part, clock, start, end)
    return judge(t, rows, "reported", stop >= 0, clock.seconds(start, end), over, explain)


def time_to_site(case: Case, log: Log, part: SimPart) -> Cases:
    """Faults that telephone and remote help did not solve, until the first arrival (``arranged``: engineer named).

    A fault not yet served when the run ends is a miss, never dropped. One that is then still with desk or
    technicians may need no visit: it counts, as a miss, once it is past the limit.
    """
    t, horizon = log.tickets, case.span.horizon
    start = _start(t, part)
    wanted = population.tickets(case, log, part.population) & (t["status"] != SOLVED_REMOTELY) & (start >= 0)
    rows = np.flatnonzero(wanted)
    start, stop = start[rows], t["assigned" if part.clock_stop == "arranged" else "arrived"][rows]
    end = np.where(stop < 0, horizon, stop)
    clock = PromiseClock.of(case, part)
    over = excess(case, part, clock, start, end)
    known = (t["ready"][rows] >= 0) | (over > 0)
    rows, start, stop, end, over = rows[known], start[known], stop[known], end[known], over[known]

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        some = rows[missed]
        return _trip_delays(clock, t, some, start[missed], end[missed]), t["reachable"][some] == 0

    return judge(t, rows, "reported", stop >= 0, clock.seconds(start, end), over, explain)


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
    limited = part.limit is not None or part.days is not None
    over = excess(case, part, clock, start, first) if limited else first - spell_end(calendar, start) + 1

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        some = rows[missed]
        unreachable = (t["reachable"][some] == 0) & (t["ready"][some] >= 0) & ~served[missed]
        return _trip_delays(clock, t, some, start[missed], first[missed]), unreachable

    return judge(t, rows, "reported", served, clock.seconds(start, first), over, explain)


def _start(t: Table, part: SimPart) -> Ints:
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


def _desk_open(case: Case) -> Calendar:
    """Hours in which at least one desk shift is open; without a desk, always."""
    if case.model.desk is None:
        return Calendar.from_intervals([(0, case.span.horizon)])
    spans = [case.calendars[shift.calendar] for shift in case.model.desk.shifts]
    return Calendar.from_intervals([(int(a), int(b)) for c in spans for a, b in zip(c.starts, c.ends, strict=True)])
