"""Worker processes: how they are started, and how they stop as soon as they are told to, between one line and the next.

They are not killed: one that is killed while it sends a result leaves its parent waiting for the rest of it for ever.
"""

from __future__ import annotations

import _thread
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

T = TypeVar("T")


class Stopped(BaseException):
    """The parent has no use for the result."""


class _State:
    """Of this worker."""

    stopping = False
    busy = False


_state = _State()


def follow_parent(stop: Connection) -> None:
    """In a worker that begins: stop when the other end of ``stop`` is closed, end when the parent is gone.

    Ctrl-C is left to the parent, which stops its workers.
    """
    signal.signal(signal.SIGINT, _interrupted)
    threading.Thread(target=_watch, args=(stop,), daemon=True).start()


def _watch(stop: Connection) -> None:
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if parent.sentinel not in wait([parent.sentinel, stop]):
        _state.stopping = True
        _thread.interrupt_main()
        parent.join()
    os._exit(1)


def _interrupted(*_: object) -> None:
    if _state.stopping and _state.busy:
        raise Stopped


def stoppable(function: Callable[..., T], *arguments: Any) -> T:
    """``function(*arguments)`` in a worker, given up when the parent says so."""
    _state.busy = True
    try:
        if _state.stopping:
            raise Stopped
        return function(*arguments)
    finally:
        _state.busy = False


@contextmanager
def quiet_start() -> Iterator[None]:
    """Keep workers that are spawned now from importing the caller's main module, and from Ctrl-C while they start.

    They need simsvc alone; a script without ``if __name__ == "__main__"`` would otherwise start itself over and over.
    A signal that is blocked here is blocked in what is spawned here, and comes through here afterwards.
    """
    masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if sys.platform != "win32" else None
    main = sys.modules["__main__"]
    names = ("__file__", "__spec__")
    hidden: dict[str, Any] = {name: main.__dict__.pop(name) for name in names if name in main.__dict__}
    main.__spec__ = None
    try:
        yield
    finally:
        main.__dict__.update(hidden)
        if sys.platform != "win32" and masked is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, masked)
