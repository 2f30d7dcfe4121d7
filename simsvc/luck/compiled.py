"""Keyed luck for kernels: the hash and the inverse distribution functions of this room, one number at a time.

Every function gives what its numpy counterpart in ``keys`` and ``inverse`` gives, to the last bit: integers wrap,
floating-point operations come in the same order, and scipy's own routines are called.
Importing this imports numba: import it inside functions, or in modules that are imported so.
"""

from __future__ import annotations

import math

import numpy as np

from simsvc.kernels import lean_kernel, small_kernel, special
from simsvc.luck.inverse import LOG2E
from simsvc.luck.keys import GOLDEN, LAST, M1, M2, S11, S27, S30, S31

_GOLDEN = np.uint64(GOLDEN)

CONSTANT, UNIFORM, TRIANGULAR, EXPONENTIAL, GAMMA, LOGNORMAL, WEIBULL, EMPIRICAL = range(8)
"""Kinds of distributions, the first number of a distribution's row."""

log1p = special("log1p", 1)
ndtri = special("ndtri", 1)
exp2 = special("exp2", 1)
gammaincinv = special("gammaincinv", 2)
xlogy = special("xlogy", 2)


ROW = 8
"""Numbers that describe a distribution in a table: kind, up to four parameters, a zero, and for empirical ones how far
behind the row's first number its values begin, and how many they are: the values in seconds, then as many upper edges
of their cumulated weights. A table is one array: the rows, then all values."""


@small_kernel
def mix(z):
    """The finaliser of SplitMix64, on a uint64."""
    z = (z ^ (z >> S30)) * M1
    z = (z ^ (z >> S27)) * M2
    return z ^ (z >> S31)


@lean_kernel
def derive(key, count):
    """Key of a child by (parent, n), as ``luck.derive``."""
    return mix(key ^ mix(np.uint64(count) * _GOLDEN + _GOLDEN))


@lean_kernel
def base(seed, stream):
    """What all draws of a stream start from; worth computing once for many."""
    return mix(np.uint64(seed) + np.uint64(stream) * _GOLDEN)


@small_kernel
def uniform(base, key, count):
    """Uniform number in (0, 1), as ``luck.uniforms`` of the stream with this base."""
    return at(mix(base ^ key), count)


@lean_kernel
def at(entity, count):
    """The uniform number of this count, where ``mix(base ^ key)`` is known: for many of one key."""
    z = mix(entity + np.uint64(count) * _GOLDEN)
    return min((np.float64(z >> S11) + 0.5) * 2.0**-53, LAST)


@lean_kernel
def exponential(mean, u):
    """As ``inverse.exponential``."""
    return -mean * log1p(-u)


@lean_kernel
def lognormal(location, spread, u):
    """As ``inverse.lognormal``, by mean and standard deviation of the logarithm."""
    return exp2(LOG2E * (location + spread * ndtri(u)))


@lean_kernel
def cell(edges, first, count, u):
    """Index of the cell of cumulated weights ``edges[first : first + count]`` into which a number falls."""
    low, high = first, first + count
    while low < high:
        middle = (low + high) // 2
        if edges[middle] <= u:
            low = middle + 1
        else:
            high = middle
    return min(low - first, count - 1)


@lean_kernel
def unusual(kind, a, b, c, d, u):
    """Seconds of a distribution that is neither constant, lognormal nor empirical, by its parameters."""
    if kind == EXPONENTIAL:
        return exponential(a, u)
    if kind == UNIFORM:
        return a + (b - a) * u
    if kind == TRIANGULAR:
        if u < d:
            return a + np.sqrt(u * (c - a) * (b - a))
        return c - np.sqrt((1 - u) * (c - a) * (c - b))
    if kind == GAMMA:
        return a * gammaincinv(b, u)
    return a * exp2(xlogy(b, -log1p(-u)))


@lean_kernel
def empirical(dists, first, count, u):
    """Seconds of an empirical distribution, by where its values and edges lie."""
    return dists[first + cell(dists, first + count, count, u)]


@lean_kernel
def rounded_lognormal(location, spread, normal):
    """Whole seconds of a lognormal at a standard normal number, halves up.

    The C library's ``exp`` is many times faster than scipy's ``exp2``, but its last bits are other ones: it decides
    wherever the difference, less than 1 in 10^12, can't reach over to another whole number.
    """
    exponent = location + spread * normal
    raised = math.exp(exponent) + 0.5
    whole = np.floor(raised)
    if min(raised - whole, whole + 1 - raised) <= 1e-9 * raised:
        whole = np.floor(exp2(LOG2E * exponent) + 0.5)
    return np.int64(whole)


@lean_kernel
def seconds(dists, row, base, key, count):
    """Whole seconds drawn from distribution ``row`` of a table; -1 gives 0, and a constant draws nothing.

    Short enough to be inlined: what is rare is elsewhere.
    """
    if row < 0:
        return np.int64(0)
    at = ROW * row
    kind = int(dists[at])
    if kind == CONSTANT:
        return np.int64(np.floor(dists[at + 1] + 0.5))
    u = uniform(base, key, count)
    if kind == LOGNORMAL:
        return rounded_lognormal(dists[at + 1], dists[at + 2], ndtri(u))
    if kind == EMPIRICAL:
        drawn = empirical(dists, at + int(dists[at + 6]), int(dists[at + 7]), u)
    else:
        drawn = unusual(kind, dists[at + 1], dists[at + 2], dists[at + 3], dists[at + 4], u)
    return np.int64(np.floor(drawn + 0.5))
