"""Which decisions are offered: those that can move a promise that is to be kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from simsvc.case import Case
from simsvc.case.arrays import Bools
from simsvc.measures import population
from simsvc.scenario.base import Text
from simsvc.scenario.promises import SimPart
from simsvc.sizing import loads
from simsvc.sizing.departures import MOST_EXTRA, earlier
from simsvc.sizing.kept import ANSWERS, GOODS, ON_SITE, STAFF, STATIONS, Kept
from simsvc.sizing.levers import LATE, Lever, where
from simsvc.sizing.offered_stock import loaners, spares
from simsvc.sizing.request import Request
from simsvc.sizing.shelves import Shelves
from simsvc.sizing.sites import Ground, Site, covered, on_call, serving, today
from simsvc.sizing.wishes import area_name

_DUTY = (("off", "nobody", "无人"), ("rota", "one, by weekly rota", "每周轮值一人"), ("all", "everyone", "全员"))
_REACH = (
    ("own", "own station only", "仅本站"),
    ("own-then-backup", "own station, then stations nearby", "本站优先，邻站支援"),
    ("nearest", "nearest engineer of all", "全省最近工程师"),
)
DUTY = tuple(code for code, _, _ in _DUTY)
REACH = tuple(code for code, _, _ in _REACH)


def offered(ground: Ground, request: Request, kept: Kept, shelves: Shelves | None) -> tuple[Lever, ...]:
    """Levers in the order: engineers, duty, reach, desk, remote help, vans, departures, cut-off, spares, stand-ins."""
    may = reached(ground, request)
    areas = [_areas(ground, row) for row in may]
    return (
        *_staff(ground, request, kept, loads.engineers(ground, may).tolist(), areas),
        *_pools(ground, kept),
        *_goods(ground, kept),
        *spares(ground, shelves, kept, areas),
        *loaners(ground, kept),
    )


def _staff(
    ground: Ground, request: Request, kept: Kept, load: Sequence[float], areas: Sequence[tuple[int, ...]]
) -> Iterator[Lever]:
    """``load``, ``areas``: Erlangs of each site at most, and indices of the areas that it may have to serve."""
    if not kept.any(STAFF | STATIONS):
        return
    model, sites = ground.model, ground.sites
    for site, erlangs, helped in zip(sites, load, areas, strict=True):
        low = min(site.today, 1) if not site.candidate and request.existing == "fixed" else 0
        yield Lever(
            key=f"engineers.{site.key}",
            kind="engineers",
            place=site.key,
            name=where("Engineers", "工程师", site.name),
            areas=helped,
            low=low,
            high=max(loads.enough(erlangs), site.today),
            today=site.today,
            helps=frozenset({"too_far", "busy", "off_duty"}) | LATE,
            measures=STAFF | STATIONS,
        )
    if kept.past_hours():
        for site, helped in zip(sites, areas, strict=True):
            yield _duty(ground, site, helped)
    if len(sites) > 1 and kept.any(STAFF):
        yield Lever(
            key="reach",
            kind="reach",
            place="",
            name=Text(en="Who may be sent", zh="派工范围"),
            areas=(),
            low=0,
            high=2,
            today=REACH.index(model.dispatch.who),
            helps=frozenset({"too_far", "busy", "off_duty"}) | LATE,
            measures=STAFF,
            words=_REACH,
        )


def _duty(ground: Ground, site: Site, areas: tuple[int, ...]) -> Lever:
    return Lever(
        key=f"duty.{site.key}",
        kind="duty",
        place=site.key,
        name=where("On call", "非工作时间待命", site.name),
        areas=areas,
        low=0,
        high=2,
        today=DUTY.index(on_call(ground, site)),
        helps=frozenset({"off_duty"}) | LATE,
        measures=STAFF - {"planned_done"},
        words=_DUTY,
    )


def reached(ground: Ground, request: Request) -> Bools:
    """Towns that each site may have to serve: as today, if it is opened, or if one other station is closed."""
    now = today(ground)
    every = [covered(ground, now)]
    for s, site in enumerate(ground.sites):
        other = (*now[:s], not now[s], *now[s + 1 :])
        if any(other) and (not now[s] or (request.existing == "free" and not site.candidate)):
            every.append(covered(ground, other))
    may: Bools = np.logical_or.reduce(every)
    if ground.model.dispatch.unassigned == "nearest":
        nearest = serving(ground, np.ones_like(may))
        bare = ~may.any(axis=0) & (nearest >= 0)
        may[nearest[bare], bare] = True
    return may


def _pools(ground: Ground, kept: Kept) -> Iterator[Lever]:
    model = ground.model
    pools = (
        (model.desk, "agents", ANSWERS | {"taken_up"} | ON_SITE, ("Desk agents", "热线坐席")),
        (model.remote, "technicians", ON_SITE | {"taken_up"}, ("Technicians helping from afar", "远程支持人员")),
    )
    for pool, kind, measures, (en, zh) in pools:
        if pool is None or not kept.reported & measures:
            continue
        for n, shift in enumerate(pool.shifts):
            name = Text(en=f"{en}, shift {n + 1} ({shift.calendar})", zh=f"{zh}，第{n + 1}班（{shift.calendar}）")
            yield Lever(
                key=f"{kind}.{n}",
                kind="agents" if kind == "agents" else "technicians",
                place=str(n),
                name=name,
                areas=(),
                low=1,
                high=max(loads.enough(loads.shift(ground.case, pool, n)), shift.agents),
                today=shift.agents,
                helps=frozenset({"desk"}) | LATE,
                measures=measures,
            )


def _goods(ground: Ground, kept: Kept) -> Iterator[Lever]:
    delivery, case = ground.model.delivery, ground.case
    asked = [p for p in kept.sim if p.measure in GOODS]
    if delivery is None or not asked:
        return
    used = set().union(*(_carriers(ground, p) for p in asked))
    routes = [
        (key, route, tuple(sorted(case.places.areas.index(a) for a in route.areas)))
        for r, (key, route) in enumerate(delivery.routes.items())
        if r in used
    ]
    for key, route, areas in routes:
        yield Lever(
            key=f"vans.{key}",
            kind="vans",
            place=key,
            name=where("Vans", "配送车", _served(case, areas)),
            areas=areas,
            low=1,
            high=max(loads.vans(case, route, len(route.departs) + MOST_EXTRA), route.vans),
            today=route.vans,
            helps=frozenset({"late_goods"}) | LATE,
            measures=GOODS,
        )
    for key, route, areas in routes:
        yield Lever(
            key=f"departures.{key}",
            kind="departures",
            place=key,
            name=where("Departures a day", "每日发车班次", _served(case, areas)),
            areas=areas,
            low=0,
            high=MOST_EXTRA,
            today=0,
            helps=frozenset({"late_goods"}) | LATE,
            measures=GOODS,
            base=len(route.departs),
        )
    if any(p.cut_off for p in asked):
        times = earlier(case, delivery)
        yield Lever(
            key="cut-off",
            kind="cut-off",
            place="",
            name=Text(en="Cut-off of orders", zh="截单时间"),
            areas=(),
            low=0,
            high=len(times) - 1,
            today=0,
            helps=frozenset({"late_goods"}) | LATE,
            measures=GOODS,
            words=tuple((t, t, t) for t in times),
        )


def _served(case: Case, areas: tuple[int, ...]) -> Text:
    """The areas that a route serves, by name."""
    names = [area_name(case, k) for k in areas]
    return Text(en=", ".join(n["en"] for n in names), zh="、".join(n["zh"] for n in names))


def _carriers(ground: Ground, part: SimPart) -> set[int]:
    """Routes and couriers that carry what a promise on orders is about."""
    case, who = ground.case, part.population
    areas = population.areas(case, np.arange(len(case.places.areas)), who)
    kinds = ground.model.goods.values()
    goods = np.array([who.special is None or g.special == who.special for g in kinds], np.bool_)
    return set(case.supply.carrier[np.ix_(areas, goods)].ravel().tolist())


def _areas(ground: Ground, row: Bools) -> tuple[int, ...]:
    return tuple(np.unique(ground.case.places.area[row]).tolist())
