"""What each row of a validation pools, replication by replication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from simsvc.case.arrays import Case, Floats
from simsvc.measures import Tally
from simsvc.measures.counts import month_count
from simsvc.promise.result import PROVINCE
from simsvc.promise.texts import part_label
from simsvc.promise.together import MEASURE as TOGETHER
from simsvc.scenario.parts import BASE, readings
from simsvc.scenario.promises import MeasurePart, SimPart

Key = tuple[str, str, str, str]
"""Clause, part, reading, area."""
Pair = tuple[Floats, Floats]
"""Numerators and denominators of a ratio, each of shape (replications,)."""


def pairs(case: Case, tallies: Sequence[Tally]) -> dict[Key, Pair]:
    """Numerators and denominators behind every ``sim`` and ``measure`` row of ``judge``.

    Parameters
    ----------
    case : Case
        The case that was run.
    tallies : sequence of Tally
        One per replication.

    Returns
    -------
    dict
        Of a promise cases kept and cases, of another figure top and bottom; areas without rows of their own too.
    """
    return dict(_pairs(case, tallies))


def _pairs(case: Case, tallies: Sequence[Tally]) -> Iterator[tuple[Key, Pair]]:
    names = [name.en or area for name, area in zip(case.places.area_names, case.places.areas, strict=True)]
    for clause, spec in case.model.clauses.items():
        for k, part in enumerate(spec.parts):
            label = part_label(spec, k)
            if isinstance(part, SimPart):
                for name, _ in readings(part):
                    counts = [t.counts[clause, k, name] for t in tallies]
                    cases = np.array([c.cases for c in counts])
                    kept = np.minimum(np.array([c.kept for c in counts]), cases)
                    yield (clause, label, name, PROVINCE), (kept.sum(axis=1), cases.sum(axis=1))
                    for i, area in enumerate(names):
                        yield (clause, label, name, area), (kept[:, i], cases[:, i])
                    together = [c.together for c in counts if c.together is not None]
                    if name == BASE and together:
                        key = (clause, f"{label}:{TOGETHER}", BASE, PROVINCE)
                        months = np.full(len(together), float(month_count(case)))
                        yield key, (np.array(together) * months, months)
            elif isinstance(part, MeasurePart):
                for i, first in enumerate(tallies[0].sums[clause, k]):
                    sums = [t.sums[clause, k][i] for t in tallies]
                    more = f":{first.name}" if i else ""
                    top, bottom = np.array([s.top for s in sums], float), np.array([s.bottom for s in sums], float)
                    yield (clause, label + more, BASE, PROVINCE), (top, bottom)
