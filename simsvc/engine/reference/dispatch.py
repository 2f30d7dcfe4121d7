"""Dispatch: which engineer for a job, which job for an engineer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import pairwise

import numpy as np

from simsvc.case import Case
from simsvc.clock import DAY
from simsvc.engine.reference.crew import Engineer
from simsvc.engine.reference.environment import Environment, Kind, Process
from simsvc.engine.reference.roads import Roads
from simsvc.engine.roster import NOBODY, Roster, job_groups

PLANNED = 1000
"""Ranks from here on are planned work: it starts only where no fault waits and on duty."""


Order = tuple[int, int, int, int, int]


@dataclass(slots=True)
class Job:
    """Something to be done at a town. ``order``: (rank, due or ready time, kind, index, number), smaller first.

    ``via``: place to pass for a part that lies there, -1 for none. ``group``: who may do it, from
    :meth:`Dispatcher.groups`. ``waiting``: whether it waits for somebody.
    """

    kind: int
    index: int
    number: int
    town: int
    ready: int
    order: Order
    via: int = -1
    group: int = field(kw_only=True)
    waiting: bool = False


def stops(job: Job, origin: int, on_road: bool) -> list[int]:
    """Places of a trip: from the origin, past the station where a part lies unless he is there, to the site."""
    there = job.via < 0 or (job.via == origin and not on_road)
    return [origin, job.town] if there else [origin, job.via, job.town]


Start = Callable[[Engineer, Job, int, bool, int], None]


class Dispatcher:
    """Holds waiting jobs and free engineers together.

    Parameters
    ----------
    start : callable
        ``start(engineer, job, origin, on_road, tier)``: begins the visit.

    Attributes
    ----------
    overflow : callable, optional
        ``overflow(job) -> bool``: whether somebody else takes a job for which nobody is free.
    """

    def __init__(
        self, env: Environment, case: Case, roster: Roster, roads: Roads, crew: list[Engineer], start: Start
    ) -> None:
        self.env, self.roads, self.crew, self._start = env, roads, crew, start
        self.overflow: Callable[[Job], bool] | None = None
        self._case, self._roster = case, roster
        self._tiers: list[list[list[int]]] = roster.tier.tolist()
        self._able: list[list[bool]] = roster.able.tolist()
        self._waiting: dict[int, list[tuple[Order, Job]]] = {}
        self._follow_ups_on_duty = case.model.dispatch.follow_ups == "duty"
        self._eligible: dict[int, list[tuple[int, Engineer]]] = {}
        self._tier_of: dict[int, list[int]] = {}
        staff = case.model.staff
        self._set_out, self._mobilise = int(staff.set_out.mean_s), int(staff.mobilisation.mean_s)
        env.process(self._days(len(self._tiers)))
        for engineer in crew:
            starts = {*engineer.available.starts.tolist(), *engineer.duty.starts.tolist()}
            env.process(self._wake(engineer, sorted(starts)))

    def groups(self, town: np.ndarray, job_class: np.ndarray) -> list[int]:
        """Groups of jobs at these towns of these classes, which say who may do them."""
        groups: list[int] = job_groups(self._case, self._roster.group, town, job_class).tolist()
        return groups

    def add(self, job: Job) -> None:
        """A job is ready: the least expected arrival among the free engineers of the nearest tier takes it."""
        now = self.env.now
        best: tuple[int, int, int] | None = None
        chosen: tuple[Engineer, int, bool, int] | None = None
        for tier, engineer in self._who(job.group):
            if engineer.busy or not engineer.available.is_open(now) or (best is not None and tier > best[0]):
                continue
            origin, on_road = engineer.place(now)
            if not self._may_start(engineer, job, origin, on_road):
                continue
            key = (tier, self._eta(engineer, job, origin, on_road), engineer.index)
            if best is None or key < best:
                best, chosen = key, (engineer, origin, on_road, tier)
        if chosen is not None:
            self._start(chosen[0], job, *chosen[1:])
        elif self.overflow is None or not self.overflow(job):
            job.waiting = True
            heappush(self._waiting.setdefault(job.group, []), (job.order, job))

    def cancel(self, job: Job) -> bool:
        """Take a job out of waiting, if it waits; whether it did."""
        if job.waiting:
            self._take(job)
            return True
        return False

    def offer(self, engineer: Engineer, site: int = -1) -> bool:
        """A free engineer (at ``site``, or wherever he is) takes the first job in order that he may serve."""
        now = self.env.now
        if engineer.busy or not self._waiting or not engineer.available.is_open(now):
            return False
        origin, on_road = (site, True) if site >= 0 else engineer.place(now)
        tiers, on_duty = self._today(engineer), engineer.duty.is_open(now)
        best: tuple[int, int, Order] | None = None
        chosen: Job | None = None
        for group, heap in self._waiting.items():
            tier = tiers[group]
            if tier == NOBODY:
                continue
            for order, job in self._in_order(heap):
                key = (order[0], tier, order)
                if (best is not None and key >= best) or (order[0] >= PLANNED and not on_duty):
                    break
                if self._may_start(engineer, job, origin, on_road):
                    best, chosen = key, job
                    break
        if best is None or chosen is None:
            return False
        self._take(chosen)
        self._start(engineer, chosen, origin, on_road, best[1])
        return True

    def _who(self, group: int) -> list[tuple[int, Engineer]]:
        """Tier and engineer for all who may do a group's jobs today."""
        found = self._eligible.get(group)
        if found is None:
            present = (e for e in self.crew if e.station(self.env.now) >= 0)
            found = [(tier, e) for e in present if (tier := self._today(e)[group]) != NOBODY]
            found.sort(key=lambda pair: (pair[0], pair[1].index))
            self._eligible[group] = found
        return found

    def _today(self, engineer: Engineer) -> list[int]:
        """In which tier an engineer who is not away may do each group's jobs today."""
        found = self._tier_of.get(engineer.index)
        if found is None:
            now, able = self.env.now, self._able[engineer.index]
            tiers = self._tiers[now // DAY][engineer.station(now)]
            found = tiers if able == [True] else [tier if may else NOBODY for tier in tiers for may in able]
            self._tier_of[engineer.index] = found
        return found

    def _eta(self, engineer: Engineer, job: Job, origin: int, on_road: bool) -> int:
        """Expected seconds until he is on site."""
        now = self.env.now
        ready = 0 if on_road else self._set_out if engineer.duty.is_open(now) else self._mobilise
        return ready + sum(self.roads.expected(a, b, now) for a, b in pairwise(stops(job, origin, on_road)))

    def _may_start(self, engineer: Engineer, job: Job, origin: int, on_road: bool) -> bool:
        """Faults always. Follow-ups on duty only, if so ruled; planned work on duty, if he is expected on site before
        the duty ends (or goes by boat or air, where no day's duty would do)."""
        now, planned = self.env.now, job.order[0] >= PLANNED
        if not planned and not (job.number and self._follow_ups_on_duty):
            return True
        if not engineer.duty.is_open(now):
            return False
        if not planned or self.roads.beyond(job.town):
            return True
        eta = self._eta(engineer, job, origin, on_road)
        return engineer.duty.open_seconds(now, now + eta + 1) == eta + 1

    @staticmethod
    def _in_order(heap: list[tuple[Order, Job]]) -> Iterator[tuple[Order, Job]]:
        """Waiting jobs of a group in order; sorted only when the first is passed over."""
        yield heap[0]
        yield from sorted(heap)[1:]

    def _take(self, job: Job) -> None:
        """Remove a job from those waiting."""
        job.waiting = False
        heap = self._waiting[job.group]
        if heap[0][1] is job:
            heappop(heap)
        else:
            heap.remove((job.order, job))
            heapify(heap)
        if not heap:
            del self._waiting[job.group]

    def _days(self, days: int) -> Process:
        """Each midnight other engineers may serve other towns."""
        for day in range(days):
            yield self.env.at(day * DAY, Kind.DAY, 0)
            self._eligible.clear()
            self._tier_of.clear()
            for engineer in self.crew:
                self.offer(engineer)

    def _wake(self, engineer: Engineer, moments: list[int]) -> Process:
        """He comes on call or on duty and looks what waits."""
        for moment in moments:
            yield self.env.at(moment, Kind.ROSTER, engineer.index)
            self.offer(engineer)
