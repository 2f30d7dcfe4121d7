"""An override is validated only where it touches: with the same outcome as if the whole file were read anew."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import Scenario, from_dict, load, loads, overrides, paths, shipped
from simsvc.scenario.shape import Tokens

FOLDER = Path(__file__).parent
ROW = {"source": "assumption", "confidence": "low", "name": {"en": "Figure"}}
WORK = "products.pc.modes.board.work"


def rich() -> dict[str, Any]:
    """The small scenario, its CSV files read in, with a ledger and presets that rest on more of it."""
    raw = loads(FOLDER.joinpath("small.toml").read_text(encoding="utf-8"), FOLDER).raw
    raw["assumptions"] |= {
        "scatter": ROW | {"path": f"{WORK}.cv", "low": 0.4, "high": 1.2},
        "called": ROW | {"path": "staff.mobilisation.low", "low": "5 min", "high": "15 min"},
        "units": ROW | {"path": "demand.installed.0.units", "low": 1, "high": 100000},
        "level": ROW | {"path": "clauses.A16.parts.1.level", "low": "station", "high": "station"},
        "desk": ROW | {"path": "desk.work.mean", "low": "2 min", "high": "15 min"},
    }
    raw["presets"] = {
        "scattered": {"name": {"en": "Scattered"}, "set": {WORK: {"cv": 2.0}}},
        "remote": {"name": {"en": "By telephone"}, "set": {"products.pc.modes.soft.remote": 0.9}},
    }
    return raw


RAW = rich()
SMALL = from_dict(RAW, FOLDER)


def places(value: Any, tokens: Tokens = ()) -> Iterator[Tokens]:
    yield tokens
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*tokens, key))


PLACES = [paths.join(tokens) for tokens in places(RAW)][1:]
STANDING = [paths.standing(RAW, tokens) for tokens in places(RAW)][1:]
VALUES = st.sampled_from([*STANDING, None, 0, 1, 0.5, "75 min", "3 %", "x", "uniform", "constant", [], {}, "no.csv"])


def outcome(make: Callable[[], Scenario]) -> tuple[Any, ...]:
    """What was made, to the last key that was set; or all that is wrong."""
    try:
        made = make()
    except ScenarioError as error:
        return tuple(error.problems)
    return made.hash, made.model, written(made.model), made.ledger()


def written(value: Any) -> Any:
    """The keys that were written, table by table."""
    if isinstance(value, BaseModel):
        return (sorted(value.model_fields_set), [written(v) for v in dict(value).values()])
    if isinstance(value, dict):
        return {k: written(v) for k, v in value.items()}
    return [written(v) for v in value] if isinstance(value, list) else None


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(PLACES), VALUES, min_size=1, max_size=3))
@example({WORK: "30 min"})
@example({f"{WORK}.dist": "weibull"})
@example({"staff.mobilisation.dist": "uniform", "staff.mobilisation.mode": None})
@example({"demand.installed": []})
@example({"assumptions.units.path": "demand.installed.1.units"})
@example({"presets.scattered.set": {"nowhere": 1}})
@example({"title.en": " "})
@example({"profiles.work": "small", "profiles.work.week": "small"})
@example({"clauses.A16.parts.1.rule": None, "clauses.A16.parts.1.kind": "ledger"})
def test_same_outcome_as_from_scratch(changes: dict[str, Any]) -> None:
    changes = copy.deepcopy(changes)
    anew = outcome(lambda: from_dict(overrides.apply(RAW, changes), FOLDER))
    assert outcome(lambda: SMALL.replace(**changes)) == anew
    assert rich() == RAW


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from(PLACES), VALUES, min_size=1, max_size=3))
@example({f"{WORK}.cv": 3.0})
def test_what_was_not_touched_is_the_very_object(changes: dict[str, Any]) -> None:
    try:
        after, touched = overrides.change(RAW, copy.deepcopy(changes))
    except ScenarioError:
        return
    for tokens in places(RAW):
        if tokens not in touched:
            assert paths.standing(after, tokens) is paths.standing(RAW, tokens), tokens


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(PLACES), VALUES), min_size=2, max_size=5))
def test_same_outcome_one_after_the_other(steps: list[tuple[str, Any]]) -> None:
    scenario, raw = SMALL, RAW
    for path, value in steps:
        try:
            scenario = scenario.override(path, copy.deepcopy(value))
        except ScenarioError:
            continue
        raw = overrides.apply(raw, {path: value})
    assert outcome(lambda: scenario) == outcome(lambda: from_dict(raw, FOLDER))


@pytest.mark.parametrize("name", shipped.documents())
def test_every_kind_of_assumption_as_from_scratch(name: str) -> None:
    scenario = load(name)
    for entry in scenario.ledger()[::25]:
        changed = scenario.override(f"assumptions.{entry.id}", entry.high)
        assert outcome(lambda: from_dict(changed.raw, changed.folder)) == outcome(lambda made=changed: made)  # noqa: B023


def test_rows_of_a_file_keep_their_names_in_messages() -> None:
    with pytest.raises(ScenarioError) as caught:
        load("huitian-2018").override("demand.installed.3.units", "many")
    (problem,) = caught.value.problems
    assert (problem.path, problem.value) == ("huitian-2018/installed.csv:5:units", '"many"')


def test_what_stays_is_not_made_again() -> None:
    changed = SMALL.override(f"{WORK}.cv", 0.9)
    assert changed.model.staff is SMALL.model.staff
    assert changed.model.clauses["A09"] is SMALL.model.clauses["A09"]
    assert changed.model.assumptions["units"] is SMALL.model.assumptions["units"]
    assert changed.model.products["pc"] is not SMALL.model.products["pc"]


def test_a_row_of_the_ledger_is_checked_when_what_it_rests_on_goes() -> None:
    def refused(changes: dict[str, Any]) -> list[Problem]:
        with pytest.raises(ScenarioError) as caught:
            SMALL.replace(**changes)
        return caught.value.problems

    # A constant has no scatter.
    assert {p.path for p in refused({WORK: "30 min"})} == {"assumptions.scatter.path", "presets.scattered.set"}
    (problem,) = refused({"products.pc.modes.soft": None})
    assert problem.path == "presets.remote.set"
    # The level of a rule goes with its kind.
    (problem,) = refused({"clauses.A16.parts.1.rule": None, "clauses.A16.parts.1.kind": "ledger"})
    assert problem.path == "assumptions.level.path"
    (problem,) = refused({"desk.work": "5 min"})
    assert problem.path == "assumptions.desk.path"
    (problem,) = refused({"assumptions.called.high": "bad"})
    assert problem.path == "assumptions.called.high"
