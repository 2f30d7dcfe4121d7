"""A validation by the compiled engine has one replication run by the reference engine, and says what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import simsvc as sv
from simsvc.case import build
from simsvc.engine import compiled
from simsvc.engine.select import obstacle
from simsvc.log import Log
from simsvc.study import twins as module
from simsvc.study.twins import twins

pytestmark = pytest.mark.skipif(bool(obstacle()), reason=obstacle())


@pytest.fixture(scope="module")
def scenario(own: Any) -> sv.Scenario:
    within = {"kind": "sim", "measure": "time_to_site", "limit": "2 h", "target": 0.5}
    return own(time={"drain": "1 d"}, clauses={"C1": {"text": {"en": "C1"}, "parts": [within]}})


def card(result: sv.Validation) -> Any:
    (line,) = [line for line in result.trust if line.what_en == "Two engines agree"]
    return line


def test_the_engines_agree_on_this_very_study(scenario: sv.Scenario) -> None:
    result = sv.validate(scenario, replications=2, seed=4)
    assert (card(result).state, result.provenance["engine"]) == ("checked", "compiled")
    rows = sum(sv.simulate(scenario, 1, seed=4).rows().values())
    assert f"all {rows:,} rows" in card(result).finding_en


def test_the_reference_alone_measures_nothing(scenario: sv.Scenario) -> None:
    result = sv.validate(scenario, replications=2, seed=4, engine="reference", workers=1)
    assert (card(result).state, result.provenance["engine"]) == ("not measured", "reference")


def test_a_wrong_engine_is_told(scenario: sv.Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    right = compiled.simulate

    def wrong(*arguments: Any) -> Log:
        log = right(*arguments)
        return replace(log, tickets={**log.tickets, "travel": log.tickets["travel"] + 1})

    monkeypatch.setattr(compiled, "simulate", wrong)
    line = card(sv.validate(scenario, replications=1))
    assert line.state == "warning"
    assert "tickets.travel, row 0: 0 against 1" in line.finding_en


def test_what_is_too_large_for_the_reference_is_left(scenario: sv.Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    case = build(scenario)
    assert twins(case, 1) is not None
    monkeypatch.setattr(module, "MOST", 0)
    assert twins(case, 1) is None
