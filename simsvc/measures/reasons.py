"""Why a case missed its limit: the one factor whose removal alone would have met it."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Ints

REASONS = ("too_far", "busy", "off_duty", "part", "desk", "closed", "late_goods", "repair", "combined", "open")
"""Too far; everyone busy; nobody on duty (mobilisation included); waited for a part; desk slow; closed road or sea (no
passage included); goods not ready or no van; the repair itself (work, workshop, third level, a new unit on its way);
several together; still open."""
TOO_FAR, BUSY, OFF_DUTY, PART, DESK, CLOSED, LATE_GOODS, REPAIR, COMBINED, OPEN = range(len(REASONS))
FACTORS = COMBINED
"""The first so many reasons are delays that can be taken away; the last two say that none alone explains the miss."""


def delays(rows: int, **seconds: Ints) -> Ints:
    """Delays by factor, shape (rows, FACTORS), seconds on the promise's clock; factors not named are 0."""
    table = np.zeros((rows, FACTORS), np.int64)
    for factor, values in seconds.items():
        table[:, REASONS.index(factor)] = values
    return table


def attribute(delay: Ints, excess: Ints, served: Bools, unreachable: Bools) -> Ints:
    """Reason of each missed case, as index into ``REASONS``.

    Parameters
    ----------
    delay : int64 array, shape (misses, FACTORS)
        Seconds that each factor cost; for a case never served, so far.
    excess : int64 array, shape (misses,)
        Seconds less that would have met the limit.
    served : bool array
        False for a case still open when the run ended.
    unreachable : bool array
        No passage at all: ``closed``, whatever else cost time.

    Notes
    -----
    Among several factors that would each do, the longest counts (of equal ones the first of ``REASONS``). If none
    alone does, a served case is ``combined`` and another one ``open``; ``open`` is also a case that the end of the run
    cut off before its limit.
    """
    longest = np.argmax(delay, axis=1)
    enough = (delay.max(axis=1) >= excess) & (excess > 0)
    other = np.where(served, COMBINED, OPEN)
    return np.where(unreachable, CLOSED, np.where(enough, longest, other)).astype(np.int64)
