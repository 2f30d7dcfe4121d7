"""The promises: clauses, their parts, the two readings of a wording; and the assumption ledger."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simsvc.scenario.base import Table, Text
from simsvc.scenario.demand import Cause
from simsvc.scenario.quantity import Duration, Natural, Share

SimMeasure = Literal[
    "response",
    "answered",
    "time_to_site",
    "taken_up",
    "staff_reachable",
    "repaired",
    "loaner_placed",
    "stand_in_available",
    "manager_answer",
    "delivered",
    "installed",
    "in_use",
    "planned_done",
    "stock_ratio",
]
Estimate = Literal[
    "overtime_hours",
    "answer_time",
    "abandoned",
    "desk_load",
    "remote_share",
    "remote_time",
    "approval_delay",
    "load",
    "planned_load",
    "third_level",
    "first_time_fix",
    "right_part",
    "substitutes",
    "repeat_share",
    "repairs",
    "replacements",
    "rework",
    "returns",
    "replacement_goods",
    "escalations",
    "open_age",
    "reminders",
    "warranty_liability",
    "complaints",
    "fill_rate",
    "wait_for_parts",
    "costs",
]
PlanRule = Literal["coverage", "rollout", "spares_at_start", "ticket_fields"]


class Population(Table):
    """Which cases count: all of the measure's cases unless narrowed. ``not_areas`` leaves areas out.

    ``zones``: reporting zones of the towns. ``modes``: fault modes as ``"product.mode"``. ``routes``: repair routes
    (``[repairs]``) by which the unit left, ``"on-site"`` for units that did not. ``replacement``: goods sent out anew.
    ``planned``: rules of planned visits.
    """

    areas: list[str] = []
    not_areas: list[str] = []
    zones: list[str] = []
    causes: list[Cause] = []
    products: list[str] = []
    modes: list[str] = []
    channels: list[str] = []
    routes: list[str] = []
    in_warranty: bool | None = None
    in_contract: bool | None = None
    special: bool | None = None
    replacement: bool | None = None
    planned: list[str] = []
    reported_in: str | None = None


class Reading(Table):
    """What another reading of the wording changes; what is not named stays as in the base reading."""

    name: Text
    target: Share | None = None
    limit: Duration | None = None
    days: Natural | Literal[0] | None = None
    day_kind: Literal["calendar", "working"] | None = None
    strict: bool | None = None
    clock_start: Literal["reported", "remote_failed", "arrived"] | None = None
    clock_stop: Literal["reached", "set-out", "arranged"] | None = None
    clock_hours: str | None = None
    cut_off: bool | None = None
    reported_in: str | None = None
    zones: list[str] | None = None
    stand_in: bool | None = None
    level: Literal["station", "island"] | None = None
    per: Literal["type", "overall"] | None = None
    of: Literal["units", "jobs", "value"] | None = None
    on_order: bool | None = None


class SimPart(Table):
    """A limit and a share, judged from simulated logs.

    The limit is ``limit`` (``strict``: ``<`` instead of ``<=``) on the clock ``clock_hours`` (a calendar's open hours;
    round the clock when left out), or ``days``: by the end of that many calendar or working days after the day of the
    start (0: the same day). ``cut_off``: orders after the warehouse's cut-off start on the next working day.
    ``stand_in``: a stand-in device put in place counts as repaired. ``level``, ``per``, ``of``, ``on_order``: readings
    of a spares rule: what stock (each station's, the island's; per device type, over all; on hand, with orders) is
    held against ``ratio`` of what (units served, jobs a year, value served).
    """

    kind: Literal["sim"]
    measure: SimMeasure
    target: Share = 0.95
    limit: Duration | None = None
    days: Natural | Literal[0] | None = None
    day_kind: Literal["calendar", "working"] = "calendar"
    strict: bool = False
    clock_start: Literal["reported", "remote_failed", "arrived"] = "reported"
    clock_stop: Literal["reached", "set-out", "arranged"] = "reached"
    clock_hours: str | None = None
    cut_off: bool = False
    population: Population = Population()
    ratio: Share | None = None
    level: Literal["station", "island"] = "station"
    per: Literal["type", "overall"] = "type"
    of: Literal["units", "jobs", "value"] = "units"
    on_order: bool = False
    stand_in: bool = False
    readings: dict[str, Reading] = {}
    note: Text | None = None


class MeasurePart(Table):
    """Nothing to hold against: an estimate with its interval and no verdict."""

    kind: Literal["measure"]
    measure: Estimate
    population: Population = Population()
    note: Text | None = None


class PlanPart(Table):
    """Decided from the scenario alone. ``target``: share of the areas, shelves or fields that must meet the rule;
    ``level``, ``per``, ``of`` as in ``SimPart``, for spares at the start."""

    kind: Literal["plan"]
    rule: PlanRule
    target: Share = 1.0
    within_months: Natural | None = None
    ratio: Share | None = None
    level: Literal["station", "island"] = "station"
    per: Literal["type", "overall"] = "type"
    of: Literal["units", "jobs", "value"] = "units"
    readings: dict[str, Reading] = {}
    note: Text | None = None


class LedgerPart(Table):
    """Not a matter of queues, travel or stock: listed as not judged."""

    kind: Literal["ledger"]
    note: Text | None = None


Part = Annotated[SimPart | MeasurePart | PlanPart | LedgerPart, Field(discriminator="kind")]


class Term(Table):
    """A length of warranty that the document states, and from when it runs (left out: not stated)."""

    length: Annotated[Duration, Field(gt=0)]
    since: Literal["contract", "delivery", "commissioning"] | None = None


class Facts(Table):
    """What the clause states, for the linter: statements to hold against each other and against the resources.

    It says what the *document* says, whatever reading the parts take as base, and collects what the document says of
    the same thing elsewhere than in a clause.

    ``hours_named``: a clause with a time limit says in which hours it runs; ``figure_named``: it states its limit
    (false: the limit in its parts was chosen by the writer of the scenario); ``frequency_named``: a clause of regular
    visits says how often; ``round_the_clock``: service at all hours; ``open_hours``: service hours, as a calendar;
    ``hotline_hours``: hours of the hotline per day; ``persons``: how many keep the telephone.
    ``warranty``: every length of warranty that is stated; ``also_limits``: other limits that the document states for
    the clause's parts of a measure; ``frequencies``: how often the clause's visits are promised elsewhere: months from
    one to the next, or when the client asks; ``wordings``: what must have happened when the limit ends, one entry for
    each wording (``in-general`` for one that binds as a rule only).
    """

    hours_named: bool = True
    figure_named: bool = True
    frequency_named: bool = True
    round_the_clock: bool = False
    open_hours: str | None = None
    hotline_hours: float | None = None
    persons: Natural | None = None
    warranty: list[Term] = []
    also_limits: dict[SimMeasure, list[Duration]] = {}
    frequencies: list[Natural | Literal["on-request"]] = []
    wordings: list[Literal["arrived", "set-out", "arranged", "completed", "in-general"]] = []


class Clause(Table):
    """One promise: wording (our words), parts, and the facts the linter holds against each other."""

    text: Text
    parts: Annotated[list[Part], Field(min_length=1)]
    states: Facts = Facts()


class Rollout(Table):
    """Stations to be opened: month after ``online`` by area. Empty: the document schedules none."""

    openings: dict[str, Natural] = {}


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
