"""Arrivals by a kernel: the points of ``workload.arrivals``, each process followed to the end of its block."""

from __future__ import annotations

import math

import numpy as np

from simsvc.clock import DAY
from simsvc.kernels import lean_kernel
from simsvc.luck import Stream, inverse
from simsvc.luck.compiled import at, base, derive, exponential, mix, uniform
from simsvc.workload.arrivals import BLOCK, BLOCK_DAYS, YEAR, Rates, Surges
from simsvc.workload.tables import Floats, Ints, Keys

_AT_ONCE = 64
_GAP, _HEIGHT = int(Stream.GAP), int(Stream.HEIGHT)


def arrivals(seed: int, rates: Rates, surges: Surges) -> tuple[Ints, Floats, Keys]:
    """As ``workload.arrivals.arrivals``, to the bit."""
    highest = rates.highest(surges)
    expected = rates.expected * max(surges.factor, 1.0)
    room = math.ceil(expected + 6 * math.sqrt(expected) + 16)
    while True:
        process, time, key = np.empty(room, np.int64), np.empty(room), np.empty(room, np.uint64)
        count = _points(
            np.uint64(seed),
            (rates.keys, rates.scale, rates.shape, rates.factors, highest),
            (rates.step, rates.horizon, rates.first_day),
            (surges.factor, surges.group, surges.first, surges.spells),
            (process, time, key),
            np.empty((2, _AT_ONCE)),
        )
        if count <= room:
            break
        room = count
    process, time, key = process[:count], time[:count], key[:count]
    rows = order(inverse.seconds(time), key)
    return process[rows], time[rows], key[rows]


def order(time: Ints, keys: Keys) -> Ints:
    """Rows in order of time, then key."""
    rows = np.argsort(time)
    _settle(rows, time, keys)
    return rows


@lean_kernel
def _points(seed, processes, span, surges, out, room):  # type: ignore[no-untyped-def]
    """Write the points of all processes, as far as there is room, and say how many there are."""
    keys, scale, shape, factors, highest = processes
    step, horizon, first_day = span
    surge, group, first, spells = surges
    gaps, heights = base(seed, _GAP), base(seed, _HEIGHT)
    first_block, count = first_day // BLOCK_DAYS, 0
    times, rates = room
    for p in range(len(keys)):
        own = spells[first[group[p]] : first[group[p] + 1]]
        for b in range(highest.shape[1]):
            offset = np.float64(((first_block + b) * BLOCK_DAYS - first_day) * DAY)
            end = min(offset + BLOCK, horizon - 0.5)
            slab, low, high = 0, 0.0, 1.0
            while highest[p, b] > low:
                key = derive(derive(keys[p], slab), first_block + b)
                entity, since, number, found = mix(gaps ^ key), 0.0, 0, _AT_ONCE
                while found == _AT_ONCE:
                    found, since = _scatter(entity, YEAR / (high - low), number, since, offset, end, times)
                    _rates(scale[p], factors[shape[p]], step, surge, own, times[:found], rates)
                    for k in range(found):
                        if rates[k] > low:
                            name = derive(key, number + k)
                            if low + (high - low) * uniform(heights, name, 0) < rates[k]:
                                if count < len(out[0]):
                                    out[0][count], out[1][count], out[2][count] = p, times[k], name
                                count += 1
                    number += found
                slab, low, high = slab + 1, high, 2 * high
    return count


@lean_kernel
def _scatter(entity, mean_gap, number, since, offset, end, times):  # type: ignore[no-untyped-def]
    """The next times of a homogeneous process before the end, as many as there is room for; seconds summed so far."""
    for k in range(len(times)):
        since += exponential(mean_gap, at(entity, number + k))
        times[k] = since + offset
        if times[k] >= end:
            return k, since
    return len(times), since


@lean_kernel
def _rates(scale, factors, step, surge, spells, times, rates):  # type: ignore[no-untyped-def]
    """Rate of a process at increasing times; none before the run."""
    spell = 0
    for k in range(len(times)):
        if times[k] < 0:
            rates[k] = 0.0
            continue
        # Half a second off the edge of a step, a product finds the step as surely as a division.
        factor = factors[np.int64((np.floor(times[k]) + 0.5) * (1.0 / step))]
        while spell < len(spells) and spells[spell, 1] <= times[k]:
            spell += 1
        if spell < len(spells) and spells[spell, 0] <= times[k]:
            factor *= surge
        rates[k] = scale * factor


@lean_kernel
def _settle(rows, time, keys):  # type: ignore[no-untyped-def]
    """Bring rows of the same time into the order of keys."""
    for k in range(1, len(rows)):
        row, j = rows[k], k
        while j > 0 and time[rows[j - 1]] == time[row] and keys[rows[j - 1]] > keys[row]:
            rows[j] = rows[j - 1]
            j -= 1
        rows[j] = row
