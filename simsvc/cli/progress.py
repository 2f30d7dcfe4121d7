"""Progress with an estimate of the time left: a bar on a terminal, nothing in a pipe, lines where asked for."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from simsvc.cli.words import word
from simsvc.compiling import watched

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.progress import Progress, TaskID

EVERY_S = 5.0
"""Seconds between lines."""


class Teller(Protocol):
    """What shows progress: how far, and in words what was found so far."""

    def __call__(self, done: int, total: int) -> None:
        """So many of so many."""

    def count(self, done: int) -> None:
        """So many of nobody knows how many."""

    def note(self, text: str) -> None:
        """The best so far."""


class How(StrEnum):
    """How progress is shown."""

    auto = "auto"
    bar = "bar"
    lines = "lines"
    none = "none"


@contextmanager
def progress(
    what: str, how: How = How.auto, language: str = "en", unit: str = "replications"
) -> Iterator[Teller | None]:
    """A callback ``(done, total)`` that shows progress on stderr; ``auto`` is a bar on a terminal, else nothing.

    ``unit``: what is counted, a key of the words; ``counting`` of the callback counts another from then on. That the
    engine is compiled, at its first use, is shown too.
    """
    if how is How.lines:
        lines = _Lines(what, language, unit)
        with watched(lines.compiling):
            yield lines
    elif how is How.bar or (how is How.auto and sys.stderr.isatty()):
        with _bar(what, language, unit) as bar, watched(bar.compiling):
            yield bar
    else:
        yield None


class _Lines:
    """A line now and then. Time spent compiling says nothing on the time left, nor does a stage that is over."""

    def __init__(self, what: str, language: str, unit: str) -> None:
        self._what, self._language, self._unit = what, language, unit
        self._start = self._last = time.monotonic()
        self._from = self._done = 0
        self._compiled: float | None = None
        self._last_compiling = -EVERY_S
        self._said = ""

    def counting(self, unit: str) -> _Lines:
        self._unit = unit
        return self

    def count(self, done: int) -> None:
        self._done = done
        self._so_far()

    def note(self, text: str) -> None:
        self._said = f" · {text}"
        self._so_far()

    def _so_far(self) -> None:
        now = time.monotonic()
        if now - self._last >= EVERY_S:
            self._print("so_far", done=f"{self._done:,}", unit=word(self._unit, self._language), said=self._said)
            self._last = now

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done < self._done:
            self._start, self._from = now, done - 1
        self._done = done
        if done in (1, total) or now - self._last >= EVERY_S:
            left = (now - self._start) / (done - self._from) * (total - done)
            self._print("progress", done=done, total=total, unit=word(self._unit, self._language), left=_span(left))
            self._last = now

    def compiling(self, done: int, total: int, seconds: float) -> None:
        now = time.monotonic()
        self._start += seconds - (seconds if self._compiled is None else self._compiled)
        self._compiled = seconds
        if now - self._last_compiling >= EVERY_S:
            self._print("compiling_line", done=done, total=total, seconds=f"{seconds:.0f}")
            self._last_compiling = now

    def _print(self, key: str, **values: object) -> None:
        line = word(key, self._language).format(what=self._what, **values)
        print(line, file=sys.stderr, flush=True)  # noqa: T201


class _Bar:
    """A bar, and below it another while the engine is being compiled."""

    def __init__(self, bar: Progress, what: str, language: str, unit: str) -> None:
        self._bar, self._language = bar, language
        self._task = bar.add_task(what, total=None, unit=word(unit, language))
        self._compiling: TaskID | None = None
        self.said = ""

    def counting(self, unit: str) -> _Bar:
        self._bar.reset(self._task, unit=word(unit, self._language))
        return self

    def count(self, done: int) -> None:
        self._drop_compiling()
        self._bar.update(self._task, completed=done)

    def note(self, text: str) -> None:
        """The best so far, on a line below the bar."""
        self.said = text

    def __call__(self, done: int, total: int) -> None:
        self._drop_compiling()
        self._bar.update(self._task, completed=done, total=total)

    def _drop_compiling(self) -> None:
        if self._compiling is not None:
            self._bar.remove_task(self._compiling)
            self._compiling = None

    def compiling(self, done: int, total: int, _: float) -> None:
        if self._compiling is None:
            self._compiling = self._bar.add_task(word("compiling", self._language), unit="")
        self._bar.update(self._compiling, completed=done, total=total)


@contextmanager
def _bar(what: str, language: str, unit: str) -> Iterator[_Bar]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Noted(Progress):
        """Bars, and below them what was said last."""

        def get_renderables(self) -> Iterator[RenderableType]:
            yield from super().get_renderables()
            if made and made[0].said:
                yield Text(made[0].said, style="dim", no_wrap=True, overflow="ellipsis")

    made: list[_Bar] = []
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[unit]}"),
        TimeElapsedColumn(),
        TextColumn("·"),
        TimeRemainingColumn(),
    )
    with Noted(*columns, console=Console(stderr=True), transient=True) as bar:
        made.append(_Bar(bar, what, language, unit))
        yield made[0]


def _span(seconds: float) -> str:
    """Seconds, minutes or hours and minutes, as one reads them."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02d} min"
