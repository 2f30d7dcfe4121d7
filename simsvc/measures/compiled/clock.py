"""The clock of a promise for kernels: as ``measures.clock``, ``measures.reasons`` and ``clock``, one case at a time."""

from __future__ import annotations

import math

from simsvc.case.arrays import Ints
from simsvc.clock import DAY
from simsvc.kernels import kernel
from simsvc.measures.compiled.ground import DAYS, NO_LIMIT, SECONDS, Terms
from simsvc.measures.reasons import CLOSED, COMBINED, FACTORS, OPEN


@kernel
def spell(spells: Ints, by_day: Ints, calendar: int, t: int) -> int:
    """The first spell of a calendar that ends after ``t``."""
    at: int = by_day[calendar, min(max(t, 0) // DAY, by_day.shape[1] - 1)]
    while spells[1, at] <= t:
        at += 1
    return at


@kernel
def open_before(spells: Ints, by_day: Ints, calendar: int, t: int) -> int:
    """Open seconds before ``t``."""
    at = spell(spells, by_day, calendar, t)
    return int(spells[2, at]) + max(t - int(spells[0, at]), 0)


@kernel
def is_open(spells: Ints, by_day: Ints, calendar: int, t: int) -> bool:
    """As ``Calendar.is_open``."""
    return bool(spells[0, spell(spells, by_day, calendar, t)] <= t)


@kernel
def spell_end(spells: Ints, by_day: Ints, calendar: int, t: int) -> int:
    """End of the spell around a moment at which it is open."""
    return int(spells[1, spell(spells, by_day, calendar, t)])


@kernel
def seconds(spells: Ints, by_day: Ints, calendar: int, a: int, b: int) -> int:
    """Open seconds from ``a`` to ``b``; all of them without a calendar (-1)."""
    if calendar < 0:
        return b - a
    return int(open_before(spells, by_day, calendar, b) - open_before(spells, by_day, calendar, a))


@kernel
def split(spells: Ints, by_day: Ints, calendar: int, a: int, b: int, first: int) -> tuple[int, int]:
    """As ``PromiseClock.split``."""
    whole, counted = b - a, seconds(spells, by_day, calendar, a, b)
    first = max(min(max(first, 0), whole) - (whole - counted), 0)
    return first, counted - first


@kernel
def cut(moment: int, start: int, later: int) -> int:
    """One of the cut points of ``measures.clock.phases``."""
    return min(max(later if moment < 0 else moment, start), later)


@kernel
def late_by(q: Terms, worked: Ints, worked_before: Ints, start: int, end: int, elapsed: int) -> tuple[int, int]:
    """Seconds less that would have met the limit, and the limit in days that would; as ``measures.clock.wait``."""
    if q.by == NO_LIMIT:
        return 0, -1
    if q.by == SECONDS:
        past = elapsed - q.limit
        return math.floor(past) + 1 if q.strict else math.ceil(past), -1
    late = end + int(q.strict)
    first, last = start // DAY, (late - 1) // DAY
    if q.by == DAYS:
        return late - (first + q.days + 1) * DAY, max(last - first, 0)
    # Days out of the run have no place in the table.
    most = len(worked_before) - 1
    begun, done = worked_before[min(max(first, 0), most)], worked_before[min(max(last, 0), most)]
    return late - (worked[begun + q.days] + 1) * DAY, max(done - begun, 0)


@kernel
def reason(delay: Ints, excess: int, served: bool, unreachable: bool) -> int:
    """As ``measures.reasons.attribute``."""
    if unreachable:
        return CLOSED
    longest = 0
    for factor in range(1, FACTORS):
        if delay[factor] > delay[longest]:
            longest = factor
    if delay[longest] >= excess > 0:
        return longest
    return COMBINED if served else OPEN
