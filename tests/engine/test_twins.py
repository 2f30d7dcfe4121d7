"""The compiled engine leaves the reference's log, row for row: of random scenarios and of the shipped ones."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import simsvc as sv
from simsvc.case import build
from simsvc.engine.reference import run
from simsvc.scenario import shipped
from simsvc.workload import draw
from tests.engine.features import shown
from tests.engine.random_scenarios import scenarios
from tests.engine.twins import GRAINS, Twins, agree, coarse, twins, unlike

pytest.importorskip("numba")

from simsvc.engine import compiled


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=scenarios(), seed=st.integers(0, 4), grain=st.sampled_from(GRAINS))
def test_random_scenarios(raw: dict[str, Any], seed: int, grain: int) -> None:
    *_, told = agree(Twins(raw, seed, grain))
    assert not told, told


def test_random_scenarios_show_every_feature() -> None:
    """And the engines agree on them."""
    seen = Counter[str]()
    for number in range(150):
        case, workload, log, told = agree(twins(random.Random(number)))
        assert not told, f"python tests/fuzz.py --seed {number} --count 1\n{told}"
        seen.update({name: int(rows > 0) for name, rows in shown(case, workload, log).items()})
    assert {name: n for name, n in seen.items() if n < 3} == {}


@pytest.mark.parametrize("name", shipped.names())
def test_shipped_scenarios(name: str) -> None:
    """Two months; whole years of twenty seeds by ``make fuzz``."""
    scenario = sv.load(name).replace(**{"time.window": "60 d"})
    case = build(scenario)
    for seed in range(1, 3):
        luck = draw(case, seed, 0)
        log = run(case, luck)
        assert not unlike(case, log, compiled.run(case, luck))
        assert not unlike(case, log, compiled.simulate(case, seed, 0))


def test_other_replications_by_their_number() -> None:
    case = build(sv.load("huitian-2018").replace(**{"time.window": "10 d"}))
    for replication in (0, 7):
        assert not unlike(case, run(case, draw(case, 3, replication)), compiled.simulate(case, 3, replication))


def test_coarse_luck() -> None:
    case, luck = replace(twins(random.Random(1)), grain=0).luck()
    rough = coarse(luck, 1800)
    first = luck.faults.parent < 0
    assert ((luck.faults.time - rough.faults.time)[first] < 1800).all()
    assert (rough.faults.time[~first] == -1).all()
    for seconds in (rough.faults.time[first], rough.faults.legs.work, rough.faults.diagnosis, rough.repairs.turnaround):
        assert (seconds % 1800 == 0).all()
    assert (rough.faults.legs.noise_out == 1).all()
    assert not unlike(case, run(case, rough), compiled.run(case, rough))
