"""The nearest promise that can be kept: a longer limit on a grid of round figures, or else a smaller share."""

from __future__ import annotations

import math
from collections.abc import Sequence

from simsvc.measures import Binned, width
from simsvc.measures.bins import BINS
from simsvc.scenario.promises import SimPart

SHARES = (0.98, 0.95, 0.90, 0.85, 0.80, 0.70, 0.60, 0.50)
"""Shares that are promised instead of one that can't be kept, the nearest below it."""
LONGEST = 12
"""So many times as long a limit is tried, as far as the times needed are counted."""
_GRID = ((900, 60), (3600, 300), (6 * 3600, 900), (86400, 3600), (3 * 86400, 43200), (math.inf, 86400))
"""Limits below so many seconds are lengthened to multiples of so many: quarters of an hour from one to six hours."""


def room(target: float) -> float:
    """Share that staff and stock without end must keep for a promise that can be planned for: a third of the permitted
    misses is left to what a plan with an end to it adds, queues above all."""
    return target + (1 - target) / 3


def spare(target: float, needs: float) -> float:
    """What must be kept beyond ``room`` where cases are so few that a verification must see the share ``needs``: then a
    sixth of the misses that this permits is left to queues."""
    return max(needs + (1 - needs) / 6 - room(target), 0.0) if target < 1 else 0.0


def ladder(target: float) -> tuple[float, ...]:
    """The shares below ``target`` that may be promised instead, falling."""
    return tuple(share for share in SHARES if share < target)


def limits(part: SimPart) -> tuple[float, ...]:
    """The limit of a part and the longer ones that may be promised instead, rising: seconds, or days; none if it has no
    limit.

    On a grid that grows coarser from limit to limit: minutes below a quarter of an hour, 5 minutes below an hour, 15
    minutes below six hours, hours below a day, half days below three days, else days. Limits in days grow by a day.
    """
    if part.days is not None:
        return tuple(float(d) for d in range(part.days, LONGEST * max(part.days, 1) + 1))
    if part.limit is None:
        return ()
    found = [part.limit]
    while True:
        step = next(step for below, step in _GRID if found[-1] < below)
        following = (found[-1] // step + 1) * step
        if following > LONGEST * part.limit:
            return tuple(found)
        found.append(following)


def within(part: SimPart, needed: Binned, limit: float) -> float:
    """Share of the cases that would have kept another limit (seconds or days), pooled; 1 without a case.

    Limits between two bins count as the shorter one.
    """
    step = 1 if part.days is not None else width(part.limit or 0.0)
    kept = (needed.bins * step <= limit) & (needed.bins < BINS - 1)
    cases = int(needed.cases.sum())
    return int(needed.cases[:, kept].sum()) / cases if cases else 1.0


def shortest(part: SimPart, needed: Sequence[Binned], share: float) -> float | None:
    """The shortest limit of ``limits`` within which each of several columns keeps ``share``; None if there is none."""
    return next((limit for limit in limits(part) if all(within(part, n, limit) >= share for n in needed)), None)


def largest(shares: Sequence[float], target: float) -> float | None:
    """The largest share of the ladder below ``target`` that all of these leave room for; None if there is none."""
    return next((rung for rung in ladder(target) if all(share >= room(rung) for share in shares)), None)
