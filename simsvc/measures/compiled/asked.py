"""The compiled twin of ``measures.asked``, and the counts of one part for the tally."""

from __future__ import annotations

from collections.abc import Sequence

from simsvc.case.arrays import Case, Ints
from simsvc.log import Log
from simsvc.measures import counts
from simsvc.measures.bins import Delays, small
from simsvc.measures.compiled.cases import count
from simsvc.measures.compiled.finders import FINDERS, room
from simsvc.measures.compiled.ground import NO_LIMIT, Ground, Terms, ground
from simsvc.measures.compiled.kept import by_place
from simsvc.measures.compiled.shelves import stock_held
from simsvc.measures.counts import Count
from simsvc.measures.kept import Place
from simsvc.measures.once import shared


def counts_of(case: Case, log: Log, places: Sequence[Place]) -> list[Count]:
    """As ``asked.counts_of``."""
    found, g, cases, known = list[Count](), ground(case), room(log), by_place(case)
    with shared():
        for place in places:
            q, of, cells = known[place]
            if q.shelves is not None and cells is not None:
                found.append(counts.stock_count(case, stock_held(case, log, q.part, q.shelves, cells)))
            elif q.part.measure in FINDERS:
                found.append(counted(g, of, cases, FINDERS[q.part.measure](case, log, q.part, of, cases)))
            else:
                found.append(counts.count(case, q.part, counts.cases_of(case, log, q.part)))
    return found


def counted(g: Ground, of: Terms, cases: Ints, n: int) -> Count:
    """As ``counts.count``, of the first ``n`` cases of a block."""
    events, reasons, missed, cell, many, cut_off = count(g, of, cases, n)
    return Count(
        cases=events[0],
        kept=events[1],
        reasons=small(reasons, n),
        missed=small(missed, n),
        delays=None if of.by == NO_LIMIT else Delays.sparse(cell, many),
        cut_off=cut_off,
    )
