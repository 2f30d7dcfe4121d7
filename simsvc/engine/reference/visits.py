"""Visits: set out, drive, work, be free again."""

from __future__ import annotations

from itertools import pairwise

from simsvc.case import Case
from simsvc.clock import DAY
from simsvc.engine.reference.crew import Diary, Engineer
from simsvc.engine.reference.dispatch import Dispatcher, Job, stops
from simsvc.engine.reference.environment import Environment, Kind, Process
from simsvc.engine.reference.planned import Jobs
from simsvc.engine.reference.roads import Roads
from simsvc.engine.reference.stores import Stores
from simsvc.engine.reference.tickets import FAULT, FIXED, FOLLOW_UP, Tickets
from simsvc.log.schema import OUTCOMES, STATES, VISITS
from simsvc.workload import Legs, Workload

PART_MISSING, DONE, NOT_FIXED = (OUTCOMES.index(o) for o in ("part_missing", "done", "not_fixed"))
SET_OUT, TRAVEL_OUT, ON_SITE = (STATES.index(s) for s in ("set_out", "travel_out", "on_site"))
COLUMN = {c.name: k for k, c in enumerate(VISITS)}
STATION, DEPARTED, ARRIVED, WORK_START, WORK_END, OUTCOME = (
    COLUMN[name] for name in ("station", "departed", "arrived", "work_start", "work_end", "outcome")
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


class _Need:
    """The part that a ticket needs: whether it has it, where it lies, since when it waits."""

    __slots__ = ("asked", "fetch", "have", "idle", "store")

    def __init__(self) -> None:
        self.asked, self.store = -1, -1
        self.have = self.idle = self.fetch = False


class Visits:
    """All visits, and what they mean for tickets and planned jobs."""

    def __init__(self, env: Environment, case: Case, workload: Workload, roads: Roads, diary: Diary) -> None:
        self.env, self.roads, self.diary = env, roads, diary
        self.rows: list[list[int]] = []
        self.dispatcher: Dispatcher
        self.tickets: Tickets
        self.jobs: Jobs
        self.stores: Stores
        faults = workload.faults
        self._fault, self._order, self._planned = (_Luck(t.legs) for t in (faults, workload.orders, workload.planned))
        self._part: list[int] = faults.part.tolist()
        self._right: list[bool] = faults.right_part.tolist()
        self._diagnosis: list[list[int]] = faults.diagnosis.tolist()
        self._fixed: list[list[bool]] = faults.fixed.tolist()
        self._needs: dict[int, _Need] = {}
        self._stations: list[int] = case.staffing.station_place.tolist()
        self._free_when = case.model.dispatch.free_when
        self._horizon = case.span.horizon

    def start(self, engineer: Engineer, job: Job, origin: int, on_road: bool, tier: int) -> None:
        """Somebody is sent: from now on he is busy."""
        self.diary.close_trip(engineer, self.env.now, origin)
        engineer.busy = True
        self.env.process(self._visit(engineer, job, origin, on_road, tier))

    def _visit(self, engineer: Engineer, job: Job, origin: int, on_road: bool, tier: int) -> Process:
        env, e = self.env, engineer.index
        assigned, on_duty = env.now, engineer.duty.is_open(env.now)
        luck, row_of_luck = self._luck_of(job)
        number = min(job.number, len(luck.work[row_of_luck]) - 1)
        visit = self._open_row(engineer, job, origin, on_road, tier)
        row = self.rows[visit]
        fault = job.kind in (FAULT, FOLLOW_UP)
        need = self._ask_for_part(engineer, job) if fault else None
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
        elif not fault:
            self.jobs.arrived[job.index] = env.now

        begin = env.now + luck.access[row_of_luck][number]
        row[WORK_START] = begin if begin < self._horizon else -1
        work = luck.work[row_of_luck][number] if brought else self._diagnosis[job.index][number]
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
        order, row = self.jobs.luck_row(job.index)
        return (self._order if order else self._planned), row

    def _open_row(self, engineer: Engineer, job: Job, origin: int, on_road: bool, tier: int) -> int:
        now, visit = self.env.now, len(self.rows)
        fault = job.kind in (FAULT, FOLLOW_UP)
        expected = sum(self.roads.expected(a, b, now) for a, b in pairwise(stops(job, origin, on_road)))
        ticket, planned = (job.index, -1) if fault else (-1, job.index)
        row = [
            visit, job.kind, ticket, planned, job.number + 1, engineer.index, engineer.station(now), tier, origin,
            job.town, job.ready, now, -1, -1, -1, -1, expected, -1, 0,
        ]  # fmt: skip
        self.rows.append(row)
        if fault:
            self.tickets.columns["visits"][job.index] += 1
            if job.kind == FAULT:
                self.tickets.columns["assigned"][job.index] = now
        else:
            self.jobs.assigned[job.index] = now
        return visit

    def _note_first(self, job: Job, prepare: int, on_road: bool, on_duty: bool, held: int, arrive: int) -> None:
        """What the first trip is made of, for "why was it missed"."""
        log, k, now = self.tickets.columns, job.index, self.env.now
        log["departed"][k] = now
        if not on_road:
            log["set_out" if on_duty else "mobilise"][k] = prepare
        log["held"][k], log["travel"][k] = held, arrive - now - held

    def _ask_for_part(self, engineer: Engineer, job: Job) -> _Need | None:
        """None if no part is needed. A part named by the remote diagnosis is taken from the station as he is sent."""
        if self._part[job.index] < 0:
            return None
        need = self._needs.setdefault(job.index, _Need())
        if need.asked < 0 and self._right[job.index]:
            self._take(engineer.station(self.env.now), job, need)
        return need

    def _take(self, station: int, job: Job, need: _Need) -> None:
        need.asked, need.store = self.env.now, station

        def served() -> None:
            need.have = need.fetch = True
            self.tickets.columns["part_wait"][job.index] = self.env.now - need.asked
            if need.idle:
                self._follow_up(job, need)

        need.have = self.stores.take(need.store, self._part[job.index], served)

    def _finish(self, station: int, job: Job, need: _Need | None, brought: bool, number: int) -> int:
        """What the end of the work means: done, or another visit (at once, or when the part is there).

        A part not yet asked for comes from the station of the visit: by now its engineer may have begun his leave.
        """
        if job.kind not in (FAULT, FOLLOW_UP):
            self.jobs.finish(job.index)
            return DONE
        if need is not None and not brought:
            if need.asked < 0:
                need.fetch = True
                self._take(station, job, need)
            if need.have:
                self._follow_up(job, need)
            else:
                need.idle = True
            return PART_MISSING
        if self._fixed[job.index][number]:
            self._needs.pop(job.index, None)
            self.tickets.close(job.index, FIXED)
            return DONE
        self._follow_up(job, need)
        return NOT_FIXED

    def _follow_up(self, job: Job, need: _Need | None) -> None:
        """The next visit; a part that came or was found at the station afterwards has to be fetched there."""
        via = -1
        if need is not None:
            need.idle = False
            if need.fetch:
                via, need.fetch = self._stations[need.store], False
        number = self.tickets.columns["visits"][job.index]
        self.dispatcher.add(self.tickets.job(job.index, number, via))
