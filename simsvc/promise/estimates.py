"""Rows of measures without a promised figure: an estimate with its interval, no verdict."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from simsvc.measures import Sum
from simsvc.promise.result import Row
from simsvc.promise.texts import population_text
from simsvc.scenario.promises import MeasurePart
from simsvc.stats import Interval, middle_range, ratio_interval, share_interval


def measure_rows(
    clause: str, label: str, part: MeasurePart, sums: Sequence[Sequence[Sum]], level: float
) -> Iterator[Row]:
    """One row per figure of the measure; further figures carry their name in the part's label."""
    for k, first in enumerate(sums[0]):
        tops, bottoms = [s[k].top for s in sums], [s[k].bottom for s in sums]
        found = ratio_interval(tops, bottoms, level)
        if found and found.low == found.high:
            found = _without_spread(found, first.unit, tops, bottoms, level)
        low, high = bounds(found, share=first.unit == "share")
        yield Row(
            id=clause,
            part=f"{label}:{first.name}" if k else label,
            reading="base",
            kind="measure",
            area="province",
            population=population_text(part.measure, part.population),
            cases=sum(s[k].cases for s in sums),
            estimate=found.estimate if found else None,
            low=low,
            high=high,
            target=None,
            verdict="estimate" if found else "no cases",
            measure=first.name,
            unit=first.unit,
            spread=middle_range(tops, bottoms),
        )


def _without_spread(
    found: Interval, unit: str, tops: Sequence[float], bottoms: Sequence[float], level: float
) -> Interval:
    """Where all replications agree, the bound comes from the cases: Clopper and Pearson's of a share without a hit or
    without a miss, Poisson's of events that never happened. Other figures that no luck moves are exact."""
    if unit == "share" and found.estimate in (0.0, 1.0):
        return share_interval(tops, bottoms, level) or found
    if unit == "/year" and found.estimate == 0.0:
        return replace(found, high=-math.log((1 - level) / 2) / sum(bottoms))
    return found


def bounds(found: Interval | None, *, share: bool) -> tuple[float | None, float | None]:
    """Bounds kept within what the figure can be: at least 0, a share at most 1; None where nothing is known."""
    if found is None:
        return None, None
    high = min(found.high, 1.0) if share else found.high
    return max(found.low, 0.0), high if math.isfinite(high) else None
