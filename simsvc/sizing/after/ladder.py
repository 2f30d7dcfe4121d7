"""What the plan would cost at other shares, and with less or more demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from simsvc.promise.sizing import Rung, Status, Wish
from simsvc.sizing.after.shown import evaluating, promising, staffing
from simsvc.sizing.after.steps import Proven, searching, solved
from simsvc.sizing.evaluate import Evaluator
from simsvc.sizing.found import Found
from simsvc.sizing.overflow import yearly
from simsvc.sizing.search.search import QUICK
from simsvc.sizing.search.standing import SURE
from simsvc.sizing.space import Levels, Space, space
from simsvc.sizing.wishes import Wishes

TARGETS, DEMANDS = (0.80, 0.85, 0.90, 0.95, 0.98), (0.5, 1.0, 2.0)
UP, DOWN = 250, 500
"""Replications of a rung's search up and down, about."""


@dataclass
class _Step:
    """A rung on its way: the problem, and the plan found for it."""

    axis: Literal["target", "demand"]
    value: float
    space: Space
    wishes: Wishes
    evaluator: Evaluator
    levels: Levels | None = None
    status: Status = "not found"
    repaired: bool = False

    @property
    def cost(self) -> float:
        """CNY a year; infinity without a plan."""
        if self.levels is None:
            return float("inf")
        return yearly(self.space, self.levels, self.evaluator.run(self.levels, QUICK[0]))


def ladder(found: Found, *, targets: Sequence[float] = TARGETS, demands: Sequence[float] = DEMANDS) -> tuple[Rung, ...]:
    """The plan anew over a ladder of promised shares and one of demand.

    Parameters
    ----------
    found : Found
        The plan.
    targets : sequence of float
        Shares for every kept promise judged from logs; one that had to be eased keeps its own where that is lower.
    demands : sequence of float
        Factors of all fault rates (``demand.scale``), promises as in the plan.

    Returns
    -------
    tuple of Rung
        Targets, then demands, each by rising value. ``impossible``: all means together surely fall short on the luck of
        the search.

    Notes
    -----
    Each rung is climbed to from its neighbour on the side of the plan and from today's least, and trimmed. A rung that
    came out dearer than a stricter one (a higher share, more demand) takes that one's plan and counts as repaired, if
    the plan passes there. Plans are held against the same bar as in the search, on the search's luck; they are not
    verified on luck of their own. At most about twice ``UP`` + ``DOWN`` replications a rung.
    """
    steps = [_Step("target", t, found.space, _promised(found, t), found.evaluator) for t in sorted(targets)]
    more = [_demand(found, factor) for factor in sorted(demands)]
    pivot = min((w.target for w in found.wishes.wishes if w.kind == "sim"), default=1.0)
    _solve(found, steps, pivot)
    _solve(found, more, 1.0)
    return tuple(_rung(step) for step in (*steps, *more))


def _promised(found: Found, target: float) -> Wishes:
    def share(wish: Wish) -> float:
        return min(target, wish.target) if wish.target < wish.asked_target else target

    return promising(found.wishes, share)


def _demand(found: Found, factor: float) -> _Step:
    if factor == 1:
        return _Step("demand", factor, found.space, found.wishes, found.evaluator)
    scenario = found.wishes.scenario
    scenario = scenario.override("demand.scale", factor * scenario.model.demand.scale)
    wishes = replace(found.wishes, scenario=scenario)
    room = space(scenario, found.request)
    evaluator = evaluating(found, room, wishes, found.evaluator.seed)
    return _Step("demand", factor, room, wishes, evaluator)


def _solve(found: Found, steps: list[_Step], pivot: float) -> None:
    """All rungs of one axis, from the plan outwards, then those that came out dearer than a stricter one."""
    below = [step for step in steps if step.value <= pivot]
    for way in (below[::-1], steps[len(below) :]):
        start, at = found.levels, found.space
        for step in way:
            _settle(found, step, carried(start, at, step.space))
            if step.levels is not None:
                start, at = step.levels, step.space
    for step, stricter in zip(steps[-2::-1], steps[:0:-1], strict=True):
        _repair(step, stricter)


def _settle(found: Found, step: _Step, start: Levels) -> None:
    """Find the rung's plan; the plan itself where the problem is the same."""
    if step.space is found.space and step.wishes == found.wishes:
        step.levels, step.status = found.levels, "kept"
        return
    here = carried(found.levels, found.space, step.space)
    # Less demand is no harder; of more demand nothing is known.
    kept = step.axis == "target" or step.value < 1
    proven = Proven.of(here, found.wishes, kept=kept)
    top = searching(step.space, step.wishes, step.evaluator, proven, UP).at(step.space.most, QUICK[-1])
    if top.short(SURE).any():
        step.status = "impossible"
        return
    step.levels = solved(step.space, step.wishes, step.evaluator, proven, start, UP, DOWN)
    step.status = "not found" if step.levels is None else "kept"


def _repair(step: _Step, stricter: _Step) -> None:
    """Take the stricter rung's plan where it is cheaper and passes."""
    if stricter.levels is None or step.cost <= stricter.cost:
        return
    levels = carried(stricter.levels, stricter.space, step.space)
    proven = Proven.of(levels, stricter.wishes)
    search = searching(step.space, step.wishes, step.evaluator, proven, UP)
    if search.passes(levels) and search.cost(levels) < step.cost:
        step.levels, step.status, step.repaired = levels, "kept", True


def carried(levels: Levels, here: Space, there: Space) -> Levels:
    """A plan of one space as the nearest one of another; levers that only the other has stay as today."""
    known = {lever.key: level for lever, level in zip(here.levers, levels, strict=True)}
    return tuple(min(max(known.get(lever.key, lever.today), lever.low), lever.high) for lever in there.levers)


def _rung(step: _Step) -> Rung:
    if step.levels is None:
        return Rung(step.axis, step.value, step.status, None, None, None)
    engineers, stations = staffing(step.space.scenario_of(step.levels))
    return Rung(step.axis, step.value, step.status, step.cost, engineers, stations, step.repaired)
