"""What forbids a run is found without the rules that only doubt; each of these is provoked, and says nothing worse."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from simsvc import network as roads
from simsvc.case import build
from simsvc.case.plausibility import DOUBTS, RULES, check, errors
from simsvc.errors import ScenarioError
from simsvc.scenario import Scenario, load

# As in the shipped scenario: towns without a road, areas that nobody covers, stations with too much work.
DOUBTFUL: dict[str, dict[str, Any]] = {
    "as shipped": {},
    "uneven_shares": {"products.desktop.modes.hardware.share": 0.9},
    "projected_holidays": {"time.start": dt.date(2050, 7, 1)},
    "nobody_of_this_number": {"staff.engineers": {"haikou-99": {}}},
    "skill_for_nothing": {"staff.engineers": {"haikou-1": {"skills": ["juggling"]}}},
    "without_staff": {"stations.danzhou.engineers": 0},
    "nobody_near": {"products.server.skill": "servers", "staff.engineers": {"sanya-1": {"skills": ["servers"]}}},
    "covered_by_nobody": {"stations.haikou.covers": ["chengmai"]},
    "no_carrier": {"delivery.routes.north-west.areas": ["chengmai", "lingao", "danzhou"]},
    "no_case": {"demand.sites": []},
}
WRONG: dict[str, dict[str, Any]] = {
    "unknown names": {"stations.haikou.node": "haiku", "products.desktop.modes.hardware.share": 0.9},
    "nobody anywhere": {f"stations.{s}.engineers": 0 for s in load("huitian-2018").model.stations},
    "nobody able": {
        "products.server.skill": "servers",
        "staff.engineers": {"haikou-1": {"skills": ["servers"], "only": ["desktop"]}},
    },
    "split twice": {"weights.split.yangpu.from": "yangpu"},
    "too much": {"demand.scale": 1e6},
}


@pytest.fixture(scope="module")
def good() -> Scenario:
    return load("huitian-2018")


@pytest.mark.parametrize("changes", [*DOUBTFUL.values(), *WRONG.values()], ids=[*DOUBTFUL, *WRONG])
def test_no_error_is_lost(good: Scenario, changes: dict[str, Any]) -> None:
    scenario = good.replace(**changes)
    net = roads.load(scenario.model.network)
    found = [p for p in check(scenario.model, net) if p.severity == "error"]
    assert errors(scenario.model, net) == found
    assert bool(found) == (changes in WRONG.values())
    if found:
        with pytest.raises(ScenarioError) as caught:
            build(scenario)
        assert caught.value.problems == found


def test_rules_that_doubt_find_no_error(good: Scenario) -> None:
    seen: set[str] = set()
    for changes in DOUBTFUL.values():
        model = good.replace(**changes).model
        net = roads.load(model.network)
        for rule in DOUBTS:
            found = list(rule(model, net))
            assert {p.severity for p in found} <= {"warning"}, rule.__name__
            seen |= {rule.__name__} if found else set()
    assert seen == {rule.__name__ for rule in DOUBTS}
    assert set(RULES) >= DOUBTS
