"""Nonhomogeneous Poisson arrivals whose points never change their names.

A process is a unit-rate Poisson scatter over (time, height); an event happens where its height lies below the rate.
Heights (events a year) are cut into fixed slabs [0, 1), [1, 2), [2, 4), [4, 8) …, each a homogeneous process with
keyed gaps (Lewis and Shedler 1979, thinning). A changed rate so adds or removes points and renumbers none, whatever
the rates were: the envelope does not depend on them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from scipy import special

from simsvc.luck import Stream, derive, uniforms
from simsvc.workload.tables import Floats, Ints, Keys

YEAR = 31_536_000.0
Rate = Callable[[int, Floats], Floats]


def arrivals(
    seed: int, keys: Sequence[int], highest: Sequence[float], rate: Rate, horizon: int
) -> tuple[Ints, Ints, Keys]:
    """Points of several processes before ``horizon``.

    Parameters
    ----------
    keys : sequence of int
        Key of each process.
    highest : sequence of float
        Highest rate of each process, events a year; slabs above it are not looked at.
    rate : callable
        ``rate(process, times)``: its rate at times (float seconds), events a year.

    Returns
    -------
    process, time, key : arrays
        Per point: index of its process, integer second, stable key. Ordered by process, then slab, then number.
    """
    found: list[list[tuple[Floats, Keys]]] = [[] for _ in keys]
    slab = 0
    while True:
        low, high = (0.0, 1.0) if slab == 0 else (2.0 ** (slab - 1), 2.0**slab)
        rows = [k for k in range(len(keys)) if highest[k] > low]
        if not rows:
            break
        slab_keys = np.concatenate([derive(keys[k], slab) for k in rows])
        times = _scatter(seed, slab_keys, YEAR / (high - low), horizon)
        for k, key, moments in zip(rows, slab_keys, times, strict=True):
            names = derive(np.array([key]), np.arange(len(moments)))
            heights = low + (high - low) * uniforms(seed, Stream.HEIGHT, names)
            kept = heights < rate(k, moments)
            found[k].append((moments[kept], names[kept]))
        slab += 1
    process = [np.full(sum(len(t) for t, _ in pairs), k, np.int64) for k, pairs in enumerate(found)]
    time = [t for pairs in found for t, _ in pairs]
    key = [n for pairs in found for _, n in pairs]
    return (
        np.concatenate([np.empty(0, np.int64), *process]),
        np.floor(np.concatenate([np.empty(0), *time]) + 0.5).astype(np.int64),
        np.concatenate([np.empty(0, np.uint64), *key]),
    )


def _scatter(seed: int, keys: Keys, mean_gap: float, horizon: int) -> list[Floats]:
    """Times before ``horizon`` of homogeneous processes, one a key, by summing keyed exponential gaps."""
    expected = horizon / mean_gap
    count = math.ceil(expected + 6 * math.sqrt(expected) + 8)
    while True:
        numbers = np.broadcast_to(np.arange(count), (len(keys), count))
        gaps = -mean_gap * special.log1p(-uniforms(seed, Stream.GAP, keys[:, None], numbers))
        times = np.cumsum(gaps, axis=1)
        if (times[:, -1] >= horizon).all():
            return [row[: int(np.searchsorted(row, horizon - 0.5))] for row in times]
        count *= 2
