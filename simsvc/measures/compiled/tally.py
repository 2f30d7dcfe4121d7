"""The compiled twin of ``measures.tally``: every case judged and counted in kernels, equal to the last bit."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Case, Floats, Ints
from simsvc.log import Log
from simsvc.measures import counts, staff
from simsvc.measures.bins import Delays
from simsvc.measures.compiled.asked import counted
from simsvc.measures.compiled.cases import climb
from simsvc.measures.compiled.figures import figures
from simsvc.measures.compiled.finders import FINDERS, faults, room
from simsvc.measures.compiled.ground import Ground, Terms, every_terms, ground, terms
from simsvc.measures.compiled.shelves import every_cells, stock_held
from simsvc.measures.compiled.staff import usage
from simsvc.measures.counts import Count
from simsvc.measures.ladder import A_DAY, MINUTE, Rungs
from simsvc.measures.once import per_case, recall, shared
from simsvc.measures.questions import questions
from simsvc.measures.tally import Key, Tally, estimates
from simsvc.scenario.parts import BASE


def tally(case: Case, log: Log) -> Tally:
    """Everything that ``promise.judge`` needs of one replication, as ``measures.tally`` gives it."""
    asked, g = questions(case), ground(case)
    found: dict[Key, Count] = {}
    ladder: dict[tuple[str, int], Rungs] = {}
    cases = room(log)
    with shared():
        for q, of, cells in zip(asked.sims, every_terms(case), every_cells(case), strict=True):
            key = q.clause, q.position, q.reading
            if q.shelves is not None and cells is not None:
                found[key] = counts.stock_count(case, stock_held(case, log, q.part, q.shelves, cells))
            elif q.part.measure not in FINDERS:
                found[key] = counts.count(case, q.part, counts.cases_of(case, log, q.part))
            else:
                n = FINDERS[q.part.measure](case, log, q.part, of, cases)
                found[key] = counted(g, of, cases, n)
                if q.reading == BASE and q.part.measure == "time_to_site":
                    ladder[key[:2]] = _rungs(case, g, of, cases, n)
        use, a_day = usage(case, log), _a_day(case)
        recall(staff.usage, use, case, log)
        sums = estimates(case, log, asked)
        n = FINDERS["time_to_site"](case, log, A_DAY, a_day, cases)
        minutes = _rungs(case, g, a_day, cases, n).delays
        return Tally(found, sums, ladder, minutes, use, figures(case, faults(log)))


@per_case
def _a_day(case: Case) -> Terms:
    return terms(case, A_DAY)._replace(step=MINUTE)


@per_case
def _limits(case: Case) -> Floats:
    return np.array(case.model.reporting.ladder, np.float64)


def _rungs(case: Case, g: Ground, of: Terms, cases: Ints, n: int) -> Rungs:
    """As ``ladder.rungs``."""
    total, kept, cell, many = climb(g, of, _limits(case), cases, n)
    return Rungs(total, kept, Delays.sparse(cell, many))
