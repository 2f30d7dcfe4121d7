"""The public call: it says what it keeps, ends where nothing can be found, goes on where it was stopped."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import simsvc as sv
from simsvc.errors import ScenarioError
from simsvc.promise.sizing import Plan
from simsvc.study.workers import Workers

VISIT = {"kind": "sim", "measure": "time_to_site", "limit": "50 min", "target": 0.9}
COVERED = {"kind": "plan", "rule": "coverage"}
MOST_RUNS = 3 * 60 + 2 * 120
"""Replications in which a wish is found to be impossible, at most: see ``sizing.ceiling``."""


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verifications of 60 replications: hundreds of cases each, and shares far from what is promised."""
    monkeypatch.setattr("simsvc.sizing.size.verifiable", lambda *_: 60)


def units(*areas: str) -> dict[str, Any]:
    return {"installed": [{"area": a, "product": "p", "units": 100} for a in areas]}


@pytest.fixture
def two(own: Callable[..., sv.Scenario], station: Callable[..., dict[str, Any]]) -> Callable[..., sv.Scenario]:
    """Two towns an hour apart with ten faults a day each, and one engineer, who starts from home each time.

    The isle has no road, and no faults unless a test says so. No desk, stock, delivery, [sizing] or ledger.
    """

    def make(**changes: Any) -> sv.Scenario:
        nodes = [{"id": i, "lat": 0.0, "lon": 0.0} for i in ("a", "b", "isle")]
        mode = {"name": {"en": "M"}, "share": 1.0, "work": "5 min"}
        raw: dict[str, Any] = {
            "network": {"source": "own", "nodes": nodes, "roads": [{"from": "a", "to": "b", "minutes": 60}]},
            "time": {"window": "28 d", "warm_up": "1 d", "drain": "2 d"},
            "stations": {"a": station("a", covers=["a", "b", "isle"])},
            "dispatch": {"free_when": "when-home"},
            "products": {"p": {"rate": "0.11 /d", "modes": {"m": mode}}},
            "demand": units("a", "b"),
            "reporting": {"apart": ["isle"]},
            "clauses": {"visit": {"text": {"en": "Visit"}, "parts": [VISIT]}},
        }
        return own(**raw | changes)

    return make


def sized(scenario: sv.Scenario, **how: Any) -> Plan:
    return sv.size(scenario, extras=(), **how)


def known(plan: Plan) -> tuple[Any, ...]:
    """All that a reader sees of a plan."""
    return plan.status, plan.cost, plan.lines, plan.moves, plan.rows, plan.rivals, plan.replications, plan.scenario


def staffed(plan: Plan) -> dict[str, int]:
    assert plan.scenario is not None
    return {key: station.engineers for key, station in plan.scenario.model.stations.items()}


def test_the_same_plan_however_it_is_worked_out_and_wherever_it_was_stopped(
    two: Callable[..., sv.Scenario], tmp_path: Path
) -> None:
    scenario = two()
    plan = sized(scenario, workers=1)

    assert plan.status == "kept"
    assert staffed(plan) == {"a": 1, "b": 1}
    assert all(a.replications <= b.replications for a, b in pairwise(plan.moves))
    assert known(sized(scenario, workers=2)) == known(plan)

    class Stopped(Exception):
        pass

    for step in (1, len(plan.moves) - 2):

        def watch(move: Any, step: int = step) -> None:
            if move.step == step:
                raise Stopped

        with pytest.raises(Stopped):
            sized(scenario, workers=1, store=tmp_path, watch=watch)
    # As a kill in the middle of a write leaves it.
    for file in tmp_path.glob("*.plans"):
        file.write_bytes(file.read_bytes()[:-3])
    assert known(sized(scenario, workers=1, store=tmp_path)) == known(plan)


def test_the_reference_engine_finds_the_same(two: Callable[..., sv.Scenario]) -> None:
    scenario = two(time={"window": "2 d", "warm_up": "0 d", "drain": "1 d"})
    plan = sized(scenario, engine="reference", workers=1)
    assert staffed(plan) == {"a": 1, "b": 1}
    assert known(plan) == known(sized(scenario, engine="compiled", workers=1))


def test_a_plan_says_of_itself_what_it_keeps_and_validate_agrees(two: Callable[..., sv.Scenario]) -> None:
    clauses = {
        "visit": {"text": {"en": "Visit"}, "parts": [VISIT | {"limit": "3 min"}]},
        "cover": {"text": {"en": "Everybody"}, "parts": [COVERED | {"note": {"en": "As in the tender."}}]},
        "isle": {"text": {"en": "Isle"}, "parts": [VISIT | {"population": {"areas": ["isle"]}}]},
        "beside": {"text": {"en": "Beside"}, "parts": [VISIT]},
    }
    scenario = two(clauses=clauses, demand=units("a", "isle"))
    plan = sized(scenario, keep=["visit", "cover", "isle"], areas=["a"], candidates=["b"], ease=True, confidence=0.9)
    assert plan.status == "kept"
    assert plan.scenario is not None
    model = plan.scenario.model

    # Two of three areas can be covered; nobody comes to the isle.
    assert model.clauses["cover"].parts[0].target == pytest.approx(2 / 3)  # type: ignore[union-attr]
    note = model.clauses["cover"].parts[0].note
    assert note is not None
    assert note.en.startswith("As in the tender. 2 of 3 at best; ")
    assert "isle" in note.en
    assert "left out" in model.clauses["isle"].parts[0].note.en  # type: ignore[union-attr]
    assert model.sizing.keep == ["visit", "cover"]
    assert (model.sizing.areas, model.sizing.candidates, model.sizing.confidence) == (["a"], ["b"], 0.9)

    rows = sv.validate(plan.scenario, seed=77, replications=20, robust=False).rows
    verdicts = {(r.id, r.verdict) for r in rows if r.id in model.sizing.keep and not r.apart}
    assert ("cover", "holds") in verdicts
    assert not any(verdict == "fails" for _, verdict in verdicts)


def test_a_limit_on_engineers_that_does_not_bind_changes_nothing(two: Callable[..., sv.Scenario]) -> None:
    free, limited = sized(two()), sized(two(), most_engineers=2)
    assert limited.lines == free.lines
    assert limited.scenario is not None
    assert limited.scenario.model.sizing.most_engineers == 2


def test_a_limit_on_engineers_that_is_too_low_is_told_with_what_it_would_take(two: Callable[..., sv.Scenario]) -> None:
    plan = sized(two(), most_engineers=1)
    assert (plan.status, plan.exit_code, plan.scenario) == ("not found", 3, None)
    last = plan.moves[-1]
    assert "at most 1 engineer" in last.what[0]
    assert "has 2 engineers" in last.why[0]
    assert all("1" in said and "2" in other for said, other in zip(last.what, last.why, strict=True))


def test_no_plan_can_have_fewer_engineers_than_stations_that_stay(
    two: Callable[..., sv.Scenario], station: Callable[..., dict[str, Any]]
) -> None:
    scenario = two(stations={"a": station("a"), "b": station("b")})
    with pytest.raises(ScenarioError, match=r"sizing\.most_engineers.*fewer than 2.*existing"):
        sized(scenario, most_engineers=1)


def test_stations_of_today_may_be_closed_if_that_is_asked_for(
    two: Callable[..., sv.Scenario], station: Callable[..., dict[str, Any]]
) -> None:
    # One town has all the faults.
    scenario = two(demand=units("a"), stations={"a": station("a"), "b": station("b")})
    fixed, free = sized(scenario), sized(scenario, existing="free")
    assert staffed(fixed) == {"a": 1, "b": 1}
    assert staffed(free) == {"a": 1, "b": 0}
    assert fixed.cost is not None
    assert free.cost is not None
    assert free.cost < fixed.cost


def test_stations_open_at_candidates_only(two: Callable[..., sv.Scenario]) -> None:
    clauses = {"visit": {"text": {"en": "Visit"}, "parts": [VISIT | {"limit": "3 h"}]}}
    plan = sized(two(clauses=clauses), candidates=[])
    assert plan.status == "kept"
    assert list(staffed(plan)) == ["a"]
    assert staffed(plan)["a"] > 1


@pytest.mark.parametrize(
    ("how", "who", "why"),
    [
        ({"target": 1.0}, "province", "no number of cases can show 100 %"),
        ({"areas": ["isle"]}, "isle", "no road leads there"),
    ],
)
def test_an_impossible_wish_ends_at_once(
    two: Callable[..., sv.Scenario], monkeypatch: pytest.MonkeyPatch, how: dict[str, Any], who: str, why: str
) -> None:
    runs = list[int]()
    whole = Workers.map

    def counted(self: Workers, task: Any, items: Any, *more: Any) -> Any:
        runs.append(len(items))
        return whole(self, task, items, *more)

    monkeypatch.setattr(Workers, "map", counted)
    scenario = two(demand=units("a", "isle"))
    plan = sized(scenario, **how)
    assert (plan.status, plan.exit_code, plan.scenario) == ("impossible", 1, None)
    told = {o.area: o for o in plan.obstacles}
    assert why in told[who].why[0]
    assert sum(runs) <= MOST_RUNS


def test_where_nobody_may_stand_near_the_nearest_limit_is_named(two: Callable[..., sv.Scenario]) -> None:
    plan = sized(two(), candidates=["a"], ease=False)
    assert plan.status == "impossible"
    told = {o.area: o for o in plan.obstacles}
    assert told.keys() == {"province", "b"}
    assert told["b"].best < 0.1
    assert told["b"].nearest is not None
    assert 3600.0 <= told["b"].nearest <= 2 * 3600.0, "an hour, more in traffic"
