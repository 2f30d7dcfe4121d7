"""What happens to units that can't be repaired on site: workshop or maker, stand-ins, review of the work."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simsvc.scenario.base import Table, Text
from simsvc.scenario.distribution import ZERO, Distribution
from simsvc.scenario.quantity import Count, Duration, Share


class Repair(Table):
    """A route for units that leave the user's site: own workshop, maker, by post.

    ``turnaround``: from leaving the site to being back at the station, tested. ``scrap``: probability that the unit is
    not worth repair: the stand-in then stays for good, or a new unit comes.
    """

    name: Text
    turnaround: Distribution
    scrap: Share = 0.0


class Loaner(Table):
    """A pool of stand-in devices for ``products`` (of no other pool): pieces by station (``at``).

    One is asked for when a visit ends without repair and the next can't follow at once. It comes from the engineer's
    station, else from the nearest station that has one, ``transfer`` later; where no station has any, the user goes
    without. ``brought``: probability that the engineer has it with him; otherwise it takes a visit of its own, due
    ``threshold`` after the report, which is also the repair time from which a loaner is promised. It comes back with
    the repair. One that stays for good is replaced after ``renewal``.
    """

    name: Text
    products: Annotated[list[str], Field(min_length=1)]
    at: dict[str, Count]
    threshold: Duration = 0.0
    brought: Share = 0.0
    transfer: Distribution = ZERO
    placing: Distribution = ZERO
    renewal: Distribution = ZERO


class Review(Table):
    """Quality control: every fault fixed on site is reviewed ``after`` (open hours of ``calendar``) its repair.

    ``fail``: probability that it fails and is dispatched again as rework, which takes ``work`` on site and is due
    ``within``; the users called back take ``call`` of the desk's time each.
    """

    calendar: str
    after: Distribution = ZERO
    fail: Share = 0.0
    within: Duration = 0.0
    work: Distribution = ZERO
    call: Duration = 0.0
