"""The answer put together from what the stages found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from simsvc.engine import SEMANTICS
from simsvc.promise.judge import judge
from simsvc.promise.result import Row
from simsvc.promise.sizing import Bound, Line, Obstacle, Plan, Rival, RolloutPlan, Status
from simsvc.promise.validation import versions
from simsvc.scenario import Scenario
from simsvc.scenario.parts import BASE
from simsvc.sizing import judging
from simsvc.sizing.journal import Journal
from simsvc.sizing.search.select import Selected
from simsvc.sizing.search.standing import Standing
from simsvc.sizing.space import Levels, Space
from simsvc.sizing.verify import Verified
from simsvc.sizing.wishes import Wishes
from simsvc.sizing.written import written


def impossible(today: Scenario, space: Space, wishes: Wishes, obstacles: tuple[Obstacle, ...], seed: int) -> Plan:
    """No plan keeps what was asked for."""
    return Plan(
        title=today.model.title.model_dump(), today=today, scenario=None, status="impossible", seed=seed,
        confidence=wishes.confidence, wishes=wishes.wishes, obstacles=obstacles, lines=(), cost=None,
        cost_today=space.cost(space.today), bound=None, rows=(), rivals=(), moves=(), replications={}, evaluations=0,
        provenance=_provenance(today, seed),
    )  # fmt: skip


def plan(
    today: Scenario,
    space: Space,
    wishes: Wishes,
    obstacles: tuple[Obstacle, ...],
    bound: Bound,
    levels: Levels | None,
    chosen: Selected | None,
    verified: Verified | None,
    journal: Journal,
    seed: int,
    overflow: tuple[Line, ...],
    more: Mapping[str, Any],
) -> Plan:
    """The plan found, its evidence, and what else was worked out (``overflow``: the line of a contractor; ``more``:
    fields of the plan)."""
    kept = levels is not None and verified is not None and verified.kept
    proven = () if levels is None or verified is None else rows(space, wishes, levels, verified)
    status: Status = "kept" if kept else "not found"
    fields: dict[str, Any] = dict(more)
    if fields.get("rollout") is not None:
        fields["rollout"] = _arrived(fields["rollout"], proven)
    return Plan(
        title=today.model.title.model_dump(),
        today=today,
        scenario=None if levels is None else written(space.scenario_of(levels), today, wishes),
        status=status,
        seed=seed,
        confidence=wishes.confidence,
        wishes=wishes.wishes,
        obstacles=obstacles,
        lines=() if levels is None else (*space.lines(levels), *overflow),
        cost=None if levels is None else space.cost(levels) + sum(line.cost for line in overflow),
        cost_today=space.cost(space.today) + sum(line.cost_today for line in overflow),
        bound=bound,
        rows=proven,
        rivals=() if chosen is None or levels is None else _rivals(space, wishes, levels, chosen),
        moves=tuple(journal.moves),
        replications=journal.replications,
        evaluations=journal.plans,
        provenance=_provenance(today, seed),
        **fields,
    )


def _arrived(way: RolloutPlan, proven: Sequence[Row]) -> RolloutPlan:
    """The last month's staffing is the plan's: its verdicts are those of the verification, which saw more."""
    *before, last = way.months
    sure = {(row.id, row.part, row.reading, row.area): row for row in proven}
    known = tuple(sure.get((row.id, row.part, row.reading, row.area), row) for row in last.rows)
    return replace(way, months=(*before, replace(last, rows=known)))


def rows(space: Space, wishes: Wishes, levels: Levels, verified: Verified) -> tuple[Row, ...]:
    """Verdicts of the plan: the kept promises decided together, the others beside, each by itself at the stated
    confidence."""
    case = space.case_of(levels)
    kept = judging.judge(case, wishes, verified.tallies, verified.alpha).rows
    together = {(row.id, row.part, row.area): row for row in kept}
    return tuple(
        together.get((row.id, row.part, row.area), row) if row.reading == BASE else row
        for row in judge(case, verified.tallies, level=wishes.confidence)
    )


def _rivals(space: Space, wishes: Wishes, levels: Levels, chosen: Selected) -> tuple[Rival, ...]:
    """The plans of the last round, what differs from the plan, and where they stood worst."""
    mine = {line.key: line for line in space.lines(levels)}
    found = []
    for other, cost, state, stand in chosen.order:
        lines = tuple(line for line in space.lines(other) if line.planned != mine[line.key].planned)
        share, low, high = _worst(wishes, stand)
        found.append(Rival(lines, cost, share, low, high, state))
    return tuple(found)


def _worst(wishes: Wishes, stand: Standing) -> tuple[float, float, float]:
    """Share less target of the promise nearest to its target, with its 95 % interval."""
    over = np.where(np.isnan(stand.share), 1.0, stand.share - np.array([c.target for c in wishes.columns]))
    c = int(np.argmin(over))
    half = 1.96 * float(stand.error[c])
    return float(over[c]), float(over[c]) - half, float(over[c]) + half


def _provenance(scenario: Scenario, seed: int) -> dict[str, Any]:
    return {
        "scenario": scenario.to_toml(),
        "hash": scenario.hash,
        "seed": seed,
        "semantics": SEMANTICS,
        "versions": versions(),
        "changes": {path: str(value) for path, value in scenario.changes.items()},
    }
