"""With what: spare parts and their stocks; the warehouse, its vans, deliveries and installations."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simsvc.scenario.base import Table, Text
from simsvc.scenario.distribution import ZERO, Distribution
from simsvc.scenario.quantity import Amount, Clock, Count, Duration, Natural, Share


class Part(Table):
    """A spare part of a product; ``weight`` shares the product's 3 % among its parts; ``cost`` in CNY.

    ``substitute``: another part that does as well, taken where a station has none of this one.
    """

    name: Text
    product: str
    weight: Amount = 1.0
    cost: Amount = 0.0
    substitute: str | None = None


class Level(Table):
    """A given base stock: station (or ``"hub"``), part, pieces."""

    station: str
    part: str
    base_stock: Count


class Hub(Table):
    """The central store. It holds ``share`` of the units served in the province per type; ships in ``lead``."""

    node: str
    share: Share = 0.0
    lead: Distribution


class Lateral(Table):
    """Lateral transshipment: a station that has none gets a piece from the nearest station that has one, if it lies
    ``within`` expected off-peak driving; on the way for that drive and ``handling``."""

    within: Duration
    handling: Distribution = ZERO


class Stock(Table):
    """Base stocks (S−1,S).

    ``rule = "share"``: per station and device type ``share`` × units served, rounded up, shared among the type's
    parts by weight (largest remainder). ``rule = "given"``: ``levels`` alone (0 where not named). ``levels`` override
    either. Without a ``hub`` the stations order from the supplier, ``supplier_lead``.
    """

    rule: Literal["share", "given"] = "given"
    share: Share = 0.0
    levels: list[Level] = []
    hub: Hub | None = None
    lateral: Lateral | None = None
    supplier_lead: Distribution = ZERO


class Warehouse(Table):
    """Where goods leave from. Orders count as received at once in open hours before ``cut_off``, else next opening."""

    node: str
    calendar: str
    cut_off: Clock = 86400
    handling: Duration = 0.0


class Route(Table):
    """Own vans on a timetable: ``vans`` leave at each of ``departs`` on days on which ``calendar`` is open.

    A van loads up to ``capacity`` (FIFO), serves the areas in the order given and within an area its towns in the
    order of the network, ``unload`` at each order, and goes home. ``goods``: what it carries (all when empty).
    """

    goods: list[str] = []
    areas: Annotated[list[str], Field(min_length=1)]
    departs: Annotated[list[Clock], Field(min_length=1)]
    calendar: str
    capacity: Natural
    vans: Annotated[Natural, Field(le=10_000)] = 1
    unload: Duration = 0.0


class Courier(Table):
    """A parcel service: picks up at each of ``departs`` on days on which ``calendar`` is open, delivers after ``lead``.

    It serves ``areas`` and ``goods`` (all when empty) that no route before it serves.
    """

    departs: Annotated[list[Clock], Field(min_length=1)]
    calendar: str
    lead: Distribution
    areas: list[str] = []
    goods: list[str] = []


class Delivery(Table):
    """Goods to customers: the first route, then the first courier, that serves area and goods takes an order.

    Installations are done by the station engineers who cover the town.
    """

    warehouse: Warehouse
    routes: dict[str, Route] = {}
    couriers: dict[str, Courier] = {}
    installers: Literal["station"] = "station"
