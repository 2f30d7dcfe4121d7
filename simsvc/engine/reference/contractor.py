"""The contractor: overflow for faults that no engineer has taken in time."""

from __future__ import annotations

from heapq import heappop, heappush

from simsvc.case import Case
from simsvc.case.reach import contracted
from simsvc.engine.raw import CONTRACTOR_TIER
from simsvc.engine.reference.dispatch import Dispatcher, Job, Order
from simsvc.engine.reference.environment import Environment, Kind, Process
from simsvc.engine.reference.tickets import FAULT, Tickets
from simsvc.engine.reference.visits import ARRIVED, OUTCOME, WORK_END, WORK_START, Visits
from simsvc.scenario.staff import Contractor as Spec
from simsvc.workload import Workload


class Contractor:
    """Takes first visits of faults, ``after`` so long of being ready, while he is open and has room.

    A fault that he could not take at that moment stays with those waiting; he looks again, in their order, whenever he
    opens and whenever a visit of his ends. An engineer who comes free in the meantime takes it as any other.
    """

    def __init__(
        self, env: Environment, case: Case, workload: Workload, spec: Spec, dispatcher: Dispatcher, tickets: Tickets,
        visits: Visits,
    ) -> None:  # fmt: skip
        self.env, self.dispatcher, self.tickets, self.visits = env, dispatcher, tickets, visits
        faults = workload.faults
        self._takes: list[bool] = contracted(case)[faults.town, faults.product].tolist()
        self._arrival: list[int] = workload.contractor.tolist()
        self._access: list[int] = faults.legs.access[:, 0].tolist()
        self._parts_from: list[int] = case.staffing.parts_from.tolist()
        self._after, self._room, self._expected = int(spec.after), spec.capacity, int(spec.arrival.mean_s)
        self._hours = case.calendars[spec.calendar] if spec.calendar is not None else None
        self._entity, self._horizon = len(case.staffing.engineers), case.span.horizon
        self._late: list[tuple[Order, Job]] = []
        self._in_hand = 0
        dispatcher.overflow = self.offer
        if self._hours is not None:
            env.process(self._open(self._hours.starts.tolist()))

    def offer(self, job: Job) -> bool:
        """A job for which nobody is free: whether he takes it at once; if not, it may become his later."""
        if job.kind != FAULT or not self._takes[job.index]:
            return False
        if self._after:
            self.env.process(self._wait(job))
            return False
        if self._is_free():
            self._start(job)
            return True
        heappush(self._late, (job.order, job))
        return False

    def _wait(self, job: Job) -> Process:
        yield self.env.at(self.env.now + self._after, Kind.OVERFLOW, job.index)
        if job.waiting:
            heappush(self._late, (job.order, job))
            self._look()

    def _open(self, moments: list[int]) -> Process:
        for moment in moments:
            yield self.env.at(moment, Kind.ROSTER, self._entity)
            self._look()

    def _look(self) -> None:
        """Take late faults that still wait, as long as there is room."""
        while self._late and self._is_free():
            job = heappop(self._late)[1]
            if self.dispatcher.cancel(job):
                self._start(job)

    def _is_free(self) -> bool:
        open_ = self._hours is None or self._hours.is_open(self.env.now)
        return open_ and (self._room is None or self._in_hand < self._room)

    def _start(self, job: Job) -> None:
        self._in_hand += 1
        self.env.process(self._visit(job))

    def _visit(self, job: Job) -> Process:
        """He is called, comes, works. What the end of his work means is the same as for an engineer's."""
        env, k, log, repair = self.env, job.index, self.tickets.columns, self.visits.repair
        station, called, entity = self._parts_from[job.town], env.now, self._entity + k
        need = repair.ask_for_part(station, job)
        brought = need is None or need.have
        row = [
            len(self.visits.rows), FAULT, k, -1, 1, -1, -1, CONTRACTOR_TIER, job.town, -1,
            job.town, job.ready, called, called, -1, -1, -1, self._expected, -1, int(brought),
        ]  # fmt: skip
        self.visits.rows.append(row)
        log["contractor"][k] = 1
        log["visits"][k] += 1
        log["assigned"][k] = log["departed"][k] = called
        log["travel"][k] = self._arrival[k]
        yield env.at(called + self._arrival[k], Kind.ARRIVE, entity)
        row[ARRIVED] = log["arrived"][k] = env.now
        begin = env.now + self._access[k]
        row[WORK_START] = begin if begin < self._horizon else -1
        yield env.at(begin + repair.work(job, 0, brought), Kind.WORK_END, entity)
        row[WORK_END] = env.now
        row[OUTCOME] = repair.finish(station, job, need, brought, 0)
        self._in_hand -= 1
        self._look()
