"""Speed of the reference engine: a year of huitian-2018, on one core, in one run.

    python benchmarks/reference_engine.py [runs]

Prints the median of the runs: seconds to draw and to simulate, scaled to a simulated year of 365 days, tickets and
events per second. The last column is a ratio within this run: against the same number of bare SimPy timeouts.
"""

from __future__ import annotations

import statistics
import sys
import time

import simpy

import simsvc as sv
from simsvc.case import build
from simsvc.engine.reference import run
from simsvc.engine.reference.environment import Environment
from simsvc.workload import draw


def timed(what):
    """Result and CPU seconds of a call."""
    start = time.process_time()
    result = what()
    return result, time.process_time() - start


def bare(events: int) -> None:
    """So many timeouts of one process."""
    env = simpy.Environment()

    def ticks():
        for _ in range(events):
            yield env.timeout(1)

    env.process(ticks())
    env.run()


def counted(case, workload) -> int:
    """Events of a run."""
    steps = 0
    plain = Environment.step

    def step(env: Environment) -> None:
        nonlocal steps
        steps += 1
        plain(env)

    Environment.step = step  # type: ignore[method-assign]
    try:
        run(case, workload)
    finally:
        Environment.step = plain  # type: ignore[method-assign]
    return steps


def main(runs: int = 5) -> None:
    """Measure and print."""
    case = build(sv.load("huitian-2018"))
    run(case, draw(case, 1, 0))
    years = case.span.horizon / 31_536_000
    drawing, running, empty, tickets = [], [], [], 0
    for replication in range(runs):
        workload, seconds = timed(lambda r=replication: draw(case, 1, r))
        drawing.append(seconds / years)
        log, seconds = timed(lambda w=workload: run(case, w))
        running.append(seconds / years)
        tickets += len(log.tickets["ticket"])
    events = counted(case, workload)
    empty = [timed(lambda: bare(events))[1] / years for _ in range(runs)]
    draws, runs_s, bare_s = (statistics.median(x) for x in (drawing, running, empty))
    per_year = tickets / runs / years
    print(f"{case.model.name}, {runs} replications, median, per simulated year of 365 days, one core")
    print(f"  draw the luck      {draws:6.3f} s")
    print(
        f"  simulate           {runs_s:6.3f} s   ({per_year:,.0f} tickets: {per_year / runs_s:,.0f} tickets/s; "
        f"{events / years:,.0f} events: {events / years / runs_s:,.0f} events/s)"
    )
    print(f"  both               {draws + runs_s:6.3f} s")
    print(f"  as many bare SimPy timeouts {bare_s:6.3f} s: the engine takes {runs_s / bare_s:.1f} times as long")


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:2]))
