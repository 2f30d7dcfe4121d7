"""Tallies of the replications in, one row per clause part, reading and area out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simsvc.case.arrays import Case
from simsvc.measures import Tally
from simsvc.promise.estimates import measure_rows
from simsvc.promise.plan.rows import plan_rows
from simsvc.promise.result import PROVINCE, Row, Verdict
from simsvc.promise.shares import Question, province, sim_rows
from simsvc.promise.texts import part_label
from simsvc.promise.together import together_rows
from simsvc.scenario.parts import BASE, readings
from simsvc.scenario.promises import MeasurePart, PlanPart, SimPart
from simsvc.stats import Interval


def judge(case: Case, tallies: Sequence[Tally], *, level: float = 0.95, areas: bool = True) -> tuple[Row, ...]:
    """Verdicts and estimates of every clause of the case's scenario.

    Parameters
    ----------
    case : Case
        The case that was run.
    tallies : sequence of Tally
        One per replication, in the order of the replications.
    level : float
        Two-sided confidence level of every interval; at a look of a group-sequential plan, that look's level. Areas
        are decided with the error 1 - ``level`` for all areas of a reading together (Holm).
    areas : bool
        Judge the areas, too; the province alone takes a tenth of the time.

    Returns
    -------
    tuple of Row
        In the order of the clauses and their parts; of a part judged from logs for each reading the province, then
        every area of its population; the province holds the cases of areas shown apart, too. With fewer than
        ``stats.FEWEST`` replications no share is decided.

    Raises
    ------
    ValueError
        If there is no tally.
    """
    if not tallies:
        raise ValueError("a verdict needs at least one replication")
    return tuple(_rows(case, tallies, level, areas=areas))


def headline(
    case: Case, tallies: Sequence[Tally], *, level: float = 0.95
) -> dict[tuple[str, int], tuple[Interval | None, Verdict]]:
    """Share and verdict of every clause part judged from logs, base reading, province: what decides a study.

    Parameters
    ----------
    case, tallies, level
        As in ``judge``, whose rows say the same and much more, and take a hundred times as long.

    Returns
    -------
    dict
        By clause and position of the part.
    """
    return {
        (clause, k): province(part, [t.counts[clause, k, BASE] for t in tallies], level)
        for clause, spec in case.model.clauses.items()
        for k, part in enumerate(spec.parts)
        if isinstance(part, SimPart)
    }


def _rows(case: Case, tallies: Sequence[Tally], level: float, *, areas: bool) -> Iterator[Row]:
    for clause, spec in case.model.clauses.items():
        for k, part in enumerate(spec.parts):
            label = part_label(spec, k)
            if isinstance(part, SimPart):
                for name, read in readings(part):
                    counts = [t.counts[clause, k, name] for t in tallies]
                    yield from sim_rows(Question(case, clause, label, name, read, level), counts, areas=areas)
                    yield from together_rows(case, clause, label, name, counts, level)
            elif isinstance(part, MeasurePart):
                yield from measure_rows(clause, label, part, [t.sums[clause, k] for t in tallies], level)
            elif isinstance(part, PlanPart):
                yield from plan_rows(case, clause, label, part)
            else:
                yield Row(clause, label, "base", "ledger", PROVINCE, "", 0, None, None, None, None, "not judged")
