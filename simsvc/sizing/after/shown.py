"""The promise that plans are shown by, the worst county of a plan, and what a plan consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from simsvc.promise.sizing import Line, Wish
from simsvc.scenario import Scenario
from simsvc.sizing.evaluate import Counts, Evaluator
from simsvc.sizing.found import Found
from simsvc.sizing.space import Levels, Space
from simsvc.sizing.wishes import PROVINCE, Wishes


@dataclass(frozen=True)
class Shown:
    """The promise on time to site, else the first one judged from logs: its wish, its column for the province and those
    for the areas one by one (the province's where none is asked for). ``kin``: the kept promises on the same measure,
    itself among them: what one of them needs the others mostly need, too."""

    wish: Wish
    kin: tuple[Wish, ...]
    province: int
    areas: tuple[int, ...]

    def worst(self, counts: Counts) -> int:
        """The column of the area with the lowest share; the province's where no area has a case."""
        cases = counts.cases.sum(axis=0)
        known = [c for c in self.areas if cases[c] > 0]
        return min(known, key=lambda c: counts.kept[:, c].sum() / cases[c], default=self.province)

    def share(self, counts: Counts) -> float:
        """The share kept in the worst area, 1 without a case."""
        c = self.worst(counts)
        cases = counts.cases[:, c].sum()
        return float(counts.kept[:, c].sum() / cases) if cases else 1.0


def shown(wishes: Wishes) -> Shown | None:
    """The promise to show; None where all kept promises follow from the scenario alone."""
    judged = [w for w in wishes.wishes if w.kind == "sim"]
    if not judged:
        return None
    wish = next((w for w in judged if w.measure == "time_to_site"), judged[0])
    mine = [k for k, c in enumerate(wishes.columns) if (c.clause, c.part) == (wish.clause, wish.part)]
    province = next(k for k in mine if wishes.columns[k].area == PROVINCE)
    kin = tuple(w for w in judged if w.measure == wish.measure)
    return Shown(wish, kin, province, tuple(k for k in mine if k != province) or (province,))


def evaluating(found: Found, space: Space, wishes: Wishes, seed: int) -> Evaluator:
    """An evaluator as that of the search, with its store, of another space, other wishes or other luck."""
    progress, store = found.evaluator.progress, found.evaluator.store
    return Evaluator(space, wishes, seed, engine=found.engine, workers=found.workers, store=store, progress=progress)


def published(found: Found) -> Evaluator:
    """An evaluator with the luck of the published estimate, on which no plan was chosen."""
    return evaluating(found, found.space, found.wishes, found.estimate)


def promising(wishes: Wishes, target: Callable[[Wish], float]) -> Wishes:
    """The same wishes with other promised shares; those that follow from the scenario alone stay."""
    found = tuple(replace(w, target=target(w)) if w.kind == "sim" else w for w in wishes.wishes)
    share = {(w.clause, w.part): w.target for w in found}
    columns = tuple(replace(c, target=share[c.clause, c.part]) for c in wishes.columns)
    return replace(wishes, wishes=found, columns=columns)


def staffing(scenario: Scenario) -> tuple[int, int]:
    """Engineers, and stations that have any."""
    engineers = [station.engineers for station in scenario.model.stations.values()]
    return sum(engineers), sum(n > 0 for n in engineers)


def against(space: Space, plan: Levels, other: Levels) -> tuple[Line, ...]:
    """Lines in which another plan differs from the plan: ``today`` and ``cost_today`` hold the plan's, not today's.

    A rota of one is everybody on call: who is on call, where that costs the same, has not changed.
    """
    own = {line.key: line for line in space.lines(plan)}
    lines = (
        replace(line, today=own[line.key].planned, cost_today=own[line.key].cost)
        for line in space.lines(other)
        if line.key in own
    )
    return tuple(x for x in lines if x.changed and not (x.kind == "duty" and x.cost == x.cost_today))
