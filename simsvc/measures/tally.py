"""One replication's log and case in, everything that verdicts need out: small, picklable, additive."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simsvc.case.arrays import Case, Ints
from simsvc.log import Log
from simsvc.measures.cases import Cases
from simsvc.measures.counts import BINS, Count, bin_of, cases_of, count, count_stock, width
from simsvc.measures.estimates import estimate
from simsvc.measures.staff import Usage, usage
from simsvc.measures.sums import Sum
from simsvc.measures.tickets import OPEN, SOLVED_REMOTELY, time_to_site
from simsvc.scenario.parts import BASE, readings
from simsvc.scenario.promises import MeasurePart, SimPart

Key = tuple[str, int, str]
"""Clause, position of the part, reading."""


@dataclass(frozen=True)
class Rungs:
    """Promise ladder of one part: ``cases`` (zones + 1,), ``kept`` (zones + 1, limits) and ``delays``, cases by the bin
    of the time needed (zones + 1, BINS), bins as in ``width``; last row: no zone."""

    cases: Ints
    kept: Ints
    delays: Ints


@dataclass(frozen=True)
class Tally:
    """What one replication contributes.

    ``counts`` by clause, part and reading; ``sums`` by clause and part; ``ladder`` by clause and part of the promises
    on time to site (base reading); ``histogram``: on-site cases by minute of time to site, round the clock from the
    report, shape (zones + 1, BINS): bin m holds those within m but not m - 1 minutes, bin 1441 later or never;
    ``figures``: counts of the cohort's tickets.
    """

    counts: dict[Key, Count]
    sums: dict[tuple[str, int], list[Sum]]
    ladder: dict[tuple[str, int], Rungs]
    histogram: Ints
    use: Usage
    figures: dict[str, float]


def tally(case: Case, log: Log) -> Tally:
    """Everything that ``promise.judge`` needs of one replication.

    Parameters
    ----------
    case : Case
        The case that was run; its model names clauses, parts and readings.
    log : Log
        The replication's log.

    Returns
    -------
    Tally
        Half a megabyte for 15,000 tickets and twenty readings, to be sent between processes.
    """
    counts: dict[Key, Count] = {}
    sums: dict[tuple[str, int], list[Sum]] = {}
    ladder: dict[tuple[str, int], Rungs] = {}
    for clause, spec in case.model.clauses.items():
        for k, part in enumerate(spec.parts):
            if isinstance(part, MeasurePart):
                sums[clause, k] = estimate(case, log, part)
            elif isinstance(part, SimPart):
                for name, read in readings(part):
                    if read.measure == "stock_ratio":
                        counts[clause, k, name] = count_stock(case, log, read)
                        continue
                    found = cases_of(case, log, read)
                    counts[clause, k, name] = count(case, read, found)
                    if name == BASE and read.measure == "time_to_site":
                        ladder[clause, k] = _rungs(case, read, found)
    return Tally(counts, sums, ladder, _histogram(case, log), usage(case, log), _figures(case, log))


def _zone(case: Case, town: Ints) -> Ints:
    """Zone of each town; the row after the last zone for none."""
    zone = np.append(case.places.zone, -1)[np.minimum(town, case.places.towns)]
    return np.where(zone < 0, len(case.places.zones), zone)


def _rungs(case: Case, part: SimPart, found: Cases) -> Rungs:
    zone, rows = _zone(case, found.town), len(case.places.zones) + 1
    served = found.elapsed >= 0
    within = [
        served & ((found.elapsed < limit) if part.strict else (found.elapsed <= limit))
        for limit in case.model.reporting.ladder
    ]
    kept = np.stack([np.bincount(zone[hit], minlength=rows) for hit in within], axis=1)
    step = width(part.limit) if part.limit is not None else 60
    codes = zone * BINS + bin_of(found.elapsed, step, part.strict)
    delays = np.bincount(codes, minlength=rows * BINS).reshape(rows, BINS)
    return Rungs(np.bincount(zone, minlength=rows), kept, delays)


def _histogram(case: Case, log: Log) -> Ints:
    a_day = SimPart.model_validate({"kind": "sim", "measure": "time_to_site", "limit": "1 d"})
    found = time_to_site(case, log, a_day)
    rows = len(case.places.zones) + 1
    codes = _zone(case, found.town) * BINS + bin_of(found.elapsed, 60, strict=False)
    return np.bincount(codes, minlength=rows * BINS).reshape(rows, BINS)


def _figures(case: Case, log: Log) -> dict[str, float]:
    t = log.tickets
    counted = t["counted"] == 1
    office = case.calendars[case.model.staff.calendar]
    visited = counted & (t["status"] != SOLVED_REMOTELY) & (t["ready"] >= 0)
    return {
        "tickets": float(counted.sum()),
        "out_of_hours": float((counted & ~office.is_open(t["reported"])).sum()),
        "on_site": float(visited.sum()),
        "settled": float((visited | (counted & (t["status"] == SOLVED_REMOTELY))).sum()),
        "open_at_end": float((counted & (t["status"] == OPEN)).sum()),
        "unreachable": float((visited & (t["reachable"] == 0)).sum()),
    }
