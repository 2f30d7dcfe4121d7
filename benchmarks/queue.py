"""M/M/c by every library: the one model that all of them have, its mean wait known exactly."""

from __future__ import annotations

import datetime as dt
import importlib
import random
from typing import Any

import simpy

import simsvc as sv
from benchmarks.measuring import Way, table
from simsvc import analytic
from simsvc.case import build
from simsvc.engine import compiled, reference
from simsvc.workload import draw

SERVERS, SERVICE, LOAD = 16, 600.0, 0.8
DAYS = 7
"""About 13,000 customers."""
GAP = SERVICE / (SERVERS * LOAD)
CUSTOMERS = round(DAYS * 86400 / GAP)
EXACT = analytic.mmc_wait(SERVERS, 1 / GAP, SERVICE)
SCENARIO: dict[str, Any] = {
    "name": "mmc",
    "title": {"en": "M/M/c"},
    "time": {"start": dt.date(2018, 1, 1), "window": f"{DAYS} d"},
    "network": {"source": "own", "nodes": [{"id": "a", "lat": 0.0, "lon": 0.0}], "roads": []},
    "calendars": {"always": {"week": {"mon-sun": ["00:00-24:00"]}}},
    "stations": {"a": {"name": {"en": "A"}, "node": "a", "engineers": SERVERS, "covers": ["a"]}},
    "staff": {"calendar": "always"},
    "products": {
        "p": {
            "name": {"en": "P"},
            "rate": f"{86400 / GAP:.15g} /d",
            "modes": {
                "m": {"name": {"en": "M"}, "share": 1.0, "work": {"dist": "exponential", "mean": f"{SERVICE:g} s"}}
            },
        }
    },
    # So many units that hardly one is down: arrivals as good as Poisson.
    "demand": {"scale": 1e-6, "installed": [{"area": "a", "product": "p", "units": 10**6}]},
}


def plain(seed: int) -> float:
    """SimPy: mean wait in seconds."""
    luck, env, waits = random.Random(seed), simpy.Environment(), []
    servers = simpy.Resource(env, SERVERS)

    def customer() -> Any:
        came = env.now
        with servers.request() as turn:
            yield turn
            waits.append(env.now - came)
            yield env.timeout(luck.expovariate(1 / SERVICE))

    def source() -> Any:
        for _ in range(CUSTOMERS):
            yield env.timeout(luck.expovariate(1 / GAP))
            env.process(customer())

    env.process(source())
    env.run()
    return sum(waits) / len(waits)


def by_ciw(seed: int) -> float:
    """ciw: mean wait in seconds."""
    import ciw

    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(1 / GAP)],
        service_distributions=[ciw.dists.Exponential(1 / SERVICE)],
        number_of_servers=[SERVERS],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(CUSTOMERS)
    records = simulation.get_all_records()
    return sum(r.waiting_time for r in records) / len(records)


def by_salabim(seed: int) -> float:
    """salabim, components as generators: mean wait in seconds."""
    import salabim

    env = salabim.Environment(random_seed=seed, trace=False, yieldless=False)
    servers = salabim.Resource("servers", capacity=SERVERS)
    work = salabim.Exponential(SERVICE)

    class Customer(salabim.Component):
        def process(self) -> Any:
            yield self.request(servers)
            yield self.hold(work())
            self.release()

    salabim.ComponentGenerator(Customer, iat=salabim.Exponential(GAP), number=CUSTOMERS)
    env.run()
    return float(servers.requesters().length_of_stay.mean())


class Queue:
    """The ways of simulating M/M/c; each notes its mean wait."""

    def __init__(self) -> None:
        self.case = case = build(sv.from_dict(SCENARIO))
        self.found: dict[str, list[float]] = {}
        ways = {
            "compiled twin, with drawing": lambda r: self.wait(compiled.simulate(case, 1, r)),
            "reference engine, with drawing": lambda r: self.wait(reference.run(case, draw(case, 1, r))),
            "plain SimPy": plain,
        }
        ways |= {name: way for name, way in (("ciw", by_ciw), ("salabim", by_salabim)) if _there(name)}
        self.ways = [Way(name, lambda r, name=name, way=way: self.note(name, way(r))) for name, way in ways.items()]
        self.missing = [name for name in ("ciw", "salabim") if not _there(name)]

    def note(self, name: str, wait: float) -> float:
        """Keep a mean wait; the customers served."""
        self.found.setdefault(name, []).append(wait)
        return CUSTOMERS

    @staticmethod
    def wait(log: Any) -> float:
        """Mean wait of the tickets of a log."""
        t = log.tickets
        return float((t["assigned"] - t["ready"])[t["assigned"] >= 0].mean())

    def text(self) -> str:
        """The table."""
        base = next(w.median for w in self.ways if w.name.startswith("reference"))
        rows = [
            (
                w.name,
                f"{1000 * w.median:,.1f}",
                f"{2 * CUSTOMERS / w.median:,.0f}",
                f"{base / w.median:,.2f}",
                f"{sum(self.found[w.name]) / len(self.found[w.name]) / EXACT:.2f}",
            )
            for w in self.ways
        ]
        title = f"M/M/{SERVERS} at load {LOAD}, {CUSTOMERS:,} customers (arrival and end: two events each), CPU time"
        heads = ("way", "ms", "events/s", "× reference", "mean wait : exact")
        more = "".join(f"\n{name}: not installed" for name in self.missing)
        return table(title, heads, rows) + more


def _there(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True
