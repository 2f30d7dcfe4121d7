"""Progress with an estimate of the time left: a bar on a terminal, nothing in a pipe, lines where asked for."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

EVERY_S = 5.0
"""Seconds between lines."""
Tell = Callable[[int, int], None]


class How(StrEnum):
    """How progress is shown."""

    auto = "auto"
    bar = "bar"
    lines = "lines"
    none = "none"


@contextmanager
def progress(what: str, how: How = How.auto) -> Iterator[Tell | None]:
    """A callback ``(done, total)`` that shows progress on stderr; ``auto`` is a bar on a terminal, else nothing."""
    if how is How.lines:
        yield _lines(what)
    elif how is How.bar or (how is How.auto and sys.stderr.isatty()):
        with _bar(what) as tell:
            yield tell
    else:
        yield None


def _lines(what: str) -> Tell:
    start = last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if done in (1, total) or now - last >= EVERY_S:
            left = (now - start) / done * (total - done)
            print(f"{what}: {done} of {total} replications, about {left:.0f} s left", file=sys.stderr, flush=True)  # noqa: T201
            last = now

    return tell


@contextmanager
def _bar(what: str) -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("·"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield tell
