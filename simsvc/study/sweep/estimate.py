"""A dry run: how much a sweep will be, and about how long it will take."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from simsvc.engine import runner
from simsvc.engine.select import Engine
from simsvc.scenario import Scenario
from simsvc.study.cluster import connect
from simsvc.study.sweep import store as stores
from simsvc.study.sweep.point import run_point
from simsvc.study.sweep.run import Source, job, manifest, prepare
from simsvc.study.workers import Submits, Workers

TRIED = 3
"""Points that are timed: the first, the middle one, the last."""


@dataclass(frozen=True)
class Estimate:
    """What a sweep would be.

    Attributes
    ----------
    points, runs : int
        Points, and replications of all points together.
    done : int
        Points that the folder holds already.
    seconds : float
        Time for the rest with so many ``workers``; from a few points timed here.
    failed : dict of int to str
        Points among those timed that fail, with their error.
    """

    points: int
    runs: int
    done: int
    seconds: float
    workers: int
    failed: dict[int, str]


def estimate(
    scenario: Scenario,
    grid: Source,
    *,
    out: str | Path | None = None,
    replications: int | None = None,
    seed: int | None = None,
    engine: Engine = "auto",
    executor: Submits | None = None,
    scheduler: str | None = None,
    workers: int | None = None,
) -> Estimate:
    """What ``simsvc.sweep`` with the same arguments would do; nothing is written.

    Raises
    ------
    ScenarioError
        With everything that is wrong with the grid.
    StudyError
        If ``out`` holds something else, or the scheduler does not answer.
    """
    planned = prepare(scenario, grid, replications, seed)
    done = 0
    if out is not None:
        found = stores.stored(Path(out))
        stores.accept(found, manifest(planned))
        done = sum(len(found.points(part)) for part in found.complete()) if found is not None else 0
    shared = job(planned, runner(engine))
    run_point(replace(shared, replications=1), (0, planned.point(0)))  # compiles, fills caches
    failed, spent = {}, []
    for number in dict.fromkeys(round(k * (len(planned) - 1) / (TRIED - 1)) for k in range(TRIED)):
        start = time.perf_counter()
        rows = run_point(shared, (number, planned.point(number)))
        spent.append(time.perf_counter() - start)
        if isinstance(rows, str):
            failed[number] = rows
    with connect(scheduler) if scheduler is not None else nullcontext(executor) as where:
        count = Workers("reference", where, workers).count
    seconds = (len(planned) - done) * sum(spent) / len(spent) / count
    return Estimate(len(planned), len(planned) * planned.grid.replications, done, seconds, count, failed)
