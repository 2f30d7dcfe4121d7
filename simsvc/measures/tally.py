"""One replication's log and case in, everything that verdicts need out: small, picklable, additive."""

from __future__ import annotations

from dataclasses import dataclass

from simsvc.case.arrays import Case
from simsvc.log import Log
from simsvc.measures.bins import Delays
from simsvc.measures.counts import Count, cases_of, count, count_stock
from simsvc.measures.estimates import estimate
from simsvc.measures.ladder import Rungs, histogram, rungs
from simsvc.measures.once import shared
from simsvc.measures.questions import Questions, questions
from simsvc.measures.staff import Usage, usage
from simsvc.measures.sums import Sum
from simsvc.measures.tickets import OPEN, SOLVED_REMOTELY
from simsvc.scenario.parts import BASE

Key = tuple[str, int, str]
"""Clause, position of the part, reading."""
FIGURES = ("tickets", "out_of_hours", "on_site", "settled", "open_at_end", "unreachable")


@dataclass(frozen=True)
class Tally:
    """What one replication contributes.

    ``counts`` by clause, part and reading; ``sums`` by clause and part; ``ladder`` by clause and part of the promises
    on time to site (base reading); ``histogram``: on-site cases by zone (last row: none) and minute of time to site,
    round the clock from the report: bin m holds those within m but not m - 1 minutes, bin 1441 later or never;
    ``figures``: counts of the cohort's tickets.
    """

    counts: dict[Key, Count]
    sums: dict[tuple[str, int], list[Sum]]
    ladder: dict[tuple[str, int], Rungs]
    histogram: Delays
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
        A seventh of a megabyte for 15,000 tickets and thirty readings, to be sent between processes.
    """
    asked = questions(case)
    counts: dict[Key, Count] = {}
    ladder: dict[tuple[str, int], Rungs] = {}
    with shared():
        for q in asked.sims:
            if q.shelves is not None:
                counts[q.clause, q.position, q.reading] = count_stock(case, log, q.part, q.shelves)
                continue
            found = cases_of(case, log, q.part)
            counts[q.clause, q.position, q.reading] = count(case, q.part, found)
            if q.reading == BASE and q.part.measure == "time_to_site":
                ladder[q.clause, q.position] = rungs(case, q.part, found)
        sums = estimates(case, log, asked)
        return Tally(counts, sums, ladder, histogram(case, log), usage(case, log), figures(case, log))


def estimates(case: Case, log: Log, asked: Questions) -> dict[tuple[str, int], list[Sum]]:
    """Sums of all measures without a promised figure, by clause and position."""
    return {(clause, k): estimate(case, log, part) for clause, k, part in asked.measures}


def figures(case: Case, log: Log) -> dict[str, float]:
    """Counts of the cohort's tickets."""
    t = log.tickets
    counted = t["counted"] == 1
    office = case.calendars[case.model.staff.calendar]
    visited = counted & (t["status"] != SOLVED_REMOTELY) & (t["ready"] >= 0)
    found = (
        counted,
        counted & ~office.is_open(t["reported"]),
        visited,
        visited | (counted & (t["status"] == SOLVED_REMOTELY)),
        counted & (t["status"] == OPEN),
        visited & (t["reachable"] == 0),
    )
    return {name: float(rows.sum()) for name, rows in zip(FIGURES, found, strict=True)}
