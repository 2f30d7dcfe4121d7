"""What progress says: how far, how long still; time spent compiling is not taken for what a replication needs."""

from __future__ import annotations

import pytest

from simsvc.cli import progress as module
from simsvc.cli.progress import How, _span, progress
from simsvc.compiling import _told
from simsvc.study.workers import in_points


class Clock:
    """Time that passes when told to."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


def test_lines_at_the_start_then_now_and_then_and_at_the_end(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress("north", How.lines) as tell:
        assert tell is not None
        for done in range(1, 11):
            clock.now += 2
            tell(done, 10)
    assert capsys.readouterr().err.splitlines() == [
        "north: 1 of 10 replications, about 18 s left",
        "north: 4 of 10 replications, about 12 s left",
        "north: 7 of 10 replications, about 6 s left",
        "north: 10 of 10 replications, about 0 s left",
    ]


def test_compiling_is_said_and_does_not_count(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress("north", How.lines) as tell:
        assert tell is not None
        (compiling,) = _told
        compiling(7, 57, 100.0)  # so much was spent in this process before
        compiling(7, 57, 100.0)
        clock.now = 40
        compiling(8, 57, 140.0)
        clock.now = 42
        tell(1, 10)
    assert not _told
    assert capsys.readouterr().err.splitlines() == [
        "north: compiling the engine (once per machine), 7 of 57 functions, 100 s so far",
        "north: compiling the engine (once per machine), 8 of 57 functions, 140 s so far",
        "north: 1 of 10 replications, about 18 s left",
    ]


def test_a_new_stage_is_timed_by_itself(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress("north", How.lines, unit="points") as tell:
        assert tell is not None
        clock.now = 1000
        tell(4, 4)
        tell(1, 100)
        clock.now = 1010
        tell(6, 100)
    assert capsys.readouterr().err.splitlines()[-1] == "north: 6 of 100 points, about 157 s left".replace(
        "157 s", "3 min"
    )


def test_in_chinese(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress("north", How.lines, "zh") as tell:
        assert tell is not None
        _told[0](0, 57, 0.0)
        clock.now = 4
        tell(1, 3)
    assert capsys.readouterr().err.splitlines() == [
        "north：正在编译引擎（每台机器仅一次），已完成 0/57 个函数，用时 0 秒",
        "north：1/3 次重复，约剩 8 s",
    ]


def test_a_pipe_hears_nothing_and_a_terminal_sees_a_bar(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": "120"}.items():
        monkeypatch.setenv(name, value)
    with progress("north") as tell:
        assert tell is None
    assert capsys.readouterr().err == ""
    with progress("north", How.bar) as tell:
        assert tell is not None
        _told[0](3, 57, 1.0)
        tell._bar.refresh()  # type: ignore[attr-defined]
        shown = capsys.readouterr().err
        tell(3, 3)
    after = capsys.readouterr().err
    assert ("compiling the engine" in shown, "3/57" in shown) == (True, True)
    assert ("compiling the engine" in after, "3/3" in after) == (False, True)
    assert not _told


def test_a_stage_that_counts_something_else_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("north", How.lines) as tell:
        assert tell is not None
        tell(20, 20)
        points = in_points(tell)
        assert points is not None
        points(1, 300)
    lines = capsys.readouterr().err.splitlines()
    assert "20 of 20 replications" in lines[0]
    assert "1 of 300 points" in lines[1]


def test_the_best_so_far_in_lines_now_and_then(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress("north", How.lines) as tell:
        assert tell is not None
        for plan in range(4):
            tell.note(f"plan {plan}")
            clock.now += 2
            tell.count(10 * plan)
    assert capsys.readouterr().err.splitlines() == ["north: 20 replications so far · plan 2"]


def test_the_best_so_far_below_the_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": "120"}.items():
        monkeypatch.setenv(name, value)
    with progress("north", How.bar) as tell:
        assert tell is not None
        tell.note("one engineer more: 450,000")
    assert "one engineer more: 450,000" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.4, "0 s"), (119, "119 s"), (120, "2 min"), (7139, "119 min"), (7200, "2 h 00 min"), (40000, "11 h 07 min")],
)
def test_spans(seconds: float, text: str) -> None:
    assert _span(seconds) == text
