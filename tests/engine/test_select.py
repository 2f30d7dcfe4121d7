"""Which engine runs; what happens without numba."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import simsvc as sv
from simsvc.engine import runner
from simsvc.engine.select import _fall_back, obstacle
from simsvc.errors import EngineWarning

BLOCKED = "import sys\nsys.modules['numba'] = sys.modules['llvmlite'] = None\n"
"""Begins a program in which numba can't be imported."""


@pytest.fixture
def fresh() -> Iterator[None]:
    """What was found out about this machine is found out again, before and after."""
    for cached in (obstacle, _fall_back):
        cached.cache_clear()
    yield
    for cached in (obstacle, _fall_back):
        cached.cache_clear()


@pytest.fixture
def no_numba(monkeypatch: pytest.MonkeyPatch, fresh: None) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)


@pytest.mark.skipif(bool(obstacle()), reason=obstacle())
def test_compiled_where_it_can_run() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [runner(engine) for engine in ("auto", "compiled", "reference")] == ["compiled", "compiled", "reference"]
        assert runner() == "compiled"


def test_without_numba_the_reference_runs_with_one_warning(no_numba: None) -> None:
    with pytest.warns(EngineWarning, match="numba") as told:
        assert [runner("auto") for _ in range(3)] == ["reference"] * 3
    assert len(told) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert runner("reference") == "reference"


def test_what_is_asked_for_and_cannot_run_is_refused(no_numba: None, own: Any) -> None:
    with pytest.raises(sv.StudyError, match=r"compiled engine can't run: .*numba.*\"reference\""):
        sv.simulate(own(), 1, engine="compiled")


def test_numba_that_does_not_compile_is_no_help(monkeypatch: pytest.MonkeyPatch, fresh: None) -> None:
    monkeypatch.setattr("numba.config.DISABLE_JIT", 1)
    with pytest.raises(sv.StudyError, match="NUMBA_DISABLE_JIT"):
        runner("compiled")


def test_an_engine_that_does_not_exist() -> None:
    with pytest.raises(sv.StudyError, match='no engine "fast"; write "auto", "compiled" or "reference"'):
        runner("fast")  # type: ignore[arg-type]


@pytest.fixture
def small(own: Any, tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    within = {"kind": "sim", "measure": "time_to_site", "limit": "2 h", "target": 0.5}
    scenario = own(time={"drain": "1 d"}, clauses={"C1": {"text": {"en": "C1"}, "parts": [within]}})
    path.write_text(scenario.to_toml(), encoding="utf-8")
    return path


def test_everything_works_without_numba(small: Path) -> None:
    """Drawing, running, tallying, judging: with the reference engine, the same bits."""
    program = BLOCKED + textwrap.dedent(f"""
        import warnings
        import simsvc as sv
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            result = sv.validate(sv.load({str(small)!r}), replications=3, workers=1)
        print(len(told), told[0].category.__name__, result.provenance["engine"])
        print([(row.cases, row.estimate) for row in result.base()])
        """)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first == "1 EngineWarning reference"
    here = sv.validate(sv.load(str(small)), replications=3, workers=1)
    assert second == str([(row.cases, row.estimate) for row in here.base()])


def test_the_command_line_warns_in_one_plain_line(small: Path) -> None:
    program = (
        BLOCKED + f"from simsvc.cli import main\nsys.argv = ['simsvc', 'run', {str(small)!r}, '-n', '1']\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert line.startswith("warning: the reference engine runs instead of the compiled one: numba")
