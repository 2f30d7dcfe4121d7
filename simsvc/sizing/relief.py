"""What absences do where one engineer is all there is, and which way of covering for them is worth its money."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simsvc.case import build
from simsvc.promise.sizing import Cover
from simsvc.scenario import Scenario
from simsvc.scenario.base import Text
from simsvc.sizing.after.shown import Shown, shown
from simsvc.sizing.covers import Option, alone, arrangements, hubs, reserve, second, seconds, uses, yardsticks
from simsvc.sizing.evaluate import Counts
from simsvc.sizing.found import Found
from simsvc.sizing.judging import breaches, run
from simsvc.sizing.verify import counted
from simsvc.stats import paired_ratio
from simsvc.study.workers import Progress

REPLICATIONS = 40
"""Of the plan and of each way of covering."""
TRIAL = 6
"""Replications by which the station for a second engineer and the hub are chosen, on the luck of the search."""
HUBS = 6
"""Hubs that are tried."""


def relief(found: Found, *, replications: int = REPLICATIONS, progress: Progress | None = None) -> tuple[Cover, ...]:
    """One-engineer stations with and without absences, and what would cover for these.

    Parameters
    ----------
    found : Found
        The plan.
    replications : int
        Of each row.
    progress : callable, optional
        Told of (rows done, rows in all).

    Returns
    -------
    tuple of Cover
        The plan; yardsticks (``nobody-away``, ``without.KIND``: what absences cost); arrangements that hire nobody
        (``cover``, ``move``: rules of relief; ``reach.N``: wider dispatch); ``second.STATION``: a second engineer where
        one does most; ``second.all``: at each of these stations; ``reserve.1``, ``reserve.2``: shared reserve engineers
        at the hubs where they do most. Empty where there is no such station, no absence, or no promise judged from
        logs.

        ``share``: of the promise on time to site (else the first kept) in the worst county that one-engineer stations
        of the plan answer for; 1 where these have no case. ``breaches``: of all kept promises in the whole province, a
        year; ``fewer``: than the plan's, with its paired 95 % interval.

    Notes
    -----
    Hub and station are chosen on the luck of the search and shown on that of the published estimates, so that the
    choice flatters no row. A reserve engineer belongs to the hub and works there on all other days. Driving isn't
    priced.
    """
    plan, promise = found.space.scenario_of(found.levels), shown(found.wishes)
    single = alone(found)
    if promise is None or not single or not plan.model.staff.absences:
        return ()
    options = [
        Option("plan", Text(en="As planned", zh="按方案"), plan, 0.0),
        *yardsticks(plan),
        *arrangements(found, plan),
        *_hired(found, plan, single),
    ]
    columns, years = _columns(found, plan, promise, single), found.space.case_of(found.levels).span.years
    rows: list[Cover] = []
    before: np.ndarray | None = None
    for option in options:
        counts = _counts(found, option.scenario, found.estimate, replications)
        broken = breaches(found.wishes, counts, years)
        before = broken if before is None else before
        rows.append(_row(option, counts, columns, before, broken))
        if progress is not None:
            progress(len(rows), len(options))
    return tuple(rows)


def _hired(found: Found, plan: Scenario, single: Sequence[str]) -> list[Option]:
    """A second engineer where he does most, everywhere; one and two reserves where they do most."""
    every = seconds(found)
    options = [every]
    if len(single) > 1:
        options.insert(0, _best(found, [second(found, plan, station) for station in single])[1])
    near = hubs(found, plan, HUBS)
    if not near:
        return options
    first = [(hub, use) for use in uses(plan) for hub in near]
    best, one = _best(found, [reserve(found, plan, [hub], use) for hub, use in first])
    hub, use = first[best]
    two = _best(found, [reserve(found, plan, [hub, other], use) for other in near])[1]
    return [*options, one, two]


def _best(found: Found, options: Sequence[Option]) -> tuple[int, Option]:
    """The option with the fewest breaches, on the luck of the search, and its number."""
    seed = found.evaluator.seed
    broken = [breaches(found.wishes, _counts(found, o.scenario, seed, TRIAL), 1.0).mean() for o in options]
    best = int(np.argmin(broken))
    return best, options[best]


def _counts(found: Found, scenario: Scenario, seed: int, replications: int) -> Counts:
    tallies = run(build(scenario), seed, replications, engine=found.engine, workers=found.workers)
    return counted(found.wishes, tallies)


def _columns(found: Found, plan: Scenario, promise: Shown, single: Sequence[str]) -> list[int]:
    """Columns of the areas for which one-engineer stations answer; the province's where none is asked for."""
    places = found.space.case_of(found.levels).places
    named = [area for s in single for area in plan.model.stations[s].covers]
    towns = [town for s in single for town in plan.model.stations[s].covers_towns]
    areas = {places.areas.index(area) for area in named} | {int(places.area[places.ids.index(t)]) for t in towns}
    return [k for k in promise.areas if found.wishes.columns[k].area in areas] or [promise.province]


def _row(option: Option, counts: Counts, columns: Sequence[int], before: np.ndarray, broken: np.ndarray) -> Cover:
    ones = np.ones(len(broken))
    change = paired_ratio((before, ones), (broken, ones))
    if change is None:
        raise ValueError("a row needs at least one replication")
    cases, kept = counts.cases[:, columns].sum(axis=0), counts.kept[:, columns].sum(axis=0)
    shares = kept[cases > 0] / cases[cases > 0]
    return Cover(
        id=option.id,
        name={"en": option.name.en, "zh": option.name["zh"]},
        cost=option.cost,
        share=float(shares.min(initial=1.0)),
        breaches=float(broken.mean()),
        # Not -x: no change is 0, not -0.
        fewer=0 - change.difference,
        low=0 - change.high,
        high=0 - change.low,
    )
