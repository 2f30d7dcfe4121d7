"""A plan met later as a scenario says that it is a plan, and which promises it has eased."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from simsvc.promise.sizing import Wish
from simsvc.scenario import loads
from simsvc.sizing.written import written
from tests import planned

VISIT = Wish("T01", 0, "sim", "sim", "time_to_site", "<= 2 h", "<= 3 h", 0.95, 0.9, ())
RULE = Wish("T03", 0, "plan", "plan", "coverage", "", "", 1.0, 2 / 3, ())


@pytest.fixture(scope="module")
def scenarios():
    today, plan = planned.scenarios()
    eased = {"clauses.T01.parts.0.limit": "3 h", "clauses.T01.parts.0.target": 0.9}
    return today.replace(**{"clauses.T01.parts.0.limit": "2 h"}), plan.replace(**eased)


def told(scenarios, *wishes):
    today, plan = scenarios
    return written(plan, today, SimpleNamespace(wishes=wishes))


def test_the_title_and_what_it_is_about(scenarios):
    model = told(scenarios, VISIT).model
    assert model.title.en.endswith(" (plan)")
    assert model.title["zh"].endswith("（方案）")
    stations = scenarios[1].model.stations.values()
    assert f"{len(stations)} stations, {sum(s.engineers for s in stations)} engineers" in model.about.en
    assert model.about.en.endswith("Not as asked, but eased: T01.")


def test_an_eased_clause_says_what_was_asked_for_behind_its_text(scenarios):
    before, model = scenarios[1].model.clauses, told(scenarios, VISIT, RULE).model
    text = before["T01"].text.en
    assert model.clauses["T01"].text.en == f"{text} [Eased by the plan: within 3 h, 90 % instead of within 2 h, 95 %.]"
    assert model.clauses["T01"].text["zh"].endswith("【方案已放宽：3小时内，90 %，原为2小时内，95 %】")
    assert model.clauses["T03"].text.en.endswith("[Eased by the plan: 66.7 % instead of 100 %.]")


def test_a_promise_kept_as_asked_keeps_its_text(scenarios):
    same = replace(VISIT, asked_limit="<= 3 h", asked_target=0.9)
    model = told(scenarios, same).model
    assert model.clauses == scenarios[1].model.clauses
    assert "eased" not in model.about.en


def test_it_is_the_same_case_and_can_be_read_again(scenarios):
    made = told(scenarios, VISIT, RULE)
    assert loads(made.to_toml()).model == made.model
    assert {path.split(".")[0] for path, _, _ in scenarios[1].diff(made)} == {"title", "about", "clauses"}
