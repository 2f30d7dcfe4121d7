"""The compiled twin of ``measures.kept``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simsvc.case.arrays import Case, Floats
from simsvc.log import Log
from simsvc.measures import kept
from simsvc.measures.compiled.cases import REASON
from simsvc.measures.compiled.finders import FINDERS, room
from simsvc.measures.compiled.ground import Terms, every_terms
from simsvc.measures.compiled.shelves import Cells, every_cells, stock_held
from simsvc.measures.kept import Place
from simsvc.measures.once import per_case, shared
from simsvc.measures.questions import Asked, questions
from simsvc.scenario.parts import BASE


def kept_of(case: Case, log: Log, places: Sequence[Place]) -> Floats:
    """As ``kept.kept_of``."""
    found, cases, known = np.zeros((2, len(places))), room(log), by_place(case)
    with shared():
        for column, place in enumerate(places):
            q, of, cells = known[place]
            if q.shelves is not None and cells is not None:
                found[:, column] = kept.of_shelves(case, stock_held(case, log, q.part, q.shelves, cells))
            elif q.part.measure in FINDERS:
                n = FINDERS[q.part.measure](case, log, q.part, of, cases)
                found[:, column] = np.count_nonzero(cases[REASON, :n] < 0), n
            else:
                found[:, column] = kept.of_cases(case, log, q.part)
    return found


@per_case
def by_place(case: Case) -> dict[Place, tuple[Asked, Terms, Cells | None]]:
    """The base readings by clause and position."""
    every = zip(questions(case).sims, every_terms(case), every_cells(case), strict=True)
    return {(q.clause, q.position): (q, of, cells) for q, of, cells in every if q.reading == BASE}
