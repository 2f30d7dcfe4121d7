"""How busy each engineer is: duty, work in and out of office hours, visits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simsvc.case.arrays import Case, Floats
from simsvc.log import Log
from simsvc.measures import population
from simsvc.measures.once import per_log
from simsvc.scenario.promises import Population


@dataclass(frozen=True)
class Usage:
    """Sums over the counted window, all of shape (engineers,).

    ``duty``: office hours in seconds (absences included); ``busy``: seconds of them spent setting out, driving (home
    too) and on site; ``overtime``: the same outside office hours; ``visits``: visits assigned.
    """

    duty: Floats
    busy: Floats
    overtime: Floats
    visits: Floats


@per_log
def usage(case: Case, log: Log) -> Usage:
    """Usage of every engineer, in the order of ``case.staffing.engineers``."""
    count, span, t = len(case.staffing.engineers), case.span, log.engineers
    office = case.calendars[case.model.staff.calendar]
    ends = np.where(t["end"] < 0, span.horizon, t["end"])
    since, until = np.clip(t["start"], span.start, span.end), np.clip(ends, span.start, span.end)
    inside = office.open_seconds(since, until)
    made = (log.visits["assigned"] >= span.start) & (log.visits["assigned"] < span.end)
    visits = log.visits["engineer"][made & (log.visits["engineer"] >= 0)]
    return Usage(
        duty=np.full(count, float(office.open_seconds(span.start, span.end))),
        busy=np.bincount(t["engineer"], inside, count).astype(np.float64),
        overtime=np.bincount(t["engineer"], until - since - inside, count).astype(np.float64),
        visits=np.bincount(visits, minlength=count).astype(np.float64),
    )


def overtime(case: Case, log: Log, who: Population) -> Floats:
    """Overtime in seconds of the engineers whose stations lie in the population's areas."""
    place = case.staffing.station_place[case.staffing.engineer_station]
    area = np.append(case.places.area, -1)[np.minimum(place, case.places.towns)]
    return usage(case, log).overtime[population.areas(case, area, who)]
