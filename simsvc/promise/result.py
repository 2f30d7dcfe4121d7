"""What a validation says: one row per clause part, reading and area, with the evidence beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from simsvc.measures.reasons import REASONS
from simsvc.promise.ranges import Robust, Tried

__all__ = ["PROVINCE", "REASONS", "Row", "Step", "Trust", "Use", "Validation", "Verdict", "tabled"]

if TYPE_CHECKING:
    import pandas as pd

PROVINCE = "province"
"""Area of a row that speaks of all areas together."""
Verdict = Literal["holds", "fails", "undecided", "no cases", "estimate", "not judged"]


@dataclass(frozen=True)
class Row:
    """One verdict or estimate.

    ``estimate``, ``low``, ``high`` are shares for ``sim`` rows and in ``unit`` for ``measure`` rows; ``reasons`` are
    shares of the misses that add to 1; ``keepable`` is the shortest limit (seconds) that holds at the target, None
    where none does or it has no meaning, ``keepable_days`` the same for a limit in days; ``breaches_per_year`` and
    ``clean_month`` (chance of a month without a breach) for ``sim`` rows; ``spread``: 5 % and 95 % quantile of the
    estimate over single replications, None from fewer than 20; ``details`` are lines for ``plan`` rows, (english,
    chinese); ``robust``: the verdict over the ranges of the assumptions, where they were tried.
    """

    id: str
    part: str
    reading: str
    kind: Literal["sim", "measure", "plan", "ledger"]
    area: str
    population: str
    cases: int
    estimate: float | None
    low: float | None
    high: float | None
    target: float | None
    verdict: Verdict
    reasons: dict[str, float] = field(default_factory=dict)
    measure: str = ""
    unit: str = ""
    limit: str = ""
    keepable: float | None = None
    breaches_per_year: float | None = None
    clean_month: float | None = None
    apart: bool = False
    keepable_days: int | None = None
    spread: tuple[float, float] | None = None
    details: tuple[tuple[str, str], ...] = ()
    robust: Robust | None = None


@dataclass(frozen=True)
class Step:
    """A step of the promise ladder: share kept within ``limit`` seconds in ``zone`` (``"all"`` for the province).

    ``keepable``: the shortest limit (seconds) that holds in the zone at the target, the same on each of its steps.
    """

    clause: str
    zone: str
    limit: float
    cases: int
    share: float
    low: float
    high: float
    breaches_per_year: float
    keepable: float | None = None


@dataclass(frozen=True)
class Use:
    """Utilisation of an engineer: share of duty time busy, overtime hours a year, visits a year."""

    engineer: str
    station: str
    utilisation: float
    low: float
    high: float
    overtime_hours: float
    visits: float


@dataclass(frozen=True)
class Trust:
    """One line of the trust card. ``state``: "checked", "warning", "not measured"."""

    what_en: str
    what_zh: str
    state: Literal["checked", "warning", "not measured"]
    finding_en: str
    finding_zh: str


@dataclass(frozen=True)
class Validation:
    """The whole answer. ``histogram[zone]``: counts of on-site cases by minute of time to site (last bin: later or
    never), over all replications; ``figures``: further numbers (``out_of_hours_share``, ``tickets_per_year`` …)."""

    scenario: str
    title: dict[str, str]
    seed: int
    replications: int
    rows: tuple[Row, ...]
    ladder: tuple[Step, ...]
    use: tuple[Use, ...]
    histogram: dict[str, list[int]]
    trust: tuple[Trust, ...]
    findings: tuple[dict[str, Any], ...]
    figures: dict[str, float]
    provenance: dict[str, Any]
    tried: Tried | None = None

    def base(self) -> list[Row]:
        """Rows that decide headline and exit code: base reading, province, ``sim`` and ``plan``."""
        return [r for r in self.rows if r.reading == "base" and r.area == "province" and r.kind in ("sim", "plan")]

    @property
    def exit_code(self) -> int:
        """0 all hold, 1 one fails, 3 one is undecided (and none fails) or nothing could be judged."""
        verdicts = {r.verdict for r in self.base()}
        if "fails" in verdicts:
            return 1
        return 0 if "holds" in verdicts and "undecided" not in verdicts else 3

    def table(self) -> pd.DataFrame:
        """All rows as a pandas table, one column a field, ``keepable`` in hours (``keepable_h``)."""
        return tabled(self.rows)


def tabled(rows: Iterable[Row]) -> pd.DataFrame:
    """Rows as a pandas table, one column a field, ``keepable`` in hours (``keepable_h``)."""
    import pandas as pd

    made = pd.DataFrame([asdict(row) for row in rows], columns=[f.name for f in fields(Row)])
    made["keepable_h"] = made.pop("keepable").astype(float) / 3600
    return made
