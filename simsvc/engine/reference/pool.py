"""People who serve a queue, one case each: the desk's agents, the technicians of remote help."""

from __future__ import annotations

from heapq import heappop, heappush

import simpy

from simsvc.case import Case
from simsvc.engine.reference.environment import Environment, Kind, Process
from simsvc.scenario.staff import Pool as Spec


class Pool:
    """A pool whose size follows its shifts. FIFO within priority; a case in hand is finished after the shift."""

    def __init__(self, env: Environment, case: Case, spec: Spec) -> None:
        self.env = env
        self._waiting: list[tuple[int, int, simpy.Event]] = []
        self._arrivals = 0
        self._busy = 0
        self._agents = 0
        self.shift = -1
        env.process(self._follow(_changes(case, spec)))

    def request(self, priority: int) -> simpy.Event | None:
        """None if somebody is free at once, else an event that comes when somebody is."""
        if self._busy < self._agents and not self._waiting:
            self._busy += 1
            return None
        event = self.env.event()
        self._arrivals += 1
        heappush(self._waiting, (priority, self._arrivals, event))
        return event

    def release(self) -> None:
        """Somebody is done with a case."""
        self._busy -= 1
        self._match()

    def _match(self) -> None:
        while self._waiting and self._busy < self._agents:
            self._busy += 1
            heappop(self._waiting)[2].succeed()

    def _follow(self, changes: list[tuple[int, int, int]]) -> Process:
        for time, shift, agents in changes:
            yield self.env.at(time, Kind.SHIFT, 0)
            self.shift, self._agents = shift, agents
            self._match()


def _changes(case: Case, spec: Spec) -> list[tuple[int, int, int]]:
    """Moments at which another shift (the first that is open; -1 none) begins to count: time, shift, agents."""
    calendars = [case.calendars[s.calendar] for s in spec.shifts]
    moments = sorted({0, *(t for c in calendars for t in (*c.starts.tolist(), *c.ends.tolist()))})
    found: list[tuple[int, int, int]] = []
    for t in moments:
        shift = next((k for k, c in enumerate(calendars) if c.is_open(t)), -1)
        if t < case.span.horizon and (not found or found[-1][1] != shift):
            found.append((t, shift, spec.shifts[shift].agents if shift >= 0 else 0))
    return found
