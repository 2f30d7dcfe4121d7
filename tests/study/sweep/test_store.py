"""The folder of a sweep: what is torn is found, what is another's is refused, one writer at a time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import simsvc as sv
from simsvc.study.sweep import store as stores
from simsvc.study.sweep.lock import locked

GRID = {"replications": 1, "grid": {"assumptions.rate": "ledger"}}


def run(scenario: sv.Scenario, out: Path, grid: dict[str, Any] | None = None, **more: Any) -> sv.Sweep:
    return sv.sweep(scenario, grid or GRID, out=out, engine="reference", workers=1, **more)


@pytest.fixture
def done(brief: sv.Scenario, tmp_path: Path) -> Path:
    run(brief, tmp_path / "out")
    return tmp_path / "out"


def told(scenario: sv.Scenario, out: Path, **more: Any) -> tuple[int, int]:
    """Points done and to do, as progress tells them at the end."""
    calls = [(0, 0)]
    run(scenario, out, progress=lambda done, total: calls.append((done, total)), **more)
    return calls[-1]


def test_a_part_cut_at_any_byte_is_found(done: Path) -> None:
    store = stores.stored(done)
    assert store is not None
    file = store.complete()[1]
    whole = file.read_bytes()
    for length in {*range(0, len(whole), 23), *range(len(whole) - 50, len(whole))}:
        file.write_bytes(whole[:length])
        assert list(store.complete()) == [0, 2], length
    file.write_bytes(whole + b"\0")
    assert list(store.complete()) == [0, 2]
    file.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    assert list(store.complete()) == [0, 2]
    file.write_bytes(whole)
    assert list(store.complete()) == [0, 1, 2]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.999])
def test_a_torn_part_is_done_again_and_no_other(brief: sv.Scenario, done: Path, parts: Any, share: float) -> None:
    before = parts(done)
    name = sorted(before)[1]
    (done / "parts" / name).write_bytes(before[name][: int(share * len(before[name]))])
    assert len(sv.Sweep.open(done).table()["point"].unique()) == 2
    assert told(brief, done) == (1, 1)
    assert parts(done) == before
    assert told(brief, done) == (0, 0)


def test_what_a_killed_writer_left_is_cleared_away(brief: sv.Scenario, done: Path, parts: Any) -> None:
    before = parts(done)
    (done / "parts" / ".00001-0123456789abcdef.parquet.0ab.part").write_bytes(b"PAR1")
    assert told(brief, done) == (0, 0)
    assert parts(done) == before


def test_a_part_of_another_sweep_is_no_part_of_this(brief: sv.Scenario, done: Path, tmp_path: Path, parts: Any) -> None:
    other = tmp_path / "other"
    run(brief, other, seed=2)
    mine, name = parts(done), sorted(parts(other))[0]
    (done / "parts" / name).write_bytes((other / "parts" / name).read_bytes())
    assert told(brief, done) == (0, 0)
    assert parts(done) == mine


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"seed": 2}, "seed was 1, is now 2"),
        ({"replications": 2}, "replications was 1, is now 2"),
        ({"grid": {"grid": {"assumptions.rate": ["1 /d", "3 /d"]}}}, "points was"),
        ({"grid": {**GRID, "areas": True}}, "areas was False, is now True"),
    ],
)
def test_another_configuration_is_refused(
    brief: sv.Scenario, done: Path, parts: Any, changed: dict[str, Any], named: str
) -> None:
    before = parts(done)
    with pytest.raises(sv.StudyError, match=named):
        run(brief, done, **changed)
    assert parts(done) == before


def test_another_scenario_or_model_is_refused(brief: sv.Scenario, done: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(sv.StudyError, match="scenario was"):
        run(brief.override("staff.set_out", "11 min"), done)
    monkeypatch.setattr("simsvc.study.sweep.run.SEMANTICS", "another")
    with pytest.raises(sv.StudyError, match=r"semantics was .*, is now another"):
        run(brief, done)


def test_a_folder_of_something_else_is_left_alone(brief: sv.Scenario, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("…")
    with pytest.raises(sv.StudyError, match="holds no sweep"):
        run(brief, tmp_path)
    assert [f.name for f in tmp_path.iterdir()] == ["thesis.txt"]
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "manifest.json").write_text('{"name": "an app"}')
    with pytest.raises(sv.StudyError, match="no manifest of a sweep"):
        run(brief, tmp_path / "bad")
    with pytest.raises(sv.StudyError, match="can't be written"):
        run(brief, tmp_path / "no" / "such")


def test_a_later_layout_is_refused(brief: sv.Scenario, done: Path) -> None:
    file = done / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "format": 99}))
    with pytest.raises(sv.StudyError, match="format 99"):
        run(brief, done)


def test_a_folder_left_before_its_manifest_is_as_new(brief: sv.Scenario, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "parts").mkdir(parents=True)
    (out / ".lock").touch()
    (out / ".manifest.json.0ab.part").write_text('{"form')
    assert told(brief, out) == (3, 3)


def test_one_writer_at_a_time(brief: sv.Scenario, done: Path) -> None:
    code = (
        "import sys, pathlib; from simsvc.study.sweep.lock import locked\n"
        "with locked(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(done / ".lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(sv.StudyError, match=f"another process .process {other.pid} on .* is writing here"):
            run(brief, done)
        assert len(sv.Sweep.open(done).table()) > 0  # reading needs no lock
        other.kill()
    # The system takes the lock of a killed process away.
    with locked(done / ".lock"):
        pass
    assert told(brief, done) == (0, 0)
