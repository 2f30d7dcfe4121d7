"""Simulate a scenario and keep the logs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simsvc.case import Case, build
from simsvc.engine.select import Engine, Name, runner
from simsvc.errors import Problem, ScenarioError
from simsvc.log import TABLES, Log
from simsvc.scenario import Scenario
from simsvc.study.frames import frame
from simsvc.study.replicate import Replicator
from simsvc.study.workers import Progress, Submits, Workers

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Study:
    """Replications of a scenario with their logs.

    Attributes
    ----------
    scenario, case : Scenario, Case
        What was simulated.
    seed : int
        Study seed.
    logs : mapping of int to Log
        Log by number of the replication.
    engine : str
        Engine that made them, ``"compiled"`` or ``"reference"``.
    tickets, visits, jobs, orders, stock, engineers : pandas.DataFrame
        All replications in one table each; columns as in ``simsvc.log.schema``.
    """

    scenario: Scenario
    case: Case
    seed: int
    logs: Mapping[int, Log]
    engine: Name

    def rows(self) -> dict[str, int]:
        """Rows of each table over all replications."""
        return {t: sum(len(next(iter(getattr(log, t).values()))) for log in self.logs.values()) for t in TABLES}

    @cached_property
    def tickets(self) -> pd.DataFrame:
        """One row a ticket, open ones included."""
        return frame(self.case, "tickets", self.logs.items())

    @cached_property
    def visits(self) -> pd.DataFrame:
        """One row a visit."""
        return frame(self.case, "visits", self.logs.items())

    @cached_property
    def jobs(self) -> pd.DataFrame:
        """One row a planned job (inspection or installation)."""
        return frame(self.case, "jobs", self.logs.items())

    @cached_property
    def orders(self) -> pd.DataFrame:
        """One row an order."""
        return frame(self.case, "orders", self.logs.items())

    @cached_property
    def stock(self) -> pd.DataFrame:
        """One row a stock movement."""
        return frame(self.case, "stock", self.logs.items())

    @cached_property
    def engineers(self) -> pd.DataFrame:
        """One row a spell of an engineer's work."""
        return frame(self.case, "engineers", self.logs.items())


def simulate(
    scenario: Scenario,
    replications: int = 10,
    *,
    seed: int = 1,
    first: int = 0,
    engine: Engine = "auto",
    executor: Submits | Workers | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Study:
    """Simulate replications and keep their logs.

    Parameters
    ----------
    scenario : Scenario
        From :func:`simsvc.load`.
    replications : int
        How many; replication ``r`` is the same whatever the number, the engine's workers or their order.
    seed : int
        Study seed, 0 or more.
    first : int
        Number of the first replication (to run one again alone).
    engine : str
        ``"compiled"`` (numba), ``"reference"`` (SimPy), or ``"auto"``: the compiled engine where numba is there, else
        the reference, with one warning. Both give the same log.
    executor : object with ``submit``, optional
        Where to run the replications (``concurrent.futures`` or alike, a Dask client, ``Workers`` to keep between
        calls). By default threads for the compiled engine, spawned processes for the reference.
    workers : int, optional
        How many; default one a core, 1 for none.
    progress : callable, optional
        ``progress(done, total)``.

    Raises
    ------
    ScenarioError
        If the scenario does not fit its network.
    StudyError
        If the engine can't run, or a worker dies.
    """
    check_budget(replications, seed)
    name = runner(engine)
    case = build(scenario)
    numbers = range(first, first + replications)
    with Replicator(case, seed, executor, workers, name) as replicator:
        logs = dict(zip(numbers, replicator.map(_log, numbers, progress), strict=True))
    return Study(scenario, case, seed, logs, name)


def check_budget(replications: int, seed: int) -> None:
    """Refuse a study that cannot be run."""
    problems = []
    if replications < 1:
        problems.append(Problem("replications", str(replications), "at least 1 is needed", "write 10 or more"))
    if seed < 0:
        problems.append(Problem("seed", str(seed), "a seed is a whole number from 0", "write for instance 1"))
    if problems:
        raise ScenarioError(problems)


def _log(_: Case, log: Log) -> Log:
    return log
