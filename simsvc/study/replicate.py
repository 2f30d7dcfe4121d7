"""Replications of a case, one after the other or side by side: the same bits either way."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from simsvc.case import Case
from simsvc.engine.reference import run
from simsvc.log import Log
from simsvc.workload import draw

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Called with (replications done, replications in all)."""


class Submits(Protocol):
    """Anything with ``submit`` as in concurrent.futures."""

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Any:
        """Run ``fn(*args)`` somewhere; ``result()`` of what comes back waits for it."""


class Replicator:
    """Runs replications of one case and keeps its workers between calls. Use it in a ``with`` statement.

    Parameters
    ----------
    case : Case
        What to simulate.
    seed : int
        Study seed; replication r draws from (seed, r) alone.
    executor : object with ``submit``, optional
        Where to run; left as it is afterwards.
    workers : int, optional
        Without an executor: processes to start, 1 for none. Default: one a core.
    """

    def __init__(self, case: Case, seed: int, executor: Submits | None = None, workers: int | None = None) -> None:
        self.case, self.seed = case, seed
        self._given = executor
        self._own: ProcessPoolExecutor | None = None
        self._pickled = b""
        self._workers = workers if workers is not None else os.cpu_count() or 1

    def __enter__(self) -> Replicator:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._own is None:
            return
        if kind is not None:
            # Interrupted or failed: what the workers are at is of no use any more.
            for process in list((self._own._processes or {}).values()):
                process.terminate()
        self._own.shutdown(wait=True, cancel_futures=True)

    def map(
        self, task: Callable[[Case, Log], T], replications: Sequence[int], progress: Progress | None = None
    ) -> Iterator[T]:
        """``task(case, log)`` of each replication, in order. ``task`` must be importable (it travels to workers)."""
        total = len(replications)
        if self._given is None and (self._workers <= 1 or total <= 1):
            for done, r in enumerate(replications, 1):
                yield task(self.case, one(self.case, self.seed, r))
                _tell(progress, done, total)
            return
        blob = self._blob()
        executor = self._given if self._given is not None else self._processes()
        with _quiet_start():
            futures: list[Future[T]] = [executor.submit(_remote, blob, self.seed, r, task) for r in replications]
        try:
            for done, future in enumerate(futures, 1):
                yield future.result()
                _tell(progress, done, total)
        finally:
            for future in futures:
                future.cancel()

    def _processes(self) -> Executor:
        if self._own is None:
            # Spawned, not forked: safe beside threads, in notebooks and on every system.
            context = multiprocessing.get_context("spawn")
            self._own = ProcessPoolExecutor(self._workers, mp_context=context, initializer=_follow_parent)
        return self._own

    def _blob(self) -> bytes:
        if not self._pickled:
            self._pickled = pickle.dumps(self.case)
        return self._pickled


def _follow_parent() -> None:
    """In a worker: leave Ctrl-C to the parent, which stops its workers, and end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _quiet_start() -> Iterator[None]:
    """Keep workers that are spawned now from importing the caller's main module, and from Ctrl-C while they start.

    They need simsvc alone; a script without ``if __name__ == "__main__"`` would otherwise start itself over and over.
    A signal that is ignored here is ignored by what is spawned here.
    """
    in_main = threading.current_thread() is threading.main_thread()
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN) if in_main else None
    main = sys.modules["__main__"]
    names = ("__file__", "__spec__")
    hidden: dict[str, Any] = {name: main.__dict__.pop(name) for name in names if name in main.__dict__}
    main.__spec__ = None
    try:
        yield
    finally:
        main.__dict__.update(hidden)
        if in_main:
            signal.signal(signal.SIGINT, handler)


def one(case: Case, seed: int, replication: int) -> Log:
    """One replication by itself."""
    return run(case, draw(case, seed, replication))


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


def _remote(blob: bytes, seed: int, replication: int, task: Callable[[Case, Log], T]) -> T:
    case = _unpickled(blob)
    return task(case, one(case, seed, replication))


@lru_cache(maxsize=2)
def _unpickled(blob: bytes) -> Case:
    case: Case = pickle.loads(blob)
    return case
