"""Mistakes in planned visits, reviews and deliveries: each is reported at its path, with a remedy."""

from __future__ import annotations

from typing import Any

import pytest

import simsvc as sv

VISIT = {"name": {"en": "V"}, "work": "1 h"}
BOX = {"name": {"en": "Box"}, "per_product": "p", "rate": "1 /d"}
VAN = {"areas": ["a"], "departs": ["09:00"], "calendar": "office", "capacity": 2}
POST = {"departs": ["17:00"], "calendar": "office", "lead": "1 d"}
WAREHOUSE = {"node": "a", "calendar": "office"}


def life(*windows: list[str], cycle: str = "360 d") -> dict[str, Any]:
    return {"life": {"cycle": cycle, "windows": list(windows)}}


PLANS: list[tuple[dict[str, Any], str, str]] = [
    # what is written, where the problem is, words of it
    ({}, "", "how often is missing"),
    ({"months": []}, "", "how often is missing"),
    ({"every_months": 6, "months": [3]}, ".months", "every_months and months exclude each other"),
    ({"months": [3], "rate": "2 /year", "within": "5 d"}, ".rate", "months and rate exclude each other"),
    ({"every_months": 6, "days": [11, 20]}, ".days", "only with months"),
    ({"months": [3, 6, 3]}, ".months", "twice"),
    ({"months": [3], "days": [20, 11]}, ".days", "write them in order"),
    ({"every_months": 6, "within": "5 d"}, ".within", "only with rate"),
    ({"rate": "2 /year"}, ".within", 'add within = "5 d"'),
    ({"rate": "2 /year", "within": "0 d"}, ".within", 'add within = "5 d"'),
    ({"rate": "2 /year", "within": "5 d", "release": 0.5}, ".release", "take it out"),
    (life(["0 d", "30 d"], cycle="1000 h"), ".life.cycle", "whole days"),
    (life(["0 d", "12 h"]), ".life.windows.0", "whole days"),
    (life(["0 d", "30 d"], ["60 d", "30 d"]), ".life.windows.1", "end after it starts"),
    (life(["350 d", "365 d"]), ".life.windows.0", "lengthen cycle"),
    (life(["0 d", "30 d"], ["0 d", "90 d"]), ".life.windows.1", "begins with window 1"),
    ({"months": [13]}, ".months.0", ""),
    ({"every_months": 5}, ".every_months", ""),
]


@pytest.mark.parametrize(("plan", "path", "words"), PLANS)
def test_a_mistake_in_a_plan(own: Any, plan: dict[str, Any], path: str, words: str) -> None:
    with pytest.raises(sv.ScenarioError) as caught:
        own(planned={"v": VISIT | plan})
    (problem,) = caught.value.problems
    assert problem.path == f"planned.v{path}"
    assert words in f"{problem.message} {problem.remedy}"


@pytest.mark.parametrize(
    "plan",
    [
        {"every_months": 12},
        {"months": [2], "days": [29, 31]},
        {"rate": "2 /year", "within": "5 d", "sites": "50 %"},
        life(["0 d", "30 d"], ["30 d", "60 d"], ["350 d", "360 d"]),
        life(["0 d", "30 d"], ["10 d", "20 d"]),
    ],
)
def test_plans_that_are_fine(own: Any, plan: dict[str, Any]) -> None:
    assert own(planned={"v": VISIT | plan}).model.planned["v"].name.en == "V"


DELIVERIES: list[tuple[dict[str, Any], str, str]] = [
    ({}, "delivery", "nothing leaves the warehouse"),
    ({"routes": {"r": VAN | {"goods": ["bx"]}}}, "delivery.routes.r.goods.0", 'did you mean "box"?'),
    ({"couriers": {"c": POST | {"goods": ["bx"]}}}, "delivery.couriers.c.goods.0", 'did you mean "box"?'),
    ({"couriers": {"c": POST | {"calendar": "offic"}}}, "delivery.couriers.c.calendar", 'did you mean "office"?'),
    ({"routes": {"r": VAN}, "couriers": {"r": POST}}, "delivery.couriers.r", "rename"),
]


@pytest.mark.parametrize(("delivery", "path", "words"), DELIVERIES)
def test_a_mistake_in_a_delivery(own: Any, delivery: dict[str, Any], path: str, words: str) -> None:
    with pytest.raises(sv.ScenarioError) as caught:
        own(goods={"box": BOX}, delivery={"warehouse": WAREHOUSE} | delivery)
    (problem,) = caught.value.problems
    assert problem.path == path
    assert words in f"{problem.message} {problem.remedy}"


def test_a_review_needs_its_calendar(own: Any) -> None:
    with pytest.raises(sv.ScenarioError, match=r"review\.calendar") as caught:
        own(review={"calendar": "offise"})
    assert 'did you mean "office"?' in caught.value.problems[0].remedy
