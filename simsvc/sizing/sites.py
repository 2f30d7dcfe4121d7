"""Where stations stand or may be opened, and who covers which town when some of them are open."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simsvc import network as roads
from simsvc.case import Case, build
from simsvc.case.arrays import Bools, Ints
from simsvc.case.drives import FAR, drives, written
from simsvc.network import Network
from simsvc.scenario import Scenario
from simsvc.scenario.base import Text
from simsvc.scenario.model import Model
from simsvc.scenario.staff import Station, called

Opened = tuple[bool, ...]
"""Which sites have engineers."""


@dataclass(frozen=True)
class Site:
    """A station of today, or a town where one may be opened: ``key`` its id, ``place`` its row in the case's places,
    ``area`` the index of the area it stands in (-1 outside all towns), ``today`` its engineers."""

    key: str
    name: Text
    place: int
    area: int
    candidate: bool
    today: int


@dataclass(frozen=True, eq=False)
class Ground:
    """What all plans of a scenario share.

    ``case``, ``net``: of the scenario as it is. ``drive``: (sites, towns), expected off-peak seconds, ``FAR`` without a
    road. ``written``: (sites, towns), coverage as it stands in the scenario; ``assign``: whether towns that nobody
    covers are to be written into the coverage of the nearest station (where a promise of coverage is kept).
    """

    scenario: Scenario
    case: Case
    net: Network
    sites: tuple[Site, ...]
    drive: Ints
    written: Bools
    assign: bool

    @property
    def model(self) -> Model:
        """The scenario's model."""
        return self.scenario.model


def ground(scenario: Scenario, candidates: Sequence[str], *, assign: bool = False) -> Ground:
    """Stations of a scenario, then the towns among ``candidates`` where none stands."""
    net = roads.load(scenario.model.network, scenario.folder)
    case = build(scenario, net)
    places, sites = case.places, _sites(case, scenario.model, candidates)
    drive = drives(places, [site.place for site in sites])[:, : places.towns]
    covers = np.zeros(drive.shape, np.bool_)
    covers[: len(scenario.model.stations)] = written(scenario.model, places)
    return Ground(scenario, case, net, tuple(sites), drive, covers, assign)


def _sites(case: Case, model: Model, candidates: Sequence[str]) -> list[Site]:
    places = case.places
    area = [*places.area.tolist(), *[-1] * (len(places.ids) - places.towns)]
    place = case.staffing.station_place.tolist()
    sites = [
        Site(key, station.name, at, area[at], candidate=False, today=station.engineers)
        for (key, station), at in zip(model.stations.items(), place, strict=True)
    ]
    taken = [*model.stations, "hub"]
    for node in candidates:
        at = places.ids.index(node) if node in places.ids[: places.towns] else -1
        if at < 0 or at in place:
            continue
        seat = at == places.area_seat[area[at]] and places.areas[area[at]] not in taken
        key = _id(places.areas[area[at]] if seat else node, taken)
        name = places.area_names[area[at]] if seat and places.area_names[area[at]].en else places.names[at]
        taken.append(key)
        named = Text(en=name.en or key, zh=f"{name.zh}站" if name.zh else "")
        sites.append(Site(key, named, at, area[at], candidate=True, today=0))
    return sites


def _id(name: str, taken: Collection[str]) -> str:
    """An id of a station that no other has."""
    key = re.sub(r"[^\w-]", "-", name)
    while key in taken:
        key += "-town"
    return key


@lru_cache(maxsize=256)
def covered(ground: Ground, opened: Opened) -> Bools:
    """Who covers which town when these sites have engineers, shape (sites, towns).

    As written, but: a new station covers its area, and stations outside of it give up those of its towns that are
    nearer to the new one; the towns of a station that has closed go to the nearest open one. A town that nobody
    covers as written stays so, unless all are to be assigned. A town to which no road leads stays with who had it.
    """
    sites, area = ground.sites, ground.case.places.area
    now = np.asarray(opened, np.bool_)
    covers = ground.written & now[:, None]
    for s, site in enumerate(sites):
        if site.candidate and now[s]:
            mine = area == site.area
            covers[s] |= mine
            others = np.array([other.area != site.area for other in sites])
            nearer = (ground.drive[s] < FAR) & (ground.drive[s] <= ground.drive)
            covers &= ~(others[:, None] & mine & nearer)
    # A station that would be left without a town keeps those it had.
    idle = now & ground.written.any(axis=1) & ~covers.any(axis=1)
    covers |= ground.written & idle[:, None]
    lost = ~covers.any(axis=0) & (ground.written.any(axis=0) | ground.assign)
    if now.any():
        reach = np.where(now[:, None], ground.drive, FAR)
        nearest = np.where(reach.min(axis=0) < FAR, np.argmin(reach, axis=0), int(np.argmax(now)))
        for town in np.flatnonzero(lost & ((reach.min(axis=0) < FAR) | ground.written.any(axis=0))).tolist():
            covers[nearest[town], town] = True
    covers.setflags(write=False)
    return covers


@lru_cache(maxsize=256)
def rewritten(ground: Ground, opened: Opened) -> tuple[tuple[int, tuple[str, ...], tuple[str, ...]], ...]:
    """Sites whose coverage is not as written when these are open: index, areas covered whole, single towns."""
    covers = covered(ground, opened) if opened != today(ground) or ground.assign else ground.written
    other = np.flatnonzero((covers != ground.written).any(axis=1)).tolist()
    return tuple((s, *_in_words(ground, covers[s])) for s in other)


def _in_words(ground: Ground, row: Bools) -> tuple[tuple[str, ...], tuple[str, ...]]:
    places = ground.case.places
    whole = [k for k in range(len(places.areas)) if (places.area == k).any() and row[places.area == k].all()]
    rest = row & ~np.isin(places.area, whole)
    return tuple(places.areas[k] for k in whole), tuple(places.ids[t] for t in np.flatnonzero(rest).tolist())


def serving(ground: Ground, covers: Bools) -> Ints:
    """The nearest of the sites that cover each town and have a road to it, -1 without one; shape (towns,)."""
    reach = np.where(covers, ground.drive, FAR)
    return np.where(reach.min(axis=0) < FAR, np.argmin(reach, axis=0), -1)


def today(ground: Ground) -> Opened:
    """The sites that are open today."""
    return tuple(site.today > 0 for site in ground.sites)


def taker(ground: Ground, opened: Opened, site: int) -> int:
    """The site that serves most of the towns that a site serves today, when these are open; -1 if none does."""
    mine = serving(ground, ground.written) == site
    now = serving(ground, covered(ground, opened))[mine]
    return int(np.bincount(now[now >= 0]).argmax()) if (now >= 0).any() else -1


def on_call(ground: Ground, site: Site) -> str:
    """Who of a site is on call today: ``off``, ``rota`` or ``all``; of a new station as the staff's rule has it."""
    own = ground.model.stations.get(site.key) or Station(name=site.name, node="", engineers=0)
    return called(ground.model.staff, own)
