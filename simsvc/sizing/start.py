"""Where the search begins: covering for the stations, queueing formulas for the people. No bound, only a good guess."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simsvc.analytic.load import exponential, offered_load
from simsvc.analytic.staffing import by_shift, least, least_servers
from simsvc.case import Case
from simsvc.case.arrays import Bools, Floats
from simsvc.case.drives import FAR, drives
from simsvc.measures.population import towns
from simsvc.promise.plan import decide_plan
from simsvc.promise.plan.areas import station_areas
from simsvc.scenario.promises import PlanPart, SimPart
from simsvc.scenario.quantity import YEAR
from simsvc.scenario.staff import Pool
from simsvc.sizing.kept import SPARES
from simsvc.sizing.siting import Needs, Post, Share, cheapest, in_time, posts
from simsvc.sizing.space import Levels, Space
from simsvc.sizing.wishes import PROVINCE, Column, Wishes
from simsvc.sizing.work import faults, first_visits, hour_factors

_HOUR = 3600.0
_USE = 0.85
"""Utilisation that is left alone where no promise on time asks for less."""
_AFAR = 0.9
"""Share of the cases that remote help takes at once."""
_ROOM = 1 / 3
"""Part of the permitted misses that is left to queues when stations are chosen."""
_MOST_SHARE = 0.999


def start(space: Space, wishes: Wishes) -> Levels:
    """A plan to begin with.

    Parameters
    ----------
    space : Space
        What may be decided.
    wishes : Wishes
        The promises to keep.

    Returns
    -------
    Levels
        Stations: the cheapest from which the share promised of each area can be reached within the limit, less desk,
        remote help and setting out (set covering with chances: Toregas et al. 1971), and those that rules ask for.
        Engineers: each station's towns are those nearest to it; the least number that Erlang C allows in the busiest
        hour of the week (offered load of M_t/G/∞, Eick, Massey and Whitt 1993) for the time that driving leaves.
        Agents: Erlang A or C by shift. Spares, where each shelf is decided by itself and repairs wait for them: the
        first efficient allocation (METRIC) whose fill rate is the highest share promised; raised until the kept rules
        are met. All else as today. Today's plan where that is none.

    Notes
    -----
    Nothing of it is proven: queues are taken as stationary, stations as independent of each other.
    """
    case = space.case_of(space.most)
    levels = list(space.today)
    for key, number in (*_engineers(space, wishes, case).items(), *_people(wishes, case).items()):
        if key in space.index:
            lever = space.levers[space.index[key]]
            levels[space.index[key]] = min(max(number - lever.base, lever.low), lever.high)
    fills = [column.target for column in wishes.columns if _of_parts(wishes, column)]
    if fills:
        levels = list(space.stocked(tuple(levels), max(fills)))
    found = _stocked(space, wishes, tuple(levels))
    return found if space.valid(found) else _stocked(space, wishes, space.today)


def _of_parts(wishes: Wishes, column: Column) -> bool:
    """Whether a promise waits for parts."""
    part = wishes.scenario.model.clauses[column.clause].parts[column.part]
    return isinstance(part, SimPart) and part.measure in SPARES - {"stock_ratio"}


def _engineers(space: Space, wishes: Wishes, case: Case) -> dict[str, int]:
    """Engineers by lever, from stations that cover and the load of those nearest to each."""
    stations = posts(space)
    if not any(post.lever >= 0 for post in stations):
        return {}
    promised = _promised(wishes, case)
    opened = _sites(wishes, case, stations, promised)
    drive = drives(case.places, case.staffing.station_place)[:, : case.places.towns]
    far = np.where(opened[:, None], drive, FAR)
    nearest = np.where(far.min(axis=0) < FAR, far.argmin(axis=0), -1)
    found = {}
    for s, post in enumerate(stations):
        if post.lever < 0:
            continue
        mine = nearest == s
        number = _enough(case, mine, drive[s].astype(np.float64), promised) if opened[s] else 0
        found[space.levers[post.lever].key] = max(number, int(opened[s]))
    return found


def _promised(wishes: Wishes, case: Case) -> list[tuple[SimPart, int, float]]:
    """Promises on time to site with a limit round the clock: part, area, target."""
    found = []
    for column in wishes.columns:
        part = case.model.clauses[column.clause].parts[column.part]
        if isinstance(part, SimPart) and part.measure == "time_to_site" and part.limit is not None:
            found.append((part, column.area, column.target))
    return found


def _before(case: Case, part: SimPart) -> float:
    """Mean seconds from the start of a promise's clock until somebody sets out, without any queue."""
    model, found = case.model, case.model.staff.set_out.mean_s + case.model.dispatch.decision.mean_s
    if part.clock_start == "reported":
        for pool in (model.desk, model.remote):
            found += pool.work.mean_s + pool.shifts[0].pick_up.mean_s if pool is not None else 0.0
    return found


def _sites(wishes: Wishes, case: Case, stations: Sequence[Post], promised: list[tuple[SimPart, int, float]]) -> Bools:
    """The cheapest stations that cover, (stations,); where nothing does, those of today and all that could help."""
    needs = Needs()
    always = np.array([post.low > 0 for post in stations])
    for part, area, target in promised:
        assert part.limit is not None
        where = np.flatnonzero(((case.places.area == area) | (area == PROVINCE)) & towns(case, part.population))
        weight = _demand(case)[where] if area == PROVINCE else case.places.weight[where]
        if not weight.sum() > 0:
            continue
        share = weight / weight.sum()
        chance = in_time(case, part.limit, _before(case, part))[:, where]
        best = float(chance.max(axis=0, initial=0.0) @ share)
        asked = min(target + _ROOM * (1 - target), best)
        # Nothing is asked where what is open anyhow does.
        if float(np.where(always[:, None], chance, 0.0).max(axis=0, initial=0.0) @ share) < asked:
            needs.shares.append(Share(where, share, chance, asked))
    needs.groups.extend(ruled(wishes, case))
    found = cheapest(stations, needs)
    if found is None:
        return np.array([post.high > 0 for post in stations])
    return found.engineers > 0


def ruled(wishes: Wishes, case: Case) -> list[Bools]:
    """Groups of stations of which a kept plan rule needs one with engineers.

    ``case``: every station open. A rule that asks for a share of the areas, and leaves one that could be met to spare,
    needs none of them for sure.
    """
    places, found = case.places, list[Bools]()
    for wish in wishes.wishes:
        if wish.kind != "plan" or wish.measure not in ("rollout", "coverage"):
            continue
        part = case.model.clauses[wish.clause].parts[wish.part]
        assert isinstance(part, PlanPart)
        best = decide_plan(case, part)
        if best.met - 1 >= wish.target * best.asked:
            continue
        if part.rule == "rollout":
            here = station_areas(case)
            opened = {a for a, month in case.model.rollout.openings.items() if month <= (part.within_months or 0)}
            asked = [a not in case.model.weights.split and a not in opened for a in places.areas]
            found += [here == area for area in np.flatnonzero(asked).tolist()]
        else:
            # Each town of an area that can be covered whole, by a station with a road to it.
            roads = drives(places, case.staffing.station_place)[:, : places.towns] < FAR
            lost = places.area[~roads.any(axis=0)]
            found += list(np.unique(roads[:, ~np.isin(places.area, lost)].T, axis=0))
    # What no station can do is an obstacle.
    return [group for group in found if group.any()]


def _demand(case: Case) -> Floats:
    """First visits a year by town."""
    work = first_visits(case)
    area = np.bincount(work.area, work.cases, len(case.places.areas))
    return np.asarray(area[case.places.area] * case.places.weight)


def _enough(case: Case, mine: Bools, drive: Floats, promised: list[tuple[SimPart, int, float]]) -> int:
    """Engineers for these towns."""
    work, model = first_visits(case), case.model
    inside = np.bincount(case.places.area, case.places.weight * mine, len(case.places.areas))
    visits = work.cases * inside[work.area]
    total = float(visits.sum())
    if total <= 0:
        return 1
    demand = _demand(case) * mine
    way = float(np.where(demand > 0, drive, 0.0) @ demand / max(demand.sum(), 1e-12))
    ways = 2 if model.dispatch.free_when == "when-home" else 1
    service = (float(visits @ work.seconds) / total + model.staff.set_out.mean_s + ways * way) / _HOUR
    by_hour = np.zeros(168)
    for name in dict.fromkeys(work.product):
        such = np.array([p == name for p in work.product], np.bool_)
        shape = hour_factors(case, model.products[name].profile)
        by_hour += float(visits[such].sum()) / YEAR * _HOUR * shape / max(shape.mean(), 1e-12)
    if service <= 0:
        return 1
    peak = float(offered_load(by_hour, service, exponential(service)).max())
    number = 1 if promised else least(lambda c: c * _USE >= peak)
    for part, area, target in promised:
        assert part.limit is not None
        here = mine & towns(case, part.population) & ((case.places.area == area) | (area == PROVINCE))
        if not demand[here].sum() > 0:
            continue
        reach = float(in_time_from(case, part, drive[here]) @ demand[here] / demand[here].sum())
        left = (part.limit - _before(case, part) - float(drive[here] @ demand[here] / demand[here].sum())) / _HOUR
        if reach <= target or left < 0:
            # Some are lost on the way already: nobody may wait.
            number = max(number, least_servers(peak / service, service, 0.0, target))
        else:
            number = max(number, least_servers(peak / service, service, left, min(target / reach, _MOST_SHARE)))
    return number


def in_time_from(case: Case, part: SimPart, drive: Floats) -> Floats:
    """Whether somebody who sets out at once is there within the limit, by expected off-peak time."""
    assert part.limit is not None
    return np.where((drive >= 0) & (drive + _before(case, part) <= part.limit), 1.0, 0.0)


def _people(wishes: Wishes, case: Case) -> dict[str, int]:
    """Agents and technicians by lever."""
    calls = np.zeros(168)
    for _, product, yearly in faults(case):
        calls += yearly / YEAR * _HOUR * hour_factors(case, product.profile)
    found: dict[str, int] = {}
    desk, remote = case.model.desk, case.model.remote
    promised = [
        (part.limit if part.limit is not None else np.inf, column.target)
        for column in wishes.columns
        for part in [case.model.clauses[column.clause].parts[column.part]]
        if isinstance(part, SimPart) and part.measure in ("response", "answered") and column.area == PROVINCE
    ]
    if desk is not None and promised:
        patience = desk.patience.mean_s if desk.patience is not None else np.inf
        limit, share = min(limit for limit, _ in promised), max(target for _, target in promised)
        pick_up = max(shift.pick_up.mean_s for shift in desk.shifts)
        wait = max(min(limit, 86400.0) - pick_up, 0.0)
        numbers = _shifts(case, desk, calls, wait, share, patience)
        found |= {f"agents.{k}": number for k, number in enumerate(numbers)}
    if remote is not None:
        numbers = _shifts(case, remote, calls, 0.0, _AFAR, np.inf)
        found |= {f"technicians.{k}": number for k, number in enumerate(numbers)}
    return found


def _shifts(case: Case, pool: Pool, calls: Floats, wait: float, share: float, patience: float) -> list[int]:
    """People of each shift for calls by hour of the week."""
    service = pool.work.mean_s / _HOUR
    if service <= 0:
        return [1] * len(pool.shifts)
    # The first full week of the counted window, hour by hour.
    monday = case.span.start + (-_weekday(case) % 7) * 86400
    middle = monday + np.arange(168, dtype=np.int64) * 3600 + 1800
    free, hours = np.ones(168, np.bool_), []
    for shift in pool.shifts:
        mine = free & case.calendars[shift.calendar].is_open(middle)
        free &= ~mine
        hours.append(mine)
    load = offered_load(calls, service, exponential(service))
    return by_shift(load, hours, service, wait / _HOUR, min(share, _MOST_SHARE), patience / _HOUR)


def _weekday(case: Case) -> int:
    """Weekday (0 = Monday) of the first counted day."""
    return case.epoch.date(case.span.start // 86400).weekday()


def _stocked(space: Space, wishes: Wishes, levels: Levels) -> Levels:
    """The same with spares raised, all together, until the kept rules are met, and lowered one by one as far as they
    stay so; as they were where no stock meets them."""
    spares = [k for k, lever in enumerate(space.levers) if lever.kind == "spares"]
    if not spares or space.met(levels, wishes):
        return levels
    found = list(levels)
    while not space.met(tuple(found), wishes):
        if all(found[k] >= space.levers[k].high for k in spares):
            return levels
        for k in spares:
            found[k] = min(found[k] + 1, space.levers[k].high)
    for k in spares:
        while found[k] > levels[k] and space.met((*found[:k], found[k] - 1, *found[k + 1 :]), wishes):
            found[k] -= 1
    return tuple(found)
