"""Promises decided from the scenario alone: coverage, rollout of stations, spares at the start, fields of a ticket."""

from __future__ import annotations

from collections.abc import Callable

from simsvc.case.arrays import Case
from simsvc.promise.plan.areas import coverage, rollout
from simsvc.promise.plan.decided import Plan
from simsvc.promise.plan.spares import spares_at_start
from simsvc.promise.plan.ticket import ticket_fields
from simsvc.scenario.promises import PlanPart

__all__ = ["RULES", "Plan", "decide_plan"]

RULES: dict[str, Callable[[Case, PlanPart], Plan]] = {
    "coverage": coverage,
    "rollout": rollout,
    "spares_at_start": spares_at_start,
    "ticket_fields": ticket_fields,
}


def decide_plan(case: Case, part: PlanPart) -> Plan:
    """Apply a plan rule."""
    return RULES[part.rule](case, part)
