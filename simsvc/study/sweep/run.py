"""Sweeps: many variants of a scenario, simulated with the same luck, stored so that they can be interrupted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

from simsvc.engine import SEMANTICS, runner
from simsvc.engine.select import Engine, Name
from simsvc.scenario import Scenario
from simsvc.study.cluster import connect
from simsvc.study.simulate import check_budget
from simsvc.study.sweep import store as stores
from simsvc.study.sweep.grid import Grid
from simsvc.study.sweep.point import Job, pack, run_point
from simsvc.study.sweep.points import Plan, plan
from simsvc.study.sweep.result import Sweep
from simsvc.study.sweep.store import Store
from simsvc.study.sweep.table import ERROR, table
from simsvc.study.sweep.work import Result, results
from simsvc.study.workers import Progress, Submits

Source = Grid | Mapping[str, Any] | str | Path


def sweep(
    scenario: Scenario,
    grid: Source,
    *,
    out: str | Path,
    replications: int | None = None,
    seed: int | None = None,
    engine: Engine = "auto",
    executor: Submits | None = None,
    scheduler: str | None = None,
    workers: int | None = None,
    retry: bool = False,
    progress: Progress | None = None,
) -> Sweep:
    """Simulate every point of a grid and store what is found, or go on where an earlier run was stopped.

    All points meet the same luck (common random numbers), so that differences between them are due to what was changed.

    Parameters
    ----------
    scenario : Scenario
        What is varied.
    grid : Grid, mapping, str or Path
        A GRID.toml, or its values laid out as in one; see docs/sweeps.md.
    out : str or Path
        Folder of the results: a new one, or one with the same sweep begun.
    replications, seed : int, optional
        In place of the grid's.
    engine : str
        As in :func:`simsvc.simulate`; the results are the same.
    executor : object with ``submit``, optional
        Where to run the points.
    scheduler : str, optional
        Address of a Dask scheduler (``"tcp://…:8786"``) on whose workers to run the points.
    workers : int, optional
        Processes to start when there is neither; default one a core, 1 for none.
    retry : bool
        Do the points again that failed before.
    progress : callable, optional
        ``progress(done, total)`` in points, of those still to do.

    Returns
    -------
    Sweep
        Points that failed are listed in ``failed``; they stop no other.

    Raises
    ------
    ScenarioError
        With everything that is wrong with the grid.
    StudyError
        If the folder holds something else, another process writes to it, or the workers can't be reached.
    """
    planned = prepare(scenario, grid, replications, seed)
    used = runner(engine)
    with ExitStack() as stack:
        store = stack.enter_context(stores.writing(Path(out), manifest(planned)))
        if retry:
            _forget_failed(store)
        done = store.complete()
        missing = [part for part in range(store.parts) if part not in done]
        if missing and scheduler is not None:
            executor = stack.enter_context(connect(scheduler))
        numbers = [number for part in missing for number in store.points(part)]
        shared = job(planned, used)
        if used == "compiled" and executor is None and numbers:
            # What compiles is compiled here, once, before processes start that would each do it for themselves; at no
            # point of the sweep, for one that kills its worker would kill this process.
            run_point(replace(shared, replications=1), (0, {}))
        found = results(planned, shared, numbers, executor, workers)
        told = _tell(stack.enter_context(closing(found)), len(numbers), progress)
        for part in missing:
            store.write(part, table(planned, [next(told) for _ in store.points(part)]))
    return Sweep(store)


def prepare(scenario: Scenario, grid: Source, replications: int | None = None, seed: int | None = None) -> Plan:
    """The points of a sweep, with another number of replications or another seed.

    Raises
    ------
    ScenarioError
        With everything that is wrong with the grid.
    """
    made = plan(scenario, grid)
    wanted = {"replications": replications, "seed": seed}
    changed = made.grid.model_copy(update={k: v for k, v in wanted.items() if v is not None})
    check_budget(changed.replications, changed.seed)
    return Plan(made.scenario, changed, made.blocks)


def manifest(planned: Plan) -> dict[str, Any]:
    """What is computed, and what for."""
    grid, scenario = planned.grid, planned.scenario
    of = {
        "store": stores.FORMAT,
        "scenario": scenario.hash,
        "points": stores.fingerprint({"blocks": planned.blocks}),
        "replications": grid.replications,
        "seed": grid.seed,
        "areas": grid.areas,
        "readings": grid.readings,
        "semantics": SEMANTICS,
    }
    return {
        "format": stores.FORMAT,
        "fingerprint": stores.fingerprint(of),
        "of": of,
        "points": len(planned),
        "scenario": scenario.name,
        "replications": grid.replications,
        "seed": grid.seed,
        "inputs": [{"column": c.name, "path": c.path, "unit": c.unit, "base": c.base} for c in planned.columns],
        "grid": grid.model_dump(by_alias=True, exclude_unset=True),
        "scenario_text": scenario.to_toml(),
        "versions": {name: metadata.version(name) for name in ("simsvc", "numpy", "scipy", "pyarrow")},
    }


def job(planned: Plan, engine: Name) -> Job:
    """What all points share, to travel."""
    grid = planned.grid
    return Job(pack(planned.scenario), engine, grid.seed, grid.replications, grid.areas, grid.readings)


def _forget_failed(store: Store) -> None:
    """Take away the parts in which a point failed, so that they are done again."""
    for file in store.complete().values():
        errors = store.read(file)[ERROR]
        if errors.null_count < len(errors):
            file.unlink()


def _tell(found: Iterator[Result], total: int, progress: Progress | None) -> Iterator[Result]:
    for done, result in enumerate(found, 1):
        if progress is not None:
            progress(done, total)
        yield result
