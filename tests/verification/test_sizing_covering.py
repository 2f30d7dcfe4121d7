"""Covering instances: hardly any demand, so that a plan is enough if and only if every town has a station in reach.

``size`` must return the cheapest set of stations, found here by looking at every set.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx
import pytest

import simsvc as sv
from simsvc.sizing.size import size

ENGINEER, STATION = 95_000.0, 35_000.0
Roads = Sequence[tuple[str, str, float]]


def scenario_of(own: Any, station: Any, roads: Roads, limit: float, target: float, today: Sequence[str],
                sizing: Mapping[str, Any], free_when: str = "from-site") -> sv.Scenario:  # fmt: skip
    """Every town is a county and may have a station; today's first covers all."""
    towns = list(dict.fromkeys(end for a, b, _ in roads for end in (a, b)))
    part = {"kind": "sim", "measure": "time_to_site", "limit": f"{limit} min", "target": target}
    stations = {name: station(name, 1, towns if name == today[0] else [name]) for name in today}
    return own(  # type: ignore[no-any-return]
        time={"window": "365 d", "drain": "3 d"},
        network={
            "source": "own",
            "nodes": [{"id": t, "lat": 0.0, "lon": 0.0} for t in towns],
            "roads": [{"from": a, "to": b, "minutes": minutes} for a, b, minutes in roads],
        },
        stations={"a": None, **stations},
        dispatch={"free_when": free_when},
        products={"p": {"rate": "4 /year", "modes": {"m": {"work": "10 min"}}}},
        demand={"scale": 1e-3, "installed": [{"area": t, "product": "p", "units": 1000} for t in towns]},
        sizing={"candidates": towns, **sizing},
        clauses={"A1": {"text": {"en": "On site"}, "parts": [part]}},
    )


def reach(roads: Roads, limit: float) -> dict[str, set[str]]:
    """Towns within the limit of each."""
    graph = nx.Graph()
    graph.add_weighted_edges_from(roads)
    ways = dict(nx.all_pairs_dijkstra_path_length(graph))
    return {a: {b for b, minutes in to.items() if minutes <= limit} for a, to in ways.items()}


def cheapest(near: Mapping[str, set[str]], price: Mapping[str, float], always: Sequence[str] = ()) -> float:
    """Least cost of stations, by every set there is."""
    return min(
        sum(price[t] for t in chosen)
        for number in range(1, len(near) + 1)
        for chosen in itertools.combinations(near, number)
        if set(always) <= set(chosen) and set().union(*(near[t] for t in chosen)) == set(near)
    )


def greedy(near: Mapping[str, set[str]]) -> list[str]:
    """The town that covers most of what is left, again and again."""
    left, found = set(near), list[str]()
    while left:
        found.append(max(near, key=lambda t: len(near[t] & left)))
        left -= near[found[-1]]
    return found


LINE = [(f"t{k}", f"t{k + 1}", 30.0) for k in range(6)]
GRID = [
    *((f"g{r}{c}", f"g{r}{c + 1}", 20.0) for r in range(3) for c in range(3)),
    *((f"g{r}{c}", f"g{r + 1}{c}", 20.0) for r in range(2) for c in range(4)),
]
TRAP = [("left", x, 20.0) for x in ("a", "b", "c", "middle")] + [("right", x, 20.0) for x in "def"]
TRAP += [("middle", x, 20.0) for x in "bcde"]
PRICES = {"t0": 10_000.0, "t1": 90_000.0, "t2": 20_000.0, "t3": 60_000.0, "t4": 95_000.0, "t5": 90_000.0, "t6": 5_000.0}


@pytest.mark.parametrize(
    ("roads", "limit", "target", "today", "free_when"),
    [
        (LINE, 40, 0.95, ["t3"], "from-site"),
        (GRID, 25, 0.8, ["g00"], "when-home"),
        (TRAP, 25, 0.9, ["middle"], "from-site"),
    ],
    ids=["line", "grid", "trap"],
)
def test_fewest_stations(own: Any, station: Any, roads: Roads, limit: float, target: float, today: list[str],
                         free_when: str) -> None:  # fmt: skip
    """All stations cost the same, and today's may be closed."""
    near = reach(roads, limit)
    best = cheapest(near, dict.fromkeys(near, ENGINEER + STATION))
    plan = size(scenario_of(own, station, roads, limit, target, today, {"existing": "free"}, free_when), extras=())
    assert plan.status == "kept"
    assert plan.cost == pytest.approx(best)
    opened = [line.place for line in plan.lines if line.kind == "engineers" and line.planned]
    assert set().union(*(near[t] for t in opened)) == set(near)
    if free_when == "when-home":
        # Nobody is nearer than his station then: the bound is the covering's.
        assert plan.bound is not None
        assert plan.bound.cost == pytest.approx(best)


def test_the_trap_is_one_for_a_greedy_cover() -> None:
    near = reach(TRAP, 25)
    assert len(greedy(near)) == 3
    assert cheapest(near, dict.fromkeys(near, 1.0)) == 2


@pytest.mark.parametrize("existing", ["fixed", "free"])
def test_cheapest_stations_where_rents_differ(own: Any, station: Any, existing: str) -> None:
    """More stations at cheap places may cost less than few at dear ones; today's dear one stays if it must."""
    near, price = reach(LINE, 40), {t: ENGINEER + rent for t, rent in PRICES.items()}
    scenario = scenario_of(own, station, LINE, 40, 0.9, ["t4"], {"existing": existing, "costs": {"station_at": PRICES}})
    plan = size(scenario, extras=())
    assert plan.status == "kept"
    assert plan.cost == pytest.approx(cheapest(near, price, ["t4"] if existing == "fixed" else []))


def test_only_the_towns_that_are_asked_for(own: Any, station: Any) -> None:
    """Candidates and areas of the call go over those of the scenario: three towns of seven."""
    scenario = scenario_of(own, station, LINE, 40, 0.9, ["t3"], {"existing": "free"})
    asked, places = ["t0", "t1", "t6"], ["t0", "t1", "t5", "t6"]
    plan = size(scenario, keep=["A1"], areas=asked, candidates=places, target=0.5, extras=())
    near = {t: reach(LINE, 40)[t] for t in (*places, "t3")}
    number = min(
        len(chosen) for k in range(1, 5) for chosen in itertools.combinations(near, k)
        if set(asked) <= set().union(*(near[t] for t in chosen))
        and len(set().union(*(near[t] for t in chosen))) > 3  # the province: half of all seven towns' cases
    )  # fmt: skip
    assert plan.status == "kept"
    assert plan.cost == pytest.approx(number * (ENGINEER + STATION))
