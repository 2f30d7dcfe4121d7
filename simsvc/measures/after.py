"""What follows from a log afterwards, since it moves nobody: escalation to the managers, checks of old tickets."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Case, Ints
from simsvc.clock import NEVER
from simsvc.log import Log
from simsvc.luck import Stream
from simsvc.measures import population
from simsvc.measures.cases import Cases, judge
from simsvc.measures.clock import PromiseClock, wait
from simsvc.measures.reasons import delays
from simsvc.measures.sums import HOUR, Sum, mean, per_year
from simsvc.measures.tickets import ABANDONED
from simsvc.scenario.promises import MeasurePart, Population, SimPart
from simsvc.scenario.reporting import Escalation
from simsvc.workload.samplers import Draws


def manager_answer(case: Case, log: Log, part: SimPart) -> Cases:
    """Faults that go to the manager, since nobody was named in time: from then until the manager answers."""
    t = log.tickets
    rows = np.flatnonzero(_escalated(case, log, part.population))
    start = t["ready"][rows] + int(_rules(case).after)
    opens, answered = _manager(case, log, rows)
    served = answered < NEVER
    end = np.where(served, answered, case.span.horizon)
    clock = PromiseClock.of(case, part)

    def explain(missed: Ints) -> tuple[Ints, Bools]:
        a, b = start[missed], end[missed]
        since = np.clip(opens[missed], a, b)
        found = delays(len(a), off_duty=clock.seconds(a, since), desk=clock.seconds(since, b))
        return found, np.zeros(len(a), np.bool_)

    return judge(t, rows, "reported", served, wait(case, part, clock, start, end), explain)


def escalations(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Faults that go to the manager; those that go on to the general manager."""
    rows = np.flatnonzero(_escalated(case, log, part.population))
    start, rules = log.tickets["ready"][rows] + int(_rules(case).after), _rules(case)
    late = int((_manager(case, log, rows)[1] - start > rules.limit).sum())
    return [per_year(case, "escalations", len(rows)), per_year(case, "escalations_general", late)]


def open_age(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Faults that stay open so long that they draw a check; a rectification order; how long a fault is open."""
    t, rules = log.tickets, _rules(case)
    wanted = population.tickets(case, log, part.population) & (t["status"] != ABANDONED)
    age = (np.where(t["fixed"] < 0, case.span.horizon, t["fixed"]) - t["reported"])[wanted]
    checks, orders = (int((age > limit).sum()) for limit in (rules.check, rules.rectify))
    return [
        per_year(case, "open_age", checks),
        per_year(case, "rectifications", orders),
        mean("time_open", "h", age, HOUR),
    ]


def _rules(case: Case) -> Escalation:
    return case.model.reporting.escalation or Escalation()


def _escalated(case: Case, log: Log, who: Population) -> Bools:
    """Faults for which nobody had been named ``after`` so long of being ready."""
    t = log.tickets
    named = np.where(t["assigned"] < 0, case.span.horizon, t["assigned"])
    waiting = (t["ready"] >= 0) & (named - t["ready"] > int(_rules(case).after))
    return population.tickets(case, log, who) & waiting


def _manager(case: Case, log: Log, rows: Ints) -> tuple[Ints, Ints]:
    """When the manager is next there for each fault, and when the answer comes (``NEVER`` if no more in the run)."""
    rules = _rules(case)
    asked = log.tickets["ready"][rows] + int(rules.after)
    opens = case.calendars[rules.calendar].next_open(asked) if rules.calendar is not None else asked
    takes = Draws(log.seed).seconds(rules.answer, Stream.MANAGER, log.tickets["key"][rows])
    return opens, np.minimum(opens + takes, NEVER)
