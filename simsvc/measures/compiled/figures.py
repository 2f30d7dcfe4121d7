"""Counts of the cohort's tickets in one pass; as ``measures.tally.figures``."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Case, Ints
from simsvc.kernels import kernel
from simsvc.measures import tickets as status
from simsvc.measures.compiled.clock import is_open
from simsvc.measures.compiled.columns import Tickets
from simsvc.measures.compiled.ground import Ground, ground
from simsvc.measures.tally import FIGURES


def figures(case: Case, tickets: Tickets) -> dict[str, float]:
    """As ``tally.figures``."""
    return dict(zip(FIGURES, map(float, _figures(ground(case), tickets)), strict=True))


@kernel
def _figures(g: Ground, t: Tickets) -> Ints:
    """Counts in the order of ``FIGURES``."""
    found = np.zeros(len(FIGURES), np.int64)
    for i in range(len(t.counted)):
        if t.counted[i] != 1:
            continue
        visited = t.status[i] != status.SOLVED_REMOTELY and t.ready[i] >= 0
        found[0] += 1
        found[1] += not is_open(g.spells, g.by_day, g.office, t.reported[i])
        found[2] += visited
        found[3] += visited or t.status[i] == status.SOLVED_REMOTELY
        found[4] += t.status[i] == status.OPEN
        found[5] += visited and t.reachable[i] == 0
    return found
