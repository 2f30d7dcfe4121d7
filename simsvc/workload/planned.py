"""Planned visits of one replication: which sites have them, when each is released and due, how long it takes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np

from simsvc.case import Case
from simsvc.case.windows import calendar_windows, life_windows
from simsvc.clock import DAY, Calendar, Epoch, HolidayBook
from simsvc.luck import Stream, derive, inverse, name_key, name_keys
from simsvc.scenario.demand import Life, Planned
from simsvc.scenario.places import Calendar as Hours
from simsvc.workload.arrivals import Rates
from simsvc.workload.samplers import ByGroup, Draws, per_case, pick
from simsvc.workload.tables import Bools, Ints, Keys, Visits


@dataclass(frozen=True)
class Sites:
    """Every customer site: area, number within the area, town (spread evenly over the area's towns by weight), key."""

    area: Ints
    number: Ints
    town: Ints
    key: Keys


Due = tuple[Keys, Ints, Ints, Ints]
"""Key, row of the site, start and end of the window of each visit of a plan."""


@per_case
def sites(case: Case) -> Sites:
    """Every site, area by area in the order of the scenario."""
    none = np.empty(0, np.int64)
    found = [Sites(none, none, none, np.empty(0, np.uint64))]
    for area, count in _counts(case):
        members, numbers = np.flatnonzero(case.places.area == area), np.arange(count)
        town = members[pick(case.places.weight[members], (numbers + 0.5) / count)]
        key = derive(name_key("site", case.places.areas[area]), numbers)
        found.append(Sites(np.full(count, area), numbers, town, key))
    return Sites(*(np.concatenate([getattr(some, f.name) for some in found]) for f in fields(Sites)))


def _counts(case: Case) -> list[tuple[int, int]]:
    """Areas with sites, and how many; an area without towns has none."""
    counts = ((case.places.areas.index(row.area), row.sites) for row in case.model.demand.sites)
    return [(area, count) for area, count in counts if count and (case.places.area == area).any()]


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
    rows = kept[draws.order(release[kept], key[kept])]
    key, plan, site = key[rows], plan[rows], site[rows]

    work = ByGroup([s.work for s in specs], plan, Stream.PLANNED_WORK, key)
    return Visits(
        key=key,
        plan=plan,
        area=everywhere.area[site],
        town=everywhere.town[site],
        start=start[rows],
        release=release[rows],
        due=end[rows],
        legs=draws.legs(case, key, work, 1),
    )


def _due(case: Case, draws: Draws, name: str, spec: Planned, everywhere: Sites) -> Due:
    """Visits of one plan to the sites that have it: a keyed share, the same in all windows."""
    chosen = draws.happens(spec.sites, Stream.SITE_CHOSEN, derive(everywhere.key, name_key("plan", name)))
    if spec.life is not None:
        return _in_life(case, draws, name, spec.life, everywhere, chosen)
    if spec.rate is not None:
        key, site, start = _requests(case, draws, name, spec.rate)
        end = start + int(spec.within or 0)
    else:
        key, site, start, end = _by_calendar(case, name)
    has = chosen[site]
    return key[has], site[has], start[has], end[has]


@per_case
def _by_calendar(case: Case, name: str) -> Due:
    """Visits of one plan by the calendar, if all sites had it."""
    windows, count = calendar_windows(case.model.planned[name], case.epoch, case.span.end), len(sites(case).key)
    start, end = (np.repeat(np.array([w[k] for w in windows], np.int64), count) for k in (0, 1))
    key = [_keys(name, label, case.places.areas[area], n) for _, _, label in windows for area, n in _counts(case)]
    return np.concatenate([np.empty(0, np.uint64), *key]), np.tile(np.arange(count), len(windows)), start, end


@lru_cache(maxsize=16384)
def _keys(plan: str, label: str, area: str, count: int) -> Keys:
    """Keys of the visits to all sites of an area in one window."""
    return name_keys(("planned", plan, label, area, number) for number in range(count))


def _in_life(case: Case, draws: Draws, name: str, life: Life, everywhere: Sites, chosen: Bools) -> Due:
    """Visits of one plan counted from the day on which each site went into use."""
    site, start, end = life_windows(life, _days_of_use(draws, life, everywhere), case.epoch, case.span.end)
    has = chosen[site]
    site, start, end = site[has], start[has], end[has]
    dates = (case.epoch.moments(start).astype("datetime64[D]")).astype(str).tolist()
    areas = np.array(case.places.areas)[everywhere.area[site]].tolist()
    named = zip(dates, areas, everywhere.number[site].tolist(), strict=True)
    return name_keys(("planned", name, date, area, number) for date, area, number in named), site, start, end


def _days_of_use(draws: Draws, life: Life, everywhere: Sites) -> Ints:
    """Day of the cycle on which each site goes into use: the same for all plans, spread evenly over the cycle."""
    days = int(life.cycle) // DAY
    return np.floor(draws.uniforms(Stream.SITE_DAY, everywhere.key) * days).astype(np.int64)


def _requests(case: Case, draws: Draws, name: str, rate: float) -> tuple[Keys, Ints, Ints]:
    """Requests (key, site, moment): a Poisson process per area in the open hours of the staff's calendar."""
    calendar = case.calendars[case.model.staff.calendar]
    asked, first, count = _rates(case, name, rate)
    process, time, key = draws.arrivals(asked)
    open_then = calendar.is_open(np.floor(time).astype(np.int64))
    process, moment, key = process[open_then], inverse.seconds(time[open_then]), key[open_then]
    asks = np.floor(draws.uniforms(Stream.SITE_ASKS, key) * count[process]).astype(np.int64)
    return key, first[process] + asks, moment


@per_case
def _rates(case: Case, name: str, rate: float) -> tuple[Rates, Ints, Ints]:
    """Rates of requests by area as they are in open hours; first site of each area, and how many it has."""
    areas, first, count = np.unique(sites(case).area, return_index=True, return_counts=True)
    days = np.arange(-(-case.span.horizon // DAY))
    years, which = np.unique(case.epoch.moments(days * DAY).astype("datetime64[Y]"), return_inverse=True)
    spec = case.model.calendars[case.model.staff.calendar]
    weights = np.array([_weight(spec, year, case.book) for year in (years.astype(np.int64) + 1970).tolist()])
    found = Rates(
        keys=np.array([name_key("request", name, case.places.areas[a]) for a in areas], np.uint64),
        scale=rate * count.astype(np.float64),
        shape=np.zeros(len(areas), np.int64),
        factors=weights[which][None],
        step=DAY,
        horizon=case.span.horizon,
        first_day=case.epoch.first_day.toordinal(),
    )
    return found, first, count


@lru_cache(maxsize=256)
def _weight(spec: Hours, year: int, book: HolidayBook) -> float:
    """By how much requests are denser in open hours, so that the annual rate is what it says; 0 if never open."""
    days = (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days
    hours = Calendar.from_spec(spec.week, spec.holidays, spec.make_up, Epoch(dt.date(year, 1, 1)), days, book)
    open_s = hours.open_seconds(0, days * DAY)
    return days * DAY / open_s if open_s else 0.0
