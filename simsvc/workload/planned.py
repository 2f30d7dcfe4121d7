"""Planned visits: every site once in each window."""

from __future__ import annotations

import datetime as dt
import itertools

import numpy as np

from simsvc.case import Case
from simsvc.clock import DAY
from simsvc.luck import Stream, name_key
from simsvc.workload.faults import legs
from simsvc.workload.samplers import Draws, by_group, pick
from simsvc.workload.tables import Ints, Visits


def windows(case: Case, every_months: int) -> list[tuple[int, int, str]]:
    """Windows of so many calendar months that lie whole in the run: start, end, and the month of the start."""
    first = case.epoch.first_day
    months = [(y, m) for y in range(first.year, first.year + 30) for m in range(1, 13, every_months)]
    found = []
    for (y, m), (y2, m2) in itertools.pairwise(months):
        start = (dt.date(y, m, 1) - first).days * DAY
        end = (dt.date(y2, m2, 1) - first).days * DAY
        if start >= case.span.horizon:
            break
        if start >= 0 and end <= case.span.horizon:
            found.append((start, end, f"{y}-{m:02d}"))
    return found


def sites(case: Case) -> list[tuple[int, int, int]]:
    """Every site: area, number within the area, town (spread evenly over the area's towns by weight)."""
    found: list[tuple[int, int, int]] = []
    for row in case.model.demand.sites:
        area = case.places.areas.index(row.area)
        members = np.flatnonzero(case.places.area == area)
        if row.sites and len(members):
            chosen = pick(case.places.weight[members], (np.arange(row.sites) + 0.5) / row.sites)
            found += [(area, n, int(members[t])) for n, t in enumerate(chosen)]
    return found


def planned(case: Case, draws: Draws) -> Visits:
    """Planned visits in order of release, then key. A release falls into the open hours of the staff's calendar."""
    calendar = case.calendars[case.model.staff.calendar]
    rows: list[tuple[int, int, int, int, int, int]] = []
    for p, (name, spec) in enumerate(case.model.planned.items()):
        for opens, closes, month in windows(case, spec.every_months):
            rows += [
                (name_key("planned", name, month, case.places.areas[a], n), p, a, t, opens, closes)
                for a, n, t in sites(case)
            ]
    key = np.array([r[0] for r in rows], np.uint64)
    plan, area, town, start, end = (np.array([r[k] for r in rows], np.int64) for k in range(1, 6))
    specs = list(case.model.planned.values())
    share = np.array([s.release for s in specs], np.float64)[plan]
    moment = start + draws.uniforms(Stream.RELEASE, key) * share * (end - start)
    release = np.minimum(calendar.next_open(np.floor(moment + 0.5).astype(np.int64)), end - 1)

    def work(p: int, some: Ints) -> Ints:
        return draws.seconds(specs[p].work, Stream.PLANNED_WORK, key[some])

    minutes = by_group(plan, len(rows), work).astype(np.int64)
    order = np.lexsort((key, release))
    return Visits(
        key=key[order],
        plan=plan[order],
        area=area[order],
        town=town[order],
        start=start[order],
        release=release[order],
        due=end[order],
        legs=legs(case, draws, key[order], minutes[order, None]),
    )
