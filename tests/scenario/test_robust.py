"""Whatever stands anywhere: a scenario or a ScenarioError, never another exception."""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import Scenario, from_dict, loads, paths, shape

RAW = tomllib.loads(Path(__file__).with_name("small.toml").read_text(encoding="utf-8"))
SMALL = from_dict(RAW)


def places(value: Any, tokens: shape.Tokens = ()) -> Iterator[shape.Tokens]:
    yield tokens
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*tokens, key))


PLACES = list(places(RAW))[1:]
WORDS = st.sampled_from(["75 min", "0 s", "3 %", "08:00-18:00", "haikou", "office", "pc", "hub", "a.csv", "", " "])
SCALARS = st.one_of(
    WORDS, st.booleans(), st.integers(-(10**30), 10**30), st.floats(), st.text(max_size=5), st.dates(), st.times()
)
KEYS = st.sampled_from(["en", "dist", "kind", "mean", "low", "base", "path", "a b", "x.y", "", "extends"])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)


def tried(make: Callable[[], Scenario]) -> tuple[Scenario | None, list[Problem]]:
    """The scenario or its problems, of which there must be some."""
    try:
        return make(), []
    except ScenarioError as error:
        found = error.problems
    assert found
    return None, found


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), VALUES), min_size=1, max_size=3))
@example([(("staff", "set_out"), "1e308 years")])
@example([(("time", "window"), "1e308 s")])
@example([(("demand", "sites"), "")])
def test_any_value_anywhere(changes: list[tuple[shape.Tokens, Any]]) -> None:
    raw: Any = RAW
    for tokens, value in changes:
        with contextlib.suppress(TypeError):  # a table on the way was just replaced
            raw = paths.put(raw, tokens, value)
    scenario, problems = tried(lambda: from_dict(raw))
    assert all(p.path and p.message for p in problems)
    if scenario is not None:
        assert loads(scenario.to_toml()) == scenario


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([paths.join(t) for t in PLACES]) | st.text(max_size=20), VALUES | st.none())
@example("assumptions.access.path", [])
@example("assumptions", {"access": 3})
def test_any_override(path: str, value: Any) -> None:
    changed, _ = tried(lambda: SMALL.override(path, value))
    if changed is not None:
        assert loads(changed.to_toml()) == changed


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
@example('extends = "huitian-2018"\nname = "x"\n[set]\n"" = 1')
def test_any_text(text: str) -> None:
    with contextlib.suppress(ScenarioError):
        loads(text)
