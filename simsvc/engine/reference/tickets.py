"""A ticket from the report to dispatch: desk, remote help, decision, approval."""

from __future__ import annotations

from collections.abc import Callable, Generator

import numpy as np
import simpy

from simsvc.case import Case
from simsvc.engine.kinds import MESSAGES
from simsvc.engine.raw import AMOUNTS, MOMENTS
from simsvc.engine.reference.dispatch import Dispatcher, Job
from simsvc.engine.reference.environment import Environment, Kind, Process
from simsvc.engine.reference.pool import Pool
from simsvc.log.schema import JOB_KINDS, TICKET_STATUS
from simsvc.workload import Workload

FAULT, FOLLOW_UP = JOB_KINDS.index("fault"), JOB_KINDS.index("follow_up")
SOLVED, FIXED, REPLACED, ABANDONED = (
    TICKET_STATUS.index(s) for s in ("solved_remotely", "fixed_on_site", "replaced", "abandoned")
)
Luck = tuple[list[list[int]], list[int]]
"""Pick-up by shift and fault, and work by fault."""


class Tickets:
    """Every fault's moments (-1: not yet) and amounts, and the processes that fill them."""

    def __init__(self, env: Environment, case: Case, workload: Workload, dispatcher: Dispatcher) -> None:
        self.env, self.dispatcher, self._horizon = env, dispatcher, case.span.horizon
        self.repaired: Callable[[int], None] | None = None
        faults, calls = workload.faults, workload.calls
        n = len(faults.key)
        self.columns: dict[str, list[int]] = {name: [-1] * n for name in MOMENTS} | {name: [0] * n for name in AMOUNTS}
        self.primary = int((faults.parent < 0).sum())
        self.town: list[int] = faults.town.tolist()
        self.group = dispatcher.groups(faults.town, faults.product)
        self.priority: list[int] = faults.priority.tolist()
        self.child: list[int] = faults.child.tolist()
        self._time: list[int] = faults.time.tolist()
        self._after: list[int] = faults.after.tolist()
        self._decision: list[int] = faults.decision.tolist()
        self._lag: list[int] = calls.lag.tolist()
        self._rank: list[int] = (faults.priority + np.where(calls.live, 0, MESSAGES)).tolist()
        self._patience: list[int] = calls.patience.tolist()
        self._called_back: list[bool] = calls.called_back.tolist()
        self._in_contract: list[bool] = calls.in_contract.tolist()
        self._approval: list[int] = calls.approval.tolist()
        approval = case.model.dispatch.approval
        self._sales = case.calendars[approval.calendar] if approval else None
        self._unit = _units(workload)
        self._down = [False] * n
        self._solved: list[bool] = faults.remote_solved.tolist()
        self._due: list[int] = case.due_limit[faults.town, faults.mode].tolist()
        self._by_due = case.model.dispatch.which_ticket == "priority-due"
        self._desk = Pool(env, case, case.model.desk) if case.model.desk else None
        self._remote = Pool(env, case, case.model.remote) if case.model.remote else None
        self._desk_luck = (faults.pick_up.tolist(), faults.handling.tolist())
        self._remote_luck = (faults.remote_pick_up.tolist(), faults.remote_work.tolist())
        env.process(self._reports())

    def _reports(self) -> Process:
        for k in range(self.primary):
            yield self.env.at(self._time[k], Kind.REPORT, k)
            self.env.process(self._ticket(k))

    def _ticket(self, k: int) -> Process:
        """One fault: the desk answers, technicians try from afar, then somebody must go.

        A unit that is down already does not fail: the fault does not happen.
        """
        if self._down[self._unit[k]]:
            return
        self._down[self._unit[k]] = True
        env, log = self.env, self.columns
        log["reported"][k] = env.now
        if self._desk is not None:
            if not (yield from self._call(self._desk, k)):
                self._end(k, ABANDONED)
                return
            yield from self._attend(self._desk, self._desk_luck, k, log["answered"])
        else:
            log["answered"][k] = env.now
        log["triaged"][k] = env.now
        if self._remote is not None:
            yield from self.serve(self._remote, self._remote_luck, k, log["remote_start"])
            log["remote_end"][k] = env.now
            if self._solved[k]:
                self.close(k, SOLVED)
                return
        yield from self._released(k)
        log["ready"][k] = env.now
        self.dispatcher.add(self.job(k, 0))

    def _call(self, desk: Pool, k: int) -> Generator[simpy.Event, bool, bool]:
        """Until an agent turns to him; False if the caller hangs up and is lost. Who is called back waits anew."""
        if self._lag[k]:
            yield self.env.at(self.env.now + self._lag[k], Kind.REPORT, k)
        turn = desk.request(self._rank[k], self._patience[k], k)
        if turn is None or (yield turn):
            return True
        self.columns["abandoned"][k] = self.env.now
        if not self._called_back[k]:
            return False
        turn = desk.request(self.priority[k] + MESSAGES)
        if turn is not None:
            yield turn
        return True

    def _released(self, k: int) -> Process:
        """The decision to send somebody; outside contract sales approve it in their open hours."""
        env, ready = self.env, self.env.now + self._decision[k]
        asked = self._sales is not None and not self._in_contract[k]
        if self._sales is not None and asked:
            ready = self._sales.add(ready, self._approval[k])
        if ready > env.now:
            yield env.at(ready, Kind.DECIDED, k)
        if asked:
            self.columns["approved"][k] = env.now

    def serve(self, pool: Pool, luck: Luck, k: int, begun: list[int]) -> Process:
        """Wait for somebody, be picked up (noted in ``begun``), be served."""
        turn = pool.request(self.priority[k])
        if turn is not None:
            yield turn
        yield from self._attend(pool, luck, k, begun)

    def _attend(self, pool: Pool, luck: Luck, k: int, begun: list[int]) -> Process:
        """Somebody has turned to the case: he picks it up and serves it."""
        pick_up, work = luck
        start = self.env.now + pick_up[pool.shift][k]
        if start < self._horizon:
            begun[k] = start
        yield self.env.at(start + work[k], Kind.HANDLED, k)
        pool.release()

    def job(self, k: int, number: int, via: int = -1) -> Job:
        """The visit that a ticket needs now. Follow-ups come after first visits of the same priority."""
        first = number == 0
        due = self.columns["reported"][k] + self._due[k] if self._by_due and first else self.env.now
        kind = FAULT if first else FOLLOW_UP
        order = (2 * self.priority[k] + (not first), due, kind, k, number)
        return Job(kind, k, number, self.town[k], self.env.now, order, via, group=self.group[k])

    def close(self, k: int, status: int) -> None:
        """Works again; some faults come back, but not on a new unit. A repair on site has failed then."""
        self._end(k, status)
        self.columns["fixed"][k] = self.env.now
        if status == FIXED and self.repaired is not None:
            self.repaired(k)
        child = self.child[k]
        if child >= 0 and status != REPLACED:
            self.columns["failed"][child] = self.columns["failed"][k] + (status == FIXED)
            self.env.process(self._come_back(child))

    def _end(self, k: int, status: int) -> None:
        """The ticket ends, and its unit may fail again."""
        self.columns["status"][k] = status
        self._down[self._unit[k]] = False

    def _come_back(self, child: int) -> Process:
        yield self.env.at(self.env.now + self._after[child], Kind.REPORT, child)
        yield from self._ticket(child)


def _units(workload: Workload) -> list[int]:
    """A number for each fault's unit, the same for faults of the same one."""
    faults, unit = workload.faults, workload.calls.unit
    products, units = (int(x.max(initial=0)) + 1 for x in (faults.product, unit))
    key = (faults.area * products + faults.product) * units + unit
    return np.unique(key, return_inverse=True)[1].tolist()  # type: ignore[no-any-return]
