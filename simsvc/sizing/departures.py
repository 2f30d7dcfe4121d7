"""Further departures of a route, spread over the day, and earlier cut-offs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from simsvc.case import Case
from simsvc.clock import DAY
from simsvc.scenario.supply import Delivery, Route

MOST_EXTRA = 3
"""Departures a day that a plan may add to a route."""
EARLIEST = 12 * 3600
"""No cut-off is earlier."""
_QUARTER = 900


def departures(case: Case, delivery: Delivery, route: Route, extra: int) -> list[str]:
    """Times of a route with so many departures more.

    The first leaves with what came in until the cut-off, if none leaves so late; the others in the middle of the
    longest time without a departure from when the route's calendar opens until it closes; on the quarter hour.
    """
    calendar = case.calendars[route.calendar]
    opens = int(np.min(calendar.starts % DAY, initial=DAY - 1))
    closes = int(np.max((calendar.ends - 1) % DAY + 1, initial=1))
    times = sorted(int(t) for t in route.departs)
    last = min(cut_off(case, delivery), DAY) + int(delivery.warehouse.handling)
    last = -(-last // _QUARTER) * _QUARTER
    for _ in range(extra):
        if times[-1] < last < DAY:
            times = sorted({*times, last})
            continue
        edges = [min(opens, times[0]), *times, max(closes, times[-1])]
        _, start, end = max((b - a, -a, b) for a, b in pairwise(edges))
        middle = (-start + end) // 2 // _QUARTER * _QUARTER
        times = sorted({*times, middle})
    return [clock(t) for t in times]


def cut_off(case: Case, delivery: Delivery) -> int:
    """The moment of a day after which an order counts for the next: the cut-off, or when the warehouse closes."""
    ends = case.calendars[delivery.warehouse.calendar].ends
    return min(int(delivery.warehouse.cut_off), int(np.max((ends - 1) % DAY + 1, initial=1)))


def earlier(case: Case, delivery: Delivery) -> list[str]:
    """Cut-offs that a plan may take: the one that is written, then an hour earlier each, until noon."""
    first = cut_off(case, delivery)
    return [clock(int(delivery.warehouse.cut_off)), *(clock(t) for t in range(first - 3600, EARLIEST - 1, -3600))]


def clock(seconds: int) -> str:
    """A time of day as the scenario writes it."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
