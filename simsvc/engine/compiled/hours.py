"""Open hours, closed spells and travel bands, answered from the memory of a run; as ``clock`` answers them."""

from __future__ import annotations

from simsvc.clock import DAY, NEVER
from simsvc.engine.compiled import slots as at
from simsvc.kernels import lean_kernel


@lean_kernel
def after(M, first, last, t):
    """Index of the first of the sorted cells ``M[first:last]`` that is greater than ``t`` (bisect_right)."""
    while first < last:
        middle = (first + last) >> 1
        if M[middle] > t:
            last = middle
        else:
            first = middle + 1
    return first


@lean_kernel
def not_before(M, first, last, t):
    """Index of the first of the sorted cells ``M[first:last]`` that is at least ``t`` (bisect_left)."""
    return after(M, first, last, t - 1)


@lean_kernel
def spell_end(M, starts, ends, count, t):
    """End of the spell around ``t``; ``t`` itself outside all spells."""
    k = after(M, starts, starts + count, t) - starts - 1
    return M[ends + k] if k >= 0 and t < M[ends + k] else t


# A calendar of the case: a row of M[HOURS] with where its starts, ends and seconds before are, and how many.
@lean_kernel
def is_open(M, calendar, t):
    """As ``Calendar.is_open``."""
    row = M[at.HOURS] + 4 * calendar
    starts, ends, count = M[row], M[row + 1], M[row + 3]
    return spell_end(M, starts, ends, count, t) > t


@lean_kernel
def next_open(M, calendar, t):
    """As ``Calendar.next_open``."""
    row = M[at.HOURS] + 4 * calendar
    starts, ends, count = M[row], M[row + 1], M[row + 3]
    k = after(M, ends, ends + count, t) - ends
    return NEVER if k == count else max(M[starts + k], t)


@lean_kernel
def add_open(M, calendar, t, open_s):
    """As ``Calendar.add``."""
    if open_s == 0:
        return t
    row = M[at.HOURS] + 4 * calendar
    starts, ends, before, count = M[row], M[row + 1], M[row + 2], M[row + 3]
    passed = open_before(M, starts, ends, before, count, t) + open_s
    k = not_before(M, before, before + count + 1, passed) - before
    return NEVER if k > count else M[starts + k - 1] + passed - M[before + k - 1]


@lean_kernel
def open_before(M, starts, ends, before, count, t):
    """Open seconds before ``t`` of hours given by their starts, ends and seconds before each start."""
    k = after(M, starts, starts + count, t) - starts - 1
    return 0 if k < 0 else M[before + k] + min(t, M[ends + k]) - M[starts + k]


@lean_kernel
def band(M, t):
    """As ``Bands.at``; looks from the piece in force when the day began."""
    k = M[M[at.BAND_DAY] + min(t // DAY, M[at.BAND_DAYS])]
    last, starts = M[at.BAND_COUNT] - 1, M[at.BAND]
    while k < last and M[starts + k + 1] <= t:
        k += 1
    return M[M[at.BAND_CODE] + k]


@lean_kernel
def rains(M, t):
    """Whether it rains at ``t``."""
    return spell_end(M, M[at.RAIN], M[at.RAIN_END], M[at.RAIN_COUNT], t) > t


@lean_kernel
def reopens(M, place, t):
    """When the roads of a place's area are open again; ``t`` when they are, and for places of no area."""
    if place >= M[at.TOWNS]:
        return t
    cell = M[at.CLOSED_FIRST] + M[M[at.AREA] + place]
    first, last = M[cell], M[cell + 1]
    if first == last:
        return t
    return spell_end(M, M[at.CLOSED] + first, M[at.CLOSED_END] + first, last - first, t)
