"""Points and their rows as an Arrow table: one row a point, clause part, reading and area; one row a failed point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from simsvc.promise.result import REASONS, Row
from simsvc.study.sweep.points import Plan

if TYPE_CHECKING:
    import pyarrow as pa

TEXTS = ("id", "part", "reading", "kind", "area", "population", "measure", "unit", "limit", "verdict")
FIGURES = ("estimate", "low", "high", "target", "breaches_per_year", "clean_month")
COUNTS = ("cases", "keepable_days")
ERROR = "error"


def schema(plan: Plan) -> pa.Schema:
    """The columns, the same in every part of a sweep: ``point``, the inputs, then those of ``promise.Row``.

    ``keepable_h``: hours; ``spread_low`` and ``spread_high``: 5 % and 95 % quantile over single replications;
    ``reason_…``: shares of the misses; ``error``: why a point failed, all other results then missing.
    """
    import pyarrow as pa

    figures = (*FIGURES, "keepable_h", "spread_low", "spread_high", *(f"reason_{name}" for name in REASONS))
    return pa.schema(
        [("point", pa.int64())]
        + [(column.name, column.arrow()) for column in plan.columns]
        + [(name, pa.string()) for name in TEXTS]
        + [(name, pa.int64()) for name in COUNTS]
        + [(name, pa.float64()) for name in figures]
        + [(ERROR, pa.string())]
    )


def table(plan: Plan, results: Iterable[tuple[int, Sequence[Row] | str]]) -> pa.Table:
    """The rows of points, or the error of those that failed."""
    import pyarrow as pa

    return pa.Table.from_pylist([row for number, found in results for row in _of(plan, number, found)], schema(plan))


def _of(plan: Plan, number: int, found: Sequence[Row] | str) -> Iterator[dict[str, Any]]:
    changes = plan.point(number)
    inputs = {"point": number} | {column.name: column.cell(changes) for column in plan.columns}
    if isinstance(found, str):
        yield inputs | {ERROR: found}
        return
    for row in found:
        plain = {name: getattr(row, name) for name in (*TEXTS, *COUNTS, *FIGURES)}
        low, high = row.spread or (None, None)
        plain |= {"keepable_h": row.keepable / 3600 if row.keepable is not None else None}
        plain |= {"spread_low": low, "spread_high": high}
        yield inputs | plain | {f"reason_{name}": share for name, share in row.reasons.items()}
