"""Measures without a promised figure, as sums that add over replications: a value is top over bottom."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simsvc.case.arrays import Case
from simsvc.log import Log
from simsvc.measures import after, costs, desk, goods, population, visits, warranty
from simsvc.measures.staff import overtime
from simsvc.measures.sums import HOUR, Sum, mean, per_year, share
from simsvc.measures.tickets import ABANDONED, FIXED_ON_SITE, REPLACED, late_to_site
from simsvc.scenario.parts import sim_parts
from simsvc.scenario.promises import Estimate, MeasurePart

__all__ = ["ESTIMATORS", "Sum", "estimate"]
Estimator = Callable[[Case, Log, MeasurePart], list[Sum]]


def estimate(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Sums of one measure; the first is the measure itself."""
    return ESTIMATORS[part.measure](case, log, part)


def _overtime_hours(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Work outside office hours, of the engineers whose stations lie in the population's areas."""
    hours = overtime(case, log, part.population) / HOUR
    return [Sum("overtime_hours", "h/year", float(hours.sum()), case.span.years, int((hours > 0).sum()))]


def _substitutes(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Faults in which another part did as well."""
    used = population.tickets(case, log, part.population) & (log.tickets["substitute"] == 1)
    return [per_year(case, "substitutes", int(used.sum()))]


def _repeat_share(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Share of the faults reported that had been there before."""
    rows = population.tickets(case, log, part.population)
    return [share("repeat_share", log.tickets["parent"] >= 0, rows)]


def _repairs(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Units that leave their site for repair; mean number away at a time; those not worth repair."""
    t, span = log.tickets, case.span
    sent = population.tickets(case, log, part.population) & (t["sent"] >= 0)
    ever = population.tickets(case, log, part.population, cohort=False) & (t["sent"] >= 0)
    back = np.where(t["back"] < 0, span.horizon, t["back"])
    away = (np.clip(back, span.start, span.end) - np.clip(t["sent"], span.start, span.end))[ever]
    return [
        per_year(case, "repairs", int(sent.sum())),
        Sum("units_in_repair", "units", float(away.sum()), span.end - span.start, int(ever.sum())),
        per_year(case, "scrapped", int((sent & (t["scrapped"] == 1)).sum())),
    ]


def _replacements(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Units replaced by new ones; those of them that were not scrapped but could not be repaired."""
    new = population.tickets(case, log, part.population) & (log.tickets["status"] == REPLACED)
    unrepaired = int((new & (log.tickets["scrapped"] == 0)).sum())
    return [per_year(case, "replacements", int(new.sum())), per_year(case, "replaced_unrepaired", unrepaired)]


def _complaints(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Expected complaints: faults late by the first promise on time to site complain at one rate, others at another.

    Callers lost are late. Nothing is estimated where the scenario gives no rates or has no such promise.
    """
    rates, who = case.model.reporting.complaints, part.population
    promise = next((p for _, p in sim_parts(case.model) if p.measure == "time_to_site"), None)
    if rates is None or promise is None:
        return [Sum("complaints", "/year", 0.0, 0.0, 0)]
    late = late_to_site(case, log, promise.model_copy(update={"population": who}))
    mine = population.tickets(case, log, who)
    late, reported = late + int((mine & (log.tickets["status"] == ABANDONED)).sum()), int(mine.sum())
    expected = rates.late * late + rates.kept * (reported - late)
    return [Sum("complaints", "/year", expected, case.span.years, reported)]


def _fill_rate(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Share of parts needed that the engineer's own station had at once, of the faults repaired."""
    t = log.tickets
    needed = population.tickets(case, log, part.population) & (t["part"] >= 0) & (t["status"] == FIXED_ON_SITE)
    return [share("fill_rate", t["part_wait"] == 0, needed)]


def _wait_for_parts(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Mean wait for a part, of the faults repaired with one; no wait counts as 0."""
    t = log.tickets
    needed = population.tickets(case, log, part.population) & (t["part"] >= 0) & (t["status"] == FIXED_ON_SITE)
    return [mean("wait_for_parts", "h", t["part_wait"][needed], HOUR)]


ESTIMATORS: dict[Estimate, Estimator] = {
    "overtime_hours": _overtime_hours,
    "answer_time": desk.answer_time,
    "abandoned": desk.abandoned,
    "desk_load": desk.desk_load,
    "remote_share": desk.remote_share,
    "remote_time": desk.remote_time,
    "approval_delay": desk.approval_delay,
    "load": visits.load,
    "planned_load": visits.planned_load,
    "third_level": desk.third_level,
    "first_time_fix": visits.first_time_fix,
    "right_part": visits.right_part,
    "substitutes": _substitutes,
    "repeat_share": _repeat_share,
    "repairs": _repairs,
    "replacements": _replacements,
    "rework": visits.rework,
    "returns": goods.returns,
    "replacement_goods": goods.replacement_goods,
    "escalations": after.escalations,
    "open_age": after.open_age,
    "reminders": warranty.reminders,
    "warranty_liability": warranty.liability,
    "complaints": _complaints,
    "fill_rate": _fill_rate,
    "wait_for_parts": _wait_for_parts,
    "costs": costs.costs,
}
