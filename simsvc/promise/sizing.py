"""What sizing says: the plan found, what it costs, what it was held against, and why each step was taken."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from simsvc.promise.result import Row, tabled
from simsvc.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

Status = Literal["kept", "impossible", "not found"]
Kind = Literal[
    "engineers", "duty", "reach", "agents", "technicians", "vans", "departures", "cut-off", "spares", "loaners",
    "overflow",
]  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """A promise to keep: clause, position of the part, its words in both languages, limit and share as they were asked
    for and as they were planned for (they differ where the promise was eased), areas in which it must hold one by one.

    ``measure``, ``kind``: as in a row of a validation (``sim`` or ``plan``).
    """

    clause: str
    part: int
    label: str
    kind: Literal["sim", "plan"]
    measure: str
    asked_limit: str
    limit: str
    asked_target: float
    target: float
    areas: tuple[str, ...]

    @property
    def eased(self) -> bool:
        """Whether the plan is for another promise than was asked for."""
        return self.asked_limit != self.limit or self.asked_target != self.target


@dataclass(frozen=True)
class Obstacle:
    """A promise that no plan keeps in an area (id; ``"province"``), however much staff and stock there is.

    ``best``: the share that could be kept there at the limit (``low``, ``high``: its interval; equal where it follows
    from the scenario alone); ``nearest``: the shortest limit (seconds) that could be kept at the target, None where
    none could; ``nearest_days`` the same for a limit in days; ``why``: english, chinese; from simulation it names what
    is late even with every candidate station open and staff and stock without end.
    """

    clause: str
    part: int
    area: str
    name: dict[str, str]
    limit: str
    target: float
    best: float
    low: float
    high: float
    nearest: float | None
    nearest_days: int | None
    why: tuple[str, str]


@dataclass(frozen=True)
class Line:
    """One decision: what (by language), where (station, shift, route or shelf, by language), today and planned
    (number, or a word for duty, reach and cut-off), and what it costs a year, CNY."""

    key: str
    kind: Kind
    place: str
    name: dict[str, str]
    today: int | str
    planned: int | str
    cost_today: float
    cost: float

    @property
    def changed(self) -> bool:
        """Whether the plan differs from today."""
        return self.today != self.planned


@dataclass(frozen=True)
class Bound:
    """A cost that no plan can be below, and what it follows from, english and chinese, part by part with its cost."""

    cost: float
    because: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True)
class Move:
    """A step of the search: its number, stage (``start``, ``climb``, ``trim``, ``exchange``, ``every``, ``select``,
    ``verify``), what was done (by language) and why (by language), cost after it, the worst promise after it (clause,
    area, share less target) and replications spent so far. Steps of one round have the same cost and replications."""

    step: int
    stage: str
    what: tuple[str, str]
    why: tuple[str, str]
    cost: float
    worst: tuple[str, str, float] | None
    replications: int


@dataclass(frozen=True)
class Rival:
    """Another plan of the last round: its lines that differ from the plan, cost, worst share less target there with its
    interval, and what became of it: ``plan``, ``dearer``, ``fails``, ``same`` (can't be told apart)."""

    lines: tuple[Line, ...]
    cost: float
    worst: float
    low: float
    high: float
    state: Literal["plan", "dearer", "fails", "same"]


@dataclass(frozen=True)
class Point:
    """A plan on the curve of cost against the share kept in the worst county (of the promise on time to site, else of
    the first kept promise): cost, that share with its interval, engineers, stations.

    ``mark``: ``plan``; ``today``: today's staff and stock, which need not keep the other promises and so lies off the
    curve; empty for all other plans.
    """

    cost: float
    share: float
    low: float
    high: float
    area: str
    engineers: int
    stations: int
    mark: Literal["", "plan", "today"] = ""


@dataclass(frozen=True)
class Next:
    """What one more engineer in an area does: share kept there of the promise on time to site (first kept promise
    otherwise) before, change with its interval, breaches a year fewer in the whole province with theirs, cost a
    year."""

    station: str
    name: dict[str, str]
    share: float
    gain: float
    low: float
    high: float
    breaches: float
    breaches_low: float
    breaches_high: float
    cost: float


@dataclass(frozen=True)
class Relaxed:
    """What a promise costs: the saving a year if it is relaxed by a step (``to``: by language), and the lines that
    change. 0 where it doesn't bind. ``also``: clauses and parts of other promises relaxed together with it, since each
    alone holds the same staff and stock."""

    clause: str
    part: int
    to: dict[str, str]
    saving: float
    lines: tuple[Line, ...]
    also: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Rung:
    """A step of a ladder of targets or of demand: the cost of its plan, engineers, stations; ``repaired``: the plan of
    a stricter step was cheaper and was taken; ``status`` as in the plan; None for a cost where no plan keeps it."""

    axis: Literal["target", "demand"]
    value: float
    status: Status
    cost: float | None
    engineers: int | None
    stations: int | None
    repaired: bool = False


@dataclass(frozen=True)
class Sturdy:
    """The plan that holds over the low-to-high ranges of a few assumptions: their names, the values tried, what it
    costs more, its lines that differ from the plan. ``status`` ``impossible``: nothing holds at some corner, named in
    ``why`` (english, chinese)."""

    assumptions: tuple[dict[str, Any], ...]
    status: Status
    cost: float | None
    lines: tuple[Line, ...]
    worst: tuple[str, str, float] | None
    why: tuple[str, str]
    scenario: Scenario | None = None


@dataclass(frozen=True)
class Month:
    """A month of a rollout: number after going online, stations opened in it (ids and names by language), engineers
    hired, areas with a station of their own, and the verdict rows of the kept promises in that month's staffing."""

    month: int
    opened: tuple[str, ...]
    names: tuple[dict[str, str], ...]
    hired: int
    own: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class RolloutPlan:
    """When each station opens. ``hires``: most a month; ``kept_from``: the first month from which every kept promise
    holds, None if none does; ``in_time``: whether the rule on openings is met; ``expected``: breaches expected over the
    whole rollout, and if the stations opened in the order of the scenario instead."""

    months: tuple[Month, ...]
    hires: int
    within: int
    kept_from: int | None
    in_time: bool
    expected: float
    expected_otherwise: float
    scenario: Scenario | None = None


@dataclass(frozen=True)
class Cover:
    """A way of covering for absences, held against the plan: what (by language), extra cost a year, worst-county share
    of one-engineer stations and breaches a year with their intervals of the difference to the plan."""

    id: str
    name: dict[str, str]
    cost: float
    share: float
    breaches: float
    fewer: float
    low: float
    high: float


@dataclass(frozen=True)
class Plan:
    """The whole answer.

    ``status``: ``kept``: a plan keeps every wish, verified; ``impossible``: no plan can, see ``obstacles``; ``not
    found``: the cheapest that was found does not surely. ``scenario``: the plan as a scenario (None where there is
    none); ``lines``: every decision; ``wishes``: what was asked for and what was planned for; ``rows``: verdicts of the
    plan on luck of its own, the kept promises province and area by area together by Holm's rule, the others beside;
    ``replications``: by stage; ``evaluations``: plans tried.
    """

    title: dict[str, str]
    today: Scenario
    scenario: Scenario | None
    status: Status
    seed: int
    confidence: float
    wishes: tuple[Wish, ...]
    obstacles: tuple[Obstacle, ...]
    lines: tuple[Line, ...]
    cost: float | None
    cost_today: float
    bound: Bound | None
    rows: tuple[Row, ...]
    rivals: tuple[Rival, ...]
    moves: tuple[Move, ...]
    replications: dict[str, int]
    evaluations: int
    pareto: tuple[Point, ...] = ()
    next_engineer: tuple[Next, ...] = ()
    relaxed: tuple[Relaxed, ...] = ()
    ladder: tuple[Rung, ...] = ()
    sturdy: Sturdy | None = None
    rollout: RolloutPlan | None = None
    relief: tuple[Cover, ...] = ()
    provenance: dict[str, Any] = field(default_factory=dict)

    @property
    def gap(self) -> float | None:
        """Cost over the lower bound, as a share of the bound; None without either."""
        if self.cost is None or self.bound is None or self.bound.cost <= 0:
            return None
        return self.cost / self.bound.cost - 1

    @property
    def exit_code(self) -> int:
        """0 a plan keeps every wish, 1 no plan can, 3 none was found that surely does."""
        return {"kept": 0, "impossible": 1, "not found": 3}[self.status]

    def __repr__(self) -> str:
        """What was found, in a line: all of it would fill a book."""
        name = self.today.model.name
        if self.cost is None or self.scenario is None:
            return f"<plan for {name}: {self.status}, {len(self.obstacles)} obstacles>"
        cost = f"{self.cost:,.0f} CNY a year, today {self.cost_today:,.0f}"
        changes = sum(line.changed for line in self.lines)
        return f"<plan for {name}: {self.status}, {cost}, {changes} decisions changed, {len(self.obstacles)} obstacles>"

    def table(self) -> pd.DataFrame:
        """All decisions as a pandas table: what by language (``en``, ``zh``), today, planned, costs, CNY a year."""
        import pandas as pd

        made = pd.DataFrame([vars(line) for line in self.lines], columns=[f.name for f in fields(Line)])
        made.insert(3, "en", [line.name.get("en", "") for line in self.lines])
        made.insert(4, "zh", [line.name.get("zh", "") for line in self.lines])
        return made.drop(columns="name").assign(change=made.cost - made.cost_today)

    def verdicts(self) -> pd.DataFrame:
        """Verdicts of the plan as a pandas table, as ``Validation.table``."""
        return tabled(self.rows)

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``json.dumps``; see ``simsvc.promise.sizing_wire``."""
        from simsvc.promise.sizing_wire import to_json

        return to_json(self)

    def line(self, key: str) -> Line:
        """The decision of that key.

        Raises
        ------
        KeyError
            If the plan has no such decision.
        """
        for line in self.lines:
            if line.key == key:
                return line
        raise KeyError(key)
