"""What the desk, the technicians and the third level have to do, and how long callers wait."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Case
from simsvc.clock import Calendar
from simsvc.log import Log
from simsvc.measures import population
from simsvc.measures.once import per_case
from simsvc.measures.sums import HOUR, MINUTE, Sum, hours_per_year, mean, per_year, share
from simsvc.measures.tickets import ABANDONED, FIXED_ON_SITE, SOLVED_REMOTELY
from simsvc.measures.warranty import reminders_due
from simsvc.scenario.promises import MeasurePart


def answer_time(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Mean time until a person answers, of the faults answered."""
    t = log.tickets
    rows = population.tickets(case, log, part.population) & (t["answered"] >= 0)
    return [mean("answer_time", "min", t["answered"][rows] - t["reported"][rows], MINUTE)]


def abandoned(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Share of live callers who hang up unanswered; share who are never answered."""
    t = log.tickets
    rows = population.tickets(case, log, part.population) & _live(case, log)
    hung_up, lost = share("abandoned", t["abandoned"] >= 0, rows), t["status"] == ABANDONED
    return [hung_up, share("abandoned_lost", lost, rows)]


def desk_load(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Hours of the agents with faults, reviewed users called back and warranty holders reminded; share of the hours in
    which they are there."""
    t, review, warranty = log.tickets, case.model.review, case.model.reporting.warranty
    mine = population.tickets(case, log, part.population)
    calls = mine & (t["answered"] >= 0)
    ended = np.where(t["triaged"] < 0, case.span.horizon, t["triaged"])
    busy = float((ended - t["answered"])[calls].sum())
    if review is not None:
        busy += review.call * int((mine & (t["status"] == FIXED_ON_SITE)).sum())
    if warranty is not None:
        busy += warranty.call * reminders_due(case, part.population) * case.span.years
    use = Sum("desk_use", "share", busy / HOUR, _agent_seconds(case) / HOUR, int(calls.sum()))
    return [hours_per_year(case, "desk_load", busy, int(calls.sum())), use]


def remote_share(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Share solved by telephone or remote help, of the faults either solved so or handed on to dispatch."""
    t = log.tickets
    solved = t["status"] == SOLVED_REMOTELY
    rows = population.tickets(case, log, part.population) & (solved | (t["ready"] >= 0))
    return [share("remote_share", solved, rows)]


def remote_time(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Mean length of remote help, solved or not."""
    t = log.tickets
    rows = population.tickets(case, log, part.population) & (t["remote_end"] >= 0)
    return [mean("remote_time", "min", t["remote_end"][rows] - t["remote_start"][rows], MINUTE)]


def approval_delay(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Mean time from the end of the call or of remote help to the approval of sales, of the faults approved."""
    t = log.tickets
    rows = population.tickets(case, log, part.population) & (t["approved"] >= 0)
    since = np.where(t["remote_end"] < 0, t["triaged"], t["remote_end"])
    return [mean("approval_delay", "h", (t["approved"] - since)[rows], HOUR)]


def third_level(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Faults that the third level has begun with; mean time until it has found the way."""
    t = log.tickets
    begun = population.tickets(case, log, part.population) & (t["expert_start"] >= 0)
    ended = begun & (t["expert_end"] >= 0)
    took = mean("third_level_time", "h", (t["expert_end"] - t["expert_start"])[ended], HOUR)
    return [per_year(case, "third_level", int(begun.sum())), took]


def _live(case: Case, log: Log) -> Bools:
    """Faults reported by somebody on the line: all of them where there are no channels."""
    channels = case.model.desk.channels.values() if case.model.desk is not None else ()
    live = np.array([*(c.live for c in channels), True], np.bool_)
    return np.asarray(live[log.tickets["channel"]])


@per_case
def _agent_seconds(case: Case) -> float:
    """Seconds of all agents in the counted window; the first shift that is open counts."""
    span, total = case.span, 0.0
    before: list[tuple[int, int]] = []
    for shift in case.model.desk.shifts if case.model.desk is not None else ():
        calendar = case.calendars[shift.calendar]
        spells = [*before, *zip(calendar.starts.tolist(), calendar.ends.tolist(), strict=True)]
        more, less = (Calendar.from_intervals(s).open_seconds(span.start, span.end) for s in (spells, before))
        total += shift.agents * (more - less)
        before = spells
    return total
