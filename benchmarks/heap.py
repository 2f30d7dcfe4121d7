"""A bare binary heap, compiled: the floor under any event loop. It pops the first event and pushes one later."""

from __future__ import annotations

import numba
import numpy as np


@numba.njit(nogil=True)
def churn(times: np.ndarray, delays: np.ndarray, events: int) -> int:
    """``events`` times: take out the first of the pending times, put one back that lies a delay later."""
    size, checksum = len(times), 0
    for n in range(events):
        now = times[0]
        checksum ^= now
        # Out: the last takes the place of the first and sinks.
        last = times[size - 1]
        hole, child = 0, 1
        while child < size - 1:
            if child + 1 < size - 1 and times[child + 1] < times[child]:
                child += 1
            if last <= times[child]:
                break
            times[hole] = times[child]
            hole, child = child, 2 * child + 1
        times[hole] = last
        # In: the new one rises from the end.
        new = now + delays[n & 0xFFFF]
        hole = size - 1
        while hole > 0:
            parent = (hole - 1) >> 1
            if times[parent] <= new:
                break
            times[hole] = times[parent]
            hole = parent
        times[hole] = new
    return checksum


def pending(count: int) -> tuple[np.ndarray, np.ndarray]:
    """So many pending times in order, and the delays to come."""
    luck = np.random.default_rng(1)
    return np.sort(luck.integers(0, 10_000, count)), luck.integers(1, 20_000, 0x10000)
