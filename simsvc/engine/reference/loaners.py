"""Stand-in devices: pools at the stations, lent while a unit is repaired."""

from __future__ import annotations

from simsvc.case import Case
from simsvc.engine.reference.dispatch import Dispatcher, Job
from simsvc.engine.reference.environment import Environment, Kind, Process
from simsvc.engine.reference.tickets import Tickets
from simsvc.log.schema import JOB_KINDS
from simsvc.workload import Workload

LOANER = JOB_KINDS.index("loaner")


class _Loan:
    """A piece that a ticket has: where it belongs, the visit that places it, whether it is in place or not wanted."""

    __slots__ = ("home", "in_place", "job", "over", "pool")

    def __init__(self, pool: int, home: int) -> None:
        self.pool, self.home = pool, home
        self.job: Job | None = None
        self.in_place = self.over = False


class Loaners:
    """Pools without a queue: a piece is there, or the user goes without. Free and lent, with those in renewal, each
    pool has as many pieces as the scenario says."""

    def __init__(
        self, env: Environment, case: Case, workload: Workload, dispatcher: Dispatcher, tickets: Tickets
    ) -> None:
        self.env, self.dispatcher, self.tickets = env, dispatcher, tickets
        self.free: list[list[int]] = case.supply.loaner_pieces.tolist()
        self.lent: dict[int, _Loan] = {}
        pools = case.supply.loaner_pool
        self._pool: list[int] = pools[workload.faults.product].tolist() if self.free else []
        self._nearest: list[list[int]] = case.staffing.relief_order.tolist()
        self._stations: list[int] = case.staffing.station_place.tolist()
        luck = workload.repairs
        self._brought: list[bool] = luck.brought.tolist()
        self._transfer: list[int] = luck.transfer.tolist()
        self._renewal: list[int] = luck.renewal.tolist()
        self._threshold = [int(pool.threshold) for pool in case.model.loaners.values()]
        self._by_due = case.model.dispatch.which_ticket == "priority-due"

    def ask(self, station: int, k: int) -> None:
        """A visit to ticket ``k`` has ended without repair, and the next can't follow at once."""
        if not self.free or k in self.lent or self._pool[k] < 0:
            return
        log, now, pool = self.tickets.columns, self.env.now, self._pool[k]
        if log["loaner_asked"][k] < 0:
            log["loaner_asked"][k] = now
        home = self._source(pool, station)
        if home < 0:
            return
        self.free[pool][home] -= 1
        log["loaner"][k] = pool
        loan = self.lent[k] = _Loan(pool, home)
        if home != station:
            self.env.process(self._transferred(station, k, loan))
        elif self._brought[k]:
            self._in_place(k, loan)
        else:
            self._send(station, k, loan)

    def finish(self, job: Job) -> None:
        """The visit that brings a piece ends: it is in place, or comes back since the ticket ended meanwhile."""
        loan = self.lent[job.index]
        if loan.over:
            self._return(job.index, loan)
        else:
            self._in_place(job.index, loan)

    def give_back(self, k: int) -> None:
        """The ticket ends: its piece comes back, at once unless it is just being brought."""
        loan = self.lent.get(k)
        if loan is None:
            return
        loan.over = True
        if loan.job is None or self.dispatcher.cancel(loan.job):
            self._return(k, loan)

    def keep(self, k: int) -> bool:
        """The unit was scrapped: a piece in place stays for good, and the pool gets another. Whether there is one."""
        loan = self.lent.get(k)
        if loan is None or not loan.in_place:
            return False
        del self.lent[k]
        self.env.process(self._renewed(k, loan))
        return True

    def _source(self, pool: int, station: int) -> int:
        """The station itself if it has a piece, else the nearest that has; -1 for none."""
        free = self.free[pool]
        return next((s for s in (station, *self._nearest[station]) if s >= 0 and free[s]), -1)

    def _transferred(self, station: int, k: int, loan: _Loan) -> Process:
        yield self.env.at(self.env.now + self._transfer[k], Kind.STAND_IN, k)
        if not loan.over:
            self._send(station, k, loan)

    def _send(self, station: int, k: int, loan: _Loan) -> None:
        """A visit from the station where the piece lies, ranked as a follow-up."""
        log, tickets, now = self.tickets.columns, self.tickets, self.env.now
        due = log["reported"][k] + self._threshold[loan.pool] if self._by_due else now
        number = log["visits"][k]
        order = (2 * tickets.priority[k] + 1, due, LOANER, k, number)
        via = self._stations[station]
        loan.job = Job(LOANER, k, number, tickets.town[k], now, order, via, group=tickets.group[k])
        self.dispatcher.add(loan.job)

    def _in_place(self, k: int, loan: _Loan) -> None:
        loan.job, loan.in_place = None, True
        self.tickets.columns["loaner_placed"][k] = self.env.now

    def _return(self, k: int, loan: _Loan) -> None:
        del self.lent[k]
        self.free[loan.pool][loan.home] += 1

    def _renewed(self, k: int, loan: _Loan) -> Process:
        yield self.env.at(self.env.now + self._renewal[k], Kind.STAND_IN, k)
        self.free[loan.pool][loan.home] += 1
