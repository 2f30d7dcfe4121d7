"""What the end of a visit to a fault means, and what follows: parts, third level, workshop, new units."""

from __future__ import annotations

from simsvc.case import Case
from simsvc.engine.reference.dispatch import Dispatcher, Job
from simsvc.engine.reference.environment import Environment, Kind, Process
from simsvc.engine.reference.loaners import Loaners
from simsvc.engine.reference.pool import Pool
from simsvc.engine.reference.stores import Stores
from simsvc.engine.reference.tickets import FIXED, REPLACED, Tickets
from simsvc.log.schema import OUTCOMES
from simsvc.workload import Workload

PART_MISSING, DONE, NOT_FIXED, SENT_AWAY, TOO_HARD = (
    OUTCOMES.index(o) for o in ("part_missing", "done", "not_fixed", "sent_away", "too_hard")
)
NEVER = 1 << 30
"""Failed repairs after which a unit is replaced, where it never is."""


class Need:
    """The part that a ticket needs: whether it has it, where it lies, since when it waits."""

    __slots__ = ("asked", "fetch", "have", "idle", "store")

    def __init__(self) -> None:
        self.asked, self.store = -1, -1
        self.have = self.idle = self.fetch = False


class RepairChain:
    """From the end of one visit to the next, until the ticket is closed. Who visits doesn't matter to it."""

    def __init__(
        self, env: Environment, case: Case, workload: Workload, dispatcher: Dispatcher, tickets: Tickets, stores: Stores
    ) -> None:
        self.env, self.dispatcher, self.tickets, self.stores = env, dispatcher, tickets, stores
        self.loaners = Loaners(env, case, workload, dispatcher, tickets)
        faults, luck = workload.faults, workload.repairs
        self._stations: list[int] = case.staffing.station_place.tolist()
        self._part: list[int] = faults.part.tolist()
        self._right: list[bool] = faults.right_part.tolist()
        self._work: list[list[int]] = faults.legs.work.tolist()
        self._diagnosis: list[list[int]] = faults.diagnosis.tolist()
        self._fixed: list[list[bool]] = faults.fixed.tolist()
        self._expert: list[bool] = luck.expert.tolist()
        self._experts = Pool(env, case, case.model.experts) if case.model.experts else None
        self._expert_luck = (luck.expert_pick_up.tolist(), luck.expert_work.tolist())
        self._workshop: list[bool] = luck.workshop.tolist()
        self._route: list[int] = luck.route.tolist()
        self._turnaround: list[int] = luck.turnaround.tolist()
        self._scrapped: list[bool] = luck.scrapped.tolist()
        self._replacement: list[int] = luck.replacement.tolist()
        self._failures = [p.replace_after or NEVER for p in case.model.products.values()]
        self._product: list[int] = faults.product.tolist()
        self._needs: dict[int, Need] = {}
        self._unit: dict[int, int] = {}
        """Status with which the next visit ends a ticket for certain, since it brings the repaired or a new unit."""

    def ask_for_part(self, station: int, job: Job) -> Need | None:
        """Somebody is sent from a station: he takes the part that the remote diagnosis names. None: none is needed."""
        k = job.index
        if self._part[k] < 0 or k in self._unit:
            return None
        need = self._needs.setdefault(k, Need())
        if need.asked < 0 and self._right[k]:
            self._take(station, k, need)
        return need

    def work(self, job: Job, number: int, brought: bool) -> int:
        """Seconds of work on site; the diagnosis alone where this visit can't repair."""
        k = job.index
        if k not in self._unit and (not brought or self._workshop[k] or self._too_hard(k, number) or self._worn_out(k)):
            return self._diagnosis[k][number]
        return self._work[k][number]

    def finish(self, station: int, job: Job, need: Need | None, brought: bool, number: int) -> int:
        """The work of a visit ends: what its outcome is, and what follows from it.

        Parameters
        ----------
        station : int
            The visitor's, whose shelves and stand-ins count.
        need : Need, optional
            From :meth:`ask_for_part`.
        brought : bool
            Whether the part was at hand (or none is needed) when he was sent.
        number : int
            Which visit's luck counts, 0 for the first.
        """
        k = job.index
        if k in self._unit:
            self._close(k, self._unit.pop(k))
            return DONE
        if self._worn_out(k):
            self._new_unit(station, k)
        elif self._too_hard(k, number):
            self.env.process(self._third_level(station, k, need))
            self.loaners.ask(station, k)
            return TOO_HARD
        elif self._workshop[k]:
            self._send_away(station, k)
            return SENT_AWAY
        elif need is not None and not brought:
            self._with_part(station, k, need)
            return PART_MISSING
        elif self._fixed[k][number]:
            self._close(k, FIXED)
            return DONE
        else:
            self.tickets.columns["failed"][k] += 1
            if self._worn_out(k):
                self._new_unit(station, k)
            else:
                self._follow_up(k, need)
        return NOT_FIXED

    def _worn_out(self, k: int) -> bool:
        """Whether so many repairs have failed that the unit is replaced."""
        return self.tickets.columns["failed"][k] >= self._failures[self._product[k]]

    def _too_hard(self, k: int, number: int) -> bool:
        return number == 0 and self._expert[k]

    def _close(self, k: int, status: int) -> None:
        self._needs.pop(k, None)
        self.loaners.give_back(k)
        self.tickets.close(k, status)

    def _follow_up(self, k: int, need: Need | None) -> None:
        """The next visit; a part that came or was found at the station afterwards has to be fetched there."""
        via = -1
        if need is not None:
            need.idle = False
            if need.fetch:
                via, need.fetch = self._stations[need.store], False
        self.dispatcher.add(self.tickets.job(k, self.tickets.columns["visits"][k], via))

    def _with_part(self, station: int, k: int, need: Need) -> None:
        """The next visit when the part is there. One not asked for yet comes from the station of the visit that found
        out: by now its engineer may have begun his leave."""
        if need.asked < 0:
            need.fetch = True
            self._take(station, k, need)
        if need.have:
            self._follow_up(k, need)
        else:
            need.idle = True
            self.loaners.ask(station, k)

    def _take(self, station: int, k: int, need: Need) -> None:
        need.asked, need.store = self.env.now, station
        log = self.tickets.columns

        def served() -> None:
            if self._needs.get(k) is not need:  # the unit has left: the part goes after it
                return
            need.have = need.fetch = True
            log["part_wait"][k] = self.env.now - need.asked
            if need.idle:
                self._follow_up(k, need)

        found = self.stores.source(station, self._part[k], served)
        need.have = found >= 0
        log["substitute"][k] = int(need.have and found != self._part[k])

    def _third_level(self, station: int, k: int, need: Need | None) -> Process:
        """Experts find the way, and with it the part; one that leaves for repair needs none."""
        log = self.tickets.columns
        assert self._experts is not None
        yield from self.tickets.serve(self._experts, self._expert_luck, k, log["expert_start"])
        log["expert_end"][k] = self.env.now
        if need is not None and not need.have and not self._workshop[k]:
            self._with_part(station, k, need)
        else:
            self._follow_up(k, need)

    def _send_away(self, station: int, k: int) -> None:
        """The unit leaves by its route; a part that was asked for goes with it."""
        log = self.tickets.columns
        self._needs.pop(k, None)
        log["route"][k], log["sent"][k] = self._route[k], self.env.now
        self.env.process(self._away(station, k))
        self.loaners.ask(station, k)

    def _away(self, station: int, k: int) -> Process:
        """Repaired, the unit is swapped back. Scrapped, its stand-in stays for good; without one a new unit comes."""
        env, log = self.env, self.tickets.columns
        yield env.at(env.now + self._turnaround[k], Kind.UNIT, k)
        log["back"][k] = env.now
        if not self._scrapped[k]:
            self._swap(station, k, FIXED)
            return
        log["scrapped"][k] = 1
        if self.loaners.keep(k):
            self.tickets.close(k, REPLACED)
        else:
            yield from self._delivered(station, k)

    def _new_unit(self, station: int, k: int) -> None:
        self._needs.pop(k, None)
        self.env.process(self._delivered(station, k))
        self.loaners.ask(station, k)

    def _delivered(self, station: int, k: int) -> Process:
        yield self.env.at(self.env.now + self._replacement[k], Kind.UNIT, k)
        self._swap(station, k, REPLACED)

    def _swap(self, station: int, k: int, status: int) -> None:
        """A unit that works lies at the station: the next visit brings it."""
        self._unit[k] = status
        via = self._stations[station]
        self.dispatcher.add(self.tickets.job(k, self.tickets.columns["visits"][k], via))
