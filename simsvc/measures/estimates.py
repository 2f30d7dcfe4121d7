"""Measures without a promised figure, as sums that add over replications: a value is top over bottom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simsvc.case.arrays import Bools, Case, Ints
from simsvc.log import CODES, Log
from simsvc.measures import population
from simsvc.measures.readings import sim_parts
from simsvc.measures.staff import usage
from simsvc.measures.tickets import SOLVED_REMOTELY, time_to_site
from simsvc.scenario.promises import MeasurePart, Population

HOUR, MINUTE = 3600.0, 60.0
FIXED = CODES["TICKET_STATUS"].index("fixed_on_site")
TICKET_VISITS = [CODES["JOB_KINDS"].index(kind) for kind in ("fault", "follow_up")]


@dataclass(frozen=True)
class Sum:
    """One estimate of one replication: ``top / bottom`` in ``unit``; ``cases`` it rests on.

    ``name`` is the measure, or a second figure that belongs to it (``returns_per_trip``). The bottom of a figure a
    year is the length of the counted window in years.
    """

    name: str
    unit: str
    top: float
    bottom: float
    cases: int


Estimator = Callable[[Case, Log, Population], list[Sum]]


def estimate(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """Sums of one measure; the first is the measure itself."""
    return ESTIMATORS[part.measure](case, log, part.population)


def _overtime_hours(case: Case, log: Log, who: Population) -> list[Sum]:
    """Work outside office hours, of the engineers whose stations lie in the population's areas."""
    place = case.staffing.station_place[case.staffing.engineer_station]
    area = np.append(case.places.area, -1)[np.minimum(place, case.places.towns)]
    hours = usage(case, log).overtime[population.areas(case, area, who)] / HOUR
    return [Sum("overtime_hours", "h/year", float(hours.sum()), case.span.years, int((hours > 0).sum()))]


def _answer_time(case: Case, log: Log, who: Population) -> list[Sum]:
    """Mean time until a person answers, of the faults answered."""
    t = log.tickets
    rows = population.tickets(case, log, who) & (t["answered"] >= 0)
    return [_mean("answer_time", "min", t["answered"][rows] - t["reported"][rows], MINUTE)]


def _remote_share(case: Case, log: Log, who: Population) -> list[Sum]:
    """Share solved by telephone or remote help, of the faults either solved so or handed on to dispatch."""
    t = log.tickets
    solved = t["status"] == SOLVED_REMOTELY
    rows = population.tickets(case, log, who) & (solved | (t["ready"] >= 0))
    return [_share("remote_share", solved, rows)]


def _remote_time(case: Case, log: Log, who: Population) -> list[Sum]:
    """Mean length of remote help, solved or not."""
    t = log.tickets
    rows = population.tickets(case, log, who) & (t["remote_end"] >= 0)
    return [_mean("remote_time", "min", t["remote_end"][rows] - t["remote_start"][rows], MINUTE)]


def _returns(case: Case, log: Log, who: Population) -> list[Sum]:
    """Orders delivered and sent back, a year and per van trip.

    The log names no van: a departure of a route counts as as many trips as its load fills vans.
    """
    t = log.orders
    rows = population.orders(case, log, who) & (t["delivered"] >= 0)
    back = int((t["returned"][rows] == 1).sum())
    return [
        Sum("returns", "/year", back, case.span.years, back),
        Sum("returns_per_trip", "/trip", back, _trips(case, log, rows), back),
    ]


def _trips(case: Case, log: Log, rows: Bools) -> int:
    """Van trips that carried the orders."""
    if case.model.delivery is None or not rows.any():
        return 0
    t = log.orders
    sizes = np.array([g.size for g in case.model.goods.values()])[t["goods"][rows]]
    capacity = np.array([r.capacity for r in case.model.delivery.routes.values()])
    route = t["route"][rows].astype(np.int64)
    departures, of = np.unique(np.stack((route, t["departed"][rows])), axis=1, return_inverse=True)
    load = np.bincount(of.ravel(), sizes)
    return int(np.ceil(load / capacity[departures[0]]).sum())


def _out_of_warranty(case: Case, log: Log, who: Population) -> list[Sum]:
    """Visits to units out of warranty."""
    t, visits = log.tickets, log.visits
    rows = population.tickets(case, log, who) & (t["in_warranty"] == 0)
    ticket = visits["ticket"][np.isin(visits["kind"], TICKET_VISITS)]
    made = int(rows[ticket].sum())
    return [Sum("out_of_warranty", "/year", made, case.span.years, made)]


def _complaints(case: Case, log: Log, who: Population) -> list[Sum]:
    """Expected complaints: faults late by the first promise on time to site complain at one rate, others at another.

    Nothing is estimated where the scenario gives no rates or has no such promise.
    """
    rates = case.model.reporting.complaints
    promise = next((p for _, _, p in sim_parts(case.model) if p.measure == "time_to_site"), None)
    if rates is None or promise is None:
        return [Sum("complaints", "/year", 0.0, 0.0, 0)]
    late = int((~time_to_site(case, log, promise.model_copy(update={"population": who})).kept).sum())
    reported = int(population.tickets(case, log, who).sum())
    expected = rates.late * late + rates.kept * (reported - late)
    return [Sum("complaints", "/year", expected, case.span.years, reported)]


def _fill_rate(case: Case, log: Log, who: Population) -> list[Sum]:
    """Share of parts needed that the engineer's own station had at once, of the faults repaired."""
    return [_share("fill_rate", log.tickets["part_wait"] == 0, _part_needed(case, log, who))]


def _wait_for_parts(case: Case, log: Log, who: Population) -> list[Sum]:
    """Mean wait for a part, of the faults repaired with one; no wait counts as 0."""
    rows = _part_needed(case, log, who)
    return [_mean("wait_for_parts", "h", log.tickets["part_wait"][rows], HOUR)]


def _part_needed(case: Case, log: Log, who: Population) -> Bools:
    t = log.tickets
    return np.asarray(population.tickets(case, log, who) & (t["part"] >= 0) & (t["status"] == FIXED))


def _mean(name: str, unit: str, seconds: Ints, scale: float) -> Sum:
    return Sum(name, unit, float(seconds.sum()) / scale, len(seconds), len(seconds))


def _share(name: str, hit: Bools, rows: Bools) -> Sum:
    return Sum(name, "share", int((hit & rows).sum()), int(rows.sum()), int(rows.sum()))


ESTIMATORS: dict[str, Estimator] = {
    "overtime_hours": _overtime_hours,
    "answer_time": _answer_time,
    "remote_share": _remote_share,
    "remote_time": _remote_time,
    "returns": _returns,
    "out_of_warranty": _out_of_warranty,
    "complaints": _complaints,
    "fill_rate": _fill_rate,
    "wait_for_parts": _wait_for_parts,
}
