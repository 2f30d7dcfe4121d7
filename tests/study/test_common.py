"""Sharing what plans have in common changes no log: each is the one that the case has when it is run by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.case import build
from simsvc.log import Log
from simsvc.study import common as module
from simsvc.study.common import Common, _size
from simsvc.study.replicate import one
from simsvc.workload import draw

SHORT = {"time.window": "28 d", "time.warm_up": "0 d"}
PLANS: dict[str, dict[str, dict[str, Any]]] = {
    "huitian-2018": {
        "staff": {"stations.haikou.engineers": 5, "stations.sanya.engineers": 3},
        "away": {"staff.absences.leave.days_per_year": 0, "staff.relief.rule": "none"},
        "rules": {"dispatch.who": "nearest", "dispatch.which_ticket": "fifo", "staff.out_of_hours": "off"},
        "rota": {"stations.haikou.on_call": "rota", "staff.on_call": "all"},
        "desk": {"desk.shifts.0.agents": 7, "remote.shifts.0.agents": 9},
        "stock": {"stock.rule": "share", "stock.share": 0.1, "stock.levels": []},
        "opened": {
            "stations.new": {"name": {"en": "New"}, "node": "wenchang", "engineers": 2, "covers": ["wenchang"]},
            "clauses.A09.parts.0.target": 0.5,
        },
    },
    "fertiliser-supply": {"staff": {"dispatch.who": "nearest"}},
    "heating-and-alarm": {"staff": {"dispatch.who": "nearest"}},
    "hospital-supplies": {"staff": {"dispatch.who": "nearest"}},
    "archive-digitising": {"staff": {"dispatch.who": "nearest"}},
}
"""What plans may decide, by scenario."""


def same(log: Log, other: Log) -> str:
    """Where two logs differ, apart from the states of the engineers."""
    return replace(log, engineers=other.engineers).first_difference(other)


def grown(scenario: sv.Scenario) -> dict[str, Any]:
    """More of everything that a plan may decide, wherever the scenario has it."""
    model = scenario.model
    more: dict[str, Any] = {f"stations.{s}.engineers": spec.engineers + 2 for s, spec in model.stations.items()}
    for pool in ("desk", "remote"):
        shifts = getattr(model, pool).shifts if getattr(model, pool) is not None else []
        more |= {f"{pool}.shifts.{k}.agents": shift.agents + 1 for k, shift in enumerate(shifts)}
    for key, spec in model.loaners.items():
        more[f"loaners.{key}.at"] = {station: pieces + 3 for station, pieces in spec.at.items()}
    if model.delivery is not None:
        more["delivery.warehouse.cut_off"] = "12:00"
        for key, route in model.delivery.routes.items():
            more |= {
                f"delivery.routes.{key}.vans": route.vans + 1,
                f"delivery.routes.{key}.departs": ["08:00", "13:00"],
            }
    return more


@pytest.mark.parametrize("name", PLANS)
def test_every_plan_has_the_log_that_it_has_alone(name: str) -> None:
    base = sv.load(name).replace(**SHORT)
    common, plans = Common(), PLANS[name] | {"grown": grown(base)}
    common.log(build(base), 3, 0, "compiled")
    changed = 0
    for changes in plans.values():
        case = build(base.replace(**changes))
        alone = one(case, 3, 0, "compiled")
        assert same(common.log(case, 3, 0, "compiled"), alone) == ""
        changed += bool(same(alone, one(build(base), 3, 0, "compiled")))
    assert changed, "no plan did anything"
    assert len(common._banks) == 1, "something a plan decides was taken for luck"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """(seed, replication) of each draw."""
    found: list[tuple[int, int]] = []
    plain = module._drawn

    def told(case: Any, seed: int, replication: int, engine: Any) -> Any:
        found.append((seed, replication))
        return plain(case, seed, replication, engine)

    monkeypatch.setattr(module, "_drawn", told)
    return found


def test_luck_is_drawn_once_for_all_plans(own: Any, drawn: list[tuple[int, int]]) -> None:
    base, common = own(), Common()
    for engineers in (1, 2, 3):
        case = build(base.override("stations.a.engineers", engineers))
        for replication in (0, 1):
            log = common.log(case, 1, replication, "reference")
            assert same(log, one(case, 1, replication, "reference")) == ""
    assert drawn == [(1, 0), (1, 1)]


@pytest.mark.parametrize(
    "changes",
    [
        {"demand.scale": 3.0},
        {"products.p.modes.m.work": "3 h"},
        {"staff.calendar": "office"},
        {"time.window": "14 d"},
        {"staff.set_out": "20 min"},
        {"dispatch.decision": "20 min"},
    ],
)
def test_what_changes_luck_shares_none(own: Any, drawn: list[tuple[int, int]], changes: dict[str, Any]) -> None:
    common, base = Common(), own(staff={"out_of_hours": "on-call"})
    other = build(base.replace(**changes))
    common.log(build(base), 1, 0, "reference")
    assert same(common.log(other, 1, 0, "reference"), one(other, 1, 0, "reference")) == ""
    assert len(drawn) == 2


def test_days_of_absence_follow_who_is_employed(own: Any) -> None:
    """The third engineer's leave is drawn for the plan that employs him, the first one's stays."""
    base = own(time={"window": "360 d"}, staff={"absences": {"leave": {"days_per_year": 60, "spell": "10 d"}}})
    common = Common()
    logs = {}
    for n in (1, 3):
        case = build(base.override("stations.a.engineers", n))
        logs[n] = common.log(case, 1, 0, "reference")
        assert same(logs[n], one(case, 1, 0, "reference")) == ""
        assert draw(case, 1, 0).absent.any(axis=1).all()
    assert logs[1].tickets["assigned"].max() > 0


def test_the_first_replications_stay_and_other_seeds_go(own: Any, drawn: list[tuple[int, int]]) -> None:
    base = own()
    case = build(base)
    common = Common(room=sum(_size(module._drawn(case, 1, r, "reference")) for r in (0, 1)) + 1000)
    drawn.clear()
    order = [(1, 0), (1, 1), (1, 2), (1, 0), (1, 2), (2, 0), (1, 0)]
    for seed, replication in order:
        assert same(common.log(case, seed, replication, "reference"), one(case, seed, replication, "reference")) == ""
    # 2 finds no room behind 0 and 1; another seed takes it all.
    assert drawn == [(1, 0), (1, 1), (1, 2), (1, 2), (2, 0), (1, 0)]


def test_broadcast_columns_take_no_room() -> None:
    whole = np.zeros((10, 3))
    assert _size((whole, np.broadcast_to(np.float64(1), (10, 3)), None)) == whole.nbytes
