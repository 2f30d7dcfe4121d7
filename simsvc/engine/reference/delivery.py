"""Goods: the order reaches the warehouse, waits for stock and a van or a courier, and is delivered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from simsvc.case import Case
from simsvc.clock import DAY, NEVER, Calendar
from simsvc.engine.raw import DELIVERY
from simsvc.engine.reference.environment import Environment, Kind, Process
from simsvc.engine.reference.planned import Jobs
from simsvc.engine.reference.roads import Roads, Spells
from simsvc.engine.timetables import departures
from simsvc.scenario.supply import Delivery as Spec
from simsvc.workload import Workload


class Delivery:
    """Orders, vans and couriers."""

    def __init__(
        self, env: Environment, case: Case, workload: Workload, roads: Roads, jobs: Jobs, spec: Spec | None
    ) -> None:
        self.env, self.roads, self.jobs = env, roads, jobs
        self._orders = workload.orders
        n = len(workload.orders.key)
        self.columns: dict[str, list[int]] = {name: [-1] * n for name in DELIVERY}
        self.columns["ordered"] = workload.orders.time.tolist()
        if spec is None or n == 0:
            return
        self._warehouse, self._horizon = spec.warehouse, case.span.horizon
        self._home = case.places.ids.index(spec.warehouse.node)
        self._open = case.calendars[spec.warehouse.calendar]
        self._strait = Spells(workload.weather.strait.tolist())
        self._queues: list[list[int]] = [[] for _ in spec.routes]
        self._size = [case.model.goods[name].size for name in case.supply.goods]
        self._stop_order = {
            (r, a): k
            for r, route in enumerate(spec.routes.values())
            for k, a in enumerate(case.places.areas.index(name) for name in route.areas)
        }
        self._carrier: list[list[int]] = case.supply.carrier.tolist()
        self._pick_ups = [departures(case, c.calendar, c.departs) for c in spec.couriers.values()]
        env.process(self._take_orders(int((workload.orders.parent < 0).sum())))
        for r, route in enumerate(spec.routes.values()):
            moments = departures(case, route.calendar, route.departs)
            env.process(self._timetable(r, moments, route.vans, route.capacity, int(route.unload)))

    def _take_orders(self, primary: int) -> Process:
        for k, time in enumerate(self.columns["ordered"][:primary]):
            yield self.env.at(time, Kind.REPORT, k)
            self.env.process(self._order(k))

    def _order(self, k: int) -> Process:
        """From the order to the queue for the van, or to the courier who hands it over."""
        received = received_at(self.env.now, self._open, self._warehouse.cut_off)
        if received >= NEVER:
            return
        wait = int(self._orders.procurement[k])
        ready = (self._strait.end(received + wait) if wait else received) + int(self._warehouse.handling)
        self.columns["received"][k] = received if received < self._horizon else -1
        yield self.env.at(ready, Kind.READY, k)
        self.columns["ready"][k] = ready
        route = self._carrier[int(self._orders.area[k])][int(self._orders.goods[k])]
        self.columns["route"][k] = route
        if route < 0 or not self.roads.joined(self._home, int(self._orders.town[k])):
            return
        if route < len(self._queues):
            self._queues[route].append(k)
        else:
            yield from self._courier(k, self._pick_ups[route - len(self._queues)])

    def _courier(self, k: int, pick_ups: Sequence[int]) -> Process:
        """Picked up at the next moment of his timetable, whatever waits there, and handed over after his time."""
        turn = bisect_left(pick_ups, self.env.now)
        if turn < len(pick_ups):
            self.columns["departed"][k] = pick_ups[turn]
            yield self.env.at(pick_ups[turn] + int(self._orders.courier[k]), Kind.DELIVER, k)
            self._deliver(k)

    def _timetable(self, r: int, moments: Sequence[int], vans: int, capacity: int, unload: int) -> Process:
        """Vans leave on time, those that are back, as long as goods wait."""
        back: list[int] = [0] * vans
        for moment in moments:
            yield self.env.at(moment, Kind.VAN, r)
            for van in range(vans):
                load = self._load(r, capacity) if back[van] <= self.env.now else []
                if load:
                    stops, back[van] = self._tour(r, load, unload)
                    self.env.process(self._unload(stops))

    def _load(self, r: int, capacity: int) -> list[int]:
        """First come, first loaded, until the next order doesn't fit (an order larger than a van goes alone)."""
        queue, room, count = self._queues[r], capacity, 0
        for k in queue:
            size = self._size[int(self._orders.goods[k])]
            if size > room and count:
                break
            room, count = room - size, count + 1
        load, self._queues[r] = queue[:count], queue[count:]
        return load

    def _tour(self, r: int, load: list[int], unload: int) -> tuple[list[tuple[int, int]], int]:
        """Moment of each delivery in the order of the route, and when the van is back."""
        orders = self._orders
        load.sort(key=lambda k: (self._stop_order[r, int(orders.area[k])], int(orders.town[k]), k))
        t, at = self.env.now, self._home
        stops: list[tuple[int, int]] = []
        noise = 1.0
        for k in load:
            noise, town = float(orders.noise[k]), int(orders.town[k])
            if town != at or not stops:
                _, t, _ = self.roads.trip(at, town, t, noise)
            t, at = t + unload, town
            self.columns["departed"][k] = self.env.now
            stops.append((t, k))
        return stops, self.roads.trip(at, self._home, t, noise)[1]

    def _unload(self, stops: list[tuple[int, int]]) -> Process:
        for t, k in stops:
            yield self.env.at(t, Kind.DELIVER, k)
            self._deliver(k)

    def _deliver(self, k: int) -> None:
        """The goods are there. What has to be installed is, faulty or not; faulty goods are sent out anew."""
        self.columns["delivered"][k] = self.env.now
        if self._orders.install[k] >= 0:
            self.jobs.install(k)
        child = int(self._orders.child[k])
        if child >= 0:
            self.env.process(self._anew(child))

    def _anew(self, k: int) -> Process:
        """The fault is found and reported: the goods are ordered again."""
        yield self.env.at(self.env.now + int(self._orders.after[k]), Kind.REPORT, k)
        self.columns["ordered"][k] = self.env.now
        yield from self._order(k)


def received_at(t: int, calendar: Calendar, cut_off: int) -> int:
    """When the warehouse takes an order: at once in open hours before the cut-off, else at the next opening."""
    moment = calendar.next_open(t)
    while moment < NEVER and moment % DAY >= cut_off:
        moment = calendar.next_open((moment // DAY + 1) * DAY)
    return moment
