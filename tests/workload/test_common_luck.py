"""Compared plans meet the same faults: what is decided about staff, roads, policies and demand renumbers nothing."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.case import Case, build
from simsvc.workload import Legs, Workload, draw

SHORT = {"time.window": "28 d", "time.drain": "7 d", "clauses": {}, "sizing.keep": []}


@pytest.fixture(scope="module")
def shipped() -> sv.Scenario:
    return sv.load("huitian-2018").replace(**SHORT)


def faults(scenario: sv.Scenario, seed: int = 1) -> tuple[Case, Workload]:
    case = build(scenario)
    return case, draw(case, seed, 0)


def same(a: Any, b: Any, rows_a: Any = slice(None), rows_b: Any = slice(None)) -> None:
    """All luck of the chosen rows of two tables is the same."""
    for field in fields(a):
        one, two = getattr(a, field.name), getattr(b, field.name)
        if isinstance(one, Legs):
            for leg in fields(Legs):
                assert (getattr(one, leg.name)[rows_a] == getattr(two, leg.name)[rows_b]).all(), leg.name
        elif field.name not in ("parent", "child"):
            assert (one[..., rows_a] if field.name.endswith("pick_up") else one[rows_a]).tolist() == (
                two[..., rows_b] if field.name.endswith("pick_up") else two[rows_b]
            ).tolist(), field.name


@pytest.mark.parametrize(
    "changes",
    [
        {"stations.danzhou.engineers": 0, "stations.sanya.engineers": 2},
        {"stations.haikou.engineers": 5},
        {"network.as_of": "2018-10-31"},
        {"network.time_factor": 1.3, "dispatch.who": "nearest", "dispatch.free_when": "when-home"},
        {"staff.out_of_hours": "off", "staff.relief.rule": "move", "dispatch.which_ticket": "fifo"},
        {"staff.calendar": "always", "staff.on_call": "rota"},
    ],
    ids=["moved", "more", "roads", "policies", "duty", "hours"],
)
def test_staff_roads_and_policies_change_no_fault(shipped: sv.Scenario, changes: dict[str, Any]) -> None:
    import datetime as dt

    changes = {k: dt.date.fromisoformat(v) if k == "network.as_of" else v for k, v in changes.items()}
    (_, a), (_, b) = faults(shipped), faults(shipped.replace(**changes))
    same(a.faults, b.faults)
    same(a.orders, b.orders)
    if "staff.calendar" not in changes:
        same(a.planned, b.planned)
    assert (a.weather.rain == b.weather.rain).all()
    assert all((x == y).all() for x, y in zip(a.weather.closed, b.weather.closed, strict=True))


def test_nobodys_absence_depends_on_who_else_works_here(shipped: sv.Scenario) -> None:
    (case, a), (moved, b) = faults(shipped), faults(shipped.replace(**{"stations.haikou.engineers": 4}))
    for e, name in enumerate(case.staffing.engineers):
        assert (a.absent[e] == b.absent[moved.staffing.engineers.index(name)]).all()


def rows_of(a: Any, b: Any) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the keys of ``a`` in both tables; every one of them must be in ``b``."""
    assert np.isin(a.key, b.key).all()
    order = np.argsort(b.key)
    return np.arange(len(a.key)), order[np.searchsorted(b.key[order], a.key)]


def test_one_countys_demand_leaves_all_others_untouched(shipped: sv.Scenario) -> None:
    raw = shipped.raw
    for row in raw["demand"]["installed"]:
        if row["area"] == "wenchang":
            row["units"] = int(row["units"] * 1.7)
    (case, a), (_, b) = faults(shipped), faults(sv.from_dict(raw))
    wenchang = case.places.areas.index("wenchang")
    there = b.faults.area == wenchang
    assert np.isin(b.faults.key[~there], a.faults.key).all()
    assert 1.4 < there.sum() / (a.faults.area == wenchang).sum() < 2.0
    same(a.faults, b.faults, *rows_of(a.faults, b.faults))


def test_more_demand_keeps_every_fault(shipped: sv.Scenario) -> None:
    last = None
    for scale in (0.3, 1.0, 1.01, 4.0):
        _, now = faults(shipped.override("demand.scale", scale))
        if last is not None:
            assert len(now.faults.key) > len(last.faults.key)
            same(last.faults, now.faults, *rows_of(last.faults, now.faults))
        last = now


def test_a_longer_window_keeps_the_earlier_ones(shipped: sv.Scenario) -> None:
    (case, a), (_, b) = faults(shipped), faults(shipped.override("time.window", "90 d"))
    for mine, theirs in ((a.faults, b.faults), (a.orders, b.orders)):
        rows = rows_of(mine, theirs)
        same(mine, theirs, *rows)
        new = np.setdiff1d(np.arange(len(theirs.key)), rows[1])
        assert (theirs.time[new] >= case.span.horizon - 1).all() or (theirs.time[new] < 0).any()
        first = new[theirs.time[new] >= 0]
        assert (theirs.time[first] >= case.span.horizon).all()


def test_seeds_and_replications_share_nothing(own: Any) -> None:
    case = build(own(products={"p": {"rate": "50 /d"}}))
    keys = [draw(case, seed, r).faults for seed in range(3) for r in range(4)]
    times = [tuple(k.time.tolist()) for k in keys]
    assert len(set(times)) == 12
    work = np.concatenate([k.legs.noise_out.ravel() for k in keys])
    assert work.size > 0
    seeds = {draw(case, seed, r).seed for seed in range(30) for r in range(30)}
    assert len(seeds) == 900


def test_a_replication_alone_is_the_one_in_a_row(own: Any) -> None:
    case = build(own(products={"p": {"rate": "50 /d"}}))
    row = [draw(case, 3, r) for r in range(4)]
    same(draw(case, 3, 2).faults, row[2].faults)
