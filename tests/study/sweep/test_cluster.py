"""The same sweep on a Dask cluster: a real scheduler on this machine, two workers, one killed midway."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any

import pytest

import simsvc as sv
from simsvc.errors import StudyError
from simsvc.study import cluster as module
from simsvc.study.cluster import connect
from simsvc.study.sweep import sweep as run

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
GRID = {"replications": 2, "lhs": {"points": 60, "over": {"assumptions.*": "ledger"}}}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": ":0", "silence_logs": 50}
    with distributed.LocalCluster(**options) as local:
        yield local.scheduler_address


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_one_of_two_workers_killed_midway(brief: sv.Scenario, address: str, tmp_path: Path, parts: Any) -> None:
    killed: list[int] = []

    def kill(done: int, _: int) -> None:
        if done == 20:
            with distributed.Client(address, set_as_default=False) as client:
                pids = client.run(os.getpid)
            assert len(pids) == 2
            killed.append(next(iter(pids.values())))
            os.kill(killed[0], signal.SIGKILL)

    made = run(brief, GRID, out=tmp_path / "cluster", engine="reference", scheduler=address, progress=kill)
    assert killed
    assert (made.done, list(made.failed)) == (60, [])
    run(brief, GRID, out=tmp_path / "here", engine="reference", workers=1)
    assert parts(tmp_path / "cluster") == parts(tmp_path / "here")


def test_a_clients_own_submit_will_do(brief: sv.Scenario, address: str, tmp_path: Path) -> None:
    with distributed.Client(address, set_as_default=False) as client:
        grid = {"replications": 1, "grid": {"stations.a.engineers": [1, 2]}}
        made = run(brief, grid, out=tmp_path / "out", engine="reference", executor=client)
    assert made.table()["stations.a.engineers"].unique().tolist() == [1, 2]


def test_what_goes_wrong_on_the_way_is_told(address: str) -> None:
    with connect(address) as cluster:
        assert sum(cluster.nthreads().values()) == 2
        assert cluster.submit(divmod, 7, 2).result() == (3, 1)
        with pytest.raises(StudyError, match="ZeroDivisionError"):
            cluster.submit(divmod, 7, 0).result()


@pytest.mark.skipif(sys.platform == "win32", reason="exit codes")
def test_a_task_that_kills_its_workers_breaks(address: str) -> None:
    with connect(address) as cluster:
        cluster._client.run_on_scheduler(lambda dask_scheduler: setattr(dask_scheduler, "allowed_failures", 0))
        with pytest.raises(BrokenExecutor, match="died at it"):
            cluster.submit(os._exit, 9).result()
        assert cluster.submit(divmod, 7, 2).result() == (3, 1)


@pytest.mark.parametrize("bad", ["tcp://127.0.0.1:9", "nowhere://x", "x"])
def test_nobody_there(bad: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIMEOUT_S", 1)
    with pytest.raises(StudyError, match="no Dask scheduler answers at"), connect(bad):
        pass


def test_nobody_works_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIMEOUT_S", 1)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=":0", silence_logs=50) as local,
        pytest.raises(StudyError, match="has no worker"),
        connect(local.scheduler_address),
    ):
        pass


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(StudyError, match=r"simsvc\[cluster\]"), connect("tcp://127.0.0.1:9"):
        pass
