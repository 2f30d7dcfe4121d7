"""What each promise costs: the saving if it is relaxed by a step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from simsvc.promise.sizing import Relaxed, Wish
from simsvc.sizing.after.ladder import carried
from simsvc.sizing.after.looser import Step, longer, smaller
from simsvc.sizing.after.shown import against, shown
from simsvc.sizing.after.steps import Proven, searching
from simsvc.sizing.after.together import together
from simsvc.sizing.found import Found
from simsvc.sizing.overflow import seen
from simsvc.sizing.search.climb import STEADY
from simsvc.sizing.search.exchange import repaired
from simsvc.sizing.search.search import QUICK, Search, changed
from simsvc.sizing.search.trim import at_once
from simsvc.sizing.space import Levels

MOST = 500
"""Replications for all steps together, about, besides those of plans with one lever lower."""


def relaxed(found: Found) -> tuple[Relaxed, ...]:
    """The plan made cheaper with one promise a step looser, promise by promise; those on one measure together as well.

    Parameters
    ----------
    found : Found
        The plan.

    Returns
    -------
    tuple of Relaxed
        In the order of the wishes; then promises relaxed together (``also``) where that saves more than the best of
        them alone; then the promise that plans are shown by, with those on its measure, at the next longer limit
        (``nearest.limits``) where that saves anything. A share goes down to the next of ``nearest.SHARES``, a rule
        decided from the plan is left out. ``saving`` is what the search finds on its own luck, so at least that much;
        0 where the promise does not bind. ``lines``: what changes, the plan's value as ``today``.

    Notes
    -----
    What a promise can move at all, and what can go down once the step is taken but not before, goes down, as much of it
    together as all promises then bear. A station that only the promise keeps open is closed whole, and what is then
    lacking is raised elsewhere where that costs less than was saved. Plans with one lever lower are mostly known from
    the search; steps that free something share ``MOST``.
    """
    promise = shown(found.wishes)
    later = longer(found, promise.kin) if promise is not None else None
    steps = [
        *(smaller(found, (wish,)) for wish in found.wishes.wishes),
        *(smaller(found, group) for group in together(found.wishes)),
        *([later] if later is not None else []),
    ]
    rows = [_row(found, step, plan) for step, plan in zip(steps, _plans(found, steps), strict=True)]
    alone = {step.promises[0]: row.saving for step, row in zip(steps, rows, strict=True) if len(step.promises) == 1}
    return tuple(row for step, row in zip(steps, rows, strict=True) if _tells(found, step, row, alone))


def _plans(found: Found, steps: Sequence[Step]) -> list[Levels]:
    """The plan of each step, the plan itself where it frees nothing."""
    spare = _spare(found)
    evaluators = list({id(step.evaluator): step.evaluator for step in steps}.values())
    plans, began = [carried(found.levels, found.space, step.space) for step in steps], sum(e.spent for e in evaluators)
    searches = [_searching(found, step) for step in steps]
    freed = [_freed(s, plan, _moving(step) - spare) for s, plan, step in zip(searches, plans, steps, strict=True)]
    opening = [_kept_open(found, step) for step in steps]
    binding = [k for k in range(len(steps)) if freed[k] or opening[k]]
    for done, k in enumerate(binding):
        search = searches[k]
        search.began, left = search.evaluator.spent, MOST - (sum(e.spent for e in evaluators) - began)
        search.most = left // (len(binding) - done)
        plans[k] = _closed(search, _down(search, plans[k], freed[k]), opening[k])
    return plans


def _searching(found: Found, step: Step) -> Search:
    proven = Proven.of(carried(found.levels, found.space, step.space), found.wishes)
    return searching(step.space, step.wishes, step.evaluator, proven, MOST, QUICK)


def _spare(found: Found) -> set[int]:
    """Levers that could go down by themselves as it is: what they cost is the price of no promise."""
    step = Step((), {}, found.space, found.wishes, found.evaluator)
    search = _searching(found, step)
    lower = {k: changed(found.levels, k, -1) for k, x in enumerate(found.space.levers) if found.levels[k] > x.low}
    search.many([plan for plan in lower.values() if search.allowed(plan)], QUICK[0])
    return {k for k, plan in lower.items() if search.passes(plan)}


def _moving(step: Step) -> set[int]:
    """Levers that can move a promise of the step."""
    measures = {wish.measure for wish in step.promises}
    levers = enumerate(step.space.levers)
    return {k for k, x in levers if x.kind not in STEADY and (not x.measures or measures & x.measures)}


def _freed(search: Search, plan: Levels, some: Iterable[int]) -> list[int]:
    """Those of some levers that can go down and save by it, the dearest first."""
    space, cost = search.space, search.cost(plan)
    lower = {k: changed(plan, k, -1) for k in some if plan[k] > space.levers[k].low}
    lower = {k: less for k, less in lower.items() if search.allowed(less) and search.cost(less) < cost}
    stand = search.many(list(lower.values()), QUICK[0])
    free = [k for k, now in zip(lower, stand, strict=True) if not now.short().any()]
    return sorted(free, key=lambda k: (search.cost(lower[k]), k))


def _down(search: Search, levels: Levels, freed: list[int]) -> Levels:
    """The plan with as many of the levers lowered as the promises bear, as often as they do."""
    while freed and not search.spent_out:
        before, *alone = search.many([levels, *(changed(levels, k, -1) for k in freed)], QUICK[0])
        losses = {k: before.slack - now.slack for k, now in zip(freed, alone, strict=True)}
        lowered, levels = at_once(search, levels, losses)
        freed = _freed(search, levels, lowered)
    return levels


def _kept_open(found: Found, step: Step) -> list[int]:
    """Stations that might be closed once the step is taken, and must not be before; the dearest first."""
    space, plan = found.space, found.levels
    if step.space is not space:
        return []
    shut = {
        k: changed(plan, k, -plan[k]) for k, lever in enumerate(space.levers)
        if lever.kind == "engineers" and plan[k] > lever.low == 0
    }  # fmt: skip
    freed = [
        k for k, less in shut.items()
        if space.valid(less) and space.met(less, step.wishes) and not space.met(less, found.wishes)
    ]  # fmt: skip
    return sorted(freed, key=lambda k: (space.cost(shut[k]), k))


def _closed(search: Search, levels: Levels, stations: Sequence[int]) -> Levels:
    """The plan without those of the stations that are dearer than what makes up for them."""
    for k in stations:
        if levels[k] and not search.spent_out:
            levels = repaired(search, levels, changed(levels, k, -levels[k])) or levels
    return levels


def _row(found: Found, step: Step, plan: Levels) -> Relaxed:
    here = carried(found.levels, found.space, step.space)
    before, after = (seen(step.space, levels, step.evaluator, QUICK[0]) for levels in (here, plan))
    saving = before - after
    (first, *others) = step.promises
    return Relaxed(
        clause=first.clause,
        part=first.part,
        to=step.to,
        saving=max(saving, 0.0),
        lines=against(step.space, here, plan) if saving > 0 else (),
        also=tuple((wish.clause, wish.part) for wish in others),
    )


def _tells(found: Found, step: Step, row: Relaxed, alone: Mapping[Wish, float]) -> bool:
    """Whether a row says more than those of its promises by themselves."""
    if step.space is not found.space:
        return row.saving > 0
    return len(step.promises) == 1 or row.saving > max(alone[wish] for wish in step.promises)
