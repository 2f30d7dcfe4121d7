"""sweep on the command line: what it prints, writes and returns; Ctrl-C, and going on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import simsvc as sv

COMMON = ("--engine", "reference", "--workers", "1")


@pytest.fixture
def grid(tmp_path: Path) -> Path:
    file = tmp_path / "g.toml"
    file.write_text('replications = 1\n[grid]\nstations.a.engineers = [1, 2]\nstations.a.covers = [["a"], ["b"]]\n')
    return file


@pytest.fixture
def brief(own: Any, tmp_path: Path) -> Path:
    clause = {
        "text": {"en": "On site", "zh": "到场"},
        "parts": [{"kind": "sim", "measure": "time_to_site", "limit": "2 h"}],
    }
    scenario = own(time={"window": "2 d", "drain": "1 d"}, clauses={"c": clause})
    file = tmp_path / "brief.toml"
    file.write_text(scenario.to_toml(), encoding="utf-8")
    return file


def test_a_sweep_with_failed_points(run: Any, brief: Path, grid: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("sweep", brief, grid, "--out", out, "--json", tmp_path / "s.json", *COMMON)
    assert result.exit_code == 1
    data = json.loads((tmp_path / "s.json").read_text())
    assert (data["points"], data["done"], [f["point"] for f in data["failed"]]) == (4, 4, [1, 3])
    assert data["inputs"] == ["stations.a.engineers", "stations.a.covers"]
    assert "4 points, 1 replications each, seed 1" in result.stdout
    assert "engineer on site, within 2 h" in result.stdout
    assert result.stderr.count("no area of this name") == 2
    assert len(list(out.glob("parts/*.parquet"))) == 4
    again = run("sweep", brief, grid, "-o", out, "--language", "zh", "--json", "-", *COMMON)
    assert json.loads(again.stdout) == data
    assert "工程师到场、2 小时以内" in run("sweep", brief, grid, "-o", out, "--language", "zh", *COMMON).stdout


def test_all_points_done(run: Any, brief: Path, grid: Path, tmp_path: Path) -> None:
    grid.write_text("replications = 1\n[grid]\nstations.a.engineers = [1, 2]\n")
    told = run("sweep", brief, grid, "-o", tmp_path / "out", "--progress", "lines", "-n", "2", "--seed", "5", *COMMON)
    assert told.exit_code == 0
    assert "2 replications each, seed 5" in told.stdout
    assert "2 of 2 points" in told.stderr


def test_a_dry_run(run: Any, brief: Path, grid: Path, tmp_path: Path) -> None:
    result = run("sweep", brief, grid, "-o", tmp_path / "out", "--dry-run", *COMMON)
    assert "4 points, 4 replications in all; 0 points are done" in result.stdout
    assert "point 3" in result.stdout
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()
    data = json.loads(run("sweep", brief, grid, "-o", tmp_path / "out", "--dry-run", "--json", "-", *COMMON).stdout)
    assert (data["points"], data["runs"], list(data["failed"])) == (4, 4, ["3"])


@pytest.mark.parametrize(
    ("grid_text", "words"),
    [
        ("[grid]\nstations.b.engineers = [1]\n", 'no "b"'),
        ("[grid]\nstations.a.enginers = [1]\n", 'did you mean "stations.a.engineers"?'),
        ("[grid\n", "is no TOML"),
        ("replications = 0\n[grid]\nstations.a.engineers = [1]\n", "must be at least 1"),
    ],
)
def test_bad_grids(run: Any, brief: Path, grid: Path, tmp_path: Path, grid_text: str, words: str) -> None:
    grid.write_text(grid_text)
    result = run("sweep", brief, grid, "-o", tmp_path / "out", *COMMON)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not (tmp_path / "out").exists()


def test_another_sweep_and_no_scheduler(run: Any, brief: Path, grid: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("sweep", brief, grid, "-o", out, *COMMON).exit_code == 1
    result = run("sweep", brief, grid, "-o", out, "--seed", "2", *COMMON)
    assert (result.exit_code, "seed was 1, is now 2" in result.stderr) == (2, True)
    result = run("sweep", brief, grid, "-o", tmp_path / "new", "--scheduler", "nowhere://x", *COMMON)
    assert (result.exit_code, "no Dask scheduler answers" in result.stderr) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT")
def test_ctrl_c_and_going_on(brief: Path, tmp_path: Path) -> None:
    grid = tmp_path / "many.toml"
    grid.write_text('replications = 1\n[grid]\n"staff.set_out" = { low = "1 min", high = "1 h", steps = 2000 }\n')
    out = tmp_path / "out"
    command = f"-m simsvc sweep {brief} {grid} -o {out} --engine reference --workers 2".split()
    with subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        limit = time.monotonic() + 120
        while len(list(out.glob("parts/0*"))) < 2:
            assert time.monotonic() < limit
            assert process.poll() is None
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told == "what is done is kept; the same command goes on\ninterrupted\n"
    while _alive(process.pid):
        assert time.monotonic() < limit, "a worker lives on"
        time.sleep(0.02)
    assert 0 < sv.Sweep.open(out).done < 2000


def _alive(leader: int) -> bool:
    """Whether a process of the session that this one led is alive."""
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return False
    return True
