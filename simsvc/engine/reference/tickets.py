"""A ticket from the report to dispatch: desk, remote help, decision."""

from __future__ import annotations

from simsvc.case import Case
from simsvc.engine.reference.dispatch import Dispatcher, Job
from simsvc.engine.reference.environment import Environment, Kind, Process
from simsvc.engine.reference.pool import Pool
from simsvc.log.schema import JOB_KINDS, TICKET_STATUS
from simsvc.workload import Workload

FAULT, FOLLOW_UP = JOB_KINDS.index("fault"), JOB_KINDS.index("follow_up")
SOLVED, FIXED = TICKET_STATUS.index("solved_remotely"), TICKET_STATUS.index("fixed_on_site")
MOMENTS = (
    "reported",
    "answered",
    "triaged",
    "remote_start",
    "remote_end",
    "ready",
    "assigned",
    "departed",
    "arrived",
    "fixed",
)
AMOUNTS = ("status", "visits", "part_wait", "off_duty", "mobilise", "set_out", "held", "travel")


class Tickets:
    """Every fault's moments (-1: not yet) and amounts, and the processes that fill them."""

    def __init__(self, env: Environment, case: Case, workload: Workload, dispatcher: Dispatcher) -> None:
        self.env, self.dispatcher, self._horizon = env, dispatcher, case.span.horizon
        faults = workload.faults
        n = len(faults.key)
        self.columns: dict[str, list[int]] = {name: [-1] * n for name in MOMENTS} | {name: [0] * n for name in AMOUNTS}
        self.primary = int((faults.parent < 0).sum())
        self.town: list[int] = faults.town.tolist()
        self.priority: list[int] = faults.priority.tolist()
        self.child: list[int] = faults.child.tolist()
        self._time: list[int] = faults.time.tolist()
        self._after: list[int] = faults.after.tolist()
        self._decision: list[int] = faults.decision.tolist()
        self._solved: list[bool] = faults.remote_solved.tolist()
        self._due: list[int] = case.due_limit[faults.area, faults.mode].tolist()
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
        """One fault: the desk answers, technicians try from afar, then somebody must go."""
        env, log = self.env, self.columns
        log["reported"][k] = env.now
        if self._desk is not None:
            yield from self._serve(self._desk, self._desk_luck, k, log["answered"])
        else:
            log["answered"][k] = env.now
        log["triaged"][k] = env.now
        if self._remote is not None:
            yield from self._serve(self._remote, self._remote_luck, k, log["remote_start"])
            log["remote_end"][k] = env.now
            if self._solved[k]:
                self.close(k, SOLVED)
                return
        if self._decision[k]:
            yield env.at(env.now + self._decision[k], Kind.DECIDED, k)
        log["ready"][k] = env.now
        self.dispatcher.add(self.job(k, 0))

    def _serve(self, pool: Pool, luck: tuple[list[list[int]], list[int]], k: int, begun: list[int]) -> Process:
        """Wait for somebody, be picked up (noted in ``begun``), be served."""
        pick_up, work = luck
        turn = pool.request(self.priority[k])
        if turn is not None:
            yield turn
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
        return Job(kind, k, number, self.town[k], self.env.now, order, via)

    def close(self, k: int, status: int) -> None:
        """Solved or fixed; some faults come back."""
        self.columns["status"][k] = status
        self.columns["fixed"][k] = self.env.now
        if self.child[k] >= 0:
            self.env.process(self._come_back(self.child[k]))

    def _come_back(self, child: int) -> Process:
        yield self.env.at(self.env.now + self._after[child], Kind.REPORT, child)
        yield from self._ticket(child)
