"""Two engines, one meaning: run both on the same case and luck, and show the first row in which they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simsvc.case import Case
from simsvc.case.references import reference_names
from simsvc.engine.select import runner
from simsvc.errors import StudyError
from simsvc.log import TABLES, Column, Log
from simsvc.log import Difference as Row

if TYPE_CHECKING:
    from simsvc.workload import Workload


@dataclass(frozen=True)
class Difference:
    """Where the logs of the two engines part.

    Attributes
    ----------
    table, row, column : str, int, str
        First differing row of the first differing table, and the first column of it that differs.
    reference, compiled : int or None
        The values there; None where the table has ended.
    columns : tuple of (str, str, str)
        Both rows: column, value by the reference engine, value by the compiled one; times, names and codes in words.
    also : tuple of str
        The same for each other table that differs, a line each.
    """

    table: str
    row: int
    column: str
    reference: int | None
    compiled: int | None
    columns: tuple[tuple[str, str, str], ...]
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        heads = [("", "reference", "compiled"), *self.columns]
        widths = [max(len(line[k]) for line in heads) for k in range(2)]
        lines = [
            f"{'*' if name and a != b else ' '} {name:<{widths[0]}}  {a:<{widths[1]}}  {b}".rstrip()
            for name, a, b in heads
        ]
        return "\n".join((f"the engines differ: {self.place}", *lines, *(f"also: {line}" for line in self.also)))

    @property
    def place(self) -> str:
        """Table, column, row and both values in a line."""
        mine, theirs = ("no row" if value is None else str(value) for value in (self.reference, self.compiled))
        return f"{self.table}.{self.column}, row {self.row}: {mine} against {theirs}"


def compare(case: Case, workload: Workload) -> Difference | None:
    """Run both engines on the same luck.

    Parameters
    ----------
    case : Case
        From :func:`simsvc.case.build`.
    workload : Workload
        From :func:`simsvc.workload.draw`.

    Returns
    -------
    Difference or None
        The first differing row; None when both logs are the same, row for row.

    Raises
    ------
    StudyError
        If the compiled engine can't run.
    """
    runner("compiled")
    from simsvc.engine.compiled import run as compiled
    from simsvc.engine.reference import run as reference

    return difference(case, reference(case, workload), compiled(case, workload))


def difference(case: Case, reference: Log, compiled: Log) -> Difference | None:
    """The first row in which two logs of a case differ, the first log being the reference engine's."""
    if reference.seed != compiled.seed:
        raise StudyError(f"the logs are of different luck: seeds {reference.seed} and {compiled.seed}")
    found = list(reference.differences(compiled))
    return _told(case, found[0], tuple(map(str, found[1:]))) if found else None


def _told(case: Case, found: Row, also: tuple[str, ...]) -> Difference:
    mine, theirs = found.mine, found.theirs
    known = reference_names(case)
    columns = tuple(
        (c.name, _worded(case, known, c, mine), _worded(case, known, c, theirs)) for c in TABLES[found.table]
    )
    a, b = (None if row is None else row[found.column] for row in (mine, theirs))
    return Difference(found.table, found.row, found.column, a, b, columns, also)


def _worded(case: Case, known: Mapping[str, tuple[str, ...]], column: Column, row: Mapping[str, int] | None) -> str:
    """A value with what it means: second and local time, index and name."""
    if row is None:
        return "no row"
    value = row[column.name]
    if value < 0:
        return str(value)
    if column.unit == "time":
        return f"{value} ({case.epoch.moment(value):%Y-%m-%d %a %H:%M:%S})"
    if column.refers:
        names = known[column.refers]
        return f"{value} ({names[value] if value < len(names) else 'not known'})"
    return str(value)
