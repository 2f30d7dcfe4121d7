"""Replications of a case, one after the other or side by side: the same bits either way."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from typing import TypeVar

from simsvc.case import Case
from simsvc.engine.select import Engine, runner
from simsvc.log import Log
from simsvc.study.workers import Progress, Submits, Workers

T = TypeVar("T")


class Replicator:
    """Runs replications of one case and keeps its workers between calls. Use it in a ``with`` statement.

    Parameters
    ----------
    case : Case
        What to simulate.
    seed : int
        Study seed; replication r draws from (seed, r) alone.
    executor : object with ``submit``, or Workers, optional
        Where to run; left as it is afterwards.
    workers : int, optional
        How many workers to start (1: none), or how many the executor has. Default: one a core.
    engine : str
        ``"auto"``, ``"compiled"`` or ``"reference"``; the attribute ``engine`` says which of the two runs,
        ``workers`` where.

    Raises
    ------
    StudyError
        If the engine can't run.
    """

    def __init__(
        self,
        case: Case,
        seed: int,
        executor: Submits | Workers | None = None,
        workers: int | None = None,
        engine: Engine = "auto",
    ) -> None:
        self.case, self.seed, self.engine = case, seed, runner(engine)
        self._shared = isinstance(executor, Workers)
        self.workers = executor if isinstance(executor, Workers) else Workers(self.engine, executor, workers)

    def __enter__(self) -> Replicator:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if not self._shared:
            self.workers.__exit__(kind, error, trace)

    def map(
        self, task: Callable[[Case, Log], T], replications: Sequence[int], progress: Progress | None = None
    ) -> Iterator[T]:
        """``task(case, log)`` of each replication, in order. ``task`` must be importable (it travels to workers)."""
        if self.workers.here:
            function = partial(_replicate, self.case, self.engine, self.seed, task)
        else:
            function = partial(_remote, self._pickled, self.engine, self.seed, task)
        return self.workers.map(function, replications, progress)

    @cached_property
    def _pickled(self) -> bytes:
        return pickle.dumps(self.case, pickle.HIGHEST_PROTOCOL)


def one(case: Case, seed: int, replication: int, engine: Engine = "auto") -> Log:
    """The log of one replication by itself.

    Raises
    ------
    StudyError
        If the engine can't run.
    """
    if runner(engine) == "compiled":
        from simsvc.engine.compiled import simulate

        return simulate(case, seed, replication)
    from simsvc.engine.reference import run
    from simsvc.workload import draw

    return run(case, draw(case, seed, replication))


def _replicate(case: Case, engine: Engine, seed: int, task: Callable[[Case, Log], T], replication: int) -> T:
    return task(case, one(case, seed, replication, engine))


def _remote(blob: bytes, engine: Engine, seed: int, task: Callable[[Case, Log], T], replication: int) -> T:
    return _replicate(_unpickled(blob), engine, seed, task, replication)


@lru_cache(maxsize=2)
def _unpickled(blob: bytes) -> Case:
    """Made once a worker, with all that a case keeps for the replications to come."""
    case: Case = pickle.loads(blob)
    return case
