"""Decisions about base stocks and stand-ins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from simsvc.case.supply import station_units
from simsvc.scenario.base import Text
from simsvc.sizing import loads
from simsvc.sizing.kept import LOANERS, SPARES, Kept
from simsvc.sizing.levers import LATE, Lever, where
from simsvc.sizing.shelves import AS_TODAY, Shelves
from simsvc.sizing.sites import Ground


def spares(ground: Ground, shelves: Shelves | None, kept: Kept, areas: Sequence[tuple[int, ...]]) -> Iterator[Lever]:
    """A lever a shelf where they are few, else one of all; where they can't move a promise, one that is fixed.

    ``areas``: indices of those that each site may have to serve. Its shelves help there, unless stations send each
    other parts; the central store helps everywhere.
    """
    if shelves is None:
        return
    case = ground.case
    if kept.any(SPARES) and shelves.single:
        now, alone = shelves.at(shelves.today).as_today, ground.model.stock.lateral is None
        for s, p in shelves.listed:
            store = ground.sites[s].name if s < len(ground.sites) else Text(en="central store", zh="中心库")
            place, part = ground.sites[s].key if s < len(ground.sites) else "hub", case.supply.parts[p]
            name = ground.model.parts[part].name
            yield Lever(
                key=f"spares.{place}.{part}",
                kind="spares",
                place=place,
                name=Text(en=f"Spares, {store.en}: {name.en}", zh=f"备件，{store['zh']}：{name['zh']}"),
                areas=areas[s] if alone and s < len(ground.sites) else (),
                low=0,
                high=int(shelves.high[s, p]),
                today=int(now[s, p]),
                helps=frozenset({"part"}) | LATE,
                measures=SPARES,
            )
        return
    words = shelves.words if kept.any(SPARES) else (AS_TODAY,)
    yield Lever(
        key="spares",
        kind="spares",
        place="",
        name=Text(en="Spares at all stations", zh="各站备件储备"),
        areas=(),
        low=0,
        high=len(words) - 1,
        today=words.index(AS_TODAY),
        helps=frozenset({"part"}) | LATE,
        measures=SPARES,
        words=words,
    )


def loaners(ground: Ground, kept: Kept) -> Iterator[Lever]:
    """Stand-ins of each pool at today's stations."""
    model, case = ground.model, ground.case
    if not model.loaners or not (kept.any(LOANERS - {"repaired"}) or any(p.stand_in for p in kept.sim)):
        return
    served = np.zeros((len(ground.sites), len(case.supply.products)))
    served[: len(case.staffing.stations)] = station_units(case.supply.units, case.places, case.staffing)
    for pool, spec in model.loaners.items():
        load = loads.stand_ins(case, served, pool)
        for site, erlangs in zip(ground.sites, load.tolist(), strict=True):
            if site.candidate:
                continue
            now = spec.at.get(site.key, 0)
            yield Lever(
                key=f"loaners.{pool}.{site.key}",
                kind="loaners",
                place=site.key,
                name=where(f"Stand-ins ({spec.name.en})", f"备用机（{spec.name['zh']}）", site.name),
                areas=(),
                low=0,
                high=max(loads.enough(erlangs), now),
                today=now,
                helps=frozenset({"part", "repair"}) | LATE,
                measures=LOANERS,
            )
