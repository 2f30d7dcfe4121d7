"""What a comparison of two plans under the same luck says, and how its rows are found from tallies."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from simsvc.case.arrays import Case
from simsvc.measures import Tally
from simsvc.promise.judge import judge
from simsvc.promise.pairs import Key, pairs
from simsvc.promise.result import PROVINCE, Row
from simsvc.scenario.parts import BASE
from simsvc.stats import FEWEST, Paired, holm, paired_ratio

if TYPE_CHECKING:
    import pandas as pd

State = Literal["better", "worse", "higher", "lower", "same", "undecided", "no cases"]
SAME_SHARE, SAME_FIGURE = 0.001, 0.01
"""Differences surely within 0.1 percentage points of a share, or 1 % of another figure, are none to speak of."""
_RANK = {"fails": 0, "undecided": 1, "no cases": 1, "holds": 2}
_OWN = ("id", "part", "reading", "kind", "area", "population", "measure", "unit", "apart", "details")


@dataclass(frozen=True)
class Party:
    """One of the two plans: scenario, what it is called here (by language), hash, values set since its file."""

    scenario: str
    label: dict[str, str]
    hash: str
    changes: dict[str, Any]


@dataclass(frozen=True)
class Input:
    """A value that differs: its path, what it is (by language), and what is written in either plan."""

    path: str
    name: dict[str, str]
    a: Any
    b: Any


@dataclass(frozen=True)
class Change:
    """One row of both plans and the difference, B less A.

    ``difference``, ``low``, ``high``: in the unit of the row, None where it can't be told. ``state``: of promises
    ``better`` or ``worse``, of other figures ``higher`` or ``lower``; ``same``, ``undecided``, ``no cases``. ``gain``:
    so many times the replications would be needed without common luck; ``needed``: replications that should decide.
    """

    a: Row
    b: Row
    difference: float | None
    low: float | None
    high: float | None
    state: State
    gain: float | None = None
    needed: int | None = None

    @property
    def key(self) -> Key:
        """Clause, part, reading, area."""
        return self.a.id, self.a.part, self.a.reading, self.a.area

    @property
    def decides(self) -> bool:
        """Whether it is one of those that decide: base reading, whole province, judged from logs or from the plan."""
        return self.a.reading == BASE and self.a.area == PROVINCE and self.a.kind in ("sim", "plan")

    @property
    def turns(self) -> bool:
        """Whether the verdict is another one."""
        return self.a.kind in ("sim", "plan") and self.a.verdict != self.b.verdict


@dataclass(frozen=True)
class Comparison:
    """Two plans side by side.

    ``inputs``: every value that differs and may move a result; ``changes``: rows that both have, in the order of the
    first; ``only_a``, ``only_b``: clause, part and reading of province rows that one has alone.
    """

    a: Party
    b: Party
    seed: int
    replications: int
    level: float
    inputs: tuple[Input, ...]
    changes: tuple[Change, ...]
    only_a: tuple[tuple[str, str, str], ...] = ()
    only_b: tuple[tuple[str, str, str], ...] = ()
    provenance: dict[str, Any] = field(default_factory=dict)

    def deciding(self) -> list[Change]:
        """Promises of the base reading and the whole province."""
        return [change for change in self.changes if change.decides]

    @property
    def gain(self) -> float | None:
        """Median of what common luck gained over the promises that it told from each other, or tried to: those that
        stay the same would have it in the thousands."""
        found = self.gains()
        return statistics.median(found) if found else None

    def gains(self) -> list[float]:
        """What common luck gained for each promise that gets better or worse, or whose difference is undecided."""
        return [c.gain for c in self.deciding() if c.gain is not None and c.state != "same"]

    @property
    def needed(self) -> int | None:
        """Replications that should decide every promise whose difference is undecided; None if there is none."""
        found = [c.needed for c in self.deciding() if c.state == "undecided" and c.needed is not None]
        return max(found, default=None)

    def table(self) -> pd.DataFrame:
        """All rows as a pandas table: one column a key of ``changes`` in the JSON, those of a plan with its letter."""
        import pandas as pd

        return pd.json_normalize([_plain(change) for change in self.changes], sep="_")


def to_json(found: Comparison) -> dict[str, Any]:
    """Data for ``json.dumps``.

    Keys: ``format`` (1), ``a``, ``b`` (each ``scenario``, ``label``, ``hash``, ``changes``), ``seed``,
    ``replications``, ``level``, ``gain``, ``needed``, ``inputs`` (each ``path``, ``name``, ``a``, ``b``), ``changes``
    (each ``id``, ``part``, ``reading``, ``kind``, ``area``, ``population``, ``measure``, ``unit``, ``apart``,
    ``difference``, ``low``, ``high``, ``state``, ``gain``, ``needed``, and in ``a`` and ``b`` what a validation says of
    either plan), ``only_a``, ``only_b``, ``provenance``.
    """
    return {
        "format": 1,
        "a": asdict(found.a),
        "b": asdict(found.b),
        "seed": found.seed,
        "replications": found.replications,
        "level": found.level,
        "gain": found.gain,
        "needed": found.needed,
        "inputs": [asdict(i) for i in found.inputs],
        "changes": [_plain(change) for change in found.changes],
        "only_a": [list(key) for key in found.only_a],
        "only_b": [list(key) for key in found.only_b],
        "provenance": found.provenance,
    }


def _plain(change: Change) -> dict[str, Any]:
    a, b = asdict(change.a), asdict(change.b)
    own = {name: a[name] for name in _OWN if name != "details"}
    found = {k: getattr(change, k) for k in ("difference", "low", "high", "state", "gain", "needed")}
    return own | found | {k: {n: v for n, v in row.items() if n not in _OWN} for k, row in (("a", a), ("b", b))}


def changes(
    first: tuple[Case, Sequence[Tally]], second: tuple[Case, Sequence[Tally]], *, level: float = 0.95
) -> tuple[tuple[Change, ...], list[Row], list[Row]]:
    """Rows of two plans paired, and those that the first and the second have alone.

    Parameters
    ----------
    first, second : (Case, sequence of Tally)
        The plans with their replications, the same luck at the same place.
    level : float
        Two-sided confidence level of every interval. Areas that are not shown apart are decided together, by Holm's
        rule with the error 1 - ``level`` for all areas of a reading.

    Raises
    ------
    ValueError
        If the plans have not the same number of replications, or none.
    """
    if len(first[1]) != len(second[1]):
        raise ValueError("the plans must have the same replications")
    rows_a, rows_b = (_rows(case, tallies, level) for case, tallies in (first, second))
    pairs_a, pairs_b = pairs(*first), pairs(*second)
    both = {key: (row, rows_b[key]) for key, row in rows_a.items() if key in rows_b}
    found = {
        key: paired_ratio(pairs_a[key], pairs_b[key], level, share=a.unit == "share")
        for key, (a, _) in both.items()
        if a.kind != "plan"
    }
    sure = dict(_sure(both, found, 1 - level))
    made = tuple(
        _planned(a, b) if a.kind == "plan" else _change(a, b, found[key], sure[key]) for key, (a, b) in both.items()
    )
    alone = [[row for key, row in mine.items() if key not in both] for mine in (rows_a, rows_b)]
    return made, alone[0], alone[1]


def _rows(case: Case, tallies: Sequence[Tally], level: float) -> dict[Key, Row]:
    found = judge(case, tallies, level=level)
    return {(r.id, r.part, r.reading, r.area): r for r in found if r.kind != "ledger"}


def _sure(
    both: Mapping[Key, tuple[Row, Row]], found: Mapping[Key, Paired | None], error: float
) -> Iterator[tuple[Key, bool]]:
    """Whether a difference is sure: by itself, or of areas by Holm's rule over all areas of a reading."""
    families: dict[tuple[str, ...], list[Key]] = {}
    for key in found:
        row = both[key][0]
        together = row.area != PROVINCE and not row.apart
        families.setdefault(key[:3] if together else key, []).append(key)
    for keys in families.values():
        adjusted = holm([p.p_value if (p := found[key]) is not None else 1.0 for key in keys])
        for key, p_value in zip(keys, adjusted, strict=True):
            paired = found[key]
            enough = paired is not None and paired.replications >= FEWEST
            yield key, paired is not None and enough and p_value <= error and not paired.low <= 0 <= paired.high


def _change(a: Row, b: Row, found: Paired | None, sure: bool) -> Change:
    if found is None:
        return Change(a, b, None, None, None, "no cases")
    promise = a.kind == "sim"
    within = SAME_SHARE if a.unit == "share" else SAME_FIGURE * max(abs(a.estimate or 0.0), abs(b.estimate or 0.0))
    state: State = "undecided"
    if sure:
        more = found.difference > 0
        state = ("better" if more else "worse") if promise else ("higher" if more else "lower")
    elif found.replications >= FEWEST and (found.none or (-within <= found.low and found.high <= within)):
        state = "same"
    low, high = (bound if math.isfinite(bound) else None for bound in (found.low, found.high))
    return Change(a, b, found.difference, low, high, state, found.gain, found.needed)


def _planned(a: Row, b: Row) -> Change:
    """A promise decided from the plan: by its verdict, then by the share that is met; no luck is in it."""
    by = None if a.estimate is None or b.estimate is None else b.estimate - a.estimate
    step = _RANK.get(b.verdict, 1) - _RANK.get(a.verdict, 1) or by or 0.0
    state: State = "better" if step > 0 else "worse" if step < 0 else "same"
    return Change(a, b, by, by, by, state)


def alone(rows: Iterable[Row]) -> tuple[tuple[str, str, str], ...]:
    """Clause, part and reading of the province rows among these."""
    return tuple((row.id, row.part, row.reading) for row in rows if row.area == PROVINCE)
