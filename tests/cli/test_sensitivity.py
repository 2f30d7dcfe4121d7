"""sensitivity, and the ranges in validate: what they print, write and refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simsvc.scenario import from_dict
from tests.conftest import BASE, merged

QUICK = ("--engine", "reference", "--workers", "1", "--replications", "10")


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """Visits of an hour on the spot, and one assumption that turns the promise: the work."""
    text = from_dict(
        merged(
            BASE,
            {
                "time": {"drain": "2 d"},
                "clauses": {
                    "A": {
                        "text": {"en": "repaired in 2 h", "zh": "2 小时修复"},
                        "parts": [{"kind": "sim", "measure": "repaired", "limit": "2 h", "target": 0.6}],
                    }
                },
                "assumptions": {
                    "work": {
                        "path": "products.p.modes.m.work", "low": "30 min", "high": "5 h", "source": "s",
                        "confidence": "low", "name": {"en": "Work on site", "zh": "现场工时"},
                    }
                },
            },
        )
    ).to_toml()  # fmt: skip
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_sensitivity_prints_break_evens_and_writes_json_and_page(run, scenario, tmp_path):
    data, page = tmp_path / "s.json", tmp_path / "s.html"
    result = run("sensitivity", scenario, *QUICK, "--inputs", 0, "--json", data, "--report", page)
    assert result.exit_code == 0, result.stderr
    assert "Where the promises turn" in result.stdout
    assert "Work on site" in result.stdout
    found = json.loads(data.read_text(encoding="utf-8"))
    (subject,) = found["subjects"]
    (turn,) = subject["robust"]["turns"]
    # The work is constant and nothing else takes time: at 2 h exactly the promise turns.
    assert turn["verdict"] == "fails"
    low, high = (float(value.split()[0]) / {"h": 1, "min": 60}[value.split()[1]] for value in turn["between"])
    assert low <= 2.0 <= high
    assert "<svg" in page.read_text(encoding="utf-8")


def test_sensitivity_in_chinese(run, scenario):
    result = run("sensitivity", scenario, *QUICK, "--inputs", 0, "--language", "zh")
    assert "承诺在何处改变" in result.stdout
    assert "现场工时" in result.stdout
    assert "不能兑现" in result.stdout


def test_an_unknown_assumption_is_bad_input(run, scenario):
    result = run("sensitivity", scenario, *QUICK, "--assumption", "wrok")
    assert result.exit_code == 2
    assert 'did you mean "work"' in result.stderr


def test_validate_tells_the_ranges_where_asked(run, scenario, tmp_path):
    data, page = tmp_path / "v.json", tmp_path / "v.html"
    result = run("validate", scenario, *QUICK, "--robust", "--json", data, "--report", page)
    assert result.exit_code == 0
    assert "The promises over the ranges of the assumptions" in result.stdout
    assert "ranges: ◐ depends" in result.stdout
    found = json.loads(data.read_text(encoding="utf-8"))
    assert found["clauses"][0]["robust"]["verdict"] == "depends"
    assert found["tried"]["ends"] == 2
    text = page.read_text(encoding="utf-8")
    assert 'id="robust"' in text
    assert "“Work on site” above" in text


def test_validate_without_ranges(run, scenario, tmp_path):
    data = tmp_path / "v.json"
    result = run("validate", scenario, *QUICK, "--no-robust", "--json", data)
    assert "ranges:" not in result.stdout
    assert json.loads(data.read_text(encoding="utf-8"))["tried"] is None
