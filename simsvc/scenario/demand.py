"""What happens: products, fault modes, installed base, orders, planned visits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, NonNegativeFloat, NonNegativeInt, PositiveInt

from simsvc.scenario.base import Table, Text
from simsvc.scenario.distribution import ZERO, Distribution
from simsvc.scenario.quantity import Rate, Share

Cause = Literal["hardware", "misuse", "software", "other"]


class Mode(Table):
    """One way a unit fails.

    ``share`` of the product's faults; ``priority`` 0 is served first; ``remote``: probability that remote help solves
    it; ``part``: probability that it needs a part, which one by ``parts`` (weights); ``right_part``: probability that
    the remote diagnosis names the right part, so that it is brought; ``fixed``: probability that a visit with
    everything at hand fixes it; ``repeat``: probability that it comes back, after ``repeat_after``.
    ``diagnosis`` is the work on site of a visit that ends without the part; ``work`` that of a visit that can repair.
    """

    name: Text
    share: NonNegativeFloat
    cause: Cause = "hardware"
    priority: Annotated[int, Field(ge=0, le=9)] = 1
    remote: Share = 0.0
    part: Share = 0.0
    parts: dict[str, NonNegativeFloat] = {}
    right_part: Share = 1.0
    fixed: Share = 1.0
    work: Distribution
    diagnosis: Distribution = ZERO
    repeat: Share = 0.0
    repeat_after: Distribution = ZERO


class Product(Table):
    """A kind of device served: annual fault ``rate`` per unit, when (``profile``), how (``modes``)."""

    name: Text
    rate: Rate
    profile: str | None = None
    in_warranty: Share = 1.0
    modes: Annotated[dict[str, Mode], Field(min_length=1)]


class Installed(Table):
    """Units of a product in an area."""

    area: str
    product: str
    units: NonNegativeInt


class Sites(Table):
    """Customer sites of an area (offices to inspect)."""

    area: str
    sites: NonNegativeInt


class Demand(Table):
    """``scale`` multiplies every fault rate; ``installed`` and ``sites`` are tables or CSV files."""

    scale: NonNegativeFloat = 1.0
    installed: list[Installed] = []
    sites: list[Sites] = []


class Goods(Table):
    """A kind of order: ``rate`` per installed unit of ``per_product`` and year.

    ``in_stock``: probability that it lies in the warehouse, otherwise ``procurement``; ``install``: probability that
    it must be installed, which takes ``installation`` on site; ``size`` in units of van capacity.
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
    size: PositiveInt = 1
    returns: Share = 0.0


class Planned(Table):
    """Visits to every site once in each window of ``every_months`` calendar months (counted from January).

    Each visit is released at a keyed moment in the first ``release`` share of its window and is due at its end.
    """

    name: Text
    kind: Literal["inspection"] = "inspection"
    every_months: Literal[1, 2, 3, 4, 6, 12]
    release: Share = 0.67
    work: Distribution
