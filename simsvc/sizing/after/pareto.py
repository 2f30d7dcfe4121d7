"""Cost against the share kept in the worst county."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from simsvc.promise.sizing import Point
from simsvc.sizing.after.shown import Shown, promising, published, shown, staffing
from simsvc.sizing.after.steps import Proven, floor, searching, spared
from simsvc.sizing.evaluate import Counts, Evaluator
from simsvc.sizing.found import Found
from simsvc.sizing.overflow import yearly
from simsvc.sizing.search.climb import STEADY, climb, relevant
from simsvc.sizing.search.search import QUICK, Search
from simsvc.sizing.space import Levels
from simsvc.sizing.wishes import PROVINCE, Wishes
from simsvc.stats import share_interval

BELOW, ABOVE, FEWEST = 5, 3, 0.5
"""Steps from the least that keeps the other promises to the plan, and from there to so many times the permitted
misses."""
EACH, CLIMBS, ESTIMATE, MOST_POINTS = 60, 240, 12, 10
"""Replications of the search for a step and for all of them, about; of an estimate; points of a curve."""
DEAREST = 2.0
"""No point costs more than so many times the plan."""


@dataclass(frozen=True)
class _Plan:
    levels: Levels
    cost: float
    share: float


def pareto(found: Found, evaluator: Evaluator | None = None) -> tuple[Point, ...]:
    """Plans of which none is both cheaper and better in its worst county than another.

    Parameters
    ----------
    found : Found
        The plan.
    evaluator : Evaluator, optional
        ``published(found)``, where it is shared with other questions.

    Returns
    -------
    tuple of Point
        By rising cost, the plan and today's staff and stock marked. Every point but today's keeps all promises on other
        measures; those on the measure shown are relaxed and tightened together. Empty where no promise is judged from
        logs.

    Notes
    -----
    Points are plans that the search met anyway, and plans met on two climbs: from the least that keeps the other
    promises towards the plan, and from the plan upwards; in each the misses of the worst county fall by the same factor
    from step to step. A step takes what removes most misses per yuan (marginal analysis; Fox 1966, Management Science
    13, 210–216) and gives back what it need not have. The points are the best that were met, not proven to be the best.
    They are chosen on the luck of the search at ``QUICK[0]`` replications; shares and intervals (95 %, of that county
    by itself) come from ``ESTIMATE`` replications of the published luck. At most about ``CLIMBS`` + ``ESTIMATE`` x
    ``MOST_POINTS`` replications.
    """
    promise = shown(found.wishes)
    if promise is None:
        return ()
    free = promising(found.wishes, lambda w: 0.0 if w in promise.kin else w.target)
    others = searching(found.space, free, found.evaluator, Proven.of(found.levels, found.wishes), EACH)
    own = _seen(others, promise, found.levels)
    met = (levels for levels, replications in found.tried if replications >= QUICK[0])
    plans = [
        _seen(others, promise, levels)
        for levels in dict.fromkeys((*met, *_climbed(found, others, promise)))
        if others.allowed(levels) and not others.at(levels, QUICK[0]).short().any()
    ]
    front = _front([own, *(plan for plan in plans if plan.cost <= DEAREST * own.cost)])
    chosen = [plan.levels for plan in _thinned(_ended(front, promise), own)]
    luck, today = evaluator or published(found), found.space.today
    counts = dict(zip((*chosen, today), luck.run_many([*chosen, today], ESTIMATE), strict=True))
    again = [_Plan(p, yearly(found.space, p, counts[p]), promise.share(counts[p])) for p in chosen]
    kept = {plan.levels for plan in _front(again)} | {found.levels}
    points = [_point(found, promise, p, counts[p]) for p in dict.fromkeys((*chosen, today)) if p in {*kept, today}]
    return tuple(sorted(points, key=lambda point: (point.cost, point.share)))


def _seen(search: Search, promise: Shown, levels: Levels) -> _Plan:
    counts = search.evaluator.run(levels, QUICK[0])
    return _Plan(levels, yearly(search.space, levels, counts), promise.share(counts))


def _missing(wishes: Wishes, promise: Shown, times: float) -> Wishes:
    """The promises on the measure shown with so many times the misses."""
    return promising(wishes, lambda w: max(1 - times * (1 - w.target), 0.0) if w in promise.kin else w.target)


def _climbed(found: Found, others: Search, promise: Shown) -> Iterator[Levels]:
    """Plans met on the way from the least that keeps the other promises to the plan, and from the plan on."""
    space, evaluator, permitted = found.space, found.evaluator, 1 - promise.wish.target
    moving = [
        k for k, lever in enumerate(space.levers)
        if lever.kind not in STEADY and relevant(others, lever, promise.province)
    ]  # fmt: skip
    least = climb(others, floor(others, found.levels, moving))
    if least is not None:
        yield least
    first, own, top = (
        1 - promise.share(evaluator.run(plan, QUICK[0])) for plan in (least or found.levels, found.levels, space.most)
    )
    # Nothing is looked for above what all means together reach.
    last = max(FEWEST * permitted, top)
    ways = ((least, _steps(first, own, BELOW)[:-1]), (found.levels, _steps(own, last, ABOVE)))
    began = evaluator.spent
    for start, steps in ways:
        at = start
        for missed in steps:
            if at is None or evaluator.spent - began >= CLIMBS:
                break
            wishes, way = _missing(found.wishes, promise, missed / permitted), list[Levels]()
            search = searching(space, wishes, evaluator, Proven.of(found.levels, found.wishes), EACH, QUICK[:1])
            search.note = lambda *said, way=way: way.append(said[3])
            plan = climb(search, at)
            at = spared(search, at, plan) if plan is not None else way[-1] if way else at
            yield from (*way, at)


def _steps(first: float, last: float, count: int) -> Sequence[float]:
    """Shares missed from step to step, the first left out; none where there is nowhere to go."""
    return np.geomspace(first, last, count + 1)[1:].tolist() if 0 < last < first else ()


def _front(plans: Iterable[_Plan]) -> list[_Plan]:
    """Plans that no other one dominates, by rising cost; of equal ones the first."""
    front: list[_Plan] = []
    for plan in sorted(plans, key=lambda p: (p.cost, -p.share)):
        if not front or plan.share > front[-1].share:
            front.append(plan)
    return front


def _ended(front: list[_Plan], promise: Shown) -> list[_Plan]:
    """A front up to the first plan with as few misses as are looked for."""
    enough = 1 - FEWEST * (1 - promise.wish.target)
    last = next((k for k, plan in enumerate(front) if plan.share >= enough), len(front))
    return front[: last + 1]


def _thinned(front: list[_Plan], own: _Plan) -> list[_Plan]:
    """At most ``MOST_POINTS``, the plan and the ends among them; where points lie close in share, one goes first."""
    points = front if any(p.levels == own.levels for p in front) else sorted([*front, own], key=lambda p: p.cost)
    while len(points) > MOST_POINTS:
        inner = [k for k in range(1, len(points) - 1) if points[k].levels != own.levels]
        out = min(inner, key=lambda k: points[k + 1].share - points[k - 1].share)
        points = points[:out] + points[out + 1 :]
    return points


def _point(found: Found, promise: Shown, levels: Levels, counts: Counts) -> Point:
    c = promise.worst(counts)
    interval = share_interval(counts.kept[:, c], counts.cases[:, c])
    area = found.wishes.columns[c].area
    engineers, stations = staffing(found.space.scenario_of(levels))
    mark: Literal["", "plan", "today"] = "plan" if levels == found.levels else ""
    return Point(
        cost=yearly(found.space, levels, counts),
        share=promise.share(counts),
        low=interval.low if interval else 0.0,
        high=interval.high if interval else 1.0,
        area="province" if area == PROVINCE else found.space.case_of(levels).places.areas[area],
        engineers=engineers,
        stations=stations,
        mark=mark or ("today" if levels == found.space.today else ""),
    )
