"""The log of one replication: columns of numpy arrays, one set per table of the schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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

    def differences(self, other: Log) -> Iterator[Difference]:
        """The first row in which each table differs; nothing when the logs are the same row for row."""
        for name in TABLES:
            mine, theirs = getattr(self, name), getattr(other, name)
            columns = list(mine)
            both = min(len(mine[columns[0]]), len(theirs[columns[0]]))
            wrong = np.stack([mine[c][:both] != theirs[c][:both] for c in columns])
            rows = np.flatnonzero(wrong.any(axis=0))
            if len(rows):
                row = int(rows[0])
                yield Difference(name, row, columns[int(np.argmax(wrong[:, row]))], _row(mine, row), _row(theirs, row))
            elif len(mine[columns[0]]) != len(theirs[columns[0]]):
                yield Difference(name, both, columns[0], _row(mine, both), _row(theirs, both))

    def first_difference(self, other: Log) -> str:
        """Where two logs differ first, in words; empty when they are the same row for row."""
        return next((str(found) for found in self.differences(other)), "")


@dataclass(frozen=True)
class Difference:
    """The first row in which two tables differ.

    ``column``: the first that differs; ``mine``, ``theirs``: the rows, None where the table has ended.
    """

    table: str
    row: int
    column: str
    mine: Mapping[str, int] | None
    theirs: Mapping[str, int] | None

    def __str__(self) -> str:
        mine, theirs = ("no row" if row is None else str(row[self.column]) for row in (self.mine, self.theirs))
        return f"{self.table}.{self.column}, row {self.row}: {mine} against {theirs}"


def _row(values: Table, row: int) -> Mapping[str, int] | None:
    found = {name: int(column[row]) for name, column in values.items() if row < len(column)}
    return found or None


def table(name: str, columns: Mapping[str, Any]) -> Table:
    """Columns put into the schema's order and types; a missing or surplus column is a programming error."""
    schema = TABLES[name]
    if set(columns) != {c.name for c in schema}:
        wrong = set(columns) ^ {c.name for c in schema}
        raise KeyError(f"{name}: columns {sorted(wrong)} do not match the schema")
    return {c.name: np.asarray(columns[c.name], dtype=c.dtype) for c in schema}


def from_rows(name: str, rows: Sequence[Sequence[int]] | npt.NDArray[np.int64]) -> Table:
    """A table from rows of integers in the schema's column order."""
    schema = TABLES[name]
    if len(rows) and len(rows[0]) != len(schema):
        raise ValueError(f"{name}: {len(rows[0])} values a row, the schema has {len(schema)}")
    block = np.asarray(rows, dtype=np.int64).reshape(len(rows), len(schema))
    return {c.name: block[:, k].astype(c.dtype) for k, c in enumerate(schema)}
