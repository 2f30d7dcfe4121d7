"""Field service in plain SimPy as its documentation would write it: a process a ticket, resources, containers.

The size and the shape of a year of huitian-2018, without its rules: 13 stations with 14 engineers, a desk, technicians
who help remotely, spare parts at each station that come back from a supplier. Luck comes from Python's generator.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import simpy

YEAR = 365 * 24 * 60.0
TICKETS = 13_000
ENGINEERS = (2, *[1] * 12)
PARTS = ("disk", "power", "board", "fuser", "battery")
REMOTE, NEEDS_PART, ORDERS = 0.5, 0.3, 4_000
"""Share solved remotely; share of visits that need a part; orders for goods a year."""


class Service:
    """The company. Times in minutes."""

    def __init__(self, env: simpy.Environment, luck: random.Random) -> None:
        self.env, self.luck = env, luck
        self.desk = simpy.PriorityResource(env, 2)
        self.technicians = simpy.Resource(env, 3)
        self.engineers = [simpy.PriorityResource(env, n) for n in ENGINEERS]
        self.parts = {(s, p): simpy.Container(env, init=2) for s in range(len(ENGINEERS)) for p in PARTS}
        self.van = simpy.Resource(env, 2)
        self.to_site: list[float] = []

    def drawn(self, mean: float) -> float:
        """A lognormal duration with a coefficient of variation of 0.8."""
        return self.luck.lognormvariate(0, 0.7) * mean / 1.278


def ticket(service: Service, station: int, priority: int) -> Iterator[simpy.Event]:
    """From the report to the repair."""
    env, reported = service.env, service.env.now
    with service.desk.request(priority) as answered:
        yield answered
        yield env.timeout(service.drawn(9))
    with service.technicians.request() as helper:
        yield helper
        yield env.timeout(service.drawn(15))
    if service.luck.random() < REMOTE:
        return
    visits = 0
    while True:
        with service.engineers[station].request(priority) as engineer:
            yield engineer
            yield env.timeout(service.drawn(15))
            yield env.timeout(service.drawn(40))
            if not visits:
                service.to_site.append(env.now - reported)
            visits += 1
            if visits == 1 and service.luck.random() < NEEDS_PART:
                part = service.parts[station, service.luck.choice(PARTS)]
                missing = part.level < 1
                yield env.timeout(service.drawn(25))
            else:
                missing = False
                yield env.timeout(service.drawn(55))
                return
        yield part.get(1)
        env.process(supply(service, part))
        if not missing:
            continue


def supply(service: Service, part: simpy.Container) -> Iterator[simpy.Event]:
    """The supplier fills the shelf up again."""
    yield service.env.timeout(service.drawn(3 * 24 * 60))
    yield part.put(1)


def order(service: Service) -> Iterator[simpy.Event]:
    """Goods: picked, then driven out."""
    yield service.env.timeout(service.drawn(60))
    with service.van.request() as van:
        yield van
        yield service.env.timeout(service.drawn(45))


def faults(service: Service) -> Iterator[simpy.Event]:
    """Arrivals of faults."""
    while True:
        yield service.env.timeout(service.luck.expovariate(TICKETS / YEAR))
        station = service.luck.randrange(len(ENGINEERS))
        service.env.process(ticket(service, station, service.luck.randrange(3)))


def orders(service: Service) -> Iterator[simpy.Event]:
    """Arrivals of orders."""
    while True:
        yield service.env.timeout(service.luck.expovariate(ORDERS / YEAR))
        service.env.process(order(service))


def year(seed: int) -> Service:
    """Simulate a year."""
    env = simpy.Environment()
    service = Service(env, random.Random(seed))
    env.process(faults(service))
    env.process(orders(service))
    env.run(until=YEAR)
    return service
