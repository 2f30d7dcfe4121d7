"""Where: the road network, its travel times, the calendars, the counting window."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from simsvc.scenario.base import Table
from simsvc.scenario.quantity import Amount, Clock, Duration, Factor, Natural, Share, Span

BANDS = ("peak", "off_peak", "night", "weekend", "holiday", "rain")
Band = Literal["peak", "off_peak", "night", "weekend", "holiday", "rain"]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Days = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", "mon-fri", "mon-sat", "sat-sun", "mon-sun"]
Months = Annotated[list[Amount], Field(min_length=12, max_length=12)]


class Time(Table):
    """The counted window, the warm-up before it and the drain after it.

    ``start`` is the first counted day (local civil time); the simulation starts ``warm_up`` earlier.
    """

    start: dt.date
    window: Annotated[Duration, Field(gt=0)]
    warm_up: Duration = 0.0
    drain: Duration = 0.0
    holidays: Literal["CN", "none"] = "none"


class Node(Table):
    """A place of an own network."""

    id: str
    name_en: str = ""
    name_zh: str = ""
    lat: float | None = None
    lon: float | None = None
    kind: Literal["seat", "town", "zone", "junction", "port", "airport"] = "town"
    area: str = ""
    population: Amount | None = None


class Road(Table):
    """A road of an own network: ``minutes``, or ``length_km`` at ``typical_kmh``."""

    from_: Annotated[str, Field(alias="from")]
    to: str
    ref: str = ""
    road_class: Annotated[str, Field(alias="class")] = "road"
    length_km: Amount | None = None
    typical_kmh: Factor | None = None
    minutes: Amount | None = None
    opening_date: dt.date | None = None


class Rain(Table):
    """Share of the hours of each month in which it rains hard enough to slow traffic; keyed by day and hour block."""

    share: Months
    block: Annotated[Duration, Field(gt=0)] = 10800.0


class Passage(Table):
    """Scheduled boats or flights to a place that no road joins. Engineers take them; vans and spare parts don't.

    They leave the node ``from`` at ``departs`` and the node ``to`` at ``returns``, every ``every_days`` days, and take
    ``duration``; one has to be at the port or airport ``check_in`` earlier. Nobody is called on the way back.
    """

    from_: Annotated[str, Field(alias="from")]
    to: str
    departs: Annotated[list[Clock], Field(min_length=1)]
    returns: Annotated[list[Clock], Field(min_length=1)]
    every_days: Natural = 1
    duration: Duration
    check_in: Duration = 0.0


class Network(Table):
    """The roads of one date.

    ``source`` is ``"hainan"`` (shipped), or ``"own"`` with ``nodes`` and ``roads`` (tables or CSV files), or with
    ``nodes`` and a ``matrix`` CSV of minutes, or a ``graphml`` file.
    ``bands`` multiply free-flow minutes by road class (``"all"`` for every class not named) and band.
    ``passages``: boats and flights by timetable; without one a place that no road joins gets remote help only.
    ``local_drive``: free-flow drive between two sites of one place, or from a station to a site of its own place, by
    node id or by kind of node (``seat``, ``town``, ``zone``); factors as for the class ``urban``; 0 when left out.
    """

    source: Literal["hainan", "own"] = "hainan"
    as_of: dt.date | None = None
    nodes: list[Node] | None = None
    roads: list[Road] | None = None
    matrix: str | None = None
    graphml: str | None = None
    time_factor: Factor = 1.0
    noise_cv: Amount = 0.0
    bands: dict[str, dict[Band, Factor]] = {}
    local_drive: dict[str, Duration] = {}
    passages: list[Passage] = []
    peak: list[Span] = []
    night: list[Span] = []
    rain: Rain | None = None


class Weights(Table):
    """How the demand of an area is shared out among its towns.

    ``seat``: the seat's share, or ``"urban"`` for the area's urban share where it is known (``seat_default`` where it
    is not); the other towns share the rest by population where it is known; a town without one counts as the mean of
    the known towns of its area (equal shares if none is known), which is the township rule.
    ``split``: share of an area's demand that a zone inside it takes, such as
    ``{ yangpu = { from = "danzhou", share = 0.1 } }``.
    """

    seat: Share | Literal["urban"] = "urban"
    seat_default: Share = 0.5
    split: dict[str, Split] = {}


class Split(Table):
    """A zone's demand, taken out of the area around it."""

    from_: Annotated[str, Field(alias="from")]
    share: Share


class Calendar(Table):
    """Open hours by day of week. ``week``: ``{ mon-fri = ["08:00-18:00"] }``; a named single day overrides a range.

    ``holidays``: statutory holidays (and days off in exchange) are ``"closed"`` or run ``"as-week"``.
    ``make_up``: make-up working days at weekends are ``"open"`` (Monday's hours) or run ``"as-week"``.
    """

    week: dict[Days, list[Span]]
    holidays: Literal["closed", "as-week"] = "as-week"
    make_up: Literal["open", "as-week"] = "as-week"


class Hours(Table):
    """Weight of some hours of some days in a profile."""

    days: Days
    hours: Span
    weight: Amount


class Profile(Table):
    """When faults or orders come: weights by hour of week and by month, each normalised to mean 1.

    ``base`` is the weight of any hour not named; later rows of ``week`` override earlier ones.
    ``holidays_as``: a statutory holiday follows this day of the week (make-up days then follow Monday).
    """

    base: Amount = 1.0
    week: list[Hours] = []
    months: Months = [1.0] * 12
    holidays_as: Day | Literal["same"] = "same"


class Typhoons(Table):
    """Landing typhoons: a Poisson process by month; roads near the landfall close, then faults surge.

    ``per_year`` landings, ``months`` weights, ``landfall`` weight by area; areas whose seat lies within ``reach_km``
    of the landfall area's seat are hit: closed for ``closure``, then fault rates times ``surge`` for ``surge_length``.
    """

    per_year: Amount
    months: Months
    landfall: dict[str, Amount]
    reach_km: Amount
    closure_low: Duration
    closure_high: Duration
    surge: Annotated[float, Field(ge=1)] = 1.0
    surge_low: Duration = 0.0
    surge_high: Duration = 0.0


class Strait(Table):
    """Closures of the strait (fog, wind): goods from suppliers that would arrive during one wait until it ends."""

    per_year: Amount
    months: Months
    low: Duration
    high: Duration


class Environment(Table):
    """What nobody chooses."""

    typhoons: Typhoons | None = None
    strait: Strait | None = None
