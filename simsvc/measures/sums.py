"""Sums that add over replications: an estimate is top over bottom."""

from __future__ import annotations

from dataclasses import dataclass

from simsvc.case.arrays import Bools, Case, Ints

HOUR, MINUTE = 3600.0, 60.0


@dataclass(frozen=True)
class Sum:
    """One estimate of one replication: ``top / bottom`` in ``unit``; ``cases`` it rests on.

    ``name`` is the measure, or a further figure that belongs to it (``returns_per_trip``). The bottom of a figure a
    year is the length of the counted window in years.
    """

    name: str
    unit: str
    top: float
    bottom: float
    cases: int


def mean(name: str, unit: str, seconds: Ints, scale: float) -> Sum:
    """Mean of some durations, in units of ``scale`` seconds."""
    return Sum(name, unit, float(seconds.sum()) / scale, len(seconds), len(seconds))


def share(name: str, hit: Bools, rows: Bools) -> Sum:
    """Share of the rows that are hit."""
    return Sum(name, "share", int((hit & rows).sum()), int(rows.sum()), int(rows.sum()))


def per_year(case: Case, name: str, count: int) -> Sum:
    """So many in the counted window, as a number a year."""
    return Sum(name, "/year", count, case.span.years, count)


def hours_per_year(case: Case, name: str, seconds: float, cases: int) -> Sum:
    """So many seconds in the counted window, as hours a year."""
    return Sum(name, "h/year", seconds / HOUR, case.span.years, cases)
