"""What one replication says about one clause part under one reading, as counts that add over replications."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simsvc.case.arrays import Case, Floats, Ints
from simsvc.log import Log
from simsvc.measures.after import manager_answer
from simsvc.measures.bins import BINS, Delays, Small, bin_of, small, width
from simsvc.measures.cases import Cases
from simsvc.measures.jobs import in_use, installed, planned_done
from simsvc.measures.orders import delivered
from simsvc.measures.reasons import PART, REASONS
from simsvc.measures.repairs import loaner_placed, repaired, stand_in_available
from simsvc.measures.stock import Held, Shelves, stock_ratio
from simsvc.measures.tickets import response, staff_reachable, taken_up, time_to_site
from simsvc.scenario.promises import SimPart
from simsvc.scenario.quantity import YEAR

MEASURES = {
    "response": response,
    "answered": response,
    "time_to_site": time_to_site,
    "taken_up": taken_up,
    "staff_reachable": staff_reachable,
    "repaired": repaired,
    "loaner_placed": loaner_placed,
    "stand_in_available": stand_in_available,
    "manager_answer": manager_answer,
    "delivered": delivered,
    "installed": installed,
    "in_use": in_use,
    "planned_done": planned_done,
}


@dataclass(frozen=True)
class Count:
    """Counts by area: ``areas`` of the case, and a last row for cases of no area.

    ``cases``, ``kept``: shape (areas + 1,), for ``stock_ratio`` shelves x months, kept by share of time;
    ``hours``: hours that a case stands for (0 where it is an event); ``reasons``: misses (areas + 1, REASONS);
    ``missed``: misses by month (areas + 1, months), empty where there are no events; ``delays``: cases by area row and
    bin of the time needed (bins as in ``width``, or days), None where the part has no limit;
    ``cut_off``: cases that the end of the run made a miss before their limit; ``together``: share of the time in which
    all shelves of several held at once.
    """

    cases: Floats
    kept: Floats
    reasons: Floats | Small
    missed: Small
    delays: Delays | None
    cut_off: int = 0
    hours: float = 0.0
    together: float | None = None


def cases_of(case: Case, log: Log, part: SimPart) -> Cases:
    """Cases of a part (of any measure but ``stock_ratio``, which has no single cases)."""
    return MEASURES[part.measure](case, log, part)


def count(case: Case, part: SimPart, found: Cases) -> Count:
    """Counts of a part's cases."""
    rows, months = len(case.places.areas) + 1, month_count(case)
    area = np.where(found.area < 0, rows - 1, found.area)
    missed = ~found.kept
    month = _month(case, found.since[missed], months)
    misses = np.bincount(area[missed] * months + month, minlength=rows * months)
    reasons = np.bincount(area[missed] * len(REASONS) + found.reason[missed], minlength=rows * len(REASONS))
    return Count(
        cases=np.bincount(area, minlength=rows).astype(np.float64),
        kept=np.bincount(area[found.kept], minlength=rows).astype(np.float64),
        reasons=small(reasons, len(area)).reshape(rows, -1),
        missed=small(misses, len(area)).reshape(rows, months),
        delays=_delays(part, area, found),
        cut_off=int(found.cut_off.sum()),
    )


def count_stock(case: Case, log: Log, part: SimPart, shelves: Shelves | None = None) -> Count:
    """Counts of ``stock_ratio``: a case is a shelf in a month, kept for its share of the time; a miss lacks a part.

    A month, because pieces are replaced within days or weeks: hours in a row are far from independent, months nearly.
    """
    return stock_count(case, stock_ratio(case, log, part, shelves))


def stock_count(case: Case, held: Held) -> Count:
    """Counts of groups of shelves."""
    rows, months = len(case.places.areas) + 1, month_count(case)
    area = np.where(held.area < 0, rows - 1, held.area)
    each = (np.ones(len(area)), held.share)
    cases, kept = (months * np.bincount(area, weight, rows).astype(np.float64) for weight in each)
    reasons = np.zeros((rows, len(REASONS)))
    reasons[:, PART] = cases - kept
    hours = (case.span.end - case.span.start) / 3600 / months
    none = np.zeros((rows, 0), np.uint8)
    return Count(cases, kept, reasons, none, None, hours=hours, together=held.together if len(area) > 1 else None)


def month_count(case: Case) -> int:
    """Months of the counted window: equal parts, as near to a twelfth of a year as may be."""
    return max(1, round((case.span.end - case.span.start) / (YEAR / 12)))


def _month(case: Case, since: Ints, months: int) -> Ints:
    return np.clip((since - case.span.start) * months // (case.span.end - case.span.start), 0, months - 1)


def _delays(part: SimPart, area: Ints, found: Cases) -> Delays | None:
    if part.limit is not None:
        bins = bin_of(found.elapsed, width(part.limit), part.strict)
    elif part.days is not None:
        bins = bin_of(found.days, 1, strict=False)
    else:
        return None
    return Delays.of(area * BINS + bins)
