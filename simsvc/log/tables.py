"""The log of one replication: columns of numpy arrays, one set per table of the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from simsvc.log.schema import TABLES

Table = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Log:
    """Tickets, visits, planned jobs, orders, stock moves and engineer states of one replication.

    ``seed``: seed of the replication's luck, for what is drawn afterwards (0 for a real export).
    """

    tickets: Table
    visits: Table
    jobs: Table
    orders: Table
    stock: Table
    engineers: Table
    seed: int = 0

    def first_difference(self, other: Log) -> str:
        """Where two logs differ first, in words; empty when they are the same row for row."""
        for field in fields(self):
            if field.name not in TABLES:  # the seed
                continue
            mine, theirs = getattr(self, field.name), getattr(other, field.name)
            for name, values in mine.items():
                if len(values) != len(theirs[name]):
                    return f"{field.name}: {len(values)} rows against {len(theirs[name])}"
                rows = np.flatnonzero(values != theirs[name])
                if len(rows):
                    row = int(rows[0])
                    return f"{field.name}.{name}, row {row}: {values[row]} against {theirs[name][row]}"
        return ""


def table(name: str, columns: Mapping[str, Any]) -> Table:
    """Columns put into the schema's order and types; a missing or surplus column is a programming error."""
    schema = TABLES[name]
    if set(columns) != {c.name for c in schema}:
        wrong = set(columns) ^ {c.name for c in schema}
        raise KeyError(f"{name}: columns {sorted(wrong)} do not match the schema")
    return {c.name: np.asarray(columns[c.name], dtype=c.dtype) for c in schema}


def from_rows(name: str, rows: Sequence[Sequence[int]]) -> Table:
    """A table from rows of integers in the schema's column order."""
    schema = TABLES[name]
    if rows and len(rows[0]) != len(schema):
        raise ValueError(f"{name}: {len(rows[0])} values a row, the schema has {len(schema)}")
    block = np.array(rows, dtype=np.int64).reshape(len(rows), len(schema))
    return {c.name: block[:, k].astype(c.dtype) for k, c in enumerate(schema)}
