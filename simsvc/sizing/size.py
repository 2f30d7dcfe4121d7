"""The least staff and stock that keeps the promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from simsvc.engine import Engine, Name, runner
from simsvc.promise.sizing import Line, Move, Obstacle, Plan
from simsvc.scenario import Scenario
from simsvc.sizing import answer
from simsvc.sizing.after import Extra, check_extras, extras_of
from simsvc.sizing.bounds import lower, start
from simsvc.sizing.evaluate import Evaluator, Stage, luck
from simsvc.sizing.found import Found
from simsvc.sizing.journal import Journal
from simsvc.sizing.overflow import overflow
from simsvc.sizing.reach import ceilings, eased, unreachable
from simsvc.sizing.request import Request, request
from simsvc.sizing.search.search import Search
from simsvc.sizing.search.select import MOST_RIVALS, Selected, select
from simsvc.sizing.search.solve import solve, verifiable
from simsvc.sizing.search.standing import Bar
from simsvc.sizing.space import Levels, Space, space
from simsvc.sizing.stated import stated
from simsvc.sizing.verify import ATTEMPTS, Verified, verify
from simsvc.sizing.wishes import Wishes, wishes
from simsvc.study.simulate import check_budget
from simsvc.study.workers import Progress, Submits, Workers


def size(
    scenario: Scenario,
    *,
    keep: Sequence[str] | None = None,
    target: float | None = None,
    confidence: float | None = None,
    areas: Sequence[str] | None = None,
    candidates: Sequence[str] | None = None,
    existing: Literal["fixed", "free"] | None = None,
    most_engineers: int | None = None,
    ease: bool | None = None,
    seed: int = 1,
    engine: Engine = "auto",
    executor: Submits | Workers | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    watch: Callable[[Move], None] | None = None,
    store: str | Path | None = None,
    extras: Sequence[Extra] = ("pareto", "next", "relaxed"),
    hires: int | None = None,
) -> Plan:
    """The cheapest plan found that keeps the promises, a lower bound, and the evidence.

    Parameters
    ----------
    scenario : Scenario
        Today; its table ``[sizing]`` says what is asked for where the arguments do not.
    keep : sequence of str, optional
        Clauses to keep under their base reading; the others are reported beside.
    target : float, optional
        Share promised instead of each clause's own, 0 to 1.
    confidence : float, optional
        That all kept promises hold, province and areas together.
    areas : sequence of str, optional
        Areas in which they must hold one by one.
    candidates : sequence of str, optional
        Towns where a station may be opened.
    existing : {"fixed", "free"}, optional
        Whether today's stations may be closed.
    most_engineers : int, optional
        In all.
    ease : bool, optional
        Where no plan keeps a promise: plan for the nearest one that can be kept, instead of stopping. By default as the
        scenario says, but a promise that is named here (``keep``, ``target``, ``areas``) is taken at its word.
    seed, engine, executor, workers, progress
        As in :func:`simsvc.simulate`. Search, selection and the published estimate have luck of their own; the
        estimate's is that of ``validate`` with the same seed.
    watch : callable, optional
        Told of every step of the search, with the cost of the best plan so far.
    store : path, optional
        Folder in which replications are kept, so that an interrupted search goes on where it was.
    extras : sequence of str
        What else is worked out: ``pareto``, ``next``, ``relaxed``, ``ladder``, ``sturdy``, ``rollout``, ``relief``.
    hires : int
        Engineers that can be hired a month, for the rollout.

    Returns
    -------
    Plan
        ``status`` ``kept``: every wish holds, verified; ``impossible``: no plan keeps one, see ``obstacles``;
        ``not found``: the cheapest plan found is not surely good enough.

    Raises
    ------
    ScenarioError
        If the request or the scenario makes no sense.
    StudyError
        If the engine can't run, a worker dies, or the store is another search's.
    """
    check_budget(1, seed)
    check_extras(extras)
    asked = request(
        scenario, keep=keep, target=target, confidence=confidence, areas=areas, candidates=candidates,
        existing=existing, most_engineers=most_engineers, ease=ease,
    )  # fmt: skip
    name = runner(engine)
    with executor if isinstance(executor, Workers) else Workers(name, executor, workers) as crew:
        folder = None if store is None else Path(store)
        task = Task(scenario, asked, seed, name, crew, folder, progress, watch)
        return task.answer(extras, hires)


@dataclass(frozen=True)
class Task:
    """What was asked for, and where and how it is worked out."""

    today: Scenario
    asked: Request
    seed: int
    engine: Name
    workers: Workers
    store: Path | None
    progress: Progress | None
    watch: Callable[[Move], None] | None

    def answer(self, extras: Sequence[Extra], hires: int | None) -> Plan:
        """What can't be kept at all, then the plan for the rest."""
        wanted = named = wishes(self.today, self.asked)
        room = space(wanted.scenario, self.asked)
        obstacles = unreachable(room, wanted)
        simulated = {(o.clause, o.part) for o in obstacles} & set(wanted.kept)
        if not simulated or self.asked.ease:
            trial = self.evaluator(room, wanted, "search")
            obstacles = (*obstacles, *ceilings(room, wanted, trial))
            if self.asked.ease:
                wanted = eased(room, wanted, trial, obstacles)
        if not wanted.wishes or (obstacles and not self.asked.ease):
            return answer.impossible(self.today, room, wanted, obstacles, self.seed)
        wanted, limit = stated(self.asked, named, wanted, obstacles), self.asked.most_engineers
        # A limit that the cheapest plan is within changes nothing.
        room, wide = (space(wanted.scenario, a) for a in (self.asked, replace(self.asked, most_engineers=None)))
        free = self.plan(wide, wanted, obstacles, extras, hires)
        if limit is None or free.scenario is None or _people(free.scenario) <= limit:
            return free
        limited = self.plan(room, wanted, obstacles, extras, hires)
        if limited.status == "kept":
            return limited
        return replace(limited, moves=(*limited.moves, _over(limited, free, limit)))

    def plan(
        self,
        room: Space,
        wanted: Wishes,
        obstacles: tuple[Obstacle, ...],
        extras: Sequence[Extra],
        hires: int | None,
    ) -> Plan:
        """Search, select and verify until a plan is verified or the attempts are used up."""
        evaluator = self.evaluator(room, wanted, "search")
        journal = Journal(room, wanted, evaluator, self.watch)
        levels: Levels = start(room, wanted)
        bar = Bar.of(wanted, verifiable(evaluator, levels))
        met: list[Search] = []
        chosen: Selected | None = None
        verified: Verified | None = None
        best: Levels | None = None
        for attempt in range(ATTEMPTS):
            if chosen is None or chosen.chosen is None:
                found = solve(
                    room, wanted, evaluator, levels, bar=bar, note=journal, thorough=attempt == 0, search=met.append
                )
                if found is None:
                    break
                levels = found
                chosen = select(_rivals(met[-1], found), self.evaluator(room, wanted, "selection", attempt), bar)
                journal.selected(chosen)
            best = plan = chosen.chosen or levels
            verified = verify(
                room.case_of(plan), wanted, bar, luck(self.seed, "estimate", attempt), attempt,
                engine=self.engine, workers=self.workers, progress=self.progress,
            )  # fmt: skip
            journal.verified(plan, verified, attempt)
            if verified.kept:
                break
            chosen = chosen.without(plan)
            if chosen.chosen is None:
                bar = bar.raised(verified.counts, verified.lacking)
        contractor: tuple[Line, ...] = ()
        more: Mapping[str, Any] = {}
        if best is not None and verified is not None:
            contractor = overflow(room, best, self.evaluator(room, wanted, "estimate", attempt))
        limit = self.asked.most_engineers
        within = best is not None and (limit is None or sum(room.engineers(best)) <= limit)
        if best is not None and within and verified is not None and verified.kept:
            found_plan = Found(
                self.asked, room, wanted, evaluator, best, _tried(met), self.seed, verified.seed,
                self.engine, self.workers,
            )  # fmt: skip
            more = extras_of(found_plan, extras, hires, self.progress)
        return answer.plan(
            self.today, room, wanted, obstacles, lower(room, wanted), best, chosen, verified, journal, self.seed,
            contractor, more,
        )  # fmt: skip

    def evaluator(self, room: Space, wanted: Wishes, stage: Stage, attempt: int = 0) -> Evaluator:
        """Luck of its own for each stage and attempt."""
        return Evaluator(
            room, wanted, luck(self.seed, stage, attempt), engine=self.engine, workers=self.workers,
            store=self.store, progress=self.progress,
        )  # fmt: skip


def _people(scenario: Scenario) -> int:
    return sum(station.engineers for station in scenario.model.stations.values())


def _over(limited: Plan, free: Plan, limit: int) -> Move:
    """What the promises take without the limit on engineers."""
    assert free.scenario is not None
    assert free.cost is not None
    people = _people(free.scenario)
    return Move(
        step=len(limited.moves) + 1,
        stage="search",
        what=(f"no plan with at most {limit} engineers was found that keeps every promise",
              f"未找到工程师不超过 {limit} 名且全部承诺达标的方案"),
        why=(f"without that limit the cheapest plan found has {people} engineers",
             f"不设此上限时，找到的最便宜方案需 {people} 名工程师"),
        cost=free.cost,
        worst=None,
        replications=sum(free.replications.values()) + sum(limited.replications.values()),
    )  # fmt: skip


def _rivals(last: Search, found: Levels) -> list[tuple[float, Levels]]:
    """The plan found, the cheapest others that passed at the last look, and the dearest of the cheaper ones that were
    thrown out there."""
    passed = [p for p, look in last.passed.items() if look >= last.looks[-1]]
    near = [p for p, look in last.failed.items() if look >= last.looks[-1] and last.allowed(p)]
    cheaper = sorted((last.cost(p), p) for p in near if last.cost(p) < last.cost(found))[-MOST_RIVALS // 2 :]
    return [*cheaper, *sorted((last.cost(p), p) for p in {*passed, found})]


def _tried(met: Sequence[Search]) -> tuple[tuple[Levels, int], ...]:
    """Every plan that the search met, with the replications it was given at least."""
    found: dict[Levels, int] = {}
    for search in met:
        for plans in (search.passed, search.failed):
            for plan, look in plans.items():
                found[plan] = max(look, found.get(plan, 0))
    return tuple(found.items())
