"""Loss systems with known answers: the contractor takes what finds everybody busy (Erlang B, hypercube model)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from simsvc import analytic
from simsvc.analytic import Hypercube
from simsvc.case import Case
from simsvc.log import CODES, Log

MODES = {"m": {"name": {"en": "M"}, "share": 1.0, "work": {"dist": "exponential", "mean": "1 h"}}}
AT_ONCE = {"contractor": {"arrival": "0 s"}}
ON_SITE = CODES["STATES"].index("on_site")

ENGINEERS = {"a": 2, "b": 4}
"""M/M/c/c side by side: 1.2 and 2.4 Erlangs."""
ERLANGS, ERLANG_DAYS = {"a": 1.2, "b": 2.4}, 40

CALLS, CUBE_DAYS = (24.0, 12.0, 18.0), 70
"""Calls a day at three towns with an engineer each, seconds apart, an hour's work."""
PREFERENCES = ((0, 1, 2), (1, 0, 2), (2, 1, 0))
"""a to b takes 1 s, b to c 2 s, a to c 3 s, and nobody is on the road for more than seconds in an hour."""


def products(per_day: dict[str, float]) -> dict[str, Any]:
    """A product of its own for each area."""
    return {"p": None, **{a: {"name": {"en": a}, "rate": f"{r} /d", "modes": MODES} for a, r in per_day.items()}}


def mean_work(log: Log, rows: np.ndarray) -> float:
    """Mean work of the rows' tickets, as a difference from its mean, 1 (a control)."""
    t, v = log.tickets, log.visits
    work = np.zeros(len(t["ticket"]))
    done = v["work_end"] >= 0
    work[v["ticket"][done]] = (v["work_end"] - v["work_start"])[done]
    return float(work[rows].mean()) / 3600 - 1


def use(case: Case, log: Log) -> np.ndarray:
    """Share of the counted time that each engineer works on site."""
    e, span = log.engineers, case.span
    inside = (np.minimum(e["end"], span.end) - np.maximum(e["start"], span.start)).clip(0)
    some = e["state"] == ON_SITE
    return np.bincount(e["engineer"][some], inside[some], len(case.staffing.engineers)) / (span.end - span.start)


@pytest.fixture(scope="module")
def erlang(own: Any, endless: Any, line: Any, station: Any, replicate: Any) -> dict[str, np.ndarray]:
    """Per station an array (replications, 4): share of the contractor, use of the engineers; then controls."""
    scenario = own(
        time={"window": f"{ERLANG_DAYS} d", "warm_up": "1 d", "drain": "1 d"},
        network=line("a", "b"),
        stations={a: station(a, n) for a, n in ENGINEERS.items()},
        products=products({a: 24 * load for a, load in ERLANGS.items()}),
        demand=endless(("a", "a"), ("b", "b")),
        dispatch=AT_ONCE,
    )
    found: dict[str, list[list[float]]] = {a: [] for a in ENGINEERS}
    logs: Iterator[tuple[Case, Log]] = replicate(scenario)
    for case, log in logs:
        t, busy = log.tickets, use(case, log)
        assert (t["assigned"] == t["ready"])[t["ready"] >= 0].all()
        for a, area in enumerate(case.places.areas):
            mine = (t["area"] == a) & (t["counted"] == 1)
            calls = mine.sum() / (24 * ERLANGS[area] * ERLANG_DAYS) - 1
            figures = [t["contractor"][mine].mean(), busy[case.staffing.engineer_station == a].mean()]
            found[area].append([*figures, calls, mean_work(log, mine)])
    return {a: np.array(rows) for a, rows in found.items()}


@pytest.mark.parametrize("area", ["a", "b"])
def test_the_contractor_gets_erlangs_share(erlang: Any, is_close: Any, area: str) -> None:
    x = erlang[area]
    _, half = is_close(analytic.erlang_b(ENGINEERS[area], ERLANGS[area]), x[:, 0], x[:, 2:])
    # A share: two points in a hundred and far less.
    assert half < 0.01


@pytest.mark.parametrize("area", ["a", "b"])
def test_the_engineers_carry_the_rest(erlang: Any, is_close: Any, area: str) -> None:
    x, load = erlang[area], ERLANGS[area]
    is_close(load * (1 - analytic.erlang_b(ENGINEERS[area], load)) / ENGINEERS[area], x[:, 1], x[:, 2:])


@pytest.fixture(scope="module")
def exact() -> Hypercube:
    return analytic.hypercube(CALLS, PREFERENCES, [1 / 24] * 3)


@pytest.fixture(scope="module")
def cube(own: Any, endless: Any, line: Any, station: Any, replicate: Any) -> dict[str, np.ndarray]:
    """Arrays (replications, ·): who was sent where (town × engineer), use, share of the contractor; controls."""
    roads = [{"from": i, "to": j, "minutes": s / 60} for i, j, s in (("a", "b", 1), ("b", "c", 2))]
    scenario = own(
        time={"window": f"{CUBE_DAYS} d", "warm_up": "1 d", "drain": "1 d"},
        network=line("a", "b", "c") | {"roads": roads},
        stations={a: station(a) for a in "abc"},
        products=products(dict(zip("abc", CALLS, strict=True))),
        demand=endless(*((a, a) for a in "abc")),
        dispatch=AT_ONCE | {"who": "own-then-backup", "backup_radius": "1 min"},
    )
    found: dict[str, list[Any]] = {"sent": [], "use": [], "lost": [], "controls": []}
    for case, log in replicate(scenario):
        t, v = log.tickets, log.visits
        counted = t["counted"] == 1
        by = np.full(len(t["ticket"]), -1)
        by[v["ticket"]] = v["engineer"]
        pairs = [[(t["town"] == j) & (by == i) & counted for i in range(3)] for j in range(3)]
        found["sent"].append(np.array(pairs).sum(axis=2) / counted.sum())
        found["use"].append(use(case, log))
        found["lost"].append((by[counted] < 0).mean())
        calls = [(counted & (t["town"] == j)).sum() / (CALLS[j] * CUBE_DAYS) - 1 for j in range(3)]
        found["controls"].append([*calls, mean_work(log, counted)])
    return {name: np.array(rows) for name, rows in found.items()}


def test_who_is_sent_where(cube: Any, exact: Hypercube, is_close: Any) -> None:
    for town, engineer in np.ndindex(3, 3):
        sent = cube["sent"][:, town, engineer]
        _, half = is_close(exact.dispatch[town, engineer], sent, cube["controls"], within=0.05)
        # A share: two points in a hundred and far less.
        assert half < 0.005


def test_workloads_of_the_hypercube(cube: Any, exact: Hypercube, is_close: Any) -> None:
    for engineer in range(3):
        is_close(exact.workload[engineer], cube["use"][:, engineer], cube["controls"])


def test_the_contractor_gets_what_the_hypercube_loses(cube: Any, exact: Hypercube, is_close: Any) -> None:
    is_close(exact.lost, cube["lost"], cube["controls"], within=0.03)
