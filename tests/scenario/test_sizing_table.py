"""What a plan is asked for: names that must exist, shares, prices, and that these move no verdict."""

from __future__ import annotations

from typing import Any

import pytest

from simsvc.case import build
from simsvc.errors import ScenarioError
from simsvc.scenario import from_dict, load
from simsvc.scenario.ledger import is_price
from simsvc.scenario.promises import PlanPart, SimPart
from simsvc.scenario.ranges import ranges
from simsvc.scenario.sizing import YearlyCosts
from tests.tiny import SCENARIO

SHIPPED = ("archive-digitising", "fertiliser-supply", "heating-and-alarm", "hospital-supplies", "huitian-2018")
CLAUSES = {
    "site": [{"kind": "sim", "measure": "time_to_site", "limit": "2 h"}],
    "cover": [{"kind": "plan", "rule": "coverage"}],
    "load": [{"kind": "measure", "measure": "load"}],
    "facts": [{"kind": "ledger"}],
}


def asked(**sizing: Any) -> Any:
    clauses = {key: {"text": {"en": key}, "parts": parts} for key, parts in CLAUSES.items()}
    return from_dict({**SCENARIO, "clauses": clauses, "sizing": sizing})


def refused(**sizing: Any) -> list[tuple[str, str]]:
    """Path and remedy of every problem, found by the scenario or when it meets its network."""
    with pytest.raises(ScenarioError) as error:
        build(asked(**sizing))
    return [(p.path, p.remedy) for p in error.value.problems]


def test_without_a_word_all_is_asked_for_at_the_usual_prices() -> None:
    sizing = asked().model.sizing
    assert (sizing.keep, sizing.areas, sizing.candidates, sizing.existing, sizing.ease) == (
        [],
        [],
        None,
        "fixed",
        False,
    )
    assert sizing.costs == YearlyCosts()


def test_shares_are_written_as_everywhere() -> None:
    sizing = asked(target="90 %", confidence="99 %", costs={"spare": "20 %"}).model.sizing
    assert (sizing.target, sizing.confidence, sizing.costs.spare) == (0.9, 0.99, 0.2)


@pytest.mark.parametrize("confidence", [0.4, 1, "100 %"])
def test_a_confidence_lies_between_a_half_and_one(confidence: Any) -> None:
    ((path, _),) = refused(confidence=confidence)
    assert path == "sizing.confidence"


def test_clauses_to_keep_exist_and_are_judged() -> None:
    assert asked(keep=["site", "cover"]).model.sizing.keep == ["site", "cover"]
    found = refused(keep=["sight", "load", "facts"])
    assert [path for path, _ in found] == ["sizing.keep.0", "sizing.keep.1", "sizing.keep.2"]
    assert found[0][1].startswith('did you mean "site"?')
    assert all('"site", "cover"' in remedy and '"load"' not in remedy for _, remedy in found[1:])


def test_places_exist() -> None:
    """Areas and towns are the network's; a price may be of a station, or of an area or town where one may be opened."""
    build(asked(areas=["north"], candidates=["farm"], costs={"engineer_at": {"port": 1, "south": 2, "farm": 3}}))
    found = refused(areas=["nort"], candidates=["frm"], costs={"station_at": {"hil": 1}})
    assert found == [
        ("sizing.areas.0", 'did you mean "north"? allowed: "north", "south", "isle"'),
        ("sizing.candidates.0", 'did you mean "farm"? allowed: "port", "farm", "hill", "isle"'),
        ("sizing.costs.station_at.hil", found[2][1]),
    ]
    assert found[2][1].startswith('did you mean "hill"?')


@pytest.mark.parametrize(
    ("paths", "price"),
    [
        (("sizing.costs.engineer",), True),
        (("sizing.costs.engineer_at.haikou",), True),
        (("sizing.target",), True),
        (("reporting.costs.visit",), True),
        (("dispatch.contractor.price",), True),
        (("reporting.costs.units.pc",), False),
        (("reporting.complaints.late",), False),
        (("parts.fuser.cost",), False),
        (("dispatch.contractor.after",), False),
        (("sizing.costs.engineer", "products.p.rate"), False),
    ],
)
def test_prices_move_nothing_and_are_not_tried(paths: tuple[str, ...], price: bool) -> None:
    assert is_price(*paths) is price


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_keep_what_is_judged_at_prices_of_the_ledger(name: str) -> None:
    scenario = load(name)
    sizing, rows = scenario.model.sizing, {entry.path: entry for entry in scenario.ledger()}
    assert sizing.ease
    assert sizing.keep
    for key in sizing.keep:
        assert any(isinstance(part, SimPart | PlanPart) for part in scenario.model.clauses[key].parts)
    prices = [f"sizing.costs.{key}" for key, value in sizing.costs if not isinstance(value, dict)]
    prices += [f"sizing.costs.{key}.haikou" for key in ("engineer_at", "station_at")]
    assert [path for path in prices if path not in rows] == []
    assert {r.id for r in ranges(scenario)}.isdisjoint(rows[path].id for path in prices)
