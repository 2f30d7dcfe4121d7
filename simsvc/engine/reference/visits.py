"""Visits: set out, drive, work, be free again. What the end of the work means is the repair chain's to say."""

from __future__ import annotations

from itertools import pairwise

from simsvc.case import Case
from simsvc.clock import DAY
from simsvc.engine.reference.crew import Diary, Engineer
from simsvc.engine.reference.dispatch import Dispatcher, Job, stops
from simsvc.engine.reference.environment import Environment, Kind, Process
from simsvc.engine.reference.loaners import LOANER
from simsvc.engine.reference.planned import Jobs
from simsvc.engine.reference.repair import DONE, Need, RepairChain
from simsvc.engine.reference.roads import Roads
from simsvc.engine.reference.tickets import FAULT, FOLLOW_UP, Tickets
from simsvc.log.schema import STATES, VISITS
from simsvc.workload import Legs, Workload

SET_OUT, TRAVEL_OUT, ON_SITE = (STATES.index(s) for s in ("set_out", "travel_out", "on_site"))
COLUMN = {c.name: k for k, c in enumerate(VISITS)}
ENGINEER, STATION, ASSIGNED, DEPARTED, ARRIVED, WORK_START, WORK_END, OUTCOME = (
    COLUMN[name]
    for name in ("engineer", "station", "assigned", "departed", "arrived", "work_start", "work_end", "outcome")
)


class _Luck:
    """Legs of a table as plain lists, for speed."""

    def __init__(self, legs: Legs) -> None:
        self.set_out: list[list[int]] = legs.set_out.tolist()
        self.mobilise: list[list[int]] = legs.mobilise.tolist()
        self.access: list[list[int]] = legs.access.tolist()
        self.work: list[list[int]] = legs.work.tolist()
        self.noise_out: list[list[float]] = legs.noise_out.tolist()
        self.noise_back: list[list[float]] = legs.noise_back.tolist()


class Visits:
    """All visits of engineers, to faults, with stand-ins and to planned jobs."""

    def __init__(self, env: Environment, case: Case, workload: Workload, roads: Roads, diary: Diary) -> None:
        self.env, self.roads, self.diary = env, roads, diary
        self.rows: list[list[int]] = []
        self.dispatcher: Dispatcher
        self.tickets: Tickets
        self.jobs: Jobs
        self.repair: RepairChain
        self._fault, self._loaner = _Luck(workload.faults.legs), _Luck(workload.repairs.legs)
        # In the order of ``raw.ORDER``, ``PLAN``, ``REVIEW``.
        self._of_jobs = [_Luck(t.legs) for t in (workload.orders, workload.planned, workload.reviews)]
        self._free_when = case.model.dispatch.free_when
        self._horizon = case.span.horizon

    def start(self, engineer: Engineer, job: Job, origin: int, on_road: bool, tier: int) -> None:
        """Somebody is sent: from now on he is busy."""
        self.diary.close_trip(engineer, self.env.now, origin)
        engineer.busy = True
        self.env.process(self._visit(engineer, job, origin, on_road, tier))

    def cut_off(self) -> None:
        """The run ends: what is under way stands in the diary up to here."""
        for visit, row in enumerate(self.rows):
            if row[ENGINEER] < 0 or row[WORK_END] >= 0:
                continue
            state, start, place = SET_OUT, row[ASSIGNED], row[COLUMN["origin"]]
            if row[DEPARTED] >= 0:
                state, start, place = TRAVEL_OUT, row[DEPARTED], row[COLUMN["town"]]
            if row[ARRIVED] >= 0:
                state, start = ON_SITE, row[ARRIVED]
            self.diary.add(row[ENGINEER], state, start, self._horizon, place, visit)

    def _visit(self, engineer: Engineer, job: Job, origin: int, on_road: bool, tier: int) -> Process:
        env, e = self.env, engineer.index
        assigned, on_duty = env.now, engineer.duty.is_open(env.now)
        luck, row_of_luck = self._luck_of(job)
        number = min(job.number, len(luck.work[row_of_luck]) - 1)
        visit = self._open_row(engineer, job, origin, on_road, tier)
        row = self.rows[visit]
        fault = job.kind in (FAULT, FOLLOW_UP)
        need = self.repair.ask_for_part(row[STATION], job) if fault else None
        brought = need is None or need.have
        row[COLUMN["brought"]] = int(brought)

        prepare = 0 if on_road else (luck.set_out if on_duty else luck.mobilise)[row_of_luck][number]
        if prepare:
            yield env.at(env.now + prepare, Kind.DEPART, e)
        self.diary.add(e, SET_OUT, assigned, env.now, origin, visit)
        row[DEPARTED] = env.now

        noise, held = luck.noise_out[row_of_luck][number], 0
        arrive = env.now
        for a, b in pairwise(stops(job, origin, on_road)):
            _, arrive, more = self.roads.trip(a, b, arrive, noise)
            held += more
        if job.kind == FAULT:
            self._note_first(job, prepare, on_road, on_duty, held, arrive)
        yield env.at(arrive, Kind.ARRIVE, e)
        self.diary.add(e, TRAVEL_OUT, row[DEPARTED], env.now, job.town, visit)
        row[ARRIVED] = env.now
        if job.kind == FAULT:
            self.tickets.columns["arrived"][job.index] = env.now
        elif not (fault or job.kind == LOANER):
            self.jobs.arrived[job.index] = env.now

        begin = env.now + luck.access[row_of_luck][number]
        row[WORK_START] = begin if begin < self._horizon else -1
        work = self.repair.work(job, number, brought) if fault else luck.work[row_of_luck][number]
        yield env.at(begin + work, Kind.WORK_END, e)
        self.diary.add(e, ON_SITE, row[ARRIVED], env.now, job.town, visit)
        row[WORK_END] = env.now
        row[OUTCOME] = self._finish(row[STATION], job, need, brought, number)
        yield from self._go_home(engineer, job.town, luck.noise_back[row_of_luck][number], visit)

    def _go_home(self, engineer: Engineer, site: int, noise: float, visit: int) -> Process:
        """Free from the end of the work, or only when home; without a next job he drives home."""
        now = self.env.now
        from_site = self._sent_on(engineer, site)
        if from_site:
            engineer.busy = False
            if self.dispatcher.offer(engineer, site):
                return
        _, home, _ = self.roads.trip(site, engineer.base(now), now, noise)
        engineer.back = (now, home, site, visit)
        if not from_site:
            yield self.env.at(home, Kind.HOME, engineer.index)
            self.diary.close_trip(engineer, self.env.now, engineer.base(self.env.now))
            engineer.busy = False
            self.dispatcher.offer(engineer)

    def _sent_on(self, engineer: Engineer, site: int) -> bool:
        """Whether he is free from the end of the work; nobody is called on the way back by boat or air."""
        day = self.env.now // DAY
        on_a_duty_day = engineer.duty.open_seconds(day * DAY, (day + 1) * DAY) > 0
        rule = self._free_when
        return not self.roads.beyond(site) and (rule == "from-site" or (rule == "duty-days" and on_a_duty_day))

    def _luck_of(self, job: Job) -> tuple[_Luck, int]:
        if job.kind in (FAULT, FOLLOW_UP):
            return self._fault, job.index
        if job.kind == LOANER:
            return self._loaner, job.index
        return self._of_jobs[self.jobs.origin[job.index]], self.jobs.source[job.index]

    def _open_row(self, engineer: Engineer, job: Job, origin: int, on_road: bool, tier: int) -> int:
        now, visit = self.env.now, len(self.rows)
        fault = job.kind in (FAULT, FOLLOW_UP)
        route = stops(job, origin, on_road)
        expected = sum(self.roads.expected(a, b, now) for a, b in pairwise(route))
        via = route[1] if len(route) > 2 else -1
        of_ticket = fault or job.kind == LOANER
        ticket, planned = (job.index, -1) if of_ticket else (-1, job.index)
        row = [
            visit, job.kind, ticket, planned, job.number + 1, engineer.index, engineer.station(now), tier, origin,
            via, job.town, job.ready, now, -1, -1, -1, -1, expected, -1, 0,
        ]  # fmt: skip
        self.rows.append(row)
        if fault:
            self.tickets.columns["visits"][job.index] += 1
            if job.kind == FAULT:
                self.tickets.columns["assigned"][job.index] = now
        elif not of_ticket:
            self.jobs.assigned[job.index] = now
        return visit

    def _note_first(self, job: Job, prepare: int, on_road: bool, on_duty: bool, held: int, arrive: int) -> None:
        """What the first trip is made of, for "why was it missed"."""
        log, k, now = self.tickets.columns, job.index, self.env.now
        log["departed"][k] = now
        if not on_road:
            log["set_out" if on_duty else "mobilise"][k] = prepare
        log["held"][k], log["travel"][k] = held, arrive - now - held

    def _finish(self, station: int, job: Job, need: Need | None, brought: bool, number: int) -> int:
        """The work ends."""
        if job.kind in (FAULT, FOLLOW_UP):
            return self.repair.finish(station, job, need, brought, number)
        if job.kind == LOANER:
            self.repair.loaners.finish(job)
        else:
            self.jobs.finish(job.index)
        return DONE
