"""Which assumptions does a plan stand on? Each end of each range under the luck of the search."""

from __future__ import annotations

from functools import partial

import numpy as np

from simsvc.promise.sizing import Kind
from simsvc.scenario import Scenario
from simsvc.scenario.ranges import Range, ranges
from simsvc.sizing.found import Found
from simsvc.sizing.wishes import PROVINCE
from simsvc.stats.shift import Shares
from simsvc.study.points import Outcome, Trial, explore

REPLICATIONS, BASE = 2, 18
"""Of an end, and of the plan itself."""
RULES: dict[Kind, tuple[str, ...]] = {
    "duty": ("staff.out_of_hours", "staff.on_call"),
    "reach": ("dispatch.who", "dispatch.backup_radius"),
    "spares": ("stock.share", "stock.hub.share"),
}
"""Rules for which levers of a kind put decisions station by station."""


def mattering(found: Found, most: int) -> tuple[Range, ...]:
    """The assumptions that matter most to the plan, the weightiest first.

    An assumption weighs what its worse end takes from a kept promise in the whole province: first how far that falls
    below the promised share, then what it loses at all, both in misses that the promise permits. One that a plan
    decides (engineers, agents, hours of duty …), one that moves nothing, and one with an end that can't be built are
    left out.
    """
    plan = found.space.scenario_of(found.levels)
    out = decided(found, plan)
    known = [r for r in ranges(plan) if r.id not in out]
    tried = _trial(found, plan)
    ends = [(r, side) for r in known for side in r.sides()]
    outcomes = found.workers.map(partial(explore, tried), [{r.path: r.end(side)} for r, side in ends])
    weight: dict[str, tuple[float, float]] = dict.fromkeys((r.id for r in known), (0.0, 0.0))
    for (r, _), outcome in zip(ends, outcomes, strict=True):
        weight[r.id] = max(weight[r.id], _weight(tried, outcome)) if not outcome.problem else (-1.0, -1.0)
    heavy = [r for r in known if weight[r.id] > (0.0, 0.0)]
    return tuple(sorted(heavy, key=lambda r: weight[r.id], reverse=True)[:most])


def decided(found: Found, plan: Scenario) -> set[str]:
    """Assumptions about what the plan decides."""
    most = found.space.scenario_of(found.space.most)
    moved = {path for one, other in ((found.space.scenario, plan), (plan, most)) for path, _, _ in one.diff(other)}
    moved |= {path for lever in found.space.levers for path in RULES.get(lever.kind, ())}
    return {entry.id for entry in plan.ledger() if moved & {entry.path, *entry.also}}


def _trial(found: Found, plan: Scenario) -> Trial:
    """The plan as the base to which ends are held: promises judged from logs, the whole province."""
    columns = [k for k, c in enumerate(found.wishes.columns) if c.area == PROVINCE]
    counts = found.evaluator.run(found.levels, BASE)
    pairs = np.stack((counts.kept[:, columns], counts.cases[:, columns]), axis=1)
    return Trial(
        scenario=plan,
        seed=found.evaluator.seed,
        engine=found.engine,
        simulated=tuple((found.wishes.columns[k].clause, found.wishes.columns[k].part) for k in columns),
        planned=(),
        target=np.array([found.wishes.columns[k].target for k in columns]),
        before=pairs[:REPLICATIONS],
        base=Shares.of(pairs),
        rounds=(REPLICATIONS,),
    )


def _weight(tried: Trial, outcome: Outcome) -> tuple[float, float]:
    permitted = np.maximum(1 - tried.target, 0.001)
    before, after = tried.base.estimate, tried.base.estimate + outcome.shift
    further = np.maximum(tried.target - after, 0.0) - np.maximum(tried.target - before, 0.0)
    short, lost = (float(np.nanmax(x / permitted, initial=0.0)) for x in (further, -outcome.shift))
    # What is left of exact cancellation is rounding.
    return (short if short > 1e-12 else 0.0, lost if lost > 1e-12 else 0.0)
