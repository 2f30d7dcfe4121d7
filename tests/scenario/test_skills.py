"""Names in skills, dedication, the contractor and populations: each slip at its path, with what was meant."""

from __future__ import annotations

from typing import Any

import pytest

import simsvc as sv
from simsvc.errors import Problem

SKILLED = {
    "stations": {"a": {"engineers": 2}},
    "staff": {"engineers": {"a-1": {"skills": ["boilers"]}, "a-2": {"only": ["p"]}}},
    "products": {"p": {"skill": "boilers"}},
}


def problems(own: Any, **changes: Any) -> list[Problem]:
    with pytest.raises(sv.ScenarioError) as caught:
        own(**changes)
    return caught.value.problems


def test_skills_and_dedication_that_exist(own: Any) -> None:
    assert own(**SKILLED).model.staff.engineers["a-2"].only == ["p"]


@pytest.mark.parametrize(
    ("changes", "path", "remedy"),
    [
        ({"staff": {"engineers": {"b-1": {}}}}, "staff.engineers.b-1", 'did you mean "a-1"?'),
        ({"staff": {"engineers": {"a-0": {}}}}, "staff.engineers.a-0", 'did you mean "a-1"?'),
        ({"staff": {"engineers": {"a": {}}}}, "staff.engineers.a", 'allowed: "a-1"'),
        ({"staff": {"engineers": {"a-1": {"only": ["pp"]}}}}, "staff.engineers.a-1.only.0", 'did you mean "p"?'),
        (
            {"products": {"p": {"skill": "boiler"}}, "staff": {"engineers": {"a-1": {"skills": ["boilers"]}}}},
            "products.p.skill",
            'did you mean "boilers"?',
        ),
        ({"products": {"p": {"skill": "boilers"}}}, "products.p.skill", '[staff.engineers.a-1] skills = ["boilers"]'),
        (
            {"dispatch": {"contractor": {"arrival": "1 h", "products": ["pp"]}}},
            "dispatch.contractor.products.0",
            'did you mean "p"?',
        ),
        (
            {"dispatch": {"contractor": {"arrival": "1 h", "calendar": "ofice"}}},
            "dispatch.contractor.calendar",
            'did you mean "office"?',
        ),
    ],
)
def test_a_slip_is_found_at_its_path(own: Any, changes: dict[str, Any], path: str, remedy: str) -> None:
    (found,) = problems(own, **changes)
    assert found.path == path
    assert remedy in found.remedy


@pytest.mark.parametrize(
    ("population", "where", "remedy"),
    [
        ({"zones": ["citty"]}, "zones.0", 'did you mean "city"?'),
        ({"modes": ["p.n"]}, "modes.0", 'did you mean "p.m"?'),
        ({"modes": ["m"]}, "modes.0", 'allowed: "p.m"'),
        ({"routes": ["makr"]}, "routes.0", 'did you mean "maker"?'),
        ({"channels": ["mail"]}, "channels.0", "define it as [desk.channels.mail]"),
    ],
)
def test_a_population_of_what_is_not_there(own: Any, population: dict[str, Any], where: str, remedy: str) -> None:
    part = {"kind": "measure", "measure": "load", "population": {"routes": ["on-site"]} | population}
    (found,) = problems(
        own,
        reporting={"zones": {"city": {"name": {"en": "City"}}}},
        repairs={"maker": {"name": {"en": "Maker"}, "turnaround": "9 d"}},
        clauses={"x": {"text": {"en": "x"}, "parts": [part]}},
    )
    assert found.path == f"clauses.x.parts.0.population.{where}"
    assert remedy in found.remedy


def test_the_zones_of_a_reading_are_zones(own: Any) -> None:
    part = {
        "kind": "sim", "measure": "time_to_site", "limit": "2 h", "population": {"zones": ["city"]},
        "readings": {"wide": {"name": {"en": "Wide"}, "zones": ["country"]}},
    }  # fmt: skip
    (found,) = problems(
        own,
        time={"drain": "2 d"},
        reporting={"zones": {"city": {"name": {"en": "City"}}}},
        clauses={"x": {"text": {"en": "x"}, "parts": [part]}},
    )
    assert found.path == "clauses.x.parts.0.readings.wide.zones.0"
