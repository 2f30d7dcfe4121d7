"""``list``, ``show`` and ``new``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simsvc.scenario import load, loads, names


def test_list_names_every_shipped_scenario(run: Any) -> None:
    result = run("list")
    assert result.exit_code == 0
    assert all(name in result.stdout for name in names())
    assert "海口" not in result.stdout
    data = json.loads(run("list", "--json", "-").stdout)
    assert data["format"] == 1
    assert [s["name"] for s in data["scenarios"]] == names()
    assert all(s["title"]["en"] for s in data["scenarios"])


def test_show_in_both_languages(run: Any) -> None:
    english, chinese = run("show", "huitian-2018"), run("show", "huitian-2018", "--language", "zh")
    assert english.exit_code == chinese.exit_code == 0
    assert "Stations" in english.stdout
    assert "on site within 2 hours" in english.stdout
    assert "服务站" in chinese.stdout
    assert "2小时内到达现场" in chinese.stdout


def test_show_says_what_a_plan_is_asked_for_and_costs(run: Any, small: Path) -> None:
    shown = run("show", "huitian-2018", "--set", "sizing.target=0.9", "--set", "stations.sanya.on_call=rota").stdout
    assert "A01, A02" in shown
    assert "sizing.target" in shown
    assert "125,000 CNY/year" in shown
    assert "22%" in shown
    (sanya,) = (line.split() for line in shown.splitlines() if line.startswith(" sanya "))
    assert sanya[4] == "rota"
    assert "Sizing" not in run("show", small).stdout


def test_show_computes_expected_faults(run: Any, small: Path) -> None:
    """600 PCs at 0.3 faults a year."""
    assert " 180" in run("show", small).stdout
    assert " 360" in run("show", small, "--set", "demand.scale=2").stdout


def test_show_lists_assumptions_on_request(run: Any, small: Path) -> None:
    assert "Gate and parking" not in run("show", small).stdout
    assert "Gate and parking" in run("show", small, "--assumptions").stdout


def test_show_json_can_be_loaded_again(run: Any, small: Path) -> None:
    data = json.loads(run("show", small, "--set", "stations.sanya.engineers=2", "--json", "-").stdout)
    assert data["changes"] == {"stations.sanya.engineers": 2}
    assert data["scenario"]["stations"]["sanya"]["engineers"] == 2
    assert data["hash"] == load(small).override("stations.sanya.engineers", 2).hash
    assert data["ledger"][0]["base"] == "8 min"


def test_show_toml_is_the_scenario(run: Any, small: Path) -> None:
    assert loads(run("show", small, "--toml").stdout) == load(small)


def test_texts_in_brackets_are_shown_as_they_are(run: Any, small: Path) -> None:
    result = run("show", small, "--set", "title.en=A [bold]small[/bold] island :smile:")
    assert "A [bold]small[/bold] island :smile:" in result.stdout


def test_new_writes_a_scenario_that_checks_at_once(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("new", "my-bid", "--like", "huitian-2018")
    assert result.exit_code == 0
    assert "simsvc check my-bid.toml" in result.stdout
    assert all(Path(line.split(": ")[1]).is_file() for line in result.stdout.splitlines() if line.startswith("written"))
    assert run("check", "my-bid.toml").exit_code == 0


def test_new_refuses_to_overwrite(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "my-bid", "--like", small).exit_code == 0
    again = run("new", "my-bid", "--like", small)
    assert again.exit_code == 2
    assert "--force" in again.stderr
    assert run("new", "my-bid", "--like", small, "--force").exit_code == 0
    assert run("new", "other", "--like", "huitian").exit_code == 2


def test_list_gives_a_scenario_a_line(run: Any) -> None:
    lines = run("list").stdout.splitlines()
    assert [name for name in names() if sum(line.split()[:1] == [name] for line in lines) != 1] == []
    assert len([line for line in lines if line.strip()]) == len(names()) + 3
