"""From today's stations to the plan's under a hiring limit: which opens in which month, and what holds meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from simsvc.case import Case, build
from simsvc.errors import Problem, ScenarioError
from simsvc.promise.plan.areas import own_areas, station_areas
from simsvc.promise.sizing import Month, RolloutPlan
from simsvc.scenario.model import Model
from simsvc.scenario.parts import parts
from simsvc.scenario.promises import PlanPart
from simsvc.sizing.after.shown import published
from simsvc.sizing.barriers import met_share
from simsvc.sizing.found import Found
from simsvc.sizing.hiring import Way, as_listed, by_value
from simsvc.sizing.judging import Judged, breaches, judge, run
from simsvc.sizing.levers import Levels
from simsvc.study.workers import Progress

REPLICATIONS = 40
"""Of each month's staffing."""
USUAL = 2
"""Hires a month where neither the caller nor a promise says how fast."""


def rollout(
    found: Found, *, hires: int | None = None, replications: int = REPLICATIONS, progress: Progress | None = None
) -> RolloutPlan:
    """Which station opens in which month so that promises are kept soonest, and what holds month by month.

    Parameters
    ----------
    found : Found
        The plan to be reached; today is the scenario it started from.
    hires : int, optional
        Engineers that can be hired a month; left out: the fewest with which everybody is there in time.
    replications : int
        Of each month's staffing; as many as the plan's verification took, if its verdicts are to be alike.
    progress : callable, optional
        Told of (months judged, months in all).

    Returns
    -------
    RolloutPlan
        Month 0 is today's staffing on going online, the last month the plan's. Each is judged as if it lasted: a year
        of its own, all of them and the plan's published estimate under the same luck, which the order was not chosen
        on. ``expected`` sums a twelfth of each month's breaches a year over the months listed.

    Raises
    ------
    ScenarioError
        If ``hires`` is below 1.

    Notes
    -----
    A scenario's window is a year of its own calendar, and nothing says in which month of it the service goes online; a
    single month would also show some twenty cases in a small county. So a month's verdicts say what its staffing can
    do, over the seasons. The plan itself was verified before; its month counts as kept.
    """
    within = _within(found.space.scenario.model)
    way = Way(found.space, found.levels, _limit(found, hires, within), within)
    order = by_value(way, found.evaluator)
    seed, wishes = found.estimate, found.wishes
    staffings, judged = way.monthly(order), list[Judged]()
    for levels in staffings:
        case = found.space.case_of(levels)
        tallies = run(case, seed, replications, engine=found.engine, workers=found.workers)
        judged.append(judge(case, wishes, tallies))
        if progress is not None:
            progress(len(judged), len(staffings))
    months = tuple(_months(way, order, staffings, judged))
    years = found.space.case_of(found.levels).span.years
    other = published(found)
    plain = other.run_many(way.monthly(as_listed(way)), replications)
    opened = _openings(found.space.case_of(found.levels), months, own_areas(found.space.case_of(found.space.today)))
    scheduled = {**found.space.scenario.model.rollout.openings, **opened}
    return RolloutPlan(
        months=months,
        hires=way.hires,
        within=within,
        kept_from=_kept_from([*(j.kept for j in judged[:-1]), True]),
        in_time=_in_time(found, scheduled, months, within),
        expected=_expected(float(breaches(wishes, j.counts, years).mean()) for j in judged),
        expected_otherwise=_expected(float(breaches(wishes, counts, years).mean()) for counts in plain),
        scenario=found.space.scenario_of(found.levels).replace(**{"rollout.openings": scheduled}),
    )


def _within(model: Model) -> int:
    """Month by which stations are promised, 0 where none is."""
    named = [part.within_months for _, part in parts(model) if isinstance(part, PlanPart) and part.rule == "rollout"]
    return min((n for n in named if n is not None), default=0)


def _limit(found: Found, hires: int | None, within: int) -> int:
    if hires is None:
        people = Way(found.space, found.levels, 1, within).wanted.total()
        return max(-(-people // within), 1) if within else USUAL
    if hires < 1:
        message = "at least 1 engineer a month must be hired"
        raise ScenarioError(Problem("hires", str(hires), message, "write for instance 2"))
    return hires


def _months(way: Way, order: Sequence[int], staffings: Sequence[Levels], judged: Sequence[Judged]) -> Iterator[Month]:
    levers, areas = way.space.levers, way.space.scenario.model.weights.split
    for m, (levels, found) in enumerate(zip(staffings, judged, strict=True)):
        hired = order[max(m - 1, 0) * way.hires : m * way.hires]
        opened = [k for k in Counter(hired) if staffings[m - 1][k] == 0]
        case = way.space.case_of(levels)
        yield Month(
            month=m,
            opened=tuple(levers[k].place for k in opened),
            names=tuple(_name(case, levers[k].place) for k in opened),
            hired=len(hired),
            # Zones are no city or county.
            own=sum(case.places.areas[a] not in areas for a in own_areas(case)),
            rows=found.rows,
        )


def _name(case: Case, station: str) -> dict[str, str]:
    name = case.model.stations[station].name
    return {"en": name.en, "zh": name["zh"]}


def _openings(case: Case, months: Sequence[Month], already: set[int]) -> dict[str, int]:
    """Month by area, of the areas that get their first station."""
    area_of = dict(zip(case.model.stations, station_areas(case).tolist(), strict=True))
    opened: dict[str, int] = {}
    for month in months:
        for area in (area_of[station] for station in month.opened):
            if area >= 0 and area not in already:
                opened.setdefault(case.places.areas[area], month.month)
    return opened


def _in_time(found: Found, scheduled: dict[str, int], months: Sequence[Month], within: int) -> bool:
    """Does every station of the plan open by the month promised, and is each kept rule on openings met on schedule?"""
    if within and any(month.opened for month in months if month.month > within):
        return False
    case = build(found.space.scenario.replace(**{"rollout.openings": scheduled}))
    return all(met_share(case, wish) >= wish.target for wish in found.wishes.wishes if wish.measure == "rollout")


def _kept_from(kept: Sequence[bool]) -> int | None:
    """First month from which all of them hold."""
    since = np.flatnonzero(~np.array(kept))
    first = int(since[-1]) + 1 if len(since) else 0
    return first if first < len(kept) else None


def _expected(yearly: Iterator[float]) -> float:
    return sum(yearly) / 12
