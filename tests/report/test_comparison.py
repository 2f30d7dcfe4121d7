"""A comparison in the words that a bid writer reads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from simsvc import network
from simsvc.promise.comparison import Change, Comparison, Input, Party
from simsvc.promise.result import Row
from simsvc.report import comparison as told
from simsvc.report.words import Words
from simsvc.scenario import load

SCENARIO = load("huitian-2018")
NET = network.load(SCENARIO.model.network)
EN, ZH = Words("en"), Words("zh")


def row(estimate: float, verdict: Any = "fails", **more: Any) -> Row:
    made = {
        "id": "A09",
        "part": "sim",
        "reading": "base",
        "kind": "sim",
        "area": "province",
        "population": "",
        "cases": 100,
    }
    bounds = {"estimate": estimate, "low": estimate, "high": estimate, "target": 0.95, "unit": "share"}
    return Row(**(made | bounds | {"verdict": verdict, "measure": "time_to_site"} | more))


def change(a: Row, b: Row, state: Any, **more: Any) -> Change:
    by = b.estimate - a.estimate if a.estimate is not None and b.estimate is not None else None
    return Change(a, b, by, more.pop("low", by), more.pop("high", by), state, **more)


def comparison(*changes: Change, **more: Any) -> Comparison:
    party = Party("huitian-2018", {"en": "as it is", "zh": "现状"}, "", {})
    return replace(Comparison(party, party, 1, 40, 0.95, (), changes), **more)


BETTER = change(row(0.9), row(0.97, "holds"), "better", low=0.06, high=0.08, gain=12.0)


def test_a_verdict_that_turns_comes_first() -> None:
    said = told.summary(comparison(BETTER), SCENARIO.model, NET, EN)
    assert said[0] == "A09 on site: fails → holds"
    assert said[1].startswith("Of 1 promises 1 are kept better, 0 worse")
    assert "about 12 times as many" in said[-1]
    assert told.summary(comparison(BETTER), SCENARIO.model, NET, ZH)[0] == "A09 到场：不能兑现 → 可兑现"


def test_what_is_open_says_how_many_replications_it_takes() -> None:
    def sentences(needed: int) -> list[str]:
        open_ = change(row(0.9), row(0.9001), "undecided", gain=3.0, needed=needed)
        return told.summary(comparison(open_), SCENARIO.model, NET, EN)

    assert any("About 730 replications should decide" in s for s in sentences(730))
    assert any("would not tell them from none" in s for s in sentences(10**7))
    assert not any("should decide" in s for s in sentences(10**7))


@pytest.mark.parametrize(
    ("low", "by", "high", "said"),
    [
        (0.062, 0.07, 0.078, "+7.00 points (+6.20 … +7.80)"),
        (-0.31, -0.25, -0.19, "−25.0 points (−31.0 … −19.0)"),
        (-0.00001, 0.0, 0.00001, "0.00 points (0.00 … 0.00)"),
        (None, 0.07, None, "+7.00 points"),
    ],
)
def test_shares_differ_by_percentage_points(low: Any, by: float, high: Any, said: str) -> None:
    assert told.difference(Change(row(0.5), row(0.5 + by), by, low, high, "undecided"), EN) == said


def test_other_figures_differ_in_their_unit_to_the_digits_of_the_difference() -> None:
    hours = {"kind": "measure", "measure": "overtime_hours", "unit": "h/year", "target": None}
    found = change(row(5442.0, "estimate", **hours), row(5323.0, "estimate", **hours), "lower", low=-137.0, high=-100.0)
    (line,) = told.figures(comparison(found), EN)
    assert (line.a, line.b, line.difference) == ("5,442 h a year", "5,323 h a year", "−119 (−137 … −100)")
    assert told.figures(comparison(replace(found, state="same")), EN) == []


def test_readings_stand_beneath_only_if_their_verdict_turns() -> None:
    strict = {"reading": "duty-hours"}
    turned = change(row(0.9, **strict), row(0.97, "holds", **strict), "better", low=0.06, high=0.08)
    lines = told.promises(comparison(BETTER, turned), SCENARIO.model, NET, EN)
    assert [line.name.strip().startswith("↳") for line in lines] == [False, True]
    still = replace(turned, b=turned.a)
    assert len(told.promises(comparison(BETTER, still), SCENARIO.model, NET, EN)) == 1


def test_the_gain_is_told_where_there_is_a_difference_to_find() -> None:
    same = replace(BETTER, state="same", gain=1e6)
    assert [told.promises(comparison(c), SCENARIO.model, NET, EN)[0].gain for c in (BETTER, same)] == ["12 ×", "–"]


def test_places_are_named_in_the_language() -> None:
    local = change(row(0.4, area="Danzhou"), row(0.7, area="Danzhou"), "better", low=0.28, high=0.32)
    found = comparison(BETTER, local)
    names = [told.places(found, SCENARIO.model, NET, words)[0].area for words in (EN, ZH)]
    assert names == ["Danzhou", "儋州市"]


def test_inputs_have_a_name_a_path_and_both_values() -> None:
    made = Input("stations.x.engineers", {"en": "X: engineers", "zh": "X：工程师"}, None, 2)
    assert told.inputs(comparison(inputs=(made,)), ZH) == [("X：工程师", "stations.x.engineers", "无", "2")]


def test_clauses_of_one_plan_alone_are_named() -> None:
    found = comparison(BETTER, only_b=(("Z1", "sim", "base"), ("Z1", "sim", "strict")))
    assert "Only B promises Z1." in told.summary(found, SCENARIO.model, NET, EN)
