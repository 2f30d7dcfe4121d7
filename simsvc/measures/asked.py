"""The counts of some promises alone, area by area: what a plan is judged by while better ones are looked for."""

from __future__ import annotations

from collections.abc import Sequence

from simsvc.case.arrays import Case
from simsvc.log import Log
from simsvc.measures.counts import Count, cases_of, count, count_stock
from simsvc.measures.kept import Place
from simsvc.measures.once import shared
from simsvc.scenario.promises import SimPart


def counts_of(case: Case, log: Log, places: Sequence[Place]) -> list[Count]:
    """Counts of parts under their base reading, in their order: those of ``tally``, at a fraction of its work.

    Raises
    ------
    ValueError
        If a part is not judged from logs.
    """
    found = []
    with shared():
        for clause, k in places:
            part = case.model.clauses[clause].parts[k]
            if not isinstance(part, SimPart):
                raise ValueError(f"part {k} of {clause} is not judged from logs")
            if part.measure == "stock_ratio":
                found.append(count_stock(case, log, part))
            else:
                found.append(count(case, part, cases_of(case, log, part)))
    return found
