"""Numbers that can only be slips, and one slip that doesn't drag others along."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import from_dict, paths


def problems(raw: dict[str, Any], path: str, value: Any) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        from_dict(paths.put(raw, paths.numbered(raw, paths.split(path)), value))
    return caught.value.problems


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("time.window", "1e300 d", "between 0 and 1000 years"),
        ("time.start", dt.date(9990, 1, 1), "years 1900 to 2200"),
        ("staff.set_out", "2000 year", "between 0 and 1000 years"),
        ("staff.absences.leave.spell", "1 h", "must be at least 1 d"),
        ("products.pc.rate", "1e200 /year", "between 0 and 1e12 a year"),
        ("parts.psu.cost", 1e308, "must be at most 1e+09"),
        ("parts.psu.weight", 10**30, "must be at most 1e+09"),
        ("stations.haikou.engineers", 10**30, "must be at most 10000"),
        ("delivery.routes.north.vans", 10**9, "must be at most 10000"),
        ("staff.set_out", [], "a duration or a table is needed"),
    ],
)
def test_what_can_only_be_a_slip_is_refused_in_its_own_unit(
    raw: dict[str, Any], path: str, value: Any, words: str
) -> None:
    (problem,) = problems(raw, path, value)
    assert problem.path == path
    assert words in problem.message
    assert problem.remedy


def test_the_example_for_a_whole_number_of_days_is_one(raw: dict[str, Any]) -> None:
    assert problems(raw, "time.window", "0 d")[0].remedy == 'for example "365 d"'


def test_the_ledger_is_silent_about_a_table_that_is_wrong_itself(raw: dict[str, Any]) -> None:
    row = {"name": {"en": "Rate"}, "path": "products.pc.rate", "low": "0 /year", "high": "9 /year"}
    raw["assumptions"] = {"rate": row | {"source": "assumption", "confidence": "low"}}
    assert [p.path for p in problems(raw, "products", 3)] == ["products"]
