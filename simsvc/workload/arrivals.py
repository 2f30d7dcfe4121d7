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
from collections.abc import Callable, Sequence

import numpy as np
from scipy import special

from simsvc.clock import DAY
from simsvc.luck import Stream, derive, uniforms
from simsvc.workload.tables import Floats, Ints, Keys

YEAR = 31_536_000.0
BLOCK_DAYS = 28
Rate = Callable[[int, Floats], Floats]


def arrivals(
    seed: int, keys: Sequence[int], highest: Sequence[float], rate: Rate, horizon: int, first_day: int
) -> tuple[Ints, Ints, Keys]:
    """Points of several processes in a run.

    Parameters
    ----------
    keys : sequence of int
        Key of each process.
    highest : sequence of float
        Highest rate of each process, events a year; slabs above it are not looked at.
    rate : callable
        ``rate(process, times)``: its rate at times (float seconds of the run), events a year.
    horizon, first_day : int
        Length of the run in seconds, and the civil day (proleptic ordinal) on which it starts: points go by civil time.

    Returns
    -------
    process, time, key : arrays
        Per point: index of its process, integer second of the run, stable key. Ordered by process, slab, block, number.
    """
    blocks = range(first_day // BLOCK_DAYS, (first_day + -(-horizon // DAY)) // BLOCK_DAYS + 1)
    peaks = np.array(highest, np.float64)
    found: list[tuple[Ints, Floats, Keys, Floats]] = []
    slab = 0
    while True:
        low, high = (0.0, 1.0) if slab == 0 else (2.0 ** (slab - 1), 2.0**slab)
        rows = np.flatnonzero(peaks > low)
        if not len(rows):
            break
        slab_keys = derive(np.array(keys, np.uint64)[rows], slab)
        for block in blocks:
            offset = (block * BLOCK_DAYS - first_day) * DAY
            block_keys = derive(slab_keys, block)
            times = _scatter(seed, block_keys, YEAR / (high - low)) + offset
            end = min(offset + BLOCK_DAYS * DAY, horizon - 0.5)
            row, number = np.nonzero((times >= 0) & (times < end))
            names = derive(block_keys[row], number)
            heights = low + (high - low) * uniforms(seed, Stream.HEIGHT, names)
            found.append((rows[row], times[row, number], names, heights))
        slab += 1
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint64)
    process, time, name, height = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(process, kind="stable")
    edges = np.searchsorted(process[order], np.arange(len(keys) + 1))
    kept = [
        some[height[some] < rate(k, time[some])]
        for k, some in enumerate(order[a:b] for a, b in itertools.pairwise(edges))
        if len(some)
    ]
    points = np.concatenate([np.empty(0, np.int64), *kept])
    return process[points], np.floor(time[points] + 0.5).astype(np.int64), name[points]


def _scatter(seed: int, keys: Keys, mean_gap: float) -> Floats:
    """Times of homogeneous processes, one a key, by summing keyed exponential gaps: whole block and a little more."""
    length = BLOCK_DAYS * DAY
    expected = length / mean_gap
    count = math.ceil(expected + 6 * math.sqrt(expected) + 8)
    while True:
        numbers = np.broadcast_to(np.arange(count), (len(keys), count))
        gaps = -mean_gap * special.log1p(-uniforms(seed, Stream.GAP, keys[:, None], numbers))
        times: Floats = np.cumsum(gaps, axis=1)
        if (times[:, -1] >= length).all():
            return times
        count *= 2
