"""Times needed, counted by bins: what any other limit would have kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from simsvc.case.arrays import Ints

STEPS = 1440
"""Limits tried for the promise that can be kept, each ``width`` seconds longer; bin ``STEPS + 1`` is later or never."""
BINS = STEPS + 2
Small = npt.NDArray[np.unsignedinteger[Any]]
"""Counts in the smallest type that holds them: thousands of replications are kept side by side."""


@dataclass(frozen=True)
class Delays:
    """Cases by row (an area or a zone) and bin, where there are any.

    ``cell``: row x ``BINS`` + bin, rising, in a type that holds ``BINS``; ``cases``: how many. Both of shape (cells,).
    """

    cell: Small
    cases: Small

    @classmethod
    def of(cls, cell: Ints) -> Delays:
        """From the cell of each case."""
        found, cases = np.unique(cell, return_counts=True)
        return cls.sparse(found, cases)

    @classmethod
    def sparse(cls, cell: Ints, cases: Ints) -> Delays:
        """From cells and how many cases each holds."""
        return cls(small(cell, max(BINS, int(cell[-1]) if len(cell) else 0)), small(cases, int(cases.max(initial=0))))

    def table(self, rows: int) -> Ints:
        """Cases by row and bin, shape (rows, BINS)."""
        whole = np.zeros(rows * BINS, np.int64)
        whole[self.cell] = self.cases
        return whole.reshape(rows, BINS)


class Binned(NamedTuple):
    """Times needed over several replications: ``cases`` (replications, bins) by the ``bins`` in which there are any,
    besides the first bin and the last."""

    bins: Ints
    cases: Ints

    def total(self) -> Ints:
        """Cases of all replications by every bin, shape (BINS,)."""
        found = np.zeros(BINS, np.int64)
        found[self.bins] = self.cases.sum(axis=0)
        return found


class Stacked:
    """The delays of several replications, to be taken out row by row."""

    def __init__(self, delays: Sequence[Delays]) -> None:
        self.replications = len(delays)
        row, column = np.divmod(np.concatenate([d.cell for d in delays]), np.int32(BINS))
        of = np.repeat(np.arange(self.replications), [len(d.cell) for d in delays])
        order = np.argsort(row.astype(np.uint16), kind="stable")
        self._first = np.append(0, np.cumsum(np.bincount(row)))
        self._bin, self._of = column[order], of[order]
        self._cases = np.concatenate([d.cases for d in delays])[order]

    def row(self, row: int) -> Binned:
        """Times of a row."""
        first, last = self._first[np.minimum((row, row + 1), len(self._first) - 1)]
        return self._binned(slice(first, last))

    def all(self) -> Binned:
        """Times of all rows together."""
        return self._binned(slice(None))

    def _binned(self, some: slice) -> Binned:
        used = np.zeros(BINS, np.bool_)
        used[[0, -1]] = used[self._bin[some]] = True
        bins = np.flatnonzero(used)
        at = self._of[some] * len(bins) + (np.cumsum(used) - 1)[self._bin[some]]
        found = np.bincount(at, self._cases[some], self.replications * len(bins))
        return Binned(bins, found.astype(np.int64).reshape(self.replications, len(bins)))


def small(counts: npt.NDArray[np.integer[Any]], most: int) -> Small:
    """Counts in the smallest type that holds ``most``."""
    return counts.astype(np.min_scalar_type(most))


def width(limit: float) -> int:
    """Width in seconds of the bins of a limit: a 120th of it (a minute for 2 hours), so that limits up to 12 times as
    long are tried."""
    return max(1, round(limit / 120))


def bin_of(elapsed: Ints, step: int, strict: bool) -> Ints:
    """Smallest k with ``elapsed`` within (``strict``: below) k x ``step``; ``STEPS + 1`` when longer or never (-1)."""
    needed = elapsed // step + 1 if strict else -(-elapsed // step)
    return np.where(elapsed < 0, STEPS + 1, np.minimum(needed, STEPS + 1))
