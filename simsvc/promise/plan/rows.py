"""Rows of promises decided from the scenario alone, one for each reading."""

from __future__ import annotations

from collections.abc import Iterator

from simsvc.case.arrays import Case
from simsvc.promise.plan import decide_plan
from simsvc.promise.plan.bought import bought
from simsvc.promise.result import PROVINCE, Row
from simsvc.scenario.parts import BASE, readings
from simsvc.scenario.promises import PlanPart

_POPULATION = {"spares_at_start": "shelves", "ticket_fields": "fields"}


def plan_rows(case: Case, clause: str, label: str, base: PlanPart) -> Iterator[Row]:
    """The base reading first; spares at the start say there, too, what their money would buy otherwise."""
    for name, part in readings(base):
        plan = decide_plan(case, part)
        spares = part.rule == "spares_at_start"
        yield Row(
            id=clause,
            part=label,
            reading=name,
            kind="plan",
            area=PROVINCE,
            population=_POPULATION.get(part.rule, "areas"),
            cases=plan.asked,
            estimate=plan.share if plan.asked else None,
            low=None,
            high=None,
            target=part.target,
            verdict="no cases" if not plan.asked else "holds" if plan.share >= part.target else "fails",
            measure=part.rule,
            limit=plan_limit(part),
            details=(*plan.details, *bought(case)) if spares and name == BASE else plan.details,
        )


def plan_limit(part: PlanPart) -> str:
    """The limit as a formula: ``"within 6 months"``, ``">= 3 % of units"``; empty where the rule has none."""
    limits = {
        "rollout": f"within {part.within_months} months",
        "spares_at_start": f">= {100 * (part.ratio or 0):g} % of {part.of}",
    }
    return limits.get(part.rule, "")
