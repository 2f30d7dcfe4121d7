"""The promises to keep, and the columns that decide whether a plan keeps them."""

from __future__ import annotations

from typing import Any

import pytest

import simsvc as sv
from simsvc.errors import ScenarioError
from simsvc.sizing.request import request
from simsvc.sizing.wishes import PROVINCE, Column, area_id, area_name, wishes
from tests.tiny import Tiny

NORTH, SOUTH, ISLE = range(3)


def promised(**parts: Any) -> sv.Scenario:
    """The tiny scenario (areas north, south, isle; printers in the first two, servers in north and isle)."""
    raw = Tiny.raw()
    raw["clauses"] = {name: {"text": {"en": name}, "parts": part} for name, part in parts.items()}
    raw["demand"]["sites"] = [{"area": "south", "sites": 3}]
    return sv.from_dict(raw)


def sim(measure: str, **more: Any) -> dict[str, Any]:
    return {"kind": "sim", "measure": measure, **more}


def test_a_column_for_the_province_and_each_area_asked_for() -> None:
    scenario = promised(visit=[sim("time_to_site", limit="2 h", target=0.9)])

    made = wishes(scenario, request(scenario))

    assert made.kept == (("visit", 0),)
    # The isle is shown apart.
    assert made.columns == tuple(Column("visit", 0, area, 0.9) for area in (PROVINCE, NORTH, SOUTH))
    (wish,) = made.wishes
    assert (wish.kind, wish.measure, wish.limit, wish.target) == ("sim", "time_to_site", "<= 2 h", 0.9)
    assert wish.areas == ("north", "south")
    assert not wish.eased
    assert made.scenario == scenario

    named = wishes(scenario, request(scenario, areas=["isle"]))
    assert [c.area for c in named.columns] == [PROVINCE, ISLE]


@pytest.mark.parametrize(
    ("part", "areas"),
    [
        (sim("time_to_site", limit="2 h", population={"products": ["printer"]}), ("north", "south")),
        (sim("time_to_site", limit="2 h", population={"modes": ["server.crash"]}), ("north", "isle")),
        (sim("time_to_site", limit="2 h", population={"not_areas": ["north"]}), ("south", "isle")),
        (sim("time_to_site", limit="2 h", population={"zones": ["other"]}), ("north",)),
        (sim("delivered", days=1, population={"special": True}), ("north", "isle")),
        (sim("planned_done", population={"planned": ["inspection"]}), ("south",)),
        (sim("stock_ratio", ratio=0.03), ("north", "south", "isle")),
        (sim("stock_ratio", ratio=0.03, level="island"), ()),
    ],
)
def test_areas_without_anything_that_could_become_a_case_have_no_column(
    part: dict[str, Any], areas: tuple[str, ...]
) -> None:
    raw = promised(it=[part]).raw
    raw["reporting"]["zones"]["other"] = {"name": {"en": "Towns"}, "kinds": ["town"]}
    scenario = sv.from_dict(raw)

    (wish,) = wishes(scenario, request(scenario, areas=["north", "south", "isle"])).wishes

    assert wish.areas == areas


def test_parts_that_are_judged_and_no_others() -> None:
    scenario = promised(
        mixed=[
            {"kind": "measure", "measure": "load"},
            sim("response", limit="1 h"),
            {"kind": "plan", "rule": "rollout", "within_months": 6},
            {"kind": "ledger"},
        ],
        other=[sim("answered", limit="1 h")],
    )

    made = wishes(scenario, request(scenario))
    assert made.kept == (("mixed", 1), ("other", 0))
    assert made.planned == (("mixed", 2),)
    rule = made.wish("mixed", 2)
    assert (rule.kind, rule.measure, rule.limit, rule.target) == ("plan", "rollout", "within 6 months", 1.0)

    some = wishes(scenario, request(scenario, keep=["other"]))
    assert (some.kept, some.planned) == ((("other", 0),), ())
    with pytest.raises(KeyError):
        some.wish("mixed", 1)


def test_a_target_takes_the_place_of_each_promised_share() -> None:
    scenario = promised(
        a=[sim("response", limit="1 h", target=0.99)],
        b=[sim("answered", limit="1 h", target=0.6), {"kind": "plan", "rule": "coverage"}],
        c=[sim("time_to_site", limit="1 h", target=0.7)],
    )

    made = wishes(scenario, request(scenario, keep=["a", "b"], target=0.8, confidence=0.9))

    assert {(w.clause, w.kind, w.asked_target, w.target) for w in made.wishes} == {
        ("a", "sim", 0.8, 0.8),
        ("b", "sim", 0.8, 0.8),
        ("b", "plan", 1.0, 1.0),
    }
    assert {c.target for c in made.columns} == {0.8}
    assert made.scenario.diff(scenario) == [
        ("clauses.a.parts.0.target", 0.8, 0.99),
        ("clauses.b.parts.0.target", 0.8, 0.6),
    ]
    assert made.confidence == 0.9


def test_without_a_promise_there_is_nothing_to_plan_for() -> None:
    scenario = promised(note=[{"kind": "ledger"}])

    with pytest.raises(ScenarioError, match="no clause that is judged"):
        wishes(scenario, request(scenario))


def test_names_of_areas() -> None:
    case = Tiny.case()

    assert (area_id(case, PROVINCE), area_id(case, ISLE)) == ("province", "isle")
    assert area_name(case, PROVINCE) == {"en": "province", "zh": "全省"}
    assert area_name(case, NORTH)["en"]
