"""Sweeps: the points are what single runs give, with the same luck, whoever simulates them; failures stop nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import simsvc as sv
from simsvc.study.sweep import estimate, work
from simsvc.study.sweep import sweep as run

GRID = {
    "replications": 2,
    "seed": 3,
    "grid": {"stations.a.engineers": [1, 2], "assumptions.rate": "ledger"},
}
BAD = {"stations.a.covers": [["a"], ["nowhere"]]}


@pytest.fixture(scope="module")
def serial(brief: sv.Scenario, tmp_path_factory: pytest.TempPathFactory) -> sv.Sweep:
    return run(brief, GRID, out=tmp_path_factory.mktemp("s") / "out", engine="reference", workers=1)


def test_each_point_is_what_a_validation_of_it_says(brief: sv.Scenario, serial: sv.Sweep) -> None:
    """So all points meet the same luck: that of (seed, replication) alone."""
    table = serial.table()
    assert table["point"].unique().tolist() == list(range(6))
    for point, engineers, rate in ((0, 1, "1 /d"), (5, 2, "6 /d")):
        changed = brief.replace(**{"stations.a.engineers": engineers, "assumptions.rate": rate})
        rows = sv.validate(changed, replications=2, seed=3, engine="reference", workers=1, robust=False).table()
        wanted = rows[rows.area == "province"].reset_index(drop=True)
        found = table[table.point == point].reset_index(drop=True)
        assert found["stations.a.engineers"].unique().tolist() == [engineers]
        assert found["assumptions.rate [/d]"].unique().tolist() == [float(rate.split()[0])]
        for column in ("id", "part", "reading", "cases", "estimate", "low", "high", "verdict", "keepable_h"):
            assert found[column].tolist() == pytest.approx(wanted[column].tolist(), nan_ok=True, abs=0), column


def test_processes_and_threads_write_the_same_bytes(
    brief: sv.Scenario, serial: sv.Sweep, tmp_path: Path, parts: Any
) -> None:
    run(brief, GRID, out=tmp_path / "two", engine="reference", workers=2)
    with ThreadPoolExecutor(3) as pool:
        run(brief, GRID, out=tmp_path / "threads", engine="reference", executor=pool)
    assert parts(tmp_path / "two") == parts(tmp_path / "threads") == parts(serial.store.folder)


def test_both_engines_write_the_same_bytes(brief: sv.Scenario, serial: sv.Sweep, tmp_path: Path, parts: Any) -> None:
    pytest.importorskip("numba")
    run(brief, GRID, out=tmp_path / "out", engine="compiled", workers=1)
    assert parts(tmp_path / "out") == parts(serial.store.folder)


def test_many_points_share_a_part(brief: sv.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simsvc.study.sweep.store.MOST_PARTS", 4)
    made = run(brief, GRID, out=tmp_path / "out", engine="reference", workers=1)
    assert [len(made.store.points(k)) for k in range(made.store.parts)] == [2, 2, 2]
    assert made.table()["point"].nunique() == made.done == made.points == 6


def test_a_stop_keeps_what_is_done(brief: sv.Scenario, serial: sv.Sweep, tmp_path: Path, parts: Any) -> None:
    def stop(done: int, total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(brief, GRID, out=tmp_path / "out", engine="reference", workers=1, progress=stop)
    assert sv.Sweep.open(tmp_path / "out").done == 3
    told: list[tuple[int, int]] = []
    run(brief, GRID, out=tmp_path / "out", engine="reference", workers=1, progress=lambda *n: told.append(n))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert parts(tmp_path / "out") == parts(serial.store.folder)


def test_areas_and_readings_are_kept_as_asked_for(own: Any, tmp_path: Path) -> None:
    part = {"kind": "sim", "measure": "time_to_site", "limit": "2 h", "readings": {"one": {"name": {"en": "one hour"}}}}
    scenario = own(time={"window": "2 d", "drain": "1 d"}, clauses={"c": {"text": {"en": "c"}, "parts": [part]}})
    wanted = {"replications": 1, "list": [{"stations.a.engineers": 2}]}
    shown = {}
    for areas, alike in ((False, True), (True, False)):
        out = tmp_path / f"{areas}"
        grid = {**wanted, "areas": areas, "readings": alike}
        table = run(scenario, grid, out=out, engine="reference", workers=1).table()
        shown[areas] = sorted({(r.reading, r.area) for r in table.itertuples()})
    assert shown == {False: [("base", "province"), ("one", "province")], True: [("base", "a"), ("base", "province")]}


def test_a_point_that_fails_stops_no_other(brief: sv.Scenario, tmp_path: Path) -> None:
    grid = {"replications": 1, "grid": {**BAD, "stations.a.engineers": [1, 2]}}
    made = run(brief, grid, out=tmp_path / "out", engine="reference", workers=1)
    assert [f.point for f in made.failed] == [2, 3]
    assert made.failed[0].inputs["stations.a.engineers"] == 1
    assert "nowhere" in made.failed[0].error
    assert made.done == 4
    assert made.table()["point"].unique().tolist() == [0, 1]
    # Done is done: it fails again only if it is asked to.
    calls: list[int] = []
    for retry in (False, True):
        calls.clear()
        again = run(brief, grid, out=tmp_path / "out", engine="reference", workers=1, retry=retry,
                    progress=lambda done, _: calls.append(done))  # fmt: skip
        assert (len(calls), len(again.failed)) == (2 if retry else 0, 2)


def test_an_error_nobody_meant_is_the_points_own(
    brief: sv.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from simsvc.study.sweep import point

    real = point.build

    def build(scenario: sv.Scenario) -> Any:
        if scenario.get("stations.a.engineers") == 2:
            raise ZeroDivisionError("division by zero")
        return real(scenario)

    monkeypatch.setattr(point, "build", build)
    made = run(brief, GRID, out=tmp_path / "out", engine="reference", workers=1)
    assert {f.error for f in made.failed} == {"ZeroDivisionError: division by zero"}
    assert [f.point for f in made.failed] == [3, 4, 5]


def test_a_point_that_kills_its_worker_stops_no_other(
    brief: sv.Scenario, serial: sv.Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: Any
) -> None:
    (tmp_path / "lethal.py").write_text(
        "import os\n"
        "from simsvc.study.sweep.point import run_point as real\n"
        "def run_point(job, point):\n"
        "    return os._exit(9) if point[0] == 2 else real(job, point)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    import lethal  # type: ignore[import-not-found]

    monkeypatch.setattr(work, "run_point", lethal.run_point)
    made = run(brief, GRID, out=tmp_path / "out", engine="reference", workers=2)
    assert [(f.point, "died" in f.error) for f in made.failed] == [(2, True)]
    same = parts(tmp_path / "out").items() & parts(serial.store.folder).items()
    assert len(same) == 5


def test_workers_that_die_whatever_they_do_are_no_points_fault(
    brief: sv.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deadly.py").write_text("import os\ndef die(*_):\n    os._exit(9)\n")
    monkeypatch.syspath_prepend(tmp_path)
    import deadly  # type: ignore[import-not-found]

    monkeypatch.setattr(work, "run_point", deadly.die)
    monkeypatch.setattr(work, "_nothing", deadly.die)
    with pytest.raises(sv.StudyError, match="died"):
        run(brief, GRID, out=tmp_path / "out", engine="reference", workers=2)
    assert sv.Sweep.open(tmp_path / "out").done == 0


def test_a_worker_of_another_version_is_refused(
    brief: sv.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simsvc.study.sweep.point.SEMANTICS", "another")
    with pytest.raises(sv.StudyError, match="install the same on both"):
        run(brief, GRID, out=tmp_path / "out", engine="reference", workers=1)


def test_pandas_duckdb_and_polars_see_the_same(serial: sv.Sweep) -> None:
    duckdb = pytest.importorskip("duckdb")
    polars = pytest.importorskip("polars")
    table = serial.table()
    query = f"""select "stations.a.engineers" as n, avg(estimate) as kept from '{serial.files}' group by n order by n"""
    wanted = table.groupby("stations.a.engineers")["estimate"].mean()
    assert [row[1] for row in duckdb.sql(query).fetchall()] == pytest.approx(wanted.tolist())
    assert polars.read_parquet(serial.files).height == len(table)


def test_a_sweep_not_begun_or_not_there(brief: sv.Scenario, tmp_path: Path) -> None:
    with pytest.raises(sv.StudyError, match="holds no sweep"):
        sv.Sweep.open(tmp_path)
    with pytest.raises(sv.ScenarioError, match="replications"):
        run(brief, GRID, out=tmp_path / "out", replications=0)
    assert not (tmp_path / "out").exists()


def test_a_dry_run_counts_and_writes_nothing(brief: sv.Scenario, serial: sv.Sweep, tmp_path: Path) -> None:
    found = estimate(brief, GRID, out=tmp_path / "out", engine="reference", workers=2)
    assert (found.points, found.runs, found.done, found.workers, found.failed) == (6, 12, 0, 2, {})
    assert found.seconds > 0
    assert not (tmp_path / "out").exists()
    again = estimate(brief, GRID, out=serial.store.folder, engine="reference", workers=1)
    assert (again.done, again.seconds) == (6, 0)
    bad = estimate(brief, {"replications": 1, "grid": BAD}, engine="reference", workers=1)
    assert list(bad.failed) == [1]
    with pytest.raises(sv.StudyError, match="holds another sweep"):
        estimate(brief, GRID, out=serial.store.folder, seed=9, engine="reference")
