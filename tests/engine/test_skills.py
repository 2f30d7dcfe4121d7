"""Skilled and dedicated engineers, by hand: who is sent, who stays idle, what waits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.case import build
from simsvc.case.reach import served, served_towns
from simsvc.engine.roster import roster
from simsvc.study.replicate import one
from simsvc.workload import draw

MODE = {"name": {"en": "M"}, "share": 1.0, "work": "1 h"}
ALWAYS = {"mon-sun": ["00:00-24:00"]}


def product(skill: str | None = None, rate: str = "3 /d") -> dict[str, Any]:
    return {"name": {"en": "P"}, "rate": rate, "modes": {"m": MODE}, **({"skill": skill} if skill else {})}


BOILERS: dict[str, Any] = {"demand": {"installed": [{"area": "a", "product": "p", "units": 1}]}}
"""No alarms."""


@pytest.fixture
def two(own: Any, line: Any, station: Any) -> Any:
    """a and b, half an hour apart, an engineer each; b may back a up; boilers (p) and alarms (q) at a."""

    def make(engineers: dict[str, Any], skill: str | None = "boilers", **more: Any) -> sv.Scenario:
        changes: dict[str, Any] = {
            "time": {"window": "30 d"},
            "network": line("a", "b", minutes=30),
            "stations": {"a": station("a"), "b": station("b")},
            "dispatch": {"who": "own-then-backup", "backup_radius": "1 h"},
            "products": {"p": product(skill), "q": product()},
            "demand": {"installed": [{"area": "a", "product": p, "units": 1} for p in "pq"]},
            "staff": {"engineers": engineers},
        }
        return own(**(changes | more))

    return make


def test_a_skilled_engineer_is_fetched_from_afar_while_the_unskilled_idles(two: Any, told: Any, clock: Any) -> None:
    scenario = two({"b-1": {"skills": ["boilers"]}}, **BOILERS)
    case, log = told(scenario, faults=[("2018-01-01 08:00", "a"), ("2018-01-01 08:15", "a")])
    v = log.visits
    assert [case.staffing.engineers[e] for e in v["engineer"]] == ["b-1", "b-1"]
    assert v["tier"].tolist() == [1, 1]
    # 30 minutes' drive and an hour's work; the second waits for him, though a-1 is free.
    assert clock(case, v["arrived"]) == ["Mon 08:30:00", "Mon 09:30:00"]
    assert clock(case, v["assigned"]) == ["Mon 08:00:00", "Mon 09:30:00"]
    assert log.tickets["off_duty"].tolist() == [0, 0]


def test_without_the_skill_the_nearest_goes(two: Any, told: Any) -> None:
    scenario = two({}, skill=None, demand=BOILERS["demand"])
    case, log = told(scenario, faults=[("2018-01-01 08:00", "a"), ("2018-01-01 08:15", "a")])
    assert [case.staffing.engineers[e] for e in log.visits["engineer"]] == ["a-1", "b-1"]


def test_a_dedicated_engineer_stays_idle_while_faults_wait(own: Any, told: Any, clock: Any) -> None:
    """Two engineers at one station, one of them for the yearly cleaning alone."""
    scenario = own(
        stations={"a": {"engineers": 2}},
        staff={"engineers": {"a-1": {"only": ["clean"]}}},
        planned={"clean": {"name": {"en": "C"}, "every_months": 12, "work": "1 h"}},
    )
    case, log = told(scenario, faults=[("2018-01-01 08:00", "a"), ("2018-01-01 08:15", "a")])
    assert log.visits["engineer"].tolist() == [1, 1]
    assert clock(case, log.visits["assigned"]) == ["Mon 08:00:00", "Mon 09:00:00"]


def test_dedication_binds_the_engineer_not_the_work(own: Any, endless: Any) -> None:
    """a-1 does nothing but clean; a-2 helps him when no fault waits."""
    scenario = own(
        time={"window": "90 d"},
        stations={"a": {"engineers": 2}},
        staff={"engineers": {"a-1": {"only": ["clean"]}}},
        products={"p": {"rate": "5 /d"}},
        planned={"clean": {"name": {"en": "C"}, "every_months": 1, "work": "10 h", "release": 0.05}},
        demand=endless("a") | {"sites": [{"area": "a", "sites": 20}]},
    )
    v = one(build(scenario), 1, 0).visits
    faults, cleaning = v["kind"] <= 1, v["kind"] == 3
    assert set(v["engineer"][faults]) == {1}
    assert set(v["engineer"][cleaning]) == {0, 1}


def test_who_may_do_both_takes_them_in_one_order(two: Any, endless: Any) -> None:
    """Boilers and alarms wait in two groups; the one engineer of a goes by due time over both."""
    scenario = two(
        {"a-1": {"skills": ["boilers"]}}, stations={"a": {"engineers": 1}, "b": None}, dispatch={"who": "own"}
    )
    v = one(build(scenario), 3, 0).visits
    assert (v["assigned"] > v["ready"]).sum() > 10
    order = np.argsort(v["ready"], kind="stable")
    assert (np.diff(v["assigned"][order]) >= 0).all()


def test_nobody_on_duty_counts_only_those_who_may_do_the_job(two: Any, told: Any) -> None:
    """a-1 is there round the clock, the only one who knows boilers is away the first two days."""
    scenario = two({"b-1": {"skills": ["boilers"]}}, **BOILERS)
    drawn = draw(build(scenario), 1, 0)
    absent = np.zeros_like(drawn.absent)
    absent[1, :2] = True
    _, log = told(scenario, faults=[("2018-01-01 12:00", "a")], absent=absent)
    assert log.tickets["off_duty"].tolist() == [36 * 3600]
    assert (log.tickets["assigned"] - log.tickets["ready"]).tolist() == [36 * 3600]


def test_a_town_whose_product_nobody_who_knows_it_serves_is_out_of_reach(two: Any) -> None:
    scenario = two({"b-1": {"skills": ["boilers"]}}, dispatch={"who": "own"})
    case = build(scenario)
    assert served_towns(case).tolist() == [False, True]
    assert served(case).tolist() == [[False, True], [True, True]]
    t = one(case, 1, 0).tickets
    assert (t["reachable"] == (t["product"] == 1)).all()
    assert (t["assigned"][t["product"] == 0] < 0).all()
    assert (t["assigned"][(t["product"] == 1) & (t["ready"] < 29 * 86400)] >= 0).all()


def test_classes_are_grouped_by_who_may_do_them(two: Any) -> None:
    """Boilers and their cleaning need the skill, alarms nothing: two signatures, whatever the number of classes."""
    planned = {k: {"name": {"en": k}, "every_months": 1, "work": "1 h"} for k in ("look", "clean")}
    planned["clean"]["skill"] = "boilers"
    case = build(two({"b-1": {"skills": ["boilers"]}}, planned=planned))
    assert case.staffing.able.tolist() == [[False, True, True, False], [True] * 4]
    assert case.staffing.signature.tolist() == [0, 1, 1, 0]
    assert (case.staffing.first_planned, case.staffing.first_goods) == (2, 4)
    assert roster(case, draw(case, 1, 0)).able.tolist() == [[False, True], [True, True]]


def test_an_installation_goes_to_who_can_install(own: Any, told: Any) -> None:
    scenario = own(
        stations={"a": {"engineers": 2}},
        staff={"engineers": {"a-2": {"skills": ["sets"]}}},
        goods={
            "g": {"name": {"en": "G"}, "per_product": "p", "rate": "3 /d", "install": 1.0, "installation": "1 h",
                  "skill": "sets"}
        },
        delivery={
            "warehouse": {"node": "a", "calendar": "always"},
            "routes": {"r": {"areas": ["a"], "departs": ["09:00"], "calendar": "always", "capacity": 9}},
        },
    )  # fmt: skip
    _, log = told(scenario, orders=[("2018-01-01 08:00", "a"), ("2018-01-01 08:10", "a")])
    assert log.visits["engineer"].tolist() == [1, 1]
    assert np.diff(log.visits["assigned"]).tolist() == [3600]


def test_skills_that_everybody_has_change_nothing(own: Any, endless: Any, line: Any, station: Any) -> None:
    base: dict[str, Any] = {
        "time": {"window": "20 d"},
        "network": line("a", "b", minutes=20),
        "stations": {"a": station("a", 2), "b": station("b")},
        "dispatch": {"who": "nearest"},
        "products": {"p": product(rate="12 /d"), "q": product(rate="6 /d")},
        "demand": endless(*((a, p) for a in "ab" for p in "pq")),
    }
    skilled = base | {
        "products": {"p": product("boilers", "12 /d"), "q": product("alarms", "6 /d")},
        "staff": {"engineers": {e: {"skills": ["alarms", "boilers"]} for e in ("a-1", "a-2", "b-1")}},
    }
    plain, same = (one(build(own(**s)), 1, 0) for s in (base, skilled))
    assert len(plain.visits["visit"]) > 300
    assert plain.first_difference(same) == ""
