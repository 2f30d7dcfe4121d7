"""Killed at any moment, a sweep goes on and ends as if nothing had happened."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import simsvc as sv
from simsvc import whole
from simsvc.study.sweep import sweep as run

KILLS = 20
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
GRID = {
    "replications": 1,
    "grid": {"staff.set_out": {"low": "1 min", "high": "1 h", "steps": 50}},
    "lhs": {"points": 10, "over": {"assumptions.*": "ledger"}},
}


@POSIX
def test_five_hundred_points_killed_twenty_times(
    brief: sv.Scenario, tmp_path: Path, parts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At random moments, of a point or of writing a file: nothing is lost, nothing is done twice."""
    scenario = brief.override("time.window", "1 d")
    begun = time.monotonic()
    with monkeypatch.context() as hasty:
        hasty.setattr(whole, "to_disk", lambda _: None)
        run(scenario, GRID, out=tmp_path / "undisturbed", engine="reference", workers=1)
    each = (time.monotonic() - begun) / 500
    wanted = parts(tmp_path / "undisturbed")

    # A server that has imported everything forks the processes to be killed, without its threads.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["simsvc.study.sweep", "pyarrow.parquet", "simsvc.engine.reference"])
    moments = random.Random(4)
    out, kills, seen = tmp_path / "out", 0, dict[str, bytes]()
    options = {"out": out, "engine": "reference", "workers": 1}
    while True:
        process = context.Process(target=run, args=(scenario, GRID), kwargs=options)
        process.start()
        if kills < KILLS:
            time.sleep(moments.uniform(0, each * (500 - len(seen)) * 2 / (KILLS - kills + 4)))
            process.kill()
        process.join()
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        kills += 1
        before, seen = seen, {k: v for k, v in parts(out).items() if not k.startswith(".")} if out.exists() else {}
        # What one run has written the next ones leave alone.
        assert before.items() <= seen.items()
        assert seen.items() <= wanted.items()
    assert kills == KILLS
    assert parts(out) == wanted
    assert len(wanted) == sv.Sweep.open(out).table()["point"].nunique() == 500


@POSIX
def test_workers_of_a_killed_sweep_end(brief: sv.Scenario, tmp_path: Path, parts: Any) -> None:
    """The process that hands out the points is killed: its workers don't live on, the folder can be written again."""
    (tmp_path / "scenario.toml").write_text(brief.to_toml(), encoding="utf-8")
    code = (
        "import sys, simsvc as sv\n"
        "folder = sys.argv[1]\n"
        f"grid = {GRID!r}\n"
        "sv.sweep(sv.load(f'{folder}/scenario.toml'), grid, out=f'{folder}/out', engine='reference', workers=2)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], start_new_session=True) as process:
        limit = time.monotonic() + 120
        while len(list(tmp_path.glob("out/parts/0*"))) < 3:
            assert time.monotonic() < limit
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
    while _group(process.pid):
        assert time.monotonic() < limit
        time.sleep(0.05)
    done = sv.Sweep.open(tmp_path / "out").done
    told: list[tuple[int, int]] = []

    def stop(*counts: int) -> None:
        told.append((counts[0], counts[1]))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(brief, GRID, out=tmp_path / "out", engine="reference", workers=1, progress=stop)
    assert told == [(1, 500 - done)]
    assert 3 <= done < 500


def _group(leader: int) -> bool:
    """Whether a process of the session that this one led is alive."""
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return False
    return True
