"""At which value of an assumption does a verdict turn? Bracketing on the way from the base to an end of its range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simsvc.promise.ranges import Value
from simsvc.scenario.ranges import Range, Side
from simsvc.study.points import Floats, Outcome, Trial, explore

STEPS = 8
"""A bracket is closed at this part of the way from the base to the end."""
REPLICATIONS = 4
"""Of a point on the way: under the luck of the base, so that the estimates run smoothly."""


@dataclass(frozen=True)
class Search:
    """An end of a range that turns some promises, given by their columns."""

    range: Range
    side: Side
    columns: tuple[int, ...]
    end: Outcome


@dataclass(frozen=True)
class Crossing:
    """The estimate crosses the promised share at ``at``, ``between`` two values that were tried."""

    at: Value
    between: tuple[Value, Value]


def crossings(tried: Trial, search: Search) -> dict[int, Crossing]:
    """Where the estimates cross, by column; those that don't, or lie where no scenario can be built, are left out.

    Every promise is bisected on the same grid of ``STEPS`` steps, so that points serve several; inside the last step
    the estimate is taken to run straight. Whole numbers, and promises decided from the plan, turn at a value tried.
    """
    grid = _Grid(replace(tried, rounds=(min(REPLICATIONS, tried.rounds[-1]),)), search)
    found = {column: _crossing(grid, column) for column in search.columns}
    return {column: crossing for column, crossing in found.items() if crossing is not None}


class _Grid:
    """Estimates at the steps of the way, each point run once: those of the base moved by what the change does."""

    def __init__(self, tried: Trial, search: Search) -> None:
        self.tried, self.range, self.side = tried, search.range, search.side
        self._shifts: dict[Value, Floats] = {
            search.range.base: np.zeros(len(tried.places)),
            search.range.end(search.side): search.end.shift,
        }

    def value(self, step: float) -> Value:
        found: Value = self.range.base if step == 0 else self.range.towards(self.side, step / STEPS)
        return found

    def excess(self, step: int, column: int) -> float:
        """Estimate less target."""
        value = self.value(step)
        if value not in self._shifts:
            self._shifts[value] = explore(self.tried, {self.range.path: value}).shift
        return float(self.tried.base.estimate[column] + self._shifts[value][column] - self.tried.target[column])


def _crossing(grid: _Grid, column: int) -> Crossing | None:
    near, far = 0, STEPS
    before, after = grid.excess(near, column), grid.excess(far, column)
    if np.isnan(before) or np.isnan(after) or (before >= 0) == (after >= 0):
        return None
    while far - near > 1:
        middle = (near + far) // 2
        here = grid.excess(middle, column)
        if np.isnan(here):
            return None
        if (here >= 0) == (before >= 0):
            near, before = middle, here
        else:
            far, after = middle, here
    between = (grid.value(near), grid.value(far))
    scale = grid.range.scale
    steps = column >= len(grid.tried.simulated) or (scale is not None and scale.whole)
    return Crossing(between[1] if steps else grid.value(near + before / (before - after)), between)


def searches(ends: Sequence[tuple[Range, Side, Outcome]], turning: Sequence[Sequence[int]]) -> list[Search]:
    """What to look for: ``turning`` holds, by column, the numbers of the ends that turn it."""
    columns: dict[int, list[int]] = {}
    for column, numbers in enumerate(turning):
        for number in numbers:
            columns.setdefault(number, []).append(column)
    return [Search(ends[n][0], ends[n][1], tuple(columns[n]), ends[n][2]) for n in sorted(columns)]
