"""What happens: products, fault modes, installed base, orders, planned visits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simsvc.scenario.base import Table, Text
from simsvc.scenario.distribution import ZERO, Distribution
from simsvc.scenario.quantity import Amount, Count, Duration, Natural, Rate, Share

Cause = Literal["hardware", "misuse", "software", "other"]


class Mode(Table):
    """One way a unit fails.

    ``share`` of the product's faults; ``priority`` 0 is served first; ``remote``: probability that remote help solves
    it; ``part``: probability that it needs a part, which one by ``parts`` (weights); ``right_part``: probability that
    the remote diagnosis names the right part, so that it is brought; ``fixed``: probability that a visit with
    everything at hand fixes it; ``repeat``: probability that it comes back, after ``repeat_after``.
    ``diagnosis`` is the work on site of a visit that can't repair (no part, too hard, the unit leaves), ``work`` that
    of a visit that can.
    ``stops_work``: probability that it stops the user's work (its impact). ``expert``: probability that the first
    visit finds it too hard, and it goes to the third level before the next. ``workshop``: probability that the unit
    can't be repaired on site and leaves by one of ``routes`` (weights of ``[repairs]``).
    """

    name: Text
    share: Amount
    cause: Cause = "hardware"
    priority: Annotated[int, Field(ge=0, le=9)] = 1
    remote: Share = 0.0
    part: Share = 0.0
    parts: dict[str, Amount] = {}
    right_part: Share = 1.0
    fixed: Share = 1.0
    work: Distribution
    diagnosis: Distribution = ZERO
    repeat: Share = 0.0
    repeat_after: Distribution = ZERO
    stops_work: Share = 0.0
    expert: Share = 0.0
    workshop: Share = 0.0
    routes: dict[str, Amount] = {}


class Product(Table):
    """A kind of device served: annual fault ``rate`` per unit, when (``profile``), how (``modes``).

    ``in_contract``: share of faults under contract; the others need ``dispatch.approval``. ``skill``: what an engineer
    must know. ``replace_after``: so many failed repairs in a row of one fault, and the unit is replaced by a new one,
    which takes ``replacement`` to come.
    """

    name: Text
    rate: Rate
    profile: str | None = None
    in_warranty: Share = 1.0
    in_contract: Share = 1.0
    skill: str | None = None
    replace_after: Natural | None = None
    replacement: Distribution = ZERO
    modes: Annotated[dict[str, Mode], Field(min_length=1)]


class Installed(Table):
    """Units of a product in an area."""

    area: str
    product: str
    units: Count


class Sites(Table):
    """Customer sites of an area (offices to inspect)."""

    area: str
    sites: Count


class Demand(Table):
    """``scale`` multiplies every fault rate; ``installed`` and ``sites`` are tables or CSV files."""

    scale: Amount = 1.0
    installed: list[Installed] = []
    sites: list[Sites] = []

    def unserved(self) -> set[str]:
        """Areas that the tables name with no unit and no site: nobody is served there, so nothing is promised."""
        served = {row.area for row in self.installed if row.units} | {row.area for row in self.sites if row.sites}
        return {row.area for row in self.installed} - served


class Goods(Table):
    """A kind of order: ``rate`` per installed unit of ``per_product`` and year.

    ``in_stock``: probability that it lies in the warehouse, otherwise ``procurement``; ``install``: probability that
    it must be installed (tested, staff trained), which takes ``installation`` on site by engineers with ``skill``;
    ``size`` in units of van capacity. ``faulty``: probability that goods arrive short, wrong or faulty; that is found
    and reported ``faulty_after`` later, and goods in stock go out anew.
    """

    name: Text
    special: bool = False
    per_product: str
    rate: Rate
    profile: str | None = None
    in_stock: Share = 1.0
    procurement: Distribution = ZERO
    install: Share = 0.0
    installation: Distribution = ZERO
    size: Natural = 1
    returns: Share = 0.0
    skill: str | None = None
    faulty: Share = 0.0
    faulty_after: Distribution = ZERO


class Life(Table):
    """Windows counted from the day on which a site went into use; ``cycle`` later it gets new equipment and they begin
    anew. The days are keyed by site and spread evenly over the cycle.

    ``windows``: ``[["0 d", "30 d"], ["30 d", "60 d"]]``, start and end of each.
    """

    cycle: Annotated[Duration, Field(ge=86400)]
    windows: Annotated[list[Annotated[list[Duration], Field(min_length=2, max_length=2)]], Field(min_length=1)]


PlannedKind = Literal["inspection", "cleaning", "training", "standby", "rework"]


class Planned(Table):
    """Visits to customer sites, by one of four rules.

    ``every_months``: one in each window of so many calendar months, counted from January. ``months``: one in each of
    these months, with ``days`` from one day of the month to another (both included) only then. ``life``: windows from
    the day on which a site went into use. ``rate``: on request, so often per site in the open hours of the staff's
    calendar, released at once and due ``within``.

    A visit is released at a keyed moment in the first ``release`` share of its window and is due at the window's end.
    ``sites``: share of the sites that have such visits, in all windows. ``skill``: what an engineer must know.
    """

    name: Text
    kind: PlannedKind = "inspection"
    every_months: Literal[1, 2, 3, 4, 6, 12] | None = None
    months: list[Annotated[int, Field(ge=1, le=12)]] = []
    days: Annotated[list[Annotated[int, Field(ge=1, le=31)]], Field(min_length=2, max_length=2)] | None = None
    life: Life | None = None
    rate: Rate | None = None
    within: Duration | None = None
    release: Share = 0.67
    sites: Share = 1.0
    skill: str | None = None
    work: Distribution
