"""How much of a wait passed with nobody on duty or on call (compiled: ``compiled.waits``)."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.clock import DAY, Calendar
from simsvc.engine.roster import NOBODY, Roster, job_groups


def off_duty_waits(
    case: Case, who: Roster, town: np.ndarray, job_class: np.ndarray, ready: np.ndarray, assigned: np.ndarray
) -> np.ndarray:
    """Seconds between ready and assigned (or the horizon) in which no engineer who may do the job was available."""
    until = np.where(assigned >= 0, assigned, case.span.horizon)
    waits = np.where(ready >= 0, until - ready, 0)
    out = np.zeros(len(town), np.int64)
    group = job_groups(case, who.group, town, job_class)
    for g in np.unique(group[waits > 0]):
        rows = np.flatnonzero((group == g) & (waits > 0))
        covered = _covered(who, int(g))
        out[rows] = waits[rows] - covered.open_seconds(ready[rows], until[rows])
    return out


def _covered(who: Roster, group: int) -> Calendar:
    """Hours in which some engineer who may do the group's jobs is available."""
    spells: list[tuple[int, int]] = []
    towns, signature = divmod(group, who.able.shape[1])
    serves = who.tier[:, :, towns] != NOBODY
    for e, available in enumerate(who.available):
        if not who.able[e, signature]:
            continue
        stations = who.station[e]
        days = np.flatnonzero((stations >= 0) & serves[np.arange(len(stations)), stations])
        allowed = Calendar.from_intervals([(int(d) * DAY, (int(d) + 1) * DAY) for d in days])
        spells += _common(allowed, available)
    return Calendar.from_intervals(spells)


def _common(a: Calendar, b: Calendar) -> list[tuple[int, int]]:
    """Spells open in both."""
    found = []
    for start, end in zip(a.starts.tolist(), a.ends.tolist(), strict=True):
        first, last = np.searchsorted(b.ends, start, "right"), np.searchsorted(b.starts, end, "left")
        pairs = zip(b.starts[first:last].tolist(), b.ends[first:last].tolist(), strict=True)
        found += [(max(start, x), min(end, y)) for x, y in pairs]
    return found
