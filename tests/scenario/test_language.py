"""Valid scenarios: units, defaults, identity, and the way back to TOML."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simsvc.errors import ScenarioError
from simsvc.scenario import Scenario, from_dict, load, loads, names, toml_text


def test_quantities_become_seconds_rates_and_fractions(small: Scenario) -> None:
    model = small.model
    assert model.time.start == dt.date(2018, 7, 2)
    assert model.time.window == 28 * 86400
    assert model.staff.set_out.mean_s == 600
    assert model.staff.mobilisation.mean_s == pytest.approx((10 + 30 + 60) * 60 / 3)
    assert model.products["pc"].rate == pytest.approx(0.3)
    assert model.products["pc"].modes["soft"].remote == pytest.approx(0.7)
    assert model.delivery is not None
    assert model.delivery.warehouse.cut_off == 16 * 3600
    assert model.calendars["office"].week == {"mon-fri": [(28800, 64800)]}


@pytest.mark.parametrize("name", names())
def test_every_shipped_scenario_loads_by_name_from_anywhere(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    scenario = load(name)
    assert scenario.name == name
    assert loads(scenario.to_toml()) == scenario


def test_hash_is_of_the_content_not_of_its_form(small: Scenario, text: str, raw: dict[str, Any]) -> None:
    assert loads("# a remark\n" + text.replace("part = 1\n", "part = 1.0\n")).hash == small.hash
    assert from_dict(dict(reversed(list(raw.items())))).hash == small.hash
    assert small.override("stations.haikou.engineers", 3).hash != small.hash
    assert {small, loads(text)} == {small}


def test_hash_sees_the_content_of_a_matrix_file(raw: dict[str, Any], tmp_path: Path) -> None:
    raw["network"] = {"source": "own", "nodes": [{"id": "haikou"}, {"id": "sanya"}], "matrix": "minutes.csv"}
    (tmp_path / "minutes.csv").write_text("from,haikou,sanya\nhaikou,0,200\nsanya,200,0\n")
    before = from_dict(raw, base=tmp_path).hash
    (tmp_path / "renamed.csv").write_bytes((tmp_path / "minutes.csv").read_bytes())
    raw["network"]["matrix"] = "renamed.csv"
    assert from_dict(raw, base=tmp_path).hash == before
    (tmp_path / "renamed.csv").write_text("from,haikou,sanya\nhaikou,0,190\nsanya,190,0\n")
    assert from_dict(raw, base=tmp_path).hash != before


def test_raw_is_a_copy(small: Scenario) -> None:
    before = small.hash
    small.raw["stations"].clear()
    assert list(small.raw["stations"]) == ["haikou", "sanya"]
    assert loads(small.to_toml()).hash == before


def test_python_values_are_taken_as_toml_would_write_them(raw: dict[str, Any], small: Scenario) -> None:
    raw["stations"]["haikou"]["engineers"] = np.int64(2)
    raw["time"]["window"] = dt.timedelta(days=28)
    raw["stations"]["haikou"]["covers"] = ("haikou", "dingan")
    same = from_dict(raw)
    assert same.model == small.model
    assert same.raw["time"]["window"] == "2419200 s"


def test_get_reads_written_values_and_defaults_as_one_would_write_them(small: Scenario) -> None:
    assert small.get("staff.set_out") == "10 min"
    assert small.get("delivery.warehouse.handling") == "0 s"
    assert small.get("planned.checkup.release") == 0.67
    assert small.get("dispatch.who") == "own"
    assert small.get("clauses.A09.parts.0.limit") == "2 h"
    assert small.override("delivery.warehouse.cut_off", None).get("delivery.warehouse.cut_off") == "24:00"
    with pytest.raises(ScenarioError, match=r'did you mean "staff.calendar"'):
        small.get("staff.calender")


_SCALARS = st.one_of(
    st.booleans(), st.integers(-(2**60), 2**60), st.floats(allow_nan=False, allow_infinity=False), st.text(), st.dates()
)
_VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=20
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.text(), _VALUES, max_size=5))
def test_toml_text_reads_back_as_it_was(table: dict[str, Any]) -> None:
    assert tomllib.loads(toml_text.document(table)) == table
