"""What one more engineer does, station by station."""

from __future__ import annotations

import numpy as np

from simsvc.promise.sizing import Next
from simsvc.sizing.after.shown import Shown, published, shown
from simsvc.sizing.evaluate import Counts, Evaluator
from simsvc.sizing.found import Found
from simsvc.sizing.levers import Levels, Lever
from simsvc.sizing.overflow import yearly
from simsvc.sizing.search.search import changed
from simsvc.stats import paired_ratio

REPLICATIONS = 12
"""Of the plan and of the plan with one engineer more at each station, all under the same luck."""


def next_engineer(found: Found, evaluator: Evaluator | None = None) -> tuple[Next, ...]:
    """The plan with one engineer more, at every station and candidate in turn (there he opens it).

    Parameters
    ----------
    found : Found
        The plan.
    evaluator : Evaluator, optional
        ``published(found)``, where it is shared with other questions.

    Returns
    -------
    tuple of Next
        Most breaches fewer per yuan first; empty where no promise is judged from logs. ``share`` and ``gain``: of the
        promise on time to site (else the first kept), cases of all areas that the station helps; the difference is
        paired replication by replication (``stats.paired_ratio``, 95 %). ``breaches``: of that promise in the whole
        province, paired likewise. The limit on engineers is left out of account.

    Notes
    -----
    Costs ``REPLICATIONS`` x (stations + 1) replications.
    """
    promise = shown(found.wishes)
    if promise is None:
        return ()
    luck = evaluator or published(found)
    more = [
        (lever, changed(found.levels, k, 1))
        for k, lever in enumerate(found.space.levers)
        if lever.kind == "engineers" and found.levels[k] < lever.high
    ]
    before, *after = luck.run_many([found.levels, *(levels for _, levels in more)], REPLICATIONS)
    cost = yearly(found.space, found.levels, before)
    rows = [
        _row(found, promise, lever, levels, (before, counts), yearly(found.space, levels, counts) - cost)
        for (lever, levels), counts in zip(more, after, strict=True)
    ]
    known = [row for row in rows if row is not None]
    return tuple(sorted(known, key=lambda row: -row.breaches / max(row.cost, 1.0)))


def _row(
    found: Found, promise: Shown, lever: Lever, levels: Levels, counts: tuple[Counts, Counts], cost: float
) -> Next | None:
    """``counts``: of the plan and of ``levels``; None where the areas that the station helps have no case."""
    there = [c for c in promise.areas if found.wishes.columns[c].area in lever.areas] or [promise.province]
    before, after = ((n.kept[:, there].sum(axis=1), n.cases[:, there].sum(axis=1)) for n in counts)
    difference = paired_ratio(before, after, share=True)
    if difference is None:
        return None
    years = found.space.case_of(found.levels).span.years
    missed = [(n.cases[:, promise.province] - n.kept[:, promise.province]) / years for n in counts]
    ones = np.ones(len(missed[0]))
    fewer = paired_ratio((missed[1], ones), (missed[0], ones))
    assert fewer is not None
    name = found.space.scenario_of(levels).model.stations[lever.place].name
    return Next(
        station=lever.place,
        name={"en": name.en, "zh": name["zh"]},
        share=float(before[0].sum() / before[1].sum()),
        gain=float(difference.difference),
        low=float(difference.low),
        high=float(difference.high),
        breaches=float(fewer.difference),
        breaches_low=float(fewer.low),
        breaches_high=float(fewer.high),
        cost=cost,
    )
