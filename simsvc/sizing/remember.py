"""What is known of plans: one entry a replication, in memory and, where a folder is named, in a file that only grows.

The file: frames of (length, checksum, content) one after the other; the first says of what all the others speak. A
writer that is killed leaves a torn frame at the end, which the next one cuts off.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import weakref
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simsvc.errors import StudyError
from simsvc.measures import REASONS, Count
from simsvc.study.sweep.lock import locked

if TYPE_CHECKING:
    from simsvc.sizing.space import Levels

Floats = npt.NDArray[np.float64]
FORMAT = 1
"""Version of the file's layout."""
_FRAME = struct.Struct("<II")


@dataclass(frozen=True)
class Seen:
    """What one replication of a plan came to.

    ``kept``, ``cases``: shape (parts, areas + 1), the last for cases of no area; ``cell``, ``missed``: where there are
    misses, flat in (parts, areas + 1, REASONS), and how many; ``jobs``: visits of the contractor a year.
    """

    kept: Floats
    cases: Floats
    cell: npt.NDArray[np.uint32]
    missed: Floats
    jobs: float

    @classmethod
    def of(cls, counts: Sequence[Count], rows: int, jobs: float) -> Seen:
        """From the counts of every part, by so many rows."""
        reasons = np.array([count.reasons for count in counts], np.float64).ravel()
        cell = np.flatnonzero(reasons)
        kept = np.array([count.kept for count in counts], np.float64).reshape(len(counts), rows)
        cases = np.array([count.cases for count in counts], np.float64).reshape(len(counts), rows)
        return cls(kept, cases, cell.astype(np.uint32), reasons[cell], jobs)

    def reasons(self) -> Floats:
        """Misses by reason, shape (parts, areas + 1, REASONS)."""
        table = np.zeros(self.kept.size * len(REASONS))
        table[self.cell] = self.missed
        return table.reshape(*self.kept.shape, len(REASONS))


class Memory:
    """Entries by plan, replication 0 first.

    Parameters
    ----------
    of : mapping
        All that decides the entries besides plan and replication: scenario, levers, parts, seed, semantics.
    shape : tuple of int
        Parts, and areas + 1.
    width : int
        Levers.
    folder : Path, optional
        Where the file lies, under a name made of a digest of ``of``: searches for several promises share a folder.

    Raises
    ------
    StudyError
        If the folder can't be written, or another process writes to this file.
    """

    def __init__(self, of: Mapping[str, Any], shape: tuple[int, int], width: int, folder: Path | None = None) -> None:
        self._of = json.dumps(of, sort_keys=True, ensure_ascii=False, default=str).encode()
        self._shape, self._width = shape, width
        self._plans: dict[Levels, list[Seen]] = {}
        self._file: IO[bytes] | None = None
        if folder is not None:
            try:
                self._open(folder)
            except OSError as error:
                raise StudyError(f"{folder} can't be written: {error.strerror or error}") from error

    def known(self, levels: Levels) -> list[Seen]:
        """Entries of a plan so far."""
        return self._plans.get(levels, [])

    def add(self, levels: Levels, seen: Seen) -> None:
        """The next replication of a plan."""
        self._plans.setdefault(levels, []).append(seen)
        if self._file is not None:
            self._write(self._packed(levels, len(self._plans[levels]) - 1, seen))
            self._file.flush()

    def _open(self, folder: Path) -> None:
        name = hashlib.sha256(self._of).hexdigest()[:16]
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            stack.enter_context(locked(folder / f".{name}.lock"))
            file = stack.enter_context((folder / f"{name}.plans").open("a+b"))
            whole = self._read(file)
            file.seek(whole)
            file.truncate()
            self._file = file
            if not whole:
                self._write(self._of)
            weakref.finalize(self, stack.pop_all().close)

    def _read(self, file: IO[bytes]) -> int:
        """Take in what a file holds; how many of its bytes are whole."""
        whole = 0
        for k, (content, end) in enumerate(_frames(file)):
            if k == 0:
                if content != self._of:
                    break
            elif not self._unpacked(content):
                break
            whole = end
        return whole

    def _write(self, content: bytes) -> None:
        assert self._file is not None
        self._file.write(_FRAME.pack(len(content), zlib.crc32(content)) + content)

    def _packed(self, levels: Levels, replication: int, seen: Seen) -> bytes:
        head = [replication, *levels, seen.jobs]
        rows = (np.array(head, np.float64), seen.kept.ravel(), seen.cases.ravel(), seen.cell, seen.missed)
        return zlib.compress(np.concatenate(rows, dtype=np.float64).astype("<f8").tobytes(), 1)

    def _unpacked(self, content: bytes) -> bool:
        """Take in an entry; whether it is one, and the next of its plan."""
        row = np.frombuffer(zlib.decompress(content), "<f8").astype(np.float64)
        head, size = self._width + 2, self._shape[0] * self._shape[1]
        if len(row) < head + 2 * size or (len(row) - head - 2 * size) % 2:
            return False
        kept, cases = row[head : head + 2 * size].reshape(2, *self._shape)
        cell, missed = row[head + 2 * size :].reshape(2, -1)
        plan = self._plans.setdefault(tuple(row[1 : head - 1].astype(np.int64).tolist()), [])
        if row[0] != len(plan):
            return False
        plan.append(Seen(kept, cases, cell.astype(np.uint32), missed, float(row[head - 1])))
        return True


def _frames(file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Whole frames from the beginning, each with the place where it ends."""
    file.seek(0)
    size = os.fstat(file.fileno()).st_size
    while len(head := file.read(_FRAME.size)) == _FRAME.size:
        length, checksum = _FRAME.unpack(head)
        if length > size or zlib.crc32(content := file.read(length)) != checksum or len(content) < length:
            return
        yield content, file.tell()


_shared: weakref.WeakValueDictionary[tuple[str, str], Memory] = weakref.WeakValueDictionary()


def memory(of: Mapping[str, Any], shape: tuple[int, int], width: int, folder: Path | None) -> Memory:
    """The memory of all that asks for the same in this process, where there is one already; else a new one.

    Raises
    ------
    StudyError
        As ``Memory``.
    """
    key = (json.dumps(of, sort_keys=True, default=str), "" if folder is None else str(folder.resolve()))
    found = _shared.get(key)
    if found is None:
        found = _shared[key] = Memory(of, shape, width, folder)
    return found
