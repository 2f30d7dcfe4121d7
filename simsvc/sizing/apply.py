"""A plan written into the scenario: the paths that change, and to what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from simsvc.case import Case, build
from simsvc.case.able import EVERYTHING, engineer_ids, job_classes, may_do
from simsvc.case.arrays import Ints
from simsvc.scenario import paths
from simsvc.sizing.departures import departures
from simsvc.sizing.levers import Lever
from simsvc.sizing.sites import Ground, Opened, rewritten, taker

BACKUP_RADIUS = "60 min"
"""How far a backup comes where the scenario names no radius."""


def stations(ground: Ground, engineers: Sequence[int]) -> dict[str, Any]:
    """Changes that give each site so many engineers: new stations, closed ones, and who covers what then.

    Engineers whom the scenario doesn't have can do everything that some work asks for: a plan hires whom it needs.
    """
    found: dict[str, Any] = {}
    for site, count in zip(ground.sites, engineers, strict=True):
        if site.candidate and count:
            node = ground.case.places.ids[site.place]
            name = {"en": site.name.en, **({"zh": site.name.zh} if site.name.zh else {})}
            found[f"stations.{site.key}"] = {"name": name, "node": node, "engineers": count}
        elif count != site.today:
            found[f"stations.{site.key}.engineers"] = count
    for s, areas, towns in rewritten(ground, tuple(count > 0 for count in engineers)):
        path = f"stations.{ground.sites[s].key}"
        new = {"covers": list(areas), "covers_towns": list(towns)}
        if path in found:
            found[path] |= {key: names for key, names in new.items() if names}
        else:
            found |= {f"{path}.{key}": names for key, names in new.items()}
    return found | _hired(ground, engineers)


def _hired(ground: Ground, engineers: Sequence[int]) -> dict[str, Any]:
    model = ground.model
    skills = list(dict.fromkeys(kind.skill for kind in job_classes(model) if kind.skill is not None))
    known = {*engineer_ids(model), *model.staff.engineers}
    names = [f"{site.key}-{n + 1}" for site, count in zip(ground.sites, engineers, strict=True) for n in range(count)]
    new = [name for name in names if name not in known]
    return {f"staff.engineers.{name}": {"skills": skills} for name in new} if skills else {}


def able(ground: Ground, engineers: Sequence[int]) -> bool:
    """Whether somebody can do all work that somebody can do today (whom a plan hires can do everything)."""
    listed = ground.model.staff.engineers
    people = [
        (listed.get(f"{site.key}-{n + 1}", EVERYTHING if n < site.today else None), n < site.today, n < count)
        for site, count in zip(ground.sites, engineers, strict=True)
        for n in range(max(site.today, count))
    ]
    for kind in job_classes(ground.model) if listed else ():
        can = [(was, stays) for person, was, stays in people if person is None or may_do(person, kind)]
        if any(was for was, _ in can) and not any(stays for _, stays in can):
            return False
    return True


def level(ground: Ground, lever: Lever, to: int) -> dict[str, Any]:
    """Changes of a lever that decides by itself: seats, vans, departures, the cut-off, who may be sent."""
    delivery = ground.model.delivery
    if lever.kind in ("agents", "technicians"):
        return {f"{'desk' if lever.kind == 'agents' else 'remote'}.shifts.{lever.place}.agents": to}
    if lever.kind == "vans":
        return {f"delivery.routes.{lever.place}.vans": to}
    if lever.kind == "departures" and delivery is not None:
        times = departures(ground.case, delivery, delivery.routes[lever.place], to)
        return {f"delivery.routes.{lever.place}.departs": times}
    if lever.kind == "cut-off":
        return {"delivery.warehouse.cut_off": lever.words[to][0]}
    return reach(ground, lever.words[to][0]) if lever.kind == "reach" else {}


def stock(ground: Ground, stocks: Ints) -> dict[str, Any]:
    """Changes that give every shelf its base stock; ``stocks``: (sites + 1 for the hub, parts)."""
    supply, spec = ground.case.supply, ground.model.stock
    store = {site.key: s for s, site in enumerate(ground.sites)} | {"hub": len(ground.sites)}
    part = {name: p for p, name in enumerate(supply.parts)}
    # Rows that the scenario has stay where they are: its ledger may name them by position.
    cells = [(store[row.station], part[row.part]) for row in spec.levels]
    listed = set(cells)
    wanted = stocks > 0
    # The hub goes by its share where no row says otherwise.
    wanted[-1] = spec.hub is not None
    more = [(s, p) for s, p in np.argwhere(wanted).tolist() if (s, p) not in listed]
    keys = [*store]
    rows = [{"station": keys[s], "part": supply.parts[p], "base_stock": int(stocks[s, p])} for s, p in [*cells, *more]]
    rule = {"stock.rule": "given"} if spec.rule != "given" else {}
    return {**rule, "stock.levels": rows}


def reach(ground: Ground, who: str) -> dict[str, Any]:
    """Changes that let these engineers be sent."""
    spec = ground.model.dispatch
    if who == spec.who:
        return {}
    radius = who == "own-then-backup" and spec.backup_radius <= 0
    return {"dispatch.who": who} | ({"dispatch.backup_radius": BACKUP_RADIUS} if radius else {})


def duty(ground: Ground, site: int, who: str) -> dict[str, Any]:
    """Changes that put these engineers of an open station on call; a new one's table takes them in."""
    key = ground.sites[site].key
    found = {"out_of_hours": "off"} if who == "off" else {"out_of_hours": "on-call", "on_call": who}
    return {f"stations.{key}.{name}": value for name, value in found.items()}


def stand_ins(ground: Ground, pool: str, engineers: Sequence[int]) -> dict[str, int]:
    """Stand-ins of today by station; those of a closed one are where most of its towns went."""
    opened = tuple(count > 0 for count in engineers)
    found = dict(ground.model.loaners[pool].at)
    for s, site in enumerate(ground.sites):
        if site.today and not opened[s] and (other := taker(ground, opened, s)) >= 0:
            key = ground.sites[other].key
            found[key] = found.get(key, 0) + found.pop(site.key, 0)
    return found


def loaners(ground: Ground, pool: str, pieces: dict[str, int]) -> dict[str, Any]:
    """Changes that put these stand-ins at the stations."""
    path = f"loaners.{paths.join((pool,))}.at"
    return {path: {site: count for site, count in pieces.items() if count or site in ground.model.loaners[pool].at}}


@lru_cache(maxsize=64)
def opened_case(ground: Ground, opened: Opened) -> Case:
    """The case with these sites open, its stock and everything else by the scenario's rules."""
    # One more than today each, whoever else has left: so somebody has every skill.
    pairs = zip(ground.sites, opened, strict=True)
    changes = stations(ground, [site.today + 1 if is_open else 0 for site, is_open in pairs])
    return build(ground.scenario.replace(**changes), ground.net) if changes else ground.case
