"""Few servers at several places who help each other: the plan that the hypercube model proves best.

Every town is a county with a place for a station; engineers drive home after each job, which is long against any drive.
The nearest free one is sent (Larson's fixed preferences), or the own station's alone (Erlang C). The model knows one
mean time of service and the simulation adds the drives, so a plan's shares lie between the model's with the longest and
with the shortest service; who finds all busy is in time at most if somebody is free again by then. In each case
the best plan lies above the share promised, and all cheaper ones below it, whichever end is taken.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from simsvc.analytic import hypercube, mmc_wait_exceeds
from simsvc.sizing.size import size

CLEAR, MOST = 0.004, 5
"""Tenths of a point between shares and promise; engineers in all that are looked at."""


@dataclass(frozen=True)
class City:
    """``drive``: minutes between places; ``per_day``: calls of each; ``work``: mean hours; ``limit``: minutes;
    ``engineer``, ``station``: CNY a year by place."""

    drive: Sequence[Sequence[float]]
    per_day: Sequence[float]
    work: float
    limit: float
    target: float
    engineer: Sequence[float]
    station: Sequence[float]

    def cost(self, plan: Sequence[int]) -> float:
        return sum(e * n + s * (n > 0) for e, s, n in zip(self.engineer, self.station, plan, strict=True))

    def worst(self, plan: Sequence[int], *, nearest: bool, longest: bool) -> float:
        """Share in time of the place that has the lowest; hours throughout."""
        rates, limit = [r / 24 for r in self.per_day], self.limit / 60
        service = self.work + longest * 2 * max(map(max, self.drive)) / 60
        if sum(rates) * service >= sum(plan):
            return 0.0
        if nearest:
            return self._helping(plan, rates, limit, service, late=not longest)
        return self._alone(plan, rates, limit, service)

    def _helping(self, plan: Sequence[int], rates: list[float], limit: float, service: float, *, late: bool) -> float:
        at = [place for place, number in enumerate(plan) for _ in range(number)]
        order = [sorted(range(len(at)), key=lambda u: (row[at[u]], u)) for row in self.drive]
        found = hypercube(rates, order, [service] * len(at), queue=True)
        in_time = found.waits * (1 - math.exp(-len(at) * limit / service)) if late else 0.0
        shares = []
        for place, rate in enumerate(rates):
            share = rate / sum(rates)
            at_once = found.dispatch[place] - found.waits * share / len(at)
            near = [self.drive[place][home] <= self.limit for home in at]
            shares.append(float(at_once[near].sum()) / share + in_time)
        return min(shares)

    def _alone(self, plan: Sequence[int], rates: list[float], limit: float, service: float) -> float:
        opened = [place for place, number in enumerate(plan) if number]
        mine = [min(opened, key=lambda s: row[s]) for row in self.drive]
        shares = []
        for place, station in enumerate(mine):
            load, left = sum(r for r, s in zip(rates, mine, strict=True) if s == station), limit
            left -= self.drive[place][station] / 60
            stable = left >= 0 and load * service < plan[station]
            shares.append(1 - mmc_wait_exceeds(plan[station], load, service, left) if stable else 0.0)
        return min(shares)

    def best(self) -> tuple[int, ...]:
        """The cheapest plan that surely keeps the promise; every cheaper one surely does not."""
        plans = [p for p in itertools.product(range(MOST), repeat=len(self.drive)) if 0 < sum(p) <= MOST]
        for plan in sorted(plans, key=self.cost):
            ways = (True, False)
            if max(self.worst(plan, nearest=n, longest=True) for n in ways) >= self.target + CLEAR:
                return plan
            assert max(self.worst(plan, nearest=n, longest=False) for n in ways) <= self.target - CLEAR
        raise AssertionError("no plan keeps the promise")


CITIES = {
    "two-equal": City([[0, 25], [25, 0]], [0.8, 0.8], 6, 20, 0.9, [110_000, 95_000], [60_000, 60_000]),
    "one-helps": City([[0, 50], [50, 0]], [0.8, 0.1], 9, 40, 0.9, [95_000, 110_000], [60_000, 20_000]),
    "third-served": City([[0, 35, 50], [35, 0, 15], [50, 15, 0]], [0.2, 0.5, 0.3], 6, 20, 0.85,
                         [80_000, 95_000, 95_000], [20_000, 35_000, 60_000]),
    "four-at-two": City([[0, 50, 25], [50, 0, 35], [25, 35, 0]], [0.5, 0.8, 0.8], 9, 30, 0.8,
                        [80_000, 80_000, 110_000], [35_000, 60_000, 60_000]),
    "all-in-the-middle": City([[0, 25, 50], [25, 0, 25], [50, 25, 0]], [0.5, 0.8, 0.05], 6, 40, 0.9,
                              [80_000, 110_000, 95_000], [60_000, 60_000, 35_000]),
}  # fmt: skip


@pytest.mark.parametrize("name", CITIES)
def test_fewest_servers_where_they_help_each_other(own, station, name: str) -> None:  # type: ignore[no-untyped-def]
    city = CITIES[name]
    towns = [f"n{k}" for k in range(len(city.drive))]
    pairs = list(itertools.combinations(range(len(towns)), 2))
    work = {"dist": "exponential", "mean": f"{city.work:g} h"}
    modes = {"m": {"name": {"en": "M"}, "share": 1.0, "work": work}}
    part = {"kind": "sim", "measure": "time_to_site", "limit": f"{city.limit:g} min", "target": city.target}
    scenario = own(
        time={"window": "365 d", "warm_up": "7 d", "drain": "7 d"},
        network={
            "source": "own",
            "nodes": [{"id": t, "lat": 0.0, "lon": 0.0} for t in towns],
            "roads": [{"from": towns[a], "to": towns[b], "minutes": float(city.drive[a][b])} for a, b in pairs],
        },
        stations={"a": None, "n1": station("n1", 1, towns)},
        dispatch={"free_when": "when-home"},
        products={
            "p": None,
            **{
                f"p-{t}": {"name": {"en": t}, "rate": f"{rate} /d", "modes": modes}
                for t, rate in zip(towns, city.per_day, strict=True)
            },
        },
        demand={"scale": 1e-4, "installed": [{"area": t, "product": f"p-{t}", "units": 10**4} for t in towns]},
        sizing={
            "existing": "free",
            "candidates": towns,
            "costs": {
                "engineer_at": dict(zip(towns, city.engineer, strict=True)),
                "station_at": dict(zip(towns, city.station, strict=True)),
            },
        },
        clauses={"A1": {"text": {"en": "On site"}, "parts": [part]}},
    )
    plan = size(scenario, extras=())
    assert plan.status == "kept"
    assert plan.cost == pytest.approx(city.cost(city.best()))
    planned = {line.place: line.planned for line in plan.lines if line.kind == "engineers"}
    assert tuple(planned[t] for t in towns) == city.best()
