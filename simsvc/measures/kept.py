"""The least that a verdict needs of a log: cases and kept cases of each promise, the province together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simsvc.case.arrays import Case, Floats
from simsvc.log import Log
from simsvc.measures.counts import cases_of, month_count
from simsvc.measures.stock import Held, stock_ratio
from simsvc.measures.tally import Tally
from simsvc.scenario.parts import BASE
from simsvc.scenario.promises import SimPart

Place = tuple[str, int]
"""Clause, and the position of a part in it."""


def kept_of(case: Case, log: Log, places: Sequence[Place]) -> Floats:
    """Kept cases and all cases of each part under its base reading, shape (2, parts).

    The same numbers as those of ``tally`` over all areas; a fraction of its work.
    """
    found = np.zeros((2, len(places)))
    for column, (clause, k) in enumerate(places):
        part = case.model.clauses[clause].parts[k]
        if not isinstance(part, SimPart):
            raise ValueError(f"part {k} of {clause} is not judged from logs")
        if part.measure == "stock_ratio":
            found[:, column] = of_shelves(case, stock_ratio(case, log, part))
        else:
            found[:, column] = of_cases(case, log, part)
    return found


def of_shelves(case: Case, held: Held) -> tuple[float, float]:
    """Shelves x months: those held, for their share of the time, and all."""
    months = month_count(case)
    return float(months * held.share.sum()), float(months * len(held.share))


def of_cases(case: Case, log: Log, part: SimPart) -> tuple[float, float]:
    """Kept cases and all cases of a part of any other measure."""
    kept = cases_of(case, log, part).kept
    return float(kept.sum()), float(kept.size)


def kept_in(tally: Tally, places: Sequence[Place]) -> Floats:
    """The same from a replication's tally."""
    counts = [tally.counts[clause, k, BASE] for clause, k in places]
    return np.array([[c.kept.sum() for c in counts], [c.cases.sum() for c in counts]])
