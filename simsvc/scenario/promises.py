"""The promises: clauses, their parts, the two readings of a wording; and the assumption ledger."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PositiveInt

from simsvc.scenario.base import Table, Text
from simsvc.scenario.demand import Cause
from simsvc.scenario.quantity import Duration, Share

SimMeasure = Literal[
    "response", "time_to_site", "answered", "taken_up", "delivered", "installed", "planned_done", "stock_ratio"
]
Estimate = Literal[
    "overtime_hours",
    "answer_time",
    "remote_share",
    "remote_time",
    "returns",
    "out_of_warranty",
    "complaints",
    "fill_rate",
    "wait_for_parts",
]
PlanRule = Literal["coverage", "rollout", "spares_at_start"]


class Population(Table):
    """Which cases count: all of the measure's cases unless narrowed. ``not_areas`` leaves areas out."""

    areas: list[str] = []
    not_areas: list[str] = []
    causes: list[Cause] = []
    products: list[str] = []
    special: bool | None = None
    reported_in: str | None = None


class Reading(Table):
    """What another reading of the wording changes; what is not named stays as in the base reading."""

    name: Text
    limit: Duration | None = None
    days: PositiveInt | Literal[0] | None = None
    day_kind: Literal["calendar", "working"] | None = None
    strict: bool | None = None
    clock_start: Literal["reported", "remote_failed", "arrived"] | None = None
    clock_stop: Literal["reached", "arranged"] | None = None
    clock_hours: str | None = None
    cut_off: bool | None = None
    reported_in: str | None = None
    level: Literal["station", "island"] | None = None
    per: Literal["type", "overall"] | None = None
    on_order: bool | None = None


class SimPart(Table):
    """A limit and a share, judged from simulated logs.

    The limit is ``limit`` (``strict``: ``<`` instead of ``<=``) on the clock ``clock_hours`` (a calendar's open hours;
    round the clock when left out), or ``days``: by the end of that many calendar or working days after the day of the
    start (0: the same day). ``cut_off``: orders after the warehouse's cut-off start on the next working day.
    """

    kind: Literal["sim"]
    measure: SimMeasure
    target: Share = 0.95
    limit: Duration | None = None
    days: PositiveInt | Literal[0] | None = None
    day_kind: Literal["calendar", "working"] = "calendar"
    strict: bool = False
    clock_start: Literal["reported", "remote_failed", "arrived"] = "reported"
    clock_stop: Literal["reached", "arranged"] = "reached"
    clock_hours: str | None = None
    cut_off: bool = False
    population: Population = Population()
    ratio: Share | None = None
    level: Literal["station", "island"] = "station"
    per: Literal["type", "overall"] = "type"
    on_order: bool = False
    planned: str | None = None
    readings: dict[str, Reading] = {}
    note: Text | None = None


class MeasurePart(Table):
    """Nothing to hold against: an estimate with its interval and no verdict."""

    kind: Literal["measure"]
    measure: Estimate
    population: Population = Population()
    note: Text | None = None


class PlanPart(Table):
    """Decided from the scenario alone."""

    kind: Literal["plan"]
    rule: PlanRule
    within_months: PositiveInt | None = None
    ratio: Share | None = None
    note: Text | None = None


class LedgerPart(Table):
    """Not a matter of queues, travel or stock: listed as not judged."""

    kind: Literal["ledger"]
    note: Text | None = None


Part = Annotated[SimPart | MeasurePart | PlanPart | LedgerPart, Field(discriminator="kind")]


class Facts(Table):
    """What the clause states, for the linter: statements to hold against each other and against the resources.

    ``hours_named``: a clause with a time limit says in which hours it runs; ``figure_named``: it states its limit
    (false: the limit in its parts was chosen by the writer of the scenario); ``frequency_named``: a clause of regular
    visits says how often; ``round_the_clock``: service at all hours; ``open_hours``: service hours, as a calendar;
    ``hotline_hours``: hours of the hotline per day; ``persons``: how many keep the telephone.
    """

    hours_named: bool = True
    figure_named: bool = True
    frequency_named: bool = True
    round_the_clock: bool = False
    open_hours: str | None = None
    hotline_hours: float | None = None
    persons: PositiveInt | None = None


class Clause(Table):
    """One promise: wording (our words), parts, and the facts the linter holds against each other."""

    text: Text
    parts: Annotated[list[Part], Field(min_length=1)]
    states: Facts = Facts()


class Rollout(Table):
    """Stations to be opened: month after ``online`` by area. Empty: the document schedules none."""

    openings: dict[str, PositiveInt] = {}


class Assumption(Table):
    """A figure that the document doesn't give. ``base`` is what stands at ``path`` and must equal it when written.

    ``also``: further paths at which the same figure stands; it moves there with ``path``.
    """

    path: str
    also: list[str] = []
    low: int | float | str
    high: int | float | str
    base: int | float | str | None = None
    source: str
    confidence: Literal["high", "medium", "low"]
    name: Text


class Complaints(Table):
    """Complaints computed from the log: share of tickets that complain when kept and when late."""

    kept: Share
    late: Share


class Zone(Table):
    """A class of towns for the promise ladder: first zone that matches counts."""

    name: Text
    kinds: list[Literal["seat", "town", "zone"]] = []
    areas: list[str] = []


class Reporting(Table):
    """``ladder``: the limits of the promise ladder; ``apart``: areas shown by themselves and kept out of "worst"."""

    ladder: Annotated[list[Duration], Field(min_length=1)] = [3600, 7200, 10800, 14400, 28800, 43200, 86400]
    zones: dict[str, Zone] = {}
    apart: list[str] = []
    complaints: Complaints | None = None
