"""Nonhomogeneous Poisson arrivals whose points never change their names.

A process is a unit-rate Poisson scatter over (time, height); an event happens where its height lies below the rate.
Heights (events a year) are cut into fixed slabs [0, 1), [1, 2), [2, 4), [4, 8) …, each a homogeneous process with
keyed gaps (Lewis and Shedler 1979, thinning). A changed rate so adds or removes points and renumbers none, whatever
the rates were: the envelope does not depend on them. The gaps start anew in blocks of 28 civil days, so that a longer
window or another warm-up keeps the points of the days they share.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from simsvc.clock import DAY
from simsvc.luck import Stream, derive, inverse, uniforms
from simsvc.workload.tables import Floats, Ints, Keys

YEAR = 31_536_000.0
BLOCK_DAYS = 28
BLOCK = BLOCK_DAYS * DAY


@dataclass(frozen=True, eq=False)
class Rates:
    """Rates of several processes, events a year: ``scale`` × ``factors[shape]`` by ``step`` seconds of the run.

    ``keys``, ``scale``, ``shape``: a row a process. ``horizon``, ``first_day``: length of the run in seconds, and the
    civil day (proleptic ordinal) on which it starts, since points go by civil time.
    """

    keys: Keys
    scale: Floats
    shape: Ints
    factors: Floats
    step: int
    horizon: int
    first_day: int

    @cached_property
    def blocks(self) -> range:
        """Blocks of civil days that the run touches."""
        return range(self.first_day // BLOCK_DAYS, (self.first_day + -(-self.horizon // DAY)) // BLOCK_DAYS + 1)

    @cached_property
    def starts(self) -> Ints:
        """Second of the run at which each block begins; the first may begin before it."""
        return (np.array(self.blocks) * BLOCK_DAYS - self.first_day) * DAY

    @cached_property
    def peaks(self) -> Floats:
        """Highest factor, shape (shapes, blocks)."""
        found = np.zeros((len(self.factors), len(self.blocks)))
        for b, start in enumerate(self.starts):
            within = self.factors[:, max(0, start) // self.step : -(-max(0, start + BLOCK) // self.step)]
            found[:, b] = within.max(axis=1, initial=0.0)
        return found

    @cached_property
    def expected(self) -> float:
        """Points to expect without surges."""
        return float((self.scale * self.factors.mean(axis=1)[self.shape]).sum() * self.horizon / YEAR)

    def highest(self, surges: Surges) -> Floats:
        """Bound of each process's rate in each block: no slab above it can have a point, shape (processes, blocks)."""
        return self.scale[:, None] * (self.peaks[self.shape] * surges.highest(self.starts))


@dataclass(frozen=True, eq=False)
class Surges:
    """Spells in which rates are ``factor`` times as high: rows (start, end) in order, ``first[g] : first[g + 1]`` those
    of group ``g``; ``group``: (processes,). A process for which no spell is known has no rows.
    """

    factor: float
    group: Ints
    first: Ints
    spells: Ints

    @classmethod
    def of(cls, factor: float, group: Ints, spells: Sequence[Ints]) -> Surges:
        """From the spells of each group, shape (n, 2); a factor that is no rise means none."""
        held = [s if factor > 1 else s[:0] for s in spells]
        first = np.cumsum([0, *(len(s) for s in held)])
        return cls(factor, group, first, np.concatenate([np.empty((0, 2), np.int64), *held]))

    @classmethod
    def none(cls, processes: int) -> Surges:
        """No spells."""
        return cls.of(1.0, np.zeros(processes, np.int64), [np.empty((0, 2), np.int64)])

    def highest(self, starts: Ints) -> Floats:
        """Highest factor of each process in blocks that begin at ``starts``, shape (processes, blocks)."""
        found = np.ones((len(self.first) - 1, len(starts)))
        group = np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))
        touched = (self.spells[:, :1] < starts + BLOCK) & (self.spells[:, 1:] > starts)
        found[group[np.nonzero(touched)[0]], np.nonzero(touched)[1]] = self.factor
        return found[self.group]

    def at(self, process: Ints, times: Floats) -> Floats:
        """Factors of processes at times."""
        found, group = np.ones(len(times)), self.group[process]
        for g in np.flatnonzero(np.diff(self.first)):
            spells, rows = self.spells[self.first[g] : self.first[g + 1]], np.flatnonzero(group == g)
            spell = np.searchsorted(spells[:, 0], times[rows], "right") - 1
            found[rows] = np.where((spell >= 0) & (times[rows] < spells[spell, 1]), self.factor, 1.0)
        return found


def arrivals(seed: int, rates: Rates, surges: Surges) -> tuple[Ints, Floats, Keys]:
    """Points of several processes in a run.

    Returns
    -------
    process, time, key : arrays
        Per point: index of its process, second of the run (float), stable key. In order of the whole seconds to which
        the times round, then of keys.
    """
    found: list[tuple[Ints, Floats, Keys]] = []
    highest = rates.highest(surges)
    for slab in itertools.count():
        low, high = (0.0, 1.0) if slab == 0 else (2.0 ** (slab - 1), 2.0**slab)
        rows, at = np.nonzero(highest > low)
        if not len(rows):
            break
        block, offset = rates.blocks[0] + at, rates.starts[at]
        keys = derive(derive(rates.keys[rows], slab), block)
        times = _scatter(seed, keys, YEAR / (high - low)) + offset[:, None]
        end = np.minimum(offset + BLOCK, rates.horizon - 0.5)
        row, number = np.nonzero((times >= 0) & (times < end[:, None]))
        process, time, names = rows[row], times[row, number], derive(keys[row], number)
        heights = low + (high - low) * uniforms(seed, Stream.HEIGHT, names)
        factor = rates.factors[rates.shape[process], (time // rates.step).astype(np.int64)]
        kept = heights < rates.scale[process] * (factor * surges.at(process, time))
        found.append((process[kept], time[kept], names[kept]))
    found.append((np.empty(0, np.int64), np.empty(0), np.empty(0, np.uint64)))
    process, time, names = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((names, inverse.seconds(time)))
    return process[order], time[order], names[order]


def _scatter(seed: int, keys: Keys, mean_gap: float) -> Floats:
    """Times of homogeneous processes, one a key, by summing keyed exponential gaps: whole block and a little more."""
    expected = BLOCK / mean_gap
    count = math.ceil(expected + 6 * math.sqrt(expected) + 8)
    while True:
        numbers = np.broadcast_to(np.arange(count), (len(keys), count))
        gaps = -mean_gap * special.log1p(-uniforms(seed, Stream.GAP, keys[:, None], numbers))
        times: Floats = np.cumsum(gaps, axis=1)
        if (times[:, -1] >= BLOCK).all():
            return times
        count *= 2
