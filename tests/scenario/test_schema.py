"""The JSON schema describes the language that the model reads."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import pytest

from simsvc.scenario import json_schema, names, shape, shipped
from simsvc.scenario.distribution import Triangular
from simsvc.scenario.model import Model
from simsvc.scenario.schema import _tables

jsonschema = pytest.importorskip("jsonschema")


def plain(value: Any) -> Any:
    """TOML values as an editor hands them to a JSON schema."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def errors(raw: dict[str, Any]) -> list[list[str | int]]:
    validator = jsonschema.Draft202012Validator(json_schema())
    return [list(e.absolute_path) for e in validator.iter_errors(plain(raw))]


def test_it_is_a_schema_and_accepts_valid_files(raw: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert errors(raw) == []


@pytest.mark.parametrize("name", names())
def test_it_accepts_the_shipped_files(name: str) -> None:
    path = shipped.find(name)
    assert path is not None
    assert errors(tomllib.loads(path.read_text(encoding="utf-8"))) == []


def test_csv_paths_and_plain_durations_are_allowed_where_the_reader_takes_them(raw: dict[str, Any]) -> None:
    raw["demand"]["installed"] = "installed.csv"
    raw["network"]["roads"] = "roads.csv"
    raw["desk"]["work"] = "5 min"
    assert errors(raw) == []
    raw["clauses"]["A09"]["parts"] = "parts.csv"
    raw["staff"]["absences"] = "absences.csv"
    assert errors(raw) == [["staff", "absences"], ["clauses", "A09", "parts"]]


def test_it_refuses_unknown_keys_and_wrong_types(raw: dict[str, Any]) -> None:
    raw["stations"]["haikou"]["enginers"] = 3
    raw["time"]["holidays"] = "china"
    assert sorted(errors(raw)) == [["stations", "haikou"], ["time", "holidays"]]


def test_a_variant_needs_only_what_it_changes() -> None:
    assert errors({"extends": "huitian-2018", "name": "mine", "set": {"staff.out_of_hours": "off"}}) == []
    assert errors({"extends": "huitian-2018", "staff": {"calendar": "office"}}) != []
    assert errors({"name": "mine"}) != []


def test_table_names_are_unique_so_that_each_has_its_own_definition() -> None:
    found = _tables(Model, {})
    assert len({id(t) for t in found.values()}) == len(found)
    assert set(found) - {"Model"} == set(json_schema()["$defs"])


def test_every_table_has_an_example_that_the_model_takes() -> None:
    for table in _tables(Model, {}).values():
        if table is Triangular:  # its own example is flat; where it may stand, a plain duration is the example
            continue
        assert shape.accepts(table, shape.example(table)), table
