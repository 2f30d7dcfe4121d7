"""Jobs behind every fault: planned visits in their windows, installations after deliveries, rework after reviews."""

from __future__ import annotations

from simsvc.case import Case
from simsvc.clock import DAY
from simsvc.engine.raw import ORDER, PLAN, REVIEW
from simsvc.engine.reference.dispatch import PLANNED, Dispatcher, Job
from simsvc.engine.reference.environment import Environment, Kind, Process
from simsvc.log.schema import JOB_KINDS
from simsvc.workload import Workload

INSTALLATION, REWORK = JOB_KINDS.index("installation"), JOB_KINDS.index("rework")


class Jobs:
    """Planned jobs in order of release; they wait in the dispatcher behind every fault, installations first."""

    def __init__(self, env: Environment, case: Case, workload: Workload, dispatcher: Dispatcher) -> None:
        self.env, self.dispatcher = env, dispatcher
        self.kind: list[int] = []
        self.origin: list[int] = []
        self.source: list[int] = []
        self.area: list[int] = []
        self.town: list[int] = []
        self.released: list[int] = []
        self.due: list[int] = []
        self.assigned: list[int] = []
        self.arrived: list[int] = []
        self.done: list[int] = []
        self._planned, self._orders, self._faults = workload.planned, workload.orders, workload.faults
        p, o = workload.planned, workload.orders
        self._kinds = [JOB_KINDS.index(plan.kind) for plan in case.model.planned.values()]
        self._planned_group = dispatcher.groups(p.town, case.staffing.first_planned + p.plan)
        self._order_group = dispatcher.groups(o.town, case.staffing.first_goods + o.goods)
        env.process(self._release())

    def install(self, order: int) -> None:
        """Goods that have just been delivered are to be installed, if possible the same day."""
        orders, due = self._orders, (self.env.now // DAY + 1) * DAY
        area, town = int(orders.area[order]), int(orders.town[order])
        self._add(INSTALLATION, ORDER, order, area, town, due, self._order_group[order])

    def rework(self, fault: int, due: int, group: int) -> None:
        """A repair found wanting is to be done again, by somebody who may repair such a fault."""
        faults = self._faults
        self._add(REWORK, REVIEW, fault, int(faults.area[fault]), int(faults.town[fault]), due, group)

    def finish(self, job: int) -> None:
        """The work is done."""
        self.done[job] = self.env.now

    def _release(self) -> Process:
        p = self._planned
        rows = zip(p.release.tolist(), p.plan.tolist(), p.area.tolist(), p.town.tolist(), p.due.tolist(), strict=True)
        for k, (release, plan, area, town, due) in enumerate(rows):
            yield self.env.at(release, Kind.RELEASE, k)
            self._add(self._kinds[plan], PLAN, k, area, town, due, self._planned_group[k])

    def _add(self, kind: int, origin: int, source: int, area: int, town: int, due: int, group: int) -> None:
        now, index = self.env.now, len(self.kind)
        for column, value in (
            (self.kind, kind), (self.origin, origin), (self.source, source), (self.area, area), (self.town, town),
            (self.released, now), (self.due, due), (self.assigned, -1), (self.arrived, -1), (self.done, -1),
        ):  # fmt: skip
            column.append(value)
        rank = PLANNED + (origin != ORDER)
        self.dispatcher.add(Job(kind, index, 0, town, now, (rank, due, kind, index, 0), group=group))
