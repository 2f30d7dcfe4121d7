"""Workers of a Dask cluster, for when one machine is too small."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from typing import Any

from simsvc.errors import SimsvcError, StudyError

TIMEOUT_S = 30
"""Seconds in which the scheduler has to answer, and to have a worker."""


class Cluster:
    """The workers of a scheduler as an executor.

    A worker that dies is replaced by others: the scheduler gives its tasks to them. A task that outlives none of its
    workers breaks with ``BrokenExecutor``; ``mends``: the cluster goes on after that.
    """

    mends = True

    def __init__(self, client: Any) -> None:
        self._client = client

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> _Task:
        """Run ``fn(*args)`` on a worker, which needs the same version of simsvc."""
        return _Task(self._client.submit(fn, *args, pure=False))

    def nthreads(self) -> dict[str, int]:
        """Tasks that each worker runs side by side."""
        found: dict[str, int] = self._client.nthreads()
        return found


class _Task:
    """A task's result to come; what goes wrong on the way says so."""

    def __init__(self, future: Any) -> None:
        self._future = future

    def done(self) -> bool:
        return bool(self._future.done())

    def cancel(self) -> None:
        self._future.cancel()

    def result(self, timeout: float | None = None) -> Any:
        from distributed import KilledWorker

        try:
            return self._future.result(timeout=timeout)
        except (SimsvcError, TimeoutError):
            raise
        except KilledWorker as error:
            raise BrokenExecutor(f"{error.allowed_failures + 1} workers of the cluster died at it") from error
        except Exception as error:
            raise StudyError(f"the cluster failed: {type(error).__name__}: {error}") from error


@contextmanager
def connect(address: str) -> Iterator[Cluster]:
    """The workers of the scheduler at an address (``"tcp://10.0.0.5:8786"``); they are left as they were.

    Raises
    ------
    StudyError
        If the extra ``cluster`` is not installed, nothing answers at the address, or the scheduler has no worker.
    """
    try:
        from distributed import Client
    except ImportError:
        raise StudyError("a cluster needs dask: pip install 'simsvc[cluster]'") from None
    try:
        client: Any = Client(address, timeout=TIMEOUT_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise StudyError(
            f"no Dask scheduler answers at {address} ({reason}); start one with: dask scheduler"
        ) from error
    try:
        client.wait_for_workers(1, timeout=TIMEOUT_S)
    except TimeoutError:
        client.close()
        raise StudyError(f"the scheduler at {address} has no worker; start some with: dask worker {address}") from None
    try:
        yield Cluster(client)
    finally:
        client.close()
