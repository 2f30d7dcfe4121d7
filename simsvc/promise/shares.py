"""Rows of promises judged from logs: share kept, verdict, reasons, and what would have been kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simsvc.case.arrays import Case, Floats, Ints
from simsvc.measures import REASONS, Binned, Count, Stacked, width
from simsvc.measures.population import areas as in_population
from simsvc.measures.population import towns
from simsvc.promise.result import Row, Verdict
from simsvc.promise.texts import limit_text, population_text
from simsvc.scenario.promises import Part, SimPart
from simsvc.stats import FEWEST, Interval, decide, decide_family, middle_ranges, quantile_limit, share_intervals

SHORTEST_WINDOW = 28 * 86400
"""Windows shorter than this tell nothing about whole months."""


@dataclass(frozen=True)
class Pools:
    """Counts of the province and then of each area shown, ``pools`` of them, over the replications: ``cases`` and
    ``kept`` (replications, pools), ``reasons`` (pools, REASONS), ``missed`` (replications, pools, months)."""

    cases: Floats
    kept: Floats
    reasons: Floats
    missed: Ints

    @classmethod
    def of(cls, counts: Sequence[Count], shown: Sequence[int]) -> Pools:
        """Pools of the areas ``shown``."""

        def pooled(values: Any) -> Any:
            return np.concatenate((values.sum(axis=1, keepdims=True), values[:, shown]), axis=1)

        cases = pooled(np.array([c.cases for c in counts]))
        return cls(
            cases=cases,
            # Shares of time add with rounding errors.
            kept=np.minimum(pooled(np.array([c.kept for c in counts])), cases),
            reasons=pooled(np.array([c.reasons for c in counts])).sum(axis=0),
            missed=pooled(np.array([c.missed for c in counts])),
        )


@dataclass(frozen=True)
class Question:
    """One clause part under one reading, to be answered at a confidence ``level``."""

    case: Case
    clause: str
    label: str
    reading: str
    part: SimPart
    level: float


def sim_rows(question: Question, counts: Sequence[Count], *, areas: bool = True) -> Iterator[Row]:
    """The province's row, then (with ``areas``) one for each area of the population.

    Areas are decided together by Holm's rule; those that the scenario shows apart are decided by themselves. Their
    intervals have the plain ``level``.
    """
    case, part, alpha = question.case, question.part, 1 - question.level
    shown = shown_areas(case, part) if areas else []
    pools = Pools.of(counts, shown)
    found = share_intervals(pools.kept, pools.cases, question.level)
    made = list(_rows(question, pools, counts, found, shown))
    yield replace(made[0], verdict=_verdict(found[0], part.target, len(counts)))
    apart = [case.places.areas[k] in case.model.reporting.apart for k in shown]
    members = list(zip(pools.kept.T[1:], pools.cases.T[1:], strict=True))
    together = [pair for pair, alone in zip(members, apart, strict=True) if not alone]
    family = iter(decide_family(together, part.target, alpha))
    for k, row, pair, alone in zip(shown, made[1:], members, apart, strict=True):
        verdict = decide_family([pair], part.target, alpha)[0] if alone else next(family)
        name = case.places.area_names[k].en or case.places.areas[k]
        yield replace(row, area=name, verdict=verdict, apart=alone)


def province(part: SimPart, counts: Sequence[Count], level: float) -> tuple[Interval | None, Verdict]:
    """Share and verdict of the province alone, as in the first of ``sim_rows``."""
    pools = Pools.of(counts, ())
    found = share_intervals(pools.kept, pools.cases, level)[0]
    return found, _verdict(found, part.target, len(counts))


def _verdict(found: Interval | None, target: float, replications: int) -> Verdict:
    if found is None:
        return "no cases"
    return decide(found, target) if replications >= FEWEST else "undecided"


def shown_areas(case: Case, part: SimPart) -> list[int]:
    """Areas of the population; none where the whole island is one shelf."""
    if part.measure == "stock_ratio" and part.level == "island":
        return []
    found = in_population(case, np.arange(len(case.places.areas)), part.population)
    if part.population.zones:
        found &= np.bincount(case.places.area[towns(case, part.population)], minlength=len(found)) > 0
    return [int(k) for k in np.flatnonzero(found)]


def _rows(
    question: Question, pools: Pools, counts: Sequence[Count], found: Sequence[Interval | None], shown: Sequence[int]
) -> Iterator[Row]:
    """A row for each pool, still without its area and verdict."""
    case, part = question.case, question.part
    hours, years = counts[0].hours, len(counts) * case.span.years
    months = case.span.end - case.span.start >= SHORTEST_WINDOW
    clean = (pools.missed == 0).mean(axis=(0, 2)) if pools.missed.size else np.zeros(len(found))
    population, limit = population_text(part.measure, part.population), limit_text(part)
    spreads = middle_ranges(pools.kept, pools.cases)
    for n, (share, spread, delays) in enumerate(zip(found, spreads, _delays(counts, shown), strict=True)):
        misses, events = float(pools.reasons[n].sum()), share is not None and not hours
        yield Row(
            id=question.clause,
            part=question.label,
            reading=question.reading,
            kind="sim",
            area="province",
            population=population,
            # Hours that a case stands for; 0 where it is an event.
            cases=round(float(pools.cases[:, n].sum()) * (hours or 1.0)),
            estimate=share.estimate if share else None,
            low=share.low if share else None,
            high=share.high if share else None,
            target=part.target,
            verdict="no cases",
            reasons={r: float(m) / misses for r, m in zip(REASONS, pools.reasons[n], strict=True) if m > 0},
            measure=part.measure,
            unit="share",
            limit=limit,
            keepable=keepable(part, delays, question.level),
            keepable_days=_keepable_days(part, delays, question.level),
            spread=spread,
            breaches_per_year=misses / years if events else None,
            clean_month=float(clean[n]) if events and months else None,
        )


def _delays(counts: Sequence[Count], shown: Sequence[int]) -> Iterator[Binned | None]:
    """Times needed in each pool; None where the part has no limit, or no limit would be told."""
    delays = [c.delays for c in counts if c.delays is not None]
    if len(delays) < max(len(counts), FEWEST):
        yield from [None] * (len(shown) + 1)
        return
    stacked = Stacked(delays)
    yield stacked.all()
    for k in shown:
        yield stacked.row(k)


def keepable(part: Part, delays: Binned | None, level: float) -> float | None:
    """Shortest limit in seconds that surely holds at the target; not told from too few replications.

    Only limits that end with a bin in which there are cases are tried: the others are no better than a shorter one.
    """
    if not isinstance(part, SimPart) or part.limit is None or delays is None or len(delays.cases) < FEWEST:
        return None
    return quantile_limit(delays.cases, delays.bins[:-1] * width(part.limit), part.target, level)


def _keepable_days(part: SimPart, delays: Binned | None, level: float) -> int | None:
    """The same for a part with a limit in days."""
    if part.days is None or delays is None:
        return None
    found = quantile_limit(delays.cases, delays.bins[:-1], part.target, level)
    return None if found is None else int(found)
