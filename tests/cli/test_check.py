"""``check`` and ``schema``: what is reported, where, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simsvc.scenario import json_schema


def test_warnings_and_findings_alone_do_not_fail(run: Any) -> None:
    result = run("check", "huitian-2018", "--json", "-")
    data = json.loads(result.stdout)
    assert result.exit_code == 0
    assert data["sound"] is True
    assert {"A07"} <= {c for f in data["findings"] for c in f["clauses"]}
    assert all(p["severity"] == "warning" for p in data["problems"])
    assert result.stderr == ""


def test_findings_in_chinese(run: Any) -> None:
    text = run("check", "huitian-2018", "-l", "zh").stdout
    assert "矛盾" in text
    assert "错误 0" in text


def test_errors_of_the_language_are_listed_together(run: Any, small: Path) -> None:
    small.write_text(small.read_text().replace("engineers = 2", "enginers = 2").replace('"2 h"', '"2"'))
    result = run("check", small)
    assert result.exit_code == 2
    assert "stations.haikou.enginers = 2" in result.stderr
    assert 'did you mean "engineers"?' in result.stderr
    assert "clauses.A09.parts.0.limit" in result.stderr
    assert "errors 3" in result.stdout
    assert "Traceback" not in result.output


def test_names_that_the_network_does_not_have(run: Any, small: Path) -> None:
    result = run("check", small, "--set", "stations.haikou.node=haiku", "--json", "-")
    data = json.loads(result.stdout)
    assert result.exit_code == 2
    assert data["sound"] is False
    assert data["findings"] == []
    assert [(p["path"], p["value"]) for p in data["problems"]] == [("stations.haikou.node", "haiku")]


def test_a_network_that_cannot_be_loaded(run: Any, small: Path) -> None:
    result = run("check", small, "--set", "network.source=own")
    assert result.exit_code == 2
    assert "network" in result.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--set", "stations.haikuo.engineers=3"], 'did you mean "stations.haikou"?'),
        (["--set", "stations.haikou.engineers=three"], "a whole number is needed"),
        (["--set", "engineers"], "path=value is needed"),
        (["--set", "=3"], "path=value is needed"),
        (["--set", "staff.calendar=offic"], 'did you mean "office"?'),
    ],
)
def test_bad_changes(run: Any, small: Path, options: list[str], words: str) -> None:
    result = run("check", small, *options)
    assert result.exit_code == 2
    assert words in result.stderr


def test_all_bad_changes_at_once(run: Any, small: Path) -> None:
    result = run("check", small, "--set", "x", "--set", "staff.y=1", "--set", "time.z=1")
    assert all(f"error: {path}" in result.stderr for path in ("--set = x", "staff.y = 1", "time.z = 1"))


def test_many_problems_are_cut_short(run: Any, small: Path) -> None:
    rows = "".join(f"haikou,pc{i},5\n" for i in range(300))
    (small.parent / "i.csv").write_text("area,product,units\n" + rows)
    result = run("check", small, "--set", "demand.installed=i.csv")
    assert "… and 250 more" in result.stderr


def test_schema_is_printed_or_written(run: Any, tmp_path: Path) -> None:
    assert json.loads(run("schema").stdout) == json_schema()
    assert run("schema", "--json", tmp_path / "schema.json").stdout == ""
    assert json.loads((tmp_path / "schema.json").read_text(encoding="utf-8")) == json_schema()
