"""The promise linter: a scenario in, contradictions of its promises with each other and with the resources out.

Rules are general: they read what clauses state and limit, never a clause's id. Nothing is simulated.
"""

from __future__ import annotations

from simsvc.promise.lint.finding import Finding, Rule, Severity, Subject
from simsvc.promise.lint.hours import hours_disagree, hours_unnamed, nobody_on_duty, too_few_persons
from simsvc.promise.lint.limits import figure_unnamed, limits_differ, units_slip
from simsvc.promise.lint.places import covered_by_nobody, covered_twice, out_of_reach, rollout_unscheduled, too_far
from simsvc.promise.lint.resources import too_many_calls, too_much_work
from simsvc.promise.lint.statements import (
    frequencies_differ,
    frequency_unnamed,
    hedged,
    warranties_differ,
    wordings_differ,
)
from simsvc.scenario import Scenario

__all__ = ["RULES", "Finding", "Rule", "Severity", "lint"]

RULES: tuple[Rule, ...] = (
    hours_disagree,
    too_few_persons,
    hours_unnamed,
    nobody_on_duty,
    out_of_reach,
    too_far,
    covered_twice,
    covered_by_nobody,
    rollout_unscheduled,
    too_much_work,
    too_many_calls,
    limits_differ,
    units_slip,
    wordings_differ,
    hedged,
    figure_unnamed,
    warranties_differ,
    frequencies_differ,
    frequency_unnamed,
)


def lint(scenario: Scenario) -> list[Finding]:
    """Contradictions and gaps of a scenario's promises.

    Parameters
    ----------
    scenario : Scenario
        A valid scenario whose names exist in its network (``simsvc.case.check``).

    Returns
    -------
    list
        Findings in the order of ``RULES``; empty for promises that are clear and fit the resources.

    Raises
    ------
    NetworkError
        If the network can't be loaded.
    """
    subject = Subject(scenario.model, scenario.folder)
    return [finding for rule in RULES for finding in rule(subject)]
