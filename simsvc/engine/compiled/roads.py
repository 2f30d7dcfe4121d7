"""Travel: expected times and actual trips, as ``reference.roads``."""

from __future__ import annotations

import math

from simsvc.clock import NEVER
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.hours import band, not_before, rains, reopens
from simsvc.kernels import lean_kernel, small_kernel
from simsvc.scenario.places import BANDS

RAIN = BANDS.index("rain")
# A crossing's row: port, seconds, check-in, where its departures out and back are.
PORT, SECONDS, CHECK_IN, OUT, OUT_END, BACK, BACK_END, CROSSING = range(8)


@small_kernel
def drive(M, R, origin, target, t):
    """Expected driving; in rain the slower of the rain band and the hour's own."""
    if t != M[at.TRAVEL_TIME]:  # most questions in a row are about one moment
        size = M[at.PLACES] * M[at.PLACES]
        M[at.TRAVEL_TIME], M[at.TRAVEL_DRY] = t, band(M, t) * size
        M[at.TRAVEL_WET] = RAIN * size if rains(M, t) else -1
    cell = origin * M[at.PLACES] + target
    dry = int(R[M[at.TRAVEL_DRY] + cell])
    return dry if M[at.TRAVEL_WET] < 0 else max(dry, int(R[M[at.TRAVEL_WET] + cell]))


@lean_kernel
def crossing_to(M, place):
    """Row of the crossing that leads to a place, -1 where a road does."""
    if not M[at.CROSSINGS]:
        return -1
    number = M[M[at.CROSSING] + place]
    return M[at.CROSSING_ROWS] + number * CROSSING if number >= 0 else -1


@lean_kernel
def next_departure(M, first, last, t):
    """The first departure from ``t`` on; after the last one of the run: never."""
    k = not_before(M, first, last, t)
    return M[k] if k < last else NEVER


@lean_kernel
def expected(M, R, origin, target, t):
    """Expected seconds for somebody who leaves at ``t``."""
    if M[at.CROSSINGS] and origin != target:
        row = crossing_to(M, target)
        if row >= 0:
            boards = t + drive(M, R, origin, M[row + PORT], t) + M[row + CHECK_IN]
            return next_departure(M, M[row + OUT], M[row + OUT_END], boards) + M[row + SECONDS] - t
        row = crossing_to(M, origin)
        if row >= 0:
            lands = next_departure(M, M[row + BACK], M[row + BACK_END], t) + M[row + SECONDS]
            return lands + drive(M, R, M[row + PORT], target, lands) - t
    return drive(M, R, origin, target, t)


@lean_kernel
def by_road(M, R, origin, target, t, noise):
    """Arrival by road, and seconds held up, for somebody who would leave at ``t``."""
    if origin == target and R[origin * M[at.PLACES] + target] == 0:
        return t, 0
    leave = t
    later = max(reopens(M, origin, leave), reopens(M, target, leave))
    while later > leave:
        leave = later
        later = max(reopens(M, origin, leave), reopens(M, target, leave))
    arrive = leave + math.floor(drive(M, R, origin, target, leave) * noise + 0.5)
    reopened = reopens(M, target, arrive)
    return reopened, (leave - t) + (reopened - arrive)


@lean_kernel
def trip(M, R, origin, target, t, noise):
    """Arrival and seconds held up on the way, by road or by road and the next boat or flight."""
    if M[at.CROSSINGS] == 0 or origin == target:
        return by_road(M, R, origin, target, t, noise)
    row = crossing_to(M, target)
    if row >= 0:
        arrive, held = trip(M, R, origin, M[row + PORT], t, noise)
        leaves = next_departure(M, M[row + OUT], M[row + OUT_END], arrive + M[row + CHECK_IN])
        return leaves + M[row + SECONDS], held
    row = crossing_to(M, origin)
    if row >= 0:
        leave = next_departure(M, M[row + BACK], M[row + BACK_END], t)
        return trip(M, R, M[row + PORT], target, leave + M[row + SECONDS], noise)
    return by_road(M, R, origin, target, t, noise)
