"""Workers that run tasks side by side and hand back the results in order."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any, Protocol, TypeVar

from simsvc.engine.select import Name
from simsvc.errors import StudyError
from simsvc.study.spawned import follow_parent, quiet_start, stoppable

T = TypeVar("T")
Item = TypeVar("Item")
Progress = Callable[[int, int], None]
"""Called with (items done, items in all). One with a method ``counting(unit)`` is told when what is counted changes."""
SPELL = 0.5
"""Seconds of waiting after which Ctrl-C is heard on systems where a wait can't be interrupted."""
MOST_TOGETHER, SHARE = 16, 16
"""Tasks that travel in one go: at most so many, and at most this part of what a worker has to do."""
WINDOWS_MOST = 61
"""Processes that Windows can wait for."""
UNKNOWN = 32
"""Workers that an executor is taken to have if it does not say."""


class Submits(Protocol):
    """Anything with ``submit`` as in concurrent.futures."""

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Any:
        """Run ``fn(*args)`` somewhere; what comes back has ``result(timeout)``, ``done`` and ``cancel`` of a future."""


class Workers:
    """Workers that are started when first needed and kept until the end of the ``with`` statement.

    Parameters
    ----------
    engine : str
        ``"compiled"``: threads, for it runs without the interpreter's lock; ``"reference"``: spawned processes.
    executor : object with ``submit``, optional
        Where to run instead; left as it is afterwards. Threads, processes, a Dask client: the results are the same.
    workers : int, optional
        How many (default: one a core; 1: none is started), or how many the executor has.
    apart : bool
        Run nothing in this process even if there is only one worker or one task.

    Attributes
    ----------
    count : int
        Workers.
    here : bool
        Tasks run in this process: nothing that they are given or give back has to travel.
    """

    def __init__(
        self, engine: Name, executor: Submits | None = None, workers: int | None = None, *, apart: bool = False
    ) -> None:
        self._given, self._apart = executor, apart
        self._own: Executor | None = None
        self._stop: Connection | None = None
        self._processes = executor is None and engine == "reference"
        self.count = workers if workers is not None else _capacity(executor)
        if self._processes and sys.platform == "win32":
            self.count = min(self.count, WINDOWS_MOST)
        threads = not self._processes and (executor is None or isinstance(executor, ThreadPoolExecutor))
        self.here = threads or (self._processes and self.count <= 1 and not apart)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and self._stop is not None:
            self._stop.close()  # interrupted or failed: what the workers are at is of no use any more
        if self._own is not None:
            self._own.shutdown(wait=True, cancel_futures=True)
            self._own = self._stop = None

    def map(
        self,
        function: Callable[[Item], T],
        items: Sequence[Item],
        progress: Progress | None = None,
        together: int = MOST_TOGETHER,
    ) -> Iterator[T]:
        """``function(item)`` of every item, in order; so few at a time that memory stays bounded.

        ``function`` must be importable, or a ``functools.partial`` of what is: it travels to workers, as items do, at
        most ``together`` in one go.

        Raises
        ------
        StudyError
            If a worker dies.
        """
        results = self._inline(function, items) if self._alone(items) else self._spread(function, items, together)
        for done, result in enumerate(results, 1):
            yield result
            if progress is not None:
                progress(done, len(items))

    def _alone(self, items: Sequence[Any]) -> bool:
        return self._given is None and not self._apart and (self.count <= 1 or len(items) <= 1)

    @staticmethod
    def _inline(function: Callable[[Item], T], items: Sequence[Item]) -> Iterator[T]:
        yield from map(function, items)

    def _spread(self, function: Callable[[Item], T], items: Sequence[Item], together: int) -> Iterator[T]:
        size = 1 if self.here else min(max(len(items) // (SHARE * self.count), 1), together)
        bundles = (items[k : k + size] for k in range(0, len(items), size))
        under_way: deque[Any] = deque()
        try:
            for bundle in bundles:
                under_way.append(self._submit(_several, function, bundle))
                if len(under_way) > 2 * self.count:
                    yield from _result(under_way.popleft())
            while under_way:
                yield from _result(under_way.popleft())
        except BrokenExecutor as error:
            under_way.clear()  # all of them are broken
            raise StudyError(
                f"a worker process died ({error}); perhaps memory ran out: take fewer workers, or one"
            ) from error
        finally:
            for future in under_way:
                future.cancel()

    def _submit(self, function: Callable[..., T], *arguments: Any) -> Future[T] | Any:
        if self._given is not None:
            return self._given.submit(function, *arguments)
        if self._own is None:
            self._own = self._started()
        if not self._processes:
            return self._own.submit(function, *arguments)
        with quiet_start():
            return self._own.submit(stoppable, function, *arguments)

    def _started(self) -> Executor:
        if not self._processes:
            return ThreadPoolExecutor(self.count, thread_name_prefix="simsvc")
        # Spawned, not forked: safe beside threads, in notebooks and on every system.
        context = multiprocessing.get_context("spawn")
        reader, self._stop = context.Pipe(duplex=False)
        return ProcessPoolExecutor(self.count, mp_context=context, initializer=follow_parent, initargs=(reader,))


def in_points(progress: Progress | None) -> Progress | None:
    """The callback for a stage that counts points rather than replications."""
    counting: Callable[[str], Progress] | None = getattr(progress, "counting", None)
    return counting("points") if counting is not None else progress


def shifted(progress: Progress | None, done: int, total: int) -> Progress | None:
    """The callback for a part of the work, before which so much is done, in all of it."""
    return None if progress is None else lambda n, _: progress(done + n, total)


def _several(function: Callable[[Item], T], items: Sequence[Item]) -> list[T]:
    return [function(item) for item in items]


def _result(future: Any) -> Any:
    while True:
        try:
            return future.result(timeout=SPELL)
        except TimeoutError:
            if future.done():  # in the meantime, or it is the task's own error
                return future.result()


def _capacity(executor: Submits | None) -> int:
    """Workers of an executor: of concurrent.futures, of a Dask client, else a guess; without one a worker a core."""
    if executor is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if hasattr(executor, "nthreads"):
        return max(int(sum(executor.nthreads().values())), 1)
    known: int = getattr(executor, "_max_workers", UNKNOWN)
    return known
