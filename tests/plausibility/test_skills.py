"""Work that nobody may do, entries that do nothing, and the load of those who alone may do some of it."""

from __future__ import annotations

from typing import Any

import pytest

from simsvc import network as roads
from simsvc.case.load import Load, offered_load, visits_per_year
from simsvc.case.plausibility import check
from simsvc.errors import Problem
from simsvc.scenario import Scenario
from simsvc.scenario.demand import Planned

MODE = {"name": {"en": "M"}, "share": 1.0, "work": "1 h"}
HOUR = 3600.0


@pytest.fixture
def two(own: Any, line: Any, station: Any) -> Any:
    """Boilers and alarms at a and b, half an hour apart; two engineers at a, one at b."""

    def make(engineers: dict[str, Any], **more: Any) -> Scenario:
        changes: dict[str, Any] = {
            "time": {"window": "365 d"},
            "network": line("a", "b", minutes=30),
            "stations": {"a": station("a", 2), "b": station("b")},
            "staff": {"engineers": engineers},
            "products": {
                "p": None,
                "boiler": {"name": {"en": "B"}, "rate": "1 /year", "skill": "heat", "modes": {"m": MODE}},
                "alarm": {"name": {"en": "A"}, "rate": "1 /year", "modes": {"m": MODE}},
            },
            "demand": {
                "installed": [
                    {"area": a, "product": p, "units": n} for a in "ab" for p, n in (("boiler", 100), ("alarm", 300))
                ]
            },
        }
        return own(**(changes | more))

    return make


def found(scenario: Scenario, words: str) -> list[Problem]:
    problems = check(scenario.model, roads.load(scenario.model.network))
    return [p for p in problems if words in f"{p.path} {p.message}"]


def load(scenario: Scenario) -> list[Load]:
    return offered_load(scenario.model, roads.load(scenario.model.network))


def test_where_everybody_is_able_nothing_is_said(two: Any) -> None:
    able = {f"{e}": {"skills": ["heat"]} for e in ("a-1", "b-1")}
    assert found(two(able), "engineer") == []


def test_work_that_no_engineer_may_do_is_an_error(two: Any) -> None:
    """The one who has the skill is dedicated to something else."""
    (problem,) = found(two({"a-1": {"skills": ["heat"], "only": ["alarm"]}}), "there is no engineer")
    assert (problem.severity, problem.path, problem.value) == ("error", "products.boiler.skill", "heat")
    assert "staff.engineers" in problem.remedy


def test_work_of_dedicated_engineers_alone_needs_no_skill_to_be_undoable(two: Any) -> None:
    every = {e: {"skills": ["heat"], "only": ["boiler"]} for e in ("a-1", "a-2", "b-1")}
    (problem,) = found(two(every), "there is no engineer")
    assert problem.path == "products.alarm.skill"


def test_places_that_no_able_engineer_serves_are_named(two: Any) -> None:
    skilled = {"a-1": {"skills": ["heat"]}}
    (problem,) = found(two(skilled), "may serve")
    assert (problem.severity, problem.path) == ("warning", "products.boiler.skill")
    assert "may serve b:" in problem.message
    backup = {"who": "own-then-backup", "backup_radius": "40 min"}
    assert found(two(skilled, dispatch=backup), "may serve") == []
    assert len(found(two(skilled, dispatch=backup | {"backup_radius": "20 min"}), "may serve")) == 1
    assert found(two(skilled, dispatch={"who": "nearest"}), "may serve") == []
    contractor = {"contractor": {"arrival": "1 h", "areas": ["b"]}}
    assert found(two(skilled, dispatch=contractor), "may serve") == []
    contractor["contractor"]["products"] = ["alarm"]
    assert len(found(two(skilled, dispatch=contractor), "may serve")) == 1


def test_an_entry_for_an_engineer_too_many_does_nothing(two: Any) -> None:
    scenario = two({"a-1": {"skills": ["heat"]}, "a-2": {"skills": ["heat"]}, "b-1": {"skills": ["heat"]}})
    assert found(scenario, "does nothing") == []
    (problem,) = found(scenario.override("stations.a.engineers", 1), "does nothing")
    assert (problem.severity, problem.path) == ("warning", "staff.engineers.a-2")


def test_a_skill_that_nothing_asks_for_is_a_slip(two: Any) -> None:
    (problem,) = found(two({"a-1": {"skills": ["heat", "het"]}}), "asks for this skill")
    assert (problem.value, problem.severity) == ("het", "warning")
    assert 'did you mean "heat"' in problem.remedy


def test_load_of_the_one_who_knows_boilers(two: Any) -> None:
    """b has nobody for its boilers: only what a covers counts at a; boilers of b are nobody's."""
    rows = load(two({"a-1": {"skills": ["heat"]}}))
    assert [(r.station, r.team) for r in rows] == [("a", ()), ("a", ("a-1",)), ("b", ())]
    assert [r.on_site for r in rows] == pytest.approx([400.0, 100.0, 300.0])
    assert rows[0].duty == pytest.approx(2 * rows[1].duty)


def test_load_of_dedicated_engineers(two: Any) -> None:
    """a-1 does boilers alone, a-2 has no skill: each has a kind of work of his own."""
    rows = load(two({"a-1": {"skills": ["heat"], "only": ["boiler"]}}))
    assert {r.team: r.on_site for r in rows if r.station == "a"} == pytest.approx(
        {(): 400.0, ("a-1",): 100.0, ("a-2",): 300.0}
    )


def test_overload_of_a_team_is_told(two: Any) -> None:
    busy = two({"a-1": {"skills": ["heat"]}, "b-1": {"skills": ["heat"]}}).override("products.boiler.rate", "100 /year")
    paths = {p.message for p in found(busy, "of duty time")}
    assert any("of duty time of a-1, who alone may do it" in m for m in paths)


@pytest.mark.parametrize(
    ("rule", "visits"),
    [
        ({"every_months": 3}, 40.0),
        ({"months": [3, 6, 9, 12], "days": [11, 20]}, 40.0),
        ({"life": {"cycle": "730 d", "windows": [["0 d", "30 d"], ["60 d", "90 d"]]}}, 10.0),
        ({"rate": "1.5 /year", "within": "5 d"}, 15.0),
        ({"every_months": 12, "sites": 0.5}, 5.0),
    ],
)
def test_visits_a_year_of_each_rule(rule: dict[str, Any], visits: float) -> None:
    plan = Planned.model_validate({"name": {"en": "I"}, "work": "1 h", **rule})
    assert visits_per_year(plan, 10) == pytest.approx(visits)
