"""Kernels that fill arrays with keyed luck."""

from __future__ import annotations

from simsvc.kernels import lean_kernel
from simsvc.luck.compiled import LOGNORMAL, base, cell, lognormal, ndtri, rounded_lognormal, seconds, uniform


@lean_kernel
def uniforms(seed, stream, keys, counts, out):  # type: ignore[no-untyped-def]
    """A uniform number a key; ``counts``: one for all, or one a key."""
    start = base(seed, stream)
    if len(counts) == 1:
        count = counts[0]
        for k in range(len(keys)):
            out[k] = uniform(start, keys[k], count)
    else:
        for k in range(len(keys)):
            out[k] = uniform(start, keys[k], counts[k])


@lean_kernel
def rounded(dists, seed, stream, keys, count, step, out):  # type: ignore[no-untyped-def]
    """Whole seconds of the one distribution of a table."""
    start = base(seed, stream)
    if dists[0] != LOGNORMAL:
        for k in range(len(keys)):
            out[k] = seconds(dists, 0, start, keys[k], count)
        return
    # Step by step, since that is far faster where each step is a routine of its own.
    for first in range(0, len(keys), len(step)):
        size = min(len(step), len(keys) - first)
        for k in range(size):
            step[k] = uniform(start, keys[first + k], count)
        for k in range(size):
            step[k] = ndtri(step[k])
        for k in range(size):
            out[first + k] = rounded_lognormal(dists[1], dists[2], step[k])


@lean_kernel
def rounded_by_group(dists, seed, stream, group, keys, out):  # type: ignore[no-untyped-def]
    """Whole seconds of the distribution of each key's group; -1 gives 0."""
    start = base(seed, stream)
    for k in range(len(keys)):
        out[k] = seconds(dists, group[k], start, keys[k], 0)


@lean_kernel
def lognormals(location, spread, u):  # type: ignore[no-untyped-def]
    """Turn uniform numbers into lognormal ones where they stand."""
    for k in range(len(u)):
        u[k] = lognormal(location, spread, u[k])


@lean_kernel
def chosen(first, edges, values, seed, stream, group, keys, out):  # type: ignore[no-untyped-def]
    """A value for each key by the weights of its group; -1 where there is nothing to choose from."""
    start = base(seed, stream)
    for k in range(len(keys)):
        g, out[k] = group[k], -1
        if g >= 0 and first[g] < first[g + 1]:
            at = cell(edges, first[g], first[g + 1] - first[g], uniform(start, keys[k], 0))
            out[k] = values[first[g] + at]
