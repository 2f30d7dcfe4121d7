"""Wherever a single unknown key is written, it is reported there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simsvc.errors import ScenarioError
from simsvc.scenario import from_dict, paths, shape
from simsvc.scenario.model import Model

RAW = tomllib.loads(Path(__file__).with_name("small.toml").read_text(encoding="utf-8"))


def tables(value: Any, tokens: shape.Tokens = ()) -> Iterator[shape.Tokens]:
    """Places of all tables with a fixed set of keys."""
    if isinstance(value, dict) and shape.table_at(shape.annotation_at(Model, RAW, tokens), value) is not None:
        yield tokens
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from tables(inner, (*tokens, key))


PLACES = list(tables(RAW))


def test_the_small_scenario_has_tables_of_most_kinds() -> None:
    kinds = {shape.table_at(shape.annotation_at(Model, RAW, t), paths.standing(RAW, t)) for t in PLACES}
    assert len(kinds) > 30


@settings(max_examples=150, deadline=None)
@given(
    place=st.sampled_from(PLACES), key=st.from_regex(r"[a-z_]{1,12}", fullmatch=True), value=st.integers() | st.text()
)
def test_unknown_key_is_reported_with_its_path(place: shape.Tokens, key: str, value: Any) -> None:
    table = shape.table_at(shape.annotation_at(Model, RAW, place), paths.standing(RAW, place))
    assert table is not None
    if key in shape.fields(table) or (not place and key in ("extends", "set")):
        return
    with pytest.raises(ScenarioError) as caught:
        from_dict(paths.put(RAW, (*place, key), value))
    assert [(p.path, p.value) for p in caught.value.problems] == [(paths.join((*place, key)), paths.show(value))]
    assert caught.value.problems[0].remedy
