"""Tallies of the replications in, one row per clause part, reading and area out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simsvc.case.arrays import Case
from simsvc.measures import Tally
from simsvc.promise.estimates import measure_rows
from simsvc.promise.plan.rows import plan_rows
from simsvc.promise.result import PROVINCE, Row
from simsvc.promise.shares import Question, sim_rows
from simsvc.promise.texts import part_label
from simsvc.promise.together import together_rows
from simsvc.scenario.parts import readings
from simsvc.scenario.promises import MeasurePart, PlanPart, SimPart


def judge(case: Case, tallies: Sequence[Tally], *, level: float = 0.95) -> tuple[Row, ...]:
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
    return tuple(_rows(case, tallies, level))


def _rows(case: Case, tallies: Sequence[Tally], level: float) -> Iterator[Row]:
    for clause, spec in case.model.clauses.items():
        for k, part in enumerate(spec.parts):
            label = part_label(spec, k)
            if isinstance(part, SimPart):
                for name, read in readings(part):
                    counts = [t.counts[clause, k, name] for t in tallies]
                    yield from sim_rows(Question(case, clause, label, name, read, level), counts)
                    yield from together_rows(case, clause, label, name, counts, level)
            elif isinstance(part, MeasurePart):
                yield from measure_rows(clause, label, part, [t.sums[clause, k] for t in tallies], level)
            elif isinstance(part, PlanPart):
                yield from plan_rows(case, clause, label, part)
            else:
                yield Row(clause, label, "base", "ledger", PROVINCE, "", 0, None, None, None, None, "not judged")
