"""Luck of the repair chain: shares and durations as written, by the fault's key alone, and none where it isn't used."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.case import build
from simsvc.workload import Legs, Repairs, draw

TABLES: dict[str, Any] = {
    "experts": {"shifts": [{"calendar": "office", "agents": 1, "pick_up": "5 min"}] * 2, "work": "2 h"},
    "repairs": {
        "own": {"name": {"en": "Own"}, "turnaround": {"dist": "exponential", "mean": "2 d"}},
        "post": {"name": {"en": "Post"}, "turnaround": {"dist": "uniform", "low": "4 d", "high": "8 d"}, "scrap": 0.25},
    },
    "loaners": {
        "l": {
            "name": {"en": "L"}, "products": ["p"], "at": {"a": 1}, "brought": 0.3,
            "transfer": {"dist": "exponential", "mean": "4 h"}, "placing": {"dist": "exponential", "mean": "20 min"},
            "renewal": {"dist": "exponential", "mean": "30 d"},
        }
    },
}  # fmt: skip
MODE = {"expert": 0.1, "workshop": 0.4, "routes": {"post": 3.0, "own": 1.0}, "work": "1 h"}
FAULTS = 8000


@pytest.fixture(scope="module")
def scenario(own: Any, endless: Any) -> Any:
    def make(rate: int = FAULTS // 100, **more: Any) -> sv.Scenario:
        lead = {"dist": "exponential", "mean": "10 d"}
        q = {"name": {"en": "Q"}, "rate": f"{rate} /d", "modes": {"m": {"name": {"en": "M"}, "share": 1.0, **MODE}}}
        p = {"rate": f"{rate} /d", "replacement": lead, "modes": {"m": MODE}}
        demand = endless("a", ("a", "q"))
        return own(**{"time": {"window": "100 d"}, "products": {"p": p, "q": q}, "demand": demand} | TABLES | more)

    return make


def close(values: np.ndarray, mean: float) -> None:
    """Within five standard errors (two-sided odds of 1 in 1.7 million for a new seed)."""
    error = float(values.std()) / np.sqrt(len(values))
    assert abs(values.mean() - mean) <= 5 * error, (values.mean(), mean)


def test_shares_and_durations(scenario: Any) -> None:
    case = build(scenario())
    workload = draw(case, 1, 0)
    r, p = workload.repairs, workload.faults.product == 0
    close(r.expert, 0.1)
    close(r.workshop, 0.4)
    away = r.workshop
    assert (r.route[~away] == -1).all()
    assert (r.turnaround[~away] == 0).all()
    assert not r.scrapped[~away].any()
    close(r.route[away], 0.75)
    own, post = r.route == 0, r.route == 1
    close(r.turnaround[own], 2 * 86400)
    close(r.turnaround[post], 6 * 86400)
    assert not r.scrapped[own].any()
    close(r.scrapped[post], 0.25)
    close(r.replacement[p], 10 * 86400)
    assert (r.replacement[~p] == 0).all()
    assert (r.expert_work == 7200).all()
    assert r.expert_pick_up.shape == (2, len(p))
    # q has no pool.
    close(r.brought[p], 0.3)
    close(r.transfer[p], 4 * 3600)
    close(r.renewal[p], 30 * 86400)
    close(r.legs.work[p, 0], 1200)
    assert not r.brought[~p].any()
    assert (r.transfer[~p] == 0).all()
    for one, two in ((r.expert, r.workshop), (r.workshop, r.brought), (r.turnaround[post], r.renewal[post])):
        assert abs(np.corrcoef(one, two)[0, 1]) < 5 / np.sqrt(len(one))


def test_more_demand_and_other_tables_change_no_faults_luck(scenario: Any) -> None:
    few, many = (draw(build(scenario(rate)), 1, 0) for rate in (20, 40))
    rows = np.searchsorted(many.faults.key, few.faults.key, sorter=(order := np.argsort(many.faults.key)))
    at = order[rows]
    assert (many.faults.key[at] == few.faults.key).all()
    for field in fields(Repairs):
        one, two = getattr(few.repairs, field.name), getattr(many.repairs, field.name)
        if isinstance(one, Legs):
            assert all((getattr(one, f.name) == getattr(two, f.name)[at]).all() for f in fields(Legs))
        else:
            assert (one == two[..., at]).all(), field.name
    without = draw(build(scenario(20, loaners=None)), 1, 0).repairs
    for name in ("workshop", "route", "turnaround", "scrapped", "replacement"):
        assert (getattr(without, name) == getattr(few.repairs, name)).all(), name


def test_nothing_is_drawn_that_is_not_used(own: Any) -> None:
    r = draw(build(own(products={"p": {"rate": "40 /d"}})), 1, 0).repairs
    assert not np.any([r.expert, r.workshop, r.brought, r.scrapped])
    assert (r.route == -1).all()
    assert len(r.legs.work) == 0
