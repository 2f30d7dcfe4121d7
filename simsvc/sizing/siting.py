"""The cheapest stations and engineers for what can be said of them without simulation: a mixed-integer programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from scipy import sparse, special
from scipy.optimize import Bounds, LinearConstraint, milp

from simsvc.case import Case
from simsvc.case.arrays import Bools, Floats, Ints
from simsvc.case.reach import passable
from simsvc.sizing.space import Space

_NODES = 20_000
"""Most nodes of branch and bound: a limit that no clock decides."""
_SLACK = 1e-9


@dataclass(frozen=True)
class Post:
    """A station of the plan with all candidates: its lever (-1: none), engineers at least and at most, cost of opening
    it with one engineer and of each further one."""

    lever: int
    low: int
    high: int
    opening: float
    engineer: float


@dataclass(frozen=True)
class Share:
    """So much of the demand of some towns must find a station that can be there in time.

    ``towns``; ``weight`` of each, adding to 1; ``chance``: (stations, towns) of being there in time; ``target``.
    """

    towns: Ints
    weight: Floats
    chance: Floats
    target: float


@dataclass
class Needs:
    """What stations must be: of each group one open; in each group so many engineers; shares within reach."""

    groups: list[Bools] = field(default_factory=list)
    engineers: list[tuple[Bools, int]] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)


@dataclass(frozen=True)
class Siting:
    """``engineers`` by station; ``cost``: what no plan of such needs can be below, on top of the posts' least."""

    engineers: Ints
    cost: float


@lru_cache(maxsize=4)
def posts(space: Space) -> tuple[Post, ...]:
    """The stations of ``space.case_of(space.most)``, in its order, with what an engineer there costs."""
    lever = {lever.place: k for k, lever in enumerate(space.levers) if lever.kind == "engineers"}
    least = tuple(lever.low for lever in space.levers)
    found = []
    for key, station in space.case_of(space.most).model.stations.items():
        k = lever.get(key, -1)
        if k < 0:
            found.append(Post(-1, station.engineers, station.engineers, 0.0, 0.0))
            continue
        low, high = space.levers[k].low, space.levers[k].high
        tried = [(*least[:k], level, *least[k + 1 :]) for level in range(low, min(high, low + 2) + 1)]
        price = np.diff([space.costs(levels)[k] for levels in tried])
        further = float(price[1:].min()) if len(price) > 1 else float(price[0]) if len(price) else 0.0
        opening = float(price[0]) if low == 0 and len(price) else further
        found.append(Post(k, low, high, opening, min(further, opening)))
    return tuple(found)


def cheapest(stations: Sequence[Post], needs: Needs) -> Siting | None:
    """The least cost over the posts' lows that meets the needs, None where nothing does.

    Raises
    ------
    ValueError
        If there is no station.
    """
    if not stations:
        raise ValueError("no station")
    n = len(stations)
    rows: list[sparse.coo_array] = []
    lower: list[Floats] = []
    pairs = [_pairs(share, n) for share in needs.shares]
    width = 2 * n + sum(len(s) for s, _ in pairs)

    def add(row: Ints, column: Ints, value: Floats, least: Floats) -> None:
        rows.append(sparse.coo_array((value, (row, column)), shape=(len(least), width)))
        lower.append(least)

    every = np.arange(n)
    # First whether each station is open, then its engineers: none in a closed one, one at least in an open one.
    high = np.array([float(max(post.high, post.low)) for post in stations])
    twice = np.concatenate([every, every])
    add(twice, np.concatenate([every, n + every]), np.concatenate([high, -np.ones(n)]), np.zeros(n))
    add(twice, np.concatenate([every, n + every]), np.concatenate([-np.ones(n), np.ones(n)]), np.zeros(n))
    for group in needs.groups:
        here = np.flatnonzero(group)
        add(np.zeros(len(here), np.int64), here, np.ones(len(here)), np.ones(1))
    for group, number in needs.engineers:
        here = np.flatnonzero(group)
        add(np.zeros(len(here), np.int64), n + here, np.ones(len(here)), np.array([float(number)]))
    first = 2 * n
    for share, (station, town) in zip(needs.shares, pairs, strict=True):
        own = first + np.arange(len(station))
        gain = share.chance[station, town] * share.weight[town]
        add(np.zeros(len(own), np.int64), own, gain, np.array([share.target - _SLACK]))
        # A town is served by one station, an open one.
        add(town, own, -np.ones(len(own)), -np.ones(len(share.towns)))
        add(
            np.concatenate([np.arange(len(own))] * 2),
            np.concatenate([station, own]),
            np.concatenate([np.ones(len(own)), -np.ones(len(own))]),
            np.zeros(len(own)),
        )
        first += len(own)
    cost = np.zeros(width)
    cost[:n] = [post.opening - post.engineer for post in stations]
    cost[n : 2 * n] = [post.engineer for post in stations]
    low = np.array([float(post.low) for post in stations])
    result = milp(
        cost,
        integrality=np.concatenate([np.ones(2 * n), np.zeros(width - 2 * n)]),
        bounds=Bounds(
            np.concatenate([low > 0, low, np.zeros(width - 2 * n)]),
            np.concatenate([high > 0, high, np.ones(width - 2 * n)]),
        ),
        constraints=LinearConstraint(sparse.csr_array(sparse.vstack(rows)), np.concatenate(lower), np.inf),
        options={"mip_rel_gap": 0.0, "node_limit": _NODES},
    )
    if result.x is None:
        return None
    # What branch and bound has proven; the optimum itself unless it ran out of nodes.
    bound = float(result.fun) if result.mip_dual_bound is None else float(result.mip_dual_bound)
    base = float(cost[:n] @ (low > 0) + cost[n : 2 * n] @ low)
    return Siting(np.rint(result.x[n : 2 * n]).astype(np.int64), max(bound - base, 0.0))


def in_time(case: Case, limit: float, before: float = 0.0) -> Floats:
    """Chance that an engineer who leaves each station ``before`` after the report is in each town within ``limit``, by
    the fastest band; 1 where a boat or flight takes him, 0 where no way leads. Shape (stations, towns)."""
    places = case.places
    times = places.travel[:, case.staffing.station_place, : places.towns].astype(np.float64).min(axis=0)
    left, cv = limit - before, case.model.network.noise_cv
    if left < 0:
        return np.zeros_like(times)
    if cv <= 0:
        chance = np.where(times <= left, 1.0, 0.0)
    else:
        # Lognormal noise of mean 1; drives are rounded to whole seconds.
        sigma = np.sqrt(np.log1p(cv**2))
        with np.errstate(divide="ignore", invalid="ignore"):
            chance = special.ndtr(np.log((left + 0.5) / times) / sigma + sigma / 2)
    return np.where(times < 0, passable(case), np.where(times == 0, 1.0, chance))


def _pairs(share: Share, stations: int) -> tuple[Ints, Ints]:
    """Station and town (its place in the share) of every pair that can be in time."""
    station, town = np.nonzero((share.chance[:stations] > 0) & (share.weight > 0)[None, :])
    return station, town
