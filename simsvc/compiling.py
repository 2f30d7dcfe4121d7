"""Who wants to know that functions are being compiled: it happens once a machine, then they come from the disk.

This imports no numba, so that anybody may ask to be told before it is known whether anything will be compiled.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

Tell = Callable[[int, int, float], None]
"""Called with (functions compiled, functions there are, seconds spent so far) when one is begun and when it is done."""

_told: list[Tell] = []
_log = logging.getLogger("simsvc")


@contextmanager
def watched(tell: Tell) -> Iterator[None]:
    """Have ``tell`` called, from whichever thread compiles, while the ``with`` statement lasts."""
    _told.append(tell)
    try:
        yield
    finally:
        _told.remove(tell)


@cache
def listen() -> None:
    """Listen to numba from now on; called by whoever imports it."""
    from numba.core import event

    class Listener(event.Listener):
        def on_start(self, event: Any) -> None:
            if _ours(event):
                _count.begun()

        def on_end(self, event: Any) -> None:
            if _ours(event):
                _count.ended()

    event.register("numba:compile", Listener())  # type: ignore[no-untyped-call]


def _ours(event: Any) -> bool:
    return str(event.data["dispatcher"].py_func.__module__).startswith("simsvc.")


class _Count:
    """Functions compiled in this process, and the time that took; one that calls others lasts as long as they do."""

    def __init__(self) -> None:
        self.done, self.depth, self.before, self.since = 0, 0, 0.0, 0.0
        self._lock = threading.RLock()

    def begun(self) -> None:
        with self._lock:
            if self.done == 0 and self.depth == 0:
                _log.info("compiling the engine, once a machine")
            if self.depth == 0:
                self.since = time.monotonic()
            self.depth += 1
            self._tell()

    def ended(self) -> None:
        with self._lock:
            self.depth -= 1
            self.done += 1
            if self.depth == 0:
                self.before += time.monotonic() - self.since
            self._tell()

    def _tell(self) -> None:
        seconds = self.before + (time.monotonic() - self.since if self.depth else 0.0)
        for tell in _told.copy():
            tell(self.done, max(kernels(), self.done + self.depth), seconds)


_count = _Count()


@cache
def kernels() -> int:
    """Functions of the package that can be compiled."""
    texts = (path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("*.py"))
    return sum(len(re.findall(r"^@(?:lean_)?kernel$", text, re.MULTILINE)) for text in texts)
