"""Studies: the same bits alone or in a batch, in one process or several; tables with names and civil times."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.log import TABLES

SHORT = {"time.window": "14 d", "time.drain": "7 d", "clauses": {}, "sizing.keep": []}


@pytest.fixture(scope="module")
def shipped() -> sv.Scenario:
    return sv.load("huitian-2018").replace(**SHORT)


@pytest.fixture(scope="module")
def serial(shipped: sv.Scenario) -> sv.Study:
    return sv.simulate(shipped, 3, seed=5, workers=1, engine="reference")


def test_same_seed_same_log(shipped: sv.Scenario, serial: sv.Study) -> None:
    again = sv.simulate(shipped, 3, seed=5, workers=1)  # by the compiled engine, where that can run
    assert [serial.logs[r].first_difference(again.logs[r]) for r in range(3)] == ["", "", ""]
    assert len(serial.logs[0].tickets["ticket"]) > 300


def test_processes_and_threads_give_the_same_bits(shipped: sv.Scenario, serial: sv.Study) -> None:
    two = sv.simulate(shipped, 3, seed=5, workers=2, engine="reference")
    with ThreadPoolExecutor(2) as pool:
        threads = sv.simulate(shipped, 3, seed=5, executor=pool, engine="reference")
    for other in (two, threads):
        assert list(other.logs) == [0, 1, 2]
        assert [serial.logs[r].first_difference(other.logs[r]) for r in range(3)] == ["", "", ""]


def test_a_replication_alone(shipped: sv.Scenario, serial: sv.Study) -> None:
    alone = sv.simulate(shipped, 1, seed=5, first=2, workers=1)
    assert list(alone.logs) == [2]
    assert serial.logs[2].first_difference(alone.logs[2]) == ""


def test_study_seeds_share_no_replication(own: Any) -> None:
    scenario = own(products={"p": {"rate": "20 /d"}})
    studies = [sv.simulate(scenario, 10, seed=s, workers=1) for s in (1, 2, 11)]
    times = {tuple(log.tickets["reported"].tolist()) for study in studies for log in study.logs.values()}
    assert len(times) == 30


def test_tables_hold_names_and_civil_times(serial: sv.Study) -> None:
    t = serial.tickets
    assert list(t.columns[1:31]) == [c.name for c in TABLES["tickets"]][:30]
    assert set(t.replication) == {0, 1, 2}
    raw, time = serial.logs[0].tickets, serial.scenario.model.time
    begin = dt.datetime.combine(time.start, dt.time()) - dt.timedelta(seconds=time.warm_up)
    first = t[t.replication == 0].iloc[0]
    assert first.area == serial.case.places.areas[raw["area"][0]]
    assert first.reported.to_pydatetime() == begin + dt.timedelta(seconds=int(raw["reported"][0]))
    assert t.arrived.isna().sum() == sum((log.tickets["arrived"] < 0).sum() for log in serial.logs.values())
    assert np.allclose(t.time_to_site_min.dropna() * 60, (t.arrived - t.reported).dropna().dt.total_seconds())
    assert t.part.isna().any()
    assert t.counted.dtype == bool
    for name in TABLES:
        rows = sum(len(next(iter(getattr(log, name).values()))) for log in serial.logs.values())
        assert len(getattr(serial, name)) == rows


def test_progress_is_told_in_order(own: Any) -> None:
    told: list[tuple[int, int]] = []
    sv.simulate(own(), 4, workers=1, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_study_that_cannot_be_run_is_refused(own: Any) -> None:
    with pytest.raises(sv.ScenarioError) as found:
        sv.simulate(own(), 0, seed=-1)
    assert [p.path for p in found.value.problems] == ["replications", "seed"]
    with pytest.raises(sv.StudyError, match="no engine"):
        sv.simulate(own(), 1, engine="fast")  # type: ignore[arg-type]
