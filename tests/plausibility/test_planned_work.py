"""Planned visits that no promise could be judged by, goods that nobody takes to where they are ordered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import simsvc as sv
from simsvc import network as roads
from simsvc.case import build
from simsvc.case.plausibility import check
from simsvc.errors import Problem
from simsvc.workload import draw

VISIT = {"name": {"en": "V"}, "work": "1 h"}


def found(scenario: sv.Scenario, path: str) -> list[Problem]:
    problems = check(scenario.model, roads.load(scenario.model.network))
    assert all(p.severity == "warning" for p in problems)
    return [p for p in problems if p.path.startswith(path)]


PLANS: list[tuple[dict[str, Any], str, bool]] = [
    # plan, days counted from 1 February 2018 (10 before them), whether it has a case
    ({"every_months": 1}, "20 d", False),
    ({"every_months": 1}, "28 d", True),
    ({"every_months": 12}, "300 d", False),
    ({"every_months": 12}, "365 d", True),
    # Ends inside, but its visits were all made before the run.
    ({"every_months": 1, "release": 0.5}, "20 d", False),
    ({"months": [1], "release": 0.6}, "27 d", False),
    ({"months": [3], "days": [11, 20]}, "47 d", False),
    ({"months": [3], "days": [11, 20]}, "48 d", True),
    ({"life": {"cycle": "720 d", "windows": [["0 d", "90 d"]]}, "release": 0.5}, "30 d", False),
    ({"life": {"cycle": "720 d", "windows": [["0 d", "90 d"]]}, "release": 0.5}, "90 d", True),
    ({"rate": "50 /year", "within": "40 d"}, "30 d", False),
    ({"rate": "50 /year", "within": "30 d"}, "30 d", True),
]


@pytest.mark.parametrize(("plan", "window", "case"), PLANS)
def test_windows_without_a_case(own: Any, plan: dict[str, Any], window: str, case: bool) -> None:
    """The check agrees with what is drawn for many sites."""
    scenario = own(
        time={"start": dt.date(2018, 2, 1), "window": window, "warm_up": "10 d"},
        demand={"sites": [{"area": "a", "sites": 500}]},
        planned={"v": VISIT | plan},
    )
    problems = found(scenario, "planned")
    assert [p.path for p in problems] == ([] if case else ["planned.v"])
    built = build(scenario)
    visits = draw(built, 1, 0).planned
    assert ((visits.due > built.span.start) & (visits.due <= built.span.end)).any() == case


def test_visits_to_no_site(own: Any) -> None:
    (problem,) = found(own(planned={"v": VISIT | {"every_months": 1}}), "demand.sites")
    assert "(v)" in problem.message
    assert found(own(), "demand.sites") == []


def test_goods_that_nobody_takes(own: Any, line: Any, station: Any) -> None:
    box = {"name": {"en": "Box"}, "per_product": "p", "rate": "1 /d"}
    van = {"areas": ["a"], "departs": ["09:00"], "calendar": "office", "capacity": 2, "goods": ["box"]}
    post = {"departs": ["17:00"], "calendar": "office", "lead": "1 d", "goods": ["letter"]}
    scenario = own(
        network=line("a", "b"),
        stations={"a": station("a", covers=["a", "b"])},
        demand={"installed": [{"area": x, "product": "p", "units": 1} for x in "ab"]},
        goods={"box": box, "letter": box, "crate": box},
        delivery={
            "warehouse": {"node": "a", "calendar": "office"}, "routes": {"r": van}, "couriers": {"post": post},
        },
    )  # fmt: skip
    first, second = found(scenario, "delivery.routes")
    assert "box are ordered in b, but no route goes there" in first.message
    assert "crate are ordered in a, b, but no route goes there" in second.message
    assert found(scenario.override("goods.box.rate", "0 /d").override("goods.crate.rate", "0 /d"), "delivery") == []


def test_areas_of_a_courier_are_names_of_the_network(own: Any) -> None:
    post = {"departs": ["17:00"], "calendar": "office", "lead": "1 d", "areas": ["aa"]}
    scenario = own(delivery={"warehouse": {"node": "a", "calendar": "office"}, "couriers": {"post": post}})
    with pytest.raises(sv.ScenarioError, match=r"delivery\.couriers\.post\.areas"):
        build(scenario)
