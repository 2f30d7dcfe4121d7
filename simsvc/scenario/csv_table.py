"""CSV files in place of tables: rows → typed values, errors named file:row:column."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import reading, shape
from simsvc.scenario.base import Table
from simsvc.scenario.nearest import suggestion

REMARKS = ("source", "note", "confidence")
"""Columns that any CSV file may have beside its data; they are not read."""


@dataclass(frozen=True)
class Rows:
    """What a CSV file held: its name as written in the scenario, its values, the line of each row."""

    name: str
    values: list[dict[str, Any]]
    lines: list[int]


def read(name: str, folder: Path, table: type[Table]) -> Rows:
    """Rows of a CSV file with a header of the table's keys; empty cells are left out.

    Raises
    ------
    ScenarioError
        With every cell that can't be read, as ``file:row:column`` (row 1 is the header).
    """
    text = reading.text(folder / name, name, "a CSV file")
    try:
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        rows = [(lines.line_num, row) for row in lines if any(cell.strip() for cell in row)]
    except csv.Error as error:
        problem = Problem(f"{name}:{lines.line_num}", "", f"is no CSV ({error})", "check the quotes of this row")
        raise ScenarioError(problem) from None
    if not rows:
        raise ScenarioError(Problem(name, "", "is empty", f"write a header: {','.join(shape.fields(table))}"))
    header = [cell.strip() for cell in rows[0][1]]
    _check_header(name, header, table)
    problems: list[Problem] = []
    values = [_row(name, line, header, row, table, problems) for line, row in rows[1:]]
    if problems:
        raise ScenarioError(problems)
    return Rows(name, values, [line for line, _ in rows[1:]])


def _check_header(name: str, header: list[str], table: type[Table]) -> None:
    known = shape.fields(table)
    problems = []
    for i, column in enumerate(header):
        if column in header[:i]:
            problems.append(Problem(f"{name}:1:{column}", column, "stands in the header twice", "take one out"))
        elif column not in known and column not in REMARKS:
            remedy = suggestion(column, known)
            if any(mark in column for mark in ";\t"):
                remedy = "separate the columns by commas"
            problems.append(Problem(f"{name}:1:{column}", column, "unknown column", remedy))
    missing = [key for key, info in known.items() if info.is_required() and key not in header]
    problems += [Problem(f"{name}:1:{key}", "", "this column is missing", "add it to the header") for key in missing]
    if problems:
        raise ScenarioError(problems)


def _row(
    name: str, line: int, header: list[str], row: list[str], table: type[Table], problems: list[Problem]
) -> dict[str, Any]:
    if len(row) > len(header):
        message = f"{len(row)} cells under {len(header)} columns"
        problems.append(Problem(f"{name}:{line}", ",".join(row), message, "put texts that hold commas in quotes"))
        return {}
    values: dict[str, Any] = {}
    for column, cell in zip(header, row, strict=False):
        if column in REMARKS and column not in shape.fields(table):
            continue
        info = shape.fields(table)[column]
        text = cell.strip()
        if not text:
            if info.is_required():
                problems.append(Problem(f"{name}:{line}:{column}", "", "this cell must not be empty", "fill it in"))
            continue
        try:
            values[column] = _value(text, shape.base_types(info.annotation))
        except ValueError:
            what, sample = _WANTED[next(t for t in _READ if t in shape.base_types(info.annotation))]
            problems.append(Problem(f"{name}:{line}:{column}", text, f"{what} is needed", f"for example {sample}"))
    problems += [
        Problem(f"{name}:{line}:{column}", "", "this cell is missing", "fill the row up")
        for column in header[len(row) :]
        if column in shape.fields(table) and shape.fields(table)[column].is_required()
    ]
    return values


def _truth(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(text)
    return text.lower() == "true"


_READ: dict[type, Callable[[str], Any]] = {bool: _truth, int: int, float: float, dt.date: dt.date.fromisoformat}
_WANTED: dict[type, tuple[str, str]] = {
    bool: ("true or false", "true"),
    int: ("a whole number", "12"),
    float: ("a number", "12.5"),
    dt.date: ("a date", "2018-06-30"),
}


def _value(text: str, types: set[type]) -> Any:
    """A cell as the first type that reads it; texts and quantities with a unit stay texts."""
    if str in types:
        return text
    for kind, read_as in _READ.items():
        if kind in types:
            return read_as(text)
    return text
