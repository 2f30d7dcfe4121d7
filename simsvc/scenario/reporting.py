"""What is computed from the log afterwards, and how verdicts are shown."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simsvc.scenario.base import Table, Text
from simsvc.scenario.distribution import ZERO, Distribution
from simsvc.scenario.quantity import Amount, Duration, Share


class Complaints(Table):
    """Complaints computed from the log: share of tickets that complain when kept and when late."""

    kept: Share
    late: Share


class Zone(Table):
    """A class of towns for the promise ladder: first zone that matches counts."""

    name: Text
    kinds: list[Literal["seat", "town", "zone"]] = []
    areas: list[str] = []


class Warranty(Table):
    """Warranty ``length``; ``extension`` of it for each fault in warranty that stops work. Telling its holders of the
    end takes ``call`` of the desk's time each."""

    length: Annotated[Duration, Field(gt=0)]
    extension: Duration = 0.0
    call: Duration = 0.0


class Escalation(Table):
    """A ticket that nobody has been named for ``after`` so long of being ready goes to the manager, who answers after
    ``answer`` (from the next opening of ``calendar``, at once when left out); not within ``limit``: general manager.

    ``check`` and ``rectify``: ages of an open ticket that draw a check and a rectification order.
    """

    after: Duration = 0.0
    answer: Distribution = ZERO
    calendar: str | None = None
    limit: Duration = 300.0
    check: Duration = 604800.0
    rectify: Duration = 1209600.0


class Costs(Table):
    """Prices in CNY: a visit (travel), an hour on site, an hour of overtime on top, an hour of desk or remote help,
    a day of a loaner, a new unit by product. Parts and contractors carry their own prices."""

    visit: Amount = 0.0
    hour: Amount = 0.0
    overtime_hour: Amount = 0.0
    desk_hour: Amount = 0.0
    loaner_day: Amount = 0.0
    units: dict[str, Amount] = {}


class Reporting(Table):
    """``ladder``: the limits of the promise ladder; ``apart``: areas shown by themselves and kept out of "worst";
    the other tables are what the log is asked afterwards."""

    ladder: Annotated[list[Duration], Field(min_length=1)] = [3600, 7200, 10800, 14400, 28800, 43200, 86400]
    zones: dict[str, Zone] = {}
    apart: list[str] = []
    complaints: Complaints | None = None
    warranty: Warranty | None = None
    escalation: Escalation | None = None
    costs: Costs | None = None

    def zone_of(self, kind: str, area: str) -> str | None:
        """Id of the first zone that matches a town's kind and area, if any does."""
        for key, zone in self.zones.items():
            if (not zone.kinds or kind in zone.kinds) and (not zone.areas or area in zone.areas):
                return key
        return None
