"""The cases of a part as rows of an int64 array, and their counts; as ``measures.cases`` and ``measures.counts``."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Floats, Ints
from simsvc.kernels import kernel
from simsvc.measures.bins import BINS, STEPS
from simsvc.measures.compiled.ground import NO_LIMIT, SECONDS, Ground, Terms
from simsvc.measures.reasons import REASONS

AREA, TOWN, SINCE, ELAPSED, NEEDED, REASON, CUT = range(7)
"""Rows of a block of cases: the fields of ``Cases``, in its order (``reason`` -1 where it was kept)."""
FIELDS = 7


@kernel
def enter(
    cases: Ints, n: int, area: int, town: int, since: int, served: bool, elapsed: int, excess: int, needed: int
) -> bool:
    """Write a case without its reason; whether it was missed."""
    cases[AREA, n], cases[TOWN, n], cases[SINCE, n] = area, town, since
    cases[ELAPSED, n] = max(elapsed, 0) if served else -1
    cases[NEEDED, n] = needed if served else -1
    cases[REASON, n] = -1
    cases[CUT, n] = not served and excess <= 0
    return not (served and excess <= 0)


@kernel
def whole(seconds: int, step: int) -> int:
    """How many times ``step`` goes into ``seconds``, both positive: as ``//`` below 2**52, and many times faster."""
    return int(seconds / step)


@kernel
def bin_of(elapsed: int, step: int, strict: bool) -> int:
    """As ``measures.bins.bin_of``."""
    if elapsed < 0:
        return STEPS + 1
    needed: int = whole(elapsed, step) + 1 if strict else whole(elapsed + step - 1, step)
    return min(needed, STEPS + 1)


@kernel
def count(g: Ground, q: Terms, cases: Ints, n: int) -> tuple[Floats, Ints, Ints, Ints, Ints, int]:
    """The first ``n`` cases by area, as in ``Count``: cases and kept ones (2, areas + 1), reasons, missed; cells and
    how many cases each holds; how many the end of the run cut off."""
    rows, cut_off, used = g.areas + 1, 0, 0
    events = np.zeros((2, rows))
    reasons, missed = np.zeros((rows, len(REASONS)), np.int64), np.zeros((rows, g.months), np.int64)
    cells = np.zeros(0 if q.by == NO_LIMIT else rows * BINS, np.int32)
    for k in range(n):
        area = cases[AREA, k]
        if area < 0:
            area = rows - 1
        events[0, area] += 1
        why = cases[REASON, k]
        if why < 0:
            events[1, area] += 1
        else:
            reasons[area, why] += 1
            month = whole(max(cases[SINCE, k] - g.start, 0) * g.months, g.end - g.start)
            missed[area, min(month, g.months - 1)] += 1
            cut_off += cases[CUT, k]
        if q.by == SECONDS:
            used += _add(cells, area, bin_of(cases[ELAPSED, k], q.step, q.strict))
        elif q.by != NO_LIMIT:
            used += _add(cells, area, bin_of(cases[NEEDED, k], 1, False))
    cell, many = _packed(cells, used)
    return events, reasons, missed, cell, many, cut_off


@kernel
def climb(g: Ground, q: Terms, limits: Floats, cases: Ints, n: int) -> tuple[Ints, Ints, Ints, Ints]:
    """The first ``n`` cases by zone, as in ``Rungs``: cases, kept; cells and how many cases each holds."""
    last, used = len(g.zone) - 1, 0
    rows = g.zone[last] + 1
    total, kept = np.zeros(rows, np.int64), np.zeros((rows, len(limits)), np.int64)
    cells = np.zeros(rows * BINS, np.int32)
    for k in range(n):
        town, elapsed = cases[TOWN, k], cases[ELAPSED, k]
        zone = g.zone[town if 0 <= town < last else last]
        total[zone] += 1
        if elapsed >= 0:
            for rung, limit in enumerate(limits):
                if elapsed < limit or (elapsed == limit and not q.strict):
                    kept[zone, rung] += 1
        used += _add(cells, zone, bin_of(elapsed, q.step, q.strict))
    cell, many = _packed(cells, used)
    return total, kept, cell, many


@kernel
def _add(cells: Ints, row: int, column: int) -> int:
    """Count a case; 1 for the first of its cell."""
    cells[row * BINS + column] += 1
    return 1 if cells[row * BINS + column] == 1 else 0


@kernel
def _packed(cells: Ints, used: int) -> tuple[Ints, Ints]:
    """The cells that are used, and how many cases each holds."""
    found, many, n = np.empty(used, np.int64), np.empty(used, np.int64), 0
    for cell in range(len(cells)):
        if cells[cell] > 0:
            found[n], many[n] = cell, cells[cell]
            n += 1
    return found, many
