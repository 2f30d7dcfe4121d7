"""The conflicts of document A, which the promises table lists, are found by the general rules."""

from __future__ import annotations

import importlib
import inspect
import re

import pytest

from simsvc.promise.lint import Finding, lint
from simsvc.scenario import load


@pytest.fixture(scope="module")
def by_rule() -> dict[str, list[Finding]]:
    rules: dict[str, list[Finding]] = {}
    for each in lint(load("huitian-2018")):
        rules.setdefault(each.rule, []).append(each)
    return rules


def test_three_statements_of_hours_disagree(by_rule: dict[str, list[Finding]]) -> None:
    (found,) = by_rule["hours_disagree"]
    assert found.clauses == ("A06", "A07", "A12", "A13")
    for words in ("a hotline of 8 h", "a day of 10 h", "round the clock"):
        assert words in found.why.en


def test_one_person_cannot_answer_round_the_clock(by_rule: dict[str, list[Finding]]) -> None:
    (found,) = by_rule["too_few_persons"]
    assert found.clauses == ("A07",)
    assert "5.1" in found.why.en


def test_nights_are_promised_nobody_and_the_two_hours_name_no_hours(by_rule: dict[str, list[Finding]]) -> None:
    (found,) = by_rule["hours_unnamed"]
    assert found.clauses == ("A06", "A09", "A19")


def test_no_road_leads_to_sansha(by_rule: dict[str, list[Finding]]) -> None:
    (found,) = by_rule["out_of_reach"]
    assert {"A09", "A10", "A19"} == set(found.clauses)
    assert "Sansha" in found.why.en
    assert "三沙" in found.why.zh


def test_chengmai_is_in_the_coverage_of_two_stations(by_rule: dict[str, list[Finding]]) -> None:
    (found,) = by_rule["covered_twice"]
    assert found.clauses == ("A10",)
    assert "Chengmai" in found.why.en


def test_outer_sanya_is_assigned_to_nobody(by_rule: dict[str, list[Finding]]) -> None:
    (found,) = by_rule["covered_by_nobody"]
    assert "A10" in found.clauses
    for town in ("Haitang", "Yacheng", "Yucai"):
        assert town in found.why.en


def test_stations_promised_and_not_scheduled(by_rule: dict[str, list[Finding]]) -> None:
    (found,) = by_rule["rollout_unscheduled"]
    assert found.clauses == ("A11",)
    for county in ("Sansha", "Ding'an", "Lingshui", "Changjiang", "Lingao", "Baoting"):
        assert county in found.why.en
    assert "Yangpu" not in found.why.en


def test_towns_too_far_for_two_hours_are_listed_with_their_drive(by_rule: dict[str, list[Finding]]) -> None:
    (found,) = by_rule["too_far"]
    assert found.clauses == ("A09", "A19")
    assert re.search(r"Wangxia \(1[34]\d min\)", found.why.en)


def test_regular_inspections_without_a_frequency(by_rule: dict[str, list[Finding]]) -> None:
    (found,) = by_rule["frequency_unnamed"]
    assert found.clauses == ("A16",)


def test_engineers_in_office_hours_only_break_the_two_hours() -> None:
    rules = {f.rule: f.clauses for f in lint(load("huitian-2018-office-hours"))}
    assert rules["nobody_on_duty"] == ("A09", "A19")


def test_no_rule_knows_a_clause_or_a_place_by_name() -> None:
    for module in ("", ".finding", ".hours", ".places", ".resources", ".limits", ".scope", ".statements", ".week"):
        source = inspect.getsource(importlib.import_module(f"simsvc.promise.lint{module}"))
        assert not re.search(r"\b[A-EX]\d\d\b", source)
        assert not re.search("sansha|haikou|sanya|chengmai", source, re.IGNORECASE)
