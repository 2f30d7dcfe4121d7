"""Ways of doing the same, timed in turns: in each round every way once, so that a slow moment hits them all."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass
class Way:
    """A way of doing it: ``run(round)`` does it once and gives the work done (tickets, events …), or nothing.

    ``clock``: CPU seconds of this process (one core), or seconds on the wall where several processes or threads work.
    ``ready(round)``: what comes first and is not timed; what it gives is handed to ``run``.
    """

    name: str
    run: Callable[..., float | None]
    ready: Callable[[int], object] | None = None
    clock: Callable[[], float] = time.process_time
    seconds: list[float] = field(default_factory=list)
    done: list[float] = field(default_factory=list)

    def once(self, number: int) -> None:
        """One timed run."""
        given = number if self.ready is None else self.ready(number)
        gc.collect()
        start = self.clock()
        done = self.run(given)
        self.seconds.append(self.clock() - start)
        self.done.append(done or 0.0)

    @property
    def median(self) -> float:
        """Median seconds."""
        return statistics.median(self.seconds)

    @property
    def per(self) -> float:
        """Median seconds for one unit of the work done."""
        return statistics.median(s / d for s, d in zip(self.seconds, self.done, strict=True) if d)

    @property
    def rate(self) -> float:
        """Work done in a second, by the medians."""
        return statistics.median(self.done) / self.median


def interleaved(ways: Sequence[Way], runs: int, tell: Callable[[str], None] = lambda _: None) -> None:
    """Every way once (compiled, caches filled, not counted), then ``runs`` rounds of all ways."""
    for way in ways:
        tell(f"{way.name}: first use")
        way.once(0)
        way.seconds.clear()
        way.done.clear()
    for number in range(1, runs + 1):
        for way in ways:
            tell(f"{way.name}: {number} of {runs}")
            way.once(number)


@dataclass(frozen=True)
class Goal:
    """What a ratio should be. ``most``: it must not exceed the bound; else it must reach it."""

    what: str
    found: float
    bound: float
    most: bool = False
    unit: str = ""

    @property
    def met(self) -> bool:
        """Whether it is."""
        return self.found <= self.bound if self.most else self.found >= self.bound


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Plain columns: texts to the left, the rest to the right."""
    cells = [[str(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(len(row[k]) for row in cells) for k in range(len(heads))]
    left = [all(isinstance(row[k], str) and not row[k][:1].isdigit() for row in rows) for k in range(len(heads))]
    lines = [
        "  ".join(
            c.ljust(w) if to_left else c.rjust(w) for c, w, to_left in zip(row, widths, left, strict=True)
        ).rstrip()
        for row in cells
    ]
    return "\n".join([title, lines[0], "-" * max(map(len, lines)), *lines[1:]])
