"""Planned visits of one replication: which sites have them, when each is released and due, how long it takes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

import numpy as np

from simsvc.case import Case
from simsvc.case.windows import calendar_windows, life_windows
from simsvc.clock import DAY, Calendar, Epoch
from simsvc.luck import Stream, derive, name_key
from simsvc.scenario.demand import Life, Planned
from simsvc.workload.arrivals import arrivals
from simsvc.workload.faults import legs
from simsvc.workload.samplers import Draws, pick
from simsvc.workload.tables import Floats, Ints, Keys, Visits


@dataclass(frozen=True)
class Sites:
    """Every customer site: area, number within the area, town (spread evenly over the area's towns by weight), key."""

    area: Ints
    number: Ints
    town: Ints
    key: Keys


Due = tuple[Keys, Ints, Ints, Ints]
"""Key, row of the site, start and end of the window of each visit of a plan."""


def sites(case: Case) -> Sites:
    """Every site, area by area in the order of the scenario."""
    none = np.empty(0, np.int64)
    found = [Sites(none, none, none, np.empty(0, np.uint64))]
    for row in case.model.demand.sites:
        area = case.places.areas.index(row.area)
        members = np.flatnonzero(case.places.area == area)
        if row.sites and len(members):
            numbers = np.arange(row.sites)
            town = members[pick(case.places.weight[members], (numbers + 0.5) / row.sites)]
            key = derive(name_key("site", row.area), numbers)
            found.append(Sites(np.full(row.sites, area), numbers, town, key))
    return Sites(*(np.concatenate([getattr(some, f.name) for some in found]) for f in fields(Sites)))


def planned(case: Case, draws: Draws) -> Visits:
    """Planned visits in order of release, then key.

    A visit exists if its window begins before the end of the counted time and its release falls into the run: one
    released before the run began counts as done then. A release falls into the open hours of the staff's calendar.
    """
    calendar = case.calendars[case.model.staff.calendar]
    specs, everywhere = list(case.model.planned.values()), sites(case)
    dues = [_due(case, draws, name, spec, everywhere) for name, spec in case.model.planned.items()]
    plan = np.repeat(np.arange(len(dues)), [len(due[0]) for due in dues])
    key = np.concatenate([np.empty(0, np.uint64), *(due[0] for due in dues)])
    site, start, end = (np.concatenate([np.empty(0, np.int64), *(due[k] for due in dues)]) for k in (1, 2, 3))
    share = np.array([0.0 if s.rate is not None else s.release for s in specs], np.float64)[plan]
    moment = np.floor(start + draws.uniforms(Stream.RELEASE, key) * share * (end - start) + 0.5).astype(np.int64)
    release = np.minimum(calendar.next_open(moment), end - 1)

    kept = np.flatnonzero((moment >= 0) & (release < case.span.horizon))
    rows = kept[np.lexsort((key[kept], release[kept]))]
    key, plan, site = key[rows], plan[rows], site[rows]

    seconds = draws.seconds_of([s.work for s in specs], plan, Stream.PLANNED_WORK, key)
    return Visits(
        key=key,
        plan=plan,
        area=everywhere.area[site],
        town=everywhere.town[site],
        start=start[rows],
        release=release[rows],
        due=end[rows],
        legs=legs(case, draws, key, seconds[:, None]),
    )


def _due(case: Case, draws: Draws, name: str, spec: Planned, everywhere: Sites) -> Due:
    """Visits of one plan to the sites that have it: a keyed share, the same in all windows."""
    of_plan = derive(everywhere.key, name_key("plan", name))
    chosen = draws.happens(spec.sites, Stream.SITE_CHOSEN, of_plan)
    if spec.rate is not None:
        key, site, start = _requests(case, draws, name, spec.rate, everywhere)
        end = start + int(spec.within or 0)
    else:
        if spec.life is not None:
            site, start, end = life_windows(
                spec.life, _days_of_use(draws, spec.life, everywhere), case.epoch, case.span.end
            )
            labels = [case.epoch.date(int(day)).isoformat() for day in start // DAY]
        else:
            windows = calendar_windows(spec, case.epoch, case.span.end)
            count = len(everywhere.key)
            site = np.tile(np.arange(count), len(windows))
            start, end = (np.repeat(np.array([w[k] for w in windows], np.int64), count) for k in (0, 1))
            labels = [label for _, _, label in windows for _ in range(count)]
        areas, numbers = everywhere.area[site].tolist(), everywhere.number[site].tolist()
        named = zip(labels, areas, numbers, strict=True)
        names = [name_key("planned", name, label, case.places.areas[a], n) for label, a, n in named]
        key = np.array(names, np.uint64)
    has = chosen[site]
    return key[has], site[has], start[has], end[has]


def _days_of_use(draws: Draws, life: Life, everywhere: Sites) -> Ints:
    """Day of the cycle on which each site goes into use: the same for all plans, spread evenly over the cycle."""
    days = int(life.cycle) // DAY
    return np.floor(draws.uniforms(Stream.SITE_DAY, everywhere.key) * days).astype(np.int64)


def _requests(case: Case, draws: Draws, name: str, rate: float, everywhere: Sites) -> tuple[Keys, Ints, Ints]:
    """Requests (key, site, moment): a Poisson process per area in the open hours of the staff's calendar."""
    areas, first, count = np.unique(everywhere.area, return_index=True, return_counts=True)
    calendar = case.calendars[case.model.staff.calendar]
    days = range(-(-case.span.horizon // DAY))
    years = {y: _weight(case, y) for y in sorted({case.epoch.date(d).year for d in days})}
    weight = np.array([years[case.epoch.date(d).year] for d in days])

    def per_year(k: int, times: Floats) -> Floats:
        seconds = np.floor(times).astype(np.int64)
        return np.asarray(rate * count[k] * weight[seconds // DAY] * calendar.is_open(seconds))

    process, moment, key = arrivals(
        draws.seed,
        [name_key("request", name, case.places.areas[a]) for a in areas],
        [rate * float(n) * max(years.values()) for n in count],
        per_year,
        case.span.horizon,
        case.epoch.first_day.toordinal(),
    )
    asks = np.floor(draws.uniforms(Stream.SITE_ASKS, key) * count[process]).astype(np.int64)
    return key, first[process] + asks, moment


def _weight(case: Case, year: int) -> float:
    """By how much requests are denser in open hours, so that the annual rate is what it says; 0 if never open."""
    spec = case.model.calendars[case.model.staff.calendar]
    days = (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days
    epoch = Epoch(dt.date(year, 1, 1))
    hours = Calendar.from_spec(spec.week, spec.holidays, spec.make_up, epoch, days, case.book)
    open_s = hours.open_seconds(0, days * DAY)
    return days * DAY / open_s if open_s else 0.0
