"""People who serve a queue, one case each: the desk's agents, the technicians of remote help, the experts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from heapq import heappop, heappush

import simpy

from simsvc.case import Case
from simsvc.engine.reference.environment import Environment, Kind, Process
from simsvc.engine.timetables import Change, shift_changes
from simsvc.scenario.staff import Pool as Spec


class Pool:
    """A pool whose size follows its shifts. FIFO within rank; a case in hand is finished after the shift."""

    def __init__(self, env: Environment, case: Case, spec: Spec) -> None:
        self.env = env
        self._waiting: list[tuple[int, int, simpy.Event]] = []
        self._arrivals = 0
        self._busy = 0
        self._agents = 0
        self.shift = -1
        env.process(self._follow(shift_changes(case, spec)))

    def request(self, rank: int, patience: int = -1, entity: int = 0) -> simpy.Event | None:
        """None if somebody is free at once, else an event that comes with True when somebody is.

        Smaller ranks go first. Who has ``patience`` (seconds) leaves when it has run out: the event then comes with
        False, at the very end of that second, so that somebody who becomes free in it still turns to ``entity``.
        """
        if self._busy < self._agents and not self._waiting:
            self._busy += 1
            return None
        turn = self.env.event()
        self._arrivals += 1
        heappush(self._waiting, (rank, self._arrivals, turn))
        if patience >= 0:
            leave = self.env.at(self.env.now + patience, Kind.HANG_UP, entity)
            leave.callbacks.append(partial(_leave, turn))
        return turn

    def release(self) -> None:
        """Somebody is done with a case."""
        self._busy -= 1
        self._match()

    def _match(self) -> None:
        while self._waiting and self._busy < self._agents:
            turn = heappop(self._waiting)[2]
            if not turn.triggered:  # otherwise he has left, and stands in the queue no more
                self._busy += 1
                turn.succeed(True)

    def _follow(self, changes: Sequence[Change]) -> Process:
        for time, shift, agents in changes:
            yield self.env.at(time, Kind.SHIFT, 0)
            self.shift, self._agents = shift, agents
            self._match()


def _leave(turn: simpy.Event, _: simpy.Event) -> None:
    """Patience has run out: too late if somebody has turned to him."""
    if not turn.triggered:
        turn.succeed(False)
