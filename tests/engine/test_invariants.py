"""What must be true of every log: of random small scenarios, all features on and off; and of the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import simsvc as sv
from simsvc.case import Case, build
from simsvc.engine.reference import run
from simsvc.engine.roster import Roster, roster
from simsvc.log import Log
from simsvc.workload import draw
from tests.engine.invariants import hold
from tests.engine.random_scenarios import scenarios


def runs(scenario: sv.Scenario, seed: int, replications: int = 1) -> Iterator[tuple[Case, Log, Roster]]:
    case = build(scenario)
    for r in range(replications):
        luck = draw(case, seed, r)
        yield case, run(case, luck), roster(case, luck)


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(raw=scenarios(), seed=st.integers(0, 5))
def test_small_and_ugly_scenarios(raw: dict[str, Any], seed: int) -> None:
    for case, log, who in runs(sv.from_dict(raw), seed):
        hold(case, log, who)


@pytest.mark.parametrize("name", ["huitian-2018", "huitian-2018-office-hours"])
def test_shipped_scenarios(name: str) -> None:
    for case, log, who in runs(sv.load(name).replace(**{"time.window": "60 d"}), 1):
        hold(case, log, who)
