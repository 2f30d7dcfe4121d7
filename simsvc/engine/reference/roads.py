"""Travel: expected times, which dispatch knows; actual times with noise, rain and closures, which it doesn't."""

from __future__ import annotations

import math
from bisect import bisect_right
from functools import lru_cache

from simsvc.case import Case
from simsvc.scenario.places import BANDS
from simsvc.workload import Workload

RAIN = BANDS.index("rain")


@lru_cache(maxsize=4)
def _nested(case: Case) -> list[list[list[int]]]:
    """Travel times as nested lists, which answer single questions several times faster than an array."""
    times: list[list[list[int]]] = case.places.travel.tolist()
    return times


class Spells:
    """Closed spells (start, end), sorted and apart."""

    def __init__(self, rows: list[list[int]]) -> None:
        self._starts = [a for a, _ in rows]
        self._ends = [b for _, b in rows]

    def end(self, t: int) -> int:
        """End of the spell around ``t``; ``t`` itself outside all spells."""
        k = bisect_right(self._starts, t) - 1
        return self._ends[k] if k >= 0 and t < self._ends[k] else t


class Roads:
    """The roads of one replication."""

    def __init__(self, case: Case, workload: Workload) -> None:
        self._travel = _nested(case)
        self._band = case.band.at
        self._rain = Spells(workload.weather.rain.tolist())
        closed = [Spells(rows.tolist()) for rows in workload.weather.closed]
        always_open = Spells([])
        areas = case.places.area.tolist()
        self._closed = [closed[areas[p]] if p < len(areas) else always_open for p in range(len(case.places.ids))]

    def joined(self, origin: int, target: int) -> bool:
        """Whether a road leads from one place to the other."""
        return self._travel[0][origin][target] >= 0

    def expected(self, origin: int, target: int, t: int) -> int:
        """Expected seconds for a departure at ``t``; in rain the slower of the rain band and the hour's own."""
        dry = self._travel[self._band(t)][origin][target]
        if self._rain.end(t) > t:
            return max(dry, self._travel[RAIN][origin][target])
        return dry

    def trip(self, origin: int, target: int, t: int, noise: float) -> tuple[int, int, int]:
        """Departure, arrival and seconds held up on the way for somebody who would leave at ``t``.

        Closures of the areas at both ends hold a departure, one at the target holds an arrival, until they end.
        """
        if origin == target and not self._travel[0][origin][target]:
            return t, t, 0
        leave = t
        while (later := max(self._closed[origin].end(leave), self._closed[target].end(leave))) > leave:
            leave = later
        arrive = leave + math.floor(self.expected(origin, target, leave) * noise + 0.5)
        reopened = self._closed[target].end(arrive)
        return leave, reopened, (leave - t) + (reopened - arrive)
