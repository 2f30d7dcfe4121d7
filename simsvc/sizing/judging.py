"""Verdicts on the kept promises of a staffing: province and areas decided together, as a plan is verified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from simsvc.case import Case
from simsvc.engine import Name
from simsvc.measures import Tally, tallier
from simsvc.promise.plan.rows import plan_rows
from simsvc.promise.result import Row, Verdict
from simsvc.promise.shares import Question, shown_areas, sim_rows
from simsvc.promise.sizing import Wish
from simsvc.scenario.parts import BASE
from simsvc.scenario.promises import PlanPart, SimPart
from simsvc.sizing.evaluate import Counts
from simsvc.sizing.search.standing import Bar, judged, lacking
from simsvc.sizing.verify import counted
from simsvc.sizing.wishes import PROVINCE, Wishes
from simsvc.study.replicate import Replicator
from simsvc.study.workers import Workers


@dataclass(frozen=True)
class Judged:
    """``rows`` of the kept promises; ``kept``: every one of them holds, but for columns with too few cases to be proven
    by any share, which must not fail; ``counts``: their columns."""

    rows: tuple[Row, ...]
    kept: bool
    counts: Counts


def run(case: Case, seed: int, replications: int, *, engine: Name, workers: Workers) -> list[Tally]:
    """Tallies of replications 0, 1, … of a case."""
    with Replicator(case, seed, workers, engine=engine) as replicator:
        return list(replicator.map(tallier(replicator.engine), range(replications)))


def judge(case: Case, wishes: Wishes, tallies: Sequence[Tally], alpha: float | None = None) -> Judged:
    """The kept promises in one staffing, at the wishes' confidence, all columns together by Holm's rule.

    Parameters
    ----------
    case : Case
        The staffing that was run.
    wishes : Wishes
        What is to be kept there.
    tallies : sequence of Tally
        One a replication, at least one.
    alpha : float, optional
        Error of all columns together, if not that of the wishes' confidence.

    Returns
    -------
    Judged
        Rows in the order of the wishes: the province, then the areas that were asked for. The rule on openings is about
        the way to a staffing and has no row of its own.
    """
    counts, alpha = counted(wishes, tallies), alpha if alpha is not None else 1 - wishes.confidence
    bar = Bar.of(wishes, len(tallies))
    named = judged(counts, bar, alpha)
    verdicts: dict[tuple[str, int, int], Verdict] = {
        (c.clause, c.part, c.area): verdict for c, verdict in zip(wishes.columns, named, strict=True)
    }
    rows = tuple(row for wish in wishes.wishes for row in _rows(case, wish, tallies, wishes.confidence, verdicts))
    plans = all(row.verdict in ("holds", "no cases") for row in rows if row.kind == "plan")
    return Judged(rows, plans and not lacking(counts, bar, alpha).any(), counts)


def _rows(
    case: Case,
    wish: Wish,
    tallies: Sequence[Tally],
    level: float,
    verdicts: dict[tuple[str, int, int], Verdict],
) -> Iterator[Row]:
    part = case.model.clauses[wish.clause].parts[wish.part]
    if isinstance(part, PlanPart) and part.rule != "rollout":
        yield from (row for row in plan_rows(case, wish.clause, wish.label, part) if row.reading == BASE)
    elif isinstance(part, SimPart):
        found = [t.counts[wish.clause, wish.part, BASE] for t in tallies]
        made = sim_rows(Question(case, wish.clause, wish.label, BASE, part, level), found)
        for row, area in zip(made, (PROVINCE, *shown_areas(case, part)), strict=True):
            if (wish.clause, wish.part, area) in verdicts:
                yield replace(row, verdict=verdicts[wish.clause, wish.part, area])


def breaches(wishes: Wishes, counts: Counts, years: float) -> np.ndarray:
    """Promises broken a year in the whole province, summed over the kept promises, shape (replications,).

    A ticket that breaks two promises counts twice; a promise kept by share of time has no single breaches.
    """
    measure = {(w.clause, w.part): w.measure for w in wishes.wishes}
    events = [
        k for k, c in enumerate(wishes.columns) if c.area == PROVINCE and measure[c.clause, c.part] != "stock_ratio"
    ]
    return np.asarray((counts.cases - counts.kept)[:, events].sum(axis=1) / years)
