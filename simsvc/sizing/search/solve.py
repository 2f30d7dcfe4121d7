"""From a starting point to a plan that keeps every promise at little cost."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simsvc.sizing.evaluate import Counts, Evaluator
from simsvc.sizing.search.climb import climb
from simsvc.sizing.search.every import every
from simsvc.sizing.search.exchange import exchange
from simsvc.sizing.search.search import QUICK, Both, Note, Search, changed, close
from simsvc.sizing.search.standing import SURE, Bar, Standing
from simsvc.sizing.search.trim import trim
from simsvc.sizing.search.words import WORKED_OUT, begins, saved, sent
from simsvc.sizing.space import Levels, Space
from simsvc.sizing.wishes import Wishes

MOST, FEW, MORE = 4_000, 200, 10
"""Replications of a search; up to ten times as many where a replication has few cases (so that more than ``FEW`` of
them can be verified)."""
LOOK = 6
"""Replications by which a way of sending engineers is ruled out."""
DEAR = 1.25
"""A way of sending engineers is given up where it costs so many times the cheapest plan found and still lacks
something: what is taken away again on the way down is less."""
EXCHANGES, EXACT = 0.15, 0.25
"""Parts of them for exchanges and for branch and bound."""
RARE, MOST_RARE = 2_000, 1_500
"""Cases that a verification wants of each promise in each area, and replications at most for that."""


def quiet(stage: str, what: Both, why: Both, levels: Levels, standing: Standing | None) -> None:
    """A note to nobody."""


def solve(
    space: Space,
    wishes: Wishes,
    evaluator: Evaluator,
    start: Levels,
    *,
    bar: Bar | None = None,
    note: Note = quiet,
    most: int = MOST,
    thorough: bool = True,
    search: Callable[[Search], None] | None = None,
) -> Levels | None:
    """The cheapest plan found that passes, None if none was.

    Parameters
    ----------
    space, wishes, evaluator
        What may be decided, what must be kept, and the luck on which plans are tried.
    start : Levels
        Where to begin: bounds, or a plan of a like problem.
    bar : Bar, optional
        What the shares are held against; by default for a verification of ``verifiable(evaluator, start)``
        replications.
    note : callable
        Told of every step.
    most : int
        Replications to spend, about.
    thorough : bool
        Exchange levers and go through all cheaper plans if they are few, too; otherwise up and down only.
    search : callable, optional
        Given the search before it begins: whoever wants to know what it met.

    Notes
    -----
    Local search over the ordinary simulation under common random numbers: every plan meets the same replications, 6, 18
    and 54 of them until it surely passes or fails (sequential screening; Kim and Nelson 2006, Handbooks in Operations
    Research and Management Science 13, chapter 17). Each way of sending engineers is climbed and trimmed quickly first;
    the cheapest is worked out.
    """
    bar = bar or Bar.of(wishes, verifiable(evaluator, start))
    fast = Search(space, wishes, evaluator, bar, note, most, QUICK)
    if search is not None:
        search(fast)
    best = _best_mode(fast, start)
    if best is None:
        return None
    many = int(most * min(max(bar.replications / FEW, 1), MORE))
    slow = Search(space, wishes, evaluator, bar, note, many - (evaluator.spent - fast.began), close(bar))
    if search is not None:
        search(slow)
    slow.measure(best)
    closer = climb(slow, best)
    if closer is None:
        # Better a plan that is near than none: the verification has the last word.
        return best
    best = trim(slow, closer)
    if not thorough:
        return best
    best = exchange(slow, best, int(EXCHANGES * many))
    found = every(slow, best, int(EXACT * many))
    if found.best is not None:
        spared = saved(slow.cost(best) - slow.cost(found.best))
        note("every", ("a cheaper plan by branch and bound", "分支定界找到更便宜的方案"), spared,
             found.best, slow.at(found.best, slow.looks[0]))  # fmt: skip
        best = found.best
    if found.complete:
        tried = f"{found.boxes} boxes, {found.run} plans one by one"
        note("every", (f"no cheaper plan passes: branch and bound, {tried}",
                       f"不存在更便宜的达标方案：分支定界，{found.boxes} 个区间，逐一检验 {found.run} 个方案"),
             ("of each box the most fails or the least is too dear", "各区间的最大配置均不达标，或最低成本已更高"),
             best, slow.at(best, slow.looks[0]))  # fmt: skip
    return best


def verifiable(evaluator: Evaluator, levels: Levels) -> int:
    """Replications that a verification can spend: about three million cases of the promise that has most of them, or so
    many that what is rare can be proven, too."""
    return affordable(evaluator.run(levels, 2))


def affordable(counts: Counts) -> int:
    """The same, by a few replications of a plan like it."""
    cases = counts.cases.mean(axis=0)
    most, rare = float(cases.max(initial=1.0)), float(cases[cases > 0].min(initial=np.inf))
    usual = min(max(3e6 / max(most, 1.0), 60), 400 if most > 2e3 else 2_000 if most > 500 else 6_000)
    return int(max(usual, min(RARE / rare, MOST_RARE)))


def _best_mode(search: Search, start: Levels) -> Levels | None:
    """The cheapest of the plans found for each way of sending engineers, each begun where the one before ended.

    A way in which the most of everything is surely not enough is left out.
    """
    found: list[tuple[float, int, Levels]] = []
    plan, modes = start, _modes(search)
    if len(modes) > 1:
        most = search.many(
            [search.space.most if m is None else _sent(search, search.space.most, m) for m in modes], LOOK
        )
        modes = [m for m, stand in zip(modes, most, strict=True) if not stand.short(SURE).any()]
    for order, mode in enumerate(modes):
        begun = plan if mode is None else _sent(search, plan, mode)
        search.note("start", sent(search.space, mode), begins(order, len(modes)), begun, search.settled(begun))
        dear = DEAR * min(found)[0] if found else np.inf
        up = climb(search, begun, dear)
        if up is not None:
            search.measure(up)
            up = climb(search, up, dear)
        if up is not None:
            plan = trim(search, up)
            found.append((search.cost(plan), order, plan))
    if not found:
        return None
    _, order, best = min(found)
    if len(modes) > 1:
        search.note("start", sent(search.space, modes[order]), WORKED_OUT, best, search.settled(best))
    return best


def _modes(search: Search) -> list[int | None]:
    """Levels of the reach, the widest first: it needs least; None where nothing is to choose."""
    at = search.space.index.get("reach")
    if at is None:
        return [None]
    lever = search.space.levers[at]
    return list(range(lever.high, lever.low - 1, -1))


def _sent(search: Search, levels: Levels, mode: int) -> Levels:
    at = search.space.index["reach"]
    return changed(levels, at, mode - levels[at])
