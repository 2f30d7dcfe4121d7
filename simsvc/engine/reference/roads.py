"""Travel: expected times, which dispatch knows; actual times with noise and closures, which it doesn't."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from functools import lru_cache

from simsvc.case import Case
from simsvc.case.arrays import Crossing
from simsvc.clock import NEVER
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


class _Timetable:
    """A crossing with its departures as lists."""

    def __init__(self, crossing: Crossing) -> None:
        self.port, self.seconds, self.check_in = crossing.port, crossing.seconds, crossing.check_in
        self.out: list[int] = crossing.out.tolist()
        self.back: list[int] = crossing.back.tolist()


class Roads:
    """The roads of one replication."""

    def __init__(self, case: Case, workload: Workload) -> None:
        self._travel = _nested(case)
        self._band = case.band.at
        self._rain = Spells(workload.weather.rain.tolist())
        closed = [Spells(rows.tolist()) for rows in workload.weather.closed]
        always_open = Spells([])
        areas = case.places.area.tolist()
        self._crossings = {c.place: _Timetable(c) for c in case.places.crossings}
        self._closed = [closed[areas[p]] if p < len(areas) else always_open for p in range(len(case.places.ids))]

    def joined(self, origin: int, target: int) -> bool:
        """Whether a road leads from one place to the other."""
        return self._travel[0][origin][target] >= 0

    def beyond(self, place: int) -> bool:
        """Whether a place is reached by a passage only."""
        return place in self._crossings

    def expected(self, origin: int, target: int, t: int) -> int:
        """Expected seconds for somebody who leaves at ``t``: by road, or by road and the next boat or flight."""
        if self._crossings and origin != target:
            if target in self._crossings:
                crossing = self._crossings[target]
                boards = t + self._drive(origin, crossing.port, t) + crossing.check_in
                return _next(crossing.out, boards) + crossing.seconds - t
            if origin in self._crossings:
                crossing = self._crossings[origin]
                lands = _next(crossing.back, t) + crossing.seconds
                return lands + self._drive(crossing.port, target, lands) - t
        return self._drive(origin, target, t)

    def trip(self, origin: int, target: int, t: int, noise: float) -> tuple[int, int, int]:
        """Departure, arrival and seconds held up on the way for somebody who would leave at ``t``.

        Closures of the areas at both ends hold a drive's departure, one at the target holds its arrival, until they
        end. The noise is the road's; boats and flights keep their timetable.
        """
        if self._crossings and origin != target:
            if target in self._crossings:
                crossing = self._crossings[target]
                leave, arrive, held = self.trip(origin, crossing.port, t, noise)
                return leave, _next(crossing.out, arrive + crossing.check_in) + crossing.seconds, held
            if origin in self._crossings:
                crossing = self._crossings[origin]
                leave = _next(crossing.back, t)
                _, arrive, held = self.trip(crossing.port, target, leave + crossing.seconds, noise)
                return leave, arrive, held
        if origin == target and not self._travel[0][origin][target]:
            return t, t, 0
        leave = t
        while (later := max(self._closed[origin].end(leave), self._closed[target].end(leave))) > leave:
            leave = later
        arrive = leave + math.floor(self._drive(origin, target, leave) * noise + 0.5)
        reopened = self._closed[target].end(arrive)
        return leave, reopened, (leave - t) + (reopened - arrive)

    def _drive(self, origin: int, target: int, t: int) -> int:
        """Expected driving; in rain the slower of the rain band and the hour's own."""
        dry = self._travel[self._band(t)][origin][target]
        if self._rain.end(t) > t:
            return max(dry, self._travel[RAIN][origin][target])
        return dry


def _next(departures: list[int], t: int) -> int:
    """The first departure from ``t`` on; after the last one of the run: never."""
    k = bisect_left(departures, t)
    return departures[k] if k < len(departures) else NEVER
