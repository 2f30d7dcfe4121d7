"""Planned jobs: inspections released through their windows, installations after deliveries."""

from __future__ import annotations

from simsvc.clock import DAY
from simsvc.engine.reference.dispatch import PLANNED, Dispatcher, Job
from simsvc.engine.reference.environment import Environment, Kind, Process
from simsvc.log.schema import JOB_KINDS
from simsvc.workload import Workload

INSTALLATION, INSPECTION = JOB_KINDS.index("installation"), JOB_KINDS.index("inspection")


class Jobs:
    """Planned jobs in order of release; they wait in the dispatcher behind every fault."""

    def __init__(self, env: Environment, workload: Workload, dispatcher: Dispatcher) -> None:
        self.env, self.dispatcher = env, dispatcher
        self.kind: list[int] = []
        self.source: list[int] = []
        self.area: list[int] = []
        self.town: list[int] = []
        self.released: list[int] = []
        self.due: list[int] = []
        self.assigned: list[int] = []
        self.arrived: list[int] = []
        self.done: list[int] = []
        self._planned, self._orders = workload.planned, workload.orders
        env.process(self._release())

    def install(self, order: int) -> None:
        """Goods that have just been delivered are to be installed, if possible the same day."""
        orders, now = self._orders, self.env.now
        self._add(INSTALLATION, order, int(orders.area[order]), int(orders.town[order]), (now // DAY + 1) * DAY)

    def finish(self, job: int) -> None:
        """The work is done."""
        self.done[job] = self.env.now

    def luck_row(self, job: int) -> tuple[bool, int]:
        """Whether a job's luck is an order's, and its row there."""
        return self.kind[job] == INSTALLATION, self.source[job]

    def _release(self) -> Process:
        p = self._planned
        rows = zip(p.release.tolist(), p.area.tolist(), p.town.tolist(), p.due.tolist(), strict=True)
        for k, (release, area, town, due) in enumerate(rows):
            yield self.env.at(release, Kind.RELEASE, k)
            self._add(INSPECTION, k, area, town, due)

    def _add(self, kind: int, source: int, area: int, town: int, due: int) -> None:
        now, index = self.env.now, len(self.kind)
        for column, value in (
            (self.kind, kind), (self.source, source), (self.area, area), (self.town, town),
            (self.released, now), (self.due, due), (self.assigned, -1), (self.arrived, -1), (self.done, -1),
        ):  # fmt: skip
            column.append(value)
        rank = PLANNED + (kind == INSPECTION)
        self.dispatcher.add(Job(kind, index, 0, town, now, (rank, due, kind, index, 0)))
