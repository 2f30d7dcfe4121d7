"""A plan at hand in a notebook: a line to look at, its decisions and verdicts as tables."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from simsvc.promise.sizing_wire import from_json
from tests import planned


@pytest.fixture(scope="module")
def plan():
    return planned.plan()


def test_a_plan_is_said_in_a_line(plan):
    said = repr(plan)
    assert said.startswith("<plan for tiny: kept, 609,200 CNY a year, today 355,000, ")
    assert len(said) < 200
    assert repr(planned.impossible()) == f"<plan for tiny: impossible, {len(planned.impossible().obstacles)} obstacles>"


def test_decisions_are_a_table_whose_costs_add_up(plan):
    table = plan.table()
    assert list(table.columns[:5]) == ["key", "kind", "place", "en", "zh"]
    assert len(table) == len(plan.lines)
    assert table.cost.sum() == plan.cost
    assert table.change.sum() == plan.cost - plan.cost_today
    assert replace(plan, lines=()).table().empty


def test_verdicts_are_a_table(plan):
    table = plan.verdicts()
    assert len(table) == len(plan.rows)
    assert set(table.verdict) == {row.verdict for row in plan.rows}


def test_a_plan_becomes_json_and_comes_back(plan):
    assert from_json(json.loads(json.dumps(plan.to_json()))) == plan
