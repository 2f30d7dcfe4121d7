"""Replications: the same bits wherever they run, no log kept that nobody asked for, an end when the user wants one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
import weakref
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import simsvc as sv
from simsvc.case import Case, build
from simsvc.engine.select import obstacle
from simsvc.log import Log
from simsvc.study import Replicator, Workers, one
from simsvc.study.replicate import _remote
from simsvc.study.simulate import _log

ENGINES = ["reference", pytest.param("compiled", marks=pytest.mark.skipif(bool(obstacle()), reason=obstacle()))]


@pytest.fixture(scope="module")
def case(own: Any) -> Case:
    return build(own(products={"p": {"rate": "20 /d"}}))


def identity(case: Case, _: Log) -> int:
    return id(case)


@pytest.mark.parametrize("engine", ENGINES)
def test_spawned_processes_that_are_given_make_the_same_logs(own: Any, engine: Any) -> None:
    scenario = own(products={"p": {"rate": "20 /d"}})
    alone = sv.simulate(scenario, 4, engine=engine, workers=1)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        away = sv.simulate(scenario, 4, engine=engine, executor=pool)
    assert away.engine == engine
    assert [alone.logs[r].first_difference(away.logs[r]) for r in range(4)] == [""] * 4


def test_a_worker_makes_the_case_once(case: Case) -> None:
    blob = Replicator(case, 1)._pickled
    first = _remote(blob, "reference", 1, identity, 0)
    assert first != id(case)
    assert {_remote(bytes(bytearray(blob)), "reference", 1, identity, r) for r in range(3)} == {first}


def test_logs_go_when_they_have_been_tallied(case: Case) -> None:
    alive: list[weakref.ref[Any]] = []

    def noted(_: Case, log: Log) -> int:
        alive.append(weakref.ref(log.tickets["reported"]))
        return len(log.tickets["reported"])

    with Workers("compiled", workers=2) as pool, Replicator(case, 1, pool, engine="reference") as replicator:
        for _ in replicator.map(noted, range(30)):
            assert sum(ref() is not None for ref in alive) <= 3
    assert len(alive) == 30


def test_workers_are_shared_and_kept(case: Case) -> None:
    with Workers("reference", workers=2) as pool:
        with Replicator(case, 1, pool, engine="reference") as first:
            logs = list(first.map(_log, range(3)))
        with Replicator(case, 1, pool, engine="reference") as second:
            again = list(second.map(_log, range(3)))
    for r in range(3):
        assert logs[r].first_difference(again[r]) == ""
        assert logs[r].first_difference(one(case, 1, r, "reference")) == ""


@pytest.fixture
def small(own: Any, tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(own().to_toml(), encoding="utf-8")
    return path


def test_a_script_needs_no_main_guard(small: Path, tmp_path: Path) -> None:
    """Workers that are spawned must not run the script that spawned them."""
    script = tmp_path / "plan.py"
    script.write_text(
        textwrap.dedent(f"""
        import simsvc as sv
        study = sv.simulate(sv.load({str(small)!r}), 2, engine="reference", workers=2)
        print(len(study.logs))
        """)
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "2\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals to a process group")
@pytest.mark.parametrize("engine", ENGINES)
def test_ctrl_c_ends_the_run_and_its_workers(engine: str, small: Path, tmp_path: Path) -> None:
    """As a terminal does it: the signal goes to every process of the group."""
    command = [sys.executable, "-m", "simsvc", "run", str(small), "-n", "1000000", "--engine", engine]
    command += ["--workers", "2", "--progress", "lines", "--out", str(tmp_path / "out")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stderr is not None
        while "replications" not in (line := process.stderr.readline()):
            assert line, "it ended by itself"
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.splitlines()[-1] == "interrupted"
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == [small]
    until = time.monotonic() + 30
    while _living(process.pid) and time.monotonic() < until:
        time.sleep(0.05)  # Python's own tracker of resources ends when it sees that its parent is gone
    assert _living(process.pid) == 0


def _living(group: int) -> int:
    """Processes of a group that still run (what has ended may wait to be buried)."""
    listed = subprocess.run(["ps", "-A", "-o", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    states = [line.split() for line in listed.splitlines()]
    return sum(int(found) == group and not state.startswith("Z") for found, state in states)
