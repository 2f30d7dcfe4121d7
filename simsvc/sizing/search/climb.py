"""Up: where a promise is missed, more of what the reasons for its misses ask for, until every promise is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from simsvc.measures.reasons import REASONS
from simsvc.sizing.search.search import Search, changed
from simsvc.sizing.search.standing import Standing
from simsvc.sizing.search.words import TOO_DEAR, missed, moved
from simsvc.sizing.space import Levels, Lever

STEADY = ("reach", "cut-off")
"""Levers that cost nothing and change what others do: never lowered below today's. Who may be sent (``reach``) is
tried mode by mode; an earlier cut-off is the last resort."""
DULL = 0.05
"""A raise that closes less of the gap than this did nothing; twice in vain, and the lever is left alone for that
promise."""
FAR = 0.2
"""A promise that lacks more is given ever larger steps, and no raise counts as vain: a queue that is overloaded shows
nothing of one server more."""
PATIENCE = 2


@dataclass(frozen=True)
class Raise:
    """One lever raised for one column."""

    lever: int
    column: int
    by: int


def climb(search: Search, start: Levels, dear: float = np.inf) -> Levels | None:
    """A plan that keeps every promise, from ``start`` upwards; None if no lever helps any more, the cost goes beyond
    ``dear`` or the budget ends.

    In each round the promises that lack most name a lever each, one an area: that with the largest share of the reasons
    for their misses per yuan. All are raised together, for areas hardly touch each other. What did nothing for its
    promise is taken back. Where single steps do nothing (a promise with few cases hardly shows them), everything that
    may help goes half way up.
    """
    levels, vain, raised = start, Counter[tuple[int, int]](), Counter[int]()
    for look in search.looks:
        while not search.spent_out:
            now = search.at(levels, look)
            short = now.short(0.0 if look == search.looks[-1] else 1.0)
            if not short.any():
                break
            if search.space.cost(levels) > dear:
                search.note("climb", TOO_DEAR, missed(search, now, int(np.argmin(now.slack))), levels, now)
                return None
            raises = _raises(search, levels, now, short, vain, raised)
            if not raises:
                lifted = _lifted(search, levels, now, short)
                if lifted is None:
                    both = ("nothing is left that helps", "再无有效措施")
                    search.note("climb", both, missed(search, now, int(np.argmin(now.slack))), levels, now)
                    return None
                levels = lifted
                continue
            tried = levels
            for r in raises:
                steps = (min(r.by, search.space.levers[r.lever].high - tried[r.lever]), 1)
                plans = (changed(tried, r.lever, step) for step in steps)
                tried = next((plan for plan in plans if search.space.within(plan)), tried)
                if tried[r.lever] == levels[r.lever]:
                    # Others were raised first, and no more are allowed.
                    vain[r.lever, r.column] = PATIENCE
            raises = [r for r in raises if tried[r.lever] > levels[r.lever]]
            after = search.at(tried, look)
            for r in raises:
                gap, gain = -now.slack[r.column], after.slack[r.column] - now.slack[r.column]
                raised[r.lever] += 1
                if gap < FAR and gain < max(DULL * gap, 1e-9):
                    vain[r.lever, r.column] += 1
                    if vain[r.lever, r.column] >= PATIENCE:
                        low = max(search.space.levers[r.lever].low, start[r.lever], tried[r.lever] - PATIENCE * r.by)
                        tried = changed(tried, r.lever, low - tried[r.lever])
            for r in raises:
                if tried[r.lever] > levels[r.lever]:
                    lever = search.space.levers[r.lever]
                    search.note("climb", moved(lever, levels[r.lever], tried[r.lever]),
                                missed(search, now, r.column), tried, after)  # fmt: skip
            levels = tried
    if search.spent_out or not search.allowed(levels):
        return None
    search.passed[levels] = search.looks[-1]
    return levels


def _raises(
    search: Search,
    levels: Levels,
    now: Standing,
    short: np.ndarray,
    vain: Counter[tuple[int, int]],
    raised: Counter[int],
) -> list[Raise]:
    """A lever for each promise that lacks, the worst first, no lever twice; the province's own only where no area of
    the same promise lacks."""
    columns = search.wishes.columns
    local = {(columns[c].clause, columns[c].part) for c in np.flatnonzero(short) if columns[c].area >= 0}
    chosen: dict[int, Raise] = {}
    for c in np.argsort(now.slack, kind="stable").tolist():
        column = columns[c]
        if not short[c] or (column.area < 0 and (column.clause, column.part) in local):
            continue
        k = _best(search, levels, now, c, vain)
        if k is not None and k not in chosen:
            chosen[k] = Raise(k, c, 2 ** min(raised[k], 6) if now.slack[c] < -FAR else 1)
    return list(chosen.values())


def _lifted(search: Search, levels: Levels, now: Standing, short: np.ndarray) -> Levels | None:
    """Levers half way up to their most for the promise that lacks most: those that its reasons for misses name, else
    all that can move it; None where none is left for any promise."""
    space = search.space
    for c in np.argsort(now.slack, kind="stable").tolist():
        named = {reason for reason, n in zip(REASONS, now.reasons[c].tolist(), strict=True) if n > 0}
        able = [k for k, lever in enumerate(space.levers) if lever.kind not in STEADY and relevant(search, lever, c)]
        for levers in ([k for k in able if named & space.levers[k].helps], able) if short[c] else ():
            plan = levels
            for k in levers:
                more = changed(plan, k, -((levels[k] - space.levers[k].high) // 2))
                plan = more if space.within(more) else plan
            if plan != levels:
                both = ("all that may help, half way up to the most", "可能有效的措施全部上调一半")
                search.note("climb", both, missed(search, now, c), plan, search.at(plan, now.replications))
                return plan
    return None


def _best(search: Search, levels: Levels, now: Standing, column: int, vain: Counter[tuple[int, int]]) -> int | None:
    """The lever that removes most misses per yuan, by the reasons for them; levers without a price come last."""
    weights = now.reasons[column] / max(now.reasons[column].sum(), 1e-9)
    found: list[tuple[float, int]] = []
    for k, lever in enumerate(search.space.levers):
        if lever.kind == "reach" or levels[k] >= lever.high or vain[k, column] >= PATIENCE:
            continue
        if not relevant(search, lever, column) or not search.space.within(changed(levels, k, 1)):
            continue
        price = search.space.cost(changed(levels, k, 1)) - search.space.cost(levels)
        aims = sum(float(w) for reason, w in zip(REASONS, weights, strict=True) if reason in lever.helps)
        # A queue shortens all that comes after it, so that even a lever no reason names is worth a last try.
        worth = (aims + 1e-3 * _near(search, now, lever, column)) / max(price, 1.0)
        found.append((worth * (1e-9 if lever.kind in STEADY else 1.0), -k))
    return -max(found)[1] if found else None


def relevant(search: Search, lever: Lever, column: int) -> bool:
    """Whether a lever can move a column at all: its measure and its area."""
    column_of = search.wishes.columns[column]
    part = search.wishes.scenario.model.clauses[column_of.clause].parts[column_of.part]
    if lever.measures and getattr(part, "measure", "") not in lever.measures:
        return False
    return column_of.area < 0 or not lever.areas or column_of.area in lever.areas


def _near(search: Search, now: Standing, lever: Lever, column: int) -> float:
    """Share of a province's misses that lie in the lever's areas."""
    if search.wishes.columns[column].area >= 0 or not lever.areas:
        return 1.0
    this = search.wishes.columns[column]
    mine = [
        c for c, other in enumerate(search.wishes.columns)
        if (other.clause, other.part) == (this.clause, this.part) and other.area in lever.areas
    ]  # fmt: skip
    return float(now.reasons[mine].sum() / max(now.reasons[column].sum(), 1e-9)) if mine else 1e-3
