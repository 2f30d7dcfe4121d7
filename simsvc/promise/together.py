"""Beside the mean over the shelves: for what share of the time all of them held enough at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simsvc.case.arrays import Case
from simsvc.measures import Count
from simsvc.measures.counts import month_count
from simsvc.promise.estimates import bounds
from simsvc.promise.result import PROVINCE, Row
from simsvc.scenario.parts import BASE
from simsvc.stats import middle_range, ratio_interval, share_interval

MEASURE = "stock_together"


def together_rows(
    case: Case, clause: str, label: str, name: str, counts: Sequence[Count], level: float
) -> Iterator[Row]:
    """One row for the base reading of a promise on several shelves; none for other promises and readings.

    Where it never or always was so in any replication the bound comes from the months, as for the shelves themselves.
    """
    shares = [c.together for c in counts if c.together is not None]
    if name != BASE or not shares:
        return
    months = [float(month_count(case))] * len(shares)
    kept = [share * month for share, month in zip(shares, months, strict=True)]
    found = ratio_interval(kept, months, level)
    if found and found.low == found.high:
        found = share_interval(kept, months, level)
    low, high = bounds(found, share=True)
    yield Row(
        id=clause,
        part=f"{label}:{MEASURE}",
        reading=BASE,
        kind="measure",
        area=PROVINCE,
        population="all shelves at once",
        cases=len(shares),
        estimate=found.estimate if found else None,
        low=low,
        high=high,
        target=None,
        verdict="estimate",
        measure=MEASURE,
        unit="share",
        spread=middle_range(kept, months),
    )
