"""Every conflict and suspected slip of the table of promises, documents A to E, is found by its general rule."""

from __future__ import annotations

from functools import cache

import pytest

from simsvc.promise.lint import Finding, lint
from simsvc.scenario import load

CONFLICTS = [
    ("huitian-2018", "hours_unnamed", {"A06", "A09", "A19"}),
    ("huitian-2018", "hours_disagree", {"A06", "A07", "A12"}),
    ("huitian-2018", "too_few_persons", {"A07"}),
    ("huitian-2018", "out_of_reach", {"A10"}),
    ("huitian-2018", "covered_twice", {"A10"}),
    ("huitian-2018", "covered_by_nobody", {"A10"}),
    ("heating-and-alarm", "units_slip", {"B03"}),
    ("heating-and-alarm", "warranties_differ", {"B04"}),
    ("heating-and-alarm", "frequencies_differ", {"B07", "B08"}),
    ("heating-and-alarm", "frequency_unnamed", {"B20"}),
    ("archive-digitising", "wordings_differ", {"D02"}),
    ("archive-digitising", "limits_differ", {"D03"}),
    ("fertiliser-supply", "hours_unnamed", {"E01", "E02"}),
]
"""Scenario, rule, clauses that one finding of the rule must name."""


@cache
def _findings(scenario: str) -> tuple[Finding, ...]:
    return tuple(lint(load(scenario)))


@pytest.mark.parametrize(("scenario", "rule", "clauses"), CONFLICTS, ids=[f"{s}-{r}" for s, r, _ in CONFLICTS])
def test_a_conflict_of_the_document_is_found(scenario: str, rule: str, clauses: set[str]) -> None:
    assert any(f.rule == rule and clauses <= set(f.clauses) for f in _findings(scenario))


@pytest.mark.parametrize(
    "scenario", ["huitian-2018", "heating-and-alarm", "hospital-supplies", "archive-digitising", "fertiliser-supply"]
)
def test_findings_name_clauses_and_speak_both_languages(scenario: str) -> None:
    clauses = load(scenario).model.clauses
    for finding in _findings(scenario):
        assert finding.clauses
        assert set(finding.clauses) <= set(clauses)
        for text in (finding.why, finding.instead):
            assert text.en
            assert any("\u4e00" <= c <= "\u9fff" for c in text.zh)


def test_what_the_documents_state_once_is_not_called_a_contradiction() -> None:
    """Rules on statements, and the clauses they may name: the conflicts above and no others."""
    allowed = {
        "units_slip": {"B03"},
        "warranties_differ": {"B04"},
        "frequencies_differ": {"B07", "B08"},
        "wordings_differ": {"D02"},
        "limits_differ": {"D02", "D03"},
    }
    for scenario in {name for name, _, _ in CONFLICTS} | {"hospital-supplies"}:
        for finding in _findings(scenario):
            assert set(finding.clauses) <= allowed.get(finding.rule, set(finding.clauses)), finding.why.en


@pytest.mark.parametrize("scenario", ["heating-and-alarm", "archive-digitising", "fertiliser-supply"])
def test_nothing_is_promised_where_nobody_is_served(scenario: str) -> None:
    assert not [f for f in _findings(scenario) if "Sansha" in f.why.en]
    served = load(scenario).raw["demand"]["installed"]
    served = [{**row, "units": row["units"] or 1} for row in served]
    findings = lint(load(scenario).replace(**{"demand.installed": served}))
    assert [f.rule for f in findings if "Sansha" in f.why.en] == ["covered_by_nobody"]
