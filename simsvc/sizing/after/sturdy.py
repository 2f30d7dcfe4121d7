"""The plan that holds over the ranges of the assumptions that matter most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from simsvc.case.arrays import Ints
from simsvc.errors import SimsvcError
from simsvc.promise.sizing import Sturdy
from simsvc.scenario.paths import show
from simsvc.scenario.ranges import SIDES, Range, Side
from simsvc.sizing.after.corners import Corners
from simsvc.sizing.after.screen import mattering
from simsvc.sizing.after.shown import against
from simsvc.sizing.after.steps import spared
from simsvc.sizing.evaluate import Counts, luck
from simsvc.sizing.found import Found
from simsvc.sizing.search.climb import climb
from simsvc.sizing.search.search import QUICK, Both, Search, changed
from simsvc.sizing.search.solve import quiet
from simsvc.sizing.search.standing import LOOKS, SURE, Bar, Standing, error, judged, lacking, standing
from simsvc.sizing.space import Levels
from simsvc.sizing.wishes import PROVINCE

COUNT = 3
"""Assumptions."""
MOST, PROOF = (2_000, 500), 300
"""Replications of the search in the first and in the second attempt, all corners together, about; of a verification at
each corner."""


@dataclass(frozen=True)
class _Problem:
    """The corners: which end of each assumption, an evaluator of all of them, how much that may spend; ``top``: all
    means together, with engineers sent as in the plan."""

    found: Found
    known: tuple[Range, ...]
    sides: tuple[tuple[Side, ...], ...]
    corners: Corners
    bar: Bar
    top: Levels
    most: int

    def search(self, some: Sequence[int]) -> Search:
        """A search for plans that pass at some corners, with what is left to spend."""
        columns, space = self.found.wishes.columns, self.found.space
        at = np.concatenate([np.arange(len(columns)) + k * len(columns) for k in some])
        bar = self.some(at)
        wishes = replace(self.found.wishes, columns=columns * len(some))
        left, corners = self.most - self.corners.spent, self.corners.only(some)
        bars = {look: bar.within(standing(corners.run(self.top, look), bar)) for look in QUICK}
        return Search(space, wishes, corners, bar, quiet, left, QUICK, bars=bars)

    def some(self, at: Ints) -> Bar:
        """The bar of some columns."""
        bar = self.bar
        return replace(bar, target=bar.target[at], extra=bar.extra[at], reach=bar.reach[at])

    def words(self, corner: int) -> Both:
        """A corner in words."""
        ends = [(r.name, r.end(side)) for r, side in zip(self.known, self.sides[corner], strict=True)]
        said = [(name, v if isinstance(v, str) else show(v)) for name, v in ends]
        return "; ".join(f"{name.en} = {v}" for name, v in said), "；".join(f"{name['zh']} = {v}" for name, v in said)


def sturdy(found: Found) -> Sturdy:
    """Raise the plan until it keeps every promise at all corners of the ranges of three assumptions.

    Parameters
    ----------
    found : Found
        The plan.

    Returns
    -------
    Sturdy
        ``assumptions``: ``assumption`` (id), name, base, low and high of each. ``cost``: what the sturdy plan costs
        more a year; ``lines``: what differs, the plan's value as ``today``; ``worst``: clause, area (id) and share less
        target of the promise nearest to failing at any corner. ``impossible``: all means together surely fall short at
        a corner. ``not found``: no plan was proven.

    Notes
    -----
    The assumptions are chosen by two replications at each end of each range (``screen``). Corners join the search one
    by one, the worst first, until the plan passes at all of them (cutting sets, as in robust optimisation: Mutapcic and
    Boyd 2009, Optimization Methods and Software 24, 381–406); what it then need not have is taken back.
    The plan is verified on fresh luck at every corner as the plan itself was: every promise holds, the province and the
    areas of all corners together by Holm's rule; what has too few cases to be proven must not fail. Inside the ranges
    nothing is simulated: shares are taken to be worst at corners. Promises decided from the scenario alone are held at
    its base.
    """
    known = mattering(found, COUNT)
    names = tuple(_assumption(r) for r in known)
    if not known:
        why = ("no assumption moves a kept promise", "没有假设会影响所需兑现的承诺")
        return Sturdy((), "kept", 0.0, (), None, why, found.space.scenario_of(found.levels))
    try:
        problem = _problem(found, known)
    except SimsvcError as problem_there:
        return Sturdy(names, "not found", None, (), None, (f"a corner can't be built: {problem_there}",) * 2)
    if (beyond := _beyond(problem)) is not None:
        return Sturdy(names, "impossible", None, (), None, beyond)
    start = found.levels
    for attempt, most in enumerate(MOST):
        problem = replace(problem, most=problem.corners.spent + most)
        levels, stuck = _hardened(problem, start)
        if levels is None:
            return Sturdy(names, "not found", None, (), None, stuck)
        fresh = Corners.of(found, _changes(problem), luck(found.seed, "corners", attempt))
        alpha = error(found.wishes.confidence, attempt)
        for part in LOOKS:
            counts = fresh.run(levels, round(part * PROOF))
            short = lacking(counts, problem.bar, alpha)
            if not short.any() or standing(counts, problem.bar).short(SURE).any():
                break
        if not short.any():
            return _kept(problem, names, levels, counts, alpha)
        start, problem = levels, replace(problem, bar=problem.bar.raised(counts, short))
    corner = int(np.flatnonzero(short)[0]) // len(found.wishes.columns)
    en, zh = problem.words(corner)
    why = (f"not proven on fresh luck where {en}", f"在下列取值处未能以全新随机数证实：{zh}")
    return Sturdy(names, "not found", None, (), _worst(problem, counts), why)


def _assumption(known: Range) -> dict[str, Any]:
    name = {"en": known.name.en, "zh": known.name["zh"]}
    return {"assumption": known.id, "name": name, "base": known.base, "low": known.low, "high": known.high}


def _problem(found: Found, known: tuple[Range, ...]) -> _Problem:
    sides = tuple(product(SIDES, repeat=len(known)))
    changes = [{r.path: r.end(side) for r, side in zip(known, corner, strict=True)} for corner in sides]
    corners = Corners.of(found, changes, found.evaluator.seed)
    wishes = replace(found.wishes, columns=found.wishes.columns * len(sides))
    top = found.space.most
    if (reach := found.space.index.get("reach")) is not None:
        top = changed(top, reach, found.levels[reach] - top[reach])
    corners.run(top, QUICK[-1])
    return _Problem(found, known, sides, corners, Bar.of(wishes, PROOF), top, MOST[0])


def _changes(problem: _Problem) -> list[dict[str, Any]]:
    return [{r.path: r.end(side) for r, side in zip(problem.known, at, strict=True)} for at in problem.sides]


def _beyond(problem: _Problem) -> Both | None:
    """Where all means together surely fall short of a promise; None where they do not."""
    now = standing(problem.corners.run(problem.top, QUICK[-1]), problem.bar)
    if not now.short(SURE).any():
        return None
    (en, zh), (there, there_zh) = _lacking_most(problem, range(len(problem.sides)), now)
    return f"no plan keeps {en} where {there}", f"在下列取值处任何方案都不能兑现 {zh}：{there_zh}"


def _hardened(problem: _Problem, start: Levels) -> tuple[Levels | None, Both]:
    """A plan that passes at every corner on the search's luck; else None, and what it could not mend."""
    levels, active, way = start, list[int](), [start]
    everywhere = range(len(problem.sides))
    while (worst := _failing(problem, levels)) is not None:
        search = problem.search([*active, worst])
        search.note = lambda *said: way.append(said[3])
        up = climb(search, levels) if worst not in active else None
        active.append(worst)
        if up is None:
            (en, zh), (there, there_zh) = _lacking_most(problem, active, search.at(way[-1], QUICK[0]))
            return None, (
                f"no plan was found; nearest, {en} was lacking most, where {there}",
                f"未找到可兑现的方案；最接近的方案中 {zh} 缺口最大，取值为：{there_zh}",
            )
        levels = up
    less = spared(problem.search(active), start, levels) if active else levels
    return less if less == levels or problem.search(everywhere).passes(less) else levels, ("", "")


def _failing(problem: _Problem, levels: Levels) -> int | None:
    """The corner at which a plan lacks most; None where it passes at all of them."""
    search = problem.search(range(len(problem.sides)))
    for look in QUICK:
        now = search.at(levels, look)
        if now.short(0.0 if look == QUICK[-1] else SURE).any():
            return int(np.argmin(now.slack)) // len(problem.found.wishes.columns)
    return None


def _lacking_most(problem: _Problem, some: Sequence[int], now: Standing) -> tuple[Both, Both]:
    """The promise, with its area, and the corner of some, that lack most; in words."""
    corner, k = divmod(int(np.argmin(now.slack)), len(problem.found.wishes.columns))
    column = problem.found.wishes.columns[k]
    area = problem.found.space.area_names[column.area] if column.area != PROVINCE else {"en": "province", "zh": "全省"}
    promise = f"{column.clause} ({area['en']})", f"{column.clause}（{area['zh']}）"
    return promise, problem.words(some[corner])


def _worst(problem: _Problem, counts: Counts) -> tuple[str, str, float]:
    cases = counts.cases.sum(axis=0)
    over = np.where(cases > 0, counts.kept.sum(axis=0) / np.maximum(cases, 1.0) - problem.bar.target, 1.0)
    column = problem.found.wishes.columns[int(np.argmin(over)) % len(problem.found.wishes.columns)]
    places = problem.found.space.case_of(problem.found.levels).places
    return column.clause, "province" if column.area == PROVINCE else places.areas[column.area], float(over.min())


def _kept(problem: _Problem, names: tuple[dict[str, Any], ...], levels: Levels, counts: Counts, alpha: float) -> Sturdy:
    space, n = problem.found.space, len(problem.sides)
    few, runs = judged(counts, problem.bar, alpha).count("undecided"), len(counts.cases)
    why = (
        f"every promise holds at all {n} corners of the ranges, province and areas, {runs} replications "
        "each on fresh luck",
        f"在取值范围的全部 {n} 个角点，全省及各市县的各项承诺均可兑现，每点以全新随机数仿真 {runs} 次",
    )
    if few:
        en, zh = (
            f"{few} shares have too few cases to be proven; none fails",
            f"{few} 个兑现率案例过少，无法证实；无一不达标",
        )
        why = f"{why[0]}; {en}", f"{why[1]}；{zh}"
    return Sturdy(
        assumptions=names,
        status="kept",
        cost=space.cost(levels) - space.cost(problem.found.levels),
        lines=against(space, problem.found.levels, levels),
        worst=_worst(problem, counts),
        why=why,
        scenario=space.scenario_of(levels),
    )
