"""The luck of visits and lead times: read where it was drawn beforehand, else drawn when a visit needs it.

Either way it is the same number: a pure function of seed, stream, key and count.
"""

from __future__ import annotations

import numpy as np

from simsvc.engine.compiled import slots as at
from simsvc.kernels import lean_kernel, small_kernel
from simsvc.luck import Stream
from simsvc.luck.compiled import ROW, lognormal, seconds, uniform

(
    SET_OUT_BASE, MOBILISE_BASE, ACCESS_BASE, OUT_BASE, BACK_BASE, DIAGNOSIS_BASE, LEAD_BASE, LATERAL_BASE,
) = range(8)  # fmt: skip
STREAMS = (
    Stream.SET_OUT, Stream.MOBILISE, Stream.ACCESS, Stream.NOISE_OUT, Stream.NOISE_BACK, Stream.DIAGNOSIS, Stream.LEAD,
    Stream.LATERAL,
)  # fmt: skip
"""The streams whose bases are the first keys, in this order."""
FAULT_LEGS, LOANER_LEGS, ORDER_LEGS = 0, 1, 2
NOISE_LOCATION, NOISE_SPREAD, HEADER = 0, 1, ROW
"""First of the real numbers: mean and standard deviation of the logarithm of the noise; behind a row's room, the
distributions, then the factors that are drawn beforehand."""


@small_kernel
def key(M, cell):
    """A key, which lies among the whole numbers bit for bit."""
    return np.uint64(M[cell])


@small_kernel
def stream(M, number):
    """The base of a stream."""
    return np.uint64(M[M[at.BASES] + number])


@small_kernel
def _leg(M, F, table, where, dist, base, k, visit):
    """Seconds of one leg: of visit ``visit`` to row ``k`` of a table."""
    leg = M[at.LEGS] + table * at.LEG
    if M[at.LAZY]:
        return seconds(F, M[dist], stream(M, base), key(M, M[leg + at.LEG_KEY] + k), visit)
    return M[M[leg + where] + k * M[leg + at.LEG_VISITS] + visit]


@lean_kernel
def set_out(M, F, table, k, visit):
    """Getting ready at the station."""
    return _leg(M, F, table, at.LEG_SET_OUT, at.SET_OUT_DIST, SET_OUT_BASE, k, visit)


@lean_kernel
def mobilise(M, F, table, k, visit):
    """Getting ready at home."""
    return _leg(M, F, table, at.LEG_MOBILISE, at.MOBILISE_DIST, MOBILISE_BASE, k, visit)


@lean_kernel
def access(M, F, table, k, visit):
    """From the arrival until work can begin."""
    return _leg(M, F, table, at.LEG_ACCESS, at.ACCESS_DIST, ACCESS_BASE, k, visit)


@lean_kernel
def work(M, F, table, k, visit):
    """Work on site."""
    leg = M[at.LEGS] + table * at.LEG
    if M[at.LAZY]:
        dist, own = M[M[leg + at.LEG_WORK_DIST] + k], key(M, M[leg + at.LEG_WORK_KEY] + k)
        return seconds(F, dist, key(M, leg + at.LEG_WORK_BASE), own, visit)
    return M[M[leg + at.LEG_WORK] + k * M[leg + at.LEG_VISITS] + visit]


@lean_kernel
def diagnosis(M, F, k, visit):
    """Work on site of a visit to a fault that can't repair."""
    if M[at.LAZY]:
        own = key(M, M[M[at.LEGS] + at.LEG_KEY] + k)
        return seconds(F, M[M[at.DIAGNOSIS_DIST] + k], stream(M, DIAGNOSIS_BASE), own, visit)
    return M[M[at.DIAGNOSIS] + k * M[M[at.LEGS] + at.LEG_VISITS] + visit]


@lean_kernel
def _noise(M, F, table, where, base, k, visit):
    leg = M[at.LEGS] + table * at.LEG
    if not M[at.LAZY]:
        return F[M[leg + where] + k * M[leg + at.LEG_VISITS] + visit]
    if F[NOISE_SPREAD] == 0.0:
        return 1.0
    return lognormal(
        F[NOISE_LOCATION], F[NOISE_SPREAD], uniform(stream(M, base), key(M, M[leg + at.LEG_KEY] + k), visit)
    )


@lean_kernel
def noise_out(M, F, table, k, visit):
    """Factor on the travel times of the way out."""
    return _noise(M, F, table, at.LEG_OUT, OUT_BASE, k, visit)


@lean_kernel
def noise_back(M, F, table, k, visit):
    """Factor on the travel times of the way home."""
    return _noise(M, F, table, at.LEG_BACK, BACK_BASE, k, visit)


@lean_kernel
def lead(M, F, base, dist, store, part, number):
    """Lead time of the ``number``-th order of a part by a store."""
    own = key(M, M[at.LEAD_KEYS] + store * M[at.PARTS] + part)
    return seconds(F, dist, stream(M, base), own, number)
