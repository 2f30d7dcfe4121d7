"""The promise ladder of one replication: cases by zone, kept at each of a row of limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simsvc.case.arrays import Case, Ints
from simsvc.log import Log
from simsvc.measures.bins import BINS, Delays, bin_of, width
from simsvc.measures.cases import Cases
from simsvc.measures.tickets import time_to_site
from simsvc.scenario.promises import SimPart

A_DAY = SimPart.model_validate({"kind": "sim", "measure": "time_to_site", "limit": "1 d"})
"""What the histogram of the time to site asks for; its bins are minutes."""
MINUTE = 60


@dataclass(frozen=True)
class Rungs:
    """Promise ladder of one part: ``cases`` (zones + 1,), ``kept`` (zones + 1, limits) and ``delays``, cases by zone
    and bin of the time needed, bins as in ``width``; last row: no zone."""

    cases: Ints
    kept: Ints
    delays: Delays


def rungs(case: Case, part: SimPart, found: Cases) -> Rungs:
    """Ladder of a part's cases."""
    zone, rows = zone_of(case, found.town), len(case.places.zones) + 1
    served = found.elapsed >= 0
    within = [
        served & ((found.elapsed < limit) if part.strict else (found.elapsed <= limit))
        for limit in case.model.reporting.ladder
    ]
    kept = np.stack([np.bincount(zone[hit], minlength=rows) for hit in within], axis=1)
    step = width(part.limit) if part.limit is not None else MINUTE
    delays = Delays.of(zone * BINS + bin_of(found.elapsed, step, part.strict))
    return Rungs(np.bincount(zone, minlength=rows), kept, delays)


def histogram(case: Case, log: Log) -> Delays:
    """On-site cases by zone and minute of the time to site, round the clock from the report."""
    found = time_to_site(case, log, A_DAY)
    return Delays.of(zone_of(case, found.town) * BINS + bin_of(found.elapsed, MINUTE, strict=False))


def zone_of(case: Case, town: Ints) -> Ints:
    """Zone of each town; the row after the last zone for none."""
    zone = np.append(case.places.zone, -1)[np.minimum(town, case.places.towns)]
    return np.where(zone < 0, len(case.places.zones), zone)
