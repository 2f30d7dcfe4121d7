"""Rows of promises judged from logs: share kept, verdict, reasons, and what would have been kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from simsvc.case.arrays import Case, Floats, Ints
from simsvc.measures import BINS, REASONS, STEPS, Count, width
from simsvc.measures.population import areas as in_population
from simsvc.measures.population import towns
from simsvc.promise.result import Row, Verdict
from simsvc.promise.texts import limit_text, population_text
from simsvc.scenario.promises import Part, SimPart
from simsvc.stats import FEWEST, Interval, decide, decide_family, middle_range, quantile_limit, share_interval

SHORTEST_WINDOW = 28 * 86400
"""Windows shorter than this tell nothing about whole months."""


@dataclass(frozen=True)
class Pool:
    """Counts of one area (or all) over the replications: ``cases`` and ``kept`` (replications,), ``reasons``
    (REASONS,), ``missed`` (replications, months), ``delays`` histograms (replications, BINS)."""

    cases: Floats
    kept: Floats
    reasons: Floats
    missed: Ints
    delays: Ints


@dataclass(frozen=True)
class Question:
    """One clause part under one reading, to be answered at a confidence ``level``."""

    case: Case
    clause: str
    label: str
    reading: str
    part: SimPart
    level: float


def sim_rows(question: Question, counts: Sequence[Count]) -> Iterator[Row]:
    """The province's row, then one for each area of the population.

    Areas are decided together by Holm's rule; those that the scenario shows apart are decided by themselves. Their
    intervals have the plain ``level``.
    """
    case, part, alpha = question.case, question.part, 1 - question.level
    delays, hours = _histograms(case, part, counts), counts[0].hours
    whole = _pool(counts, delays, slice(None))
    row = _row(question, whole, hours)
    yield replace(row, verdict=_decide(row, part.target, len(counts)))
    shown = _areas(case, part)
    pools = [_pool(counts, delays, slice(k, k + 1)) for k in shown]
    apart = [case.places.areas[k] in case.model.reporting.apart for k in shown]
    together = [p for p, alone in zip(pools, apart, strict=True) if not alone]
    family = iter(decide_family([(p.kept, p.cases) for p in together], part.target, alpha))
    for k, pool, alone in zip(shown, pools, apart, strict=True):
        verdict = decide_family([(pool.kept, pool.cases)], part.target, alpha)[0] if alone else next(family)
        name = case.places.area_names[k].en or case.places.areas[k]
        yield replace(_row(question, pool, hours), area=name, verdict=verdict, apart=alone)


def _decide(row: Row, target: float, replications: int) -> Verdict:
    if row.estimate is None or row.low is None or row.high is None:
        return "no cases"
    if replications < FEWEST:
        return "undecided"
    return decide(Interval(row.estimate, row.low, row.high, row.cases), target)


def _areas(case: Case, part: SimPart) -> list[int]:
    """Areas of the population; none where the whole island is one shelf."""
    if part.measure == "stock_ratio" and part.level == "island":
        return []
    found = in_population(case, np.arange(len(case.places.areas)), part.population)
    if part.population.zones:
        found &= np.bincount(case.places.area[towns(case, part.population)], minlength=len(found)) > 0
    return [int(k) for k in np.flatnonzero(found)]


def _histograms(case: Case, part: SimPart, counts: Sequence[Count]) -> Ints:
    """Delays by replication, area row and bin; no bins where the part has no limit."""
    rows = len(case.places.areas) + 1
    if part.limit is None and part.days is None:
        return np.zeros((len(counts), rows, 0), np.int64)
    return np.stack([np.bincount(c.delays, minlength=rows * BINS).reshape(rows, BINS) for c in counts])


def _pool(counts: Sequence[Count], delays: Ints, rows: slice) -> Pool:
    cases = np.array([c.cases[rows].sum() for c in counts])
    return Pool(
        cases=cases,
        # Shares of time add with rounding errors.
        kept=np.minimum(np.array([c.kept[rows].sum() for c in counts]), cases),
        reasons=np.sum([c.reasons[rows].sum(axis=0) for c in counts], axis=0),
        missed=np.stack([c.missed[rows].sum(axis=0) for c in counts]),
        delays=delays[:, rows].sum(axis=1),
    )


def _row(question: Question, pool: Pool, hours: float) -> Row:
    """A row of a pool, still without area and verdict; ``hours`` that a case stands for, 0 where it is an event."""
    case, part = question.case, question.part
    found = share_interval(pool.kept, pool.cases, question.level)
    misses, events = float(pool.reasons.sum()), found is not None and not hours
    years = len(pool.cases) * case.span.years
    months = case.span.end - case.span.start >= SHORTEST_WINDOW
    return Row(
        id=question.clause,
        part=question.label,
        reading=question.reading,
        kind="sim",
        area="province",
        population=population_text(part.measure, part.population),
        cases=round(float(pool.cases.sum()) * (hours or 1.0)),
        estimate=found.estimate if found else None,
        low=found.low if found else None,
        high=found.high if found else None,
        target=part.target,
        verdict="no cases",
        reasons={r: float(n) / misses for r, n in zip(REASONS, pool.reasons, strict=True) if n > 0},
        measure=part.measure,
        unit="share",
        limit=limit_text(part),
        keepable=keepable(part, pool.delays, question.level),
        keepable_days=_keepable_days(part, pool.delays, question.level),
        spread=middle_range(pool.kept, pool.cases),
        breaches_per_year=misses / years if events else None,
        clean_month=float((pool.missed == 0).mean()) if events and months else None,
    )


def keepable(part: Part, delays: Ints, level: float) -> float | None:
    """Shortest limit in seconds that surely holds at the target; not told from too few replications.

    ``delays``: histograms of the time needed, shape (replications, BINS).
    """
    if not isinstance(part, SimPart) or part.limit is None or len(delays) < FEWEST:
        return None
    return quantile_limit(delays, np.arange(STEPS + 1) * width(part.limit), part.target, level)


def _keepable_days(part: SimPart, delays: Ints, level: float) -> int | None:
    """The same for a part with a limit in days."""
    if part.days is None or len(delays) < FEWEST:
        return None
    found = quantile_limit(delays, np.arange(STEPS + 1), part.target, level)
    return None if found is None else int(found)
