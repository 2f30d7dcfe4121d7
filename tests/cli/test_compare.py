"""compare and whatif: what they print, write and refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

MONTH = 'extends = "huitian-2018"\nname = "month"\n[set]\n"time.window" = "7 d"\n"time.warm_up" = "0 d"\n'
QUICK = ("-n", "2", "--engine", "reference", "--workers", "1")


@pytest.fixture
def month(tmp_path: Path) -> Path:
    path = tmp_path / "month.toml"
    path.write_text(MONTH, encoding="utf-8")
    return path


def test_whatif_tells_inputs_and_results_in_both_languages(run: Any, month: Path) -> None:
    english = run("whatif", month, "--preset", "one-engineer-more", *QUICK)
    assert english.exit_code == 0, english.output
    for said in ("A: as it is", "B: One engineer more in Danzhou", "Danzhou: field engineers", "on site", "undecided"):
        assert said in english.stdout
    chinese = run("whatif", month, "--preset", "one-engineer-more", *QUICK, "-l", "zh")
    for said in ("B：儋州站增加一名工程师", "现场工程师人数", "到场", "未能判定"):
        assert said in chinese.stdout


def test_json_has_everything(run: Any, month: Path, tmp_path: Path) -> None:
    change = "staff.out_of_hours=off"
    result = run("whatif", month, "-p", "one-engineer-more", "--set", change, *QUICK, "--json", "-")
    data = json.loads(result.stdout)
    assert {"format", "a", "b", "seed", "replications", "level", "inputs", "changes", "only_a", "provenance"} <= set(
        data
    )
    assert {i["path"]: i["b"] for i in data["inputs"]} == {"stations.danzhou.engineers": 2, "staff.out_of_hours": "off"}
    row = next(c for c in data["changes"] if c["kind"] == "sim")
    assert {"id", "part", "reading", "area", "difference", "low", "high", "state", "gain", "needed"} <= set(row)
    assert row["difference"] == pytest.approx(row["b"]["estimate"] - row["a"]["estimate"])
    assert data["provenance"]["engine"] == "reference"


def test_whatif_lists_the_presets(run: Any, month: Path) -> None:
    result = run("whatif", month, "--list")
    assert "one-engineer-less" in result.stdout
    assert "stations.haikou.engineers = 1" in result.stdout
    (found,) = (
        p
        for p in json.loads(run("whatif", month, "--list", "--json", "-").stdout)["presets"]
        if p["id"] == "one-engineer-less"
    )
    assert found["set"] == {"stations.haikou.engineers": 1}
    assert "One engineer less in Haikou" in found["name"]["en"]
    assert f"simsvc whatif {month}" in "".join(run("show", month).stdout.split("\n"))


def test_compare_takes_two_files_and_changes_both(run: Any, month: Path, tmp_path: Path) -> None:
    variant = tmp_path / "late.toml"
    variant.write_text('extends = "month.toml"\nname = "late"\n[set]\n"staff.out_of_hours" = "off"\n', encoding="utf-8")
    result = run("compare", month, variant, *QUICK, "--set", "stations.danzhou.engineers=2", "--json", "-")
    data = json.loads(result.stdout)
    assert [(i["path"], i["a"], i["b"]) for i in data["inputs"]] == [("staff.out_of_hours", "on-call", "off")]
    assert (data["a"]["label"]["en"], data["b"]["label"]["en"]) == ("month", "late")
    assert data["a"]["changes"]["stations.danzhou.engineers"] == "2"


def test_bad_input_is_refused(run: Any, month: Path) -> None:
    unknown = run("whatif", month, "--preset", "demand-dobled")
    assert (unknown.exit_code, 'did you mean "demand-doubled"?' in unknown.stderr) == (2, True)
    nothing = run("whatif", month)
    assert (nothing.exit_code, "nothing is to be changed" in nothing.stderr) == (2, True)
    broken = run("whatif", month, "--set", "staff.out_of_hours")
    assert (broken.exit_code, "path=value is needed" in broken.stderr) == (2, True)
    assert run("compare", month, "nowhere").exit_code == 2
