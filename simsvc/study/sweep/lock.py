"""One writer to a folder: a lock that the system takes away when its process ends, however it ends."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simsvc.errors import StudyError


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock of a file, which is made if need be and stays.

    Raises
    ------
    StudyError
        If another process holds it; its name is told.
    """
    number = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _take(number)
        except OSError:
            holder = file.read_text(encoding="utf-8", errors="replace").strip() if sys.platform != "win32" else ""
            who = f" ({holder})" if holder else ""
            raise StudyError(f"{file.parent}: another process{who} is writing here; wait for it, or stop it") from None
        os.ftruncate(number, 0)
        os.write(number, f"process {os.getpid()} on {platform.node()}\n".encode())
        yield
    finally:
        os.close(number)


if sys.platform == "win32":
    import msvcrt

    def _take(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
