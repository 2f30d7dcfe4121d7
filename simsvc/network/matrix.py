"""A ready matrix of driving minutes: a CSV file in, seconds in node order and the problems found out."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from simsvc.errors import Problem, ScenarioError
from simsvc.network.lookup import missing
from simsvc.network.model import Floats
from simsvc.scenario import reading

MOST = 10
"""Bad cells that are listed one by one."""
REMEDY = 'write minutes, or "inf" where no road leads'


def read_matrix(file: Path, nodes: Sequence[str], name: str) -> tuple[Floats, list[Problem]]:
    """Read driving times from row to column, in seconds.

    The first row and the first column hold node ids, in any order (the corner is free); cells are minutes, 0 from a
    node to itself, ``inf`` where no road leads. The matrix may be asymmetric.

    Parameters
    ----------
    file
        CSV file, UTF-8, comma-separated.
    nodes
        Ids of the k nodes, each of which needs a row and a column.
    name
        How messages call the file.

    Returns
    -------
    tuple
        Seconds (k, k) in the order of ``nodes``, and all problems (then the matrix means nothing).
    """
    empty = np.zeros((len(nodes), len(nodes)))
    try:
        text = reading.text(file, name, "a CSV file")
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if any(cell.strip() for cell in row)]
    except ScenarioError as error:
        return empty, error.problems
    except csv.Error as error:
        return empty, [Problem(name, "", f"is no CSV ({error})", "check the quotes")]
    if not rows:
        return empty, [Problem(name, "", "is empty", "write the ids of the nodes into the first row and column")]
    columns = [cell.strip() for cell in rows[0][1:]]
    lines = [row[0].strip() for row in rows[1:]]
    problems = _check_shape(rows, columns, lines, name)
    problems += _check_ids(columns, nodes, f"{name} header") + _check_ids(lines, nodes, f"{name} first column")
    if problems:
        return empty, problems
    values, problems = _cells(rows, columns, lines, name)
    row_of = [lines.index(node) for node in nodes]
    column_of = [columns.index(node) for node in nodes]
    return values[np.ix_(row_of, column_of)] * 60, problems


def _check_shape(
    rows: Sequence[Sequence[str]], columns: Sequence[str], lines: Sequence[str], name: str
) -> list[Problem]:
    problems = []
    if len(lines) != len(columns):
        found = f"{len(lines)} rows, {len(columns)} columns"
        problems.append(Problem(name, found, "the matrix must be square", "give every node a row and a column"))
    for line, row in zip(lines, rows[1:], strict=True):
        if len(row) != len(rows[0]):
            found = f"{len(row) - 1} values"
            problems.append(Problem(f"{name} row {line}", found, f"{len(columns)} values are needed", REMEDY))
    return problems


def _check_ids(ids: Sequence[str], nodes: Sequence[str], path: str) -> list[Problem]:
    problems = [missing(path, one, nodes, "node") for one in dict.fromkeys(ids) if one not in nodes]
    problems += [
        Problem(path, one, "this id stands there twice", "remove one")
        for one in dict.fromkeys(ids)
        if list(ids).count(one) > 1
    ]
    absent = [node for node in nodes if node not in ids]
    problems += [Problem(path, "", f'node "{node}" is missing', "add it, or remove the node") for node in absent]
    return problems


def _cells(
    rows: Sequence[Sequence[str]], columns: Sequence[str], lines: Sequence[str], name: str
) -> tuple[Floats, list[Problem]]:
    values = np.zeros((len(lines), len(columns)))
    problems = []
    for i, (line, row) in enumerate(zip(lines, rows[1:], strict=True)):
        for j, (column, cell) in enumerate(zip(columns, row[1:], strict=True)):
            wrong, values[i, j] = _minutes(cell, same=line == column)
            if wrong:
                problems.append(Problem(f"{name} row {line}, column {column}", cell.strip(), wrong, REMEDY))
    if len(problems) > MOST:
        rest = Problem(name, "", f"{len(problems) - MOST} more cells are wrong", REMEDY)
        problems = [*problems[:MOST], rest]
    return values, problems


def _minutes(cell: str, *, same: bool) -> tuple[str, float]:
    """What is wrong with a cell (empty if nothing), and its value."""
    try:
        value = float(cell)
    except ValueError:
        return ("the driving time is missing" if not cell.strip() else "a number of minutes is needed"), 0.0
    if math.isnan(value):
        return "a number of minutes is needed", 0.0
    if value < 0:
        return "a driving time may not be negative", 0.0
    if same and value:
        return "a node is 0 minutes from itself", 0.0
    return "", value
