"""Readings of a rule on spares: keys without a meaning, and prices that a reading in money needs."""

from __future__ import annotations

from typing import Any

import pytest

from simsvc.errors import ScenarioError

PARTS = {"psu": {"name": {"en": "Power supply"}, "product": "p", "cost": 100.0}}
PRICES = {"costs": {"units": {"p": 1000.0}}}
PLAN = {"kind": "plan", "rule": "spares_at_start", "ratio": "3 %"}
SIM = {"kind": "sim", "measure": "stock_ratio", "ratio": "3 %"}


def problems(own: Any, part: dict[str, Any], **changes: Any) -> list[tuple[str, str, str]]:
    clauses = {"X": {"text": {"en": "x"}, "parts": [part]}}
    try:
        own(**{"clauses": clauses, "parts": PARTS, "reporting": PRICES, "time": {"drain": "1 d"}, **changes})
    except ScenarioError as error:
        return [(p.path.removeprefix("clauses.X.parts.0."), p.message, p.remedy) for p in error.problems]
    return []


def reading(**fields: Any) -> dict[str, Any]:
    return {"readings": {"other": {"name": {"en": "other"}, **fields}}}


@pytest.mark.parametrize("part", [PLAN, SIM])
@pytest.mark.parametrize("fields", [{"level": "island"}, {"per": "overall"}, {"of": "jobs"}, {"of": "value"}])
def test_what_a_reading_may_change(own: Any, part: dict[str, Any], fields: dict[str, Any]) -> None:
    assert problems(own, part | fields) == []
    assert problems(own, part | reading(**fields)) == []


def test_on_order_is_a_matter_of_the_year_not_of_the_start(own: Any) -> None:
    assert problems(own, SIM | reading(on_order=True)) == []
    ((path, message, _),) = problems(own, PLAN | reading(on_order=True))
    assert (path, message) == ("readings.other.on_order", "has no meaning for what is decided from the plan")


def test_the_base_reading_is_the_part_itself(own: Any) -> None:
    wrong = PLAN | {"readings": {"base": {"name": {"en": "b"}, "of": "jobs"}}}
    assert [path for path, _, _ in problems(own, wrong)] == ["readings.base"]


@pytest.mark.parametrize("fields", [{"of": "jobs"}, {"level": "island"}, {"per": "overall"}, reading(of="jobs")])
def test_other_rules_have_no_such_readings(own: Any, fields: dict[str, Any]) -> None:
    ((path, message, _),) = problems(own, {"kind": "plan", "rule": "coverage", **fields})
    assert path == next(iter(fields))
    assert message == 'has no meaning for the rule "coverage"'


def test_other_measures_have_no_such_readings(own: Any) -> None:
    on_site = {"kind": "sim", "measure": "time_to_site", "limit": "2 h"}
    assert [path for path, _, _ in problems(own, on_site | {"of": "jobs"})] == ["of"]
    assert [path for path, _, _ in problems(own, on_site | reading(of="jobs"))] == ["readings.other.of"]


@pytest.mark.parametrize(
    ("part", "path"), [(PLAN | {"of": "value"}, "of"), (SIM | reading(of="value"), "readings.other.of")]
)
def test_value_needs_the_price_of_a_unit(own: Any, part: dict[str, Any], path: str) -> None:
    (found,) = problems(own, part, reporting=None)
    assert found[0] == path
    assert 'none is given for "p"' in found[1]
    assert "reporting.costs.units.p" in found[2]


def test_value_needs_the_cost_of_a_piece(own: Any) -> None:
    free = {"psu": {"name": {"en": "Power supply"}, "product": "p"}}
    ((path, message, remedy),) = problems(own, PLAN | {"of": "value"}, parts=free)
    assert path == "of"
    assert 'no cost is given for "psu"' in message
    assert "parts.psu.cost" in remedy


def test_only_the_products_in_question_need_a_price(own: Any) -> None:
    other = {
        "q": {"name": {"en": "Q"}, "rate": "1 /d", "modes": {"m": {"name": {"en": "M"}, "share": 1.0, "work": "1 h"}}}
    }
    parts = PARTS | {"fan": {"name": {"en": "Fan"}, "product": "q"}}
    narrow = SIM | {"of": "value", "population": {"products": ["p"]}}
    assert problems(own, narrow, parts=parts, products=other) == []
    assert len(problems(own, SIM | {"of": "value"}, parts=parts, products=other)) == 2
