"""Beside the mean over the shelves: for what share of the time all of them held enough at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simsvc.measures import BASE, Count
from simsvc.promise.estimates import bounds
from simsvc.promise.result import PROVINCE, Row
from simsvc.stats import middle_range, ratio_interval

MEASURE = "stock_together"


def together_rows(clause: str, label: str, name: str, counts: Sequence[Count], level: float) -> Iterator[Row]:
    """One row for the base reading of a promise on several shelves; none for other promises and readings."""
    shares = [c.together for c in counts if c.together is not None]
    if name != BASE or not shares:
        return
    ones = [1.0] * len(shares)
    found = ratio_interval(shares, ones, level)
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
        spread=middle_range(shares, ones),
    )
